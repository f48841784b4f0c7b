package tracking_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

func TestParseLocalTime(t *testing.T) {
	at, err := tracking.ParseLocalTime("2013-08-15T09:52")
	require.NoError(t, err)
	require.Equal(t, cris.MustParseDate("2013-08-15"), at.Date())
	hour, minute := at.Clock()
	require.Equal(t, 9, hour)
	require.Equal(t, 52, minute)
	require.Equal(t, "2013-08-15T09:52", at.String())

	for input, want := range map[string]string{
		"":                          "local time: want the form 2006-01-02T15:04",
		"2013-08-15":                "local time: want the form 2006-01-02T15:04",
		"2013-08-15 09:52":          "local time: want the form 2006-01-02T15:04",
		"2013-08-15T09:52Z":         "local time: want the form 2006-01-02T15:04",
		"2013-08-15T09:52:00-04:00": "local time: want the form 2006-01-02T15:04",
		"2013-02-30T09:52":          "date: no such day in the calendar",
		"2013-08-15T24:00":          "local time: no such hour",
		"2013-08-15T23:60":          "local time: no such minute",
		"2013-08-15T2a:00":          "local time: at character 13: want a digit",
		"2013-08-15T23:-1":          "local time: at character 15: want a digit",
	} {
		_, err := tracking.ParseLocalTime(input)
		require.EqualError(t, err, want, input)
	}
	require.Panics(t, func() { tracking.MustParseLocalTime("now") })
}

func TestNewLocalTime_Bounds(t *testing.T) {
	day := cris.MustParseDate("2024-02-29")
	for _, clock := range [][2]int{{0, 0}, {23, 59}} {
		_, err := tracking.NewLocalTime(day, clock[0], clock[1])
		require.NoError(t, err)
	}
	for _, tt := range []struct {
		day          cris.Date
		hour, minute int
		problem      string
	}{
		{day, -1, 0, "no such hour"},
		{day, 24, 0, "no such hour"},
		{day, 0, -1, "no such minute"},
		{day, 0, 60, "no such minute"},
		{cris.Date{}, 0, 0, "no date"},
	} {
		_, err := tracking.NewLocalTime(tt.day, tt.hour, tt.minute)
		var got *cris.ParseError
		require.ErrorAs(t, err, &got)
		require.Equal(t, cris.ParseError{What: "local time", At: -1, Problem: tt.problem}, *got)
	}
}

func TestLocalTime_Compare(t *testing.T) {
	order := []tracking.LocalTime{
		{},
		tracking.MustParseLocalTime("2013-08-15T09:52"), tracking.MustParseLocalTime("2013-08-15T09:53"),
		tracking.MustParseLocalTime("2013-08-16T00:00"),
	}
	for i := range order {
		for j := range order {
			require.Equal(t, i < j, order[i].Compare(order[j]) < 0)
			require.Equal(t, i == j, order[i] == order[j])
		}
	}
	require.True(t, order[0].IsZero())
	require.Empty(t, order[0].String())
}

func FuzzParseLocalTime(f *testing.F) {
	for _, seed := range []string{"2013-08-15T09:52", "0001-01-01T00:00", "9999-12-31T23:59", "2013-02-29T00:00", "2013-08-15T24:00", "", "2013-08-15T09:5"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input string) {
		const form = "2006-01-02T15:04"
		at, err := tracking.ParseLocalTime(input)
		oracle, oracleErr := time.Parse(form, input)
		if err != nil {
			if oracleErr == nil && len(input) == len(form) {
				require.Zero(t, oracle.Year(), "only the year 0 is refused besides")
			}
			return
		}
		require.NoError(t, oracleErr)
		require.Equal(t, oracle.Format(form), at.String())
		require.Equal(t, input, at.String())
		var again tracking.LocalTime
		text, err := at.MarshalText()
		require.NoError(t, err)
		require.NoError(t, again.UnmarshalText(text))
		require.Equal(t, at, again)
	})
}

func TestLocalTime_Text(t *testing.T) {
	at := tracking.MustParseLocalTime("2013-08-15T09:52")
	require.Error(t, at.UnmarshalText([]byte("yesterday")))
	require.NoError(t, at.UnmarshalText(nil))
	require.True(t, at.IsZero())
}

func TestFileID(t *testing.T) {
	text := "00000000000000000000000000000000000000000000000000000000000000ff"
	id, err := tracking.ParseFileID(text)
	require.NoError(t, err)
	require.Equal(t, text, id.String())
	require.Positive(t, id.Compare(tracking.FileID{}))
	require.False(t, id.IsZero())
	marshalled, err := id.MarshalText()
	require.NoError(t, err)
	var again tracking.FileID
	require.NoError(t, again.UnmarshalText(marshalled))
	require.Equal(t, id, again)
	for bad, problem := range map[string]string{"": "want 64 hexadecimal digits", "ff": "want 64 hexadecimal digits", text[1:] + "g": "want hexadecimal digits"} {
		var got *cris.ParseError
		require.ErrorAs(t, again.UnmarshalText([]byte(bad)), &got)
		require.Equal(t, cris.ParseError{What: "file ID", At: -1, Problem: problem}, *got)
	}
}
