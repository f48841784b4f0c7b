package srmttest

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/srmt"
)

func TestLooksKit_AcceptsMemory(t *testing.T) {
	TestLooks(t, func(*testing.T) srmt.Looks { return memory.New().Looks() })
}

// flawedLooks is a correct record with one flaw: any of its functions may be set.
type flawedLooks struct {
	srmt.Looks
	record func(ctx context.Context, look srmt.Look) error
	list   func(ctx context.Context, query srmt.LookQuery) iter.Seq2[srmt.Look, error]
}

func (f flawedLooks) Record(ctx context.Context, look srmt.Look) error {
	if f.record == nil {
		return f.Looks.Record(ctx, look)
	}
	return f.record(ctx, look)
}

func (f flawedLooks) List(ctx context.Context, query srmt.LookQuery) iter.Seq2[srmt.Look, error] {
	if f.list == nil {
		return f.Looks.List(ctx, query)
	}
	return f.list(ctx, query)
}

// onLookQuery lets a record spoil the query before it lists.
func onLookQuery(spoil func(query *srmt.LookQuery)) func(srmt.Looks) flawedLooks {
	return func(good srmt.Looks) flawedLooks {
		return flawedLooks{list: func(ctx context.Context, query srmt.LookQuery) iter.Seq2[srmt.Look, error] {
			spoil(&query)
			return good.List(ctx, query)
		}}
	}
}

// onRecord lets a record spoil the looks that it is given.
func onRecord(spoil func(look *srmt.Look)) func(srmt.Looks) flawedLooks {
	return func(good srmt.Looks) flawedLooks {
		return flawedLooks{record: func(ctx context.Context, look srmt.Look) error {
			spoil(&look)
			return good.Record(ctx, look)
		}}
	}
}

func TestLooksKit_RefusesBrokenRecords(t *testing.T) {
	var zoo []contract.Broken[srmt.Looks]
	add := func(clause, flaw string, spoil func(good srmt.Looks) flawedLooks) {
		zoo = append(zoo, contract.Broken[srmt.Looks]{Clause: clause, Flaw: flaw, New: func(*testing.T) srmt.Looks {
			good := memory.New().Looks()
			spoiled := spoil(good)
			spoiled.Looks = good
			return spoiled
		}})
	}
	add("Record/Fresh", "forgets what was opened", onRecord(func(l *srmt.Look) { l.Opened = "" }))
	add("Record/Exact", "writes requests in small letters", onRecord(func(l *srmt.Look) { l.RequestID = strings.ToLower(l.RequestID) }))
	add("Record/Refused", "drops NULs", onRecord(func(l *srmt.Look) { l.By = srmt.StaffID(strings.ReplaceAll(string(l.By), "\x00", "")) }))
	add("Record/Taken", "takes a second look for a retry", func(good srmt.Looks) flawedLooks {
		return flawedLooks{record: func(ctx context.Context, look srmt.Look) error {
			if err := good.Record(ctx, look); !errors.Is(err, srmt.ErrConflict) {
				return err
			}
			return nil
		}}
	})
	add("Looks/Order", "has seconds for instants", onLookQuery(func(q *srmt.LookQuery) {
		if !q.Page.After.At.IsZero() {
			q.Page.After.ID = "~"
		}
	}))
	add("Looks/Order", "lists by ID", func(good srmt.Looks) flawedLooks {
		return flawedLooks{list: func(ctx context.Context, query srmt.LookQuery) iter.Seq2[srmt.Look, error] {
			return func(yield func(srmt.Look, error) bool) {
				all, err := looks(ctx, good, query)
				if err != nil {
					yield(srmt.Look{}, err)
					return
				}
				slices.SortFunc(all, func(a, b srmt.Look) int { return cmp.Compare(a.ID, b.ID) })
				for _, look := range all {
					if !yield(look, nil) {
						return
					}
				}
			}
		}}
	})
	add("Looks/Both", "asks for the request alone where there are both", onLookQuery(func(q *srmt.LookQuery) {
		if q.RequestID != "" {
			q.By = ""
		}
	}))
	add("Looks/AtRequest/All", "ignores the request", onLookQuery(func(q *srmt.LookQuery) { q.RequestID = "" }))
	add("Looks/OfStaff/All", "ignores the member of staff", onLookQuery(func(q *srmt.LookQuery) { q.By = "" }))
	add("Looks/Limit", "ignores the limit", onLookQuery(func(q *srmt.LookQuery) { q.Page.Limit = 0 }))
	contract.RefusesOwn(t, ownLookClauses(), sharedLookClauses(), zoo)
}
