package selfcheck

import (
	"time"

	"github.com/seed28e20331/cris"
)

// Policy holds the values that an integrator may change. Start from DefaultPolicy:
// the zero Policy allows no question.
type Policy struct {
	MinQuestions    int            // fewer cannot prove an identity (SC-3)
	MaxQuestions    int            // more may not be asked (SC-3)
	ImmigrationWait time.Duration  // from the query to the first call about an immigration mismatch (SC-13)
	Zone            *time.Location // whose calendar says which day it is, and whose clock forms show; for NewService, nil means cris.AgencyZone()
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
