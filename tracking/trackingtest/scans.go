package trackingtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

// scanClauses are the promises on scans: those of every read, and what a scan is.
func scanClauses() []contract.Clause[tracking.Store] {
	return append(contract.ReadClauses("Scans", scansAsRead), []contract.Clause[tracking.Store]{
		{Name: "Scans/RoundTrip", Promise: "a scan reads back equal, with every field and with few", Check: scansRoundTrip},
		{Name: "Scans/AnyNumber", Promise: "a scan reads back equal, however its number is constructed, and however long it is", Check: scansAnyNumber},
		{Name: "Scans/Once", Promise: "a scan that is there already changes nothing, within a batch, a file, and across files", Check: scansOnce},
		{Name: "Scans/Distinct", Promise: "scans that differ in one field are two scans", Check: scansDistinct},
		{Name: "Scans/NewCounted", Promise: "the store adds to New how many scans it did not hold, from whatever file", Check: scansNewCounted},
		{Name: "Scans/FilesAtOnce", Promise: "two files that bring the same scans at once leave each of them once, and one of the files counts it as new", Check: scansFilesAtOnce},
		{Name: "Scans/NoNumber", Promise: "a scan without a number is refused with its batch", Check: scansNoNumber},
	}...)
}

// piece is a piece of mail with its scans.
type piece struct {
	number tracking.Number
	scans  []tracking.Scan
}

// scansAsRead lets the shared clauses read the scans of a piece.
func scansAsRead(s tracking.Store) contract.Read[piece] {
	with := func(p piece, change func(*tracking.Scan)) piece {
		p.scans = slices.Clone(p.scans)
		change(&p.scans[0])
		return p
	}
	return contract.Read[piece]{
		New: func(n int) piece {
			number := Number(n)
			return piece{number, []tracking.Scan{
				NewScan(number, "01", "2013-08-15T09:52", func(scan *tracking.Scan) {
					scan.ToSender, scan.Place.ZIP = true, cris.MustParseZIP("07405-1234")
				}),
				NewScan(number, "10", "2013-08-14T21:07"),
			}}
		},
		Next: func(p piece, n int) piece {
			at := fmt.Sprintf("2013-08-16T09:%02d", n)
			return piece{p.number, append(slices.Clone(p.scans), NewScan(p.number, "07", at))}
		},
		Put: func(ctx context.Context, p piece) error { return saveScans(ctx, s, FileID(1), p.scans...) },
		Get: func(ctx context.Context, p piece) (piece, error) {
			scans, err := s.Scans(ctx, p.number)
			if len(scans) == 0 {
				return piece{}, err
			}
			return piece{p.number, scans}, err
		},
		Equal: func(a, b piece) bool {
			return a.number == b.number && slices.Equal(inOrder(a.scans), inOrder(b.scans))
		},
		Spoil: func(p piece) { clear(p.scans) },
		Texts: []contract.Text[piece]{
			{Name: "event code", With: func(p piece, text string) piece {
				return with(p, func(scan *tracking.Scan) { scan.Code = tracking.Code(text) })
			}},
			{Name: "country", With: func(p piece, text string) piece {
				return with(p, func(scan *tracking.Scan) { scan.Place.Country = text })
			}},
		},
	}
}

// inOrder returns the scans in an order that depends on nothing but them.
func inOrder(scans []tracking.Scan) []tracking.Scan {
	return slices.SortedFunc(slices.Values(scans), tracking.Scan.Compare)
}

// minutes returns so many scans of the piece, a minute each, at most 60.
func minutes(number tracking.Number, n int) []tracking.Scan {
	scans := make([]tracking.Scan, n)
	for minute := range scans {
		scans[minute] = NewScan(number, "10", fmt.Sprintf("2013-08-15T09:%02d", minute))
	}
	return scans
}

// wantScans compares as sets, and that each scan comes once.
func wantScans(ctx context.Context, s tracking.Store, number tracking.Number, want ...tracking.Scan) error {
	got, err := s.Scans(ctx, number)
	if err != nil {
		return fmt.Errorf("read scans: %w", err)
	}
	if !slices.Equal(inOrder(got), inOrder(want)) {
		return fmt.Errorf("the scans differ from what was saved: %s", contract.Difference(got, want))
	}
	return nil
}

func scansRoundTrip(ctx context.Context, s tracking.Store) error {
	for _, want := range []tracking.Scan{
		NewScan(Number(1), "01", "2013-08-15T09:52"),
		{Number: Number(2), Code: "NT", At: tracking.MustParseLocalTime("0001-01-01T00:00")},
		{Number: Number(3), Code: "Z9", At: tracking.MustParseLocalTime("9999-12-31T23:59"), ToSender: true, Place: tracking.Place{Country: "GB"}},
		{Number: Number(4), Code: "A0", At: tracking.MustParseLocalTime("2024-02-29T12:00"), Place: tracking.Place{ZIP: cris.MustParseZIP("00501-0000")}},
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

func scansAnyNumber(ctx context.Context, s tracking.Store) error {
	for _, number := range anyNumbers() {
		scan := NewScan(number, "10", "2024-02-29T12:00")
		if err := saveScans(ctx, s, FileID(1), scan); err != nil {
			return err
		}
		if err := wantScans(ctx, s, number, scan); err != nil {
			return fmt.Errorf("a number of %d characters: %w", len(number.String()), err)
		}
	}
	return nil
}

func scansOnce(ctx context.Context, s tracking.Store) error {
	first, second := NewScan(Number(1), "10", "2013-08-15T09:52"), NewScan(Number(1), "01", "2013-08-15T10:52")
	return errors.Join(
		saveScans(ctx, s, FileID(1), first, first),
		saveScans(ctx, s, FileID(1), first),
		saveScans(ctx, s, FileID(2), second, first),
		wantScans(ctx, s, Number(1), first, second),
	)
}

func scansDistinct(ctx context.Context, s tracking.Store) error {
	base := NewScan(Number(1), "01", "2013-08-15T09:52")
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
	a, b, c := NewScan(Number(1), "10", "2013-08-15T09:50"), NewScan(Number(1), "07", "2013-08-15T09:51"), NewScan(Number(2), "01", "2013-08-15T09:52")
	return errors.Join(
		saveScans(ctx, s, FileID(1), a, a, b),
		wantFile(ctx, s, tracking.File{ID: FileID(1), Records: 3, New: 2}),
		saveScans(ctx, s, FileID(1), b, c),
		wantFile(ctx, s, tracking.File{ID: FileID(1), Records: 5, New: 3}),
		saveScans(ctx, s, FileID(2), a, b, c),
		wantFile(ctx, s, tracking.File{ID: FileID(2), Records: 3}),
	)
}

// scansFilesAtOnce lets the Updates of two files meet inside decide, where neither has
// saved. A store that looks which scans are there before it inserts the others, and locks no
// more than the file, finds none of them for either.
func scansFilesAtOnce(ctx context.Context, s tracking.Store) error {
	for round := range 5 {
		scans := minutes(Number(1+round), 60)
		met, err := saveTwice(ctx, s, FileID(2*round), FileID(2*round+1), scans)
		if err != nil {
			return err
		}
		if err := wantScans(ctx, s, Number(1+round), scans...); err != nil {
			return err
		}
		one, errOne := s.File(ctx, FileID(2*round))
		two, errTwo := s.File(ctx, FileID(2*round+1))
		if err := errors.Join(errOne, errTwo); err != nil {
			return err
		}
		if one.New+two.New != len(scans) {
			return fmt.Errorf("of %d scans in both of two files %d and %d were counted as new", len(scans), one.New, two.New)
		}
		if !met {
			return nil // with one writer at a time there is no race to try again
		}
	}
	return nil
}

// saveTwice saves the scans from two files at once, from the second in reverse order, and
// reports whether both Updates were inside decide together.
func saveTwice(ctx context.Context, s tracking.Store, one, two tracking.FileID, scans []tracking.Scan) (met bool, err error) {
	backwards := slices.Clone(scans)
	slices.Reverse(backwards)
	meeting := newMeeting()
	failed, came := make([]error, 2), make([]bool, 2)
	var wg sync.WaitGroup
	add := func(i int, file tracking.FileID, scans []tracking.Scan) {
		wg.Go(func() {
			failed[i] = persist(ctx, func() error {
				return s.Update(ctx, file, func(prior tracking.File) (tracking.Batch, error) {
					came[i] = meeting.join()
					return tracking.Batch{File: prior, Scans: scans}, nil
				})
			})
		})
	}
	add(0, one, scans)
	add(1, two, backwards)
	wg.Wait()
	return came[0] && came[1], errors.Join(failed...)
}

func scansNoNumber(ctx context.Context, s tracking.Store) error {
	none, good := NewScan(tracking.Number{}, "10", "2013-08-15T09:52"), NewScan(Number(1), "01", "2013-08-15T09:53")
	if saveScans(ctx, s, FileID(1), good, none) == nil {
		return errors.New("it was saved")
	}
	return wantNothingSaved(ctx, s, FileID(1), good, none)
}

// wantNothingSaved checks that a batch of these scans, the first of the file, was refused
// whole.
func wantNothingSaved(ctx context.Context, s tracking.Store, file tracking.FileID, scans ...tracking.Scan) error {
	if err := wantNoFile(ctx, s, file); err != nil {
		return err
	}
	for _, scan := range scans {
		if err := wantScans(ctx, s, scan.Number); err != nil {
			return err
		}
	}
	return nil
}
