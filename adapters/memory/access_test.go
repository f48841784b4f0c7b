package memory_test

import (
	"testing"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/access/accesstest"
)

func TestTrails_KeepsTheContract(t *testing.T) {
	accesstest.TestTrails(t, func(*testing.T) access.Trails { return memory.New().Trails() })
}
