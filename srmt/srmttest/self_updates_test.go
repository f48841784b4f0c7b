package srmttest

import (
	"cmp"
	"context"
	"maps"
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
		return flawed{update: func(ctx context.Context, scope srmt.Scope, decide decideFunc) error {
			return good.Update(ctx, scope, func(prior srmt.Prior) (srmt.Change, error) {
				change, err := decide(prior)
				change.Steps = maps.Clone(change.Steps)
				for id, steps := range change.Steps {
					change.Steps[id] = slices.Clone(steps)
				}
				spoil(prior, &change)
				return change, err
			})
		}}
	}
}

// onStep lets a store spoil every step that it saves.
func onStep(spoil func(step *srmt.Step)) func(srmt.Store) flawed {
	return onSave(func(_ srmt.Prior, change *srmt.Change) {
		for _, steps := range change.Steps {
			for i := range steps {
				spoil(&steps[i])
			}
		}
	})
}

// onPrior lets a store spoil what it gives decide.
func onPrior(spoil func(good srmt.Store, prior *srmt.Prior)) func(srmt.Store) flawed {
	return func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, scope srmt.Scope, decide decideFunc) error {
			return good.Update(ctx, scope, func(prior srmt.Prior) (srmt.Change, error) {
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
		return flawed{update: func(ctx context.Context, scope srmt.Scope, decide decideFunc) error {
			var seen srmt.Prior
			if err := good.Update(ctx, scope, func(prior srmt.Prior) (srmt.Change, error) {
				seen = prior
				return srmt.Change{}, nil
			}); err != nil {
				return err
			}
			change, err := decide(seen)
			if err != nil {
				return err
			}
			return good.Update(ctx, scope, func(now srmt.Prior) (srmt.Change, error) { // "the last one wins"
				if id := scope.Requests[0]; now.Requests[0].Version > 0 {
					return stepsOf(id, stepAfter(now.Requests[0].Version, id)), nil
				}
				change.Events = nil
				return change, nil
			})
		}}
	})
	eventsAfterwards := func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, scope srmt.Scope, decide decideFunc) error {
			var events []cris.Event
			if err := good.Update(ctx, scope, func(prior srmt.Prior) (srmt.Change, error) {
				change, err := decide(prior)
				events, change.Events = change.Events, nil
				return change, err
			}); err != nil {
				return err
			}
			time.Sleep(time.Millisecond)
			return good.Update(ctx, srmt.Scope{}, func(srmt.Prior) (srmt.Change, error) { return srmt.Change{Events: events}, nil })
		}}
	}
	z.add("Update/OneCommit", "saves the events in a second transaction after the commit", eventsAfterwards)
	z.add("Update/CutAnywhere", "saves the events in a second transaction after the commit", eventsAfterwards)
	z.add("Update/EveryEntry", "drops the second step of one change", onSave(func(_ srmt.Prior, change *srmt.Change) {
		for id, steps := range change.Steps {
			change.Steps[id] = steps[:min(1, len(steps))]
		}
	}))
	z.add("Update/Sum", "gives the state of a moment ago", func(good srmt.Store) flawed {
		before := map[string]srmt.ServiceRequest{}
		return onPrior(func(_ srmt.Store, prior *srmt.Prior) {
			for i, request := range prior.Requests {
				prior.Requests[i], before[request.ID] = before[request.ID], request
			}
		})(good)
	})
	z.add("Update/Sum", "forgets who held a request that was closed", onPrior(func(_ srmt.Store, prior *srmt.Prior) {
		for i := range prior.Requests {
			if prior.Requests[i].Status == srmt.Closed {
				prior.Requests[i].Officer = ""
			}
		}
	}))
	z.add("Update/Sum", "forgets that an answer is awaited", onPrior(func(_ srmt.Store, prior *srmt.Prior) {
		for i := range prior.Requests {
			prior.Requests[i].Waiting = time.Time{}
		}
	}))
	z.add("Update/Sum", "forgets that a response waits for a review", onPrior(func(_ srmt.Store, prior *srmt.Prior) {
		for i := range prior.Requests {
			prior.Requests[i].Proposed = 0
		}
	}))
	z.add("Update/DoesNotAddUp", "believes every step", believing)
	z.add("Update/DoesNotAddUp", "drops steps that do not add up", onSave(func(prior srmt.Prior, change *srmt.Change) {
		for id, steps := range change.Steps {
			if !follow(prior, id, steps) {
				delete(change.Steps, id)
			}
		}
	}))
	z.add("Update/DoesNotAddUp", "saves those that do", onSave(func(prior srmt.Prior, change *srmt.Change) {
		for id, steps := range change.Steps {
			for n := range steps {
				if !follow(prior, id, steps[:n+1]) {
					change.Steps[id] = steps[:max(n, 1)]
					break
				}
			}
		}
	}))
	z.add("Update/OtherRequest", "does not look whose step it is", func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, _ srmt.Scope, decide decideFunc) error {
			change, err := decide(srmt.Prior{Requests: make([]srmt.ServiceRequest, 1)})
			if err != nil {
				return err
			}
			for _, steps := range change.Steps {
				return add(ctx, good, steps[0].Origin.RequestID, steps...)
			}
			return nil
		}}
	})
	z.add("Update/Staff", "gives the staff by ID", onPrior(func(_ srmt.Store, prior *srmt.Prior) {
		slices.SortFunc(prior.Staff, func(a, b srmt.Staff) int { return cmp.Compare(a.ID, b.ID) })
	}))
	z.add("Update/Staff", "leaves out who is not on file", onPrior(func(_ srmt.Store, prior *srmt.Prior) {
		prior.Staff = slices.DeleteFunc(prior.Staff, func(member srmt.Staff) bool { return member.ID == "" })
	}))
	z.add("Update/Staff", "compares IDs without regard to case", func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, scope srmt.Scope, decide decideFunc) error {
			scope.Staff = slices.Clone(scope.Staff)
			for i, id := range scope.Staff {
				scope.Staff[i] = srmt.StaffID(strings.ToLower(string(id)))
			}
			return good.Update(ctx, scope, decide)
		}}
	})
	z.add("Update/Several", "saves the requests one after another", func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, scope srmt.Scope, decide decideFunc) error {
			var change srmt.Change
			if err := good.Update(ctx, scope, func(prior srmt.Prior) (_ srmt.Change, err error) {
				change, err = decide(prior)
				return srmt.Change{Staff: change.Staff, Events: change.Events}, err
			}); err != nil {
				return err
			}
			for _, id := range slices.Sorted(maps.Keys(change.Steps)) {
				if err := add(ctx, good, id, change.Steps[id]...); err != nil {
					return err
				}
			}
			return nil
		}}
	})
	z.add("Update/Several", "gives the requests by ID", onPrior(func(_ srmt.Store, prior *srmt.Prior) {
		slices.SortFunc(prior.Requests, func(a, b srmt.ServiceRequest) int { return cmp.Compare(a.ID, b.ID) })
	}))
	z.add("Update/SeveralWait", "waits for the first request of the scope alone", func(good srmt.Store) flawed {
		return waitingFor(good, func(scope srmt.Scope) []string { return scope.Requests[:min(1, len(scope.Requests))] })
	})
	z.add("Update/SeveralWait", "waits for requests alone", func(good srmt.Store) flawed {
		return waitingFor(good, func(scope srmt.Scope) []string { return scope.Requests })
	})
	z.add("Update/BeyondScope", "saves whatever it is given", func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, scope srmt.Scope, decide decideFunc) error {
			var change srmt.Change
			if err := good.Update(ctx, scope, func(prior srmt.Prior) (_ srmt.Change, err error) {
				change, err = decide(prior)
				return srmt.Change{}, err
			}); err != nil {
				return err
			}
			wider := srmt.Scope{Requests: slices.Sorted(maps.Keys(change.Steps))}
			for _, member := range change.Staff {
				wider.Staff = append(wider.Staff, member.ID)
			}
			return good.Update(ctx, wider, func(srmt.Prior) (srmt.Change, error) { return change, nil })
		}}
	})
	z.add("Update/BeyondScope", "drops what is beyond the scope", func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, scope srmt.Scope, decide decideFunc) error {
			return good.Update(ctx, scope, func(prior srmt.Prior) (srmt.Change, error) {
				change, err := decide(prior)
				change.Steps = maps.Clone(change.Steps)
				maps.DeleteFunc(change.Steps, func(id string, _ []srmt.Step) bool { return !slices.Contains(scope.Requests, id) })
				change.Staff = slices.DeleteFunc(slices.Clone(change.Staff), func(member srmt.Staff) bool {
					return member.ID == "" || !slices.Contains(scope.Staff, member.ID)
				})
				return change, err
			})
		}}
	})
	z.add("Update/Loads", "counts every request twice", onPrior(func(_ srmt.Store, prior *srmt.Prior) {
		for i := range prior.Loads {
			prior.Loads[i] *= 2
		}
	}))
	z.add("Update/Loads", "counts nothing", onPrior(func(_ srmt.Store, prior *srmt.Prior) { clear(prior.Loads) }))
	z.add("Update/Loads", "counts whether asked or not", func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, scope srmt.Scope, decide decideFunc) error {
			scope.Loads = true
			return good.Update(ctx, scope, decide)
		}}
	})
	z.add("Update/StaffStays", "reads the staff before it takes the lock", func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, scope srmt.Scope, decide decideFunc) error {
			if len(scope.Requests) == 0 {
				return good.Update(ctx, scope, decide)
			}
			before := make([]srmt.Staff, len(scope.Staff))
			for i, id := range scope.Staff {
				before[i], _ = good.Staff(ctx, id)
			}
			change, err := decide(srmt.Prior{Requests: make([]srmt.ServiceRequest, len(scope.Requests)), Staff: before})
			if err != nil {
				return err
			}
			scope.Staff = nil
			return good.Update(ctx, scope, func(prior srmt.Prior) (srmt.Change, error) {
				if prior.Requests[0].Version > 0 {
					return decide(srmt.Prior{Requests: prior.Requests, Staff: before})
				}
				return change, nil
			})
		}}
	})
}

// waitingFor is a store that reads, decides and writes in steps, while it holds a lock for each of
// the names in a scope, and nothing else.
func waitingFor(good srmt.Store, names func(srmt.Scope) []string) flawed {
	var mu sync.Mutex
	locks := map[string]*sync.Mutex{}
	lockOf := func(name string) *sync.Mutex {
		mu.Lock()
		defer mu.Unlock()
		if locks[name] == nil {
			locks[name] = &sync.Mutex{}
		}
		return locks[name]
	}
	return flawed{update: func(ctx context.Context, scope srmt.Scope, decide decideFunc) error {
		for _, name := range slices.Compact(slices.Sorted(slices.Values(names(scope)))) {
			lock := lockOf(name)
			lock.Lock()
			defer lock.Unlock()
		}
		var seen srmt.Prior
		if err := good.Update(ctx, scope, func(prior srmt.Prior) (srmt.Change, error) {
			seen = prior
			return srmt.Change{}, nil
		}); err != nil {
			return err
		}
		change, err := decide(seen)
		if err != nil {
			return err
		}
		return good.Update(ctx, scope, func(srmt.Prior) (srmt.Change, error) { return change, nil })
	}}
}

// follow reports whether the steps follow the state of the request that decide was given.
func follow(prior srmt.Prior, id string, steps []srmt.Step) bool {
	_, err := srmt.Scope{Requests: []string{id}}.Apply(prior.Requests[:1], srmt.Change{Steps: map[string][]srmt.Step{id: steps}})
	return err == nil
}

// believing appends whatever it is given.
func believing(srmt.Store) flawed {
	var mu sync.Mutex
	histories := map[string][]srmt.Step{}
	return flawed{
		update: func(_ context.Context, scope srmt.Scope, decide decideFunc) error {
			mu.Lock()
			defer mu.Unlock()
			id := scope.Requests[0]
			change, err := decide(srmt.Prior{Requests: []srmt.ServiceRequest{{Version: len(histories[id])}}})
			if err != nil {
				return err
			}
			histories[id] = slices.Concat(histories[id], change.Steps[id])
			return nil
		},
		history: func(_ context.Context, id string) ([]srmt.Step, error) {
			mu.Lock()
			defer mu.Unlock()
			return slices.Clone(histories[id]), nil
		},
	}
}
