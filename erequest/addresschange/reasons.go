package addresschange

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// The reasons of this package. Each is built here and nowhere else; docs and words go by
// their codes.
var (
	caseNotMatched       = cris.Reason{Code: "addresschange.case_not_matched", Rule: "ER-3", Text: "what was entered does not match a case on file that can be changed online"}
	statementNotShown    = cris.Reason{Code: "addresschange.statement_not_shown", Rule: "ER-7", Text: "the report does not name the Privacy Act Statement that was shown"}
	statementNotInForce  = cris.Reason{Code: "addresschange.statement_not_in_force", Rule: "ER-7", Text: "the Privacy Act Statement that was shown is not one that is in force"}
	keyMissing           = cris.Reason{Code: "addresschange.key_missing", Rule: "ER-9", Text: "the report needs a key made by the client, one line of at most 200 bytes with nothing hidden in it"}
	keyReused            = cris.Reason{Code: "addresschange.key_reused", Rule: "ER-9", Text: "the key of this report belongs to another report"}
	acceptedBefore       = cris.Reason{Code: "addresschange.accepted_before", Rule: "ER-9", Text: "this report was accepted before and is on file once"}
	notAChannel          = cris.Reason{Code: "addresschange.not_a_channel", Rule: "ER-13", Text: "not a channel on which reports arrive"}
	nameMissing          = cris.Reason{Code: "addresschange.name_missing", Rule: "CA-1", Text: "the name is missing"}
	birthDateMissing     = cris.Reason{Code: "addresschange.birth_date_missing", Rule: "CA-1", Text: "the date of birth is missing"}
	birthDateImpossible  = cris.Reason{Code: "addresschange.birth_date_impossible", Rule: "CA-1", Text: "nobody alive today was born on that date"}
	presentMissing       = cris.Reason{Code: "addresschange.present_missing", Rule: "CA-1", Text: "the present address is missing"}
	presentIsBox         = cris.Reason{Code: "addresschange.present_is_box", Rule: "CA-1", Text: "the present address is a post office box, where nobody lives"}
	presentZIPElsewhere  = cris.Reason{Code: "addresschange.present_zip_elsewhere", Rule: "CA-1", Text: "the ZIP code of the present address is not one of its state"}
	previousIsPresent    = cris.Reason{Code: "addresschange.previous_is_present", Rule: "CA-1", Text: "the previous address is the present one"}
	previousZIPElsewhere = cris.Reason{Code: "addresschange.previous_zip_elsewhere", Rule: "CA-1", Text: "the ZIP code of the previous address is not one of its state"}
	mailingZIPElsewhere  = cris.Reason{Code: "addresschange.mailing_zip_elsewhere", Rule: "CA-1", Text: "the ZIP code of the mailing address is not one of its state"}
	movedOnMissing       = cris.Reason{Code: "addresschange.moved_on_missing", Rule: "CA-1", Text: "the day of the move is missing"}
	movedOnAhead         = cris.Reason{Code: "addresschange.moved_on_ahead", Rule: "CA-1", Text: "the day of the move is still to come"}
	movedOnBeforeBirth   = cris.Reason{Code: "addresschange.moved_on_before_birth", Rule: "CA-1", Text: "the day of the move is before the date of birth"}
	signatureMissing     = cris.Reason{Code: "addresschange.signature_missing", Rule: "CA-1", Text: "the name of who signed the report, or the day, is missing"}
	signedAhead          = cris.Reason{Code: "addresschange.signed_ahead", Rule: "CA-1", Text: "the day of the signature is still to come"}
	tooManyCases         = cris.Reason{Code: "addresschange.too_many_cases", Rule: "CA-1", Text: "the report names more cases than one report may"}
	caseIncomplete       = cris.Reason{Code: "addresschange.case_incomplete", Rule: "CA-1", Text: "a case is named without all that is needed to find it, or with what cannot be"}
	caseTwice            = cris.Reason{Code: "addresschange.case_twice", Rule: "CA-1", Text: "a case is named twice"}
	reportAccepted       = cris.Reason{Code: "addresschange.report_accepted", Rule: "CA-1", Text: "the report is accepted and takes effect on the day on which it was received"}
	reportedLate         = cris.Reason{Code: "addresschange.reported_late", Rule: "CA-1", Text: "the report came after the day by which it was due, and is taken"}
	courtNotTold         = cris.Reason{Code: "addresschange.court_not_told", Rule: "CA-1", Text: "the immigration court is not told of the new address"}
	caseChanged          = cris.Reason{Code: "addresschange.case_changed", Rule: "CA-1", Text: "the case is pending and matches what was entered"}
	caseNotPending       = cris.Reason{Code: "addresschange.case_not_pending", Rule: "CA-1", Text: "the case is no longer pending"}
)

// Reasons lists every reason that a decision of this package can give, in the order of the
// rules. The caller may keep and change the slice.
func Reasons() []cris.Reason {
	return []cris.Reason{
		caseNotMatched, statementNotShown, statementNotInForce, keyMissing, keyReused, acceptedBefore, notAChannel,
		nameMissing, birthDateMissing, birthDateImpossible, presentMissing, presentIsBox, presentZIPElsewhere,
		previousIsPresent, previousZIPElsewhere, mailingZIPElsewhere, movedOnMissing, movedOnAhead, movedOnBeforeBirth,
		signatureMissing, signedAhead, tooManyCases, caseIncomplete, caseTwice, reportAccepted, reportedLate,
		courtNotTold, caseChanged, caseNotPending,
	}
}

// reasonOf returns the reason with that code, the zero Reason if there is none.
func reasonOf(code cris.Code) cris.Reason {
	all := Reasons()
	if i := slices.IndexFunc(all, func(r cris.Reason) bool { return r.Code == code }); i >= 0 {
		return all[i]
	}
	return cris.Reason{}
}
