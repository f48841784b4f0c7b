package selfcheck_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

var (
	ssaMismatch         = selfchecktest.Verification{Findings: selfcheck.Findings{SSA: true}}
	immigrationMismatch = selfchecktest.Verification{Findings: selfcheck.Findings{DHS: true}}
	bothMismatches      = selfchecktest.Verification{Findings: selfcheck.Findings{SSA: true, State: true}}
)

// queried returns a check in which token passed the proofing, and its E-Verify.
func proved(t *testing.T, script ...selfchecktest.Verification) (check, *selfchecktest.FakeEVerify) {
	t.Helper()
	everify := selfchecktest.NewFakeEVerify(script...)
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	check.prove(t)
	return check, everify
}

// mismatched returns a check in which the query of token found a mismatch.
func mismatched(t *testing.T, verification selfchecktest.Verification) (check, *selfchecktest.FakeEVerify) {
	t.Helper()
	check, everify := proved(t, verification)
	answer := check.query(t)
	require.True(t, answer.Open)
	require.Len(t, check.unfinished(t), 1)
	return check, everify
}

// methods returns what E-Verify was called for.
func methods(everify *selfchecktest.FakeEVerify) []string {
	var names []string
	for _, call := range everify.Calls() {
		names = append(names, call.Method)
	}
	return names
}

func TestSC1_TwoStepsInOrder(t *testing.T) {
	check, everify := proved(t)
	pass := selfchecktest.NewPassedProofing(id)
	require.Equal(t, selfcheck.Record{Pass: pass}, check.record(t))

	answer := check.query(t)
	require.Equal(t, selfcheck.Answer{
		Outcome: selfcheck.QueryAccepted, Result: selfcheck.WorkAuthorizationConfirmed, Case: selfchecktest.CaseNumber(1),
		Queried: selfchecktest.Start(), Reasons: reasons("authorization_confirmed"),
	}, answer)
	require.Equal(t, pass.Identity(), everify.Queries()[0].Identity)
	require.Equal(t, []string{"Open", "Submit", "Close"}, methods(everify))
	number := selfchecktest.CaseNumber(1)
	require.Equal(t, []string{
		"proofing_passed map[]",
		fmt.Sprintf("case_opened map[case:%s]", number),
		fmt.Sprintf("result_known map[case:%s result:work_authorization_confirmed]", number),
		fmt.Sprintf("case_closed map[case:%s reason:confirmed]", number),
	}, check.events(t))
	require.Empty(t, everify.OpenCases())
	require.Empty(t, check.unfinished(t))
	require.Zero(t, check.record(t).Query.Claimed)
}

func TestSC1_NoQueryWithoutAPassedProofing(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify()
	check := newCheck(selfchecktest.NewFakeIdP(failedQuiz), everify)
	begun := selfchecktest.Token(2)
	_, err := check.Begin(t.Context(), begun, shown, selfchecktest.NewApplicant(), cris.English)
	require.NoError(t, err)
	failed := selfchecktest.Token(3)
	check.begin(t)
	_, err = check.Conclude(t.Context(), begun, "")
	require.NoError(t, err)
	for _, token := range []selfcheck.Token{{}, begun, failed, token} {
		for _, ask := range []func() (selfcheck.Answer, error){
			func() (selfcheck.Answer, error) { return check.Query(t.Context(), token, selfchecktest.NewI9()) },
			func() (selfcheck.Answer, error) { return check.Look(t.Context(), token) },
			func() (selfcheck.Answer, error) { return check.Confirm(t.Context(), token, selfchecktest.NewI9()) },
		} {
			answer, err := ask()
			require.NoError(t, err)
			require.Equal(t, selfcheck.QueryRefused, answer.Outcome)
		}
	}
	require.Empty(t, everify.Calls())
	_, err = check.store.Record(t.Context(), failed.Transaction())
	require.ErrorIs(t, err, cris.ErrNotFound, "an invented transaction leaves nothing in the store")
}

// SC-1: who sits there long after the proofing may be somebody else.
func TestSC1_PassEnds(t *testing.T) {
	for after, want := range map[time.Duration]selfcheck.QueryOutcome{
		time.Hour: selfcheck.QueryAccepted, time.Hour + time.Microsecond: selfcheck.QueryRefused, 10 * 365 * 24 * time.Hour: selfcheck.QueryRefused,
	} {
		check, _ := proved(t)
		check.later(after)
		answer := check.query(t)
		require.Equal(t, want, answer.Outcome, after)
		if want == selfcheck.QueryRefused {
			require.Equal(t, reasons("pass_expired"), answer.Reasons)
			require.Equal(t, selfcheck.Swept{Passes: 1}, check.sweep(t))
			require.Zero(t, check.record(t), "the name does not stay for nothing")
			require.Contains(t, check.query(t).Reasons, reason("no_passed_proofing"))
		}
	}
}

func TestSC1_OneQueryPerProofing(t *testing.T) {
	check, everify := proved(t)
	const callers = 8
	answers, failed := make([]selfcheck.Answer, callers), make([]error, callers)
	var wg sync.WaitGroup
	for i := range callers {
		wg.Go(func() { answers[i], failed[i] = check.Query(t.Context(), token, selfchecktest.NewI9()) })
	}
	wg.Wait()
	require.NoError(t, errors.Join(failed...))
	require.Equal(t, []string{"Open", "Submit", "Close"}, methods(everify), "whoever asks, it is one conversation")
	require.Equal(t, selfcheck.WorkAuthorizationConfirmed, check.query(t).Result)
	for _, answer := range answers {
		require.NotEqual(t, selfcheck.QueryRefused, answer.Outcome)
	}
}

func TestSC1_SameQueryAgainIsAnsweredFromTheRecord(t *testing.T) {
	for name, verification := range map[string]selfchecktest.Verification{
		"confirmed": {}, "SSA": ssaMismatch, "immigration": immigrationMismatch, "both": bothMismatches,
		"no result": {Stage: selfcheck.StageUnsupported}, "final": {Stage: selfcheck.StageNotConfirmed},
	} {
		t.Run(name, func(t *testing.T) {
			check, everify := proved(t, verification)
			lost := check.query(t)
			events, calls := check.events(t), len(everify.Calls())
			// Entered in small letters and with blanks, it is the same query.
			entered := selfchecktest.NewI9()
			entered.PassportNumber = cris.NewPersonal("5128 03467")
			for range 2 {
				again, err := check.Query(t.Context(), token, entered)
				require.NoError(t, err)
				require.Equal(t, lost, again)
				looked, err := check.Look(t.Context(), token)
				require.NoError(t, err)
				require.Equal(t, lost, looked)
			}
			require.Len(t, everify.Calls(), calls)
			require.Equal(t, events, check.events(t))
			require.NoError(t, check.End(t.Context(), token))
			lost.Open = false
			require.Equal(t, lost, check.query(t), "so it is once the case is closed")
		})
	}
}

func TestSC1_SameQueryIsJudgedAsOnTheDayOfItsSubmission(t *testing.T) {
	check, _ := proved(t)
	entered := selfchecktest.NewI9()
	entered.ExpirationDate = cris.NewPersonal(cris.DateOf(selfchecktest.Start(), cris.AgencyZone())) // on that very day
	first, err := check.Query(t.Context(), token, entered)
	require.NoError(t, err)
	check.later(48 * time.Hour)
	again, err := check.Query(t.Context(), token, entered)
	require.NoError(t, err)
	require.Equal(t, first, again)
}

func TestSC1_OtherQueryIsRefusedAndTellsNothing(t *testing.T) {
	check, everify := mismatched(t, ssaMismatch)
	calls := len(everify.Calls())
	for name, alter := range map[string]func(*selfcheck.I9){
		"nothing entered":  func(entered *selfcheck.I9) { *entered = selfcheck.I9{} },
		"another passport": func(entered *selfcheck.I9) { entered.PassportNumber = cris.NewPersonal("512803468") },
		"another date": func(entered *selfcheck.I9) {
			entered.ExpirationDate = cris.NewPersonal(cris.MustParseDate("2030-12-30"))
		},
		"another status": func(entered *selfcheck.I9) { entered.Status = selfcheck.NoncitizenNational },
		"malformed":      func(entered *selfcheck.I9) { entered.PassportNumber = cris.NewPersonal("?") },
		"SC-7: the proved number, entered again": func(entered *selfcheck.I9) {
			entered.SSN = selfchecktest.NewApplicant().SSN
		},
	} {
		t.Run(name, func(t *testing.T) {
			answer, err := check.Query(t.Context(), token, selfchecktest.NewI9(alter))
			require.NoError(t, err)
			require.Equal(t, selfcheck.Answer{Outcome: selfcheck.QueryRefused, Reasons: reasons("query_made_already")}, answer)
		})
	}
	require.Len(t, everify.Calls(), calls)
}

func TestSC1_RefusedQueryMayBeMended(t *testing.T) {
	check, everify := proved(t)
	answer, err := check.Query(t.Context(), token, selfcheck.I9{})
	require.NoError(t, err)
	require.Equal(t, selfcheck.QueryRefused, answer.Outcome)
	require.Empty(t, everify.Calls())
	require.Equal(t, selfcheck.QueryAccepted, check.query(t).Outcome)
}

func TestSC9_QueryThatEVerifyRefusesMayBeMended(t *testing.T) {
	check, everify := proved(t, selfchecktest.Verification{Refused: true})
	require.Equal(t, selfcheck.Answer{Outcome: selfcheck.QueryRefused, Reasons: reasons("refused_by_everify")}, check.query(t))
	require.ErrorIs(t, check.failed.take(), selfcheck.ErrRefused)
	require.Zero(t, check.record(t).Query)
	require.Equal(t, []string{"proofing_passed map[]", "query_withdrawn map[submitted:2013-08-15T14:30:00.123456Z]"}, check.events(t), "it leaves a trace")
	check.later(time.Second)
	answer, err := check.Query(t.Context(), token, selfchecktest.NewI9(func(e *selfcheck.I9) { e.PassportNumber = cris.NewPersonal("512803468") }))
	require.NoError(t, err)
	require.Equal(t, selfcheck.WorkAuthorizationConfirmed, answer.Result)
	require.Len(t, everify.Opened(), 1)
}

func TestQuery_WhatEVerifyNeverGotMayBeMadeAgain(t *testing.T) {
	check, everify := proved(t)
	unreached := fmt.Errorf("%w: %w", selfcheck.ErrNoCase, selfchecktest.ErrUnreachable)
	everify.Interrupt(func(selfchecktest.Call) error { return unreached })
	_, err := check.Query(t.Context(), token, selfchecktest.NewI9())
	require.ErrorIs(t, err, selfcheck.ErrNoCase)
	require.ErrorIs(t, err, selfchecktest.ErrUnreachable)
	require.Zero(t, check.record(t).Query)
	everify.Interrupt(nil)
	require.Equal(t, selfcheck.WorkAuthorizationConfirmed, check.query(t).Result)
}

// SC-11: an opened case is found again by asking, whatever was lost, and closed once.
func TestSC11_CaseIsFoundAgainAndClosedOnce(t *testing.T) {
	for _, script := range []selfchecktest.Verification{{}, ssaMismatch, {Waits: 2}, {Confirm: []selfcheck.Field{selfcheck.FieldPassportNumber}}} {
		for _, method := range []string{"Open", "Submit", "State", "Close"} {
			for _, isLost := range []bool{true, false} {
				t.Run(fmt.Sprintf("%+v, %s, lost %t", script, method, isLost), func(t *testing.T) {
					check, everify := proved(t, script)
					fail := func(call selfchecktest.Call) error {
						if call.Method == method {
							return selfchecktest.ErrUnreachable
						}
						return nil
					}
					if isLost {
						everify.Lose(fail)
					} else {
						everify.Interrupt(fail)
					}
					_, err := check.Query(t.Context(), token, selfchecktest.NewI9())
					if err == nil {
						_, err = check.Look(t.Context(), token)
					}
					if err != nil {
						require.ErrorIs(t, err, selfchecktest.ErrUnreachable)
					}
					everify.Lose(nil)
					everify.Interrupt(nil)
					check.later(time.Hour + time.Minute)
					for range 4 {
						check.sweep(t)
					}
					check.later(24 * time.Hour)
					check.sweep(t)
					require.Len(t, everify.Opened(), 1, "one case")
					require.Empty(t, everify.OpenCases())
					require.Empty(t, check.unfinished(t))
					closings := 0
					for _, line := range check.events(t) {
						if line[:len("case_closed")] == "case_closed" {
							closings++
						}
					}
					require.Equal(t, 1, closings)
				})
			}
		}
	}
}

// After an answer to Open that was lost, E-Verify may be at work still: whoever asks too soon
// opens a second case.
func TestQuery_LostCaseIsNotAskedForAtOnce(t *testing.T) {
	check, everify := proved(t)
	everify.Lose(func(selfchecktest.Call) error { return selfchecktest.ErrUnreachable })
	_, err := check.Query(t.Context(), token, selfchecktest.NewI9())
	require.ErrorIs(t, err, selfchecktest.ErrUnreachable)
	everify.Lose(nil)
	require.Equal(t, selfcheck.Answer{
		Outcome: selfcheck.QueryUnanswered, Queried: selfchecktest.Start(), Open: true, Reasons: reasons("query_unanswered"),
	}, check.query(t))
	require.Equal(t, []string{"Open"}, methods(everify))
	check.later(time.Minute + time.Microsecond)
	require.Equal(t, selfcheck.WorkAuthorizationConfirmed, check.query(t).Result)
	require.Len(t, everify.Opened(), 1)
}

// A process may die after any Update, and a store may lose its answer: asked again, the
// conversation goes on.
func TestQuery_StoreThatFailsAtAnyPoint(t *testing.T) {
	for _, saves := range []bool{false, true} {
		for failAfter := 1; failAfter <= 8; failAfter++ {
			check, everify := proved(t)
			check.store.failAfter, check.store.saves = failAfter, saves
			answer, err := check.Query(t.Context(), token, selfchecktest.NewI9())
			for tries := 0; (err != nil || answer.Outcome != selfcheck.QueryAccepted || answer.Open) && tries < 5; tries++ {
				check.later(time.Minute + time.Second)
				answer, err = check.Query(t.Context(), token, selfchecktest.NewI9())
			}
			require.NoError(t, err)
			require.Equal(t, selfcheck.WorkAuthorizationConfirmed, answer.Result, "fails after %d", failAfter)
			require.Len(t, everify.Opened(), 1)
			require.Empty(t, everify.OpenCases())
			require.Len(t, check.events(t), 4, "each thing happens once")
		}
	}
}

func TestQuery_AnswerIsRecordedThoughTheCallerIsGone(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	check, everify := proved(t, immigrationMismatch)
	everify.Lose(func(call selfchecktest.Call) error {
		if call.Method == "Submit" {
			cancel()
		}
		return nil
	})
	_, err := check.Query(ctx, token, selfchecktest.NewI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.ImmigrationMismatch, check.record(t).Query.Result)
}

func TestQuery_CaseThatCannotBeClosedStaysListed(t *testing.T) {
	check, everify := proved(t)
	everify.Interrupt(func(call selfchecktest.Call) error {
		if call.Method == "Close" {
			return selfchecktest.ErrUnreachable
		}
		return nil
	})
	answer := check.query(t)
	require.Equal(t, selfcheck.WorkAuthorizationConfirmed, answer.Result)
	require.True(t, answer.Open)
	require.ErrorIs(t, check.failed.take(), selfchecktest.ErrUnreachable, "the operator is told")
	require.Len(t, check.unfinished(t), 1)
	everify.Interrupt(nil)
	require.Equal(t, selfcheck.Swept{Cases: 1}, check.sweep(t))
	require.Equal(t, selfcheck.ClosedConfirmed, everify.Closure(selfchecktest.CaseNumber(1)))
	require.Empty(t, check.unfinished(t))
}

func TestQuery_WithoutAResultIsClosed(t *testing.T) {
	for _, stage := range []selfcheck.Stage{selfcheck.StageUnsupported, selfcheck.StageNotConfirmed, selfcheck.StageMismatch, "PHOTO_MATCH"} {
		check, everify := proved(t, selfchecktest.Verification{Stage: stage})
		answer := check.query(t)
		require.Equal(t, selfcheck.QueryAccepted, answer.Outcome)
		require.Empty(t, answer.Result)
		require.False(t, answer.Open)
		require.Equal(t, reasons("no_result"), answer.Reasons)
		require.Equal(t, selfcheck.ClosedNoResult, everify.Closure(selfchecktest.CaseNumber(1)))
	}
}

func TestSC10_AgenciesThatNeedMoreTimeAreWaitedFor(t *testing.T) {
	waiting := ssaMismatch
	waiting.Waits = 3
	check, everify := proved(t, waiting)
	answer := check.query(t)
	require.Equal(t, selfcheck.QueryWaiting, answer.Outcome)
	require.Equal(t, reasons("more_time_needed"), answer.Reasons)
	require.True(t, answer.Open)
	for range 2 {
		check.later(48 * time.Hour)
		check.sweep(t)
		require.Equal(t, selfcheck.StageWaiting, check.record(t).Query.Stage, "it is not closed while an agency works on it")
	}
	answer, err := check.Look(t.Context(), token)
	require.NoError(t, err)
	require.Equal(t, selfcheck.SSAMismatch, answer.Result)
	check.sweep(t)
	require.Equal(t, selfcheck.ClosedSessionEnded, everify.Closure(selfchecktest.CaseNumber(1)), "nobody came back to choose")

	never, everify := proved(t, selfchecktest.Verification{Waits: 1000})
	never.query(t)
	never.later(30*24*time.Hour + time.Microsecond)
	never.sweep(t)
	require.Equal(t, selfcheck.ClosedSessionEnded, everify.Closure(selfchecktest.CaseNumber(1)))
}

func TestSC9_DataAreConfirmedBeforeAMismatchIsTold(t *testing.T) {
	unconfirmed := ssaMismatch
	unconfirmed.Confirm = []selfcheck.Field{selfcheck.FieldName, selfcheck.FieldSSN, selfcheck.FieldPassportNumber}
	check, everify := proved(t, unconfirmed)
	answer := check.query(t)
	require.Equal(t, selfcheck.QueryUnconfirmed, answer.Outcome)
	require.Equal(t, []selfcheck.ConfirmField{
		{Field: selfcheck.FieldName, Locked: true}, {Field: selfcheck.FieldSSN, Locked: true}, {Field: selfcheck.FieldPassportNumber},
	}, answer.Confirm)
	require.Empty(t, answer.Result, "no mismatch is told yet")
	looked, err := check.Look(t.Context(), token)
	require.NoError(t, err)
	require.Equal(t, answer, looked)

	refused, err := check.Confirm(t.Context(), token, selfchecktest.NewI9(func(e *selfcheck.I9) {
		e.ExpirationDate = cris.NewPersonal(cris.MustParseDate("2030-12-30"))
	}))
	require.NoError(t, err)
	require.Equal(t, reasons("field_not_to_confirm"), refused.Reasons)

	mended := selfchecktest.NewI9(func(e *selfcheck.I9) { e.PassportNumber = cris.NewPersonal("512803468") })
	answer, err = check.Confirm(t.Context(), token, mended)
	require.NoError(t, err)
	require.Equal(t, selfcheck.SSAMismatch, answer.Result)
	queries := everify.Queries()
	require.Len(t, queries, 3, "opened, submitted, confirmed")
	require.Equal(t, "512803468", queries[2].PassportNumber.Reveal())
	require.Equal(t, queries[0].Identity, queries[2].Identity)
	require.Equal(t, queries[2], check.record(t).Query.Query)

	answer, err = check.Confirm(t.Context(), token, mended)
	require.NoError(t, err)
	require.Equal(t, reasons("nothing_to_confirm"), answer.Reasons)
	again, err := check.Query(t.Context(), token, mended)
	require.NoError(t, err)
	require.Equal(t, selfcheck.SSAMismatch, again.Result, "the query on record is the mended one")
}

func TestSC9_DataThatNobodyConfirmsEndTheCase(t *testing.T) {
	check, everify := proved(t, selfchecktest.Verification{Confirm: []selfcheck.Field{selfcheck.FieldPassportNumber}})
	check.query(t)
	check.later(24 * time.Hour)
	check.sweep(t)
	require.Len(t, everify.OpenCases(), 1)
	check.later(time.Microsecond)
	check.sweep(t)
	require.Equal(t, selfcheck.ClosedSessionEnded, everify.Closure(selfchecktest.CaseNumber(1)))
	answer, err := check.Confirm(t.Context(), token, selfchecktest.NewI9())
	require.NoError(t, err)
	require.Equal(t, reasons("nothing_to_confirm"), answer.Reasons)
}

// misnumbering is an E-Verify that answers about another case.
type misnumbering struct {
	*selfchecktest.FakeEVerify
	number selfcheck.CaseNumber
	other  selfcheck.TransactionID
}

func (e misnumbering) Open(ctx context.Context, transaction selfcheck.TransactionID, query selfcheck.Query) (selfcheck.CaseState, error) {
	state, err := e.FakeEVerify.Open(ctx, transaction, query)
	state.Number = e.number
	if e.other != "" {
		state.Transaction = e.other
	}
	return state, err
}

func TestQuery_CaseNumberThatIsNoneGoesNowhere(t *testing.T) {
	for _, number := range []selfcheck.CaseNumber{"", "EV\x00", "EV\n1", "\u200b", "2013227000001", "2013227000001ev", "202-555-0199ABC", "Lindqvistson912"} {
		check := newCheck(selfchecktest.NewFakeIdP(), misnumbering{selfchecktest.NewFakeEVerify(), number, ""})
		check.prove(t)
		_, err := check.Query(t.Context(), token, selfchecktest.NewI9())
		require.Error(t, err)
		if len(number) > 4 {
			require.NotContains(t, err.Error(), string(number[:4]))
		}
		require.Empty(t, check.record(t).Query.Case)
		require.Len(t, check.unfinished(t), 1)
	}
}

// Two persons, one case: the second does not get the first one's.
func TestQuery_CaseOfAnotherTransactionIsLeftAlone(t *testing.T) {
	first, everify := mismatched(t, ssaMismatch)
	taken := selfchecktest.CaseNumber(1)
	for _, idp := range []misnumbering{{everify, taken, ""}, {everify, taken, id}} {
		service := selfcheck.NewService(first.store, selfchecktest.NewFakeIdP(selfchecktest.Quiz{Outcome: selfcheck.IdPPassed, Questions: 3, Number: selfcheck.IdPTransactionID("IDP-" + idp.other[:min(1, len(idp.other))] + "x")}), idp,
			&selfcheck.Options{Now: first.Clock.Now})
		second := selfcheck.NewToken()
		_, err := service.Begin(t.Context(), second, shown, selfchecktest.NewApplicant(), cris.English)
		require.NoError(t, err)
		_, err = service.Conclude(t.Context(), second, "")
		require.NoError(t, err)
		_, err = service.Query(t.Context(), second, selfchecktest.NewI9())
		require.Error(t, err)
		record, err := first.store.Record(t.Context(), second.Transaction())
		require.NoError(t, err)
		require.Empty(t, record.Query.Case)
		require.Empty(t, everify.Closure(taken), "the first one's case stays as it is")
	}
	require.Equal(t, selfcheck.SSAMismatch, first.query(t).Result)
}
