package tracking_test

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

func TestTR6_MissingFilesOfADay(t *testing.T) {
	series := func(mailer, day string, number int) tracking.Series {
		return tracking.Series{Mailer: mailer, Day: cris.MustParseDate(day), Number: number}
	}
	require.Empty(t, tracking.MissingFiles(nil))
	require.Equal(t, []tracking.DaysSeries{
		{Mailer: "1", Day: cris.MustParseDate("2013-08-15"), Expected: 1},
		{Mailer: "1", Day: cris.MustParseDate("2013-08-16"), Expected: 5, Missing: []int{1, 3, 4}},
		{Mailer: "2", Day: cris.MustParseDate("2013-08-16"), Expected: 3, Missing: []int{1, 2}},
	}, tracking.MissingFiles([]tracking.Series{
		series("2", "2013-08-16", 3), series("1", "2013-08-16", 5), series("1", "2013-08-15", 1),
		series("1", "2013-08-16", 2), series("1", "2013-08-16", 2),
		{},
		series("1", "2013-08-17", -1),
		series("1", "2013-08-17", 999_999_999), // which would be missing all before it
	}))
}

func TestTR6_HighestNumberOfASeries(t *testing.T) {
	day := cris.MustParseDate("2013-08-16")
	days := tracking.MissingFiles([]tracking.Series{{Mailer: "1", Day: day, Number: 9_999}, {Mailer: "2", Day: day, Number: 10_000}})
	require.Len(t, days, 1)
	require.Equal(t, 9_999, days[0].Expected)
	require.Len(t, days[0].Missing, 9_998)
}

// The store knows which files have arrived, also for whoever was not there when they did.
func TestTR6_MissingFilesOfAStore(t *testing.T) {
	store := memory.New().Scans()
	day := cris.MustParseDate("2013-08-16")
	content := func(series int) []byte {
		var text bytes.Buffer
		w := extract.NewWriter(&text, nil)
		require.NoError(t, w.WriteHeader(extract.Header{MailerID: "999999999", ElectronicFile: "1", Date: day, Series: series, Records: 1}))
		require.NoError(t, w.Write(extract.FullRecord{Scan: tracking.Scan{
			Number: tracking.MustParseNumber("9400111206206406260787"), Code: "10", At: tracking.MustParseLocalTime("2013-08-16T09:52"),
		}}))
		return text.Bytes()
	}
	missing := func() []int {
		days, err := tracking.MissingFilesOf(t.Context(), store)
		require.NoError(t, err)
		require.Len(t, days, 1)
		require.Equal(t, tracking.DaysSeries{Mailer: "999999999", Day: day, Expected: 4, Missing: days[0].Missing}, days[0])
		return days[0].Missing
	}
	none, err := tracking.MissingFilesOf(t.Context(), store)
	require.NoError(t, err)
	require.Empty(t, none)

	ingest(t, store, "4.txt", content(4))
	require.Equal(t, []int{1, 2, 3}, missing())
	ingest(t, store, "2.txt", content(2))
	require.Equal(t, []int{1, 3}, missing())
	half := content(3)
	ingest(t, store, "3.txt", half[:282]) // only the header
	require.Equal(t, []int{1, 3}, missing(), "half a file has not arrived")
	ingest(t, store, "3 again.txt", content(3))
	ingest(t, store, "1.txt", content(1))
	require.Empty(t, missing())

	broken := errors.New("disk gone")
	_, err = tracking.MissingFilesOf(t.Context(), failingFiles{err: broken})
	require.ErrorIs(t, err, broken)
}

type failingFiles struct {
	tracking.Store
	err error
}

func (f failingFiles) Files(context.Context, cris.Page[tracking.FileID]) iter.Seq2[tracking.File, error] {
	return func(yield func(tracking.File, error) bool) { yield(tracking.File{}, f.err) }
}
