package srmt

// Correspondence is the command to keep a message with a request.
type Correspondence struct {
	RequestID string
	By        StaffID
	Seen      int // the version that the author acts on
	Message   Message
}

// DecideCorrespondence decides whether a message in either direction is kept with the
// request without being the response to it (SR-8). A closed request still takes messages. An open one
// waits for an answer from a message that asks for something until the next message from the
// customer, or until it is redirected or responded to; its due date does not move (SR-9a).
func DecideCorrespondence(state ServiceRequest, act Act, message Message) (d Decision) {
	var against refusals
	// SR-8: what was written or said, and by whom to whom.
	against.unless(message.Direction.known(), messageDirectionUnknown)
	against.unless(isMeans(message.Means) && message.ToRepresentative == "", messageMeansUnknown)
	against.unless(!message.Asks || message.Direction == ToCustomer && state.Status != Closed, messageCannotAsk)
	against.unless(isReadable(message.Text), messageUnreadable)
	against.unless(message.Attached.IsZero(), messageWithAttachments)
	d.Step.Kind, d.Step.Message = StepCorresponded, message
	d.decide(&state, &act, messageKept, against)
	return d
}

// Messages returns the steps of a history that carry a message between the agency and the
// customer, the response and its corrections among them, oldest first (SR-8). Notes among staff are
// not among them, nor is a response that was proposed and not approved. The caller may keep and change
// them.
func Messages(history []Step) []Step {
	var messages []Step
	for _, step := range history {
		if step.Kind == StepCorresponded || step.Kind.answers() && step.Kind != StepProposed {
			messages = append(messages, step)
		}
	}
	return messages
}
