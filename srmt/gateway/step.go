package gateway

import (
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
)

// StepKind says what happened in a call.
type StepKind string

// The kinds of step.
const (
	StepStarted   StepKind = "started"    // the first, and only the first
	StepShown     StepKind = "shown"      // a node is shown to the representative
	StepRead      StepKind = "read"       // a block of that node was read to the caller
	StepChosen    StepKind = "chosen"     // a choice of that node, which leads on to another
	StepSaid      StepKind = "said"       // something that the caller said is kept
	StepEnded     StepKind = "ended"      // the script has come to its end
	StepBrokenOff StepKind = "broken_off" // the call ended before the script did

	// Of a call that ended in opening a request:
	StepSubmitted StepKind = "submitted" // what the caller said is being handed to e-Request
	StepReturned  StepKind = "returned"  // e-Request did not accept it, and what the caller said may be corrected
	StepOpened    StepKind = "opened"    // e-Request accepted it: the last step
)

// StepKinds lists the kinds of step. The caller may keep and change the slice.
func StepKinds() []StepKind {
	return []StepKind{
		StepStarted, StepShown, StepRead, StepChosen, StepSaid, StepEnded, StepBrokenOff, StepSubmitted, StepReturned, StepOpened,
	}
}

// Message returns what happened, in words.
func (k StepKind) Message() cris.Message {
	return cris.Message{Code: "gateway.step_kind." + cris.Code(k)}
}

// Step is one entry of the history of a call. It is comparable with ==. Fields that do not
// belong to its kind are zero.
type Step struct {
	Seq       int // from 1, without gaps
	Kind      StepKind
	At        time.Time              // UTC, to the microsecond
	By        srmt.StaffID           // for StepStarted: the representative
	Script    ScriptID               // for StepStarted
	Edition   cris.Date              // for StepStarted: of the script
	Language  cris.Language          // for StepStarted: English or Spanish
	Statement string                 // for StepStarted: edition of the Privacy Act Statement that the call has read
	Node      NodeID                 // for StepShown
	Block     int                    // for StepRead: which block of the node, from 1
	Choice    ChoiceID               // for StepChosen
	Said      Said                   // for StepSaid
	Filing    erequest.FilingOutcome // for StepReturned: why, as e-Request said
	RequestID string                 // for StepOpened: the ID of the service request
}

// own returns the step with the fields that belong to its kind, and no others.
func (s Step) own() Step {
	own := Step{Seq: s.Seq, Kind: s.Kind, At: s.At}
	switch s.Kind {
	case StepStarted:
		own.By, own.Script, own.Edition, own.Language, own.Statement = s.By, s.Script, s.Edition, s.Language, s.Statement
	case StepShown:
		own.Node = s.Node
	case StepRead:
		own.Block = s.Block
	case StepChosen:
		own.Choice = s.Choice
	case StepSaid:
		own.Said = s.Said
	case StepReturned:
		own.Filing = s.Filing
	case StepOpened:
		own.RequestID = s.RequestID
	case StepEnded, StepBrokenOff, StepSubmitted:
		// They say no more than that it happened.
	}
	return own
}
