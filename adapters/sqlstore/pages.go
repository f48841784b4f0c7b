package sqlstore

import (
	"context"
	"iter"
	"math"
	"strings"

	"github.com/seed28e20331/cris"
)

// pageSize is how many rows a list reads at a time.
const pageSize = 500

// list is a list port: what of a table it yields, and in which order.
type list[Row, Value, Key any] struct {
	table *table[Row]
	// key names the columns that make up the key, in the order of the list. They stand for
	// one row, and an index begins with the columns that conditions compare with =, and goes
	// on with these.
	key []string
	// args returns the values of those columns for a key, and for the zero key such as come
	// before all others.
	args func(Key) []any
	// value reads a row, and returns the key of it.
	value func(Row) (Value, Key, error)
}

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

// pages yields a page of the list, for which the conditions hold. It reads by key, a few
// hundred rows at a time, and holds neither a connection nor a lock while it yields. Every
// range begins anew. It yields an error once, and ends with it: that of the context, also if
// it is done while the list yields, that of the database, or that of a row which cannot be
// read.
func (l list[Row, Value, Key]) pages(ctx context.Context, db *DB, where conditions, page cris.Page[Key]) iter.Seq2[Value, error] {
	key := strings.Join(l.key, ", ")
	rest := "WHERE " + strings.Join(append(where.sql[:len(where.sql):len(where.sql)], "("+key+") > "+tuples(1, len(l.key))), " AND ") +
		" ORDER BY " + key + " LIMIT ?"
	return paged(ctx, page, func(after Key, limit int) ([]Row, error) {
		args := append(where.args[:len(where.args):len(where.args)], l.args(after)...)
		return l.table.find(db.on(ctx), rest, append(args, limit)...)
	}, l.value)
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

// pages is paged for a port that takes no limit.
func pages[Row, Value, Key any](
	first Key, read func(after Key) ([]Row, error), each func(Row) (Value, Key, error),
) iter.Seq2[Value, error] {
	return paged(context.Background(), cris.Page[Key]{After: first},
		func(after Key, _ int) ([]Row, error) { return read(after) }, each)
}
