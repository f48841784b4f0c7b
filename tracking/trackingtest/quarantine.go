package trackingtest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

// TestQuarantine checks every promise of tracking.Quarantine. newQuarantine is called
// once per promise and gives an empty one.
func TestQuarantine(t *testing.T, newQuarantine func(t *testing.T) tracking.Quarantine) {
	t.Helper()
	contract.Run(t, quarantineClauses(), newQuarantine)
}

func quarantineClauses() []contract.Clause[tracking.Quarantine] {
	return []contract.Clause[tracking.Quarantine]{
		{Name: "Quarantine/RoundTrip", Promise: "a record reads back equal, by line, of the file asked for", Check: quarantineRoundTrip},
		{Name: "Quarantine/Once", Promise: "a line that is kept already stays as it is", Check: quarantineOnce},
		{Name: "Quarantine/AfterLine", Promise: "Kept goes on after a line, and can be broken off", Check: quarantineAfterLine},
		{Name: "Quarantine/Discard", Promise: "Discard removes the records of one file and says how many", Check: quarantineDiscard},
		{Name: "Quarantine/Cancelled", Promise: "a cancelled context keeps nothing", Check: quarantineCancelled},
	}
}

func damaged(from, to int) (records []tracking.DamagedRecord) {
	for line := from; line <= to; line++ {
		records = append(records, tracking.DamagedRecord{SetAside: aside(line), Kept: `"9205` + strings.Repeat(" ", line%7) + `?"`})
	}
	return records
}

func wantKept(ctx context.Context, q tracking.Quarantine, file tracking.FileID, afterLine int, want ...tracking.DamagedRecord) error {
	var got []tracking.DamagedRecord
	for record, err := range q.Kept(ctx, file, afterLine) {
		if err != nil {
			return fmt.Errorf("read what was kept: %w", err)
		}
		got = append(got, record)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("kept: %+v, want %+v", got, want)
	}
	return nil
}

func quarantineRoundTrip(ctx context.Context, q tracking.Quarantine) error {
	backwards := damaged(1, 5)
	slices.Reverse(backwards)
	return errors.Join(
		wantKept(ctx, q, FileID(1), 0),
		q.Keep(ctx, FileID(1), backwards),
		q.Keep(ctx, FileID(2), damaged(3, 3)),
		q.Keep(ctx, FileID(2), nil),
		wantKept(ctx, q, FileID(1), 0, damaged(1, 5)...),
		wantKept(ctx, q, FileID(2), 0, damaged(3, 3)...),
	)
}

func quarantineOnce(ctx context.Context, q tracking.Quarantine) error {
	other := damaged(4, 4)
	other[0].Kept = "another"
	return errors.Join(
		q.Keep(ctx, FileID(1), damaged(4, 4)),
		q.Keep(ctx, FileID(1), other),
		wantKept(ctx, q, FileID(1), 0, damaged(4, 4)...),
	)
}

func quarantineAfterLine(ctx context.Context, q tracking.Quarantine) error {
	const lines = 1200 // more than a store is likely to read at a time
	if err := q.Keep(ctx, FileID(1), damaged(1, lines)); err != nil {
		return err
	}
	next, stop := iter.Pull2(q.Kept(ctx, FileID(1), 0))
	_, err, _ := next()
	stop()
	return errors.Join(
		err,
		wantKept(ctx, q, FileID(1), 0, damaged(1, lines)...),
		wantKept(ctx, q, FileID(1), 700, damaged(701, lines)...),
		wantKept(ctx, q, FileID(1), lines),
	)
}

func quarantineDiscard(ctx context.Context, q tracking.Quarantine) error {
	if err := errors.Join(q.Keep(ctx, FileID(1), damaged(1, 3)), q.Keep(ctx, FileID(2), damaged(1, 2))); err != nil {
		return err
	}
	for _, want := range []int{3, 0} {
		if n, err := q.Discard(ctx, FileID(1)); err != nil || n != want {
			return errors.Join(err, fmt.Errorf("discarded %d records, want %d", n, want))
		}
	}
	return errors.Join(wantKept(ctx, q, FileID(1), 0), wantKept(ctx, q, FileID(2), 0, damaged(1, 2)...))
}

func quarantineCancelled(ctx context.Context, q tracking.Quarantine) error {
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if err := q.Keep(cancelled, FileID(1), damaged(1, 3)); !errors.Is(err, context.Canceled) {
		return errors.New("a cancelled context gave no error")
	}
	return wantKept(ctx, q, FileID(1), 0)
}
