package ambient_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
)

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

func TestTime_IsUTCToTheMicrosecond(t *testing.T) {
	zone := time.FixedZone("three hours east", 3*60*60)
	now, err := ambient.Time(func() time.Time { return time.Date(2024, 3, 1, 2, 0, 0, 123_456_789, zone) })()
	require.NoError(t, err)
	require.Equal(t, time.Date(2024, 2, 29, 23, 0, 0, 123_456_000, time.UTC), now)
}

func TestTime_IsTheWallClockByDefault(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := ambient.Time(nil)
		first, err := clock()
		require.NoError(t, err)
		require.Equal(t, time.Now().UTC(), first)
		time.Sleep(time.Hour)
		second, err := clock()
		require.NoError(t, err)
		require.Equal(t, first.Add(time.Hour), second)
	})
}

func TestTime_FailsWhereItCannotBeNow(t *testing.T) {
	for text, wantErr := range map[string]bool{
		"0001-01-01T00:00:00Z":        true, // the zero time
		"1970-01-01T00:00:00Z":        true, // a clock that starts at zero
		"1970-12-31T23:59:59.999999Z": true,
		"1971-01-01T00:00:00+01:00":   true, // in UTC it is still 1970
		"1971-01-01T00:00:00Z":        false,
		"9899-12-31T23:59:59Z":        false,
		"9900-01-01T00:00:00Z":        true,
		"9899-12-31T23:59:59-01:00":   true, // in UTC it is 9900 already
	} {
		at, err := time.Parse(time.RFC3339Nano, text)
		require.NoError(t, err)
		now, err := ambient.Time(func() time.Time { return at })()
		if wantErr {
			require.ErrorIs(t, err, cris.ErrClock, text)
			require.Zero(t, now, text)
			continue
		}
		require.NoError(t, err, text)
		require.Equal(t, at.UTC(), now, text)
	}
	_, err := ambient.Time(func() time.Time { return time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) })()
	require.ErrorIs(t, err, cris.ErrClock)
}
