package sqlstore

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/tracking"
)

// scanRow is a row of scans: all but the position is the key.
type scanRow struct {
	Number      trackingNumber `db:"number,key"`
	scanColumns `db:",key"`
	Position    int64 `db:"position"` // in the sequence of additions
}

var scanTable = newTable[scanRow]("cris_scans")

// scanColumns are the columns of a scan beside the number of its piece.
type scanColumns struct {
	At       tracking.LocalTime `db:"at"`
	Code     tracking.Code      `db:"code"`
	ZIP      cris.ZIP           `db:"zip"`
	Country  string             `db:"country"`
	ToSender bool               `db:"to_sender"`
}

func columnsOfScan(s tracking.Scan) scanColumns {
	return scanColumns{At: s.At, Code: s.Code, ZIP: s.Place.ZIP, Country: s.Place.Country, ToSender: s.ToSender}
}

// scan returns the scan of the piece with the number.
func (c scanColumns) scan(number tracking.Number) tracking.Scan {
	return tracking.Scan{
		Number: number, Code: c.Code, ToSender: c.ToSender, At: c.At, Place: tracking.Place{ZIP: c.ZIP, Country: c.Country},
	}
}

// saveScans saves the scans that are not there yet and returns how many they were. They
// are written in the order of the key, where the pages of its index lie beside each other.
func (t *tx) saveScans(scans []tracking.Scan) (added int, err error) {
	sorted := slices.Clone(scans)
	slices.SortFunc(sorted, compareKeys)
	sorted = slices.Compact(sorted)
	for _, s := range sorted {
		if s.Number.IsZero() {
			return 0, errors.New("sqlstore: save scans: a scan without a number")
		}
		if !text.IsStorable(string(s.Code)) || !text.IsStorable(s.Place.Country) {
			return 0, fmt.Errorf("sqlstore: save scans: an event code or a country: %w", errUnstorable)
		}
	}
	if len(sorted) == 0 {
		return 0, nil
	}
	position, err := t.nextPositions(len(sorted))
	if err != nil {
		return 0, err
	}
	if t.db.postgres {
		added, err = t.insertScanColumns(sorted, position)
	} else {
		added, err = t.insertScanRows(sorted, position)
	}
	if err != nil || added == 0 {
		return 0, err
	}
	return added, t.markBatch(position + int64(len(sorted)) - 1)
}

// compareKeys orders scans by the key of their table.
func compareKeys(a, b tracking.Scan) int {
	if c := a.Number.Compare(b.Number); c != 0 {
		return c
	}
	if c := a.At.Compare(b.At); c != 0 {
		return c
	}
	return cmp.Or(
		strings.Compare(string(a.Code), string(b.Code)), a.Place.ZIP.Compare(b.Place.ZIP),
		strings.Compare(a.Place.Country, b.Place.Country), cmp.Compare(zeroOrOne(a.ToSender), zeroOrOne(b.ToSender)),
	)
}

// zeroOrOne is how a column holds a bool.
func zeroOrOne(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

// scanPositionRow is the row of scan_positions: the last position that was given away.
type scanPositionRow struct {
	ID   int   `db:"id,key"`
	Last int64 `db:"last"`
}

var scanPositionTable = newTable[scanPositionRow]("cris_scan_positions")

// nextPositions returns the first of n positions in the sequence of additions. The row
// stays locked until the transaction ends: whoever comes later gets later positions and
// becomes visible later.
func (t *tx) nextPositions(n int) (first int64, err error) {
	last, err := read[int64](t, "take positions", `INSERT INTO cris_scan_positions (id, last) VALUES (?, ?)
		ON CONFLICT (id) DO UPDATE SET last = cris_scan_positions.last + excluded.last RETURNING last`, theOne, n)
	if err != nil {
		return 0, err
	}
	return last[0] - int64(n) + 1, nil
}

// insertScanRows inserts the scans in statements of many rows, of which the first is
// prepared once: in SQLite the text of such a statement takes as long as its rows.
func (t *tx) insertScanRows(scans []tracking.Scan, position int64) (added int, err error) {
	columns := len(scanTable.columns)
	rowsPerInsert := maxParameters / columns
	statement := func(rows int) string { return scanTable.inserts + tuples(rows, columns) + ` ON CONFLICT DO NOTHING` }
	args := make([]any, 0, rowsPerInsert*columns)
	var whole *sqlx.Stmt
	if len(scans) >= rowsPerInsert {
		if whole, err = t.sql.PreparexContext(t.ctx, t.db.text(statement(rowsPerInsert))); err != nil {
			return 0, t.failed("prepare to save scans", err)
		}
		defer whole.Close()
	}
	for chunk := range slices.Chunk(scans, rowsPerInsert) {
		args = args[:0]
		for _, s := range chunk {
			args = append(appendScan(args, s), position)
			position++
		}
		var inserted int64
		if len(chunk) < rowsPerInsert {
			inserted, err = t.exec("save scans", statement(len(chunk)), args...)
		} else {
			inserted, err = t.execPrepared("save scans", whole, args)
		}
		if err != nil {
			return 0, err
		}
		added += int(inserted)
	}
	return added, nil
}

// appendScan appends the columns of a scan, in the order of the key.
func appendScan(columns []any, s tracking.Scan) []any {
	return append(columns, s.Number.String(), s.At.String(), string(s.Code), s.Place.ZIP.String(), s.Place.Country, zeroOrOne(s.ToSender))
}

func (t *tx) execPrepared(doing string, statement *sqlx.Stmt, args []any) (rows int64, err error) {
	result, err := statement.ExecContext(t.ctx, args...)
	if err != nil {
		return 0, t.failed(doing, err)
	}
	if rows, err = result.RowsAffected(); err != nil {
		return 0, t.failed(doing, err)
	}
	return rows, nil
}

// insertScanColumns inserts the scans in one statement of PostgreSQL, a column each
// parameter: twice as fast there as many parameters. A column is sent as the text of an
// array, which every driver can send.
func (t *tx) insertScanColumns(scans []tracking.Scan, position int64) (added int, err error) {
	var numbers, ats, codes, zips, countries, toSenders textArray
	for _, s := range scans {
		numbers.append(s.Number)
		ats.append(s.At)
		codes.appendString(string(s.Code))
		zips.append(s.Place.ZIP)
		countries.appendString(s.Place.Country)
		toSenders.appendString(strconv.FormatInt(zeroOrOne(s.ToSender), 10))
	}
	inserted, err := t.exec("save scans", `INSERT INTO cris_scans (number, at, code, zip, country, to_sender, position)
		SELECT number, at, code, zip, country, to_sender, CAST(? AS BIGINT) + nth FROM unnest(
		CAST(? AS TEXT[]), CAST(? AS TEXT[]), CAST(? AS TEXT[]), CAST(? AS TEXT[]), CAST(? AS TEXT[]), CAST(? AS BIGINT[])
		) WITH ORDINALITY AS added (number, at, code, zip, country, to_sender, nth)
		ON CONFLICT DO NOTHING`,
		position-1, numbers.String(), ats.String(), codes.String(), zips.String(), countries.String(), toSenders.String())
	return int(inserted), err
}
