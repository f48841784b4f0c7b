package selfcheck_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/opaque"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/attempt"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// failedQuiz is a quiz that was answered incorrectly.
var failedQuiz = selfchecktest.Quiz{Outcome: selfcheck.IdPAnsweredIncorrectly, Questions: 3}

func TestSC1_ProofingInTwoParts(t *testing.T) {
	idp := selfchecktest.NewFakeIdP()
	check := newCheck(idp, selfchecktest.NewFakeEVerify())
	begun := check.begin(t)
	require.Equal(t, selfcheck.QuizToTake, begun.Outcome)
	require.Equal(t, "https://idp.example/quiz", begun.Quiz.URL)
	require.Equal(t, selfcheck.InquiryNotice(), begun.Notice)
	require.Zero(t, begun.Pass)
	require.Equal(t, []selfcheck.Unfinished{{Transaction: id, Step: selfcheck.StepQuiz, Since: selfchecktest.Start()}}, check.unfinished(t))

	check.later(time.Minute)
	concluded := check.conclude(t)
	require.Equal(t, selfcheck.Authenticated, concluded.Outcome)
	require.Equal(t, selfcheck.Record{Pass: concluded.Pass}, check.record(t), "nothing is left of the beginning")
	require.Equal(t, []string{"proofing_passed map[]"}, check.events(t))
	for range 2 { // the answer may have been lost
		again := check.conclude(t)
		require.Equal(t, concluded.Pass, again.Pass)
		require.Equal(t, concluded.Pass, check.begin(t).Pass)
	}
	require.Len(t, idp.Asked(), 1)
	require.Len(t, check.events(t), 1)
}

// SC-5: between the two parts, and after a failure, nothing can be read that is about the
// individual.
func TestSC5_NothingPersonalIsKeptBeforeAPass(t *testing.T) {
	for _, failure := range []struct {
		quiz selfchecktest.Quiz
		want selfcheck.FailureReason
	}{
		{selfchecktest.Quiz{Outcome: selfcheck.IdPAnsweredIncorrectly, Questions: 4, ErrorCode: "RF2"}, selfcheck.AnsweredIncorrectly},
		{selfchecktest.Quiz{Outcome: selfcheck.IdPAbandoned, Questions: 4}, selfcheck.AnsweredIncorrectly},
		{selfchecktest.Quiz{Outcome: selfcheck.IdPCouldNotGenerateQuestions, ErrorCode: "HE000050"}, selfcheck.CouldNotGenerateQuestions},
		{selfchecktest.Quiz{Outcome: selfcheck.IdPPassed, Questions: 1}, selfcheck.CouldNotGenerateQuestions},
		{selfchecktest.Quiz{Outcome: selfcheck.IdPPassed, Questions: 5}, selfcheck.SystemError},
		{selfchecktest.Quiz{Outcome: selfcheck.IdPFraudAlert}, selfcheck.CouldNotGenerateQuestions},
		{selfchecktest.Quiz{Outcome: selfcheck.IdPMultipleAttempts, ErrorCode: "RF3"}, selfcheck.MultipleAttempts},
		{selfchecktest.Quiz{Outcome: selfcheck.IdPSystemError, ErrorCode: "912-73-6458"}, selfcheck.SystemError},
		{selfchecktest.Quiz{Outcome: selfcheck.IdPSystemError, ErrorCode: "Lindqvistson", Number: "Ottoline/912736458"}, selfcheck.SystemError},
		{selfchecktest.Quiz{Outcome: selfcheck.IdPAnsweredIncorrectly, Questions: 3, Number: "19791123-BRACKENBURY"}, selfcheck.AnsweredIncorrectly},
		{selfchecktest.Quiz{Err: selfchecktest.ErrUnreachable}, selfcheck.SystemError},
		{selfchecktest.Quiz{Err: selfchecktest.ErrUnreachable, Number: "Lindqvistson"}, selfcheck.SystemError},
		{selfchecktest.Quiz{Outcome: selfcheck.IdPPassed, Questions: 3, LateErr: selfchecktest.ErrUnreachable}, selfcheck.SystemError},
	} {
		check := newCheck(selfchecktest.NewFakeIdP(failure.quiz), selfchecktest.NewFakeEVerify())
		requireNothingPersonal := func() {
			t.Helper()
			held := everything(check.db)
			require.Contains(t, held, string(id), "the search sees what the store holds")
			require.NotContains(t, held, token.Reveal(), "whoever reads the store cannot open what is sealed")
			for _, personal := range personalValues() {
				require.NotContains(t, strings.ToUpper(held), strings.ToUpper(personal))
			}
		}
		proofing := check.begin(t)
		requireNothingPersonal()
		if proofing.Outcome == selfcheck.QuizToTake {
			proofing = check.conclude(t)
		}
		require.Equal(t, failure.want, proofing.Failure.Reason)
		require.Equal(t, selfcheck.Record{Failure: proofing.Failure}, check.record(t))
		require.Equal(t, []string{fmt.Sprintf("proofing_failed map[reason:%s]", failure.want)}, check.events(t))
		requireNothingPersonal()
		require.Empty(t, check.unfinished(t))
	}
}

func TestSC5_SearchFindsWhatAPassLeaves(t *testing.T) {
	check := newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
	check.prove(t)
	held := everything(check.db)
	for _, personal := range []string{"Lindqvistson", "Ottoline", "Brackenbury", "912736458", birthDay()} {
		require.Contains(t, held, personal)
	}
	for _, address := range []string{"4711 Quillfeather Lane", "Apt 12", "Zanesfield"} {
		require.NotContains(t, held, address) // SC-6
	}
}

func TestSC2_ProviderKnowsNeitherTheTokenNorTheTransaction(t *testing.T) {
	idp := selfchecktest.NewFakeIdP()
	check := newCheck(idp, selfchecktest.NewFakeEVerify())
	check.begin(t)
	asked := idp.Asked()[0]
	require.Regexp(t, "^[0-9a-f]{32}$", asked.Reference)
	require.NotContains(t, string(asked.Reference), string(id))
	require.NotContains(t, everything(check.db), string(asked.Reference), "what the provider holds cannot be joined to what is on record")
	require.Equal(t, "M", asked.Applicant.Name.Reveal().Middle)
}

func TestSC7_TokenIsForOneApplicant(t *testing.T) {
	for _, isOver := range []bool{false, true} {
		idp := selfchecktest.NewFakeIdP()
		check := newCheck(idp, selfchecktest.NewFakeEVerify())
		check.begin(t)
		if isOver {
			check.conclude(t)
		}
		before := check.record(t)
		for _, change := range []func(*selfcheck.Applicant){
			func(a *selfcheck.Applicant) { a.Name = name(t, cris.NameParts{Family: "Impostor", Given: "Ivo"}) },
			func(a *selfcheck.Applicant) { a.BirthDate = cris.NewPersonal(cris.MustParseDate("1979-11-24")) },
			func(a *selfcheck.Applicant) { a.SSN = selfcheck.SSN{} },
		} {
			proofing, err := check.Begin(t.Context(), token, shown, selfchecktest.NewApplicant(change), cris.English)
			require.NoError(t, err)
			require.Equal(t, selfcheck.Proofing{Outcome: selfcheck.NotStarted, Reasons: reasons("applicant_changed")}, proofing)
		}
		require.Equal(t, before, check.record(t))
		require.Len(t, idp.Asked(), 1)
	}
}

// SC-3: whoever asks for the questions again and again has not answered them.
func TestSC3_LeavingTheQuizIsAFailedAttempt(t *testing.T) {
	idp := selfchecktest.NewFakeIdP()
	check := newCheck(idp, selfchecktest.NewFakeEVerify())
	for range 2 {
		require.Equal(t, selfcheck.QuizToTake, check.begin(t).Outcome)
	}
	proofing := check.begin(t)
	require.Equal(t, selfcheck.NotAuthenticated, proofing.Outcome)
	require.Equal(t, reasons("quiz_abandoned"), proofing.Reasons)
	require.Equal(t, selfcheck.AnsweredIncorrectly, check.record(t).Failure.Reason)
	require.True(t, proofing.Failure.Reason.IsAttempt())
	require.Len(t, idp.Asked(), 2)
}

func TestSC3_SecondQuizBelongsToTheProofing(t *testing.T) {
	second := failedQuiz
	second.Second = true
	check := newCheck(selfchecktest.NewFakeIdP(second, selfchecktest.Passed), selfchecktest.NewFakeEVerify())
	require.False(t, check.begin(t).Quiz.IsZero())
	again := check.conclude(t)
	require.Equal(t, selfcheck.QuizToTake, again.Outcome)
	require.False(t, again.Quiz.IsZero())
	require.Equal(t, selfcheck.Authenticated, check.conclude(t).Outcome)

	// Not without end.
	check = newCheck(selfchecktest.NewFakeIdP(second, second, second), selfchecktest.NewFakeEVerify())
	check.begin(t)
	check.conclude(t)
	require.Equal(t, selfcheck.NotAuthenticated, check.conclude(t).Outcome)
}

// offering is a provider whose first page leads to another quiz each time it is brought back.
type offering struct{ *selfchecktest.FakeIdP }

// Conclude implements selfcheck.IdP.
func (o offering) Conclude(ctx context.Context, reference selfcheck.Reference, number selfcheck.IdPTransactionID, returned string) (selfcheck.Progress, error) {
	if returned == "first" {
		return selfcheck.Progress{Transaction: number, Quiz: selfcheck.Quiz{URL: "https://idp.example/second"}}, nil
	}
	return o.FakeIdP.Conclude(ctx, reference, number, returned)
}

// An individual who sends the first page again, from another tab or after a lost answer, still has
// the second quiz, and it is one attempt.
func TestSC3_FirstPageBroughtBackAgainLeadsToTheSecondQuiz(t *testing.T) {
	counters := memory.New()
	idp := offering{selfchecktest.NewFakeIdP(selfchecktest.Quiz{Questions: 3, Outcome: selfcheck.IdPPassed})}
	check := newCheck(idp, selfchecktest.NewFakeEVerify(), func(s *selfchecktest.SelfCheck) {
		s.Attempts = attempt.NewLimiter(counters.Attempts(), &attempt.Options{Now: s.Clock.Now, Policy: attempt.MyEVerifyPolicy()})
	})
	check.begin(t)
	for range 5 {
		proofing, err := check.Conclude(t.Context(), token, "first")
		require.NoError(t, err)
		require.Equal(t, selfcheck.QuizToTake, proofing.Outcome)
		require.Equal(t, "https://idp.example/second", proofing.Quiz.URL)
		require.Equal(t, 2, check.record(t).Begun.Quizzes)
	}
	proofing, err := check.Conclude(t.Context(), token, "second")
	require.NoError(t, err)
	require.Equal(t, selfcheck.Authenticated, proofing.Outcome)
}

func TestConclude_QuizThatIsNotOver(t *testing.T) {
	check := newCheck(selfchecktest.NewFakeIdP(selfchecktest.Quiz{Questions: 3, Unending: true}), selfchecktest.NewFakeEVerify())
	check.begin(t)
	before := check.record(t)
	for range 3 {
		require.Equal(t, selfcheck.Proofing{Outcome: selfcheck.QuizToTake}, check.conclude(t))
	}
	require.Equal(t, before, check.record(t))
	check.later(15*time.Minute + time.Second)
	require.Equal(t, reasons("quiz_abandoned"), check.conclude(t).Reasons)
}

func TestConclude_WhatWasNeverBegun(t *testing.T) {
	check := newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
	for _, token := range []selfcheck.Token{{}, token} {
		proofing, err := check.Conclude(t.Context(), token, "")
		require.NoError(t, err)
		require.Equal(t, selfcheck.Proofing{Outcome: selfcheck.NotBegun, Reasons: reasons("no_passed_proofing")}, proofing)
	}
	_, err := check.Begin(t.Context(), selfcheck.Token{}, shown, selfchecktest.NewApplicant(), cris.English)
	require.Error(t, err)
	require.Empty(t, check.events(t))
}

func TestSC5_FailedProofingIsToldAgain(t *testing.T) {
	for quiz, want := range map[selfcheck.IdPOutcome]selfcheck.Proofing{
		selfcheck.IdPAnsweredIncorrectly: {Outcome: selfcheck.NotAuthenticated, Reasons: reasons("answered_incorrectly")},
		selfcheck.IdPMultipleAttempts:    {Outcome: selfcheck.AccessEnded, Reasons: reasons("multiple_attempts")},
	} {
		check := newCheck(selfchecktest.NewFakeIdP(selfchecktest.Quiz{Outcome: quiz, Questions: 3}), selfchecktest.NewFakeEVerify())
		check.begin(t)
		first := check.conclude(t)
		for _, again := range []selfcheck.Proofing{check.conclude(t), check.begin(t)} {
			require.Equal(t, want.Outcome, again.Outcome)
			require.Equal(t, want.Reasons, again.Reasons)
			require.Equal(t, first.Failure, again.Failure)
			require.Equal(t, first.OtherWays, again.OtherWays)
		}
	}
}

// SC-7: a provider that gives two proofings one number answers for somebody else in one of them.
func TestSC7_NumberOfAnotherPassIsRefused(t *testing.T) {
	same := selfchecktest.Passed
	same.Number = "IDP-1"
	check := newCheck(selfchecktest.NewFakeIdP(same, same), selfchecktest.NewFakeEVerify())
	check.prove(t)
	other := selfchecktest.Token(2)
	proofing, err := check.Prove(t.Context(), other, shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	require.Equal(t, selfcheck.NotAuthenticated, proofing.Outcome)
	require.Equal(t, reasons("pass_of_another_transaction"), proofing.Reasons)
	require.Equal(t, selfcheck.SystemError, proofing.Failure.Reason)
	record, err := check.store.Record(t.Context(), other.Transaction())
	require.NoError(t, err)
	require.Equal(t, selfcheck.Record{Failure: proofing.Failure}, record)
	require.Equal(t, selfcheck.IdPTransactionID("IDP-1"), check.record(t).Pass.IdPTransaction)
}

// The operator is told what the individual is not.
func TestSC4_OperatorIsToldWhatTheProviderFailedWith(t *testing.T) {
	for _, err := range []error{selfchecktest.ErrUnreachable, errors.New("the certificate has expired")} {
		for _, quiz := range []selfchecktest.Quiz{{Err: err}, {Questions: 3, LateErr: err}} {
			check := newCheck(selfchecktest.NewFakeIdP(quiz), selfchecktest.NewFakeEVerify())
			proofing := check.begin(t)
			if proofing.Outcome == selfcheck.QuizToTake {
				proofing = check.conclude(t)
			}
			require.Equal(t, reasons("system_error"), proofing.Reasons)
			require.False(t, proofing.Failure.Reason.IsAttempt())
			require.ErrorIs(t, check.failed.take(), err)
		}
	}
}

func TestSC4_WhatAnOutageNamesIsKeptAsFarAsItMayBe(t *testing.T) {
	down := selfchecktest.Quiz{
		Err: selfchecktest.ErrUnreachable, Number: "IDP-000001",
		Report: func(r *selfcheck.Report) { r.Outcome, r.Questions, r.ErrorCode = selfcheck.IdPPassed, 3, "HX009000" },
	}
	check := newCheck(selfchecktest.NewFakeIdP(down), selfchecktest.NewFakeEVerify())
	require.Equal(t, selfcheck.Failure{
		Transaction: id, IdPTransaction: "IDP-000001", Reason: selfcheck.SystemError,
		At: selfchecktest.Start(), ErrorCode: "HX009000",
	}, check.begin(t).Failure, "that it says passed is not believed")
}

func TestSC19_NoInquiryNoNotice(t *testing.T) {
	for err, want := range map[error]cris.Message{
		selfchecktest.ErrUnreachable: selfcheck.InquiryNotice(),
		fmt.Errorf("%w: %w", selfcheck.ErrNotSent, selfchecktest.ErrUnreachable): {},
	} {
		check := newCheck(selfchecktest.NewFakeIdP(selfchecktest.Quiz{Err: err}), selfchecktest.NewFakeEVerify())
		require.Equal(t, want, check.begin(t).Notice)
	}
	check := newCheck(selfchecktest.NewFakeIdP(selfchecktest.Passed), selfchecktest.NewFakeEVerify())
	refused, err := check.Begin(t.Context(), token, shown, selfcheck.Applicant{}, cris.English)
	require.NoError(t, err)
	require.Equal(t, selfcheck.NotStarted, refused.Outcome)
	require.Zero(t, refused.Notice, "nobody inquired")
	require.Zero(t, check.record(t))
}

func TestBegin_CallerWhoIsGoneComesBack(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	idp := &leavingIdP{FakeIdP: selfchecktest.NewFakeIdP(), leave: cancel}
	check := newCheck(idp, selfchecktest.NewFakeEVerify())
	_, err := check.Begin(ctx, token, shown, selfchecktest.NewApplicant(), cris.English)
	require.ErrorIs(t, err, context.Canceled)
	require.NotZero(t, check.record(t).Begun)
	require.Equal(t, selfcheck.QuizToTake, check.begin(t).Outcome)

	ctx, cancel = context.WithCancel(t.Context())
	idp.leave = cancel
	_, err = check.Conclude(ctx, token, "")
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, selfcheck.Authenticated, check.conclude(t).Outcome)

	ctx, cancel = context.WithCancel(t.Context())
	cancel()
	_, err = check.Begin(ctx, selfchecktest.Token(2), shown, selfchecktest.NewApplicant(), cris.English)
	require.ErrorIs(t, err, context.Canceled)
	require.Len(t, check.events(t), 1, "nothing is recorded that was not begun")
}

// leavingIdP has the caller leave in the middle of a call, once.
type leavingIdP struct {
	*selfchecktest.FakeIdP
	leave func()
}

func (l *leavingIdP) Begin(ctx context.Context, begin selfcheck.Beginning) (selfcheck.Progress, error) {
	l.leaveOnce()
	return l.FakeIdP.Begin(ctx, begin)
}

func (l *leavingIdP) Conclude(ctx context.Context, reference selfcheck.Reference, number selfcheck.IdPTransactionID, returned string) (selfcheck.Progress, error) {
	l.leaveOnce()
	return l.FakeIdP.Conclude(ctx, reference, number, returned)
}

func (l *leavingIdP) leaveOnce() {
	if l.leave != nil {
		l.leave()
		l.leave = nil
	}
}

// A process may die after any Update, and a store may lose its answer: begun and concluded
// again, the proofing goes on.
func TestBegin_StoreThatFailsAtAnyPoint(t *testing.T) {
	for _, saves := range []bool{false, true} {
		for failAfter := range 5 {
			check := newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
			check.store.failAfter, check.store.saves = failAfter, saves
			proofing, err := check.Prove(t.Context(), token, shown, selfchecktest.NewApplicant())
			for err != nil {
				require.ErrorIs(t, err, errStore)
				proofing, err = check.Prove(t.Context(), token, shown, selfchecktest.NewApplicant())
			}
			require.Equal(t, selfcheck.Authenticated, proofing.Outcome)
			require.Equal(t, []string{"proofing_passed map[]"}, check.events(t))
		}
	}
}

// personalValues are the values of the applicant in the forms in which memory holds
// them.
func personalValues() []string {
	name, address := selfchecktest.NewApplicant().Name.Reveal(), selfchecktest.NewApplicant().Residence.Reveal()
	return []string{
		name.Family, name.Given, name.Maiden,
		address.Street, address.Unit, address.City, "43361", // ZIP codes are held plus one
		"912736458", "912-73-6458", birthDay(), "1979-11-23", "19791123",
	}
}

func birthDay() string {
	return strconv.Itoa(selfchecktest.NewApplicant().BirthDate.Reveal().DaysSince(cris.MustParseDate("0001-01-01")) + 1)
}

// everything returns each string and number that can be reached from v, one a line,
// also through what does not print.
func everything(v any) string {
	var found []string
	var walk func(reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			found = append(found, v.String())
		case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
			found = append(found, strconv.FormatInt(v.Int(), 10))
		case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
			found = append(found, strconv.FormatUint(v.Uint(), 10))
		case reflect.Pointer, reflect.Interface:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Struct:
			if personal, is := opaque.Kept(v); is {
				walk(personal)
				return
			}
			for _, field := range v.Fields() {
				walk(field)
			}
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Map:
			for entries := v.MapRange(); entries.Next(); {
				walk(entries.Key())
				walk(entries.Value())
			}
		default:
		}
	}
	walk(reflect.ValueOf(v))
	return strings.Join(found, "\n")
}
