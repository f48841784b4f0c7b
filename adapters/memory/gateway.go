package memory

import (
	"context"
	"iter"
	"slices"

	"github.com/seed28e20331/cris/srmt/gateway"
)

// calls is the part of DB that gateway's port holds.
type calls struct {
	histories map[string][]gateway.Step  // by ID of the call
	summaries map[string]gateway.Summary // of each history
}

// Calls is the port to the calls of a call center: a gateway.Calls.
type Calls struct{ db *DB }

// Calls returns the port to the calls of a call center.
func (db *DB) Calls() *Calls { return &Calls{db} }

// Update implements gateway.Calls: it saves what decide returns for the call, whole or not at all.
// Nobody else uses the database while decide runs. It returns the error of decide as it is, a
// *gateway.HistoryError for steps that do not go on where the history stops, or that of the
// context. Text that is not UTF-8 or has a NUL in it is refused.
func (s *Calls) Update(ctx context.Context, id string, decide func(prior []gateway.Step) (gateway.Change, error)) error {
	return s.db.locked(ctx, func() error {
		held := &s.db.calls
		change, err := decide(slices.Clone(held.histories[id]))
		if err != nil {
			return err
		}
		if err := mayHold(ctx, id, change); err != nil {
			return err
		}
		summary, err := gateway.Extend(id, held.summaries[id], change)
		if err != nil || len(change.Append) == 0 {
			return err
		}
		if held.histories == nil {
			held.histories, held.summaries = map[string][]gateway.Step{}, map[string]gateway.Summary{}
		}
		held.histories[id], held.summaries[id] = append(held.histories[id], change.Append...), summary
		return nil
	})
}

// History implements gateway.Calls: it returns the steps of the call, or an error that matches
// gateway.ErrNotFound. Any other error is that of the context.
func (s *Calls) History(ctx context.Context, id string) ([]gateway.Step, error) {
	var history []gateway.Step
	err := s.db.locked(ctx, func() error {
		history = slices.Clone(s.db.calls.histories[id])
		if len(history) == 0 {
			return notFound("call")
		}
		return nil
	})
	return history, err
}

// List implements gateway.Calls: it yields the calls that match the query as they were when the
// range began, in the order of their Key. Its error is that of the context, or one for a page
// after text that no store can hold.
func (s *Calls) List(ctx context.Context, query gateway.CallQuery) iter.Seq2[gateway.Summary, error] {
	byKey := func(a, b gateway.Summary) int { return a.Key().Compare(b.Key()) }
	return list(ctx, s.db, query.Page, byKey, func(add func(gateway.Summary)) {
		for _, call := range s.db.calls.summaries {
			if query.Matches(call) && call.Key().Compare(query.Page.After) > 0 {
				add(call)
			}
		}
	})
}
