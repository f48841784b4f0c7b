// Package retry tries an Update again that gave up because others changed the same scope.
package retry

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/internal/sentinel"
)

// Policy says how often a step is tried, and how long it waits between. Waits double from one try
// to the next. Each is drawn between half of its length and the whole, so that those who met once
// do not meet again.
type Policy struct {
	Tries int           // at most so many, with the first
	First time.Duration // the longest wait before the second try
	Most  time.Duration // the longest wait before any other
	Total time.Duration // no wait begins later than this after the first try, or would end later

	Wait      func(ctx context.Context, duration time.Duration) error
	Random    func() float64              // from 0 to less than 1
	Stopwatch func() func() time.Duration // starts to measure time, and tells how much has passed
}

// DefaultPolicy is the one of every service. Against writers that hold a scope for a moment it
// waits a few milliseconds; where nothing changes it gives up within two seconds of waiting.
func DefaultPolicy() Policy {
	return Policy{
		Tries: 12, First: 2 * time.Millisecond, Most: 400 * time.Millisecond, Total: 10 * time.Second,
		Wait: ambient.Wait, Random: ambient.Random, Stopwatch: ambient.Stopwatch,
	}
}

// OnConflict runs step by the default policy: see [Policy.OnConflict].
func OnConflict(ctx context.Context, step func() error) error {
	return DefaultPolicy().OnConflict(ctx, step)
}

// OnConflict runs step, and again while its error matches cris.ErrConflict and is not [Final], as
// the policy says and as long as the context allows. It returns the last error. What was saved
// by a try that seemed to fail is found on record by the next, so a step must save what it
// finds there only once.
func (p Policy) OnConflict(ctx context.Context, step func() error) error {
	passed := p.Stopwatch()
	for try := 1; ; try++ {
		err := step()
		if !errors.Is(err, sentinel.ErrConflict) || isFinal(err) || ctx.Err() != nil || try >= p.Tries {
			return err
		}
		wait := p.wait(try)
		left, has := ambient.Left(ctx)
		if has && wait >= left || passed()+wait > p.Total || p.Wait(ctx, wait) != nil {
			return err
		}
	}
}

// wait returns how long to wait after a try.
func (p Policy) wait(try int) time.Duration {
	longest := math.Min(float64(p.Most), math.Ldexp(float64(p.First), try-1))
	return time.Duration(longest * (1 + p.Random()) / 2)
}

// Final marks a conflict that another try cannot mend: the step that met it is not tried again. It
// changes nothing else about the error, and returns nil for nil.
func Final(err error) error {
	if err == nil {
		return nil
	}
	return &final{err}
}

type final struct{ error }

func (f *final) Unwrap() error { return f.error }

func isFinal(err error) bool {
	_, is := errors.AsType[*final](err)
	return is
}
