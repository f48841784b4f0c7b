package srmt

import (
	"context"
	"time"

	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/srmt/letter"
)

// Requests is the port to the requests as erequest accepted them. Every
// erequest.Store is one.
type Requests interface {
	// Request returns the request with that ID, or an error that matches
	// erequest.ErrNotFound.
	Request(ctx context.Context, id string) (erequest.Request, error)
}

// Cases is the port to the cases on file. Every casestatus.Cases is one.
type Cases = erequest.Cases

// CaseStatus is the port to whoever knows how a case compares with the posted processing time,
// and what became of its mail. A casestatus.Service is one.
type CaseStatus = erequest.CaseStatus

// Ports are the ports of a Service. All but Attachments must be set.
type Ports struct {
	Store    Store
	Requests Requests
	Cases    Cases
	Status   CaseStatus
	Looks    Looks

	Attachments letter.Attachments // the files that may go out with responses; nil if none may
}

// Options are what a Service takes from its surroundings. The zero value of each
// field means its default.
type Options struct {
	Now    func() time.Time   // the wall clock
	NewID  func() string      // UUIDs of version 7; the IDs of looks
	Policy *Policy            // DefaultPolicy(); a Service keeps a copy
	Tables *casestatus.Tables // casestatus.DefaultTables(): the offices to which requests go
}

// Service receives service requests and carries out what staff do with them. It
// is safe for concurrent use if its ports are.
type Service struct {
	store    Store
	requests Requests
	cases    Cases
	status   CaseStatus
	looks    Looks

	attachments letter.Attachments

	now     func() (time.Time, error)
	newID   func() string
	policy  Policy
	offices casestatus.OfficeTable
}

// NewService returns a service over the given ports. Nil options mean defaults.
func NewService(ports Ports, opts *Options) *Service {
	if opts == nil {
		opts = &Options{}
	}
	s := &Service{
		store: ports.Store, requests: ports.Requests, cases: ports.Cases, status: ports.Status, looks: ports.Looks, attachments: ports.Attachments,
		now: ambient.Time(opts.Now), newID: ambient.IDs(opts.NewID), policy: DefaultPolicy(),
	}
	if opts.Policy != nil {
		s.policy = opts.Policy.withDefaults().clone()
	}
	tables := opts.Tables
	if tables == nil {
		tables = casestatus.DefaultTables()
	}
	s.offices = tables.Offices
	return s
}

// Assign carries the assignment out if [DecideAssignment] allows it (SR-3). A request that
// does not exist is refused like one of another office, and an author who is not on file
// like anybody else who is not staff (PV-3).
//
// An act that names an earlier version is [Overtaken], and [AlreadyDone] if the author did
// the very same then: it may be given again whenever its result was lost (SR-11). An author who
// no longer has any part in the request as it was then is refused (PV-3).
//
// The error matches [ErrConflict] if the store gave up and [cris.ErrClock] if the clock is
// not set; a *[HistoryError] means that the history on file does not add up, any other error
// that the store failed or the context ended. Nothing is known to be saved then.
func (s *Service) Assign(ctx context.Context, a Assignment) (Decision, error) {
	return s.act(ctx, s.assign(a))
}

func (s *Service) assign(a Assignment) command {
	return command{requestID: a.RequestID, by: a.By, to: a.To, seen: a.Seen, decide: func(state ServiceRequest, act Act, to Officer) Decision {
		return DecideAssignment(state, act, to, s.policy)
	}}
}

// Reassign carries the reassignment out if [DecideReassignment] allows it (SR-5, SR-6). A
// request that does not exist is refused like one of another office. An act that is given
// again, and the errors, are as with [Service.Assign].
func (s *Service) Reassign(ctx context.Context, r Reassignment) (Decision, error) {
	return s.act(ctx, s.reassign(r))
}

func (s *Service) reassign(r Reassignment) command {
	return command{requestID: r.RequestID, by: r.By, to: r.To, seen: r.Seen, decide: func(state ServiceRequest, act Act, to Officer) Decision {
		return DecideReassignment(state, act, to, r.Why, s.policy)
	}}
}

// Redirect carries the redirection out if [DecideRedirection] allows it (SR-5, SR-6). The
// code of the office may be spelled as people type it, such as "nsc". A request that does
// not exist is refused like one of another office. An act that is given again, and the
// errors, are as with [Service.Assign].
func (s *Service) Redirect(ctx context.Context, r Redirection) (Decision, error) {
	return s.act(ctx, s.redirect(r))
}

func (s *Service) redirect(r Redirection) command {
	to := s.officeNamed(r.To)
	return command{requestID: r.RequestID, by: r.By, seen: r.Seen, decide: func(state ServiceRequest, act Act, _ Officer) Decision {
		return DecideRedirection(state, act, to, r.Why, r.Explanation, s.policy)
	}}
}

// Respond records the response and closes the request if [DecideResponse] allows it (SR-7).
// A letter from a template is composed from what is on file on that day, as [Service.Preview] shows
// it. A request that does not exist is refused like one of another office. An act that is given
// again, and the errors, are as with [Service.Assign]; the case, the posted times and the mail are
// read too.
func (s *Service) Respond(ctx context.Context, r Response) (Decision, error) {
	return s.answer(ctx, r, DecideResponse)
}

// Correspond keeps the message with the request if [DecideCorrespondence] allows it (SR-8).
// A request that does not exist is refused like one of another office. An act that is given
// again, and the errors, are as with [Service.Assign].
func (s *Service) Correspond(ctx context.Context, c Correspondence) (Decision, error) {
	return s.act(ctx, command{requestID: c.RequestID, by: c.By, seen: c.Seen, decide: func(state ServiceRequest, act Act, _ Officer) Decision {
		return DecideCorrespondence(state, act, c.Message)
	}})
}

// Note keeps a note among staff with the request if [DecideNote] allows it (SR-7). A request that
// does not exist is refused like one of another office. An act that is given again, and the
// errors, are as with [Service.Assign].
func (s *Service) Note(ctx context.Context, n Note) (Decision, error) {
	return s.act(ctx, command{requestID: n.RequestID, by: n.By, seen: n.Seen, decide: func(state ServiceRequest, act Act, _ Officer) Decision {
		return DecideNote(state, act, n.Text)
	}})
}

// officeNamed returns the office with that code, the zero Office if there is none.
func (s *Service) officeNamed(code casestatus.OfficeCode) casestatus.Office {
	if office, known := s.offices.Office(code); known {
		return office
	}
	code, err := casestatus.ParseOfficeCode(string(code))
	if err != nil {
		return casestatus.Office{}
	}
	office, _ := s.offices.Office(code)
	return office
}
