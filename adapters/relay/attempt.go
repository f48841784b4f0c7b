package relay

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
)

// errStuck means that a delivery goes on although its context has ended.
var errStuck = errors.New("relay: a delivery did not end with its context: let deliver return when its context ends")

// PanicError is the error of a delivery that panicked. Its text does not repeat the value, which
// may be personal.
type PanicError struct {
	Value any // what it panicked with; nil if it ended its goroutine
}

// Error says that a delivery panicked, and with what type of value.
func (e *PanicError) Error() string { return fmt.Sprintf("relay: deliver panicked with a %T", e.Value) }

// attempt is one delivery. It runs in a goroutine of its own, so that one that ignores its
// context does not keep others from being marked.
type attempt struct {
	ctx    context.Context //nolint:containedctx // that of the delivery, to see that it has ended
	result chan error
}

// attempt begins to deliver an event.
func (r *Runner) attempt(ctx context.Context, event cris.Event) *attempt {
	ctx, cancel := context.WithTimeout(ctx, r.opts.Policy.Timeout)
	a := &attempt{ctx, make(chan error, 1)}
	go func() {
		defer cancel()
		var err error = &PanicError{}
		defer func() {
			if value := recover(); value != nil {
				err = &PanicError{value}
			}
			a.result <- err
		}()
		err = r.deliver(ctx, event)
	}()
	return a
}

// wait returns the error of the delivery, or errStuck if it goes on for so long after its context
// has ended. It may be called again then.
func (a *attempt) wait(grace time.Duration) error {
	select {
	case err := <-a.result:
		return err
	case <-a.ctx.Done():
	}
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case err := <-a.result:
		return err
	case <-timer.C:
		return errStuck
	}
}

// outlast waits for the end of a delivery that is stuck, or for that of the run. It returns
// errStuck if the delivery goes on even then.
func (a *attempt) outlast(ctx context.Context) error {
	select {
	case <-a.result: //nolint:errcheck // it has been settled as a failure
		return nil
	case <-ctx.Done():
		return errStuck
	}
}
