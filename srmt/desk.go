package srmt

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// Submissions is the port to e-Request for staff who take requests. An erequest.Service is one.
type Submissions interface {
	// ScreenOn decides whether what was entered on the channel opens the way to a request about
	// the issue. An error means that a port failed or the clock is not set.
	ScreenOn(ctx context.Context, channel erequest.Channel, issue erequest.Issue, entered erequest.Screening) (erequest.Screened, error)
	// Submit files the request if it may be filed. The same submission again gives the same
	// request. The error matches ErrConflict if the store gave up.
	Submit(ctx context.Context, submission erequest.Submission) (erequest.Filing, error)
	// StaffStatus returns how far the request with that confirmation number is, with its ID, or an
	// error that matches erequest.ErrNotFound if no such request is about that case.
	StaffStatus(ctx context.Context, number erequest.ConfirmationNumber, receipt casestatus.ReceiptNumber) (requestID string, status erequest.RequestStatus, err error)
}

// DeskPorts are the ports of a Desk. All of them must be set.
type DeskPorts struct {
	Submissions Submissions
	Store       Store // the staff, and where each request is
	Looks       Looks
}

// Desk is where staff take requests for customers who call, write or come to an office (SR-1). A
// request that comes in there is like one that came online (ER-13), and a Service receives it in
// the same way.
//
// Every act names the member of staff who acts. Whoever may not act gets ErrDenied before anything
// but the staff is read: the same answer whatever is on file (PV-3). A Desk is safe for concurrent
// use if its ports are.
type Desk struct {
	submissions Submissions
	service     *Service // which knows the staff, the offices and the requests
}

// NewDesk returns a desk over the given ports. Nil options mean defaults. Policy and tables should be
// the same as those of the Service over the same store.
func NewDesk(ports DeskPorts, opts *Options) *Desk {
	return &Desk{submissions: ports.Submissions, service: NewService(Ports{Store: ports.Store, Looks: ports.Looks}, opts)}
}

// Taker is who takes a request, where, and on which channel it came in. Policy.Channels decides
// whether that is allowed: by default a representative takes no letters, and an officer no calls.
type Taker struct {
	By      StaffID
	Office  casestatus.OfficeCode // to which the customer wrote or came; the call center for a call
	Channel erequest.Channel
}

// Screen decides whether what a customer told the taker opens the way to a request about the issue,
// before anything else is asked (ER-2 to ER-5). Since the taker sees the case, only the receipt
// number has to be told; see erequest.Screening.Completed for what follows from that. Protected
// cases are found, and there is no wait (ER-9).
//
// Whoever does not take requests there gets ErrDenied. An error that matches cris.ErrClock means that
// the clock is not set, any other that a port failed.
func (d *Desk) Screen(ctx context.Context, taker Taker, issue erequest.Issue, entered erequest.Screening) (erequest.Screened, error) {
	if _, err := d.admit(ctx, taker); err != nil {
		return erequest.Screened{}, err
	}
	screened, err := d.submissions.ScreenOn(ctx, taker.Channel, issue, entered)
	if err != nil {
		return erequest.Screened{}, fmt.Errorf("srmt: screen at a desk: %w", err)
	}
	return screened, nil
}

// Take files the request if it may be filed, as one that came in on the channel of the taker and was
// taken by that member of staff; the Channel and TakenBy of the submission are ignored (SR-1, SR-10).
// The client makes the key, one for each call, letter or visit: the same submission again gives the
// same request, even if a colleague sends it on the same channel (ER-9).
//
// Refusals are outcomes of the Filing. Its request holds nothing that the taker did not say, except
// its numbers and days (PV-3): what was completed from the case, and how the person compares with it,
// is on file and not told.
// It leaves no Look: who took it is on file with it. The errors are those of Screen, and one that
// matches ErrConflict if the store gave up. Nothing is known to be saved then: the taker may try again
// with the same key.
func (d *Desk) Take(ctx context.Context, taker Taker, submission erequest.Submission) (erequest.Filing, error) {
	member, err := d.admit(ctx, taker)
	if err != nil {
		return erequest.Filing{}, err
	}
	submission.Channel, submission.TakenBy = taker.Channel, string(member.ID)
	filing, err := d.submissions.Submit(ctx, submission)
	if err != nil {
		return erequest.Filing{}, fmt.Errorf("srmt: take request: %w", err)
	}
	if filing.Request.ID != "" {
		filing.Request.Screening, filing.Request.Compared = submission.Screening, erequest.Compared{}
	}
	return filing, nil
}

// RequestProgress is what a desk is told about a request on file: nothing that the customer wrote,
// and nothing about who works on it.
type RequestProgress struct {
	erequest.RequestStatus
	Office casestatus.OfficeCode // where it is; "" if SRMT has not received it yet
}

// Status tells whoever takes requests, anywhere and on any channel, how far a request is and at
// which office, by the confirmation number and the receipt number that the customer gives. It covers
// protected cases, and requests that came in on any channel. A look is recorded first (PV-3); if it
// cannot be recorded, nothing is shown.
//
// Whoever takes no requests gets ErrDenied. The error matches ErrNotFound if no such request is about
// that case, and cris.ErrClock if the clock is not set. A *HistoryError means that the history on
// file does not add up; any other error that a port failed.
func (d *Desk) Status(ctx context.Context, by StaffID, number erequest.ConfirmationNumber, receipt casestatus.ReceiptNumber) (RequestProgress, error) {
	now, err := d.service.now()
	if err != nil {
		return RequestProgress{}, fmt.Errorf("srmt: open status: %w", err)
	}
	member, err := d.service.staff(ctx, by)
	if err != nil {
		return RequestProgress{}, err
	}
	if !d.service.policy.takesAny(&member, d.service.offices, cris.DateOf(now, d.service.policy.Zone)) {
		return RequestProgress{}, ErrDenied
	}
	requestID, status, err := d.submissions.StaffStatus(ctx, number, receipt)
	if err != nil {
		return RequestProgress{}, fmt.Errorf("srmt: open status: %w", err)
	}
	_, state, err := d.service.historyOf(ctx, requestID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return RequestProgress{}, fmt.Errorf("srmt: open status: %w", err)
	}
	if err := d.service.record(ctx, now, member.ID, requestID, OpenedStatus); err != nil {
		return RequestProgress{}, fmt.Errorf("srmt: open status: %w", err)
	}
	return RequestProgress{status, state.Office}, nil
}

// admit returns the member of staff who takes requests there today, or ErrDenied.
func (d *Desk) admit(ctx context.Context, taker Taker) (Staff, error) {
	now, err := d.service.now()
	if err != nil {
		return Staff{}, fmt.Errorf("srmt: take request: %w", err)
	}
	member, err := d.service.staff(ctx, taker.By)
	if err != nil {
		return Staff{}, err
	}
	// PV-3: deny by default, before a case or a request is looked at.
	today := cris.DateOf(now, d.service.policy.Zone)
	if !d.service.policy.takes(&member, taker.Channel, taker.Office, d.service.offices, today) {
		return Staff{}, ErrDenied
	}
	return member, nil
}
