package erequest

import (
	"cmp"
	"slices"

	"github.com/seed28e20331/cris"
)

// The reasons of this package. Each is built here and nowhere else; docs and words go by
// their codes.
var (
	notAnIssue                      = cris.Reason{Code: "erequest.not_an_issue", Rule: "ER-1", Text: "not an issue that can be reported"}
	notOffered                      = cris.Reason{Code: "erequest.not_offered", Rule: "ER-1", Text: "online requests are not open for this form and issue"}
	mailMayCome                     = cris.Reason{Code: "erequest.mail_may_come", Rule: "ER-1", Text: "the mail may still come, and may be reported from the date given"}
	mailOverdue                     = cris.Reason{Code: "erequest.mail_overdue", Rule: "ER-1", Text: "the mail should have come by now"}
	waitingDoesNotHelp              = cris.Reason{Code: "erequest.waiting_does_not_help", Rule: "ER-1", Text: "according to the USPS, waiting does not help"}
	formNumberMalformed             = cris.Reason{Code: "erequest.form_number_malformed", Rule: "ER-2", Text: "the form number that was entered is not the number of a form"}
	matched                         = cris.Reason{Code: "erequest.matched", Rule: "ER-3", Text: "what was entered matches the case on file"}
	matchedInPart                   = cris.Reason{Code: "erequest.matched_in_part", Rule: "ER-3", Text: "what was entered matches the case on file, and the rest is taken from it: the name and the date of birth must agree"}
	notMatched                      = cris.Reason{Code: "erequest.not_matched", Rule: "ER-3", Text: "what was entered does not match a case on file"}
	identityNotShown                = cris.Reason{Code: "erequest.identity_not_shown", Rule: "ER-3", Text: "the screening was completed from the case on file, and the name and the date of birth do not both agree with it"}
	inquiryNeedsOutside             = cris.Reason{Code: "erequest.inquiry_needs_outside", Rule: "ER-4", Text: "an inquiry is accepted only for a case outside the posted processing time"}
	caseIsOutside                   = cris.Reason{Code: "erequest.case_is_outside", Rule: "ER-4", Text: "the case is outside the posted processing time"}
	issueNeedsNoTime                = cris.Reason{Code: "erequest.issue_needs_no_time", Rule: "ER-4", Text: "this issue does not depend on the processing time"}
	nameMissing                     = cris.Reason{Code: "erequest.name_missing", Rule: "ER-5", Text: "the name is missing"}
	birthDateMissing                = cris.Reason{Code: "erequest.birth_date_missing", Rule: "ER-5", Text: "the date of birth is missing"}
	birthDateImpossible             = cris.Reason{Code: "erequest.birth_date_impossible", Rule: "ER-5", Text: "nobody alive today was born on that date"}
	aNumberMissing                  = cris.Reason{Code: "erequest.a_number_missing", Rule: "ER-5", Text: "the A-Number is missing, which whoever files this form has"}
	birthCountryUnknown             = cris.Reason{Code: "erequest.birth_country_unknown", Rule: "ER-5", Text: "the country of birth is missing or is not a country"}
	citizenshipUnknown              = cris.Reason{Code: "erequest.citizenship_unknown", Rule: "ER-5", Text: "the country of citizenship is missing or is not a country"}
	contactMissing                  = cris.Reason{Code: "erequest.contact_missing", Rule: "ER-5", Text: "an e-mail address, a phone number or a mailing address is needed to respond"}
	emailMalformed                  = cris.Reason{Code: "erequest.email_malformed", Rule: "ER-5", Text: "the e-mail address is not one that mail can be sent to"}
	phoneMalformed                  = cris.Reason{Code: "erequest.phone_malformed", Rule: "ER-5", Text: "the phone number is not one that can be called"}
	addressZIPElsewhere             = cris.Reason{Code: "erequest.address_zip_elsewhere", Rule: "ER-5", Text: "the ZIP code of the mailing address is not one of its state"}
	preferredUnreachable            = cris.Reason{Code: "erequest.preferred_unreachable", Rule: "ER-5", Text: "the way in which the response is wanted is missing, or nothing was entered for it"}
	documentUnknown                 = cris.Reason{Code: "erequest.document_unknown", Rule: "ER-5", Text: "the document that is misprinted is missing or is not one of those that can be"}
	correctionMissing               = cris.Reason{Code: "erequest.correction_missing", Rule: "ER-5", Text: "nothing is said to read wrongly"}
	nameCorrectionMalformed         = cris.Reason{Code: "erequest.name_correction_malformed", Rule: "ER-5", Text: "what the name should read is missing or is no name"}
	addressCorrectionMalformed      = cris.Reason{Code: "erequest.address_correction_malformed", Rule: "ER-5", Text: "what the address should read is missing or is no address"}
	birthDateCorrectionMalformed    = cris.Reason{Code: "erequest.birth_date_correction_malformed", Rule: "ER-5", Text: "what the date of birth should read is missing or is no date of birth"}
	birthCountryCorrectionMalformed = cris.Reason{Code: "erequest.birth_country_correction_malformed", Rule: "ER-5", Text: "what the country of birth should read is missing or is no country of birth"}
	aNumberCorrectionMalformed      = cris.Reason{Code: "erequest.a_number_correction_malformed", Rule: "ER-5", Text: "what the A-Number should read is missing or is no A-Number"}
	printedMissing                  = cris.Reason{Code: "erequest.printed_missing", Rule: "ER-5", Text: "what is misprinted is not given as it is printed, in one line of at most 500 bytes"}
	correctionChangesNothing        = cris.Reason{Code: "erequest.correction_changes_nothing", Rule: "ER-5", Text: "what is printed is what it should read"}
	mailedImpossible                = cris.Reason{Code: "erequest.mailed_impossible", Rule: "ER-5", Text: "nothing can have been mailed on that date"}
	documentNotAsked                = cris.Reason{Code: "erequest.document_not_asked", Rule: "ER-6", Text: "a misprinted document is not asked for with this issue"}
	correctionNotAsked              = cris.Reason{Code: "erequest.correction_not_asked", Rule: "ER-6", Text: "a correction is not asked for with this issue"}
	printedNotAsked                 = cris.Reason{Code: "erequest.printed_not_asked", Rule: "ER-6", Text: "what was on file before a change is not asked for"}
	mailedNotAsked                  = cris.Reason{Code: "erequest.mailed_not_asked", Rule: "ER-6", Text: "a day of mailing is not asked for with this issue"}
	statementNotShown               = cris.Reason{Code: "erequest.statement_not_shown", Rule: "ER-7", Text: "the submission does not name the Privacy Act Statement that was shown"}
	statementNotInForce             = cris.Reason{Code: "erequest.statement_not_in_force", Rule: "ER-7", Text: "the Privacy Act Statement that was shown is not one that is in force"}
	requestAccepted                 = cris.Reason{Code: "erequest.request_accepted", Rule: "ER-8", Text: "the request is accepted, and the agency intends to respond by the date given"}
	keyMissing                      = cris.Reason{Code: "erequest.key_missing", Rule: "ER-9", Text: "the submission needs a key made by the client, one line of at most 200 bytes with nothing hidden in it"}
	keyReused                       = cris.Reason{Code: "erequest.key_reused", Rule: "ER-9", Text: "the key of this submission belongs to another request about the case"}
	acceptedBefore                  = cris.Reason{Code: "erequest.accepted_before", Rule: "ER-9", Text: "this submission was accepted before and is on file once"}
	waitNotOver                     = cris.Reason{Code: "erequest.wait_not_over", Rule: "ER-9", Text: "an online request was already placed: wait until the date given before making another inquiry"}
	waitOver                        = cris.Reason{Code: "erequest.wait_over", Rule: "ER-9", Text: "the wait after the latest online request is over"}
	mayRepeat                       = cris.Reason{Code: "erequest.may_repeat", Rule: "ER-10", Text: "an earlier request was not answered by its deadline and may be resubmitted"}
	earlyAnswerDoesNotShorten       = cris.Reason{Code: "erequest.early_answer_does_not_shorten", Rule: "ER-10a", Text: "the wait counts calendar days from the filing date, and an early answer does not shorten it"}
	noEarlierRequest                = cris.Reason{Code: "erequest.no_earlier_request", Rule: "ER-11", Text: "no earlier online request counts"}
	waitIsForOnline                 = cris.Reason{Code: "erequest.wait_is_for_online", Rule: "ER-11", Text: "the wait applies to online requests only"}
	notAChannel                     = cris.Reason{Code: "erequest.not_a_channel", Rule: "ER-13", Text: "not a channel on which requests arrive"}
	takerMalformed                  = cris.Reason{Code: "erequest.taker_malformed", Rule: "ER-13", Text: "the ID of whoever took the request is not valid text, or is given for a request that came online"}
	representativeMalformed         = cris.Reason{Code: "erequest.representative_malformed", Rule: "ER-14", Text: "the name of the representative is missing, or that of the firm is not one line of at most 500 bytes"}
	appearanceMissing               = cris.Reason{Code: "erequest.appearance_missing", Rule: "ER-14", Text: "what gives the representative the right to act is missing"}
	recipientMissing                = cris.Reason{Code: "erequest.recipient_missing", Rule: "ER-14", Text: "who gets the response is missing"}
	representativeUnreachable       = cris.Reason{Code: "erequest.representative_unreachable", Rule: "ER-14", Text: "the contact information of the representative is missing or cannot be reached"}
)

// Reasons lists every reason that a decision of this package can give, in the order of the
// rules. The caller may keep and change the slice.
func Reasons() []cris.Reason {
	return []cris.Reason{
		notAnIssue, notOffered, mailMayCome, mailOverdue, waitingDoesNotHelp, formNumberMalformed, matched, matchedInPart, notMatched, identityNotShown, inquiryNeedsOutside,
		caseIsOutside, issueNeedsNoTime, nameMissing, birthDateMissing, birthDateImpossible, aNumberMissing,
		birthCountryUnknown, citizenshipUnknown, contactMissing, emailMalformed, phoneMalformed,
		addressZIPElsewhere, preferredUnreachable, documentUnknown, correctionMissing, nameCorrectionMalformed,
		addressCorrectionMalformed, birthDateCorrectionMalformed, birthCountryCorrectionMalformed,
		aNumberCorrectionMalformed, printedMissing, correctionChangesNothing, mailedImpossible, documentNotAsked,
		correctionNotAsked, printedNotAsked, mailedNotAsked, statementNotShown, statementNotInForce, requestAccepted,
		keyMissing, keyReused, acceptedBefore, waitNotOver, waitOver, mayRepeat, earlyAnswerDoesNotShorten,
		noEarlierRequest, waitIsForOnline, notAChannel, takerMalformed, representativeMalformed, appearanceMissing,
		recipientMissing, representativeUnreachable,
	}
}

// inRuleOrder sorts reasons of this package into the order of Reasons.
func inRuleOrder(reasons []cris.Reason) []cris.Reason {
	if len(reasons) < 2 {
		return reasons
	}
	order := Reasons()
	slices.SortStableFunc(reasons, func(a, b cris.Reason) int {
		return cmp.Compare(slices.Index(order, a), slices.Index(order, b))
	})
	return reasons
}
