package casestatus

import "github.com/seed28e20331/cris"

// The reasons of this package. Each is built here and nowhere else; docs and words go by
// their codes.
var (
	notAReceiptNumber         = cris.Reason{Code: "casestatus.not_a_receipt_number", Rule: "CS-1", Text: "what was entered is not a receipt number"}
	numberOpensStatus         = cris.Reason{Code: "casestatus.number_opens_status", Rule: "CS-2", Text: "the receipt number alone opens the status"}
	deliveriesShown           = cris.Reason{Code: "casestatus.deliveries_shown", Rule: "CS-3", Text: "the latest delivery status of each mailed document is shown"}
	noDateFiled               = cris.Reason{Code: "casestatus.no_date_filed", Rule: "CS-6", Text: "the case on file has no date filed"}
	filedTooEarly             = cris.Reason{Code: "casestatus.filed_too_early", Rule: "CS-6", Text: "the date filed is before the first day on which a case can have been filed"}
	noDayOfAsking             = cris.Reason{Code: "casestatus.no_day_of_asking", Rule: "CS-6", Text: "the day of asking is missing"}
	filedAfterAsking          = cris.Reason{Code: "casestatus.filed_after_asking", Rule: "CS-6", Text: "the date filed is after the day of asking"}
	filedBeforeInquiryDate    = cris.Reason{Code: "casestatus.filed_before_inquiry_date", Rule: "CS-6", Text: "filed before the inquiry date of the day of asking"}
	notFiledBeforeInquiryDate = cris.Reason{Code: "casestatus.not_filed_before_inquiry_date", Rule: "CS-6", Text: "filed on or after the inquiry date of the day of asking"}
	formNotKnown              = cris.Reason{Code: "casestatus.form_not_known", Rule: "CS-7", Text: "the form, or this type of it, is not in the table of forms"}
	officeNotKnown            = cris.Reason{Code: "casestatus.office_not_known", Rule: "CS-7", Text: "the office is not in the table of offices"}
	nothingPosted             = cris.Reason{Code: "casestatus.nothing_posted", Rule: "CS-7", Text: "no processing time is posted for this form, type and office"}
	postedForAnotherForm      = cris.Reason{Code: "casestatus.posted_for_another_form", Rule: "CS-7", Text: "the processing time is posted for another form or type"}
	postedForAnotherOffice    = cris.Reason{Code: "casestatus.posted_for_another_office", Rule: "CS-7", Text: "the processing time is posted for another office"}
	readAfterAsking           = cris.Reason{Code: "casestatus.read_after_asking", Rule: "CS-7", Text: "the processing time was read after the day of asking"}
	readingTooOld             = cris.Reason{Code: "casestatus.reading_too_old", Rule: "CS-7", Text: "the last reading is too old: the processing time may no longer be posted"}
	noDecidingFigure          = cris.Reason{Code: "casestatus.no_deciding_figure", Rule: "CS-7", Text: "the processing time is posted without a figure that decides"}
	undatedInquiryDate        = cris.Reason{Code: "casestatus.undated_inquiry_date", Rule: "CS-7", Text: "an inquiry date is posted, but the day on which it applied is not known"}
	offTheCalendar            = cris.Reason{Code: "casestatus.off_the_calendar", Rule: "CS-7", Text: "the posted figure is longer than the calendar reaches"}
	statusNotShown            = cris.Reason{Code: "casestatus.status_not_shown", Rule: "CS-9", Text: "no status can be shown for this receipt number"}
	caseDecided               = cris.Reason{Code: "casestatus.case_decided", Rule: "CS-10", Text: "the case is decided or closed, so the processing time does not matter"}
)

// Reasons lists every reason that a decision of this package can give, in the order of the
// rules. The caller may keep and change the slice.
func Reasons() []cris.Reason {
	return []cris.Reason{
		notAReceiptNumber, numberOpensStatus, deliveriesShown, noDateFiled, filedTooEarly, noDayOfAsking,
		filedAfterAsking, filedBeforeInquiryDate, notFiledBeforeInquiryDate, formNotKnown, officeNotKnown,
		nothingPosted, postedForAnotherForm, postedForAnotherOffice, readAfterAsking, readingTooOld,
		noDecidingFigure, undatedInquiryDate, offTheCalendar, statusNotShown, caseDecided,
	}
}
