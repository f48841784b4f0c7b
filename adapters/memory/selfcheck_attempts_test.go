package memory_test

import (
	"testing"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck/attempt"
	"github.com/seed28e20331/cris/selfcheck/attempt/attempttest"
)

func TestAttempts_KeepsTheContract(t *testing.T) {
	attempttest.TestCounters(t, func(*testing.T) attempt.Counters { return memory.New().Attempts() })
}
