package srmt_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	letters "github.com/seed28e20331/cris/srmt/letter"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// stateAfter is the request of srmttest.History after its first n steps.
func stateAfter(t *testing.T, n int) srmt.ServiceRequest {
	t.Helper()
	state, err := srmt.Replay(srmttest.NewHistory("r1")[:n])
	require.NoError(t, err)
	return state
}

func TestSR10_StateIsWhatTheStepsAddUpTo(t *testing.T) {
	history := srmttest.NewHistory("r1")
	first := history[0].Origin
	for n, want := range []srmt.ServiceRequest{
		{Office: "NSC", Status: srmt.Unassigned},
		{Office: "NSC", Status: srmt.Assigned, Officer: "iio-nsc-1"},
		{Office: "NSC", Status: srmt.Assigned, Officer: "iio-nsc-1"}, // a message
		{Office: "NSC", Status: srmt.Assigned, Officer: "siio-nsc-1"},
		{Office: "SSC", Trail: "NSC", Status: srmt.Unassigned},
		{Office: "SSC", Trail: "NSC", Status: srmt.Assigned, Officer: "iio-ssc-1"},
		{Office: "SSC", Trail: "NSC", Status: srmt.Closed, Officer: "iio-ssc-1"},
		{Office: "SSC", Trail: "NSC", Status: srmt.Closed, Officer: "iio-ssc-1"}, // a message after the answer
		{Office: "SSC", Trail: "NSC", Status: srmt.Closed, Officer: "iio-ssc-1"}, // a note
	} {
		want.ID, want.Channel, want.Receipt, want.Issue = "r1", first.Channel, first.Receipt, first.Issue
		want.Language = first.Language
		want.Filed, want.Due, want.Version = first.Filed, first.Due, n+1
		require.Equal(t, want, stateAfter(t, n+1), "after step %d", n+1)
	}
}

func TestSR10_HistoryThatDoesNotAddUpIsAnError(t *testing.T) {
	change := func(seq int, spoil func(step *srmt.Step)) []srmt.Step {
		history := srmttest.NewHistory("r1")
		spoil(&history[seq-1])
		return history
	}
	reviewed := func(seq int, spoil func(step *srmt.Step)) []srmt.Step {
		return srmttest.NewReviewedHistory("r1", func(steps []srmt.Step) { spoil(&steps[seq-1]) })
	}
	for name, test := range map[string]struct {
		history []srmt.Step
		seq     int
	}{
		"no steps":                     {nil, 0},
		"two steps in one place":       {change(3, func(s *srmt.Step) { s.Seq = 2 }), 3},
		"receipt is missing":           {change(1, func(s *srmt.Step) { s.Kind = srmt.StepAssigned }), 1},
		"received twice":               {change(2, func(s *srmt.Step) { s.Kind = srmt.StepReceived }), 2},
		"request is not named":         {change(1, func(s *srmt.Step) { s.Origin.RequestID = "" }), 1},
		"day of filing is missing":     {change(1, func(s *srmt.Step) { s.Origin.Filed = cris.Date{} }), 1},
		"due date is missing":          {change(1, func(s *srmt.Step) { s.Origin.Due = cris.Date{} }), 1},
		"received nowhere":             {change(1, func(s *srmt.Step) { s.Office = "" }), 1},
		"when is missing":              {change(2, func(s *srmt.Step) { s.At = time.Time{} }), 2},
		"who is missing":               {change(2, func(s *srmt.Step) { s.By = "" }), 2},
		"why is missing":               {change(4, func(s *srmt.Step) { s.Why = "" }), 4},
		"why is no reason":             {change(5, func(s *srmt.Step) { s.Why = "because" }), 5},
		"assigned to nobody":           {change(2, func(s *srmt.Step) { s.Officer = "" }), 2},
		"reassigned to nobody":         {change(4, func(s *srmt.Step) { s.Officer = "" }), 4},
		"redirected nowhere":           {change(5, func(s *srmt.Step) { s.Office = "" }), 5},
		"reassigned while unassigned":  {change(6, func(s *srmt.Step) { s.Kind, s.Why = srmt.StepReassigned, srmt.StaffChange }), 6},
		"assigned twice":               {change(4, func(s *srmt.Step) { s.Kind = srmt.StepAssigned }), 4},
		"answered by someone else":     {change(7, func(s *srmt.Step) { s.By = "siio-ssc-1" }), 7},
		"answered without words":       {change(7, func(s *srmt.Step) { s.Message.Text = cris.Personal[string]{} }), 7},
		"answered by the customer":     {change(7, func(s *srmt.Step) { s.Message.Direction = srmt.FromCustomer }), 7},
		"answered by carrier pigeon":   {change(7, func(s *srmt.Step) { s.Message.Means = "pigeon" }), 7},
		"answered to nobody":           {change(7, func(s *srmt.Step) { s.Message.Means, s.Message.ToRepresentative = "", "" }), 7},
		"a pigeon to the attorney":     {change(7, func(s *srmt.Step) { s.Message.ToRepresentative = "pigeon" }), 7},
		"a message with a copy":        {change(3, func(s *srmt.Step) { s.Message.ToRepresentative = erequest.ByEmail }), 3},
		"a note to the customer":       {change(3, func(s *srmt.Step) { s.Kind = srmt.StepNoted }), 3},
		"a note without words":         {change(3, func(s *srmt.Step) { s.Kind, s.Message = srmt.StepNoted, srmt.Message{} }), 3},
		"message from nobody":          {change(3, func(s *srmt.Step) { s.Message.Direction = "" }), 3},
		"message without words":        {change(3, func(s *srmt.Step) { s.Message.Text = cris.Personal[string]{} }), 3},
		"redirected after the answer":  {change(8, func(s *srmt.Step) { s.Kind, s.Office, s.Why = srmt.StepRedirected, "NSC", srmt.StaffChange }), 8},
		"assigned after the answer":    {change(8, func(s *srmt.Step) { s.Kind, s.Officer = srmt.StepAssigned, "iio-ssc-1" }), 8},
		"answered after the answer":    {change(8, func(s *srmt.Step) { s.Kind, s.Message.Direction = srmt.StepResponded, srmt.ToCustomer }), 8},
		"filed once more":              {change(3, func(s *srmt.Step) { s.Origin.Issue = erequest.CardNotReceived }), 3},
		"answered without a finding":   {change(7, func(s *srmt.Step) { s.Finding = "" }), 7},
		"answered with a guess":        {change(7, func(s *srmt.Step) { s.Finding = "perhaps" }), 7},
		"answered by a question":       {change(7, func(s *srmt.Step) { s.Message.Asks = true }), 7},
		"answered with half a list":    {change(7, func(s *srmt.Step) { s.Message.Attached.Text = cris.NewPersonal("file-1\tapplication/pdf") }), 7},
		"a message with attachments":   {change(3, func(s *srmt.Step) { s.Message.Attached = srmt.NewAttached(letters.Attachment{}) }), 3},
		"assigned with a finding":      {change(2, func(s *srmt.Step) { s.Finding = mailedAgain }), 2},
		"a note from a template":       {change(9, func(s *srmt.Step) { s.Letter = "edition" }), 9},
		"the customer asks":            {change(3, func(s *srmt.Step) { s.Message.Asks = true }), 3},
		"asked once it is closed":      {change(8, func(s *srmt.Step) { s.Message.Asks, s.Message.Direction = true, srmt.ToCustomer }), 8},
		"approved, with no proposal":   {change(7, func(s *srmt.Step) { s.Kind, s.By = srmt.StepApproved, "siio-ssc-1" }), 7},
		"sent back, with no proposal":  {change(9, func(s *srmt.Step) { s.Kind = srmt.StepSentBack }), 9},
		"proposed by somebody else":    {reviewed(5, func(s *srmt.Step) { s.By = "iio-nsc-2" }), 5},
		"proposed without a finding":   {reviewed(5, func(s *srmt.Step) { s.Finding = "" }), 5},
		"proposed to nobody":           {reviewed(5, func(s *srmt.Step) { s.Message.Means = "" }), 5},
		"sent back by the author":      {reviewed(6, func(s *srmt.Step) { s.By = "iio-nsc-1" }), 6},
		"sent back without words":      {reviewed(6, func(s *srmt.Step) { s.Message = srmt.Message{} }), 6},
		"approved by the author":       {reviewed(9, func(s *srmt.Step) { s.By = "iio-nsc-1" }), 9},
		"approved without words":       {reviewed(9, func(s *srmt.Step) { s.Message.Text = cris.Personal[string]{} }), 9},
		"approved after it went back":  {reviewed(8, func(s *srmt.Step) { s.Kind, s.By = srmt.StepApproved, "siio-nsc-1" }), 8},
		"corrected before it is sent":  {reviewed(9, func(s *srmt.Step) { s.Kind = srmt.StepCorrected }), 9},
		"corrected without a finding":  {reviewed(10, func(s *srmt.Step) { s.Finding = "" }), 10},
		"corrected by nobody":          {reviewed(10, func(s *srmt.Step) { s.By = "" }), 10},
		"a kind that is not known":     {change(2, func(s *srmt.Step) { s.Kind = "lost" }), 2},
		"two requests in one history":  {slices.Concat(srmttest.NewHistory("r1"), srmttest.NewHistory("r2")), 10},
		"the numbering begins at zero": {change(1, func(s *srmt.Step) { s.Seq = 0 }), 1},
	} {
		t.Run(name, func(t *testing.T) {
			state, err := srmt.Replay(test.history)
			var problem *srmt.HistoryError
			require.ErrorAs(t, err, &problem)
			require.Equal(t, test.seq, problem.Seq)
			require.NotEmpty(t, problem.Error())
			require.Zero(t, state)
		})
	}
}

func TestSR10_NoStepCanBeTakenOut(t *testing.T) {
	history := srmttest.NewHistory("r1")
	for n := range len(history) - 1 { // without the last, it is the history of a moment ago
		without := slices.Delete(slices.Clone(history), n, n+1)
		_, err := srmt.Replay(without)
		require.Error(t, err, "step %d", n+1)
	}
}

func TestSR10_ExtendGoesOnWithAHistory(t *testing.T) {
	history := srmttest.NewHistory("r1")
	state, err := srmt.Extend(replayed(t, history[:2]), history[2:]...)
	require.NoError(t, err)
	require.Equal(t, stateAfter(t, len(history)), state)
	require.Equal(t, srmttest.NewHistory("r1"), history, "Extend changes nothing")

	_, err = srmt.Extend(replayed(t, history), history[2:]...)
	require.EqualError(t, err, "srmt: history, step 10: the numbering has a gap")
}

func TestSR10_ApplyKnowsWhoseHistoryItIs(t *testing.T) {
	history := srmttest.NewHistory("r1")
	scope := srmt.Scope{Requests: []string{"r2", "r1"}}
	_, err := scope.Apply(make([]srmt.ServiceRequest, 2), srmt.Change{Steps: map[string][]srmt.Step{"r2": history[:1]}})
	require.EqualError(t, err, "srmt: history, step 1: the step belongs to another request")
	after, err := scope.Apply(make([]srmt.ServiceRequest, 2), srmt.Change{Steps: map[string][]srmt.Step{"r1": history}})
	require.NoError(t, err)
	require.Equal(t, map[string]srmt.ServiceRequest{"r1": stateAfter(t, len(history))}, after)
	_, err = scope.Apply(make([]srmt.ServiceRequest, 2), srmt.Change{Steps: map[string][]srmt.Step{"r3": history}})
	require.EqualError(t, err, "srmt: steps of a request outside the scope")
}

func TestSR10_ExtendByNothingChangesNothing(t *testing.T) {
	for _, before := range []srmt.ServiceRequest{{}, stateAfter(t, 1), stateAfter(t, 8)} {
		after, err := srmt.Extend(before)
		require.NoError(t, err)
		require.Equal(t, before, after)
	}
}

func TestSR9_OverdueFromTheDayAfterTheDueDate(t *testing.T) {
	open := stateAfter(t, 1)
	require.Equal(t, cris.MustParseDate("2013-08-15"), open.Filed)
	require.Equal(t, cris.MustParseDate("2013-09-14"), open.Due)
	for day, overdue := range map[string]bool{
		"2013-08-15": false,
		"2013-09-13": false,
		"2013-09-14": false, // SR-9a: due by the end of this day
		"2013-09-15": true,
		"2014-09-15": true,
	} {
		require.Equal(t, overdue, open.Overdue(cris.MustParseDate(day)), day)
		require.False(t, stateAfter(t, 7).Overdue(cris.MustParseDate(day)), "answered")
	}
}

func TestSR9a_HandingOnDoesNotMoveTheDueDate(t *testing.T) {
	for n := range srmttest.NewHistory("r1") {
		require.Equal(t, cris.MustParseDate("2013-09-14"), stateAfter(t, n+1).Due)
	}
	redirected := stateAfter(t, 5)
	require.False(t, redirected.Overdue(cris.MustParseDate("2013-09-14")))
	require.True(t, redirected.Overdue(cris.MustParseDate("2013-09-15")))
}

func TestSR8_MessagesOfAHistory(t *testing.T) {
	history := srmttest.NewHistory("r1")
	require.Equal(t, []srmt.Step{history[2], history[6], history[7]}, srmt.Messages(history))
	require.Empty(t, srmt.Messages(nil))
	require.Empty(t, srmt.Messages(history[:2]))
}
