package casestatus

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// Policy holds the values that an integrator may change.
type Policy struct {
	Zone *time.Location // whose calendar says which day it is
	// DaysPerMonth is how many days a published month stands for. It matters only
	// for a publication without an inquiry date.
	DaysPerMonth decimal.Decimal
	// Unlisted is how long a case may be pending for which nothing is posted; the
	// zero Bound means that no such time is known, and the answer is NotPosted (CS-7).
	Unlisted Bound
	// StaleAfter is for how many days a publication counts after it was read last; then it
	// counts as not posted (CS-7). 0 is for ever. One whose day of reading is not known
	// does not grow old.
	StaleAfter int
	// Offices says under which heading an office's processing times may stand, and who
	// does the work of an office that closed.
	Offices OfficeTable
	// Forms says under which type the times of a subtype are posted.
	Forms FormTable
	// Earliest is the first day on which a case can have been filed. An earlier date is a
	// mistake, and nothing is decided by it.
	Earliest cris.Date
	// Tracking says how the scans of a piece are read, on the page and in a DeliverySync.
	Tracking tracking.Policy
	// PiecesAtOnce is how many pieces of mail a DeliverySync files in one step.
	PiecesAtOnce int
	// LookUps says how often one client may look up receipt numbers: see TokenBuckets.
	LookUps LookUps
}

// DefaultPolicy counts days in the agency's zone, has 30.4 days in a month, knows
// the offices of [Offices] and the forms of [Forms], and answers NotPosted where nothing
// is posted, or nothing was read for a year. One client may look up 20 receipt numbers at once and one more every three
// seconds. No case is older than 1952, the year of the Immigration and Nationality Act.
//
// With 30.4 days in a month, the inquiry dates published in 2022 and 2024 give the
// published months. Those of 2018 were made with 30 days.
func DefaultPolicy() Policy {
	return Policy{
		Zone:         cris.AgencyZone(),
		DaysPerMonth: decimal.New(304, -1),
		StaleAfter:   365,
		Offices:      NewOfficeTable(Offices()...),
		Forms:        NewFormTable(Forms()...),
		Earliest:     cris.MustParseDate("1952-01-01"),
		Tracking:     tracking.DefaultPolicy(),
		PiecesAtOnce: 100,
		LookUps:      LookUps{Burst: 20, Every: 3 * time.Second, Clients: 100_000},
	}
}
