package trackingtest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/seed28e20331/cris/tracking"
)

func updatesNoneMissed(ctx context.Context, s updating) error {
	if err := followerSeesAll(ctx, s); err != nil {
		return err
	}
	return lateCommitIsSeen(ctx, s)
}

// lateCommitIsSeen lets one Update begin first and end last. A store that gives it its
// position at the beginning hides it from whoever reads in between.
func lateCommitIsSeen(ctx context.Context, s updating) error {
	first, second := Number(901), Number(902)
	var seen []tracking.Number
	_, start, err := s.UpdatedSince(ctx, "", 1000) // behind what is there already
	if err != nil {
		return err
	}
	cursor := start
	inBetween := make(chan error, 1)
	var once sync.Once
	err = s.Update(ctx, FileID(901), func(tracking.File) (tracking.Batch, error) {
		once.Do(func() {
			go func() {
				err := saveScans(ctx, s, FileID(902), NewScan(second, "10", "2013-08-15T09:52"))
				if err == nil {
					seen, cursor, err = s.UpdatedSince(ctx, start, 10)
				}
				inBetween <- err
			}()
			select {
			case err := <-inBetween:
				inBetween <- err
			case <-time.After(shortWhile):
			}
		})
		return tracking.Batch{Scans: []tracking.Scan{NewScan(first, "10", "2013-08-15T09:52")}}, nil
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
				scan := NewScan(Number(1+(worker+round)%pieces), "10", fmt.Sprintf("2013-08-%02dT09:%02d", 1+worker, round))
				err := persist(ctx, func() error { return saveScans(ctx, s, FileID(worker), scan) })
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

// updatesOnceWhileWriting asks for everything again and again, while the piece that changed
// longest ago changes once more. A store that reads in pages has given such a piece already
// when it meets it again at the end.
func updatesOnceWhileWriting(ctx context.Context, s updating) error {
	const pieces, reads = 1200, 20 // more pieces than a store is likely to read at a time
	var first []tracking.Scan
	for n := range pieces {
		first = append(first, nthScan(n, pieces))
	}
	if err := saveScans(ctx, s, FileID(1), first...); err != nil {
		return err
	}
	enough, wrote := make(chan struct{}), make(chan error, 1)
	go func() { wrote <- keepChanging(ctx, s, pieces, enough) }()
	var err error
	for read := 0; read < reads && err == nil; read++ {
		err = wantOnce(ctx, s)
	}
	close(enough)
	return errors.Join(err, <-wrote)
}

// nthScan returns the n-th scan where so many pieces are scanned in turn, once a day.
func nthScan(n, pieces int) tracking.Scan {
	at, err := tracking.NewLocalTime(firstDay.AddDays(n/pieces), 9, 52)
	check(err)
	return tracking.Scan{Number: Number(1 + n%pieces), Code: "10", At: at}
}

// keepChanging saves one scan after the other, until it is enough.
func keepChanging(ctx context.Context, s tracking.Store, pieces int, enough <-chan struct{}) error {
	for n := pieces; ; n++ {
		select {
		case <-enough:
			return nil
		default:
		}
		if err := persist(ctx, func() error { return saveScans(ctx, s, FileID(2), nthScan(n, pieces)) }); err != nil {
			return err
		}
	}
}

func wantOnce(ctx context.Context, s tracking.Updates) error {
	numbers, _, err := s.UpdatedSince(ctx, "", math.MaxInt)
	if err != nil {
		return err
	}
	seen := map[tracking.Number]bool{}
	for _, number := range numbers {
		if seen[number] {
			return fmt.Errorf("of %d pieces %v came twice", len(numbers), number)
		}
		seen[number] = true
	}
	return nil
}
