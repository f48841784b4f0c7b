package memory_test

import (
	"testing"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/gateway/gatewaytest"
)

func TestCalls_KeepsTheContract(t *testing.T) {
	gatewaytest.TestCalls(t, func(*testing.T) gateway.Calls { return memory.New().Calls() })
}
