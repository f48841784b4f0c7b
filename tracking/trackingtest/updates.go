package trackingtest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

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
		{Name: "Updates/AnyNumber", Promise: "a number comes as it was saved, however it is constructed, and however long it is", Check: updatesAnyNumber},
		{Name: "Updates/NoNumber", Promise: "a scan without a number never comes, and keeps no piece from coming", Check: updatesNoNumber},
		{Name: "Updates/InOrder", Promise: "pieces come in order of their latest change, and one that changes again moves to the end", Check: updatesInOrder},
		{Name: "Updates/Pages", Promise: "at most limit pieces come at a time, and the cursor moves past them", Check: updatesPages},
		{Name: "Updates/Limit", Promise: "a limit of zero or less is no limit, and the highest gives all too", Check: updatesLimit},
		{Name: "Updates/NoneLeft", Promise: "if nothing changed the cursor stays as it is", Check: updatesNoneLeft},
		{Name: "Updates/KnownScans", Promise: "a scan that was known already is no change", Check: updatesKnownScans},
		{Name: "Updates/OtherCursor", Promise: "a cursor that the store cannot have given, such as one beyond its last change, is an error that matches tracking.ErrCursor", Check: updatesOtherCursor},
		{Name: "Updates/WithBatch", Promise: "nothing has changed if decide fails", Check: updatesWithBatch},
		{Name: "Updates/NoAliasing", Promise: "changing the numbers that came changes nothing in the store", Check: updatesNoAliasing},
		{Name: "Updates/Cancelled", Promise: "under a canceled context UpdatedSince gives its error", Check: updatesCancelled},
		{Name: "Updates/NoneMissed", Promise: "who follows the cursor while others write misses no change", Check: updatesNoneMissed},
		{Name: "Updates/OnceWhileWriting", Promise: "a piece comes once at a time, even while others write", Check: updatesOnceWhileWriting},
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

// touch gives a piece one more scan, in a file of its own.
func touch(ctx context.Context, s updating, piece, minute int) error {
	return saveScans(ctx, s, FileID(minute), NewScan(Number(piece), "10", fmt.Sprintf("2013-08-15T09:%02d", minute)))
}

func updatesOnce(ctx context.Context, s updating) error {
	var scans []tracking.Scan
	var want []tracking.Number
	for piece := range 40 {
		want = append(want, Number(1+piece))
		scans = append(scans, minutes(Number(1+piece), 30)...)
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

func updatesAnyNumber(ctx context.Context, s updating) error {
	cursor := tracking.Cursor("")
	for _, number := range anyNumbers() {
		err := saveScans(ctx, s, FileID(1), NewScan(number, "10", "2024-02-29T12:00"))
		if err != nil {
			return err
		}
		if cursor, err = wantUpdates(ctx, s, cursor, 10, number); err != nil {
			return err
		}
	}
	return nil
}

func updatesNoNumber(ctx context.Context, s updating) error {
	none := NewScan(tracking.Number{}, "10", "2013-08-15T09:52")
	_ = saveScans(ctx, s, FileID(1), none) // which the store refuses
	for piece := 1; piece <= 3; piece++ {
		if err := touch(ctx, s, piece, 1+piece); err != nil {
			return err
		}
	}
	if _, err := wantUpdates(ctx, s, "", 10, Number(1), Number(2), Number(3)); err != nil {
		return err
	}
	cursor, err := wantUpdates(ctx, s, "", 1, Number(1))
	if err != nil {
		return err
	}
	_, err = wantUpdates(ctx, s, cursor, 2, Number(2), Number(3))
	return err
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

func updatesLimit(ctx context.Context, s updating) error {
	for piece := 1; piece <= 3; piece++ {
		if err := touch(ctx, s, piece, piece); err != nil {
			return err
		}
	}
	first, err := wantUpdates(ctx, s, "", 1, Number(1))
	if err != nil {
		return err
	}
	for _, limit := range []int{0, -1, math.MinInt, math.MaxInt} {
		if err := limited(ctx, s, "", limit, Number(1), Number(2), Number(3)); err != nil {
			return err
		}
		if err := limited(ctx, s, first, limit, Number(2), Number(3)); err != nil {
			return err
		}
	}
	return nil
}

// limited is wantUpdates for limits at which a store may panic.
func limited(ctx context.Context, s updating, after tracking.Cursor, limit int, want ...tracking.Number) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = fmt.Errorf("a limit of %d panics: %v", limit, value)
		}
	}()
	_, err = wantUpdates(ctx, s, after, limit, want...)
	return err
}

func updatesNoneLeft(ctx context.Context, s updating) error {
	if _, err := wantUpdates(ctx, s, "", 10); err != nil {
		return err
	}
	if err := touch(ctx, s, 1, 1); err != nil {
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
	a, b := NewScan(Number(1), "10", "2013-08-15T09:50"), NewScan(Number(2), "10", "2013-08-15T09:51")
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
		if err := wantRefused(ctx, s, other); err != nil {
			return err
		}
	}
	return nil
}

func wantRefused(ctx context.Context, s updating, other tracking.Cursor) error {
	got, next, err := s.UpdatedSince(ctx, other, 10)
	if !errors.Is(err, tracking.ErrCursor) || len(got) > 0 || next != "" {
		return fmt.Errorf("the cursor %q gave %v, the cursor %q and the error %w; want an error that matches tracking.ErrCursor and nothing else", other, got, next, err)
	}
	return nil
}

// histories are two stores that began alike.
type histories struct{ one, other updating }

func historyClauses() []contract.Clause[histories] {
	return []contract.Clause[histories]{
		{Name: "Updates/OtherHistory", Promise: "a cursor of another store that saw as many changes, as one had before a restore, is an error that matches tracking.ErrCursor", Check: updatesOtherHistory},
		{Name: "Updates/CursorStays", Promise: "a cursor stays good, however many changes come after it", Check: updatesCursorStays},
	}
}

func updatesCursorStays(ctx context.Context, h histories) error {
	if err := touch(ctx, h.one, 1, 1); err != nil {
		return err
	}
	cursor, err := wantUpdates(ctx, h.one, "", 10, Number(1))
	if err != nil {
		return err
	}
	for piece := 2; piece <= 4; piece++ {
		if err := touch(ctx, h.one, piece, piece); err != nil {
			return err
		}
	}
	for range 2 {
		if _, err := wantUpdates(ctx, h.one, cursor, 10, Number(2), Number(3), Number(4)); err != nil {
			return err
		}
	}
	return nil
}

// updatesOtherHistory saves as much in both stores, in the same files, and in one of them
// other scans.
func updatesOtherHistory(ctx context.Context, h histories) error {
	for piece := 1; piece <= 3; piece++ {
		if err := errors.Join(touch(ctx, h.one, piece, piece), touch(ctx, h.other, piece+1, piece)); err != nil {
			return err
		}
	}
	cursor, err := wantUpdates(ctx, h.one, "", 2, Number(1), Number(2))
	if err != nil {
		return err
	}
	return wantRefused(ctx, h.other, cursor)
}

func updatesWithBatch(ctx context.Context, s updating) error {
	if err := refuse(ctx, s, FileID(1), tracking.Batch{Scans: minutes(Number(1), 1)}); err != nil {
		return err
	}
	_, err := wantUpdates(ctx, s, "", 10)
	return err
}

func updatesNoAliasing(ctx context.Context, s updating) error {
	for piece := 1; piece <= 2; piece++ {
		if err := touch(ctx, s, piece, piece); err != nil {
			return err
		}
	}
	for range 2 {
		got, _, err := s.UpdatedSince(ctx, "", 10)
		if err != nil {
			return err
		}
		if !slices.Equal(got, []tracking.Number{Number(1), Number(2)}) {
			return fmt.Errorf("updated: %v", got)
		}
		clear(got)
	}
	return nil
}

func updatesCancelled(ctx context.Context, s updating) error {
	if err := touch(ctx, s, 1, 1); err != nil {
		return err
	}
	_, _, err := s.UpdatedSince(cancelled(ctx), "", 10)
	return wantCancelled("UpdatedSince", err)
}
