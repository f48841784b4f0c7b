package srmt

import "github.com/seed28e20331/cris"

// Note is the command to keep a note among staff with a request: what research has shown, what
// a colleague should know. It is no message: the customer is not shown it.
type Note struct {
	RequestID string
	By        StaffID
	Seen      int // the version that the author acts on
	Text      cris.Personal[string]
}

// DecideNote decides whether a note among staff is kept with the request (SR-7). A closed request
// still takes notes.
func DecideNote(state ServiceRequest, act Act, text cris.Personal[string]) (d Decision) {
	var against refusals
	against.unless(isReadable(text), noteUnreadable)
	d.Step.Kind, d.Step.Message.Text = StepNoted, text
	d.decide(&state, &act, noteKept, against)
	return d
}

// Notes returns the steps of a history that are notes among staff, oldest first (SR-7). The caller
// may keep and change them.
func Notes(history []Step) []Step {
	var notes []Step
	for _, step := range history {
		if step.Kind == StepNoted {
			notes = append(notes, step)
		}
	}
	return notes
}
