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
		{[]string{"es-ES", "en"}, cris.Spanish},
		{[]string{"en", "es-ES"}, cris.English},
		{[]string{"ES"}, cris.Spanish},
		{[]string{"es_MX"}, cris.Spanish},
		{[]string{"*"}, cris.English},
		{[]string{"es;q=0, en"}, cris.English},
		{[]string{"fr;q=0.9, de;q=0.8"}, cris.English},
		{[]string{"es-MX;q=0.7, fr;q=0.9"}, cris.Spanish},
		{[]string{"x", "en-US,en"}, cris.English},
		{[]string{"\x00;;q=x"}, cris.English},
		{[]string{"\x00;;q=x", "es"}, cris.Spanish},
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

func TestWords_FillEveryPlaceInTheLanguage(t *testing.T) {
	words := cris.NewWords(
		cris.Phrase{Code: "x.deadline", English: "By %[2]s, %[1]s (%[2]s).", Spanish: "%[1]s antes del %[2]s."},
		cris.Phrase{Code: "x.inner", English: "send %s", Spanish: "envíe %s"},
		cris.Phrase{Code: "x.form", English: "form %d of %v", Spanish: "el formulario %d de %v"},
		cris.Phrase{Code: "x.english_only", English: "only English on %s"},
	)
	inner := cris.Message{Code: "x.inner", Args: []any{cris.Message{Code: "x.form", Args: []any{7, "three"}}}}
	deadline := cris.Message{Code: "x.deadline", Args: []any{inner, cris.MustParseDate("2024-03-02")}}
	require.Equal(t, "By March 2, 2024, send form 7 of three (March 2, 2024).", words.Say(cris.English, deadline))
	require.Equal(t, "envíe el formulario 7 de three antes del 2 de marzo de 2024.", words.Say(cris.Spanish, deadline))

	require.Equal(t, "only English on 2 de marzo de 2024", words.Say(cris.Spanish, cris.Message{Code: "x.english_only", Args: deadline.Args[1:]}))

	titled := cris.Message{Code: "x.inner", Args: []any{cris.Message{Code: "x.unknown", Otherwise: cris.Phrase{English: "Form X", Spanish: "Formulario X"}}}}
	require.Equal(t, "send Form X", words.Say(cris.English, titled))
	require.Equal(t, "envíe Formulario X", words.Say(cris.Spanish, titled))
	require.Equal(t, "envíe x.unknown", words.Say(cris.Spanish, cris.Message{Code: "x.inner", Args: []any{cris.Message{Code: "x.unknown"}}}))

	require.Equal(t, "send ", words.Say(cris.English, cris.Message{Code: "x.inner", Args: []any{cris.Date{}}}), "the zero Date is written as nothing")
}

func TestWords_DoNotChangeWhatTheySay(t *testing.T) {
	words := cris.NewWords(cris.Phrase{Code: "x.on", English: "on %s", Spanish: "el %s"})
	args := []any{cris.MustParseDate("2024-03-02")}
	_ = words.Say(cris.Spanish, cris.Message{Code: "x.on", Args: args})
	require.Equal(t, []any{cris.MustParseDate("2024-03-02")}, args)
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
	words := cris.NewWords(cris.Phrase{Code: "x", English: "ours", Spanish: "nuestro"}, cris.Phrase{Code: "x", English: "the host's"})
	require.Equal(t, "the host's", words.Say(cris.English, cris.Message{Code: "x"}))
	require.Equal(t, "the host's", words.Say(cris.Spanish, cris.Message{Code: "x"}), "also where it has one language and the first had both")
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
