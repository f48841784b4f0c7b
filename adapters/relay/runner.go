package relay

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
)

// Options are what a runner can be given beside its outbox. The zero value of each field means
// its default.
type Options struct {
	Now    func() time.Time // the clock; default: the wall clock
	NewID  func() string    // names leases; default: UUIDs of version 7
	Chance func() float64   // at least 0 and less than 1; default: random
	Policy Policy           // default: DefaultPolicy
	// OnRound is called after each round in which there was something to deliver.
	OnRound func(Round)
	// OnBacklog is called every Policy.Report with what is not delivered, if the outbox is a
	// cris.SharedOutbox.
	OnBacklog func(cris.Backlog)
	// Failed is called with what went wrong: the error of a delivery with its event, or an error of
	// the outbox with the zero Event. What a receiver says may be personal: it is kept nowhere
	// else.
	Failed func(ctx context.Context, event cris.Event, err error)
}

// Round says what became of the events of one round.
type Round struct {
	Delivered int // and marked
	Failed    int // to be tried again
	Parked    int // waiting for a person
	GivenBack int // not tried
	// Lost: the lease was lost before this could be saved, and some of the events come again.
	Lost bool
}

// Runner delivers the events of an outbox. It is safe for concurrent use if its outbox, its
// deliver function and its options are.
type Runner struct {
	outbox  cris.Outbox
	shared  cris.SharedOutbox // nil if the outbox is not one
	deliver func(context.Context, cris.Event) error
	opts    Options
	now     func() (time.Time, error)
	wake    chan struct{}
}

// NewRunner returns a runner that hands the events of the outbox to deliver. Deliver returns nil
// once an event is delivered, and an error that matches cris.ErrUndeliverable if no other try can
// deliver it. Its context ends with that of Run, and after Policy.Timeout. Nil options mean the
// defaults.
func NewRunner(outbox cris.Outbox, deliver func(context.Context, cris.Event) error, opts *Options) *Runner {
	r := &Runner{outbox: outbox, deliver: deliver, wake: make(chan struct{}, 1)}
	if opts != nil {
		r.opts = *opts
	}
	r.opts.Policy = r.opts.Policy.withDefaults()
	r.opts.NewID = ambient.IDs(r.opts.NewID)
	r.opts.Chance = ambient.Chance(r.opts.Chance)
	if r.opts.OnRound == nil {
		r.opts.OnRound = func(Round) {}
	}
	if r.opts.Failed == nil {
		r.opts.Failed = func(context.Context, cris.Event, error) {}
	}
	r.now = ambient.Time(r.opts.Now)
	r.shared, _ = outbox.(cris.SharedOutbox)
	return r
}

// Run delivers events until the context ends, and then gives back what it holds. It goes on
// through errors of the outbox, waiting longer each time, and through deliveries that fail or
// panic. It returns nil, or an error if the context ended and a delivery did not, or if something
// could not be given back; others take that over when its lease ends.
func (r *Runner) Run(ctx context.Context) error {
	stopReports := r.report(ctx)
	defer stopReports()
	round := r.shareRound
	if r.shared == nil {
		round = r.soleRound
	}
	idle, failures := 0, 0
	for ctx.Err() == nil {
		found, err := round(ctx)
		if errors.Is(err, errStuck) || err != nil && ctx.Err() != nil {
			return err
		}
		var wait time.Duration
		switch {
		case err != nil:
			failures++
			wait = r.opts.Policy.Wait(failures, r.opts.Chance())
		case found > 0:
			idle, failures = 0, 0
			if found >= r.opts.Policy.Batch {
				r.Wake() // there may be more than one can take
			}
			continue
		default:
			failures = 0
			wait = r.idleWait(idle)
			idle++
		}
		if woken := r.sleep(ctx, wait); woken {
			idle = 0
		}
	}
	return nil
}

// idleWait grows from some milliseconds to Policy.Poll while nothing is found.
func (r *Runner) idleWait(rounds int) time.Duration {
	const first = 10 * time.Millisecond
	return min(first<<min(rounds, 20), r.opts.Policy.Poll)
}

// Wake makes one waiting Run of this runner look at the outbox at once. A program may call it when
// it has saved events; otherwise they are found within Policy.Poll.
func (r *Runner) Wake() {
	select {
	case r.wake <- struct{}{}:
	default: // one is on its way already
	}
}

// sleep waits, and reports whether somebody woke it.
func (r *Runner) sleep(ctx context.Context, wait time.Duration) (woken bool) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-r.wake:
		return true
	}
	return false
}

// report calls OnBacklog from time to time, until the function that it returns is called.
func (r *Runner) report(ctx context.Context) (stop func()) {
	if r.opts.OnBacklog == nil || r.shared == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		ticker := time.NewTicker(r.opts.Policy.Report)
		defer ticker.Stop()
		for ctx.Err() == nil {
			backlog, err := r.shared.Backlog(ctx)
			switch {
			case err == nil:
				r.opts.OnBacklog(backlog)
			case ctx.Err() == nil:
				r.opts.Failed(ctx, cris.Event{}, fmt.Errorf("relay: count: %w", err))
			}
			select {
			case <-ctx.Done():
			case <-ticker.C:
			}
		}
	}()
	return func() { cancel(); <-done }
}
