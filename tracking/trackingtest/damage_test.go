package trackingtest

import (
	"context"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

// onDamage breaks each damage that is saved.
func onDamage(change func(*tracking.Damage)) func(tracking.Store) flawed {
	return onBatch(func(_ tracking.File, batch *tracking.Batch) {
		for i := range batch.Damage {
			change(&batch.Damage[i])
		}
	})
}

func damageZoo() []contract.Broken[tracking.Store] {
	return []contract.Broken[tracking.Store]{
		broken("Damage/Line/Fresh", "keeps no text", onDamage(textless)),
		broken("Damage/Line/Fresh", "forgets the column", onDamage(func(damage *tracking.Damage) { damage.Column = 1 })),
		broken("Damage/Line/Exact", "trims the text", onDamage(func(damage *tracking.Damage) { damage.Kept = strings.TrimSpace(damage.Kept) })),
		broken("Damage/Line/Refused", "takes a zero byte for the end", onDamage(func(damage *tracking.Damage) {
			damage.Kept, _, _ = strings.Cut(damage.Kept, "\x00")
		})),
		broken("Damage/All", "has one place for all files", func(good tracking.Store) flawed {
			return flawed{damage: func(ctx context.Context, _ tracking.FileID, page cris.Page[int]) iter.Seq2[tracking.Damage, error] {
				return func(yield func(tracking.Damage, error) bool) {
					for _, id := range []tracking.FileID{FileID(1), FileID(2)} {
						for damage, err := range good.Damage(ctx, id, page) {
							if !yield(damage, err) {
								return
							}
						}
					}
				}
			}}
		}),
		broken("Damage/After", "begins at the start", func(good tracking.Store) flawed {
			return flawed{damage: func(ctx context.Context, id tracking.FileID, page cris.Page[int]) iter.Seq2[tracking.Damage, error] {
				return good.Damage(ctx, id, cris.Page[int]{Limit: page.Limit})
			}}
		}),
		broken("Damage/Once", "takes the last of a batch", onBatch(func(_ tracking.File, batch *tracking.Batch) { slices.Reverse(batch.Damage) })),
		broken("Damage/Once", "replaces what is there", func(good tracking.Store) flawed {
			latest := map[int]tracking.Damage{}
			return flawed{
				update: func(ctx context.Context, id tracking.FileID, decide decideFunc) error {
					return good.Update(ctx, id, func(prior tracking.File) (tracking.Batch, error) {
						batch, err := decide(prior)
						for _, damage := range batch.Damage {
							latest[damage.Line] = damage
						}
						return batch, err
					})
				},
				damage: func(ctx context.Context, id tracking.FileID, page cris.Page[int]) iter.Seq2[tracking.Damage, error] {
					return func(yield func(tracking.Damage, error) bool) {
						for damage, err := range good.Damage(ctx, id, page) {
							if !yield(latest[damage.Line], err) {
								return
							}
						}
					}
				},
			}
		}),
		broken("Damage/Unknown", "does not know a file without damage", func(good tracking.Store) flawed {
			return flawed{damage: func(ctx context.Context, id tracking.FileID, page cris.Page[int]) iter.Seq2[tracking.Damage, error] {
				return func(yield func(tracking.Damage, error) bool) {
					if _, err := good.File(ctx, id); err != nil {
						yield(tracking.Damage{}, err)
						return
					}
					good.Damage(ctx, id, page)(yield)
				}
			}}
		}),
	}
}

// leaky is a good store with another Discard, and perhaps another Update.
type leaky struct {
	quarantining
	discard func(ctx context.Context, id tracking.FileID) (int, error)
	update  func(ctx context.Context, id tracking.FileID, decide decideFunc) error
}

func (l leaky) Discard(ctx context.Context, id tracking.FileID) (int, error) {
	if l.discard == nil {
		return l.quarantining.Discard(ctx, id)
	}
	return l.discard(ctx, id)
}

func (l leaky) Update(ctx context.Context, id tracking.FileID, decide decideFunc) error {
	if l.update == nil {
		return l.quarantining.Update(ctx, id, decide)
	}
	return l.update(ctx, id, decide)
}

func TestKit_RefusesBrokenQuarantines(t *testing.T) {
	broken := func(clause, flaw string, breakIt func(good quarantining) leaky) contract.Broken[quarantining] {
		return contract.Broken[quarantining]{Clause: clause, Flaw: flaw, New: func(*testing.T) quarantining {
			good := memory.New().Scans()
			store := breakIt(good)
			store.quarantining = good
			return store
		}}
	}
	discarding := func(discard func(ctx context.Context, good quarantining, id tracking.FileID) (int, error)) func(quarantining) leaky {
		return func(good quarantining) leaky {
			return leaky{discard: func(ctx context.Context, id tracking.FileID) (int, error) { return discard(ctx, good, id) }}
		}
	}
	contract.Refuses(t, quarantineClauses(), []contract.Broken[quarantining]{
		broken("Discard/Text", "keeps everything", discarding(func(ctx context.Context, good quarantining, id tracking.FileID) (int, error) {
			damage, err := all(good.Damage(ctx, id, cris.Page[int]{}))
			return len(slices.DeleteFunc(damage, func(d tracking.Damage) bool { return d.Kept == "" })), err
		})),
		broken("Discard/Text", "counts every damaged record", discarding(func(ctx context.Context, good quarantining, id tracking.FileID) (int, error) {
			if _, err := good.Discard(ctx, id); err != nil {
				return 0, err
			}
			damage, err := all(good.Damage(ctx, id, cris.Page[int]{}))
			return len(damage), err
		})),
		broken("Discard/Text", "discards of all files", discarding(func(ctx context.Context, good quarantining, id tracking.FileID) (int, error) {
			if _, err := good.Discard(ctx, FileID(2)); err != nil {
				return 0, err
			}
			return good.Discard(ctx, id)
		})),
		broken("Discard/Gone", "says so and keeps it for the next time", func(good quarantining) leaky {
			discarded := map[tracking.FileID]bool{}
			return leaky{
				discard: func(ctx context.Context, id tracking.FileID) (int, error) {
					discarded[id] = true
					damage, err := all(good.Damage(ctx, id, cris.Page[int]{}))
					return len(damage), err
				},
				update: func(ctx context.Context, id tracking.FileID, decide decideFunc) error {
					return good.Update(ctx, id, decide)
				},
			}
		}),
		broken("Discard/Unknown", "notes a file of which it discards", discarding(func(ctx context.Context, good quarantining, id tracking.FileID) (int, error) {
			if err := saveScans(ctx, good, id); err != nil {
				return 0, err
			}
			return good.Discard(ctx, id)
		})),
		broken("Discard/Cancelled", "discards under a canceled context", discarding(func(ctx context.Context, good quarantining, id tracking.FileID) (int, error) {
			return good.Discard(context.WithoutCancel(ctx), id)
		})),
	})
}
