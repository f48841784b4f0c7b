package selfcheck_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func TestSC10_Results(t *testing.T) {
	const none = ""
	for _, tc := range []struct {
		stage    selfcheck.Stage
		findings selfcheck.Findings
		want     selfcheck.Result
		reasons  []cris.Reason
	}{
		{selfcheck.StageAuthorized, selfcheck.Findings{}, "work_authorization_confirmed", reasons("authorization_confirmed")},
		{selfcheck.StageAuthorized, selfcheck.Findings{SSA: true, DHS: true}, "work_authorization_confirmed", reasons("authorization_confirmed")}, // resolved
		{selfcheck.StageMismatch, selfcheck.Findings{SSA: true}, "ssa_mismatch", reasons("ssa_records_differ")},
		{selfcheck.StageMismatch, selfcheck.Findings{DHS: true}, "immigration_mismatch", reasons("immigration_records_differ")},
		{selfcheck.StageMismatch, selfcheck.Findings{State: true}, "immigration_mismatch", reasons("immigration_records_differ")},
		{selfcheck.StageMismatch, selfcheck.Findings{DHS: true, State: true}, "immigration_mismatch", reasons("immigration_records_differ")},
		{selfcheck.StageMismatch, selfcheck.Findings{SSA: true, State: true}, "both_mismatches", reasons("ssa_records_differ", "immigration_records_differ")},
		{selfcheck.StageReferred, selfcheck.Findings{SSA: true, DHS: true}, "both_mismatches", reasons("ssa_records_differ", "immigration_records_differ")},
		{selfcheck.StageNotConfirmed, selfcheck.Findings{SSA: true}, "ssa_mismatch", reasons("ssa_records_differ")},
		{selfcheck.StageClosed, selfcheck.Findings{DHS: true}, "immigration_mismatch", reasons("immigration_records_differ")},
		{selfcheck.StageMismatch, selfcheck.Findings{}, none, reasons("no_result")},
		{selfcheck.StageNotConfirmed, selfcheck.Findings{}, none, reasons("no_result")},
		{selfcheck.StageClosed, selfcheck.Findings{}, none, reasons("no_result")},
		{selfcheck.StageUnsupported, selfcheck.Findings{SSA: true}, none, reasons("no_result")},
		{"PHOTO_MATCH", selfcheck.Findings{SSA: true}, none, reasons("no_result")},
		{selfcheck.StageDraft, selfcheck.Findings{SSA: true}, none, reasons("more_time_needed")},
		{selfcheck.StageWaiting, selfcheck.Findings{SSA: true}, none, reasons("more_time_needed")},
		{selfcheck.StageUnconfirmed, selfcheck.Findings{SSA: true}, none, reasons("data_to_confirm")}, // no mismatch is told before
	} {
		decision := selfcheck.DecideResult(tc.stage, tc.findings)
		require.Equal(t, selfcheck.ResultDecision{Result: tc.want, Reasons: tc.reasons}, decision, "%s %+v", tc.stage, tc.findings)
	}
}

// queried returns the record of a query with that result, submitted at that instant.
func queried(result selfcheck.Result, submitted time.Time) selfcheck.Record {
	query := selfchecktest.NewQueryRecord(id)
	query.Result, query.Submitted, query.Choice = result, submitted, ""
	return selfcheck.Record{Pass: selfchecktest.NewPassedProofing(id), Query: query}
}

func resolve(record selfcheck.Record, choice selfcheck.Choice) selfcheck.Resolution {
	return selfcheck.DecideResolution(record, choice, selfcheck.Policy{})
}

func TestSC11_IndividualNeedNotResolve(t *testing.T) {
	for _, result := range []selfcheck.Result{selfcheck.SSAMismatch, selfcheck.ImmigrationMismatch} {
		record := queried(result, selfchecktest.Start())
		resolution := resolve(record, selfcheck.Decline)
		require.Equal(t, selfcheck.Declined, resolution.Outcome)
		require.Zero(t, resolution.Form)
		require.Zero(t, resolution.Call)
		require.Equal(t, reasons("individual_declines"), resolution.Reasons)

		record.Query.Choice = selfcheck.Resolve // a change of mind
		require.Equal(t, selfcheck.Declined, resolve(record, selfcheck.Decline).Outcome)
	}
}

func TestSC11_DecliningIsFinal(t *testing.T) {
	record := queried(selfcheck.SSAMismatch, selfchecktest.Start())
	record.Query.Choice = selfcheck.Decline
	require.Equal(t, selfcheck.ResolutionRefused, resolve(record, selfcheck.Resolve).Outcome)
	record.Query.Closed = selfchecktest.Start()
	resolution := resolve(record, selfcheck.Resolve)
	require.Equal(t, selfcheck.ResolutionRefused, resolution.Outcome)
	require.Equal(t, reasons("case_is_closed"), resolution.Reasons)
	require.Equal(t, selfcheck.Declined, resolve(record, selfcheck.Decline).Outcome)
}

func TestSC11_OnlyAMismatchIsResolved(t *testing.T) {
	for _, choice := range []selfcheck.Choice{selfcheck.Resolve, selfcheck.Decline} {
		require.Equal(t, selfcheck.NothingToResolve, resolve(queried(selfcheck.WorkAuthorizationConfirmed, selfchecktest.Start()), choice).Outcome)
		for _, record := range []selfcheck.Record{{}, {Pass: selfchecktest.NewPassedProofing(id)}, queried("", selfchecktest.Start())} {
			resolution := resolve(record, choice)
			require.Equal(t, selfcheck.ResolutionRefused, resolution.Outcome)
			require.Equal(t, reasons("no_result_to_resolve"), resolution.Reasons)
		}
	}
	resolution := resolve(queried(selfcheck.SSAMismatch, selfchecktest.Start()), "")
	require.Equal(t, selfcheck.ResolutionRefused, resolution.Outcome)
	require.Equal(t, reasons("choice_unknown"), resolution.Reasons)
}

func TestSC12_FormForSSA(t *testing.T) {
	resolution := resolve(queried(selfcheck.SSAMismatch, selfchecktest.Start()), selfcheck.Resolve)
	require.Equal(t, selfcheck.ResolveWithSSA, resolution.Outcome)
	require.Zero(t, resolution.Call)
	require.Equal(t, reasons("form_for_ssa"), resolution.Reasons)

	form := resolution.Form
	require.Equal(t, cris.NameParts{Family: "Lindqvistson", Given: "Ottoline"}, form.Name.Reveal(), "first and last name, nothing else")
	require.Equal(t, selfchecktest.Start(), form.Queried)
	require.Equal(t, selfcheck.CaseNumber("2013227143000AB"), form.Case)
	require.NotEmpty(t, form.Instructions)

	for language, lines := range map[cris.Language][]string{
		cris.English: {
			"E-Verify Self Check: Possible mismatch with SSA\n\n",
			"First name:                 Ottoline\n",
			"Last name:                  Lindqvistson\n",
			"Date and time of the query: August 15, 2013, 10:30 AM EDT (August 15, 2013, 2:30 PM UTC)\n",
			"E-Verify case number:       2013227143000AB\n",
			"\nWhat to do\n\n1. Visit a Social Security Administration (SSA) field office.\n2. Bring this form.",
			"\nGood to know\n\nIt is your choice to correct your record.",
		},
		cris.Spanish: {
			"E-Verify Self Check: Posible discrepancia con la SSA\n\n",
			"Nombre:                      Ottoline\n",
			"Apellido:                    Lindqvistson\n",
			"Fecha y hora de la consulta: 15 de agosto de 2013, 10:30 EDT (15 de agosto de 2013, 14:30 UTC)\n",
			"Número de caso de E-Verify:  2013227143000AB\n",
			"\nQué hacer\n\n1. Visite una oficina local",
			"\nLo que conviene saber\n\nUsted decide si quiere corregir su registro.",
		},
	} {
		text := form.RevealText(language, nil)
		require.Equal(t, text, form.RevealText(language, cris.AgencyZone()))
		for _, line := range lines {
			require.Contains(t, text, line)
		}
		requireSays(t, language, text, form.Instructions)
		for _, other := range []string{"912", "1979", "Brackenbury", "Quillfeather", "%!", "selfcheck."} {
			require.NotContains(t, text, other)
		}
	}
	require.Contains(t, form.RevealText(cris.English, time.UTC), ": August 15, 2013, 2:30 PM UTC\n")
	require.Equal(t, form.RevealText(cris.English, nil), form.RevealText("fr", nil))
}

// requireSays checks that every instruction is said, in order and with its number.
func requireSays(t *testing.T, language cris.Language, text string, instructions []selfcheck.Instruction) {
	t.Helper()
	words := cris.NewWords(selfcheck.Words()...)
	for i, instruction := range instructions {
		require.True(t, words.Has(instruction.Message().Code), instruction)
		require.Contains(t, text, fmt.Sprintf("\n%d. %s\n", i+1, words.Say(language, instruction.Message())))
	}
}

func TestSC13_CallFromSeventyTwoHoursOn(t *testing.T) {
	zone := cris.AgencyZone()
	for _, tc := range []struct {
		name          string
		queried, want time.Time // as the clock in the agency's zone shows them
		text, spanish string
	}{
		{
			"three ordinary days",
			time.Date(2013, time.August, 15, 10, 30, 0, 0, zone), time.Date(2013, time.August, 18, 10, 30, 0, 0, zone),
			"August 18, 2013, 10:30 AM EDT (August 18, 2013, 2:30 PM UTC)", "18 de agosto de 2013, 10:30 EDT (18 de agosto de 2013, 14:30 UTC)",
		},
		{
			"the clock goes forward: an hour later by the clock",
			time.Date(2013, time.March, 9, 23, 30, 0, 0, zone), time.Date(2013, time.March, 13, 0, 30, 0, 0, zone),
			"March 13, 2013, 12:30 AM EDT (March 13, 2013, 4:30 AM UTC)", "13 de marzo de 2013, 00:30 EDT (13 de marzo de 2013, 04:30 UTC)",
		},
		{
			"the clock goes back: an hour earlier by the clock",
			time.Date(2013, time.November, 2, 0, 30, 0, 0, zone), time.Date(2013, time.November, 4, 23, 30, 0, 0, zone),
			"November 4, 2013, 11:30 PM EST (November 5, 2013, 4:30 AM UTC)", "4 de noviembre de 2013, 23:30 EST (5 de noviembre de 2013, 04:30 UTC)",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			resolution := resolve(queried(selfcheck.ImmigrationMismatch, tc.queried.UTC()), selfcheck.Resolve)
			require.Equal(t, selfcheck.ResolveWithUSCIS, resolution.Outcome)
			require.Equal(t, tc.want.UTC(), resolution.Call.EarliestCall)
			require.Equal(t, 72*time.Hour, resolution.Call.EarliestCall.Sub(tc.queried))
			require.Contains(t, resolution.Call.Text(cris.English, nil), "Do not call before:   "+tc.text+"\n")
			require.Contains(t, resolution.Call.Text(cris.Spanish, zone), "No llame antes de:          "+tc.spanish+"\n")
		})
	}
}

func TestSC13_FurtherActionsAreTold(t *testing.T) {
	resolution := resolve(queried(selfcheck.ImmigrationMismatch, selfchecktest.Start()), selfcheck.Resolve)
	require.Zero(t, resolution.Form)
	require.Equal(t, reasons("call_to_office"), resolution.Reasons)
	require.NotEmpty(t, resolution.Call.Further)
	for _, language := range []cris.Language{cris.English, cris.Spanish} {
		text := resolution.Call.Text(language, time.UTC)
		require.Contains(t, text, ": 2013227143000AB\n")
		instructions, further, _ := strings.Cut(text, "\n"+cris.NewWords(selfcheck.Words()...).Say(language, cris.Message{Code: "selfcheck.label.if_that_does_not_help"})+"\n")
		requireSays(t, language, instructions, resolution.Call.Instructions)
		requireSays(t, language, further, resolution.Call.Further)
		require.NotContains(t, text, "selfcheck.")
	}
}

func TestSC13_PolicySetsTheWait(t *testing.T) {
	for wait, want := range map[time.Duration]time.Duration{24 * time.Hour: 24 * time.Hour, 0: 72 * time.Hour, -1: 0} {
		resolution := selfcheck.DecideResolution(queried(selfcheck.ImmigrationMismatch, selfchecktest.Start()), selfcheck.Resolve,
			selfcheck.Policy{ImmigrationWait: wait})
		require.Equal(t, selfchecktest.Start().Add(want), resolution.Call.EarliestCall)
	}
}

func TestSC11_ClosureReasons(t *testing.T) {
	for _, tc := range []struct {
		stage  selfcheck.Stage
		result selfcheck.Result
		choice selfcheck.Choice
		want   selfcheck.ClosureReason
	}{
		{selfcheck.StageAuthorized, selfcheck.WorkAuthorizationConfirmed, "", selfcheck.ClosedConfirmed},
		{selfcheck.StageAuthorized, selfcheck.WorkAuthorizationConfirmed, selfcheck.Resolve, selfcheck.ClosedResolved},
		{selfcheck.StageUnsupported, "", "", selfcheck.ClosedNoResult},
		{selfcheck.StageDraft, "", "", selfcheck.ClosedSessionEnded},
		{selfcheck.StageUnconfirmed, "", "", selfcheck.ClosedSessionEnded},
		{selfcheck.StageWaiting, "", "", selfcheck.ClosedSessionEnded},
		{selfcheck.StageMismatch, selfcheck.SSAMismatch, "", selfcheck.ClosedSessionEnded},
		{selfcheck.StageReferred, selfcheck.SSAMismatch, selfcheck.Resolve, selfcheck.ClosedResolved},
		{selfcheck.StageMismatch, selfcheck.BothMismatches, selfcheck.Decline, selfcheck.ClosedDeclined},
	} {
		require.Equal(t, tc.want, selfcheck.DecideClosure(selfcheck.QueryRecord{Stage: tc.stage, Result: tc.result, Choice: tc.choice}))
	}
}
