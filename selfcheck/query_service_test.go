package selfcheck_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func TestSC1_OneQueryPerProofing(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify()
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	const callers = 8
	answers := make([]selfcheck.Answer, callers)
	failed := make([]error, callers)
	var wg sync.WaitGroup
	for i := range callers {
		wg.Go(func() { answers[i], failed[i] = check.Query(t.Context(), id, selfchecktest.NewI9()) })
	}
	wg.Wait()
	require.NoError(t, errors.Join(failed...))
	require.Len(t, everify.Queries(), 1, "submitted once, whoever asks")
	submitted, err := check.Query(t.Context(), id, selfchecktest.NewI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.WorkAuthorizationConfirmed, submitted.Result)
	accepted := 0
	for _, answer := range answers {
		if answer.Outcome == selfcheck.QueryAccepted {
			accepted++
			answer.Open = false // some asked before the case was closed
			require.Equal(t, submitted, answer)
			continue
		}
		require.Equal(t, selfcheck.QueryUnanswered, answer.Outcome)
		require.Equal(t, reasons("query_unanswered"), answer.Reasons)
	}
	require.NotZero(t, accepted)
	require.Len(t, everify.Queries(), 1)
}

func TestSC1_RefusedQueryMayBeMended(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify()
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	answer, err := check.Query(t.Context(), id, selfcheck.I9{})
	require.NoError(t, err)
	require.Equal(t, selfcheck.QueryRefused, answer.Outcome)
	require.Empty(t, everify.Queries())

	answer, err = check.Query(t.Context(), id, selfchecktest.NewI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.QueryAccepted, answer.Outcome)
}

func TestQuery_WhatWasNeverSubmittedMayBeSubmittedAgain(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Err: fmt.Errorf("%w: %w", selfcheck.ErrNotSubmitted, selfchecktest.ErrUnreachable)})
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	_, err := check.Query(t.Context(), id, selfchecktest.NewI9())
	require.ErrorIs(t, err, selfcheck.ErrNotSubmitted)
	require.Equal(t, selfcheck.Record{Pass: passed(id)}, check.record(t, id))
	require.Empty(t, check.openCases(t))

	answer, err := check.Query(t.Context(), id, selfchecktest.NewI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.WorkAuthorizationConfirmed, answer.Result)
}

func TestQuery_ThatCannotBeTakenOffTheRecordSaysSo(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Err: selfcheck.ErrNotSubmitted})
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	check.store.failAfter = 2 // the reservation is saved, and not taken back
	_, err := check.Query(t.Context(), id, selfchecktest.NewI9())
	require.ErrorIs(t, err, selfcheck.ErrNotSubmitted)
	require.ErrorIs(t, err, errStore)
	require.Equal(t, []selfcheck.TransactionID{id}, check.openCases(t), "for staff to settle")
}

func TestQuery_WhatMayHaveBeenSubmittedIsNotSubmittedAgain(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Err: selfchecktest.ErrUnreachable})
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	_, err := check.Query(t.Context(), id, selfchecktest.NewI9())
	require.ErrorIs(t, err, selfchecktest.ErrUnreachable)
	require.Equal(t, []selfcheck.TransactionID{id}, check.openCases(t))
	require.ErrorIs(t, check.CloseCase(t.Context(), id), selfcheck.ErrCaseUnknown)

	answer, err := check.Query(t.Context(), id, selfchecktest.NewI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.Answer{
		Outcome: selfcheck.QueryUnanswered, Queried: selfchecktest.Start(), Reasons: reasons("query_unanswered"),
	}, answer)
	require.Len(t, everify.Queries(), 1)
}

func TestQuery_CaseOpenedBeforeAnErrorIsClosed(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{LateErr: selfchecktest.ErrUnreachable})
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	_, err := check.Query(t.Context(), id, selfchecktest.NewI9())
	require.ErrorIs(t, err, selfchecktest.ErrUnreachable)
	require.Equal(t, selfcheck.ClosedNoResult, everify.Closure("EV0000000000001"))
	require.Equal(t, selfcheck.CaseNumber("EV0000000000001"), check.record(t, id).Query.Case)
	require.Empty(t, check.openCases(t))
}

func TestQuery_CaseIsClosedWhenItCannotBeRecorded(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Finding: selfcheck.FindingSSAMismatch})
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	check.store.failAfter = 2 // the reservation is saved, the answer is not
	_, err := check.Query(t.Context(), id, selfchecktest.NewI9())
	require.ErrorIs(t, err, errStore)
	require.Empty(t, everify.Open())
	require.Equal(t, selfcheck.ClosedSessionEnded, everify.Closure("EV0000000000001"))
}

func TestQuery_AnswerIsRecordedThoughTheCallerIsGone(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Finding: selfcheck.FindingDHSMismatch})
	check := newCheck(selfchecktest.NewFakeIdP(), everifyFunc{everify, cancel})
	id := check.proved(t)
	_, err := check.Query(ctx, id, selfchecktest.NewI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.ImmigrationMismatch, check.record(t, id).Query.Result)
	require.Equal(t, []selfcheck.TransactionID{id}, check.openCases(t))
}

func TestQuery_ConfirmedCaseThatCannotBeClosedStaysListed(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify()
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	everify.FailToClose(selfchecktest.ErrUnreachable)
	answer, err := check.Query(t.Context(), id, selfchecktest.NewI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.WorkAuthorizationConfirmed, answer.Result)
	require.True(t, answer.Open)
	require.Equal(t, []selfcheck.TransactionID{id}, check.openCases(t))

	everify.FailToClose(nil)
	for range 2 {
		require.NoError(t, check.CloseCase(t.Context(), id))
	}
	require.Equal(t, selfcheck.ClosedConfirmed, everify.Closure("EV0000000000001"))
	require.Empty(t, check.openCases(t))
}

func TestQuery_WithoutAResultIsClosed(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{})
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	answer, err := check.Query(t.Context(), check.proved(t), selfchecktest.NewI9())
	require.NoError(t, err)
	require.Empty(t, answer.Result)
	require.False(t, answer.Open)
	require.Equal(t, selfcheck.ClosedNoResult, everify.Closure("EV0000000000001"))
}

func TestClose_Unknown(t *testing.T) {
	check := newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
	require.ErrorIs(t, check.CloseCase(t.Context(), "unknown"), selfcheck.ErrNotFound)
	require.NoError(t, check.CloseCase(t.Context(), check.proved(t)), "no query, no case")
}

// misnumbering is an E-Verify that gives all its cases one number.
type misnumbering struct {
	*selfchecktest.FakeEVerify
	number selfcheck.CaseNumber
}

func (e misnumbering) Submit(ctx context.Context, query selfcheck.Query) (selfcheck.CaseResult, error) {
	answer, err := e.FakeEVerify.Submit(ctx, query)
	answer.Number = e.number
	return answer, err
}

func TestQuery_CaseNumberThatIsNoneIsUnknown(t *testing.T) {
	for _, number := range []selfcheck.CaseNumber{"", "EV\x00", "EV\xff", "EV\n1", " ", "\u200b", selfcheck.CaseNumber(strings.Repeat("1", 41))} {
		check := newCheck(selfchecktest.NewFakeIdP(), misnumbering{selfchecktest.NewFakeEVerify(), number})
		id := check.proved(t)
		_, err := check.Query(t.Context(), id, selfchecktest.NewI9())
		require.ErrorIs(t, err, selfcheck.ErrCaseUnknown)
		require.Equal(t, []selfcheck.TransactionID{id}, check.openCases(t))
		require.Empty(t, check.record(t, id).Query.Case)
	}
	longest := selfcheck.CaseNumber(strings.Repeat("1", 40))
	check := newCheck(selfchecktest.NewFakeIdP(), misnumbering{selfchecktest.NewFakeEVerify(selfchecktest.Verification{Finding: selfcheck.FindingSSAMismatch}), longest})
	answer, err := check.Query(t.Context(), check.proved(t), selfchecktest.NewI9())
	require.NoError(t, err)
	require.Equal(t, longest, answer.Case)
}
