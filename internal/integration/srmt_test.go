package integration_test

import (
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

func TestServiceRequests_KeepsTheContract(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		srmttest.TestStore(t, func(t *testing.T) (srmt.Store, cris.Outbox) {
			db := open(t)
			return db.ServiceRequests(), db.Outbox()
		})
	})
}

func TestStaff_KeepsTheContract(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		srmttest.TestDirectory(t, func(t *testing.T) srmttest.Directory { return open(t).Staff() })
	})
}
