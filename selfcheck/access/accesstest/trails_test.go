package accesstest

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
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
)

func TestTrailsKit_AcceptsMemory(t *testing.T) {
	TestTrails(t, func(*testing.T) access.Trails { return memory.New().Trails() })
}

// flawed is a correct store with flaws: any of its functions may be set.
type flawed struct {
	access.Trails
	record func(ctx context.Context, step access.Step) error
	list   func(ctx context.Context, handle selfcheck.Handle, page access.Page) iter.Seq2[access.Step, error]
}

func (f flawed) Record(ctx context.Context, step access.Step) error {
	if f.record == nil {
		return f.Trails.Record(ctx, step)
	}
	return f.record(ctx, step)
}

func (f flawed) List(ctx context.Context, handle selfcheck.Handle, page access.Page) iter.Seq2[access.Step, error] {
	if f.list == nil {
		return f.Trails.List(ctx, handle, page)
	}
	return f.list(ctx, handle, page)
}

// onRecord lets a store spoil the steps that it is given.
func onRecord(spoil func(step *access.Step)) func(access.Trails) flawed {
	return func(good access.Trails) flawed {
		return flawed{record: func(ctx context.Context, step access.Step) error {
			spoil(&step)
			return good.Record(ctx, step)
		}}
	}
}

// onPage lets a store spoil the page before it lists.
func onPage(spoil func(p *access.Page)) func(access.Trails) flawed {
	return func(good access.Trails) flawed {
		return flawed{list: func(ctx context.Context, handle selfcheck.Handle, page access.Page) iter.Seq2[access.Step, error] {
			spoil(&page)
			return good.List(ctx, handle, page)
		}}
	}
}

// ordered lets a store list in another order.
func ordered(compare func(a, b access.Step) int) func(access.Trails) flawed {
	return func(good access.Trails) flawed {
		return flawed{list: func(ctx context.Context, handle selfcheck.Handle, page access.Page) iter.Seq2[access.Step, error] {
			return func(yield func(access.Step, error) bool) {
				all, err := steps(ctx, good, handle, page)
				if err != nil {
					yield(access.Step{}, err)
					return
				}
				slices.SortStableFunc(all, compare)
				for _, step := range all {
					if !yield(step, nil) {
						return
					}
				}
			}
		}}
	}
}

func TestTrailsKit_RefusesBrokenStores(t *testing.T) {
	var zoo []contract.Broken[access.Trails]
	add := func(clause, flaw string, spoil func(good access.Trails) flawed) {
		zoo = append(zoo, contract.Broken[access.Trails]{Clause: clause, Flaw: flaw, New: func(*testing.T) access.Trails {
			good := memory.New().Trails()
			spoiled := spoil(good)
			spoiled.Trails = good
			return spoiled
		}})
	}
	add("Record/Fresh", "forgets the finding", onRecord(func(step *access.Step) { step.Finding = "" }))
	add("Record/Exact", "trims officials", onRecord(func(step *access.Step) { step.By = strings.TrimSpace(step.By) }))
	add("Record/Refused", "drops NULs", onRecord(func(step *access.Step) { step.By = strings.ReplaceAll(step.By, "\x00", "") }))
	add("Record/Own", "clears what it was given", func(good access.Trails) flawed {
		return flawed{record: func(ctx context.Context, step access.Step) error {
			err := good.Record(ctx, step)
			clear(step.Classes)
			return err
		}}
	})
	add("Record/Again", "refuses every ID that it knows", func(good access.Trails) flawed {
		return flawed{record: func(ctx context.Context, step access.Step) error {
			if known, _ := steps(ctx, good, step.Handle, access.Page{}); slices.ContainsFunc(known, step.Equal) {
				return access.ErrConflict
			}
			return good.Record(ctx, step)
		}}
	})
	add("Record/Taken", "takes another step for the same", func(good access.Trails) flawed {
		return flawed{record: func(ctx context.Context, step access.Step) error {
			if err := good.Record(ctx, step); !errors.Is(err, access.ErrConflict) {
				return err
			}
			return nil
		}}
	})
	add("Steps/All", "ignores case in handles", func(good access.Trails) flawed {
		return flawed{record: func(ctx context.Context, step access.Step) error {
			step.Handle = selfcheck.Handle(strings.ToLower(string(step.Handle)))
			return good.Record(ctx, step)
		}}
	})
	add("Steps/Limit", "ignores the limit", onPage(func(p *access.Page) { p.Limit = 0 }))
	add("Steps/Order", "has seconds for instants", onPage(func(p *access.Page) {
		if !p.After.At.IsZero() {
			p.After.ID = "~"
		}
	}))
	add("Steps/Order", "lists by ID", ordered(func(a, b access.Step) int { return cmp.Compare(a.ID, b.ID) }))
	contract.RefusesOwn(t, ownClauses(), sharedClauses(), zoo)
}
