package trackingtest

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/seed28e20331/cris/tracking"
)

// early is a store whose positions are taken at the beginning of an Update and become
// visible at its end, as with a sequence of PostgreSQL.
func early(good updating) updating {
	var mu sync.Mutex
	last := 0
	changed := map[tracking.Number]int{}
	broken := misled{updating: good}
	broken.since = func(_ context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
		mu.Lock()
		defer mu.Unlock()
		var numbers []tracking.Number
		for number, at := range changed {
			if at > len(after) {
				numbers = append(numbers, number)
			}
		}
		slices.SortFunc(numbers, func(a, b tracking.Number) int { return changed[a] - changed[b] })
		numbers = numbers[:min(limit, len(numbers))]
		if len(numbers) > 0 {
			after = tracking.Cursor(strings.Repeat("x", changed[numbers[len(numbers)-1]]))
		}
		return numbers, after, nil
	}
	broken.update = func(_ context.Context, _ tracking.FileID, decide decideFunc) error {
		mu.Lock()
		last++
		position := last
		mu.Unlock()
		batch, err := decide(tracking.File{})
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		for _, scan := range batch.Scans {
			changed[scan.Number] = position
		}
		return nil
	}
	return broken
}

// paging is a store that reads in pages and forgets what it has read. Between two pages
// another writer comes in, each time.
func paging(good updating) updating {
	const page = 500
	var writes atomic.Int64
	return misled{updating: good, since: func(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
		numbers, next, err := good.UpdatedSince(ctx, after, min(limit, page))
		if err != nil || len(numbers) < page || limit == page {
			return numbers, next, err
		}
		at, err := tracking.NewLocalTime(firstDay.AddDays(int(writes.Add(1))), 11, 0)
		if err != nil {
			return nil, "", err
		}
		if err := saveScans(ctx, good, FileID(3), tracking.Scan{Number: numbers[0], Code: "01", At: at}); err != nil {
			return nil, "", err
		}
		rest, next, err := good.UpdatedSince(ctx, next, limit-page)
		return append(numbers, rest...), next, err
	}}
}
