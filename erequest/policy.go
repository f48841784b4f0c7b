package erequest

import (
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// WaitScope says which earlier requests the 30-day rule looks at (ER-11).
type WaitScope string

// The scopes of the 30-day rule.
const (
	SameCase         WaitScope = "same case"
	SameCaseAndIssue WaitScope = "same case and issue"
)

// Policy holds the values that an integrator may change. Begin with DefaultPolicy:
// a field left at zero means zero, except for Zone, where it means the default.
type Policy struct {
	Zone         *time.Location    // whose calendar counts
	WaitDays     int               // calendar days from filing until a new inquiry may be made (ER-9)
	ResponseDays int               // calendar days from filing within which the agency intends to respond (ER-8)
	WaitScope    WaitScope         // which earlier requests the wait looks at (ER-11)
	Eligibility  casestatus.Policy // how posted processing times are read (ER-4)
}

// DefaultPolicy is the policy of the documents: 30 days and 30 days, whatever the
// issue, in the agency's zone.
func DefaultPolicy() Policy {
	return Policy{
		Zone:         cris.AgencyZone(),
		WaitDays:     30,
		ResponseDays: 30,
		WaitScope:    SameCase,
		Eligibility:  casestatus.DefaultPolicy(),
	}
}
