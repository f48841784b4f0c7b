package access

import "github.com/seed28e20331/cris"

// The reasons of this package. Each is built here and nowhere else; docs and words go by
// their codes.
var (
	lockedBeforeQuery   = cris.Reason{Code: "access.locked_before_query", Rule: "SC-7", Text: "what was carried over from the proofing cannot be altered before the query"}
	dutyMissing         = cris.Reason{Code: "access.duty_missing", Rule: "PV-3", Text: "it is not among the duties of this official"}
	requestComplete     = cris.Reason{Code: "access.request_complete", Rule: "PV-5", Text: "the request has everything that a requester must give"}
	kindUnknown         = cris.Reason{Code: "access.kind_unknown", Rule: "PV-5", Text: "the request asks neither for notification nor for access or amendment"}
	nameMissing         = cris.Reason{Code: "access.name_missing", Rule: "PV-5", Text: "the full name is missing"}
	addressMissing      = cris.Reason{Code: "access.address_missing", Rule: "PV-5", Text: "the current address is missing"}
	birthDateMissing    = cris.Reason{Code: "access.birth_date_missing", Rule: "PV-5", Text: "the date of birth is missing"}
	birthDateImpossible = cris.Reason{Code: "access.birth_date_impossible", Rule: "PV-5", Text: "nobody alive today was born on that date"}
	birthPlaceMissing   = cris.Reason{Code: "access.birth_place_missing", Rule: "PV-5", Text: "the place of birth is missing"}
	signatureMissing    = cris.Reason{Code: "access.signature_missing", Rule: "PV-5", Text: "there is no signature that was notarized or made under penalty of perjury"}
	signatureUndated    = cris.Reason{Code: "access.signature_undated", Rule: "PV-5", Text: "the date of the signature is missing"}
	signedAhead         = cris.Reason{Code: "access.signed_ahead", Rule: "PV-5", Text: "the date of the signature is still to come"}
	consentMissing      = cris.Reason{Code: "access.consent_missing", Rule: "PV-5", Text: "the certified consent of the other person is missing"}
	consentUndated      = cris.Reason{Code: "access.consent_undated", Rule: "PV-5", Text: "the date of the consent is missing"}
	consentAhead        = cris.Reason{Code: "access.consent_ahead", Rule: "PV-5", Text: "the date of the consent is still to come"}
	changeMissing       = cris.Reason{Code: "access.change_missing", Rule: "PV-5", Text: "the request does not say which record is to be amended, and how"}
	whyMissing          = cris.Reason{Code: "access.why_missing", Rule: "PV-5", Text: "the request does not say why the record is to be amended"}
	whyOnFileMissing    = cris.Reason{Code: "access.why_on_file_missing", Rule: "PV-5", Text: "the request does not say why the department would have the records"}
	componentsMissing   = cris.Reason{Code: "access.components_missing", Rule: "PV-5", Text: "the request does not say which component may have the records"}
	whenCreatedMissing  = cris.Reason{Code: "access.when_created_missing", Rule: "PV-5", Text: "the request does not say when the records would have been created"}
	recordAmended       = cris.Reason{Code: "access.record_amended", Rule: "PV-5", Text: "the record was not accurate, relevant, timely or complete, and is amended"}
	recordIsRight       = cris.Reason{Code: "access.record_right", Rule: "PV-5", Text: "the record is accurate, relevant, timely and complete"}
	evidenceMissing     = cris.Reason{Code: "access.no_evidence", Rule: "PV-5", Text: "nothing shows that the record is not accurate, relevant, timely or complete"}
	otherAgencysData    = cris.Reason{Code: "access.kept_by_other_agency", Rule: "PV-5", Text: "the record repeats what another agency keeps, which alone can amend it"}
	refusalFinal        = cris.Reason{Code: "access.refusal_final", Rule: "PV-5", Text: "the refusal was upheld on appeal"}
	handleMissing       = cris.Reason{Code: "access.handle_missing", Rule: "PV-5", Text: "the handle of the record is missing or malformed, so no trail can be kept"}
	classNotOnRecord    = cris.Reason{Code: "access.class_not_on_record", Rule: "PV-5", Text: "something that is to be amended is not on record"}
	classTwice          = cris.Reason{Code: "access.class_twice", Rule: "PV-5", Text: "something is to be amended in two ways"}
	nothingChanges      = cris.Reason{Code: "access.nothing_changes", Rule: "PV-5", Text: "the record already reads as it was asked to read"}
	findingMissing      = cris.Reason{Code: "access.finding_missing", Rule: "PV-5", Text: "there is no finding on the record"}
	refusalNotFinal     = cris.Reason{Code: "access.refusal_not_final", Rule: "PV-5", Text: "no refusal was upheld on appeal that the statement could be about"}
	statementMissing    = cris.Reason{Code: "access.statement_missing", Rule: "PV-5", Text: "the statement of disagreement is missing or is not valid text"}
	statementTooLong    = cris.Reason{Code: "access.statement_too_long", Rule: "PV-5", Text: "the statement of disagreement is not concise"}
	disagreementOnFile  = cris.Reason{Code: "access.disagreement_on_file", Rule: "PV-5", Text: "the statement goes out with every later disclosure of what is disputed"}
)

// Reasons lists every reason that a decision of this package can give, in the order of the
// rules. The caller may keep and change the slice.
func Reasons() []cris.Reason {
	return []cris.Reason{
		lockedBeforeQuery, dutyMissing, requestComplete, kindUnknown, nameMissing, addressMissing, birthDateMissing,
		birthDateImpossible, birthPlaceMissing, signatureMissing, signatureUndated, signedAhead, consentMissing, consentUndated,
		consentAhead, changeMissing, whyMissing, whyOnFileMissing, componentsMissing, whenCreatedMissing, recordAmended,
		recordIsRight, evidenceMissing, otherAgencysData, refusalFinal, handleMissing, classNotOnRecord, classTwice,
		nothingChanges, findingMissing, refusalNotFinal, statementMissing, statementTooLong, disagreementOnFile,
	}
}
