package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/seed28e20331/cris/tracking"
)

// Progress implements tracking.Store.
func (s *Scans) Progress(ctx context.Context, file tracking.FileID) (tracking.Progress, error) {
	var rows []scanFileRow
	if err := s.db.read(ctx, "read progress of file", &rows, readScanFile, file.String()); err != nil {
		return tracking.Progress{}, err
	}
	if len(rows) == 0 {
		return tracking.Progress{}, tracking.ErrNotFound
	}
	held, err := rows[0].file()
	return held.Progress, err
}

// Files implements tracking.Files.
func (s *Scans) Files(ctx context.Context, after tracking.FileID) iter.Seq2[tracking.FileProgress, error] {
	first := ""
	if !after.IsZero() {
		first = after.String()
	}
	return pages(first, func(after string) (rows []scanFileRow, err error) {
		err = s.db.read(ctx, "list files", &rows, readScanFiles+` WHERE file > ? ORDER BY file LIMIT ?`, after, pageSize)
		return rows, err
	}, func(row scanFileRow) (tracking.FileProgress, string, error) {
		file, err := row.file()
		return file, row.File, err
	})
}

func (t *tx) saveProgress(file tracking.FileID, p tracking.Progress) error {
	_, err := t.exec("save progress of file", `INSERT INTO scan_files
		(file, name, records, set_aside, new_scans, done, disagrees, announced, mailer, day, series)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (file) DO UPDATE SET name = excluded.name, records = excluded.records,
		set_aside = excluded.set_aside, new_scans = excluded.new_scans, done = excluded.done, disagrees = excluded.disagrees,
		announced = excluded.announced, mailer = excluded.mailer, day = excluded.day, series = excluded.series`,
		file.String(), p.Name, p.Records, p.SetAside, p.New, bit(p.Done), bit(p.Disagrees), p.Announced,
		p.Series.Mailer, dateText(p.Series.Day), p.Series.Number)
	return err
}

var (
	readScanFiles = selectRows[scanFileRow]("scan_files")
	readScanFile  = readScanFiles + ` WHERE file = ?`
)

type scanFileRow struct {
	File      string `db:"file"`
	Name      string `db:"name"`
	Records   int    `db:"records"`
	SetAside  int    `db:"set_aside"`
	New       int    `db:"new_scans"`
	Done      int64  `db:"done"`
	Disagrees int64  `db:"disagrees"`
	Announced int    `db:"announced"`
	Mailer    string `db:"mailer"`
	Day       string `db:"day"`
	Series    int    `db:"series"`
}

func (r scanFileRow) file() (tracking.FileProgress, error) {
	parse := parser{}
	file := tracking.FileProgress{Progress: tracking.Progress{
		Name: r.Name, Records: r.Records, SetAside: r.SetAside, New: r.New,
		Done: r.Done == 1, Disagrees: r.Disagrees == 1, Announced: r.Announced,
		Series: tracking.Series{Mailer: r.Mailer, Day: parse.date(r.Day), Number: r.Series},
	}}
	parse.text(&file.ID, r.File)
	if err := errors.Join(parse.faults...); err != nil {
		return tracking.FileProgress{}, fmt.Errorf("sqlstore: file of scans: %w", err)
	}
	return file, nil
}
