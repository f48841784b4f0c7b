package cristest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/internal/contract"
)

// inMemory is the reference store with e-Request.
func inMemory(*testing.T) Retained {
	db := memory.New()
	return Retained{db.Retention(), db.Outbox(), erequest.ERequestRecords, func(ctx context.Context, id string, started cris.Date, open bool) error {
		var n int
		if _, err := fmt.Sscanf(id, "record-%d", &n); err != nil {
			return err
		}
		request := erequesttest.NewRequest(casestatustest.Receipt(n), n, func(r *erequest.Request) {
			r.ID = id
			if !open {
				r.Answered = started
			}
		})
		return db.ERequests().Update(ctx, request.Receipt, func([]erequest.Entry) (erequest.Change, error) {
			return erequest.Change{File: []erequest.Request{request}}, nil
		})
	}}
}

func TestRetentionKit_AcceptsMemory(t *testing.T) { TestRetention(t, inMemory) }

type (
	decideRemoval = func([]cris.RetentionRecord, []cris.Hold) (cris.Removal, error)
	decideHold    = func(cris.Hold) (cris.Hold, []cris.Event, error)
)

// flawed is a store with other methods in place of those of the good one.
type flawed struct {
	cris.RetentionStore

	classes func() []cris.Code
	records func(ctx context.Context, class cris.Code, page cris.Page[string]) iter.Seq2[cris.RetentionRecord, error]
	remove  func(ctx context.Context, class cris.Code, ids []string, decide decideRemoval) error
	holds   func(ctx context.Context) ([]cris.Hold, error)
	update  func(ctx context.Context, id string, decide decideHold) error
}

func (f flawed) RecordClasses() []cris.Code {
	if f.classes == nil {
		return f.RetentionStore.RecordClasses()
	}
	return f.classes()
}

func (f flawed) Records(ctx context.Context, class cris.Code, page cris.Page[string]) iter.Seq2[cris.RetentionRecord, error] {
	if f.records == nil {
		return f.RetentionStore.Records(ctx, class, page)
	}
	return f.records(ctx, class, page)
}

func (f flawed) Remove(ctx context.Context, class cris.Code, ids []string, decide decideRemoval) error {
	if f.remove == nil {
		return f.RetentionStore.Remove(ctx, class, ids, decide)
	}
	return f.remove(ctx, class, ids, decide)
}

func (f flawed) Holds(ctx context.Context) ([]cris.Hold, error) {
	if f.holds == nil {
		return f.RetentionStore.Holds(ctx)
	}
	return f.holds(ctx)
}

func (f flawed) UpdateHold(ctx context.Context, id string, decide decideHold) error {
	if f.update == nil {
		return f.RetentionStore.UpdateHold(ctx, id, decide)
	}
	return f.update(ctx, id, decide)
}

// onRecords lets a store spoil what it tells of each record; one that is nil is left out.
func onRecords(spoil func(*cris.RetentionRecord) []cris.RetentionRecord) func(good Retained) flawed {
	return func(good Retained) flawed {
		return flawed{records: func(ctx context.Context, class cris.Code, page cris.Page[string]) iter.Seq2[cris.RetentionRecord, error] {
			return func(yield func(cris.RetentionRecord, error) bool) {
				for record, err := range good.Records(ctx, class, page) {
					if err != nil {
						yield(record, err)
						return
					}
					for _, spoiled := range spoil(&record) {
						if !yield(spoiled, nil) {
							return
						}
					}
				}
			}
		}}
	}
}

// onRemove lets a store remove in its own way.
func onRemove(remove func(good Retained, ctx context.Context, class cris.Code, ids []string, decide decideRemoval) error) func(good Retained) flawed {
	return func(good Retained) flawed {
		return flawed{remove: func(ctx context.Context, class cris.Code, ids []string, decide decideRemoval) error {
			return remove(good, ctx, class, ids, decide)
		}}
	}
}

// onUpdate lets a store save holds in its own way.
func onUpdate(update func(good Retained, ctx context.Context, id string, decide decideHold) error) func(good Retained) flawed {
	return func(good Retained) flawed {
		return flawed{update: func(ctx context.Context, id string, decide decideHold) error { return update(good, ctx, id, decide) }}
	}
}

// removal lets a store change what decide returned.
func removal(spoil func(r *cris.Removal, ids []string)) func(good Retained) flawed {
	return onRemove(func(good Retained, ctx context.Context, class cris.Code, ids []string, decide decideRemoval) error {
		return good.Remove(ctx, class, ids, func(records []cris.RetentionRecord, holds []cris.Hold) (cris.Removal, error) {
			r, err := decide(records, holds)
			spoil(&r, ids)
			return r, err
		})
	})
}

// given lets a store change what decide is given.
func given(spoil func(records []cris.RetentionRecord, holds []cris.Hold) ([]cris.RetentionRecord, []cris.Hold)) func(good Retained) flawed {
	return onRemove(func(good Retained, ctx context.Context, class cris.Code, ids []string, decide decideRemoval) error {
		return good.Remove(ctx, class, ids, func(records []cris.RetentionRecord, holds []cris.Hold) (cris.Removal, error) {
			return decide(spoil(records, holds))
		})
	})
}

// spoiledHold lets a store change the holds that it saves.
func spoiledHold(spoil func(h *cris.Hold, events *[]cris.Event)) func(good Retained) flawed {
	return onUpdate(func(good Retained, ctx context.Context, id string, decide decideHold) error {
		return good.UpdateHold(ctx, id, func(prior cris.Hold) (cris.Hold, []cris.Event, error) {
			hold, events, err := decide(prior)
			if err == nil && hold.ID != "" {
				spoil(&hold, &events)
			}
			return hold, events, err
		})
	})
}

func TestRetentionKit_RefusesBrokenStores(t *testing.T) {
	var zoo []contract.Broken[Retained]
	add := func(clause, flaw string, spoil func(good Retained) flawed) {
		zoo = append(zoo, contract.Broken[Retained]{Clause: clause, Flaw: flaw, New: func(t *testing.T) Retained {
			good := inMemory(t)
			spoiled := spoil(good)
			spoiled.RetentionStore = good.RetentionStore
			broken := good
			broken.RetentionStore = spoiled
			return broken
		}})
	}
	one := func(edit func(*cris.RetentionRecord)) func(*cris.RetentionRecord) []cris.RetentionRecord {
		return func(r *cris.RetentionRecord) []cris.RetentionRecord {
			edit(r)
			return []cris.RetentionRecord{*r}
		}
	}
	add("Records/All", "does not list the class", func(Retained) flawed { return flawed{classes: func() []cris.Code { return nil }} })
	add("Records/All", "counts from the day after", onRecords(one(func(r *cris.RetentionRecord) { r.StartedOn = r.StartedOn.AddDays(1) })))
	add("Records/All", "tells of none as open", onRecords(one(func(r *cris.RetentionRecord) { r.Open = false })))
	add("Records/All", "tells of each twice", onRecords(func(r *cris.RetentionRecord) []cris.RetentionRecord { return []cris.RetentionRecord{*r, *r} }))
	add("Records/All", "leaves one out", onRecords(func(r *cris.RetentionRecord) []cris.RetentionRecord {
		if r.ID == id(700) {
			return nil
		}
		return []cris.RetentionRecord{*r}
	}))
	add("Records/Page", "knows no limit", func(good Retained) flawed {
		return flawed{records: func(ctx context.Context, class cris.Code, page cris.Page[string]) iter.Seq2[cris.RetentionRecord, error] {
			page.Limit = 0
			return good.Records(ctx, class, page)
		}}
	})
	add("Records/Page", "begins anew", func(good Retained) flawed {
		return flawed{records: func(ctx context.Context, class cris.Code, page cris.Page[string]) iter.Seq2[cris.RetentionRecord, error] {
			page.After = ""
			return good.Records(ctx, class, page)
		}}
	})
	add("Records/OtherClass", "knows one class", func(good Retained) flawed {
		return flawed{records: func(ctx context.Context, _ cris.Code, page cris.Page[string]) iter.Seq2[cris.RetentionRecord, error] {
			return good.Records(ctx, good.Class, page)
		}}
	})
	add("Records/OtherClass", "removes from one class", onRemove(func(good Retained, ctx context.Context, _ cris.Code, ids []string, decide decideRemoval) error {
		return good.Remove(ctx, good.Class, ids, decide)
	}))
	add("Records/Cancelled", "does not look at the context", func(good Retained) flawed {
		return flawed{records: func(ctx context.Context, class cris.Code, page cris.Page[string]) iter.Seq2[cris.RetentionRecord, error] {
			return good.Records(context.WithoutCancel(ctx), class, page)
		}}
	})
	add("Remove/Exactly", "removes all that it was asked for", removal(func(r *cris.Removal, ids []string) { r.IDs = ids }))
	add("Remove/Exactly", "removes nothing", removal(func(r *cris.Removal, _ []string) { r.IDs = nil }))
	add("Remove/Exactly", "loses the events", removal(func(r *cris.Removal, _ []string) { r.Events = nil }))
	add("Remove/Exactly", "turns the events round", removal(func(r *cris.Removal, _ []string) { slices.Reverse(r.Events) }))
	add("Remove/OnFile", "gives decide a few hundred at most", given(func(records []cris.RetentionRecord, holds []cris.Hold) ([]cris.RetentionRecord, []cris.Hold) {
		return records[:min(len(records), 500)], holds
	}))
	add("Remove/OnFile", "gives decide what it was asked for", onRemove(func(good Retained, ctx context.Context, class cris.Code, ids []string, decide decideRemoval) error {
		return good.Remove(ctx, class, ids, func(_ []cris.RetentionRecord, holds []cris.Hold) (cris.Removal, error) {
			var records []cris.RetentionRecord
			for _, id := range ids {
				records = append(records, cris.RetentionRecord{ID: id})
			}
			return decide(records, holds)
		})
	}))
	add("Remove/OnFile", "fails at an ID that it cannot hold", onRemove(func(good Retained, ctx context.Context, class cris.Code, ids []string, decide decideRemoval) error {
		if slices.ContainsFunc(ids, func(id string) bool { return strings.ContainsRune(id, 0) }) {
			return errors.New("cannot be stored")
		}
		return good.Remove(ctx, class, ids, decide)
	}))
	add("Remove/NotAsked", "removes whatever decide says", onRemove(func(good Retained, ctx context.Context, class cris.Code, ids []string, decide decideRemoval) error {
		var all []string
		for record, err := range good.Records(ctx, class, cris.Page[string]{}) {
			if err != nil {
				return err
			}
			all = append(all, record.ID)
		}
		return good.Remove(ctx, class, all, func(records []cris.RetentionRecord, holds []cris.Hold) (cris.Removal, error) {
			return decide(slices.DeleteFunc(records, func(r cris.RetentionRecord) bool { return !slices.Contains(ids, r.ID) }), holds)
		})
	}))
	add("Remove/Refused", "removes in spite of the error", onRemove(func(good Retained, ctx context.Context, class cris.Code, ids []string, decide decideRemoval) error {
		var refused error
		err := good.Remove(ctx, class, ids, func(records []cris.RetentionRecord, holds []cris.Hold) (r cris.Removal, _ error) {
			r, refused = decide(records, holds)
			return r, nil
		})
		return errors.Join(refused, err)
	}))
	add("Remove/Refused", "has an error of its own", onRemove(func(good Retained, ctx context.Context, class cris.Code, ids []string, decide decideRemoval) error {
		if good.Remove(ctx, class, ids, decide) != nil {
			return errors.New("failed")
		}
		return nil
	}))
	add("Remove/EventTaken", "removes before it publishes", onRemove(func(good Retained, ctx context.Context, class cris.Code, ids []string, decide decideRemoval) error {
		var events []cris.Event
		err := good.Remove(ctx, class, ids, func(records []cris.RetentionRecord, holds []cris.Hold) (cris.Removal, error) {
			r, err := decide(records, holds)
			events, r.Events = r.Events, nil
			return r, err
		})
		return errors.Join(err, good.Remove(ctx, class, nil, func([]cris.RetentionRecord, []cris.Hold) (cris.Removal, error) {
			return cris.Removal{Events: events}, nil
		}))
	}))
	add("Remove/Cancelled", "does not look at the context", onRemove(func(good Retained, ctx context.Context, class cris.Code, ids []string, decide decideRemoval) error {
		return good.Remove(context.WithoutCancel(ctx), class, ids, decide)
	}))
	add("Remove/Holds", "gives decide no holds", given(func(records []cris.RetentionRecord, _ []cris.Hold) ([]cris.RetentionRecord, []cris.Hold) {
		return records, nil
	}))
	add("Remove/Holds", "forgets those that were lifted", given(func(records []cris.RetentionRecord, holds []cris.Hold) ([]cris.RetentionRecord, []cris.Hold) {
		return records, slices.DeleteFunc(holds, func(h cris.Hold) bool { return !h.Lifted.IsZero() })
	}))
	add("Remove/Holds", "gives them in another order", given(func(records []cris.RetentionRecord, holds []cris.Hold) ([]cris.RetentionRecord, []cris.Hold) {
		slices.Reverse(holds)
		return records, holds
	}))
	add("Remove/Alone", "decides before it locks", onRemove(func(good Retained, ctx context.Context, class cris.Code, ids []string, decide decideRemoval) error {
		r, err := decide(nil, nil)
		if err != nil {
			return err
		}
		return good.Remove(ctx, class, ids, func([]cris.RetentionRecord, []cris.Hold) (cris.Removal, error) { return r, nil })
	}))
	add("Holds/Exact", "cuts the time to the second", spoiledHold(func(h *cris.Hold, _ *[]cris.Event) { h.Since = h.Since.Truncate(time.Second) }))
	add("Holds/Exact", "loses who lifted it", spoiledHold(func(h *cris.Hold, _ *[]cris.Event) { h.LiftedBy = "" }))
	add("Holds/Exact", "never changes one", onUpdate(func(good Retained, ctx context.Context, id string, decide decideHold) error {
		return good.UpdateHold(ctx, id, func(prior cris.Hold) (cris.Hold, []cris.Event, error) {
			hold, events, err := decide(prior)
			if prior.ID != "" {
				hold = cris.Hold{}
			}
			return hold, events, err
		})
	}))
	add("Holds/Refused", "saves in spite of the error", onUpdate(func(good Retained, ctx context.Context, id string, decide decideHold) error {
		var refused error
		err := good.UpdateHold(ctx, id, func(prior cris.Hold) (hold cris.Hold, _ []cris.Event, _ error) {
			hold, _, refused = decide(prior)
			return hold, nil, nil
		})
		return errors.Join(refused, err)
	}))
	add("Holds/Refused", "makes up a prior hold", onUpdate(func(good Retained, ctx context.Context, id string, decide decideHold) error {
		return good.UpdateHold(ctx, id, func(prior cris.Hold) (cris.Hold, []cris.Event, error) {
			prior.ID = id
			return decide(prior)
		})
	}))
	add("Holds/Events", "loses the events", spoiledHold(func(_ *cris.Hold, events *[]cris.Event) { *events = nil }))
	add("Holds/Events", "saves before it publishes", onUpdate(func(good Retained, ctx context.Context, id string, decide decideHold) error {
		var events []cris.Event
		err := good.UpdateHold(ctx, id, func(prior cris.Hold) (hold cris.Hold, _ []cris.Event, err error) {
			hold, events, err = decide(prior)
			return hold, nil, err
		})
		return errors.Join(err, good.UpdateHold(ctx, id, func(cris.Hold) (cris.Hold, []cris.Event, error) { return cris.Hold{}, events, nil }))
	}))
	add("Holds/Cancelled", "saves under a canceled context", onUpdate(func(good Retained, ctx context.Context, id string, decide decideHold) error {
		return good.UpdateHold(context.WithoutCancel(ctx), id, decide)
	}))
	add("Holds/Cancelled", "reads under a canceled context", func(good Retained) flawed {
		return flawed{holds: func(ctx context.Context) ([]cris.Hold, error) { return good.Holds(context.WithoutCancel(ctx)) }}
	})
	contract.Refuses(t, clauses(), zoo)
}
