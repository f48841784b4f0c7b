package trackingtest

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
)

// cancelled returns a context that is.
func cancelled(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	return ctx
}

// wantCancelled checks that the error is that of a canceled context.
func wantCancelled(what string, err error) error {
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return errors.Join(fmt.Errorf("%s under a canceled context did not give its error", what), err)
}

// fading is a context that is cancelled when it is looked at for the last of so many times.
// By counting up, a call is broken off once at each of its steps.
type fading struct {
	context.Context //nolint:containedctx // it is one

	cancel context.CancelFunc
	looks  atomic.Int64 // left
}

func newFading(ctx context.Context, looks int) *fading {
	f := &fading{}
	f.Context, f.cancel = context.WithCancel(ctx)
	f.looks.Store(int64(looks))
	return f
}

// mostLooks is more than any call looks at its context.
const mostLooks = 1000

// Done implements context.Context.
func (f *fading) Done() <-chan struct{} {
	f.look()
	return f.Context.Done()
}

// Err implements context.Context.
func (f *fading) Err() error {
	f.look()
	return f.Context.Err()
}

func (f *fading) look() {
	if f.looks.Add(-1) == 0 {
		f.cancel()
	}
}
