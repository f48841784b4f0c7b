package cris_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

func TestMatchLanguage(t *testing.T) {
	for _, tt := range []struct {
		preferences []string
		want        cris.Language
	}{
		{nil, cris.English},
		{[]string{""}, cris.English},
		{[]string{"en-GB"}, cris.English},
		{[]string{"es"}, cris.Spanish},
		{[]string{"es-MX"}, cris.Spanish},
		{[]string{"es-419,es;q=0.9,en;q=0.8"}, cris.Spanish},
		{[]string{"en-US,en;q=0.9,es;q=0.8"}, cris.English},
		{[]string{"en;q=0.1, es;q=0.9"}, cris.Spanish},
		{[]string{"fr-CH, es;q=0.5"}, cris.Spanish},
		{[]string{"zh-Hant"}, cris.English},
		{[]string{"ja", "es"}, cris.Spanish},
		{[]string{"\x00;;q=x"}, cris.English},
		{[]string{strings.Repeat("x,", 10_000)}, cris.English},
	} {
		require.Equal(t, tt.want, cris.MatchLanguage(tt.preferences...), tt.preferences)
	}
}

func TestLanguage_WritesDatesAsPeopleDo(t *testing.T) {
	day := cris.MustParseDate("2024-03-02")
	require.Equal(t, "March 2, 2024", cris.English.Date(day))
	require.Equal(t, "March 2, 2024", cris.Language("").Date(day), "the zero Language is English")
	require.Equal(t, "March 2, 2024", cris.Language("fr").Date(day), "and so is one without words")
	require.Equal(t, "2 de marzo de 2024", cris.Spanish.Date(day))
	require.Equal(t, "31 de diciembre de 1999", cris.Spanish.Date(cris.MustParseDate("1999-12-31")))
	require.Equal(t, "1 de enero de 2000", cris.Spanish.Date(cris.MustParseDate("2000-01-01")))
	require.Empty(t, cris.English.Date(cris.Date{}))
	require.Empty(t, cris.Spanish.Date(cris.Date{}))
}

func TestLanguage_WritesTimesAsAClockInTheZoneShowsThem(t *testing.T) {
	at := time.Date(2024, 3, 3, 4, 5, 6, 0, time.UTC)
	require.Equal(t, "March 2, 2024, 11:05 PM EST", cris.English.Time(at, cris.AgencyZone()))
	require.Equal(t, "2 de marzo de 2024, 23:05 EST", cris.Spanish.Time(at, cris.AgencyZone()))
	require.Empty(t, cris.English.Time(time.Time{}, cris.AgencyZone()))
}

func TestLanguage_PicksWhatWasGiven(t *testing.T) {
	require.Equal(t, "english", cris.English.Pick("english", "español"))
	require.Equal(t, "español", cris.Spanish.Pick("english", "español"))
	require.Equal(t, "español", cris.English.Pick("", "español"))
	require.Equal(t, "english", cris.Spanish.Pick("english", ""))
	require.Empty(t, cris.Spanish.Pick("", ""))
}

func TestWords_SayMessages(t *testing.T) {
	words := cris.NewWords(
		cris.Phrase{Code: "x.wait", English: "Wait until %s for %s.", Spanish: "Espere hasta el %[1]s por %[2]s."},
		cris.Phrase{Code: "x.card", English: "your card", Spanish: "su tarjeta"},
		cris.Phrase{Code: "x.plain", English: "100% done", Spanish: "100% hecho"},
	)
	wait := cris.Message{Code: "x.wait", Args: []any{cris.MustParseDate("2024-03-02"), cris.Message{Code: "x.card"}}}
	require.Equal(t, "Wait until March 2, 2024 for your card.", words.Say(cris.English, wait))
	require.Equal(t, "Espere hasta el 2 de marzo de 2024 por su tarjeta.", words.Say(cris.Spanish, wait))
	require.Equal(t, "100% done", words.Say(cris.English, cris.Message{Code: "x.plain"}), "without arguments there is nothing to fill in")
	require.True(t, words.Has("x.wait"))
	require.False(t, words.Has("x.other"))
}

func TestWords_WhatTheyDoNotHaveIsShownAsItWasGiven(t *testing.T) {
	var none cris.Words
	require.Equal(t, "x.other", none.Say(cris.Spanish, cris.Message{Code: "x.other"}))
	given := cris.Message{Code: "x.other", Otherwise: cris.Phrase{English: "As given", Spanish: "Como se dio"}}
	require.Equal(t, "As given", none.Say(cris.English, given))
	require.Equal(t, "Como se dio", none.Say(cris.Spanish, given))
	require.Equal(t, "the text", none.Say(cris.Spanish, cris.Reason{Code: "x.other", Text: "the text"}.Message()))
}

func TestWords_TheLastPhraseOfACodeCounts(t *testing.T) {
	words := cris.NewWords(cris.Phrase{Code: "x", English: "ours"}, cris.Phrase{Code: "x", English: "the host's"})
	require.Equal(t, "the host's", words.Say(cris.English, cris.Message{Code: "x"}))
}

func TestWords_AreSafeForConcurrentUse(t *testing.T) {
	words := cris.NewWords(cris.Phrase{Code: "x", English: "on %s", Spanish: "el %s"})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				_ = words.Say(cris.MatchLanguage("es"), cris.Message{Code: "x", Args: []any{cris.MustParseDate("2024-03-02")}})
			}
		})
	}
	wg.Wait()
}
