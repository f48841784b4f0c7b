package tracking_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

// busyStore gives up a number of times before each Update that it saves.
type busyStore struct {
	tracking.Store
	giveUps, left int
}

func (b *busyStore) Update(ctx context.Context, file tracking.FileID, decide func(tracking.File) (tracking.Batch, error)) error {
	if b.left > 0 {
		b.left--
		return fmt.Errorf("busy: %w", cris.ErrConflict)
	}
	b.left = b.giveUps
	return b.Store.Update(ctx, file, decide)
}

func TestTR5_ConflictIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		given := scans("OA 2013-08-12T09:00", "10 2013-08-13T09:00", "01 2013-08-15T09:00")
		content := tracking.Content{ID: trackingtest.FileID(1), Name: "day.txt", Records: records(given, nil)}
		store := &busyStore{Store: memory.New().Scans(), giveUps: 4, left: 1000}
		ingester := tracking.NewIngester(store, &tracking.IngesterOptions{BatchSize: 1})
		_, err := ingester.Ingest(t.Context(), content)
		require.ErrorIs(t, err, tracking.ErrConflict)
		require.ErrorContains(t, err, "tracking: ingest day.txt: ")
		require.Equal(t, 1000-retry.DefaultPolicy().Tries, store.left)
		_, err = store.File(t.Context(), content.ID)
		require.ErrorIs(t, err, cris.ErrNotFound)

		store.left = 4 // so often before every batch
		file, err := ingester.Ingest(t.Context(), content)
		require.NoError(t, err)
		require.True(t, file.Done)
		require.Equal(t, len(given), file.Records)
		saved, err := store.Scans(t.Context(), given[0].Number)
		require.NoError(t, err)
		require.ElementsMatch(t, given, saved)
	})
}

// What is unknown is an outcome where a status is decided, and an error where a program asks
// for a file.
func TestTracking_Unknown(t *testing.T) {
	store := memory.New().Scans()
	none, err := store.Scans(t.Context(), trackingtest.Number(1))
	require.NoError(t, err)
	require.Empty(t, none)
	require.Equal(t, tracking.NoScan, tracking.DecideDelivery(none, cris.Date{}, tracking.Policy{}).Class)
	_, err = store.File(t.Context(), trackingtest.FileID(1))
	require.ErrorIs(t, err, cris.ErrNotFound)
	require.Empty(t, damageOf(t, store, trackingtest.FileID(1)))
}

func TestTracking_NoLimitIsZeroOrLess(t *testing.T) {
	store := memory.New().Scans()
	for n := range 3 {
		content := tracking.Content{ID: trackingtest.FileID(n), Records: records([]tracking.Scan{trackingtest.NewScan(trackingtest.Number(n), "10", "2013-08-15T09:00")}, nil)}
		_, err := tracking.NewIngester(store, nil).Ingest(t.Context(), content)
		require.NoError(t, err)
	}
	for limit, want := range map[int]int{-1: 3, 0: 3, 1: 1, 2: 2, 3: 3, 4: 3} {
		numbers, _, err := store.UpdatedSince(t.Context(), "", limit)
		require.NoError(t, err)
		require.Len(t, numbers, want, limit)
		files := 0
		for _, err := range store.Files(t.Context(), cris.Page[tracking.FileID]{Limit: limit}) {
			require.NoError(t, err)
			files++
		}
		require.Equal(t, want, files, limit)
	}
}
