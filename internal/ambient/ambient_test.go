package ambient_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/internal/ambient"
)

func TestClock_IsUTCToTheMicrosecond(t *testing.T) {
	zone := time.FixedZone("three hours east", 3*60*60)
	now := ambient.Clock(func() time.Time { return time.Date(2024, 3, 1, 2, 0, 0, 123_456_789, zone) })()
	require.Equal(t, time.Date(2024, 2, 29, 23, 0, 0, 123_456_000, time.UTC), now)
}

func TestClock_IsTheWallClockByDefault(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := ambient.Clock(nil)
		first := clock()
		require.Equal(t, time.Now().UTC(), first)
		time.Sleep(time.Hour)
		require.Equal(t, first.Add(time.Hour), clock())
	})
}

func TestIDs_TakesTheGivenSource(t *testing.T) {
	require.Equal(t, "id-1", ambient.IDs(func() string { return "id-1" })())
}

func TestIDs_AreOrderedUUIDsByDefault(t *testing.T) {
	newID := ambient.IDs(nil)
	last := ""
	for range 1000 {
		id := newID()
		parsed, err := uuid.Parse(id)
		require.NoError(t, err)
		require.Equal(t, uuid.Version(7), parsed.Version())
		require.Greater(t, id, last)
		last = id
	}
}
