package gateway_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt/gateway"
)

func edition(id gateway.ScriptID, day string) func(*gateway.Draft) {
	return func(d *gateway.Draft) { d.ID, d.Edition = id, cris.MustParseDate(day) }
}

func library(tb testing.TB, scripts ...gateway.Script) gateway.Library {
	tb.Helper()
	l, err := gateway.NewLibrary(scripts...)
	require.NoError(tb, err)
	return l
}

func TestGW1_TheLatestEditionIsInForce(t *testing.T) {
	first, second := script(t, edition("b", "2013-08-15")), script(t, edition("b", "2014-01-01"))
	other := script(t, edition("a", "2013-12-31"))
	l := library(t, second, other, first)
	for day, want := range map[string][]gateway.Script{
		"2013-08-14": nil,
		"2013-08-15": {first},
		"2013-12-30": {first},
		"2013-12-31": {other, first},
		"2014-01-01": {other, second},
		"2030-01-01": {other, second},
	} {
		on := cris.MustParseDate(day)
		require.Equal(t, want, l.On(on), day)
		got, err := l.Script("b", on)
		if day == "2013-08-14" {
			require.ErrorIs(t, err, cris.ErrNotFound)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, want[len(want)-1], got, day)
	}
	got, err := l.Edition("b", cris.MustParseDate("2013-08-15"))
	require.NoError(t, err)
	require.True(t, got == first)
	_, err = l.Edition("b", cris.MustParseDate("2013-08-16"))
	require.ErrorIs(t, err, cris.ErrNotFound)
	_, err = l.Edition("c", cris.MustParseDate("2013-08-15"))
	require.ErrorIs(t, err, cris.ErrNotFound)
	require.Empty(t, gateway.Library{}.On(cris.MustParseDate("2013-08-15")))
}

func TestGW1_ALibraryHasEachEditionOnce(t *testing.T) {
	a, b := script(t, edition("a", "2013-08-15")), script(t, edition("b", "2013-08-15"))
	_, err := gateway.NewLibrary(b, a, b, a, gateway.Script{})
	require.EqualError(t, err, `gateway: library: a script was not made by NewScript
gateway: library: script "a" has two editions of 2013-08-15
gateway: library: script "b" has two editions of 2013-08-15`)
	scripts := []gateway.Script{b, a}
	l := library(t, scripts...)
	scripts[0] = gateway.Script{}
	l.On(a.Edition())[0] = gateway.Script{}
	require.Equal(t, []gateway.Script{a, b}, l.On(a.Edition()))
}
