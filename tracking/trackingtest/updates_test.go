package trackingtest

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

type updatedSince func(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error)

// misled is a good store with another UpdatedSince, and perhaps another Update.
type misled struct {
	updating
	since  updatedSince
	update func(ctx context.Context, file tracking.FileID, decide func(tracking.Progress) (tracking.Batch, error)) error
}

func (m misled) UpdatedSince(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
	return m.since(ctx, after, limit)
}

func (m misled) Update(ctx context.Context, file tracking.FileID, decide func(tracking.Progress) (tracking.Batch, error)) error {
	if m.update == nil {
		return m.updating.Update(ctx, file, decide)
	}
	return m.update(ctx, file, decide)
}

// history is a list of changes as a careless store would keep it.
type history struct {
	mu      sync.Mutex
	changes []tracking.Number
}

// noting returns a store that notes a change for every scan it is given, at once, and
// reads them back one by one.
func noting(good updating) misled {
	h := &history{}
	return misled{
		updating: good,
		since: func(_ context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
			h.mu.Lock()
			defer h.mu.Unlock()
			at := len(after)
			numbers := slices.Clone(h.changes[at:min(at+limit, len(h.changes))])
			return numbers, tracking.Cursor(strings.Repeat("x", at+len(numbers))), nil
		},
		update: func(ctx context.Context, file tracking.FileID, decide func(tracking.Progress) (tracking.Batch, error)) error {
			return good.Update(ctx, file, func(prior tracking.Progress) (tracking.Batch, error) {
				batch, err := decide(prior)
				h.mu.Lock()
				defer h.mu.Unlock()
				for _, scan := range batch.Scans {
					h.changes = append(h.changes, scan.Number)
				}
				return batch, err
			})
		},
	}
}

func TestKit_RefusesBrokenUpdates(t *testing.T) {
	onSince := func(clause, flaw string, breakIt func(good updating) updatedSince) contract.Broken[updating] {
		return contract.Broken[updating]{Clause: clause, Flaw: flaw, New: func(*testing.T) updating {
			good := memory.New().Scans()
			return misled{updating: good, since: breakIt(good)}
		}}
	}
	everyScan := func(clause string) contract.Broken[updating] {
		return contract.Broken[updating]{Clause: clause, Flaw: "lists every scan it is given", New: func(*testing.T) updating {
			return noting(memory.New().Scans())
		}}
	}
	contract.Refuses(t, updateClauses(), []contract.Broken[updating]{
		everyScan("Updates/Once"),
		everyScan("Updates/InOrder"),
		everyScan("Updates/KnownScans"),
		everyScan("Updates/WithBatch"),
		onSince("Updates/Once", "returns a page at most", func(good updating) updatedSince {
			return func(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
				return good.UpdatedSince(ctx, after, min(limit, 20))
			}
		}),
		onSince("Updates/InOrder", "sorts by number", func(good updating) updatedSince {
			return func(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
				numbers, next, err := good.UpdatedSince(ctx, after, limit)
				slices.SortFunc(numbers, tracking.Number.Compare)
				return numbers, next, err
			}
		}),
		onSince("Updates/Pages", "ignores the limit", func(good updating) updatedSince {
			return func(ctx context.Context, after tracking.Cursor, _ int) ([]tracking.Number, tracking.Cursor, error) {
				return good.UpdatedSince(ctx, after, 1000)
			}
		}),
		onSince("Updates/Pages", "returns the cursor behind everything", func(good updating) updatedSince {
			return func(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
				numbers, _, err := good.UpdatedSince(ctx, after, limit)
				if err != nil {
					return nil, "", err
				}
				_, next, err := good.UpdatedSince(ctx, after, 1000)
				return numbers, next, err
			}
		}),
		onSince("Updates/NoneLeft", "goes back to the beginning", func(good updating) updatedSince {
			return func(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
				numbers, next, err := good.UpdatedSince(ctx, after, limit)
				if len(numbers) == 0 {
					next = ""
				}
				return numbers, next, err
			}
		}),
		onSince("Updates/OtherCursor", "takes any cursor for its own", func(good updating) updatedSince {
			return func(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
				numbers, next, err := good.UpdatedSince(ctx, after, limit)
				if err != nil && ctx.Err() == nil {
					return nil, after, nil
				}
				return numbers, next, err
			}
		}),
		{Clause: "Updates/NoneMissed", Flaw: "gives positions when an Update begins", New: func(*testing.T) updating {
			return early(memory.New().Scans())
		}},
	})
}

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
	broken.update = func(_ context.Context, _ tracking.FileID, decide func(tracking.Progress) (tracking.Batch, error)) error {
		mu.Lock()
		last++
		position := last
		mu.Unlock()
		batch, err := decide(tracking.Progress{})
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
