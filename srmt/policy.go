package srmt

import (
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// Policy holds the values that an integrator may change. Start from DefaultPolicy:
// the zero Policy redirects nowhere and has no fallback queue.
type Policy struct {
	Zone          *time.Location          // whose calendar says which day it is; for NewService, nil means cris.AgencyZone()
	FallbackQueue casestatus.OfficeCode   // where requests without an office wait (SR-12); must not be the code of an office
	RedirectTo    []casestatus.OfficeKind // the kinds of office to which an office may redirect (SR-5)
}

// DefaultPolicy is the policy of the documents, in the agency's zone, with a
// fallback queue called UNROUTED. Its supervisors are the [Staff] whose Office is
// that code.
func DefaultPolicy() Policy {
	return Policy{
		Zone:          cris.AgencyZone(),
		FallbackQueue: "UNROUTED",
		RedirectTo:    []casestatus.OfficeKind{casestatus.FieldOffice, casestatus.ServiceCenter},
	}
}
