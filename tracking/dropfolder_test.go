package tracking_test

import (
	"bytes"
	"io"
	"io/fs"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

// Two weeks of daily downloads, with late files, files that are sent again, and downloads
// that break off: in the end the store holds every scan once and no file is missing.
func TestTR1_DailyDownloadsFromADropFolder(t *testing.T) {
	folder := trackingtest.NewDropFolder(1, 14, 60, trackingtest.Mess{Lost: 0.05, Repeated: 0.1, Displaced: 0.1, Damaged: 0.02})
	db := memory.New()
	in := tracking.NewIngester(db.Scans(), nil)
	fetched := map[string]bool{}
	var daysWithGaps, resent int
	first := cris.MustParseDate("2013-08-15")
	for day := first; !day.After(folder.LastDay()); day = day.AddDays(1) {
		folder.Now(day)
		listed, err := folder.List(t.Context())
		require.NoError(t, err)
		for i, file := range listed {
			if fetched[file.Name] {
				continue
			}
			if i%5 == 0 { // the whole file is fetched again
				folder.BreakOff(1000)
				partly, err := folder.Download(t.Context(), file.Name)
				require.NoError(t, err)
				_, err = io.Copy(io.Discard, partly)
				require.ErrorIs(t, err, trackingtest.ErrBrokenOff)
			}
			download, err := folder.Download(t.Context(), file.Name)
			require.NoError(t, err)
			content, err := io.ReadAll(download)
			require.NoError(t, err)
			require.Len(t, content, int(file.Size))
			opened, err := extract.Open(file.Name, bytes.NewReader(content), nil)
			require.NoError(t, err)
			_, err = db.Scans().File(t.Context(), opened.ID)
			if err == nil {
				resent++
			}
			_, err = in.Ingest(t.Context(), opened)
			require.NoError(t, err)
			fetched[file.Name] = true
		}
		days, err := tracking.MissingFilesOf(t.Context(), db.Scans())
		require.NoError(t, err)
		if slices.ContainsFunc(days, func(d tracking.DaysSeries) bool { return len(d.Missing) > 0 }) {
			daysWithGaps++
		}
	}
	require.Positive(t, daysWithGaps, "files came late")
	require.Positive(t, resent, "files came twice")
	days, err := tracking.MissingFilesOf(t.Context(), db.Scans())
	require.NoError(t, err)
	for _, day := range days {
		require.Empty(t, day.Missing)
		require.Equal(t, 3, day.Expected)
	}

	want := map[tracking.Number]map[tracking.Scan]bool{}
	for _, scan := range folder.Scans() {
		if want[scan.Number] == nil {
			want[scan.Number] = map[tracking.Scan]bool{}
		}
		want[scan.Number][scan] = true
	}
	require.Greater(t, len(want), 50)
	for number, scans := range want {
		held, err := db.Scans().Scans(t.Context(), number)
		require.NoError(t, err)
		require.Len(t, held, len(scans))
	}
}

func TestDropFolder_ShowsOnlyWhatIsThere(t *testing.T) {
	folder := trackingtest.NewDropFolder(1, 2, 10, trackingtest.Mess{})
	require.Equal(t, folder, trackingtest.NewDropFolder(1, 2, 10, trackingtest.Mess{}), "repeatable")
	listed, err := folder.List(t.Context())
	require.NoError(t, err)
	require.Empty(t, listed)
	_, err = folder.Download(t.Context(), "EXTRACT_20130815_01.txt")
	require.ErrorIs(t, err, fs.ErrNotExist)
	folder.Now(folder.LastDay())
	listed, err = folder.List(t.Context())
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(listed), 6)
}
