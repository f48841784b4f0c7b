package records

import (
	"cmp"
	"time"

	"github.com/seed28e20331/cris"
)

// Policy holds what an integrator may change. A field that is left at zero means its default.
type Policy struct {
	SmallestCount int            // the smallest count that is given as a number (SC-15); if negative, every count is
	Zone          *time.Location // whose calendar says which day it is; nil is cris.AgencyZone()
}

// DefaultPolicy returns a smallest count of ten.
func DefaultPolicy() Policy {
	return Policy{SmallestCount: 10, Zone: cris.AgencyZone()}
}

func (p Policy) withDefaults() Policy {
	standard := DefaultPolicy()
	p.SmallestCount = cmp.Or(p.SmallestCount, standard.SmallestCount)
	if p.Zone == nil {
		p.Zone = standard.Zone
	}
	return p
}
