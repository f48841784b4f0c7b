package integration_test

import (
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

func TestERequests_KeepsTheContract(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		erequesttest.TestStore(t, func(t *testing.T) (erequest.Store, cris.Outbox) {
			db := open(t)
			return db.ERequests(), db.Outbox()
		})
	})
}
