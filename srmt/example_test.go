package srmt_test

import (
	"context"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
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
	supervisor := srmt.Staff{ID: "s1", Role: srmt.SIIO, Office: "NSC"}
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

	for waiting, err := range world.Unassigned(ctx, "siio-nsc-1", srmt.Page{}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		decision, err := world.Assign(ctx, srmt.Assignment{
			RequestID: waiting.ID, By: "siio-nsc-1", Seen: waiting.Version, To: "iio-nsc-2",
		})
		fmt.Println("assignment", decision.Outcome, err)
	}
	for held, err := range world.Worklist(ctx, "iio-nsc-2", srmt.Page{}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		decision, err := world.Respond(ctx, srmt.Response{
			RequestID: held.ID, By: "iio-nsc-2", Seen: held.Version,
			Means: erequest.ByLetter, Text: cris.NewPersonal("Your card was mailed again."),
		})
		fmt.Println("response", decision.Outcome, err)
	}
	// Output:
	// received at NSC due 2013-09-15
	// assignment allowed <nil>
	// response allowed <nil>
}

// An officer has left. A supervisor finds what the officer held, and hands it to somebody
// else.
func ExampleService_Assigned() {
	ctx := context.Background()
	db := memory.New()
	world := srmttest.NewWorld(srmttest.Ports{Store: db.ServiceRequests(), Requests: db.ERequests(), Cases: db.Cases(), Looks: db.Looks()})
	world.MustAssign(world.FileAndReceive("NSC"), 1, "siio-nsc-1", "iio-nsc-1")

	if err := world.PutStaff(ctx, srmt.Staff{ID: "iio-nsc-1"}); err != nil { // without a role
		fmt.Println(err)
		return
	}
	for held, err := range world.Assigned(ctx, "siio-nsc-1", "iio-nsc-1", srmt.Page{}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		decision, err := world.Reassign(ctx, srmt.Reassignment{
			RequestID: held.ID, By: "siio-nsc-1", Seen: held.Version, To: "iio-nsc-2", Why: srmt.StaffChange,
		})
		fmt.Println(decision.Outcome, decision.Reasons, err)
	}
	// Output:
	// allowed [a supervisor of the office reassigned the request to someone else there (SR-5)] <nil>
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
