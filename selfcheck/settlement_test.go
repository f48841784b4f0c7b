package selfcheck_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

var settler = selfcheck.Official{ID: "settler-1", Duties: []selfcheck.Duty{selfcheck.DutySettle}}

// silentEVerify does not say for which transaction a case was opened.
type silentEVerify struct{ *selfchecktest.FakeEVerify }

// unknownCase returns a check in which the case of token was opened and its number is on record
// nowhere.
func unknownCase(t *testing.T) (check, *selfchecktest.FakeEVerify) {
	t.Helper()
	check, everify := proved(t, ssaMismatch, ssaMismatch)
	everify.Lose(func(selfchecktest.Call) error { return selfchecktest.ErrUnreachable })
	_, err := check.Query(t.Context(), token, selfchecktest.NewI9())
	require.ErrorIs(t, err, selfchecktest.ErrUnreachable)
	everify.Lose(nil)
	require.Equal(t, []selfcheck.Unfinished{{Transaction: id, Step: selfcheck.StepCase, Since: selfchecktest.Start()}}, check.unfinished(t))
	return check, everify
}

func TestSC11_CaseThatStaffFoundIsGoneOnWith(t *testing.T) {
	check, everify := unknownCase(t)
	number := selfchecktest.CaseNumber(1)
	for range 2 {
		require.NoError(t, check.SettleFound(t.Context(), settler, id, number))
	}
	query := check.record(t).Query
	require.Equal(t, number, query.Case)
	require.Equal(t, "settler-1", query.SettledBy)
	require.Empty(t, query.Stage, "nothing has followed")
	require.Contains(t, check.events(t), "query_settled map[by:settler-1 case:2013227000001EV undone:false]")

	check.later(time.Minute + time.Second)
	check.sweep(t)
	require.Equal(t, selfcheck.SSAMismatch, check.query(t).Result, "the individual gets the result")
	require.ErrorIs(t, check.Unsettle(t.Context(), settler, id), selfcheck.ErrConflict, "something followed")
	require.Len(t, everify.Opened(), 1)
}

func TestPV3_OnlyStaffWithTheDutySettles(t *testing.T) {
	check, _ := unknownCase(t)
	before := check.record(t)
	for _, by := range []selfcheck.Official{
		{},
		{ID: "clerk"},
		{Duties: []selfcheck.Duty{selfcheck.DutySettle}},
		{ID: "a\nb", Duties: []selfcheck.Duty{selfcheck.DutySettle}},
		{ID: "clerk", Duties: []selfcheck.Duty{selfcheck.DutyRecords, selfcheck.DutyDisclosure, "", "SETTLE"}},
	} {
		require.ErrorIs(t, check.SettleFound(t.Context(), by, id, selfchecktest.CaseNumber(1)), selfcheck.ErrDenied)
		require.ErrorIs(t, check.SettleNotOpened(t.Context(), by, id), selfcheck.ErrDenied)
		require.ErrorIs(t, check.Unsettle(t.Context(), by, id), selfcheck.ErrDenied)
	}
	require.Equal(t, before, check.record(t))
}

// A slip of staff neither closes the case of another person nor leaves ours without a way to it.
func TestSC11_CaseOfAnotherPersonIsNotTaken(t *testing.T) {
	check, everify := unknownCase(t)
	other := selfchecktest.Token(2)
	_, err := check.Prove(t.Context(), other, shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	_, err = check.Query(t.Context(), other, selfchecktest.NewI9())
	require.NoError(t, err)
	theirs := selfchecktest.CaseNumber(2)
	before := check.record(t)
	require.ErrorIs(t, check.SettleFound(t.Context(), settler, id, theirs), selfcheck.ErrTaken)

	// Where E-Verify does not say whose case it is, the record does.
	silent := selfcheck.NewService(check.store, check.IdP, silentEVerify{everify}, &selfcheck.Options{Now: check.Clock.Now})
	require.ErrorIs(t, silent.SettleFound(t.Context(), settler, id, theirs), selfcheck.ErrTaken)
	require.ErrorIs(t, check.SettleFound(t.Context(), settler, id, selfchecktest.CaseNumber(9)), selfcheck.ErrNotFound)
	var malformed *cris.ParseError
	require.ErrorAs(t, check.SettleFound(t.Context(), settler, id, "EV\x00"), &malformed)
	require.Equal(t, before, check.record(t))
	require.Empty(t, everify.Closure(theirs))
}

// A wrong number is undone while nothing followed from it.
func TestSC11_SettlementIsUndone(t *testing.T) {
	check, everify := unknownCase(t)
	before := check.record(t)
	stray, err := everify.Open(t.Context(), selfchecktest.Token(3).Transaction(), before.Query.Query)
	require.NoError(t, err)
	silent := selfcheck.NewService(check.store, check.IdP, silentEVerify{everify}, &selfcheck.Options{Now: check.Clock.Now})
	require.NoError(t, silent.SettleFound(t.Context(), settler, id, stray.Number))
	require.NoError(t, silent.Unsettle(t.Context(), settler, id))
	require.Equal(t, before, check.record(t))

	check.later(time.Minute)
	require.NoError(t, check.SettleNotOpened(t.Context(), settler, id))
	require.Empty(t, check.unfinished(t))
	check.later(time.Second)
	require.NoError(t, check.Unsettle(t.Context(), settler, id))
	require.Equal(t, before, check.record(t))
	require.ErrorIs(t, check.Unsettle(t.Context(), settler, id), selfcheck.ErrConflict)
	require.Contains(t, check.events(t), "query_settled map[by:settler-1 case: undone:true]")
}

// The answer to Open is on its way while staff says that there is no case, and it is lost: the case
// is found and closed.
func TestSC11_CaseWhoseAnswerIsLostIsNotSettledAway(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify(ssaMismatch)
	slow := &lateEVerify{FakeEVerify: everify}
	check := newCheck(selfchecktest.NewFakeIdP(), slow)
	check.prove(t)
	slow.meanwhile = func() {
		require.ErrorIs(t, check.SettleNotOpened(t.Context(), settler, id), selfcheck.ErrConflict)
	}
	everify.Lose(func(selfchecktest.Call) error { return selfchecktest.ErrUnreachable })
	_, err := check.Query(t.Context(), token, selfchecktest.NewI9())
	require.ErrorIs(t, err, selfchecktest.ErrUnreachable)
	everify.Lose(nil)
	slow.meanwhile = func() {}
	check.later(25 * time.Hour)
	check.sweep(t)
	require.Equal(t, selfcheck.ClosedSessionEnded, everify.Closure(selfchecktest.CaseNumber(1)))
}

func TestSC1_QueryForWhichNoCaseWasOpenedEnds(t *testing.T) {
	check, everify := proved(t)
	everify.Interrupt(func(selfchecktest.Call) error { return selfchecktest.ErrUnreachable })
	_, err := check.Query(t.Context(), token, selfchecktest.NewI9())
	require.ErrorIs(t, err, selfchecktest.ErrUnreachable)
	check.later(time.Minute - time.Microsecond)
	require.ErrorIs(t, check.SettleNotOpened(t.Context(), settler, id), selfcheck.ErrConflict, "it may be opened at this moment")
	check.later(time.Microsecond)
	for range 2 {
		require.NoError(t, check.SettleNotOpened(t.Context(), settler, id))
	}
	require.Equal(t, reasons("query_withdrawn"), check.query(t).Reasons)
	require.Equal(t, selfcheck.ClosedNotOpened, check.record(t).Query.Closure, "it stays on record")
	require.Equal(t, []string{"proofing_passed map[]", "query_settled map[by:settler-1 case: undone:false]"}, check.events(t))
}

// The answer to Open is on its way while staff settles that there is no case, or which one it
// is: what E-Verify says counts.
func TestSC11_AnswerThatComesLateIsGoneOnWith(t *testing.T) {
	for name, settle := range map[string]func(check) error{
		"not opened": func(c check) error {
			c.later(2 * time.Minute) // the process stood still
			return c.SettleNotOpened(t.Context(), settler, id)
		},
		"found": func(c check) error { return c.SettleFound(t.Context(), settler, id, selfchecktest.CaseNumber(1)) },
	} {
		t.Run(name, func(t *testing.T) {
			everify := selfchecktest.NewFakeEVerify(ssaMismatch)
			slow := &lateEVerify{FakeEVerify: everify}
			check := newCheck(selfchecktest.NewFakeIdP(), slow)
			check.prove(t)
			slow.meanwhile = func() { require.NoError(t, settle(check)) }
			answer := check.query(t)
			require.Equal(t, selfcheck.SSAMismatch, answer.Result)
			require.Equal(t, selfchecktest.CaseNumber(1), check.record(t).Query.Case)
			require.Len(t, check.unfinished(t), 1)
			require.NoError(t, check.End(t.Context(), token))
			require.Empty(t, everify.OpenCases())
		})
	}
}

// lateEVerify lets something happen before the answer to Open arrives.
type lateEVerify struct {
	*selfchecktest.FakeEVerify
	meanwhile func()
}

func (e *lateEVerify) Open(ctx context.Context, transaction selfcheck.TransactionID, query selfcheck.Query) (selfcheck.CaseState, error) {
	state, err := e.FakeEVerify.Open(ctx, transaction, query)
	e.meanwhile()
	return state, err
}

func (e silentEVerify) State(ctx context.Context, number selfcheck.CaseNumber) (selfcheck.CaseState, error) {
	state, err := e.FakeEVerify.State(ctx, number)
	state.Transaction = ""
	return state, err
}

func TestSettle_WhatIsNotThere(t *testing.T) {
	check, everify := mismatched(t, ssaMismatch)
	other := selfchecktest.Token(2)
	_, err := check.Prove(t.Context(), other, shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	silent := selfcheck.NewService(check.store, check.IdP, silentEVerify{everify}, &selfcheck.Options{Now: check.Clock.Now})
	for _, id := range []selfcheck.TransactionID{other.Transaction(), selfchecktest.Token(3).Transaction(), "unknown", "", "a\x00b", "caf\xe9"} {
		require.ErrorIs(t, silent.SettleFound(t.Context(), settler, id, selfchecktest.CaseNumber(1)), selfcheck.ErrNotFound)
		require.ErrorIs(t, check.SettleNotOpened(t.Context(), settler, id), selfcheck.ErrNotFound)
		require.ErrorIs(t, check.Unsettle(t.Context(), settler, id), selfcheck.ErrNotFound)
	}
	require.ErrorIs(t, check.SettleNotOpened(t.Context(), settler, id), selfcheck.ErrConflict, "there is a case")
	require.Len(t, everify.OpenCases(), 1)
}

// SC-17: a case that E-Verify does not know can be closed by nobody, and would stay on record
// for ever.
func TestSC17_CaseThatEVerifyDoesNotKnowIsSettled(t *testing.T) {
	check, everify := mismatched(t, ssaMismatch)
	require.ErrorIs(t, check.SettleNotOpened(t.Context(), settler, id), selfcheck.ErrConflict, "E-Verify knows it")
	everify.Interrupt(func(selfchecktest.Call) error { return selfchecktest.ErrUnreachable })
	require.ErrorIs(t, check.SettleNotOpened(t.Context(), settler, id), selfchecktest.ErrUnreachable, "nobody knows")
	require.Len(t, check.unfinished(t), 1)

	everify.Interrupt(func(selfchecktest.Call) error { return selfcheck.ErrNotFound })
	for range 2 {
		require.NoError(t, check.SettleNotOpened(t.Context(), settler, id))
	}
	require.Empty(t, check.unfinished(t))
	query := check.record(t).Query
	require.Equal(t, selfcheck.ClosedNotOpened, query.Closure)
	require.Equal(t, selfchecktest.CaseNumber(1), query.Case, "what was on record stays")
}
