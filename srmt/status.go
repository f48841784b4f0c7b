package srmt

import "github.com/seed28e20331/cris"

// Status is where a request stands.
type Status string

// The statuses.
const (
	Unassigned Status = "unassigned" // waits at its office for a supervisor
	Assigned   Status = "assigned"   // an officer holds it
	Closed     Status = "closed"     // responded to; further messages are kept, nothing else happens
)

// Statuses lists the statuses. The caller may keep and change the slice.
func Statuses() []Status { return []Status{Unassigned, Assigned, Closed} }

// Message returns what the status is called.
func (s Status) Message() cris.Message { return cris.Message{Code: "srmt.status." + cris.Code(s)} }
