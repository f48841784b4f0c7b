package cris_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

// Each input is wrong at its end, after something that must not be repeated.
func TestPV1_NoParseErrorRepeatsItsInput(t *testing.T) {
	const secret = "87654321"
	for what, parse := range map[string]func(string) error{
		"date":     func(s string) error { _, err := cris.ParseDate(s); return err },
		"A-Number": func(s string) error { _, err := cris.ParseANumber(s); return err },
		"ZIP code": func(s string) error { _, err := cris.ParseZIP(s); return err },
		"name":     func(s string) error { _, err := cris.NewPersonName(cris.NameParts{Family: s}); return err },
		"address":  func(s string) error { _, err := cris.NewAddress(cris.AddressParts{Street: s}); return err },
		"state": func(s string) error {
			_, err := cris.NewAddress(cris.AddressParts{Street: "1 Main St", City: "Albany", State: s})
			return err
		},
		"date as text": func(s string) error { return new(cris.Date).UnmarshalText([]byte(s)) },
		"ZIP as text":  func(s string) error { return new(cris.ZIP).UnmarshalText([]byte(s)) },
	} {
		for _, input := range []string{secret + "\x00", secret + "\xff", secret + strings.Repeat("9", 500) + "\x01"} {
			err := parse(input)
			var parseError *cris.ParseError
			require.ErrorAs(t, err, &parseError, what)
			printed := fmt.Sprintf("%v %+v %#v %q", err, parseError, parseError, fmt.Errorf("wrapped: %w", err))
			require.NotContains(t, printed, secret[:4], what)
		}
	}
}

func TestParseError_SaysWhere(t *testing.T) {
	require.EqualError(t, &cris.ParseError{What: "date", At: -1, Problem: "wrong"}, "date: wrong")
	require.EqualError(t, &cris.ParseError{What: "date", At: 0, Problem: "wrong"}, "date: at character 1: wrong")
}

func TestSentinels_AreApart(t *testing.T) {
	require.NotErrorIs(t, cris.ErrNotFound, cris.ErrConflict)
}
