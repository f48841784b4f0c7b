package gateway

import (
	"slices"
	"strconv"

	"github.com/seed28e20331/cris"
)

// HistoryError says that the steps of a call do not add up, and where.
type HistoryError struct {
	Seq     int    // the number of the step, from 1; 0 for no steps at all
	Problem string // in plain words, without personal values
}

func (e *HistoryError) Error() string {
	return "gateway: history, step " + strconv.Itoa(e.Seq) + ": " + e.Problem
}

// Replay adds the steps of one call up to its present state (GW-1), with the edition of the
// script that the first of them names. A history that does not add up gives a *HistoryError: no
// steps, a gap in the numbering, an edition that the library does not hold, a step that would
// have been refused.
func Replay(library Library, history []Step) (Call, error) {
	if len(history) == 0 {
		return Call{}, &HistoryError{Seq: 0, Problem: "there are no steps"}
	}
	script, err := library.Edition(history[0].Script, history[0].Edition)
	if err != nil {
		script = Script{}
	}
	var call Call
	for i, step := range history {
		if problem := call.problem(step, script); problem != "" {
			return Call{}, &HistoryError{Seq: i + 1, Problem: problem}
		}
		call = call.after(step, script)
	}
	return call, nil
}

// misplaced says why the step cannot follow so many others, whatever the script; "" if it can.
func (s Step) misplaced(after int) string {
	isFirst, isStart := after == 0, s.Kind == StepStarted
	switch {
	case s.Seq != after+1:
		return "the numbering has a gap"
	case !slices.Contains(StepKinds(), s.Kind):
		return "the kind of step is not known"
	case isFirst != isStart:
		return "a history begins with the start of the call, once"
	case s.At.IsZero():
		return "there is no time"
	case s != s.own():
		return "the step says something that does not belong to its kind"
	}
	return ""
}

// problem says why the step cannot come next; "" if it can.
func (c Call) problem(step Step, script Script) string {
	if misplaced := step.misplaced(c.Version); misplaced != "" {
		return misplaced
	}
	isStart := step.Kind == StepStarted
	switch {
	case isStart && step.Language != cris.English && step.Language != cris.Spanish:
		return "the language is neither English nor Spanish"
	case isStart && script.IsZero():
		return "the library does not hold this edition of the script"
	}
	if against := c.against(step, script); len(against) > 0 {
		return against[0].Text
	}
	return ""
}
