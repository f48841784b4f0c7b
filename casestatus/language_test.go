package casestatus_test

import (
	"encoding/csv"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/tracking"
)

func TestMatchLanguage(t *testing.T) {
	for _, tt := range []struct {
		preferences []string
		want        string
	}{
		{nil, "en"},
		{[]string{""}, "en"},
		{[]string{"es"}, "es"},
		{[]string{"es-MX"}, "es"},
		{[]string{"es-419,es;q=0.9,en;q=0.8"}, "es"},
		{[]string{"en-US,en;q=0.9,es;q=0.8"}, "en"},
		{[]string{"en;q=0.1, es;q=0.9"}, "es"},
		{[]string{"fr-CH, es;q=0.5"}, "es"},
		{[]string{"zh-Hant"}, "en"},
		{[]string{"ja", "es"}, "es"},
		{[]string{"\x00;;q=x"}, "en"},
		{[]string{strings.Repeat("x,", 10_000)}, "en"},
	} {
		require.Equal(t, tt.want, casestatus.MatchLanguage(tt.preferences...).Tag().String(), tt.preferences)
	}
	require.Equal(t, casestatus.English, casestatus.MatchLanguage("en-GB"))
	require.Equal(t, casestatus.Spanish, casestatus.MatchLanguage("es-PR"))
}

// isSentence is how words look that are not a key and not half a format.
var isSentence = regexp.MustCompile(`^[\p{Lu}A-Z][^%:]+$`)

func TestLanguage_HasWordsForEverything(t *testing.T) {
	var inEnglish []string
	for _, l := range []casestatus.Language{casestatus.English, casestatus.Spanish} {
		var said []string
		for _, outcome := range []casestatus.EligibilityOutcome{
			casestatus.Within, casestatus.Outside, casestatus.NotPosted, casestatus.Suppressed, casestatus.Undecided,
		} {
			said = append(said, l.Eligibility(casestatus.Eligibility{Outcome: outcome}))
		}
		said = append(said, l.Eligibility(casestatus.Eligibility{Outcome: casestatus.Within, OutsideFrom: day("2024-03-02")}))
		for _, outcome := range []casestatus.StatusOutcome{casestatus.Shown, casestatus.NotShown, casestatus.Malformed} {
			said = append(said, l.StatusOutcome(outcome))
		}
		for class := tracking.NoScan; class <= tracking.ReturnCompleted; class++ {
			said = append(said, l.Delivery(class))
		}
		for _, label := range []casestatus.Label{
			casestatus.LabelReceipt, casestatus.LabelForm, casestatus.LabelFiled, casestatus.LabelOffice,
			casestatus.LabelRepresented, casestatus.LabelHistory, casestatus.LabelMailings, casestatus.LabelMailed,
			casestatus.LabelTracking, casestatus.LabelDelivery, casestatus.LabelProcessingTime,
		} {
			said = append(said, l.Label(label))
		}
		for _, document := range []casestatus.Document{
			casestatus.PermanentResidentCard, casestatus.TravelDocument, casestatus.EmploymentAuthorizationDocument,
		} {
			said = append(said, l.Document(document))
		}
		seen := map[string]bool{}
		for _, words := range said {
			require.Regexp(t, isSentence, words)
			require.False(t, seen[words], "%q is said of two things", words)
			seen[words] = true
		}
		if l == casestatus.English {
			inEnglish = said
			continue
		}
		for i := range said {
			require.NotEqual(t, inEnglish[i], said[i], "both languages")
		}
	}
}

func TestLanguage_EligibilitySaysWhenItChanges(t *testing.T) {
	e := casestatus.Eligibility{Outcome: casestatus.Within, OutsideFrom: day("2024-03-02")}
	require.Contains(t, casestatus.English.Eligibility(e), "from March 2, 2024 on")
	require.Contains(t, casestatus.Spanish.Eligibility(e), "a partir del 2 de marzo de 2024")
	e.Outcome = casestatus.Outside
	require.NotContains(t, casestatus.English.Eligibility(e), "2024", "it has come")
}

func TestLanguage_SaysPlainWordsOfWhatItDoesNotKnow(t *testing.T) {
	for _, l := range []casestatus.Language{casestatus.English, casestatus.Spanish} {
		for _, unknown := range []string{"", "on hold", "100% %s", "within until"} {
			said := l.Eligibility(casestatus.Eligibility{Outcome: casestatus.EligibilityOutcome(unknown)})
			require.Contains(t, []string{
				"It cannot be said how your case stands to the posted processing time.",
				"No se puede decir cómo está su caso respecto al tiempo de trámite publicado.",
			}, said)
			require.Equal(t, l.StatusOutcome(casestatus.NotShown), l.StatusOutcome(casestatus.StatusOutcome(unknown)))
			require.Equal(t, unknown, l.Label(casestatus.Label(unknown)))
		}
		require.Equal(t, l.Delivery(tracking.Unknown), l.Delivery(tracking.Class(250)))
	}
}

func TestLanguage_Dates(t *testing.T) {
	for _, tt := range []struct{ date, english, spanish string }{
		{"2024-02-29", "February 29, 2024", "29 de febrero de 2024"},
		{"1999-12-01", "December 1, 1999", "1 de diciembre de 1999"},
		{"2024-01-31", "January 31, 2024", "31 de enero de 2024"},
	} {
		require.Equal(t, tt.english, casestatus.English.Date(day(tt.date)))
		require.Equal(t, tt.spanish, casestatus.Spanish.Date(day(tt.date)))
	}
	require.Empty(t, casestatus.Spanish.Date(cris.Date{}))
}

func TestLanguage_UnknownTitlesAreShownAsTheyAre(t *testing.T) {
	for _, tt := range []struct {
		entry            casestatus.StatusEntry
		english, spanish string
	}{
		{casestatus.StatusEntry{Title: "Case Was Received"}, "Case Was Received", "Se recibió el caso"},
		{casestatus.StatusEntry{Title: "Case Was Approved", Spanish: "Caso Fue Aprobado"}, "Case Was Approved", "Caso Fue Aprobado"},
		{casestatus.StatusEntry{Title: "100% of %s Was %d"}, "100% of %s Was %d", "100% of %s Was %d"},
		{casestatus.StatusEntry{Title: " case  was RECEIVED"}, " case  was RECEIVED", "Se recibió el caso"},
		{casestatus.StatusEntry{Title: "Request For Initial Evidence Was Sent"}, "Request For Initial Evidence Was Sent", "Se envió una petición de evidencia inicial"},
		{casestatus.StatusEntry{Title: "Request for Initial Evidence Was Sent"}, "Request for Initial Evidence Was Sent", "Se envió una petición de evidencia inicial"},
		{casestatus.StatusEntry{Title: "Case Was Receive"}, "Case Was Receive", "Case Was Receive"},
		{casestatus.StatusEntry{Title: "100% %s", Spanish: "100% %s"}, "100% %s", "100% %s"},
		{casestatus.StatusEntry{}, "", ""},
	} {
		require.Equal(t, tt.english, casestatus.English.Title(tt.entry))
		require.Equal(t, tt.spanish, casestatus.Spanish.Title(tt.entry))
	}
	require.Equal(t, "x %d", casestatus.Spanish.Document("x %d"))
}

func TestLanguage_EveryTitleSeenIsShown(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(string(readData(t, "casestatus", "status_titles.csv")))).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows[1:], 154)
	translated := 0
	for _, row := range rows[1:] {
		entry := casestatus.StatusEntry{Title: row[0]}
		require.Equal(t, row[0], casestatus.English.Title(entry))
		if in := casestatus.Spanish.Title(entry); in != row[0] {
			require.NotEmpty(t, in)
			translated++
		}
	}
	require.Equal(t, 25, translated, "every title that has words occurs, one of them in two ways of writing")
}

func TestLanguage_Notes(t *testing.T) {
	both := casestatus.Notes{English: "a", Spanish: "b"}
	require.Equal(t, "a", casestatus.English.Notes(both))
	require.Equal(t, "b", casestatus.Spanish.Notes(both))
	require.Equal(t, "a", casestatus.Spanish.Notes(casestatus.Notes{English: "a"}))
	require.Equal(t, "b", casestatus.English.Notes(casestatus.Notes{Spanish: "b"}))
	require.Empty(t, casestatus.English.Notes(casestatus.Notes{}))
}

func TestLanguage_IsSafeForConcurrentUse(t *testing.T) {
	e := casestatus.Eligibility{Outcome: casestatus.Within, OutsideFrom: day("2024-03-02")}
	english, spanish := casestatus.English.Eligibility(e), casestatus.Spanish.Eligibility(e)
	var wg sync.WaitGroup
	wrong := make([]bool, 8)
	for i := range wrong {
		wg.Go(func() {
			for range 200 {
				wrong[i] = wrong[i] || casestatus.English.Eligibility(e) != english || casestatus.Spanish.Eligibility(e) != spanish
			}
		})
	}
	wg.Wait()
	require.NotContains(t, wrong, true)
}
