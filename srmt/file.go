package srmt

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// File is all that whoever holds a request needs to answer it. Nearly all of it is personal.
type File struct {
	Request     ServiceRequest
	History     []Step                   // every step, messages included
	Filed       erequest.Request         // as the customer filed it
	Case        casestatus.Case          // withheld or not; the zero Case if none is on file
	Eligibility casestatus.Eligibility   // how the case compares with the posted processing time today; zero without a case
	Mail        []casestatus.MailedPiece // what has become of what was mailed in the case, oldest first
}

// Open opens the file of a request to the officer or supervisor who holds it, or held it when it
// was closed, and still works at its office (SR-4, SR-7, PV-3). Anyone else gets ErrDenied, and
// everyone does if there is no such request: the error does not tell whether there is.
//
// That the file was opened is on record before it is read; if it cannot be recorded, nothing is
// shown.
//
// A *HistoryError means that the history on file does not add up, and an error that matches
// cris.ErrClock that the clock is not set; any other error is that of a port or the context. The
// caller may keep and change what it gets.
func (s *Service) Open(ctx context.Context, by StaffID, requestID string) (File, error) {
	now, err := s.now()
	if err != nil {
		return File{}, fmt.Errorf("srmt: open file: %w", err)
	}
	file := File{}
	file.History, file.Request, err = s.opened(ctx, now, by, requestID, OpenedFile, (*Staff).holds)
	if err != nil {
		return File{}, err
	}
	if file.Filed, err = s.requests.Request(ctx, requestID); err != nil {
		return File{}, fmt.Errorf("srmt: open file: read request: %w", err)
	}
	file.Case, file.Eligibility, file.Mail, err = s.caseOnFile(ctx, file.Request.Receipt, cris.DateOf(now, s.policy.Zone))
	if err != nil {
		return File{}, fmt.Errorf("srmt: open file: %w", err)
	}
	return file, nil
}

// opened returns the history of a request, and the state that it adds up to, to a member of staff
// to whom it is open, and puts that on record before.
func (s *Service) opened(
	ctx context.Context, now time.Time, by StaffID, requestID string, what Opened, isOpenTo func(*Staff, *ServiceRequest, cris.Date) bool,
) ([]Step, ServiceRequest, error) {
	reader, err := s.staff(ctx, by)
	if err != nil {
		return nil, ServiceRequest{}, err
	}
	if reader.ID == "" {
		return nil, ServiceRequest{}, ErrDenied
	}
	history, state, err := s.historyOf(ctx, requestID)
	if errors.Is(err, ErrNotFound) {
		return nil, ServiceRequest{}, ErrDenied
	}
	if err != nil {
		return nil, ServiceRequest{}, err
	}
	if !isOpenTo(&reader, &state, cris.DateOf(now, s.policy.Zone)) {
		return nil, ServiceRequest{}, ErrDenied
	}
	if err := s.record(ctx, now, reader.ID, requestID, what); err != nil {
		return nil, ServiceRequest{}, fmt.Errorf("srmt: open %s: %w", what, err)
	}
	return history, state, nil
}
