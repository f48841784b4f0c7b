package selfcheck

import (
	"context"
	"time"

	"github.com/seed28e20331/cris"
)

// IdP is the port to the identity proofing provider, a third party. It may be called by
// several goroutines at once.
type IdP interface {
	// Prove has the provider prove the identity of the applicant, and returns when the
	// quiz is over. Questions and answers stay between the provider and the individual:
	// an adapter hands the session over and sees only how it ended.
	//
	// An error means that the provider could not be reached or understood. It is recorded
	// as a system error, together with Transaction and ErrorCode of the Report if they are
	// known, and is not an attempt of the individual. Its text must carry no personal value.
	Prove(ctx context.Context, transaction TransactionID, applicant Applicant) (Report, error)
}

// IdPTransactionID is the provider's own number for the proofing.
type IdPTransactionID string

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

// IdPOutcome is how the provider says that a proofing ended.
type IdPOutcome string

// The outcomes. Any other value, and the empty one, counts as a system error.
const (
	IdPPassed                    IdPOutcome = "passed"
	IdPAnsweredIncorrectly       IdPOutcome = "answered_incorrectly"
	IdPCouldNotGenerateQuestions IdPOutcome = "could_not_generate_questions"
	IdPFraudAlert                IdPOutcome = "fraud_alert"
	IdPMultipleAttempts          IdPOutcome = "multiple_attempts"
	IdPSystemError               IdPOutcome = "system_error"
)

// IdPOutcomes lists the outcomes that a provider can report. The caller may keep and
// change the slice.
func IdPOutcomes() []IdPOutcome {
	return []IdPOutcome{
		IdPPassed, IdPAnsweredIncorrectly, IdPCouldNotGenerateQuestions, IdPFraudAlert, IdPMultipleAttempts, IdPSystemError,
	}
}

// Report is what the provider tells of one proofing.
type Report struct {
	Transaction IdPTransactionID // at most 90 printable ASCII characters; a pass without one is not accepted
	At          time.Time
	Questions   int // how many questions it could generate
	Outcome     IdPOutcome
	ErrorCode   ErrorCode

	// Whom the provider authenticated, in its own spelling. They are read only if Outcome
	// is IdPPassed, are compared with what the provider was sent, and are not kept.
	Name      cris.PersonName
	BirthDate cris.Personal[cris.Date]
	SSN       SSN // the zero SSN if the individual gave none
}

// isQuiz reports whether questions were put to the individual.
func (r Report) isQuiz() bool { return r.Outcome == IdPPassed || r.Outcome == IdPAnsweredIncorrectly }

// ErrorCode is a code of the provider for troubleshooting, such as "HE000050": at
// most 16 letters, digits, hyphens and underscores, with fewer than eight digits.
// Anything else is not kept: it could hold a number or a date that belongs to the
// individual (SC-5).
type ErrorCode string

// isValid reports whether c is a code that may be kept.
func (c ErrorCode) isValid() bool {
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
