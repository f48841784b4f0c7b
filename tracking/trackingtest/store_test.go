package trackingtest

import (
	"context"
	"errors"
	"iter"
	"slices"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

func TestKit_AcceptsTheReferenceStore(t *testing.T) {
	TestStore(t, func(*testing.T) tracking.Store { return memory.New().Scans() })
}

type decideFunc = func(prior tracking.File) (tracking.Batch, error)

// flawed is a good store of which some methods are replaced.
type flawed struct {
	tracking.Store
	update func(ctx context.Context, id tracking.FileID, decide decideFunc) error
	file   func(ctx context.Context, id tracking.FileID) (tracking.File, error)
	scans  func(ctx context.Context, number tracking.Number) ([]tracking.Scan, error)
	files  filesFunc
	damage func(ctx context.Context, id tracking.FileID, page cris.Page[int]) iter.Seq2[tracking.Damage, error]
}

func (f flawed) Update(ctx context.Context, id tracking.FileID, decide decideFunc) error {
	if f.update == nil {
		return f.Store.Update(ctx, id, decide)
	}
	return f.update(ctx, id, decide)
}

func (f flawed) File(ctx context.Context, id tracking.FileID) (tracking.File, error) {
	if f.file == nil {
		return f.Store.File(ctx, id)
	}
	return f.file(ctx, id)
}

func (f flawed) Scans(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
	if f.scans == nil {
		return f.Store.Scans(ctx, number)
	}
	return f.scans(ctx, number)
}

func (f flawed) Files(ctx context.Context, page cris.Page[tracking.FileID]) iter.Seq2[tracking.File, error] {
	if f.files == nil {
		return f.Store.Files(ctx, page)
	}
	return f.files(ctx, page)
}

func (f flawed) Damage(ctx context.Context, id tracking.FileID, page cris.Page[int]) iter.Seq2[tracking.Damage, error] {
	if f.damage == nil {
		return f.Store.Damage(ctx, id, page)
	}
	return f.damage(ctx, id, page)
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
func onBatch(change func(prior tracking.File, batch *tracking.Batch)) func(tracking.Store) flawed {
	return func(good tracking.Store) flawed {
		return flawed{update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
			return good.Update(ctx, file, func(prior tracking.File) (tracking.Batch, error) {
				batch, err := decide(prior)
				batch.Scans, batch.Damage = slices.Clone(batch.Scans), slices.Clone(batch.Damage)
				change(prior, &batch)
				return batch, err
			})
		}}
	}
}

// onScan breaks each scan that is saved.
func onScan(change func(*tracking.Scan)) func(tracking.Store) flawed {
	return onBatch(func(_ tracking.File, batch *tracking.Batch) {
		for i := range batch.Scans {
			change(&batch.Scans[i])
		}
	})
}

func TestKit_RefusesBrokenStores(t *testing.T) {
	zoo := slices.Concat(fileZoo(), scanZoo(), damageZoo(), []contract.Broken[tracking.Store]{
		broken("Update/OneAfterAnother", "reads, decides and writes in steps", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, id tracking.FileID, decide decideFunc) error {
				prior, _ := good.File(ctx, id)
				batch, err := decide(prior)
				if err != nil {
					return err
				}
				return save(ctx, good, id, batch)
			}}
		}),
		broken("Batch/NoAliasing", "sorts the scans it is given", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
				return good.Update(ctx, file, func(prior tracking.File) (tracking.Batch, error) {
					batch, err := decide(prior)
					slices.SortFunc(batch.Scans, tracking.Scan.Compare)
					return batch, err
				})
			}}
		}),
		broken("Batch/NoAliasing", "keeps the slice that it is given", func(good tracking.Store) flawed {
			var held []tracking.Scan
			return flawed{
				update: func(ctx context.Context, id tracking.FileID, decide decideFunc) error {
					return good.Update(ctx, id, func(prior tracking.File) (tracking.Batch, error) {
						batch, err := decide(prior)
						held = batch.Scans
						return batch, err
					})
				},
				scans: func(context.Context, tracking.Number) ([]tracking.Scan, error) { return slices.Clone(held), nil },
			}
		}),
		broken("Scans/Own", "hands out its own slice", func(good tracking.Store) flawed {
			held := map[tracking.Number][]tracking.Scan{}
			return flawed{scans: func(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
				if held[number] == nil {
					scans, err := good.Scans(ctx, number)
					if err != nil {
						return nil, err
					}
					held[number] = scans
				}
				return held[number], nil
			}}
		}),
		broken("Batch/Whole", "saves in two steps", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
				var damage []tracking.Damage
				if err := good.Update(ctx, file, func(prior tracking.File) (tracking.Batch, error) {
					batch, err := decide(prior)
					damage, batch.Damage = batch.Damage, nil
					return batch, err
				}); err != nil {
					return err
				}
				return good.Update(ctx, file, func(prior tracking.File) (tracking.Batch, error) {
					if prior.ID.IsZero() {
						prior.ID = file // the first step was refused
					}
					return tracking.Batch{File: prior, Damage: damage}, nil
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
		broken("Batch/Refused", "notes damage before it decides", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, id tracking.FileID, decide decideFunc) error {
				prior, err := good.File(ctx, id)
				if err != nil && !errors.Is(err, tracking.ErrNotFound) {
					return err
				}
				batch, err := decide(prior)
				if err != nil && len(batch.Damage) > 0 {
					return errors.Join(err, saveDamage(ctx, good, id, batch.Damage...))
				}
				return good.Update(ctx, id, decide)
			}}
		}),
	})
	contract.Refuses(t, provenClauses(zoo), zoo)
}

// provenClauses are those of this port alone, and of those that ports share the ones that a
// store of the zoo breaks, which shows that they see this port: all are proven beside their
// definition.
func provenClauses(zoo []contract.Broken[tracking.Store]) []contract.Clause[tracking.Store] {
	shared := map[string]bool{}
	for _, clause := range slices.Concat(
		contract.AtomicClausesWithoutEvents(asAtomic), contract.ReadClauses("Scans", scansAsRead),
		contract.ReadClauses("File", filesAsRead), contract.ListClauses("Files", filesAsList),
		contract.ReadClauses("Damage/Line", damageAsRead), contract.ListClauses("Damage", damageAsList),
	) {
		shared[clause.Name] = true
	}
	return slices.DeleteFunc(clauses(), func(clause contract.Clause[tracking.Store]) bool {
		return shared[clause.Name] && !slices.ContainsFunc(zoo, func(b contract.Broken[tracking.Store]) bool { return b.Clause == clause.Name })
	})
}
