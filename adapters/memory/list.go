package memory

import (
	"context"
	"iter"
	"slices"

	"github.com/seed28e20331/cris"
)

// list yields what find adds, in order, and no more than the limit of the page; all if it is
// zero or less. Find runs alone, whenever a range begins. Its error is that of the context, or
// one for a page after a text that no store can hold.
func list[V, K any](ctx context.Context, db *DB, page cris.Page[K], compare func(a, b V) int, find func(add func(V))) iter.Seq2[V, error] {
	return func(yield func(V, error) bool) {
		var nothing V
		var found []V
		if err := db.locked(ctx, func() error {
			if err := mayHold(ctx, page.After); err != nil {
				return err
			}
			find(func(v V) { found = append(found, v) })
			return nil
		}); err != nil {
			yield(nothing, err)
			return
		}
		slices.SortFunc(found, compare)
		if page.Limit > 0 {
			found = found[:min(page.Limit, len(found))]
		}
		for _, value := range found {
			if err := ctx.Err(); err != nil {
				yield(nothing, err)
				return
			}
			if !yield(value, nil) {
				return
			}
		}
	}
}
