package gateway

import (
	"context"
	"strconv"
	"time"

	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/srmt"
)

// Opened is what became of opening a service request from a call.
type Opened struct {
	Result                 // Call.RequestID is the ID of the request, if there is one
	Filing erequest.Filing // what e-Request decided; zero if it was not asked, or the request was opened before
}

// Open opens the service request of a call that ended in one (SR-1). It hands what the caller said
// to e-Request, and keeps the ID of the request with the call:
//
//   - [Allowed]: the request is opened.
//   - [AlreadyDone]: it was opened before.
//   - [Refused]: the call does not open a request, or not yet; or e-Request did not accept it, for
//     the reasons in Filing. What the caller said may then be corrected with [Service.Say], and Open
//     called again.
//
// It may be called again whenever its result was lost, even if the process ended in between: before
// anything goes out, [StepSubmitted] is kept; from then on nothing else may be said, and the same
// submission goes out under the same key until the answer is kept. So there is one request.
//
// The errors are those of [Service.Show], and any error of the port Requests: the answer is not known
// then.
func (s *Service) Open(ctx context.Context, by srmt.StaffID, callID string) (Opened, error) {
	now, err := s.admit(ctx, by)
	if err != nil {
		return Opened{}, err
	}
	if !text.IsStorable(callID) {
		return Opened{}, ErrDenied // there is none
	}
	handed, err := s.handOver(ctx, by, callID, now)
	if err != nil {
		return Opened{}, err
	}
	if handed.Outcome != Allowed {
		return Opened{Result: handed}, nil
	}
	filing, err := s.requests.Submit(ctx, handed.Call.Submission(handed.Call.key(callID)).Submission)
	if err != nil {
		return Opened{}, wrapped("open request", err)
	}
	result, err := s.keepAnswer(ctx, by, handed, filing, now)
	if err != nil {
		return Opened{}, err
	}
	return Opened{Result: result, Filing: filing}, nil
}

// key returns the key under which what was said is handed to e-Request. It changes whenever something
// more is said.
func (c Call) key(callID string) string { return callID + "/" + strconv.Itoa(c.SaidAt) }

// handOver keeps StepSubmitted, before what was said goes to e-Request, unless that is on file.
func (s *Service) handOver(ctx context.Context, by srmt.StaffID, callID string, now time.Time) (handed Result, err error) {
	err = s.update(ctx, callID, func(prior []Step) (Change, error) {
		call, err := s.held(by, prior)
		if err != nil {
			return Change{}, err
		}
		handed = Result{CallID: callID, Call: call}
		switch {
		case call.RequestID != "":
			handed.Decision = alreadyDone(prior[len(prior)-1])
			return Change{}, nil
		case call.Submitted > 0: // and what became of it is not known
			handed.Decision = Decision{Outcome: Allowed, Step: prior[call.Submitted-1]}
			return Change{}, nil
		}
		handed.Decision = DecideSubmitted(call, now)
		if handed.Outcome != Allowed {
			return Change{}, nil
		}
		handed.Call = call.after(handed.Step, call.Script)
		return Change{Append: []Step{handed.Step}}, nil
	})
	return handed, err
}

// keepAnswer keeps what e-Request answered to what was handed to it.
func (s *Service) keepAnswer(ctx context.Context, by srmt.StaffID, handed Result, filing erequest.Filing, now time.Time) (result Result, err error) {
	err = s.update(ctx, handed.CallID, func(prior []Step) (change Change, err error) {
		call, err := s.held(by, prior)
		if err != nil {
			return Change{}, err
		}
		result = Result{CallID: handed.CallID, Call: call}
		take := func(d Decision) {
			if result.Decision = d; d.Outcome == Allowed {
				change.Append = append(change.Append, d.Step)
				result.Call = result.Call.after(d.Step, call.Script)
			}
		}
		isTaken := !isRefusal(filing.Outcome)
		switch {
		case call.RequestID != "": // somebody was quicker
			result.Decision = alreadyDone(prior[len(prior)-1])
		case isTaken && call.Submitted == 0: // a refusal that came at the same time was kept
			take(DecideSubmitted(call, now))
			take(DecideOpened(result.Call, filing.Request.ID, now))
		case isTaken:
			take(DecideOpened(call, filing.Request.ID, now))
		case call.Submitted == handed.Call.Submitted:
			take(DecideReturned(call, filing.Outcome, now))
			result.Decision = returned()
		default: // the same refusal was kept
			result.Decision = returned()
		}
		return change, nil
	})
	return result, err
}
