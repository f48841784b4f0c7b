package trackingtest

import (
	"context"
	"iter"
	"slices"
	"sync"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

func setAsideZoo() []contract.Broken[tracking.Store] {
	return []contract.Broken[tracking.Store]{
		broken("SetAside/RoundTrip", "gives them in the order saved", func(good tracking.Store) flawed {
			return flawed{setAsides: func(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.SetAside, error] {
				return func(yield func(tracking.SetAside, error) bool) {
					var all []tracking.SetAside
					for aside, err := range good.SetAsides(ctx, file, afterLine) {
						if err != nil {
							yield(aside, err)
							return
						}
						all = append(all, aside)
					}
					slices.Reverse(all)
					for _, aside := range all {
						if !yield(aside, nil) {
							return
						}
					}
				}
			}}
		}),
		broken("SetAside/RoundTrip", "forgets the column", onBatch(func(_ tracking.Progress, batch *tracking.Batch) {
			for i := range batch.SetAside {
				batch.SetAside[i].Column = 0
			}
		})),
		broken("SetAside/Once", "keeps both", func(good tracking.Store) flawed {
			second := map[tracking.FileID]tracking.SetAside{}
			return flawed{
				update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
					return good.Update(ctx, file, func(prior tracking.Progress) (tracking.Batch, error) {
						batch, err := decide(prior)
						for _, aside := range batch.SetAside {
							second[file] = aside
						}
						return batch, err
					})
				},
				setAsides: func(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.SetAside, error] {
					return func(yield func(tracking.SetAside, error) bool) {
						for aside, err := range good.SetAsides(ctx, file, afterLine) {
							if !yield(aside, err) {
								return
							}
						}
						yield(second[file], nil)
					}
				},
			}
		}),
		broken("SetAside/Again", "goes on where it was left", func(good tracking.Store) flawed {
			return flawed{setAsides: func(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.SetAside, error] {
				return goingOn(good.SetAsides(ctx, file, afterLine))
			}}
		}),
		broken("SetAside/AfterLine", "begins at the start", func(good tracking.Store) flawed {
			return flawed{setAsides: func(ctx context.Context, file tracking.FileID, _ int) iter.Seq2[tracking.SetAside, error] {
				return good.SetAsides(ctx, file, 0)
			}}
		}),
		broken("SetAside/AfterLine", "ends with the first page", func(good tracking.Store) flawed {
			return flawed{setAsides: func(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.SetAside, error] {
				return func(yield func(tracking.SetAside, error) bool) {
					given := 0
					for aside, err := range good.SetAsides(ctx, file, afterLine) {
						if given++; given > 500 || !yield(aside, err) {
							return
						}
					}
				}
			}}
		}),
		broken("SetAside/Reentrant", "stays locked while it yields", func(good tracking.Store) flawed {
			var mu sync.Mutex
			return flawed{
				progress: func(ctx context.Context, file tracking.FileID) (tracking.Progress, error) {
					if !mu.TryLock() {
						return tracking.Progress{}, cris.ErrConflict
					}
					defer mu.Unlock()
					return good.Progress(ctx, file)
				},
				setAsides: func(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.SetAside, error] {
					return func(yield func(tracking.SetAside, error) bool) {
						mu.Lock()
						defer mu.Unlock()
						good.SetAsides(ctx, file, afterLine)(yield)
					}
				},
			}
		}),
		broken("SetAside/WithBatch", "sets aside before it asks for the error", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
				var refused error
				err := good.Update(ctx, file, func(prior tracking.Progress) (tracking.Batch, error) {
					batch, err := decide(prior)
					if refused = err; refused == nil {
						return batch, nil
					}
					return tracking.Batch{Progress: prior, SetAside: batch.SetAside}, nil
				})
				if refused != nil {
					return refused
				}
				return err
			}}
		}),
		broken("SetAside/Cancelled", "reads under a cancelled context", func(good tracking.Store) flawed {
			return flawed{setAsides: func(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.SetAside, error] {
				return good.SetAsides(context.WithoutCancel(ctx), file, afterLine)
			}}
		}),
		broken("SetAside/Cancelled", "ends without a word", func(good tracking.Store) flawed {
			return flawed{setAsides: func(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.SetAside, error] {
				if ctx.Err() != nil {
					return func(func(tracking.SetAside, error) bool) {}
				}
				return good.SetAsides(ctx, file, afterLine)
			}}
		}),
		broken("SetAside/Cancelled", "goes on after an error", func(good tracking.Store) flawed {
			return flawed{setAsides: func(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.SetAside, error] {
				return func(yield func(tracking.SetAside, error) bool) {
					if err := ctx.Err(); err != nil && !yield(tracking.SetAside{}, err) {
						return
					}
					good.SetAsides(context.WithoutCancel(ctx), file, afterLine)(yield)
				}
			}}
		}),
	}
}
