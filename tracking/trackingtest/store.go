// Package trackingtest checks implementations of the ports of tracking, and builds
// numbers, scans and extract files for tests. A store is proven by one call:
//
//	func TestStore(t *testing.T) {
//		trackingtest.TestStore(t, func(t *testing.T) tracking.Store { ... })
//	}
package trackingtest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

// TestStore checks every promise of tracking.Store, and those of tracking.Updates if the
// store implements it. newStore is called once per promise and gives an empty store.
func TestStore(t *testing.T, newStore func(t *testing.T) tracking.Store) {
	t.Helper()
	contract.Run(t, clauses(), newStore)
	if _, is := newStore(t).(tracking.Updates); is {
		contract.Run(t, updateClauses(), func(t *testing.T) updating {
			t.Helper()
			return newStore(t).(updating) //nolint:errcheck // all stores are of one type
		})
	}
}

func clauses() []contract.Clause[tracking.Store] {
	return slices.Concat(contract.AtomicClausesWithoutEvents(asAtomic), []contract.Clause[tracking.Store]{
		{Name: "Progress/RoundTrip", Promise: "the progress of a file reads back equal, and the next Update sees it", Check: progressRoundTrip},
		{Name: "Progress/Unknown", Promise: "the progress of a file that was never seen is ErrNotFound, and the zero Progress inside Update", Check: progressUnknown},
		{Name: "Progress/Replaced", Promise: "the progress of a batch replaces the one before", Check: progressReplaced},
		{Name: "Scans/RoundTrip", Promise: "a scan reads back equal, with every field and with none", Check: scansRoundTrip},
		{Name: "Scans/OwnNumber", Promise: "Scans returns the scans of the number asked for, and none for an unknown number", Check: scansOwnNumber},
		{Name: "Scans/Once", Promise: "a scan that is there already changes nothing, within a batch, a file, and across files", Check: scansOnce},
		{Name: "Scans/Distinct", Promise: "scans that differ in one field are two scans", Check: scansDistinct},
		{Name: "Scans/NewCounted", Promise: "the store adds to New how many scans it did not hold, from whatever file", Check: scansNewCounted},
		{Name: "Scans/ManyAtOnce", Promise: "a batch of thousands is saved and counted whole", Check: scansManyAtOnce},
		{Name: "Scans/AsTheyAre", Promise: "a scan whose code or country is none is kept as it is, or its batch refused", Check: scansAsTheyAre},
		{Name: "SetAside/RoundTrip", Promise: "what was set aside reads back equal, by line, of the file asked for", Check: setAsideRoundTrip},
		{Name: "SetAside/Once", Promise: "a line that was set aside already stays as it is", Check: setAsideOnce},
		{Name: "SetAside/AfterLine", Promise: "SetAsides goes on after a line, and can be broken off", Check: setAsideAfterLine},
		{Name: "SetAside/Reentrant", Promise: "the store can be used while SetAsides yields", Check: setAsideReentrant},
		{Name: "SetAside/WithBatch", Promise: "nothing is set aside if decide fails", Check: setAsideWithBatch},
		{Name: "NoAliasing", Promise: "the store neither keeps nor changes the slices of a batch, nor keeps those it returns", Check: noAliasing},
	})
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

func saveScans(ctx context.Context, s tracking.Store, file tracking.FileID, scans ...tracking.Scan) error {
	return s.Update(ctx, file, func(prior tracking.Progress) (tracking.Batch, error) {
		prior.Records += len(scans)
		return tracking.Batch{Progress: prior, Scans: scans}, nil
	})
}

// wantScans compares as sets, and that each scan comes once.
func wantScans(ctx context.Context, s tracking.Store, number tracking.Number, want ...tracking.Scan) error {
	got, err := s.Scans(ctx, number)
	if err != nil {
		return fmt.Errorf("read scans: %w", err)
	}
	slices.SortFunc(got, tracking.Scan.Compare)
	slices.SortFunc(want, tracking.Scan.Compare)
	if !slices.Equal(got, want) {
		return fmt.Errorf("the store holds %+v, want %+v", got, want)
	}
	return nil
}

func wantProgress(ctx context.Context, s tracking.Store, file tracking.FileID, want tracking.Progress) error {
	got, err := s.Progress(ctx, file)
	if err != nil {
		return fmt.Errorf("read progress: %w", err)
	}
	if got != want {
		return fmt.Errorf("the progress is %+v, want %+v", got, want)
	}
	return nil
}

func wantSetAside(ctx context.Context, s tracking.Store, file tracking.FileID, afterLine int, want ...tracking.SetAside) error {
	var got []tracking.SetAside
	for aside, err := range s.SetAsides(ctx, file, afterLine) {
		if err != nil {
			return fmt.Errorf("read what was set aside: %w", err)
		}
		got = append(got, aside)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("set aside: %+v, want %+v", got, want)
	}
	return nil
}

func progressRoundTrip(ctx context.Context, s tracking.Store) error {
	want := tracking.Progress{Name: "scans.txt", Records: 7, SetAside: 2, New: 5, Done: true, Disagrees: true, Announced: 9}
	if err := save(ctx, s, FileID(1), tracking.Batch{Progress: want}); err != nil {
		return err
	}
	if err := wantProgress(ctx, s, FileID(1), want); err != nil {
		return err
	}
	return s.Update(ctx, FileID(1), func(prior tracking.Progress) (tracking.Batch, error) {
		if prior != want {
			return tracking.Batch{}, fmt.Errorf("the next Update saw %+v, want %+v", prior, want)
		}
		return tracking.Batch{Progress: prior}, nil
	})
}

func progressUnknown(ctx context.Context, s tracking.Store) error {
	if _, err := s.Progress(ctx, FileID(1)); !errors.Is(err, tracking.ErrNotFound) || !errors.Is(err, cris.ErrNotFound) {
		return fmt.Errorf("the progress of an unknown file gave %w, want ErrNotFound", err)
	}
	return s.Update(ctx, FileID(1), func(prior tracking.Progress) (tracking.Batch, error) {
		if prior != (tracking.Progress{}) {
			return tracking.Batch{}, fmt.Errorf("the first Update saw %+v", prior)
		}
		return tracking.Batch{}, nil
	})
}

func progressReplaced(ctx context.Context, s tracking.Store) error {
	first := tracking.Progress{Name: "scans.txt", Records: 7, SetAside: 7, Disagrees: true, Announced: 9, Done: true}
	second := tracking.Progress{Name: "again.txt", Records: 3}
	return errors.Join(
		save(ctx, s, FileID(1), tracking.Batch{Progress: first}),
		save(ctx, s, FileID(1), tracking.Batch{Progress: second}),
		wantProgress(ctx, s, FileID(1), second),
	)
}

func scansRoundTrip(ctx context.Context, s tracking.Store) error {
	lenient, err := tracking.ParseNumberLenient("9400100000000000000000")
	if err != nil {
		return err
	}
	for _, want := range []tracking.Scan{
		Scan(Number(1), "01", "2013-08-15T09:52"),
		{Number: Number(2), Code: "NT", At: tracking.MustParseLocalTime("0001-01-01T00:00")},
		{Number: Number(3), Code: "Z9", At: tracking.MustParseLocalTime("9999-12-31T23:59"), ToSender: true, Place: tracking.Place{Country: "GB"}},
		{Number: tracking.MustParseNumber("RB123456785GB"), Code: "A0", At: tracking.MustParseLocalTime("2024-02-29T12:00"), Place: tracking.Place{ZIP: cris.MustParseZIP("00501-0000")}},
		{Number: tracking.MustParseNumber("03071790000523483741"), Code: "10", At: tracking.MustParseLocalTime("2024-02-29T12:00")},
		{Number: lenient, Code: "10", At: tracking.MustParseLocalTime("2024-02-29T12:00")},
	} {
		if err := saveScans(ctx, s, FileID(1), want); err != nil {
			return err
		}
		if err := wantScans(ctx, s, want.Number, want); err != nil {
			return err
		}
	}
	return nil
}

func scansOwnNumber(ctx context.Context, s tracking.Store) error {
	one, two := Scan(Number(1), "01", "2013-08-15T09:52"), Scan(Number(2), "01", "2013-08-15T09:52")
	return errors.Join(
		saveScans(ctx, s, FileID(1), one, two),
		wantScans(ctx, s, Number(1), one),
		wantScans(ctx, s, Number(2), two),
		wantScans(ctx, s, Number(3)),
	)
}

func scansOnce(ctx context.Context, s tracking.Store) error {
	first, second := Scan(Number(1), "10", "2013-08-15T09:52"), Scan(Number(1), "01", "2013-08-15T10:52")
	return errors.Join(
		saveScans(ctx, s, FileID(1), first, first),
		saveScans(ctx, s, FileID(1), first),
		saveScans(ctx, s, FileID(2), second, first),
		wantScans(ctx, s, Number(1), first, second),
	)
}

func scansDistinct(ctx context.Context, s tracking.Store) error {
	base := Scan(Number(1), "01", "2013-08-15T09:52")
	scans := []tracking.Scan{base}
	for _, change := range []func(*tracking.Scan){
		func(s *tracking.Scan) { s.Code = "07" },
		func(s *tracking.Scan) { s.At = tracking.MustParseLocalTime("2013-08-15T09:53") },
		func(s *tracking.Scan) { s.ToSender = true },
		func(s *tracking.Scan) { s.Place.ZIP = cris.MustParseZIP("07405-1234") },
		func(s *tracking.Scan) { s.Place.ZIP = cris.ZIP{} },
		func(s *tracking.Scan) { s.Place.Country = "CA" },
		func(s *tracking.Scan) { s.Place.Country = "" },
	} {
		other := base
		change(&other)
		scans = append(scans, other)
	}
	if err := saveScans(ctx, s, FileID(1), scans...); err != nil {
		return err
	}
	return wantScans(ctx, s, Number(1), scans...)
}

func scansNewCounted(ctx context.Context, s tracking.Store) error {
	a, b, c := Scan(Number(1), "10", "2013-08-15T09:50"), Scan(Number(1), "07", "2013-08-15T09:51"), Scan(Number(2), "01", "2013-08-15T09:52")
	return errors.Join(
		saveScans(ctx, s, FileID(1), a, a, b),
		wantProgress(ctx, s, FileID(1), tracking.Progress{Records: 3, New: 2}),
		saveScans(ctx, s, FileID(1), b, c),
		wantProgress(ctx, s, FileID(1), tracking.Progress{Records: 5, New: 3}),
		saveScans(ctx, s, FileID(2), a, b, c),
		wantProgress(ctx, s, FileID(2), tracking.Progress{Records: 3}),
	)
}

func scansManyAtOnce(ctx context.Context, s tracking.Store) error {
	const pieces, minutes = 50, 60
	var scans []tracking.Scan
	for piece := range pieces {
		for minute := range minutes {
			scans = append(scans, Scan(Number(1+piece), "10", fmt.Sprintf("2013-08-15T09:%02d", minute)))
		}
	}
	if err := saveScans(ctx, s, FileID(1), scans...); err != nil {
		return err
	}
	for piece := range pieces {
		if err := wantScans(ctx, s, Number(1+piece), scans[piece*minutes:(piece+1)*minutes]...); err != nil {
			return err
		}
	}
	return wantProgress(ctx, s, FileID(1), tracking.Progress{Records: len(scans), New: len(scans)})
}

func scansAsTheyAre(ctx context.Context, s tracking.Store) error {
	for i, text := range []string{"1\n2", "\n", "1\r", "1\x00", "'", "\"", "\\", "{,}", "NULL", " 1", "\u00c9"} {
		number, file := Number(1+i), FileID(1+i)
		odd, good := Scan(number, tracking.Code(text), "2013-08-15T09:52"), Scan(number, "01", "2013-08-15T09:53")
		abroad := Scan(number, "01", "2013-08-15T09:54")
		abroad.Place.Country = text
		if err := saveScans(ctx, s, file, odd, good, abroad); err != nil {
			if err := wantScans(ctx, s, number); err != nil {
				return fmt.Errorf("a batch with %q was refused: %w", text, err)
			}
			continue
		}
		if err := wantScans(ctx, s, number, odd, good, abroad); err != nil {
			return fmt.Errorf("a batch with %q was saved: %w", text, err)
		}
	}
	return nil
}

func aside(line int) tracking.SetAside {
	return tracking.SetAside{File: "scans.txt", Line: line, Column: 133, Field: "event date", Cause: "no such day in the calendar"}
}

func asides(from, to int) (all []tracking.SetAside) {
	for line := from; line <= to; line++ {
		all = append(all, aside(line))
	}
	return all
}

func setAsideRoundTrip(ctx context.Context, s tracking.Store) error {
	return errors.Join(
		wantSetAside(ctx, s, FileID(1), 0),
		save(ctx, s, FileID(1), tracking.Batch{SetAside: []tracking.SetAside{aside(10), aside(2)}}),
		save(ctx, s, FileID(1), tracking.Batch{SetAside: []tracking.SetAside{aside(1)}}),
		save(ctx, s, FileID(2), tracking.Batch{SetAside: []tracking.SetAside{aside(3)}}),
		wantSetAside(ctx, s, FileID(1), 0, aside(1), aside(2), aside(10)),
		wantSetAside(ctx, s, FileID(2), 0, aside(3)),
	)
}

func setAsideOnce(ctx context.Context, s tracking.Store) error {
	other := aside(4)
	other.Cause = "no such hour"
	return errors.Join(
		save(ctx, s, FileID(1), tracking.Batch{SetAside: []tracking.SetAside{aside(4)}}),
		save(ctx, s, FileID(1), tracking.Batch{SetAside: []tracking.SetAside{other}}),
		wantSetAside(ctx, s, FileID(1), 0, aside(4)),
	)
}

func setAsideAfterLine(ctx context.Context, s tracking.Store) error {
	const lines = 1200 // more than a store is likely to read at a time
	if err := save(ctx, s, FileID(1), tracking.Batch{SetAside: asides(1, lines)}); err != nil {
		return err
	}
	next, stop := iter.Pull2(s.SetAsides(ctx, FileID(1), 0))
	_, err, _ := next()
	stop()
	if err != nil {
		return fmt.Errorf("read the first that was set aside: %w", err)
	}
	return errors.Join(
		wantSetAside(ctx, s, FileID(1), 0, asides(1, lines)...),
		wantSetAside(ctx, s, FileID(1), 700, asides(701, lines)...),
		wantSetAside(ctx, s, FileID(1), lines),
	)
}

func setAsideReentrant(ctx context.Context, s tracking.Store) error {
	if err := save(ctx, s, FileID(1), tracking.Batch{SetAside: asides(1, 3)}); err != nil {
		return err
	}
	for _, err := range s.SetAsides(ctx, FileID(1), 0) {
		if err != nil {
			return err
		}
		if _, err := s.Progress(ctx, FileID(1)); err != nil {
			return fmt.Errorf("read progress while SetAsides yields: %w", err)
		}
		if err := saveScans(ctx, s, FileID(2), Scan(Number(1), "01", "2013-08-15T09:52")); err != nil {
			return fmt.Errorf("save while SetAsides yields: %w", err)
		}
	}
	return nil
}

func setAsideWithBatch(ctx context.Context, s tracking.Store) error {
	refused := errors.New("refused by the test")
	err := s.Update(ctx, FileID(1), func(tracking.Progress) (tracking.Batch, error) {
		return tracking.Batch{SetAside: asides(1, 3)}, refused
	})
	if !errors.Is(err, refused) {
		return fmt.Errorf("Update returned %w, want the error of decide", err)
	}
	return wantSetAside(ctx, s, FileID(1), 0)
}

func noAliasing(ctx context.Context, s tracking.Store) error {
	late, early := Scan(Number(1), "01", "2013-08-15T09:52"), Scan(Number(1), "10", "2013-08-14T09:52")
	scans, damaged := []tracking.Scan{late, early}, asides(1, 2)
	if err := save(ctx, s, FileID(1), tracking.Batch{Scans: scans, SetAside: damaged}); err != nil {
		return err
	}
	if !slices.Equal(scans, []tracking.Scan{late, early}) || !slices.Equal(damaged, asides(1, 2)) {
		return errors.New("the store changed the slices of the batch")
	}
	scans[0], damaged[0] = tracking.Scan{}, tracking.SetAside{}
	got, err := s.Scans(ctx, Number(1))
	if err != nil {
		return err
	}
	for i := range got {
		got[i] = tracking.Scan{}
	}
	return errors.Join(
		wantScans(ctx, s, Number(1), late, early),
		wantSetAside(ctx, s, FileID(1), 0, asides(1, 2)...),
	)
}
