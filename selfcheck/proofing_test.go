package selfcheck_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/opaque"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// passed returns the record of a passed proofing.
func passed(transaction selfcheck.TransactionID) selfcheck.PassedProofing {
	return selfchecktest.NewPassedProofing(transaction)
}

// facts are those of a pass of the applicant. The edits change them.
func facts(a selfcheck.Applicant, edits ...func(*selfcheck.ProofingFacts)) selfcheck.ProofingFacts {
	facts := selfcheck.ProofingFacts{
		Begun:     selfcheck.BegunProofing{Transaction: id, Begun: selfchecktest.Start()},
		Statement: shown,
		Sent:      a,
		Reported: selfcheck.Progress{Transaction: "IDP-000001", Report: selfcheck.Report{
			At: selfchecktest.Start(), Questions: 3, Outcome: selfcheck.IdPPassed, Name: a.Name, BirthDate: a.BirthDate, SSN: a.SSN,
		}},
		At: selfchecktest.Start(),
	}
	for _, edit := range edits {
		edit(&facts)
	}
	return facts
}

// decide decides on a report that the change makes of that of a pass.
func decide(change func(*selfcheck.Report)) selfcheck.Proofing {
	return decideFacts(func(f *selfcheck.ProofingFacts) { change(&f.Reported.Report) })
}

func decideFacts(edits ...func(*selfcheck.ProofingFacts)) selfcheck.Proofing {
	return selfcheck.DecideProofing(facts(selfchecktest.NewApplicant(), edits...), selfcheck.Policy{})
}

func TestSC3_TwoToFourQuestions(t *testing.T) {
	passed := reasons("identity_confirmed", "data_carried_over")
	for _, tc := range []struct {
		questions int
		outcome   selfcheck.IdPOutcome
		want      selfcheck.ProofingOutcome
		failure   selfcheck.FailureReason
		reasons   []cris.Reason
	}{
		{-1, selfcheck.IdPPassed, selfcheck.NotAuthenticated, selfcheck.CouldNotGenerateQuestions, reasons("too_few_questions")},
		{0, selfcheck.IdPPassed, selfcheck.NotAuthenticated, selfcheck.CouldNotGenerateQuestions, reasons("too_few_questions")},
		{1, selfcheck.IdPPassed, selfcheck.NotAuthenticated, selfcheck.CouldNotGenerateQuestions, reasons("too_few_questions")},
		{1, selfcheck.IdPAnsweredIncorrectly, selfcheck.NotAuthenticated, selfcheck.CouldNotGenerateQuestions, reasons("too_few_questions")},
		{1, selfcheck.IdPCouldNotGenerateQuestions, selfcheck.NotAuthenticated, selfcheck.CouldNotGenerateQuestions, reasons("too_few_questions")},
		{2, selfcheck.IdPAnsweredIncorrectly, selfcheck.NotAuthenticated, selfcheck.AnsweredIncorrectly, reasons("answered_incorrectly")},
		{2, selfcheck.IdPPassed, selfcheck.Authenticated, "", passed},
		{4, selfcheck.IdPPassed, selfcheck.Authenticated, "", passed},
		{4, selfcheck.IdPAnsweredIncorrectly, selfcheck.NotAuthenticated, selfcheck.AnsweredIncorrectly, reasons("answered_incorrectly")},
		{5, selfcheck.IdPPassed, selfcheck.NotAuthenticated, selfcheck.SystemError, reasons("too_many_questions")},
		{5, selfcheck.IdPAnsweredIncorrectly, selfcheck.NotAuthenticated, selfcheck.SystemError, reasons("too_many_questions")},
		{0, selfcheck.IdPSystemError, selfcheck.NotAuthenticated, selfcheck.SystemError, reasons("system_error")}, // no quiz
		{5, selfcheck.IdPSystemError, selfcheck.NotAuthenticated, selfcheck.SystemError, reasons("system_error")},
	} {
		proofing := decide(func(r *selfcheck.Report) { r.Questions, r.Outcome = tc.questions, tc.outcome })
		require.Equal(t, tc.want, proofing.Outcome, "%d questions, %s", tc.questions, tc.outcome)
		require.Equal(t, tc.failure, proofing.Failure.Reason)
		require.Equal(t, tc.reasons, proofing.Reasons)
	}
}

func TestSC3_PolicyBoundsTheQuestions(t *testing.T) {
	applicant := selfchecktest.NewApplicant()
	for _, tc := range []struct {
		min, max, questions int
		want                []cris.Reason
	}{
		{4, 4, 3, reasons("too_few_questions")},
		{4, 4, 4, reasons("identity_confirmed", "data_carried_over")},
		{4, 4, 5, reasons("too_many_questions")},
		{0, 3, 4, reasons("too_many_questions")},
		{0, 0, 1, reasons("too_few_questions")}, // zero is the default
		{0, 0, 5, reasons("too_many_questions")},
		{-1, -1, 0, reasons("identity_confirmed", "data_carried_over")}, // negative is no limit
		{-1, -1, 1000, reasons("identity_confirmed", "data_carried_over")},
	} {
		asked := facts(applicant, func(f *selfcheck.ProofingFacts) { f.Reported.Report.Questions = tc.questions })
		proofing := selfcheck.DecideProofing(asked, selfcheck.Policy{MinQuestions: tc.min, MaxQuestions: tc.max})
		require.Equal(t, tc.want, proofing.Reasons, "%d questions, %d to %d", tc.questions, tc.min, tc.max)
	}
}

func TestSC4_FailureReasons(t *testing.T) {
	for _, tc := range []struct {
		outcome   selfcheck.IdPOutcome
		failure   selfcheck.FailureReason
		isAttempt bool
		reasons   []cris.Reason
	}{
		{selfcheck.IdPAnsweredIncorrectly, selfcheck.AnsweredIncorrectly, true, reasons("answered_incorrectly")},
		{selfcheck.IdPAbandoned, selfcheck.AnsweredIncorrectly, true, reasons("quiz_abandoned")},
		{selfcheck.IdPSystemError, selfcheck.SystemError, false, reasons("system_error")},
		{selfcheck.IdPNotWritable, selfcheck.CouldNotGenerateQuestions, false, reasons("not_writable")},
		{selfcheck.IdPFrozen, selfcheck.CouldNotGenerateQuestions, false, reasons("file_frozen")},
		{selfcheck.IdPDeceased, selfcheck.CouldNotGenerateQuestions, false, reasons("recorded_as_deceased")},
		{selfcheck.IdPUseLimit, selfcheck.CouldNotGenerateQuestions, false, reasons("use_limit")},
		{selfcheck.IdPCouldNotGenerateQuestions, selfcheck.CouldNotGenerateQuestions, false, reasons("too_few_questions")},
		{"", selfcheck.SystemError, false, reasons("system_error")},
		{"PASSED", selfcheck.SystemError, false, reasons("system_error")},
	} {
		proofing := decide(func(r *selfcheck.Report) { r.Outcome = tc.outcome })
		require.Equal(t, selfcheck.NotAuthenticated, proofing.Outcome)
		require.Equal(t, tc.failure, proofing.Failure.Reason)
		require.Equal(t, tc.isAttempt, proofing.Failure.Reason.IsAttempt())
		require.Equal(t, tc.reasons, proofing.Reasons)
		require.Zero(t, proofing.Pass)
	}
}

func TestSC4_FraudAlertPreventsAuthentication(t *testing.T) {
	proofing := decide(func(r *selfcheck.Report) { r.Outcome = selfcheck.IdPFraudAlert })
	require.Equal(t, selfcheck.NotAuthenticated, proofing.Outcome)
	require.Equal(t, selfcheck.CouldNotGenerateQuestions, proofing.Failure.Reason)
	require.Equal(t, reasons("fraud_alert"), proofing.Reasons)
	require.Zero(t, proofing.Pass.Identity())
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
		{"HE0000050", "HE0000050"}, // seven digits
		{"HE00000050", ""},         // eight
		{"RF2", "RF2"},
		{"Brackenbury", ""}, // a family name
		{"E-OTTOLINE", ""},
		{"Zanesfield", ""},   // the city
		{"QUILLFEATHER", ""}, // the street
		{"HE43360", ""},      // the ZIP code
		{"LANE", "LANE"},
		{"HE006458", ""}, // the last four digits of the number
		{"kba-timeout_2", "kba-timeout_2"},
		{"azAZ09-_azAZ-_az", "azAZ09-_azAZ-_az"}, // sixteen characters
		{"azAZ09-_azAZ-_azA", ""},                // seventeen
		{"", ""},
		{"912736458", ""},         // a Social Security number
		{"912-73-6458", ""},       // the same
		{"19791123", ""},          // a date of birth
		{"1979-11-23", ""},        // the same
		{"no match for Otto", ""}, // a sentence
		{"A/B", ""},
		{"A:B", ""},
		{"A@B", ""},
		{"A[B", ""},
		{"A`B", ""},
		{"A{B", ""},
		{"Lindqvistson\u00a0", ""}, // not ASCII
	} {
		proofing := decide(func(r *selfcheck.Report) { r.Outcome, r.ErrorCode = selfcheck.IdPAnsweredIncorrectly, tc.code })
		require.Equal(t, tc.want, proofing.Failure.ErrorCode, string(tc.code))
	}
	longest := selfcheck.IdPTransactionID(strings.Repeat("x", 89) + "#")
	for _, tc := range []struct{ transaction, want selfcheck.IdPTransactionID }{
		{"IDP-1_a.b/c#d:e", "IDP-1_a.b/c#d:e"},
		{"IDP 1", ""},
		{"1979-11-23", ""},
		{"ref 912-73-6458", ""},
		{"x/LINDQVISTSON/1", ""},
		{"x6458", ""}, // the last four digits
		{longest, longest},
		{longest + "x", ""},
		{"", ""},
		{"line\nbreak", ""},
		{"\x1f", ""},
		{"\x7f", ""},
		{"Größe", ""},
	} {
		proofing := decideFacts(func(f *selfcheck.ProofingFacts) {
			f.Reported.Report.Outcome, f.Reported.Transaction = selfcheck.IdPAnsweredIncorrectly, tc.transaction
		})
		require.Equal(t, tc.want, proofing.Failure.IdPTransaction, string(tc.transaction))
	}
	zone := time.FixedZone("elsewhere", 5*60*60)
	proofing := decide(func(r *selfcheck.Report) {
		r.Outcome, r.At = selfcheck.IdPAnsweredIncorrectly, selfchecktest.Start().Add(42*time.Nanosecond).In(zone)
	})
	require.Equal(t, selfchecktest.NewFailure(id, func(f *selfcheck.Failure) { f.ErrorCode = "" }), proofing.Failure)
}

func TestSC6_PassGoesOnWithoutTheAddress(t *testing.T) {
	proofing := decide(func(*selfcheck.Report) {})
	require.Equal(t, selfcheck.Authenticated, proofing.Outcome)
	require.Equal(t, passed(id), proofing.Pass)
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
	require.True(t, holds(reflect.TypeFor[selfcheck.Applicant](), reflect.TypeFor[cris.AddressParts]()), "and its parts")
}

// holds reports whether a value of the type whole may hold one of the type part.
func holds(whole, part reflect.Type) bool {
	if whole == part {
		return true
	}
	if personal, is := opaque.KeptType(whole); is {
		return holds(personal, part)
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
	proofing := decideFacts(func(f *selfcheck.ProofingFacts) { f.Reported.Transaction = "" })
	require.Equal(t, selfcheck.NotAuthenticated, proofing.Outcome)
	require.Equal(t, selfcheck.SystemError, proofing.Failure.Reason)
	require.Equal(t, reasons("pass_without_transaction"), proofing.Reasons)
}

func TestSC7_PassIsForWhomTheProviderWasSent(t *testing.T) {
	proofing := decideFacts(func(f *selfcheck.ProofingFacts) {
		f.Reported.Transaction = ""
		r := &f.Reported.Report
		r.Name = name(t, cris.NameParts{Family: "Impostor", Given: "Ivo"})
		r.BirthDate = cris.NewPersonal(cris.MustParseDate("1980-01-01"))
		r.SSN = selfcheck.MustParseSSN("536-90-4399")
	})
	require.Equal(t, selfcheck.NotAuthenticated, proofing.Outcome)
	require.Equal(t, selfcheck.SystemError, proofing.Failure.Reason)
	require.Equal(t, reasons("pass_without_transaction", "pass_for_another_name", "pass_for_another_birth_date", "pass_for_another_ssn"),
		proofing.Reasons)
}

// SC-6: what was sent is given back, or nothing is known to be proved.
func TestSC6_PassGivesBackWhatWasSent(t *testing.T) {
	proofing := decide(func(r *selfcheck.Report) {
		r.Name, r.BirthDate, r.SSN = cris.PersonName{}, cris.Personal[cris.Date]{}, selfcheck.SSN{}
	})
	require.Equal(t, selfcheck.NotAuthenticated, proofing.Outcome)
	require.Equal(t, selfcheck.SystemError, proofing.Failure.Reason)
	require.Equal(t, reasons("pass_without_name", "pass_without_birth_date", "pass_without_ssn"), proofing.Reasons)
}

// SC-6: the number goes on if the individual gave it.
func TestSC6_NumberThatTheIndividualDidNotGiveGoesNowhere(t *testing.T) {
	applicant := selfchecktest.NewApplicant(func(a *selfcheck.Applicant) { a.SSN = selfcheck.SSN{} })
	for _, reported := range []selfcheck.SSN{{}, selfcheck.MustParseSSN("536-90-4399")} {
		proofing := selfcheck.DecideProofing(facts(applicant, func(f *selfcheck.ProofingFacts) { f.Reported.Report.SSN = reported }), selfcheck.Policy{})
		require.Equal(t, selfcheck.Authenticated, proofing.Outcome)
		require.Zero(t, proofing.Pass.SSN)
	}
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
	locked := passed(id).Identity()
	require.Equal(t, id, locked.Transaction())
	require.Equal(t, selfchecktest.NewApplicant().Name, locked.Name())
	require.Equal(t, selfchecktest.NewApplicant().BirthDate, locked.BirthDate())
	require.Equal(t, selfchecktest.NewApplicant().SSN, locked.SSN())
	for _, remove := range []func(*selfcheck.PassedProofing){
		func(p *selfcheck.PassedProofing) { *p = selfcheck.PassedProofing{} },
		func(p *selfcheck.PassedProofing) { p.Transaction = "" },
		func(p *selfcheck.PassedProofing) { p.IdPTransaction = "" },
		func(p *selfcheck.PassedProofing) { p.At = time.Time{} },
		func(p *selfcheck.PassedProofing) { p.Statement = "" },
		func(p *selfcheck.PassedProofing) { p.Name = cris.PersonName{} },
		func(p *selfcheck.PassedProofing) { p.BirthDate = cris.Personal[cris.Date]{} },
	} {
		pass := passed(id)
		remove(&pass)
		require.True(t, pass.Identity().IsZero())
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
		require.Equal(t, reasons("multiple_attempts"), proofing.Reasons)
		require.Zero(t, proofing.Pass)
	}
}

func TestSC14_OtherWaysAreTold(t *testing.T) {
	everything := []selfcheck.OtherWay{"ssa_office", "ssa_statement", "uscis_call", "records_request", "credit_bureaus", "credit_report"}
	for _, outcome := range selfcheck.IdPOutcomes() {
		proofing := decide(func(r *selfcheck.Report) { r.Outcome = outcome })
		if outcome == selfcheck.IdPPassed {
			require.Empty(t, proofing.OtherWays)
		} else {
			require.Subset(t, proofing.OtherWays, everything, "the notice names its ways for everybody")
		}
	}
}

// SC-7: a report of another time can be one that was used before.
func TestSC7_PassIsOfTheTimeOfTheProofing(t *testing.T) {
	begun := selfchecktest.Start()
	for _, tc := range []struct {
		at   time.Duration // from the beginning
		want bool
	}{
		{-3 * 365 * 24 * time.Hour, false},
		{-5*time.Minute - time.Microsecond, false},
		{-5 * time.Minute, true},
		{0, true},
		{10 * time.Minute, true},
		{15 * time.Minute, true},
		{15*time.Minute + time.Microsecond, false},
		{290 * 365 * 24 * time.Hour, false},
	} {
		concluded := begun.Add(10 * time.Minute)
		proofing := decideFacts(func(f *selfcheck.ProofingFacts) { f.At, f.Reported.Report.At = concluded, begun.Add(tc.at) })
		if tc.want {
			require.Equal(t, selfcheck.Authenticated, proofing.Outcome, tc.at)
			require.Equal(t, begun.Add(tc.at), proofing.Pass.At)
			continue
		}
		require.Equal(t, reasons("pass_of_another_time"), proofing.Reasons, tc.at)
		require.Equal(t, concluded, proofing.Failure.At, "a failure is recorded when it came")
	}
	silent := decideFacts(func(f *selfcheck.ProofingFacts) { f.Reported.Report.At = time.Time{} })
	require.Equal(t, begun, silent.Pass.At)
}

func TestSC19_IndividualIsToldOfTheInquiry(t *testing.T) {
	words := cris.NewWords(selfcheck.Words()...)
	for language, facts := range map[cris.Language][]string{
		cris.English: {"identity check", "does not affect your credit score", "not shown to others"},
		cris.Spanish: {"verificación de identidad", "No afecta su puntaje de crédito", "no se muestra a otras personas"},
	} {
		for _, said := range facts {
			require.Contains(t, words.Say(language, selfcheck.InquiryNotice()), said)
		}
	}
}
