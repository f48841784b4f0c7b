package srmt_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

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
				message := srmttest.NewMessage(direction, erequest.ByEmail)
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
	complete := srmttest.NewMessage(srmt.FromCustomer, erequest.ByLetter)
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
		"everything at once":    {officer, func(m *srmt.Message) { *m = srmt.Message{} }, []cris.RuleID{"SR-8", "SR-8", "SR-8"}},
		"PV-3: someone unknown": {nobody, func(*srmt.Message) {}, []cris.RuleID{"PV-3"}},
	} {
		t.Run(name, func(t *testing.T) {
			message := complete
			test.spoil(&message)
			requireRefused(t, srmt.DecideCorrespondence(assigned, by(test.author, assigned), message), test.want...)
		})
	}
}
