package selfcheck

import (
	"unicode/utf8"

	"github.com/seed28e20331/cris"
)

// Applicant is what the identity proofing provider gets to know of the individual,
// and all it gets to know (SC-2).
type Applicant struct {
	Name      cris.PersonName // of the middle name, only the initial is sent
	BirthDate cris.Personal[cris.Date]
	Residence cris.Address
	SSN       SSN // zero if the individual does not give it
}

// DecideApplicant names everything that keeps a from being sent to the provider; no
// reasons mean that it may be. today is the day in the agency's zone.
func DecideApplicant(a Applicant, today cris.Date) []cris.Reason {
	var reasons []cris.Reason
	violated := func(text string) { reasons = append(reasons, cris.Reason{Rule: "SC-2", Text: text}) }
	// SC-2: everything but the Social Security number is needed to find questions.
	if a.Name.IsZero() {
		violated("the name is missing")
	}
	switch birth := a.BirthDate.Reveal(); {
	case birth.IsZero():
		violated("the date of birth is missing")
	case birth.After(today):
		violated("the date of birth lies in the future")
	}
	if a.Residence.IsZero() {
		violated("the address of residence is missing")
	}
	return reasons
}

// withMiddleInitial returns the applicant as the provider gets it.
//
// SC-2: the provider gets the middle initial, not the middle name.
func (a Applicant) withMiddleInitial() (Applicant, error) {
	parts := a.Name.Reveal()
	_, size := utf8.DecodeRuneInString(parts.Middle)
	parts.Middle = parts.Middle[:size]
	name, err := cris.NewPersonName(parts)
	if err != nil {
		return Applicant{}, err
	}
	a.Name = name
	return a, nil
}
