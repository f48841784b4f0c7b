package selfcheck_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func TestSC10_ThreeResults(t *testing.T) {
	for _, tc := range []struct {
		finding selfcheck.Finding
		want    selfcheck.Result
		close   bool
		reasons []string
	}{
		{selfcheck.FoundAuthorized, "work authorization confirmed", true, []string{"the records confirm the work authorization (SC-10)"}},
		{selfcheck.FoundSSAMismatch, "possible mismatch with SSA", false, []string{"the records of the Social Security Administration do not match (SC-10)"}},
		{selfcheck.FoundDHSMismatch, "possible mismatch with Immigration Information", false, []string{"the immigration records do not match (SC-10)"}},
		{selfcheck.FoundStateMismatch, "possible mismatch with Immigration Information", false, []string{"the immigration records do not match (SC-10)"}},
		{"", "", true, []string{"E-Verify gave no result (SC-10)"}},
		{"EMPLOYMENT_AUTHORIZED", "", true, []string{"E-Verify gave no result (SC-10)"}},
	} {
		decision := selfcheck.DecideResult(selfcheck.CaseResult{Number: "EV1", Finding: tc.finding})
		require.Equal(t, tc.want, decision.Result)
		require.Equal(t, tc.close, decision.CloseCase)
		require.Equal(t, tc.reasons, texts(decision.Reasons))
	}
}

// queried returns the record of a query with that result, submitted at that instant.
func queried(result selfcheck.Result, submitted time.Time) selfcheck.Record {
	query := selfchecktest.QueryRecord("check-1")
	query.Result, query.Submitted, query.Choice = result, submitted, ""
	return selfcheck.Record{Pass: passed("check-1"), Query: query}
}

func resolve(record selfcheck.Record, choice selfcheck.Choice) selfcheck.Resolution {
	return selfcheck.DecideResolution(record, choice, selfcheck.DefaultPolicy())
}

func TestSC11_IndividualNeedNotResolve(t *testing.T) {
	for _, result := range []selfcheck.Result{selfcheck.SSAMismatch, selfcheck.ImmigrationMismatch} {
		record := queried(result, selfchecktest.Start)
		resolution := resolve(record, selfcheck.Decline)
		require.Equal(t, selfcheck.Declined, resolution.Outcome)
		require.True(t, resolution.CloseCase)
		require.Zero(t, resolution.Form)
		require.Zero(t, resolution.Call)
		require.Equal(t, []string{"the individual does not want to resolve the mismatch (SC-11)"}, texts(resolution.Reasons))

		record.Query.Choice = selfcheck.Resolve // a change of mind
		require.Equal(t, selfcheck.Declined, resolve(record, selfcheck.Decline).Outcome)
	}
}

func TestSC11_DecliningIsFinal(t *testing.T) {
	record := queried(selfcheck.SSAMismatch, selfchecktest.Start)
	record.Query.Choice = selfcheck.Decline
	require.Equal(t, selfcheck.ResolutionRefused, resolve(record, selfcheck.Resolve).Outcome)
	require.True(t, resolve(record, selfcheck.Decline).CloseCase, "not closed yet")

	record.Query.Closed = selfchecktest.Start
	resolution := resolve(record, selfcheck.Resolve)
	require.Equal(t, selfcheck.ResolutionRefused, resolution.Outcome)
	require.Equal(t, []string{"the case is closed (SC-11)"}, texts(resolution.Reasons))
	require.Equal(t, selfcheck.Declined, resolve(record, selfcheck.Decline).Outcome)
	require.False(t, resolve(record, selfcheck.Decline).CloseCase)
}

func TestSC11_OnlyAMismatchIsResolved(t *testing.T) {
	for _, choice := range []selfcheck.Choice{selfcheck.Resolve, selfcheck.Decline} {
		require.Equal(t, selfcheck.NothingToResolve, resolve(queried(selfcheck.WorkAuthorizationConfirmed, selfchecktest.Start), choice).Outcome)
		for _, record := range []selfcheck.Record{{}, {Pass: passed("check-1")}, queried("", selfchecktest.Start)} {
			resolution := resolve(record, choice)
			require.Equal(t, selfcheck.ResolutionRefused, resolution.Outcome)
			require.Equal(t, []string{"there is no result to resolve (SC-11)"}, texts(resolution.Reasons))
		}
	}
	resolution := resolve(queried(selfcheck.SSAMismatch, selfchecktest.Start), "")
	require.Equal(t, selfcheck.ResolutionRefused, resolution.Outcome)
	require.Equal(t, []string{"the choice is to resolve or to decline (SC-11)"}, texts(resolution.Reasons))
}

func TestSC12_FormForSSA(t *testing.T) {
	resolution := resolve(queried(selfcheck.SSAMismatch, selfchecktest.Start), selfcheck.Resolve)
	require.Equal(t, selfcheck.ResolveWithSSA, resolution.Outcome)
	require.False(t, resolution.CloseCase)
	require.Zero(t, resolution.Call)
	require.Equal(t, "SC-12", string(resolution.Reasons[0].Rule))

	form := resolution.Form
	require.Equal(t, cris.NameParts{Family: "Lindqvistson", Given: "Ottoline"}, form.Name.Reveal(), "first and last name, nothing else")
	require.Equal(t, selfchecktest.Start, form.Queried)
	require.Equal(t, selfcheck.CaseNumber("2013227143000AB"), form.Case)
	require.NotEmpty(t, form.Instructions)

	text := form.RevealText(cris.AgencyZone())
	for _, line := range []string{
		"First name:           Ottoline\n",
		"Last name:            Lindqvistson\n",
		"Date of the query:    August 15, 2013\n",
		"Time of the query:    10:30 AM EDT\n",
		"E-Verify case number: 2013227143000AB\n",
	} {
		require.Contains(t, text, line)
	}
	for _, step := range form.Instructions {
		require.Contains(t, text, step)
	}
	for _, other := range []string{"912", "1979", "Brackenbury", "Quillfeather"} {
		require.NotContains(t, text, other)
	}
}

func TestSC13_CallFromSeventyTwoHoursOn(t *testing.T) {
	zone := cris.AgencyZone()
	for _, tc := range []struct {
		name          string
		queried, want time.Time // as the clock in the agency's zone shows them
		text          string
	}{
		{
			"three ordinary days",
			time.Date(2013, time.August, 15, 10, 30, 0, 0, zone), time.Date(2013, time.August, 18, 10, 30, 0, 0, zone),
			"August 18, 2013, 10:30 AM EDT",
		},
		{
			"the clock goes forward: an hour later by the clock",
			time.Date(2013, time.March, 9, 23, 30, 0, 0, zone), time.Date(2013, time.March, 13, 0, 30, 0, 0, zone),
			"March 13, 2013, 12:30 AM EDT",
		},
		{
			"the clock goes back: an hour earlier by the clock",
			time.Date(2013, time.November, 2, 0, 30, 0, 0, zone), time.Date(2013, time.November, 4, 23, 30, 0, 0, zone),
			"November 4, 2013, 11:30 PM EST",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			resolution := resolve(queried(selfcheck.ImmigrationMismatch, tc.queried.UTC()), selfcheck.Resolve)
			require.Equal(t, selfcheck.ResolveWithUSCIS, resolution.Outcome)
			require.Equal(t, tc.want.UTC(), resolution.Call.EarliestCall)
			require.Equal(t, 72*time.Hour, resolution.Call.EarliestCall.Sub(tc.queried))
			require.Contains(t, resolution.Call.Text(zone), "Call from:            "+tc.text+"\n")
		})
	}
}

func TestSC13_FurtherActionsAreTold(t *testing.T) {
	resolution := resolve(queried(selfcheck.ImmigrationMismatch, selfchecktest.Start), selfcheck.Resolve)
	require.False(t, resolution.CloseCase)
	require.Zero(t, resolution.Form)
	require.Equal(t, "SC-13", string(resolution.Reasons[0].Rule))
	require.NotEmpty(t, resolution.Call.Further)
	text := resolution.Call.Text(time.UTC)
	require.Contains(t, text, "E-Verify case number: 2013227143000AB\n")
	for _, step := range append(resolution.Call.Instructions, resolution.Call.Further...) {
		require.Contains(t, text, step)
	}
}

func TestSC13_PolicySetsTheWait(t *testing.T) {
	policy := selfcheck.DefaultPolicy()
	policy.ImmigrationWait = 24 * time.Hour
	resolution := selfcheck.DecideResolution(queried(selfcheck.ImmigrationMismatch, selfchecktest.Start), selfcheck.Resolve, policy)
	require.Equal(t, selfchecktest.Start.Add(24*time.Hour), resolution.Call.EarliestCall)
}

func TestDecideClosure(t *testing.T) {
	for _, tc := range []struct {
		result selfcheck.Result
		choice selfcheck.Choice
		want   selfcheck.ClosureReason
	}{
		{selfcheck.WorkAuthorizationConfirmed, "", selfcheck.ClosedConfirmed},
		{"", "", selfcheck.ClosedNoResult},
		{selfcheck.SSAMismatch, "", selfcheck.ClosedSessionEnded},
		{selfcheck.SSAMismatch, selfcheck.Resolve, selfcheck.ClosedSessionEnded},
		{selfcheck.ImmigrationMismatch, selfcheck.Decline, selfcheck.ClosedDeclined},
	} {
		require.Equal(t, tc.want, selfcheck.DecideClosure(selfcheck.QueryRecord{Result: tc.result, Choice: tc.choice}))
	}
}
