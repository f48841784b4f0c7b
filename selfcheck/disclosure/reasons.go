package disclosure

import "github.com/seed28e20331/cris"

// The reasons of this package. Each is built here and nowhere else; docs and words go by
// their codes.
var (
	withinRoutineUse        = cris.Reason{Code: "disclosure.within_routine_use", Rule: "SC-18", Text: "the disclosure stays within the routine use"}
	useUnknown              = cris.Reason{Code: "disclosure.use_unknown", Rule: "SC-18", Text: "the disclosure does not name a routine use"}
	recipientNotInUse       = cris.Reason{Code: "disclosure.recipient_not_in_use", Rule: "SC-18", Text: "the routine use does not allow a disclosure to this kind of recipient"}
	purposeNotInUse         = cris.Reason{Code: "disclosure.purpose_not_in_use", Rule: "SC-18", Text: "the routine use does not allow a disclosure for this purpose"}
	nothingAsked            = cris.Reason{Code: "disclosure.nothing_asked", Rule: "SC-18", Text: "no class of data is named"}
	classNotInUse           = cris.Reason{Code: "disclosure.class_not_in_use", Rule: "SC-18", Text: "the routine use does not allow the disclosure of every class of data that is named"}
	classNotNecessary       = cris.Reason{Code: "disclosure.class_not_necessary", Rule: "SC-18", Text: "not every class of data that is named was determined to be necessary and relevant"}
	conditionNotAttested    = cris.Reason{Code: "disclosure.condition_not_attested", Rule: "SC-18", Text: "a condition of the routine use was not attested"}
	personNamed             = cris.Reason{Code: "disclosure.person_named", Rule: "SC-18", Text: "the accounting holds no name and no address of a person"}
	recipientNameMissing    = cris.Reason{Code: "disclosure.recipient_name_missing", Rule: "SC-18", Text: "the name of the recipient is missing or is not one line"}
	recipientAddressMissing = cris.Reason{Code: "disclosure.recipient_address_missing", Rule: "SC-18", Text: "the address of the recipient is missing or is not one line"}
	fileMissing             = cris.Reason{Code: "disclosure.file_missing", Rule: "SC-18", Text: "the file is missing in which the name and the address of the person are kept"}
	fileNumberMalformed     = cris.Reason{Code: "disclosure.file_number_malformed", Rule: "SC-18", Text: "the number of the file is malformed, or can be the number of a person"}
	handleMissing           = cris.Reason{Code: "disclosure.handle_missing", Rule: "SC-18", Text: "the handle of the record is missing or malformed, so the disclosure cannot be recorded"}
	dutyMissing             = cris.Reason{Code: "disclosure.duty_missing", Rule: "PV-3", Text: "it is not among the duties of this official"}
	individualConsents      = cris.Reason{Code: "disclosure.individual_consents", Rule: "PV-5", Text: "the individual asked for the disclosure or agreed to it in writing"}
	disagreementLeftOut     = cris.Reason{Code: "disclosure.disagreement_left_out", Rule: "PV-5", Text: "what the individual disputes goes out with the statement of disagreement"}
	recipientTold           = cris.Reason{Code: "disclosure.recipient_told", Rule: "PV-5", Text: "the recipient got what was corrected or is disputed"}
)

// Reasons lists every reason that a decision of this package can give, in the order of the
// rules. The caller may keep and change the slice.
func Reasons() []cris.Reason {
	return []cris.Reason{
		withinRoutineUse, useUnknown, recipientNotInUse, purposeNotInUse, nothingAsked, classNotInUse, classNotNecessary,
		conditionNotAttested, personNamed, recipientNameMissing, recipientAddressMissing, fileMissing, fileNumberMalformed,
		handleMissing, dutyMissing, individualConsents, disagreementLeftOut, recipientTold,
	}
}
