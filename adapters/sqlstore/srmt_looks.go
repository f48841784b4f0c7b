package sqlstore

import (
	"context"
	"iter"
	"strings"
	"time"

	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/srmt"
)

// Looks is the port to the record of who was shown which service request: an srmt.Looks.
type Looks struct{ db *DB }

// Looks returns the port to the record of who was shown which service request.
func (db *DB) Looks() *Looks { return &Looks{db} }

// lookRow is a row of srmt_looks.
type lookRow struct {
	ID        string       `db:"id,key"`
	At        time.Time    `db:"at" retention:"starts"`
	By        srmt.StaffID `db:"by_staff"`
	RequestID string       `db:"request_id"`
	Opened    srmt.Opened  `db:"opened"`
}

var lookTable = newTable[lookRow]("cris_srmt_looks")

// Record implements srmt.Looks: it puts a look on record. It returns an error that matches
// cris.ErrConflict if there is one with that ID, or if the database gave up, and otherwise that of
// the context or of the database. Text that is not UTF-8 or has a NUL in it is refused.
func (s *Looks) Record(ctx context.Context, look srmt.Look) error {
	return lookTable.insert(s.db.on(ctx), lookRow(look))
}

// List implements srmt.Looks: it yields the looks that match the query, in the order of their
// Key, a few hundred at a time, and holds neither a connection nor a lock while it yields. Each
// batch is a range of one index. Its error is that of the context or of the database.
func (s *Looks) List(ctx context.Context, query srmt.LookQuery) iter.Seq2[srmt.Look, error] {
	return paged(ctx, query.Page,
		func(after srmt.LookKey, limit int) ([]lookRow, error) {
			if !text.IsStorable(query.RequestID) || !text.IsStorable(string(query.By)) {
				return nil, ctx.Err() // there are none
			}
			var where conditions
			index := "cris_srmt_looks_by_time"
			if query.By != "" {
				where.and("by_staff = ?", query.By)
				index = "cris_srmt_looks_by_staff"
			}
			if query.RequestID != "" {
				where.and("request_id = ?", query.RequestID)
				index = "cris_srmt_looks_by_request"
			}
			where.and("(at, id) > (?, ?)", after.At, after.ID)
			return lookTable.find(s.db.on(ctx), s.db.byIndex(index)+"WHERE "+strings.Join(where.sql, " AND ")+" ORDER BY at, id LIMIT ?", append(where.args, limit)...)
		},
		func(row lookRow) (srmt.Look, srmt.LookKey, error) {
			look := srmt.Look(row)
			return look, look.Key(), nil
		})
}
