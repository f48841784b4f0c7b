package selfcheck_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// SC-15: whoever leaves without a word is counted, too.
func TestSC15_ProofingThatNobodyConcludesIsCounted(t *testing.T) {
	for name, tc := range map[string]struct {
		begin func(t *testing.T, c check)
		want  selfcheck.FailureReason
	}{
		"left the quiz": {func(t *testing.T, c check) { c.begin(t) }, selfcheck.AnsweredIncorrectly},
		"a vendor that panics": {func(t *testing.T, c check) {
			require.Panics(t, func() { _, _ = c.Begin(t.Context(), token, shown, selfchecktest.NewApplicant(), cris.English) })
		}, selfcheck.SystemError},
	} {
		t.Run(name, func(t *testing.T) {
			idp := selfcheck.IdP(selfchecktest.NewFakeIdP())
			if tc.want == selfcheck.SystemError {
				idp = panickingIdP{idp}
			}
			check := newCheck(idp, selfchecktest.NewFakeEVerify())
			tc.begin(t, check)
			check.later(15 * time.Minute)
			require.Equal(t, selfcheck.Swept{}, check.sweep(t))
			check.later(time.Microsecond)
			require.Equal(t, selfcheck.Swept{Proofings: 1}, check.sweep(t))
			require.Equal(t, tc.want, check.record(t).Failure.Reason)
			require.Equal(t, []string{"proofing_failed map[reason:" + string(tc.want) + "]"}, check.events(t))
			require.Equal(t, selfcheck.Swept{}, check.sweep(t), "once")
			require.Equal(t, selfcheck.NotAuthenticated, check.conclude(t).Outcome)
		})
	}
}

type panickingIdP struct{ selfcheck.IdP }

func (panickingIdP) Begin(context.Context, selfcheck.Beginning) (selfcheck.Progress, error) {
	panic("a vendor's fault")
}

func TestSC15_StoreThatFailsAtTheEndLosesNoFailure(t *testing.T) {
	check := newCheck(selfchecktest.NewFakeIdP(failedQuiz), selfchecktest.NewFakeEVerify())
	check.begin(t)
	check.store.failAfter = 1
	_, err := check.Conclude(t.Context(), token, "")
	require.ErrorIs(t, err, errStore)
	check.later(16 * time.Minute)
	require.Equal(t, selfcheck.Swept{Proofings: 1}, check.sweep(t))
	require.Equal(t, selfcheck.AnsweredIncorrectly, check.record(t).Failure.Reason)
}

func TestSweep_OneFaultDoesNotKeepItFromTheNext(t *testing.T) {
	check, everify := mismatched(t, ssaMismatch)
	other := selfchecktest.Token(2)
	_, err := check.Begin(t.Context(), other, shown, selfchecktest.NewApplicant(), cris.English)
	require.NoError(t, err)
	check.later(25 * time.Hour)
	check.store.failAfter = 1
	swept := check.sweep(t)
	require.Equal(t, 1, swept.Failed)
	require.Equal(t, 1, swept.Cases+swept.Proofings)
	require.ErrorIs(t, check.failed.take(), errStore)
	swept = check.sweep(t)
	require.Equal(t, 1, swept.Cases+swept.Proofings)
	require.Empty(t, check.unfinished(t))
	require.Empty(t, everify.OpenCases())
}

func TestSweep_ManyAtOnceCloseACaseOnce(t *testing.T) {
	check, everify := mismatched(t, ssaMismatch)
	check.later(25 * time.Hour)
	var wg sync.WaitGroup
	failed := make([]error, 8)
	for i := range failed {
		wg.Go(func() { _, failed[i] = check.Sweep(t.Context()) })
	}
	wg.Wait()
	require.NoError(t, errors.Join(failed...))
	require.Equal(t, []string{"Open", "Submit", "Close"}, methods(everify))
	require.Len(t, check.events(t), 4)
}

func TestSweep_EndsWithItsContext(t *testing.T) {
	check, _ := mismatched(t, ssaMismatch)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := check.Sweep(ctx)
	require.ErrorIs(t, err, context.Canceled)
}

func TestEnd_BringsEverythingToItsEnd(t *testing.T) {
	t.Run("nothing", func(t *testing.T) {
		check := newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
		require.NoError(t, check.End(t.Context(), token))
		require.NoError(t, check.End(t.Context(), selfcheck.Token{}))
		require.Empty(t, check.events(t))
	})
	t.Run("a quiz", func(t *testing.T) {
		check := newCheck(selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
		check.begin(t)
		for range 2 {
			require.NoError(t, check.End(t.Context(), token))
		}
		require.Equal(t, selfcheck.AnsweredIncorrectly, check.record(t).Failure.Reason)
		require.Len(t, check.events(t), 1)
	})
	t.Run("a pass", func(t *testing.T) {
		check, _ := proved(t)
		for range 2 {
			require.NoError(t, check.End(t.Context(), token))
		}
		require.Zero(t, check.record(t))
	})
	t.Run("a case", func(t *testing.T) {
		check, everify := mismatched(t, ssaMismatch)
		for range 2 {
			require.NoError(t, check.End(t.Context(), token))
		}
		require.Equal(t, selfcheck.ClosedSessionEnded, everify.Closure(selfchecktest.CaseNumber(1)))
		require.Empty(t, check.unfinished(t))
	})
}
