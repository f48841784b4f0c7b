package srmttest_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// A store of one's own is proven by one call, in a test of its package.
func ExampleTestStore() {
	_ = func(t *testing.T) { // func TestServiceRequests(t *testing.T)
		srmttest.TestStore(t, func(*testing.T) (srmt.Store, cris.Outbox) {
			db := memory.New() // the store to be proven, empty
			return db.ServiceRequests(), db.Outbox()
		})
	}
}

// A program that shows supervisors what is overdue is tested over a World.
func ExampleNewWorld() {
	db := memory.New()
	world := srmttest.NewWorld(
		srmttest.Ports{Store: db.ServiceRequests(), Requests: db.ERequests(), Cases: db.Cases(), Looks: db.Looks()},
		func(w *srmttest.World) { w.Clock.Set("2024-02-01T15:00:00Z") },
	)
	forgotten, answered := world.FileAndReceive("SSC"), world.FileAndReceive("SSC")
	world.MustAssign(answered, 1, "siio-ssc-1", "iio-ssc-1")
	world.MustRespond(answered, 2, "iio-ssc-1")

	world.Clock.Set("2024-03-03T15:00:00Z")
	for overdue, err := range world.Overdue(context.Background(), "siio-ssc-2", "SSC", srmt.Page{}) {
		fmt.Println(overdue.ID == forgotten, overdue.Status, overdue.Due, err)
	}
	// Output:
	// true unassigned 2024-03-02 <nil>
}

func ExampleNewHistory() {
	history := srmttest.NewHistory("r1", func(steps []srmt.Step) { steps[3].Why = srmt.CustomerWithDisabilities })
	for n := range history {
		state, err := srmt.Replay(history[:n+1])
		fmt.Println(state.Version, history[n].Kind, state.Office, state.Status, err)
	}
	// Output:
	// 1 received NSC unassigned <nil>
	// 2 assigned NSC assigned <nil>
	// 3 corresponded NSC assigned <nil>
	// 4 reassigned NSC assigned <nil>
	// 5 redirected SSC unassigned <nil>
	// 6 assigned SSC assigned <nil>
	// 7 responded SSC closed <nil>
	// 8 corresponded SSC closed <nil>
	// 9 noted SSC closed <nil>
}
