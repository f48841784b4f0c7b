package srmt_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// The staff of these tests.
var (
	supervisor      = srmttest.Supervisor("NSC", 1)
	otherSupervisor = srmttest.Supervisor("NSC", 2)
	officer         = srmttest.Officer("NSC", 1)
	otherOfficer    = srmttest.Officer("NSC", 2)
	farSupervisor   = srmttest.Supervisor("SSC", 1)
	farOfficer      = srmttest.Officer("SSC", 1)
	finder          = srmttest.Supervisor("UNROUTED", 1)
	nobody          = srmt.Staff{}
	roleless        = srmt.NewStaff("clerk-nsc", "", "NSC")
)

// free is somebody who holds no request.
func free(member srmt.Staff) srmt.Officer { return srmt.Officer{Staff: member} }

// by is an act on the present version of the request.
func by(author srmt.Staff, state srmt.ServiceRequest) srmt.Act {
	return srmt.Act{By: author, At: srmttest.Start(), On: today, Seen: state.Version}
}

// rules are the rules that a decision cites, in its order.
func rules(d srmt.Decision) []cris.RuleID {
	var cited []cris.RuleID
	for _, reason := range d.Reasons {
		cited = append(cited, reason.Rule)
	}
	return cited
}

func requireRefused(t *testing.T, d srmt.Decision, want ...cris.RuleID) {
	t.Helper()
	require.Equal(t, srmt.Refused, d.Outcome, "%v", d.Reasons)
	require.Equal(t, want, rules(d), "%v", d.Reasons)
	require.Zero(t, d.Step)
}

// requireFollows checks that the decision allows the act, and that its step follows
// the history of which state is the sum.
func requireFollows(t *testing.T, d srmt.Decision, n int) srmt.ServiceRequest {
	t.Helper()
	require.Equal(t, srmt.Allowed, d.Outcome, "%v", d.Reasons)
	state, err := srmt.Replay(append(srmttest.NewHistory("r1")[:n], d.Step))
	require.NoError(t, err)
	return state
}

func TestSR1_ClosedIsTheEnd(t *testing.T) {
	closed := stateAfter(t, 7)
	act := by(farSupervisor, closed)
	for name, decision := range map[string]srmt.Decision{
		"assign":   srmt.DecideAssignment(closed, act, free(farOfficer), srmt.Policy{}),
		"reassign": srmt.DecideReassignment(closed, act, free(farSupervisor), srmt.StaffChange, srmt.Policy{}),
		"redirect": srmt.DecideRedirection(closed, act, knownOffice(t, "NSC"), srmt.StaffChange, cris.Personal[string]{}, srmt.DefaultPolicy()),
		"propose":  srmt.DecideProposal(closed, by(farOfficer, closed), onFile, srmt.Response{Means: erequest.ByLetter, Finding: mailedAgain, Text: letter}, srmt.Policy{}),
		"respond":  srmt.DecideResponse(closed, by(farOfficer, closed), onFile, srmt.Response{Means: erequest.ByLetter, Finding: mailedAgain, Text: letter}, srmt.Policy{}),
	} {
		t.Run(name, func(t *testing.T) { requireRefused(t, decision, "SR-1") })
	}
}

func TestSR11_ActOnAStateThatIsGoneIsOvertaken(t *testing.T) {
	state := stateAfter(t, 4)
	for _, seen := range []int{0, 1, 3, 5, -1} {
		act := srmt.Act{By: supervisor, At: srmttest.Start(), Seen: seen} // who also holds it
		for name, decision := range map[string]srmt.Decision{
			"assign":     srmt.DecideAssignment(state, act, free(officer), srmt.Policy{}),
			"reassign":   srmt.DecideReassignment(state, act, free(otherOfficer), srmt.StaffChange, srmt.Policy{}),
			"redirect":   srmt.DecideRedirection(state, act, knownOffice(t, "SSC"), srmt.StaffChange, cris.Personal[string]{}, srmt.DefaultPolicy()),
			"propose":    srmt.DecideProposal(state, act, onFile, srmt.Response{Means: erequest.ByLetter, Finding: mailedAgain, Text: letter}, srmt.Policy{}),
			"correct":    srmt.DecideCorrection(state, act, onFile, srmt.Response{Means: erequest.ByLetter, Finding: mailedAgain, Text: letter}, srmt.Policy{}),
			"respond":    srmt.DecideResponse(state, act, onFile, srmt.Response{Means: erequest.ByLetter, Finding: mailedAgain, Text: letter}, srmt.Policy{}),
			"correspond": srmt.DecideCorrespondence(state, act, srmttest.NewMessage(srmt.ToCustomer, erequest.ByLetter)),
			"note":       srmt.DecideNote(state, act, letter),
		} {
			require.Equal(t, srmt.Decision{Outcome: srmt.Overtaken, Reasons: []cris.Reason{
				reason("overtaken_by_others"),
			}}, decision, "%s, seen %d", name, seen)
		}
	}
}

// Whoever may not act so gets one answer, whatever there is to know: another version,
// another state, no request at all.
func TestPV3_WhoMayNotActLearnsNothing(t *testing.T) {
	states := map[string]srmt.ServiceRequest{
		"unassigned": stateAfter(t, 1), "assigned": stateAfter(t, 2), "at another office": stateAfter(t, 5),
		"closed there": stateAfter(t, 7), "not there": {},
		"with a proposal": replayed(t, srmttest.NewReviewedHistory("r1")[:5]),
	}
	for name, test := range map[string]struct {
		author srmt.Staff
		want   map[string]cris.RuleID // by act
	}{
		"unknown":        {nobody, map[string]cris.RuleID{"assign": "PV-3", "reassign": "PV-3", "redirect": "PV-3", "respond": "PV-3", "correspond": "PV-3", "note": "PV-3", "propose": "PV-3", "approve": "PV-3", "send back": "PV-3", "correct": "PV-3"}},
		"without a role": {roleless, map[string]cris.RuleID{"assign": "SR-3", "reassign": "SR-5", "redirect": "SR-5", "respond": "SR-4", "correspond": "SR-4", "note": "SR-4", "propose": "SR-4", "approve": "SR-4", "send back": "SR-4", "correct": "SR-4"}},
		"of no office":   {srmt.NewStaff("s", srmt.SIIO, ""), map[string]cris.RuleID{"assign": "SR-3", "reassign": "SR-5", "redirect": "SR-5", "respond": "SR-4", "correspond": "SR-4", "note": "SR-4", "propose": "SR-4", "approve": "SR-4", "send back": "SR-4", "correct": "SR-4"}},
		"of a third":     {srmt.NewStaff("s", srmt.SIIO, "NYC"), map[string]cris.RuleID{"assign": "SR-3", "reassign": "SR-5", "redirect": "SR-5", "respond": "SR-4", "correspond": "SR-4", "note": "SR-4", "propose": "SR-4", "approve": "SR-4", "send back": "SR-4", "correct": "SR-4"}},
	} {
		for what, state := range states {
			for _, seen := range []int{-1, 0, 1, 2, 5, 7} {
				act := srmt.Act{By: test.author, At: srmttest.Start(), Seen: seen}
				for kind, decision := range map[string]srmt.Decision{
					"assign":     srmt.DecideAssignment(state, act, free(officer), srmt.Policy{}),
					"reassign":   srmt.DecideReassignment(state, act, free(otherOfficer), "because", srmt.Policy{}),
					"redirect":   srmt.DecideRedirection(state, act, casestatus.Office{}, "", cris.Personal[string]{}, srmt.DefaultPolicy()),
					"propose":    srmt.DecideProposal(state, act, onFile, srmt.Response{Means: "fax"}, srmt.Policy{}),
					"approve":    srmt.DecideApproval(state, act, srmt.Step{}),
					"send back":  srmt.DecideSendBack(state, act, cris.Personal[string]{}),
					"correct":    srmt.DecideCorrection(state, act, onFile, srmt.Response{Means: "fax"}, srmt.Policy{}),
					"respond":    srmt.DecideResponse(state, act, onFile, srmt.Response{Means: "fax"}, srmt.Policy{}),
					"correspond": srmt.DecideCorrespondence(state, act, srmt.Message{}),
					"note":       srmt.DecideNote(state, act, cris.Personal[string]{}),
				} {
					require.Equal(t, srmt.Refused, decision.Outcome, "%s by %s, %s, seen %d", kind, name, what, seen)
					require.Equal(t, []cris.RuleID{test.want[kind]}, rules(decision), "%s by %s, %s, seen %d", kind, name, what, seen)
				}
			}
		}
	}
}

func TestPV1_NothingPersonalPrints(t *testing.T) {
	history := srmttest.NewHistory("r1")
	assigned := stateAfter(t, 2)
	decision := srmt.DecideResponse(assigned, by(officer, assigned), onFile, srmt.Response{Means: erequest.ByLetter, Finding: mailedAgain, Text: letter}, srmt.Policy{})
	command := srmt.Response{RequestID: "r1", Text: letter}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		printed := fmt.Sprintf(verb+verb+verb, history, decision, command)
		require.NotContains(t, printed, "Ana")
		require.Contains(t, printed, cris.Redacted)
	}
}
