package srmttest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/srmt"
)

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
	z.add("History/Fresh", "forgets who took the request", onStep(func(step *srmt.Step) { step.Origin.TakenBy = "" }))
	z.add("History/Fresh", "forgets the reason", onHistory(func(steps []srmt.Step) {
		for i := range steps {
			steps[i].Why = ""
		}
	}))
	z.add("History/Fresh", "forgets where a request was imported from", onHistory(func(steps []srmt.Step) {
		for i := range steps {
			steps[i].Origin.Provenance = srmt.Provenance{}
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
	z.add("History/Answers", "forgets what the research has shown", onHistory(func(steps []srmt.Step) {
		for i := range steps {
			steps[i].Finding = ""
		}
	}))
	z.add("History/Answers", "forgets the edition of the letter", onHistory(func(steps []srmt.Step) {
		for i := range steps {
			steps[i].Letter = ""
		}
	}))
	z.add("History/Answers", "forgets that a message asks for something", onHistory(func(steps []srmt.Step) {
		for i := range steps {
			steps[i].Message.Asks = false
		}
	}))
	z.add("History/Answers", "keeps the first of several attachments", onStep(func(step *srmt.Step) {
		if list := step.Message.Attached.List(); len(list) > 1 {
			step.Message.Attached = srmt.NewAttached(list[0])
		}
	}))
	z.add("History/Answers", "stores what the name of a file prints as", onHistory(func(steps []srmt.Step) {
		for i := range steps {
			if !steps[i].Message.Attached.IsZero() {
				steps[i].Message.Attached.Text = cris.NewPersonal(steps[i].Message.Attached.Text.String())
			}
		}
	}))
	z.add("History/Answers", "drops what was proposed once it is approved", func(good srmt.Store) flawed {
		return flawed{history: func(ctx context.Context, id string) ([]srmt.Step, error) {
			history, err := good.History(ctx, id)
			isOver := slices.ContainsFunc(history, func(step srmt.Step) bool { return step.Kind == srmt.StepApproved })
			return slices.DeleteFunc(history, func(step srmt.Step) bool { return isOver && step.Kind == srmt.StepProposed }), err
		}}
	})
	z.add("History/Exact", "trims editions", onStep(func(step *srmt.Step) { step.Letter = strings.TrimSpace(step.Letter) }))
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
		return flawed{update: func(ctx context.Context, scope srmt.Scope, decide decideFunc) error {
			return good.Update(ctx, scope, func(prior srmt.Prior) (srmt.Change, error) {
				change, err := decide(prior)
				for _, step := range slices.Concat(slices.Collect(maps.Values(change.Steps))...) {
					if text := step.Message.Text.Reveal(); strings.ContainsRune(text, 0) {
						return srmt.Change{}, fmt.Errorf("invalid byte sequence in %q", text)
					}
				}
				return change, err
			})
		}}
	})
	z.add("History/Refused", "repeats in an error what stands beside the text", func(good srmt.Store) flawed {
		return flawed{update: func(ctx context.Context, scope srmt.Scope, decide decideFunc) error {
			return good.Update(ctx, scope, func(prior srmt.Prior) (srmt.Change, error) {
				change, err := decide(prior)
				for _, steps := range change.Steps {
					for i, step := range steps {
						if i > 0 && !text.IsStorable(string(step.Officer)) {
							return srmt.Change{}, fmt.Errorf("invalid byte sequence beside %q", steps[i+1].Message.Text.Reveal())
						}
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
			update: func(ctx context.Context, scope srmt.Scope, decide decideFunc) error {
				id := strings.ToLower(scope.Requests[0])
				return good.Update(ctx, srmt.Scope{Requests: []string{id}}, func(prior srmt.Prior) (srmt.Change, error) {
					change, err := decide(prior)
					steps := slices.Clone(change.Steps[scope.Requests[0]])
					for i := range steps {
						steps[i].Origin.RequestID = strings.ToLower(steps[i].Origin.RequestID)
					}
					return stepsOf(id, steps...), err
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
		update: func(_ context.Context, scope srmt.Scope, decide decideFunc) error {
			mu.Lock()
			defer mu.Unlock()
			id := scope.Requests[0]
			state, _ := srmt.Replay(histories[id])
			change, err := decide(srmt.Prior{Requests: []srmt.ServiceRequest{state}})
			if err != nil {
				return err
			}
			if histories[id] == nil {
				histories[id] = change.Steps[id]
				return nil
			}
			histories[id] = append(histories[id], change.Steps[id]...)
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
