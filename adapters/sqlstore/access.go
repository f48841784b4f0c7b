package sqlstore

import (
	"context"
	"iter"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
)

// Trails is the port to the trails of amendments: an access.Trails.
type Trails struct{ db *DB }

// Trails returns the port to the trails of amendments.
func (db *DB) Trails() *Trails { return &Trails{db} }

// trailRow is a row of selfcheck_trails. It has no column about the individual, and none may be
// added.
type trailRow struct {
	ID        string           `db:"id,key"`
	Handle    selfcheck.Handle `db:"handle"`
	At        time.Time        `db:"at" retention:"starts"`
	By        string           `db:"by_official"`
	Kind      access.StepKind  `db:"kind"`
	Classes   dataClasses      `db:"classes"`
	Finding   access.Finding   `db:"finding"`
	KeptUntil cris.Date        `db:"kept_until"`
}

var trailTable = newTable[trailRow]("cris_selfcheck_trails")

func rowOfTrailStep(s access.Step) trailRow {
	return trailRow{s.ID, s.Handle, s.At, s.By, s.Kind, dataClasses(s.Classes), s.Finding, s.KeptUntil}
}

func (r trailRow) step() access.Step {
	return access.Step{
		ID: r.ID, Handle: r.Handle, At: r.At, By: r.By, Kind: r.Kind, Classes: r.Classes, Finding: r.Finding, KeptUntil: r.KeptUntil,
	}
}

// Record implements access.Trails: it saves a step. The same step again changes nothing. It
// returns an error that matches cris.ErrConflict if another has its ID, or if the database gave
// up, and otherwise that of the context or of the database. Text that is not UTF-8 or has a NUL
// in it is refused.
func (s *Trails) Record(ctx context.Context, step access.Step) error {
	on := s.db.on(ctx)
	inserted, err := trailTable.insertNew(on, rowOfTrailStep(step))
	if err != nil || inserted == 1 {
		return err
	}
	before, found, err := trailTable.get(on, step.ID)
	if err != nil {
		return err
	}
	if !found || !before.step().Equal(step) {
		return taken("record a step of a trail")
	}
	return nil
}

// List implements access.Trails: it yields the steps with the handle, in the order of their
// Key, a few hundred at a time, and holds neither a connection nor a lock while it yields. Its
// error is that of the context or of the database.
func (s *Trails) List(ctx context.Context, handle selfcheck.Handle, page access.Page) iter.Seq2[access.Step, error] {
	return paged(ctx, page,
		func(after access.Key, limit int) ([]trailRow, error) {
			if !text.IsStorable(string(handle)) {
				return nil, ctx.Err() // there are none
			}
			return trailTable.find(s.db.on(ctx), "WHERE handle = ? AND (at, id) > (?, ?) ORDER BY at, id LIMIT ?", handle, after.At, after.ID, limit)
		},
		func(row trailRow) (access.Step, access.Key, error) {
			step := row.step()
			return step, step.Key(), nil
		})
}
