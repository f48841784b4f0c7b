package trackingtest

import (
	"context"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

func TestKit_AcceptsTheReferenceStore(t *testing.T) {
	TestStore(t, func(*testing.T) tracking.Store { return memory.New().Scans() })
}

// flawed is a good store of which one method is replaced.
type flawed struct {
	tracking.Store
	update    func(ctx context.Context, file tracking.FileID, decide func(tracking.Progress) (tracking.Batch, error)) error
	progress  func(ctx context.Context, file tracking.FileID) (tracking.Progress, error)
	scans     func(ctx context.Context, number tracking.Number) ([]tracking.Scan, error)
	setAsides func(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.SetAside, error]
}

func (f flawed) Update(ctx context.Context, file tracking.FileID, decide func(tracking.Progress) (tracking.Batch, error)) error {
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

func TestKit_RefusesBrokenStores(t *testing.T) {
	broken := func(clause, flaw string, breakIt func(good tracking.Store) flawed) contract.Broken[tracking.Store] {
		return contract.Broken[tracking.Store]{Clause: clause, Flaw: flaw, New: func(*testing.T) tracking.Store {
			good := memory.New().Scans()
			store := breakIt(good)
			store.Store = good
			return store
		}}
	}
	// onBatch breaks what is saved.
	onBatch := func(change func(prior tracking.Progress, batch *tracking.Batch)) func(tracking.Store) flawed {
		return func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, file tracking.FileID, decide func(tracking.Progress) (tracking.Batch, error)) error {
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
	onScan := func(change func(*tracking.Scan)) func(tracking.Store) flawed {
		return onBatch(func(_ tracking.Progress, batch *tracking.Batch) {
			for i := range batch.Scans {
				change(&batch.Scans[i])
			}
		})
	}
	zoo := []contract.Broken[tracking.Store]{
		broken("Update/OneAfterAnother", "reads, decides and writes in steps", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, file tracking.FileID, decide func(tracking.Progress) (tracking.Batch, error)) error {
				prior, _ := good.Progress(ctx, file)
				batch, err := decide(prior)
				if err != nil {
					return err
				}
				return save(ctx, good, file, batch)
			}}
		}),
		broken("Progress/RoundTrip", "forgets the end of the file", onBatch(func(_ tracking.Progress, batch *tracking.Batch) { batch.Progress.Done = false })),
		broken("Progress/RoundTrip", "forgets that totals disagree", onBatch(func(_ tracking.Progress, batch *tracking.Batch) { batch.Progress.Disagrees = false })),
		broken("Progress/RoundTrip", "forgets the name", onBatch(func(_ tracking.Progress, batch *tracking.Batch) { batch.Progress.Name = "" })),
		broken("Progress/Unknown", "gives an empty progress", func(good tracking.Store) flawed {
			return flawed{progress: func(ctx context.Context, file tracking.FileID) (tracking.Progress, error) {
				progress, _ := good.Progress(ctx, file)
				return progress, nil
			}}
		}),
		broken("Progress/Replaced", "keeps the first name and total", onBatch(func(prior tracking.Progress, batch *tracking.Batch) {
			if prior.Name != "" {
				batch.Progress.Name, batch.Progress.Announced = prior.Name, prior.Announced
			}
		})),
		broken("Scans/RoundTrip", "drops the country", onScan(func(s *tracking.Scan) { s.Place.Country = "" })),
		broken("Scans/RoundTrip", "cuts the ZIP code to five digits", onScan(func(s *tracking.Scan) { s.Place.ZIP = s.Place.ZIP.Five() })),
		broken("Scans/RoundTrip", "takes an unknown code for another", onScan(func(s *tracking.Scan) {
			if s.Class() == tracking.Unknown {
				s.Code = "10"
			}
		})),
		broken("Scans/OwnNumber", "returns the scans of all pieces", func(good tracking.Store) flawed {
			return flawed{scans: func(ctx context.Context, _ tracking.Number) ([]tracking.Scan, error) {
				one, err := good.Scans(ctx, Number(1))
				if err != nil {
					return nil, err
				}
				two, err := good.Scans(ctx, Number(2))
				return append(one, two...), err
			}}
		}),
		broken("Scans/OwnNumber", "fails on an unknown number", func(good tracking.Store) flawed {
			return flawed{scans: func(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
				scans, err := good.Scans(ctx, number)
				if err == nil && len(scans) == 0 {
					err = tracking.ErrNotFound
				}
				return scans, err
			}}
		}),
		broken("Scans/Once", "keeps what it is given", func(good tracking.Store) flawed {
			var mu sync.Mutex
			var all []tracking.Scan
			return flawed{
				update: func(ctx context.Context, file tracking.FileID, decide func(tracking.Progress) (tracking.Batch, error)) error {
					return good.Update(ctx, file, func(prior tracking.Progress) (tracking.Batch, error) {
						batch, err := decide(prior)
						mu.Lock()
						defer mu.Unlock()
						all = append(all, batch.Scans...)
						return batch, err
					})
				},
				scans: func(_ context.Context, number tracking.Number) ([]tracking.Scan, error) {
					mu.Lock()
					defer mu.Unlock()
					return slices.DeleteFunc(slices.Clone(all), func(s tracking.Scan) bool { return s.Number != number }), nil
				},
			}
		}),
		broken("Scans/Distinct", "takes number, code and time for the key", func(good tracking.Store) flawed {
			return flawed{scans: func(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
				scans, err := good.Scans(ctx, number)
				slices.SortFunc(scans, tracking.Scan.Compare)
				return slices.CompactFunc(scans, func(a, b tracking.Scan) bool { return a.Code == b.Code && a.At == b.At }), err
			}}
		}),
		broken("Scans/AsTheyAre", "takes a line end for the end of a value", onScan(func(s *tracking.Scan) {
			code, _, _ := strings.Cut(string(s.Code), "\n")
			s.Code = tracking.Code(code)
		})),
		broken("Scans/NewCounted", "counts what it is given", onBatch(func(_ tracking.Progress, batch *tracking.Batch) {
			batch.Progress.New += len(batch.Scans)
		})),
		broken("Scans/NewCounted", "counts nothing", func(good tracking.Store) flawed {
			return flawed{progress: func(ctx context.Context, file tracking.FileID) (tracking.Progress, error) {
				progress, err := good.Progress(ctx, file)
				progress.New = 0
				return progress, err
			}}
		}),
		broken("Scans/ManyAtOnce", "saves the first statement's worth", onBatch(func(_ tracking.Progress, batch *tracking.Batch) {
			batch.Scans = batch.Scans[:min(len(batch.Scans), 900)]
		})),
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
				update: func(ctx context.Context, file tracking.FileID, decide func(tracking.Progress) (tracking.Batch, error)) error {
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
			return flawed{update: func(ctx context.Context, file tracking.FileID, decide func(tracking.Progress) (tracking.Batch, error)) error {
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
		broken("NoAliasing", "sorts the scans it is given", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, file tracking.FileID, decide func(tracking.Progress) (tracking.Batch, error)) error {
				return good.Update(ctx, file, func(prior tracking.Progress) (tracking.Batch, error) {
					batch, err := decide(prior)
					slices.SortFunc(batch.Scans, tracking.Scan.Compare)
					return batch, err
				})
			}}
		}),
		broken("NoAliasing", "hands out its own slice", func(good tracking.Store) flawed {
			var held []tracking.Scan
			return flawed{
				update: func(ctx context.Context, file tracking.FileID, decide func(tracking.Progress) (tracking.Batch, error)) error {
					return good.Update(ctx, file, func(prior tracking.Progress) (tracking.Batch, error) {
						batch, err := decide(prior)
						held = append(held, batch.Scans...)
						return batch, err
					})
				},
				scans: func(context.Context, tracking.Number) ([]tracking.Scan, error) { return held, nil },
			}
		}),
	}
	// The clauses on Update that every port shares are proven beside their definition;
	// one broken store shows that they see this port.
	own := slices.DeleteFunc(clauses(), func(c contract.Clause[tracking.Store]) bool {
		shared := strings.HasPrefix(c.Name, "Update/") || strings.HasPrefix(c.Name, "Outbox/")
		return shared && c.Name != "Update/OneAfterAnother"
	})
	contract.Refuses(t, own, zoo)
}
