package sqlstore

import (
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/recordclass"
	"github.com/seed28e20331/cris/internal/text"
)

// RecordClasses lists the classes of all records that a DB keeps, with the periods by which they
// are kept unless the host program says otherwise. The caller may keep and change the slice.
func RecordClasses() []cris.RecordClass { return recordclass.All() }

// Retention is the port through which records are purged: a cris.RetentionStore.
//
// On SQLite what it removes is overwritten with zeros (secure_delete). Copies that earlier changes
// left behind, and what is in the write-ahead log, are gone after [DB.Compact].
type Retention struct{ db *DB }

// Retention returns the port through which records are purged.
func (db *DB) Retention() *Retention { return &Retention{db} }

// retentionScope is the scope of holds, and of every removal.
const retentionScope = "retention"

// RecordClasses implements cris.RetentionStore: it lists the codes of the classes that a DB keeps.
func (r *Retention) RecordClasses() []cris.Code {
	var codes []cris.Code
	for _, class := range RecordClasses() {
		codes = append(codes, class.Code)
	}
	return codes
}

// Records implements cris.RetentionStore: it yields the records in the order of their key, a few
// hundred at a time, and holds neither a connection nor a lock while it yields. It looks at every
// record of the class, so that there need be no index on the column from which its period counts.
// Its error is that of the context or of the database.
func (r *Retention) Records(ctx context.Context, class cris.Code, page cris.Page[string]) iter.Seq2[cris.RetentionRecord, error] {
	of := retainedAs[class]
	return paged(ctx, page, func(after string, limit int) ([]retainedRow, error) {
		if of.table == "" {
			return nil, ctx.Err()
		}
		return of.after(r.db.on(ctx), after, limit)
	}, func(row retainedRow) (cris.RetentionRecord, string, error) {
		return row.record(), row.ID, nil
	})
}

// Remove implements cris.RetentionStore. It locks the scopes of the records and that of the holds,
// in one order with everything else that locks scopes. It returns the error of decide as it is, one
// that matches cris.ErrConflict if the ID of an event is taken or the database gave up, and
// otherwise that of the clock, of the context or of the database.
func (r *Retention) Remove(
	ctx context.Context, class cris.Code, ids []string, decide func(records []cris.RetentionRecord, holds []cris.Hold) (cris.Removal, error),
) error {
	of := retainedAs[class]
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return of.table == "" || !text.IsStorable(id) }) // there is none
	scopes, err := of.scopes(r.db.on(ctx), ids)
	if err != nil {
		return err
	}
	return r.db.transaction(ctx, func(tx *tx) error {
		if err := tx.overwriteRemoved(); err != nil {
			return err
		}
		if err := tx.lock(append(scopes, retentionScope)...); err != nil {
			return err
		}
		if of.lock != "" {
			if _, err := tx.exec("lock "+of.table, of.lock); err != nil {
				return err
			}
		}
		rows, err := of.among(tx, ids, of.rowLock(tx))
		if err != nil {
			return err
		}
		holds, err := holdsOf(tx)
		if err != nil {
			return err
		}
		removal, err := decide(recordsOf(rows), holds)
		if err != nil {
			return err
		}
		gone := slices.DeleteFunc(rows, func(row retainedRow) bool { return !slices.Contains(removal.IDs, row.ID) })
		if err := of.remove(tx, gone); err != nil {
			return err
		}
		return tx.publish(removal.Events)
	})
}

// overwriteRemoved has SQLite overwrite what this connection removes.
func (s *session) overwriteRemoved() error {
	if s.db.postgres {
		return nil
	}
	_, err := s.exec("overwrite what is removed", `PRAGMA secure_delete = ON`)
	return err
}

// Holds implements cris.RetentionStore. Its error is that of the context or of the database.
func (r *Retention) Holds(ctx context.Context) ([]cris.Hold, error) { return holdsOf(r.db.on(ctx)) }

// UpdateHold implements cris.RetentionStore. It returns the error of decide as it is, one that
// matches cris.ErrConflict if the ID of an event is taken or the database gave up, and otherwise
// that of the clock, of the context or of the database. Text that is not UTF-8 or has a NUL in it
// is refused.
func (r *Retention) UpdateHold(ctx context.Context, id string, decide func(prior cris.Hold) (cris.Hold, []cris.Event, error)) error {
	return r.db.update(ctx, retentionScope, func(tx *tx) error {
		row, _, err := holdTable.get(tx, id)
		if err != nil {
			return err
		}
		hold, events, err := decide(row.hold())
		if err != nil {
			return err
		}
		if hold.ID != "" {
			if hold.ID != id {
				return errors.New("sqlstore: the hold has another ID")
			}
			if err := holdTable.upsert(tx, holdRow(hold)); err != nil {
				return err
			}
		}
		return tx.publish(events)
	})
}

// holdRow is a row of retention_holds: a cris.Hold as it is.
type holdRow struct {
	ID       string    `db:"id,key"`
	Class    cris.Code `db:"class"`
	Record   string    `db:"record"`
	Why      string    `db:"why"`
	By       string    `db:"by_staff"`
	Since    time.Time `db:"since"`
	Lifted   time.Time `db:"lifted"`
	LiftedBy string    `db:"lifted_by"`
}

var holdTable = newTable[holdRow]("cris_retention_holds")

func (r holdRow) hold() cris.Hold { return cris.Hold(r) }

func holdsOf(s *session) ([]cris.Hold, error) {
	rows, err := holdTable.find(s, `ORDER BY id`)
	if err != nil {
		return nil, err
	}
	holds := make([]cris.Hold, len(rows))
	for i, row := range rows {
		holds[i] = row.hold()
	}
	return holds, nil
}
