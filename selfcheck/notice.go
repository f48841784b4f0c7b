package selfcheck

import "github.com/seed28e20331/cris"

// Notice is something that individuals should know about Self Check. Unlike an Instruction, it
// asks for nothing.
type Notice string

// What is told before the proofing, and after one that failed.
const (
	SelfCheckIsVoluntary       Notice = "voluntary"
	QuestionsComeFromRecords   Notice = "questions_come_from_records"
	InquiryIsNoted             Notice = "inquiry" // SC-19: that the inquiry is noted, and what it does not affect
	MayKnowWhoReviewedReport   Notice = "may_know_who_reviewed_report"
	MayPlaceFraudAlert         Notice = "may_place_fraud_alert"
	FraudAlertPreventsProofing Notice = "fraud_alert_prevents_proofing" // SC-4
	AttemptsMayEndAccess       Notice = "attempts_may_end_access"       // SC-8
	FailedSessionIsDeleted     Notice = "failed_session_is_deleted"     // SC-5
)

// What is told with a mismatch, of whichever kind (SC-11).
const (
	ResolvingIsVoluntary  Notice = "resolving_is_voluntary"
	MismatchMayOccurAgain Notice = "mismatch_may_occur_again"
)

// Notices lists all notices. The caller may keep and change the slice.
func Notices() []Notice {
	return append(NoticesBefore(), ResolvingIsVoluntary, MismatchMayOccurAgain)
}

// NoticesBefore returns what a page says before [Service.Begin] is called, besides the Privacy
// Act Statement, in order. The caller may keep and change the slice.
func NoticesBefore() []Notice {
	notices := append([]Notice{SelfCheckIsVoluntary, QuestionsComeFromRecords, InquiryIsNoted}, FCRARights()...)
	return append(notices, AttemptsMayEndAccess, FailedSessionIsDeleted)
}

// FCRARights returns the rights of individuals under the Fair Credit Reporting Act that the
// Federal Register notice names, and what one of them means for Self Check, in order (SC-19). The
// caller may keep and change the slice.
func FCRARights() []Notice {
	return []Notice{MayKnowWhoReviewedReport, MayPlaceFraudAlert, FraudAlertPreventsProofing}
}

// Notices returns what the individual is told besides the outcome and Proofing.Notice, in order.
// The caller may keep and change the slice.
func (o ProofingOutcome) Notices() []Notice {
	switch o {
	case NotAuthenticated:
		return append(FCRARights(), FailedSessionIsDeleted)
	case AccessEnded:
		return append([]Notice{AttemptsMayEndAccess}, NotAuthenticated.Notices()...)
	case QuizToTake, Authenticated, LockedOut, NotStarted, NotBegun:
	}
	return nil
}

// Notices returns what the individual is told besides the result, before choosing whether to
// resolve a mismatch: that there is no duty to do so, and that it may not help. It is nil if
// there is no mismatch. The caller may keep and change the slice.
//
// SC-11: it is the same for both mismatches.
func (r Result) Notices() []Notice {
	if !r.isMismatch() {
		return nil
	}
	return []Notice{ResolvingIsVoluntary, MismatchMayOccurAgain}
}

// InquiryNotice is what the individual is told about the provider's inquiry (SC-19). It
// comes with every [Proofing] for which the provider was asked; a page shows it before
// [Service.Begin] is called, too.
func InquiryNotice() cris.Message { return InquiryIsNoted.Message() }
