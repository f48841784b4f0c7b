package srmttest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/internal/text"
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
	memberFunc = func(prior srmt.Staff) (srmt.Staff, error)
	listSeq    = iter.Seq2[srmt.ServiceRequest, error]
)

// flawed is a correct store with one flaw: any of its functions may be set.
type flawed struct {
	srmt.Store
	update      func(ctx context.Context, id string, staff []srmt.StaffID, decide decideFunc) error
	history     func(ctx context.Context, id string) ([]srmt.Step, error)
	list        func(ctx context.Context, query srmt.Query) listSeq
	staff       func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error)
	updateStaff func(ctx context.Context, id srmt.StaffID, decide memberFunc) error
}

func (f flawed) Update(ctx context.Context, id string, staff []srmt.StaffID, decide func(srmt.Prior) (srmt.Change, error)) error {
	if f.update == nil {
		return f.Store.Update(ctx, id, staff, decide)
	}
	return f.update(ctx, id, staff, decide)
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

func (f flawed) UpdateStaff(ctx context.Context, id srmt.StaffID, decide func(srmt.Staff) (srmt.Staff, error)) error {
	if f.updateStaff == nil {
		return f.Store.UpdateStaff(ctx, id, decide)
	}
	return f.updateStaff(ctx, id, decide)
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

// onSave lets a store spoil what decide returned before it is saved.
func onSave(spoil func(prior srmt.Prior, change *srmt.Change)) func(srmt.Store) flawed {
	return func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, id string, staff []srmt.StaffID, decide decideFunc) error {
			return good.Update(ctx, id, staff, func(prior srmt.Prior) (srmt.Change, error) {
				change, err := decide(prior)
				change.Append = slices.Clone(change.Append)
				spoil(prior, &change)
				return change, err
			})
		}}
	}
}

// onStep lets a store spoil every step that it saves.
func onStep(spoil func(step *srmt.Step)) func(srmt.Store) flawed {
	return onSave(func(_ srmt.Prior, change *srmt.Change) {
		for i := range change.Append {
			spoil(&change.Append[i])
		}
	})
}

// onPrior lets a store spoil what it gives decide.
func onPrior(spoil func(good srmt.Store, prior *srmt.Prior)) func(srmt.Store) flawed {
	return func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, id string, staff []srmt.StaffID, decide decideFunc) error {
			return good.Update(ctx, id, staff, func(prior srmt.Prior) (srmt.Change, error) {
				spoil(good, &prior)
				return decide(prior)
			})
		}}
	}
}

// withText lets a store alter the text of messages.
func withText(alter func(string) string) func(srmt.Store) flawed {
	return onStep(func(step *srmt.Step) {
		if !step.Message.Text.IsZero() {
			step.Message.Text = cris.NewPersonal(alter(step.Message.Text.Reveal()))
		}
	})
}

func (z *zoo) addUpdates() {
	z.add("Update/OneAfterAnother", "reads, decides and writes in steps", func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, id string, staff []srmt.StaffID, decide decideFunc) error {
			var seen srmt.Prior
			if err := good.Update(ctx, id, staff, func(prior srmt.Prior) (srmt.Change, error) {
				seen = prior
				return srmt.Change{}, nil
			}); err != nil {
				return err
			}
			change, err := decide(seen)
			if err != nil {
				return err
			}
			return good.Update(ctx, id, staff, func(now srmt.Prior) (srmt.Change, error) { // "the last one wins"
				if now.Request.Version > 0 {
					change.Append = []srmt.Step{stepAfter(now.Request.Version, id)}
				}
				return srmt.Change{Append: change.Append}, nil
			})
		}}
	})
	eventsAfterwards := func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, id string, staff []srmt.StaffID, decide decideFunc) error {
			var events []cris.Event
			if err := good.Update(ctx, id, staff, func(prior srmt.Prior) (srmt.Change, error) {
				change, err := decide(prior)
				events, change.Events = change.Events, nil
				return change, err
			}); err != nil {
				return err
			}
			time.Sleep(time.Millisecond)
			return good.Update(ctx, id, nil, func(srmt.Prior) (srmt.Change, error) { return srmt.Change{Events: events}, nil })
		}}
	}
	z.add("Update/OneCommit", "saves the events in a second transaction after the commit", eventsAfterwards)
	z.add("Update/CutAnywhere", "saves the events in a second transaction after the commit", eventsAfterwards)
	z.add("Update/EveryEntry", "drops the second step of one change", onSave(func(_ srmt.Prior, change *srmt.Change) {
		if len(change.Append) > 1 {
			change.Append = change.Append[:1]
		}
	}))
	z.add("Update/Sum", "gives the state of a moment ago", func(good srmt.Store) flawed {
		before := map[string]srmt.ServiceRequest{}
		return onPrior(func(_ srmt.Store, prior *srmt.Prior) {
			id := prior.Request.ID
			prior.Request, before[id] = before[id], prior.Request
		})(good)
	})
	z.add("Update/Sum", "forgets who held a request that was closed", onPrior(func(_ srmt.Store, prior *srmt.Prior) {
		if prior.Request.Status == srmt.Closed {
			prior.Request.Officer = ""
		}
	}))
	z.add("Update/DoesNotAddUp", "believes every step", believing)
	z.add("Update/DoesNotAddUp", "drops steps that do not add up", onSave(func(prior srmt.Prior, change *srmt.Change) {
		if _, err := srmt.Extend(prior.Request.ID, prior.Request, *change); err != nil {
			*change = srmt.Change{}
		}
	}))
	z.add("Update/DoesNotAddUp", "saves those that do", onSave(func(prior srmt.Prior, change *srmt.Change) {
		for n := range change.Append {
			if _, err := srmt.Extend(prior.Request.ID, prior.Request, srmt.Change{Append: change.Append[:n+1]}); err != nil {
				change.Append = change.Append[:max(n, 1)]
				return
			}
		}
	}))
	z.add("Update/OtherRequest", "does not look whose step it is", func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, _ string, staff []srmt.StaffID, decide decideFunc) error {
			change, err := decide(srmt.Prior{})
			if err != nil {
				return err
			}
			return good.Update(ctx, change.Append[0].Origin.RequestID, staff, func(srmt.Prior) (srmt.Change, error) { return change, nil })
		}}
	})
	z.add("Update/Staff", "gives the staff by ID", onPrior(func(_ srmt.Store, prior *srmt.Prior) {
		slices.SortFunc(prior.Staff, func(a, b srmt.Staff) int { return cmp.Compare(a.ID, b.ID) })
	}))
	z.add("Update/Staff", "leaves out who is not on file", onPrior(func(_ srmt.Store, prior *srmt.Prior) {
		prior.Staff = slices.DeleteFunc(prior.Staff, func(member srmt.Staff) bool { return member.ID == "" })
	}))
	z.add("Update/Staff", "compares IDs without regard to case", func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, id string, staff []srmt.StaffID, decide decideFunc) error {
			lower := make([]srmt.StaffID, len(staff))
			for i, id := range staff {
				lower[i] = srmt.StaffID(strings.ToLower(string(id)))
			}
			return good.Update(ctx, id, lower, decide)
		}}
	})
	z.add("Update/StaffStays", "reads the staff before it takes the lock", func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, id string, staff []srmt.StaffID, decide decideFunc) error {
			before := make([]srmt.Staff, len(staff))
			for i, id := range staff {
				before[i], _ = good.Staff(ctx, id)
			}
			change, err := decide(srmt.Prior{Staff: before})
			if err != nil {
				return err
			}
			return good.Update(ctx, id, nil, func(prior srmt.Prior) (srmt.Change, error) {
				if prior.Request.Version > 0 {
					return decide(srmt.Prior{Request: prior.Request, Staff: before})
				}
				return change, nil
			})
		}}
	})
}

// believing appends whatever it is given.
func believing(srmt.Store) flawed {
	var mu sync.Mutex
	histories := map[string][]srmt.Step{}
	return flawed{
		update: func(_ context.Context, id string, _ []srmt.StaffID, decide decideFunc) error {
			mu.Lock()
			defer mu.Unlock()
			change, err := decide(srmt.Prior{Request: srmt.ServiceRequest{Version: len(histories[id])}})
			if err != nil {
				return err
			}
			histories[id] = slices.Concat(histories[id], change.Append)
			return nil
		},
		history: func(_ context.Context, id string) ([]srmt.Step, error) {
			mu.Lock()
			defer mu.Unlock()
			return slices.Clone(histories[id]), nil
		},
	}
}

// onHistory lets a store spoil the histories that it returns.
func onHistory(spoil func(steps []srmt.Step)) func(srmt.Store) flawed {
	return func(good srmt.Store) flawed {
		return flawed{history: func(ctx context.Context, id string) ([]srmt.Step, error) {
			history, err := good.History(ctx, id)
			spoil(history)
			return history, err
		}}
	}
}

func (z *zoo) addHistories() {
	z.add("History/Fresh", "keeps whole seconds", onStep(func(step *srmt.Step) { step.At = step.At.Truncate(time.Second) }))
	z.add("History/Fresh", "keeps the times of another zone", onStep(func(step *srmt.Step) { step.At = step.At.In(cris.AgencyZone()) }))
	z.add("History/Fresh", "forgets the reason", onHistory(func(steps []srmt.Step) {
		for i := range steps {
			steps[i].Why = ""
		}
	}))
	z.add("History/Fresh", "stores what a personal value prints as", onStep(func(step *srmt.Step) {
		if !step.Message.Text.IsZero() {
			step.Message.Text = cris.NewPersonal(step.Message.Text.String())
		}
	}))
	z.add("History/Fresh", "reads what it has read before, also after a response", func(good srmt.Store) flawed {
		var mu sync.Mutex
		cache := map[string][]srmt.Step{}
		return flawed{history: func(ctx context.Context, id string) ([]srmt.Step, error) {
			mu.Lock()
			defer mu.Unlock()
			if cache[id] != nil {
				return slices.Clone(cache[id]), ctx.Err()
			}
			history, err := good.History(ctx, id)
			cache[id] = slices.Clone(history)
			return history, err
		}}
	})
	z.add("History/Unknown", "gives an empty history", func(good srmt.Store) flawed {
		return flawed{history: func(ctx context.Context, id string) ([]srmt.Step, error) {
			history, err := good.History(ctx, id)
			if errors.Is(err, srmt.ErrNotFound) {
				return nil, nil
			}
			return history, err
		}}
	})
	z.add("History/Cancelled", "takes no notice of the context", func(good srmt.Store) flawed {
		return flawed{history: func(ctx context.Context, id string) ([]srmt.Step, error) {
			return good.History(context.WithoutCancel(ctx), id)
		}}
	})
	z.add("History/Own", "keeps the slice that decide returned, and hands it out", aliasing)
	z.add("History/Exact", "trims messages", withText(strings.TrimSpace))
	z.add("History/Exact", "trims officers", onStep(func(step *srmt.Step) {
		step.Officer = srmt.StaffID(strings.TrimSpace(string(step.Officer)))
	}))
	z.add("History/Exact", "ends every line alike", withText(func(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }))
	z.add("History/Refused", "replaces what is not UTF-8", withText(func(text string) string { return strings.ToValidUTF8(text, "\ufffd") }))
	z.add("History/Refused", "ends a message at a NUL", withText(func(text string) string {
		before, _, _ := strings.Cut(text, "\x00")
		return cmp.Or(before, " ")
	}))
	z.add("History/Refused", "repeats in an error what the customer wrote", func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, id string, staff []srmt.StaffID, decide decideFunc) error {
			return good.Update(ctx, id, staff, func(prior srmt.Prior) (srmt.Change, error) {
				change, err := decide(prior)
				for _, step := range change.Append {
					if text := step.Message.Text.Reveal(); strings.ContainsRune(text, 0) {
						return srmt.Change{}, fmt.Errorf("invalid byte sequence in %q", text)
					}
				}
				return change, err
			})
		}}
	})
	z.add("History/Refused", "repeats in an error what stands beside the text", func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, id string, staff []srmt.StaffID, decide decideFunc) error {
			return good.Update(ctx, id, staff, func(prior srmt.Prior) (srmt.Change, error) {
				change, err := decide(prior)
				for i, step := range change.Append {
					if i > 0 && !text.IsStorable(string(step.Officer)) {
						return srmt.Change{}, fmt.Errorf("invalid byte sequence beside %q", change.Append[i+1].Message.Text.Reveal())
					}
				}
				return change, err
			})
		}}
	})
	z.add("History/Refused", "drops NULs of officers", onStep(func(step *srmt.Step) {
		step.Officer = srmt.StaffID(strings.ReplaceAll(string(step.Officer), "\x00", ""))
	}))
	z.add("History/Letters", "folds the letters of identifiers", func(good srmt.Store) flawed {
		return flawed{
			update: func(ctx context.Context, id string, staff []srmt.StaffID, decide decideFunc) error {
				return good.Update(ctx, strings.ToLower(id), staff, func(prior srmt.Prior) (srmt.Change, error) {
					change, err := decide(prior)
					change.Append = slices.Clone(change.Append)
					for i := range change.Append {
						change.Append[i].Origin.RequestID = strings.ToLower(change.Append[i].Origin.RequestID)
					}
					return change, err
				})
			},
			history: func(ctx context.Context, id string) ([]srmt.Step, error) {
				return good.History(ctx, strings.ToLower(id))
			},
		}
	})
}

// aliasing keeps histories in a map and hands its own slices out and in.
func aliasing(srmt.Store) flawed {
	var mu sync.Mutex
	histories := map[string][]srmt.Step{}
	return flawed{
		update: func(_ context.Context, id string, _ []srmt.StaffID, decide decideFunc) error {
			mu.Lock()
			defer mu.Unlock()
			var prior srmt.Prior
			prior.Request, _ = srmt.Replay(histories[id])
			change, err := decide(prior)
			if err != nil {
				return err
			}
			if histories[id] == nil {
				histories[id] = change.Append
				return nil
			}
			histories[id] = append(histories[id], change.Append...)
			return nil
		},
		history: func(_ context.Context, id string) ([]srmt.Step, error) {
			mu.Lock()
			defer mu.Unlock()
			if histories[id] == nil {
				return nil, srmt.ErrNotFound
			}
			return histories[id], nil
		},
	}
}

// onQuery lets a store spoil the query before it lists.
func onQuery(spoil func(query *srmt.Query)) func(srmt.Store) flawed {
	return func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			spoil(&query)
			return good.List(ctx, query)
		}}
	}
}

// onListed lets a store spoil the requests that it lists.
func onListed(spoil func(query srmt.Query, all []srmt.ServiceRequest) []srmt.ServiceRequest) func(srmt.Store) flawed {
	return func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			return func(yield func(srmt.ServiceRequest, error) bool) {
				all, err := list(ctx, good, query)
				if err != nil {
					yield(srmt.ServiceRequest{}, err)
					return
				}
				for _, request := range spoil(query, all) {
					if err := ctx.Err(); err != nil {
						yield(srmt.ServiceRequest{}, err)
						return
					}
					if !yield(request, nil) {
						return
					}
				}
			}
		}}
	}
}

// sorted is a store whose lists are in another order.
func sorted(compare func(a, b srmt.ServiceRequest) int) func(srmt.Store) flawed {
	return onListed(func(_ srmt.Query, all []srmt.ServiceRequest) []srmt.ServiceRequest {
		slices.SortFunc(all, compare)
		return all
	})
}

func (z *zoo) addLists() {
	z.add("List/Sum", "forgets who held a request that was closed", onListed(func(_ srmt.Query, all []srmt.ServiceRequest) []srmt.ServiceRequest {
		for i := range all {
			if all[i].Status == srmt.Closed {
				all[i].Officer = ""
			}
		}
		return all
	}))
	z.add("List/Restricts", "ignores the office", onQuery(func(q *srmt.Query) { q.Office = "" }))
	z.add("List/Restricts", "ignores the status", onQuery(func(q *srmt.Query) { q.Status = "" }))
	z.add("List/Restricts", "ignores the officer", onQuery(func(q *srmt.Query) { q.Officer = "" }))
	z.add("List/Restricts", "calls a request overdue on the day it is due", onQuery(func(q *srmt.Query) {
		if !q.OverdueOn.IsZero() {
			q.OverdueOn = q.OverdueOn.AddDays(1)
		}
	}))
	z.add("List/Restricts", "calls closed requests overdue", func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			overdueOn := query.OverdueOn
			query.OverdueOn = cris.Date{}
			return func(yield func(srmt.ServiceRequest, error) bool) {
				for request, err := range good.List(ctx, query) {
					if (overdueOn.IsZero() || err != nil || request.Due.Before(overdueOn)) && !yield(request, err) {
						return
					}
				}
			}
		}}
	})
	z.add("List/Order", "lists what was filed first, whenever it is due", sorted(func(a, b srmt.ServiceRequest) int {
		return cmp.Or(a.Filed.Compare(b.Filed), strings.Compare(a.ID, b.ID))
	}))
	z.add("List/Order", "does not look when what is due on one day was filed", sorted(func(a, b srmt.ServiceRequest) int {
		return cmp.Or(a.Due.Compare(b.Due), strings.Compare(a.ID, b.ID))
	}))
	z.add("List/Order", "orders IDs as a dictionary does", sorted(func(a, b srmt.ServiceRequest) int {
		return cmp.Or(a.Due.Compare(b.Due), a.Filed.Compare(b.Filed), strings.Compare(strings.ToLower(a.ID), strings.ToLower(b.ID)))
	}))
	z.add("List/Pages", "goes on after the day", onQuery(func(q *srmt.Query) {
		if q.Page.After.ID != "" {
			q.Page.After.ID = "~"
		}
	}))
	z.add("List/Limit", "ignores the limit", onQuery(func(q *srmt.Query) { q.Page.Limit = 0 }))
	z.add("List/All", "gives the first batch that it reads and no more", onQuery(func(q *srmt.Query) {
		if q.Page.Limit <= 0 {
			q.Page.Limit = 500
		}
	}))
	z.add("List/After", "looks for the request that it goes on after", func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			return func(yield func(srmt.ServiceRequest, error) bool) {
				found := query.Page.After == srmt.Key{}
				after := query.Page.After
				query.Page.After = srmt.Key{}
				for request, err := range good.List(ctx, query) {
					if found && !yield(request, err) {
						return
					}
					found = found || request.Key() == after
				}
			}
		}}
	})
	z.add("List/Anew", "goes on where the range before ended", func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			return func(yield func(srmt.ServiceRequest, error) bool) {
				for request, err := range good.List(ctx, query) {
					query.Page.After = request.Key()
					if !yield(request, err) {
						return
					}
				}
			}
		}}
	})
	z.add("List/WhileItYields", "has one connection, and keeps it while it yields", func(good srmt.Store) flawed {
		var connection sync.Mutex
		connected := func(step func() error) error {
			if !connection.TryLock() {
				return srmt.ErrConflict
			}
			defer connection.Unlock()
			return step()
		}
		return flawed{
			update: func(ctx context.Context, id string, staff []srmt.StaffID, decide decideFunc) error {
				return connected(func() error { return good.Update(ctx, id, staff, decide) })
			},
			list: func(ctx context.Context, query srmt.Query) listSeq {
				return func(yield func(srmt.ServiceRequest, error) bool) {
					_ = connected(func() error { good.List(ctx, query)(yield); return nil })
				}
			},
		}
	})
	z.add("List/Cancelled", "ends without a word", func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			if ctx.Err() != nil {
				return func(func(srmt.ServiceRequest, error) bool) {}
			}
			return good.List(ctx, query)
		}}
	})
	z.add("List/CancelledLater", "looks at the context before the first page alone", func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			if ctx.Err() != nil {
				return good.List(ctx, query)
			}
			return good.List(context.WithoutCancel(ctx), query)
		}}
	})
	z.add("List/Assigned/Limit", "applies the limit before it looks at the officer", func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			officer := query.Officer
			query.Officer = ""
			return func(yield func(srmt.ServiceRequest, error) bool) {
				for request, err := range good.List(ctx, query) {
					if (officer == "" || err != nil || request.Officer == officer) && !yield(request, err) {
						return
					}
				}
			}
		}}
	})
	z.add("List/Assigned/All", "compares officers without regard to case", func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			wanted := query
			wanted.Officer, wanted.Page.Limit = "", 0
			return func(yield func(srmt.ServiceRequest, error) bool) {
				for request, err := range good.List(ctx, wanted) {
					if (err != nil || query.Officer == "" || strings.EqualFold(string(request.Officer), string(query.Officer))) && !yield(request, err) {
						return
					}
				}
			}
		}}
	})
	z.add("List/Overdue/Limit", "applies the limit before it looks at the due date", func(good srmt.Store) flawed {
		return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
			overdueOn := query.OverdueOn
			query.OverdueOn = cris.Date{}
			return func(yield func(srmt.ServiceRequest, error) bool) {
				for request, err := range good.List(ctx, query) {
					if (err != nil || overdueOn.IsZero() || request.Overdue(overdueOn)) && !yield(request, err) {
						return
					}
				}
			}
		}}
	})
}

func (z *zoo) addStaff() {
	z.add("Staff/Fresh", "makes everyone an officer", func(good srmt.Store) flawed {
		return flawed{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
			found, err := good.Staff(ctx, id)
			found.Role = srmt.IIO
			return found, err
		}}
	})
	z.add("Staff/Fresh", "keeps the first entry", func(good srmt.Store) flawed {
		return flawed{updateStaff: func(ctx context.Context, id srmt.StaffID, decide memberFunc) error {
			return good.UpdateStaff(ctx, id, func(prior srmt.Staff) (srmt.Staff, error) {
				if prior.ID != "" {
					return prior, nil
				}
				return decide(prior)
			})
		}}
	})
	z.add("Staff/Fresh", "gives decide a member as it was entered first", func(good srmt.Store) flawed {
		var mu sync.Mutex
		first := map[srmt.StaffID]srmt.Staff{}
		return flawed{updateStaff: func(ctx context.Context, id srmt.StaffID, decide memberFunc) error {
			return good.UpdateStaff(ctx, id, func(prior srmt.Staff) (srmt.Staff, error) {
				mu.Lock()
				defer mu.Unlock()
				if _, known := first[id]; !known && prior.ID != "" {
					first[id] = prior
				}
				member, err := decide(first[id])
				if err == nil && member == first[id] {
					member = prior // nothing was changed
				}
				return member, err
			})
		}}
	})
	z.add("Staff/Refused", "drops NULs of offices", func(good srmt.Store) flawed {
		return flawed{updateStaff: func(ctx context.Context, id srmt.StaffID, decide memberFunc) error {
			return good.UpdateStaff(ctx, id, func(prior srmt.Staff) (srmt.Staff, error) {
				member, err := decide(prior)
				member.Office = casestatus.OfficeCode(strings.ReplaceAll(string(member.Office), "\x00", ""))
				return member, err
			})
		}}
	})
	z.add("Staff/Unknown", "gives the zero Staff", func(good srmt.Store) flawed {
		return flawed{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
			found, err := good.Staff(ctx, id)
			if errors.Is(err, srmt.ErrNotFound) {
				return srmt.Staff{}, nil
			}
			return found, err
		}}
	})
	z.add("Staff/Letters", "folds the letters of identifiers", func(good srmt.Store) flawed {
		return flawed{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
			return good.Staff(ctx, srmt.StaffID(strings.ToLower(string(id))))
		}}
	})
	z.add("Staff/Cancelled", "takes no notice of the context", func(good srmt.Store) flawed {
		return flawed{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
			return good.Staff(context.WithoutCancel(ctx), id)
		}}
	})
	z.add("Staff/Exact", "writes offices in capitals", func(good srmt.Store) flawed {
		return flawed{updateStaff: func(ctx context.Context, id srmt.StaffID, decide memberFunc) error {
			return good.UpdateStaff(ctx, id, func(prior srmt.Staff) (srmt.Staff, error) {
				member, err := decide(prior)
				member.Office = casestatus.OfficeCode(strings.ToUpper(string(member.Office)))
				return member, err
			})
		}}
	})
	z.add("Staff/Update/OneAfterAnother", "is overwritten by the last who writes", func(good srmt.Store) flawed {
		return flawed{updateStaff: func(ctx context.Context, id srmt.StaffID, decide memberFunc) error {
			prior, err := good.Staff(ctx, id)
			if err != nil && !errors.Is(err, srmt.ErrNotFound) {
				return err
			}
			member, err := decide(prior)
			if err != nil {
				return err
			}
			return good.UpdateStaff(ctx, id, func(srmt.Staff) (srmt.Staff, error) { return member, nil })
		}}
	})
	z.add("Staff/OtherID", "files a member under the ID that it says", func(good srmt.Store) flawed {
		return flawed{updateStaff: func(ctx context.Context, _ srmt.StaffID, decide memberFunc) error {
			member, err := decide(srmt.Staff{})
			if err != nil {
				return err
			}
			return good.UpdateStaff(ctx, member.ID, func(srmt.Staff) (srmt.Staff, error) { return member, nil })
		}}
	})
	z.add("Staff/Left", "forgets who has no role", func(good srmt.Store) flawed {
		return flawed{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
			found, err := good.Staff(ctx, id)
			if err == nil && found.Role == "" {
				return srmt.Staff{}, srmt.ErrNotFound
			}
			return found, err
		}}
	})
}
