package everify

import (
	"slices"

	"github.com/seed28e20331/cris/selfcheck"
)

// Code is a code of E-Verify Web Services and what becomes of it here.
type Code struct {
	List string // the attribute that has it, such as case_status
	Code string
	// NotOurs says why Self Check never sends the code. It is "" for a code that is sent or
	// understood.
	NotOurs string
}

// Codes lists the codes that are known, list by list. The caller may keep and change the slice.
func Codes() []Code {
	var codes []Code
	add := func(list, code string) { codes = append(codes, Code{List: list, Code: code}) }
	for _, row := range caseStatuses {
		add("case_status", row.code)
	}
	for _, row := range eligibilityStatements {
		add("case_eligibility_statement", row.code)
	}
	for _, row := range referralStatuses {
		add("referral_status", row.code)
	}
	for _, row := range citizenshipCodes {
		add("citizenship_status_code", row.code)
	}
	for _, row := range documentCodes {
		add(row.list, row.code)
	}
	for _, row := range subTypes {
		add("document_sub_type_code", row.code)
	}
	add("duplicate_continue_reason_code", anotherCaseIsOpen)
	for _, code := range []string{closeAuthorized, closeOther} {
		add("case_closure_reason_code", code)
	}
	for _, code := range errorCodes {
		add("errors", code)
	}
	return append(codes, notOurs...)
}

// The statuses of a case that are used in more than one place.
const (
	statusDraft       = "DRAFT"
	statusUnconfirmed = "UNCONFIRMED_DATA"
	statusPending     = "PENDING_REFERRAL"
	statusClosed      = "CLOSED"
)

const statementAuthorized = "EMPLOYMENT_AUTHORIZED"

// statusRow says which stage a code of E-Verify is.
type statusRow struct {
	code  string
	stage selfcheck.Stage
}

// caseStatuses says which stage a status of a case is.
var caseStatuses = []statusRow{
	{statusDraft, selfcheck.StageDraft},
	{"QUEUED", selfcheck.StageWaiting},
	{statusUnconfirmed, selfcheck.StageUnconfirmed},
	{"PHOTO_MATCH", selfcheck.StageUnsupported},     // an employer compares the photo with the document
	{"SCAN_AND_UPLOAD", selfcheck.StageUnsupported}, // an employer uploads the document
	{statusPending, selfcheck.StageMismatch},
	{"REFERRED", selfcheck.StageReferred},
	{"FINAL_NONCONFIRMATION", selfcheck.StageNotConfirmed},
	{statusClosed, selfcheck.StageClosed}, // unless the statement says that the employment is authorized
}

// eligibilityStatements says what a statement says of a closed case: E-Verify closes a case by
// itself once the employment is authorized.
var eligibilityStatements = []statusRow{
	{statementAuthorized, selfcheck.StageAuthorized},
	{"NO_ACTION_FNC", selfcheck.StageClosed},
}

// referralStatuses says whether an agency's records do not match. Where they do, and where the
// individual took no action, nothing is referred.
var referralStatuses = []struct {
	code      string
	isFinding bool
}{
	{"NOT_REFERRED", false},
	{"PENDING_REFERRAL", true},
	{"REFERRED", true},
}

// citizenshipCodes are the statuses of Form I-9 in the spelling of version 31.1.
var citizenshipCodes = []struct {
	status selfcheck.CitizenshipStatus
	code   string
}{
	{selfcheck.USCitizen, "US_CITIZEN"},
	{selfcheck.NoncitizenNational, "NONCITIZEN"},
	{selfcheck.LawfulPermanentResident, "LAWFUL_PERMANENT_RESIDENT"},
	{selfcheck.NoncitizenAuthorizedToWork, "NONCITIZEN_AUTHORIZED_TO_WORK"},
}

const (
	listA = "document_a_type_code"
	listB = "document_b_type_code"
	listC = "document_c_type_code"
)

// documentCodes are the documents of Form I-9 by list.
var documentCodes = []struct {
	list     string
	document selfcheck.Document
	code     string
}{
	{listA, selfcheck.USPassport, "US_PASSPORT"},
	{listA, selfcheck.USPassportReceipt, "US_PASSPORT_RECEIPT"},
	{listA, selfcheck.PermanentResidentCard, "FORM_I551"},
	{listA, selfcheck.EmploymentAuthorizationDocument, "FORM_I766"},
	{listA, selfcheck.ForeignPassportWithI551Stamp, "FOREIGN_PASSPORT_WITH_I551_STAMP"},
	{listA, selfcheck.ForeignPassportWithI94, "FOREIGN_PASSPORT_WITH_FORM_I94"},
	{listA, selfcheck.FormI94, "FORM_I94"},
	{listA, selfcheck.FormI94Receipt, "FORM_I94_RECEIPT"},
	{listB, selfcheck.DriversLicense, "DRIVERS_LICENSE"},
	{listB, selfcheck.StateIDCard, "STATE_ID_CARD"},
	{listB, selfcheck.GovernmentIDCard, "GOVERNMENT_ID_CARD"},
	{listB, selfcheck.SchoolIDCard, "SCHOOL_ID_CARD"},
	{listB, selfcheck.VoterRegistrationCard, "VOTER_REGISTRATION_CARD"},
	{listB, selfcheck.USMilitaryCard, "US_MILITARY_CARD"},
	{listB, selfcheck.MilitaryDependentIDCard, "MILITARY_DEPENDENT_ID_CARD"},
	{listB, selfcheck.USCoastGuardCard, "US_COAST_GUARD_CARD"},
	{listB, selfcheck.NativeAmericanTribalDocument, "NATIVE_AMERICAN_TRIBAL_DOCUMENT"},
	{listB, selfcheck.CanadianDriversLicense, "CANADIAN_DRIVERS_LICENSE"},
	{listB, selfcheck.SchoolRecord, "SCHOOL_RECORD"},
	{listB, selfcheck.HospitalRecord, "HOSPITAL_RECORD"},
	{listB, selfcheck.DayCareRecord, "DAY_CARE_RECORD"},
	{listC, selfcheck.SocialSecurityCard, "SOCIAL_SECURITY_CARD"},
	{listC, selfcheck.FormDS1350, "DS_1350"},
	{listC, selfcheck.FormFS545, "FS_545"},
	{listC, selfcheck.FormFS240, "FS_240"},
	{listC, selfcheck.USBirthCertificate, "US_BIRTH_CERTIFICATE"},
	{listC, selfcheck.NativeAmericanTribalDocument, "NATIVE_AMERICAN_TRIBAL_DOCUMENT"},
	{listC, selfcheck.FormI197, "FORM_I197"},
	{listC, selfcheck.FormI179, "FORM_I179"},
	{listC, selfcheck.OtherEmploymentAuthorizationOfDHS, "EMPLOYMENT_AUTHORIZATION_DOCUMENT"},
}

// subTypes are sent where E-Verify asks for one.
var subTypes = []struct {
	document selfcheck.Document
	code     string
}{
	{selfcheck.DriversLicense, "DRIVERS_LICENSE"},
	{selfcheck.StateIDCard, "STATE_ID_CARD"},
}

// anotherCaseIsOpen is why a case is opened beside another of the same person.
const anotherCaseIsOpen = "OTHER"

const (
	closeAuthorized = "EMPLOYEE_CONTINUES_TO_WORK_AFTER_EA"
	closeOther      = "OTHER"
)

// otherClosure is the text for a reason that is not on the list.
const otherClosure = "Self Check: the case is over."

// closures are the texts with the code OTHER. There is no employer, so nobody is said to continue
// working or to be dismissed, unless E-Verify itself says that the employment is authorized.
var closures = []struct {
	reason selfcheck.ClosureReason
	text   string
}{
	{selfcheck.ClosedConfirmed, "Self Check: the work authorization was confirmed."},
	{selfcheck.ClosedDeclined, "Self Check: the individual chose not to resolve the mismatch."},
	{selfcheck.ClosedResolved, "Self Check: the individual chose to resolve the mismatch, and the case is over."},
	{selfcheck.ClosedNoResult, "Self Check: the case had no result that can be shown."},
	{selfcheck.ClosedSessionEnded, "Self Check: the individual did not go on."},
	{selfcheck.ClosedNotOpened, "Self Check: the case was not meant to be opened."},
}

// The error codes that are acted upon.
const (
	codeRequired   = "ATTRIBUTE_REQUIRED"
	codeEnum       = "ATTRIBUTE_INVALID_ENUM"
	codeExtraneous = "ATTRIBUTE_EXTRANEOUS_FIELD"
	codeConflict   = "CASE_STATUS_CONFLICT"
)

// errorCodes are the error codes that an error may name.
var errorCodes = []string{
	codeRequired, "ATTRIBUTE_FORMAT", codeEnum, codeExtraneous,
	"ATTRIBUTE_A_OR_B_AND_C_DOCUMENTS_REQUIRED", codeConflict,
}

// notOurs are the codes that are known and not sent.
var notOurs = []Code{
	{"citizenship_status_code", "ALIEN_AUTHORIZED_TO_WORK", "the spelling before version 31.1"},
	{"citizenship_status_code.legacy_digits", "1", "a code of the older interface"},
	{"citizenship_status_code.legacy_digits", "2", "a code of the older interface"},
	{"citizenship_status_code.legacy_digits", "3", "a code of the older interface"},
	{"citizenship_status_code.legacy_digits", "4", "a code of the older interface"},
	{"citizenship_status_code.legacy_digits", "5", "a code of the older interface"},
	{listA, "FOREIGN_PASSPORT", "not on list A by itself"},
	{listA, "US_VISA", "not on list A by itself"},
	{listA, "SEVIS", "not on list A by itself"},
	{listC, "BIRTH_CERTIFICATE", "one client's spelling of US_BIRTH_CERTIFICATE"},
	{"document_sub_type_code", "US_PASSPORT_BOOK", "Self Check does not ask whether it is a book or a card"},
	{"reason_for_delay_code", "AWAITING_SOCIAL_SECURITY_NUMBER", "the date of hire is never in the past"},
	{"reason_for_delay_code", "TECHNICAL_PROBLEMS", "the date of hire is never in the past"},
	{"reason_for_delay_code", "OTHER", "the date of hire is never in the past"},
	{"duplicate_continue_reason_code", "REHIRE", "there is no employer"},
	{"duplicate_continue_reason_code", "PREVIOUS_CASE_RESULT_RESUBMIT", "each use of Self Check is one of its own"},
	{"case_closure_reason_code", "EMPLOYEE_TERMINATED_FOR_FNC_RESULT", "there is no employer"},
	{"case_closure_reason_code", "EMPLOYEE_CONTINUES_TO_WORK_AFTER_FNC", "there is no employer"},
	{"case_closure_reason_code", "INCORRECT_DATA", "Self Check does not know which data were not correct"},
}

// confirmFields says which field of the query each field of E-Verify is.
var confirmFields = []struct {
	wire  string
	field selfcheck.Field
}{
	{"first_name", selfcheck.FieldName},
	{"last_name", selfcheck.FieldName},
	{"middle_initial", selfcheck.FieldName},
	{"other_last_names_used", selfcheck.FieldName},
	{"date_of_birth", selfcheck.FieldBirthDate},
	{"ssn", selfcheck.FieldSSN},
	{"alien_number", selfcheck.FieldANumber},
	{"us_passport_number", selfcheck.FieldPassportNumber},
	{"foreign_passport_number", selfcheck.FieldPassportNumber},
	{"country_code", selfcheck.FieldCountry},
	{"i94_number", selfcheck.FieldI94Number},
	{"visa_number", selfcheck.FieldVisaNumber},
	{"sevis_number", selfcheck.FieldSEVISNumber},
	{"i551_number", selfcheck.FieldCardNumber},
	{"i766_number", selfcheck.FieldCardNumber},
	{"document_bc_number", selfcheck.FieldDocumentNumber},
	{"us_state_code", selfcheck.FieldState},
	{"expiration_date", selfcheck.FieldExpirationDate},
	{"no_expiration_date", selfcheck.FieldExpirationDate},
}

// wireFields are E-Verify's names of the fields of a case: an error names no others.
var wireFields = []string{
	"first_name", "last_name", "middle_initial", "other_last_names_used", "date_of_birth", "ssn",
	"citizenship_status_code", listA, listB, listC, "document_sub_type_code", "document_bc_number",
	"expiration_date", "no_expiration_date", "us_passport_number", "foreign_passport_number", "visa_number",
	"us_state_code", "country_code", "i551_number", "i766_number", "i94_number", "alien_number", "sevis_number",
	"employee_email_address", "phone_number", "employer_case_id", "reason_for_delay_code", "reason_for_delay_description",
	"duplicate_continue_reason_code", "date_of_hire", "case_creator_name", "case_creator_email_address",
	"case_creator_phone_number", "case_creator_phone_number_extension", "client_company_id", "client_software_version",
	"case_closure_reason_code", "other_reason_description",
}

// hostFields are filled in by the program and not by the individual, who cannot correct them.
var hostFields = []string{
	"employer_case_id", "reason_for_delay_code", "reason_for_delay_description", "duplicate_continue_reason_code", "date_of_hire",
	"case_creator_name", "case_creator_email_address", "case_creator_phone_number", "case_creator_phone_number_extension",
	"client_company_id", "client_software_version",
}

// isHostFault reports whether everything that is wrong was filled in by the program.
func isHostFault(fields []string) bool {
	return len(fields) > 0 && !slices.ContainsFunc(fields, func(name string) bool { return !slices.Contains(hostFields, name) })
}
