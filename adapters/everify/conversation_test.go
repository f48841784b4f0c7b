package everify_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/everify"
	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/selfcheck"
)

// conversation is one that a program has with E-Verify about a query, with what it has on record.
type conversation struct {
	*world
	*testing.T

	random   *rand.Rand
	query    selfcheck.Query
	number   selfcheck.CaseNumber // "" until E-Verify named it
	state    selfcheck.CaseState
	declines bool
}

// again calls until it is answered. Whatever fails, no case is left out of sight.
func (c *conversation) again(call func() error) {
	c.Helper()
	for range 30 {
		err := call()
		if err == nil {
			return
		}
		requireHarmless(c.T, err)
		require.NotErrorIs(c.T, err, selfcheck.ErrNotFound)
		require.NotErrorIs(c.T, err, selfcheck.ErrRefused)
		if errors.Is(err, selfcheck.ErrNoCase) {
			require.Empty(c.T, c.server.Cases(), "there is one")
		}
		if kind := kindOf(c.T, err); kind == everify.KindUnauthorized {
			c.server.Mend()
		}
	}
	require.Fail(c.T, "no answer")
}

// take sets where the case is.
func (c *conversation) take(state selfcheck.CaseState, err error) error {
	if err == nil {
		require.Equal(c.T, transaction(1), state.Transaction)
		if c.number != "" {
			require.Equal(c.T, c.number, state.Number)
		}
		c.number, c.state = state.Number, state
	}
	return err
}

// run goes on until the case is closed.
func (c *conversation) run() {
	ctx := c.Context()
	c.again(func() error { return c.take(c.Open(ctx, transaction(1), c.query)) })
	for range 100 {
		switch c.state.Stage {
		case selfcheck.StageDraft, selfcheck.StageUnconfirmed:
			c.again(func() error { return c.take(c.Submit(ctx, c.number, c.query)) })
		case selfcheck.StageWaiting:
			c.again(func() error { return c.take(c.State(ctx, c.number)) })
		case selfcheck.StageMismatch:
			if c.declines {
				c.again(func() error { return c.Close(ctx, c.number, selfcheck.ClosedDeclined) })
				return
			}
			c.again(func() error { return c.take(c.Refer(ctx, c.number)) })
		case selfcheck.StageReferred:
			if c.random.IntN(4) == 0 { // the time for it is over
				c.again(func() error { return c.Close(ctx, c.number, selfcheck.ClosedResolved) })
				return
			}
			c.again(func() error { return c.take(c.State(ctx, c.number)) })
		case selfcheck.StageAuthorized, selfcheck.StageNotConfirmed, selfcheck.StageUnsupported, selfcheck.StageClosed:
			c.again(func() error { return c.Close(ctx, c.number, selfcheck.ClosedNoResult) })
			return
		}
		if c.random.IntN(5) == 0 { // another process takes it up
			c.number = ""
			c.again(func() error { return c.take(c.Open(ctx, transaction(1), c.query)) })
		}
	}
	require.Fail(c.T, "no end")
}

// However a case goes and whatever is lost on the way: one case, each step once, and nothing
// stays open.
func TestConversations_OneCaseEachStepOnceAndClosed(t *testing.T) {
	runs := uint64(200)
	if testing.Short() {
		runs = 40
	}
	for seed := range runs {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			inWorld(t, func(t *testing.T, w *world) {
				random := rand.New(rand.NewPCG(seed, 51))
				outcomes := everifytest.Outcomes()
				some := func() everifytest.Outcome { return outcomes[random.IntN(len(outcomes))] }
				script := everifytest.Script{
					Submit: some(), Queued: random.IntN(4), Confirm: some(), Resolve: some(), Referred: random.IntN(3),
				}
				if script.Confirm == everifytest.Unconfirmed {
					script.Confirm = everifytest.Authorized
				}
				if final := []everifytest.Outcome{everifytest.Authorized, everifytest.FinalNonconfirmation}; !slices.Contains(final, script.Resolve) {
					script.Resolve = ""
				}
				w.server.SetScript("", script)
				faults := slices.DeleteFunc(everifytest.Faults(), func(f everifytest.Fault) bool { return f == everifytest.WrongCase })
				for _, request := range everifytest.Requests() {
					for range random.IntN(8) {
						fault := everifytest.Pass
						if random.IntN(2) == 0 {
							fault = faults[random.IntN(len(faults))]
						}
						if request == everifytest.Login && (fault == everifytest.Unauthorized || fault == everifytest.Forbidden) {
							continue // nobody gets in for a quarter of an hour
						}
						w.server.Break(request, fault)
					}
				}
				c := &conversation{world: w, T: t, random: random, query: queryOf(t, resident()), declines: random.IntN(2) == 0}
				c.run()
				require.Empty(t, w.server.OpenCases())
				cases := w.server.Cases()
				require.Len(t, cases, 1)
				for _, step := range []string{"created", "submitted", "confirmed", "no_action", "closed"} {
					require.LessOrEqual(t, cases[0].Done(step), 1, step)
				}
			})
		})
	}
}
