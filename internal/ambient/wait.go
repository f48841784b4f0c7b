package ambient

import (
	"context"
	"math/rand/v2"
	"time"
)

// Wait returns nil after the duration, or the error of the context if that ends before.
func Wait(ctx context.Context, duration time.Duration) error {
	timer := time.NewTimer(duration)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// Random returns a number from 0 to less than 1, which spreads waits and is not secret.
func Random() float64 {
	return rand.Float64() //nolint:gosec // nothing is kept safe by it
}

// Stopwatch returns a function that tells how long ago Stopwatch was called, also if somebody has
// set the clock meanwhile.
func Stopwatch() func() time.Duration {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}

// Left returns how much time the context leaves, and whether it has a deadline at all. It is zero
// or less after the deadline.
func Left(ctx context.Context) (time.Duration, bool) {
	deadline, has := ctx.Deadline()
	if !has {
		return 0, false
	}
	return time.Until(deadline), true
}
