package selfcheck

import "github.com/seed28e20331/cris"

// ProofingOutcome is what came of step one.
type ProofingOutcome string

// The outcomes of step one.
const (
	Authenticated    ProofingOutcome = "authenticated"
	NotAuthenticated ProofingOutcome = "not_authenticated"
	AccessEnded      ProofingOutcome = "access_ended" // SC-8: the individual may not go on or try again; see the package on who enforces it
	NotStarted       ProofingOutcome = "not_started"  // the applicant was refused, and nothing was sent to the provider
)

// ProofingOutcomes lists the outcomes of step one. The caller may keep and change the
// slice.
func ProofingOutcomes() []ProofingOutcome {
	return []ProofingOutcome{Authenticated, NotAuthenticated, AccessEnded, NotStarted}
}

// Proofing is the decision on step one.
type Proofing struct {
	Outcome     ProofingOutcome
	Transaction TransactionID  // "" if NotStarted
	Pass        PassedProofing // zero unless Authenticated
	Failure     Failure        // zero if Authenticated or NotStarted
	Notice      cris.Message   // SC-19: InquiryNotice, if the provider was asked; zero if NotStarted
	OtherWays   []OtherWay     // SC-14: for those who were not authenticated
	Reasons     []cris.Reason
}

// DecideProofing turns the provider's report into the decision on step one. statement is
// the edition of the Privacy Act Statement with which DecideApplicant accepted the applicant,
// sent is what the provider was sent, and report.At must be set.
//
// A pass counts if it is for the person that the provider was sent (SC-7). Providers write
// names in their own spelling, so the name is the same if both can be written alike in the letters
// that providers have: without accents, apostrophes, hyphens and spaces, in capitals, by
// base letters (Ü as U) or by ICAO Doc 9303 (Ü as UE, Ж as ZH).
//
//   - Family and given name must both be the same. A middle name is compared by its initial;
//     a middle or maiden name that only one of the two has does not matter.
//   - The date of birth must be the same.
//   - The Social Security number must be the same if the provider was sent one: a pass that
//     does not give it back proves nothing about it. One that the individual did not give
//     is ignored and goes nowhere.
//
// What goes on is always what the provider was sent, in the individual's own spelling.
func DecideProofing(transaction TransactionID, statement string, sent Applicant, report Report, policy Policy) Proofing {
	policy = policy.withDefaults()
	failed := func(outcome ProofingOutcome, failure FailureReason, reasons ...cris.Reason) Proofing {
		// SC-4: which failure it was, and SC-5: nothing else.
		return Proofing{
			Outcome:     outcome,
			Transaction: transaction,
			Failure:     failureOf(transaction, report, failure),
			Notice:      InquiryNotice(),
			OtherWays:   OtherWays(),
			Reasons:     reasons,
		}
	}
	switch {
	case report.Outcome == IdPMultipleAttempts:
		// SC-8: the provider says possible fraud, and access ends.
		return failed(AccessEnded, MultipleAttempts, multipleAttempts)
	case report.Outcome == IdPFraudAlert:
		// SC-4: the notice counts an alert among the causes for which no questions can
		// be generated.
		return failed(NotAuthenticated, CouldNotGenerateQuestions, fraudAlert)
	case report.Outcome == IdPCouldNotGenerateQuestions,
		report.isQuiz() && report.Questions < policy.MinQuestions:
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
	if defects := passDefects(sent, report); len(defects) > 0 {
		return failed(NotAuthenticated, SystemError, defects...)
	}
	return Proofing{
		Outcome:     Authenticated,
		Transaction: transaction,
		// SC-6: name, date of birth and Social Security number go on, the address does not.
		// SC-7: as they were sent.
		Pass: PassedProofing{
			Transaction:    transaction,
			IdPTransaction: report.Transaction,
			At:             instant(report.At),
			Statement:      statement,
			Name:           sent.Name,
			BirthDate:      sent.BirthDate,
			SSN:            sent.SSN,
		},
		// SC-19: the inquiry is noted, whatever came of it.
		Notice:  InquiryNotice(),
		Reasons: []cris.Reason{identityConfirmed, dataCarriedOver},
	}
}

// passDefects names what makes a pass unusable: the identity that goes on must be
// the one that was proved.
func passDefects(sent Applicant, report Report) []cris.Reason {
	var incomplete, differing []cris.Reason // SC-6 and SC-7
	if !report.Transaction.isValid() {
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
	return append(incomplete, differing...)
}
