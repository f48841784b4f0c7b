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

var (
	_ tracking.Updates    = (*memory.Scans)(nil)
	_ tracking.Quarantine = (*memory.Scans)(nil)
)
