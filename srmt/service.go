package srmt

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/ambient"
)

// Requests is the port to the requests as erequest accepted them. Every
// erequest.Store is one.
type Requests interface {
	// Request returns the request with that ID, or an error that matches
	// erequest.ErrNotFound.
	Request(ctx context.Context, id string) (erequest.Request, error)
}

// Cases is the port to the cases on file. Every casestatus.Cases is one.
type Cases interface {
	// StaffCase returns the case with that receipt number, withheld or not, or an error
	// that matches casestatus.ErrNotFound.
	StaffCase(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error)
}

// Options are what a Service takes from its surroundings. The zero value of each
// field means its default.
type Options struct {
	Now    func() time.Time   // the wall clock
	Policy *Policy            // DefaultPolicy()
	Tables *casestatus.Tables // casestatus.DefaultTables()
}

// Service receives service requests and carries out what staff does with them. It
// is safe for concurrent use if its ports are.
type Service struct {
	store     Store
	directory Directory
	requests  Requests
	cases     Cases
	now       func() time.Time
	policy    Policy
	offices   casestatus.OfficeTable
}

// NewService returns a service over the given ports. Nil options mean defaults.
func NewService(store Store, directory Directory, requests Requests, cases Cases, opts *Options) *Service {
	if opts == nil {
		opts = &Options{}
	}
	s := &Service{
		store: store, directory: directory, requests: requests, cases: cases,
		now: ambient.Clock(opts.Now), policy: DefaultPolicy(),
	}
	if opts.Policy != nil {
		s.policy = opts.Policy.withDefaults()
	}
	tables := opts.Tables
	if tables == nil {
		tables = casestatus.DefaultTables()
	}
	s.offices = tables.Offices
	return s
}

// Assign carries the assignment out if DecideAssignment allows it. A request
// that does not exist is refused like one of another office.
func (s *Service) Assign(ctx context.Context, a Assignment) (Decision, error) {
	to, err := s.staff(ctx, a.To)
	if err != nil {
		return Decision{}, err
	}
	return s.act(ctx, a.RequestID, a.By, a.Seen, func(state ServiceRequest, act Act) Decision {
		return DecideAssignment(state, act, to)
	})
}

// Reassign carries the reassignment out if DecideReassignment allows it. A request
// that does not exist is refused like one of another office.
func (s *Service) Reassign(ctx context.Context, r Reassignment) (Decision, error) {
	to, err := s.staff(ctx, r.To)
	if err != nil {
		return Decision{}, err
	}
	return s.act(ctx, r.RequestID, r.By, r.Seen, func(state ServiceRequest, act Act) Decision {
		return DecideReassignment(state, act, to, r.Why)
	})
}

// Redirect carries the redirection out if DecideRedirection allows it. A request
// that does not exist is refused like one of another office.
func (s *Service) Redirect(ctx context.Context, r Redirection) (Decision, error) {
	to, _ := s.offices.Office(r.To)
	return s.act(ctx, r.RequestID, r.By, r.Seen, func(state ServiceRequest, act Act) Decision {
		return DecideRedirection(state, act, to, r.Why, s.policy)
	})
}

// Respond records the response and closes the request if DecideResponse allows it.
// A request that does not exist is refused like one of another office.
func (s *Service) Respond(ctx context.Context, r Response) (Decision, error) {
	return s.act(ctx, r.RequestID, r.By, r.Seen, func(state ServiceRequest, act Act) Decision {
		return DecideResponse(state, act, r.Means, r.Text)
	})
}

// Correspond keeps the message with the request if DecideCorrespondence allows it.
// A request that does not exist is refused like one of another office.
func (s *Service) Correspond(ctx context.Context, c Correspondence) (Decision, error) {
	return s.act(ctx, c.RequestID, c.By, c.Seen, func(state ServiceRequest, act Act) Decision {
		return DecideCorrespondence(state, act, c.Message)
	})
}

// act runs one act of a member of staff on the request. PV-3: whom the directory does
// not know is refused before the store is asked.
func (s *Service) act(ctx context.Context, requestID string, by StaffID, seen int, decide func(ServiceRequest, Act) Decision) (Decision, error) {
	author, err := s.staff(ctx, by)
	if err != nil {
		return Decision{}, err
	}
	if author.ID == "" {
		return notStaff(), nil
	}
	act := Act{By: author, At: s.now(), Seen: seen}
	decision, err := s.decideOn(ctx, requestID, func(history []Step) (Decision, error) {
		return decideInView(history, seen, func(state ServiceRequest) Decision { return decide(state, act) })
	})
	if errors.Is(err, ErrNotFound) {
		// PV-3: what does not exist is at no office, and nobody is entitled to it.
		return decide(ServiceRequest{}, act), nil
	}
	return decision, err
}

// decideOn decides on the request, and saves the step of the decision with the event
// that tells of it. It fails with ErrNotFound, inside the store as well, so that
// nothing is left of a request that does not exist.
func (s *Service) decideOn(ctx context.Context, requestID string, decide func(history []Step) (Decision, error)) (Decision, error) {
	if !isStorable(requestID) {
		return Decision{}, ErrNotFound
	}
	var decision Decision
	err := s.store.Update(ctx, requestID, func(history []Step) (Change, error) {
		if len(history) == 0 {
			return Change{}, ErrNotFound
		}
		var err error
		if decision, err = decide(history); err != nil || decision.Outcome != Allowed {
			return Change{}, err
		}
		before, err := Replay(history)
		if err != nil {
			return Change{}, err
		}
		return Change{Append: []Step{decision.Step}, Events: events(before, decision.Step, s.policy)}, nil
	})
	if err != nil {
		return Decision{}, fmt.Errorf("srmt: act on request: %w", err)
	}
	return decision, nil
}

// staff looks a member of staff up: the zero Staff if there is none, which every
// decision refuses (PV-3).
func (s *Service) staff(ctx context.Context, id StaffID) (Staff, error) {
	if !isStorable(string(id)) {
		return Staff{}, nil
	}
	found, err := s.directory.Staff(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return Staff{}, nil
	}
	if err != nil {
		return Staff{}, fmt.Errorf("srmt: read staff: %w", err)
	}
	return found, nil
}
