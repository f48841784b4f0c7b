package erequest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/internal/retry"
)

// Options are what a Service takes from its surroundings. The zero value of each
// field means its default.
type Options struct {
	Now    func() time.Time // the wall clock
	NewID  func() string    // UUIDs of version 7; the IDs of requests
	Random io.Reader        // crypto/rand.Reader; confirmation numbers are drawn from it
	Policy *Policy          // DefaultPolicy()
}

// Service screens and files requests over a store and the cases on file. It is safe
// for concurrent use if its ports are.
type Service struct {
	store         Store
	cases         Cases
	eligibilities Eligibilities
	now           func() (time.Time, error)
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
		now: ambient.Time(opts.Now), newID: ambient.IDs(opts.NewID),
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

// Screen decides whether what a customer entered online opens the way to a request about
// the issue (ER-2 to ER-5a). The error matches cris.ErrClock if the clock is not set; any
// other means that a port failed.
func (s *Service) Screen(ctx context.Context, issue Issue, entered Screening) (Screened, error) {
	now, err := s.now()
	if err != nil {
		return Screened{}, fmt.Errorf("erequest: screen: %w", err)
	}
	if !s.policy.Offers(issue, entered.Form) {
		return offersNothing(), nil
	}
	today := cris.DateOf(now, s.policy.Zone)
	facts, err := s.look(ctx, issue, entered, today)
	if err != nil {
		return Screened{}, err
	}
	var wait Wait
	if entered.matches(facts.onFile) {
		prior, err := s.store.Requests(ctx, entered.Receipt)
		if err != nil {
			return Screened{}, fmt.Errorf("erequest: read requests: %w", err)
		}
		wait = DecideWait(prior, issue, today, s.policy)
	}
	return DecideScreening(issue, entered, facts.onFile, facts.eligibility, wait), nil
}

// facts are what a screening is compared with.
type facts struct {
	onFile      casestatus.Case
	eligibility casestatus.Eligibility
}

// look reads what a screening is compared with.
func (s *Service) look(ctx context.Context, issue Issue, entered Screening, today cris.Date) (found facts, err error) {
	found.onFile, err = s.cases.StaffCase(ctx, entered.Receipt)
	if errors.Is(err, casestatus.ErrNotFound) {
		return facts{}, nil
	}
	if err != nil {
		return facts{}, fmt.Errorf("erequest: read case: %w", err)
	}
	found.onFile = entered.Addressed(found.onFile, today, s.policy.OverlapDays)
	// ER-3: what does not match reads no processing time, so that neither a failing port
	// nor the time it takes tells a known case from an unknown one.
	if issue == OutsideProcessingTime && entered.matches(found.onFile) {
		if found.eligibility, err = s.eligibilities.EligibilityOf(ctx, found.onFile, today); err != nil {
			return facts{}, fmt.Errorf("erequest: decide eligibility: %w", err)
		}
	}
	return found, nil
}

// Submit screens once more and files the request if it may be filed (ER-8 to ER-12). A refusal
// takes no more than reads; what would be accepted is decided where it is saved. A retry with
// the same key and content finds the request on file, whatever has become of the case since;
// it presents the screening that was filed, so that a key alone tells nothing (ER-3).
//
// Refusals are outcomes of the Filing. The error matches cris.ErrClock if the clock is not
// set and ErrConflict if the store gave up; any other means that a port failed. Nothing is
// known to be saved then: the caller may submit again with the same key.
func (s *Service) Submit(ctx context.Context, submission Submission) (Filing, error) {
	now, err := s.now()
	if err != nil {
		return Filing{}, fmt.Errorf("erequest: submit: %w", err)
	}
	if faults := submission.faults(); len(faults) > 0 {
		return Filing{Outcome: Incomplete, Reasons: faults}, nil
	}
	today := cris.DateOf(now, s.policy.Zone)
	found, err := s.look(ctx, submission.Issue, submission.Screening, today)
	if err != nil {
		return Filing{}, err
	}
	next := Request{
		Key: submission.Key, Receipt: submission.Screening.Receipt,
		Issue: submission.Issue, Channel: submission.Channel, Screening: submission.Screening.kept(),
		Statement: submission.Statement, Details: submission.Details.tidied(), RepresentativeOfRecord: submission.Details.Representative.isOfRecord(found.onFile.Representative),
		FiledAt: now, Filed: today, RespondBy: today.AddDays(max(0, s.policy.ResponseDays)),
	}
	screened := DecideScreening(submission.Issue, submission.Screening, found.onFile, found.eligibility, Wait{})
	if submission.Channel == Online && !s.policy.Offers(submission.Issue, submission.Screening.Form) {
		screened = offersNothing()
	}
	if screened.Outcome != Passed {
		return s.refuse(ctx, next, screened)
	}
	filing, err := s.decideFrom(ctx, next)
	if err == nil && filing.Outcome == Accepted {
		filing, err = s.file(ctx, next)
	}
	if err != nil {
		return Filing{}, fmt.Errorf("erequest: file request: %w", err)
	}
	filing.Screening = screened
	return filing, nil
}

// decideFrom decides on a request by a read. Requests that others file meanwhile only make the
// wait longer, so that every refusal stands; what may be filed is decided once more where it
// is saved.
func (s *Service) decideFrom(ctx context.Context, next Request) (Filing, error) {
	prior, err := s.store.Requests(ctx, next.Receipt)
	if err != nil {
		return Filing{}, err
	}
	return decideFiling(prior, next, s.policy), nil
}

// refuse answers a submission that was screened out, unless it is a retry.
func (s *Service) refuse(ctx context.Context, next Request, screened Screened) (Filing, error) {
	prior, err := s.store.Requests(ctx, next.Receipt)
	if err != nil {
		return Filing{}, fmt.Errorf("erequest: read requests: %w", err)
	}
	if earlier, same := underKey(prior, next); same {
		return alreadyAcceptedAs(earlier), nil
	}
	return Filing{Outcome: ScreenedOut, Screening: screened, Reasons: screened.Reasons}, nil
}

// file saves the request if it may be filed. A confirmation number that is taken is drawn
// anew.
func (s *Service) file(ctx context.Context, next Request) (filing Filing, err error) {
	err = retry.OnConflict(ctx, func() error {
		next.ID = s.newID()
		if next.Confirmation, err = NewConfirmationNumber(s.random); err != nil {
			return err
		}
		return s.store.Update(ctx, next.Receipt, func(prior []Request) (Change, error) {
			filing = decideFiling(prior, next, s.policy)
			if filing.Outcome != Accepted {
				return Change{}, nil
			}
			// ER-12: the rest of the system learns of it by an event that is saved with it.
			event := AcceptedRequest{RequestID: next.ID, Issue: next.Issue, Channel: next.Channel}.Event(next.FiledAt)
			return Change{File: []Request{filing.Request}, Events: []cris.Event{event}}, nil
		})
	})
	return filing, err
}

var errNoDate = errors.New("the day of the response is missing")

// RecordAnswer records that the agency responded to the request on the given day. The first
// response counts; recording another changes nothing. The error matches ErrNotFound if there
// is no such request, and ErrConflict if the store gave up; it is another if the day is the
// zero Date or a port failed.
func (s *Service) RecordAnswer(ctx context.Context, requestID string, on cris.Date) error {
	err := s.recordAnswer(ctx, requestID, on)
	if err != nil {
		return fmt.Errorf("erequest: record answer: %w", err)
	}
	return nil
}

func (s *Service) recordAnswer(ctx context.Context, requestID string, on cris.Date) error {
	if on.IsZero() {
		return errNoDate
	}
	request, err := s.store.Request(ctx, requestID)
	if err != nil {
		return err
	}
	return retry.OnConflict(ctx, func() error {
		return s.store.Update(ctx, request.Receipt, func(prior []Request) (Change, error) {
			isOpen := func(r Request) bool { return r.ID == requestID && r.Answered.IsZero() }
			if !slices.ContainsFunc(prior, isOpen) {
				return Change{}, nil
			}
			return Change{Answered: []Answer{{RequestID: requestID, On: on}}}, nil
		})
	})
}
