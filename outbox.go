package cris

import (
	"context"
	"fmt"
)

// Outbox is the port through which events leave a store. A store saves the events
// of a change together with the change, so an event exists if and only if what it
// tells of was saved. It knows them by their ID: a change with an event whose ID was
// used before, also by one delivered since, is not saved, and gives an error that
// matches ErrConflict.
type Outbox interface {
	// Pending returns the oldest events that are not marked as delivered: at most limit
	// of them, and none if limit is zero or negative. They come back equal, Time to the
	// microsecond and in UTC, and those of one scope in the order in which they were
	// saved.
	Pending(ctx context.Context, limit int) ([]Event, error)
	// MarkDelivered takes the events with these IDs out of Pending, for good.
	// Marking one twice, or one that is unknown, changes nothing.
	MarkDelivered(ctx context.Context, ids ...string) error
}

// relayBatch is how many events Relay reads at a time.
const relayBatch = 100

// Relay hands every pending event to deliver, in order, and marks it once deliver
// has returned nil. It returns how many it delivered. It stops at the first
// failure, so that nothing overtakes the event that failed; calling it again goes
// on from there.
//
// Delivery is at least once: if Relay is stopped between delivering and marking,
// the event comes again. A receiver therefore ignores an Event.ID it has seen. Run
// one Relay at a time: two at once keep no order, and deliver some events twice.
//
// An event that can never be delivered blocks all that come after it, of every
// port. A deliver that knows one when it sees it puts it aside, for someone to look
// at, and returns nil.
func Relay(ctx context.Context, outbox Outbox, deliver func(context.Context, Event) error) (int, error) {
	delivered := 0
	for {
		events, err := outbox.Pending(ctx, relayBatch)
		if err != nil {
			return delivered, fmt.Errorf("relay: read outbox: %w", err)
		}
		if len(events) == 0 {
			return delivered, nil
		}
		for _, event := range events {
			if err := deliver(ctx, event); err != nil {
				return delivered, fmt.Errorf("relay: deliver %s %s: %w", event.Type, event.ID, err)
			}
			if err := outbox.MarkDelivered(ctx, event.ID); err != nil {
				return delivered, fmt.Errorf("relay: mark %s: %w", event.ID, err)
			}
			delivered++
		}
	}
}
