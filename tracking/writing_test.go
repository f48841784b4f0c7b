package tracking_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

func TestNumber_SmallLettersCountAsCapitals(t *testing.T) {
	read := 0
	for first := 'A'; first <= 'Z'; first++ {
		for _, second := range "AZ" {
			capitals := string(first) + string(second) + "123456785US"
			want, err := tracking.ParseNumber(capitals)
			got, errOfSmall := tracking.ParseNumber(strings.ToLower(capitals))
			require.Equal(t, err, errOfSmall, capitals)
			require.Equal(t, want, got)
			if err == nil {
				read++
			}
		}
	}
	require.Positive(t, read)
}

// The printed form of a bar code has each identifier in parentheses, from 91 to 95.
func TestNumber_PrintedIdentifiers(t *testing.T) {
	for _, tt := range []struct {
		in string
		at int
	}{
		{"(420)10030(92)001901755477000226559615", -2},
		{"(92)001901755477000226559615", -2},
		{"(90)001901755477000226559615", 3},
		{"(96)001901755477000226559615", 3},
		{"((92)001901755477000226559615", 1},
		{"(92))001901755477000226559615", 4},
		{")92001901755477000226559615", 0},
		{"(92001901755477000226559615", -1},
	} {
		got, err := tracking.ParseNumber(tt.in)
		if tt.at == -2 {
			require.NoError(t, err, tt.in)
			require.Equal(t, tracking.MustParseNumber("92001901755477000226559615"), got)
			continue
		}
		var problem *cris.ParseError
		require.ErrorAs(t, err, &problem, tt.in)
		require.Equal(t, tt.at, problem.At, "%s: %v", tt.in, err)
	}
}

func TestTR6_AsManyFilesAsADayCanHaveAreExpected(t *testing.T) {
	on := cris.MustParseDate("2013-08-15")
	for number, want := range map[int]int{-1: 0, 0: 0, 1: 1, 9_999: 1, 10_000: 0} {
		require.Len(t, tracking.MissingFiles([]tracking.Series{{Day: on, Number: number}}), want, number)
	}
}

func TestNumber_PrintedIdentifiersFrom91To95(t *testing.T) {
	for identifier, want := range map[string]int{"90": 0, "91": 1, "92": 1, "93": 1, "94": 1, "95": 1, "96": 0} {
		read := 0
		for _, check := range "0123456789" {
			if _, err := tracking.ParseNumber("(" + identifier + ")0190175547700022655" + string(check)); err == nil {
				read++
			}
		}
		require.Equal(t, want, read, "one check digit agrees: %s", identifier)
	}
}
