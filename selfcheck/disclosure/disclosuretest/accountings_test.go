package disclosuretest

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

func TestAccountingsKit_AcceptsMemory(t *testing.T) {
	TestAccountings(t, func(*testing.T) disclosure.Accountings { return memory.New().Accountings() })
}

// flawed is a correct store with flaws: any of its functions may be set.
type flawed struct {
	disclosure.Accountings
	record func(ctx context.Context, entry disclosure.Entry) error
	list   func(ctx context.Context, handle selfcheck.Handle, page disclosure.Page) iter.Seq2[disclosure.Entry, error]
	retain func(ctx context.Context, handle selfcheck.Handle, until cris.Date) error
}

func (f flawed) Record(ctx context.Context, entry disclosure.Entry) error {
	if f.record == nil {
		return f.Accountings.Record(ctx, entry)
	}
	return f.record(ctx, entry)
}

func (f flawed) List(ctx context.Context, handle selfcheck.Handle, page disclosure.Page) iter.Seq2[disclosure.Entry, error] {
	if f.list == nil {
		return f.Accountings.List(ctx, handle, page)
	}
	return f.list(ctx, handle, page)
}

func (f flawed) Retain(ctx context.Context, handle selfcheck.Handle, until cris.Date) error {
	if f.retain == nil {
		return f.Accountings.Retain(ctx, handle, until)
	}
	return f.retain(ctx, handle, until)
}

// onRecord lets a store spoil the entries that it is given.
func onRecord(spoil func(e *disclosure.Entry)) func(disclosure.Accountings) flawed {
	return func(good disclosure.Accountings) flawed {
		return flawed{record: func(ctx context.Context, entry disclosure.Entry) error {
			spoil(&entry)
			return good.Record(ctx, entry)
		}}
	}
}

// onPage lets a store spoil the page before it lists.
func onPage(spoil func(p *disclosure.Page)) func(disclosure.Accountings) flawed {
	return func(good disclosure.Accountings) flawed {
		return flawed{list: func(ctx context.Context, handle selfcheck.Handle, page disclosure.Page) iter.Seq2[disclosure.Entry, error] {
			spoil(&page)
			return good.List(ctx, handle, page)
		}}
	}
}

// ordered lets a store list in another order.
func ordered(compare func(a, b disclosure.Entry) int) func(disclosure.Accountings) flawed {
	return func(good disclosure.Accountings) flawed {
		return flawed{list: func(ctx context.Context, handle selfcheck.Handle, page disclosure.Page) iter.Seq2[disclosure.Entry, error] {
			return func(yield func(disclosure.Entry, error) bool) {
				all, err := entries(ctx, good, handle, page)
				if err != nil {
					yield(disclosure.Entry{}, err)
					return
				}
				slices.SortStableFunc(all, compare)
				for _, entry := range all {
					if !yield(entry, nil) {
						return
					}
				}
			}
		}}
	}
}

func TestAccountingsKit_RefusesBrokenStores(t *testing.T) {
	var zoo []contract.Broken[disclosure.Accountings]
	add := func(clause, flaw string, spoil func(good disclosure.Accountings) flawed) {
		zoo = append(zoo, contract.Broken[disclosure.Accountings]{Clause: clause, Flaw: flaw, New: func(*testing.T) disclosure.Accountings {
			db := memory.New()
			good := emptied{db.Accountings(), db}
			spoiled := spoil(good)
			spoiled.Accountings = good
			return spoiled
		}})
	}
	add("Record/Fresh", "forgets the authority", onRecord(func(e *disclosure.Entry) { e.Authority = "" }))
	add("Record/Exact", "trims addresses", onRecord(func(e *disclosure.Entry) { e.Recipient.Address = strings.TrimSpace(e.Recipient.Address) }))
	add("Record/Refused", "drops NULs", onRecord(func(e *disclosure.Entry) { e.By = strings.ReplaceAll(e.By, "\x00", "") }))
	add("Record/Own", "clears what it was given", func(good disclosure.Accountings) flawed {
		return flawed{record: func(ctx context.Context, entry disclosure.Entry) error {
			err := good.Record(ctx, entry)
			clear(entry.Classes)
			return err
		}}
	})
	add("Record/Again", "refuses every ID that it knows", func(good disclosure.Accountings) flawed {
		return flawed{record: func(ctx context.Context, entry disclosure.Entry) error {
			if known, _ := entries(ctx, good, entry.Handle, disclosure.Page{}); slices.ContainsFunc(known, entry.IsSame) {
				return disclosure.ErrConflict
			}
			return good.Record(ctx, entry)
		}}
	})
	add("Record/Again", "takes back what was retained", func(good disclosure.Accountings) flawed {
		known := map[string]bool{}
		return flawed{record: func(ctx context.Context, entry disclosure.Entry) error {
			if known[entry.ID] {
				_ = wipe(ctx, good)
			}
			known[entry.ID] = true
			return good.Record(ctx, entry)
		}}
	})
	add("Record/Taken", "takes another entry for the same", func(good disclosure.Accountings) flawed {
		return flawed{record: func(ctx context.Context, entry disclosure.Entry) error {
			if err := good.Record(ctx, entry); !errors.Is(err, disclosure.ErrConflict) {
				return err
			}
			return nil
		}}
	})
	add("Entries/All", "ignores case in handles", func(good disclosure.Accountings) flawed {
		return flawed{record: func(ctx context.Context, entry disclosure.Entry) error {
			entry.Handle = selfcheck.Handle(strings.ToLower(string(entry.Handle)))
			return good.Record(ctx, entry)
		}}
	})
	add("Entries/Limit", "ignores the limit", onPage(func(p *disclosure.Page) { p.Limit = 0 }))
	add("Entries/Order", "has seconds for instants", onPage(func(p *disclosure.Page) {
		if !p.After.At.IsZero() {
			p.After.ID = "~"
		}
	}))
	add("Entries/Order", "lists by ID", ordered(func(a, b disclosure.Entry) int { return cmp.Compare(a.ID, b.ID) }))
	add("Retain/Longer", "retains nothing", func(disclosure.Accountings) flawed {
		return flawed{retain: func(ctx context.Context, _ selfcheck.Handle, _ cris.Date) error { return ctx.Err() }}
	})
	add("Retain/Longer", "retains the first entry alone", func(good disclosure.Accountings) flawed {
		return flawed{retain: func(ctx context.Context, handle selfcheck.Handle, until cris.Date) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			all, err := entries(ctx, good, handle, disclosure.Page{})
			if err != nil || len(all) == 0 {
				return err
			}
			return replace(ctx, good, all[0], until)
		}}
	})
	add("Retain/NotShorter", "takes the last word", func(good disclosure.Accountings) flawed {
		return flawed{retain: func(ctx context.Context, handle selfcheck.Handle, until cris.Date) error {
			all, err := entries(ctx, good, handle, disclosure.Page{})
			for _, entry := range all {
				err = errors.Join(err, replace(ctx, good, entry, until))
			}
			return err
		}}
	})
	add("Retain/Cancelled", "ignores the context", func(good disclosure.Accountings) flawed {
		return flawed{retain: func(ctx context.Context, handle selfcheck.Handle, until cris.Date) error {
			return good.Retain(context.WithoutCancel(ctx), handle, until)
		}}
	})
	contract.RefusesOwn(t, ownClauses(), sharedClauses(), zoo)
}

// emptied is a store that can be emptied.
type emptied struct {
	disclosure.Accountings

	db *memory.DB
}

// wipe removes all entries.
func wipe(ctx context.Context, good disclosure.Accountings) error {
	retention := good.(emptied).db.Retention() //nolint:errcheck // the zoo has no others
	var ids []string
	for record, err := range retention.Records(ctx, disclosure.EntryRecords, cris.Page[string]{}) {
		if err != nil {
			return err
		}
		ids = append(ids, record.ID)
	}
	return retention.Remove(ctx, disclosure.EntryRecords, ids, func([]cris.RetentionRecord, []cris.Hold) (cris.Removal, error) {
		return cris.Removal{IDs: ids}, nil
	})
}

// replace purges the one entry that a clause looks at and records it with another end.
func replace(ctx context.Context, good disclosure.Accountings, entry disclosure.Entry, until cris.Date) error {
	var rest []disclosure.Entry
	for _, handle := range []selfcheck.Handle{"record", "RECORD", "handle-1"} {
		some, err := entries(ctx, good, handle, disclosure.Page{})
		if err != nil {
			return err
		}
		rest = append(rest, some...)
	}
	if err := wipe(ctx, good); err != nil {
		return err
	}
	for _, other := range rest {
		if other.ID == entry.ID {
			other.KeptUntil = until
		}
		if err := good.Record(ctx, other); err != nil {
			return err
		}
	}
	return nil
}
