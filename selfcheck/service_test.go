package selfcheck_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// check is a Service over a memory store, at a clock that stands still.
type check struct {
	*selfcheck.Service
	db    *memory.DB
	store *faultyStore
}

func newCheck(idp selfcheck.IdP, everify selfcheck.EVerify) check {
	db := memory.New()
	store := &faultyStore{Store: db.SelfChecks()}
	return check{selfcheck.NewService(store, idp, everify, &selfcheck.Options{
		Now: selfchecktest.FixedClock, NewID: selfchecktest.SequentialIDs(),
	}), db, store}
}

// proved returns the transaction of a passed proofing.
func (c check) proved(t *testing.T) selfcheck.TransactionID {
	t.Helper()
	proofing, err := c.Prove(t.Context(), selfchecktest.Applicant())
	require.NoError(t, err)
	require.Equal(t, selfcheck.Authenticated, proofing.Outcome)
	return proofing.Transaction
}

func (c check) record(t *testing.T, id selfcheck.TransactionID) selfcheck.Record {
	t.Helper()
	record, err := c.store.Record(t.Context(), id)
	require.NoError(t, err)
	return record
}

// events returns what is in the outbox, one line per event, all of check-000001.
func (c check) events(t *testing.T) []string {
	t.Helper()
	pending, err := c.db.Outbox().Pending(t.Context(), 100)
	require.NoError(t, err)
	var lines []string
	for _, event := range pending {
		require.Equal(t, "/cris/selfcheck", event.Source)
		require.Equal(t, selfcheck.TransactionID("check-000001").Subject(), event.Subject, "the only transaction")
		what := strings.TrimPrefix(event.Type, "cris.selfcheck.")
		require.Equal(t, event.Subject+"/"+what, event.ID)
		require.Equal(t, selfchecktest.Start, event.Time)
		lines = append(lines, fmt.Sprint(what, " ", event.Data))
	}
	return lines
}

// openCases returns the transactions that the store lists as open.
func (c check) openCases(t *testing.T) []selfcheck.TransactionID {
	t.Helper()
	var open []selfcheck.TransactionID
	for one, err := range c.store.OpenCases(t.Context(), "") {
		require.NoError(t, err)
		open = append(open, one.Transaction)
	}
	return open
}

// faultyStore fails the Update after the given number of Updates, once.
type faultyStore struct {
	selfcheck.Store
	mu        sync.Mutex
	failAfter int // 0: never
	updates   int
}

var errStore = errors.New("the store is down")

func (s *faultyStore) Update(ctx context.Context, id selfcheck.TransactionID, decide func(selfcheck.Record) (selfcheck.Change, error)) error {
	s.mu.Lock()
	s.updates++
	fails := s.failAfter == 1
	s.failAfter = max(0, s.failAfter-1)
	s.mu.Unlock()
	if fails {
		return errStore
	}
	return s.Store.Update(ctx, id, decide)
}

// everifyFunc runs before each Submit of another E-Verify.
type everifyFunc struct {
	selfcheck.EVerify
	before func()
}

func (e everifyFunc) Submit(ctx context.Context, query selfcheck.Query) (selfcheck.CaseResult, error) {
	e.before()
	return e.EVerify.Submit(context.WithoutCancel(ctx), query)
}

// idpFunc is an IdP that is one function.
type idpFunc func(context.Context, selfcheck.TransactionID, selfcheck.Applicant) (selfcheck.Report, error)

func (f idpFunc) Prove(ctx context.Context, id selfcheck.TransactionID, a selfcheck.Applicant) (selfcheck.Report, error) {
	return f(ctx, id, a)
}

func TestSC1_TwoStepsInOrder(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify()
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	require.Equal(t, selfcheck.Record{Pass: passed(id)}, check.record(t, id))

	answer, err := check.Query(t.Context(), id, selfchecktest.CitizenI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.Answer{
		Outcome: selfcheck.QueryAccepted, Result: selfcheck.WorkAuthorizationConfirmed, Case: "EV0000000000001",
		Queried: selfchecktest.Start,
		Reasons: []cris.Reason{{Rule: "SC-10", Text: "the records confirm the work authorization"}},
	}, answer)
	require.Equal(t, passed(id).Lock(), everify.Queries()[0].Identity)
	require.Equal(t, []string{
		"proofed map[]",
		"queried map[case:EV0000000000001 result:work authorization confirmed]",
		"closed map[case:EV0000000000001 reason:work authorization confirmed]",
	}, check.events(t))
	require.Empty(t, everify.Open())
	require.Empty(t, check.openCases(t))
}

func TestSC1_NoQueryWithoutAPassedProofing(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify()
	check := newCheck(selfchecktest.NewFakeIdP(selfchecktest.Quiz{Outcome: selfcheck.IdPWrongAnswers, Questions: 3}), everify)
	failed, err := check.Prove(t.Context(), selfchecktest.Applicant())
	require.NoError(t, err)
	for _, id := range []selfcheck.TransactionID{failed.Transaction, "unknown", ""} {
		answer, err := check.Query(t.Context(), id, selfchecktest.CitizenI9())
		require.NoError(t, err)
		require.Equal(t, selfcheck.QueryRefused, answer.Outcome)
		require.Contains(t, texts(answer.Reasons), "there is no passed proofing (SC-1)")
	}
	require.Empty(t, everify.Queries())
}

func TestSC1_OneQueryPerProofing(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify()
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	const callers = 8
	answers := make([]selfcheck.Answer, callers)
	failed := make([]error, callers)
	var wg sync.WaitGroup
	for i := range callers {
		wg.Go(func() { answers[i], failed[i] = check.Query(t.Context(), id, selfchecktest.CitizenI9()) })
	}
	wg.Wait()
	require.NoError(t, errors.Join(failed...))
	require.Len(t, everify.Queries(), 1, "submitted once, whoever asks")
	submitted, err := check.Query(t.Context(), id, selfchecktest.CitizenI9())
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
		require.Equal(t, []string{"the query of this proofing was made, and E-Verify's answer is not on record (SC-1)"}, texts(answer.Reasons))
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

	answer, err = check.Query(t.Context(), id, selfchecktest.CitizenI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.QueryAccepted, answer.Outcome)
}

// failures are the ways in which a proofing fails.
var failures = []struct {
	quiz selfchecktest.Quiz
	want selfcheck.FailureReason
}{
	{selfchecktest.Quiz{Outcome: selfcheck.IdPWrongAnswers, Questions: 4, ErrorCode: "RF2"}, selfcheck.AnsweredIncorrectly},
	{selfchecktest.Quiz{Outcome: selfcheck.IdPNoQuestions, ErrorCode: "HE000050"}, selfcheck.CouldNotGenerateQuestions},
	{selfchecktest.Quiz{Outcome: selfcheck.IdPPassed, Questions: 1}, selfcheck.CouldNotGenerateQuestions},
	{selfchecktest.Quiz{Outcome: selfcheck.IdPPassed, Questions: 5}, selfcheck.SystemError},
	{selfchecktest.Quiz{Outcome: selfcheck.IdPFraudAlert}, selfcheck.CouldNotGenerateQuestions},
	{selfchecktest.Quiz{Outcome: selfcheck.IdPMultipleAttempts, ErrorCode: "RF3"}, selfcheck.MultipleAttempts},
	{selfchecktest.Quiz{Outcome: selfcheck.IdPSystemError, ErrorCode: "912-73-6458"}, selfcheck.SystemError},
	{selfchecktest.Quiz{Err: selfchecktest.ErrUnreachable}, selfcheck.SystemError},
	{selfchecktest.Quiz{Err: fmt.Errorf("no answer for Lindqvistson: %w", selfchecktest.ErrUnreachable)}, selfcheck.SystemError},
}

func TestSC5_NothingPersonalRemainsOfAFailure(t *testing.T) {
	for _, failure := range failures {
		check := newCheck(selfchecktest.NewFakeIdP(failure.quiz), selfchecktest.NewFakeEVerify())
		proofing, err := check.Prove(t.Context(), selfchecktest.Applicant())
		require.NoError(t, err)
		require.Equal(t, failure.want, proofing.Failure.Reason)
		require.Equal(t, selfcheck.Record{Failure: proofing.Failure}, check.record(t, proofing.Transaction))
		require.Equal(t, []string{fmt.Sprintf("failed map[reason:%s]", failure.want)}, check.events(t))

		held := everything(check.db)
		require.Contains(t, held, "check-000001", "the search sees what the store holds")
		for _, personal := range personalValues() {
			require.NotContains(t, held, personal)
		}
	}
}

func TestSC5_SearchFindsWhatAPassLeaves(t *testing.T) {
	check := newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
	check.proved(t)
	held := everything(check.db)
	for _, personal := range []string{"Lindqvistson", "Ottoline", "Brackenbury", "912736458", birthDay()} {
		require.Contains(t, held, personal)
	}
	for _, address := range []string{"4711 Quillfeather Lane", "Apt 12", "Zanesfield"} {
		require.NotContains(t, held, address) // SC-6
	}
}

// personalValues are the values of the applicant in the forms in which memory holds
// them.
func personalValues() []string {
	name, address := selfchecktest.Applicant().Name.Reveal(), selfchecktest.Applicant().Residence.Reveal()
	return []string{
		name.Family, name.Given, name.Maiden,
		address.Street, address.Unit, address.City, "43361", // ZIP codes are held plus one
		"912736458", "912-73-6458", birthDay(), "1979-11-23",
	}
}

func birthDay() string {
	return strconv.Itoa(selfchecktest.Applicant().BirthDate.Reveal().DaysSince(cris.MustParseDate("0001-01-01")) + 1)
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

func TestSC4_OutageIsASystemErrorAndNoAttempt(t *testing.T) {
	check := newCheck(idpFunc(func(context.Context, selfcheck.TransactionID, selfcheck.Applicant) (selfcheck.Report, error) {
		// What came back with an error is kept as far as it may be; that it says "passed" is not believed.
		r := report(selfchecktest.Applicant())
		r.ErrorCode = "HX009000"
		return r, selfchecktest.ErrUnreachable
	}), selfchecktest.NewFakeEVerify())
	proofing, err := check.Prove(t.Context(), selfchecktest.Applicant())
	require.NoError(t, err)
	require.Equal(t, selfcheck.NotAuthenticated, proofing.Outcome)
	require.Equal(t, selfcheck.Failure{
		Transaction: "check-000001", IdPTransaction: "IDP-000001", Reason: selfcheck.SystemError,
		At: selfchecktest.Start, ErrorCode: "HX009000",
	}, proofing.Failure)
	require.False(t, proofing.Failure.Reason.IsAttempt())
}

func TestSC5_FailureIsRecordedThoughTheCallerIsGone(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	check := newCheck(idpFunc(func(ctx context.Context, _ selfcheck.TransactionID, _ selfcheck.Applicant) (selfcheck.Report, error) {
		cancel()
		return selfcheck.Report{}, ctx.Err()
	}), selfchecktest.NewFakeEVerify())
	proofing, err := check.Prove(ctx, selfchecktest.Applicant())
	require.NoError(t, err)
	require.Equal(t, selfcheck.SystemError, check.record(t, proofing.Transaction).Failure.Reason)
}

func TestSC5_NothingIsRecordedThatWasNotBegun(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	idp := selfchecktest.NewFakeIdP()
	check := newCheck(idp, selfchecktest.NewFakeEVerify())
	_, err := check.Prove(ctx, selfchecktest.Applicant())
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, idp.Asked())
	require.Empty(t, check.events(t))
}

func TestSC7_RepeatedTransactionDoesNotReplaceAPass(t *testing.T) {
	db := memory.New()
	service := selfcheck.NewService(db.SelfChecks(), selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify(), &selfcheck.Options{
		Now: selfchecktest.FixedClock, NewID: func() string { return "check-1" },
	})
	_, err := service.Prove(t.Context(), selfchecktest.Applicant())
	require.NoError(t, err)
	other := selfchecktest.Applicant()
	other.Name = name(t, cris.NameParts{Family: "Impostor", Given: "Ivo"})
	_, err = service.Prove(t.Context(), other)
	require.ErrorIs(t, err, selfcheck.ErrConflict)
	record, err := db.SelfChecks().Record(t.Context(), "check-1")
	require.NoError(t, err)
	require.Equal(t, passed("check-1"), record.Pass)
}

// mismatched returns a check and a transaction whose query found a mismatch.
func mismatched(t *testing.T, finding selfcheck.Finding) (check, *selfchecktest.FakeEVerify, selfcheck.TransactionID) {
	t.Helper()
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Finding: finding})
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	answer, err := check.Query(t.Context(), id, selfchecktest.CitizenI9())
	require.NoError(t, err)
	require.True(t, answer.Open)
	require.Equal(t, []selfcheck.TransactionID{id}, check.openCases(t))
	return check, everify, id
}

func TestSC11_DecliningClosesTheCase(t *testing.T) {
	for _, finding := range []selfcheck.Finding{selfcheck.FoundSSAMismatch, selfcheck.FoundDHSMismatch} {
		check, everify, id := mismatched(t, finding)
		for range 2 { // asked again, it is closed once
			resolution, err := check.Resolve(t.Context(), id, selfcheck.Decline)
			require.NoError(t, err)
			require.Equal(t, selfcheck.Declined, resolution.Outcome)
		}
		require.Equal(t, selfcheck.ClosedDeclined, everify.Closure("EV0000000000001"))
		query := check.record(t, id).Query
		require.Equal(t, selfcheck.Decline, query.Choice)
		require.Equal(t, selfchecktest.Start, query.Closed)
		require.Equal(t, selfcheck.ClosedDeclined, query.Closure)
		require.Empty(t, check.openCases(t))
		events := check.events(t)
		require.Equal(t, "closed map[case:EV0000000000001 reason:individual declined to resolve]", events[len(events)-1])
	}
}

func TestSC11_DecliningIsOnRecordThoughClosingFails(t *testing.T) {
	check, everify, id := mismatched(t, selfcheck.FoundSSAMismatch)
	everify.FailToClose(selfchecktest.ErrUnreachable)
	_, err := check.Resolve(t.Context(), id, selfcheck.Decline)
	require.ErrorIs(t, err, selfchecktest.ErrUnreachable)
	require.Equal(t, selfcheck.Decline, check.record(t, id).Query.Choice)
	require.Equal(t, []selfcheck.TransactionID{id}, check.openCases(t))

	everify.FailToClose(nil)
	require.NoError(t, check.Close(t.Context(), id))
	require.Equal(t, selfcheck.ClosedDeclined, everify.Closure("EV0000000000001"))
	require.Empty(t, check.openCases(t))
}

func TestSC12_ResolvingIsRecordedAndMayBeRepeated(t *testing.T) {
	check, everify, id := mismatched(t, selfcheck.FoundSSAMismatch)
	for range 2 {
		resolution, err := check.Resolve(t.Context(), id, selfcheck.Resolve)
		require.NoError(t, err)
		require.Equal(t, selfcheck.ResolveWithSSA, resolution.Outcome)
		require.Equal(t, selfcheck.CaseNumber("EV0000000000001"), resolution.Form.Case)
	}
	require.Equal(t, selfcheck.Resolve, check.record(t, id).Query.Choice)
	require.Len(t, everify.Open(), 1)

	require.NoError(t, check.Close(t.Context(), id)) // the session ends
	require.Equal(t, selfcheck.ClosedSessionEnded, everify.Closure("EV0000000000001"))
}

func TestSC13_ResolvingAnImmigrationMismatch(t *testing.T) {
	check, _, id := mismatched(t, selfcheck.FoundStateMismatch)
	resolution, err := check.Resolve(t.Context(), id, selfcheck.Resolve)
	require.NoError(t, err)
	require.Equal(t, selfcheck.ResolveWithUSCIS, resolution.Outcome)
	require.Equal(t, selfchecktest.Start.Add(72*time.Hour), resolution.Call.EarliestCall)
}

func TestResolve_WithoutAQuery(t *testing.T) {
	check := newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
	for _, id := range []selfcheck.TransactionID{check.proved(t), "unknown"} {
		resolution, err := check.Resolve(t.Context(), id, selfcheck.Decline)
		require.NoError(t, err)
		require.Equal(t, selfcheck.ResolutionRefused, resolution.Outcome)
	}
}

func TestQuery_WhatWasNeverSubmittedMayBeSubmittedAgain(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Err: fmt.Errorf("%w: %w", selfcheck.ErrNotSubmitted, selfchecktest.ErrUnreachable)})
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	_, err := check.Query(t.Context(), id, selfchecktest.CitizenI9())
	require.ErrorIs(t, err, selfcheck.ErrNotSubmitted)
	require.Equal(t, selfcheck.Record{Pass: passed(id)}, check.record(t, id))
	require.Empty(t, check.openCases(t))

	answer, err := check.Query(t.Context(), id, selfchecktest.CitizenI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.WorkAuthorizationConfirmed, answer.Result)
}

func TestQuery_WhatMayHaveBeenSubmittedIsNotSubmittedAgain(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Err: selfchecktest.ErrUnreachable})
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	_, err := check.Query(t.Context(), id, selfchecktest.CitizenI9())
	require.ErrorIs(t, err, selfchecktest.ErrUnreachable)
	require.Equal(t, []selfcheck.TransactionID{id}, check.openCases(t))
	require.ErrorIs(t, check.Close(t.Context(), id), selfcheck.ErrCaseUnknown)

	answer, err := check.Query(t.Context(), id, selfchecktest.CitizenI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.Answer{
		Outcome: selfcheck.QueryUnanswered, Queried: selfchecktest.Start,
		Reasons: []cris.Reason{{Rule: "SC-1", Text: "the query of this proofing was made, and E-Verify's answer is not on record"}},
	}, answer)
	require.Len(t, everify.Queries(), 1)
}

func TestQuery_CaseOpenedBeforeAnErrorIsClosed(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{LateErr: selfchecktest.ErrUnreachable})
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	_, err := check.Query(t.Context(), id, selfchecktest.CitizenI9())
	require.ErrorIs(t, err, selfchecktest.ErrUnreachable)
	require.Equal(t, selfcheck.ClosedNoResult, everify.Closure("EV0000000000001"))
	require.Equal(t, selfcheck.CaseNumber("EV0000000000001"), check.record(t, id).Query.Case)
	require.Empty(t, check.openCases(t))
}

func TestQuery_CaseIsClosedWhenItCannotBeRecorded(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Finding: selfcheck.FoundSSAMismatch})
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	check.store.failAfter = 2 // the reservation is saved, the answer is not
	_, err := check.Query(t.Context(), id, selfchecktest.CitizenI9())
	require.ErrorIs(t, err, errStore)
	require.Empty(t, everify.Open())
	require.Equal(t, selfcheck.ClosedSessionEnded, everify.Closure("EV0000000000001"))
}

func TestQuery_AnswerIsRecordedThoughTheCallerIsGone(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Finding: selfcheck.FoundDHSMismatch})
	check := newCheck(selfchecktest.NewFakeIdP(), everifyFunc{everify, cancel})
	id := check.proved(t)
	_, err := check.Query(ctx, id, selfchecktest.CitizenI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.ImmigrationMismatch, check.record(t, id).Query.Result)
	require.Equal(t, []selfcheck.TransactionID{id}, check.openCases(t))
}

func TestQuery_ConfirmedCaseThatCannotBeClosedStaysListed(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify()
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	id := check.proved(t)
	everify.FailToClose(selfchecktest.ErrUnreachable)
	answer, err := check.Query(t.Context(), id, selfchecktest.CitizenI9())
	require.NoError(t, err)
	require.Equal(t, selfcheck.WorkAuthorizationConfirmed, answer.Result)
	require.True(t, answer.Open)
	require.Equal(t, []selfcheck.TransactionID{id}, check.openCases(t))

	everify.FailToClose(nil)
	for range 2 {
		require.NoError(t, check.Close(t.Context(), id))
	}
	require.Equal(t, selfcheck.ClosedConfirmed, everify.Closure("EV0000000000001"))
	require.Empty(t, check.openCases(t))
}

func TestQuery_WithoutAResultIsClosed(t *testing.T) {
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{})
	check := newCheck(selfchecktest.NewFakeIdP(), everify)
	answer, err := check.Query(t.Context(), check.proved(t), selfchecktest.CitizenI9())
	require.NoError(t, err)
	require.Empty(t, answer.Result)
	require.False(t, answer.Open)
	require.Equal(t, selfcheck.ClosedNoResult, everify.Closure("EV0000000000001"))
}

func TestClose_Unknown(t *testing.T) {
	check := newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
	require.ErrorIs(t, check.Close(t.Context(), "unknown"), selfcheck.ErrNotFound)
	require.NoError(t, check.Close(t.Context(), check.proved(t)), "no query, no case")
}

func TestNewService_Defaults(t *testing.T) {
	db := memory.New()
	service := selfcheck.NewService(db.SelfChecks(), selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify(), nil)
	proofing, err := service.Prove(t.Context(), selfchecktest.Applicant())
	require.NoError(t, err)
	require.Len(t, string(proofing.Transaction), 36)
	require.False(t, proofing.Pass.At.IsZero())
}

func TestService_PolicyApplies(t *testing.T) {
	policy := selfcheck.DefaultPolicy()
	policy.MinQuestions = 4
	service := selfcheck.NewService(memory.New().SelfChecks(), selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify(), &selfcheck.Options{Policy: &policy})
	proofing, err := service.Prove(t.Context(), selfchecktest.Applicant())
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
		proofing, err := service.Prove(t.Context(), selfchecktest.Applicant())
		require.NoError(t, err)
		answer, err := service.Query(t.Context(), proofing.Transaction, selfchecktest.CitizenI9()) // good to the end of 2030
		require.NoError(t, err)
		if now.Minute() == 59 {
			require.Equal(t, selfcheck.QueryAccepted, answer.Outcome)
		} else {
			require.Equal(t, []string{"the document has expired (SC-9)"}, texts(answer.Reasons))
		}
		now = now.Add(time.Minute)
	}
}

func TestProve_IDsThatNoStoreCanHold(t *testing.T) {
	for _, id := range []string{"", "a\x00b", "caf\xe9"} {
		idp := selfchecktest.NewFakeIdP()
		service := selfcheck.NewService(memory.New().SelfChecks(), idp, selfchecktest.NewFakeEVerify(),
			&selfcheck.Options{NewID: func() string { return id }})
		_, err := service.Prove(t.Context(), selfchecktest.Applicant())
		require.Error(t, err)
		require.Empty(t, idp.Asked(), "nobody was asked in vain")
	}
}

func TestService_StoreIsNotAskedForMalformedTransactions(t *testing.T) {
	check := newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
	want, err := check.Query(t.Context(), "unknown", selfchecktest.CitizenI9())
	require.NoError(t, err)
	require.Equal(t, 1, check.store.updates)
	for _, id := range []selfcheck.TransactionID{"a\x00b", "caf\xe9"} {
		answer, err := check.Query(t.Context(), id, selfchecktest.CitizenI9())
		require.NoError(t, err)
		require.Equal(t, want, answer, "like one that is not on record")
		resolution, err := check.Resolve(t.Context(), id, selfcheck.Decline)
		require.NoError(t, err)
		require.Equal(t, selfcheck.ResolutionRefused, resolution.Outcome)
		require.ErrorIs(t, check.Close(t.Context(), id), selfcheck.ErrNotFound)
	}
	require.Equal(t, 1, check.store.updates)
}

// numberless is an E-Verify whose case numbers are what no store can hold.
type numberless struct{ *selfchecktest.FakeEVerify }

func (e numberless) Submit(ctx context.Context, query selfcheck.Query) (selfcheck.CaseResult, error) {
	answer, err := e.FakeEVerify.Submit(ctx, query)
	answer.Number = "EV\x00"
	return answer, err
}

func TestQuery_CaseNumberThatNoStoreCanHoldIsUnknown(t *testing.T) {
	check := newCheck(selfchecktest.NewFakeIdP(), numberless{selfchecktest.NewFakeEVerify()})
	id := check.proved(t)
	_, err := check.Query(t.Context(), id, selfchecktest.CitizenI9())
	require.ErrorIs(t, err, selfcheck.ErrCaseUnknown)
	require.Equal(t, []selfcheck.TransactionID{id}, check.openCases(t))
}

// What travels with events does not let anyone go on in the individual's place.
func TestEvents_DoNotGiveTheTransactionAway(t *testing.T) {
	check, _, id := mismatched(t, selfcheck.FoundSSAMismatch)
	require.NoError(t, check.Close(t.Context(), id))
	pending, err := check.db.Outbox().Pending(t.Context(), 100)
	require.NoError(t, err)
	require.Len(t, pending, 3)
	require.Regexp(t, "^[0-9a-f]{32}$", id.Subject())
	require.NotEqual(t, id.Subject(), selfcheck.TransactionID("check-000002").Subject())
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
