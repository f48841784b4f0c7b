package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

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
			held, err := rows[0].file()
			if err != nil {
				return err
			}
			prior = held.Progress
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

func bit(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

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

// SetAsides implements tracking.Store.
func (s *Scans) SetAsides(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.SetAside, error] {
	return pages(afterLine, func(after int) (rows []setAsideRow, err error) {
		err = s.db.read(ctx, "read what was set aside", &rows, `SELECT name, line, position, field, cause FROM scan_set_aside
			WHERE file = ? AND line > ? ORDER BY line LIMIT ?`, file.String(), after, pageSize)
		return rows, err
	}, func(row setAsideRow) (tracking.SetAside, int, error) {
		return tracking.SetAside(row), row.Line, nil
	})
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
