package sqlstore

import (
	"context"
	"iter"
	"slices"

	"github.com/seed28e20331/cris/tracking"
)

// Quarantine implements tracking.Quarantine.
type Quarantine struct{ db *DB }

// Quarantine returns the port to what is kept of damaged records.
func (db *DB) Quarantine() *Quarantine { return &Quarantine{db} }

// Keep implements tracking.Quarantine.
func (q *Quarantine) Keep(ctx context.Context, file tracking.FileID, records []tracking.DamagedRecord) error {
	return q.db.update(ctx, "quarantine/"+file.String(), func(t *tx) error {
		for chunk := range slices.Chunk(records, rowsPerInsert) {
			args := make([]any, 0, len(chunk)*7)
			for _, r := range chunk {
				args = append(args, file.String(), r.Line, r.File, r.Column, r.Field, r.Cause, r.Kept)
			}
			if _, err := t.exec("keep damaged records", `INSERT INTO scan_quarantine (file, line, name, position, field, cause, kept) VALUES `+
				tuples(len(chunk), 7)+` ON CONFLICT DO NOTHING`, args...); err != nil {
				return err
			}
		}
		return nil
	})
}

// Kept implements tracking.Quarantine.
func (q *Quarantine) Kept(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.DamagedRecord, error] {
	return pages(afterLine, func(after int) (rows []quarantineRow, err error) {
		err = q.db.read(ctx, "read damaged records", &rows, `SELECT name, line, position, field, cause, kept FROM scan_quarantine
			WHERE file = ? AND line > ? ORDER BY line LIMIT ?`, file.String(), after, pageSize)
		return rows, err
	}, func(row quarantineRow) (tracking.DamagedRecord, int, error) {
		return tracking.DamagedRecord{SetAside: tracking.SetAside(row.setAsideRow), Kept: row.Kept}, row.Line, nil
	})
}

// Discard implements tracking.Quarantine.
func (q *Quarantine) Discard(ctx context.Context, file tracking.FileID) (discarded int, err error) {
	err = q.db.update(ctx, "quarantine/"+file.String(), func(t *tx) error {
		rows, err := t.exec("discard damaged records", `DELETE FROM scan_quarantine WHERE file = ?`, file.String())
		discarded = int(rows)
		return err
	})
	return discarded, err
}

type quarantineRow struct {
	setAsideRow

	Kept string `db:"kept"`
}
