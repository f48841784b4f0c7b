package gateway

import "github.com/seed28e20331/cris"

// Outcome says whether something may be done in a call.
type Outcome string

// The outcomes.
const (
	Allowed     Outcome = "allowed"
	AlreadyDone Outcome = "already_done" // just this was done before, and it counts once; given by Service alone
	Refused     Outcome = "refused"
	Overtaken   Outcome = "overtaken" // the call has gone on since: look at it again; given by Service alone
)

// Outcomes lists the outcomes. The caller may keep and change the slice.
func Outcomes() []Outcome { return []Outcome{Allowed, AlreadyDone, Refused, Overtaken} }

// Message returns what the representative is told.
func (o Outcome) Message() cris.Message { return cris.Message{Code: "gateway.outcome." + cris.Code(o)} }

// Decision is the decision on the next step of a call.
type Decision struct {
	Outcome Outcome
	Step    Step          // what the history of the call goes on with, Seq and all; if AlreadyDone, what it went on with; otherwise zero
	Reasons []cris.Reason // at least one
}
