package disclosure

import (
	"time"

	"github.com/seed28e20331/cris"
)

// Policy is what a host program may change. A field left at zero means its default.
type Policy struct {
	KeepMonths int            // how many months an entry is kept at least; fewer than the 60 of the law count as 60 (5 U.S.C. 552a(c)(2))
	Zone       *time.Location // whose calendar says which day it is; nil is cris.AgencyZone()
}

// DefaultPolicy returns the five years of the law and the agency's calendar.
func DefaultPolicy() Policy { return Policy{KeepMonths: leastMonths, Zone: cris.AgencyZone()} }

const leastMonths = 60

func (p Policy) withDefaults() Policy {
	p.KeepMonths = max(p.KeepMonths, leastMonths)
	if p.Zone == nil {
		p.Zone = cris.AgencyZone()
	}
	return p
}
