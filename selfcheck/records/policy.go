package records

import (
	"cmp"
	"time"

	"github.com/seed28e20331/cris"
)

// Policy holds what an integrator may change. A field that is left at zero means its default.
type Policy struct {
	SmallestCount int            // the smallest count that is given as a number (SC-15); if negative, every count is
	Kept          int            // months for which query, response and failures are kept (SC-17); if negative, forever
	Batch         int            // how many records of a kind one step of a purge removes
	Zone          *time.Location // whose calendar says which day it is; nil is cris.AgencyZone()
}

// DefaultPolicy returns a smallest count of ten, the notice's year, and steps of 500.
func DefaultPolicy() Policy {
	const months = 12
	return Policy{SmallestCount: 10, Kept: months, Batch: 500, Zone: cris.AgencyZone()}
}

func (p Policy) withDefaults() Policy {
	standard := DefaultPolicy()
	p.SmallestCount = cmp.Or(p.SmallestCount, standard.SmallestCount)
	p.Kept = cmp.Or(p.Kept, standard.Kept)
	p.Batch = max(1, cmp.Or(p.Batch, standard.Batch))
	if p.Zone == nil {
		p.Zone = standard.Zone
	}
	return p
}

// keptSince returns the instant before which records are purged today: the start of the day a
// year ago. It reports false if none are purged.
//
// SC-17: a record is kept through the same day of the next year.
func (p Policy) keptSince(now time.Time) (time.Time, bool) {
	if p.Kept < 0 {
		return time.Time{}, false
	}
	today := cris.DateOf(now, p.Zone)
	since := today.AddMonths(-p.Kept)
	if since.AddMonths(p.Kept).Before(today) {
		since = since.AddDays(1) // the month was shorter: a February 28 is over on a February 29
	}
	return since.Start(p.Zone).UTC(), true
}
