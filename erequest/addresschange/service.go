package addresschange

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/internal/retry"
)

// Options are what a Service takes from its surroundings. The zero value of each field means
// its default.
type Options struct {
	Now    func() time.Time // the wall clock
	NewID  func() string    // UUIDs of version 7; the IDs of reports and of events about cases
	Random io.Reader        // crypto/rand.Reader; confirmation numbers are drawn from it
	Policy *Policy          // DefaultPolicy(); a Service keeps a copy
}

// Service takes reports of a new address, and enters them in the cases on file. It is safe for
// concurrent use if its ports are.
type Service struct {
	store  Store
	cases  Cases
	now    func() (time.Time, error)
	newID  func() string
	random io.Reader
	policy Policy
}

// Cases is what the service reads and changes of the cases on file. Every casestatus.Cases is
// one.
type Cases interface {
	// StaffCase returns the case on file, withheld or not, or an error that matches
	// casestatus.ErrNotFound. Nothing withheld is told to anybody online.
	StaffCase(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error)
	// Update changes a case, as casestatus.Cases says.
	Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(prior casestatus.Case) (casestatus.CaseChange, error)) error
}

// NewService returns a service over the given ports. Nil options mean defaults.
func NewService(store Store, cases Cases, opts *Options) *Service {
	if opts == nil {
		opts = &Options{}
	}
	s := &Service{
		store: store, cases: cases, now: ambient.Time(opts.Now), newID: ambient.IDs(opts.NewID),
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

// Submit decides on a report and files it with what was decided about each case that it names
// (CA-1). The cases themselves get the address when the event that is saved with it reaches
// Handle. A retry with the same key and content finds the report on file, whatever has become
// of the cases since. A refusal takes no more than reads; what would be accepted is decided
// where it is saved.
//
// Each case that is named is read once, whether or not it is on file, matches or is withheld;
// none is read for a report that is refused or that came before.
//
// Refusals are outcomes of the Filing. The error matches cris.ErrClock if the clock is not set
// and ErrConflict if the store gave up; any other means that a port failed. Nothing is known
// to be saved then: the caller may submit again with the same key.
func (s *Service) Submit(ctx context.Context, r Report) (Filing, error) {
	now, err := s.now()
	if err != nil {
		return Filing{}, fmt.Errorf("addresschange: submit: %w", err)
	}
	today := cris.DateOf(now, s.policy.Zone)
	prior, err := s.keyed(ctx, r)
	if err != nil {
		return Filing{}, fmt.Errorf("addresschange: read report: %w", err)
	}
	if faults := faults(r, today, s.policy); prior.ID != "" || len(faults) > 0 {
		return decideFiling(prior, r, Decision{Outcome: Incomplete, Reasons: faults}, Record{}), nil
	}
	onFile, err := s.read(ctx, r)
	if err != nil {
		return Filing{}, fmt.Errorf("addresschange: read case: %w", err)
	}
	filing, err := s.file(ctx, r, DecideReport(r, onFile, today, s.policy), now)
	if err != nil {
		return Filing{}, fmt.Errorf("addresschange: file report: %w", err)
	}
	return filing, nil
}

// keyed reads what is on file under the key of a report: the zero Record if that is nothing,
// or if it has no key.
func (s *Service) keyed(ctx context.Context, r Report) (Record, error) {
	if isKeyless(r) {
		return Record{}, nil
	}
	prior, err := s.store.Keyed(ctx, r.Key)
	if errors.Is(err, ErrNotFound) {
		return Record{}, nil
	}
	return prior, err
}

// read reads the cases that a report names, in their order: the zero Case for one that is not
// on file.
func (s *Service) read(ctx context.Context, r Report) ([]casestatus.Case, error) {
	onFile := make([]casestatus.Case, len(r.Cases))
	for i, named := range r.Cases {
		found, err := s.cases.StaffCase(ctx, named.Receipt)
		if err != nil && !errors.Is(err, casestatus.ErrNotFound) {
			return nil, err
		}
		if err == nil {
			onFile[i] = found
		}
	}
	return onFile, nil
}

// file saves the report if it may be filed. A confirmation number that is taken is drawn anew.
func (s *Service) file(ctx context.Context, r Report, decided Decision, now time.Time) (filing Filing, err error) {
	err = retry.OnConflict(ctx, func() error {
		next := Record{
			ID: s.newID(), Key: r.Key, Channel: r.Channel, Statement: r.Statement, Move: r.Move, Cases: decided.Cases,
			ReportedAt: now, Effective: decided.Effective, DueBy: decided.DueBy,
		}
		if next.Confirmation, err = erequest.NewConfirmationNumber(s.random); err != nil {
			return err
		}
		return s.store.Update(ctx, r.Key, func(prior Record) (Change, error) {
			filing = decideFiling(prior, r, decided, next)
			if filing.Outcome != Accepted {
				return Change{}, nil
			}
			event := Reported{ReportID: next.ID, Channel: next.Channel}.Event(now)
			return Change{Record: &next, Events: []cris.Event{event}}, nil
		})
	})
	return filing, err
}
