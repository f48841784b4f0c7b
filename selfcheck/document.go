package selfcheck

import "slices"

// CitizenshipStatus is what the individual attests to on Form I-9.
type CitizenshipStatus string

// The statuses of Form I-9.
const (
	USCitizen               CitizenshipStatus = "US_CITIZEN"
	NoncitizenNational      CitizenshipStatus = "NONCITIZEN_NATIONAL"
	LawfulPermanentResident CitizenshipStatus = "LAWFUL_PERMANENT_RESIDENT"
	AlienAuthorizedToWork   CitizenshipStatus = "ALIEN_AUTHORIZED_TO_WORK"
)

// Document is a kind of document that Form I-9 accepts.
type Document string

// List A shows identity and work authorization in one.
const (
	USPassport                      Document = "US_PASSPORT" // book or card
	PermanentResidentCard           Document = "FORM_I551"
	EmploymentAuthorizationDocument Document = "FORM_I766"
	ForeignPassportWithI551Stamp    Document = "FOREIGN_PASSPORT_WITH_I551_STAMP"
	ForeignPassportWithI94          Document = "FOREIGN_PASSPORT_WITH_FORM_I94"
	FormI94                         Document = "FORM_I94"
)

// List B shows identity, and goes with a document of list C.
const (
	DriversLicense               Document = "DRIVERS_LICENSE"
	StateIDCard                  Document = "STATE_ID_CARD"
	GovernmentIDCard             Document = "GOVERNMENT_ID_CARD"
	SchoolIDCard                 Document = "SCHOOL_ID_CARD"
	VoterRegistrationCard        Document = "VOTER_REGISTRATION_CARD"
	USMilitaryCard               Document = "US_MILITARY_CARD"
	MilitaryDependentIDCard      Document = "MILITARY_DEPENDENT_ID_CARD"
	USCoastGuardCard             Document = "US_COAST_GUARD_CARD"
	NativeAmericanTribalDocument Document = "NATIVE_AMERICAN_TRIBAL_DOCUMENT" // also on list C
	CanadianDriversLicense       Document = "CANADIAN_DRIVERS_LICENSE"
	SchoolRecord                 Document = "SCHOOL_RECORD"
	HospitalRecord               Document = "HOSPITAL_RECORD"
	DayCareRecord                Document = "DAY_CARE_RECORD"
)

// List C shows work authorization, and goes with a document of list B.
const (
	SocialSecurityCard                Document = "SOCIAL_SECURITY_CARD"
	FormDS1350                        Document = "DS_1350" // certification of report of birth
	FormFS545                         Document = "FS_545"  // certification of birth abroad
	FormFS240                         Document = "FS_240"  // consular report of birth abroad
	USBirthCertificate                Document = "US_BIRTH_CERTIFICATE"
	FormI197                          Document = "FORM_I197" // U.S. citizen ID card
	FormI179                          Document = "FORM_I179" // resident citizen ID card
	OtherEmploymentAuthorizationOfDHS Document = "EMPLOYMENT_AUTHORIZATION_DOCUMENT"
)

// Field is something that the individual enters for the query.
type Field string

// The fields of an [I9]; the text is what a reason calls them.
const (
	FieldSSN            Field = "Social Security number"
	FieldANumber        Field = "A-Number"
	FieldPassportNumber Field = "passport number"
	FieldCountry        Field = "country of issuance"
	FieldI94Number      Field = "I-94 number"
	FieldCardNumber     Field = "card number"
	FieldDocumentNumber Field = "document number"
	FieldState          Field = "issuing state"
	FieldExpires        Field = "expiration date"
)

// Asked says which fields a choice of status and documents asks for. Fields that
// are in none of the three are superfluous.
type Asked struct {
	Required []Field
	OneOf    []Field // at least one of these, if there are any
	Optional []Field
}

func (a Asked) asksFor(f Field) bool {
	return slices.Contains(a.Required, f) || slices.Contains(a.OneOf, f) || slices.Contains(a.Optional, f)
}

// AskedFor says what Form I-9 asks for by status and chosen documents, which are
// one of list A, or one of list B and one of list C, the others "". It reports
// false if the documents cannot be chosen together or do not go with the status.
//
// The Social Security number is not among the fields: it is asked for if and only
// if the proofing did not bring it.
func AskedFor(status CitizenshipStatus, listA, listB, listC Document) (Asked, bool) {
	byStatus := slices.IndexFunc(askedByStatus, func(row statusRow) bool {
		return row.status == status && row.listA == listA
	})
	if byStatus < 0 {
		return Asked{}, false
	}
	asked := askedByStatus[byStatus].clone()
	if listA != "" {
		return asked, listB == "" && listC == ""
	}
	byListB := slices.IndexFunc(askedByListB, func(row listBRow) bool { return row.listB == listB })
	if byListB < 0 || !slices.Contains(listCDocuments, listC) {
		return Asked{}, false
	}
	asked.Required = append(asked.Required, askedByListB[byListB].Required...)
	asked.Optional = append(asked.Optional, askedByListB[byListB].Optional...)
	return asked, true
}

func (a Asked) clone() Asked {
	return Asked{slices.Clone(a.Required), slices.Clone(a.OneOf), slices.Clone(a.Optional)}
}

// statusRow says what a status asks for with a document of list A, or with lists B
// and C where listA is "".
type statusRow struct {
	status CitizenshipStatus
	listA  Document
	Asked
}

// SC-9: what is asked depends on the status and the chosen document. Older
// permanent resident cards never expire, so their date is optional.
var askedByStatus = []statusRow{
	{USCitizen, USPassport, Asked{Required: []Field{FieldPassportNumber, FieldExpires}}},
	{USCitizen, "", Asked{}},

	{NoncitizenNational, USPassport, Asked{Required: []Field{FieldPassportNumber, FieldExpires}}},
	{NoncitizenNational, "", Asked{}},

	{LawfulPermanentResident, PermanentResidentCard, Asked{
		Required: []Field{FieldANumber, FieldCardNumber}, Optional: []Field{FieldExpires},
	}},
	{LawfulPermanentResident, ForeignPassportWithI551Stamp, Asked{
		Required: []Field{FieldANumber, FieldPassportNumber, FieldCountry, FieldExpires},
	}},
	{LawfulPermanentResident, "", Asked{Required: []Field{FieldANumber}}},

	{AlienAuthorizedToWork, EmploymentAuthorizationDocument, Asked{
		Required: []Field{FieldANumber, FieldCardNumber, FieldExpires},
	}},
	{AlienAuthorizedToWork, ForeignPassportWithI94, Asked{
		Required: []Field{FieldPassportNumber, FieldCountry, FieldI94Number, FieldExpires}, Optional: []Field{FieldANumber},
	}},
	{AlienAuthorizedToWork, FormI94, Asked{
		Required: []Field{FieldI94Number, FieldExpires}, Optional: []Field{FieldANumber},
	}},
	{AlienAuthorizedToWork, "", Asked{OneOf: []Field{FieldANumber, FieldI94Number}}},
}

// listBRow says what a document of list B adds.
type listBRow struct {
	listB Document
	Asked
}

// A document of list B may have no expiration date, and only those of the states
// have a number that E-Verify can compare.
var askedByListB = []listBRow{
	{DriversLicense, Asked{Required: []Field{FieldDocumentNumber, FieldState}, Optional: []Field{FieldExpires}}},
	{StateIDCard, Asked{Required: []Field{FieldDocumentNumber, FieldState}, Optional: []Field{FieldExpires}}},
	{GovernmentIDCard, Asked{Optional: []Field{FieldExpires}}},
	{SchoolIDCard, Asked{Optional: []Field{FieldExpires}}},
	{VoterRegistrationCard, Asked{Optional: []Field{FieldExpires}}},
	{USMilitaryCard, Asked{Optional: []Field{FieldExpires}}},
	{MilitaryDependentIDCard, Asked{Optional: []Field{FieldExpires}}},
	{USCoastGuardCard, Asked{Optional: []Field{FieldExpires}}},
	{NativeAmericanTribalDocument, Asked{Optional: []Field{FieldExpires}}},
	{CanadianDriversLicense, Asked{Optional: []Field{FieldExpires}}},
	{SchoolRecord, Asked{}},
	{HospitalRecord, Asked{}},
	{DayCareRecord, Asked{}},
}

var listCDocuments = []Document{
	SocialSecurityCard, FormDS1350, FormFS545, FormFS240, USBirthCertificate,
	NativeAmericanTribalDocument, FormI197, FormI179, OtherEmploymentAuthorizationOfDHS,
}
