package selfcheck

import (
	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/alphabet"
)

// Applicant is what the identity proofing provider is told about the individual, and all that it
// is told (SC-2).
type Applicant struct {
	Name      cris.PersonName // of the middle name, only the initial is sent
	BirthDate cris.Personal[cris.Date]
	Residence cris.Address
	SSN       SSN // zero if the individual does not give it
}

// ApplicantOutcome is whether an applicant may be sent to the provider.
type ApplicantOutcome string

// The outcomes.
const (
	ApplicantAccepted ApplicantOutcome = "accepted"
	ApplicantRefused  ApplicantOutcome = "refused"
)

// ApplicantOutcomes lists the outcomes of DecideApplicant. The caller may keep and change
// the slice.
func ApplicantOutcomes() []ApplicantOutcome {
	return []ApplicantOutcome{ApplicantAccepted, ApplicantRefused}
}

// ApplicantDecision is the decision on whether an applicant may be sent to the provider.
type ApplicantDecision struct {
	Outcome ApplicantOutcome
	Sent    Applicant     // as the provider gets it, with the initial of the middle name; zero if refused
	Reasons []cris.Reason // everything that is wrong; nil if accepted
}

// DecideApplicant decides whether the applicant may be sent to the provider, and names everything
// that prevents it: a missing name, date of birth or address, a date of birth on which no one
// alive today was born (cris.IsBirthDate), an individual younger than policy.MinAge, or a Privacy
// Act Statement that was not shown or is not in force. statement is the edition that was shown;
// it is not sent. today is the day in the policy's zone.
func DecideApplicant(statement string, applicant Applicant, today cris.Date, policy Policy) ApplicantDecision {
	policy = policy.withDefaults()
	var reasons []cris.Reason
	// SC-2: everything but the Social Security number is needed to find questions.
	if applicant.Name.IsZero() {
		reasons = append(reasons, nameMissing)
	}
	switch birth := applicant.BirthDate.Reveal(); {
	case birth.IsZero():
		reasons = append(reasons, birthDateMissing)
	case !cris.IsBirthDate(birth, today):
		reasons = append(reasons, birthDateImpossible)
	case birth.AddMonths(12 * max(0, policy.MinAge)).After(today):
		reasons = append(reasons, tooYoung)
	}
	if applicant.Residence.IsZero() {
		reasons = append(reasons, residenceMissing)
	}
	// ER-7: the statement is shown before anything is collected.
	reasons = append(reasons, policy.Statements.Faults(statement, today, statementNotShown, statementNotInForce)...)
	if len(reasons) > 0 {
		return ApplicantDecision{Outcome: ApplicantRefused, Reasons: reasons}
	}
	return ApplicantDecision{Outcome: ApplicantAccepted, Sent: applicant.withMiddleInitial()}
}

// withMiddleInitial returns the applicant as the provider gets it.
//
// SC-2: the provider gets the middle initial, not the middle name.
func (a Applicant) withMiddleInitial() Applicant {
	parts := a.Name.Reveal()
	parts.Middle = alphabet.Initial(parts.Middle)
	// A name that was valid stays valid with less of its middle name.
	a.Name, _ = cris.NewPersonName(parts)
	return a
}
