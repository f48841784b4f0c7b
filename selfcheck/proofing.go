package selfcheck

import (
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/attempt"
)

// ProofingOutcome is what came of step one.
type ProofingOutcome string

// The outcomes of step one.
const (
	QuizToTake       ProofingOutcome = "quiz_to_take" // Quiz leads to it; if Quiz is zero, the quiz that was given is not over
	Authenticated    ProofingOutcome = "authenticated"
	NotAuthenticated ProofingOutcome = "not_authenticated"
	AccessEnded      ProofingOutcome = "access_ended" // SC-8: the individual may not go on or try again; see the package documentation on who enforces it
	LockedOut        ProofingOutcome = "locked_out"   // too many attempts within some days, if attempts are limited; Attempts says until when
	NotStarted       ProofingOutcome = "not_started"  // the applicant was refused, and nothing was sent to the provider
	NotBegun         ProofingOutcome = "not_begun"    // there is no proofing to conclude: none was begun, or it is over and nothing is left of it
)

// ProofingOutcomes lists the outcomes of step one. The caller may keep and change the
// slice.
func ProofingOutcomes() []ProofingOutcome {
	return []ProofingOutcome{QuizToTake, Authenticated, NotAuthenticated, AccessEnded, LockedOut, NotStarted, NotBegun}
}

// Proofing is the decision on step one.
type Proofing struct {
	Outcome   ProofingOutcome
	Quiz      Quiz             // zero unless QuizToTake
	Pass      PassedProofing   // zero unless Authenticated
	Failure   Failure          // zero unless NotAuthenticated or AccessEnded
	Attempts  attempt.Decision // zero unless LockedOut
	Notice    cris.Message     // SC-19: InquiryNotice, if the provider was sent the applicant; zero if not
	OtherWays []OtherWay       // SC-14: for those who were not authenticated
	Reasons   []cris.Reason
}

// ProofingFacts are the facts on which step one is decided.
type ProofingFacts struct {
	Begun     BegunProofing // as on record; a report is timely from Begun.Begun on
	Statement string        // edition of the Privacy Act Statement with which DecideApplicant accepted the applicant
	Sent      Applicant     // as the provider was sent it; may lack the address of residence
	Reported  Progress      // what the provider reports; its Report is set
	At        time.Time     // when the report came, UTC
}

// DecideProofing turns the provider's report into the decision on step one.
//
// A pass counts if it is for the person whom the provider was sent (SC-7). Providers write names
// in their own spelling, so two names are the same if both can be written alike in the letters
// that providers have: in capitals, without accents, apostrophes, hyphens and spaces, by base
// letters (Ü as U) or by ICAO Doc 9303 (Ü as UE, Ж as ZH).
//
//   - Family and given name must both be the same. A middle name is compared by its initial;
//     a middle or maiden name that only one of the two has does not matter.
//   - The date of birth must be the same.
//   - The Social Security number must be the same if the provider was sent one: a pass that
//     does not give it back proves nothing about it. One that the individual did not give
//     is ignored and goes nowhere.
//   - The provider's time must fall between the beginning of the proofing and the arrival of
//     the report, give or take five minutes, since a report from another day may have been
//     used before. If the time of a failure does not, the failure is recorded at facts.At.
//
// What is carried over is always what the provider was sent, in the individual's own spelling.
func DecideProofing(facts ProofingFacts, policy Policy) Proofing {
	policy = policy.withDefaults()
	report := facts.Reported.Report
	failed := func(outcome ProofingOutcome, failure FailureReason, reasons ...cris.Reason) Proofing {
		// SC-4: which failure it was, and SC-5: nothing else.
		return Proofing{
			Outcome:   outcome,
			Failure:   failureOf(facts, failure),
			Notice:    InquiryNotice(),
			OtherWays: OtherWaysFor(failure, report.Outcome),
			Reasons:   reasons,
		}
	}
	switch {
	case report.Outcome == IdPMultipleAttempts:
		// SC-8: the provider says possible fraud, and access ends.
		return failed(AccessEnded, MultipleAttempts, multipleAttempts)
	case report.Outcome == IdPAbandoned:
		// SC-3: who saw the questions and left them did not answer them correctly.
		return failed(NotAuthenticated, AnsweredIncorrectly, quizAbandoned)
	case slices.ContainsFunc(noQuestions, func(row noQuestionsRow) bool { return row.outcome == report.Outcome }):
		// SC-4: the notice counts an alert or a lock among the causes for which no questions can
		// be generated; what else keeps a provider from asking belongs to them.
		row := slices.IndexFunc(noQuestions, func(row noQuestionsRow) bool { return row.outcome == report.Outcome })
		return failed(NotAuthenticated, CouldNotGenerateQuestions, noQuestions[row].reason)
	case report.isQuiz() && report.Questions < policy.MinQuestions:
		// SC-3: a quiz of fewer questions proves nothing, however it ended.
		return failed(NotAuthenticated, CouldNotGenerateQuestions, tooFewQuestions)
	case report.isQuiz() && !policy.allows(report.Questions):
		// SC-3: the provider broke the bounds; that is not the individual's failure.
		return failed(NotAuthenticated, SystemError, tooManyQuestions)
	case report.Outcome == IdPAnsweredIncorrectly:
		return failed(NotAuthenticated, AnsweredIncorrectly, answeredIncorrectly)
	case report.Outcome != IdPPassed:
		return failed(NotAuthenticated, SystemError, systemError)
	}
	if defects := passDefects(facts); len(defects) > 0 {
		return failed(NotAuthenticated, SystemError, defects...)
	}
	return Proofing{
		Outcome: Authenticated,
		// SC-6: name, date of birth and Social Security number go on, the address does not.
		// SC-7: as they were sent.
		Pass: PassedProofing{
			Transaction:    facts.Begun.Transaction,
			IdPTransaction: facts.Reported.Transaction,
			At:             facts.reportedAt(),
			Statement:      facts.Statement,
			Name:           facts.Sent.Name,
			BirthDate:      facts.Sent.BirthDate,
			SSN:            facts.Sent.SSN,
		},
		// SC-19: the inquiry is noted, whatever came of it.
		Notice:  InquiryNotice(),
		Reasons: []cris.Reason{identityConfirmed, dataCarriedOver},
	}
}

// noQuestionsRow is an outcome for which the provider asked nothing.
type noQuestionsRow struct {
	outcome IdPOutcome
	reason  cris.Reason
}

var noQuestions = []noQuestionsRow{
	{IdPCouldNotGenerateQuestions, tooFewQuestions},
	{IdPNotWritable, notWritable},
	{IdPFraudAlert, fraudAlert},
	{IdPFrozen, fileFrozen},
	{IdPDeceased, recordedAsDeceased},
	{IdPUseLimit, useLimit},
}

// passDefects names what makes a pass unusable: the identity that goes on must be
// the one that was proved.
func passDefects(facts ProofingFacts) []cris.Reason {
	sent, report := facts.Sent, facts.Reported.Report
	var incomplete, differing []cris.Reason // SC-6 and SC-7
	if !facts.Reported.Transaction.isValid() {
		incomplete = append(incomplete, passWithoutTransaction)
	}
	switch {
	case report.Name.IsZero():
		incomplete = append(incomplete, passWithoutName)
	case !sameName(sent.Name, report.Name):
		differing = append(differing, passForAnotherName)
	}
	switch {
	case report.BirthDate.IsZero():
		incomplete = append(incomplete, passWithoutBirthDate)
	case report.BirthDate != sent.BirthDate:
		differing = append(differing, passForAnotherBirthDate)
	}
	switch {
	case sent.SSN.IsZero():
	case report.SSN.IsZero():
		incomplete = append(incomplete, passWithoutSSN)
	case report.SSN != sent.SSN:
		differing = append(differing, passForAnotherSSN)
	}
	if !report.At.IsZero() && !facts.isTimely(report.At) {
		differing = append(differing, passOfAnotherTime)
	}
	return append(incomplete, differing...)
}

// isTimely reports whether the provider's time is one at which the proofing was under way.
func (f ProofingFacts) isTimely(at time.Time) bool {
	const apart = 5 * time.Minute // how far two clocks may be apart
	return !at.Before(f.Begun.Begun.Add(-apart)) && !at.After(f.At.Add(apart))
}

// reportedAt returns when the proofing ended: the provider's time if it can be, and otherwise
// when the report came.
func (f ProofingFacts) reportedAt() time.Time {
	if at := f.Reported.Report.At; !at.IsZero() && f.isTimely(at) {
		return instant(at)
	}
	return f.At
}
