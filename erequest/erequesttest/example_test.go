package erequesttest_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// A store of one's own is proven by one call, in a test of its package.
func ExampleTestStore() {
	_ = func(t *testing.T) { // func TestERequests(t *testing.T)
		erequesttest.TestStore(t, func(*testing.T) (erequest.Store, cris.Outbox) {
			db := memory.New() // the store to be proven, empty
			return db.ERequests(), db.Outbox()
		})
	}
}

// Builders return what passes; a test changes the one thing that it is about.
func ExampleNewDetails() {
	filed := cris.MustParseDate("2022-08-15")
	good := erequesttest.NewDetails(erequest.CardNotReceived)
	fmt.Println(erequest.DecideDetails(erequest.CardNotReceived, "I-765", good, filed))
	nameless := erequesttest.NewDetails(erequest.CardNotReceived, func(d *erequest.Details) { d.Name = cris.PersonName{} })
	fmt.Println(erequest.DecideDetails(erequest.CardNotReceived, "I-765", nameless, filed))
	// Output:
	// []
	// [the name is missing (ER-5)]
}

// NewSubmission answers all that is asked about a case on file.
func ExampleNewSubmission() {
	onFile := casestatustest.NewCase(1)
	submission := erequesttest.NewSubmission("key-1", onFile, erequest.CardNotReceived)
	fmt.Println(submission.Screening.Receipt == onFile.Receipt, submission.Issue, submission.Details.Name)
	// Output:
	// true card_not_received [redacted]
}

// A customer walks through a whole submission over the services of a host program.
func ExampleCustomer() {
	ctx := context.Background()
	db := memory.New()
	onFile := casestatustest.NewPendingCase(1)
	if err := casestatustest.PutCase(ctx, db.Cases(), onFile); err != nil {
		fmt.Println(err)
		return
	}
	status := casestatus.NewService(db.Cases(), db.ProcessingTimes(), db.Deliveries(), nil)
	service := erequest.NewService(db.ERequests(), db.Cases(), status, nil)

	customer := erequesttest.NewCustomer(service, onFile, erequest.TypographicalError)
	for range 2 {
		filing, err := customer.File(ctx)
		fmt.Println(filing.Outcome, filing.Screening.Outcome, err)
	}
	retried, err := customer.Retry(ctx)
	fmt.Println(retried.Outcome, err)
	// Output:
	// accepted passed <nil>
	// screened_out advised_to_wait <nil>
	// already_accepted <nil>
}
