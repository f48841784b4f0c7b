package srmt_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// asking is a message that asks the customer for something.
func asking() srmt.Message {
	message := srmttest.NewMessage(srmt.ToCustomer, erequest.ByEmail)
	message.Asks = true
	return message
}

// SR-8, SR-9a: a request shows since when an answer is awaited, until the customer writes, it goes to
// another office, or it is responded to. Nothing of this moves its due date.
func TestSR8_ARequestWaitsFromTheFirstMessageThatAsksUntilTheCustomerAnswers(t *testing.T) {
	answer, told := srmttest.NewMessage(srmt.FromCustomer, erequest.ByEmail), srmttest.NewMessage(srmt.ToCustomer, erequest.ByEmail)
	since := srmttest.Start().Add(2 * time.Second)
	response := srmt.Step{Kind: srmt.StepResponded, By: officer.ID, Finding: mailedAgain, Message: told}
	proposal := srmt.Step{Kind: srmt.StepProposed, By: officer.ID, Finding: mailedAgain, Message: told}
	asked := srmt.Step{Kind: srmt.StepCorresponded, By: officer.ID, Message: asking()}
	for name, test := range map[string]struct {
		then  srmt.Step
		waits bool
	}{
		"nothing yet":               {srmt.Step{}, true},
		"asked again":               {asked, true},
		"told something":            {srmt.Step{Kind: srmt.StepCorresponded, By: officer.ID, Message: told}, true},
		"a note":                    {srmt.Step{Kind: srmt.StepNoted, By: officer.ID, Message: srmt.Message{Text: letter}}, true},
		"proposed":                  {proposal, true},
		"reassigned":                {srmt.Step{Kind: srmt.StepReassigned, By: supervisor.ID, Officer: otherOfficer.ID, Why: srmt.StaffChange}, true},
		"the officer has left":      {srmt.Step{Kind: srmt.StepReturned, Why: srmt.StaffChange}, true},
		"the customer writes":       {srmt.Step{Kind: srmt.StepCorresponded, By: supervisor.ID, Message: answer}, false},
		"redirected":                {srmt.Step{Kind: srmt.StepRedirected, By: supervisor.ID, Office: "SSC", Why: srmt.OfficeBandwidth}, false},
		"moved on, office closed":   {srmt.Step{Kind: srmt.StepRedirected, Office: "SSC", Why: srmt.OfficeLocationAlignment}, false},
		"responded to all the same": {response, false},
	} {
		history := slices.Concat(srmttest.NewHistory("r1")[:2], []srmt.Step{asked, test.then})
		if test.then.Kind == "" {
			history = history[:3]
		}
		for i := range history {
			history[i].Seq, history[i].At = i+1, srmttest.Start().Add(time.Duration(i)*time.Second)
		}
		state := replayed(t, history)
		require.Equal(t, test.waits, !state.Waiting.IsZero(), name)
		if test.waits {
			require.Equal(t, since, state.Waiting, name)
		}
		require.Equal(t, stateAfter(t, 2).Due, state.Due, name)
	}
	reviewed := srmttest.NewReviewedHistory("r1")
	require.False(t, replayed(t, reviewed[:8]).Waiting.IsZero())
	require.Zero(t, replayed(t, reviewed[:9]).Waiting, "approved, and so sent")
}

// SR-8: an officer asks, the customer answers, and the supervisor counts what waits.
func TestSR8_AskedAndAnswered(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	d.FileAndReceive("NSC")
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	waiting := func() (int, srmt.ServiceRequest) {
		counts, err := d.Count(t.Context(), supervisor.ID, "NSC", 0)
		require.NoError(t, err)
		for request, err := range d.Worklist(t.Context(), officer.ID, "NSC", srmt.Page{}) {
			require.NoError(t, err)
			return counts.Waiting, request
		}
		return counts.Waiting, srmt.ServiceRequest{}
	}
	d.Clock.Advance(time.Hour)
	decision, err := d.Correspond(t.Context(), srmt.Correspondence{RequestID: id, By: officer.ID, Seen: 2, Message: asking()})
	allowed(t, decision, err)
	count, request := waiting()
	require.Equal(t, 1, count)
	require.Equal(t, d.Clock.Now(), request.Waiting)
	d.Clock.Advance(time.Hour)
	decision, err = d.Correspond(t.Context(), srmt.Correspondence{RequestID: id, By: supervisor.ID, Seen: 3, Message: srmttest.NewMessage(srmt.FromCustomer, erequest.ByLetter)})
	allowed(t, decision, err)
	count, request = waiting()
	require.Zero(t, count)
	require.Zero(t, request.Waiting)
}

func TestSR8_OnlyAMessageToTheCustomerAboutAnOpenRequestAsks(t *testing.T) {
	fromCustomer := asking()
	fromCustomer.Direction = srmt.FromCustomer
	assigned, closed := stateAfter(t, 2), stateAfter(t, 7)
	require.Equal(t, srmt.Allowed, srmt.DecideCorrespondence(assigned, by(officer, assigned), asking()).Outcome)
	require.Equal(t, reasons("message_cannot_ask"), srmt.DecideCorrespondence(assigned, by(officer, assigned), fromCustomer).Reasons)
	require.Equal(t, reasons("message_cannot_ask"), srmt.DecideCorrespondence(closed, by(farOfficer, closed), asking()).Reasons)
}

// SR-8: whatever somebody writes has a limit, to the byte.
func TestSR8_TextsAreNotLongerThanTheLimit(t *testing.T) {
	assigned, proposed := stateAfter(t, 2), replayed(t, srmttest.NewReviewedHistory("r1")[:5])
	for length, isFine := range map[int]bool{longest: true, longest + 1: false} {
		text := cris.NewPersonal(strings.Repeat("ñ", longest/2) + strings.Repeat("x", length-longest))
		message := srmttest.NewMessage(srmt.ToCustomer, erequest.ByLetter)
		message.Text = text
		for name, decision := range map[string]srmt.Decision{
			"a message":  srmt.DecideCorrespondence(assigned, by(officer, assigned), message),
			"a note":     srmt.DecideNote(assigned, by(officer, assigned), text),
			"a response": srmt.DecideResponse(assigned, by(officer, assigned), onFile, srmt.Response{Means: erequest.ByLetter, Finding: mailedAgain, Text: text}, srmt.Policy{}),
			"a review":   srmt.DecideSendBack(proposed, by(supervisor, proposed), text),
			"a transfer": srmt.DecideRedirection(assigned, by(supervisor, assigned), knownOffice(t, "SSC"), srmt.StaffChange, text, srmt.Policy{}),
		} {
			require.Equal(t, isFine, decision.Outcome == srmt.Allowed, "%s of %d bytes: %v", name, length, decision.Reasons)
		}
	}
}
