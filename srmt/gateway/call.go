package gateway

import (
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
)

// Call is the present state of a call: what [Replay] adds its history up to. Do not build one in
// any other way (SR-10). It is comparable with ==, among calls of one library; the zero Call has
// not started.
type Call struct {
	By        srmt.StaffID // the representative
	Script    Script
	Language  cris.Language // English or Spanish
	Statement string        // edition of the Privacy Act Statement that the call has read
	IsRead    bool          // whether the statement was read to the caller
	Node      NodeID        // what is shown; "" until the next node is
	Next      NodeID        // what is to be shown next; "" while a node is shown
	Read      int           // the last block of Node that was read to the caller, from 1; 0 for none
	Said      Said          // what the caller said up to now
	SaidAt    int           // the number of the step with which the caller said something last; 0 if nothing was said
	Ended     bool          // nothing more is shown, read or chosen
	End       End           // what the script ended in; zero while the call goes on, and if it broke off
	Submitted int           // the number of the StepSubmitted to which there is no answer yet; 0 if there is none
	RequestID string        // of the service request that was opened from the call; "" until then
	Version   int           // the number of steps
}

// ToRead returns the number of the block of Node that has to be read aloud next, from 1, and 0 if
// none is left (GW-1).
func (c Call) ToRead() int {
	node, _ := c.Script.node(c.Node)
	for i, block := range node.Blocks {
		if block.ReadAloud && i+1 > c.Read {
			return i + 1
		}
	}
	return 0
}

// Start is the command to start a call.
type Start struct {
	By        srmt.StaffID // the representative: the host program says who that is, and whether they are staff (PV-3)
	Script    ScriptID
	On        cris.Date     // the day of the call, which decides on the edition of the script
	Language  cris.Language // in which the script is read; any but Spanish counts as English
	Statement string        // edition of the Privacy Act Statement to read: that of erequest.Service.Statement, or of addresschange for a change of address
	At        time.Time     // UTC, to the microsecond
}

// DecideStart decides whether a call starts with the script (GW-1).
func DecideStart(library Library, start Start) Decision {
	step := Step{
		Kind: StepStarted, At: start.At, By: start.By, Script: start.Script, Language: cris.English, Statement: start.Statement,
	}
	if start.Language == cris.Spanish {
		step.Language = cris.Spanish
	}
	script, err := library.Script(start.Script, start.On)
	if err == nil {
		step.Edition = script.Edition()
	}
	return Call{}.decide(step, script, callStarted)
}

// DecideShown decides whether the node is shown: the one with which the script starts, or to
// which the last choice led (GW-1).
func DecideShown(call Call, node NodeID, at time.Time) Decision {
	return call.decide(Step{Kind: StepShown, At: at, Node: node}, call.Script, nodeShown)
}

// DecideRead decides whether a block of the node that is shown counts as read to the caller, by
// its number from 1 (GW-1). Blocks are read in the order in which they stand. One that was read
// may be read again.
func DecideRead(call Call, block int, at time.Time) Decision {
	return call.decide(Step{Kind: StepRead, At: at, Block: block}, call.Script, blockRead)
}

// DecideChoice decides whether the call goes on with a choice of the node that is shown, once
// everything in it that has to be read aloud was read (GW-1).
func DecideChoice(call Call, choice ChoiceID, at time.Time) Decision {
	return call.decide(Step{Kind: StepChosen, At: at, Choice: choice}, call.Script, choiceTaken)
}

// DecideSaid decides whether something that the caller said is kept: not before the Privacy Act
// Statement has been read (GW-1, ER-7). Whether it is enough for a request is decided by erequest when
// the request is filed. If the call ended in opening a request, what the caller said may be corrected
// until the request is opened, but not while it is being handed over.
func DecideSaid(call Call, said Said, at time.Time) Decision {
	return call.decide(Step{Kind: StepSaid, At: at, Said: said}, call.Script, saidKept)
}

// DecideEnd decides whether the call ends here: at a node that has an end, once everything that
// has to be read aloud was read (GW-1).
func DecideEnd(call Call, at time.Time) Decision {
	return call.decide(Step{Kind: StepEnded, At: at}, call.Script, endReached)
}

// DecideBreakOff decides whether the call ends before the script does, such as when the caller
// hangs up. It may at any time, once (GW-1).
func DecideBreakOff(call Call, at time.Time) Decision {
	return call.decide(Step{Kind: StepBrokenOff, At: at}, call.Script, brokenOff)
}

// DecideSubmitted decides whether what the caller said is handed to e-Request: if the script has
// ended in opening a request (SR-1), there is none yet, and no answer is awaited.
//
// The step is kept before anything is handed over. Whoever does not know what became of the handover
// finds the step, and hands over the very same again, under the same key.
func DecideSubmitted(call Call, at time.Time) Decision {
	return call.decide(Step{Kind: StepSubmitted, At: at}, call.Script, requestSubmitted)
}

// DecideReturned decides whether to keep that e-Request did not accept what was handed to it, with
// the outcome that it gave (SR-1).
func DecideReturned(call Call, filing erequest.FilingOutcome, at time.Time) Decision {
	return call.decide(Step{Kind: StepReturned, At: at, Filing: filing}, call.Script, requestReturned)
}

// DecideOpened decides whether to keep that e-Request accepted what was handed to it, as the request
// with that ID (SR-1). No step follows it.
func DecideOpened(call Call, requestID string, at time.Time) Decision {
	return call.decide(Step{Kind: StepOpened, At: at, RequestID: requestID}, call.Script, requestOpened)
}

func (c Call) decide(step Step, script Script, because cris.Reason) Decision {
	if against := c.against(step, script); len(against) > 0 {
		return Decision{Outcome: Refused, Reasons: against}
	}
	step.Seq = c.Version + 1
	return Decision{Outcome: Allowed, Step: step, Reasons: []cris.Reason{because}}
}

// refusals are what the rules have against a step.
type refusals []cris.Reason

// unless adds a refusal if the rule is not kept.
func (rs *refusals) unless(kept bool, otherwise cris.Reason) {
	if !kept {
		*rs = append(*rs, otherwise)
	}
}

// against returns what the rules have against a step that would come next (GW-1), in the order of
// Reasons. Script is that of the call.
func (c Call) against(step Step, script Script) (rs refusals) {
	if step.Kind == StepStarted {
		rs.unless(step.By != "", representativeMissing)
		rs.unless(!script.IsZero(), scriptNotInForce)
		rs.unless(step.Statement != "" || !script.hasStatement(), statementNotNamed)
		return rs
	}
	if c.Version == 0 {
		return refusals{callNotStarted}
	}
	if step.Kind == StepSubmitted || step.Kind == StepReturned || step.Kind == StepOpened {
		return c.againstOpening(step)
	}
	if c.Ended && (step.Kind != StepSaid || c.againstRequest() != nil) {
		return refusals{callEnded}
	}
	node, isShown := c.Script.node(c.Node)
	switch step.Kind {
	case StepShown:
		rs.unless(step.Node == c.Next && c.Next != "", nodeNotNext)
	case StepSaid:
		rs.unless(step.Said != Said{}, nothingSaid)
		// ER-7: the statement is read before anything is asked.
		rs.unless(c.IsRead, statementUnread)
		rs.unless(c.Submitted == 0, requestAwaited)
	case StepRead, StepChosen, StepEnded:
		if !isShown {
			return refusals{nodeNotShown}
		}
		rs = c.againstAt(node, step)
	case StepBrokenOff:
		// A call may break off at any time.
	case StepStarted, StepSubmitted, StepReturned, StepOpened:
		// They were looked at above.
	}
	return rs
}

// againstRequest returns what the rules have against opening a request from the call (SR-1); nil
// if that is nothing.
func (c Call) againstRequest() refusals {
	switch {
	case c.Version == 0:
		return refusals{callNotStarted}
	case !c.Ended:
		return refusals{callGoesOn}
	case c.End.Kind != OpenRequest:
		return refusals{opensNoRequest}
	case c.RequestID != "":
		return refusals{requestOpenedBefore}
	}
	return nil
}

// againstOpening returns what the rules have against a step with which a request is opened.
func (c Call) againstOpening(step Step) refusals {
	rs := c.againstRequest()
	if rs != nil {
		return rs
	}
	switch step.Kind {
	case StepSubmitted:
		rs.unless(c.Submitted == 0, requestAwaited)
	case StepReturned:
		rs.unless(c.Submitted > 0, requestNotAwaited)
		rs.unless(isRefusal(step.Filing), answerMissing)
	default:
		rs.unless(c.Submitted > 0, requestNotAwaited)
		rs.unless(step.RequestID != "", answerMissing)
	}
	return rs
}

// isRefusal reports whether e-Request did not accept a submission.
func isRefusal(filing erequest.FilingOutcome) bool {
	return slices.Contains(erequest.FilingOutcomes(), filing) && filing != erequest.Accepted && filing != erequest.AlreadyAccepted
}

// againstAt returns what the rules have against a step that belongs to the node that is shown.
func (c Call) againstAt(node Node, step Step) (rs refusals) {
	switch step.Kind {
	case StepRead:
		if step.Block < 1 || step.Block > len(node.Blocks) || !node.Blocks[step.Block-1].ReadAloud {
			return refusals{blockNotToRead}
		}
		rs.unless(step.Block <= c.Read || step.Block == c.ToRead(), blockOutOfTurn)
		return rs
	case StepChosen:
		_, isHere := node.choice(step.Choice)
		rs.unless(isHere, choiceNotHere)
	default:
		rs.unless(node.End != End{}, noEndHere)
	}
	rs.unless(c.ToRead() == 0, blocksUnread)
	return rs
}

// after returns the state once the step, which nothing is against, is taken.
func (c Call) after(step Step, script Script) Call {
	node, _ := c.Script.node(c.Node)
	c.Version = step.Seq
	switch step.Kind {
	case StepStarted:
		c.By, c.Script, c.Language, c.Statement = step.By, script, step.Language, step.Statement
		c.Next = script.Start()
	case StepShown:
		c.Node, c.Next, c.Read = step.Node, "", 0
	case StepRead:
		c.Read = max(c.Read, step.Block)
		c.IsRead = c.IsRead || node.Blocks[step.Block-1].Statement
	case StepChosen:
		choice, _ := node.choice(step.Choice)
		c.Node, c.Next, c.Read = "", choice.To, 0
	case StepSaid:
		c.Said, c.SaidAt = c.Said.and(step.Said), step.Seq
	case StepEnded:
		c.Ended, c.End = true, node.End
	case StepBrokenOff:
		c.Ended = true
	case StepSubmitted:
		c.Submitted = step.Seq
	case StepReturned:
		c.Submitted = 0
	case StepOpened:
		c.Submitted, c.RequestID = 0, step.RequestID
	}
	return c
}
