package selfcheck_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// A pass that was not used ended, and the page is still open: the individual begins anew with
// the same token, and passes again.
func TestBegin_TokenWhosePassEndedPassesAgain(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, c check){
		"the sweep": func(t *testing.T, c check) {
			t.Helper()
			c.later(2 * time.Hour)
			c.sweep(t)
		},
		"the individual": func(t *testing.T, c check) {
			t.Helper()
			require.NoError(t, c.End(t.Context(), token))
			c.later(time.Second)
		},
	} {
		t.Run(name, func(t *testing.T) {
			check := newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
			for range 3 {
				proofing, err := check.Prove(t.Context(), token, shown, selfchecktest.NewApplicant())
				require.NoError(t, err)
				require.Equal(t, selfcheck.Authenticated, proofing.Outcome)
				end(t, check)
			}
			require.Equal(t, slices.Repeat([]string{"proofing_passed map[]"}, 3), check.events(t))
		})
	}
}

// A result that E-Verify takes back and gives again is told again, and the case goes on.
func TestLook_ResultThatComesBack(t *testing.T) {
	check, everify := mismatched(t, ssaMismatch)
	_, err := check.Resolve(t.Context(), token, selfcheck.Resolve)
	require.NoError(t, err)
	number := selfchecktest.CaseNumber(1)
	for _, findings := range []selfcheck.Findings{{DHS: true}, {SSA: true}, {DHS: true}} {
		check.later(time.Hour)
		everify.Find(number, findings)
		answer, err := check.Look(t.Context(), token)
		require.NoError(t, err)
		require.NotEmpty(t, answer.Result)
	}
	require.Len(t, check.events(t), 6)
}

// Two tabs bring back a pass whose number is on record of another: one ends the proofing, and
// the other gets the same answer.
func TestSC7_TwoTabsWithANumberOfAnother(t *testing.T) {
	quiz := selfchecktest.Passed
	quiz.Number = "IDP-TAKEN"
	check := newCheck(selfchecktest.NewFakeIdP(quiz, quiz), selfchecktest.NewFakeEVerify())
	_, err := check.Prove(t.Context(), selfchecktest.Token(2), shown, selfchecktest.NewApplicant())
	require.NoError(t, err)
	check.begin(t)
	tabs := &slowTab{Store: check.store.Store}
	slow := selfchecktest.NewSelfCheck(tabs, func(s *selfchecktest.SelfCheck) { s.IdP, s.EVerify, s.Clock = check.IdP, check.EVerify, check.Clock })
	var first selfcheck.Proofing
	tabs.taken = func() { first = check.conclude(t) }
	second, err := slow.Conclude(t.Context(), token, "")
	require.NoError(t, err)
	require.Equal(t, selfcheck.NotAuthenticated, first.Outcome)
	require.Equal(t, first.Failure, second.Failure)
	require.Equal(t, id, second.Failure.Transaction)
	require.Equal(t, first.Failure, check.record(t).Failure)
}

// slowTab is a store at which somebody else is faster after a number was refused.
type slowTab struct {
	selfcheck.Store
	taken func()
}

func (s *slowTab) Update(ctx context.Context, transaction selfcheck.TransactionID, decide func(selfcheck.Record) (selfcheck.Change, error)) error {
	err := s.Store.Update(ctx, transaction, decide)
	if errors.Is(err, selfcheck.ErrTaken) && s.taken != nil {
		s.taken()
		s.taken = nil
	}
	return err
}
