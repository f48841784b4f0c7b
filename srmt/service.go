package srmt

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/internal/text"
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
	now       func() (time.Time, error)
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
		now: ambient.Time(opts.Now), policy: DefaultPolicy(),
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

// Assign carries the assignment out if DecideAssignment allows it. A request that does not
// exist is refused like one of another office. The error matches ErrConflict if the store
// gave up and cris.ErrClock if the clock is not set; any other means that a port failed.
// Nothing is known to be saved then, and the command may be given again.
func (s *Service) Assign(ctx context.Context, a Assignment) (Decision, error) {
	return s.act(ctx, command{a.RequestID, a.By, a.To, a.Seen}, DecideAssignment)
}

// Reassign carries the reassignment out if DecideReassignment allows it. A request that
// does not exist is refused like one of another office. Its errors are those of Assign.
func (s *Service) Reassign(ctx context.Context, r Reassignment) (Decision, error) {
	return s.act(ctx, command{r.RequestID, r.By, r.To, r.Seen}, func(state ServiceRequest, act Act, to Staff) Decision {
		return DecideReassignment(state, act, to, r.Why)
	})
}

// Redirect carries the redirection out if DecideRedirection allows it. A request that does
// not exist is refused like one of another office. Its errors are those of Assign.
func (s *Service) Redirect(ctx context.Context, r Redirection) (Decision, error) {
	to, _ := s.offices.Office(r.To)
	return s.act(ctx, command{r.RequestID, r.By, "", r.Seen}, func(state ServiceRequest, act Act, _ Staff) Decision {
		return DecideRedirection(state, act, to, r.Why, s.policy)
	})
}

// Respond records the response and closes the request if DecideResponse allows it. A
// request that does not exist is refused like one of another office. Its errors are those
// of Assign.
func (s *Service) Respond(ctx context.Context, r Response) (Decision, error) {
	return s.act(ctx, command{r.RequestID, r.By, "", r.Seen}, func(state ServiceRequest, act Act, _ Staff) Decision {
		return DecideResponse(state, act, r.Means, r.Text)
	})
}

// Correspond keeps the message with the request if DecideCorrespondence allows it. A
// request that does not exist is refused like one of another office. Its errors are those
// of Assign.
func (s *Service) Correspond(ctx context.Context, c Correspondence) (Decision, error) {
	return s.act(ctx, command{c.RequestID, c.By, "", c.Seen}, func(state ServiceRequest, act Act, _ Staff) Decision {
		return DecideCorrespondence(state, act, c.Message)
	})
}

// command is what every act says.
type command struct {
	requestID string
	by, to    StaffID // to is "" unless somebody is to hold the request
	seen      int
}

// act runs one act of a member of staff on the request. PV-3: whom the directory does not
// know is refused before the store is asked.
func (s *Service) act(ctx context.Context, c command, decide func(ServiceRequest, Act, Staff) Decision) (Decision, error) {
	now, err := s.now()
	if err != nil {
		return Decision{}, fmt.Errorf("srmt: act on request: %w", err)
	}
	author, err := s.staff(ctx, c.by)
	if err != nil {
		return Decision{}, err
	}
	if author.ID == "" {
		return notStaff(), nil
	}
	var decision Decision
	decideNow := func(history []Step, by, to Staff) (Change, error) {
		act := Act{By: by, At: now, Seen: c.seen}
		if len(history) == 0 {
			// PV-3: what does not exist is at no office, and nobody is entitled to it. It fails
			// inside the store as well, so that nothing is left of it there.
			decision = decide(ServiceRequest{}, act, to)
			return Change{}, ErrNotFound
		}
		var before ServiceRequest
		var err error
		decision, before, err = decideInView(history, c.seen, func(state ServiceRequest) Decision { return decide(state, act, to) })
		return s.changeOf(before, decision), err
	}
	if !text.IsStorable(c.requestID) {
		return decide(ServiceRequest{}, Act{By: author, At: now, Seen: c.seen}, Staff{}), nil
	}
	err = retry.OnConflict(ctx, func() error { return s.updateWithStaff(ctx, c, decideNow) })
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Decision{}, fmt.Errorf("srmt: act on request: %w", err)
	}
	return decision, nil
}

// changeOf saves the step of a decision with the event that tells of it, and nothing unless
// the act is allowed.
func (s *Service) changeOf(before ServiceRequest, decision Decision) Change {
	if decision.Outcome != Allowed {
		return Change{}
	}
	return Change{Append: []Step{decision.Step}, Events: events(before, decision.Step, s.policy)}
}

// updateWithStaff runs an Update with the author and the recipient of the request as they
// are while it is decided: in one transaction where the directory is kept with the store,
// and otherwise read right before it.
func (s *Service) updateWithStaff(ctx context.Context, c command, decide func(history []Step, by, to Staff) (Change, error)) error {
	if shared, ok := s.directory.(SharedDirectory); ok && shared.SharesStore(s.store) {
		return shared.UpdateWithStaff(ctx, c.requestID, []StaffID{c.by, c.to}, func(history []Step, staff []Staff) (Change, error) {
			return decide(history, staff[0], staff[1])
		})
	}
	by, err := s.staff(ctx, c.by)
	if err != nil {
		return err
	}
	to, err := s.staff(ctx, c.to)
	if err != nil {
		return err
	}
	return s.store.Update(ctx, c.requestID, func(history []Step) (Change, error) { return decide(history, by, to) })
}

// staff looks a member of staff up: the zero Staff if there is none, which every
// decision refuses (PV-3).
func (s *Service) staff(ctx context.Context, id StaffID) (Staff, error) {
	if id == "" || !text.IsStorable(string(id)) {
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
