package srmt

import (
	"context"
	"errors"

	"github.com/seed28e20331/cris"
)

// DecideProposal decides whether the officer who holds the request proposes a response to it (SR-4,
// SR-7). The whole response is kept, as with [DecideResponse], and nothing is sent: a supervisor of
// the office who does not hold the request approves it or sends it back. A proposal replaces the
// one before it. It is gone once the request is reassigned, returned, redirected or responded to.
// Any response may be proposed, whether or not the policy requires a review of its finding.
func DecideProposal(state ServiceRequest, act Act, onFile OnFile, response Response, policy Policy) (d Decision) {
	var against refusals
	d.Step, against = answer(StepProposed, state, act.On, onFile, response, policy)
	d.decide(&state, &act, proposalKept, against)
	return d
}

// Approval is the command to send the response that waits for a review, which closes the request.
type Approval struct {
	RequestID string
	By        StaffID
	Seen      int // the version that the author acts on, which says which proposal was read
}

// DecideApproval decides whether a supervisor of the office, who does not hold the request, approves
// the response that was proposed, and so sends it and closes the request (SR-7). Proposed is the step
// with that number in state.Proposed. What is sent is exactly what was proposed.
func DecideApproval(state ServiceRequest, act Act, proposed Step) (d Decision) {
	var against refusals
	against.unless(proposed.Kind == StepProposed && proposed.Seq == state.Proposed, proposalGone)
	d.Step = Step{Kind: StepApproved, Message: proposed.Message, Finding: proposed.Finding, Letter: proposed.Letter}
	d.decide(&state, &act, responseRecorded, against)
	return d
}

// SendBack is the command to send back the response that waits for a review to the officer who
// proposed it.
type SendBack struct {
	RequestID string
	By        StaffID
	Seen      int                   // the version that the author acts on
	Text      cris.Personal[string] // what is to be changed: for staff alone; at most 20,000 bytes
}

// DecideSendBack decides whether a supervisor of the office, who does not hold the request, sends back
// the response that was proposed (SR-7). The officer holds the request as before.
func DecideSendBack(state ServiceRequest, act Act, text cris.Personal[string]) (d Decision) {
	var against refusals
	against.unless(isReadable(text), noteUnreadable)
	d.Step.Kind, d.Step.Message.Text = StepSentBack, text
	d.decide(&state, &act, proposalSentBack, against)
	return d
}

// Propose keeps a response that a supervisor is to review, if [DecideProposal] allows it (SR-7). The
// errors are those of [Service.Respond].
func (s *Service) Propose(ctx context.Context, r Response) (Decision, error) {
	return s.answer(ctx, r, DecideProposal)
}

// Approve sends the response that was proposed and closes the request, if [DecideApproval] allows it
// (SR-7). A request that does not exist is refused like one of another office. An act that is given
// again, and the errors, are as with [Service.Assign].
func (s *Service) Approve(ctx context.Context, a Approval) (Decision, error) {
	var history []Step // whose steps stay what they are (SR-10)
	return s.act(ctx, command{
		requestID: a.RequestID, by: a.By, seen: a.Seen,
		prepare: func(cris.Date) (err error) {
			if history, err = s.store.History(ctx, a.RequestID); errors.Is(err, ErrNotFound) {
				return nil // it is refused
			}
			return err
		},
		decide: func(state ServiceRequest, act Act, _ Officer) Decision {
			var proposed Step
			if n := state.Proposed; n > 0 && n <= len(history) {
				proposed = history[n-1]
			}
			return DecideApproval(state, act, proposed)
		},
	})
}

// SendBack sends the response that was proposed back to its author, if [DecideSendBack] allows it
// (SR-7). A request that does not exist is refused like one of another office. An act that is given
// again, and the errors, are as with [Service.Assign].
func (s *Service) SendBack(ctx context.Context, b SendBack) (Decision, error) {
	return s.act(ctx, command{requestID: b.RequestID, by: b.By, seen: b.Seen, decide: func(state ServiceRequest, act Act, _ Officer) Decision {
		return DecideSendBack(state, act, b.Text)
	}})
}
