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
)

func ExampleImporter() {
	db := memory.New()
	importer := srmt.NewImporter(srmt.ImportPorts{Store: db.ServiceRequests(), Requests: db.ERequests()}, nil)

	// A program reads these from an export of the other system, one at a time.
	filed := time.Date(2012, 3, 1, 15, 0, 0, 0, time.UTC)
	good := srmt.Legacy{
		From: srmt.LegacyID{Source: "tracker", ID: "4711"},
		Request: erequest.Request{
			Entry: erequest.Entry{
				Issue: erequest.CardNotReceived, Channel: erequest.Letter,
				Filed: cris.MustParseDate("2012-03-01"), RespondBy: cris.MustParseDate("2012-03-31"),
			},
			Receipt: casestatus.MustParseReceiptNumber("IOE0912345678"), FiledAt: filed,
		},
		History: []srmt.Step{
			{Kind: srmt.StepReceived, At: filed, Office: "NSC"},
			{Kind: srmt.StepAssigned, At: filed.AddDate(0, 0, 2), By: "jdoe", Officer: "asmith"},
		},
	}
	bad := good
	bad.From.ID, bad.History = "4712", good.History[1:]

	for range 2 {
		report, err := importer.Import(context.Background(), func(yield func(srmt.Legacy, error) bool) {
			_ = yield(good, nil) && yield(bad, nil)
		})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%d imported, %d before, %d refused\n", report.Imported, report.Before, len(report.Refused))
		for _, refusal := range report.Refused {
			fmt.Println(refusal.From.ID, refusal.Reasons[0].Text, refusal.Problem)
		}
	}
	// Output:
	// 1 imported, 0 before, 1 refused
	// 4712 the history does not add up srmt: history, step 1: the lifecycle has no such step here
	// 0 imported, 1 before, 1 refused
	// 4712 the history does not add up srmt: history, step 1: the lifecycle has no such step here
}
