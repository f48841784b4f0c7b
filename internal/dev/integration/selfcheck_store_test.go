package integration_test

import (
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func TestSelfChecks_KeepsTheContract(t *testing.T) {
	t.Parallel() // they wait for the database most of the time
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		selfchecktest.TestStore(t, func(t *testing.T) (selfcheck.Store, cris.Outbox) {
			db := open(t)
			return db.SelfChecks(), db.Outbox()
		})
	})
}

func TestSelfChecks_KeepsTheContractOfArchives(t *testing.T) {
	t.Parallel()
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		selfchecktest.TestArchive(t, func(t *testing.T) (selfchecktest.Archived, cris.Outbox) {
			db := open(t)
			return db.SelfChecks(), db.Outbox()
		})
	})
}
