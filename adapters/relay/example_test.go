package relay_test

import (
	"context"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/adapters/relay"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// A program starts its relay once. Here it ends when all is delivered; one that serves ends it
// with the program.
func Example() {
	ctx, stop := context.WithCancel(context.Background())
	db := memory.New()
	receipt := casestatus.MustParseReceiptNumber("IOE0912345678")
	err := db.ERequests().Update(ctx, receipt, func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{Events: []cris.Event{
			{ID: "event-1", Type: "host.opened", Source: "/host", Subject: "account-1"},
			{ID: "event-2", Type: "host.closed", Source: "/host", Subject: "account-1"},
		}}, nil
	})
	fmt.Println(err)

	deliver := func(_ context.Context, event cris.Event) error {
		fmt.Println(event.Type, event.Subject)
		return nil
	}
	runner := relay.NewRunner(db.Outbox(), deliver, &relay.Options{OnRound: func(round relay.Round) {
		fmt.Println(round.Delivered, "delivered")
		stop()
	}})
	fmt.Println(runner.Run(ctx))
	// Output:
	// <nil>
	// host.opened account-1
	// host.closed account-1
	// 2 delivered
	// <nil>
}

// What is parked waits for a person, who releases it once the cause is mended.
func Example_parked() {
	ctx, stop := context.WithCancel(context.Background())
	db := memory.New()
	receipt := casestatus.MustParseReceiptNumber("IOE0912345678")
	err := db.ERequests().Update(ctx, receipt, func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{Events: []cris.Event{{ID: "event-1", Type: "host.opened", Source: "/host", Subject: "account-1"}}}, nil
	})
	fmt.Println(err)

	deliver := func(context.Context, cris.Event) error { return cris.ErrUndeliverable }
	runner := relay.NewRunner(db.Outbox(), deliver, &relay.Options{OnRound: func(relay.Round) { stop() }})
	fmt.Println(runner.Run(ctx))
	ctx = context.WithoutCancel(ctx)
	for parked, err := range db.Outbox().Parked(ctx, cris.Page[string]{}) {
		fmt.Println(parked.ID, parked.Tries, parked.Code, err)
	}
	released, err := db.Outbox().Resolve(ctx, cris.Release, "event-1")
	fmt.Println(released, err)
	// Output:
	// <nil>
	// <nil>
	// event-1 1 undeliverable <nil>
	// 1 <nil>
}
