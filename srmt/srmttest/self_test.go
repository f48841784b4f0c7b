package srmttest

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/srmt"
)

func TestKit_AcceptsMemory(t *testing.T) {
	TestStore(t, func(*testing.T) (srmt.Store, cris.Outbox) {
		db := memory.New()
		return db.ServiceRequests(), db.Outbox()
	})
	TestDirectory(t, func(*testing.T) Directory { return memory.New().Staff() })
}

type (
	decideFunc = func(history []srmt.Step) (srmt.Change, error)
	listSeq    = iter.Seq2[srmt.ServiceRequest, error]
)

// flawed is a correct store with one flaw: any of its functions may be set.
type flawed struct {
	srmt.Store
	update  func(ctx context.Context, id string, decide decideFunc) error
	history func(ctx context.Context, id string) ([]srmt.Step, error)
	list    func(ctx context.Context, query srmt.Query) listSeq
}

func (f flawed) Update(ctx context.Context, id string, decide func(history []srmt.Step) (srmt.Change, error)) error {
	if f.update == nil {
		return f.Store.Update(ctx, id, decide)
	}
	return f.update(ctx, id, decide)
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

func TestKit_RefusesBrokenStores(t *testing.T) {
	broken := func(clause, flaw string, spoil func(good srmt.Store) flawed) contract.Broken[stores] {
		return contract.Broken[stores]{Clause: clause, Flaw: flaw, New: func(*testing.T) stores {
			db := memory.New()
			spoiled := spoil(db.ServiceRequests())
			spoiled.Store = db.ServiceRequests()
			return stores{spoiled, db.Outbox()}
		}}
	}
	// onSave lets a store spoil what decide returned before it is saved.
	onSave := func(spoil func(history []srmt.Step, change *srmt.Change)) func(srmt.Store) flawed {
		return func(good srmt.Store) flawed {
			return flawed{update: func(ctx context.Context, id string, decide decideFunc) error {
				return good.Update(ctx, id, func(history []srmt.Step) (srmt.Change, error) {
					change, err := decide(history)
					change.Append = slices.Clone(change.Append)
					spoil(history, &change)
					return change, err
				})
			}}
		}
	}
	// onStep lets a store spoil every step that it saves.
	onStep := func(spoil func(step *srmt.Step)) func(srmt.Store) flawed {
		return onSave(func(_ []srmt.Step, change *srmt.Change) {
			for i := range change.Append {
				spoil(&change.Append[i])
			}
		})
	}
	// onQuery lets a store spoil the query before it lists.
	onQuery := func(spoil func(query *srmt.Query)) func(srmt.Store) flawed {
		return func(good srmt.Store) flawed {
			return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
				spoil(&query)
				return good.List(ctx, query)
			}}
		}
	}
	// onListed lets a store spoil the requests that it lists.
	onListed := func(spoil func(all []srmt.ServiceRequest)) func(srmt.Store) flawed {
		return func(good srmt.Store) flawed {
			return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
				return func(yield func(srmt.ServiceRequest, error) bool) {
					all, err := list(ctx, stores{Store: good}, query)
					if err != nil {
						yield(srmt.ServiceRequest{}, err)
						return
					}
					spoil(all)
					for _, request := range all {
						if !yield(request, nil) {
							return
						}
					}
				}
			}}
		}
	}
	zoo := []contract.Broken[stores]{
		broken("Update/OneAfterAnother", "reads, decides and writes in steps", func(good srmt.Store) flawed {
			return flawed{update: func(ctx context.Context, id string, decide decideFunc) error {
				history, err := good.History(ctx, id)
				if err != nil && !errors.Is(err, srmt.ErrNotFound) {
					return err
				}
				change, err := decide(history)
				if err != nil {
					return err
				}
				return good.Update(ctx, id, func(now []srmt.Step) (srmt.Change, error) {
					for i := range change.Append { // "the last one wins"
						change.Append[i].Seq = len(now) + i + 1
						if len(now) > 0 {
							change.Append[i] = srmt.Step{
								Seq: len(now) + 1, Kind: srmt.StepCorresponded, By: "iio", At: Start(),
								Message: Message(srmt.ToCustomer, srmt.ByTelephone),
							}
						}
					}
					change.Events = nil
					return change, nil
				})
			}}
		}),
		broken("History/RoundTrip", "keeps whole seconds", onStep(func(step *srmt.Step) { step.At = step.At.Truncate(time.Second) })),
		broken("History/RoundTrip", "keeps the times of another zone", onStep(func(step *srmt.Step) { step.At = step.At.In(cris.AgencyZone()) })),
		broken("History/RoundTrip", "forgets the reason", func(good srmt.Store) flawed {
			return flawed{history: func(ctx context.Context, id string) ([]srmt.Step, error) {
				history, err := good.History(ctx, id)
				for i := range history {
					history[i].Why = ""
				}
				return history, err
			}}
		}),
		broken("History/RoundTrip", "stores what a personal value prints as", onStep(func(step *srmt.Step) {
			if !step.Message.Text.IsZero() {
				step.Message.Text = cris.NewPersonal(step.Message.Text.String())
			}
		})),
		broken("History/RoundTrip", "gives Update the latest step only", func(good srmt.Store) flawed {
			return flawed{update: func(ctx context.Context, id string, decide decideFunc) error {
				return good.Update(ctx, id, func(history []srmt.Step) (srmt.Change, error) {
					return decide(history[max(0, len(history)-1):])
				})
			}}
		}),
		broken("History/Unknown", "gives an empty history", func(good srmt.Store) flawed {
			return flawed{history: func(ctx context.Context, id string) ([]srmt.Step, error) {
				history, err := good.History(ctx, id)
				if errors.Is(err, srmt.ErrNotFound) {
					return nil, nil
				}
				return history, err
			}}
		}),
		broken("History/Cancelled", "takes no notice of the context", func(good srmt.Store) flawed {
			return flawed{history: func(ctx context.Context, id string) ([]srmt.Step, error) {
				return good.History(context.WithoutCancel(ctx), id)
			}}
		}),
		broken("History/NoAliasing", "keeps the slice that decide returned", aliasing),
		broken("Update/DoesNotAddUp", "believes every step", believing),
		broken("Update/DoesNotAddUp", "drops steps that do not add up", onSave(func(history []srmt.Step, change *srmt.Change) {
			if _, err := srmt.Replay(slices.Concat(history, change.Append)); err != nil {
				*change = srmt.Change{}
			}
		})),
		broken("Update/OtherRequest", "does not look whose step it is", func(good srmt.Store) flawed {
			return flawed{update: func(ctx context.Context, id string, decide decideFunc) error {
				change, err := decide(nil)
				if err != nil {
					return err
				}
				return good.Update(ctx, change.Append[0].Origin.RequestID, func([]srmt.Step) (srmt.Change, error) { return change, nil })
			}}
		}),
		broken("Update/Letters", "folds the letters of identifiers", func(good srmt.Store) flawed {
			return flawed{
				update: func(ctx context.Context, id string, decide decideFunc) error {
					return good.Update(ctx, strings.ToLower(id), func(history []srmt.Step) (srmt.Change, error) {
						change, err := decide(history)
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
		}),
		broken("List/IsReplay", "forgets who holds a request that was closed", onListed(func(all []srmt.ServiceRequest) {
			for i := range all {
				if all[i].Status == srmt.Closed {
					all[i].Officer = ""
				}
			}
		})),
		broken("List/Restricts", "ignores the office", onQuery(func(q *srmt.Query) { q.Office = "" })),
		broken("List/Restricts", "ignores the status", onQuery(func(q *srmt.Query) { q.Status = "" })),
		broken("List/Restricts", "ignores the officer", onQuery(func(q *srmt.Query) { q.Officer = "" })),
		broken("List/Restricts", "calls a request overdue on the day it is due", onQuery(func(q *srmt.Query) { q.OverdueOn = q.OverdueOn.AddDays(1) })),
		broken("List/Order", "lists the latest first", onListed(slices.Reverse[[]srmt.ServiceRequest])),
		broken("List/Order", "lists by ID", onListed(func(all []srmt.ServiceRequest) {
			slices.SortFunc(all, func(a, b srmt.ServiceRequest) int { return strings.Compare(a.ID, b.ID) })
		})),
		broken("List/Order", "orders IDs as a dictionary does", onListed(func(all []srmt.ServiceRequest) {
			slices.SortFunc(all, func(a, b srmt.ServiceRequest) int {
				return cmp.Or(a.Filed.Compare(b.Filed), strings.Compare(strings.ToLower(a.ID), strings.ToLower(b.ID)))
			})
		})),
		broken("List/Pages", "ignores the limit", onQuery(func(q *srmt.Query) { q.Page.Limit = 0 })),
		broken("List/Pages", "goes on after the day", onQuery(func(q *srmt.Query) {
			if q.Page.After.ID != "" {
				q.Page.After.ID = "~"
			}
		})),
		broken("List/Pages", "begins again with the request seen last", onQuery(func(q *srmt.Query) { q.Page.After.ID = strings.ToUpper(q.Page.After.ID) })),
		broken("List/Long", "gives the first batch that it reads and no more", onQuery(func(q *srmt.Query) {
			if q.Page.Limit == 0 {
				q.Page.Limit = 500
			}
		})),
		broken("List/Resumes", "looks for the request that it goes on after", func(good srmt.Store) flawed {
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
		}),
		broken("List/HoldsNothing", "has one connection, and keeps it while it yields", func(good srmt.Store) flawed {
			var connection sync.Mutex
			connected := func(step func() error) error {
				if !connection.TryLock() {
					return srmt.ErrConflict
				}
				defer connection.Unlock()
				return step()
			}
			return flawed{
				update: func(ctx context.Context, id string, decide decideFunc) error {
					return connected(func() error { return good.Update(ctx, id, decide) })
				},
				list: func(ctx context.Context, query srmt.Query) listSeq {
					return func(yield func(srmt.ServiceRequest, error) bool) {
						_ = connected(func() error { good.List(ctx, query)(yield); return nil })
					}
				},
			}
		}),
		broken("List/Cancelled", "takes no notice of the context", func(good srmt.Store) flawed {
			return flawed{list: func(_ context.Context, query srmt.Query) listSeq { return good.List(context.Background(), query) }}
		}),
		broken("List/Cancelled", "ends without a word", func(good srmt.Store) flawed {
			return flawed{list: func(ctx context.Context, query srmt.Query) listSeq {
				if ctx.Err() != nil {
					return func(func(srmt.ServiceRequest, error) bool) {}
				}
				return good.List(ctx, query)
			}}
		}),
	}
	// The other clauses on Update that every port shares are proven beside their definition.
	own := clauses()
	for _, clause := range contract.AtomicClauses(asAtomic) {
		if clause.Name == "Update/OneAfterAnother" {
			own = append(own, clause)
		}
	}
	contract.Refuses(t, own, zoo)
}

// aliasing keeps histories in a map and hands its own slices out and in.
func aliasing(srmt.Store) flawed {
	var mu sync.Mutex
	histories := map[string][]srmt.Step{}
	return flawed{
		update: func(_ context.Context, id string, decide decideFunc) error {
			mu.Lock()
			defer mu.Unlock()
			change, err := decide(histories[id])
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
			return histories[id], nil
		},
	}
}

// believing appends whatever it is given.
func believing(srmt.Store) flawed {
	var mu sync.Mutex
	histories := map[string][]srmt.Step{}
	return flawed{
		update: func(_ context.Context, id string, decide decideFunc) error {
			mu.Lock()
			defer mu.Unlock()
			change, err := decide(slices.Clone(histories[id]))
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

// brokenDirectory is a correct directory with one flaw.
type brokenDirectory struct {
	Directory
	staff func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error)
	put   func(ctx context.Context, staff ...srmt.Staff) error
}

func (d brokenDirectory) Staff(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
	if d.staff == nil {
		return d.Directory.Staff(ctx, id)
	}
	return d.staff(ctx, id)
}

func (d brokenDirectory) PutStaff(ctx context.Context, staff ...srmt.Staff) error {
	if d.put == nil {
		return d.Directory.PutStaff(ctx, staff...)
	}
	return d.put(ctx, staff...)
}

func TestKit_RefusesBrokenDirectories(t *testing.T) {
	broken := func(clause, flaw string, spoil func(good Directory) brokenDirectory) contract.Broken[Directory] {
		return contract.Broken[Directory]{Clause: clause, Flaw: flaw, New: func(*testing.T) Directory {
			good := memory.New().Staff()
			spoiled := spoil(good)
			spoiled.Directory = good
			return spoiled
		}}
	}
	contract.Refuses(t, directoryClauses(), []contract.Broken[Directory]{
		broken("Known", "makes everyone an officer", func(good Directory) brokenDirectory {
			return brokenDirectory{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
				found, err := good.Staff(ctx, id)
				found.Role = srmt.IIO
				return found, err
			}}
		}),
		broken("Unknown", "gives the zero Staff", func(good Directory) brokenDirectory {
			return brokenDirectory{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
				found, err := good.Staff(ctx, id)
				if errors.Is(err, srmt.ErrNotFound) {
					return srmt.Staff{}, nil
				}
				return found, err
			}}
		}),
		broken("Unknown", "folds the letters of identifiers", func(good Directory) brokenDirectory {
			return brokenDirectory{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
				return good.Staff(ctx, srmt.StaffID(strings.ToLower(string(id))))
			}}
		}),
		broken("Cancelled", "takes no notice of the context", func(good Directory) brokenDirectory {
			return brokenDirectory{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
				return good.Staff(context.WithoutCancel(ctx), id)
			}}
		}),
		broken("Latest", "keeps the first entry", func(good Directory) brokenDirectory {
			return brokenDirectory{put: func(ctx context.Context, staff ...srmt.Staff) error {
				if _, err := good.Staff(ctx, staff[0].ID); err == nil {
					return nil
				}
				return good.PutStaff(ctx, staff...)
			}}
		}),
	})
}
