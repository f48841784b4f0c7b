package selfcheck

import (
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/seed28e20331/cris"
)

// IdP is the port to the identity proofing provider, a third party. Questions and answers stay
// between the provider and the individual, who goes to the provider's page for the quiz and comes
// back, perhaps to another process and perhaps never. So the proofing has two parts. Its methods
// may be called by several goroutines at once. The text of its errors must carry no personal
// value.
type IdP interface {
	// Begin gives the provider the applicant. It returns the way to a quiz or, if there is none
	// to take, a report.
	//
	// It may be called again with the same reference and applicant, because the answer was lost
	// or the individual lost the page. A provider resumes the proofing that it has if it can, and
	// otherwise begins a new one.
	//
	// An error is recorded as a system error and does not count as an attempt. The Progress
	// beside it may have the Transaction, and the ErrorCode of the Report, if they are known. An
	// error that matches ErrNotSent says that the provider never got the applicant.
	Begin(ctx context.Context, begin Beginning) (Progress, error)
	// Conclude asks how the quiz ended. returned is what the individual's browser brought
	// back from the provider's page, "" if nothing. It may be called again, with the same answer.
	//
	// It returns a report, or the way to another quiz that the provider offers at once, or
	// neither if the quiz is not over.
	//
	// An error is the provider's failure, and is recorded as for Begin.
	Conclude(ctx context.Context, reference Reference, provider IdPTransactionID, returned string) (Progress, error)
}

// ErrNotSent means that the provider never got the applicant, so no inquiry is noted
// anywhere (SC-19).
var ErrNotSent = errors.New("the applicant was not sent")

// Beginning is what the provider gets for a proofing (SC-2). Language is that of the quiz, and is
// not kept.
type Beginning struct {
	Reference Reference
	Applicant Applicant // with the initial of the middle name
	Language  cris.Language
}

// Progress is how far a proofing is at the provider. At most one of Quiz and Report is set.
type Progress struct {
	Transaction IdPTransactionID // "" if the provider named none
	Quiz        Quiz             // zero unless there are questions to answer now
	Report      Report           // zero unless the proofing is over
}

// Quiz is the way to the provider's page: a form that the individual's browser sends there with
// POST, or a link if it has no values. The URL is an http or https URL, or a path; with any
// other, the provider has failed. The values are the provider's own, may be sealed by it, and
// must reach nobody but the individual.
type Quiz struct {
	URL    string
	Values []QuizValue
}

// QuizValue is a hidden value of the form.
type QuizValue struct {
	Name  string
	Value cris.Personal[string]
}

// IsZero reports whether q leads nowhere.
func (q Quiz) IsZero() bool { return q.URL == "" }

// errQuizURL repeats nothing of the URL.
var errQuizURL = errors.New("the way to the quiz is not a page: want http, https or a path")

// fault returns an error for a URL that is not that of a page, such as a script that would run on
// the program's own page.
func (q Quiz) fault() error {
	page, err := url.Parse(q.URL)
	if err != nil || page.Opaque != "" || page.Scheme != "" && page.Scheme != "http" && page.Scheme != "https" {
		return errQuizURL
	}
	return nil
}

// IdPTransactionID is the provider's own number for the proofing.
type IdPTransactionID string

// isValid reports whether t can be a transaction number of a provider.
func (t IdPTransactionID) isValid() bool {
	const maxLength = 90
	for i := range len(t) {
		switch c := t[i]; {
		case '0' <= c && c <= '9', 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		case c == '-', c == '_', c == '.', c == '/', c == '#', c == ':':
		default:
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
	IdPAbandoned                 IdPOutcome = "abandoned" // the individual saw the questions and left
	IdPCouldNotGenerateQuestions IdPOutcome = "could_not_generate_questions"
	IdPNotWritable               IdPOutcome = "not_writable" // name or address cannot be written in the provider's letters
	IdPFraudAlert                IdPOutcome = "fraud_alert"
	IdPFrozen                    IdPOutcome = "frozen"   // the credit file is blocked or frozen
	IdPDeceased                  IdPOutcome = "deceased" // a credit bureau has the person as deceased
	IdPUseLimit                  IdPOutcome = "use_limit"
	IdPMultipleAttempts          IdPOutcome = "multiple_attempts" // SC-8: possible fraud
	IdPSystemError               IdPOutcome = "system_error"
)

// IdPOutcomes lists the outcomes that a provider can report. The caller may keep and
// change the slice.
func IdPOutcomes() []IdPOutcome {
	return []IdPOutcome{
		IdPPassed, IdPAnsweredIncorrectly, IdPAbandoned, IdPCouldNotGenerateQuestions, IdPNotWritable,
		IdPFraudAlert, IdPFrozen, IdPDeceased, IdPUseLimit, IdPMultipleAttempts, IdPSystemError,
	}
}

// Report is what the provider says about a proofing that is over. It is comparable with ==.
type Report struct {
	Outcome   IdPOutcome
	At        time.Time // when it ended, by the provider's clock; zero if it does not say
	Questions int       // how many the provider could generate
	ErrorCode ErrorCode

	// Whom the provider authenticated, in its own spelling. These fields are read only if Outcome
	// is IdPPassed. They are compared with what the provider was sent, and are not kept.
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
