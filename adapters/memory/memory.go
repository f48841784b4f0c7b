// Package memory holds every port in memory. It is the reference model: short
// enough to be read as the definition of what a store does, and it passes every
// conformance kit itself. It serves tests, examples and programs that need no
// memory of yesterday.
package memory

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

// DB is one database in memory. Its methods give the ports, which share one
// outbox. It is safe for concurrent use. Its zero value is empty: a map is made when
// something is put into it.
type DB struct {
	mu sync.Mutex

	outbox    []cris.Event         // not yet delivered, in the order saved
	published map[string]time.Time // the IDs of all events that are kept, with when they were delivered; zero until then

	caseStatus caseStatus

	scans scanState

	eRequests     map[casestatus.ReceiptNumber][]erequest.Request
	eRequestOf    map[string]casestatus.ReceiptNumber  // the case of each request, by its ID
	confirmations map[erequest.ConfirmationNumber]bool // those that are taken

	addressChanges map[string]addresschange.Record // by key

	serviceRequests serviceRequests

	calls calls

	selfChecks selfChecks

	attempts   attempts
	accounting map[string]disclosure.Entry // by ID
	trails     map[string]access.Step      // by ID

	holds map[string]cris.Hold // by ID
}

// New returns an empty database.
func New() *DB { return &DB{} }

// Outbox returns the port through which the events of all stores leave.
func (db *DB) Outbox() *Outbox { return &Outbox{db} }

// Outbox is the outbox of all ports of one DB: a cris.Outbox and a cris.Purger.
type Outbox struct{ db *DB }

// Pending implements cris.Outbox: it returns the oldest events that are not marked as
// delivered, at most limit of them, and all if limit is zero or less. Its error is that of
// the context.
func (o *Outbox) Pending(ctx context.Context, limit int) ([]cris.Event, error) {
	var pending []cris.Event
	err := o.db.locked(ctx, func() error {
		pending = slices.Clone(o.db.outbox)
		if limit > 0 {
			pending = pending[:min(limit, len(pending))]
		}
		for i := range pending { // the caller may change what it gets
			pending[i].Data = maps.Clone(pending[i].Data)
		}
		return nil
	})
	return pending, err
}

// MarkDelivered implements cris.Outbox: it takes the events with these IDs out of Pending,
// for good. Its error is cris.ErrClock or that of the context, and nothing is marked then.
func (o *Outbox) MarkDelivered(ctx context.Context, ids ...string) error {
	return o.db.locked(ctx, func() error {
		now, err := ambient.Time(nil)()
		if err != nil {
			return fmt.Errorf("memory: mark events: %w", err)
		}
		o.db.outbox = slices.DeleteFunc(o.db.outbox, func(e cris.Event) bool {
			marked := slices.Contains(ids, e.ID)
			if marked {
				o.db.published[e.ID] = now
			}
			return marked
		})
		return nil
	})
}

// Purge implements cris.Purger. It forgets the events that were delivered before the
// instant and returns how many those are; their IDs may be used again. Its error is that of
// the context.
func (o *Outbox) Purge(ctx context.Context, before time.Time) (removed int, err error) {
	err = o.db.locked(ctx, func() error {
		held := len(o.db.published)
		maps.DeleteFunc(o.db.published, func(_ string, at time.Time) bool { return !at.IsZero() && at.Before(before) })
		removed = held - len(o.db.published)
		return nil
	})
	return removed, err
}

// publish saves the events of a change, and is the last that can fail of it: the
// caller saves the state only if it returns nil. The ID of any event that is kept, also of
// one that was delivered, is taken.
func (db *DB) publish(events []cris.Event) error {
	for i, event := range events {
		_, kept := db.published[event.ID]
		if kept || slices.ContainsFunc(events[:i], func(e cris.Event) bool { return e.ID == event.ID }) {
			return fmt.Errorf("memory: identifier of an event taken: %w", cris.ErrConflict)
		}
	}
	if db.published == nil {
		db.published = map[string]time.Time{}
	}
	for _, event := range events {
		event.Data = maps.Clone(event.Data)
		db.outbox = append(db.outbox, event)
		db.published[event.ID] = time.Time{}
	}
	return nil
}

// locked runs one step of the database, alone. It does not start under a
// canceled context; a step that calls decide checks the context again before it
// saves.
func (db *DB) locked(ctx context.Context, step func() error) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	return step()
}

func notFound(what string) error { return fmt.Errorf("memory: %s: %w", what, cris.ErrNotFound) }
