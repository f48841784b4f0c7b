package everify_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/everify"
	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/selfcheck"
)

func Example() {
	// A stand-in for E-Verify, at which the records of SSA do not match.
	standIn := everifytest.NewServer(everifytest.Config{})
	standIn.SetScript("", everifytest.Script{Submit: everifytest.SSAMismatch})
	server := httptest.NewServer(standIn)
	defer server.Close()

	client, err := everify.New(everify.Config{
		BaseURL: server.URL + everifytest.Path,
		Credentials: func(context.Context) (string, string, error) { // from where the program keeps its secrets
			return everifytest.UserName, everifytest.Password, nil
		},
		Creator: everify.Creator{Name: "Self Check Desk", Email: "desk@selfcheck.example", Phone: "8005550142"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}

	// A program hands the client to selfcheck.NewService, which calls it like this.
	ctx := context.Background()
	transaction, query := exampleQuery()
	state, err := client.Open(ctx, transaction, query)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(state.Stage)
	if state, err = client.Submit(ctx, state.Number, query); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(state.Stage, state.Findings.SSA, state.Findings.DHS)
	if err := client.Close(ctx, state.Number, selfcheck.ClosedDeclined); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(standIn.OpenCases()), "open cases")
	// Output:
	// draft
	// mismatch true false
	// 0 open cases
}

// exampleQuery is the query of somebody who passed the proofing. A program gets it from selfcheck.
func exampleQuery() (selfcheck.TransactionID, selfcheck.Query) {
	name, _ := cris.NewPersonName(cris.NameParts{Family: "Lindqvistson", Given: "Ottoline"})
	ssn, _ := selfcheck.ParseSandboxSSN("912-73-6458")
	passed := selfcheck.PassedProofing{
		Transaction: selfcheck.NewToken().Transaction(), IdPTransaction: "idp-1", At: time.Now(), Statement: "2026-01",
		Name: name, BirthDate: cris.NewPersonal(cris.MustParseDate("1979-11-23")), SSN: ssn,
	}
	entered := selfcheck.I9{
		Status: selfcheck.LawfulPermanentResident, ListA: selfcheck.PermanentResidentCard,
		ANumber: cris.NewPersonal("A219876543"), CardNumber: cris.NewPersonal("SRC2190012345"),
	}
	decision := selfcheck.DecideQuery(passed.Identity(), entered, cris.DateOf(passed.At, cris.AgencyZone()))
	return passed.Transaction, decision.Query
}
