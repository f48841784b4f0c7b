package trackingtest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

func scanZoo() []contract.Broken[tracking.Store] {
	return []contract.Broken[tracking.Store]{
		broken("Scans/Fresh", "drops the country", onScan(func(s *tracking.Scan) { s.Place.Country = "" })),
		broken("Scans/RoundTrip", "cuts the ZIP code to five digits", onScan(func(s *tracking.Scan) { s.Place.ZIP = s.Place.ZIP.Five() })),
		broken("Scans/RoundTrip", "takes an unknown code for another", onScan(func(s *tracking.Scan) {
			if s.Class() == tracking.Unknown {
				s.Code = "10"
			}
		})),
		broken("Scans/Unknown", "fails on an unknown number", func(good tracking.Store) flawed {
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
				update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
					return good.Update(ctx, file, func(prior tracking.File) (tracking.Batch, error) {
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
		broken("Scans/Exact", "takes a line end for the end of a value", onScan(func(s *tracking.Scan) {
			code, _, _ := strings.Cut(string(s.Code), "\n")
			s.Code = tracking.Code(code)
		})),
		broken("Scans/NewCounted", "counts what it is given", onBatch(func(_ tracking.File, batch *tracking.Batch) {
			batch.File.New += len(batch.Scans)
		})),
		broken("Scans/NewCounted", "counts nothing", func(good tracking.Store) flawed {
			return flawed{file: func(ctx context.Context, id tracking.FileID) (tracking.File, error) {
				file, err := good.File(ctx, id)
				file.New = 0
				return file, err
			}}
		}),
		broken("Update/EveryEntry", "saves the first statement's worth", onBatch(func(_ tracking.File, batch *tracking.Batch) {
			batch.Scans = batch.Scans[:min(len(batch.Scans), 900)]
		})),
		broken("Scans/AnyNumber", "finds no number of more than 22 digits", func(good tracking.Store) flawed {
			return flawed{scans: func(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
				scans, err := good.Scans(ctx, number)
				if len(number.String()) > 22 {
					scans = nil
				}
				return scans, err
			}}
		}),
		broken("Scans/AnyNumber", "drops a number whose check digit is wrong", onBatch(func(_ tracking.File, batch *tracking.Batch) {
			batch.Scans = slices.DeleteFunc(batch.Scans, func(s tracking.Scan) bool { return !s.Number.CheckDigitOK() })
		})),
		broken("Scans/FilesAtOnce", "looks before it inserts, and locks the file alone", func(good tracking.Store) flawed {
			return lockingFiles(good, (*scanTable).look)
		}),
		broken("Scans/FilesAtOnce", "has a snapshot of the scans from before it decides", func(good tracking.Store) flawed {
			return lockingFiles(good, (*scanTable).snapshot)
		}),
		broken("Scans/Exact", "cuts a code to two characters", onScan(func(s *tracking.Scan) {
			s.Code = s.Code[:min(len(s.Code), 2)]
		})),
		broken("Scans/Refused", "saves the other scans of a batch that it refuses", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
				var refused error
				err := good.Update(ctx, file, func(prior tracking.File) (tracking.Batch, error) {
					batch, err := decide(prior)
					given := len(batch.Scans)
					batch.Scans = slices.DeleteFunc(slices.Clone(batch.Scans), func(s tracking.Scan) bool { return len(s.Code) != 2 })
					if len(batch.Scans) < given {
						refused = errRefused
					}
					return batch, err
				})
				return errors.Join(err, refused)
			}}
		}),
		broken("Scans/NoNumber", "keeps a scan without a number as one of another", onScan(func(s *tracking.Scan) {
			if s.Number.IsZero() {
				s.Number = Number(99)
			}
		})),
		broken("Scans/NoNumber", "drops a scan without a number", onBatch(func(_ tracking.File, batch *tracking.Batch) {
			batch.Scans = slices.DeleteFunc(batch.Scans, func(s tracking.Scan) bool { return s.Number.IsZero() })
		})),
		broken("Scans/NoNumber", "saves what comes before a scan without a number", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
				var refused error
				err := good.Update(ctx, file, func(prior tracking.File) (tracking.Batch, error) {
					batch, err := decide(prior)
					if at := slices.IndexFunc(batch.Scans, func(s tracking.Scan) bool { return s.Number.IsZero() }); at >= 0 {
						batch.Scans, refused = batch.Scans[:at], errRefused
					}
					return batch, err
				})
				return errors.Join(err, refused)
			}}
		}),
		broken("Scans/Cancelled", "reads under a canceled context", func(good tracking.Store) flawed {
			return flawed{scans: func(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
				return good.Scans(context.WithoutCancel(ctx), number)
			}}
		}),
	}
}

// scanTable is a table of scans without a key.
type scanTable struct {
	mu   sync.Mutex
	rows []tracking.Scan
}

func (t *scanTable) held() []tracking.Scan {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.rows)
}

func (t *scanTable) insert(scans []tracking.Scan) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows = append(t.rows, scans...)
}

// snapshot returns what the table holds now.
func (t *scanTable) snapshot() func() []tracking.Scan {
	held := t.held()
	return func() []tracking.Scan { return held }
}

// look returns what the table holds when it is asked. An answer takes its time.
func (t *scanTable) look() func() []tracking.Scan {
	return func() []tracking.Scan {
		held := t.held()
		time.Sleep(10 * time.Millisecond)
		return held
	}
}

// lockingFiles is a store that keeps its scans in a table, and the Updates of one file
// apart. The rest is that of a good one.
func lockingFiles(good tracking.Store, known func(*scanTable) func() []tracking.Scan) flawed {
	var table scanTable
	var files sync.Map // of a lock each
	return flawed{
		update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
			lock, _ := files.LoadOrStore(file, &sync.Mutex{})
			mu := lock.(*sync.Mutex) //nolint:errcheck // there is nothing else in it
			mu.Lock()
			defer mu.Unlock()
			held := known(&table)
			prior, err := good.File(ctx, file)
			if err != nil && !errors.Is(err, tracking.ErrNotFound) {
				return err
			}
			batch, err := decide(prior)
			if err != nil {
				return err
			}
			there := held()
			added := slices.DeleteFunc(slices.Clone(batch.Scans), func(s tracking.Scan) bool { return slices.Contains(there, s) })
			table.insert(added)
			batch.File.New += len(added)
			return save(ctx, good, file, tracking.Batch{File: batch.File, Damage: batch.Damage})
		},
		scans: func(_ context.Context, number tracking.Number) ([]tracking.Scan, error) {
			return slices.DeleteFunc(table.held(), func(s tracking.Scan) bool { return s.Number != number }), nil
		},
	}
}
