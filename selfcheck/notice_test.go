package selfcheck_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// SC-19: what the inquiry does and does not do, and what rights there are.
func TestSC19_TheRightsUnderTheFCRAAreTold(t *testing.T) {
	require.Equal(t, []selfcheck.Notice{"may_know_who_reviewed_report", "may_place_fraud_alert", "fraud_alert_prevents_proofing"}, selfcheck.FCRARights())
	words := cris.NewWords(selfcheck.Words()...)
	for notice, facts := range map[selfcheck.Notice][2][]string{
		selfcheck.InquiryIsNoted: {
			{"note this inquiry in your credit file", "identity check", "does not affect your credit score", "not shown to others"},
			{"anote esta consulta en su expediente de crédito", "verificación de identidad", "No afecta su puntaje de crédito", "no se muestra a otras personas"},
		},
		selfcheck.MayKnowWhoReviewedReport: {
			{"Fair Credit Reporting Act", "right to know who has reviewed your credit report"},
			{"FCRA", "derecho a saber quién ha consultado su informe de crédito"},
		},
		selfcheck.MayPlaceFraudAlert: {
			{"Fair Credit Reporting Act", "place a fraud alert"}, {"FCRA", "poner una alerta de fraude"},
		},
		selfcheck.FraudAlertPreventsProofing: {{"cannot confirm your identity"}, {"no podemos confirmar su identidad"}},
	} {
		for i, language := range languages {
			for _, said := range facts[i] {
				require.Contains(t, words.Say(language, notice.Message()), said)
			}
		}
	}
}

func TestSC5_WhatIsDeletedIsTold(t *testing.T) {
	words := cris.NewWords(selfcheck.Words()...)
	for i, said := range []string{
		"everything you entered and any questions are deleted at the end of the session. Only a transaction number, the reason, the date and time, and an error code are kept.",
		"se borran al final de la sesión. Solo se guardan un número de transacción, el motivo, la fecha y hora y un código de error.",
	} {
		require.Contains(t, words.Say(languages[i], selfcheck.FailedSessionIsDeleted.Message()), said)
	}
}

func TestNotices_AreToldWhenTheyHelp(t *testing.T) {
	before := []selfcheck.Notice{
		"voluntary", "questions_come_from_records", "inquiry", "may_know_who_reviewed_report", "may_place_fraud_alert",
		"fraud_alert_prevents_proofing", "attempts_may_end_access", "failed_session_is_deleted",
	}
	require.Equal(t, before, selfcheck.NoticesBefore())
	require.Equal(t, append(before, "resolving_is_voluntary", "mismatch_may_occur_again"), selfcheck.Notices())
	failed := append(selfcheck.FCRARights(), selfcheck.FailedSessionIsDeleted)
	for outcome, want := range map[selfcheck.ProofingOutcome][]selfcheck.Notice{
		selfcheck.Authenticated: nil, selfcheck.NotStarted: nil, selfcheck.NotAuthenticated: failed,
		selfcheck.AccessEnded: append([]selfcheck.Notice{selfcheck.AttemptsMayEndAccess}, failed...),
	} {
		require.Equal(t, want, outcome.Notices(), outcome)
	}
	selfcheck.Notices()[0], selfcheck.NoticesBefore()[0], selfcheck.FCRARights()[0] = "changed", "changed", "changed"
	require.Equal(t, before, selfcheck.NoticesBefore())
}
