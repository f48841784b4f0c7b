package casestatus_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
)

func words() cris.Words { return cris.NewWords(casestatus.Words()...) }

func TestWords_SayEverything(t *testing.T) {
	var messages []cris.Message
	for _, r := range casestatus.Reasons() {
		messages = append(messages, r.Message())
	}
	for _, o := range casestatus.EligibilityOutcomes() {
		messages = append(messages, o.Message())
	}
	for _, o := range casestatus.StatusOutcomes() {
		messages = append(messages, o.Message())
	}
	for _, d := range casestatus.Documents() {
		messages = append(messages, d.Message())
	}
	for _, k := range casestatus.OfficeKinds() {
		messages = append(messages, k.Message())
	}
	for _, m := range messages {
		require.True(t, words().Has(m.Code), m.Code)
	}
}

func TestEligibility_SaysWhenItChanges(t *testing.T) {
	within := casestatus.Eligibility{Outcome: casestatus.Within, OutsideFrom: day("2022-02-21")}
	require.Equal(t, "Your case is within the posted processing time. Unless the posted time changes, you may ask about it on or after February 21, 2022.",
		words().Say(cris.English, within.Message()))
	require.Contains(t, words().Say(cris.Spanish, within.Message()), "21 de febrero de 2022")
	within.OutsideFrom = cris.Date{}
	require.NotContains(t, words().Say(cris.English, within.Message()), "%")
}

func TestCS9_AnUnknownNumberAndAWithheldCaseAreSpokenOfAlike(t *testing.T) {
	unknown, withheld := casestatus.Status{Outcome: casestatus.NotShown}, casestatus.Status{Outcome: casestatus.NotShown, Receipt: casestatustest.Receipt(1)}
	require.Equal(t, words().Say(cris.Spanish, unknown.Message()), words().Say(cris.Spanish, withheld.Message()))
}

func TestCS8_DocumentsThatAreNotTypicalAreNamedAsGiven(t *testing.T) {
	require.Equal(t, "Permiso de viaje", words().Say(cris.Spanish, casestatus.Document("Permiso de viaje").Message()))
	require.Equal(t, "Tarjeta de Residente Permanente", words().Say(cris.Spanish, casestatus.PermanentResidentCard.Message()))
}

func TestTitles_AreShownInSpanishWhereTheyHaveIt(t *testing.T) {
	for _, tt := range []struct {
		entry casestatus.StatusEntry
		want  string
	}{
		{casestatus.StatusEntry{Title: "Case Was Received"}, "Se recibió el caso"},
		{casestatus.StatusEntry{Title: "case  was received "}, "Se recibió el caso"},
		{casestatus.StatusEntry{Title: "Case Was Received", Spanish: "Caso recibido"}, "Caso recibido"},
		{casestatus.StatusEntry{Title: "A Title Of Later Days"}, "A Title Of Later Days"},
		{casestatus.StatusEntry{Spanish: "Título"}, "Título"},
	} {
		require.Equal(t, tt.want, words().Say(cris.Spanish, tt.entry.Message()), tt.entry)
	}
	require.Equal(t, "Case Was Received", words().Say(cris.English, casestatus.StatusEntry{Title: "Case Was Received", Spanish: "Caso recibido"}.Message()))
	require.Equal(t, "Título", words().Say(cris.English, casestatus.StatusEntry{Spanish: "Título"}.Message()))
}

// The codes are those under which a program finds words of its own.
func TestTitles_HaveCodesThatStay(t *testing.T) {
	for title, want := range map[string]cris.Code{
		"Case Was Received":                                           "casestatus.title.case_was_received",
		" case  was\tRECEIVED ":                                       "casestatus.title.case_was_received",
		"Document Is Being Held For 180 Days":                         "casestatus.title.document_is_being_held_for_180_days",
		"Petition/Application Was Rejected For Insufficient Funds":    "casestatus.title.petition_application_was_rejected_for_insufficient_funds",
		"Premium Processing Case is Eligible for Pre-Certification":   "casestatus.title.premium_processing_case_is_eligible_for_pre_certification",
		"Response To USCIS' Request For Evidence Was Received":        "casestatus.title.response_to_uscis_request_for_evidence_was_received",
		"Rejected For Incorrect Fee, Payment Not Signed (Form I-290)": "casestatus.title.rejected_for_incorrect_fee_payment_not_signed_form_i_290",
		"Certificate Of Naturalization Was Issued":                    "casestatus.title.certificate_of_naturalization_was_issued",
	} {
		require.Equal(t, want, casestatus.StatusEntry{Title: title}.Message().Code)
	}
}

// Every title that was seen has a class, and is shown.
func TestCS10_EveryTitleSeenHasAClass(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(string(readData(t, "casestatus", "status_titles.csv")))).ReadAll()
	require.NoError(t, err)
	require.Greater(t, len(rows), 150)
	for _, row := range rows[1:] {
		require.NotEqual(t, casestatus.TitleUnknown, casestatus.ClassOfTitle(row[0]), row[0])
		require.NotEmpty(t, words().Say(cris.Spanish, casestatus.StatusEntry{Title: row[0]}.Message()))
	}
}

func TestCS10_TitlesAreComparedByTheirWords(t *testing.T) {
	for _, title := range []string{
		"CASE WAS APPROVED", "Case\u00a0Was Approved", "Case Was Approved.", "Case Was Approved\u200b", " Case  was approved!\n",
		"Case Was Approved And USCIS Notified The US Consulate or Port of Entry",
	} {
		require.Equal(t, casestatus.TitleDecided, casestatus.ClassOfTitle(title), "%q", title)
	}
	require.Equal(t, casestatus.TitlePending, casestatus.ClassOfTitle("Response To USCIS\u2019 Request For Evidence Was Received"))
	for _, title := range []string{"", "Case Was Not Approved", "Case Was Appro ved", "批准"} {
		require.Equal(t, casestatus.TitleUnknown, casestatus.ClassOfTitle(title), "%q", title)
	}
}

func TestCS10_WhatFollowsADecisionDoesNotReopenIt(t *testing.T) {
	for _, title := range []string{"Amended Notice Was Mailed", "Case Was Sent To The Department of State", "Duplicate Notice Was Mailed"} {
		history := []casestatus.StatusEntry{{Title: "Case Was Approved"}, {Title: title}}
		require.False(t, casestatus.Case{History: history}.Pending(), title)
		require.True(t, casestatus.Case{History: history[1:]}.Pending(), title)
	}
}

func TestNotes_InTheLanguageInWhichTheyWereGiven(t *testing.T) {
	require.Equal(t, "two", casestatus.Notes{English: "one", Spanish: "two"}.In(cris.Spanish))
	require.Equal(t, "one", casestatus.Notes{English: "one"}.In(cris.Spanish))
	require.Equal(t, "two", casestatus.Notes{Spanish: "two"}.In(cris.English))
}
