package disclosure

import "github.com/seed28e20331/cris"

// Condition is something that an official attests before records leave the department.
type Condition string

// The conditions, in the order of the routine uses that ask for them.
const (
	DepartmentIsParty          Condition = "department_is_party"           // A.1: the department or a component is a party or has an interest
	EmployeeIsPartyOfficially  Condition = "employee_is_party_officially"  // A.2
	EmployeeIsPartyPersonally  Condition = "employee_is_party_personally"  // A.3: and the Department of Justice or this department agreed to represent the employee
	UnitedStatesIsParty        Condition = "united_states_is_party"        // A.4: or an agency of it
	NecessaryToLitigation      Condition = "necessary_to_litigation"       // A
	DeterminedRelevant         Condition = "determined_relevant"           // A: the department determined that the records are relevant and necessary
	CompatibleWithPurpose      Condition = "compatible_with_purpose"       // A: and their use compatible with the purpose for which they were collected
	OfficeInquired             Condition = "office_inquired"               // B
	IndividualAskedOffice      Condition = "individual_asked_office"       // B: the individual to whom the record pertains
	InspectionUnderTitle44     Condition = "inspection_under_title_44"     // C: 44 U.S.C. 2904 and 2906
	AuditAuthorizedByLaw       Condition = "audit_authorized_by_law"       // D
	NecessaryToAudit           Condition = "necessary_to_audit"            // D: necessary and relevant
	CompromiseSuspected        Condition = "compromise_suspected"          // E.1: or confirmed
	RiskOfHarmDetermined       Condition = "risk_of_harm_determined"       // E.2
	NecessaryToResponse        Condition = "necessary_to_response"         // E.3
	WorksForDepartment         Condition = "works_for_department"          // F
	NecessaryToFunction        Condition = "necessary_to_function"         // F
	BoundByPrivacyAct          Condition = "bound_by_privacy_act"          // F
	RecordIndicatesViolation   Condition = "record_indicates_violation"    // G: of the E-Verify program
	RecipientEnforces          Condition = "recipient_enforces"            // G: it is charged with investigating, prosecuting, enforcing or implementing
	ConsistentWithDuties       Condition = "consistent_with_duties"        // G: proper, and consistent with the official duties of who discloses
	ChecksOwnAuthorization     Condition = "checks_own_authorization"      // H
	ProviderUnderContract      Condition = "provider_under_contract"       // I
	IndividualSeeksAccess      Condition = "individual_seeks_access"       // I: to Self Check, and is to be authenticated for it
	ProofingNotConcluded       Condition = "proofing_not_concluded"        // I
	ConsentIsWritten           Condition = "consent_is_written"            // the individual's request or consent
	ConsentCoversDisclosure    Condition = "consent_covers_disclosure"     // it names this recipient and these records
	IdentityOfRequesterChecked Condition = "identity_of_requester_checked" // who signed it is the individual (PV-5)
)

// Conditions lists the conditions. The caller may keep and change the slice.
func Conditions() []Condition {
	return []Condition{
		DepartmentIsParty, EmployeeIsPartyOfficially, EmployeeIsPartyPersonally, UnitedStatesIsParty, NecessaryToLitigation,
		DeterminedRelevant, CompatibleWithPurpose, OfficeInquired, IndividualAskedOffice, InspectionUnderTitle44,
		AuditAuthorizedByLaw, NecessaryToAudit, CompromiseSuspected, RiskOfHarmDetermined, NecessaryToResponse,
		WorksForDepartment, NecessaryToFunction, BoundByPrivacyAct, RecordIndicatesViolation, RecipientEnforces,
		ConsistentWithDuties, ChecksOwnAuthorization, ProviderUnderContract, IndividualSeeksAccess, ProofingNotConcluded,
		ConsentIsWritten, ConsentCoversDisclosure, IdentityOfRequesterChecked,
	}
}

// Message returns what is attested, for an official to read.
func (c Condition) Message() cris.Message { return message("condition", c) }
