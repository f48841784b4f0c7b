package selfcheck_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// scripted is an E-Verify whose answers a test replaces.
type scripted struct {
	*selfchecktest.FakeEVerify

	answer func(method string, state selfcheck.CaseState) selfcheck.CaseState
	after  func(method string)
}

func (e *scripted) told(method string, state selfcheck.CaseState, err error) (selfcheck.CaseState, error) {
	if e.after != nil {
		e.after(method)
	}
	if err == nil && e.answer != nil {
		state = e.answer(method, state)
	}
	return state, err
}

func (e *scripted) Open(ctx context.Context, transaction selfcheck.TransactionID, query selfcheck.Query) (selfcheck.CaseState, error) {
	state, err := e.FakeEVerify.Open(ctx, transaction, query)
	return e.told("Open", state, err)
}

func (e *scripted) Submit(ctx context.Context, number selfcheck.CaseNumber, query selfcheck.Query) (selfcheck.CaseState, error) {
	state, err := e.FakeEVerify.Submit(ctx, number, query)
	return e.told("Submit", state, err)
}

func (e *scripted) State(ctx context.Context, number selfcheck.CaseNumber) (selfcheck.CaseState, error) {
	state, err := e.FakeEVerify.State(ctx, number)
	return e.told("State", state, err)
}

func (e *scripted) Refer(ctx context.Context, number selfcheck.CaseNumber) (selfcheck.CaseState, error) {
	state, err := e.FakeEVerify.Refer(ctx, number)
	return e.told("Refer", state, err)
}

// An E-Verify that never gets on must not hold a caller, or be asked, for ever.
func TestQuery_EVerifyThatNeverGetsOnIsLeft(t *testing.T) {
	for method, stage := range map[string]selfcheck.Stage{"Submit": selfcheck.StageDraft, "Open": "", "Refer": selfcheck.StageMismatch} {
		t.Run(method, func(t *testing.T) {
			everify := &scripted{FakeEVerify: selfchecktest.NewFakeEVerify(ssaMismatch)}
			everify.answer = func(called string, state selfcheck.CaseState) selfcheck.CaseState {
				if called == method {
					state.Stage = stage
				}
				return state
			}
			everify.after = func(string) { require.Less(t, len(everify.Calls()), 50, "it is asked again and again") }
			check := newCheck(selfchecktest.NewFakeIdP(), everify)
			check.prove(t)
			_, err := check.Query(t.Context(), token, selfchecktest.NewI9())
			switch method {
			case "Open": // a stage that is not known
				require.NoError(t, err)
				require.Empty(t, check.unfinished(t))
				return
			case "Refer":
				require.NoError(t, err)
				_, err = check.Resolve(t.Context(), token, selfcheck.Resolve)
				require.NoError(t, err)
				require.Error(t, check.failed.take())
			default:
				require.Error(t, err)
			}
			require.Len(t, check.unfinished(t), 1, "the sweep tries again")
			require.Zero(t, check.record(t).Query.Claimed)
		})
	}
}

// The first process stops between the answer of E-Verify and the store, longer than its claim
// lasts. Another goes on to the end meanwhile.
func TestSC10_AnswerThatComesTooLateChangesNothing(t *testing.T) {
	everify := &scripted{FakeEVerify: selfchecktest.NewFakeEVerify(selfchecktest.Verification{Findings: selfcheck.Findings{SSA: true}})}
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	check.prove(t)
	check.query(t)
	_, err := check.Resolve(t.Context(), token, selfcheck.Resolve)
	require.NoError(t, err)
	everify.after = func(method string) {
		if method != "State" {
			return
		}
		everify.after = nil
		check.later(2 * time.Minute)
		everify.Move(selfchecktest.CaseNumber(1), selfcheck.StageAuthorized)
		answer, err := check.Look(t.Context(), token)
		require.NoError(t, err)
		require.Equal(t, selfcheck.WorkAuthorizationConfirmed, answer.Result)
		require.False(t, answer.Open)
	}
	answer, err := check.Look(t.Context(), token)
	require.NoError(t, err)
	require.Equal(t, selfcheck.WorkAuthorizationConfirmed, answer.Result)
	require.Equal(t, selfcheck.StageAuthorized, check.record(t).Query.Stage)
	require.Equal(t, selfcheck.WorkAuthorizationConfirmed, check.record(t).Query.Result)
}

// A turn that ran out ends nobody else's.
func TestQuery_TurnThatRanOutDoesNotEndAnothers(t *testing.T) {
	everify := &scripted{FakeEVerify: selfchecktest.NewFakeEVerify(selfchecktest.Verification{Waits: 100})}
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	check.prove(t)
	check.query(t)
	stopped, goOn := make(chan bool), make(chan bool)
	isFirst := true
	everify.after = func(string) {
		if isFirst {
			isFirst = false
			stopped <- true
			<-goOn
		}
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		_, err := check.Look(t.Context(), token)
		assert.NoError(t, err)
	})
	<-stopped
	check.later(2 * time.Minute)
	everify.after = func(string) { // the second is at work, and the first goes on
		goOn <- true
		wg.Wait()
		require.NotZero(t, check.record(t).Query.Claimed)
	}
	_, err := check.Look(t.Context(), token)
	require.NoError(t, err)
	require.Zero(t, check.record(t).Query.Claimed)
}

// The claim ran out before the process said anything.
func TestQuery_ProcessThatStoodStillSaysNothing(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify()
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	check.prove(t)
	slept := &sleeper{Store: check.store.Store, sleep: func() { check.later(2 * time.Minute) }}
	service := selfcheck.NewService(slept, check.IdP, everify, &selfcheck.Options{Now: check.Clock.Now})
	answer, err := service.Query(t.Context(), token, selfchecktest.NewI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.QueryUnanswered, answer.Outcome)
	require.Empty(t, everify.Calls())
	require.Equal(t, selfcheck.Swept{Cases: 1}, check.sweep(t))
	require.Equal(t, selfcheck.WorkAuthorizationConfirmed, check.query(t).Result)
}

// sleeper is a store after whose first Update the process stands still.
type sleeper struct {
	selfcheck.Store

	sleep func()
}

func (s *sleeper) Update(ctx context.Context, id selfcheck.TransactionID, decide func(selfcheck.Record) (selfcheck.Change, error)) error {
	err := s.Store.Update(ctx, id, decide)
	if s.sleep != nil {
		s.sleep()
		s.sleep = nil
	}
	return err
}

// The query was taken off the record while E-Verify opened a case for it.
func TestSC11_CaseOfAQueryThatWasWithdrawnIsClosed(t *testing.T) {
	everify := &scripted{FakeEVerify: selfchecktest.NewFakeEVerify()}
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	check.prove(t)
	everify.after = func(method string) {
		everify.after = nil
		check.later(2 * time.Minute)
		everify.Interrupt(func(selfchecktest.Call) error { return selfcheck.ErrNoCase })
		_, err := check.Look(t.Context(), token)
		require.ErrorIs(t, err, selfcheck.ErrNoCase)
		everify.Interrupt(nil)
	}
	_, err := check.Query(t.Context(), token, selfchecktest.NewI9())
	require.ErrorIs(t, err, selfcheck.ErrConflict)
	require.Zero(t, check.record(t).Query)
	require.Empty(t, everify.OpenCases())
}

// What E-Verify refuses for ever ends with the time for it.
func TestSC11_CaseThatCannotBeGoneOnWithIsClosedInTheEnd(t *testing.T) {
	for method, life := range map[string]time.Duration{"Submit": 24 * time.Hour, "Refer": 30 * 24 * time.Hour} {
		everify := selfchecktest.NewFakeEVerify(ssaMismatch)
		check := newCheck(selfchecktest.NewFakeIdP(), everify)
		check.prove(t)
		everify.Interrupt(func(call selfchecktest.Call) error {
			if call.Method == method {
				return selfchecktest.ErrUnreachable
			}
			return nil
		})
		_, err := check.Query(t.Context(), token, selfchecktest.NewI9())
		require.Equal(t, method == "Submit", err != nil)
		_, err = check.Resolve(t.Context(), token, selfcheck.Resolve)
		require.NoError(t, err)
		check.later(life)
		check.sweep(t)
		require.Len(t, check.unfinished(t), 1)
		check.later(time.Microsecond)
		check.sweep(t)
		require.Empty(t, check.unfinished(t), method)
		require.Empty(t, everify.OpenCases())
	}
}

// The same thing may happen twice: with a token that is used again, or an E-Verify that changes
// its mind.
func TestEvents_WhatHappensTwiceIsTwoEvents(t *testing.T) {
	t.Run("pass", func(t *testing.T) {
		check := newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
		check.prove(t)
		check.later(2 * time.Hour)
		require.Equal(t, selfcheck.Swept{Passes: 1}, check.sweep(t))
		check.prove(t)
	})
	t.Run("result", func(t *testing.T) {
		everify := &scripted{FakeEVerify: selfchecktest.NewFakeEVerify(ssaMismatch)}
		check := newCheck(selfchecktest.NewFakeIdP(), everify)
		check.prove(t)
		check.query(t)
		_, err := check.Resolve(t.Context(), token, selfcheck.Resolve)
		require.NoError(t, err)
		for _, findings := range []selfcheck.Findings{{DHS: true}, {SSA: true}, {DHS: true}} {
			everify.answer = func(_ string, state selfcheck.CaseState) selfcheck.CaseState {
				state.Findings = findings
				return state
			}
			check.later(time.Hour)
			answer, err := check.Look(t.Context(), token)
			require.NoError(t, err)
			require.Equal(t, selfcheck.DecideResult(selfcheck.StageReferred, findings).Result, answer.Result)
		}
	})
}

// SC-7, twice at once: two tabs conclude with a number that is another pass's.
func TestSC7_NumberOfAnotherPassIsRefusedInEveryTab(t *testing.T) {
	idp := selfchecktest.NewFakeIdP(
		selfchecktest.Quiz{Outcome: selfcheck.IdPPassed, Questions: 3, Number: "SAME"},
		selfchecktest.Quiz{Outcome: selfcheck.IdPPassed, Questions: 3, Number: "SAME"})
	check := newCheck(idp, selfchecktest.NewFakeEVerify())
	check.prove(t)
	second := selfchecktest.Token(2)
	_, err := check.Begin(t.Context(), second, shown, selfchecktest.NewApplicant(), cris.English)
	require.NoError(t, err)
	tab := &tabs{Store: check.store.Store}
	slow := selfcheck.NewService(tab, idp, check.EVerify, &selfcheck.Options{Now: check.Clock.Now})
	tab.taken = func() {
		proofing, err := check.Conclude(t.Context(), second, "")
		require.NoError(t, err)
		require.Equal(t, selfcheck.NotAuthenticated, proofing.Outcome)
	}
	proofing, err := slow.Conclude(t.Context(), second, "")
	require.NoError(t, err)
	require.Equal(t, selfcheck.NotAuthenticated, proofing.Outcome)
	require.Equal(t, second.Transaction(), proofing.Failure.Transaction)
}

// tabs is a store that lets another tab go on after a number was found to be taken.
type tabs struct {
	selfcheck.Store
	taken func()
}

func (s *tabs) Update(ctx context.Context, id selfcheck.TransactionID, decide func(selfcheck.Record) (selfcheck.Change, error)) error {
	err := s.Store.Update(ctx, id, decide)
	if err != nil && s.taken != nil {
		taken := s.taken
		s.taken = nil
		taken()
	}
	return err
}

// SC-5: providers write names in their own letters, and know the address as well.
func TestSC5_WhatTheProviderWasSentIsNotKeptInItsOwnSpelling(t *testing.T) {
	applicant := selfchecktest.NewApplicant(func(a *selfcheck.Applicant) {
		a.Name = must(cris.NewPersonName(cris.NameParts{Family: "Müller", Given: "Søren", Maiden: "Жукова"}))
		a.Residence = must(cris.NewAddress(cris.AddressParts{
			Street: "9 Elm", City: "Zanesfield", State: "OH", ZIP: cris.MustParseZIP("43360-1234"),
		}))
	})
	for _, text := range []string{
		"MULLER", "x-mueller", "SOREN-7", "SOEREN", "ZHUKOVA", "9ELM", "9-elm-x", "ZANESFIELD", "z-43360", "791123", "112379", "23-11-79", "6458",
	} {
		proofing := selfcheck.DecideProofing(selfcheck.ProofingFacts{
			Begun: selfchecktest.NewBegunProofing(id), Statement: shown, Sent: applicant, At: selfchecktest.Start(),
			Reported: selfcheck.Progress{
				Transaction: selfcheck.IdPTransactionID(text),
				Report:      selfcheck.Report{Outcome: selfcheck.IdPAnsweredIncorrectly, Questions: 3, ErrorCode: selfcheck.ErrorCode(text)},
			},
		}, selfcheck.Policy{})
		require.Equal(t, selfcheck.AnsweredIncorrectly, proofing.Failure.Reason)
		require.Empty(t, proofing.Failure.ErrorCode, text)
		require.Empty(t, proofing.Failure.IdPTransaction, text)
	}
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// misleading is a provider whose answers a test replaces.
type misleading struct {
	*selfchecktest.FakeIdP

	answer func(*selfcheck.Progress)
}

func (p misleading) Begin(ctx context.Context, begin selfcheck.Beginning) (selfcheck.Progress, error) {
	progress, err := p.FakeIdP.Begin(ctx, begin)
	p.answer(&progress)
	return progress, err
}

// The page of the quiz is opened by the individual's browser, from a page of the program.
func TestBegin_WayThatIsNoPageIsAFailureOfTheProvider(t *testing.T) {
	for _, way := range []string{
		"javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "https://idp.example/\r\nSet-Cookie: a=b", " javascript:x", "vbscript:x", "https:idp", "\x00",
	} {
		check := newCheck(misleading{selfchecktest.NewFakeIdP(), func(p *selfcheck.Progress) { p.Quiz.URL = way }}, selfchecktest.NewFakeEVerify())
		proofing := check.begin(t)
		require.Equal(t, selfcheck.NotAuthenticated, proofing.Outcome, way)
		require.Equal(t, selfcheck.SystemError, proofing.Failure.Reason)
		err := check.failed.take()
		require.ErrorContains(t, err, "not a page")
		require.NotContains(t, err.Error(), way)
	}
	for _, way := range []string{"https://idp.example/quiz?a=b", "http://localhost:8080/quiz", "/quiz"} {
		check := newCheck(misleading{selfchecktest.NewFakeIdP(), func(p *selfcheck.Progress) { p.Quiz.URL = way }}, selfchecktest.NewFakeEVerify())
		require.Equal(t, way, check.begin(t).Quiz.URL)
	}
}

// A number of ten megabytes is not put on record, sealed or not.
func TestBegin_HugeNumberOfTheProviderIsNotSealed(t *testing.T) {
	huge := selfcheck.IdPTransactionID(strings.Repeat("9", 10<<20))
	check := newCheck(misleading{selfchecktest.NewFakeIdP(), func(p *selfcheck.Progress) { p.Transaction = huge }}, selfchecktest.NewFakeEVerify())
	check.begin(t)
	require.Less(t, len(check.record(t).Begun.Sealed), 2000)
	require.Empty(t, check.record(t).Begun.IdPTransaction)
}
