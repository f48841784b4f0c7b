package integration_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func TestSC1_WholeCheckOnEachDatabase(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		store, token := open(t).SelfChecks(), selfcheck.NewToken()
		everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Findings: selfcheck.Findings{SSA: true}})
		check := selfchecktest.NewSelfCheck(store, func(c *selfchecktest.SelfCheck) { c.EVerify = everify })

		proofing, err := check.Prove(t.Context(), token, selfcheck.Statements()[0].Edition, selfchecktest.NewApplicant())
		require.NoError(t, err)
		require.Equal(t, selfcheck.Authenticated, proofing.Outcome)
		entered := selfchecktest.NewI9()
		entered.ExpirationDate = cris.NewPersonal(cris.MustParseDate("9999-12-31"))
		answer, err := check.Query(t.Context(), token, entered)
		require.NoError(t, err)
		require.Equal(t, selfcheck.SSAMismatch, answer.Result)
		resolution, err := check.Resolve(t.Context(), token, selfcheck.Resolve)
		require.NoError(t, err)
		require.Equal(t, answer.Queried, resolution.Form.Queried)
		require.Equal(t, answer.Case, resolution.Form.Case)

		record, err := store.Record(t.Context(), token.Transaction())
		require.NoError(t, err)
		require.Equal(t, proofing.Pass.Identity(), record.Query.Query.Identity)
		require.Equal(t, selfcheck.StageReferred, record.Query.Stage)
		everify.Move(answer.Case, selfcheck.StageAuthorized)
		check.Clock.Advance(8 * 24 * time.Hour)
		swept, err := check.Sweep(t.Context())
		require.NoError(t, err)
		require.Equal(t, selfcheck.Swept{Cases: 1}, swept)
		require.Empty(t, everify.OpenCases())
		record, err = store.Record(t.Context(), token.Transaction())
		require.NoError(t, err)
		require.Equal(t, selfcheck.ClosedResolved, record.Query.Closure)
		require.Equal(t, selfcheck.WorkAuthorizationConfirmed, record.Query.Result)
	})
}

// Whoever comes back to another process goes on with the token alone, whether the quiz, the
// query or the choice is next.
func TestSC1_EachStepInAProcessOfItsOwn(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		dsn := kind.empty(t)
		migrated(t, openDatabase(t, kind.driver, dsn))
		idp, token := selfchecktest.NewFakeIdP(), selfcheck.NewToken()
		everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{
			Confirm: []selfcheck.Field{selfcheck.FieldPassportNumber}, Waits: 1, Findings: selfcheck.Findings{DHS: true},
		})
		process := func() *selfchecktest.SelfCheck {
			store := opened(t, openDatabase(t, kind.driver, dsn)).SelfChecks()
			return selfchecktest.NewSelfCheck(store, func(c *selfchecktest.SelfCheck) { c.IdP, c.EVerify = idp, everify })
		}
		begun, err := process().Begin(t.Context(), token, selfcheck.Statements()[0].Edition, selfchecktest.NewApplicant(), cris.Spanish)
		require.NoError(t, err)
		require.Equal(t, selfcheck.QuizToTake, begun.Outcome)
		proofing, err := process().Conclude(t.Context(), token, "")
		require.NoError(t, err)
		require.Equal(t, selfcheck.Authenticated, proofing.Outcome)
		answer, err := process().Query(t.Context(), token, selfchecktest.NewI9())
		require.NoError(t, err)
		require.Equal(t, selfcheck.QueryUnconfirmed, answer.Outcome)
		mended := selfchecktest.NewI9(func(e *selfcheck.I9) { e.PassportNumber = cris.NewPersonal("512803468") })
		answer, err = process().Confirm(t.Context(), token, mended)
		require.NoError(t, err)
		require.Equal(t, selfcheck.QueryWaiting, answer.Outcome)
		answer, err = process().Look(t.Context(), token)
		require.NoError(t, err)
		require.Equal(t, selfcheck.ImmigrationMismatch, answer.Result)
		resolution, err := process().Resolve(t.Context(), token, selfcheck.Decline)
		require.NoError(t, err)
		require.Equal(t, selfcheck.Declined, resolution.Outcome)
		require.Equal(t, selfcheck.ClosedDeclined, everify.Closure(answer.Case))
	})
}

// Anyone may call with an invented token, so nothing may be left of it. SQLite stands for both
// databases, as in TestPV3_ActsOnMissingRequestsLeaveNoRow.
func TestSC1_InventedTokensLeaveNoRow(t *testing.T) {
	sql := openDatabase(t, "sqlite", sqliteFile(t))
	check := selfchecktest.NewSelfCheck(migrated(t, sql).SelfChecks())
	_, err := check.Prove(t.Context(), selfcheck.NewToken(), selfcheck.Statements()[0].Edition, selfchecktest.NewApplicant())
	require.NoError(t, err)
	before := scopes(t, sql)
	require.Len(t, before, 1, "the count sees the row that an Update leaves")
	staff := selfcheck.Official{ID: "settler-1", Duties: []selfcheck.Duty{selfcheck.DutySettle}}
	for name, token := range map[string]selfcheck.Token{"invented": selfcheck.NewToken(), "another": selfchecktest.Token(7), "zero": {}} {
		ctx := t.Context()
		proofing, err := check.Conclude(ctx, token, "anything")
		require.NoError(t, err)
		require.Equal(t, selfcheck.NotBegun, proofing.Outcome)
		for doing, act := range map[string]func() (selfcheck.Answer, error){
			"query":   func() (selfcheck.Answer, error) { return check.Query(ctx, token, selfchecktest.NewI9()) },
			"look":    func() (selfcheck.Answer, error) { return check.Look(ctx, token) },
			"confirm": func() (selfcheck.Answer, error) { return check.Confirm(ctx, token, selfchecktest.NewI9()) },
		} {
			answer, err := act()
			require.NoError(t, err, doing)
			require.Equal(t, selfcheck.QueryRefused, answer.Outcome, doing)
		}
		resolution, err := check.Resolve(ctx, token, selfcheck.Decline)
		require.NoError(t, err)
		require.Equal(t, selfcheck.ResolutionRefused, resolution.Outcome)
		require.NoError(t, check.End(ctx, token))
		for doing, settle := range map[string]func(context.Context, selfcheck.Official, selfcheck.TransactionID) error{
			"not opened": check.SettleNotOpened, "undone": check.Unsettle,
		} {
			require.ErrorIs(t, settle(ctx, staff, token.Transaction()), selfcheck.ErrNotFound, doing)
		}
		require.Equal(t, before, scopes(t, sql), name)
	}
}
