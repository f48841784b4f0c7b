package srmttest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt"
)

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
