package tracking_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

func TestIngest_TellsItsProgress(t *testing.T) {
	day := trackingtest.NewExtractFile(20, 10, trackingtest.Mess{})
	file, err := extract.Open("day.txt", bytes.NewReader(day.Content), nil)
	require.NoError(t, err)
	var told []tracking.Progress
	in := tracking.NewIngester(memory.New().Scans(), &tracking.IngesterOptions{
		BatchSize:  40,
		OnProgress: func(p tracking.Progress) { told = append(told, p) },
	})
	_, err = in.Ingest(t.Context(), file)
	require.NoError(t, err)
	require.Greater(t, day.Records, 80)
	require.Equal(t, tracking.Progress{Name: "day.txt", Records: 40, Bytes: 41 * 282}, told[0])
	require.Equal(t, tracking.Progress{Name: "day.txt", Records: 80, Bytes: 81 * 282}, told[1])
	require.Equal(t, tracking.Progress{Name: "day.txt", Records: day.Records, Bytes: int64(len(day.Content)), Done: true}, told[len(told)-1])
}

// After a crash the records that were saved before count, and nothing is told of a batch that
// was not saved.
func TestIngest_TellsItsProgressAfterACrash(t *testing.T) {
	day := trackingtest.NewExtractFile(21, 10, trackingtest.Mess{})
	store := memory.New().Scans()
	broken := errors.New("connection lost")
	var told []tracking.Progress
	opts := &tracking.IngesterOptions{BatchSize: 40, OnProgress: func(p tracking.Progress) { told = append(told, p) }}
	content := tracking.Content{ID: trackingtest.FileID(1), Records: records(day.Scans[:50], broken)}
	_, err := tracking.NewIngester(&failing{Store: store, update: broken}, opts).Ingest(t.Context(), content)
	require.ErrorIs(t, err, broken)
	require.Empty(t, told)

	_, err = tracking.NewIngester(store, opts).Ingest(t.Context(), content)
	require.ErrorIs(t, err, broken)
	require.Equal(t, []tracking.Progress{{Records: 40}, {Records: 50}}, told)

	opts.BatchSize, told = 20, nil
	content.Records = records(day.Scans[:80], nil)
	_, err = tracking.NewIngester(store, opts).Ingest(t.Context(), content)
	require.NoError(t, err)
	require.Equal(t, []tracking.Progress{{Records: 70}, {Records: 80, Done: true}}, told)
}

// TR-2: what may be kept of damaged records is kept if somebody asks for it, and goes once
// somebody has looked at it.
func TestTR6_TextOfDamagedRecordsIsKeptUntilItIsDiscarded(t *testing.T) {
	day := trackingtest.NewExtractFile(22, 100, trackingtest.Mess{Damaged: 0.2})
	store := memory.New().Scans()
	in := tracking.NewIngester(store, &tracking.IngesterOptions{BatchSize: 50, KeepText: true})
	var file tracking.File
	for range 2 { // the second time changes nothing
		content, err := extract.Open("day.txt", bytes.NewReader(day.Content), nil)
		require.NoError(t, err)
		file, err = in.Ingest(t.Context(), content)
		require.NoError(t, err)
		damage := damageOf(t, store, file.ID)
		require.Len(t, damage, day.Damaged)
		for _, d := range damage {
			require.NotContains(t, d.Kept, "JANE")
			require.Len(t, d.Kept, 280)
		}
	}
	want := damageOf(t, store, file.ID)
	for i := range want {
		want[i].Kept = ""
	}
	discarded, err := store.Discard(t.Context(), file.ID)
	require.NoError(t, err)
	require.Equal(t, day.Damaged, discarded)
	require.Equal(t, want, damageOf(t, store, file.ID), "where and why stays")
}
