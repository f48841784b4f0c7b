package sqlstore

import (
	"context"
	"iter"
	"math"
	"slices"

	"github.com/seed28e20331/cris"
)

// pageSize is how many rows a list reads at a time.
const pageSize = 500

// conditions are what the rows of a list have in common. The zero conditions hold for all.
type conditions struct {
	sql  []string
	args []any
}

// and adds a condition: office = ?
func (c *conditions) and(condition string, args ...any) {
	c.sql = append(c.sql, condition)
	c.args = append(c.args, args...)
}

// clone returns conditions to which others may be added.
func (c *conditions) clone() conditions {
	return conditions{slices.Clone(c.sql), slices.Clone(c.args)}
}

// paged yields a page of a list of which read returns the rows behind a key, as many as it
// is told at most, and each what to yield of a row, and its key.
func paged[Row, Value, Key any](
	ctx context.Context, page cris.Page[Key],
	read func(after Key, limit int) ([]Row, error), each func(Row) (Value, Key, error),
) iter.Seq2[Value, error] {
	return func(yield func(Value, error) bool) {
		var nothing Value
		after, left := page.After, page.Limit
		if left <= 0 {
			left = math.MaxInt
		}
		for {
			limit := min(left, pageSize)
			rows, err := read(after, limit)
			if err != nil {
				yield(nothing, err)
				return
			}
			for _, row := range rows {
				value, key, err := each(row)
				if err == nil {
					err = ctx.Err()
				}
				if err != nil {
					yield(nothing, err)
					return
				}
				if !yield(value, nil) {
					return
				}
				after = key
			}
			if left -= len(rows); len(rows) < limit || left == 0 {
				return
			}
		}
	}
}
