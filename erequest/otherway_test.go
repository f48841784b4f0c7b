package erequest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
)

// ER-5a: whoever is not served online is told what else is open, and only they are.
func TestER5a_EveryRefusalOpensOtherWays(t *testing.T) {
	ask := []erequest.OtherWay{erequest.CallUs, erequest.WriteToUs, erequest.VisitOffice}
	for outcome, want := range map[erequest.ScreeningOutcome][]erequest.OtherWay{
		erequest.Passed: nil, erequest.NotOffered: ask, erequest.NotOutside: ask, erequest.AdvisedToWait: ask,
		erequest.NotMatched: append(ask[:3:3], erequest.RequestRecords),
	} {
		screened := erequest.Screened{Outcome: outcome}
		require.Equal(t, want, screened.OtherWays(), outcome)
		require.Equal(t, want, erequest.Filing{Outcome: erequest.ScreenedOut, Screening: screened}.OtherWays(), outcome)
	}
	require.Equal(t, ask, erequest.Filing{Outcome: erequest.Advised}.OtherWays())
	for _, outcome := range []erequest.FilingOutcome{erequest.Accepted, erequest.AlreadyAccepted, erequest.KeyReused, erequest.Incomplete} {
		require.Empty(t, erequest.Filing{Outcome: outcome}.OtherWays(), outcome)
	}
}

func TestER5a_AProtectedCaseOpensTheSameWaysAsAnUnknownOne(t *testing.T) {
	d := newDesk(t)
	unknown := submission("k1", erequest.CardNotReceived)
	unknown.Screening.Receipt = casestatustest.Receipt(99)
	withheld := onFile
	withheld.Withheld = true
	require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), withheld))
	protected := d.submit(t, submission("k1", erequest.CardNotReceived))
	require.Equal(t, d.submit(t, unknown), protected)
	require.Contains(t, protected.OtherWays(), erequest.CallUs)
	require.Contains(t, protected.OtherWays(), erequest.WriteToUs)
}

func TestPolicy_SaysWhereTheOtherWaysLead(t *testing.T) {
	standard := erequest.Policy{}
	require.Equal(t, "1-800-375-5283", standard.Place(erequest.CallUs).Telephone)
	require.Contains(t, standard.Place(erequest.RequestRecords).Address, "P.O. Box 648010")
	require.NotEmpty(t, standard.Place(erequest.AskUSPS).Telephone)
	own := erequest.Policy{Places: erequest.Places{erequest.CallUs: {Telephone: "555-0100", Address: []string{"1 Main St"}}}}
	own.Place(erequest.CallUs).Address[0] = "changed"
	require.Equal(t, cris.Place{Telephone: "555-0100", Address: []string{"1 Main St"}}, own.Place(erequest.CallUs))
	require.Empty(t, own.Place(erequest.AskUSPS))
	words := cris.NewWords(erequest.Words()...)
	for _, way := range erequest.OtherWays() {
		require.NotEmpty(t, words.Say(cris.Spanish, way.Message()), way)
	}
}
