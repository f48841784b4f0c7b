package erequest

import (
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// Request is an accepted service request, the same for every channel (ER-13). It is
// comparable with ==.
//
// A store writes it down field by field, through the Reveal methods of its personal values;
// encoding/json writes [redacted] for each of them, so JSON is no way to keep one.
type Request struct {
	ID                     string
	Key                    string // made by the client, unique for the case: a retry with the same key files nothing twice
	Confirmation           ConfirmationNumber
	Receipt                casestatus.ReceiptNumber
	Issue                  Issue
	Channel                Channel
	Screening              Screening // as it was filed, of the same receipt number: a retry presents it again
	Statement              string    // edition of the Privacy Act Statement that was shown (ER-7)
	Details                Details
	RepresentativeOfRecord bool      // whether Details.Representative is the one on file for the case at the time; for staff, not for customers
	FiledAt                time.Time // UTC, to the microsecond
	Filed                  cris.Date // the day of FiledAt in the policy's zone: day D of the deadlines
	RespondBy              cris.Date // the answer is due by the end of this day
	Repeats                string    // ID of the unanswered request that this one repeats; "" if none (ER-10)
	Answered               cris.Date // the day of the agency's answer; zero while there is none
}
