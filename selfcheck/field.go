package selfcheck

import "slices"

// Field is something that the individual enters for the query.
type Field string

// The fields of an [I9].
const (
	FieldSSN            Field = "ssn"
	FieldANumber        Field = "a_number"
	FieldPassportNumber Field = "passport_number"
	FieldCountry        Field = "country" // that issued a foreign passport
	FieldI94Number      Field = "i94_number"
	FieldVisaNumber     Field = "visa_number"
	FieldSEVISNumber    Field = "sevis_number"
	FieldCardNumber     Field = "card_number"
	FieldDocumentNumber Field = "document_number"
	FieldState          Field = "state" // that issued a document of list B
	FieldExpirationDate Field = "expiration_date"
)

// Fields lists the fields in the order in which reasons about them are given. The caller
// may keep and change the slice.
func Fields() []Field {
	return []Field{
		FieldSSN, FieldANumber, FieldPassportNumber, FieldCountry, FieldI94Number,
		FieldVisaNumber, FieldSEVISNumber, FieldCardNumber, FieldDocumentNumber, FieldState, FieldExpirationDate,
	}
}

// FieldSet says which fields a citizenship status and the chosen documents ask for. A field that
// is in none of the three lists is not asked for, and a query that has it is refused.
type FieldSet struct {
	Required []Field
	OneOf    []Field // at least one of these, if there are any
	Optional []Field
}

func (s FieldSet) has(f Field) bool {
	return slices.Contains(s.Required, f) || slices.Contains(s.OneOf, f) || slices.Contains(s.Optional, f)
}

// FieldsFor returns the fields that Form I-9 asks for by citizenship status and chosen documents.
// The documents are one of list A, or one of list B and one of list C; what is not chosen is "".
// It reports false if the documents cannot be chosen together or do not go with the status. The
// caller may keep and change the lists.
//
// The Social Security number is not among the fields: it is asked for if and only
// if the proofing did not bring it.
func FieldsFor(status CitizenshipStatus, listA, listB, listC Document) (FieldSet, bool) {
	byStatus := slices.IndexFunc(fieldsByStatus, func(row statusRow) bool {
		return row.status == status && row.listA == listA
	})
	if byStatus < 0 {
		return FieldSet{}, false
	}
	fields := fieldsByStatus[byStatus].clone()
	if listA != "" {
		return fields, listB == "" && listC == ""
	}
	byListB := slices.IndexFunc(fieldsByListB, func(row listBRow) bool { return row.listB == listB })
	if byListB < 0 || !slices.Contains(ListC(), listC) {
		return FieldSet{}, false
	}
	fields.Required = append(fields.Required, fieldsByListB[byListB].Required...)
	fields.Optional = append(fields.Optional, fieldsByListB[byListB].Optional...)
	return fields, true
}

func (s FieldSet) clone() FieldSet {
	return FieldSet{slices.Clone(s.Required), slices.Clone(s.OneOf), slices.Clone(s.Optional)}
}

// statusRow says what a status asks for with a document of list A, or with lists B
// and C where listA is "".
type statusRow struct {
	status CitizenshipStatus
	listA  Document
	FieldSet
}

// SC-9: what is asked depends on the status and the chosen document. Older
// permanent resident cards never expire, so their date is optional.
var fieldsByStatus = []statusRow{
	{USCitizen, USPassport, FieldSet{Required: []Field{FieldPassportNumber, FieldExpirationDate}}},
	{USCitizen, USPassportReceipt, passportReceipt},
	{USCitizen, "", FieldSet{}},

	{NoncitizenNational, USPassport, FieldSet{Required: []Field{FieldPassportNumber, FieldExpirationDate}}},
	{NoncitizenNational, USPassportReceipt, passportReceipt},
	{NoncitizenNational, "", FieldSet{}},

	{LawfulPermanentResident, PermanentResidentCard, FieldSet{
		Required: []Field{FieldANumber, FieldCardNumber}, Optional: []Field{FieldExpirationDate},
	}},
	{LawfulPermanentResident, ForeignPassportWithI551Stamp, FieldSet{
		Required: []Field{FieldANumber, FieldPassportNumber, FieldCountry, FieldExpirationDate},
	}},
	{LawfulPermanentResident, FormI94Receipt, FieldSet{
		Required: []Field{FieldANumber}, Optional: []Field{FieldI94Number, FieldExpirationDate},
	}},
	{LawfulPermanentResident, "", FieldSet{Required: []Field{FieldANumber}}},

	{NoncitizenAuthorizedToWork, EmploymentAuthorizationDocument, FieldSet{
		Required: []Field{FieldANumber, FieldCardNumber, FieldExpirationDate},
	}},
	{NoncitizenAuthorizedToWork, ForeignPassportWithI94, FieldSet{
		Required: []Field{FieldPassportNumber, FieldCountry, FieldI94Number, FieldExpirationDate},
		Optional: []Field{FieldANumber, FieldVisaNumber, FieldSEVISNumber},
	}},
	{NoncitizenAuthorizedToWork, FormI94, FieldSet{
		Required: []Field{FieldI94Number, FieldExpirationDate}, Optional: []Field{FieldANumber, FieldPassportNumber, FieldCountry},
	}},
	{NoncitizenAuthorizedToWork, FormI94Receipt, FieldSet{
		Required: []Field{FieldI94Number}, Optional: []Field{FieldANumber, FieldExpirationDate},
	}},
	{NoncitizenAuthorizedToWork, "", FieldSet{OneOf: []Field{FieldANumber, FieldI94Number}}},
}

// passportReceipt is what a receipt asks for. A receipt need not bear the number of the passport.
var passportReceipt = FieldSet{Optional: []Field{FieldPassportNumber, FieldExpirationDate}}

// listBRow says what a document of list B adds.
type listBRow struct {
	listB Document
	FieldSet
}

// A document of list B may have no expiration date, and only those of the states
// have a number that E-Verify can compare.
var fieldsByListB = []listBRow{
	{DriversLicense, FieldSet{Required: []Field{FieldDocumentNumber, FieldState}, Optional: []Field{FieldExpirationDate}}},
	{StateIDCard, FieldSet{Required: []Field{FieldDocumentNumber, FieldState}, Optional: []Field{FieldExpirationDate}}},
	{GovernmentIDCard, FieldSet{Optional: []Field{FieldExpirationDate}}},
	{SchoolIDCard, FieldSet{Optional: []Field{FieldExpirationDate}}},
	{VoterRegistrationCard, FieldSet{Optional: []Field{FieldExpirationDate}}},
	{USMilitaryCard, FieldSet{Optional: []Field{FieldExpirationDate}}},
	{MilitaryDependentIDCard, FieldSet{Optional: []Field{FieldExpirationDate}}},
	{USCoastGuardCard, FieldSet{Optional: []Field{FieldExpirationDate}}},
	{NativeAmericanTribalDocument, FieldSet{Optional: []Field{FieldExpirationDate}}},
	{CanadianDriversLicense, FieldSet{Optional: []Field{FieldExpirationDate}}},
	{SchoolRecord, FieldSet{}},
	{HospitalRecord, FieldSet{}},
	{DayCareRecord, FieldSet{}},
}
