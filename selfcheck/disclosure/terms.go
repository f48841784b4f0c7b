package disclosure

import "slices"

// Terms are what a use requires and what it allows.
type Terms struct {
	Use         Use
	Letter      string // of the routine use in the notice; "" for WrittenConsent
	Authority   string // what the accounting cites
	Recipients  []RecipientKind
	Purposes    []Purpose
	Attested    []Condition // all of them
	AnyAttested []Condition // at least one of them, if there are any
	Classes     []Class     // what may go; nothing else may
	Determined  bool        // only those of Classes that were determined to be necessary and relevant (Facts.Necessary)
}

// TermsOf returns the terms of the use, and reports whether there are any. The caller may
// keep and change the slices.
func TermsOf(use Use) (Terms, bool) {
	terms, ok := termsOf(use)
	terms.Recipients = slices.Clone(terms.Recipients)
	terms.Purposes = slices.Clone(terms.Purposes)
	terms.Attested = slices.Clone(terms.Attested)
	terms.AnyAttested = slices.Clone(terms.AnyAttested)
	terms.Classes = slices.Clone(terms.Classes)
	return terms, ok
}

func termsOf(use Use) (Terms, bool) {
	if at := slices.IndexFunc(allTerms, func(terms Terms) bool { return terms.Use == use }); at >= 0 {
		return allTerms[at], true
	}
	return Terms{}, false
}

const routineUse = "5 U.S.C. 552a(b)(3); DHS/USCIS-013, routine use "

// onRecord are the classes that are on record. The address of residence is not: it is gone
// once the identity is proved (SC-6).
var onRecord = []Class{
	Name, BirthDate, SSN, CitizenshipStatus, Documents, ANumber, PassportNumber, I94Number, CardNumber, DocumentNumber,
	ExpirationDate, ProofingOutcome, CaseNumber, QueryResult, Resolution, DisagreementOnFile,
}

// allTerms has a row for each use.
//
// SC-18: what each routine use allows, and no more. The provider of identity proofing gets
// what routine use I names and nothing under any other use.
var allTerms = []Terms{
	{
		Use: Litigation, Letter: "A", Authority: routineUse + "A",
		Recipients:  []RecipientKind{JusticeDepartment, FederalAgency},
		Purposes:    []Purpose{ToLitigate, ToBeHeard},
		Attested:    []Condition{NecessaryToLitigation, DeterminedRelevant, CompatibleWithPurpose},
		AnyAttested: []Condition{DepartmentIsParty, EmployeeIsPartyOfficially, EmployeeIsPartyPersonally, UnitedStatesIsParty},
		Classes:     onRecord, Determined: true,
	},
	{
		Use: Congress, Letter: "B", Authority: routineUse + "B",
		Recipients: []RecipientKind{CongressionalOffice},
		Purposes:   []Purpose{ToAnswerCongress},
		Attested:   []Condition{OfficeInquired, IndividualAskedOffice},
		Classes:    onRecord,
	},
	{
		Use: RecordsInspection, Letter: "C", Authority: routineUse + "C",
		Recipients: []RecipientKind{NationalArchives, FederalAgency},
		Purposes:   []Purpose{ToInspectRecords},
		Attested:   []Condition{InspectionUnderTitle44},
		Classes:    onRecord,
	},
	{
		Use: Audit, Letter: "D", Authority: routineUse + "D",
		Recipients: []RecipientKind{JusticeDepartment, FederalAgency, OtherAgency, CongressionalOffice, NationalArchives, Organization, Person},
		Purposes:   []Purpose{ToAudit, ToOversee},
		Attested:   []Condition{AuditAuthorizedByLaw, NecessaryToAudit},
		Classes:    onRecord, Determined: true,
	},
	{
		Use: Compromise, Letter: "E", Authority: routineUse + "E",
		Recipients: []RecipientKind{JusticeDepartment, FederalAgency, OtherAgency, EnforcingAuthority, Contractor, Organization, Person},
		Purposes:   []Purpose{ToRespondToHarm},
		Attested:   []Condition{CompromiseSuspected, RiskOfHarmDetermined, NecessaryToResponse},
		Classes:    onRecord,
	},
	{
		Use: DepartmentWork, Letter: "F", Authority: routineUse + "F",
		Recipients: []RecipientKind{Contractor},
		Purposes:   []Purpose{ToPerformFunction},
		Attested:   []Condition{WorksForDepartment, NecessaryToFunction, BoundByPrivacyAct},
		Classes:    onRecord,
	},
	{
		Use: LawEnforcement, Letter: "G", Authority: routineUse + "G",
		Recipients: []RecipientKind{JusticeDepartment, EnforcingAuthority},
		Purposes:   []Purpose{ToInvestigate, ToProsecute, ToEnforce},
		Attested:   []Condition{RecordIndicatesViolation, RecipientEnforces, ConsistentWithDuties},
		Classes:    onRecord,
	},
	{
		Use: OwnCheck, Letter: "H", Authority: routineUse + "H",
		Recipients: []RecipientKind{TheIndividual},
		Purposes:   []Purpose{ToTellIndividual},
		Attested:   []Condition{ChecksOwnAuthorization},
		Classes:    onRecord,
	},
	{
		// SC-2: name, date of birth, address and, if it was given, Social Security number.
		Use: IdentityProofing, Letter: "I", Authority: routineUse + "I",
		Recipients: []RecipientKind{IdentityProvider},
		Purposes:   []Purpose{ToAuthenticate},
		Attested:   []Condition{ProviderUnderContract, IndividualSeeksAccess, ProofingNotConcluded},
		Classes:    []Class{Name, BirthDate, Residence, SSN},
	},
	{
		// PV-5: what the individual asks for is handed over, with the accounting (5 U.S.C.
		// 552a(c)(3)).
		Use: WrittenConsent, Authority: "5 U.S.C. 552a(b), written request or consent of the individual",
		Recipients: []RecipientKind{
			JusticeDepartment, FederalAgency, OtherAgency, CongressionalOffice, EnforcingAuthority, Organization, Person, TheIndividual,
		},
		Purposes: []Purpose{AsIndividualWishes},
		Attested: []Condition{ConsentIsWritten, ConsentCoversDisclosure, IdentityOfRequesterChecked},
		Classes:  append(slices.Clone(onRecord), DisclosureAccounted),
	},
}
