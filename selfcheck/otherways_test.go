package selfcheck_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func TestSC14_TheWaysFitTheReason(t *testing.T) {
	ways := func(all ...selfcheck.OtherWay) []selfcheck.OtherWay { return all }
	const (
		office, statement, call = selfcheck.VisitSSA, selfcheck.ReadSSAStatement, selfcheck.CallUSCIS
		records, bureaus, free  = selfcheck.RequestRecords, selfcheck.CheckCreditBureaus, selfcheck.GetFreeCreditReport
		lift, later             = selfcheck.LiftAlertOrFreeze, selfcheck.TryAgainLater
	)
	asInTheNotice := ways(office, statement, call, records, bureaus, free)
	guarded := ways(lift, bureaus, office, statement, call, records, free)
	deceased := ways(office, bureaus, free, statement, call, records)
	for _, tc := range []struct {
		reason  selfcheck.FailureReason
		outcome selfcheck.IdPOutcome
		want    []selfcheck.OtherWay
	}{
		{selfcheck.CouldNotGenerateQuestions, "", asInTheNotice},
		{selfcheck.AnsweredIncorrectly, "", ways(bureaus, free, office, statement, call, records)},
		{selfcheck.SystemError, "", ways(later, office, statement, call, records, bureaus, free)},
		{selfcheck.MultipleAttempts, "", asInTheNotice},
		{"", "", asInTheNotice},
		{selfcheck.CouldNotGenerateQuestions, selfcheck.IdPFraudAlert, guarded},
		{selfcheck.CouldNotGenerateQuestions, selfcheck.IdPFrozen, guarded},
		{selfcheck.CouldNotGenerateQuestions, selfcheck.IdPDeceased, deceased},
		{selfcheck.MultipleAttempts, selfcheck.IdPFraudAlert, asInTheNotice},
	} {
		require.Equal(t, tc.want, selfcheck.OtherWaysFor(tc.reason, tc.outcome), "%s %s", tc.reason, tc.outcome)
	}
}

// SC-14: whatever the reason, the notice names its six ways, each once. SC-8: whoever may not go on
// is not told to come back.
func TestSC14_EveryReasonTellsEveryWayOfTheNotice(t *testing.T) {
	ofTheNotice := selfcheck.OtherWaysFor("", "")
	require.Len(t, ofTheNotice, 6)
	for _, reason := range selfcheck.FailureReasons() {
		for _, outcome := range append(selfcheck.IdPOutcomes(), "") {
			ways := selfcheck.OtherWaysFor(reason, outcome)
			require.Subset(t, ways, ofTheNotice)
			require.Subset(t, selfcheck.OtherWays(), ways)
			require.Len(t, ways, len(slices.Compact(slices.Sorted(slices.Values(ways)))), "each way once")
			if reason == selfcheck.MultipleAttempts {
				require.NotContains(t, ways, selfcheck.TryAgainLater)
				require.NotContains(t, ways, selfcheck.LiftAlertOrFreeze)
			}
		}
	}
	selfcheck.OtherWays()[0], selfcheck.OtherWaysFor("", "")[0] = "changed", "changed"
	require.Equal(t, selfcheck.VisitSSA, selfcheck.OtherWays()[0])
	require.Equal(t, selfcheck.VisitSSA, selfcheck.OtherWaysFor("", "")[0])
}

func TestSC14_AFailedProofingTellsTheWaysOfItsReason(t *testing.T) {
	for outcome, first := range map[selfcheck.IdPOutcome]selfcheck.OtherWay{
		selfcheck.IdPFraudAlert: selfcheck.LiftAlertOrFreeze, selfcheck.IdPSystemError: selfcheck.TryAgainLater,
		selfcheck.IdPAnsweredIncorrectly: selfcheck.CheckCreditBureaus, selfcheck.IdPMultipleAttempts: selfcheck.VisitSSA,
	} {
		proofing := decide(func(r *selfcheck.Report) { r.Outcome = outcome })
		require.Equal(t, first, proofing.OtherWays[0], outcome)
	}
}

// SC-14: each way says what to do, in both languages, and Policy.Place where.
func TestSC14_TheWaysCanBeActedOn(t *testing.T) {
	words := cris.NewWords(selfcheck.Words()...)
	for way, facts := range map[selfcheck.OtherWay][2]string{
		selfcheck.VisitSSA:            {"field office", "oficina local"},
		selfcheck.ReadSSAStatement:    {"yearly Social Security statement", "estado de cuenta"},
		selfcheck.CallUSCIS:           {"Call USCIS", "Llame a USCIS"},
		selfcheck.RequestRecords:      {"your date and place of birth", "fecha y lugar de nacimiento"},
		selfcheck.CheckCreditBureaus:  {"credit bureaus", "agencias de crédito"},
		selfcheck.GetFreeCreditReport: {"free credit report", "informe de crédito gratuito"},
		selfcheck.LiftAlertOrFreeze:   {"credit bureau to lift", "agencia de crédito que levante"},
		selfcheck.TryAgainLater:       {"again later", "más tarde"},
	} {
		for i, language := range languages {
			require.Contains(t, words.Say(language, way.Message()), facts[i])
		}
	}
	places := map[selfcheck.OtherWay]bool{
		selfcheck.VisitSSA: true, selfcheck.ReadSSAStatement: true, selfcheck.CallUSCIS: true, selfcheck.RequestRecords: true, selfcheck.GetFreeCreditReport: true,
	}
	for _, way := range selfcheck.OtherWays() {
		require.Equal(t, places[way], len(selfcheck.Contact(selfcheck.Policy{}.Place(way), cris.Spanish)) > 0, way)
	}
}

// SC-14: whoever was not authenticated can take along why, what else to do, and where.
func TestSC14_TheWaysCanBeTakenAlong(t *testing.T) {
	words := cris.NewWords(selfcheck.Words()...)
	for _, outcome := range selfcheck.IdPOutcomes() {
		proofing := decide(func(r *selfcheck.Report) { r.Outcome = outcome })
		if outcome == selfcheck.IdPPassed {
			require.Zero(t, proofing.Letter(cris.English, selfcheck.Policy{}))
			continue
		}
		for _, language := range languages {
			letter := proofing.Letter(language, selfcheck.Policy{})
			requireAccessible(t, letter)
			require.Equal(t, []string{words.Say(language, proofing.Message()), words.Say(language, proofing.Reasons[0].Message())}, letter.Paragraphs)
			require.Len(t, letter.Sections[0].Steps, len(proofing.OtherWays))
			for i, way := range proofing.OtherWays {
				require.Contains(t, letter.Sections[0].Steps[i], words.Say(language, way.Message()))
				for _, known := range selfcheck.Contact(selfcheck.Policy{}.Place(way), language) {
					require.Contains(t, letter.Sections[0].Steps[i], known.Label+": "+known.Value)
				}
			}
			require.Equal(t, words.Say(language, selfcheck.InquiryNotice()), letter.Sections[1].Notes[0])
			require.Len(t, letter.Sections[1].Notes, 1+len(proofing.Outcome.Notices()))
		}
		proofing.Notice = cris.Message{}
		require.Len(t, proofing.Letter(cris.English, selfcheck.Policy{}).Sections[1].Notes, len(proofing.Outcome.Notices()), "nobody inquired")
	}
}

func TestPolicy_SaysWhereTheOtherWaysLead(t *testing.T) {
	policy := selfcheck.Policy{Places: selfcheck.Places{selfcheck.CallUSCIS: {Telephone: "555-0100", Address: []string{"1 Main St"}}}}
	policy.Place(selfcheck.CallUSCIS).Address[0] = "changed"
	place := policy.Place(selfcheck.CallUSCIS)
	require.Equal(t, cris.Place{Telephone: "555-0100", Address: []string{"1 Main St"}}, place)
	require.Equal(t, []cris.LabeledValue{{Label: "Telephone", Value: "555-0100"}, {Label: "Address", Value: "1 Main St"}}, selfcheck.Contact(place, cris.English))
	require.Empty(t, policy.Place(selfcheck.VisitSSA))
	selfcheck.DefaultPlaces()[selfcheck.RequestRecords].Address[0] = "changed"
	require.Equal(t, selfcheck.DefaultPlaces(), selfcheck.DefaultPolicy().Places)
}

// A caller who changes the places after the service was made changes nothing.
func TestNewService_KeepsItsPlaces(t *testing.T) {
	policy := selfcheck.Policy{
		Places:        selfcheck.Places{selfcheck.CallUSCIS: {Address: []string{"1 Main St"}}},
		ContactOffice: cris.Place{Address: []string{"2 Main St"}},
	}
	everify := selfchecktest.NewFakeEVerify(immigrationMismatch)
	check := newCheck(selfchecktest.NewFakeIdP(), everify, func(s *selfchecktest.SelfCheck) { s.Policy = policy })
	policy.ContactOffice.Address[0] = "changed"
	check.prove(t)
	check.query(t)
	resolution, err := check.Resolve(t.Context(), token, selfcheck.Resolve)
	require.NoError(t, err)
	require.Equal(t, []string{"2 Main St"}, resolution.Call.Office.Address)
}
