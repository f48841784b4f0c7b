package selfcheck

import (
	"time"
)

// Move is what to do next about a case at E-Verify.
type Move string

// The moves.
const (
	MoveNone   Move = "none"   // nothing now: it is the individual's turn, or the case is closed
	MoveOpen   Move = "open"   // have a case opened, or find the one that was
	MoveSubmit Move = "submit" // submit the draft, or the confirmed data
	MoveAsk    Move = "ask"    // ask where the case is
	MoveRefer  Move = "refer"  // say that the individual resolves the mismatch
	MoveClose  Move = "close"
)

// Moves lists the moves. The caller may keep and change the slice.
func Moves() []Move {
	return []Move{MoveNone, MoveOpen, MoveSubmit, MoveAsk, MoveRefer, MoveClose}
}

// Turn is what DecideMove considers besides the record.
type Turn struct {
	Now       time.Time // UTC
	Asked     bool      // E-Verify has said where the case is in this turn
	Confirmed bool      // the individual has just confirmed the data
	Ending    bool      // the individual ends the session
}

// DecideMove says what to do next about the query, whether the individual calls or the sweep
// does: the case continues from wherever a process left it. The case is closed when nothing is
// left to do about it, when the individual declines to resolve a mismatch (SC-11) or ends the
// session, and when the individual does not come back: within Policy.ChoiceLife to choose or to
// confirm, or within Policy.ResolveLife after choosing to resolve a mismatch. The same limits
// apply to a draft that E-Verify does not take and to a mismatch that it does not refer. While an
// agency needs time, and while a mismatch is being resolved, the case stays open until
// Policy.ResolveLife is over.
func DecideMove(query QueryRecord, turn Turn, policy Policy) Move {
	policy = policy.withDefaults()
	isOver := func(start time.Time, life time.Duration) bool { return isOver(start, turn.Now, life) }
	askOnce := MoveAsk
	if turn.Asked {
		askOnce = MoveNone
	}
	switch {
	case !query.IsOpen():
		return MoveNone
	case query.Case == "":
		return MoveOpen
	case query.Stage == "": // staff found the case
		return MoveAsk
	case turn.Ending, query.Choice == Decline:
		return MoveClose
	}
	switch query.Stage {
	case StageDraft:
		if isOver(query.Submitted, policy.ChoiceLife) {
			return MoveClose
		}
		return MoveSubmit
	case StageUnconfirmed:
		switch {
		case isOver(query.Submitted, policy.ChoiceLife):
			return MoveClose
		case turn.Confirmed:
			return MoveSubmit
		}
		return askOnce
	case StageWaiting:
		if isOver(query.Submitted, policy.ResolveLife) {
			return MoveClose
		}
		return askOnce
	case StageMismatch:
		switch {
		case query.Result == "": // a mismatch of no agency
			return MoveClose
		case query.Choice == Resolve && isOver(latest(query.Submitted, query.Chosen), policy.ResolveLife):
			return MoveClose
		case query.Choice == Resolve:
			return MoveRefer
		case isOver(query.Submitted, policy.ChoiceLife):
			return MoveClose
		}
		return MoveNone
	case StageReferred:
		if isOver(latest(query.Submitted, query.Chosen), policy.ResolveLife) {
			return MoveClose
		}
		return askOnce
	case StageAuthorized, StageNotConfirmed, StageUnsupported, StageClosed:
	}
	return MoveClose
}

// latest returns the later of two instants.
func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// after returns the query as E-Verify's answer leaves it. Findings and a result that the answer
// does not repeat stay.
func (q QueryRecord) after(state CaseState) QueryRecord {
	q.Case, q.Stage = state.Number, state.Stage
	if state.Findings != (Findings{}) {
		q.Findings = state.Findings
	}
	if decided := DecideResult(q.Stage, q.Findings); decided.Result != "" {
		q.Result = decided.Result
	}
	return q
}
