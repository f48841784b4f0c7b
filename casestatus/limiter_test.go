package casestatus_test

import (
	"context"
	"math"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/tracking"
)

func TestCS9_LookUpsAreLimited(t *testing.T) {
	casestatustest.TestLimiter(t, func(_ *testing.T, now func() time.Time, burst int, every time.Duration) casestatus.Limiter {
		policy := casestatus.DefaultPolicy()
		policy.LookUps = casestatus.LookUps{Burst: burst, Every: every, Clients: 1000}
		return casestatus.NewTokenBuckets(&casestatus.Options{Now: now, Policy: &policy})
	})
}

// limiter returns one that tells three clients apart.
func limiter(clock *casestatustest.Clock) *casestatus.TokenBuckets {
	policy := casestatus.DefaultPolicy()
	policy.LookUps = casestatus.LookUps{Burst: 2, Every: time.Second, Clients: 3}
	return casestatus.NewTokenBuckets(&casestatus.Options{Now: clock.Now, Policy: &policy})
}

func TestCS9_BeyondTheClientsThatAreToldApartAllShareOneBucket(t *testing.T) {
	clock := casestatustest.NewClock("2022-02-19T12:00:00Z")
	l := limiter(clock)
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
	clock := casestatustest.NewClock("2022-02-19T12:00:00Z")
	policy := casestatus.DefaultPolicy()
	policy.LookUps = casestatus.LookUps{Burst: 5, Every: time.Second, Clients: 3}
	l := casestatus.NewTokenBuckets(&casestatus.Options{Now: clock.Now, Policy: &policy})
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

func TestCS9_AnyPolicyLimits(t *testing.T) {
	for _, most := range []casestatus.LookUps{
		{Burst: math.MaxInt, Every: math.MaxInt64, Clients: math.MaxInt},
		{Burst: math.MaxInt, Every: time.Hour, Clients: 1},
		{Burst: 1, Every: math.MaxInt64, Clients: 1},
		{Burst: -1, Every: -1, Clients: -1},
	} {
		clock := casestatustest.NewClock("2022-02-19T12:00:00Z")
		policy := casestatus.DefaultPolicy()
		policy.LookUps = most
		l := casestatus.NewTokenBuckets(&casestatus.Options{Now: clock.Now, Policy: &policy})
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
	clock := casestatustest.NewClock("2022-02-19T12:00:00Z")
	l := limiter(clock)
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
	clock := casestatustest.NewClock("2022-02-19T12:00:00Z")
	l := limiter(clock)
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

func TestTokenBuckets_ZeroLimitsAreTheLeast(t *testing.T) {
	policy := casestatus.Policy{}
	l := casestatus.NewTokenBuckets(&casestatus.Options{Policy: &policy})
	got, err := l.Allow(t.Context(), "a")
	require.NoError(t, err)
	require.True(t, got.Allowed)
	got, err = casestatus.NewTokenBuckets(nil).Allow(t.Context(), "a")
	require.NoError(t, err)
	require.True(t, got.Allowed)
}

// counting counts what is asked of the ports.
type counting struct {
	*memory.DB
	calls []string
}

func (c *counting) Case(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	c.calls = append(c.calls, "Case")
	return c.Cases().Case(ctx, receipt)
}

func (c *counting) StaffCase(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	c.calls = append(c.calls, "StaffCase")
	return c.Cases().StaffCase(ctx, receipt)
}

func (c *counting) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(casestatus.Case) (casestatus.CaseChange, error)) error {
	return c.Cases().Update(ctx, receipt, decide)
}

func (c *counting) Mailed(ctx context.Context, numbers ...tracking.Number) ([]casestatus.CaseMailing, error) {
	c.calls = append(c.calls, "Mailed")
	return c.Cases().Mailed(ctx, numbers...)
}

func (c *counting) Posted(ctx context.Context, under casestatus.PostedUnder, on cris.Date) (casestatus.ProcessingTime, error) {
	c.calls = append(c.calls, "Posted "+string(under.Office))
	return c.ProcessingTimes().Posted(ctx, under, on)
}

func (c *counting) Post(ctx context.Context, times ...casestatus.ProcessingTime) error {
	return c.ProcessingTimes().Post(ctx, times...)
}

func (c *counting) Scans(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
	c.calls = append(c.calls, "Scans")
	return c.Deliveries().Scans(ctx, number)
}

// TestCS9_UnknownAndWithheldDoTheSameWork compares the calls of all ports, besides the
// answers. A case that is shown does more, which its answer tells anyway.
func TestCS9_UnknownAndWithheldDoTheSameWork(t *testing.T) {
	withheld, known := casestatustest.NewCase(1), casestatustest.NewCase(2)
	withheld.Withheld = true
	ports := &counting{DB: memory.New()}
	for _, c := range []casestatus.Case{withheld, known} {
		require.NoError(t, casestatustest.PutCase(t.Context(), ports, c))
	}
	service := casestatus.NewService(ports, ports, ports, nil)
	status := func(receipt casestatus.ReceiptNumber) (casestatus.Status, []string) {
		ports.calls = nil
		got, err := service.Status(t.Context(), receipt.String())
		require.NoError(t, err)
		require.Equal(t, receipt, got.Receipt)
		got.Receipt = casestatus.ReceiptNumber{} // is what was entered
		return got, ports.calls
	}
	eligibility := func(receipt casestatus.ReceiptNumber) (string, []string) {
		ports.calls = nil
		got, err := service.Eligibility(t.Context(), receipt)
		require.Zero(t, got)
		require.ErrorIs(t, err, casestatus.ErrNotFound)
		return err.Error(), ports.calls
	}
	unknown := casestatustest.Receipt(3)
	neverIssued := casestatus.MustParseReceiptNumber("QQQ*000000000")

	want, wantCalls := status(unknown)
	require.Equal(t, casestatus.NotShown, want.Outcome)
	require.Equal(t, []string{"Case"}, wantCalls)
	wantError, wantErrorCalls := eligibility(unknown)
	for _, receipt := range []casestatus.ReceiptNumber{withheld.Receipt, neverIssued} {
		got, calls := status(receipt)
		require.Equal(t, want, got)
		require.Equal(t, wantCalls, calls)
		gotError, calls := eligibility(receipt)
		require.Equal(t, wantError, gotError)
		require.Equal(t, wantErrorCalls, calls)
	}
	got, calls := status(known.Receipt)
	require.Equal(t, casestatus.Shown, got.Outcome)
	require.Equal(t, []string{"Case", "Scans"}, calls)
}
