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
		{Name: "Quarantine/AsTheyAre", Promise: "a record with odd bytes in it is kept as it is, or refused with all that came with it", Check: quarantineAsTheyAre},
		{Name: "Quarantine/Whole", Promise: "records are kept all or none, wherever the context of Keep ends", Check: quarantineWhole},
		{Name: "Quarantine/NoAliasing", Promise: "the records that Keep is given are not changed, and not kept as they are", Check: quarantineNoAliasing},
		{Name: "Quarantine/AfterLine", Promise: "Kept goes on after a line, and can be broken off", Check: quarantineAfterLine},
		{Name: "Quarantine/Again", Promise: "every range over Kept begins anew", Check: quarantineAgain},
		{Name: "Quarantine/Reentrant", Promise: "the quarantine can be used while Kept yields", Check: quarantineReentrant},
		{Name: "Quarantine/Discard", Promise: "Discard removes the records of one file and says how many", Check: quarantineDiscard},
		{Name: "Quarantine/Cancelled", Promise: "under a cancelled context Keep keeps nothing, Discard removes nothing, Kept ends, and all give its error", Check: quarantineCancelled},
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

func quarantineAsTheyAre(ctx context.Context, q tracking.Quarantine) error {
	for i, text := range []string{"", " 1 ", "'", "\"", "\\", "{,}", "NULL", "\x00", "\u00c9", "\xff", strings.Repeat("x", 10_000)} {
		records := damaged(1, 3)
		records[1].Kept = text
		kept := records
		if q.Keep(ctx, FileID(1+i), records) != nil {
			kept = nil
		}
		if err := wantKept(ctx, q, FileID(1+i), 0, kept...); err != nil {
			return fmt.Errorf("three records, one of them %q: %w", text[:min(len(text), 10)], err)
		}
	}
	return nil
}

// quarantineWhole breaks Keep off at each of its steps, until it has kept the records.
func quarantineWhole(ctx context.Context, q tracking.Quarantine) error {
	for looks := 1; looks <= mostLooks; looks++ {
		file, records := FileID(looks), damaged(1, 20)
		failed := q.Keep(newFading(ctx, looks), file, records)
		all := wantKept(ctx, q, file, 0, records...)
		if failed == nil {
			return all
		}
		if all == nil {
			continue // it failed after it had kept them
		}
		if err := wantKept(ctx, q, file, 0); err != nil {
			return errors.Join(fmt.Errorf("where the context ended at look %d: %w", looks, err), failed)
		}
	}
	return fmt.Errorf("Keep looks at its context more than %d times", mostLooks)
}

func quarantineNoAliasing(ctx context.Context, q tracking.Quarantine) error {
	records := damaged(1, 3)
	slices.Reverse(records)
	given := slices.Clone(records)
	if err := q.Keep(ctx, FileID(1), records); err != nil {
		return err
	}
	if !slices.Equal(records, given) {
		return errors.New("Keep changed the records that it was given")
	}
	clear(records)
	return wantKept(ctx, q, FileID(1), 0, damaged(1, 3)...)
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

func quarantineReentrant(ctx context.Context, q tracking.Quarantine) error {
	if err := q.Keep(ctx, FileID(1), damaged(1, 3)); err != nil {
		return err
	}
	for record, err := range q.Kept(ctx, FileID(1), 0) {
		if err != nil {
			return err
		}
		if err := q.Keep(ctx, FileID(2), []tracking.DamagedRecord{record}); err != nil {
			return fmt.Errorf("keep while Kept yields: %w", err)
		}
		if err := wantKept(ctx, q, FileID(2), record.Line-1, record); err != nil {
			return fmt.Errorf("read while Kept yields: %w", err)
		}
		if _, err := q.Discard(ctx, FileID(3)); err != nil {
			return fmt.Errorf("discard while Kept yields: %w", err)
		}
	}
	return wantKept(ctx, q, FileID(2), 0, damaged(1, 3)...)
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
	if err := q.Keep(ctx, FileID(1), damaged(1, 3)); err != nil {
		return err
	}
	ended := cancelled(ctx)
	_, err := q.Discard(ended, FileID(1))
	return errors.Join(
		wantCancelled("Discard", err),
		wantCancelled("Keep", q.Keep(ended, FileID(2), damaged(1, 3))),
		wantEnded("Kept", q.Kept(ended, FileID(1), 0)),
		wantKept(ctx, q, FileID(1), 0, damaged(1, 3)...),
		wantKept(ctx, q, FileID(2), 0),
	)
}

func quarantineAgain(ctx context.Context, q tracking.Quarantine) error {
	if err := q.Keep(ctx, FileID(1), damaged(1, 3)); err != nil {
		return err
	}
	return wantAgain("Kept", q.Kept(ctx, FileID(1), 0))
}
