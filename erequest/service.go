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
	Policy *Policy          // DefaultPolicy(); a Service keeps a copy
}

// Service screens and files requests over a store and the cases on file. It is safe
// for concurrent use if its ports are.
type Service struct {
	store  Store
	cases  Cases
	status CaseStatus
	now    func() (time.Time, error)
	newID  func() string
	random io.Reader
	policy Policy
}

// Cases is what the service reads of the cases on file. Every casestatus.Cases is one.
type Cases interface {
	// StaffHeader returns the header of a case on file, withheld or not, or an error that
	// matches casestatus.ErrNotFound. Nothing withheld is told to anybody online.
	StaffHeader(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Header, error)
	// StaffCase returns the whole case, as StaffHeader returns its header. It is asked for
	// where the rule about an issue looks at what has happened in the case.
	StaffCase(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error)
}

// CaseStatus is the port to whoever knows how a case compares with the posted processing time,
// and what became of its mail. A casestatus.Service is one.
type CaseStatus interface {
	// EligibilityOf decides how the case compares with the posted processing time on the day. An
	// error means that nothing can be decided now.
	EligibilityOf(ctx context.Context, onFile casestatus.Case, on cris.Date) (casestatus.Eligibility, error)
	// MailOf returns what has become, as of the day (which is today), of every document that
	// was mailed in the case, oldest first. An error means that it cannot be known now.
	MailOf(ctx context.Context, onFile casestatus.Case, on cris.Date) ([]casestatus.MailedPiece, error)
}

// NewService returns a service over the given ports. Nil options mean defaults.
func NewService(store Store, cases Cases, status CaseStatus, opts *Options) *Service {
	if opts == nil {
		opts = &Options{}
	}
	s := &Service{
		store: store, cases: cases, status: status,
		now: ambient.Time(opts.Now), newID: ambient.IDs(opts.NewID),
		random: opts.Random, policy: DefaultPolicy(),
	}
	if s.random == nil {
		s.random = rand.Reader
	}
	if opts.Policy != nil {
		s.policy = opts.Policy.withDefaults().clone()
	}
	return s
}

// Screen decides whether what a customer entered online opens the way to a request about
// the issue (ER-2 to ER-5a). The error matches cris.ErrClock if the clock is not set; any
// other means that a port failed.
func (s *Service) Screen(ctx context.Context, issue Issue, entered Screening) (Screened, error) {
	return s.ScreenOn(ctx, Online, issue, entered)
}

// ScreenOn is Screen for whoever takes requests on a channel (SR-1). The host program must let only
// staff screen on a channel other than Online: withheld cases are found there, and what is not
// entered is completed (see DecideScreening). On an unknown channel nothing is offered. Its errors
// are those of Screen.
func (s *Service) ScreenOn(ctx context.Context, channel Channel, issue Issue, entered Screening) (Screened, error) {
	now, err := s.now()
	if err != nil {
		return Screened{}, fmt.Errorf("erequest: screen: %w", err)
	}
	isKnown := slices.Contains(Channels(), channel) && slices.Contains(Issues(), issue)
	if !isKnown || channel == Online && !s.policy.Offers(issue, entered.Form) {
		return offersNothing(), nil
	}
	today := cris.DateOf(now, s.policy.Zone)
	facts, err := s.look(ctx, issue, channel, entered, cris.Date{}, today)
	if err != nil {
		return Screened{}, err
	}
	if !s.policy.takes(issue, entered.Completed(facts.OnFile, channel).Form, channel) {
		return offersNothing(), nil
	}
	// ER-9: the wait is for those who come online.
	if channel == Online && entered.Matches(facts.OnFile, Online) {
		prior, err := s.store.Entries(ctx, entered.Receipt)
		if err != nil {
			return Screened{}, fmt.Errorf("erequest: read requests: %w", err)
		}
		facts.Wait = DecideWait(prior, issue, today, s.policy)
	}
	return DecideScreening(issue, channel, entered, facts), nil
}

// look reads what a screening is compared with, but for the wait. Mailed is when the mail that
// did not come was mailed, as far as the customer has told.
func (s *Service) look(ctx context.Context, issue Issue, channel Channel, entered Screening, mailed, today cris.Date) (facts Facts, err error) {
	header, err := s.cases.StaffHeader(ctx, entered.Receipt)
	if err != nil {
		return Facts{}, unlessNotFound(err)
	}
	facts.OnFile = entered.Addressed(header, today, s.policy.OverlapDays)
	// ER-3: what does not match reads nothing more, so that neither a failing port nor the
	// time it takes tells a known case from an unknown one.
	if issue != OutsideProcessingTime && !isNonReceipt(issue) || !entered.Completed(facts.OnFile, channel).Matches(facts.OnFile, channel) {
		return facts, nil
	}
	onFile, err := s.cases.StaffCase(ctx, entered.Receipt)
	if err != nil {
		return Facts{}, unlessNotFound(err)
	}
	facts.OnFile = entered.Addressed(onFile.Header, today, s.policy.OverlapDays)
	if issue == OutsideProcessingTime {
		if facts.Eligibility, err = s.status.EligibilityOf(ctx, onFile, today); err != nil {
			return Facts{}, fmt.Errorf("erequest: decide eligibility: %w", err)
		}
		return facts, nil
	}
	mail, err := s.status.MailOf(ctx, onFile, today)
	if err != nil {
		return Facts{}, fmt.Errorf("erequest: read mail: %w", err)
	}
	facts.Mail = DecideNonReceipt(issue, mail, mailed, onFile.Filed, today, s.policy)
	return facts, nil
}

// unlessNotFound returns the error of reading a case, wrapped, or nil if the case is merely not
// on file.
func unlessNotFound(err error) error {
	if errors.Is(err, casestatus.ErrNotFound) {
		return nil
	}
	return fmt.Errorf("erequest: read case: %w", err)
}

// Submit screens once more and files the request if it may be filed (ER-8 to ER-12). A retry with
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
	facts, err := s.look(ctx, submission.Issue, submission.Channel, submission.Screening, submission.Details.Mailed, today)
	if err != nil {
		return Filing{}, err
	}
	next := Request{
		Entry: Entry{
			Key: submission.Key, Issue: submission.Issue, Channel: submission.Channel,
			Filed: today, RespondBy: today.AddDays(max(0, s.policy.ResponseDays)),
		},
		Receipt: submission.Screening.Receipt, TakenBy: submission.TakenBy, Screening: submission.Screening.kept(),
		Statement: submission.Statement, Language: submission.Language.Supported(),
		Details: submission.Details, FiledAt: now,
	}
	screened := DecideScreening(next.Issue, next.Channel, submission.Screening, facts)
	if !s.policy.takes(next.Issue, submission.Screening.Completed(facts.OnFile, next.Channel).Form, next.Channel) {
		screened = offersNothing()
	}
	filing, err := s.file(ctx, next, screened, facts.OnFile)
	if err != nil {
		return Filing{}, fmt.Errorf("erequest: file request: %w", err)
	}
	return filing, nil
}

// file saves the request if it may be filed. A confirmation number that is taken is drawn
// anew.
func (s *Service) file(ctx context.Context, next Request, screened Screened, onFile casestatus.Header) (filing Filing, err error) {
	var earlier Entry // with the same key
	err = retry.OnConflict(ctx, func() error {
		return s.store.Update(ctx, next.Receipt, func(prior []Entry) (change Change, err error) {
			earlier = underKey(prior, next.Key)
			filing = decideFiling(prior, next, screened, onFile, s.policy)
			if filing.Outcome != Accepted {
				return Change{}, nil
			}
			filing.Request.ID = s.newID()
			if filing.Request.Confirmation, err = NewConfirmationNumber(s.random); err != nil {
				return Change{}, err
			}
			// ER-12: the rest of the system learns of it by an event that is saved with it.
			event := AcceptedRequest{RequestID: filing.Request.ID, Issue: next.Issue, Channel: next.Channel}.Event(next.FiledAt)
			return Change{File: []Request{filing.Request}, Events: []cris.Event{event}}, nil
		})
	})
	if err != nil || earlier.ID == "" {
		return filing, err
	}
	request, err := s.store.Request(ctx, earlier.ID)
	if err != nil {
		return Filing{}, fmt.Errorf("read request: %w", err)
	}
	if request.isSame(next) {
		return alreadyAcceptedAs(request), nil
	}
	return filing, nil
}
