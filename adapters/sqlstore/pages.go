package sqlstore

import "iter"

// pageSize is how many rows a list reads at a time.
const pageSize = 500

// pages yields a list page by page, so that it holds no connection while it yields. Read
// returns the rows behind a key, pageSize at most, and each what to yield of one and its
// key. Every range begins anew behind the first key.
func pages[Row, Value, Key any](
	first Key, read func(after Key) ([]Row, error), each func(Row) (Value, Key, error),
) iter.Seq2[Value, error] {
	return func(yield func(Value, error) bool) {
		for after := first; ; {
			rows, err := read(after)
			if err != nil {
				var none Value
				yield(none, err)
				return
			}
			for _, row := range rows {
				value, key, err := each(row)
				if !yield(value, err) || err != nil {
					return
				}
				after = key
			}
			if len(rows) < pageSize {
				return
			}
		}
	}
}
