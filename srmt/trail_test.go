package srmt_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// sentOn redirects the request of a history to the offices, one after another, with the words.
func sentOn(t *testing.T, policy srmt.Policy, words cris.Personal[string], state srmt.ServiceRequest, offices ...casestatus.OfficeCode) srmt.ServiceRequest {
	t.Helper()
	for _, to := range offices {
		decision := redirected(t, policy, words, state, to)
		require.Equal(t, srmt.Allowed, decision.Outcome, "%s to %s: %v", state.Office, to, decision.Reasons)
		var err error
		state, err = srmt.Extend(state, decision.Step)
		require.NoError(t, err)
	}
	return state
}

func redirected(t *testing.T, policy srmt.Policy, words cris.Personal[string], state srmt.ServiceRequest, to casestatus.OfficeCode) srmt.Decision {
	t.Helper()
	act := srmt.Act{By: srmttest.Supervisor(state.Office, 1), At: srmttest.Start(), Seen: state.Version}
	return srmt.DecideRedirection(state, act, knownOffice(t, to), srmt.OfficeBandwidth, words, policy)
}

var (
	wordless = cris.Personal[string]{}
	words    = cris.NewPersonal("The file is with you: the customer brought it to your window.")
)

// SR-5, SR-6: an office that sent a request on gets it back only with an explanation, whoever sends it.
func TestSR6_AReturnNeedsAnExplanation(t *testing.T) {
	policy := srmt.DefaultPolicy()
	state := sentOn(t, policy, wordless, stateAfter(t, 1), "SSC", "NYC")
	require.Equal(t, []casestatus.OfficeCode{"NSC", "SSC"}, state.Trail.Offices())
	for _, back := range []casestatus.OfficeCode{"NSC", "SSC"} {
		require.Equal(t, reasons("return_needs_explanation"), redirected(t, policy, wordless, state, back).Reasons)
		for _, unreadable := range []string{" ", "caf\xe9", "a\x00b"} {
			require.Equal(t, reasons("explanation_unreadable"), redirected(t, policy, cris.NewPersonal(unreadable), state, back).Reasons)
		}
		decision := redirected(t, policy, words, state, back)
		require.Equal(t, srmt.Allowed, decision.Outcome)
		require.Equal(t, srmt.Message{Text: words}, decision.Step.Message)
		after := sentOn(t, policy, words, state, back)
		require.Equal(t, 1, after.Returns)
		require.Equal(t, []casestatus.OfficeCode{"NSC", "SSC", "NYC"}, after.Trail.Offices())
		require.Equal(t, state.Due, after.Due)
	}
	onward := sentOn(t, policy, wordless, state, "CHI")
	require.Zero(t, onward.Returns, "an office that never had it needs no explanation")
	require.Equal(t, srmt.Allowed, redirected(t, policy, words, state, "CHI").Outcome, "and may have some")
}

// SR-5: the circle ends at the number of the policy; the request may go on to others, and is
// answered where it is.
func TestSR5_TheCircleEnds(t *testing.T) {
	for most, returns := range map[int]int{0: 3, 1: 1, 2: 2, 5: 5, -1: 0} {
		policy := srmt.DefaultPolicy()
		policy.MostReturns = most
		state := sentOn(t, policy, words, stateAfter(t, 1), "SSC")
		for n := range returns {
			state = sentOn(t, policy, words, state, []casestatus.OfficeCode{"NSC", "SSC"}[n%2])
		}
		require.Equal(t, returns, state.Returns)
		back := casestatus.OfficeCode("NSC")
		if state.Office == "NSC" {
			back = "SSC"
		}
		require.Equal(t, reasons("returns_exhausted"), redirected(t, policy, words, state, back).Reasons)
		require.Equal(t, reasons("returns_exhausted", "return_needs_explanation"), redirected(t, policy, wordless, state, back).Reasons)
		state = sentOn(t, policy, wordless, state, "NYC")
		require.Equal(t, reasons("returns_exhausted"), redirected(t, policy, words, state, "NSC").Reasons)
	}
}

// SR-2: what the system moves on since its office is closed goes where it has to, and no office
// sent it on.
func TestSR2_ARealignmentIsNoReturn(t *testing.T) {
	state := sentOn(t, srmt.DefaultPolicy(), words, stateAfter(t, 1), "SSC")
	step := srmt.Step{Seq: state.Version + 1, Kind: srmt.StepRedirected, At: srmttest.Start(), Office: "NSC", Why: srmt.OfficeLocationAlignment}
	after, err := srmt.Extend(state, step)
	require.NoError(t, err)
	require.Zero(t, after.Returns)
	require.Equal(t, state.Trail, after.Trail)
}

// SR-8: the explanation of a redirection is for staff: it is no message.
func TestSR8_TheExplanationOfARedirectionIsNoMessage(t *testing.T) {
	history := srmttest.NewHistory("r1")
	history[4].Message.Text = words
	_, err := srmt.Replay(history)
	require.NoError(t, err)
	require.NotContains(t, srmt.Messages(history), history[4])
	history[4].Message.Direction = srmt.ToCustomer
	_, err = srmt.Replay(history)
	require.Error(t, err)
}

// SR-10: a history in which a request goes back without an explanation does not add up.
func TestSR10_AReturnWithoutAnExplanationDoesNotAddUp(t *testing.T) {
	state := sentOn(t, srmt.DefaultPolicy(), words, stateAfter(t, 1), "SSC")
	step := redirected(t, srmt.DefaultPolicy(), words, state, "NSC").Step
	step.Message = srmt.Message{}
	_, err := srmt.Extend(state, step)
	require.Error(t, err)
}
