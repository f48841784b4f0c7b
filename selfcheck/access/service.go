package access

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

// Service decides on amendments and keeps the trail of them. It is safe for concurrent use if
// its port is.
type Service struct {
	trails Trails
	policy Policy
	now    func() (time.Time, error)
	newID  func() string
}

// Options are what a Service takes from its surroundings. The zero value of each field means
// its default.
type Options struct {
	Now    func() time.Time // the wall clock
	NewID  func() string    // UUIDs of version 7; makes the IDs of steps
	Policy *Policy          // DefaultPolicy(); a Service keeps a copy
}

// NewService returns a service over the given port. Nil options mean defaults.
func NewService(trails Trails, opts *Options) *Service {
	if opts == nil {
		opts = &Options{}
	}
	policy := DefaultPolicy()
	if opts.Policy != nil {
		policy = opts.Policy.withDefaults()
	}
	return &Service{trails, policy, ambient.Time(opts.Now), ambient.IDs(opts.NewID)}
}

// Request decides on a request that was received now ([DecideRequest]). Nothing of it is kept.
// The error matches cris.ErrClock if the clock is not set.
func (s *Service) Request(request Request) (Decision, error) {
	now, err := s.now()
	if err != nil {
		return Decision{}, fmt.Errorf("access: request: %w", err)
	}
	return DecideRequest(request, cris.DateOf(now, s.policy.Zone)), nil
}

// Amend decides on a request for amendment ([DecideAmendment]) and keeps the step of the trail
// before it returns. The caller then puts the Changes of the decision into the record and keeps
// the earlier values with it, sealed. If there is an error, the decision is zero, and the caller
// leaves the record as it is. A caller that fails to change the record may call Amend again; the
// trail then has the step twice.
//
// The error matches cris.ErrClock if the clock is not set, or is that of the port.
func (s *Service) Amend(ctx context.Context, facts AmendmentFacts) (AmendmentDecision, error) {
	now, err := s.now()
	if err != nil {
		return AmendmentDecision{}, fmt.Errorf("access: amend: %w", err)
	}
	decision := DecideAmendment(facts, s.policy)
	kind, isDecided := map[AmendmentOutcome]StepKind{Amended: StepAmended, Refused: StepRefused, Upheld: StepUpheld}[decision.Outcome]
	if !isDecided {
		return decision, nil
	}
	// PV-5: no change without its step.
	step := Step{Handle: facts.Handle, At: now, By: facts.By.ID, Kind: kind, Classes: decision.Classes, Finding: facts.Finding}
	if err := s.keep(ctx, step, facts.KeptUntil); err != nil {
		return AmendmentDecision{}, fmt.Errorf("access: amend: %w", err)
	}
	return decision, nil
}

// Disagree decides whether a statement of disagreement is put on file ([DecideDisagreement]), and
// keeps the step of the trail before it returns. The caller then keeps the statement with the
// record, sealed. Its errors are those of Amend.
func (s *Service) Disagree(ctx context.Context, facts DisagreementFacts) (DisagreementDecision, error) {
	now, err := s.now()
	if err != nil {
		return DisagreementDecision{}, fmt.Errorf("access: disagree: %w", err)
	}
	trail, err := s.trail(ctx, facts.Handle)
	if err != nil {
		return DisagreementDecision{}, fmt.Errorf("access: disagree: %w", err)
	}
	decision := DecideDisagreement(trail, facts, s.policy)
	if decision.Outcome != Attached {
		return decision, nil
	}
	step := Step{Handle: facts.Handle, At: now, By: facts.By.ID, Kind: StepDisagreement, Classes: decision.Classes}
	if err := s.keep(ctx, step, facts.KeptUntil); err != nil {
		return DisagreementDecision{}, fmt.Errorf("access: disagree: %w", err)
	}
	return decision, nil
}

// keep saves the step, for as long as the record is kept and no less than the policy says.
func (s *Service) keep(ctx context.Context, step Step, recordKeptUntil cris.Date) error {
	step.ID = s.newID()
	step.KeptUntil = cris.DateOf(step.At, s.policy.Zone).AddMonths(s.policy.KeepMonths)
	if recordKeptUntil.After(step.KeptUntil) {
		step.KeptUntil = recordKeptUntil
	}
	return retry.OnConflict(ctx, func() error { return s.trails.Record(ctx, step) })
}

func (s *Service) trail(ctx context.Context, handle selfcheck.Handle) (trail []Step, err error) {
	if !handle.IsValid() {
		return nil, nil
	}
	for step, err := range s.trails.List(ctx, handle, Page{}) {
		if err != nil {
			return nil, err
		}
		trail = append(trail, step)
	}
	return trail, nil
}

// Disputed returns the classes of data of the record about which there is a statement of
// disagreement, for disclosure.Facts. The error is that of the port.
func (s *Service) Disputed(ctx context.Context, handle selfcheck.Handle) ([]disclosure.Class, error) {
	trail, err := s.trail(ctx, handle)
	if err != nil {
		return nil, fmt.Errorf("access: disputed: %w", err)
	}
	return Disputed(trail), nil
}

// History yields the trail of the record with this handle, the earliest step first. An official
// without the duty selfcheck.DutyAmendment gets selfcheck.ErrDenied. That error, or the error of
// the port, is yielded once and ends the sequence.
func (s *Service) History(ctx context.Context, by selfcheck.Official, handle selfcheck.Handle, page Page) iter.Seq2[Step, error] {
	return func(yield func(Step, error) bool) {
		switch {
		case !by.May(selfcheck.DutyAmendment):
			yield(Step{}, selfcheck.ErrDenied)
			return
		case !handle.IsValid():
			return // there are none
		case !text.IsStorable(page.After.ID):
			yield(Step{}, fmt.Errorf("access: history: %w", &cris.ParseError{What: "place in a list", At: -1, Problem: "not valid text"}))
			return
		}
		for step, err := range s.trails.List(ctx, handle, page) {
			if err != nil {
				yield(Step{}, fmt.Errorf("access: history: %w", err))
				return
			}
			if !yield(step, nil) {
				return
			}
		}
	}
}
