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
	// the issue.
	ScreenOn(ctx context.Context, channel erequest.Channel, issue erequest.Issue, entered erequest.Screening) (erequest.Screened, error)
	// Submit files the request if it may be filed. The same submission again gives the same
	// request.
	Submit(ctx context.Context, submission erequest.Submission) (erequest.Filing, error)
	// StaffStatus returns how far the request with that confirmation number is, with its ID, or an
	// error that matches erequest.ErrNotFound if no such request is about that case.
	StaffStatus(ctx context.Context, number erequest.ConfirmationNumber, receipt casestatus.ReceiptNumber) (requestID string, status erequest.RequestStatus, err error)
}

// DeskPorts are what a Desk stands on. All of them are needed.
type DeskPorts struct {
	Submissions Submissions
	Store       Store // the staff, and where each request is
	Looks       Looks
}

// Desk is where staff takes requests for customers who call, write or come to an office (SR-1). A
// request that comes in there is the same as one that came online (ER-13), and is received by a
// Service in the same way.
//
// Every act names who of the staff acts, and whoever is not let act gets ErrDenied before anything
// but the staff is read: the same answer whatever is on file (PV-3). A Desk is safe for concurrent
// use if its ports are.
type Desk struct {
	submissions Submissions
	service     *Service // which knows the staff, the offices and the requests
}

// NewDesk returns a desk over the given ports. Nil options mean defaults; they are those of the
// Service of the same program.
func NewDesk(ports DeskPorts, opts *Options) *Desk {
	return &Desk{submissions: ports.Submissions, service: NewService(Ports{Store: ports.Store, Looks: ports.Looks}, opts)}
}

// Taker is who takes a request, where, and on which channel it came in. Policy.Channels decides
// whether that is so: a representative has no window, and an officer no 800 number.
type Taker struct {
	By      StaffID
	Office  casestatus.OfficeCode // to which the customer wrote or came; the call center for a call
	Channel erequest.Channel
}

// Screen decides whether what a customer told the taker opens the way to a request about the issue,
// before anything else is asked (ER-2 to ER-5). Of a case that the taker sees, nothing but the
// receipt number has to be told; see erequest.Screening.Completed for what follows from that.
// Protected cases are found, and there is no wait (ER-9).
//
// Who does not take requests there gets ErrDenied. An error that matches cris.ErrClock means that
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
// taken by that member of staff; what the submission says of both does not count (SR-1, SR-10). The
// key is made by the client, one for each call, letter or visit: the same submission again gives the
// same request, also to a colleague at the same kind of desk (ER-9).
//
// Refusals are outcomes of the Filing. Its request holds nothing that the taker did not say, beside
// its numbers and days and how the person agrees with the case on file, and leaves no Look: who took
// it is on file with it. The errors are those of Screen, and one that matches ErrConflict if the
// store gave up. Nothing is known to be saved then: the taker may try again with the same key.
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
	return filing, nil
}

// RequestProgress is what is told at a desk of a request on file: nothing of what the customer
// wrote, and of nobody who works on it.
type RequestProgress struct {
	erequest.RequestStatus
	Office casestatus.OfficeCode // where it is; "" if it was not received yet
}

// Status tells whoever takes requests, anywhere and on any channel, how far a request is and at
// which office, by the confirmation number and the receipt number that the customer gives. Protected
// cases are answered about, and any request, however it came in. That it was shown is on record
// before (PV-3); if it cannot be recorded, nothing is shown.
//
// Who takes no requests gets ErrDenied. The error matches ErrNotFound if no such request is about
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
