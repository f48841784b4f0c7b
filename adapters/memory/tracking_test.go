package memory_test

import (
	"testing"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

func TestScans_KeepsTheContract(t *testing.T) {
	trackingtest.TestStore(t, func(*testing.T) tracking.Store { return memory.New().Scans() })
}

func TestQuarantine_KeepsTheContract(t *testing.T) {
	trackingtest.TestQuarantine(t, func(*testing.T) tracking.Quarantine { return memory.New().Quarantine() })
}
