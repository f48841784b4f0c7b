package srmt

import (
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// ServiceRequest is the present state of a request: what [Replay] adds its history
// up to. Do not build one in any other way (SR-10). It is comparable with ==; the zero
// ServiceRequest stands for no request.
type ServiceRequest struct {
	ID       string // the ID of the erequest.Request
	Channel  erequest.Channel
	Receipt  casestatus.ReceiptNumber
	Issue    erequest.Issue
	Language cris.Language // in which the customer wants to be answered
	Filed    cris.Date
	Due      cris.Date             // the response is due by the end of this day
	Office   casestatus.OfficeCode // whose supervisors see it; the fallback queue if it could not be routed
	Officer  StaffID               // who holds it, or held it when it was closed; "" while unassigned
	Status   Status
	// Whether the customer needs an accommodation for a disability: the request is about one, or was
	// transferred for that reason. It comes before others in every list (SR-6).
	Accommodation bool
	Trail         Trail     // the offices that sent it on
	Returns       int       // how often it came back to one of them
	Waiting       time.Time // since when an answer from the customer has been awaited, in UTC; zero if none is
	Proposed      int       // the number of the step with the response that waits for a review (SR-7); 0 if none does
	Version       int       // the number of steps
}

// Overdue reports whether the request has no response and its due date is past: from
// the day after it on (SR-9, SR-9a).
func (r ServiceRequest) Overdue(on cris.Date) bool {
	return r.Status != Closed && on.After(r.Due)
}
