package memory

import (
	"context"
	"iter"
	"maps"
	"slices"

	"github.com/seed28e20331/cris/tracking"
)

// Quarantine implements tracking.Quarantine.
type Quarantine struct{ db *DB }

// Quarantine returns the port to what is kept of damaged records.
func (db *DB) Quarantine() *Quarantine { return &Quarantine{db} }

// Keep implements tracking.Quarantine.
func (q *Quarantine) Keep(ctx context.Context, file tracking.FileID, records []tracking.DamagedRecord) error {
	return q.db.locked(ctx, func() error {
		state := &q.db.scans
		if state.quarantine == nil {
			state.quarantine = map[tracking.FileID]map[int]tracking.DamagedRecord{}
		}
		byLine := state.quarantine[file]
		if byLine == nil {
			byLine = map[int]tracking.DamagedRecord{}
			state.quarantine[file] = byLine
		}
		for _, record := range records {
			if _, is := byLine[record.Line]; !is {
				byLine[record.Line] = record
			}
		}
		return nil
	})
}

// Kept implements tracking.Quarantine.
func (q *Quarantine) Kept(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.DamagedRecord, error] {
	return func(yield func(tracking.DamagedRecord, error) bool) {
		var held []tracking.DamagedRecord
		err := q.db.locked(ctx, func() error {
			byLine := q.db.scans.quarantine[file]
			for _, line := range slices.Sorted(maps.Keys(byLine)) {
				if line > afterLine {
					held = append(held, byLine[line])
				}
			}
			return nil
		})
		if err != nil {
			yield(tracking.DamagedRecord{}, err)
			return
		}
		for _, record := range held {
			if !yield(record, nil) {
				return
			}
		}
	}
}

// Discard implements tracking.Quarantine.
func (q *Quarantine) Discard(ctx context.Context, file tracking.FileID) (discarded int, err error) {
	err = q.db.locked(ctx, func() error {
		discarded = len(q.db.scans.quarantine[file])
		delete(q.db.scans.quarantine, file)
		return nil
	})
	return discarded, err
}
