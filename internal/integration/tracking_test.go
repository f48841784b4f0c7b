package integration_test

import (
	"testing"

	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

func TestScans_KeepsTheContract(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		trackingtest.TestStore(t, func(t *testing.T) tracking.Store { return open(t).Scans() })
	})
}

func TestTR5_IngestSurvivesEveryInterruption(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		trackingtest.TestIngest(t, func(t *testing.T) tracking.Store { return open(t).Scans() })
	})
}
