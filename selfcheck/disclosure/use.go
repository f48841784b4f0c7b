package disclosure

import "github.com/seed28e20331/cris"

// Use is the ground for a disclosure outside the department: a routine use of the notice, or the
// written request or consent of the individual.
type Use string

// The routine uses, in the order of their letters, and the written consent.
const (
	Litigation        Use = "litigation"         // A
	Congress          Use = "congress"           // B
	RecordsInspection Use = "records_inspection" // C
	Audit             Use = "audit"              // D
	Compromise        Use = "compromise"         // E
	DepartmentWork    Use = "department_work"    // F
	LawEnforcement    Use = "law_enforcement"    // G
	OwnCheck          Use = "own_check"          // H
	IdentityProofing  Use = "identity_proofing"  // I
	WrittenConsent    Use = "written_consent"    // no routine use: 5 U.S.C. 552a(b)
)

// Uses lists the routine uses, A to I, and then the written consent. The caller may keep and
// change the slice.
func Uses() []Use {
	return []Use{
		Litigation, Congress, RecordsInspection, Audit, Compromise, DepartmentWork, LawEnforcement, OwnCheck, IdentityProofing,
		WrittenConsent,
	}
}

// Letter returns the letter of the routine use in the notice, from A to I, or "" if u is not a
// routine use.
func (u Use) Letter() string {
	terms, _ := TermsOf(u)
	return terms.Letter
}

// Message returns what the use is, in words.
func (u Use) Message() cris.Message { return message("use", u) }

// message returns the message of a value of an enumeration.
func message[T ~string](enumeration cris.Code, value T) cris.Message {
	return cris.Message{Code: "disclosure." + enumeration + "." + cris.Code(value)}
}
