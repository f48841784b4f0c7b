package selfcheck

import (
	"cmp"
	"time"

	"github.com/seed28e20331/cris"
)

// Policy holds the values that an integrator may change. A field that is left at zero
// means its default.
type Policy struct {
	MinQuestions    int            // fewer cannot prove an identity (SC-3)
	MaxQuestions    int            // more may not be asked (SC-3)
	ImmigrationWait time.Duration  // from the query to the first call about an immigration mismatch (SC-13)
	Zone            *time.Location // whose calendar says which day it is, and whose clock forms show; nil is cris.AgencyZone()
}

// DefaultPolicy returns the values of the notice.
func DefaultPolicy() Policy {
	return Policy{
		MinQuestions:    2,
		MaxQuestions:    4,
		ImmigrationWait: 72 * time.Hour,
		Zone:            cris.AgencyZone(),
	}
}

// withDefaults puts the default in place of every field that is zero.
func (p Policy) withDefaults() Policy {
	standard := DefaultPolicy()
	p.MinQuestions = cmp.Or(p.MinQuestions, standard.MinQuestions)
	p.MaxQuestions = cmp.Or(p.MaxQuestions, standard.MaxQuestions)
	p.ImmigrationWait = cmp.Or(p.ImmigrationWait, standard.ImmigrationWait)
	if p.Zone == nil {
		p.Zone = standard.Zone
	}
	return p
}
