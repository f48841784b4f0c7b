package memory

import (
	"context"
	"fmt"
	"iter"

	"github.com/seed28e20331/cris/srmt"
)

// Looks is the port to the record of who was shown which service request: an srmt.Looks.
type Looks struct{ db *DB }

// Looks returns the port to the record of who was shown which service request.
func (db *DB) Looks() *Looks { return &Looks{db} }

// Record implements srmt.Looks: it puts a look on record. It returns an error that matches
// cris.ErrConflict if there is one with that ID, or that of the context. Text that is not UTF-8 or
// has a NUL in it is refused.
func (s *Looks) Record(ctx context.Context, look srmt.Look) error {
	return s.db.locked(ctx, func() error {
		if err := mayHold(ctx, look); err != nil {
			return err
		}
		held := &s.db.serviceRequests
		if _, known := held.looks[look.ID]; known {
			return fmt.Errorf("memory: identifier of a look taken: %w", srmt.ErrConflict)
		}
		if held.looks == nil {
			held.looks = map[string]srmt.Look{}
		}
		held.looks[look.ID] = look
		return nil
	})
}

// List implements srmt.Looks: it yields the looks that match the query as they were when the
// range began, in the order of their Key. Its error is that of the context, or one for a page
// after text that no store can hold.
func (s *Looks) List(ctx context.Context, query srmt.LookQuery) iter.Seq2[srmt.Look, error] {
	byKey := func(a, b srmt.Look) int { return a.Key().Compare(b.Key()) }
	return list(ctx, s.db, query.Page, byKey, func(add func(srmt.Look)) {
		for _, look := range s.db.serviceRequests.looks {
			if query.Matches(look) && look.Key().Compare(query.Page.After) > 0 {
				add(look)
			}
		}
	})
}
