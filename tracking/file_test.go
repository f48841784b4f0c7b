package tracking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

func TestTR6_TotalsAgreeUnlessAWholeFileHoldsAnotherNumber(t *testing.T) {
	for _, test := range []struct {
		file tracking.File
		want bool
	}{
		{tracking.File{}, true},
		{tracking.File{Announces: true, Announced: 3, Records: 3, Done: true}, true},
		{tracking.File{Announces: true, Announced: 3, Records: 2, Damaged: 1, Done: true}, false},
		{tracking.File{Announces: true, Announced: 3, Records: 4, Done: true}, false},
		{tracking.File{Announces: true, Announced: 3, Records: 2}, true}, // the others may follow
		{tracking.File{Announces: true, Records: 0, Done: true}, true},
		{tracking.File{Announces: true, Records: 1, Done: true}, false}, // none were announced
		{tracking.File{Records: 1, Done: true}, true},                   // nothing was announced
	} {
		require.Equal(t, test.want, test.file.TotalsAgree(), test.file)
	}
}

func TestTR6_HalfAFileHasNotArrived(t *testing.T) {
	whole := trackingtest.NewFile(1)
	require.True(t, whole.Arrived())
	for name, edit := range map[string]func(*tracking.File){
		"not read to its end": func(file *tracking.File) { file.Done = false },
		"no series":           func(file *tracking.File) { file.Series.Number = 0 },
		"a record short":      func(file *tracking.File) { file.Records-- },
	} {
		require.False(t, trackingtest.NewFile(1, edit).Arrived(), name)
	}
}

func TestFile_CountsRecords(t *testing.T) {
	scan := func(at string) *tracking.Record {
		return &tracking.Record{Scan: trackingtest.NewScan(trackingtest.Number(1), "10", at)}
	}
	var file tracking.File
	file.Count(&tracking.Record{Damage: &tracking.Damage{}})
	require.Equal(t, tracking.File{Records: 1, Damaged: 1}, file)
	for _, at := range []string{"2013-08-15T09:52", "2013-08-15T09:51", "2013-08-15T09:53", "2013-08-15T09:52"} {
		file.Count(scan(at))
	}
	file.New = 3
	require.Equal(t, tracking.File{
		Records: 5, Damaged: 1, New: 3,
		First: tracking.MustParseLocalTime("2013-08-15T09:51"), Last: tracking.MustParseLocalTime("2013-08-15T09:53"),
	}, file)
	require.Equal(t, 4, file.Good())
	require.Equal(t, 1, file.Known())
}

func TestCauses_AreListedOnce(t *testing.T) {
	seen := map[tracking.Cause]bool{}
	for _, cause := range tracking.Causes() {
		require.False(t, seen[cause], cause)
		seen[cause] = true
	}
	require.True(t, seen[tracking.TooLong])
	require.Equal(t, "line 2, byte 144: event time: no_such_time",
		tracking.Damage{Line: 2, Column: 144, Field: "event time", Cause: tracking.NoSuchTime, Kept: "secret"}.String())
}

func TestParseFileID_SaysWhatIsWrong(t *testing.T) {
	id := trackingtest.FileID(1)
	parsed, err := tracking.ParseFileID(id.String())
	require.NoError(t, err)
	require.Equal(t, id, parsed)
	for text, want := range map[string]string{
		"":                        "file ID: want 64 hexadecimal digits",
		id.String()[1:]:           "file ID: want 64 hexadecimal digits",
		"g" + id.String()[1:]:     "file ID: want hexadecimal digits",
		id.String() + "00":        "file ID: want 64 hexadecimal digits",
		id.String()[:63] + "\x00": "file ID: want hexadecimal digits",
	} {
		_, err := tracking.ParseFileID(text)
		require.EqualError(t, err, want)
	}
}
