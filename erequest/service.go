package erequest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/ambient"
)

// EventAccepted is the type of the event that an accepted request leaves in the
// outbox (ER-12). Its Subject is the ID of the request, which a receiver reads
// through Store.Request.
const EventAccepted = "cris.erequest.accepted"

const eventSource = "/cris/erequest"

// Options are what a Service takes from its surroundings. The zero value of each
// field means its default.
type Options struct {
	Now    func() time.Time // the wall clock
	NewID  func() string    // UUIDs of version 7
	Random io.Reader        // crypto/rand.Reader; confirmation numbers are drawn from it
	Policy *Policy          // DefaultPolicy()
}

// Service screens and files requests over a store and the cases on file. It is safe
// for concurrent use if its ports are.
type Service struct {
	store         Store
	cases         Cases
	eligibilities Eligibilities
	now           func() time.Time
	newID         func() string
	random        io.Reader
	policy        Policy
}

// Cases is what the service reads of the cases on file. Every casestatus.Cases is one.
type Cases interface {
	// StaffCase returns the case on file, withheld or not, or an error that matches
	// casestatus.ErrNotFound. What is withheld is told to nobody.
	StaffCase(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error)
}

// Eligibilities is the port to whoever decides how a case stands to the posted processing
// time. A casestatus.Service is one.
type Eligibilities interface {
	// EligibilityOf decides how the case stands to the posted processing time on the day. An
	// error means that nothing can be decided now.
	EligibilityOf(ctx context.Context, onFile casestatus.Case, on cris.Date) (casestatus.Eligibility, error)
}

// NewService returns a service over the given ports. Nil options mean defaults.
func NewService(store Store, cases Cases, eligibilities Eligibilities, opts *Options) *Service {
	if opts == nil {
		opts = &Options{}
	}
	s := &Service{
		store: store, cases: cases, eligibilities: eligibilities,
		now: ambient.Clock(opts.Now), newID: ambient.IDs(opts.NewID),
		random: opts.Random, policy: DefaultPolicy(),
	}
	if s.random == nil {
		s.random = rand.Reader
	}
	if opts.Policy != nil {
		s.policy = opts.Policy.withDefaults()
	}
	return s
}

// Screen decides whether what was entered opens the way to a request about the
// issue (ER-2 to ER-5). An error means that a port failed.
func (s *Service) Screen(ctx context.Context, issue Issue, entered Screening) (Screened, error) {
	return s.screen(ctx, issue, entered, cris.DateOf(s.now(), s.policy.Zone))
}

func (s *Service) screen(ctx context.Context, issue Issue, entered Screening, today cris.Date) (Screened, error) {
	onFile, err := s.cases.StaffCase(ctx, entered.Receipt)
	if errors.Is(err, casestatus.ErrNotFound) {
		return DecideScreening(issue, entered, casestatus.Case{}, casestatus.Eligibility{}), nil
	}
	if err != nil {
		return Screened{}, fmt.Errorf("erequest: read case: %w", err)
	}
	// ER-3: what does not match reads no processing time, so that neither a failing port
	// nor the time it takes tells a known case from an unknown one.
	if issue != OutsideProcessingTime || !entered.matches(onFile) {
		return DecideScreening(issue, entered, onFile, casestatus.Eligibility{}), nil
	}
	eligibility, err := s.eligibilities.EligibilityOf(ctx, onFile, today)
	if err != nil {
		return Screened{}, fmt.Errorf("erequest: decide eligibility: %w", err)
	}
	return DecideScreening(issue, entered, onFile, eligibility), nil
}

// Submit screens once more and files the request if it may be filed (ER-8 to
// ER-12). A retry with the same key and content finds the request on file. Refusals
// are outcomes of the Filing; an error means that a port failed and nothing is known
// to be saved: the caller may submit again with the same key.
func (s *Service) Submit(ctx context.Context, submission Submission) (Filing, error) {
	now := s.now()
	today := cris.DateOf(now, s.policy.Zone)
	if faults := submission.faults(); len(faults) > 0 {
		return Filing{Outcome: Incomplete, Reasons: faults}, nil
	}
	next := Request{
		Key: submission.Key, Receipt: submission.Screening.Receipt,
		Issue: submission.Issue, Channel: submission.Channel, Details: submission.Details,
		FiledAt: now, Filed: today, RespondBy: today.AddDays(s.policy.ResponseDays),
	}
	// A retry is answered from what is on file, whatever has become of the case since.
	prior, err := s.store.Requests(ctx, next.Receipt)
	if err != nil {
		return Filing{}, fmt.Errorf("erequest: read requests: %w", err)
	}
	if filing, came := decideRetry(prior, next); came {
		return filing, nil
	}
	screened, err := s.screen(ctx, submission.Issue, submission.Screening, today)
	if err != nil {
		return Filing{}, err
	}
	if screened.Outcome != Passed {
		return Filing{Outcome: ScreenedOut, Screening: screened, Reasons: screened.Reasons}, nil
	}
	// ER-5: nothing beyond the screening is looked at before it has passed.
	if faults := DecideDetails(submission.Issue, submission.Details); len(faults) > 0 {
		return Filing{Outcome: Incomplete, Screening: screened, Reasons: faults}, nil
	}
	next.ID = s.newID()
	if next.Confirmation, err = NewConfirmationNumber(s.random); err != nil {
		return Filing{}, err
	}
	var filing Filing
	err = s.store.Update(ctx, next.Receipt, func(prior []Request) (Change, error) {
		filing = decideFiling(prior, next, s.policy)
		if filing.Outcome != Accepted {
			return Change{}, nil
		}
		return Change{File: []Request{filing.Request}, Events: []cris.Event{accepted(filing.Request)}}, nil
	})
	if err != nil {
		return Filing{}, fmt.Errorf("erequest: file request: %w", err)
	}
	filing.Screening = screened
	return filing, nil
}

// accepted tells the rest of the system of a new request: ER-12.
func accepted(r Request) cris.Event {
	return cris.Event{
		ID: r.ID + "/accepted", Type: EventAccepted, Source: eventSource, Subject: r.ID,
		Time: r.FiledAt, Data: map[string]string{"issue": string(r.Issue)},
	}
}

// RecordAnswer records that the agency answered the request on the given day, which
// must be one. The first answer counts; recording another changes nothing. An unknown
// request gives an error that matches ErrNotFound.
func (s *Service) RecordAnswer(ctx context.Context, requestID string, on cris.Date) error {
	if on.IsZero() {
		return errors.New("erequest: record answer: no date")
	}
	request, err := s.store.Request(ctx, requestID)
	if err != nil {
		return fmt.Errorf("erequest: record answer: %w", err)
	}
	err = s.store.Update(ctx, request.Receipt, func(prior []Request) (Change, error) {
		for _, onFile := range prior {
			if onFile.ID == requestID && onFile.Answered.IsZero() {
				return Change{Answered: []Answer{{RequestID: requestID, On: on}}}, nil
			}
		}
		return Change{}, nil
	})
	if err != nil {
		return fmt.Errorf("erequest: record answer: %w", err)
	}
	return nil
}
