package contract

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

func eventsWithState(ctx context.Context, s *subject) error {
	for range 3 {
		if err := s.add(ctx, 0, accept); err != nil {
			return err
		}
		for range 2 { // reading takes nothing away
			if err := s.wantEvents(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// oneCommit looks on while Updates are saved: at the state and then at the outbox, where
// the events of all entries must be by then, and at the outbox and then at the state.
func oneCommit(ctx context.Context, s *subject) error {
	const updates = 50
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var failed error
	written := make(chan struct{})
	go func() {
		defer close(written)
		for range updates {
			if _, failed = s.propose(ctx, 0, accept); failed != nil {
				return
			}
		}
	}()
	defer func() { cancel(); <-written }()
	for {
		ended := false
		select {
		case <-written:
			if failed != nil {
				return failed
			}
			ended = true
		default:
		}
		before, err := s.published(ctx)
		if err != nil {
			return err
		}
		entries, err := s.Count(ctx, 0)
		if err != nil {
			return fmt.Errorf("count: %w", err)
		}
		after, err := s.published(ctx)
		if err != nil {
			return err
		}
		if entries < before {
			return fmt.Errorf("the events of %d changes were there when %d were saved", before, entries)
		}
		if after < entries {
			return fmt.Errorf("the events of %d changes were there after %d were saved", after, entries)
		}
		if ended {
			return s.wantCount(ctx, 0, updates)
		}
		time.Sleep(20 * time.Microsecond)
	}
}

// published returns of how many changes the outbox holds all events.
func (s *subject) published(ctx context.Context) (changes int, err error) {
	if s.Outbox == nil {
		return 0, errors.New("there is no outbox, but the port has events")
	}
	events, err := s.Outbox.Pending(ctx, 0)
	if err != nil {
		return 0, fmt.Errorf("read outbox: %w", err)
	}
	return len(events) / len(s.draft(1, 0)), nil
}

// cutting is a context that ends when it is looked at for the left-th time.
type cutting struct {
	context.Context //nolint:containedctx // it is a context

	end  context.CancelFunc
	left atomic.Int64
}

func newCutting(ctx context.Context, left int) *cutting {
	ctx, end := context.WithCancel(ctx)
	c := &cutting{Context: ctx, end: end}
	c.left.Store(int64(left))
	return c
}

func (c *cutting) look() {
	if c.left.Add(-1) == 0 {
		c.end()
	}
}

// Done implements context.Context.
func (c *cutting) Done() <-chan struct{} {
	c.look()
	return c.Context.Done()
}

// Err implements context.Context.
func (c *cutting) Err() error {
	c.look()
	return c.Context.Err()
}

// cutAnywhere ends the context of an Update at every point at which the store looks at it,
// one Update for each.
func cutAnywhere(ctx context.Context, s *subject) error {
	const most = 500 // looks of one Update, more than any store has
	for looks := range most {
		cut := newCutting(ctx, looks+1)
		_, err := s.propose(cut, 0, accept)
		whole := cut.left.Load() > 0
		cut.end()
		if whole && err != nil {
			return err
		}
		if err := s.wantTogether(ctx); err != nil {
			return fmt.Errorf("an Update that was cut at look %d: %w", looks+1, err)
		}
		if whole {
			return nil
		}
	}
	return nil
}

// wantTogether checks that the state and the outbox hold the same changes. A transaction
// that was cut may end a moment after its Update.
func (s *subject) wantTogether(ctx context.Context) error {
	for wait := time.Millisecond; ; wait *= 2 {
		entries, err := s.Count(ctx, 0)
		if err != nil {
			return fmt.Errorf("count: %w", err)
		}
		changes, err := s.published(ctx)
		if err != nil || changes == entries {
			return err
		}
		if wait > time.Second {
			return fmt.Errorf("%d changes are saved, and the events of %d", entries, changes)
		}
		time.Sleep(wait)
	}
}
