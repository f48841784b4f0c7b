package erequest_test

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
)

// The 30-day rule by itself: facts in, decision out.
func ExampleDecideWait() {
	earlier := []erequest.Request{{
		ID: "r-1", Channel: erequest.Online, Issue: erequest.CardNotReceived,
		Filed: cris.MustParseDate("2024-02-01"), RespondBy: cris.MustParseDate("2024-03-02"),
	}}
	for _, day := range []string{"2024-02-20", "2024-03-02", "2024-03-03"} {
		wait := erequest.DecideWait(earlier, erequest.CardNotReceived, cris.MustParseDate(day), erequest.DefaultPolicy())
		fmt.Println(day, wait.Outcome)
	}
	// Output:
	// 2024-02-20 must_wait
	// 2024-03-02 may_file
	// 2024-03-03 may_repeat
}

// A service over stores in memory, with a clock that stands still.
func ExampleService_Submit() {
	ctx := context.Background()
	db := memory.New()
	if err := casestatustest.PutCase(ctx, db.Cases(), onFile); err != nil {
		fmt.Println(err)
		return
	}
	service := erequest.NewService(db.ERequests(), db.Cases(), casestatus.NewService(db.Cases(), db.ProcessingTimes(), nil, nil), &erequest.Options{
		Now: func() time.Time { return time.Date(2022, 8, 15, 15, 0, 0, 0, time.UTC) },
	})
	submission := erequesttest.NewSubmission("made by the client", onFile, erequest.CardNotReceived)
	filing, err := service.Submit(ctx, submission)
	if err != nil {
		fmt.Println(err)
		return
	}
	confirmation, _ := filing.Confirmation()
	fmt.Println(filing.Outcome, "- response intended by", confirmation.RespondBy)
	fmt.Println(filing.Request.Details.Name)

	submission.Key = "another"
	again, err := service.Submit(ctx, submission)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(again.Outcome, "until", again.WaitEnds)
	// Output:
	// accepted - response intended by 2022-09-14
	// [redacted]
	// advised_to_wait until 2022-09-14
}
