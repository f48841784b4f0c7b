package erequest_test

import (
	"context"
	"fmt"
	"strings"
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
	earlier := []erequest.Entry{{
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

// What was entered does not match the case on file: it is not told which of the five.
func ExampleDecideScreening() {
	entered := erequesttest.NewScreening(onFile, func(s *erequest.Screening) { s.DateFiled = s.DateFiled.AddDays(1) })
	screened := erequest.DecideScreening(erequest.CardNotReceived, erequest.Online, entered, erequest.Facts{OnFile: onFile.Header})
	fmt.Println(screened.Outcome, screened.Reasons)
	// Output:
	// not_matched [what was entered does not match a case on file (ER-3)]
}

// All that is wrong is told at once, in the order of the fields.
func ExampleDecideDetails() {
	details := erequesttest.NewDetails(erequest.CardNotReceived, func(d *erequest.Details) {
		d.Name = cris.PersonName{}
		d.DateOfBirth = cris.NewPersonal(cris.MustParseDate("2123-01-01"))
	})
	for _, reason := range erequest.DecideDetails(erequest.CardNotReceived, "I-765", details, cris.MustParseDate("2022-08-15")) {
		fmt.Println(reason)
	}
	// Output:
	// the name is missing (ER-5)
	// nobody alive today was born on that date (ER-5)
}

// A confirmation number is read as people copy it, and a slip is noticed.
func ExampleParseConfirmationNumber() {
	number := erequesttest.ConfirmationNumber(1).String()
	typed := strings.ToLower(strings.ReplaceAll(number, "-", " "))
	read, err := erequest.ParseConfirmationNumber(typed)
	fmt.Println(read.String() == number, err)
	_, err = erequest.ParseConfirmationNumber("RY0R-SWQH-XC52-K")
	fmt.Println(err)
	// Output:
	// true <nil>
	// confirmation number: mistyped: the check character disagrees
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
	notice, err := service.Notice(ctx, filing.Request, cris.Spanish)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(notice.Paragraphs[1])

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
	// Usted presentó su solicitud el 15 de agosto de 2022. Tenemos la intención de responder a más tardar el 14 de septiembre de 2022.
	// advised_to_wait until 2022-09-14
}
