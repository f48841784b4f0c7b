package lookuplimit_test

import (
	"context"
	"math"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/lookuplimit"
	"github.com/seed28e20331/cris/internal/contract"
)

// limiter returns one that tells three clients apart.
func limiter(clock *contract.Clock, burst int, every time.Duration) *lookuplimit.Limiter {
	return lookuplimit.New(&lookuplimit.Options{Now: clock.Now, Limits: lookuplimit.Limits{Burst: burst, Every: every, Clients: 3}})
}

// requireAllowed asks n times and wants the first ones allowed and the others not.
func requireAllowed(t *testing.T, l *lookuplimit.Limiter, client string, n, want int) {
	t.Helper()
	for i := range n {
		got, err := l.Allow(t.Context(), client)
		require.NoError(t, err)
		require.Equal(t, i < want, got.Allowed, "lookup %d of client %q", i+1, client)
		if got.Allowed {
			require.Equal(t, lookuplimit.Allowance{Allowed: true}, got)
		} else {
			require.Positive(t, got.RetryAfter)
			require.Equal(t, lookuplimit.Reasons(), got.Reasons)
		}
	}
}

const (
	burst = 3
	every = 10 * time.Second
)

func TestCS9_SoManyLookUpsAreAllowedAtOnceAndNoMore(t *testing.T) {
	clock := contract.NewClock("2022-02-19T12:00:00Z")
	l := limiter(clock, burst, every)
	for range 3 {
		requireAllowed(t, l, "a", burst+3, burst)
		clock.Advance(burst*every + 24*time.Hour) // a client that waited long has no more than the burst
	}
}

func TestCS9_AfterRetryAfterOneLookUpIsAllowedAndAMomentEarlierNone(t *testing.T) {
	clock := contract.NewClock("2022-02-19T12:00:00Z")
	l := limiter(clock, burst, every)
	requireAllowed(t, l, "a", burst, burst)
	clock.Advance(every / 4)
	for range 3 {
		refused, err := l.Allow(t.Context(), "a")
		require.NoError(t, err)
		clock.Advance(refused.RetryAfter - time.Microsecond)
		requireAllowed(t, l, "a", 1, 0)
		clock.Advance(time.Microsecond)
		requireAllowed(t, l, "a", 2, 1)
	}
}

func TestCS9_ClientsAreToldApartAlsoByCase(t *testing.T) {
	l := lookuplimit.New(&lookuplimit.Options{Limits: lookuplimit.Limits{Burst: burst, Every: time.Hour}})
	for _, client := range []string{"a", "A", "", "2001:db8::1", "a\x00"} {
		requireAllowed(t, l, client, burst+1, burst)
	}
}

func TestCS9_AClockThatIsSetBackAllowsNothingMoreAndLocksNobodyOut(t *testing.T) {
	clock := contract.NewClock("2022-02-19T12:00:00Z")
	l := limiter(clock, burst, every)
	requireAllowed(t, l, "a", burst+1, burst)
	clock.Advance(-2 * time.Hour)
	requireAllowed(t, l, "a", 2, 0)
	clock.Advance(every)
	requireAllowed(t, l, "a", 2, 1)
}

func TestCS9_AClockThatGoesBackAndForthAllowsNoMoreThanOneThatStandsStill(t *testing.T) {
	clock := contract.NewClock("2022-02-19T12:00:00Z")
	l := limiter(clock, burst, every)
	requireAllowed(t, l, "a", burst, burst)
	for range 100 {
		for _, swing := range []time.Duration{-time.Minute, time.Minute} {
			clock.Advance(swing)
			requireAllowed(t, l, "a", 1, 0)
		}
	}
	clock.Advance(every)
	requireAllowed(t, l, "a", 2, 1)
}

func TestCS9_LookUpsAtOneInstantAreCountedOneByOne(t *testing.T) {
	clock := contract.NewClock("2022-02-19T12:00:00Z")
	l := lookuplimit.New(&lookuplimit.Options{Now: clock.Now, Limits: lookuplimit.Limits{Burst: burst}})
	const askers = 40
	var asked sync.WaitGroup
	var allowed, failed atomic.Int64
	for range askers {
		asked.Go(func() {
			got, err := l.Allow(t.Context(), "a")
			if err != nil {
				failed.Add(1)
			}
			if got.Allowed {
				allowed.Add(1)
			}
		})
	}
	asked.Wait()
	require.Zero(t, failed.Load())
	require.EqualValues(t, burst, allowed.Load())
}

func TestCS9_ACancelledContextTakesNothing(t *testing.T) {
	l := lookuplimit.New(&lookuplimit.Options{Limits: lookuplimit.Limits{Burst: burst, Every: time.Hour}})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := l.Allow(ctx, "a")
	require.ErrorIs(t, err, context.Canceled)
	requireAllowed(t, l, "a", burst+1, burst)
}

func TestCS9_AClockThatWasNeverSetTakesNothing(t *testing.T) {
	at := time.Time{}
	l := lookuplimit.New(&lookuplimit.Options{Now: func() time.Time { return at }, Limits: lookuplimit.Limits{Burst: burst}})
	got, err := l.Allow(t.Context(), "a")
	require.ErrorIs(t, err, cris.ErrClock)
	require.Zero(t, got)
	at = time.Date(2022, 2, 19, 12, 0, 0, 0, time.UTC)
	requireAllowed(t, l, "a", burst+1, burst)
}

// Those who did not ask for as long as a bucket takes to fill are forgotten, and make room.
func TestCS9_OthersAreToldApartOnceEarlierClientsHaveFullBuckets(t *testing.T) {
	clock := contract.NewClock("2022-02-19T12:00:00Z")
	l := limiter(clock, burst, every)
	for day := range 3 {
		for _, client := range []string{"a", "b", "c"} {
			requireAllowed(t, l, client+strconv.Itoa(day), burst+1, burst)
		}
		clock.Advance(2 * burst * every)
	}
}

func TestDefaultLimits_AreThoseOfZeroLimits(t *testing.T) {
	require.Equal(t, lookuplimit.Limits{Burst: 20, Every: 3 * time.Second, Clients: 100_000}, lookuplimit.DefaultLimits())
	clock := contract.NewClock("2022-02-19T12:00:00Z")
	for _, opts := range []*lookuplimit.Options{{Now: clock.Now}, {Now: clock.Now, Limits: lookuplimit.Limits{Burst: -1, Every: -1, Clients: -1}}} {
		l := lookuplimit.New(opts)
		requireAllowed(t, l, "a", 21, 20)
		refused, err := l.Allow(t.Context(), "a")
		require.NoError(t, err)
		require.Equal(t, 3*time.Second, refused.RetryAfter)
		requireAllowed(t, l, "b", 21, 20)
	}
	got, err := lookuplimit.New(nil).Allow(t.Context(), "a")
	require.NoError(t, err)
	require.True(t, got.Allowed)
}

func TestCS9_BeyondTheClientsThatAreToldApartAllShareOneBucket(t *testing.T) {
	clock := contract.NewClock("2022-02-19T12:00:00Z")
	l := limiter(clock, 2, time.Second)
	allowed := 0
	for i := range 1000 {
		got, err := l.Allow(t.Context(), strconv.Itoa(i))
		require.NoError(t, err)
		if got.Allowed {
			allowed++
		}
	}
	require.Equal(t, 3+2, allowed, "one of each client that is told apart, and the burst of all others together")
	got, err := l.Allow(t.Context(), "0")
	require.NoError(t, err)
	require.True(t, got.Allowed, "a client that is known keeps what it has")
}

// TestCS9_ASwingingClockGrantsNoTimeTwice asks twice a second, for 100 seconds, by a clock
// that is a minute ahead or behind each time it is looked at.
func TestCS9_ASwingingClockGrantsNoTimeTwice(t *testing.T) {
	clock := contract.NewClock("2022-02-19T12:00:00Z")
	l := limiter(clock, 5, time.Second)
	swing, total := 2*time.Minute, 0
	for range 200 {
		clock.Advance(swing + time.Second/2)
		swing = -swing
		got, err := l.Allow(t.Context(), "a")
		require.NoError(t, err)
		if got.Allowed {
			total++
		}
	}
	require.LessOrEqual(t, total, 5+100)
	require.Greater(t, total, 90, "and it locks no one out")
}

func TestCS9_AnyFiguresLimit(t *testing.T) {
	for _, most := range []lookuplimit.Limits{
		{Burst: math.MaxInt, Every: math.MaxInt64, Clients: math.MaxInt},
		{Burst: math.MaxInt, Every: time.Hour, Clients: 1},
		{Burst: 1, Every: math.MaxInt64, Clients: 1},
	} {
		clock := contract.NewClock("2022-02-19T12:00:00Z")
		l := lookuplimit.New(&lookuplimit.Options{Now: clock.Now, Limits: most})
		got, err := l.Allow(t.Context(), "a")
		require.NoError(t, err)
		require.True(t, got.Allowed, most)
		if most.Burst != math.MaxInt || most.Every == math.MaxInt64 {
			got, err = l.Allow(t.Context(), "a")
			require.NoError(t, err)
			require.False(t, got.Allowed, most)
			require.Positive(t, got.RetryAfter, most)
		}
	}
}

func TestCS9_AClientIsNotForgottenBeforeItsBucketIsFull(t *testing.T) {
	clock := contract.NewClock("2022-02-19T12:00:00Z")
	l := limiter(clock, 2, time.Second)
	total := 0
	for range 1000 { // four a second, for 250 seconds
		got, err := l.Allow(t.Context(), "a")
		require.NoError(t, err)
		if got.Allowed {
			total++
		}
		clock.Advance(time.Second / 4)
	}
	require.InDelta(t, 2+250, total, 1)
}

func TestCS9_TheMemoryOfTheLimiterIsBounded(t *testing.T) {
	clock := contract.NewClock("2022-02-19T12:00:00Z")
	l := limiter(clock, 2, time.Second)
	size := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := size()
	for i := range 200_000 {
		_, err := l.Allow(t.Context(), "client "+strconv.Itoa(i))
		require.NoError(t, err)
		clock.Advance(time.Millisecond)
	}
	for i := range 3 {
		clock.Advance(time.Minute) // so that there is room
		_, err := l.Allow(t.Context(), strings.Repeat(strconv.Itoa(i), 16<<20))
		require.NoError(t, err)
	}
	after := size()
	require.Less(t, after, before+1<<20)
	runtime.KeepAlive(l)
}
