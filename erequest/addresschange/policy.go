package addresschange

import (
	"cmp"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
)

// Policy holds the figures that an integrator may change. A field that is left at zero means
// its default.
type Policy struct {
	Zone *time.Location // whose calendar counts
	// DutyDays is how many days after the move the person has to report it. Moved on day D, a
	// report is late from D+DutyDays+1 on.
	DutyDays int
	// AheadDays is how many days from today a move and a signature may be dated. Some
	// customers live where the date is a day ahead of the agency's. A negative number means no days.
	AheadDays int
	// MostCases is how many cases one report may name.
	MostCases int
	// OverlapDays is for how many days after a change the mailing ZIP code before it counts in
	// the screening of a case as well as the one on file. A negative number means no days.
	OverlapDays int
	// Statements are the Privacy Act Statements, those of past days among them (ER-7).
	Statements cris.Statements
	// Notices are the confirmation notices for reports that came in time, those of past days
	// among them, made by NewNotice.
	Notices cris.Templates
	// LateNotices are those for reports that came late, made by NewLateNotice.
	LateNotices cris.Templates
}

// DefaultPolicy has the ten days of section 265 of the Immigration and Nationality Act, one
// day ahead, 50 cases, and both ZIP codes for 30 days, in the agency's zone, with the
// statements and notices of this package.
func DefaultPolicy() Policy {
	return Policy{
		Zone: cris.AgencyZone(), DutyDays: 10, AheadDays: 1, MostCases: 50, OverlapDays: 30,
		Statements: Statements(), Notices: Notices(), LateNotices: LateNotices(),
	}
}

// clone returns a copy that shares nothing with p.
func (p Policy) clone() Policy {
	p.Statements = slices.Clone(p.Statements)
	p.Notices, p.LateNotices = slices.Clone(p.Notices), slices.Clone(p.LateNotices)
	return p
}

// mostDays is the longest that any of the days may be: for good, since no case is that old.
const mostDays = 100 * 366

// withDefaults puts the default in place of every field that is zero. Fewer than no days of
// duty, and fewer than one case, mean the default too. More days than a century has count as a
// century.
func (p Policy) withDefaults() Policy {
	standard := DefaultPolicy()
	if p.Zone == nil {
		p.Zone = standard.Zone
	}
	if p.DutyDays <= 0 {
		p.DutyDays = standard.DutyDays
	}
	p.DutyDays = min(p.DutyDays, mostDays)
	p.AheadDays = min(cmp.Or(p.AheadDays, standard.AheadDays), mostDays)
	if p.MostCases <= 0 {
		p.MostCases = standard.MostCases
	}
	p.OverlapDays = min(cmp.Or(p.OverlapDays, standard.OverlapDays), mostDays)
	if p.Statements == nil {
		p.Statements = standard.Statements
	}
	if p.Notices == nil {
		p.Notices = standard.Notices
	}
	if p.LateNotices == nil {
		p.LateNotices = standard.LateNotices
	}
	return p
}
