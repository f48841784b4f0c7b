package records_test

import (
	"context"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/records"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func Example() {
	ctx := context.Background()
	clock := selfchecktest.NewClock("2013-08-15T14:30:00Z")
	store := memory.New().SelfChecks()
	for n := range 12 { // quizzes that were failed, and two that could not be asked
		failure := selfchecktest.NewFailure(selfchecktest.Token(n).Transaction())
		if n >= 10 {
			failure.Reason = selfcheck.CouldNotGenerateQuestions
		}
		err := store.Update(ctx, failure.Transaction, func(selfcheck.Record) (selfcheck.Change, error) {
			return selfcheck.Change{Failure: &failure}, nil
		})
		if err != nil {
			fmt.Println(err)
		}
	}

	// A program makes the official of the member of staff who has signed in.
	official := selfcheck.Official{ID: "clerk-1", Duties: []selfcheck.Duty{selfcheck.DutyRecords}}
	service := records.NewService(store, &records.Options{Now: clock.Now})
	august := cris.Period{From: cris.MustParseDate("2013-08-01"), Until: cris.MustParseDate("2013-08-31")}
	counts, err := service.Statistics(ctx, official, august)
	fmt.Println(err)
	for _, count := range counts {
		fmt.Println(count.Day, count.Reason, count.Count, count.Small)
	}
	// Output:
	// <nil>
	// 2013-08-15 answered_incorrectly 10 false
	// 2013-08-15 could_not_generate_questions 0 true
}
