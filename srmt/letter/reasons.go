package letter

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// The reasons of this package. Each is built here and nowhere else; words and programs go by
// their codes.
var (
	letterComposed          = cris.Reason{Code: "letter.letter_composed", Rule: "SR-7", Text: "the letter is composed from the template that is in force"}
	issueUnknown            = cris.Reason{Code: "letter.issue_unknown", Rule: "SR-7", Text: "there is no such issue"}
	findingUnknown          = cris.Reason{Code: "letter.finding_unknown", Rule: "SR-7", Text: "there is no such finding"}
	findingUnsuited         = cris.Reason{Code: "letter.finding_unsuited", Rule: "SR-7", Text: "the finding does not suit the issue"}
	confirmationMissing     = cris.Reason{Code: "letter.confirmation_missing", Rule: "SR-7", Text: "the confirmation number is missing"}
	receiptMissing          = cris.Reason{Code: "letter.receipt_missing", Rule: "SR-7", Text: "the receipt number is missing"}
	filedMissing            = cris.Reason{Code: "letter.filed_missing", Rule: "SR-7", Text: "the day of filing is missing"}
	filedLater              = cris.Reason{Code: "letter.filed_later", Rule: "SR-7", Text: "the request was filed after the day of the letter"}
	officeUnreadable        = cris.Reason{Code: "letter.office_unreadable", Rule: "SR-7", Text: "the name of the office is missing, or a letter cannot show it"}
	eligibilityMissing      = cris.Reason{Code: "letter.eligibility_missing", Rule: "SR-7", Text: "how the case compares with the processing time was not decided"}
	eligibilityOfAnotherDay = cris.Reason{Code: "letter.eligibility_of_another_day", Rule: "SR-7", Text: "how the case compares with the processing time was decided for a day other than that of the letter"}
	caseNotWithin           = cris.Reason{Code: "letter.case_not_within", Rule: "SR-7", Text: "the letter says that the case is within the posted processing time, and it is not"}
	caseIsWithin            = cris.Reason{Code: "letter.case_is_within", Rule: "SR-7", Text: "the letter says that the case needs more time, and it is within the posted processing time"}
	caseNotDecided          = cris.Reason{Code: "letter.case_not_decided", Rule: "SR-7", Text: "the letter says that the case was decided, and it was not"}
	caseIsDecided           = cris.Reason{Code: "letter.case_is_decided", Rule: "SR-7", Text: "the letter says that the case is pending, and it was decided"}
	mailNotDelivered        = cris.Reason{Code: "letter.mail_not_delivered", Rule: "SR-7", Text: "the letter says that the mail was delivered to the address on file, and that is not known"}
	mailWasMailed           = cris.Reason{Code: "letter.mail_was_mailed", Rule: "SR-7", Text: "the letter says that nothing was mailed yet, and mail is known"}
	doneMissing             = cris.Reason{Code: "letter.done_missing", Rule: "SR-7", Text: "the day on which it was done is missing"}
	doneLater               = cris.Reason{Code: "letter.done_later", Rule: "SR-7", Text: "the letter says that something was done after the day of the letter"}
	askAgainMissing         = cris.Reason{Code: "letter.ask_again_missing", Rule: "SR-7", Text: "the day on which the customer may ask again is missing"}
	askAgainPast            = cris.Reason{Code: "letter.ask_again_past", Rule: "SR-7", Text: "the day on which the customer may ask again is past"}
	askAgainTooEarly        = cris.Reason{Code: "letter.ask_again_too_early", Rule: "SR-7", Text: "the case is still within the posted processing time on the day on which the customer may ask again"}
	sendByMissing           = cris.Reason{Code: "letter.send_by_missing", Rule: "SR-7", Text: "the day by which the customer has to send something is missing"}
	sendByPast              = cris.Reason{Code: "letter.send_by_past", Rule: "SR-7", Text: "the day by which the customer has to send something is past"}
	noTemplate              = cris.Reason{Code: "letter.no_template", Rule: "SR-7", Text: "no template for the issue and the finding is in force on the day"}

	tooManyAttachments  = cris.Reason{Code: "letter.too_many_attachments", Rule: "SR-7", Text: "more is attached than may go out with one response"}
	attachmentsTooLarge = cris.Reason{Code: "letter.attachments_too_large", Rule: "SR-7", Text: "the attachments are too large in total"}
	attachedTwice       = cris.Reason{Code: "letter.attached_twice", Rule: "SR-7", Text: "two attachments have the same reference or the same name"}

	attachmentRefMalformed    = cris.Reason{Code: "letter.attachment_ref_malformed", Rule: "SR-7", Text: "the reference of an attachment is missing, too long, or has characters other than printable ASCII in it"}
	attachmentNameUnfit       = cris.Reason{Code: "letter.attachment_name_unfit", Rule: "SR-7", Text: "the name of an attachment is missing or too long, or has a path or something hidden in it"}
	attachmentTypeNotAdmitted = cris.Reason{Code: "letter.attachment_type_not_admitted", Rule: "SR-7", Text: "files of the media type of an attachment may not go out"}
	attachmentExtensionUnfit  = cris.Reason{Code: "letter.attachment_extension_unfit", Rule: "SR-7", Text: "the extension of an attachment does not match its media type"}
	attachmentEmpty           = cris.Reason{Code: "letter.attachment_empty", Rule: "SR-7", Text: "an attachment has nothing in it"}
	attachmentTooLarge        = cris.Reason{Code: "letter.attachment_too_large", Rule: "SR-7", Text: "an attachment is too large"}
	attachmentDigestMalformed = cris.Reason{Code: "letter.attachment_digest_malformed", Rule: "SR-7", Text: "the SHA-256 digest of an attachment is not one of 64 hexadecimal digits in lower case"}
)

// Reasons lists every reason that a decision of this package can give: those of Compose first, in
// the order in which they are looked for, and then those of DecideAttachments. The caller may keep
// and change the slice.
func Reasons() []cris.Reason {
	return slices.Concat([]cris.Reason{
		letterComposed,
		issueUnknown, findingUnknown, findingUnsuited,
		confirmationMissing, receiptMissing, filedMissing, filedLater, officeUnreadable,
		eligibilityMissing, eligibilityOfAnotherDay, caseNotWithin, caseIsWithin, caseNotDecided, caseIsDecided, mailNotDelivered, mailWasMailed,
		doneMissing, doneLater, askAgainMissing, askAgainPast, askAgainTooEarly, sendByMissing, sendByPast,
		noTemplate,
		tooManyAttachments, attachmentsTooLarge, attachedTwice,
	}, attachmentReasons())
}

// attachmentReasons are what may be wrong with one attachment.
func attachmentReasons() []cris.Reason {
	return []cris.Reason{
		attachmentRefMalformed, attachmentNameUnfit, attachmentTypeNotAdmitted, attachmentExtensionUnfit,
		attachmentEmpty, attachmentTooLarge, attachmentDigestMalformed,
	}
}
