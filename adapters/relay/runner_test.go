package relay_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/adapters/relay"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// save saves events in one change: each is given as subject/ID.
func save(t *testing.T, db *memory.DB, names ...string) {
	t.Helper()
	var events []cris.Event
	for _, name := range names {
		events = append(events, cris.Event{ID: name, Type: "cris.test.saved", Source: "/cris/test", Subject: name[:1], Time: time.Now()})
	}
	receipt := casestatus.MustParseReceiptNumber("IOE0912345678")
	require.NoError(t, db.ERequests().Update(t.Context(), receipt, func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{Events: events}, nil
	}))
}

// receiver notes what it gets and when, and fails as it is told.
type receiver struct {
	mu    sync.Mutex
	begun time.Time
	got   []string
	at    []time.Duration
	fails func(ctx context.Context, event cris.Event, nth int) error
}

func (r *receiver) deliver(ctx context.Context, event cris.Event) error {
	r.mu.Lock()
	nth := 1
	for _, id := range r.got {
		if id == event.ID {
			nth++
		}
	}
	r.got = append(r.got, event.ID)
	r.at = append(r.at, time.Since(r.begun))
	r.mu.Unlock()
	if r.fails == nil {
		return nil
	}
	return r.fails(ctx, event, nth)
}

// delivered returns what it got so far.
func (r *receiver) delivered() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.got)
}

// figures are what a runner told of itself.
type figures struct {
	mu       sync.Mutex
	sum      relay.Round
	failures []error
	backlogs []cris.Backlog
}

func (f *figures) options() *relay.Options {
	return &relay.Options{
		Chance: func() float64 { return 0 },
		OnRound: func(round relay.Round) {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.sum.Delivered += round.Delivered
			f.sum.Failed += round.Failed
			f.sum.Parked += round.Parked
			f.sum.Lost = f.sum.Lost || round.Lost
		},
		OnBacklog: func(backlog cris.Backlog) {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.backlogs = append(f.backlogs, backlog)
		},
		Failed: func(_ context.Context, _ cris.Event, err error) {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.failures = append(f.failures, err)
		},
	}
}

// running runs a runner for so long, and returns what Run returned.
func running(t *testing.T, runner *relay.Runner, length time.Duration) error {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), length)
	defer stop()
	return runner.Run(ctx)
}

// pending returns the IDs of the events that are pending.
func pending(t *testing.T, outbox cris.Outbox) (ids []string) {
	t.Helper()
	events, err := outbox.Pending(t.Context(), 0)
	require.NoError(t, err)
	for _, event := range events {
		ids = append(ids, event.ID)
	}
	return ids
}

func TestER12_AFailureHoldsBackItsOwnSubjectOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, figures := memory.New(), &figures{}
		save(t, db, "a1", "a2", "b1", "b2")
		to := &receiver{begun: time.Now(), fails: func(_ context.Context, event cris.Event, nth int) error {
			if event.ID == "a1" && nth < 4 {
				return errors.New("down")
			}
			return nil
		}}
		require.NoError(t, running(t, relay.NewRunner(db.Outbox(), to.deliver, figures.options()), time.Minute))
		require.Equal(t, []string{"a1", "b1", "b2", "a1", "a1", "a1", "a2"}, to.got)
		waits := []time.Duration{to.at[3] - to.at[0], to.at[4] - to.at[3], to.at[5] - to.at[4]}
		for i, want := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second} {
			require.GreaterOrEqual(t, waits[i], want, "try %d", i+2)
			require.Less(t, waits[i], want+relay.DefaultPolicy().Poll+time.Millisecond, "try %d", i+2)
		}
		require.Equal(t, relay.Round{Delivered: 4, Failed: 3}, figures.sum)
		require.Len(t, figures.failures, 3)
		require.Empty(t, pending(t, db.Outbox()))
	})
}

func TestER12_WhatFailsTooOftenIsParkedAndTheRestGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, figures := memory.New(), &figures{}
		save(t, db, "a1", "a2", "b1", "b2")
		to := &receiver{fails: func(_ context.Context, event cris.Event, _ int) error {
			switch event.ID {
			case "a1":
				return fmt.Errorf("write to anna@example.com: %w", cris.ErrConflict)
			case "b1":
				return cris.ErrUndeliverable
			}
			return nil
		}}
		opts := figures.options()
		opts.Policy = relay.Policy{Tries: 3}
		require.NoError(t, running(t, relay.NewRunner(db.Outbox(), to.deliver, opts), time.Minute))
		require.Equal(t, []string{"a1", "b1", "b2", "a1", "a1", "a2"}, to.got)
		require.Equal(t, relay.Round{Delivered: 2, Failed: 2, Parked: 2}, figures.sum)
		var parked []string
		for event, err := range db.Outbox().Parked(t.Context(), cris.Page[string]{}) {
			require.NoError(t, err)
			parked = append(parked, fmt.Sprint(event.ID, " ", event.Tries, " ", event.Code))
		}
		require.Equal(t, []string{"a1 3 conflict", "b1 1 undeliverable"}, parked, "what the receiver said is not kept")
		require.Equal(t, cris.Backlog{Parked: 2}, figures.backlogs[len(figures.backlogs)-1])
	})
}

func TestER12_SeveralRelaysShareTheWorkAndDoubleNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := memory.New()
		to := &receiver{fails: func(context.Context, cris.Event, int) error { time.Sleep(100 * time.Millisecond); return nil }}
		var want []string
		for n := range 20 {
			for _, subject := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
				want = append(want, fmt.Sprintf("%s%02d", subject, n))
			}
		}
		save(t, db, want...)
		runner := relay.NewRunner(db.Outbox(), to.deliver, &relay.Options{Policy: relay.Policy{Batch: 2}})
		begun := time.Now()
		ctx, stop := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if err := runner.Run(ctx); err != nil {
					t.Error(err)
				}
			})
		}
		for len(to.delivered()) < len(want) {
			time.Sleep(10 * time.Millisecond)
		}
		require.Less(t, time.Since(begun), 8*time.Second, "it takes one relay 16 seconds")
		time.Sleep(time.Second)
		stop()
		all.Wait()
		got := to.delivered()
		bySubject := func(ids []string) []string {
			return slices.SortedStableFunc(slices.Values(ids), func(a, b string) int { return int(a[0]) - int(b[0]) })
		}
		require.Equal(t, bySubject(want), bySubject(got))
	})
}

func TestER12_AStopGivesBackWhatIsHeld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, figures := memory.New(), &figures{}
		save(t, db, "a1", "b1", "c1")
		ctx, stop := context.WithCancel(t.Context())
		to := &receiver{fails: func(ctx context.Context, event cris.Event, _ int) error {
			if event.ID != "b1" {
				return nil
			}
			stop()
			<-ctx.Done()
			return ctx.Err()
		}}
		require.NoError(t, relay.NewRunner(db.Outbox(), to.deliver, figures.options()).Run(ctx))
		require.Equal(t, []string{"b1", "c1"}, pending(t, db.Outbox()))
		require.Equal(t, relay.Round{Delivered: 1}, figures.sum, "what was cut off has not failed")

		to.fails = nil
		require.NoError(t, running(t, relay.NewRunner(db.Outbox(), to.deliver, figures.options()), time.Second))
		require.Equal(t, []string{"a1", "b1", "b1", "c1"}, to.got, "at once")
	})
}

func TestER12_APanicIsAFailure(t *testing.T) {
	for name, fail := range map[string]func(){
		"Panic":  func() { panic("anna@example.com") },
		"Goexit": runtime.Goexit,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				db, figures := memory.New(), &figures{}
				save(t, db, "a1", "b1")
				to := &receiver{fails: func(_ context.Context, event cris.Event, _ int) error {
					if event.ID == "a1" {
						fail()
					}
					return nil
				}}
				opts := figures.options()
				opts.Policy = relay.Policy{Tries: 1}
				require.NoError(t, running(t, relay.NewRunner(db.Outbox(), to.deliver, opts), time.Second))
				require.Equal(t, relay.Round{Delivered: 1, Parked: 1}, figures.sum)
				var panicked *relay.PanicError
				require.ErrorAs(t, figures.failures[0], &panicked)
				require.NotContains(t, panicked.Error(), "anna")
				for event, err := range db.Outbox().Parked(t.Context(), cris.Page[string]{}) {
					require.NoError(t, err)
					require.Equal(t, cris.FailurePanic, event.Code)
				}
			})
		})
	}
}

func TestER12_ADeliveryThatTakesTooLongFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, figures := memory.New(), &figures{}
		save(t, db, "a1", "b1")
		to := &receiver{fails: func(ctx context.Context, event cris.Event, nth int) error {
			if event.ID == "a1" && nth == 1 {
				<-ctx.Done()
				return ctx.Err()
			}
			return nil
		}}
		require.NoError(t, running(t, relay.NewRunner(db.Outbox(), to.deliver, figures.options()), time.Minute))
		require.Equal(t, []string{"a1", "b1", "a1"}, to.got)
		require.Equal(t, relay.Round{Delivered: 2, Failed: 1}, figures.sum)
	})
}

// A delivery that ignores its context keeps its own relay and its own subject, and nothing else.
func TestER12_ADeliveryThatIgnoresItsContextHoldsNothingElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, figures := memory.New(), &figures{}
		save(t, db, "a1", "b1", "b2")
		ends := make(chan struct{})
		to := &receiver{begun: time.Now(), fails: func(_ context.Context, event cris.Event, nth int) error {
			if event.ID == "a1" && nth == 1 {
				<-ends
			}
			return nil
		}}
		runner := relay.NewRunner(db.Outbox(), to.deliver, figures.options())
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 2)
		go func() { done <- runner.Run(ctx) }()
		synctest.Wait()
		go func() { done <- runner.Run(ctx) }()
		time.Sleep(30 * time.Second)
		require.Equal(t, []string{"a1", "b1", "b2"}, to.delivered(), "another relay delivers the rest")
		time.Sleep(time.Hour)
		require.Equal(t, []string{"a1", "b1", "b2", "a1"}, to.delivered())
		require.GreaterOrEqual(t, to.at[3], 3*relay.DefaultPolicy().Timeout, "not before the lease would have ended")
		stop()
		errs := []error{<-done, <-done}
		slices.SortFunc(errs, func(a, _ error) int {
			if a == nil {
				return -1
			}
			return 1
		})
		require.NoError(t, errs[0])
		require.ErrorContains(t, errs[1], "let deliver return when its context ends")
		close(ends)
	})
}

// failingOutbox is an outbox of which some calls fail.
type failingOutbox struct {
	*memory.Outbox
	claims, settles int // so many fail first
}

var errDown = errors.New("the database is down")

func (o *failingOutbox) Claim(ctx context.Context, claim cris.Claim) (cris.Lease, error) {
	if o.claims--; o.claims >= 0 {
		return cris.Lease{}, errDown
	}
	return o.Outbox.Claim(ctx, claim)
}

func (o *failingOutbox) Settle(ctx context.Context, lease cris.Lease, settled ...cris.Settlement) error {
	if o.settles--; o.settles >= 0 {
		return errDown
	}
	return o.Outbox.Settle(ctx, lease, settled...)
}

func TestER12_ARelayGoesOnThroughErrorsOfTheStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, figures, to := memory.New(), &figures{}, &receiver{begun: time.Now()}
		save(t, db, "a1", "b1")
		outbox := &failingOutbox{Outbox: db.Outbox(), claims: 3, settles: 3}
		require.NoError(t, running(t, relay.NewRunner(outbox, to.deliver, figures.options()), time.Minute))
		require.Equal(t, []string{"a1", "b1"}, to.got, "marked by and by, and not delivered again")
		require.Equal(t, 7*time.Second, to.at[0], "after waits of one, two and four seconds")
		require.Len(t, figures.failures, 6)
		require.ErrorIs(t, figures.failures[0], errDown)
		require.Empty(t, pending(t, db.Outbox()))
	})
}

func TestER12_WhatCannotBeMarkedComesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, figures, to := memory.New(), &figures{}, &receiver{begun: time.Now()}
		save(t, db, "a1")
		outbox := &failingOutbox{Outbox: db.Outbox(), settles: 1_000}
		runner := relay.NewRunner(outbox, to.deliver, figures.options())
		require.Error(t, running(t, runner, 10*time.Second), "it could not give back what it holds")
		outbox.settles = 0
		require.NoError(t, running(t, runner, 2*time.Minute))
		require.Equal(t, []string{"a1", "a1"}, to.got)
		require.True(t, figures.sum.Lost)
	})
}

func TestER12_AClockThatIsNotSetDeliversNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, figures, to := memory.New(), &figures{}, &receiver{}
		save(t, db, "a1")
		opts := figures.options()
		now := time.Time{}
		opts.Now = func() time.Time { return now }
		runner := relay.NewRunner(db.Outbox(), to.deliver, opts)
		require.NoError(t, running(t, runner, time.Second))
		require.Empty(t, to.got)
		require.ErrorIs(t, figures.failures[0], cris.ErrClock)
		now = time.Now()
		require.NoError(t, running(t, runner, time.Second))
		require.Equal(t, []string{"a1"}, to.got)
	})
}

// What was held when the clock was a year ahead is not held for a year.
func TestER12_AClockThatIsSetBackHoldsNothingForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, figures := memory.New(), &figures{}
		save(t, db, "a1", "b1")
		to := &receiver{fails: func(_ context.Context, event cris.Event, nth int) error {
			if event.ID == "a1" && nth == 1 {
				return errDown
			}
			return nil
		}}
		opts := figures.options()
		opts.Now = func() time.Time { return time.Now().AddDate(1, 0, 0) }
		outbox := &failingOutbox{Outbox: db.Outbox()}
		require.NoError(t, running(t, relay.NewRunner(outbox, to.deliver, opts), 500*time.Millisecond))
		opts.Now = nil
		require.NoError(t, running(t, relay.NewRunner(outbox, to.deliver, opts), time.Second))
		require.Equal(t, []string{"a1", "b1", "a1"}, to.got)
	})
}

func TestER12_WakeIsQuickerThanThePoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, to := memory.New(), &receiver{begun: time.Now()}
		runner := relay.NewRunner(db.Outbox(), to.deliver, &relay.Options{Policy: relay.Policy{Poll: time.Hour}})
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- runner.Run(ctx) }()
		time.Sleep(24 * time.Hour)
		save(t, db, "a1")
		runner.Wake()
		synctest.Wait()
		require.Equal(t, []string{"a1"}, to.delivered())
		stop()
		require.NoError(t, <-done)
	})
}

// soleOutbox is an outbox that is not shared.
type soleOutbox struct{ cris.Outbox }

func TestER12_AnOutboxThatIsNotSharedIsRelayedInItsOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, figures := memory.New(), &figures{}
		save(t, db, "a1", "b1", "a2")
		to := &receiver{fails: func(_ context.Context, event cris.Event, nth int) error {
			if event.ID == "b1" && nth < 3 {
				panic(errDown)
			}
			return nil
		}}
		require.NoError(t, running(t, relay.NewRunner(soleOutbox{db.Outbox()}, to.deliver, figures.options()), time.Minute))
		require.Equal(t, []string{"a1", "b1", "b1", "b1", "a2"}, to.got)
		require.Equal(t, relay.Round{Delivered: 3, Failed: 2}, figures.sum)
		require.Empty(t, figures.backlogs)
		require.Empty(t, pending(t, db.Outbox()))
	})
}

func TestPolicy_WaitsTwiceAsLongEachTimeUpToALimit(t *testing.T) {
	policy := relay.Policy{FirstWait: time.Second, LongestWait: 10 * time.Second}
	for tries, want := range map[int]time.Duration{1: time.Second, 2: 2 * time.Second, 4: 8 * time.Second, 5: 10 * time.Second, 1_000_000: 10 * time.Second} {
		require.Equal(t, want, policy.Wait(tries, 0), "%d tries", tries)
		require.Equal(t, want*3/4, policy.Wait(tries, 0.5), "%d tries", tries)
	}
	policy.Jitter = -1
	require.Equal(t, time.Second, policy.Wait(1, 0.9))
	policy.Jitter = 5
	require.Positive(t, policy.Wait(1, 0.9))
}

// A receiver that is down for a night parks nothing.
func TestPolicy_TriesForADay(t *testing.T) {
	var all time.Duration
	for tries := 1; tries < relay.DefaultPolicy().Tries; tries++ {
		all += relay.Policy{}.Wait(tries, 0.5)
	}
	require.Greater(t, all, 12*time.Hour)
	require.Less(t, all, 30*time.Hour)
}
