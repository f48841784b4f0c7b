package srmt

import "github.com/seed28e20331/cris"

// Party is the part that somebody has in a request: what a member of staff may do follows from
// role, office and who holds it (PV-3).
type Party string

// The parties.
const (
	System     Party = "system"     // receives requests, moves them on when their office closes, and takes them back from staff who have left
	Supervisor Party = "supervisor" // an SIIO of the office where the request is
	Holder     Party = "holder"     // who holds the request, or held it when it was closed, and is still at its office
	Reviewer   Party = "reviewer"   // an SIIO of the office, while a response that somebody else wrote waits for a review
)

// Parties lists the parties. The caller may keep and change the slice.
func Parties() []Party { return []Party{System, Supervisor, Holder, Reviewer} }

// Message returns what the party is called.
func (p Party) Message() cris.Message { return cris.Message{Code: "srmt.party." + cris.Code(p)} }

// includes reports whether the member of staff has this part in the request on the day.
func (p Party) includes(by *Staff, r *ServiceRequest, on cris.Date) bool {
	switch p {
	case Supervisor:
		return by.supervises(r.Office, on)
	case Holder:
		return by.holds(r, on)
	case Reviewer:
		return r.Proposed > 0 && by.ID != r.Officer && by.supervises(r.Office, on)
	case System:
	}
	return false // no member of staff is the system
}
