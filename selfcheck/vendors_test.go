package selfcheck_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// Whatever is the matter with a provider, a proofing comes to a clear end, and whoever did not
// pass leaves nothing behind.
func TestSC4_EveryVendorComesToAClearEnd(t *testing.T) {
	for name, quiz := range selfchecktest.Vendors() {
		t.Run(name, func(t *testing.T) {
			everify := selfchecktest.NewFakeEVerify()
			check := newCheck(selfchecktest.NewFakeIdP(quiz, failedQuiz), everify)
			impatient, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
			defer cancel()
			proofing, err := check.Begin(impatient, token, shown, selfchecktest.NewApplicant(), cris.English)
			for range 3 {
				if err == nil && proofing.Outcome != selfcheck.QuizToTake {
					break
				}
				proofing, err = check.Conclude(t.Context(), token, "")
			}
			require.NoError(t, err)
			check.later(16 * time.Minute)
			check.sweep(t)
			record := check.record(t)
			require.Zero(t, record.Begun, "it is over")
			answer := check.query(t)
			if record.Pass != (selfcheck.PassedProofing{}) {
				require.Contains(t, []string{"passes", "gives a number twice"}, name)
				require.Equal(t, selfcheck.QueryAccepted, answer.Outcome)
				return
			}
			require.NotZero(t, record.Failure, "it is counted")
			require.Equal(t, selfcheck.QueryRefused, answer.Outcome)
			require.Empty(t, everify.Calls())
			held := everything(check.db)
			for _, personal := range personalValues() {
				require.NotContains(t, held, personal)
			}
			require.Len(t, check.events(t), 1)
		})
	}
}
