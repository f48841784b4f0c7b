package integration_test

import (
	"testing"

	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/gateway/gatewaytest"
)

func TestCalls_KeepsTheContract(t *testing.T) {
	t.Parallel() // they wait for the database most of the time
	onEveryDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		gatewaytest.TestCalls(t, func(t *testing.T) gateway.Calls { t.Helper(); return open(t).Calls() })
	})
}
