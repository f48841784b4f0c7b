package selfcheck_test

import (
	"context"
	"fmt"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// An individual proves the identity, enters what a passport says, and declines to
// resolve the mismatch that is found.
func Example() {
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Finding: selfcheck.FoundSSAMismatch})
	service := selfcheck.NewService(memory.New().SelfChecks(), selfchecktest.NewFakeIdP(), everify, &selfcheck.Options{
		Now: selfchecktest.FixedClock, NewID: selfchecktest.SequentialIDs(),
	})
	ctx := context.Background()

	proofing, err := service.Prove(ctx, selfchecktest.Applicant())
	if err != nil {
		panic(err)
	}
	fmt.Println(proofing.Outcome, proofing.Pass.Name)

	answer, err := service.Query(ctx, proofing.Transaction, selfchecktest.CitizenI9())
	if err != nil {
		panic(err)
	}
	fmt.Println(answer.Result)

	resolution, err := service.Resolve(ctx, proofing.Transaction, selfcheck.Decline)
	if err != nil {
		panic(err)
	}
	fmt.Println(resolution.Outcome)
	fmt.Println(everify.Closure(answer.Case))
	// Output:
	// authenticated [redacted]
	// possible mismatch with SSA
	// declined
	// individual declined to resolve
}

// A decision is made without a store, a clock or a network.
func ExampleDecideQuery() {
	pass := selfchecktest.PassedProofing("check-000001")
	entered := selfcheck.I9{
		Status: selfcheck.AlienAuthorizedToWork,
		ListA:  selfcheck.EmploymentAuthorizationDocument,
	}
	decision := selfcheck.DecideQuery(pass.Lock(), entered, today)
	fmt.Println(decision.Outcome)
	for _, reason := range decision.Reasons {
		fmt.Println(reason)
	}
	// Output:
	// refused
	// A-Number: missing (SC-9)
	// card number: missing (SC-9)
	// expiration date: missing (SC-9)
}
