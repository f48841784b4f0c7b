package memory_test

import (
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
)

func TestCases_KeepsTheContract(t *testing.T) {
	casestatustest.TestCases(t, func(*testing.T) (casestatus.Cases, cris.Outbox) {
		db := memory.New()
		return db.Cases(), db.Outbox()
	})
}

func TestProcessingTimes_KeepsTheContract(t *testing.T) {
	casestatustest.TestProcessingTimes(t, func(*testing.T) casestatus.ProcessingTimes { return memory.New().ProcessingTimes() })
}

func TestDeliveries_KeepsTheContract(t *testing.T) {
	casestatustest.TestDeliveries(t, func(*testing.T) (casestatus.Deliveries, cris.Outbox) {
		db := memory.New()
		return db.Deliveries(), db.Outbox()
	})
}
