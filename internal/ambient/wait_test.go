package ambient_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/internal/ambient"
)

func TestWait_EndsWithItsTimeOrItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		waited := ambient.Stopwatch()
		require.NoError(t, ambient.Wait(t.Context(), time.Minute))
		require.Equal(t, time.Minute, waited())

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		left, has := ambient.Left(ctx)
		require.True(t, has)
		require.Equal(t, time.Second, left)
		require.ErrorIs(t, ambient.Wait(ctx, time.Minute), context.DeadlineExceeded)
		require.Equal(t, time.Minute+time.Second, waited())
		left, _ = ambient.Left(ctx)
		require.Zero(t, left)
		_, has = ambient.Left(context.WithoutCancel(ctx))
		require.False(t, has)
	})
}

func TestRandom_IsFromZeroToLessThanOne(t *testing.T) {
	seen := map[float64]bool{}
	for range 100 {
		number := ambient.Random()
		require.GreaterOrEqual(t, number, 0.0)
		require.Less(t, number, 1.0)
		seen[number] = true
	}
	require.Greater(t, len(seen), 90)
}
