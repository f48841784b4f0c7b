package sqlstore

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/attempt"
)

// Attempts is the port to the counters of attempts at identity proofing: an attempt.Counters.
type Attempts struct{ db *DB }

// Attempts returns the port to the counters of attempts at identity proofing.
func (db *DB) Attempts() *Attempts { return &Attempts{db} }

// attemptScope is the scope of all attempts. A scope for each person would leave something about
// the person (SC-5).
const attemptScope = "selfcheck/attempts"

// attemptDayRow is a row of selfcheck_attempt_days.
type attemptDayRow struct {
	Day   cris.Date `db:"day,key"`
	Key   string    `db:"key"`
	Width int       `db:"width"`
}

// attemptCellRow is a row of selfcheck_attempt_cells.
type attemptCellRow struct {
	Day      cris.Date `db:"day,key"`
	Cell     int       `db:"cell,key"`
	Attempts int       `db:"attempts"`
}

// attemptReturnRow is a row of selfcheck_attempt_returns.
type attemptReturnRow struct {
	Day    cris.Date `db:"day,key"`
	Number string    `db:"number,key"`
}

var (
	attemptDayTable    = newTable[attemptDayRow]("cris_selfcheck_attempt_days")
	attemptCellTable   = newTable[attemptCellRow]("cris_selfcheck_attempt_cells")
	attemptReturnTable = newTable[attemptReturnRow]("cris_selfcheck_attempt_returns")
)

// Open implements attempt.Counters. Its error is that of the context or of the database.
func (s *Attempts) Open(ctx context.Context, day attempt.Day, since cris.Date) (days []attempt.Day, opened bool, err error) {
	rows, err := s.daysSince(ctx, since)
	if err != nil {
		return nil, false, err
	}
	isOnFile := func(row attemptDayRow) bool { return row.Day == day.Date }
	if !slices.ContainsFunc(rows, isOnFile) {
		key := day.Key.Reveal()
		inserted, err := attemptDayTable.insertNew(s.db.on(ctx), attemptDayRow{day.Date, hex.EncodeToString(key[:]), day.Width})
		if err != nil {
			return nil, false, err
		}
		opened = inserted == 1
		if rows, err = s.daysSince(ctx, since); err != nil {
			return nil, opened, err
		}
	}
	for _, row := range rows {
		day, err := row.day()
		if err != nil {
			return nil, opened, err
		}
		days = append(days, day)
	}
	return days, opened, nil
}

func (s *Attempts) daysSince(ctx context.Context, since cris.Date) ([]attemptDayRow, error) {
	return attemptDayTable.find(s.db.on(ctx), "WHERE day >= ? ORDER BY day", since)
}

// day returns the day of the row. Its error does not repeat the key.
func (r attemptDayRow) day() (attempt.Day, error) {
	var key [attempt.KeySize]byte
	decoded, err := hex.DecodeString(r.Key)
	if err != nil || copy(key[:], decoded) != len(key) || len(decoded) != len(key) || r.Width <= 0 {
		return attempt.Day{}, errors.New("sqlstore: day of attempts: the key or the width cannot be read")
	}
	return attempt.Day{Date: r.Day, Key: cris.NewPersonal(key), Width: r.Width}, nil
}

var errAttemptDays = fmt.Errorf("sqlstore: the days of attempts have changed: %w", cris.ErrConflict)

// Take implements attempt.Counters. It returns the error of decide as it is; one that matches
// cris.ErrConflict if the positions are not on the days on file, or if the database gave up; and
// otherwise that of the context or of the database.
func (s *Attempts) Take(ctx context.Context, day cris.Date, at []attempt.Position, decide func(counts []attempt.Counts) (bool, error)) error {
	if len(at) == 0 {
		return errAttemptDays
	}
	return s.db.update(ctx, attemptScope, func(tx *tx) error {
		onFile, err := read[cris.Date](tx, "read days of attempts", `SELECT day FROM cris_selfcheck_attempt_days WHERE day >= ? ORDER BY day`, at[0].Day)
		if err != nil {
			return err
		}
		if !slices.EqualFunc(onFile, at, func(day cris.Date, at attempt.Position) bool { return day == at.Day }) {
			return errAttemptDays
		}
		counts, err := attemptsAt(tx, at)
		if err != nil {
			return err
		}
		take, err := decide(counts)
		if err != nil || !take {
			return err
		}
		for _, at := range at {
			if at.Day == day {
				return addAttempt(tx, at)
			}
		}
		return nil
	})
}

// attemptsAt returns what the cells of the positions hold.
func attemptsAt(tx *tx, at []attempt.Position) ([]attempt.Counts, error) {
	held := map[attemptCellRow]int{} // with no attempts in the key
	for some := range slices.Chunk(at, maxParameters/(1+attempt.Rows)) {
		var where []string
		var args []any
		for _, at := range some {
			where = append(where, "day = ? AND cell IN "+tuples(1, attempt.Rows))
			args = append(args, cellsOf(at)...)
		}
		rows, err := attemptCellTable.find(tx, "WHERE "+strings.Join(where, " OR "), args...)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			held[attemptCellRow{Day: row.Day, Cell: row.Cell}] = row.Attempts
		}
	}
	counts := make([]attempt.Counts, len(at))
	for i, at := range at {
		for row, cell := range at.Cells {
			count := held[attemptCellRow{Day: at.Day, Cell: cell}]
			counts[i][row] = uint8(min(max(count, 0), math.MaxUint8))
		}
	}
	return counts, nil
}

// cellsOf returns the day and the cells of the position, as a statement takes them.
func cellsOf(at attempt.Position) []any {
	args := []any{at.Day}
	for _, cell := range at.Cells {
		args = append(args, cell)
	}
	return args
}

// addAttempt adds one to each cell of the position.
func addAttempt(tx *tx, at attempt.Position) error {
	rows := make([]attemptCellRow, attempt.Rows)
	for i, cell := range at.Cells {
		rows[i] = attemptCellRow{at.Day, cell, 1}
	}
	_, err := attemptCellTable.write(tx, ` ON CONFLICT (day, cell) DO UPDATE SET attempts =
		CASE WHEN cris_selfcheck_attempt_cells.attempts < 255 THEN cris_selfcheck_attempt_cells.attempts + 1 ELSE 255 END`, rows)
	return err
}

// GiveBack implements attempt.Counters. Its error matches cris.ErrConflict if the database gave
// up, and is otherwise that of the context or of the database.
func (s *Attempts) GiveBack(ctx context.Context, ticket attempt.Ticket) error {
	if ticket.IsZero() {
		return ctx.Err()
	}
	parts := ticket.Reveal()
	return s.db.update(ctx, attemptScope, func(tx *tx) error {
		_, onFile, err := attemptDayTable.get(tx, parts.At.Day)
		if err != nil || !onFile {
			return err
		}
		isNew, err := attemptReturnTable.insertNew(tx, attemptReturnRow{parts.At.Day, hex.EncodeToString(parts.Number[:])})
		if err != nil || isNew == 0 {
			return err
		}
		where := " WHERE day = ? AND cell IN " + tuples(1, attempt.Rows)
		if _, err := tx.exec("give back an attempt", "UPDATE cris_selfcheck_attempt_cells SET attempts = attempts - 1"+where+" AND attempts < 255", cellsOf(parts.At)...); err != nil {
			return err
		}
		// A cell that is zero does not say that there was something.
		_, err = attemptCellTable.remove(tx, where+" AND attempts <= 0", cellsOf(parts.At)...)
		return err
	})
}

// forgetBatch is how many cells or tickets of a day Forget removes in one statement.
const forgetBatch = 1000

// Forget implements attempt.Counters: it removes the keys in one step, and then cells and tickets,
// a thousand at a time. Its error matches cris.ErrConflict if the database gave up, and is
// otherwise that of the context or of the database.
func (s *Attempts) Forget(ctx context.Context, before cris.Date, limit int) (removed int, err error) {
	// With the lock of Take, so that nothing is counted on a day that has no key any more.
	err = s.db.update(ctx, attemptScope, func(tx *tx) error {
		_, err := attemptDayTable.remove(tx, "WHERE day < ?", before)
		return err
	})
	if err != nil {
		return 0, err
	}
	if limit <= 0 {
		limit = math.MaxInt
	}
	for _, what := range []struct{ table, column string }{{attemptCellTable.name, "cell"}, {attemptReturnTable.name, "number"}} {
		n, err := s.forget(ctx, what.table, what.column, before, limit-removed)
		removed += n
		if err != nil {
			return removed, err
		}
	}
	return removed, nil
}

// forget removes rows of the table that are before the day, no more than limit. The column and
// the day are its key.
func (s *Attempts) forget(ctx context.Context, table, column string, before cris.Date, limit int) (removed int, err error) {
	for removed < limit {
		oldest, err := read[cris.Date](s.db.on(ctx), "read "+table, "SELECT day FROM "+table+" WHERE day < ? ORDER BY day LIMIT 1", before)
		if err != nil || len(oldest) == 0 {
			return removed, err
		}
		n, err := s.db.on(ctx).exec("delete from "+table,
			"DELETE FROM "+table+" WHERE day = ? AND "+column+" IN (SELECT "+column+" FROM "+table+" WHERE day = ? ORDER BY "+column+" LIMIT ?)",
			oldest[0], oldest[0], min(forgetBatch, limit-removed))
		removed += int(n)
		if err != nil {
			return removed, err
		}
	}
	return removed, nil
}
