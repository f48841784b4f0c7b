package selfcheck

import "github.com/seed28e20331/cris"

// The reasons of this package. Each is built here and nowhere else; docs and words go by
// their codes.
var (
	identityConfirmed         = cris.Reason{Code: "selfcheck.identity_confirmed", Rule: "SC-1", Text: "the provider confirmed the identity, which opens the query"}
	noPassedProofing          = cris.Reason{Code: "selfcheck.no_passed_proofing", Rule: "SC-1", Text: "there is no passed proofing"}
	queryMadeAlready          = cris.Reason{Code: "selfcheck.query_made_already", Rule: "SC-1", Text: "another query was already made after this proofing"}
	queryUnanswered           = cris.Reason{Code: "selfcheck.query_unanswered", Rule: "SC-1", Text: "this query was already made, and E-Verify's answer is not on record"}
	passExpired               = cris.Reason{Code: "selfcheck.pass_expired", Rule: "SC-1", Text: "the proofing was passed too long ago"}
	queryWithdrawn            = cris.Reason{Code: "selfcheck.query_withdrawn", Rule: "SC-1", Text: "staff found that no case was opened for the query, and another begins with a new proofing"}
	nameMissing               = cris.Reason{Code: "selfcheck.name_missing", Rule: "SC-2", Text: "the name is missing"}
	birthDateMissing          = cris.Reason{Code: "selfcheck.birth_date_missing", Rule: "SC-2", Text: "the date of birth is missing"}
	birthDateImpossible       = cris.Reason{Code: "selfcheck.birth_date_impossible", Rule: "SC-2", Text: "nobody alive today was born on that date"}
	tooYoung                  = cris.Reason{Code: "selfcheck.too_young", Rule: "SC-2", Text: "the individual is too young to use Self Check"}
	applicantChanged          = cris.Reason{Code: "selfcheck.applicant_changed", Rule: "SC-2", Text: "the proofing was begun for somebody with another name, date of birth or Social Security number"}
	residenceMissing          = cris.Reason{Code: "selfcheck.residence_missing", Rule: "SC-2", Text: "the address of residence is missing"}
	tooFewQuestions           = cris.Reason{Code: "selfcheck.too_few_questions", Rule: "SC-3", Text: "too few questions could be generated"}
	tooManyQuestions          = cris.Reason{Code: "selfcheck.too_many_questions", Rule: "SC-3", Text: "more questions were asked than are allowed"}
	answeredIncorrectly       = cris.Reason{Code: "selfcheck.answered_incorrectly", Rule: "SC-4", Text: "the questions were answered incorrectly"}
	quizAbandoned             = cris.Reason{Code: "selfcheck.quiz_abandoned", Rule: "SC-4", Text: "the questions were not answered"}
	systemError               = cris.Reason{Code: "selfcheck.system_error", Rule: "SC-4", Text: "a system error prevented the proofing"}
	fraudAlert                = cris.Reason{Code: "selfcheck.fraud_alert", Rule: "SC-4", Text: "a fraud alert on the credit file prevents authentication"}
	fileFrozen                = cris.Reason{Code: "selfcheck.file_frozen", Rule: "SC-4", Text: "a freeze or lock on the credit file prevents authentication"}
	recordedAsDeceased        = cris.Reason{Code: "selfcheck.recorded_as_deceased", Rule: "SC-4", Text: "the credit bureaus' records prevent authentication"}
	notWritable               = cris.Reason{Code: "selfcheck.not_writable", Rule: "SC-4", Text: "the provider cannot write the name or the address"}
	dataCarriedOver           = cris.Reason{Code: "selfcheck.data_carried_over", Rule: "SC-6", Text: "the name, the date of birth and the Social Security number are carried over, and the address of residence is not"}
	passWithoutTransaction    = cris.Reason{Code: "selfcheck.pass_without_transaction", Rule: "SC-6", Text: "the provider's report of a pass has no usable transaction number"}
	passWithoutName           = cris.Reason{Code: "selfcheck.pass_without_name", Rule: "SC-6", Text: "the provider's report of a pass does not have the name"}
	passWithoutBirthDate      = cris.Reason{Code: "selfcheck.pass_without_birth_date", Rule: "SC-6", Text: "the provider's report of a pass does not have the date of birth"}
	passWithoutSSN            = cris.Reason{Code: "selfcheck.pass_without_ssn", Rule: "SC-6", Text: "the provider's report of a pass does not have the Social Security number that the provider was sent"}
	passForAnotherName        = cris.Reason{Code: "selfcheck.pass_for_another_name", Rule: "SC-7", Text: "the pass is for another name"}
	passForAnotherBirthDate   = cris.Reason{Code: "selfcheck.pass_for_another_birth_date", Rule: "SC-7", Text: "the pass is for another date of birth"}
	passForAnotherSSN         = cris.Reason{Code: "selfcheck.pass_for_another_ssn", Rule: "SC-7", Text: "the pass is for another Social Security number"}
	passOfAnotherTime         = cris.Reason{Code: "selfcheck.pass_of_another_time", Rule: "SC-7", Text: "the pass is from before the proofing began, or from the future"}
	passOfAnotherTransaction  = cris.Reason{Code: "selfcheck.pass_of_another_transaction", Rule: "SC-7", Text: "the provider gave the transaction number of this pass to another proofing"}
	ssnProvedAlready          = cris.Reason{Code: "selfcheck.ssn_proved_already", Rule: "SC-7", Text: "the Social Security number was carried over from the proofing and cannot be entered again"}
	multipleAttempts          = cris.Reason{Code: "selfcheck.multiple_attempts", Rule: "SC-8", Text: "multiple attempts indicate possible fraud"}
	useLimit                  = cris.Reason{Code: "selfcheck.use_limit", Rule: "SC-8", Text: "the provider was asked about this person too often"}
	queryComplete             = cris.Reason{Code: "selfcheck.query_complete", Rule: "SC-9", Text: "what was entered is what the citizenship status and the documents require"}
	ssnMissing                = cris.Reason{Code: "selfcheck.ssn_missing", Rule: "SC-9", Text: "the Social Security number is missing"}
	statusUnknown             = cris.Reason{Code: "selfcheck.status_unknown", Rule: "SC-9", Text: "the citizenship status is missing or is not one of Form I-9"}
	documentUnknown           = cris.Reason{Code: "selfcheck.document_unknown", Rule: "SC-9", Text: "a document is missing or is not on the list of Form I-9 from which it was chosen"}
	documentsDoNotGoTogether  = cris.Reason{Code: "selfcheck.documents_do_not_go_together", Rule: "SC-9", Text: "these documents cannot be chosen together, or not with this citizenship status"}
	aNumberOrI94NumberMissing = cris.Reason{Code: "selfcheck.a_number_or_i94_number_missing", Rule: "SC-9", Text: "the A-Number or the I-94 number is missing"}
	countryNotForeign         = cris.Reason{Code: "selfcheck.country_not_foreign", Rule: "SC-9", Text: "the United States does not issue foreign passports"}
	documentExpired           = cris.Reason{Code: "selfcheck.document_expired", Rule: "SC-9", Text: "the document has expired"}
	nothingToConfirm          = cris.Reason{Code: "selfcheck.nothing_to_confirm", Rule: "SC-9", Text: "E-Verify does not ask to confirm anything"}
	fieldNotToConfirm         = cris.Reason{Code: "selfcheck.field_not_to_confirm", Rule: "SC-9", Text: "something was changed that E-Verify does not ask to confirm"}
	dataToConfirm             = cris.Reason{Code: "selfcheck.data_to_confirm", Rule: "SC-9", Text: "E-Verify asks to confirm what was entered"}
	refusedByEVerify          = cris.Reason{Code: "selfcheck.refused_by_everify", Rule: "SC-9", Text: "E-Verify did not take the query"}
	authorizationConfirmed    = cris.Reason{Code: "selfcheck.authorization_confirmed", Rule: "SC-10", Text: "the records confirm the work authorization"}
	ssaRecordsDiffer          = cris.Reason{Code: "selfcheck.ssa_records_differ", Rule: "SC-10", Text: "the records of the Social Security Administration do not match"}
	immigrationRecordsDiffer  = cris.Reason{Code: "selfcheck.immigration_records_differ", Rule: "SC-10", Text: "the immigration records do not match"}
	moreTimeNeeded            = cris.Reason{Code: "selfcheck.more_time_needed", Rule: "SC-10", Text: "the agencies need more time"}
	noResult                  = cris.Reason{Code: "selfcheck.no_result", Rule: "SC-10", Text: "E-Verify gave no result"}
	noResultToResolve         = cris.Reason{Code: "selfcheck.no_result_to_resolve", Rule: "SC-11", Text: "there is no result to resolve"}
	noMismatchToResolve       = cris.Reason{Code: "selfcheck.no_mismatch_to_resolve", Rule: "SC-11", Text: "the work authorization is confirmed, so there is no mismatch to resolve"}
	individualDeclines        = cris.Reason{Code: "selfcheck.individual_declines", Rule: "SC-11", Text: "the individual does not want to resolve the mismatch"}
	choiceUnknown             = cris.Reason{Code: "selfcheck.choice_unknown", Rule: "SC-11", Text: "the choice must be to resolve the mismatch or to decline"}
	caseIsClosed              = cris.Reason{Code: "selfcheck.case_is_closed", Rule: "SC-11", Text: "the E-Verify case is closed"}
	formForSSA                = cris.Reason{Code: "selfcheck.form_for_ssa", Rule: "SC-12", Text: "an SSA mismatch is resolved with a form at the Social Security Administration"}
	callToOffice              = cris.Reason{Code: "selfcheck.call_to_office", Rule: "SC-13", Text: "an immigration mismatch is resolved by calling the E-Verify Customer Contact Office"}
	statementNotShown         = cris.Reason{Code: "selfcheck.statement_not_shown", Rule: "ER-7", Text: "the Privacy Act Statement that was shown is not named"}
	statementNotInForce       = cris.Reason{Code: "selfcheck.statement_not_in_force", Rule: "ER-7", Text: "the Privacy Act Statement that was shown is not one that is in force"}
)

// faults are the reasons about one field that is entered for the query.
type faults struct {
	field                        Field
	missing, malformed, notAsked cris.Reason
}

// fieldFaults are in the order in which a decision gives them. What is not a date cannot be
// entered as the expiration date, and numbers that are never required cannot be missing.
var fieldFaults = []faults{
	{
		FieldANumber,
		cris.Reason{Code: "selfcheck.a_number_missing", Rule: "SC-9", Text: "the A-Number is missing"},
		cris.Reason{Code: "selfcheck.a_number_malformed", Rule: "SC-9", Text: "the A-Number is not one that a person can have"},
		cris.Reason{Code: "selfcheck.a_number_not_asked", Rule: "SC-9", Text: "the A-Number is not asked for with this status and document"},
	},
	{
		FieldPassportNumber,
		cris.Reason{Code: "selfcheck.passport_number_missing", Rule: "SC-9", Text: "the passport number is missing"},
		cris.Reason{Code: "selfcheck.passport_number_malformed", Rule: "SC-9", Text: "the passport number is not one that such a passport can have"},
		cris.Reason{Code: "selfcheck.passport_number_not_asked", Rule: "SC-9", Text: "the passport number is not asked for with this status and document"},
	},
	{
		FieldCountry,
		cris.Reason{Code: "selfcheck.country_missing", Rule: "SC-9", Text: "the country of issuance is missing"},
		cris.Reason{Code: "selfcheck.country_malformed", Rule: "SC-9", Text: "the country of issuance is not the code of a country that issues passports"},
		cris.Reason{Code: "selfcheck.country_not_asked", Rule: "SC-9", Text: "the country of issuance is not asked for with this status and document"},
	},
	{
		FieldI94Number,
		cris.Reason{Code: "selfcheck.i94_number_missing", Rule: "SC-9", Text: "the I-94 number is missing"},
		cris.Reason{Code: "selfcheck.i94_number_malformed", Rule: "SC-9", Text: "the I-94 number is not one that a Form I-94 can have"},
		cris.Reason{Code: "selfcheck.i94_number_not_asked", Rule: "SC-9", Text: "the I-94 number is not asked for with this status and document"},
	},
	{
		field:     FieldVisaNumber,
		malformed: cris.Reason{Code: "selfcheck.visa_number_malformed", Rule: "SC-9", Text: "the visa number is not one that a visa can have"},
		notAsked:  cris.Reason{Code: "selfcheck.visa_number_not_asked", Rule: "SC-9", Text: "the visa number is not asked for with this status and document"},
	},
	{
		field:     FieldSEVISNumber,
		malformed: cris.Reason{Code: "selfcheck.sevis_number_malformed", Rule: "SC-9", Text: "the SEVIS number is not one that a student or exchange visitor can have"},
		notAsked:  cris.Reason{Code: "selfcheck.sevis_number_not_asked", Rule: "SC-9", Text: "the SEVIS number is not asked for with this status and document"},
	},
	{
		FieldCardNumber,
		cris.Reason{Code: "selfcheck.card_number_missing", Rule: "SC-9", Text: "the card number is missing"},
		cris.Reason{Code: "selfcheck.card_number_malformed", Rule: "SC-9", Text: "the card number is not one that a card can have"},
		cris.Reason{Code: "selfcheck.card_number_not_asked", Rule: "SC-9", Text: "the card number is not asked for with this status and document"},
	},
	{
		FieldDocumentNumber,
		cris.Reason{Code: "selfcheck.document_number_missing", Rule: "SC-9", Text: "the document number is missing"},
		cris.Reason{Code: "selfcheck.document_number_malformed", Rule: "SC-9", Text: "the document number is not one that a document can have"},
		cris.Reason{Code: "selfcheck.document_number_not_asked", Rule: "SC-9", Text: "the document number is not asked for with this status and document"},
	},
	{
		FieldState,
		cris.Reason{Code: "selfcheck.state_missing", Rule: "SC-9", Text: "the issuing state is missing"},
		cris.Reason{Code: "selfcheck.state_malformed", Rule: "SC-9", Text: "the issuing state is not the code of a state that issues such documents"},
		cris.Reason{Code: "selfcheck.state_not_asked", Rule: "SC-9", Text: "the issuing state is not asked for with this status and document"},
	},
	{
		field:    FieldExpirationDate,
		missing:  cris.Reason{Code: "selfcheck.expiration_date_missing", Rule: "SC-9", Text: "the expiration date is missing"},
		notAsked: cris.Reason{Code: "selfcheck.expiration_date_not_asked", Rule: "SC-9", Text: "the expiration date is not asked for with this status and document"},
	},
}

// Reasons lists every reason that a decision of this package can give, in the order of the
// rules: those of this package, then ER-7. The caller may keep and change the slice.
func Reasons() []cris.Reason {
	reasons := []cris.Reason{
		identityConfirmed, noPassedProofing, queryMadeAlready, queryUnanswered, passExpired, queryWithdrawn, nameMissing,
		birthDateMissing, birthDateImpossible, tooYoung, applicantChanged, residenceMissing, tooFewQuestions,
		tooManyQuestions, answeredIncorrectly, quizAbandoned, systemError, fraudAlert, fileFrozen,
		recordedAsDeceased, notWritable, dataCarriedOver,
		passWithoutTransaction, passWithoutName, passWithoutBirthDate, passWithoutSSN,
		passForAnotherName, passForAnotherBirthDate, passForAnotherSSN, passOfAnotherTime,
		passOfAnotherTransaction, ssnProvedAlready,
		multipleAttempts, useLimit, queryComplete, ssnMissing, statusUnknown, documentUnknown,
		documentsDoNotGoTogether,
	}
	for _, row := range fieldFaults {
		for _, reason := range []cris.Reason{row.missing, row.malformed, row.notAsked} {
			if reason != (cris.Reason{}) {
				reasons = append(reasons, reason)
			}
		}
	}
	return append(reasons,
		aNumberOrI94NumberMissing, countryNotForeign, documentExpired, nothingToConfirm, fieldNotToConfirm,
		dataToConfirm, refusedByEVerify, authorizationConfirmed,
		ssaRecordsDiffer, immigrationRecordsDiffer, moreTimeNeeded, noResult, noResultToResolve, noMismatchToResolve,
		individualDeclines, choiceUnknown, caseIsClosed, formForSSA, callToOffice,
		statementNotShown, statementNotInForce)
}
