package srmttest

import (
	"context"
	"iter"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/srmt"
)

func TestKit_AcceptsMemory(t *testing.T) {
	TestStore(t, func(*testing.T) (srmt.Store, cris.Outbox) {
		db := memory.New()
		return db.ServiceRequests(), db.Outbox()
	})
}

type (
	decideFunc = func(prior srmt.Prior) (srmt.Change, error)
	listSeq    = iter.Seq2[srmt.ServiceRequest, error]
	staffSeq   = iter.Seq2[srmt.Staff, error]
)

// flawed is a correct store with one flaw: any of its functions may be set.
type flawed struct {
	srmt.Store
	update  func(ctx context.Context, scope srmt.Scope, decide decideFunc) error
	history func(ctx context.Context, id string) ([]srmt.Step, error)
	list    func(ctx context.Context, query srmt.Query) listSeq
	staff   func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error)
	roster  func(ctx context.Context, office casestatus.OfficeCode, page srmt.RosterPage) staffSeq
}

func (f flawed) Update(ctx context.Context, scope srmt.Scope, decide func(srmt.Prior) (srmt.Change, error)) error {
	if f.update == nil {
		return f.Store.Update(ctx, scope, decide)
	}
	return f.update(ctx, scope, decide)
}

func (f flawed) History(ctx context.Context, id string) ([]srmt.Step, error) {
	if f.history == nil {
		return f.Store.History(ctx, id)
	}
	return f.history(ctx, id)
}

func (f flawed) List(ctx context.Context, query srmt.Query) iter.Seq2[srmt.ServiceRequest, error] {
	if f.list == nil {
		return f.Store.List(ctx, query)
	}
	return f.list(ctx, query)
}

func (f flawed) Staff(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
	if f.staff == nil {
		return f.Store.Staff(ctx, id)
	}
	return f.staff(ctx, id)
}

func (f flawed) Roster(ctx context.Context, office casestatus.OfficeCode, page srmt.RosterPage) iter.Seq2[srmt.Staff, error] {
	if f.roster == nil {
		return f.Store.Roster(ctx, office, page)
	}
	return f.roster(ctx, office, page)
}

// zoo collects broken stores.
type zoo []contract.Broken[stores]

func (z *zoo) add(clause, flaw string, spoil func(good srmt.Store) flawed) {
	*z = append(*z, contract.Broken[stores]{Clause: clause, Flaw: flaw, New: func(*testing.T) stores {
		db := memory.New()
		spoiled := spoil(db.ServiceRequests())
		spoiled.Store = db.ServiceRequests()
		return stores{spoiled, db.Outbox()}
	}})
}

func TestKit_RefusesBrokenStores(t *testing.T) {
	var all zoo
	all.addUpdates()
	all.addHistories()
	all.addLists()
	all.addStaff()
	contract.RefusesOwn(t, ownClauses(), sharedClauses(), all)
}
