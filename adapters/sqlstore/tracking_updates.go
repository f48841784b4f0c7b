package sqlstore

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/seed28e20331/cris/tracking"
)

// updatesPage is how many additions UpdatedSince looks at in one statement.
const updatesPage = 500

// UpdatedSince implements tracking.Updates. A cursor is the position of a scan. It tells of
// the changes up to the last position there is when it is called: what comes meanwhile
// would move a piece that it has told of already to the end.
func (s *Scans) UpdatedSince(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
	last, err := s.lastPosition(ctx)
	if err != nil {
		return nil, "", err
	}
	position, err := positionOf(after, last)
	if err != nil {
		return nil, "", err
	}
	var numbers []tracking.Number
	next := after
	for len(numbers) < limit {
		var added []addedScan
		if err := s.db.read(ctx, "read additions", &added, `SELECT number, position FROM scans
			WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`, position, last, updatesPage); err != nil {
			return nil, "", err
		}
		latest, err := s.latestPositions(ctx, added, last)
		if err != nil {
			return nil, "", err
		}
		for _, a := range added {
			if len(numbers) == limit {
				return numbers, next, nil
			}
			position = a.Position
			if latest[a.Number] != a.Position {
				continue // the piece comes again, where it changed last
			}
			number, err := tracking.ParseNumberLenient(a.Number)
			if err != nil {
				return nil, "", fmt.Errorf("sqlstore: scan: %w", err)
			}
			numbers = append(numbers, number)
			next = tracking.Cursor(strconv.FormatInt(a.Position, 10))
		}
		if len(added) < updatesPage {
			break
		}
	}
	return numbers, next, nil
}

// latestPositions returns for each number of the additions where it changed last, up to the
// given position.
func (s *Scans) latestPositions(ctx context.Context, added []addedScan, last int64) (map[string]int64, error) {
	latest := map[string]int64{}
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
	var rows []addedScan
	if err := s.db.read(ctx, "read latest additions", &rows, `SELECT number, MAX(position) AS position FROM scans
		WHERE position <= ? AND number IN (?`+strings.Repeat(", ?", len(latest)-1)+`) GROUP BY number`, numbers...); err != nil {
		return nil, err
	}
	for _, row := range rows {
		latest[row.Number] = row.Position
	}
	return latest, nil
}

type addedScan struct {
	Number   string `db:"number"`
	Position int64  `db:"position"`
}

// lastPosition returns the last position that was given away; what is at it and before it
// is there to see.
func (s *Scans) lastPosition(ctx context.Context) (int64, error) {
	var last []int64
	if err := s.db.read(ctx, "read positions", &last, `SELECT last FROM scan_positions WHERE id = 1`); err != nil || len(last) == 0 {
		return 0, err
	}
	return last[0], nil
}

// positionOf returns the position that a cursor of this store stands for.
func positionOf(c tracking.Cursor, last int64) (int64, error) {
	if c == "" {
		return 0, nil
	}
	position, err := strconv.ParseInt(string(c), 10, 64)
	if err != nil || position < 0 || position > last || strconv.FormatInt(position, 10) != string(c) {
		return 0, notACursor(c)
	}
	return position, nil
}

func notACursor(c tracking.Cursor) error {
	return fmt.Errorf("sqlstore: cursor %q is not one of this store", c)
}
