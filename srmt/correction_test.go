package srmt_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	letters "github.com/seed28e20331/cris/srmt/letter"
)

// SR-7, SR-8: what was sent stays, and a correction follows it, by whoever responded or by a
// supervisor of the office.
func TestSR8_ACorrectionFollowsTheResponseAndChangesNothingElse(t *testing.T) {
	closed := stateAfter(t, 7)
	response := srmt.Response{Means: erequest.ByEmail, Finding: letters.NotMailed, Text: letter}
	for _, author := range []srmt.Staff{farOfficer, farSupervisor} {
		decision := srmt.DecideCorrection(closed, by(author, closed), onFile, response, srmt.Policy{})
		require.Equal(t, srmt.Decision{
			Outcome: srmt.Allowed, Reasons: reasons("correction_kept"),
			Step: srmt.Step{
				Seq: 8, Kind: srmt.StepCorrected, At: by(author, closed).At, By: author.ID, Finding: letters.NotMailed,
				Message: srmt.Message{Direction: srmt.ToCustomer, Means: erequest.ByEmail, Text: letter},
			},
		}, decision)
		after := requireFollows(t, decision, 7)
		after.Version--
		require.Equal(t, closed, after)
	}
	for name, test := range map[string]struct {
		state  srmt.ServiceRequest
		author srmt.Staff
		spoil  func(*srmt.Response)
		want   []cris.Code
	}{
		"before there is a response": {stateAfter(t, 6), farOfficer, func(*srmt.Response) {}, []cris.Code{"nothing_to_correct"}},
		"while it is unassigned":     {stateAfter(t, 5), farSupervisor, func(*srmt.Response) {}, []cris.Code{"nothing_to_correct"}},
		"by somebody else":           {closed, officer, func(*srmt.Response) {}, []cris.Code{"only_holder_corrects"}},
		"to nobody":                  {closed, farOfficer, func(r *srmt.Response) { r.Means = "" }, []cris.Code{"response_not_to_them"}},
		"without a finding":          {closed, farOfficer, func(r *srmt.Response) { r.Finding = "" }, []cris.Code{"finding_missing"}},
		"without words":              {closed, farOfficer, func(r *srmt.Response) { r.Text = cris.Personal[string]{} }, []cris.Code{"response_unreadable"}},
	} {
		spoiled := response
		test.spoil(&spoiled)
		decision := srmt.DecideCorrection(test.state, by(test.author, test.state), onFile, spoiled, srmt.Policy{})
		require.Equal(t, srmt.Refused, decision.Outcome, name)
		require.Equal(t, reasons(test.want...), decision.Reasons, name)
	}
}

// SR-7: a correction is no way around the review.
func TestSR7_ACorrectionThatWouldBeReviewedIsSentByASupervisor(t *testing.T) {
	closed := stateAfter(t, 7)
	policy := srmt.Policy{Review: []letters.Finding{letters.NotMailed}}
	response := srmt.Response{Means: erequest.ByEmail, Finding: letters.NotMailed, Text: letter}
	decision := srmt.DecideCorrection(closed, by(farOfficer, closed), onFile, response, policy)
	require.Equal(t, reasons("supervisor_corrects"), decision.Reasons)
	require.Equal(t, srmt.Allowed, srmt.DecideCorrection(closed, by(farSupervisor, closed), onFile, response, policy).Outcome)
	closed.Officer = farSupervisor.ID // who held it
	decision = srmt.DecideCorrection(closed, by(farSupervisor, closed), onFile, response, policy)
	require.Equal(t, reasons("supervisor_corrects"), decision.Reasons)
}

// SR-8: a correction from a template is kept with its edition, among the messages, and without an
// event.
func TestSR8_ACorrectionIsAMessage(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	d.MustRespond(id, 2, officer.ID)
	before, err := d.db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	correction := srmt.Response{RequestID: id, By: supervisor.ID, Seen: 3, Means: erequest.ByLetter, Finding: letters.NoError, Letter: &srmt.Draft{}}
	decision, err := d.Correct(t.Context(), correction)
	allowed(t, decision, err)
	require.NotEmpty(t, decision.Step.Letter)
	decision, err = d.Correct(t.Context(), correction)
	require.NoError(t, err)
	require.Equal(t, srmt.AlreadyDone, decision.Outcome)
	after, err := d.db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	require.Equal(t, before, after)
	history, err := d.History(t.Context(), officer.ID, id)
	require.NoError(t, err)
	require.Equal(t, history[2:], srmt.Messages(history))
}
