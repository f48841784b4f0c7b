package selfcheck_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// mismatched returns a check and a transaction whose query found a mismatch.
func mismatched(t *testing.T, finding selfcheck.Finding) (check, *selfchecktest.FakeEVerify, selfcheck.TransactionID) {
	t.Helper()
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Finding: finding})
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	answer, err := check.Query(t.Context(), id, selfchecktest.NewI9())
	require.NoError(t, err)
	require.True(t, answer.Open)
	require.Equal(t, []selfcheck.TransactionID{id}, check.openCases(t))
	return check, everify, id
}

func TestSC11_DecliningClosesTheCase(t *testing.T) {
	for _, finding := range []selfcheck.Finding{selfcheck.FindingSSAMismatch, selfcheck.FindingDHSMismatch} {
		check, everify, id := mismatched(t, finding)
		for range 2 { // asked again, it is closed once
			resolution, err := check.Resolve(t.Context(), id, selfcheck.Decline)
			require.NoError(t, err)
			require.Equal(t, selfcheck.Declined, resolution.Outcome)
		}
		require.Equal(t, selfcheck.ClosedDeclined, everify.Closure("EV0000000000001"))
		query := check.record(t, id).Query
		require.Equal(t, selfcheck.Decline, query.Choice)
		require.Equal(t, selfchecktest.Start(), query.Closed)
		require.Equal(t, selfcheck.ClosedDeclined, query.Closure)
		require.Empty(t, check.openCases(t))
		events := check.events(t)
		require.Equal(t, "case_closed map[case:EV0000000000001 reason:declined]", events[len(events)-1])
	}
}

func TestSC11_DecliningIsOnRecordThoughClosingFails(t *testing.T) {
	check, everify, id := mismatched(t, selfcheck.FindingSSAMismatch)
	everify.FailToClose(selfchecktest.ErrUnreachable)
	_, err := check.Resolve(t.Context(), id, selfcheck.Decline)
	require.ErrorIs(t, err, selfchecktest.ErrUnreachable)
	require.Equal(t, selfcheck.Decline, check.record(t, id).Query.Choice)
	require.Equal(t, []selfcheck.TransactionID{id}, check.openCases(t))

	everify.FailToClose(nil)
	require.NoError(t, check.CloseCase(t.Context(), id))
	require.Equal(t, selfcheck.ClosedDeclined, everify.Closure("EV0000000000001"))
	require.Empty(t, check.openCases(t))
}

func TestSC12_ResolvingIsRecordedAndMayBeRepeated(t *testing.T) {
	check, everify, id := mismatched(t, selfcheck.FindingSSAMismatch)
	for range 2 {
		resolution, err := check.Resolve(t.Context(), id, selfcheck.Resolve)
		require.NoError(t, err)
		require.Equal(t, selfcheck.ResolveWithSSA, resolution.Outcome)
		require.Equal(t, selfcheck.CaseNumber("EV0000000000001"), resolution.Form.Case)
	}
	require.Equal(t, selfcheck.Resolve, check.record(t, id).Query.Choice)
	require.Len(t, everify.Open(), 1)

	require.NoError(t, check.CloseCase(t.Context(), id)) // the session ends
	require.Equal(t, selfcheck.ClosedSessionEnded, everify.Closure("EV0000000000001"))
}

func TestSC13_ResolvingAnImmigrationMismatch(t *testing.T) {
	check, _, id := mismatched(t, selfcheck.FindingStateMismatch)
	resolution, err := check.Resolve(t.Context(), id, selfcheck.Resolve)
	require.NoError(t, err)
	require.Equal(t, selfcheck.ResolveWithUSCIS, resolution.Outcome)
	require.Equal(t, selfchecktest.Start().Add(72*time.Hour), resolution.Call.EarliestCall)
}

func TestResolve_WithoutAQuery(t *testing.T) {
	check := newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
	for _, id := range []selfcheck.TransactionID{check.proved(t), "unknown"} {
		resolution, err := check.Resolve(t.Context(), id, selfcheck.Decline)
		require.NoError(t, err)
		require.Equal(t, selfcheck.ResolutionRefused, resolution.Outcome)
	}
}
