package cris_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

func TestParseANumber(t *testing.T) {
	for _, test := range []struct{ text, want, problem string }{
		{text: "A123456789", want: "A123456789"},
		{text: "a123456789", want: "A123456789"},
		{text: "123456789", want: "A123456789"},
		{text: "A 123-456-789", want: "A123456789"},
		{text: " A-12345678 ", want: "A012345678"},
		{text: "A1234567", want: "A001234567"},
		{text: "A001234567", want: "A001234567"},
		{text: "A999999999", want: "A999999999"},

		{text: "", problem: "at character 1: fewer than seven digits"},
		{text: "A", problem: "at character 2: fewer than seven digits"},
		{text: "A123456", problem: "at character 8: fewer than seven digits"},
		{text: "A1234567890", problem: "at character 11: more than nine digits"},
		{text: "AA1234567", problem: "at character 2: want a digit"},
		{text: "123A4567", problem: "at character 4: want a digit"},
		{text: "B1234567", problem: "at character 1: want a digit"},
		{text: "A12345678\x00", problem: "at character 10: want a digit"},
		{text: "А1234567", problem: "at character 1: want a digit"}, // a Cyrillic letter
		{text: "A000000000", problem: "all digits are zero"},
	} {
		t.Run(test.text, func(t *testing.T) {
			number, err := cris.ParseANumber(test.text)
			if test.problem != "" {
				require.EqualError(t, err, "A-Number: "+test.problem)
				require.True(t, number.IsZero())
				require.Empty(t, number.Reveal())
				return
			}
			require.NoError(t, err)
			require.Equal(t, test.want, number.Reveal())
		})
	}
}

func FuzzParseANumber(f *testing.F) {
	for _, text := range []string{"A123456789", "a 12-34567", "1234567", "A0000000", "A123456", "AA1234567", ""} {
		f.Add(text)
	}
	shape := regexp.MustCompile(`^[Aa]?[0-9]{7,9}$`)
	f.Fuzz(func(t *testing.T, text string) {
		number, err := cris.ParseANumber(text)
		bare := strings.NewReplacer(" ", "", "-", "").Replace(text)
		value, _ := strconv.Atoi(strings.TrimLeft(bare, "Aa"))
		if !shape.MatchString(bare) || value == 0 {
			require.Error(t, err)
			return
		}
		require.NoError(t, err)
		require.Equal(t, fmt.Sprintf("A%09d", value), number.Reveal())
		require.True(t, number == cris.MustParseANumber(number.Reveal()))
	})
}

func TestMustParseANumber_Panics(t *testing.T) {
	require.PanicsWithError(t, "A-Number: at character 1: fewer than seven digits", func() { cris.MustParseANumber("") })
}
