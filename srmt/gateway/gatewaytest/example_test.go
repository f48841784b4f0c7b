package gatewaytest_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/gateway/gatewaytest"
)

// A store of one's own is proven by one call, in a test of its package.
func ExampleTestCalls() {
	_ = func(t *testing.T) { // func TestCalls(t *testing.T)
		gatewaytest.TestCalls(t, func(*testing.T) gateway.Calls {
			return memory.New().Calls() // the store to be proven, empty
		})
	}
}

// A program that shows representatives their calls is tested over some that are on file.
func ExampleNewEnded() {
	ctx, db := context.Background(), memory.New()
	if err := gatewaytest.PutCall(ctx, db.Calls(), "call-1", gatewaytest.NewEnded(casestatustest.NewPendingCase(1))...); err != nil {
		fmt.Println(err)
	}
	clock := gatewaytest.NewClock("2013-08-16T18:00:00Z")
	service := gateway.NewService(db.Calls(), gatewaytest.Roster{"rep-1"}, nil, &gateway.Options{Now: clock.Now})
	for call, err := range service.CallsIn(ctx, "rep-1", cris.Period{From: clock.Today()}, gateway.CallPage{}) {
		fmt.Println(call.ID, call.Script, call.Ended.IsZero(), call.RequestID == "", err)
	}
	// Output:
	// call-1 typographical-error false true <nil>
}
