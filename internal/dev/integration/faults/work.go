package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/seed28e20331/cris"
)

// listener is told what happens while the calls are made: a ledger is one, and so is whatever
// tells another process.
type listener interface {
	try(p person, call string)
	acknowledge(p person)
	giveUp(p person)
	fail(p person, call string, r refusal)
	refuse(call string, r refusal)
	wait(n int)
	tell(event cris.Event)
}

// load is calls of every service for some people, and the jobs beside them.
type load struct {
	services *services
	to       listener
	isOver   func() bool // the fault has ended
	from     map[person]int
	people   []person
	callers  int
	leave    float64 // the share of failures after which a caller never comes back
	deadline time.Duration
	random   *rand.Rand
}

// run makes the calls until every one was acknowledged or given up, or until the context ends, and
// tries each again after an error, with a wait in between, as the documentation tells a
// caller to.
func (w *load) run(ctx context.Context) error {
	coming := make(chan person, len(w.people))
	for _, p := range w.people {
		coming <- p
	}
	close(coming)
	ended := make(chan struct{})
	var jobs sync.WaitGroup
	jobs.Go(func() { w.runJobs(ctx, ended) })
	var callers sync.WaitGroup
	failures := make([]error, w.callers)
	for i := range failures {
		random := rand.New(rand.NewPCG(w.random.Uint64(), 0))
		callers.Go(func() {
			for p := range coming {
				if err := w.serve(ctx, p, random); err != nil {
					failures[i] = err
					return
				}
			}
		})
	}
	callers.Wait()
	close(ended)
	jobs.Wait()
	return errors.Join(failures...)
}

// serve does the acts of one person that are not done yet.
func (w *load) serve(ctx context.Context, p person, random *rand.Rand) error {
	for _, act := range acts()[w.from[p]:] {
		for tries, late := 1, 0; ; tries++ {
			if err := ctx.Err(); err != nil {
				return err
			}
			isLate := w.isOver()
			w.to.try(p, act.call)
			err := w.call(ctx, func(ctx context.Context) error { return act.do(ctx, w.services, p) })
			if err == nil {
				w.to.acknowledge(p)
				break
			}
			if errors.Is(err, errNotAsWanted) {
				return err
			}
			r := refusalOf(err)
			r.IsUndone = act.once && (errors.Is(err, cris.ErrConflict) || errors.Is(err, cris.ErrClock))
			w.to.fail(p, act.call, r)
			if isLate && !errors.Is(err, errNotYet) {
				late++
				w.to.wait(late)
			}
			if random.Float64() < w.leave {
				w.to.giveUp(p)
				return nil
			}
			pause(ctx, time.Duration(min(tries, 20))*5*time.Millisecond)
		}
	}
	return nil
}

// call gives a call the time that a caller has.
func (w *load) call(ctx context.Context, do func(ctx context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, w.deadline)
	defer cancel()
	return do(ctx)
}

// runJobs runs the jobs in turn until the callers are gone.
func (w *load) runJobs(ctx context.Context, ended <-chan struct{}) {
	for {
		for _, job := range w.services.jobs(w.to.tell) {
			select {
			case <-ended:
				return
			case <-ctx.Done():
				return
			default:
			}
			if err := w.call(ctx, job.run); err != nil && ctx.Err() == nil {
				w.to.refuse(job.name, refusalOf(err))
			}
		}
		pause(ctx, 5*time.Millisecond)
	}
}

// finish runs the jobs until none fails and nothing is pending.
func finish(ctx context.Context, s *services, to listener) error {
	for {
		for _, job := range s.jobs(to.tell) {
			if err := job.run(ctx); err != nil {
				return err
			}
		}
		pending, err := s.on.outbox.Pending(ctx, 1)
		if err != nil || len(pending) == 0 {
			return err
		}
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
