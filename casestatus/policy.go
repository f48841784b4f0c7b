package casestatus

import (
	"cmp"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// Policy holds the figures that an integrator may change. A field that is left at zero
// means its default.
type Policy struct {
	Zone *time.Location // whose calendar says which day it is
	// DaysPerMonth is how many days a published month stands for. It matters only
	// for a publication without an inquiry date.
	DaysPerMonth decimal.Decimal
	// Unlisted is how long a case may be pending for which nothing is posted. By default
	// no such time is known, and the answer is NotPosted (CS-7).
	Unlisted Bound
	// StaleAfter is for how many days a publication counts after it was read last; then it
	// counts as not posted (CS-7). A negative number is forever. One whose day of reading is
	// not known does not grow old.
	StaleAfter int
	// Earliest is the first day on which a case can have been filed. An earlier date is a
	// mistake, and nothing is decided by it.
	Earliest cris.Date
	// Tracking says how the scans of a piece are read, on the page and in a DeliverySync.
	Tracking tracking.Policy
	// PiecesAtOnce is how many pieces of mail a DeliverySync files in one step.
	PiecesAtOnce int
}

// DefaultPolicy counts days in the agency's zone, has 30.4 days in a month, and answers
// NotPosted where nothing is posted, or nothing was read for a year. No case is older than
// 1952, the year of the Immigration and Nationality Act.
//
// With 30.4 days in a month, the inquiry dates published in 2022 and 2024 give the
// published months. Those of 2018 were made with 30 days.
func DefaultPolicy() Policy {
	return Policy{
		Zone:         cris.AgencyZone(),
		DaysPerMonth: daysPerMonth,
		StaleAfter:   365,
		Earliest:     firstCase(),
		Tracking:     tracking.DefaultPolicy(),
		PiecesAtOnce: 100,
	}
}

// daysPerMonth is made once: a default policy is made often.
var daysPerMonth = decimal.New(304, -1)

// firstCase is parsed once: a default policy is made often.
var firstCase = sync.OnceValue(func() cris.Date { return cris.MustParseDate("1952-01-01") })

// withDefaults puts the default in place of every field that is zero.
func (p Policy) withDefaults() Policy {
	standard := DefaultPolicy()
	if p.Zone == nil {
		p.Zone = standard.Zone
	}
	if p.DaysPerMonth.IsZero() {
		p.DaysPerMonth = standard.DaysPerMonth
	}
	p.StaleAfter = cmp.Or(p.StaleAfter, standard.StaleAfter)
	if p.Earliest.IsZero() {
		p.Earliest = standard.Earliest
	}
	if p.PiecesAtOnce <= 0 {
		p.PiecesAtOnce = standard.PiecesAtOnce
	}
	return p
}
