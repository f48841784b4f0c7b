package srmt

import (
	"cmp"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// Policy holds the values that an integrator may change. A field that is left at zero
// means its default; an empty RedirectTo that is not nil redirects nowhere.
type Policy struct {
	Zone          *time.Location          // whose calendar says which day it is; nil is cris.AgencyZone()
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

// withDefaults puts the default in place of every field that is zero.
func (p Policy) withDefaults() Policy {
	standard := DefaultPolicy()
	if p.Zone == nil {
		p.Zone = standard.Zone
	}
	p.FallbackQueue = cmp.Or(p.FallbackQueue, standard.FallbackQueue)
	if p.RedirectTo == nil {
		p.RedirectTo = standard.RedirectTo
	}
	return p
}
