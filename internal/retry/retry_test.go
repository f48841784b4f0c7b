package retry_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/retry"
)

func TestOnConflict_TriesAgainWhileOthersWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tries := 0
		err := retry.OnConflict(t.Context(), func() error {
			if tries++; tries < 8 {
				return fmt.Errorf("busy: %w", cris.ErrConflict)
			}
			return nil
		})
		require.NoError(t, err)
		require.Equal(t, 8, tries)
	})
}

func TestOnConflict_GivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tries, start := 0, time.Now()
		err := retry.OnConflict(t.Context(), func() error { tries++; return cris.ErrConflict })
		require.ErrorIs(t, err, cris.ErrConflict)
		require.Equal(t, retry.DefaultPolicy().Tries, tries)
		require.Less(t, time.Since(start), 2*time.Second)
	})
}

func TestOnConflict_ReturnsEveryOtherErrorAtOnce(t *testing.T) {
	down := errors.New("down")
	for _, err := range []error{down, retry.Final(fmt.Errorf("settled: %w", cris.ErrConflict)), fmt.Errorf("service: %w", retry.Final(cris.ErrConflict))} {
		tries := 0
		require.ErrorIs(t, retry.OnConflict(t.Context(), func() error { tries++; return err }), err)
		require.Equal(t, 1, tries)
	}
}

func TestFinal_ChangesNothingElse(t *testing.T) {
	settled := fmt.Errorf("settled: %w", cris.ErrConflict)
	require.EqualError(t, retry.Final(settled), settled.Error())
	require.ErrorIs(t, retry.Final(settled), cris.ErrConflict)
	require.NoError(t, retry.Final(nil))
}

func TestOnConflict_StopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	tries := 0
	err := retry.OnConflict(ctx, func() error { tries++; cancel(); return cris.ErrConflict })
	require.ErrorIs(t, err, cris.ErrConflict)
	require.Equal(t, 1, tries)

	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		start := time.Now()
		err := retry.OnConflict(ctx, func() error { return cris.ErrConflict })
		require.ErrorIs(t, err, cris.ErrConflict)
		require.LessOrEqual(t, time.Since(start), time.Second, "it waits no longer than the context lasts")
	})
}

// Whoever has little time is told at once, and does not wait for a deadline to pass.
func TestOnConflict_DoesNotWaitBeyondItsDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		start := time.Now()
		err := retry.OnConflict(ctx, func() error { return cris.ErrConflict })
		require.ErrorIs(t, err, cris.ErrConflict)
		require.NoError(t, ctx.Err())
		require.Less(t, time.Since(start), 100*time.Millisecond)
	})
}

func TestPolicy_WaitsDoubleBetweenHalfAndWhole(t *testing.T) {
	const ms = time.Millisecond
	for name, test := range map[string]struct {
		random float64
		step   time.Duration // what each try takes
		want   []time.Duration
	}{
		"Longest":     {0.999999999999, 0, []time.Duration{10 * ms, 20 * ms, 40 * ms, 50 * ms, 50 * ms}},
		"Shortest":    {0, 0, []time.Duration{5 * ms, 10 * ms, 20 * ms, 25 * ms, 25 * ms}},
		"Slow":        {0, 40 * ms, []time.Duration{5 * ms, 10 * ms, 20 * ms}},
		"SlowerStill": {0, 500 * ms, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var now time.Duration
			var waits []time.Duration
			policy := retry.Policy{
				Tries: 6, First: 10 * ms, Most: 50 * ms, Total: 200 * ms,
				Wait: func(_ context.Context, wait time.Duration) error {
					waits = append(waits, wait.Round(ms))
					now += wait
					return nil
				},
				Random:    func() float64 { return test.random },
				Stopwatch: func() func() time.Duration { return func() time.Duration { return now } },
			}
			err := policy.OnConflict(t.Context(), func() error { now += test.step; return cris.ErrConflict })
			require.ErrorIs(t, err, cris.ErrConflict)
			require.Equal(t, test.want, waits)
		})
	}
}
