package srmt

import (
	"cmp"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// Status is where a request stands.
type Status string

// The statuses.
const (
	Unassigned Status = "unassigned" // waits at its office for a supervisor
	Assigned   Status = "assigned"   // an officer holds it
	Closed     Status = "closed"     // answered; further messages are kept, nothing else happens
)

// Statuses lists the statuses.
func Statuses() []Status { return []Status{Unassigned, Assigned, Closed} }

// Message returns what the status is called.
func (s Status) Message() cris.Message { return cris.Message{Code: "srmt.status." + cris.Code(s)} }

// ServiceRequest is the present state of a request: what [Replay] adds its history
// up to. Do not build one otherwise (SR-10). It is comparable with ==.
type ServiceRequest struct {
	ID      string // the ID of the erequest.Request
	Channel erequest.Channel
	Receipt casestatus.ReceiptNumber
	Issue   erequest.Issue
	Filed   cris.Date
	Due     cris.Date             // the answer is due by the end of this day
	Office  casestatus.OfficeCode // whose supervisors see it; the fallback queue if it could not be routed
	Officer StaffID               // who holds it, or held it when it was closed; "" while unassigned
	Status  Status
	Version int // the number of steps
}

// Overdue reports whether the request is not answered and its due date is past: from
// the day after it on (SR-9, SR-9a).
func (r ServiceRequest) Overdue(on cris.Date) bool {
	return r.Status != Closed && on.After(r.Due)
}

// Key is the place of a request in every list: first filed, first out.
type Key struct {
	Filed cris.Date
	ID    string
}

// Key returns the place of the request in every list. It never changes.
func (r ServiceRequest) Key() Key { return Key{r.Filed, r.ID} }

// Compare orders keys by date of filing, then by ID: -1, 0 or +1. The zero Key
// comes first.
func (k Key) Compare(other Key) int {
	return cmp.Or(k.Filed.Compare(other.Filed), cmp.Compare(k.ID, other.ID))
}
