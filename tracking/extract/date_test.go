package extract_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

// An event of a day that has not come yet would be the latest of its piece for good.
func TestTR6_DateThatCannotBeIsSetAside(t *testing.T) {
	good := file(t, extract.FullRecord{Scan: delivered})
	day := func(text string) string { return put(good, 133, text) }
	head := withHeader(t, header(1)) // of 2013-08-16
	for _, test := range []struct {
		name, text string
		notAfter   string
		ok         bool
	}{
		{"before there was tracking", day("19891231"), "", false},
		{"the first year", day("19900101"), "", true},
		{"no header, no limit", day("20990101"), "", true},
		{"the day after the header's", head + day("20130817"), "", true},
		{"two days after", head + day("20130818"), "", false},
		{"far after", head + day("20990101"), "", false},
		{"the last day of the options", day("20130817"), "2013-08-17", true},
		{"the day after", day("20130818"), "2013-08-17", false},
		{"the header is stricter", head + day("20130818"), "2013-08-31", false},
		{"the options are stricter", head + day("20130817"), "2013-08-16", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			opts := &extract.Options{}
			require.NoError(t, opts.NotAfter.UnmarshalText([]byte(test.notAfter)))
			opened, err := extract.Open("day.txt", strings.NewReader(test.text), opts)
			require.NoError(t, err)
			got := readAll(t, opened.Records)
			require.Equal(t, test.ok, len(got.errors) == 0)
			if !test.ok {
				require.Contains(t, got.errors[0], "byte 133: event date: impossible_day")
			}
			require.Equal(t, 1, opened.File().Records)
		})
	}
	head = put(head, 43, "99991231")
	require.Empty(t, read(t, head+day("99991231")).errors, "there is no day after the last")
	require.Equal(t, cris.Date{}, (&extract.Options{}).NotAfter)
}

func TestTR2_ZIPOfNoughtsIsNoPlace(t *testing.T) {
	got := read(t, put(file(t, extract.FullRecord{Scan: delivered}), 102, "00000"))
	want := delivered
	want.Place.ZIP = cris.ZIP{}
	require.Equal(t, reading{scans: []tracking.Scan{want}}, got)
}
