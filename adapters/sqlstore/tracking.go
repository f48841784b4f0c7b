package sqlstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/seed28e20331/cris/tracking"
)

// Scans implements tracking.Store.
type Scans struct{ db *DB }

// Scans returns the port to the scans and to the progress of their files.
func (db *DB) Scans() *Scans { return &Scans{db} }

// Update implements tracking.Store.
func (s *Scans) Update(ctx context.Context, file tracking.FileID, decide func(prior tracking.Progress) (tracking.Batch, error)) error {
	return s.db.update(ctx, "tracking/"+file.String(), func(tx *tx) error {
		var rows []scanFileRow
		if err := tx.read("read progress of file", &rows, readScanFile, file.String()); err != nil {
			return err
		}
		var prior tracking.Progress
		if len(rows) > 0 {
			prior = rows[0].progress()
		}
		batch, err := decide(prior)
		if err != nil {
			return err
		}
		added, err := tx.saveScans(batch.Scans)
		if err != nil {
			return err
		}
		if err := tx.setAside(file, batch.SetAside); err != nil {
			return err
		}
		batch.Progress.New += added
		return tx.saveProgress(file, batch.Progress)
	})
}

// rowsPerInsert keeps a statement under 900 parameters.
const rowsPerInsert = 125

// saveScans saves the scans that are not there yet and returns how many they were. They
// are written in the order of the key, so that two files with the same scans wait for
// each other in PostgreSQL and never in a circle.
func (t *tx) saveScans(scans []tracking.Scan) (added int, err error) {
	rows := make([]scanRow, len(scans))
	for i, scan := range scans {
		rows[i] = newScanRow(scan)
		if strings.Contains(rows[i].Code+rows[i].Country, "\x00") {
			return 0, errors.New("sqlstore: save scans: an event code or a country with a zero byte in it")
		}
	}
	slices.SortFunc(rows, scanRow.compare)
	rows = slices.Compact(rows)
	position, err := t.nextPositions(len(rows))
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	if sqlx.BindType(t.sql.DriverName()) == sqlx.DOLLAR {
		return t.insertScanColumns(rows, position)
	}
	return t.insertScanRows(rows, position)
}

const insertScans = `INSERT INTO scans (number, at, code, zip, country, to_sender, position) `

// insertScanRows inserts the rows in statements of many rows, of which the first is prepared
// once: in SQLite the text of such a statement takes as long as its rows.
func (t *tx) insertScanRows(rows []scanRow, position int64) (added int, err error) {
	const columns = 7
	args := make([]any, 0, rowsPerInsert*columns)
	var whole *sqlx.Stmt
	if len(rows) >= rowsPerInsert {
		whole, err = t.sql.PreparexContext(t.ctx, t.sql.Rebind(insertScans+`VALUES `+tuples(rowsPerInsert, columns)+` ON CONFLICT DO NOTHING`))
		if err != nil {
			return 0, storeError("prepare to save scans", err)
		}
		defer whole.Close()
	}
	for chunk := range slices.Chunk(rows, rowsPerInsert) {
		args = args[:0]
		for _, r := range chunk {
			args = append(args, r.Number, r.At, r.Code, r.ZIP, r.Country, r.ToSender, position)
			position++
		}
		var inserted int64
		if len(chunk) < rowsPerInsert {
			inserted, err = t.exec("save scans", insertScans+`VALUES `+tuples(len(chunk), columns)+` ON CONFLICT DO NOTHING`, args...)
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

func (t *tx) execPrepared(doing string, statement *sqlx.Stmt, args []any) (rows int64, err error) {
	result, err := statement.ExecContext(t.ctx, args...)
	if err != nil {
		return 0, storeError(doing, err)
	}
	if rows, err = result.RowsAffected(); err != nil {
		return 0, storeError(doing, err)
	}
	return rows, nil
}

// insertScanColumns inserts the rows in one statement of PostgreSQL, a column each parameter:
// twice as fast there as many parameters. A column is sent as the text of an array, which
// every driver can send.
func (t *tx) insertScanColumns(rows []scanRow, position int64) (added int, err error) {
	var columns [7][]byte
	for i, r := range rows {
		for c, value := range [...]string{
			r.Number, r.At, r.Code, r.ZIP, r.Country, strconv.FormatInt(r.ToSender, 10), strconv.FormatInt(position+int64(i), 10),
		} {
			columns[c] = appendElement(columns[c], value)
		}
	}
	args := make([]any, len(columns))
	for c, column := range columns {
		column[0] = '{' // in place of the first comma
		args[c] = string(append(column, '}'))
	}
	inserted, err := t.exec("save scans", insertScans+`SELECT number, at, code, zip, country, to_sender, position FROM unnest(
		CAST(? AS TEXT[]), CAST(? AS TEXT[]), CAST(? AS TEXT[]), CAST(? AS TEXT[]), CAST(? AS TEXT[]),
		CAST(? AS BIGINT[]), CAST(? AS BIGINT[])) AS added (number, at, code, zip, country, to_sender, position)
		ON CONFLICT DO NOTHING`, args...)
	return int(inserted), err
}

// appendElement appends a comma and the value in quotes, as they stand in the text of an
// array of PostgreSQL.
func appendElement(array []byte, value string) []byte {
	array = append(array, ',', '"')
	for i := range len(value) {
		if value[i] == '"' || value[i] == '\\' {
			array = append(array, '\\')
		}
		array = append(array, value[i])
	}
	return append(array, '"')
}

const readLastPosition = `SELECT last FROM scan_positions WHERE id = 1`

// nextPositions returns the first of n positions in the sequence of additions. The row
// stays locked until the transaction ends: whoever comes later gets later positions and
// becomes visible later.
func (t *tx) nextPositions(n int) (first int64, err error) {
	if n == 0 {
		return 0, nil
	}
	if _, err := t.exec("take positions", `INSERT INTO scan_positions (id, last) VALUES (1, ?)
		ON CONFLICT (id) DO UPDATE SET last = scan_positions.last + excluded.last`, n); err != nil {
		return 0, err
	}
	var last []int64
	if err := t.read("read positions", &last, readLastPosition); err != nil {
		return 0, err
	}
	return last[0] - int64(n) + 1, nil
}

func (t *tx) setAside(file tracking.FileID, asides []tracking.SetAside) error {
	for chunk := range slices.Chunk(asides, rowsPerInsert) {
		args := make([]any, 0, len(chunk)*6)
		for _, a := range chunk {
			args = append(args, file.String(), a.Line, a.File, a.Column, a.Field, a.Cause)
		}
		if _, err := t.exec("set records aside", `INSERT INTO scan_set_aside (file, line, name, position, field, cause) VALUES `+
			tuples(len(chunk), 6)+` ON CONFLICT DO NOTHING`, args...); err != nil {
			return err
		}
	}
	return nil
}

// tuples returns placeholders for the given number of rows: (?, ?), (?, ?).
func tuples(rows, columns int) string {
	tuple := "(" + strings.Repeat("?, ", columns-1) + "?)"
	return strings.Repeat(tuple+", ", rows-1) + tuple
}

func (t *tx) saveProgress(file tracking.FileID, p tracking.Progress) error {
	_, err := t.exec("save progress of file", `INSERT INTO scan_files (file, name, records, set_aside, new_scans, done, disagrees, announced)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (file) DO UPDATE SET name = excluded.name, records = excluded.records,
		set_aside = excluded.set_aside, new_scans = excluded.new_scans, done = excluded.done, disagrees = excluded.disagrees,
		announced = excluded.announced`,
		file.String(), p.Name, p.Records, p.SetAside, p.New, bit(p.Done), bit(p.Disagrees), p.Announced)
	return err
}

func bit(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

// Progress implements tracking.Store.
func (s *Scans) Progress(ctx context.Context, file tracking.FileID) (tracking.Progress, error) {
	var rows []scanFileRow
	if err := s.db.read(ctx, "read progress of file", &rows, readScanFile, file.String()); err != nil {
		return tracking.Progress{}, err
	}
	if len(rows) == 0 {
		return tracking.Progress{}, tracking.ErrNotFound
	}
	return rows[0].progress(), nil
}

const readScanFile = `SELECT name, records, set_aside, new_scans, done, disagrees, announced FROM scan_files WHERE file = ?`

// Scans implements tracking.Store.
func (s *Scans) Scans(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
	var rows []scanRow
	if err := s.db.read(ctx, "read scans", &rows, `SELECT number, at, code, zip, country, to_sender FROM scans
		WHERE number = ?`, number.String()); err != nil {
		return nil, err
	}
	scans := make([]tracking.Scan, len(rows))
	for i, row := range rows {
		scan, err := row.scan()
		if err != nil {
			return nil, err
		}
		scans[i] = scan
	}
	return scans, nil
}

// setAsidePage is how many damaged records SetAsides reads at a time.
const setAsidePage = 500

// SetAsides implements tracking.Store.
func (s *Scans) SetAsides(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.SetAside, error] {
	return func(yield func(tracking.SetAside, error) bool) {
		for {
			var rows []setAsideRow
			if err := s.db.read(ctx, "read what was set aside", &rows, `SELECT name, line, position, field, cause FROM scan_set_aside
				WHERE file = ? AND line > ? ORDER BY line LIMIT ?`, file.String(), afterLine, setAsidePage); err != nil {
				yield(tracking.SetAside{}, err)
				return
			}
			for _, row := range rows {
				if !yield(tracking.SetAside(row), nil) {
					return
				}
				afterLine = row.Line
			}
			if len(rows) < setAsidePage {
				return
			}
		}
	}
}

type scanFileRow struct {
	Name      string `db:"name"`
	Records   int    `db:"records"`
	SetAside  int    `db:"set_aside"`
	New       int    `db:"new_scans"`
	Done      int64  `db:"done"`
	Disagrees int64  `db:"disagrees"`
	Announced int    `db:"announced"`
}

func (r scanFileRow) progress() tracking.Progress {
	return tracking.Progress{
		Name: r.Name, Records: r.Records, SetAside: r.SetAside, New: r.New,
		Done: r.Done == 1, Disagrees: r.Disagrees == 1, Announced: r.Announced,
	}
}

// setAsideRow has the fields of a tracking.SetAside.
type setAsideRow struct {
	File   string `db:"name"`
	Line   int    `db:"line"`
	Column int    `db:"position"`
	Field  string `db:"field"`
	Cause  string `db:"cause"`
}

type scanRow struct {
	Number   string `db:"number"`
	At       string `db:"at"`
	Code     string `db:"code"`
	ZIP      string `db:"zip"`
	Country  string `db:"country"`
	ToSender int64  `db:"to_sender"`
}

func newScanRow(s tracking.Scan) scanRow {
	return scanRow{s.Number.String(), s.At.String(), string(s.Code), s.Place.ZIP.String(), s.Place.Country, bit(s.ToSender)}
}

// compare orders rows by the key of their table.
func (r scanRow) compare(other scanRow) int {
	return cmp.Or(
		strings.Compare(r.Number, other.Number), strings.Compare(r.At, other.At), strings.Compare(r.Code, other.Code),
		strings.Compare(r.ZIP, other.ZIP), strings.Compare(r.Country, other.Country), cmp.Compare(r.ToSender, other.ToSender),
	)
}

func (r scanRow) scan() (tracking.Scan, error) {
	parse := parser{}
	scan := tracking.Scan{
		Code: tracking.Code(r.Code), ToSender: r.ToSender == 1,
		Place: tracking.Place{ZIP: parse.zip(r.ZIP), Country: r.Country},
	}
	parse.text(&scan.At, r.At)
	// A number whose check digit is wrong may have been saved on purpose.
	number, err := tracking.ParseNumberLenient(r.Number)
	parse.keep(err)
	scan.Number = number
	if err := errors.Join(parse.faults...); err != nil {
		return tracking.Scan{}, fmt.Errorf("sqlstore: scan: %w", err)
	}
	return scan, nil
}
