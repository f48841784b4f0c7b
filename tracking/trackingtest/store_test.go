package trackingtest

import (
	"context"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

func TestKit_AcceptsTheReferenceStore(t *testing.T) {
	TestStore(t, func(*testing.T) tracking.Store { return memory.New().Scans() })
}

type decideFunc = func(prior tracking.Progress) (tracking.Batch, error)

// flawed is a good store of which one method is replaced.
type flawed struct {
	tracking.Store
	update    func(ctx context.Context, file tracking.FileID, decide decideFunc) error
	progress  func(ctx context.Context, file tracking.FileID) (tracking.Progress, error)
	scans     func(ctx context.Context, number tracking.Number) ([]tracking.Scan, error)
	setAsides func(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.SetAside, error]
}

func (f flawed) Update(ctx context.Context, file tracking.FileID, decide decideFunc) error {
	if f.update != nil {
		return f.update(ctx, file, decide)
	}
	return f.Store.Update(ctx, file, decide)
}

func (f flawed) Progress(ctx context.Context, file tracking.FileID) (tracking.Progress, error) {
	if f.progress != nil {
		return f.progress(ctx, file)
	}
	return f.Store.Progress(ctx, file)
}

func (f flawed) Scans(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
	if f.scans != nil {
		return f.scans(ctx, number)
	}
	return f.Store.Scans(ctx, number)
}

func (f flawed) SetAsides(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.SetAside, error] {
	if f.setAsides != nil {
		return f.setAsides(ctx, file, afterLine)
	}
	return f.Store.SetAsides(ctx, file, afterLine)
}

func broken(clause, flaw string, breakIt func(good tracking.Store) flawed) contract.Broken[tracking.Store] {
	return contract.Broken[tracking.Store]{Clause: clause, Flaw: flaw, New: func(*testing.T) tracking.Store {
		good := memory.New().Scans()
		store := breakIt(good)
		store.Store = good
		return store
	}}
}

// onBatch breaks what is saved.
func onBatch(change func(prior tracking.Progress, batch *tracking.Batch)) func(tracking.Store) flawed {
	return func(good tracking.Store) flawed {
		return flawed{update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
			return good.Update(ctx, file, func(prior tracking.Progress) (tracking.Batch, error) {
				batch, err := decide(prior)
				batch.Scans, batch.SetAside = slices.Clone(batch.Scans), slices.Clone(batch.SetAside)
				change(prior, &batch)
				return batch, err
			})
		}}
	}
}

// onScan breaks each scan that is saved.
func onScan(change func(*tracking.Scan)) func(tracking.Store) flawed {
	return onBatch(func(_ tracking.Progress, batch *tracking.Batch) {
		for i := range batch.Scans {
			change(&batch.Scans[i])
		}
	})
}

func TestKit_RefusesBrokenStores(t *testing.T) {
	// The clauses on Update that every port shares are proven beside their definition;
	// one broken store shows that they see this port.
	own := slices.DeleteFunc(clauses(), func(c contract.Clause[tracking.Store]) bool {
		return strings.HasPrefix(c.Name, "Update/") && c.Name != "Update/OneAfterAnother"
	})
	contract.Refuses(t, own, slices.Concat(progressZoo(), scanZoo(), setAsideZoo(), []contract.Broken[tracking.Store]{
		broken("Update/OneAfterAnother", "reads, decides and writes in steps", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
				prior, _ := good.Progress(ctx, file)
				batch, err := decide(prior)
				if err != nil {
					return err
				}
				return save(ctx, good, file, batch)
			}}
		}),
		broken("Batch/NoAliasing", "sorts the scans it is given", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
				return good.Update(ctx, file, func(prior tracking.Progress) (tracking.Batch, error) {
					batch, err := decide(prior)
					slices.SortFunc(batch.Scans, tracking.Scan.Compare)
					return batch, err
				})
			}}
		}),
		broken("Batch/NoAliasing", "hands out its own slice", func(good tracking.Store) flawed {
			var held []tracking.Scan
			return flawed{
				update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
					return good.Update(ctx, file, func(prior tracking.Progress) (tracking.Batch, error) {
						batch, err := decide(prior)
						held = append(held, batch.Scans...)
						return batch, err
					})
				},
				scans: func(context.Context, tracking.Number) ([]tracking.Scan, error) { return held, nil },
			}
		}),
		broken("Batch/Whole", "saves in two steps", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
				var aside []tracking.SetAside
				if err := good.Update(ctx, file, func(prior tracking.Progress) (tracking.Batch, error) {
					batch, err := decide(prior)
					aside, batch.SetAside = batch.SetAside, nil
					return batch, err
				}); err != nil {
					return err
				}
				return good.Update(ctx, file, func(prior tracking.Progress) (tracking.Batch, error) {
					return tracking.Batch{Progress: prior, SetAside: aside}, nil
				})
			}}
		}),
		broken("Batch/Whole", "says that it saved what it did not", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
				if err := good.Update(ctx, file, decide); ctx.Err() == nil {
					return err
				}
				return nil
			}}
		}),
	}))
}
