package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// Scans is the port to the scans and to the files that they came in: a tracking.Store, with
// tracking.Updates and tracking.Quarantine.
type Scans struct{ db *DB }

// Scans returns the port to the scans and to the files that they came in.
func (db *DB) Scans() *Scans { return &Scans{db} }

// Update implements tracking.Store: it saves what decide returns for the file, whole or not
// at all. It returns the error of decide as it is; one that matches cris.ErrConflict if the
// database gave up; one for a scan without a number and for a file with another ID; and
// otherwise that of the clock, of the context or of the database. Text that is not UTF-8 or
// has a NUL in it is refused.
func (s *Scans) Update(ctx context.Context, id tracking.FileID, decide func(prior tracking.File) (tracking.Batch, error)) error {
	return s.db.update(ctx, "tracking/"+id.String(), func(tx *tx) error {
		row, _, err := scanFileTable.get(tx, id)
		if err != nil {
			return err
		}
		batch, err := decide(row.file())
		if err != nil {
			return err
		}
		if other := batch.File.ID; !other.IsZero() && other != id {
			return errors.New("sqlstore: save file: the ID of another file")
		}
		added, err := tx.saveScans(batch.Scans)
		if err != nil {
			return err
		}
		if _, err := damageTable.insertNew(tx, rowsOfDamage(id, batch.Damage)...); err != nil {
			return err
		}
		batch.File.ID = id
		batch.File.New += added
		now, err := s.db.now()
		if err != nil {
			return fmt.Errorf("sqlstore: save file: %w", err)
		}
		return scanFileTable.upsert(tx, rowOfFile(batch.File, now))
	})
}

// Scans implements tracking.Store: it returns the scans of the piece, none for an unknown
// number. Its error is that of the context or of the database.
func (s *Scans) Scans(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
	rows, err := scanTable.find(s.db.on(ctx), `WHERE number = ?`, number)
	if err != nil {
		return nil, err
	}
	scans := make([]tracking.Scan, len(rows))
	for i, row := range rows {
		scans[i] = row.scan(row.Number.Number)
	}
	return scans, nil
}

// File implements tracking.Store: it returns what is known of the file, or an error that
// matches tracking.ErrNotFound. Any other error is that of the context or of the database.
func (s *Scans) File(ctx context.Context, id tracking.FileID) (tracking.File, error) {
	row, found, err := scanFileTable.get(s.db.on(ctx), id)
	if err != nil {
		return tracking.File{}, err
	}
	if !found {
		return tracking.File{}, notFound("file")
	}
	return row.file(), nil
}

// Files implements tracking.Store: it yields the files by ID, a few hundred at a time, and
// holds neither a connection nor a lock while it yields. Its error is that of the context or
// of the database.
func (s *Scans) Files(ctx context.Context, page cris.Page[tracking.FileID]) iter.Seq2[tracking.File, error] {
	return paged(ctx, page, func(after tracking.FileID, limit int) ([]scanFileRow, error) {
		return scanFileTable.find(s.db.on(ctx), `WHERE file > ? ORDER BY file LIMIT ?`, after, limit)
	}, func(row scanFileRow) (tracking.File, tracking.FileID, error) {
		return row.file(), row.ID, nil
	})
}

// Damage implements tracking.Store: it yields the damage of the file by line, as Files does
// files. Its error is that of the context or of the database.
func (s *Scans) Damage(ctx context.Context, id tracking.FileID, page cris.Page[int]) iter.Seq2[tracking.Damage, error] {
	return paged(ctx, page, func(after, limit int) ([]damageRow, error) {
		return damageTable.find(s.db.on(ctx), `WHERE file = ? AND line > ? ORDER BY line LIMIT ?`, id, after, limit)
	}, func(row damageRow) (tracking.Damage, int, error) {
		return row.damage(), row.Line, nil
	})
}

// Discard implements tracking.Quarantine: it removes the text of the damaged records of the
// file, and returns of how many there was one. Its error is that of the clock, of the context
// or of the database.
func (s *Scans) Discard(ctx context.Context, id tracking.FileID) (discarded int, err error) {
	err = s.db.update(ctx, "tracking/"+id.String(), func(tx *tx) error {
		for after := 0; ; {
			rows, err := damageTable.find(tx, `WHERE file = ? AND line > ? ORDER BY line LIMIT ?`, id, after, pageSize)
			if err != nil || len(rows) == 0 {
				return err
			}
			after = rows[len(rows)-1].Line
			var kept []damageRow
			for _, row := range rows {
				if row.Kept != "" {
					row.Kept = ""
					kept = append(kept, row)
				}
			}
			if err := damageTable.upsert(tx, kept...); err != nil {
				return err
			}
			discarded += len(kept)
		}
	})
	return discarded, err
}
