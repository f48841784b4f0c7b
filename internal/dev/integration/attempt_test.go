package integration_test

import (
	"testing"

	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/selfcheck/attempt"
	"github.com/seed28e20331/cris/selfcheck/attempt/attempttest"
)

func TestAttempts_KeepsTheContract(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		attempttest.TestCounters(t, func(t *testing.T) attempt.Counters { t.Helper(); return open(t).Attempts() })
	})
}
