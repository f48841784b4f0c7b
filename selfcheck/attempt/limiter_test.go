package attempt_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/selfcheck/attempt"
)

// desk is a limiter of two quizzes and three days over a store, with its clock.
type desk struct {
	t     *testing.T
	clock *contract.Clock
	store attempt.Counters
	*attempt.Limiter
}

func newDesk(t *testing.T, store attempt.Counters) *desk {
	t.Helper()
	d := &desk{t: t, clock: contract.NewClock("2011-03-21T15:00:00Z"), store: store}
	d.Limiter = attempt.NewLimiter(store, &attempt.Options{Now: d.clock.Now, Policy: attempt.MyEVerifyPolicy()})
	return d
}

func (d *desk) take(family string) (attempt.Ticket, attempt.Decision) {
	d.t.Helper()
	ticket, decision, err := d.Take(d.t.Context(), named(d.t, family, "John"), born)
	require.NoError(d.t, err)
	require.Equal(d.t, decision.Outcome == attempt.Locked, ticket.IsZero())
	return ticket, decision
}

func (d *desk) wantAllowed(family string, left int) attempt.Ticket {
	d.t.Helper()
	ticket, decision := d.take(family)
	require.Equal(d.t, attempt.Decision{Outcome: attempt.Allowed, Left: left}, decision)
	return ticket
}

func (d *desk) wantLocked(family, until string) {
	d.t.Helper()
	_, decision := d.take(family)
	require.Equal(d.t, attempt.Decision{Outcome: attempt.Locked, Until: cris.MustParseDate(until), Reasons: attempt.Reasons()}, decision)
}

func TestSC8_TwoQuizzesThenAWaitThatTryingDoesNotLengthen(t *testing.T) {
	d := newDesk(t, memory.New().Attempts())
	for _, monday := range []string{"2011-03-21", "2011-03-25"} {
		d.clock.Set(monday + "T15:00:00Z")
		until := cris.MustParseDate(monday).AddDays(4).String()
		d.wantAllowed("Müller", 1)
		d.wantAllowed("MUELLER", 0)
		for range 4 { // each day of the wait, many times
			for range 10 {
				d.wantLocked("muller", until)
			}
			d.wantAllowedByOthers()
			d.clock.Advance(24 * time.Hour)
		}
	}
	d.wantAllowed("Müller", 1)
}

func (d *desk) wantAllowedByOthers() {
	d.t.Helper()
	ticket, decision := d.take("Schmidt")
	require.Equal(d.t, attempt.Allowed, decision.Outcome, "others are not locked out")
	require.NoError(d.t, d.GiveBack(d.t.Context(), ticket))
}

func TestSC4_AnOutageIsNoAttempt(t *testing.T) {
	d := newDesk(t, memory.New().Attempts())
	for range 20 {
		ticket := d.wantAllowed("Smith", 1)
		// The quiz ends in another request: what the session has kept is enough.
		kept, err := attempt.ParseTicket(ticket.Encode())
		require.NoError(t, err)
		for range 3 { // the report may come more than once
			require.NoError(t, d.GiveBack(t.Context(), kept))
		}
	}
	d.wantAllowed("Smith", 1)
	second := d.wantAllowed("Smith", 0)
	d.wantLocked("Smith", "2011-03-25")
	d.clock.Advance(24 * time.Hour)
	require.NoError(t, d.GiveBack(t.Context(), second), "on a later day too")
	d.wantAllowed("Smith", 0)
	d.wantLocked("Smith", "2011-03-25")
	d.clock.Set("2011-03-25T15:00:00Z")
	require.NoError(t, d.GiveBack(t.Context(), second))
	d.wantAllowed("Smith", 0)
	d.wantLocked("Smith", "2011-03-26")
}

// Whoever leaves the quiz never comes back to conclude it.
func TestSC8_AQuizThatWasLeftStaysCounted(t *testing.T) {
	d := newDesk(t, memory.New().Attempts())
	for range 2 {
		d.take("Smith")
	}
	d.wantLocked("Smith", "2011-03-25")
}

func TestSC8_ManyWindowsAtOnceTakeNoMoreThanIsAllowed(t *testing.T) {
	store := memory.New().Attempts()
	requireTwoOf16(t, func(int) attempt.Counters { return store })
}

func requireTwoOf16(t *testing.T, store func(n int) attempt.Counters) {
	t.Helper()
	clock := contract.NewClock("2011-03-21T15:00:00Z")
	var group sync.WaitGroup
	decisions := make([]attempt.Decision, 16)
	failed := make([]error, 16)
	name := named(t, "Smith", "John")
	for n := range decisions {
		group.Go(func() {
			limiter := attempt.NewLimiter(store(n), &attempt.Options{Now: clock.Now, Policy: attempt.MyEVerifyPolicy()})
			_, decisions[n], failed[n] = limiter.Take(t.Context(), name, born)
		})
	}
	group.Wait()
	require.NoError(t, errors.Join(failed...))
	left := map[int]int{}
	for _, decision := range decisions {
		if decision.Outcome == attempt.Allowed {
			left[decision.Left]++
		}
	}
	require.Equal(t, map[int]int{1: 1, 0: 1}, left)
}

// The clocks of two processes differ around midnight: each sees what the other has counted.
func TestSC8_ClocksThatDifferAllowNoMore(t *testing.T) {
	store := memory.New().Attempts()
	early, late := newDesk(t, store), newDesk(t, store)
	early.clock.Set("2011-03-22T03:59:59Z") // still the 21st in Washington
	late.clock.Set("2011-03-22T04:00:01Z")
	late.wantAllowed("Smith", 1)
	early.wantAllowed("Smith", 0)
	early.wantLocked("Smith", "2011-03-25")
	late.wantLocked("Smith", "2011-03-25")
}

func TestSC5_ADayIsForgottenWhenItNoLongerCounts(t *testing.T) {
	d := newDesk(t, memory.New().Attempts())
	d.take("Smith")
	days := func() (dates []string) {
		d.t.Helper()
		today := cris.DateOf(d.clock.Now(), cris.AgencyZone())
		all, _, err := d.store.Open(t.Context(), attempt.Day{Date: today}, cris.MustParseDate("1971-01-01"))
		require.NoError(t, err)
		for _, day := range all {
			dates = append(dates, day.Date.String())
		}
		return dates
	}
	d.clock.Set("2011-03-24T15:00:00Z")
	removed, err := d.Forget(t.Context())
	require.NoError(t, err)
	require.Zero(t, removed)
	require.Equal(t, []string{"2011-03-21", "2011-03-24"}, days())
	d.clock.Set("2011-03-25T15:00:00Z")
	removed, err = d.Forget(t.Context())
	require.NoError(t, err)
	require.Equal(t, attempt.Rows, removed)
	require.Equal(t, []string{"2011-03-24", "2011-03-25"}, days())
	// Whoever begins a day does it too.
	d.clock.Set("2011-04-25T15:00:00Z")
	d.take("Smith")
	require.Equal(t, []string{"2011-04-25"}, days())
	// So does a limiter that was switched off, with what an earlier policy has left.
	d.clock.Advance(24 * time.Hour)
	removed, err = attempt.NewLimiter(d.store, &attempt.Options{Now: d.clock.Now}).Forget(t.Context())
	require.NoError(t, err)
	require.Equal(t, attempt.Rows, removed)
	require.Equal(t, []string{"2011-04-26"}, days())
}

func TestSC8_WithoutALimitNothingIsCounted(t *testing.T) {
	for _, limiter := range []*attempt.Limiter{attempt.NewLimiter(nil, nil), attempt.NewLimiter(nil, &attempt.Options{Policy: attempt.Policy{Wait: 3}})} {
		for range 5 {
			ticket, decision, err := limiter.Take(t.Context(), named(t, "Smith", "John"), born)
			require.NoError(t, err)
			require.True(t, ticket.IsZero())
			require.Equal(t, attempt.Decision{Outcome: attempt.Allowed, Left: math.MaxInt}, decision)
			require.NoError(t, limiter.GiveBack(t.Context(), ticket))
		}
		removed, err := limiter.Forget(t.Context())
		require.NoError(t, err)
		require.Zero(t, removed)
	}
}

func TestSC5_WithAKeyOfTheHostTheDatabaseAloneTellsNothing(t *testing.T) {
	store := memory.New().Attempts()
	clock := contract.NewClock("2011-03-21T15:00:00Z")
	hostKey := slices.Repeat([]byte{7}, 32)
	var asked []cris.Date
	limiter := attempt.NewLimiter(store, &attempt.Options{
		Now: clock.Now, Policy: attempt.MyEVerifyPolicy(),
		HostKey: func(_ context.Context, day cris.Date) ([]byte, error) {
			asked = append(asked, day)
			return hostKey, nil
		},
	})
	for range 2 {
		_, decision, err := limiter.Take(t.Context(), named(t, "Smith", "John"), born)
		require.NoError(t, err)
		require.Equal(t, attempt.Allowed, decision.Outcome)
	}
	require.Contains(t, asked, monday)
	// What a reader of the database can compute of a person they guess.
	days, _, err := store.Open(t.Context(), attempt.Day{Date: monday}, monday)
	require.NoError(t, err)
	attempts := func(key []byte) (made int) {
		at := []attempt.Position{person(t, "Smith", "John").On(days[0], key)}
		require.NoError(t, store.Take(t.Context(), monday, at, func(counts []attempt.Counts) (bool, error) {
			made = counts[0].Attempts()
			return false, nil
		}))
		return made
	}
	require.Zero(t, attempts(nil))
	require.Equal(t, 2, attempts(hostKey))
}

func TestLimiter_TellsWhatFailsAndCountsNothing(t *testing.T) {
	store := memory.New().Attempts()
	broken := errors.New("broken")
	options := func(change func(o *attempt.Options)) *attempt.Options {
		o := &attempt.Options{Now: contract.NewClock("2011-03-21T15:00:00Z").Now, Policy: attempt.MyEVerifyPolicy()}
		change(o)
		return o
	}
	key := func(key []byte, err error) func(context.Context, cris.Date) ([]byte, error) {
		return func(context.Context, cris.Date) ([]byte, error) { return key, err }
	}
	smith := named(t, "Smith", "John")
	for name, test := range map[string]struct {
		options *attempt.Options
		name    cris.PersonName
		want    error
		text    string
	}{
		"no clock":          {options(func(o *attempt.Options) { o.Now = func() time.Time { return time.Time{} } }), smith, cris.ErrClock, ""},
		"no random numbers": {options(func(o *attempt.Options) { o.Random = iotest.ErrReader(broken) }), smith, broken, ""},
		"no host key":       {options(func(o *attempt.Options) { o.HostKey = key(nil, broken) }), smith, broken, ""},
		"a short host key":  {options(func(o *attempt.Options) { o.HostKey = key(make([]byte, 31), nil) }), smith, nil, "want at least 32 bytes"},
		"an empty host key": {options(func(o *attempt.Options) { o.HostKey = key([]byte{}, nil) }), smith, nil, "want at least 32 bytes"},
		"nobody":            {options(func(*attempt.Options) {}), cris.PersonName{}, nil, "the name or the date of birth is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			ticket, decision, err := attempt.NewLimiter(store, test.options).Take(t.Context(), test.name, born)
			require.Error(t, err)
			require.ErrorContains(t, err, test.text)
			if test.want != nil {
				require.ErrorIs(t, err, test.want)
			}
			require.NotContains(t, err.Error(), "Smith")
			require.True(t, ticket.IsZero())
			require.Zero(t, decision)
		})
	}
	newDesk(t, store).wantAllowed("Smith", 1)

	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, limiter := range []*attempt.Limiter{newDesk(t, store).Limiter, attempt.NewLimiter(nil, nil)} {
		_, _, err := limiter.Take(cancelled, smith, born)
		require.ErrorIs(t, err, context.Canceled)
		require.ErrorIs(t, limiter.GiveBack(cancelled, attempt.Ticket{}), context.Canceled)
	}
	_, err := attempt.NewLimiter(store, &attempt.Options{Now: func() time.Time { return time.Time{} }}).Forget(t.Context())
	require.ErrorIs(t, err, cris.ErrClock)
}

// busy gives up as often as it is told to, and may lose today.
type busy struct {
	attempt.Counters
	conflicts int
	forgetful bool
}

func (b *busy) Take(ctx context.Context, day cris.Date, at []attempt.Position, decide func([]attempt.Counts) (bool, error)) error {
	if b.conflicts > 0 {
		b.conflicts--
		return fmt.Errorf("busy: %w", cris.ErrConflict)
	}
	return b.Counters.Take(ctx, day, at, decide)
}

func (b *busy) Open(ctx context.Context, day attempt.Day, since cris.Date) ([]attempt.Day, bool, error) {
	days, opened, err := b.Counters.Open(ctx, day, since)
	if b.forgetful {
		return nil, opened, err
	}
	return days, opened, err
}

func TestLimiter_TriesAgainWhileOthersCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &busy{Counters: memory.New().Attempts(), conflicts: 4}
		d := newDesk(t, store)
		d.wantAllowed("Smith", 1)
		store.conflicts = retry.DefaultPolicy().Tries
		_, _, err := d.Take(t.Context(), named(t, "Smith", "John"), born)
		require.ErrorIs(t, err, cris.ErrConflict)
		store.forgetful = true
		_, _, err = d.Take(t.Context(), named(t, "Smith", "John"), born)
		require.ErrorContains(t, err, "does not have today")
		store.forgetful = false
		d.wantAllowed("Smith", 0)
	})
}
