package srmt_test

import (
	"context"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/srmt"
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
		asylum, "because", srmt.DefaultPolicy())
	fmt.Println(decision.Outcome)
	for _, reason := range decision.Reasons {
		fmt.Println("-", reason)
	}
	// Output:
	// refused
	// - a request is redirected to a Field Office or Service Center (SR-5)
	// - the reason is missing or is not one for which a request may be handed on (SR-6)
}

func ExampleService() {
	ctx := context.Background()
	db := memory.New()
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	// A case at the Nebraska Service Center, a request about it, and two members of staff.
	request := erequesttest.Request(casestatus.MustParseReceiptNumber("IOE0912345678"), 1)
	must(casestatustest.PutCase(ctx, db.Cases(), casestatus.Case{Receipt: request.Receipt, Office: "NSC"}))
	must(db.ERequests().Update(ctx, request.Receipt, func([]erequest.Request) (erequest.Change, error) {
		return erequest.Change{File: []erequest.Request{request}}, nil
	}))
	must(db.Staff().PutStaff(ctx,
		srmt.Staff{ID: "supervisor", Role: srmt.SIIO, Office: "NSC"},
		srmt.Staff{ID: "officer", Role: srmt.IIO, Office: "NSC"}))

	service := srmt.NewService(db.ServiceRequests(), db.Staff(), db.ERequests(), db.Cases(), nil)
	intake, err := service.Receive(ctx, request.ID)
	must(err)
	fmt.Println(intake.Outcome, "at", intake.Request.Office, "due", intake.Request.Due)

	for waiting, err := range service.Unassigned(ctx, "supervisor", srmt.Page{}) {
		must(err)
		decision, err := service.Assign(ctx, srmt.Assignment{
			RequestID: waiting.ID, By: "supervisor", Seen: waiting.Version, To: "officer",
		})
		must(err)
		fmt.Println("assignment", decision.Outcome)
	}
	for held, err := range service.Worklist(ctx, "officer", srmt.Page{}) {
		must(err)
		decision, err := service.Respond(ctx, srmt.Response{
			RequestID: held.ID, By: "officer", Seen: held.Version,
			Means: srmt.ByLetter, Text: cris.NewPersonal("Your card was mailed again."),
		})
		must(err)
		fmt.Println("response", decision.Outcome)
	}
	// Output:
	// received at NSC due 2013-09-14
	// assignment allowed
	// response allowed
}
