package selfcheck_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// passed returns the record of a passed proofing.
func passed(transaction selfcheck.TransactionID) selfcheck.PassedProofing {
	return selfchecktest.PassedProofing(transaction)
}

// report returns what the provider tells of a pass of the applicant.
func report(a selfcheck.Applicant) selfcheck.Report {
	return selfcheck.Report{
		Transaction: "IDP-000001", At: selfchecktest.Start, Questions: 3, Outcome: selfcheck.IdPPassed,
		Name: a.Name, BirthDate: a.BirthDate, SSN: a.SSN,
	}
}

func decide(change func(*selfcheck.Report)) selfcheck.Proofing {
	applicant := selfchecktest.Applicant()
	r := report(applicant)
	change(&r)
	return selfcheck.DecideProofing("check-1", applicant, r, selfcheck.DefaultPolicy())
}

func TestSC3_TwoToFourQuestions(t *testing.T) {
	for _, tc := range []struct {
		questions int
		outcome   selfcheck.IdPOutcome
		want      selfcheck.ProofingOutcome
		failure   selfcheck.FailureReason
		reasons   []string
	}{
		{-1, selfcheck.IdPPassed, selfcheck.NotAuthenticated, selfcheck.CouldNotGenerateQuestions, []string{"too few questions could be generated (SC-3)"}},
		{0, selfcheck.IdPPassed, selfcheck.NotAuthenticated, selfcheck.CouldNotGenerateQuestions, []string{"too few questions could be generated (SC-3)"}},
		{1, selfcheck.IdPPassed, selfcheck.NotAuthenticated, selfcheck.CouldNotGenerateQuestions, []string{"too few questions could be generated (SC-3)"}},
		{1, selfcheck.IdPWrongAnswers, selfcheck.NotAuthenticated, selfcheck.CouldNotGenerateQuestions, []string{"too few questions could be generated (SC-3)"}},
		{1, selfcheck.IdPNoQuestions, selfcheck.NotAuthenticated, selfcheck.CouldNotGenerateQuestions, []string{"too few questions could be generated (SC-3)"}},
		{2, selfcheck.IdPPassed, selfcheck.Authenticated, "", []string{"the provider confirmed the identity, which opens the query (SC-1)", "name, date of birth and Social Security number go on, and the address of residence does not (SC-6)"}},
		{4, selfcheck.IdPPassed, selfcheck.Authenticated, "", []string{"the provider confirmed the identity, which opens the query (SC-1)", "name, date of birth and Social Security number go on, and the address of residence does not (SC-6)"}},
		{5, selfcheck.IdPPassed, selfcheck.NotAuthenticated, selfcheck.SystemError, []string{"more questions were asked than allowed (SC-3)"}},
		{5, selfcheck.IdPWrongAnswers, selfcheck.NotAuthenticated, selfcheck.SystemError, []string{"more questions were asked than allowed (SC-3)"}},
	} {
		proofing := decide(func(r *selfcheck.Report) { r.Questions, r.Outcome = tc.questions, tc.outcome })
		require.Equal(t, tc.want, proofing.Outcome, "%d questions, %s", tc.questions, tc.outcome)
		require.Equal(t, tc.failure, proofing.Failure.Reason)
		require.Equal(t, tc.reasons, texts(proofing.Reasons))
	}
}

func TestSC3_PolicyBoundsTheQuestions(t *testing.T) {
	policy := selfcheck.DefaultPolicy()
	policy.MinQuestions = 4
	applicant := selfchecktest.Applicant()
	proofing := selfcheck.DecideProofing("check-1", applicant, report(applicant), policy)
	require.Equal(t, selfcheck.CouldNotGenerateQuestions, proofing.Failure.Reason)
}

func TestSC4_FailureReasons(t *testing.T) {
	for _, tc := range []struct {
		outcome   selfcheck.IdPOutcome
		failure   selfcheck.FailureReason
		isAttempt bool
		reasons   []string
	}{
		{selfcheck.IdPWrongAnswers, selfcheck.AnsweredIncorrectly, true, []string{"the questions were answered incorrectly (SC-4)"}},
		{selfcheck.IdPSystemError, selfcheck.SystemError, false, []string{"a system error prevented the proofing (SC-4)"}},
		{selfcheck.IdPNoQuestions, selfcheck.CouldNotGenerateQuestions, false, []string{"too few questions could be generated (SC-3)"}},
		{"", selfcheck.SystemError, false, []string{"a system error prevented the proofing (SC-4)"}},
		{"PASSED", selfcheck.SystemError, false, []string{"a system error prevented the proofing (SC-4)"}},
	} {
		proofing := decide(func(r *selfcheck.Report) { r.Outcome = tc.outcome })
		require.Equal(t, selfcheck.NotAuthenticated, proofing.Outcome)
		require.Equal(t, tc.failure, proofing.Failure.Reason)
		require.Equal(t, tc.isAttempt, proofing.Failure.Reason.IsAttempt())
		require.Equal(t, tc.reasons, texts(proofing.Reasons))
		require.Zero(t, proofing.Pass)
	}
}

func TestSC4_FraudAlertPreventsAuthentication(t *testing.T) {
	proofing := decide(func(r *selfcheck.Report) { r.Outcome = selfcheck.IdPFraudAlert })
	require.Equal(t, selfcheck.NotAuthenticated, proofing.Outcome)
	require.Equal(t, selfcheck.CouldNotGenerateQuestions, proofing.Failure.Reason)
	require.Equal(t, []string{"a fraud alert on the credit file prevents authentication (SC-4)"}, texts(proofing.Reasons))
	require.Zero(t, proofing.Pass.Lock())
}

func TestSC5_FailureHasNoPlaceForAPersonalValue(t *testing.T) {
	var fields []string
	for _, field := range reflect.VisibleFields(reflect.TypeFor[selfcheck.Failure]()) {
		fields = append(fields, field.Name)
		require.True(t, field.Type.Kind() == reflect.String || field.Type == reflect.TypeFor[time.Time](), field.Name)
	}
	require.Equal(t, []string{"Transaction", "IdPTransaction", "Reason", "At", "ErrorCode"}, fields)
}

func TestSC5_FailureKeepsCodesAndNoText(t *testing.T) {
	for _, tc := range []struct {
		code, want selfcheck.ErrorCode
	}{
		{"HE000050", "HE000050"},
		{"RF2", "RF2"},
		{"kba-timeout_2", "kba-timeout_2"},
		{"", ""},
		{"912736458", ""},          // a Social Security number
		{"912-73-6458", ""},        // the same
		{"19791123", ""},           // a date of birth
		{"1979-11-23", ""},         // the same
		{"no match for Otto", ""},  // a sentence
		{"HE000050HE000050X", ""},  // too long
		{"Lindqvistson\u00a0", ""}, // not ASCII
	} {
		proofing := decide(func(r *selfcheck.Report) { r.Outcome, r.ErrorCode = selfcheck.IdPWrongAnswers, tc.code })
		require.Equal(t, tc.want, proofing.Failure.ErrorCode, string(tc.code))
	}
	for _, transaction := range []selfcheck.IdPTransactionID{"", "line\nbreak", "Größe", selfcheck.IdPTransactionID(strings.Repeat("x", 91))} {
		proofing := decide(func(r *selfcheck.Report) { r.Outcome, r.Transaction = selfcheck.IdPWrongAnswers, transaction })
		require.Empty(t, proofing.Failure.IdPTransaction)
	}
	zone := time.FixedZone("elsewhere", 5*60*60)
	proofing := decide(func(r *selfcheck.Report) {
		r.Outcome, r.At = selfcheck.IdPWrongAnswers, selfchecktest.Start.Add(42*time.Nanosecond).In(zone)
	})
	require.Equal(t, selfchecktest.Failure("check-1"), func() selfcheck.Failure {
		f := proofing.Failure
		f.ErrorCode = "HE000050"
		return f
	}())
}

func TestSC6_PassGoesOnWithoutTheAddress(t *testing.T) {
	proofing := decide(func(*selfcheck.Report) {})
	require.Equal(t, selfcheck.Authenticated, proofing.Outcome)
	require.Equal(t, passed("check-1"), proofing.Pass)
	require.Zero(t, proofing.Failure)
	require.Empty(t, proofing.OtherWays)

	for _, onward := range []reflect.Type{
		reflect.TypeFor[selfcheck.PassedProofing](), reflect.TypeFor[selfcheck.LockedIdentity](),
		reflect.TypeFor[selfcheck.Query](), reflect.TypeFor[selfcheck.I9](), reflect.TypeFor[selfcheck.Record](),
	} {
		require.False(t, holds(onward, reflect.TypeFor[cris.Address]()), onward)
		require.False(t, holds(onward, reflect.TypeFor[cris.AddressParts]()), onward)
	}
	require.True(t, holds(reflect.TypeFor[selfcheck.Applicant](), reflect.TypeFor[cris.Address]()), "the search finds an address")
}

// holds reports whether a value of the type whole may hold one of the type part.
func holds(whole, part reflect.Type) bool {
	if whole == part {
		return true
	}
	switch whole.Kind() {
	case reflect.Struct:
		for field := range whole.Fields() {
			if holds(field.Type, part) {
				return true
			}
		}
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return whole != reflect.TypeFor[*time.Location]() && holds(whole.Elem(), part)
	default:
	}
	return false
}

func TestSC6_PassNamesTheProvidersTransaction(t *testing.T) {
	proofing := decide(func(r *selfcheck.Report) { r.Transaction = "" })
	require.Equal(t, selfcheck.NotAuthenticated, proofing.Outcome)
	require.Equal(t, selfcheck.SystemError, proofing.Failure.Reason)
	require.Equal(t, []string{"the pass names no usable transaction of the provider (SC-6)"}, texts(proofing.Reasons))
}

func TestSC7_PassIsForWhomTheProviderWasSent(t *testing.T) {
	proofing := decide(func(r *selfcheck.Report) {
		r.Name = name(t, cris.NameParts{Family: "Impostor", Given: "Ivo"})
		r.BirthDate = cris.NewPersonal(cris.MustParseDate("1980-01-01"))
		r.SSN = selfcheck.SSN{}
	})
	require.Equal(t, selfcheck.NotAuthenticated, proofing.Outcome)
	require.Equal(t, selfcheck.SystemError, proofing.Failure.Reason)
	require.Equal(t, []string{
		"the pass is for another name (SC-7)",
		"the pass is for another date of birth (SC-7)",
		"the pass is for another Social Security number (SC-7)",
	}, texts(proofing.Reasons))
}

func TestSC7_LockedIdentityHasNothingToSet(t *testing.T) {
	identity := reflect.TypeFor[selfcheck.LockedIdentity]()
	for field := range identity.Fields() {
		require.False(t, field.IsExported(), field.Name)
	}
	pointer := reflect.PointerTo(identity)
	require.Equal(t, identity.NumMethod(), pointer.NumMethod(), "no method changes it")
}

func TestSC7_IdentityComesOnlyFromACompletePass(t *testing.T) {
	locked := passed("check-1").Lock()
	require.Equal(t, selfcheck.TransactionID("check-1"), locked.Transaction())
	require.Equal(t, selfchecktest.Applicant().Name, locked.Name())
	require.Equal(t, selfchecktest.Applicant().BirthDate, locked.BirthDate())
	require.Equal(t, selfchecktest.Applicant().SSN, locked.SSN())
	for _, remove := range []func(*selfcheck.PassedProofing){
		func(p *selfcheck.PassedProofing) { *p = selfcheck.PassedProofing{} },
		func(p *selfcheck.PassedProofing) { p.Transaction = "" },
		func(p *selfcheck.PassedProofing) { p.IdPTransaction = "" },
		func(p *selfcheck.PassedProofing) { p.At = time.Time{} },
		func(p *selfcheck.PassedProofing) { p.Name = cris.PersonName{} },
		func(p *selfcheck.PassedProofing) { p.BirthDate = cris.Personal[cris.Date]{} },
	} {
		pass := passed("check-1")
		remove(&pass)
		require.True(t, pass.Lock().IsZero())
	}
}

func TestSC8_MultipleAttemptsEndAccess(t *testing.T) {
	for _, questions := range []int{0, 3, 9} {
		proofing := decide(func(r *selfcheck.Report) {
			r.Outcome, r.Questions = selfcheck.IdPMultipleAttempts, questions
		})
		require.Equal(t, selfcheck.AccessEnded, proofing.Outcome)
		require.Equal(t, selfcheck.MultipleAttempts, proofing.Failure.Reason)
		require.True(t, proofing.Failure.Reason.IsAttempt())
		require.Equal(t, []string{"multiple attempts indicate possible fraud (SC-8)"}, texts(proofing.Reasons))
		require.Zero(t, proofing.Pass)
	}
}

func TestSC14_OtherWaysAreTold(t *testing.T) {
	for _, outcome := range []selfcheck.IdPOutcome{
		selfcheck.IdPWrongAnswers, selfcheck.IdPNoQuestions, selfcheck.IdPFraudAlert, selfcheck.IdPMultipleAttempts, selfcheck.IdPSystemError,
	} {
		var codes []string
		for _, way := range decide(func(r *selfcheck.Report) { r.Outcome = outcome }).OtherWays {
			codes = append(codes, way.Code)
			require.NotEmpty(t, way.Text)
		}
		require.Equal(t, []string{"ssa-office", "ssa-statement", "uscis-call", "foia", "credit-bureaus", "credit-report"}, codes)
	}
	selfcheck.OtherWays()[0].Code = "changed"
	require.Equal(t, "ssa-office", selfcheck.OtherWays()[0].Code)
}

func TestSC19_NoticeComesWithEveryProofingOfWhichTheProviderKnows(t *testing.T) {
	check := newCheck(selfchecktest.NewFakeIdP(selfchecktest.Passed, selfchecktest.Quiz{Outcome: selfcheck.IdPWrongAnswers, Questions: 3}), selfchecktest.NewFakeEVerify())
	for _, want := range []selfcheck.ProofingOutcome{selfcheck.Authenticated, selfcheck.NotAuthenticated} {
		proofing, err := check.Prove(t.Context(), selfchecktest.Applicant())
		require.NoError(t, err)
		require.Equal(t, want, proofing.Outcome)
		require.Equal(t, selfcheck.InquiryNotice, proofing.Notice)
	}
	proofing, err := check.Prove(t.Context(), selfcheck.Applicant{})
	require.NoError(t, err)
	require.Equal(t, selfcheck.NotAsked, proofing.Outcome)
	require.Empty(t, proofing.Notice, "nobody inquired")
}

func TestSC19_IndividualIsToldOfTheInquiry(t *testing.T) {
	for _, said := range []string{"identity check", "does not affect your credit score", "not shown to others"} {
		require.Contains(t, selfcheck.InquiryNotice, said)
	}
}
