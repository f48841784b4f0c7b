package attempt_test

import (
	"context"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/selfcheck/attempt"
)

func ExampleLimiter_Take() {
	ctx := context.Background()
	clock := contract.NewClock("2011-03-21T15:00:00Z")
	limiter := attempt.NewLimiter(memory.New().Attempts(), &attempt.Options{Now: clock.Now, Policy: attempt.MyEVerifyPolicy()})
	words := cris.NewWords(attempt.Words()...)
	name, err := cris.NewPersonName(cris.NameParts{Family: "Doe", Given: "Jane"})
	if err != nil {
		fmt.Println(err)
		return
	}
	birth := cris.NewPersonal(cris.MustParseDate("1970-05-17"))
	for _, providerIsDown := range []bool{false, true, false, false} {
		ticket, decision, err := limiter.Take(ctx, name, birth)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(words.Say(cris.English, decision.Message()))
		if providerIsDown { // which is no attempt
			if err := limiter.GiveBack(ctx, ticket); err != nil {
				fmt.Println(err)
				return
			}
		}
	}
	// Output:
	// You may answer the questions now.
	// You may answer the questions now.
	// You may answer the questions now.
	// You cannot try to confirm your identity again yet. You may try again on March 25, 2011 or later. If you try earlier, your wait does not get longer.
}
