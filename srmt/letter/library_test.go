package letter_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/letter"
)

func library(tb testing.TB, templates ...letter.Template) letter.Library {
	tb.Helper()
	l, err := letter.NewLibrary(templates...)
	require.NoError(tb, err)
	return l
}

func TestSR7_TheLatestEditionInForceCounts(t *testing.T) {
	first := template(t, from("first", "2013-01-01", "2014-06-01"))
	second := template(t, from("second", "2014-01-01", "2014-12-31"))
	third := template(t, from("third", "2016-01-01", ""))
	l := library(t, second, third, first)
	for on, want := range map[string]string{
		"2012-12-31": "", "2013-01-01": "first", "2013-12-31": "first", "2014-01-01": "second", "2014-12-31": "second",
		"2015-01-01": "", "2015-12-31": "", "2016-01-01": "third", "2030-01-01": "third",
	} {
		got, err := l.On(erequest.TypographicalError, letter.NoError, day(on))
		if want == "" {
			require.ErrorIs(t, err, cris.ErrNotFound, on)
			require.True(t, got.IsZero())
			continue
		}
		require.NoError(t, err, on)
		require.Equal(t, want, got.Edition(), on)
	}
	_, err := l.On(erequest.TypographicalError, letter.Corrected, day("2013-01-01"))
	require.ErrorIs(t, err, cris.ErrNotFound)
	_, err = l.On(erequest.BeneficiaryChange, letter.NoError, day("2013-01-01"))
	require.ErrorIs(t, err, cris.ErrNotFound)

	got, err := l.Edition("first")
	require.NoError(t, err)
	require.Equal(t, first, got)
	for _, name := range []string{"", "fourth"} {
		_, err = l.Edition(name)
		require.ErrorIs(t, err, cris.ErrNotFound)
		_, err = letter.Library{}.Edition(name)
		require.ErrorIs(t, err, cris.ErrNotFound)
	}
}

func TestSR7_ALibraryHasEachEditionOnce(t *testing.T) {
	first, namesake := template(t, from("first", "2013-01-01", "")), template(t, from("first", "2013-01-02", ""))
	twin := template(t, from("twin", "2013-01-01", "2013-02-01"))
	_, err := letter.NewLibrary(first, twin, letter.Template{}, namesake)
	require.EqualError(t, err, `letter: library: two editions for "typographical_error" and "no_error" are in force from 2013-01-01 on
letter: library: a template was not made by New
letter: library: two templates are the edition "first"`)
	templates := []letter.Template{first}
	l := library(t, templates...)
	templates[0] = letter.Template{}
	got, err := l.Edition("first")
	require.NoError(t, err)
	require.Equal(t, first, got)
}

func TestSR7_TheDefaultLibraryHasALetterForEveryFindingThatSuits(t *testing.T) {
	l, editions := letter.DefaultLibrary(), map[string]bool{}
	eachLetter(func(issue erequest.Issue, finding letter.Finding) {
		got, err := l.On(issue, finding, day("2013-08-15"))
		require.NoError(t, err)
		require.False(t, editions[got.Edition()], got.Edition())
		editions[got.Edition()] = true
	})
	require.Len(t, editions, 20)
}
