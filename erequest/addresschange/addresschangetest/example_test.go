package addresschangetest_test

import (
	"fmt"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/addresschange/addresschangetest"
)

// A store of one's own is proven by one call, in a test of its package.
func ExampleTestStore() {
	_ = func(t *testing.T) { // func TestAddressChanges(t *testing.T)
		addresschangetest.TestStore(t, func(*testing.T) (addresschange.Store, cris.Outbox) {
			db := memory.New() // the store to be proven, empty
			return db.AddressChanges(), db.Outbox()
		})
	}
}

// Builders return what passes; a test changes the one thing that it is about.
func ExampleNewReport() {
	today := cris.MustParseDate("2022-08-15")
	cases := []casestatus.Case{casestatustest.NewPendingCase(1)}
	good := addresschangetest.NewReport("key-1", cases)
	fmt.Println(addresschange.DecideReport(good, cases, today, addresschange.DefaultPolicy()).Outcome)
	nameless := addresschangetest.NewReport("key-1", cases, func(r *addresschange.Report) { r.Name = cris.PersonName{} })
	fmt.Println(addresschange.DecideReport(nameless, cases, today, addresschange.DefaultPolicy()).Reasons)
	// Output:
	// accepted
	// [the name is missing (CA-1)]
}
