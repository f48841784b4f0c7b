package selfcheck

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/seed28e20331/cris"
)

// TransactionID identifies one use of Self Check, from the proofing to the closing
// of the case. It is made by [Service] and says nothing about the individual.
//
// It is a bearer secret: whoever has it may go on in the individual's place. It
// belongs into the session, the store and the request to the provider, not into logs
// or addresses of pages. Events speak of a transaction by its Subject.
type TransactionID string

// Subject returns the name by which events speak of the transaction, 32 hexadecimal
// digits that do not give the transaction away: the first half of its SHA-256. Who
// has the transaction finds its events by it. The ID of an event is the subject and
// what happened, such as "<subject>/queried".
func (t TransactionID) Subject() string {
	sum := sha256.Sum256([]byte(t))
	return hex.EncodeToString(sum[:len(sum)/2])
}

// IdPTransactionID is the provider's own number for the proofing.
type IdPTransactionID string

// IdP is the port to the identity proofing provider, a third party.
type IdP interface {
	// Prove has the provider prove the identity of a, and returns when the quiz is
	// over. Questions and answers stay between the provider and the individual: an
	// adapter hands over the session, and sees only how it ended.
	//
	// An error means that the provider could not be reached or understood. It is
	// recorded as a system error, together with Transaction and ErrorCode of the
	// Report if they are known, and is not an attempt of the individual. Its text must
	// carry no personal value.
	Prove(ctx context.Context, transaction TransactionID, a Applicant) (Report, error)
}

// IdPOutcome is how the provider says that a proofing ended.
type IdPOutcome string

// The outcomes. Any other, also none, is a system error.
const (
	IdPPassed           IdPOutcome = "passed"
	IdPWrongAnswers     IdPOutcome = "wrong answers"
	IdPNoQuestions      IdPOutcome = "could not generate questions"
	IdPFraudAlert       IdPOutcome = "fraud alert"
	IdPMultipleAttempts IdPOutcome = "multiple attempts"
	IdPSystemError      IdPOutcome = "system error"
)

// Report is what the provider tells of one proofing.
type Report struct {
	Transaction IdPTransactionID // at most 90 visible ASCII characters and blanks
	At          time.Time
	Questions   int // how many questions it could generate
	Outcome     IdPOutcome
	ErrorCode   ErrorCode

	// Whom the provider authenticated; read only if Outcome is IdPPassed.
	Name      cris.PersonName
	BirthDate cris.Personal[cris.Date]
	SSN       SSN // zero if the individual did not give it
}

// ErrorCode is a code of the provider for troubleshooting, such as "HE000050": at
// most 16 letters, digits, hyphens and underscores, and fewer than eight digits.
// Anything else is no code and is not kept: it could hold a number or a date that
// belongs to the individual (SC-5).
type ErrorCode string

// IsValid reports whether c is a code. No code is not one.
func (c ErrorCode) IsValid() bool {
	const maxLength, maxDigits = 16, 7
	digits := 0
	for i := range len(c) {
		switch b := c[i]; {
		case '0' <= b && b <= '9':
			digits++
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', b == '-', b == '_':
		default:
			return false
		}
	}
	return c != "" && len(c) <= maxLength && digits <= maxDigits
}

// isValid reports whether t can be a transaction number of a provider.
func (t IdPTransactionID) isValid() bool {
	const maxLength = 90
	for i := range len(t) {
		if t[i] < ' ' || t[i] > '~' {
			return false
		}
	}
	return t != "" && len(t) <= maxLength
}

// FailureReason is why an individual was not authenticated.
type FailureReason string

// The reasons: the three of the notice (SC-4), and the one for which access ends
// (SC-8).
const (
	CouldNotGenerateQuestions FailureReason = "could not generate questions"
	AnsweredIncorrectly       FailureReason = "answered incorrectly"
	SystemError               FailureReason = "system error"
	MultipleAttempts          FailureReason = "multiple attempts"
)

// IsAttempt reports whether the individual had a try: an outage of the provider or
// too little data to ask about is none, and must not count towards a limit.
func (r FailureReason) IsAttempt() bool { return r == AnsweredIncorrectly || r == MultipleAttempts }

// Failure is all that is kept of a failed proofing (SC-5). No field of it is about
// the individual, and none may be added that is.
type Failure struct {
	Transaction    TransactionID
	IdPTransaction IdPTransactionID // "" if the provider named none
	Reason         FailureReason
	At             time.Time // UTC, to the microsecond
	ErrorCode      ErrorCode // "" if the provider gave none
}

// ProofingOutcome is what came of step one.
type ProofingOutcome string

// The outcomes of step one.
const (
	Authenticated    ProofingOutcome = "authenticated"
	NotAuthenticated ProofingOutcome = "not authenticated"
	AccessEnded      ProofingOutcome = "access ended" // SC-8: the individual may not go on or try again; see the package on who enforces it
	NotAsked         ProofingOutcome = "not asked"    // the applicant was incomplete, and nothing was sent
)

// Proofing is the decision on step one.
type Proofing struct {
	Outcome     ProofingOutcome
	Transaction TransactionID  // "" if NotAsked
	Pass        PassedProofing // zero unless Authenticated
	Failure     Failure        // zero if Authenticated or NotAsked
	Notice      string         // SC-19: InquiryNotice, for everyone about whom the provider was asked; "" if NotAsked
	OtherWays   []OtherWay     // SC-14: for those who were not authenticated
	Reasons     []cris.Reason
}

// DecideProofing turns the provider's report on the applicant that it was sent into
// the decision on step one. report.At must be set.
func DecideProofing(transaction TransactionID, sent Applicant, report Report, policy Policy) Proofing {
	failed := func(outcome ProofingOutcome, failure FailureReason, reasons ...cris.Reason) Proofing {
		// SC-4: which failure it was, and SC-5: nothing else.
		return Proofing{
			Outcome:     outcome,
			Transaction: transaction,
			Failure:     failureOf(transaction, report, failure),
			Notice:      InquiryNotice,
			OtherWays:   OtherWays(),
			Reasons:     reasons,
		}
	}
	switch {
	case report.Outcome == IdPMultipleAttempts:
		// SC-8: the provider says possible fraud, and access ends.
		return failed(AccessEnded, MultipleAttempts,
			cris.Reason{Rule: "SC-8", Text: "multiple attempts indicate possible fraud"})
	case report.Outcome == IdPFraudAlert:
		// SC-4: the notice counts an alert among the causes for which no questions can
		// be generated.
		return failed(NotAuthenticated, CouldNotGenerateQuestions,
			cris.Reason{Rule: "SC-4", Text: "a fraud alert on the credit file prevents authentication"})
	case report.Outcome == IdPNoQuestions,
		report.isQuiz() && report.Questions < policy.MinQuestions:
		// SC-3: a quiz of fewer questions proves nothing, whatever its end.
		return failed(NotAuthenticated, CouldNotGenerateQuestions,
			cris.Reason{Rule: "SC-3", Text: "too few questions could be generated"})
	case report.isQuiz() && report.Questions > policy.MaxQuestions:
		// SC-3: the provider broke the bounds; that is not the individual's failure.
		return failed(NotAuthenticated, SystemError,
			cris.Reason{Rule: "SC-3", Text: "more questions were asked than allowed"})
	case report.Outcome == IdPWrongAnswers:
		return failed(NotAuthenticated, AnsweredIncorrectly,
			cris.Reason{Rule: "SC-4", Text: "the questions were answered incorrectly"})
	case report.Outcome != IdPPassed:
		return failed(NotAuthenticated, SystemError,
			cris.Reason{Rule: "SC-4", Text: "a system error prevented the proofing"})
	}
	if defects := passDefects(sent, report); len(defects) > 0 {
		return failed(NotAuthenticated, SystemError, defects...)
	}
	return Proofing{
		Outcome:     Authenticated,
		Transaction: transaction,
		// SC-6: name, date of birth and Social Security number go on, the address does not.
		Pass: PassedProofing{
			Transaction:    transaction,
			IdPTransaction: report.Transaction,
			At:             instant(report.At),
			Name:           report.Name,
			BirthDate:      report.BirthDate,
			SSN:            report.SSN,
		},
		// SC-19: the inquiry is noted, whatever came of it.
		Notice: InquiryNotice,
		Reasons: []cris.Reason{
			{Rule: "SC-1", Text: "the provider confirmed the identity, which opens the query"},
			{Rule: "SC-6", Text: "name, date of birth and Social Security number go on, and the address of residence does not"},
		},
	}
}

// isQuiz reports whether questions were put to the individual.
func (r Report) isQuiz() bool { return r.Outcome == IdPPassed || r.Outcome == IdPWrongAnswers }

// passDefects names what makes a pass unusable: the identity that goes on must be
// the one that was proved.
func passDefects(sent Applicant, report Report) []cris.Reason {
	var reasons []cris.Reason
	defect := func(rule cris.RuleID, text string) { reasons = append(reasons, cris.Reason{Rule: rule, Text: text}) }
	if !report.Transaction.isValid() {
		defect("SC-6", "the pass names no usable transaction of the provider")
	}
	if report.Name.IsZero() || report.Name != sent.Name {
		defect("SC-7", "the pass is for another name")
	}
	if report.BirthDate.IsZero() || report.BirthDate != sent.BirthDate {
		defect("SC-7", "the pass is for another date of birth")
	}
	if report.SSN != sent.SSN {
		defect("SC-7", "the pass is for another Social Security number")
	}
	return reasons
}

// failureOf keeps of the report what may be kept.
//
// SC-5: transaction numbers, reason, date and time, error code. Free text in place
// of a number or a code is dropped.
func failureOf(transaction TransactionID, report Report, reason FailureReason) Failure {
	failure := Failure{Transaction: transaction, Reason: reason, At: instant(report.At)}
	if report.Transaction.isValid() {
		failure.IdPTransaction = report.Transaction
	}
	if report.ErrorCode.IsValid() {
		failure.ErrorCode = report.ErrorCode
	}
	return failure
}

// instant brings a time from outside to the form that stores keep.
func instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
