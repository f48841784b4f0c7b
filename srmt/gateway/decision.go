package gateway

import "github.com/seed28e20331/cris"

// Outcome says whether something may be done in a call.
type Outcome string

// The outcomes.
const (
	Allowed Outcome = "allowed"
	Refused Outcome = "refused"
)

// Outcomes lists the outcomes. The caller may keep and change the slice.
func Outcomes() []Outcome { return []Outcome{Allowed, Refused} }

// Message returns what the representative is told.
func (o Outcome) Message() cris.Message { return cris.Message{Code: "gateway.outcome." + cris.Code(o)} }

// Decision is the decision on the next step of a call.
type Decision struct {
	Outcome Outcome
	Step    Step          // what the history of the call goes on with, Seq and all; zero if refused
	Reasons []cris.Reason // at least one
}
