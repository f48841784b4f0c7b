package integration_test

import (
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
)

func TestCases_KeepsTheContract(t *testing.T) {
	t.Parallel() // they wait for the database most of the time
	onEveryDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		casestatustest.TestCases(t, func(t *testing.T) (casestatus.Cases, cris.Outbox) {
			db := open(t)
			return db.Cases(), db.Outbox()
		})
	})
}

func TestProcessingTimes_KeepsTheContract(t *testing.T) {
	t.Parallel() // they wait for the database most of the time
	onEveryDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		casestatustest.TestProcessingTimes(t, func(t *testing.T) casestatus.ProcessingTimes { return open(t).ProcessingTimes() })
	})
}

func TestDeliveries_KeepsTheContract(t *testing.T) {
	t.Parallel() // they wait for the database most of the time
	onEveryDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		casestatustest.TestDeliveries(t, func(t *testing.T) (casestatus.Deliveries, cris.Outbox) {
			db := open(t)
			return db.Deliveries(), db.Outbox()
		})
	})
}
