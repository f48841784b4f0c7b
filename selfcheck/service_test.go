package selfcheck_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func TestSC1_TwoStepsInOrder(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify()
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	require.Equal(t, selfcheck.Record{Pass: passed(id)}, check.record(t, id))

	answer, err := check.Query(t.Context(), id, selfchecktest.NewI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.Answer{
		Outcome: selfcheck.QueryAccepted, Result: selfcheck.WorkAuthorizationConfirmed, Case: "EV0000000000001",
		Queried: selfchecktest.Start(),
		Reasons: reasons("authorization_confirmed"),
	}, answer)
	require.Equal(t, passed(id).Identity(), everify.Queries()[0].Identity)
	require.Equal(t, []string{
		"proofing_passed map[]",
		"queried map[case:EV0000000000001 result:work_authorization_confirmed]",
		"case_closed map[case:EV0000000000001 reason:confirmed]",
	}, check.events(t))
	require.Empty(t, everify.Open())
	require.Empty(t, check.openCases(t))
}

func TestSC1_NoQueryWithoutAPassedProofing(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify()
	check := newCheck(selfchecktest.NewFakeIdP(selfchecktest.Quiz{Outcome: selfcheck.IdPAnsweredIncorrectly, Questions: 3}), everify)
	failed, err := check.Prove(t.Context(), shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	for _, id := range []selfcheck.TransactionID{failed.Transaction, "unknown", ""} {
		answer, err := check.Query(t.Context(), id, selfchecktest.NewI9())
		require.NoError(t, err)
		require.Equal(t, selfcheck.QueryRefused, answer.Outcome)
		require.Contains(t, answer.Reasons, reason("no_passed_proofing"))
	}
	require.Empty(t, everify.Queries())
}

func TestNewService_Defaults(t *testing.T) {
	db := memory.New()
	service := selfcheck.NewService(db.SelfChecks(), selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify(), nil)
	proofing, err := service.Prove(t.Context(), shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	require.Len(t, string(proofing.Transaction), 36)
	require.False(t, proofing.Pass.At.IsZero())
}

func TestService_PolicyApplies(t *testing.T) {
	policy := selfcheck.DefaultPolicy()
	policy.MinQuestions = 4
	service := selfcheck.NewService(memory.New().SelfChecks(), selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify(), &selfcheck.Options{Policy: &policy})
	proofing, err := service.Prove(t.Context(), shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	require.Equal(t, selfcheck.CouldNotGenerateQuestions, proofing.Failure.Reason)
}

func TestNewService_PolicyWithoutAZoneIsInTheAgencys(t *testing.T) {
	policy := selfcheck.DefaultPolicy()
	policy.Zone = nil
	now := time.Date(2031, 1, 1, 4, 59, 0, 0, time.UTC) // still 2030 in New York
	service := selfcheck.NewService(memory.New().SelfChecks(), selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify(),
		&selfcheck.Options{Policy: &policy, Now: func() time.Time { return now }})
	for range 2 {
		proofing, err := service.Prove(t.Context(), shown, selfchecktest.NewApplicant())
		require.NoError(t, err)
		answer, err := service.Query(t.Context(), proofing.Transaction, selfchecktest.NewI9()) // good to the end of 2030
		require.NoError(t, err)
		if now.Minute() == 59 {
			require.Equal(t, selfcheck.QueryAccepted, answer.Outcome)
		} else {
			require.Equal(t, reasons("document_expired"), answer.Reasons)
		}
		now = now.Add(time.Minute)
	}
}

func TestService_StoreIsNotAskedForMalformedTransactions(t *testing.T) {
	check := newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
	want, err := check.Query(t.Context(), "unknown", selfchecktest.NewI9())
	require.NoError(t, err)
	require.Equal(t, 1, check.store.updates)
	for _, id := range []selfcheck.TransactionID{"a\x00b", "caf\xe9"} {
		answer, err := check.Query(t.Context(), id, selfchecktest.NewI9())
		require.NoError(t, err)
		require.Equal(t, want, answer, "like one that is not on record")
		resolution, err := check.Resolve(t.Context(), id, selfcheck.Decline)
		require.NoError(t, err)
		require.Equal(t, selfcheck.ResolutionRefused, resolution.Outcome)
		require.ErrorIs(t, check.CloseCase(t.Context(), id), selfcheck.ErrNotFound)
	}
	require.Equal(t, 1, check.store.updates)
}

// What travels with events does not let anyone go on in the individual's place.
func TestEvents_DoNotGiveTheTransactionAway(t *testing.T) {
	check, _, id := mismatched(t, selfcheck.FindingSSAMismatch)
	require.NoError(t, check.CloseCase(t.Context(), id))
	pending, err := check.db.Outbox().Pending(t.Context(), 100)
	require.NoError(t, err)
	require.Len(t, pending, 3)
	require.Regexp(t, "^[0-9a-f]{32}$", id.Subject())
	require.NotEqual(t, id.Subject(), selfcheck.TransactionID("check-2").Subject())
	for _, event := range pending {
		require.Equal(t, id.Subject(), event.Subject)
		text, err := event.MarshalJSON()
		require.NoError(t, err)
		require.NotContains(t, string(text), string(id))
	}
}

func TestRules_ListsAllInOrder(t *testing.T) {
	var want []cris.RuleID
	for n := range 19 {
		want = append(want, cris.RuleID(fmt.Sprintf("SC-%d", n+1)))
	}
	var got []cris.RuleID
	for _, rule := range selfcheck.Rules() {
		got = append(got, rule.ID)
		require.NotEmpty(t, rule.Text)
		require.Equal(t, cris.SORN, rule.Document)
		require.NotEmpty(t, rule.Section)
	}
	require.True(t, slices.Equal(want, got))
}
