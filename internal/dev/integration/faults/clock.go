package main

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"
)

// setBack sets the clock of the services back while callers work: by two hours, or to a time that
// cannot be now.
func setBack(open func(ctx context.Context, l *lab) (*sqlx.DB, error), wrong func(now time.Time) time.Time) func(ctx context.Context, l *lab) (result, error) {
	return func(ctx context.Context, l *lab) (result, error) {
		pool, err := open(ctx, l)
		if err != nil {
			return result{}, err
		}
		x, err := l.open(ctx, pool)
		if err != nil {
			return result{}, err
		}
		defer x.close()
		return x.strike(ctx, x.while(
			func(context.Context) error { x.clock.show(wrong); return nil },
			func(context.Context) error { x.clock.show(nil); return nil }, 200*time.Millisecond))
	}
}

// show lets the clock show something else, or what it should.
func (c *clock) show(wrong func(now time.Time) time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wrong = wrong
}

func earlier(now time.Time) time.Time { return now.Add(-2 * time.Hour) }

func never(time.Time) time.Time { return time.Unix(0, 0) }
