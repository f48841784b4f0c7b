package selfcheck_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func TestSC11_DecliningClosesTheCase(t *testing.T) {
	for _, verification := range []selfchecktest.Verification{ssaMismatch, immigrationMismatch, bothMismatches} {
		check, everify := mismatched(t, verification)
		for range 2 { // asked again, it is closed once
			resolution, err := check.Resolve(t.Context(), token, selfcheck.Decline)
			require.NoError(t, err)
			require.Equal(t, selfcheck.Declined, resolution.Outcome)
		}
		require.Equal(t, selfcheck.ClosedDeclined, everify.Closure(selfchecktest.CaseNumber(1)))
		query := check.record(t).Query
		require.Equal(t, selfcheck.Decline, query.Choice)
		require.Equal(t, selfchecktest.Start(), query.Chosen)
		require.Equal(t, selfchecktest.Start(), query.Closed)
		require.Equal(t, selfcheck.ClosedDeclined, query.Closure)
		require.Empty(t, check.unfinished(t))
		events := check.events(t)
		require.Equal(t, "case_closed map[case:2013227000001EV reason:declined]", events[len(events)-1])
		require.NotContains(t, methods(everify), "Refer")
	}
}

func TestSC11_DecliningIsOnRecordThoughClosingFails(t *testing.T) {
	check, everify := mismatched(t, ssaMismatch)
	everify.Interrupt(func(selfchecktest.Call) error { return selfchecktest.ErrUnreachable })
	resolution, err := check.Resolve(t.Context(), token, selfcheck.Decline)
	require.NoError(t, err)
	require.Equal(t, selfcheck.Declined, resolution.Outcome)
	require.ErrorIs(t, check.failed.take(), selfchecktest.ErrUnreachable)
	require.Len(t, check.unfinished(t), 1)

	everify.Interrupt(nil)
	check.sweep(t)
	require.Equal(t, selfcheck.ClosedDeclined, everify.Closure(selfchecktest.CaseNumber(1)))
	require.Empty(t, check.unfinished(t))
}

func TestSC12_ResolvingIsReferredAndMayBeRepeated(t *testing.T) {
	check, everify := mismatched(t, ssaMismatch)
	var form selfcheck.MismatchForm
	for range 2 {
		resolution, err := check.Resolve(t.Context(), token, selfcheck.Resolve)
		require.NoError(t, err)
		require.Equal(t, selfcheck.ResolveWithSSA, resolution.Outcome)
		require.Equal(t, selfchecktest.CaseNumber(1), resolution.Form.Case)
		form = resolution.Form
	}
	query := check.record(t).Query
	require.Equal(t, selfcheck.Resolve, query.Choice)
	require.Equal(t, selfcheck.StageReferred, query.Stage)
	require.Equal(t, []string{"Open", "Submit", "Refer"}, methods(everify))

	// Whoever ends the session goes on resolving: the case stays open, and is not one that was
	// abandoned.
	require.NoError(t, check.End(t.Context(), token))
	check.later(29 * 24 * time.Hour)
	check.sweep(t)
	require.Len(t, everify.OpenCases(), 1)

	check.later(24*time.Hour + time.Microsecond)
	check.sweep(t)
	require.Equal(t, selfcheck.ClosedResolved, everify.Closure(selfchecktest.CaseNumber(1)))

	// Who closed the page gets the form again, for as long as the query is on record.
	again, err := check.Resolve(t.Context(), token, selfcheck.Resolve)
	require.NoError(t, err)
	require.Equal(t, form, again.Form)
	refused, err := check.Resolve(t.Context(), token, selfcheck.Decline)
	require.NoError(t, err)
	require.Equal(t, reasons("case_is_closed"), refused.Reasons)
}

func TestSC11_MismatchThatIsResolvedIsConfirmedAndClosed(t *testing.T) {
	check, everify := mismatched(t, bothMismatches)
	_, err := check.Resolve(t.Context(), token, selfcheck.Resolve)
	require.NoError(t, err)
	check.later(8 * 24 * time.Hour)
	everify.Move(selfchecktest.CaseNumber(1), selfcheck.StageAuthorized)
	check.sweep(t)
	require.Equal(t, selfcheck.ClosedResolved, everify.Closure(selfchecktest.CaseNumber(1)))
	answer, err := check.Look(t.Context(), token)
	require.NoError(t, err)
	require.Equal(t, selfcheck.WorkAuthorizationConfirmed, answer.Result)
	require.Contains(t, check.events(t), "result_known map[case:2013227000001EV result:work_authorization_confirmed]")
}

func TestSC13_ResolvingAnImmigrationMismatch(t *testing.T) {
	check, _ := mismatched(t, immigrationMismatch)
	resolution, err := check.Resolve(t.Context(), token, selfcheck.Resolve)
	require.NoError(t, err)
	require.Equal(t, selfcheck.ResolveWithUSCIS, resolution.Outcome)
	require.Equal(t, selfchecktest.Start().Add(72*time.Hour), resolution.Call.EarliestCall)
}

func TestSC11_BothMismatchesAreResolvedAtOnce(t *testing.T) {
	check, _ := mismatched(t, bothMismatches)
	resolution, err := check.Resolve(t.Context(), token, selfcheck.Resolve)
	require.NoError(t, err)
	require.Equal(t, selfcheck.ResolveWithBoth, resolution.Outcome)
	require.Equal(t, selfchecktest.CaseNumber(1), resolution.Form.Case)
	require.Equal(t, selfchecktest.CaseNumber(1), resolution.Call.Case)
	require.Equal(t, reasons("form_for_ssa", "call_to_office"), resolution.Reasons)
}

func TestResolve_FormIsGivenThoughEVerifyIsDown(t *testing.T) {
	check, everify := mismatched(t, ssaMismatch)
	everify.Interrupt(func(selfchecktest.Call) error { return selfchecktest.ErrUnreachable })
	resolution, err := check.Resolve(t.Context(), token, selfcheck.Resolve)
	require.NoError(t, err)
	require.Equal(t, selfcheck.ResolveWithSSA, resolution.Outcome)
	require.ErrorIs(t, check.failed.take(), selfchecktest.ErrUnreachable)
	everify.Interrupt(nil)
	check.sweep(t)
	require.Equal(t, selfcheck.StageReferred, check.record(t).Query.Stage)
}

func TestResolve_WithoutAQuery(t *testing.T) {
	check, _ := proved(t)
	for _, token := range []selfcheck.Token{{}, token, selfcheck.NewToken()} {
		resolution, err := check.Resolve(t.Context(), token, selfcheck.Decline)
		require.NoError(t, err)
		require.Equal(t, selfcheck.ResolutionRefused, resolution.Outcome)
	}
}

// Fault: a case whose individual did not choose is closed, and the form is still there for who
// comes back.
func TestSC11_CaseWithoutAChoiceIsClosedAndTheFormRemains(t *testing.T) {
	check, everify := mismatched(t, ssaMismatch)
	check.later(24 * time.Hour)
	check.sweep(t)
	require.Len(t, everify.OpenCases(), 1)
	check.later(time.Microsecond)
	check.sweep(t)
	require.Equal(t, selfcheck.ClosedSessionEnded, everify.Closure(selfchecktest.CaseNumber(1)))
	resolution, err := check.Resolve(t.Context(), token, selfcheck.Resolve)
	require.NoError(t, err)
	require.Equal(t, selfcheck.ResolveWithSSA, resolution.Outcome)
	require.Empty(t, check.record(t).Query.Choice, "there is no case to choose about")
}
