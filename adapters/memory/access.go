package memory

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
)

// Trails is the port to the trails of amendments: an access.Trails.
type Trails struct{ db *DB }

// Trails returns the port to the trails of amendments.
func (db *DB) Trails() *Trails { return &Trails{db} }

// Record implements access.Trails: it saves a step. The same step again changes nothing. It
// returns an error that matches cris.ErrConflict if another has its ID, or that of the
// context. Text that is not UTF-8 or has a NUL in it is refused.
func (s *Trails) Record(ctx context.Context, step access.Step) error {
	return s.db.locked(ctx, func() error {
		if err := mayHold(ctx, step); err != nil {
			return err
		}
		held := &s.db.trails
		if before, known := (*held)[step.ID]; known {
			if !before.Equal(step) {
				return fmt.Errorf("memory: identifier of a step taken: %w", cris.ErrConflict)
			}
			return nil
		}
		if *held == nil {
			*held = map[string]access.Step{}
		}
		step.Classes = slices.Clone(step.Classes)
		(*held)[step.ID] = step
		return nil
	})
}

// List implements access.Trails: it yields the steps with the handle as they were when the
// range began, in the order of their Key. Its error is that of the context, or one for a page
// after text that no store can hold.
func (s *Trails) List(ctx context.Context, handle selfcheck.Handle, page access.Page) iter.Seq2[access.Step, error] {
	byKey := func(a, b access.Step) int { return a.Key().Compare(b.Key()) }
	return list(ctx, s.db, page, byKey, func(add func(access.Step)) {
		for _, step := range s.db.trails {
			if step.Handle == handle && step.Key().Compare(page.After) > 0 {
				step.Classes = slices.Clone(step.Classes)
				add(step)
			}
		}
	})
}
