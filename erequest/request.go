package erequest

import (
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// Request is an accepted service request, the same for every channel (ER-13). It is
// comparable with ==.
//
// encoding/json writes [redacted] for each of its personal values, so it is no way to keep one. A
// store writes it down field by field, through the Reveal methods, or whole with adapters/document.
type Request struct {
	Entry
	Receipt   casestatus.ReceiptNumber
	TakenBy   string        // the member of staff who took it (ER-13); "" for one that came online
	Screening Screening     // as it was filed, with its form and type tidied, and whole; of the same receipt number
	Statement string        // edition of the Privacy Act Statement that was shown (ER-7)
	Language  cris.Language // in which the customer wants to be answered: English or Spanish
	Details   Details
	Compared  Compared  // how the details agree with the case on file; for staff, not for customers
	FiledAt   time.Time // UTC, to the microsecond
}

// Entry is what the rules about one request look at when another is filed for the same case:
// what tells it from others, and its days. It names nobody.
type Entry struct {
	ID           string
	Key          string // made by the client, unique for the case: a retry with the same key files nothing twice
	Confirmation ConfirmationNumber
	Issue        Issue
	Channel      Channel
	Filed        cris.Date // the day of filing in the policy's zone: day D of the deadlines
	RespondBy    cris.Date // the answer is due by the end of this day
	Repeats      string    // ID of the unanswered request that this one repeats; "" if none (ER-10)
	Assigned     cris.Date // the first day on which an officer had it; zero until then
	Overdue      cris.Date // the day on which it was raised as overdue; zero until then
	Answered     cris.Date // the day on which the agency answered; zero until then
}
