package selfcheck_test

import (
	"context"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// failures are the ways in which a proofing fails.
var failures = []struct {
	quiz selfchecktest.Quiz
	want selfcheck.FailureReason
}{
	{selfchecktest.Quiz{Outcome: selfcheck.IdPAnsweredIncorrectly, Questions: 4, ErrorCode: "RF2"}, selfcheck.AnsweredIncorrectly},
	{selfchecktest.Quiz{Outcome: selfcheck.IdPCouldNotGenerateQuestions, ErrorCode: "HE000050"}, selfcheck.CouldNotGenerateQuestions},
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
		proofing, err := check.Prove(t.Context(), shown, selfchecktest.NewApplicant())
		require.NoError(t, err)
		require.Equal(t, failure.want, proofing.Failure.Reason)
		require.Equal(t, selfcheck.Record{Failure: proofing.Failure}, check.record(t, proofing.Transaction))
		require.Equal(t, []string{fmt.Sprintf("proofing_failed map[reason:%s]", failure.want)}, check.events(t))

		held := everything(check.db)
		require.Contains(t, held, "check-1", "the search sees what the store holds")
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
	name, address := selfchecktest.NewApplicant().Name.Reveal(), selfchecktest.NewApplicant().Residence.Reveal()
	return []string{
		name.Family, name.Given, name.Maiden,
		address.Street, address.Unit, address.City, "43361", // ZIP codes are held plus one
		"912736458", "912-73-6458", birthDay(), "1979-11-23",
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
		r := report(selfchecktest.NewApplicant())
		r.ErrorCode = "HX009000"
		return r, selfchecktest.ErrUnreachable
	}), selfchecktest.NewFakeEVerify())
	proofing, err := check.Prove(t.Context(), shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	require.Equal(t, selfcheck.NotAuthenticated, proofing.Outcome)
	require.Equal(t, selfcheck.Failure{
		Transaction: "check-1", IdPTransaction: "IDP-000001", Reason: selfcheck.SystemError,
		At: selfchecktest.Start(), ErrorCode: "HX009000",
	}, proofing.Failure)
	require.False(t, proofing.Failure.Reason.IsAttempt())
}

func TestSC5_FailureIsRecordedThoughTheCallerIsGone(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	check := newCheck(idpFunc(func(ctx context.Context, _ selfcheck.TransactionID, _ selfcheck.Applicant) (selfcheck.Report, error) {
		cancel()
		return selfcheck.Report{}, ctx.Err()
	}), selfchecktest.NewFakeEVerify())
	proofing, err := check.Prove(ctx, shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	require.Equal(t, selfcheck.SystemError, check.record(t, proofing.Transaction).Failure.Reason)
}

func TestSC5_NothingIsRecordedThatWasNotBegun(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	idp := selfchecktest.NewFakeIdP()
	check := newCheck(idp, selfchecktest.NewFakeEVerify())
	_, err := check.Prove(ctx, shown, selfchecktest.NewApplicant())
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, idp.Asked())
	require.Empty(t, check.events(t))
}

func TestSC7_RepeatedTransactionDoesNotReplaceAPass(t *testing.T) {
	db := memory.New()
	service := selfcheck.NewService(db.SelfChecks(), selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify(), &selfcheck.Options{
		Now: selfchecktest.Start, NewID: func() string { return "check-1" },
	})
	_, err := service.Prove(t.Context(), shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	other := selfchecktest.NewApplicant()
	other.Name = name(t, cris.NameParts{Family: "Impostor", Given: "Ivo"})
	_, err = service.Prove(t.Context(), shown, other)
	require.ErrorIs(t, err, selfcheck.ErrConflict)
	record, err := db.SelfChecks().Record(t.Context(), "check-1")
	require.NoError(t, err)
	require.Equal(t, passed("check-1"), record.Pass)
}

func TestProve_IDsThatNoStoreCanHold(t *testing.T) {
	for _, id := range []string{"", "a\x00b", "caf\xe9"} {
		idp := selfchecktest.NewFakeIdP()
		service := selfcheck.NewService(memory.New().SelfChecks(), idp, selfchecktest.NewFakeEVerify(),
			&selfcheck.Options{NewID: func() string { return id }})
		_, err := service.Prove(t.Context(), shown, selfchecktest.NewApplicant())
		require.Error(t, err)
		require.Empty(t, idp.Asked(), "nobody was asked in vain")
	}
}
