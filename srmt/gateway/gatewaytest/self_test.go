package gatewaytest

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

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/srmt/gateway"
)

func TestKit_AcceptsMemory(t *testing.T) {
	TestCalls(t, func(*testing.T) gateway.Calls { return memory.New().Calls() })
}

func TestNewHistory_AddsUpAndHasEveryKindOfStep(t *testing.T) {
	history := NewHistory(someCase())
	call, err := gateway.Replay(gateway.DefaultLibrary(), history)
	require.NoError(t, err)
	require.Equal(t, "request-1", call.RequestID)
	for _, kind := range gateway.StepKinds() {
		has := slices.ContainsFunc(history, func(s gateway.Step) bool { return s.Kind == kind })
		require.Equal(t, kind != gateway.StepBrokenOff, has, kind)
	}
}

type decideFunc = func(prior []gateway.Step) (gateway.Change, error)

// flawed is a correct store with one flaw: any of its functions may be set.
type flawed struct {
	gateway.Calls
	update  func(ctx context.Context, id string, decide decideFunc) error
	history func(ctx context.Context, id string) ([]gateway.Step, error)
	list    func(ctx context.Context, query gateway.CallQuery) iter.Seq2[gateway.Summary, error]
}

func (f flawed) Update(ctx context.Context, id string, decide func([]gateway.Step) (gateway.Change, error)) error {
	if f.update == nil {
		return f.Calls.Update(ctx, id, decide)
	}
	return f.update(ctx, id, decide)
}

func (f flawed) History(ctx context.Context, id string) ([]gateway.Step, error) {
	if f.history == nil {
		return f.Calls.History(ctx, id)
	}
	return f.history(ctx, id)
}

func (f flawed) List(ctx context.Context, query gateway.CallQuery) iter.Seq2[gateway.Summary, error] {
	if f.list == nil {
		return f.Calls.List(ctx, query)
	}
	return f.list(ctx, query)
}

// onStep lets a store spoil every step that it saves.
func onStep(spoil func(step *gateway.Step)) func(gateway.Calls) flawed {
	return onSave(func(_ []gateway.Step, change *gateway.Change) {
		for i := range change.Append {
			spoil(&change.Append[i])
		}
	})
}

// onSave lets a store spoil what decide returned before it is saved.
func onSave(spoil func(prior []gateway.Step, change *gateway.Change)) func(gateway.Calls) flawed {
	return func(good gateway.Calls) flawed {
		return flawed{update: func(ctx context.Context, id string, decide decideFunc) error {
			return good.Update(ctx, id, func(prior []gateway.Step) (gateway.Change, error) {
				change, err := decide(slices.Clone(prior))
				change.Append = slices.Clone(change.Append)
				spoil(prior, &change)
				return change, err
			})
		}}
	}
}

// onQuery lets a store spoil the query before it lists.
func onQuery(spoil func(query *gateway.CallQuery)) func(gateway.Calls) flawed {
	return func(good gateway.Calls) flawed {
		return flawed{list: func(ctx context.Context, query gateway.CallQuery) iter.Seq2[gateway.Summary, error] {
			spoil(&query)
			return good.List(ctx, query)
		}}
	}
}

// onSummary lets a store spoil the summaries that it lists.
func onSummary(spoil func(call *gateway.Summary)) func(gateway.Calls) flawed {
	return func(good gateway.Calls) flawed {
		return flawed{list: func(ctx context.Context, query gateway.CallQuery) iter.Seq2[gateway.Summary, error] {
			return func(yield func(gateway.Summary, error) bool) {
				for call, err := range good.List(ctx, query) {
					spoil(&call)
					if !yield(call, err) {
						return
					}
				}
			}
		}}
	}
}

// sorted lets a store list in another order.
func sorted(compare func(a, b gateway.Summary) int) func(gateway.Calls) flawed {
	return func(good gateway.Calls) flawed {
		return flawed{list: func(ctx context.Context, query gateway.CallQuery) iter.Seq2[gateway.Summary, error] {
			return func(yield func(gateway.Summary, error) bool) {
				var all []gateway.Summary
				for call, err := range good.List(ctx, query) {
					if err != nil {
						yield(gateway.Summary{}, err)
						return
					}
					all = append(all, call)
				}
				slices.SortStableFunc(all, compare)
				for _, call := range all {
					if !yield(call, nil) {
						return
					}
				}
			}
		}}
	}
}

// believing appends whatever it is given.
func believing(gateway.Calls) flawed {
	var mu sync.Mutex
	histories := map[string][]gateway.Step{}
	return flawed{
		update: func(_ context.Context, id string, decide decideFunc) error {
			mu.Lock()
			defer mu.Unlock()
			change, err := decide(slices.Clone(histories[id]))
			if err == nil {
				histories[id] = slices.Concat(histories[id], change.Append)
			}
			return err
		},
		history: func(_ context.Context, id string) ([]gateway.Step, error) {
			mu.Lock()
			defer mu.Unlock()
			if len(histories[id]) == 0 {
				return nil, gateway.ErrNotFound
			}
			return slices.Clone(histories[id]), nil
		},
	}
}

// aliasing keeps the slices that it is given, and hands its own out.
func aliasing(gateway.Calls) flawed {
	var mu sync.Mutex
	histories := map[string][]gateway.Step{}
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
		history: func(_ context.Context, id string) ([]gateway.Step, error) {
			mu.Lock()
			defer mu.Unlock()
			if histories[id] == nil {
				return nil, gateway.ErrNotFound
			}
			return histories[id], nil
		},
	}
}

func TestKit_RefusesBrokenStores(t *testing.T) {
	var zoo []contract.Broken[gateway.Calls]
	add := func(clause, flaw string, spoil func(good gateway.Calls) flawed) {
		zoo = append(zoo, contract.Broken[gateway.Calls]{Clause: clause, Flaw: flaw, New: func(*testing.T) gateway.Calls {
			good := memory.New().Calls()
			spoiled := spoil(good)
			spoiled.Calls = good
			return spoiled
		}})
	}

	add("Update/OneAfterAnother", "reads, decides and writes in steps", func(good gateway.Calls) flawed {
		return flawed{update: func(ctx context.Context, id string, decide decideFunc) error {
			var seen []gateway.Step
			if err := good.Update(ctx, id, func(prior []gateway.Step) (gateway.Change, error) {
				seen = prior
				return gateway.Change{}, nil
			}); err != nil {
				return err
			}
			change, err := decide(seen)
			if err != nil {
				return err
			}
			return good.Update(ctx, id, func(now []gateway.Step) (gateway.Change, error) { // "the last one wins"
				for i := range change.Append {
					change.Append[i] = stepAfter(len(now) + i)
				}
				return change, nil
			})
		}}
	})
	add("Update/EveryEntry", "drops the second step of one change", onSave(func(_ []gateway.Step, change *gateway.Change) {
		change.Append = change.Append[:min(1, len(change.Append))]
	}))
	add("Update/DoesNotFollow", "believes every step", believing)
	follows := func(prior []gateway.Step, change gateway.Change) bool {
		before, _ := gateway.Extend("a", gateway.Summary{}, gateway.Change{Append: prior})
		_, err := gateway.Extend("a", before, change)
		return err == nil
	}
	add("Update/DoesNotFollow", "drops steps that do not follow", onSave(func(prior []gateway.Step, change *gateway.Change) {
		if !follows(prior, *change) {
			*change = gateway.Change{}
		}
	}))
	add("Update/DoesNotFollow", "saves those that do", onSave(func(prior []gateway.Step, change *gateway.Change) {
		for n := range change.Append {
			if !follows(prior, gateway.Change{Append: change.Append[:n+1]}) {
				change.Append = change.Append[:max(n, 1)]
				return
			}
		}
	}))
	add("Update/DoesNotFollow", "numbers the steps itself", onSave(func(prior []gateway.Step, change *gateway.Change) {
		for n := range change.Append {
			change.Append[n].Seq = len(prior) + n + 1
		}
	}))

	add("History/Fresh", "keeps whole seconds", onStep(func(s *gateway.Step) { s.At = s.At.Truncate(time.Second) }))
	add("History/Fresh", "forgets the language", onStep(func(s *gateway.Step) { s.Language = "" }))
	add("History/Fresh", "forgets why nothing was opened", onStep(func(s *gateway.Step) { s.Filing = "" }))
	add("History/Fresh", "forgets the representative of a caller", onStep(func(s *gateway.Step) { s.Said.Details.Representative.RespondTo = "" }))
	add("History/Fresh", "stores what a personal value prints as", onStep(func(s *gateway.Step) {
		if !s.Said.Details.Contact.Email.IsZero() {
			s.Said.Details.Contact.Email = cris.NewPersonal(s.Said.Details.Contact.Email.String())
		}
	}))
	add("History/Unknown", "gives an empty history", func(good gateway.Calls) flawed {
		return flawed{history: func(ctx context.Context, id string) ([]gateway.Step, error) {
			history, err := good.History(ctx, id)
			if errors.Is(err, gateway.ErrNotFound) {
				err = nil
			}
			return history, err
		}}
	})
	add("History/Cancelled", "takes no notice of the context", func(good gateway.Calls) flawed {
		return flawed{history: func(ctx context.Context, id string) ([]gateway.Step, error) {
			return good.History(context.WithoutCancel(ctx), id)
		}}
	})
	add("History/Own", "keeps the slice that decide returned, and hands it out", aliasing)
	add("History/Exact", "trims choices", onStep(func(s *gateway.Step) { s.Choice = gateway.ChoiceID(strings.TrimSpace(string(s.Choice))) }))
	add("History/Refused", "drops NULs", onStep(func(s *gateway.Step) { s.Statement = strings.ReplaceAll(s.Statement, "\x00", "") }))
	add("History/Refused", "repeats in an error what the caller said", func(good gateway.Calls) flawed {
		return flawed{update: func(ctx context.Context, id string, decide decideFunc) error {
			return good.Update(ctx, id, func(prior []gateway.Step) (gateway.Change, error) {
				change, err := decide(prior)
				for _, step := range change.Append {
					if email := step.Said.Details.Contact.Email.Reveal(); strings.ContainsRune(email, 0) {
						return gateway.Change{}, fmt.Errorf("invalid byte sequence in %q", email)
					}
				}
				return change, err
			})
		}}
	})
	add("History/Letters", "folds the letters of identifiers", func(good gateway.Calls) flawed {
		return flawed{
			update: func(ctx context.Context, id string, decide decideFunc) error {
				return good.Update(ctx, strings.ToLower(id), decide)
			},
			history: func(ctx context.Context, id string) ([]gateway.Step, error) {
				return good.History(ctx, strings.ToLower(id))
			},
		}
	})

	add("List/Summary", "tells of a call that broke off as if it went on", onSummary(func(c *gateway.Summary) {
		if c.RequestID == "" {
			c.Ended = time.Time{}
		}
	}))
	add("List/Summary", "forgets the request", onSummary(func(c *gateway.Summary) { c.RequestID = "" }))
	add("List/Summary", "tells of the first step alone", onSummary(func(c *gateway.Summary) { c.Version = min(1, c.Version) }))
	add("List/Restricts", "takes the end of a period into it", onQuery(func(q *gateway.CallQuery) {
		if !q.Before.IsZero() {
			q.Before = q.Before.Add(time.Microsecond)
		}
	}))
	add("List/Restricts", "takes periods for days", onQuery(func(q *gateway.CallQuery) { q.From = q.From.Truncate(24 * time.Hour) }))
	add("List/Restricts", "asks for the representative alone where there is one", onQuery(func(q *gateway.CallQuery) {
		if q.By != "" {
			q.From, q.Before = time.Time{}, time.Time{}
		}
	}))
	add("List/Order", "lists by ID", sorted(func(a, b gateway.Summary) int { return cmp.Compare(a.ID, b.ID) }))
	add("List/Order", "has seconds for instants", onQuery(func(q *gateway.CallQuery) {
		if !q.Page.After.Started.IsZero() {
			q.Page.After.ID = "~"
		}
	}))
	add("List/ByStaff/All", "ignores the representative", onQuery(func(q *gateway.CallQuery) { q.By = "" }))
	add("List/Period/All", "ignores the beginning of the period", onQuery(func(q *gateway.CallQuery) { q.From = time.Time{} }))
	add("List/Limit", "ignores the limit", onQuery(func(q *gateway.CallQuery) { q.Page.Limit = 0 }))
	contract.RefusesOwn(t, ownClauses(), sharedClauses(), zoo)
}
