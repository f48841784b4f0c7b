package selfcheck

import "time"

// FailureReason is why an individual was not authenticated.
type FailureReason string

// The reasons: the three of the notice (SC-4), and the one for which access ends
// (SC-8).
const (
	CouldNotGenerateQuestions FailureReason = "could_not_generate_questions"
	AnsweredIncorrectly       FailureReason = "answered_incorrectly"
	SystemError               FailureReason = "system_error"
	MultipleAttempts          FailureReason = "multiple_attempts"
)

// FailureReasons lists the reasons for which a proofing can fail. The caller may keep and
// change the slice.
func FailureReasons() []FailureReason {
	return []FailureReason{CouldNotGenerateQuestions, AnsweredIncorrectly, SystemError, MultipleAttempts}
}

// IsAttempt reports whether the individual had a try. An outage of the provider, or too
// little data to ask about, is not one and must not count toward a limit.
func (r FailureReason) IsAttempt() bool { return r == AnsweredIncorrectly || r == MultipleAttempts }

// Failure is all that is kept of a failed proofing (SC-5). No field of it is about
// the individual, and no such field may be added. The statement that was shown is not among
// what the notice keeps: it was one in force on that day, since no other is accepted.
type Failure struct {
	Transaction    TransactionID
	IdPTransaction IdPTransactionID // "" if the provider named none
	Reason         FailureReason
	At             time.Time // UTC, to the microsecond
	ErrorCode      ErrorCode // "" if the provider gave none
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
	if report.ErrorCode.isValid() {
		failure.ErrorCode = report.ErrorCode
	}
	return failure
}

// instant brings a time from outside into the form that stores keep.
func instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
