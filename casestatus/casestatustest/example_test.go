package casestatustest_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
)

// A store of one's own is proven by one call for each port, in a test of its package.
func ExampleTestCases() {
	_ = func(t *testing.T) { // func TestCases(t *testing.T)
		casestatustest.TestCases(t, func(*testing.T) (casestatus.Cases, cris.Outbox) {
			db := memory.New() // the store to be proven, empty
			return db.Cases(), db.Outbox()
		})
	}
}

func ExampleTestDeliveries() {
	_ = func(t *testing.T) { // func TestDeliveries(t *testing.T)
		casestatustest.TestDeliveries(t, func(*testing.T) (casestatus.Deliveries, cris.Outbox) {
			db := memory.New() // the store to be proven, empty
			return db.Deliveries(), db.Outbox()
		})
	}
}

// Builders make the facts of a test, and PutCase files them.
func ExamplePutCase() {
	ctx := context.Background()
	db := memory.New()
	late := casestatustest.NewPendingCase(1, func(c *casestatus.Case) { c.Filed = cris.MustParseDate("2021-02-01") })
	if err := casestatustest.PutCase(ctx, db.Cases(), late); err != nil {
		fmt.Println(err)
		return
	}
	if err := db.ProcessingTimes().Post(ctx, casestatustest.NewProcessingTime()); err != nil {
		fmt.Println(err)
		return
	}
	clock := casestatustest.NewClock("2022-02-19T15:00:00Z")
	service := casestatus.NewService(db.Cases(), db.ProcessingTimes(), db.Deliveries(), &casestatus.Options{Now: clock.Now})
	decision, err := service.Eligibility(ctx, late.Receipt)
	fmt.Println(decision.Outcome, decision.InquiryDate, err)
	// Output:
	// outside 2021-08-23 <nil>
}
