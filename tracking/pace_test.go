package tracking_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

func TestIngest_TellsItsPace(t *testing.T) {
	day := trackingtest.NewExtractFile(20, 10, trackingtest.Mess{})
	file, err := extract.Open("day.txt", bytes.NewReader(day.Content), nil)
	require.NoError(t, err)
	clock := time.Date(2013, 8, 16, 22, 0, 0, 0, time.UTC)
	var told []tracking.Pace
	in := tracking.NewIngester(memory.New().Scans(), &tracking.IngesterOptions{
		BatchSize:  40,
		OnProgress: func(p tracking.Pace) { told = append(told, p) },
		Now:        func() time.Time { clock = clock.Add(2 * time.Second); return clock },
	})
	_, err = in.Ingest(t.Context(), file)
	require.NoError(t, err)
	require.Greater(t, day.Records, 80)
	require.Equal(t, tracking.Pace{File: "day.txt", Records: 40, Bytes: 41 * 282, Rate: 20}, told[0])
	require.Equal(t, tracking.Pace{File: "day.txt", Records: 80, Bytes: 81 * 282, Rate: 20}, told[1])
	last := told[len(told)-1]
	require.True(t, last.Done)
	require.Equal(t, day.Records, last.Records)
	require.Equal(t, int64(len(day.Content)), last.Bytes)
}

// After a crash the records that were saved before are not counted into the rate.
func TestIngest_TellsItsPaceAfterACrash(t *testing.T) {
	day := trackingtest.NewExtractFile(21, 10, trackingtest.Mess{})
	store := memory.New().Scans()
	broken := errors.New("connection lost")
	first, err := extract.Open("day.txt", bytes.NewReader(day.Content), nil)
	require.NoError(t, err)
	scans := first.Scans
	first.Scans = func(yield func(tracking.Scan, error) bool) {
		n := 0
		for scan, err := range scans {
			if n++; n > 50 {
				yield(tracking.Scan{}, broken)
				return
			}
			if !yield(scan, err) {
				return
			}
		}
	}
	_, err = tracking.NewIngester(store, &tracking.IngesterOptions{BatchSize: 40}).Ingest(t.Context(), first)
	require.ErrorIs(t, err, broken)

	clock := time.Date(2013, 8, 16, 22, 0, 0, 0, time.UTC)
	var told []tracking.Pace
	in := tracking.NewIngester(store, &tracking.IngesterOptions{
		BatchSize:  20,
		OnProgress: func(p tracking.Pace) { told = append(told, p) },
		Now:        func() time.Time { clock = clock.Add(time.Second); return clock },
	})
	second, err := extract.Open("day.txt", bytes.NewReader(day.Content), nil)
	require.NoError(t, err)
	_, err = in.Ingest(t.Context(), second)
	require.NoError(t, err)
	require.Equal(t, 70, told[0].Records)
	require.InDelta(t, 20, told[0].Rate, 0)
}

func TestTR6_DamagedRecordsGoToTheQuarantine(t *testing.T) {
	day := trackingtest.NewExtractFile(22, 100, trackingtest.Mess{Damaged: 0.2})
	db := memory.New()
	in := tracking.NewIngester(db.Scans(), &tracking.IngesterOptions{BatchSize: 50, Quarantine: db.Quarantine()})
	for range 2 { // the second time changes nothing
		file, err := extract.Open("day.txt", bytes.NewReader(day.Content), nil)
		require.NoError(t, err)
		report, err := in.Ingest(t.Context(), file)
		require.NoError(t, err)
		require.Equal(t, day.Damaged, report.SetAside)
		kept := 0
		for record, err := range db.Quarantine().Kept(t.Context(), file.ID, 0) {
			require.NoError(t, err)
			require.NotContains(t, record.Kept, "JANE") // TR-2
			require.Len(t, record.Kept, 280)
			require.Equal(t, "day.txt", record.File)
			kept++
		}
		require.Equal(t, day.Damaged, kept)
	}
}
