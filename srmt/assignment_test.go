package srmt_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

func TestSR3_SupervisorAssignsToAnOfficer(t *testing.T) {
	unassigned := stateAfter(t, 1)
	decision := srmt.DecideAssignment(unassigned, by(supervisor, unassigned), free(officer), srmt.Policy{})
	require.Equal(t, srmt.Decision{
		Outcome: srmt.Allowed,
		Step:    srmt.Step{Seq: 2, Kind: srmt.StepAssigned, At: srmttest.Start(), By: "siio-nsc-1", Officer: "iio-nsc-1"},
		Reasons: []cris.Reason{reason("assigned_by_supervisor")},
	}, decision)
	state := requireFollows(t, decision, 1)
	require.Equal(t, srmt.Assigned, state.Status)
	require.Equal(t, officer.ID, state.Officer)
}

func TestSR3_NobodyElseAssignsAndToNobodyElse(t *testing.T) {
	unassigned, assigned, closed := stateAfter(t, 1), stateAfter(t, 2), stateAfter(t, 7)
	for name, test := range map[string]struct {
		state  srmt.ServiceRequest
		author srmt.Staff
		to     srmt.Staff
		want   []cris.RuleID
	}{
		"by an officer":                 {unassigned, officer, officer, []cris.RuleID{"SR-3"}},
		"by a supervisor elsewhere":     {unassigned, farSupervisor, officer, []cris.RuleID{"SR-3"}},
		"by someone without a role":     {unassigned, roleless, officer, []cris.RuleID{"SR-3"}},
		"to a supervisor":               {unassigned, supervisor, otherSupervisor, []cris.RuleID{"SR-3"}},
		"to an officer elsewhere":       {unassigned, supervisor, farOfficer, []cris.RuleID{"SR-3"}},
		"to someone unknown":            {unassigned, supervisor, nobody, []cris.RuleID{"SR-3"}},
		"to someone without a role":     {unassigned, supervisor, roleless, []cris.RuleID{"SR-3"}},
		"of an assigned request":        {assigned, supervisor, otherOfficer, []cris.RuleID{"SR-3"}},
		"of a closed request":           {closed, farSupervisor, farOfficer, []cris.RuleID{"SR-1"}},
		"everything at once":            {assigned, supervisor, farOfficer, []cris.RuleID{"SR-3", "SR-3"}},
		"everything at once and closed": {closed, farSupervisor, officer, []cris.RuleID{"SR-1", "SR-3"}},
		"PV-3: by someone unknown":      {unassigned, nobody, officer, []cris.RuleID{"PV-3"}},
	} {
		t.Run(name, func(t *testing.T) {
			requireRefused(t, srmt.DecideAssignment(test.state, by(test.author, test.state), free(test.to), srmt.Policy{}), test.want...)
		})
	}
}

func TestSR5_SupervisorReassignsWithinTheOffice(t *testing.T) {
	assigned := stateAfter(t, 2)
	for name, to := range map[string]srmt.Staff{
		"another officer":    otherOfficer,
		"another supervisor": otherSupervisor,
		"the supervisor":     supervisor,
	} {
		t.Run(name, func(t *testing.T) {
			decision := srmt.DecideReassignment(assigned, by(supervisor, assigned), srmt.Officer{Staff: to}, srmt.OfficeBandwidth, srmt.Policy{})
			state := requireFollows(t, decision, 2)
			require.Equal(t, srmt.Assigned, state.Status)
			require.Equal(t, to.ID, state.Officer)
			require.Equal(t, srmt.OfficeBandwidth, decision.Step.Why)
			require.Equal(t, []cris.RuleID{"SR-5"}, rules(decision))
		})
	}
}

func TestSR5_NobodyElseReassignsAndToNobodyElse(t *testing.T) {
	unassigned, assigned, closed := stateAfter(t, 1), stateAfter(t, 2), stateAfter(t, 7)
	for name, test := range map[string]struct {
		state  srmt.ServiceRequest
		author srmt.Staff
		to     srmt.Staff
		why    srmt.TransferReason
		want   []cris.RuleID
	}{
		"by the officer who holds it":   {assigned, officer, otherOfficer, srmt.StaffChange, []cris.RuleID{"SR-5"}},
		"by a supervisor elsewhere":     {assigned, farSupervisor, otherOfficer, srmt.StaffChange, []cris.RuleID{"SR-5"}},
		"to an officer elsewhere":       {assigned, supervisor, farOfficer, srmt.StaffChange, []cris.RuleID{"SR-5"}},
		"to someone unknown":            {assigned, supervisor, nobody, srmt.StaffChange, []cris.RuleID{"SR-5"}},
		"to who holds it":               {assigned, supervisor, officer, srmt.StaffChange, []cris.RuleID{"SR-5"}},
		"of an unassigned request":      {unassigned, supervisor, officer, srmt.StaffChange, []cris.RuleID{"SR-5"}},
		"unassigned, to nobody":         {unassigned, supervisor, nobody, srmt.StaffChange, []cris.RuleID{"SR-5", "SR-5"}},
		"of a closed request":           {closed, farSupervisor, farSupervisor, srmt.StaffChange, []cris.RuleID{"SR-1"}},
		"everything at once":            {unassigned, supervisor, farOfficer, "because", []cris.RuleID{"SR-5", "SR-5", "SR-6"}},
		"everything at once and closed": {closed, farSupervisor, officer, "", []cris.RuleID{"SR-1", "SR-5", "SR-6"}},
		"PV-3: by someone unknown":      {assigned, nobody, otherOfficer, srmt.StaffChange, []cris.RuleID{"PV-3"}},
	} {
		t.Run(name, func(t *testing.T) {
			requireRefused(t, srmt.DecideReassignment(test.state, by(test.author, test.state), free(test.to), test.why, srmt.Policy{}), test.want...)
		})
	}
}

func TestSR5_RequestOfWhoLeftIsReassigned(t *testing.T) {
	// Who held it is in no directory any more, and nobody asks.
	orphaned := stateAfter(t, 2)
	requireFollows(t, srmt.DecideReassignment(orphaned, by(supervisor, orphaned), free(otherOfficer), srmt.StaffChange, srmt.Policy{}), 2)
}

func TestSR6_FourReasonsAndNoOther(t *testing.T) {
	require.Len(t, srmt.TransferReasons(), 4)
	assigned := stateAfter(t, 2)
	to, receiver := knownOffice(t, "SSC"), free(otherOfficer)
	receiver.Accommodations = true
	for _, why := range srmt.TransferReasons() {
		reassigned := srmt.DecideReassignment(assigned, by(supervisor, assigned), receiver, why, srmt.Policy{})
		require.Equal(t, why, reassigned.Step.Why)
		requireFollows(t, reassigned, 2)
		redirected := srmt.DecideRedirection(assigned, by(supervisor, assigned), to, why, cris.Personal[string]{}, srmt.DefaultPolicy())
		require.Equal(t, why, redirected.Step.Why)
		requireFollows(t, redirected, 2)
	}
	for _, why := range []srmt.TransferReason{"", "because", "Staff Change", "staff change "} {
		requireRefused(t, srmt.DecideReassignment(assigned, by(supervisor, assigned), free(otherOfficer), why, srmt.Policy{}), "SR-6")
		requireRefused(t, srmt.DecideRedirection(assigned, by(supervisor, assigned), to, why, cris.Personal[string]{}, srmt.DefaultPolicy()), "SR-6")
	}
}
