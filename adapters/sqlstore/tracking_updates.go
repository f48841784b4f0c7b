package sqlstore

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/seed28e20331/cris/tracking"
)

// updatesPage is how many additions UpdatedSince looks at in one statement.
const updatesPage = 500

// UpdatedSince implements tracking.Updates. It tells of the changes up to the last position
// there is when it is called: what comes meanwhile would move a piece that it has told of
// already to the end. Its error matches tracking.ErrCursor, or is that of the context or of
// the database.
func (s *Scans) UpdatedSince(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
	if limit <= 0 {
		limit = math.MaxInt
	}
	last, err := s.lastPosition(ctx)
	if err != nil {
		return nil, "", err
	}
	position, err := s.positionOf(ctx, after)
	if err != nil {
		return nil, "", err
	}
	var numbers []tracking.Number
	reached := position
	for len(numbers) < limit {
		added, err := read[addedScan](s.db.on(ctx), "read additions", `SELECT number, position FROM cris_scans
			WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`, position, last, updatesPage)
		if err != nil {
			return nil, "", err
		}
		latest, err := s.latestPositions(ctx, added, last)
		if err != nil {
			return nil, "", err
		}
		for _, a := range added {
			if len(numbers) == limit {
				break
			}
			position = a.Position
			if latest[a.Number] != a.Position {
				continue // the piece comes again, where it changed last
			}
			numbers = append(numbers, a.Number.Number)
			reached = a.Position
		}
		if len(added) < updatesPage {
			break
		}
	}
	if len(numbers) == 0 {
		return nil, after, nil
	}
	next, err := s.cursorAt(ctx, reached)
	if err != nil {
		return nil, "", err
	}
	return numbers, next, nil
}

// latestPositions returns for each number of the additions where it changed last, up to the
// given position.
func (s *Scans) latestPositions(ctx context.Context, added []addedScan, last int64) (map[trackingNumber]int64, error) {
	latest := map[trackingNumber]int64{}
	numbers := []any{last}
	for _, a := range added {
		if _, is := latest[a.Number]; !is {
			latest[a.Number] = 0
			numbers = append(numbers, a.Number)
		}
	}
	if len(latest) == 0 {
		return latest, nil
	}
	rows, err := read[addedScan](s.db.on(ctx), "read latest additions", `SELECT number, MAX(position) FROM cris_scans
		WHERE position <= ? AND number IN `+tuples(1, len(latest))+` GROUP BY number`, numbers...)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		latest[row.Number] = row.Position
	}
	return latest, nil
}

type addedScan struct {
	Number   trackingNumber `db:"number"`
	Position int64          `db:"position"`
}

// lastPosition returns the last position that was given away; what is at it and before it
// is there to see.
func (s *Scans) lastPosition(ctx context.Context) (int64, error) {
	row, _, err := scanPositionTable.get(s.db.on(ctx), theOne)
	return row.Last, err
}

// scanBatchRow is a row of scan_batches: the scans that one Update added. A cursor names
// the batch that its position lies in by the mark of it. Marks are random, so that a batch
// which was added in place of one that a restore took away is told from it.
type scanBatchRow struct {
	Last int64  `db:"last,key"` // position
	Mark string `db:"mark"`
}

var scanBatchTable = newTable[scanBatchRow]("cris_scan_batches")

// markBatch marks the batch that ends at the position.
func (t *tx) markBatch(last int64) error {
	var mark [8]byte
	_, _ = rand.Read(mark[:]) // never fails
	return scanBatchTable.insert(t, scanBatchRow{last, hex.EncodeToString(mark[:])})
}

// cursorAt returns the cursor of a position: the position and the mark of its batch. The
// error matches tracking.ErrCursor if no batch reaches so far.
func (s *Scans) cursorAt(ctx context.Context, position int64) (tracking.Cursor, error) {
	batches, err := scanBatchTable.find(s.db.on(ctx), `WHERE last >= ? ORDER BY last LIMIT 1`, position)
	if err != nil {
		return "", err
	}
	if len(batches) == 0 {
		return "", tracking.ErrCursor
	}
	return tracking.Cursor(strconv.FormatInt(position, 10) + "-" + batches[0].Mark), nil
}

// positionOf returns the position that a cursor of this history stands for.
func (s *Scans) positionOf(ctx context.Context, c tracking.Cursor) (int64, error) {
	if c == "" {
		return 0, nil
	}
	digits, _, _ := strings.Cut(string(c), "-")
	position, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || position <= 0 {
		return 0, fmt.Errorf("sqlstore: %w", tracking.ErrCursor)
	}
	known, err := s.cursorAt(ctx, position)
	if err == nil && known != c {
		err = tracking.ErrCursor
	}
	if err != nil {
		return 0, fmt.Errorf("sqlstore: read cursor: %w", err)
	}
	return position, nil
}
