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
// tracking.Quarantine if the store implements them. newStore gives an empty store; it is called
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
	runIf(t, quarantineClauses(), newStore)
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
	return slices.Concat(fileClauses(), scanClauses(), damageClauses(), []contract.Clause[tracking.Store]{
		{Name: "Batch/Whole", Promise: "a batch is saved whole or not at all, wherever its context ends", Check: batchWhole},
		{Name: "Batch/Refused", Promise: "if decide fails, nothing is saved of the batch that it returned: no file, no scan, no damage", Check: batchRefused},
		{Name: "Batch/NoAliasing", Promise: "the store neither changes nor keeps the slices of a batch", Check: batchNoAliasing},
	}, contract.AtomicClausesWithoutEvents(asAtomic))
}

// asAtomic lets the shared clauses save one scan per entry, of a piece of the scope's own.
func asAtomic(s tracking.Store) contract.Atomic {
	number := func(scope int) tracking.Number { return Number(1000 + scope) }
	further := func(scope int, prior tracking.File, entries int) tracking.Batch {
		var batch tracking.Batch
		for n := range entries {
			batch.Scans = append(batch.Scans, nthOf(number(scope), prior.Records+n))
		}
		batch.File.Records = prior.Records + entries
		batch.File.New = prior.New
		return batch
	}
	return contract.Atomic{
		Append: func(ctx context.Context, scope int, decide func(seen int) ([]cris.Event, error)) error {
			return s.Update(ctx, FileID(scope), func(prior tracking.File) (tracking.Batch, error) {
				_, err := decide(prior.Records)
				return further(scope, prior, 1), err
			})
		},
		AppendAll: func(ctx context.Context, scope, entries int) error {
			return s.Update(ctx, FileID(scope), func(prior tracking.File) (tracking.Batch, error) {
				return further(scope, prior, entries), nil
			})
		},
		Count: func(ctx context.Context, scope int) (int, error) {
			scans, err := s.Scans(ctx, number(scope))
			if err != nil {
				return 0, err
			}
			file, err := s.File(ctx, FileID(scope))
			if err != nil && !errors.Is(err, tracking.ErrNotFound) {
				return 0, err
			}
			if file.Records != len(scans) || file.New != len(scans) {
				return 0, fmt.Errorf("of %d records %d were new, and the store holds %d scans", file.Records, file.New, len(scans))
			}
			return len(scans), nil
		},
	}
}

// nthOf returns the n-th scan of the piece, a minute each.
func nthOf(number tracking.Number, n int) tracking.Scan {
	at, err := tracking.NewLocalTime(firstDay.AddDays(n/(24*60)), n/60%24, n%60)
	check(err)
	return tracking.Scan{Number: number, Code: "10", At: at}
}

// save saves the batch, whatever was known of the file.
func save(ctx context.Context, s tracking.Store, file tracking.FileID, batch tracking.Batch) error {
	return s.Update(ctx, file, func(tracking.File) (tracking.Batch, error) { return batch, nil })
}

// saveScans saves the scans as further records of the file.
func saveScans(ctx context.Context, s tracking.Store, file tracking.FileID, scans ...tracking.Scan) error {
	return s.Update(ctx, file, func(prior tracking.File) (tracking.Batch, error) {
		prior.Records += len(scans)
		return tracking.Batch{File: prior, Scans: scans}, nil
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
	err := s.Update(ctx, file, func(tracking.File) (tracking.Batch, error) { return batch, errRefused })
	if !errors.Is(err, errRefused) {
		return errors.Join(errors.New("Update did not return the error of decide"), err)
	}
	return nil
}

func batchNoAliasing(ctx context.Context, s tracking.Store) error {
	late, early := NewScan(Number(1), "01", "2013-08-15T09:52"), NewScan(Number(1), "10", "2013-08-14T09:52")
	scans, damage := []tracking.Scan{late, early}, damaged(1, 2)
	slices.Reverse(damage)
	givenScans, givenDamage := slices.Clone(scans), slices.Clone(damage)
	if err := save(ctx, s, FileID(1), tracking.Batch{Scans: scans, Damage: damage}); err != nil {
		return err
	}
	if !slices.Equal(scans, givenScans) || !slices.Equal(damage, givenDamage) {
		return errors.New("the store changed the slices of the batch")
	}
	clear(scans)
	clear(damage)
	return errors.Join(
		wantScans(ctx, s, Number(1), late, early),
		wantDamage(ctx, s, FileID(1), damaged(1, 2)...),
	)
}

// aBatch is one of scans of one piece, and damage.
func aBatch(n int) tracking.Batch {
	return tracking.Batch{File: NewFile(n), Scans: minutes(Number(n), 20), Damage: damaged(1, 5)}
}

// batchWhole breaks an Update off at each of its steps, until one is saved.
func batchWhole(ctx context.Context, s tracking.Store) error {
	for looks := 1; looks <= mostLooks; looks++ {
		batch := aBatch(looks)
		failed := save(newFading(ctx, looks), s, batch.File.ID, batch)
		if err := wantWholeOrNothing(ctx, s, batch, failed); err != nil {
			return errors.Join(fmt.Errorf("where the context ended at look %d: %w", looks, err), failed)
		}
		if failed == nil {
			return nil
		}
	}
	return fmt.Errorf("an Update looks at its context more than %d times", mostLooks)
}

// wantWholeOrNothing checks what is left of a batch, which had the given error. It is an
// Update that asks, so that none is under way any more.
func wantWholeOrNothing(ctx context.Context, s tracking.Store, batch tracking.Batch, failed error) error {
	var held tracking.File
	err := s.Update(ctx, batch.File.ID, func(prior tracking.File) (tracking.Batch, error) {
		held = prior
		return tracking.Batch{}, errRefused
	})
	if !errors.Is(err, errRefused) {
		return err
	}
	whole := batch.File
	whole.New += len(batch.Scans)
	switch {
	case held == whole:
		return errors.Join(
			wantFile(ctx, s, whole),
			wantScans(ctx, s, batch.Scans[0].Number, batch.Scans...),
			wantDamage(ctx, s, whole.ID, batch.Damage...),
		)
	case held != tracking.File{} || failed == nil:
		return fmt.Errorf("the file is %+v", held)
	default:
		return wantNothing(ctx, s, batch)
	}
}

// wantNothing checks that nothing is left of a batch.
func wantNothing(ctx context.Context, s tracking.Store, batch tracking.Batch) error {
	return errors.Join(
		wantNoFile(ctx, s, batch.File.ID),
		wantScans(ctx, s, batch.Scans[0].Number),
		wantDamage(ctx, s, batch.File.ID),
	)
}

func batchRefused(ctx context.Context, s tracking.Store) error {
	batch := aBatch(1)
	if err := refuse(ctx, s, batch.File.ID, batch); err != nil {
		return err
	}
	return wantNothing(ctx, s, batch)
}
