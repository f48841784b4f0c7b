package addresschange_test

import (
	"context"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/addresschange/addresschangetest"
)

// A customer who moved reports the new address and names two cases. One is on file and gets
// the address when the event is relayed; of the other nothing is told.
func Example() {
	ctx := context.Background()
	db := memory.New()
	mine, another := casestatustest.NewPendingCase(1), casestatustest.NewPendingCase(2)
	if err := casestatustest.PutCase(ctx, db.Cases(), mine); err != nil {
		fmt.Println(err)
		return
	}
	clock := addresschangetest.NewClock("2022-08-15T14:30:00Z")
	reports := addresschange.NewService(db.AddressChanges(), db.Cases(), &addresschange.Options{Now: clock.Now})

	report := addresschangetest.NewReport("key-1", []casestatus.Case{mine, another})
	filing, err := reports.Submit(ctx, report)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(filing.Outcome, "from", filing.Record.Effective)
	for _, answer := range filing.Answers() {
		fmt.Println(answer.Receipt.Masked(), answer.Outcome, "because", answer.Reason)
	}

	if _, err := cris.Relay(ctx, db.Outbox(), reports.Handle); err != nil {
		fmt.Println(err)
		return
	}
	onFile, err := db.Cases().StaffCase(ctx, mine.Receipt)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("on file:", onFile.Address == report.Mailing, "and kept:", len(onFile.Addresses)-1)
	// Output:
	// accepted from 2022-08-15
	// IOE*****0001 changed because the case is pending and matches what was entered (CA-1)
	// IOE*****0002 not_changed because what was entered does not match a case on file that can be changed online (ER-3)
	// on file: true and kept: 3
}
