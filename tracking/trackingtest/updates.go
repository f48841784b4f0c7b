package trackingtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

// updating is a store with the optional interface.
type updating interface {
	tracking.Store
	tracking.Updates
}

func updateClauses() []contract.Clause[updating] {
	return []contract.Clause[updating]{
		{Name: "Updates/Once", Promise: "a piece with many new scans comes once, and every piece comes", Check: updatesOnce},
		{Name: "Updates/InOrder", Promise: "pieces come in order of their latest change, and one that changes again moves to the end", Check: updatesInOrder},
		{Name: "Updates/Pages", Promise: "at most limit pieces come at a time, and the cursor goes on behind them", Check: updatesPages},
		{Name: "Updates/NoneLeft", Promise: "if nothing changed the cursor stays as it is", Check: updatesNoneLeft},
		{Name: "Updates/KnownScans", Promise: "a scan that was known already is no change", Check: updatesKnownScans},
		{Name: "Updates/OtherCursor", Promise: "a cursor that the store cannot have given, also one beyond its last change, is an error", Check: updatesOtherCursor},
		{Name: "Updates/WithBatch", Promise: "nothing has changed if decide fails", Check: updatesWithBatch},
		{Name: "Updates/NoneMissed", Promise: "who follows the cursor while others write misses no change", Check: updatesNoneMissed},
	}
}

// wantUpdates reads on from the cursor and compares what comes, in order.
func wantUpdates(ctx context.Context, s updating, after tracking.Cursor, limit int, want ...tracking.Number) (tracking.Cursor, error) {
	got, next, err := s.UpdatedSince(ctx, after, limit)
	if err != nil {
		return "", fmt.Errorf("read updates: %w", err)
	}
	if !slices.Equal(got, want) {
		return "", fmt.Errorf("updated since %q: %v, want %v", after, got, want)
	}
	if (next == after) != (len(want) == 0) {
		return "", fmt.Errorf("the cursor went from %q to %q with %d updates", after, next, len(want))
	}
	return next, nil
}

func updatesOnce(ctx context.Context, s updating) error {
	var scans []tracking.Scan
	var want []tracking.Number
	for piece := range 40 {
		want = append(want, Number(1+piece))
		for minute := range 30 {
			scans = append(scans, Scan(Number(1+piece), "10", fmt.Sprintf("2013-08-15T09:%02d", minute)))
		}
	}
	if err := saveScans(ctx, s, FileID(1), scans...); err != nil {
		return err
	}
	got, _, err := s.UpdatedSince(ctx, "", 1000)
	if err != nil {
		return err
	}
	slices.SortFunc(got, tracking.Number.Compare)
	if !slices.Equal(got, want) {
		return fmt.Errorf("updated: %v, want each of %v once", got, want)
	}
	return nil
}

// touch gives a piece one more scan, in a file of its own.
func touch(ctx context.Context, s updating, piece, minute int) error {
	return saveScans(ctx, s, FileID(minute), Scan(Number(piece), "10", fmt.Sprintf("2013-08-15T09:%02d", minute)))
}

func updatesInOrder(ctx context.Context, s updating) error {
	for minute, piece := range []int{3, 1, 2, 3, 4, 1} {
		if err := touch(ctx, s, piece, minute); err != nil {
			return err
		}
	}
	_, err := wantUpdates(ctx, s, "", 10, Number(2), Number(3), Number(4), Number(1))
	return err
}

func updatesPages(ctx context.Context, s updating) error {
	for piece := 1; piece <= 5; piece++ {
		if err := touch(ctx, s, piece, piece); err != nil {
			return err
		}
	}
	cursor, err := wantUpdates(ctx, s, "", 2, Number(1), Number(2))
	if err != nil {
		return err
	}
	if err := touch(ctx, s, 3, 10); err != nil { // changes again before it was read
		return err
	}
	if err := touch(ctx, s, 1, 11); err != nil { // changes again after it was read
		return err
	}
	if cursor, err = wantUpdates(ctx, s, cursor, 2, Number(4), Number(5)); err != nil {
		return err
	}
	if cursor, err = wantUpdates(ctx, s, cursor, 2, Number(3), Number(1)); err != nil {
		return err
	}
	_, err = wantUpdates(ctx, s, cursor, 2)
	return err
}

func updatesNoneLeft(ctx context.Context, s updating) error {
	if _, err := wantUpdates(ctx, s, "", 10); err != nil {
		return err
	}
	if err := touch(ctx, s, 1, 1); err != nil {
		return err
	}
	if _, err := wantUpdates(ctx, s, "", 0); err != nil {
		return err
	}
	cursor, err := wantUpdates(ctx, s, "", 10, Number(1))
	if err != nil {
		return err
	}
	for range 2 {
		if cursor, err = wantUpdates(ctx, s, cursor, 10); err != nil {
			return err
		}
	}
	return nil
}

func updatesKnownScans(ctx context.Context, s updating) error {
	a, b := Scan(Number(1), "10", "2013-08-15T09:50"), Scan(Number(2), "10", "2013-08-15T09:51")
	if err := saveScans(ctx, s, FileID(1), a); err != nil {
		return err
	}
	cursor, err := wantUpdates(ctx, s, "", 10, Number(1))
	if err != nil {
		return err
	}
	if err := saveScans(ctx, s, FileID(2), a); err != nil {
		return err
	}
	if cursor, err = wantUpdates(ctx, s, cursor, 10); err != nil {
		return err
	}
	if err := saveScans(ctx, s, FileID(3), a, b); err != nil {
		return err
	}
	_, err = wantUpdates(ctx, s, cursor, 10, Number(2))
	return err
}

// updatesOtherCursor asks with cursors as of a store that has seen more, as one had before
// it was restored from a backup. Whoever got no error would miss what is added next.
func updatesOtherCursor(ctx context.Context, s updating) error {
	if err := touch(ctx, s, 1, 1); err != nil {
		return err
	}
	cursor, err := wantUpdates(ctx, s, "", 10, Number(1))
	if err != nil {
		return err
	}
	for _, other := range []tracking.Cursor{"no cursor", "-1", cursor + "0000", cursor + "x"} {
		if got, next, err := s.UpdatedSince(ctx, other, 10); err == nil || len(got) > 0 || next != "" {
			return fmt.Errorf("the cursor %q gave %v, the cursor %q and the error %w; want an error and nothing else", other, got, next, err)
		}
	}
	return nil
}

func updatesWithBatch(ctx context.Context, s updating) error {
	refused := errors.New("refused by the test")
	err := s.Update(ctx, FileID(1), func(tracking.Progress) (tracking.Batch, error) {
		return tracking.Batch{Scans: []tracking.Scan{Scan(Number(1), "01", "2013-08-15T09:52")}}, refused
	})
	if !errors.Is(err, refused) {
		return fmt.Errorf("Update returned %w, want the error of decide", err)
	}
	_, err = wantUpdates(ctx, s, "", 10)
	return err
}

func updatesNoneMissed(ctx context.Context, s updating) error {
	if err := followerSeesAll(ctx, s); err != nil {
		return err
	}
	return lateCommitIsSeen(ctx, s)
}

// lateCommitIsSeen lets one Update begin first and end last. A store that gives it its
// position at the beginning hides it from whoever reads in between.
func lateCommitIsSeen(ctx context.Context, s updating) error {
	const moment = 150 * time.Millisecond // a store with one writer lets nobody in meanwhile
	first, second := Number(901), Number(902)
	var seen []tracking.Number
	_, start, err := s.UpdatedSince(ctx, "", 1000) // behind what is there already
	if err != nil {
		return err
	}
	cursor := start
	inBetween := make(chan error, 1)
	var once sync.Once
	err = s.Update(ctx, FileID(901), func(tracking.Progress) (tracking.Batch, error) {
		once.Do(func() {
			go func() {
				err := saveScans(ctx, s, FileID(902), Scan(second, "10", "2013-08-15T09:52"))
				if err == nil {
					seen, cursor, err = s.UpdatedSince(ctx, start, 10)
				}
				inBetween <- err
			}()
			select {
			case err := <-inBetween:
				inBetween <- err
			case <-time.After(moment):
			}
		})
		return tracking.Batch{Scans: []tracking.Scan{Scan(first, "10", "2013-08-15T09:52")}}, nil
	})
	if err := errors.Join(err, <-inBetween); err != nil {
		return err
	}
	left, _, err := s.UpdatedSince(ctx, cursor, 10)
	if err != nil {
		return err
	}
	for _, number := range []tracking.Number{first, second} {
		if !slices.Contains(seen, number) && !slices.Contains(left, number) {
			return fmt.Errorf("a reader that was told of %v, and then of %v, misses %v", seen, left, number)
		}
	}
	return nil
}

// followerSeesAll lets several workers save while a reader follows the cursor, as the
// case side does: it reads the scans of what has changed. In the end it must have seen
// every scan, although it never looks at a piece without being told to.
func followerSeesAll(ctx context.Context, s updating) error {
	const workers, rounds, pieces = 4, 15, 5
	failed := make([]error, workers)
	var writers sync.WaitGroup
	for worker := range workers {
		writers.Go(func() {
			for round := range rounds {
				scan := Scan(Number(1+(worker+round)%pieces), "10", fmt.Sprintf("2013-08-%02dT09:%02d", 1+worker, round))
				err := cris.ErrConflict
				for errors.Is(err, cris.ErrConflict) && ctx.Err() == nil {
					err = saveScans(ctx, s, FileID(worker), scan)
				}
				failed[worker] = errors.Join(failed[worker], err)
			}
		})
	}
	done := make(chan struct{})
	go func() { writers.Wait(); close(done) }()

	seen := map[tracking.Scan]bool{}
	var cursor tracking.Cursor
	follow := func() error {
		for {
			numbers, next, err := s.UpdatedSince(ctx, cursor, 2)
			if err != nil || len(numbers) == 0 {
				return err
			}
			cursor = next
			for _, number := range numbers {
				scans, err := s.Scans(ctx, number)
				if err != nil {
					return err
				}
				for _, scan := range scans {
					seen[scan] = true
				}
			}
		}
	}
	for writing := true; writing; {
		select {
		case <-done:
			writing = false
		default:
		}
		if err := follow(); err != nil {
			return err
		}
	}
	if err := errors.Join(failed...); err != nil {
		return err
	}
	if len(seen) != workers*rounds {
		return fmt.Errorf("the reader saw %d of %d scans", len(seen), workers*rounds)
	}
	return nil
}
