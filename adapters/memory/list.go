package memory

import (
	"context"
	"iter"
	"slices"
)

// list yields what find adds, in order, and no more than the limit; all if it is zero or
// less. Find runs alone, whenever a range begins. The only error is that of the context.
func list[V any](ctx context.Context, db *DB, limit int, compare func(a, b V) int, find func(add func(V))) iter.Seq2[V, error] {
	return func(yield func(V, error) bool) {
		var nothing V
		var found []V
		if err := db.locked(ctx, func() error {
			find(func(v V) { found = append(found, v) })
			return nil
		}); err != nil {
			yield(nothing, err)
			return
		}
		slices.SortFunc(found, compare)
		if limit > 0 {
			found = found[:min(limit, len(found))]
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
