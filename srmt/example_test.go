package srmt_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/srmt"
	letters "github.com/seed28e20331/cris/srmt/letter"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

func ExampleDecideRedirection() {
	history := []srmt.Step{
		{
			Seq: 1, Kind: srmt.StepReceived, At: time.Date(2013, 8, 16, 13, 0, 0, 0, time.UTC), Office: "NSC",
			Origin: srmt.Origin{
				RequestID: "r1", Filed: cris.MustParseDate("2013-08-15"), Due: cris.MustParseDate("2013-09-14"),
			},
		},
	}
	state, err := srmt.Replay(history)
	if err != nil {
		fmt.Println(err)
		return
	}
	supervisor := srmt.NewStaff("s1", srmt.SIIO, "NSC")
	asylum, _ := casestatus.NewOfficeTable(casestatus.Offices()...).Office("ZAR")
	decision := srmt.DecideRedirection(state,
		srmt.Act{By: supervisor, At: time.Date(2013, 8, 17, 13, 0, 0, 0, time.UTC), Seen: state.Version},
		asylum, "because", cris.Personal[string]{}, srmt.DefaultPolicy())
	fmt.Println(decision.Outcome)
	for _, reason := range decision.Reasons {
		fmt.Println("-", reason)
	}
	// Output:
	// refused
	// - a request may be redirected only to a Field Office or Service Center (SR-5)
	// - the reason is missing or is not one for which a request may be transferred (SR-6)
}

func ExampleService() {
	ctx := context.Background()
	db := memory.New()
	// Two supervisors and two officers at each office, and a clock that stands at August 16,
	// 2013. A real program has a service alone, and enters its staff with PutStaff.
	world := srmttest.NewWorld(srmttest.Ports{Store: db.ServiceRequests(), Requests: db.ERequests(), Cases: db.Cases(), Looks: db.Looks()})
	requestID := world.File("NSC") // a request about a case at the Nebraska Service Center

	intake, err := world.Receive(ctx, requestID)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(intake.Outcome, "at", intake.Request.Office, "due", intake.Request.Due)

	for waiting, err := range world.Unassigned(ctx, "siio-nsc-1", "NSC", srmt.Page{}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		decision, err := world.Assign(ctx, srmt.Assignment{
			RequestID: waiting.ID, By: "siio-nsc-1", Seen: waiting.Version, To: "iio-nsc-2",
		})
		fmt.Println("assignment", decision.Outcome, err)
	}
	for held, err := range world.Worklist(ctx, "iio-nsc-2", "NSC", srmt.Page{}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		decision, err := world.Respond(ctx, srmt.Response{
			RequestID: held.ID, By: "iio-nsc-2", Seen: held.Version,
			Means: erequest.ByLetter, Finding: letters.Corrected, Text: cris.NewPersonal("We have corrected your name."),
		})
		fmt.Println("response", decision.Outcome, err)
	}
	// Output:
	// received at NSC due 2013-09-15
	// assignment allowed <nil>
	// response allowed <nil>
}

// An officer leaves. What the officer held waits for a supervisor again, and is distributed among
// the others.
func ExampleService_PutStaff() {
	ctx := context.Background()
	db := memory.New()
	world := srmttest.NewWorld(srmttest.Ports{Store: db.ServiceRequests(), Requests: db.ERequests(), Cases: db.Cases(), Looks: db.Looks()})
	world.MustAssign(world.FileAndReceive("NSC"), 1, "siio-nsc-1", "iio-nsc-1")

	returned, err := world.PutStaff(ctx, srmt.Staff{ID: "iio-nsc-1"}) // without a post
	fmt.Println(returned, err)
	distributed, err := world.Distribute(ctx, srmt.Distribution{By: "siio-nsc-1", Office: "NSC"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, one := range distributed {
		fmt.Println(one.Decision.Outcome, one.Decision.Step.Officer)
		for _, reason := range one.Decision.Reasons {
			fmt.Println(reason)
		}
	}
	// Output:
	// 1 <nil>
	// allowed iio-nsc-2
	// a supervisor of the office assigned the request to one of its officers (SR-3)
	// of the officers who could take it, this one held the fewest open requests (SR-3)
}

// A customer calls the 800 number, and calls again for the status.
func ExampleDesk() {
	ctx := context.Background()
	db := memory.New()
	world := srmttest.NewWorld(srmttest.Ports{Store: db.ServiceRequests(), Requests: db.ERequests(), Cases: db.Cases(), Looks: db.Looks()})
	onFile := casestatustest.NewPendingCase(1)
	eRequest := erequest.NewService(db.ERequests(), db.Cases(), world.Status, &erequest.Options{Now: world.Clock.Now})
	desk := srmt.NewDesk(srmt.DeskPorts{Submissions: eRequest, Store: db.ServiceRequests(), Looks: db.Looks()}, &srmt.Options{Now: world.Clock.Now})
	_, err := world.PutStaff(ctx, srmt.NewStaff("csr-1", srmt.CSR, "NCSC"))
	if err := errors.Join(err, casestatustest.PutCase(ctx, db.Cases(), onFile)); err != nil {
		fmt.Println(err)
		return
	}

	submission := erequesttest.NewSubmission("call 4711", onFile, erequest.TypographicalError)
	call := srmt.Taker{By: "csr-1", Office: "NCSC", Channel: erequest.Telephone}
	var filing erequest.Filing
	for range 2 { // the result of the first was lost
		if filing, err = desk.Take(ctx, call, submission); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(filing.Outcome, "by", filing.Request.Channel, "taken by", filing.Request.TakenBy)
	}
	_, err = desk.Take(ctx, srmt.Taker{By: "csr-1", Office: "NSC", Channel: erequest.LocalOffice}, submission)
	fmt.Println(err)

	if _, err := world.Receive(ctx, filing.Request.ID); err != nil {
		fmt.Println(err)
		return
	}
	progress, err := desk.Status(ctx, "csr-1", filing.Request.Confirmation, onFile.Receipt)
	fmt.Println(progress.Stage, "at", progress.Office, err)
	_, err = world.History(ctx, "csr-1", filing.Request.ID)
	fmt.Println(err)
	// Output:
	// accepted by telephone taken by csr-1
	// already_accepted by telephone taken by csr-1
	// srmt: not open to this member of staff
	// received at NSC <nil>
	// srmt: not open to this member of staff
}

// Accepted requests come from e-Request by an event, and responses go back by another.
func ExampleService_Handle() {
	ctx := context.Background()
	db := memory.New()
	world := srmttest.NewWorld(srmttest.Ports{Store: db.ServiceRequests(), Requests: db.ERequests(), Cases: db.Cases(), Looks: db.Looks()})
	accepted := erequest.AcceptedRequest{RequestID: world.File("NSC"), Issue: erequest.CardNotReceived, Channel: erequest.Online}

	mux := cris.NewMux(world.Service) // and the Service of erequest
	for range 2 {                     // an outbox delivers at least once
		fmt.Println(mux.Handle(ctx, accepted.Event(world.Clock.Now())))
	}
	events, err := db.Outbox().Pending(ctx, 0)
	fmt.Println(len(events), events[0].Type, err)
	// Output:
	// <nil>
	// <nil>
	// 1 cris.srmt.received <nil>
}
