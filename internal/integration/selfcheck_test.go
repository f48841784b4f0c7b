package integration_test

import (
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func TestSelfChecks_KeepsTheContract(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		selfchecktest.TestStore(t, func(t *testing.T) (selfcheck.Store, cris.Outbox) {
			db := open(t)
			return db.SelfChecks(), db.Outbox()
		})
	})
}
