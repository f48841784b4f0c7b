package srmt_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	letters "github.com/seed28e20331/cris/srmt/letter"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// heldForReview returns a request at NSC that the officer holds at version 2, where the policy has responses
// that nothing was wrong reviewed, and a response that says so.
func heldForReview(t *testing.T) (d *desk, id string, response srmt.Response) {
	t.Helper()
	d = newDesk(t, func(w *srmttest.World) { w.Policy.Review = []letters.Finding{letters.NoError} })
	id = d.FileAndReceive("NSC")
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	return d, id, srmt.Response{RequestID: id, By: officer.ID, Seen: 2, Means: erequest.ByLetter, Finding: letters.NoError, Text: letter}
}

// SR-7: where the policy asks for it, a supervisor reads a response before it is sent. What is sent
// is what was proposed.
func TestSR7_AResponseIsReviewedWhereThePolicyAsksForIt(t *testing.T) {
	d, id, response := heldForReview(t)
	decision, err := d.Respond(t.Context(), response)
	require.NoError(t, err)
	require.Equal(t, reasons("needs_review"), decision.Reasons)
	decision, err = d.Propose(t.Context(), response)
	allowed(t, decision, err)
	require.Equal(t, reasons("proposal_kept"), decision.Reasons)
	require.Equal(t, []string{id}, ids(t, d.Worklist(t.Context(), officer.ID, "NSC", srmt.Page{})), "the officer still holds it")
	counts, err := d.Count(t.Context(), supervisor.ID, "NSC", 0)
	require.NoError(t, err)
	require.Equal(t, 1, counts.Proposed)
	history, err := d.Store.History(t.Context(), id)
	require.NoError(t, err)
	require.Empty(t, srmt.Messages(history), "nothing is sent")
	before, err := d.db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	require.Len(t, before, 2, "and nobody is told")

	for _, by := range []srmt.StaffID{officer.ID, otherOfficer.ID, farSupervisor.ID, roleless.ID} {
		decision, err = d.Approve(t.Context(), srmt.Approval{RequestID: id, By: by, Seen: 3})
		require.NoError(t, err)
		require.Equal(t, reasons("only_reviewer_reviews"), decision.Reasons, by)
	}
	decision, err = d.Approve(t.Context(), srmt.Approval{RequestID: id, By: supervisor.ID, Seen: 3})
	allowed(t, decision, err)
	require.Equal(t, srmt.Step{
		Seq: 4, Kind: srmt.StepApproved, At: d.Clock.Now(), By: supervisor.ID, Finding: letters.NoError,
		Message: srmt.Message{Direction: srmt.ToCustomer, Means: erequest.ByLetter, Text: letter},
	}, decision.Step)
	history, err = d.Store.History(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, srmt.Closed, replayed(t, history).Status)
	require.Equal(t, history[3:], srmt.Messages(history), "the response, once")
	after, err := d.db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	sent, err := srmt.ReadResponseSent(after[2])
	require.NoError(t, err)
	require.Equal(t, srmt.ResponseSent{
		RequestID: id, Step: 4, Office: "NSC", Officer: officer.ID, Means: erequest.ByLetter, Finding: letters.NoError, On: d.Clock.Today(),
	}, sent, "the response is the officer's")
	decision, err = d.Approve(t.Context(), srmt.Approval{RequestID: id, By: supervisor.ID, Seen: 3})
	require.NoError(t, err)
	require.Equal(t, srmt.AlreadyDone, decision.Outcome)
}

// SR-7: a supervisor sends a response back with words, and the officer proposes another.
func TestSR7_AResponseThatIsSentBackIsProposedAgain(t *testing.T) {
	d, id, response := heldForReview(t)
	decision, err := d.Propose(t.Context(), response)
	allowed(t, decision, err)
	back := srmt.SendBack{RequestID: id, By: supervisor.ID, Seen: 3}
	decision, err = d.SendBack(t.Context(), back)
	require.NoError(t, err)
	require.Equal(t, reasons("note_unreadable"), decision.Reasons)
	back.Text = cris.NewPersonal("Ana asked about her middle name.")
	decision, err = d.SendBack(t.Context(), back)
	allowed(t, decision, err)
	decision, err = d.SendBack(t.Context(), back)
	require.NoError(t, err)
	require.Equal(t, srmt.AlreadyDone, decision.Outcome)
	decision, err = d.Approve(t.Context(), srmt.Approval{RequestID: id, By: otherSupervisor.ID, Seen: 3})
	require.NoError(t, err)
	require.Equal(t, srmt.Overtaken, decision.Outcome, "SR-11")
	decision, err = d.Approve(t.Context(), srmt.Approval{RequestID: id, By: otherSupervisor.ID, Seen: 4})
	require.NoError(t, err)
	require.Equal(t, reasons("only_reviewer_reviews"), decision.Reasons, "nothing waits")

	response.Seen, response.Finding = 4, letters.Corrected
	decision, err = d.Propose(t.Context(), response)
	allowed(t, decision, err)
	decision, err = d.Approve(t.Context(), srmt.Approval{RequestID: id, By: otherSupervisor.ID, Seen: 5})
	allowed(t, decision, err)
	require.Equal(t, letters.Corrected, decision.Step.Finding)
}

// SR-7, SR-11: a proposal takes the place of the one before, and who read that one is told.
func TestSR11_WhoApprovesAProposalThatWasChangedIsTold(t *testing.T) {
	d, id, response := heldForReview(t)
	decision, err := d.Propose(t.Context(), response)
	allowed(t, decision, err)
	response.Seen, response.Text = 3, cris.NewPersonal("another text")
	decision, err = d.Propose(t.Context(), response)
	allowed(t, decision, err)
	decision, err = d.Approve(t.Context(), srmt.Approval{RequestID: id, By: supervisor.ID, Seen: 3})
	require.NoError(t, err)
	require.Equal(t, srmt.Overtaken, decision.Outcome)
	decision, err = d.Approve(t.Context(), srmt.Approval{RequestID: id, By: supervisor.ID, Seen: 4})
	allowed(t, decision, err)
	require.Equal(t, "another text", decision.Step.Message.Text.Reveal())

	// A step that is not the proposal is not sent.
	state := replayed(t, srmttest.NewReviewedHistory("r1")[:5])
	for _, other := range []srmt.Step{{}, srmttest.NewReviewedHistory("r1")[2], srmttest.NewReviewedHistory("r1")[7]} {
		require.Equal(t, reasons("proposal_gone"), srmt.DecideApproval(state, by(supervisor, state), other).Reasons)
	}
}

// SR-7: a supervisor who holds a request needs another one for the review.
func TestSR7_NobodyReviewsTheirOwnResponse(t *testing.T) {
	d, id, response := heldForReview(t)
	decision, err := d.Reassign(t.Context(), srmt.Reassignment{RequestID: id, By: supervisor.ID, Seen: 2, To: supervisor.ID, Why: srmt.StaffChange})
	allowed(t, decision, err)
	response.By, response.Seen = supervisor.ID, 3
	decision, err = d.Propose(t.Context(), response)
	allowed(t, decision, err)
	decision, err = d.Approve(t.Context(), srmt.Approval{RequestID: id, By: supervisor.ID, Seen: 4})
	require.NoError(t, err)
	require.Equal(t, reasons("only_reviewer_reviews"), decision.Reasons)
	decision, err = d.Approve(t.Context(), srmt.Approval{RequestID: id, By: otherSupervisor.ID, Seen: 4})
	allowed(t, decision, err)
}

// SR-5, SR-6: a proposal goes with its author: it is gone once somebody else is to hold the request.
func TestSR5_AProposalIsGoneOnceTheRequestIsHandedOn(t *testing.T) {
	proposed := srmttest.NewReviewedHistory("r1")[:5]
	state := replayed(t, proposed)
	require.Equal(t, 5, state.Proposed)
	for name, step := range map[string]srmt.Step{
		"reassigned": {Kind: srmt.StepReassigned, By: supervisor.ID, Officer: otherOfficer.ID, Why: srmt.StaffChange},
		"returned":   {Kind: srmt.StepReturned, Why: srmt.StaffChange},
		"redirected": {Kind: srmt.StepRedirected, By: supervisor.ID, Office: "SSC", Why: srmt.OfficeBandwidth},
		"responded":  {Kind: srmt.StepResponded, By: officer.ID, Finding: mailedAgain, Message: proposed[4].Message},
	} {
		step.Seq, step.At = 6, srmttest.Start()
		after, err := srmt.Extend(state, step)
		require.NoError(t, err, name)
		require.Zero(t, after.Proposed, name)
		for _, by := range []srmt.Staff{supervisor, otherSupervisor} {
			require.NotContains(t, after.OpenTo(by, today), srmt.StepApproved, name)
		}
	}
	for name, step := range map[string]srmt.Step{
		"a message": {Kind: srmt.StepCorresponded, By: officer.ID, Message: srmttest.NewMessage(srmt.FromCustomer, erequest.ByEmail)},
		"a note":    {Kind: srmt.StepNoted, By: supervisor.ID, Message: srmt.Message{Text: letter}},
	} {
		step.Seq, step.At = 6, srmttest.Start()
		after, err := srmt.Extend(state, step)
		require.NoError(t, err, name)
		require.Equal(t, 5, after.Proposed, name)
	}
}

// SR-7: if the history cannot be read, nothing is approved.
func TestApprove_AStoreThatIsDownIsAnError(t *testing.T) {
	d, id, response := heldForReview(t)
	decision, err := d.Propose(t.Context(), response)
	allowed(t, decision, err)
	d.over(downStore{d.Store, "History"})
	decision, err = d.Approve(t.Context(), srmt.Approval{RequestID: id, By: supervisor.ID, Seen: 3})
	require.EqualError(t, err, "srmt: act on request: down")
	require.Zero(t, decision)
}

// A caller who changes the policy after the service was made changes nothing.
func TestNewService_KeepsWhatIsReviewed(t *testing.T) {
	findings := []letters.Finding{letters.NoError}
	d := newDesk(t, func(w *srmttest.World) { w.Policy.Review = findings })
	findings[0] = letters.Corrected
	id := d.FileAndReceive("NSC")
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	decision, err := d.Respond(t.Context(), srmt.Response{RequestID: id, By: officer.ID, Seen: 2, Means: erequest.ByLetter, Finding: letters.NoError, Text: letter})
	require.NoError(t, err)
	require.Equal(t, reasons("needs_review"), decision.Reasons)
}
