package casestatustest

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
)

func tokenBuckets(_ *testing.T, now func() time.Time, burst int, every time.Duration) casestatus.Limiter {
	policy := casestatus.DefaultPolicy()
	policy.LookUps = casestatus.LookUps{Burst: burst, Every: every, Clients: 100}
	return casestatus.NewTokenBuckets(&casestatus.Options{Now: now, Policy: &policy})
}

func TestKit_AcceptsTokenBuckets(t *testing.T) { TestLimiter(t, tokenBuckets) }

// limiterFunc is a limiter that is one function.
type limiterFunc func(ctx context.Context, client string) (casestatus.Allowance, error)

func (f limiterFunc) Allow(ctx context.Context, client string) (casestatus.Allowance, error) {
	return f(ctx, client)
}

var tooOften = []cris.Reason{{Rule: "CS-9", Text: "too often"}}

// savingUp is a limiter whose buckets have no rim.
func savingUp(_ *testing.T, now func() time.Time, burst int, every time.Duration) casestatus.Limiter {
	begin, asked := now(), map[string]int{}
	return limiterFunc(func(_ context.Context, client string) (casestatus.Allowance, error) {
		if asked[client] >= burst+int(now().Sub(begin)/every) {
			return casestatus.Allowance{RetryAfter: every, Reasons: tooOften}, nil
		}
		asked[client]++
		return casestatus.Allowance{Allowed: true}, nil
	})
}

// lookingFirst is a limiter that looks at what is left, and counts later.
func lookingFirst(_ *testing.T, _ func() time.Time, burst int, every time.Duration) casestatus.Limiter {
	var mu sync.Mutex
	asked := map[string]int{}
	return limiterFunc(func(_ context.Context, client string) (casestatus.Allowance, error) {
		mu.Lock()
		seen := asked[client]
		mu.Unlock()
		if seen >= burst {
			return casestatus.Allowance{RetryAfter: every, Reasons: tooOften}, nil
		}
		time.Sleep(5 * time.Millisecond)
		mu.Lock()
		defer mu.Unlock()
		asked[client] = seen + 1
		return casestatus.Allowance{Allowed: true}, nil
	})
}

func TestKit_RefusesBrokenLimiters(t *testing.T) {
	broken := func(clause, flaw string, newLimiter NewLimiter) contract.Broken[limited] {
		return contract.Broken[limited]{Clause: clause, Flaw: flaw, New: func(t *testing.T) limited { return newLimited(t, newLimiter) }}
	}
	// around lets a limiter do something before or after a correct one.
	around := func(spoil func(good casestatus.Limiter, now func() time.Time) limiterFunc) NewLimiter {
		return func(t *testing.T, now func() time.Time, burst int, every time.Duration) casestatus.Limiter {
			return spoil(tokenBuckets(t, now, burst, every), now)
		}
	}
	onAnswer := func(spoil func(a *casestatus.Allowance)) NewLimiter {
		return around(func(good casestatus.Limiter, _ func() time.Time) limiterFunc {
			return func(ctx context.Context, client string) (casestatus.Allowance, error) {
				a, err := good.Allow(ctx, client)
				spoil(&a)
				return a, err
			}
		})
	}
	contract.Refuses(t, limiterClauses(), []contract.Broken[limited]{
		broken("Allow/Burst", "gives no reason", onAnswer(func(a *casestatus.Allowance) { a.Reasons = nil })),
		broken("Allow/RetryAfter", "asks for patience in whole minutes", onAnswer(func(a *casestatus.Allowance) {
			if !a.Allowed {
				a.RetryAfter = time.Minute
			}
		})),
		broken("Allow/NoMoreThanBurst", "saves up what was not used", savingUp),
		broken("Allow/Apart", "folds letters", around(func(good casestatus.Limiter, _ func() time.Time) limiterFunc {
			return func(ctx context.Context, client string) (casestatus.Allowance, error) {
				return good.Allow(ctx, strings.ToLower(client))
			}
		})),
		broken("Allow/ClockBack", "locks out until the clock is where it was", around(func(good casestatus.Limiter, now func() time.Time) limiterFunc {
			var latest time.Time
			return func(ctx context.Context, client string) (casestatus.Allowance, error) {
				if now().Before(latest) {
					return casestatus.Allowance{RetryAfter: latest.Sub(now()), Reasons: tooOften}, nil
				}
				latest = now()
				return good.Allow(ctx, client)
			}
		})),
		broken("Allow/ClockSwings", "grants the time again that a clock goes back", around(func(good casestatus.Limiter, now func() time.Time) limiterFunc {
			refused := map[string]time.Time{}
			return func(ctx context.Context, client string) (casestatus.Allowance, error) {
				at, was := refused[client]
				got, err := good.Allow(ctx, client)
				if err == nil && !got.Allowed && was && now().Sub(at) >= time.Minute {
					delete(refused, client)
					return casestatus.Allowance{Allowed: true}, nil
				}
				if err == nil && !got.Allowed {
					refused[client] = now()
				}
				return got, err
			}
		})),
		broken("Allow/Concurrent", "looks first and counts later", lookingFirst),
		broken("Allow/Cancelled", "does not look at the context", around(func(good casestatus.Limiter, _ func() time.Time) limiterFunc {
			return func(ctx context.Context, client string) (casestatus.Allowance, error) {
				return good.Allow(context.WithoutCancel(ctx), client)
			}
		})),
	})
}
