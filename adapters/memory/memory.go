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

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// DB is one database in memory. Its methods give the ports, which share one
// outbox. It is safe for concurrent use. Its zero value is empty: a map is made when
// something is put into it.
type DB struct {
	mu        sync.Mutex
	outbox    []cris.Event    // not yet delivered, in the order saved
	published map[string]bool // IDs of all events ever saved

	caseStatus caseStatus

	scans scanState

	eRequests map[casestatus.ReceiptNumber][]erequest.Request

	serviceRequests serviceRequests

	selfChecks selfChecks
}

// New returns an empty database.
func New() *DB { return &DB{} }

// Outbox returns the port through which the events of all stores leave.
func (db *DB) Outbox() *Outbox { return &Outbox{db} }

// Outbox implements cris.Outbox.
type Outbox struct{ db *DB }

// Pending implements cris.Outbox.
func (o *Outbox) Pending(ctx context.Context, limit int) ([]cris.Event, error) {
	var pending []cris.Event
	err := o.db.locked(ctx, func() error {
		pending = slices.Clone(o.db.outbox[:min(max(limit, 0), len(o.db.outbox))])
		for i := range pending { // the caller may change what it gets
			pending[i].Data = maps.Clone(pending[i].Data)
		}
		return nil
	})
	return pending, err
}

// MarkDelivered implements cris.Outbox.
func (o *Outbox) MarkDelivered(ctx context.Context, ids ...string) error {
	return o.db.locked(ctx, func() error {
		o.db.outbox = slices.DeleteFunc(o.db.outbox, func(e cris.Event) bool { return slices.Contains(ids, e.ID) })
		return nil
	})
}

// publish saves the events of a change, and is the last that can fail of it: the
// caller saves the state only if it returns nil. An ID that was used before, also by
// an event delivered since, is taken.
func (db *DB) publish(events []cris.Event) error {
	for i, event := range events {
		if db.published[event.ID] || slices.ContainsFunc(events[:i], func(e cris.Event) bool { return e.ID == event.ID }) {
			return fmt.Errorf("memory: identifier of an event taken: %w", cris.ErrConflict)
		}
	}
	if db.published == nil {
		db.published = map[string]bool{}
	}
	for _, event := range events {
		event.Data = maps.Clone(event.Data)
		db.outbox = append(db.outbox, event)
		db.published[event.ID] = true
	}
	return nil
}

// locked runs one step of the database, alone. It does not start under a
// cancelled context; a step that calls decide checks the context again before it
// saves.
func (db *DB) locked(ctx context.Context, step func() error) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	return step()
}
