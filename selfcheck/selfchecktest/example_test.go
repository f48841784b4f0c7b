package selfchecktest_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// A store of one's own is proven by one call, in a test of its package.
func ExampleTestStore() {
	_ = func(t *testing.T) { // func TestSelfChecks(t *testing.T)
		selfchecktest.TestStore(t, func(*testing.T) (selfcheck.Store, cris.Outbox) {
			db := memory.New() // the store to be proven, empty
			return db.SelfChecks(), db.Outbox()
		})
	}
}

// So is an archive.
func ExampleTestArchive() {
	_ = func(t *testing.T) { // func TestSelfChecks_Archive(t *testing.T)
		selfchecktest.TestArchive(t, func(*testing.T) (selfchecktest.Archived, cris.Outbox) {
			db := memory.New() // the store to be proven, empty
			return db.SelfChecks(), db.Outbox()
		})
	}
}

// A program that shows people their results is tested over a SelfCheck, whose provider and
// E-Verify follow a script.
func ExampleNewSelfCheck() {
	ctx := context.Background()
	world := selfchecktest.NewSelfCheck(memory.New().SelfChecks(), func(w *selfchecktest.SelfCheck) {
		w.IdP = selfchecktest.NewFakeIdP(selfchecktest.Passed, selfchecktest.Quiz{Outcome: selfcheck.IdPAnsweredIncorrectly, Questions: 3})
		w.EVerify = selfchecktest.NewFakeEVerify(selfchecktest.Verification{Findings: selfcheck.Findings{SSA: true}})
	})
	for n := range 2 {
		token := selfchecktest.Token(n)
		proofing, err := world.Prove(ctx, token, selfcheck.Statements()[0].Edition, selfchecktest.NewApplicant())
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(proofing.Outcome)
		if proofing.Outcome == selfcheck.Authenticated {
			answer, err := world.Query(ctx, token, selfchecktest.NewI9())
			fmt.Println(answer.Result, err)
		}
	}
	// Output:
	// authenticated
	// ssa_mismatch <nil>
	// not_authenticated
}

// A provider writes the name its own way, and a pass counts all the same.
func ExampleSpelling() {
	applicant := selfchecktest.NewApplicant()
	for _, spelling := range []selfchecktest.Spelling{selfchecktest.InCapitals, selfchecktest.LettersOnly, selfchecktest.MachineReadable} {
		world := selfchecktest.NewSelfCheck(memory.New().SelfChecks(), func(w *selfchecktest.SelfCheck) {
			quiz := selfchecktest.Passed
			quiz.Spelling = spelling
			w.IdP = selfchecktest.NewFakeIdP(quiz)
		})
		proofing, err := world.Prove(context.Background(), selfchecktest.Token(1), selfcheck.Statements()[0].Edition, applicant)
		fmt.Println(proofing.Outcome, proofing.Pass.Name == applicant.Name, err)
	}
	// Output:
	// authenticated true <nil>
	// authenticated true <nil>
	// authenticated true <nil>
}
