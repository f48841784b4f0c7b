package trackingtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

// TestStore checks every promise of tracking.Store, and those of tracking.Updates and
// tracking.Files if the store implements them. newStore gives an empty store; it is called
// at least once per promise, and twice for the one on two histories.
func TestStore(t *testing.T, newStore func(t *testing.T) tracking.Store) {
	t.Helper()
	contract.Run(t, clauses(), newStore)
	runIf(t, updateClauses(), newStore)
	if _, is := newStore(t).(updating); is {
		contract.Run(t, historyClauses(), func(t *testing.T) histories {
			return histories{newStore(t).(updating), newStore(t).(updating)} //nolint:errcheck // all stores are of one type
		})
	}
	runIf(t, fileClauses(), newStore)
}

// runIf checks the clauses of an optional interface if the store implements it.
func runIf[S tracking.Store](t *testing.T, clauses []contract.Clause[S], newStore func(t *testing.T) tracking.Store) {
	t.Helper()
	if _, is := newStore(t).(S); !is {
		return
	}
	contract.Run(t, clauses, func(t *testing.T) S {
		t.Helper()
		return newStore(t).(S) //nolint:errcheck // all stores are of one type
	})
}

func clauses() []contract.Clause[tracking.Store] {
	return slices.Concat(progressClauses(), scanClauses(), setAsideClauses(), []contract.Clause[tracking.Store]{
		{Name: "Batch/NoAliasing", Promise: "the store neither keeps nor changes the slices of a batch, nor keeps those it returns", Check: batchNoAliasing},
		{Name: "Batch/Whole", Promise: "a batch is saved whole or not at all, wherever its context ends", Check: batchWhole},
	}, contract.AtomicClausesWithoutEvents(asAtomic))
}

// asAtomic lets the shared clauses save one scan per entry, of a piece of the scope's own.
func asAtomic(s tracking.Store) contract.Atomic {
	number := func(scope int) tracking.Number { return Number(1000 + scope) }
	return contract.Atomic{
		Append: func(ctx context.Context, scope int, decide func(seen int) ([]cris.Event, error)) error {
			return s.Update(ctx, FileID(scope), func(prior tracking.Progress) (tracking.Batch, error) {
				batch := tracking.Batch{
					Progress: tracking.Progress{Records: prior.Records + 1},
					Scans:    []tracking.Scan{Scan(number(scope), "10", fmt.Sprintf("2013-08-15T00:%02d", prior.Records%60))},
				}
				_, err := decide(prior.Records)
				return batch, err
			})
		},
		Count: func(ctx context.Context, scope int) (int, error) {
			scans, err := s.Scans(ctx, number(scope))
			if err != nil {
				return 0, err
			}
			progress, err := s.Progress(ctx, FileID(scope))
			if err != nil && !errors.Is(err, tracking.ErrNotFound) {
				return 0, err
			}
			if progress.Records != len(scans) {
				return 0, fmt.Errorf("%d records are dealt with and %d scans held", progress.Records, len(scans))
			}
			return len(scans), nil
		},
	}
}

// save saves the batch, whatever the prior progress.
func save(ctx context.Context, s tracking.Store, file tracking.FileID, batch tracking.Batch) error {
	return s.Update(ctx, file, func(tracking.Progress) (tracking.Batch, error) { return batch, nil })
}

// saveScans saves the scans as further records of the file.
func saveScans(ctx context.Context, s tracking.Store, file tracking.FileID, scans ...tracking.Scan) error {
	return s.Update(ctx, file, func(prior tracking.Progress) (tracking.Batch, error) {
		prior.Records += len(scans)
		return tracking.Batch{Progress: prior, Scans: scans}, nil
	})
}

// persist tries again while the store gives up because others write.
func persist(ctx context.Context, update func() error) error {
	for {
		if err := update(); !errors.Is(err, cris.ErrConflict) || ctx.Err() != nil {
			return err
		}
	}
}

var errRefused = errors.New("refused by the test")

// refuse runs an Update whose decide returns the batch together with an error.
func refuse(ctx context.Context, s tracking.Store, file tracking.FileID, batch tracking.Batch) error {
	err := s.Update(ctx, file, func(tracking.Progress) (tracking.Batch, error) { return batch, errRefused })
	if !errors.Is(err, errRefused) {
		return errors.Join(errors.New("Update did not return the error of decide"), err)
	}
	return nil
}

func batchNoAliasing(ctx context.Context, s tracking.Store) error {
	late, early := Scan(Number(1), "01", "2013-08-15T09:52"), Scan(Number(1), "10", "2013-08-14T09:52")
	scans, damaged := []tracking.Scan{late, early}, asides(1, 2)
	slices.Reverse(damaged)
	if err := save(ctx, s, FileID(1), tracking.Batch{Scans: scans, SetAside: damaged}); err != nil {
		return err
	}
	if !slices.Equal(scans, []tracking.Scan{late, early}) || !slices.Equal(damaged, []tracking.SetAside{aside(2), aside(1)}) {
		return errors.New("the store changed the slices of the batch")
	}
	scans[0], damaged[0] = tracking.Scan{}, tracking.SetAside{}
	got, err := s.Scans(ctx, Number(1))
	if err != nil {
		return err
	}
	clear(got)
	return errors.Join(
		wantScans(ctx, s, Number(1), late, early),
		wantSetAside(ctx, s, FileID(1), 0, asides(1, 2)...),
	)
}

// batchWhole breaks an Update off at each of its steps, until one is saved.
func batchWhole(ctx context.Context, s tracking.Store) error {
	for looks := 1; looks <= mostLooks; looks++ {
		number, file := Number(looks), FileID(looks)
		batch := tracking.Batch{
			Progress: tracking.Progress{Name: "scans.txt", Records: 25, SetAside: 5},
			Scans:    minutes(number, 20),
			SetAside: asides(1, 5),
		}
		failed := save(newFading(ctx, looks), s, file, batch)
		if err := wantWholeOrNothing(ctx, s, file, batch, failed); err != nil {
			return errors.Join(fmt.Errorf("where the context ended at look %d: %w", looks, err), failed)
		}
		if failed == nil {
			return nil
		}
	}
	return fmt.Errorf("an Update looks at its context more than %d times", mostLooks)
}

// wantWholeOrNothing checks what is left of a batch of scans of one piece, which had the
// given error. It is an Update that asks, so that none is under way any more.
func wantWholeOrNothing(ctx context.Context, s tracking.Store, file tracking.FileID, batch tracking.Batch, failed error) error {
	var held tracking.Progress
	if err := s.Update(ctx, file, func(prior tracking.Progress) (tracking.Batch, error) {
		held = prior
		return tracking.Batch{Progress: prior}, nil
	}); err != nil {
		return err
	}
	number, whole := batch.Scans[0].Number, batch.Progress
	whole.New = len(batch.Scans)
	switch {
	case held == whole:
		return errors.Join(wantScans(ctx, s, number, batch.Scans...), wantSetAside(ctx, s, file, 0, batch.SetAside...))
	case held != tracking.Progress{} || failed == nil:
		return fmt.Errorf("the progress is %+v", held)
	default:
		return errors.Join(wantScans(ctx, s, number), wantSetAside(ctx, s, file, 0))
	}
}
