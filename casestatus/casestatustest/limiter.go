package casestatustest

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
)

// NewLimiter makes a limiter for the kit that goes by the given clock. It allows burst
// look-ups of a client at once and one more after every.
type NewLimiter func(t *testing.T, now func() time.Time, burst int, every time.Duration) casestatus.Limiter

// TestLimiter checks every promise of casestatus.Limiter. newLimiter is called once per
// promise.
func TestLimiter(t *testing.T, newLimiter NewLimiter) {
	t.Helper()
	contract.Run(t, limiterClauses(), func(t *testing.T) limited { return newLimited(t, newLimiter) })
}

// limited is a limiter of three look-ups at once and one every ten seconds, with its
// clock.
type limited struct {
	casestatus.Limiter
	clock *Clock
}

const (
	kitBurst = 3
	kitEvery = 10 * time.Second
)

func newLimited(t *testing.T, newLimiter NewLimiter) limited {
	t.Helper()
	clock := NewClock("2022-02-19T12:00:00Z")
	return limited{newLimiter(t, clock.Now, kitBurst, kitEvery), clock}
}

func limiterClauses() []contract.Clause[limited] {
	return []contract.Clause[limited]{
		{Name: "Allow/Burst", Promise: "so many look-ups are allowed at once and no more, with a reason", Check: limiterBurst},
		{Name: "Allow/RetryAfter", Promise: "after RetryAfter one look-up is allowed, a moment earlier none is", Check: limiterRetryAfter},
		{Name: "Allow/NoMoreThanBurst", Promise: "a client that waited long has no more than the burst", Check: limiterNoMore},
		{Name: "Allow/Apart", Promise: "clients are told apart, also by case", Check: limiterApart},
		{Name: "Allow/ClockBack", Promise: "a clock that is set back by hours allows nothing more and locks no one out", Check: limiterClockBack},
		{Name: "Allow/ClockSwings", Promise: "a clock that goes back and forth allows no more than one that stands still", Check: limiterClockSwings},
		{Name: "Allow/Concurrent", Promise: "look-ups at one instant are counted one by one", Check: limiterConcurrent},
		{Name: "Allow/Cancelled", Promise: "a cancelled context takes nothing and gives its error", Check: limiterCancelled},
	}
}

// allowed asks n times and wants the first ones allowed and the others not.
func allowed(ctx context.Context, l limited, client string, n, want int) error {
	for i := range n {
		got, err := l.Allow(ctx, client)
		if err != nil {
			return err
		}
		if got.Allowed != (i < want) {
			return fmt.Errorf("look-up %d of client %q: allowed is %t, want the first %d", i+1, client, got.Allowed, want)
		}
		if got.Allowed && (got.RetryAfter != 0 || len(got.Reasons) > 0) {
			return fmt.Errorf("a look-up that is allowed comes with %v and %v", got.RetryAfter, got.Reasons)
		}
		if !got.Allowed && (got.RetryAfter <= 0 || len(got.Reasons) == 0 || got.Reasons[0].Rule != "CS-9") {
			return fmt.Errorf("a look-up that is not allowed comes with %v and %v", got.RetryAfter, got.Reasons)
		}
	}
	return nil
}

func limiterBurst(ctx context.Context, l limited) error {
	return allowed(ctx, l, "a", kitBurst+3, kitBurst)
}

func limiterRetryAfter(ctx context.Context, l limited) error {
	if err := allowed(ctx, l, "a", kitBurst, kitBurst); err != nil {
		return err
	}
	l.clock.Advance(kitEvery / 4)
	for range 3 {
		refused, err := l.Allow(ctx, "a")
		if err != nil {
			return err
		}
		l.clock.Advance(refused.RetryAfter - time.Microsecond)
		if err := allowed(ctx, l, "a", 1, 0); err != nil {
			return err
		}
		l.clock.Advance(time.Microsecond)
		if err := allowed(ctx, l, "a", 2, 1); err != nil {
			return err
		}
	}
	return nil
}

func limiterNoMore(ctx context.Context, l limited) error {
	for range 3 {
		if err := allowed(ctx, l, "a", kitBurst+1, kitBurst); err != nil {
			return err
		}
		l.clock.Advance(kitBurst*kitEvery + 24*time.Hour)
	}
	return nil
}

func limiterApart(ctx context.Context, l limited) error {
	for _, client := range []string{"a", "A", "", "2001:db8::1", "a\x00"} {
		if err := allowed(ctx, l, client, kitBurst+1, kitBurst); err != nil {
			return err
		}
	}
	return nil
}

func limiterClockBack(ctx context.Context, l limited) error {
	if err := allowed(ctx, l, "a", kitBurst+1, kitBurst); err != nil {
		return err
	}
	l.clock.Advance(-2 * time.Hour)
	if err := allowed(ctx, l, "a", 2, 0); err != nil {
		return err
	}
	l.clock.Advance(kitEvery)
	return allowed(ctx, l, "a", 2, 1)
}

func limiterClockSwings(ctx context.Context, l limited) error {
	if err := allowed(ctx, l, "a", kitBurst, kitBurst); err != nil {
		return err
	}
	for range 100 {
		for _, swing := range []time.Duration{-time.Minute, time.Minute} {
			l.clock.Advance(swing)
			if err := allowed(ctx, l, "a", 1, 0); err != nil {
				return err
			}
		}
	}
	l.clock.Advance(kitEvery)
	return allowed(ctx, l, "a", 2, 1)
}

func limiterConcurrent(ctx context.Context, l limited) error {
	const askers = 40
	var wg sync.WaitGroup
	var passed atomic.Int64
	failed := make([]error, askers)
	for i := range askers {
		wg.Go(func() {
			got, err := l.Allow(ctx, "a")
			if got.Allowed {
				passed.Add(1)
			}
			failed[i] = errors.Join(err, allowed(ctx, l, "another "+strconv.Itoa(i), 1, 1))
		})
	}
	wg.Wait()
	if n := passed.Load(); n != kitBurst {
		return fmt.Errorf("of %d look-ups at one instant %d were allowed, want %d", askers, n, kitBurst)
	}
	return errors.Join(failed...)
}

func limiterCancelled(ctx context.Context, l limited) error {
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := l.Allow(cancelled, "a"); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("a cancelled context gave the error %w", err)
	}
	return allowed(ctx, l, "a", kitBurst+1, kitBurst)
}
