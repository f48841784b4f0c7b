package disclosure

import "github.com/seed28e20331/cris"

// Class is a class of data in a record of Self Check. The accounting names classes and never
// their values.
type Class string

// The classes of data.
const (
	Name                Class = "name"
	BirthDate           Class = "birth_date"
	Residence           Class = "residence" // only while the identity is being proved (SC-6)
	SSN                 Class = "ssn"
	CitizenshipStatus   Class = "citizenship_status"
	Documents           Class = "documents" // which documents were chosen, with their issuer
	ANumber             Class = "a_number"
	PassportNumber      Class = "passport_number"
	I94Number           Class = "i94_number"
	CardNumber          Class = "card_number" // a receipt number
	DocumentNumber      Class = "document_number"
	ExpirationDate      Class = "expiration_date"
	ProofingOutcome     Class = "proofing_outcome" // that it was passed, or why it failed, with numbers, time and error code
	CaseNumber          Class = "case_number"
	QueryResult         Class = "query_result" // with the time of the query
	Resolution          Class = "resolution"   // what the individual chose, and how the case was closed
	DisagreementOnFile  Class = "disagreement" // the individual's statement of disagreement
	DisclosureAccounted Class = "accounting"   // the accounting of disclosures of the record
)

// Classes lists the classes of data. The caller may keep and change the slice.
func Classes() []Class {
	return []Class{
		Name, BirthDate, Residence, SSN, CitizenshipStatus, Documents, ANumber, PassportNumber, I94Number, CardNumber,
		DocumentNumber, ExpirationDate, ProofingOutcome, CaseNumber, QueryResult, Resolution, DisagreementOnFile, DisclosureAccounted,
	}
}

// Message returns the name of the class.
func (c Class) Message() cris.Message { return message("class", c) }
