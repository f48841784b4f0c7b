package srmt

import "github.com/seed28e20331/cris"

// The reasons of this package. Each is built here and nowhere else; words and programs go by
// their codes.
var (
	requestClosed  = cris.Reason{Code: "srmt.request_closed", Rule: "SR-1", Text: "the request is closed"}
	receivedBefore = cris.Reason{Code: "srmt.received_before", Rule: "SR-1", Text: "the request was received before and is on file once"}

	legacyRequestMissing = cris.Reason{Code: "srmt.legacy_request_missing", Rule: "SR-1", Text: "there is no request with the history"}
	legacyChannelUnknown = cris.Reason{Code: "srmt.legacy_channel_unknown", Rule: "SR-1", Text: "the channel of the request is missing or unknown"}
	legacyIssueUnknown   = cris.Reason{Code: "srmt.legacy_issue_unknown", Rule: "SR-1", Text: "the issue of the request is missing or unknown"}
	legacyReceiptMissing = cris.Reason{Code: "srmt.legacy_receipt_missing", Rule: "SR-1", Text: "the request has no receipt number, or two"}
	legacyOfficeUnknown  = cris.Reason{Code: "srmt.legacy_office_unknown", Rule: "SR-2", Text: "the history names an office that is not known"}
	legacyDaysImpossible = cris.Reason{Code: "srmt.legacy_days_impossible", Rule: "SR-9", Text: "the day of filing or the due date is missing or impossible"}
	imported             = cris.Reason{Code: "srmt.imported", Rule: "SR-10", Text: "the request came in with its history, its own times and its own authors"}
	importedBefore       = cris.Reason{Code: "srmt.imported_before", Rule: "SR-10", Text: "the request was imported before and is on file once"}
	changedSince         = cris.Reason{Code: "srmt.changed_since", Rule: "SR-10", Text: "something else is on file for that request of the other system"}
	legacyUnnamed        = cris.Reason{Code: "srmt.legacy_unnamed", Rule: "SR-10", Text: "the name of the other system or its identifier for the request is missing or unreadable"}
	legacyUnreadable     = cris.Reason{Code: "srmt.legacy_unreadable", Rule: "SR-10", Text: "there is text in the request or its history that cannot be stored"}
	legacyOutOfOrder     = cris.Reason{Code: "srmt.legacy_out_of_order", Rule: "SR-10", Text: "a time is missing, or earlier than the one before it"}
	legacyInFuture       = cris.Reason{Code: "srmt.legacy_in_future", Rule: "SR-10", Text: "a time is in the future"}
	legacyDoesNotAddUp   = cris.Reason{Code: "srmt.legacy_does_not_add_up", Rule: "SR-10", Text: "the history does not add up"}
	legacyNotTaken       = cris.Reason{Code: "srmt.legacy_not_taken", Rule: "SR-10", Text: "an identifier in the request belongs to another request, or others kept acting on its case"}

	routedToCase      = cris.Reason{Code: "srmt.routed_to_office_of_case", Rule: "SR-2", Text: "the case is in process at this office"}
	routedToSuccessor = cris.Reason{Code: "srmt.routed_to_successor", Rule: "SR-2", Text: "the office where the case was in process is closed, and this one took over its work"}
	routedByRule      = cris.Reason{Code: "srmt.routed_by_rule", Rule: "SR-2", Text: "a rule names the office for such a request"}
	noCaseOnFile      = cris.Reason{Code: "srmt.no_case_on_file", Rule: "SR-2", Text: "no case is on file"}
	caseNamesNoOffice = cris.Reason{Code: "srmt.case_names_no_office", Rule: "SR-2", Text: "the case names no office"}
	officeUnknown     = cris.Reason{Code: "srmt.office_unknown", Rule: "SR-2", Text: "the office of the case is not known"}
	officeClosed      = cris.Reason{Code: "srmt.office_closed", Rule: "SR-2", Text: "the office is closed that day, and no open office took over its work"}
	officeIsHeading   = cris.Reason{Code: "srmt.office_is_heading", Rule: "SR-2", Text: "the case names a heading over several offices, which has no staff"}
	whereItBelongs    = cris.Reason{Code: "srmt.where_it_belongs", Rule: "SR-2", Text: "the request is already at the office that does its work"}

	assignedBySupervisor  = cris.Reason{Code: "srmt.assigned_by_supervisor", Rule: "SR-3", Text: "a supervisor of the office assigned the request to one of its officers"}
	onlySupervisorAssigns = cris.Reason{Code: "srmt.only_supervisor_assigns", Rule: "SR-3", Text: "only a supervisor of the office may assign its requests"}
	assignedAlready       = cris.Reason{Code: "srmt.assigned_already", Rule: "SR-3", Text: "the request is already assigned: reassign it instead"}
	notAnOfficerThere     = cris.Reason{Code: "srmt.not_an_officer_there", Rule: "SR-3", Text: "a request may be assigned only to an officer of its office"}

	officerAbsent = cris.Reason{Code: "srmt.officer_absent", Rule: "SR-3", Text: "that member of staff is absent on that day"}
	officerFull   = cris.Reason{Code: "srmt.officer_full", Rule: "SR-3", Text: "that member of staff holds as many open requests as anybody may"}
	chosenByLoad  = cris.Reason{Code: "srmt.chosen_by_load", Rule: "SR-3", Text: "of the officers who could take it, this one held the fewest open requests"}
	nobodyOnDuty  = cris.Reason{Code: "srmt.nobody_on_duty", Rule: "SR-3", Text: "no officer of the office is there on that day"}
	nobodySuited  = cris.Reason{Code: "srmt.nobody_suited", Rule: "SR-3", Text: "no officer who is there on that day answers such a customer"}
	everybodyFull = cris.Reason{Code: "srmt.everybody_full", Rule: "SR-3", Text: "every officer who could take it holds as many open requests as anybody may"}
	notAllAllowed = cris.Reason{Code: "srmt.not_all_allowed", Rule: "SR-3", Text: "another of the requests that were to be dealt with together was refused"}

	onlyHolderKeepsMessages = cris.Reason{Code: "srmt.only_holder_keeps_messages", Rule: "SR-4", Text: "only the officer who holds the request and the supervisors of its office may keep messages with it"}
	onlyHolderKeepsNotes    = cris.Reason{Code: "srmt.only_holder_keeps_notes", Rule: "SR-4", Text: "only the officer who holds the request and the supervisors of its office may keep notes with it"}
	onlyHolderResponds      = cris.Reason{Code: "srmt.only_holder_responds", Rule: "SR-4", Text: "only the officer who holds the request may respond to it"}

	onlyReviewerReviews = cris.Reason{Code: "srmt.only_reviewer_reviews", Rule: "SR-4", Text: "only a supervisor of the office who does not hold the request may review a response, and only while one is proposed"}
	onlyHolderCorrects  = cris.Reason{Code: "srmt.only_holder_corrects", Rule: "SR-4", Text: "only the officer who responded to the request and the supervisors of its office may correct the response"}

	reassignedBySupervisor     = cris.Reason{Code: "srmt.reassigned_by_supervisor", Rule: "SR-5", Text: "a supervisor of the office reassigned the request to someone else there"}
	redirectedBySupervisor     = cris.Reason{Code: "srmt.redirected_by_supervisor", Rule: "SR-5", Text: "a supervisor of the office redirected the request to another office"}
	onlySupervisorReassigns    = cris.Reason{Code: "srmt.only_supervisor_reassigns", Rule: "SR-5", Text: "only a supervisor of the office may reassign its requests"}
	onlySupervisorRedirects    = cris.Reason{Code: "srmt.only_supervisor_redirects", Rule: "SR-5", Text: "only a supervisor of the office may redirect its requests"}
	notAssignedYet             = cris.Reason{Code: "srmt.not_assigned_yet", Rule: "SR-5", Text: "the request is not assigned yet: assign it instead"}
	notStaffThere              = cris.Reason{Code: "srmt.not_staff_there", Rule: "SR-5", Text: "a request may be reassigned only to an officer or supervisor of its office"}
	heldAlready                = cris.Reason{Code: "srmt.held_already", Rule: "SR-5", Text: "the request is already assigned to that member of staff"}
	destinationUnknown         = cris.Reason{Code: "srmt.destination_unknown", Rule: "SR-5", Text: "no office has that code"}
	destinationIsHeading       = cris.Reason{Code: "srmt.destination_is_heading", Rule: "SR-5", Text: "that code is a heading over several offices, which has no staff"}
	destinationClosed          = cris.Reason{Code: "srmt.destination_closed", Rule: "SR-5", Text: "that office is not open on that day"}
	destinationKindNotAdmitted = cris.Reason{Code: "srmt.destination_kind_not_admitted", Rule: "SR-5", Text: "a request may be redirected only to a Field Office or Service Center"}
	returnsExhausted           = cris.Reason{Code: "srmt.returns_exhausted", Rule: "SR-5", Text: "the request has come back to offices that had sent it on as often as the policy allows: it is answered where it is"}
	thereAlready               = cris.Reason{Code: "srmt.there_already", Rule: "SR-5", Text: "the request is already at that office"}

	returnedByStaffChange  = cris.Reason{Code: "srmt.returned_by_staff_change", Rule: "SR-6", Text: "whoever held the request no longer works at its office: it waits for a supervisor there"}
	holderIsThere          = cris.Reason{Code: "srmt.holder_is_there", Rule: "SR-6", Text: "whoever holds the request still works at its office"}
	accommodationNotTheirs = cris.Reason{Code: "srmt.accommodation_not_theirs", Rule: "SR-6", Text: "a request of a customer with disabilities goes to somebody who answers such customers"}
	returnNeedsExplanation = cris.Reason{Code: "srmt.return_needs_explanation", Rule: "SR-6", Text: "a request goes back to an office that sent it on only with an explanation from the supervisor"}
	explanationUnreadable  = cris.Reason{Code: "srmt.explanation_unreadable", Rule: "SR-6", Text: "the explanation of the redirection is unreadable or too long"}
	transferReasonUnknown  = cris.Reason{Code: "srmt.transfer_reason_unknown", Rule: "SR-6", Text: "the reason is missing or is not one for which a request may be transferred"}

	responseRecorded      = cris.Reason{Code: "srmt.response_recorded", Rule: "SR-7", Text: "the response is recorded and the request closed"}
	responseMeansUnknown  = cris.Reason{Code: "srmt.response_means_unknown", Rule: "SR-7", Text: "a response is a letter, an e-mail or a telephone call"}
	responseNotToThem     = cris.Reason{Code: "srmt.response_not_to_them", Rule: "SR-7", Text: "a response goes to the customer, the representative or both, as the request says"}
	responseMeansNotGiven = cris.Reason{Code: "srmt.response_means_not_given", Rule: "SR-7", Text: "a response goes by a means that its recipient gave"}
	responseUnreadable    = cris.Reason{Code: "srmt.response_unreadable", Rule: "SR-7", Text: "the text of the response is missing, unreadable or too long"}
	responseTwoTexts      = cris.Reason{Code: "srmt.response_two_texts", Rule: "SR-7", Text: "a response is either a letter from a template or in the officer's own words"}
	findingMissing        = cris.Reason{Code: "srmt.finding_missing", Rule: "SR-7", Text: "a response says what the research has shown"}
	findingUnsuited       = cris.Reason{Code: "srmt.finding_unsuited", Rule: "SR-7", Text: "the finding of the response does not suit the issue"}
	attachmentNotOnFile   = cris.Reason{Code: "srmt.attachment_not_on_file", Rule: "SR-7", Text: "an attachment is not on file as the response says"}

	needsReview      = cris.Reason{Code: "srmt.needs_review", Rule: "SR-7", Text: "a response with this finding is reviewed by a supervisor before it is sent: propose it instead"}
	proposalKept     = cris.Reason{Code: "srmt.proposal_kept", Rule: "SR-7", Text: "the response waits for a supervisor to review it"}
	proposalGone     = cris.Reason{Code: "srmt.proposal_gone", Rule: "SR-7", Text: "this is not the response that waits for a review"}
	proposalSentBack = cris.Reason{Code: "srmt.proposal_sent_back", Rule: "SR-7", Text: "the supervisor sent the response back to the officer who proposed it"}

	noteKept       = cris.Reason{Code: "srmt.note_kept", Rule: "SR-7", Text: "the note is kept with the request, for staff alone"}
	noteUnreadable = cris.Reason{Code: "srmt.note_unreadable", Rule: "SR-7", Text: "the text of the note is missing, unreadable or too long"}

	messageKept             = cris.Reason{Code: "srmt.message_kept", Rule: "SR-8", Text: "the message is kept with the request"}
	messageDirectionUnknown = cris.Reason{Code: "srmt.message_direction_unknown", Rule: "SR-8", Text: "a message goes to the customer or comes from the customer"}
	messageMeansUnknown     = cris.Reason{Code: "srmt.message_means_unknown", Rule: "SR-8", Text: "a message is a letter, an e-mail or a telephone call"}
	messageUnreadable       = cris.Reason{Code: "srmt.message_unreadable", Rule: "SR-8", Text: "the text of the message is missing, unreadable or too long"}
	messageWithAttachments  = cris.Reason{Code: "srmt.message_with_attachments", Rule: "SR-8", Text: "only a response goes out with attachments"}
	messageCannotAsk        = cris.Reason{Code: "srmt.message_cannot_ask", Rule: "SR-8", Text: "only a message to the customer about an open request asks for something"}

	correctionKept     = cris.Reason{Code: "srmt.correction_kept", Rule: "SR-8", Text: "the correction is kept with the request"}
	nothingToCorrect   = cris.Reason{Code: "srmt.nothing_to_correct", Rule: "SR-8", Text: "the request has no response yet that could be corrected"}
	supervisorCorrects = cris.Reason{Code: "srmt.supervisor_corrects", Rule: "SR-8", Text: "a correction with this finding is sent by a supervisor who did not hold the request"}

	overtakenByOthers    = cris.Reason{Code: "srmt.overtaken_by_others", Rule: "SR-11", Text: "someone else acted on the request in the meantime: look at it again"}
	doneBefore           = cris.Reason{Code: "srmt.done_before", Rule: "SR-11", Text: "the same act by the same author is on file and counts once"}
	waitsInFallbackQueue = cris.Reason{Code: "srmt.waits_in_fallback_queue", Rule: "SR-12", Text: "the request waits in the fallback queue"}
	notStaffAtAll        = cris.Reason{Code: "srmt.not_staff", Rule: "PV-3", Text: "only members of staff act on service requests"}
)

// Reasons lists every reason that a decision of this package can give, in the order of the
// rules. The reasons why a letter cannot be made from a template, or a file not attached, are those of
// package letter. The caller may keep and change the slice.
func Reasons() []cris.Reason {
	return []cris.Reason{
		requestClosed, receivedBefore, legacyRequestMissing, legacyChannelUnknown, legacyIssueUnknown, legacyReceiptMissing,
		routedToCase, routedToSuccessor, routedByRule, noCaseOnFile, caseNamesNoOffice, officeUnknown, officeClosed, officeIsHeading, whereItBelongs, legacyOfficeUnknown,
		assignedBySupervisor, onlySupervisorAssigns, assignedAlready, notAnOfficerThere,
		officerAbsent, officerFull, chosenByLoad, nobodyOnDuty, nobodySuited, everybodyFull, notAllAllowed,
		onlyHolderKeepsMessages, onlyHolderKeepsNotes, onlyHolderResponds, onlyReviewerReviews, onlyHolderCorrects,
		reassignedBySupervisor, redirectedBySupervisor, onlySupervisorReassigns, onlySupervisorRedirects,
		notAssignedYet, notStaffThere, heldAlready,
		destinationUnknown, destinationIsHeading, destinationClosed, destinationKindNotAdmitted, returnsExhausted, thereAlready,
		transferReasonUnknown, returnedByStaffChange, holderIsThere, accommodationNotTheirs, returnNeedsExplanation, explanationUnreadable,
		responseRecorded, responseMeansUnknown, responseNotToThem, responseMeansNotGiven, responseUnreadable, attachmentNotOnFile, responseTwoTexts, findingMissing, findingUnsuited,
		needsReview, proposalKept, proposalGone, proposalSentBack, noteKept, noteUnreadable,
		messageKept, messageDirectionUnknown, messageMeansUnknown, messageUnreadable, messageWithAttachments, messageCannotAsk,
		correctionKept, nothingToCorrect, supervisorCorrects,
		legacyDaysImpossible,
		imported, importedBefore, changedSince,
		legacyUnnamed, legacyUnreadable, legacyOutOfOrder, legacyInFuture, legacyDoesNotAddUp, legacyNotTaken,
		overtakenByOthers, doneBefore, waitsInFallbackQueue, notStaffAtAll,
	}
}
