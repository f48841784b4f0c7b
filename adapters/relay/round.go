package relay

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
)

// soleRound delivers what is pending in an outbox that is not shared, until something fails.
func (r *Runner) soleRound(ctx context.Context) (found int, err error) {
	failed := 0
	delivered, err := cris.Relay(ctx, r.outbox, func(ctx context.Context, event cris.Event) error {
		try := r.attempt(ctx, event)
		err := try.wait(r.opts.Policy.grace())
		if err == nil || ctx.Err() != nil {
			return err
		}
		failed = 1
		r.opts.Failed(ctx, event, err)
		if errors.Is(err, errStuck) {
			if err := try.outlast(ctx); err != nil {
				return err
			}
			return context.DeadlineExceeded
		}
		return err
	})
	if delivered+failed > 0 {
		r.opts.OnRound(Round{Delivered: delivered, Failed: failed})
	}
	isStopped := ctx.Err() != nil && !errors.Is(err, errStuck)
	if isStopped {
		return delivered, nil // what was not marked comes again
	}
	if err != nil && failed == 0 {
		r.opts.Failed(ctx, cris.Event{}, err)
	}
	return delivered, err
}

// shareRound takes some events of a shared outbox, delivers them and saves what became of them.
func (r *Runner) shareRound(ctx context.Context) (found int, err error) {
	work, cancel := context.WithTimeout(ctx, r.opts.Policy.begins())
	defer cancel()
	held, release := outlasting(ctx, r.opts.Policy.lease(), r.opts.Policy.grace())
	defer release()
	claim, lease, err := r.claim(held)
	if err != nil || len(lease.Events) == 0 {
		if err != nil {
			r.opts.Failed(ctx, cris.Event{}, err)
		}
		return 0, err
	}
	b := batch{runner: r, claim: claim}
	for _, event := range lease.Events {
		if work.Err() != nil || b.stuck != nil {
			break
		}
		b.deliver(ctx, event)
	}
	b.round.GivenBack = len(lease.Events) - len(b.settled)
	err = r.settle(held, lease, &b)
	r.opts.OnRound(b.round)
	if b.stuck != nil {
		release()
		if stuck := b.stuck.outlast(ctx); stuck != nil {
			return len(b.settled), stuck
		}
	}
	return len(b.settled), err
}

// outlasting returns a context that ends after the limit, or a grace period after ctx has ended.
func outlasting(ctx context.Context, limit, grace time.Duration) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-time.After(grace):
			cancel()
		case <-longer.Done():
		}
	})
	return longer, func() { stop(); cancel() }
}

// claim asks for events.
func (r *Runner) claim(ctx context.Context) (cris.Claim, cris.Lease, error) {
	now, err := r.now()
	if err != nil {
		return cris.Claim{}, cris.Lease{}, fmt.Errorf("relay: claim: %w", err)
	}
	policy := r.opts.Policy
	claim := cris.Claim{
		ID: r.opts.NewID(), At: now, Until: now.Add(policy.lease()), Latest: now.Add(policy.latest()), Limit: policy.Batch,
	}
	lease, err := r.shared.Claim(ctx, claim)
	if err != nil {
		return claim, lease, fmt.Errorf("relay: claim: %w", err)
	}
	return claim, lease, nil
}

// batch is what becomes of the events of a lease.
type batch struct {
	runner  *Runner
	claim   cris.Claim
	settled []cris.Settlement
	blocked map[string]bool // subjects of which an event failed
	round   Round
	stuck   *attempt // a delivery that does not end
}

// deliver delivers an event, unless one of its subject has failed.
func (b *batch) deliver(ctx context.Context, event cris.ClaimedEvent) {
	if b.blocked[event.Subject] {
		return
	}
	try := b.runner.attempt(ctx, event.Event)
	err := try.wait(b.runner.opts.Policy.grace())
	isStuck := errors.Is(err, errStuck)
	switch {
	case err == nil:
		b.round.Delivered++
		b.settled = append(b.settled, cris.Settlement{ID: event.ID, Result: cris.ResultDelivered})
		return
	case ctx.Err() != nil && !isStuck:
		b.block(event.Subject) // it is given back: it may be for the end of the run that it failed
		return
	case isStuck:
		b.stuck = try
	}
	b.runner.opts.Failed(ctx, event.Event, err)
	b.fail(event, err)
}

func (b *batch) block(subject string) {
	if b.blocked == nil {
		b.blocked = map[string]bool{}
	}
	b.blocked[subject] = true
}

// fail decides what becomes of an event that failed. One whose delivery goes on is not tried
// again before the lease would have ended.
func (b *batch) fail(event cris.ClaimedEvent, err error) {
	policy := b.runner.opts.Policy
	settlement := cris.Settlement{ID: event.ID, Result: cris.ResultFailed, Tries: event.Tries + 1, Code: codeOf(err)}
	if settlement.Tries >= policy.Tries || errors.Is(err, cris.ErrUndeliverable) {
		settlement.Result = cris.ResultParked
		b.round.Parked++
		b.settled = append(b.settled, settlement)
		return
	}
	now, err := b.runner.now()
	if err != nil {
		now = b.claim.At
	}
	settlement.RetryAt = now.Add(policy.Wait(settlement.Tries, b.runner.opts.Chance()))
	if b.stuck != nil && settlement.RetryAt.Before(b.claim.Until) {
		settlement.RetryAt = b.claim.Until
	}
	b.round.Failed++
	b.settled = append(b.settled, settlement)
	b.block(event.Subject)
}

func codeOf(err error) cris.FailureCode {
	if _, panicked := errors.AsType[*PanicError](err); panicked {
		return cris.FailurePanic
	}
	if errors.Is(err, errStuck) {
		return cris.FailureTimeout
	}
	return cris.FailureCodeOf(err)
}

// settle saves what became of the events, and tries again as long as the lease lasts: what was
// delivered and is not marked comes again.
func (r *Runner) settle(ctx context.Context, lease cris.Lease, b *batch) error {
	const first, longest = 20 * time.Millisecond, time.Second
	for wait := first; ; wait = min(2*wait, longest) {
		err := r.shared.Settle(ctx, lease, b.settled...)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, cris.ErrLeaseLost):
			b.round.Lost = true
			return nil
		}
		err = fmt.Errorf("relay: settle: %w", err)
		r.opts.Failed(ctx, cris.Event{}, err)
		select {
		case <-ctx.Done():
			b.round.Lost = true
			return err
		case <-time.After(wait):
		}
	}
}
