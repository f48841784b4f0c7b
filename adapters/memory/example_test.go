package memory_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
)

// One database holds the ports of all packages. What a test or a program needs of them, it
// takes.
func ExampleNew() {
	ctx := context.Background()
	db := memory.New()
	service := casestatus.NewService(db.Cases(), db.ProcessingTimes(), db.Scans(), nil)
	receipt := casestatus.MustParseReceiptNumber("IOE0912345678")
	changed, err := service.Record(ctx, receipt, func(onFile *casestatus.Case) {
		onFile.Form, onFile.FormType, onFile.Office = "I-102", "142", "CSC"
		onFile.Filed = cris.MustParseDate("2022-01-31")
	})
	fmt.Println(changed, err)

	status, err := service.Status(ctx, "ioe-09-123-45678")
	fmt.Println(status.Outcome, status.Form, status.Filed, err)
	// Output:
	// [opened form office] <nil>
	// shown I-102 2022-01-31 <nil>
}

// An Update loads, decides and saves in one step. An error of the function given to it comes
// back as it is, and nothing is saved.
func ExampleCases_Update() {
	ctx := context.Background()
	cases := memory.New().Cases()
	receipt := casestatus.MustParseReceiptNumber("IOE0912345678")
	notNow := errors.New("not now")
	err := cases.Update(ctx, receipt, func(casestatus.Case) (casestatus.CaseChange, error) {
		return casestatus.CaseChange{Case: &casestatus.Case{Header: casestatus.Header{Receipt: receipt}}}, notNow
	})
	fmt.Println(err)
	_, err = cases.Case(ctx, receipt)
	fmt.Println(err, errors.Is(err, cris.ErrNotFound))
	// Output:
	// not now
	// memory: case: not found true
}
