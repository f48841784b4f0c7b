package srmttest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/letter"
)

// Ports are what a [World] stands on, empty and of one database.
type Ports struct {
	Store    srmt.Store
	Requests erequest.Store
	Cases    casestatus.Cases
	Status   srmt.CaseStatus // nil: one that knows of no posted processing time and of no mail
	Looks    srmt.Looks

	Attachments letter.Attachments // nil: no response has any
}

// World is a Service with the world around it, for tests of what uses the service: staff at
// its offices, a clock, and what it takes to file requests.
//
// The methods of the World itself panic where a port fails or an act is not allowed.
type World struct {
	*srmt.Service
	Ports

	Clock   *Clock                  // shows Start
	Policy  srmt.Policy             // the zero Policy: the defaults
	Tables  *casestatus.Tables      // nil: the known offices
	Offices []casestatus.OfficeCode // where there is staff: NSC, SSC, NYC and UNROUTED, which is the fallback queue

	filed int
}

// NewWorld returns a Service over the ports, in which each office has two supervisors and two
// officers: see [Supervisor] and [Officer]. The edits change the world before the Service is
// made.
func NewWorld(ports Ports, edits ...func(*World)) *World {
	w := &World{
		Ports: ports, Clock: NewClock(Start().Format(time.RFC3339Nano)),
		Offices: []casestatus.OfficeCode{"NSC", "SSC", "NYC", "UNROUTED"},
	}
	for _, edit := range edits {
		edit(w)
	}
	if w.Status == nil {
		w.Status = unposted{}
	}
	on := srmt.Ports{Store: w.Store, Requests: w.Requests, Cases: w.Cases, Status: w.Status, Looks: w.Looks, Attachments: w.Attachments}
	w.Service = srmt.NewService(on, &srmt.Options{
		Now: w.Clock.Now, NewID: IDs("look-"), Policy: &w.Policy, Tables: w.Tables,
	})
	for _, office := range w.Offices {
		for n := 1; n <= 2; n++ {
			must(PutStaff(context.Background(), w.Store, Supervisor(office, n), Officer(office, n)))
		}
	}
	return w
}

// unposted knows of no posted processing time and of no mail.
type unposted struct{}

func (unposted) EligibilityOf(_ context.Context, onFile casestatus.Case, on cris.Date) (casestatus.Eligibility, error) {
	return casestatus.DecideEligibility(onFile, casestatus.ProcessingTime{}, on, nil, casestatus.Policy{}), nil
}

func (unposted) MailOf(context.Context, casestatus.Case, cris.Date) ([]casestatus.MailedPiece, error) {
	return nil, nil
}

// Supervisor returns the n-th supervisor of an office, from 1, with an ID such as siio-nsc-1.
func Supervisor(office casestatus.OfficeCode, n int) srmt.Staff { return member(srmt.SIIO, office, n) }

// Officer returns the n-th officer of an office, from 1, with an ID such as iio-nsc-1.
func Officer(office casestatus.OfficeCode, n int) srmt.Staff { return member(srmt.IIO, office, n) }

func member(role srmt.Role, office casestatus.OfficeCode, n int) srmt.Staff {
	id := fmt.Sprintf("%s-%s-%d", role, strings.ToLower(string(office)), n)
	return srmt.NewStaff(srmt.StaffID(id), role, office)
}

// PutStaff enters members of staff in one Update, each in place of what is on file under the same
// ID. It looks at nothing, and returns no requests; srmt.Service.PutStaff, which does, is for
// programs. The error is that of the store.
func PutStaff(ctx context.Context, store srmt.Store, staff ...srmt.Staff) error {
	scope := srmt.Scope{}
	for i := range staff {
		scope.Staff = append(scope.Staff, staff[i].ID)
	}
	return store.Update(ctx, scope, func(srmt.Prior) (srmt.Change, error) { return srmt.Change{Staff: staff}, nil })
}

// File puts an accepted request on file with erequest, filed on the day that the clock shows, about
// a case that is in process at the office, and returns its ID. Without an office there is no case
// either. The customer writes English, has no representative, and can be reached by every means.
// The edits change the request before it is filed.
func (w *World) File(office casestatus.OfficeCode, edits ...func(*erequest.Request)) string {
	ctx := context.Background()
	w.filed++
	receipt := casestatustest.Receipt(w.filed)
	if office != "" {
		must(casestatustest.PutCase(ctx, w.Cases, casestatus.Case{Header: casestatus.Header{Receipt: receipt, Office: office}}))
	}
	request := erequesttest.NewRequest(receipt, w.filed)
	request.FiledAt, request.Filed = w.Clock.Now(), w.Clock.Today()
	request.RespondBy = request.Filed.AddDays(30)
	request.Language, request.Details.Representative = cris.English, erequest.Representative{}
	for _, edit := range edits {
		edit(&request)
	}
	must(w.Requests.Update(ctx, request.Receipt, func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{File: []erequest.Request{request}}, nil
	}))
	return request.ID
}

// FileAndReceive files a request as File does, takes it on, and returns its ID.
func (w *World) FileAndReceive(office casestatus.OfficeCode, edits ...func(*erequest.Request)) string {
	id := w.File(office, edits...)
	intake, err := w.Receive(context.Background(), id)
	must(err)
	if intake.Outcome != srmt.Received {
		panic(errors.New("srmttest: the request was received before"))
	}
	return id
}

// MustAssign assigns the request, of which the author has seen the given version.
func (w *World) MustAssign(requestID string, seen int, by, to srmt.StaffID) {
	decision, err := w.Assign(context.Background(), srmt.Assignment{RequestID: requestID, By: by, Seen: seen, To: to})
	must(err)
	if decision.Outcome != srmt.Allowed {
		panic(fmt.Errorf("srmttest: the assignment is %s: %v", decision.Outcome, decision.Reasons))
	}
}

// MustRespond responds to the request, of which the author has seen the given version, and so
// closes it: to whom it says, by the first means that each of them gave, with the first finding that
// suits its issue.
func (w *World) MustRespond(requestID string, seen int, by srmt.StaffID) {
	filed, err := w.Requests.Request(context.Background(), requestID)
	must(err)
	response := srmt.Response{RequestID: requestID, By: by, Seen: seen, Text: cris.NewPersonal("We have looked into it."), Finding: letter.FindingsFor(filed.Issue)[0]}
	customer, representative := filed.Details.Answered()
	for _, means := range customer.Ways()[:min(1, len(customer.Ways()))] {
		response.Means = means
	}
	for _, means := range representative.Ways()[:min(1, len(representative.Ways()))] {
		response.ToRepresentative = means
	}
	decision, err := w.Respond(context.Background(), response)
	must(err)
	if decision.Outcome != srmt.Allowed {
		panic(fmt.Errorf("srmttest: the response is %s: %v", decision.Outcome, decision.Reasons))
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
