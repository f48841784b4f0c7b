package selfcheck_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/attempt"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// limited returns a check with two quizzes in three days.
func limited(script ...selfchecktest.Quiz) (check, *selfchecktest.FakeIdP) {
	idp := selfchecktest.NewFakeIdP(script...)
	return newCheck(idp, selfchecktest.NewFakeEVerify(), func(s *selfchecktest.SelfCheck) {
		s.Attempts = attempt.NewLimiter(memory.New().Attempts(), &attempt.Options{Now: s.Clock.Now, Policy: attempt.MyEVerifyPolicy()})
	}), idp
}

// try takes a proofing under a token of its own.
func (c check) try(t *testing.T, n int) selfcheck.Proofing {
	t.Helper()
	proofing, err := c.Prove(t.Context(), selfchecktest.Token(n), shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	return proofing
}

func TestSC8_TwoFailedQuizzesLockOutForThreeDays(t *testing.T) {
	check, idp := limited(failedQuiz, failedQuiz)
	for n := range 2 {
		require.Equal(t, selfcheck.NotAuthenticated, check.try(t, n).Outcome)
	}
	for n := 2; n < 5; n++ { // trying while locked out does not lengthen it
		locked := check.try(t, n)
		require.Equal(t, selfcheck.LockedOut, locked.Outcome, "%d %v", n, locked.Reasons)
		require.NotEmpty(t, locked.Reasons)
		require.NotEmpty(t, locked.OtherWays)
		require.Zero(t, locked.Notice, "nobody was asked")
		words := cris.NewWords(append(selfcheck.Words(), attempt.Words()...)...)
		require.Contains(t, words.Say(cris.English, locked.Message()), "August")
		_, err := check.store.Record(t.Context(), selfchecktest.Token(n).Transaction())
		require.ErrorIs(t, err, cris.ErrNotFound, "no trace")
		check.later(24 * time.Hour)
	}
	require.Len(t, idp.Asked(), 2)
	check.later(24 * time.Hour)
	require.Equal(t, selfcheck.Authenticated, check.try(t, 9).Outcome)
}

func TestSC8_OnlyAttemptsCount(t *testing.T) {
	for name, quiz := range map[string]selfchecktest.Quiz{
		"outage":                  {Err: selfchecktest.ErrUnreachable},
		"outage in the quiz":      {Questions: 3, LateErr: selfchecktest.ErrUnreachable},
		"no questions":            {Outcome: selfcheck.IdPCouldNotGenerateQuestions},
		"a fault of the provider": {Outcome: selfcheck.IdPPassed, Questions: 5},
		"a pass":                  selfchecktest.Passed,
	} {
		t.Run(name, func(t *testing.T) {
			check, _ := limited(quiz, quiz, quiz, quiz)
			for n := range 4 {
				require.NotEqual(t, selfcheck.LockedOut, check.try(t, n).Outcome)
			}
			require.NoError(t, check.failed.takeBut(selfchecktest.ErrUnreachable))
		})
	}
}

// Whoever looks at the questions and leaves has taken a quiz.
func TestSC8_LeavingCounts(t *testing.T) {
	check, _ := limited()
	for n := range 2 {
		_, err := check.Begin(t.Context(), selfchecktest.Token(n), shown, selfchecktest.NewApplicant(), cris.English)
		require.NoError(t, err)
	}
	require.Equal(t, selfcheck.LockedOut, check.try(t, 2).Outcome)
	check.later(16 * time.Minute)
	require.Equal(t, selfcheck.Swept{Proofings: 2}, check.sweep(t))
	require.Equal(t, selfcheck.LockedOut, check.try(t, 2).Outcome)
}

func TestSC8_LostPageAndSecondQuizAreAttempts(t *testing.T) {
	check, _ := limited()
	require.Equal(t, selfcheck.QuizToTake, check.begin(t).Outcome)
	require.Equal(t, selfcheck.QuizToTake, check.begin(t).Outcome)
	require.Equal(t, selfcheck.LockedOut, check.try(t, 2).Outcome)

	second := failedQuiz
	second.Second = true
	check, _ = limited(failedQuiz, second)
	check.try(t, 2)
	check.begin(t)
	ended := check.conclude(t) // the provider offers a second quiz, and it would be the third
	require.Equal(t, selfcheck.NotAuthenticated, ended.Outcome)
	require.Equal(t, reasons("answered_incorrectly"), ended.Reasons)
}

// A quiz that was counted and not given, since a process died, is not counted again.
func TestSC8_QuizThatWasNeverGivenIsCountedOnce(t *testing.T) {
	check, _ := limited(failedQuiz, failedQuiz)
	check.store.failAfter = 2 // the beginning is saved, the quiz is not
	_, err := check.Begin(t.Context(), token, shown, selfchecktest.NewApplicant(), cris.English)
	require.ErrorIs(t, err, errStore)
	require.Equal(t, selfcheck.QuizToTake, check.begin(t).Outcome)
	require.Equal(t, selfcheck.NotAuthenticated, check.conclude(t).Outcome)
	require.Equal(t, selfcheck.NotAuthenticated, check.try(t, 2).Outcome, "the second attempt")
	require.Equal(t, selfcheck.LockedOut, check.try(t, 3).Outcome)
}

// SC-5: what counts leads to no transaction, and what is on record of a failure to no count.
func TestSC5_CountsStandBesideNoTransaction(t *testing.T) {
	counters := memory.New()
	check := newCheck(selfchecktest.NewFakeIdP(failedQuiz), selfchecktest.NewFakeEVerify(), func(s *selfchecktest.SelfCheck) {
		s.Attempts = attempt.NewLimiter(counters.Attempts(), &attempt.Options{Now: s.Clock.Now, Policy: attempt.MyEVerifyPolicy()})
	})
	check.begin(t)
	held := everything(counters)
	for _, known := range append(personalValues(), string(id), token.Reveal()) {
		require.NotContains(t, held, known)
	}
	check.conclude(t)
	require.Equal(t, selfcheck.Record{Failure: check.record(t).Failure}, check.record(t))
}
