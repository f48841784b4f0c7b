package memory

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
)

// outbox holds the events of all stores. Its zero value is empty.
type outbox struct {
	pending   []pendingEvent       // neither delivered nor parked, in order
	saved     int                  // how many there have ever been
	published map[string]time.Time // the IDs of all events that are kept, with when they were delivered; zero until then
	relayed   relayed
}

// pendingEvent is an event with its position in the order in which all were saved.
type pendingEvent struct {
	cris.Event
	position int
}

// Outbox is the outbox of all ports of one DB: a cris.Outbox, a cris.SharedOutbox and a
// cris.Purger.
type Outbox struct{ db *DB }

var (
	_ cris.Outbox       = (*Outbox)(nil)
	_ cris.SharedOutbox = (*Outbox)(nil)
	_ cris.Purger       = (*Outbox)(nil)
)

// Outbox returns the port through which the events of all stores leave.
func (db *DB) Outbox() *Outbox { return &Outbox{db} }

// Pending implements cris.Outbox: it returns the oldest events that are not marked as
// delivered, at most limit of them, and all if limit is zero or less. Its error is that of
// the context.
func (o *Outbox) Pending(ctx context.Context, limit int) ([]cris.Event, error) {
	var events []cris.Event
	err := o.db.locked(ctx, func() error {
		pending := o.db.outbox.pending
		if limit > 0 {
			pending = pending[:min(limit, len(pending))]
		}
		for _, event := range pending {
			events = append(events, owned(event.Event))
		}
		return nil
	})
	return events, err
}

// owned returns an event that the caller may change.
func owned(event cris.Event) cris.Event {
	event.Data = maps.Clone(event.Data)
	return event
}

// MarkDelivered implements cris.Outbox: it takes the events with these IDs out of Pending,
// for good. Its error is cris.ErrClock or that of the context, and nothing is marked then.
func (o *Outbox) MarkDelivered(ctx context.Context, ids ...string) error {
	return o.db.locked(ctx, func() error {
		now, err := ambient.Time(nil)()
		if err != nil {
			return fmt.Errorf("memory: mark events: %w", err)
		}
		for _, event := range o.db.outbox.takeOut(ids...) {
			o.db.outbox.published[event.ID] = now
		}
		return nil
	})
}

// Purge implements cris.Purger. It forgets the events that were delivered before the
// instant and returns how many those are; their IDs may be used again. Its error is that of
// the context.
func (o *Outbox) Purge(ctx context.Context, before time.Time) (removed int, err error) {
	err = o.db.locked(ctx, func() error {
		published := o.db.outbox.published
		held := len(published)
		maps.DeleteFunc(published, func(_ string, at time.Time) bool { return !at.IsZero() && at.Before(before) })
		removed = held - len(published)
		return nil
	})
	return removed, err
}

// publish saves the events of a change, and is the last that can fail of it: the
// caller saves the state only if it returns nil. The ID of any event that is kept, also of
// one that was delivered, is taken.
func (db *DB) publish(events []cris.Event) error {
	o := &db.outbox
	for i, event := range events {
		_, kept := o.published[event.ID]
		if kept || slices.ContainsFunc(events[:i], func(e cris.Event) bool { return e.ID == event.ID }) {
			return fmt.Errorf("memory: identifier of an event taken: %w", cris.ErrConflict)
		}
	}
	if o.published == nil {
		o.published = map[string]time.Time{}
	}
	for _, event := range events {
		o.saved++
		o.pending = append(o.pending, pendingEvent{owned(event), o.saved})
		o.published[event.ID] = time.Time{}
	}
	return nil
}

// takeOut takes the events with these IDs out of those that are pending. One that had failed
// holds back its subject no longer.
func (o *outbox) takeOut(ids ...string) (taken []pendingEvent) {
	o.pending = slices.DeleteFunc(o.pending, func(event pendingEvent) bool {
		if !slices.Contains(ids, event.ID) {
			return false
		}
		taken = append(taken, event)
		o.relayed.forget(event)
		return true
	})
	return taken
}
