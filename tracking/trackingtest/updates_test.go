package trackingtest

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
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
	update func(ctx context.Context, file tracking.FileID, decide decideFunc) error
}

func (m misled) UpdatedSince(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
	return m.since(ctx, after, limit)
}

func (m misled) Update(ctx context.Context, file tracking.FileID, decide decideFunc) error {
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
func noting(good updating) updating {
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
		update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
			return good.Update(ctx, file, func(prior tracking.File) (tracking.Batch, error) {
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
	animal := func(clause, flaw string, breakIt func(good updating) updating) contract.Broken[updating] {
		return contract.Broken[updating]{Clause: clause, Flaw: flaw, New: func(*testing.T) updating { return breakIt(memory.New().Scans()) }}
	}
	contract.Refuses(t, updateClauses(), []contract.Broken[updating]{
		animal("Updates/Once", "lists every scan it is given", noting),
		animal("Updates/InOrder", "lists every scan it is given", noting),
		animal("Updates/KnownScans", "lists every scan it is given", noting),
		animal("Updates/WithBatch", "lists every scan it is given", noting),
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
		onSince("Updates/AnyNumber", "leaves out numbers of more than 22 digits", func(good updating) updatedSince {
			return func(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
				numbers, next, err := good.UpdatedSince(ctx, after, limit)
				return slices.DeleteFunc(numbers, func(n tracking.Number) bool { return len(n.String()) > 22 }), next, err
			}
		}),
		onSince("Updates/AnyNumber", "fails on a number whose check digit is wrong", func(good updating) updatedSince {
			return func(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
				numbers, next, err := good.UpdatedSince(ctx, after, limit)
				for _, number := range numbers {
					if _, wrong := tracking.ParseNumber(number.String()); wrong != nil {
						return nil, "", wrong
					}
				}
				return numbers, next, err
			}
		}),
		animal("Updates/NoNumber", "keeps a scan without a number, and fails on it", func(good updating) updating {
			return numberless(good, func([]tracking.Number) ([]tracking.Number, error) { return nil, errors.New("no number") })
		}),
		animal("Updates/NoNumber", "keeps a scan without a number, and gives no number for it", func(good updating) updating {
			return numberless(good, func(numbers []tracking.Number) ([]tracking.Number, error) {
				return append([]tracking.Number{{}}, numbers...), nil
			})
		}),
		onSince("Updates/Limit", "panics on a limit below zero", func(good updating) updatedSince {
			return func(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
				numbers, next, err := good.UpdatedSince(ctx, after, math.MaxInt)
				if len(numbers) > limit {
					return good.UpdatedSince(ctx, after, len(numbers[:limit]))
				}
				return numbers, next, err
			}
		}),
		onSince("Updates/Limit", "takes a limit of zero for none", func(good updating) updatedSince {
			return func(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
				if limit <= 0 {
					return nil, after, nil
				}
				return good.UpdatedSince(ctx, after, limit)
			}
		}),
		onSince("Updates/Limit", "makes room for as many as it may give", func(good updating) updatedSince {
			return func(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
				room := make([]tracking.Number, 0, max(limit, 0))
				numbers, next, err := good.UpdatedSince(ctx, after, limit)
				return append(room, numbers...), next, err
			}
		}),
		onSince("Updates/NoAliasing", "gives away the answer that it remembers", func(good updating) updatedSince {
			given := map[tracking.Cursor][]tracking.Number{}
			return func(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
				numbers, next, err := good.UpdatedSince(ctx, after, limit)
				if len(given[after]) != len(numbers) {
					given[after] = numbers
				}
				return given[after], next, err
			}
		}),
		onSince("Updates/Cancelled", "reads under a canceled context", func(good updating) updatedSince {
			return func(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
				return good.UpdatedSince(context.WithoutCancel(ctx), after, limit)
			}
		}),
		animal("Updates/NoneMissed", "gives positions when an Update begins", early),
		animal("Updates/OnceWhileWriting", "reads in pages while others write", paging),
	})
}

// numberless is a store that keeps scans without a number, beside those of a good one, and
// fails on them in its own way.
func numberless(good updating, spoil func(numbers []tracking.Number) ([]tracking.Number, error)) updating {
	var kept atomic.Bool
	return misled{
		updating: good,
		since: func(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
			numbers, next, err := good.UpdatedSince(ctx, after, limit)
			if err == nil && kept.Load() {
				numbers, err = spoil(numbers)
			}
			return numbers, next, err
		},
		update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
			return good.Update(ctx, file, func(prior tracking.File) (tracking.Batch, error) {
				batch, err := decide(prior)
				numbered := slices.DeleteFunc(slices.Clone(batch.Scans), func(s tracking.Scan) bool { return s.Number.IsZero() })
				if len(numbered) < len(batch.Scans) {
					kept.Store(true)
				}
				batch.Scans = numbered
				return batch, err
			})
		},
	}
}

func TestKit_RefusesStoresThatForgetTheirHistory(t *testing.T) {
	contract.Refuses(t, historyClauses(), []contract.Broken[histories]{
		{Clause: "Updates/OtherHistory", Flaw: "counts changes, and its cursors are the counts", New: func(*testing.T) histories {
			return histories{counting(memory.New().Scans()), counting(memory.New().Scans())}
		}},
		{Clause: "Updates/CursorStays", Flaw: "knows no cursor but the last it gave", New: func(*testing.T) histories {
			good := memory.New().Scans()
			var last tracking.Cursor
			return histories{one: misled{updating: good, since: func(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
				if after != "" && after != last {
					return nil, "", tracking.ErrCursor
				}
				numbers, next, err := good.UpdatedSince(ctx, after, limit)
				last = next
				return numbers, next, err
			}}, other: memory.New().Scans()}
		}},
	})
}

// counting returns a store whose cursors are the positions of the good one, without what
// they say of its history.
func counting(good updating) updating {
	given := map[tracking.Cursor]tracking.Cursor{}
	return misled{updating: good, since: func(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
		position, asked := after, ""
		if own, is := given[after]; is {
			position = own
		} else if after != "" {
			asked = string(after)
			position = ""
		}
		numbers, next, err := good.UpdatedSince(ctx, position, limit)
		if err != nil || asked != "" {
			return nil, after, err
		}
		count, _, _ := strings.Cut(string(next), "-")
		given[tracking.Cursor(count)] = next
		return numbers, tracking.Cursor(count), nil
	}}
}
