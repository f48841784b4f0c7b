package srmt_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

var letter = cris.NewPersonal("Dear Ana María, your card is on its way.")

func TestSR7_OfficerAnswersByLetterEmailOrTelephone(t *testing.T) {
	assigned := stateAfter(t, 2)
	for _, means := range []srmt.Means{srmt.ByLetter, srmt.ByEmail, srmt.ByTelephone} {
		decision := srmt.DecideResponse(assigned, by(officer, assigned), means, letter)
		require.Equal(t, srmt.Decision{
			Outcome: srmt.Allowed,
			Step: srmt.Step{
				Seq: 3, Kind: srmt.StepResponded, At: srmttest.Start(), By: "iio-nsc",
				Message: srmt.Message{Direction: srmt.ToCustomer, Means: means, Text: letter},
			},
			Reasons: []cris.Reason{{Rule: "SR-7", Text: "the response is recorded and the request closed"}},
		}, decision)
		require.Equal(t, srmt.Closed, requireFollows(t, decision, 2).Status)
	}
}

func TestSR7_WhatIsNoResponse(t *testing.T) {
	assigned := stateAfter(t, 2)
	for name, test := range map[string]struct {
		means srmt.Means
		text  string
		want  []cris.RuleID
	}{
		"no means":           {"", "text", []cris.RuleID{"SR-7"}},
		"other means":        {"fax", "text", []cris.RuleID{"SR-7"}},
		"no text":            {srmt.ByLetter, "", []cris.RuleID{"SR-7"}},
		"blank text":         {srmt.ByLetter, " \r\n\t ", []cris.RuleID{"SR-7"}},
		"not UTF-8":          {srmt.ByLetter, "caf\xe9", []cris.RuleID{"SR-7"}},
		"NUL":                {srmt.ByLetter, "a\x00b", []cris.RuleID{"SR-7"}},
		"everything at once": {"fax", "\x00", []cris.RuleID{"SR-7", "SR-7"}},
	} {
		t.Run(name, func(t *testing.T) {
			requireRefused(t, srmt.DecideResponse(assigned, by(officer, assigned), test.means, cris.NewPersonal(test.text)), test.want...)
		})
	}
}

func TestSR4_OnlyWhoHoldsTheRequestResponds(t *testing.T) {
	unassigned, assigned, closed := stateAfter(t, 1), stateAfter(t, 2), stateAfter(t, 7)
	moved := officer
	moved.Office = "SSC"
	for name, test := range map[string]struct {
		state  srmt.ServiceRequest
		author srmt.Staff
		want   []cris.RuleID
	}{
		"another officer":               {assigned, otherOfficer, []cris.RuleID{"SR-4"}},
		"a supervisor":                  {assigned, supervisor, []cris.RuleID{"SR-4"}},
		"an officer elsewhere":          {assigned, farOfficer, []cris.RuleID{"SR-4"}},
		"who held it and moved away":    {assigned, moved, []cris.RuleID{"SR-4"}},
		"who held it before":            {stateAfter(t, 4), officer, []cris.RuleID{"SR-4"}},
		"an officer, while unassigned":  {unassigned, officer, []cris.RuleID{"SR-4"}},
		"who answered already":          {closed, farOfficer, []cris.RuleID{"SR-1"}},
		"someone else, after the close": {closed, officer, []cris.RuleID{"SR-1", "SR-4"}},
		"PV-3: someone unknown":         {assigned, nobody, []cris.RuleID{"PV-3"}},
		"PV-3: unknown and unassigned":  {unassigned, nobody, []cris.RuleID{"PV-3"}},
	} {
		t.Run(name, func(t *testing.T) {
			requireRefused(t, srmt.DecideResponse(test.state, by(test.author, test.state), srmt.ByLetter, letter), test.want...)
		})
	}
	// A supervisor to whom it was reassigned holds it.
	reassigned := stateAfter(t, 4)
	require.Equal(t, srmt.Allowed, srmt.DecideResponse(reassigned, by(supervisor, reassigned), srmt.ByLetter, letter).Outcome)
}

func TestSR8_MessagesAreKeptInBothDirections(t *testing.T) {
	for name, test := range map[string]struct {
		steps  int
		author srmt.Staff
	}{
		"by a supervisor while unassigned": {1, supervisor},
		"by who holds it":                  {2, officer},
		"by a supervisor":                  {2, supervisor},
		"by who answered it, once closed":  {7, farOfficer},
		"by a supervisor, once closed":     {7, farSupervisor},
	} {
		for _, direction := range []srmt.Direction{srmt.ToCustomer, srmt.FromCustomer} {
			t.Run(name+" "+string(direction), func(t *testing.T) {
				before := stateAfter(t, test.steps)
				message := srmttest.Message(direction, srmt.ByEmail)
				decision := srmt.DecideCorrespondence(before, by(test.author, before), message)
				after := requireFollows(t, decision, test.steps)
				require.Equal(t, message, decision.Step.Message)
				before.Version++
				require.Equal(t, before, after, "nothing else changes")
			})
		}
	}
}

func TestSR8_WhatIsNotKept(t *testing.T) {
	assigned := stateAfter(t, 2)
	complete := srmttest.Message(srmt.FromCustomer, srmt.ByLetter)
	for name, test := range map[string]struct {
		author srmt.Staff
		spoil  func(m *srmt.Message)
		want   []cris.RuleID
	}{
		"from another officer":  {otherOfficer, func(*srmt.Message) {}, []cris.RuleID{"SR-4"}},
		"from elsewhere":        {farSupervisor, func(*srmt.Message) {}, []cris.RuleID{"SR-4"}},
		"without direction":     {officer, func(m *srmt.Message) { m.Direction = "" }, []cris.RuleID{"SR-8"}},
		"without means":         {officer, func(m *srmt.Message) { m.Means = "" }, []cris.RuleID{"SR-8"}},
		"without text":          {officer, func(m *srmt.Message) { m.Text = cris.Personal[string]{} }, []cris.RuleID{"SR-8"}},
		"everything at once":    {roleless, func(m *srmt.Message) { *m = srmt.Message{} }, []cris.RuleID{"SR-4", "SR-8", "SR-8", "SR-8"}},
		"PV-3: someone unknown": {nobody, func(*srmt.Message) {}, []cris.RuleID{"PV-3"}},
	} {
		t.Run(name, func(t *testing.T) {
			message := complete
			test.spoil(&message)
			requireRefused(t, srmt.DecideCorrespondence(assigned, by(test.author, assigned), message), test.want...)
		})
	}
}

func TestSR1_ClosedIsTheEnd(t *testing.T) {
	closed := stateAfter(t, 7)
	act := by(farSupervisor, closed)
	for name, decision := range map[string]srmt.Decision{
		"assign":   srmt.DecideAssignment(closed, act, farOfficer),
		"reassign": srmt.DecideReassignment(closed, act, farSupervisor, srmt.StaffChange),
		"redirect": srmt.DecideRedirection(closed, act, knownOffice(t, "NSC"), srmt.StaffChange, srmt.DefaultPolicy()),
		"respond":  srmt.DecideResponse(closed, by(farOfficer, closed), srmt.ByLetter, letter),
	} {
		t.Run(name, func(t *testing.T) { requireRefused(t, decision, "SR-1") })
	}
}

func TestSR11_ActOnAStateThatIsGoneIsOvertaken(t *testing.T) {
	state := stateAfter(t, 4)
	for _, seen := range []int{0, 1, 3, 5, -1} {
		act := srmt.Act{By: supervisor, At: srmttest.Start(), Seen: seen}
		for name, decision := range map[string]srmt.Decision{
			"assign":     srmt.DecideAssignment(state, act, officer),
			"reassign":   srmt.DecideReassignment(state, act, otherOfficer, srmt.StaffChange),
			"redirect":   srmt.DecideRedirection(state, act, knownOffice(t, "SSC"), srmt.StaffChange, srmt.DefaultPolicy()),
			"respond":    srmt.DecideResponse(state, act, srmt.ByLetter, letter),
			"correspond": srmt.DecideCorrespondence(state, act, srmttest.Message(srmt.ToCustomer, srmt.ByLetter)),
		} {
			require.Equal(t, srmt.Decision{Outcome: srmt.Overtaken, Reasons: []cris.Reason{
				{Rule: "SR-11", Text: "someone else acted on the request meanwhile: look at it again"},
			}}, decision, "%s, seen %d", name, seen)
		}
	}
	// Whom the directory does not know is not even told that.
	requireRefused(t, srmt.DecideAssignment(state, srmt.Act{Seen: 1}, officer), "PV-3")
}

func TestPV1_NothingPersonalPrints(t *testing.T) {
	history := srmttest.History("r1")
	assigned := stateAfter(t, 2)
	decision := srmt.DecideResponse(assigned, by(officer, assigned), srmt.ByLetter, letter)
	command := srmt.Response{RequestID: "r1", Text: letter}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		printed := fmt.Sprintf(verb+verb+verb, history, decision, command)
		require.NotContains(t, printed, "Ana")
		require.Contains(t, printed, cris.Redacted)
	}
}
