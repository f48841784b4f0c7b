package srmt_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// assignments gives each request to the officer, at its first version.
func assignments(officer srmt.StaffID, requests ...string) (all []srmt.Assignment) {
	for _, id := range requests {
		all = append(all, srmt.Assignment{RequestID: id, By: supervisor.ID, Seen: 1, To: officer})
	}
	return all
}

// told are the outcome and the reasons of each decision.
func told(decisions []srmt.Decision) (all []string) {
	for _, d := range decisions {
		parts := []string{string(d.Outcome)}
		for _, reason := range d.Reasons {
			parts = append(parts, string(reason.Code))
		}
		all = append(all, strings.Join(parts, " "))
	}
	return all
}

// SR-3: all of them or none.
func TestSR3_AssignedTogetherOrNotAtAll(t *testing.T) {
	d := newDesk(t)
	a, b, far := d.FileAndReceive("NSC"), d.FileAndReceive("NSC"), d.FileAndReceive("SSC")
	decisions, err := d.AssignMany(t.Context(), assignments(officer.ID, a, far, b), srmt.Together)
	require.NoError(t, err)
	require.Equal(t, []string{"refused srmt.not_all_allowed", "refused srmt.only_supervisor_assigns", "refused srmt.not_all_allowed"}, told(decisions))
	require.Equal(t, []string{a, b}, d.ids(t, srmt.Query{Office: "NSC", Status: srmt.Unassigned}))

	for _, want := range []string{"allowed srmt.assigned_by_supervisor", "already_done srmt.done_before"} {
		decisions, err = d.AssignMany(t.Context(), assignments(officer.ID, a, b), srmt.Together)
		require.NoError(t, err)
		require.Equal(t, []string{want, want}, told(decisions))
		require.Equal(t, []string{a, b}, d.ids(t, srmt.Query{Officer: officer.ID}))
		require.Equal(t, srmt.StepAssigned, decisions[1].Step.Kind)
	}
	for _, id := range []string{a, b} {
		history, err := d.Store.History(t.Context(), id)
		require.NoError(t, err)
		require.Len(t, history, 2)
	}
}

// SR-11: what was done before counts once, and the rest is done.
func TestSR11_WhatIsLeftOfABulkIsDone(t *testing.T) {
	d := newDesk(t)
	a, b, c := d.FileAndReceive("NSC"), d.FileAndReceive("NSC"), d.FileAndReceive("NSC")
	d.MustAssign(b, 1, supervisor.ID, officer.ID)
	decisions, err := d.AssignMany(t.Context(), assignments(officer.ID, a, b, c), srmt.Together)
	require.NoError(t, err)
	require.Equal(t, []string{"allowed srmt.assigned_by_supervisor", "already_done srmt.done_before", "allowed srmt.assigned_by_supervisor"}, told(decisions))
	require.Equal(t, []string{a, b, c}, d.ids(t, srmt.Query{Officer: officer.ID}))

	// Somebody else's act is no repetition: nothing is done then.
	e, f := d.FileAndReceive("NSC"), d.FileAndReceive("NSC")
	d.MustAssign(f, 1, supervisor.ID, otherOfficer.ID)
	decisions, err = d.AssignMany(t.Context(), assignments(officer.ID, e, f), srmt.Together)
	require.NoError(t, err)
	require.Equal(t, []string{"refused srmt.not_all_allowed", "overtaken srmt.overtaken_by_others"}, told(decisions))
	require.Equal(t, []string{e}, d.ids(t, srmt.Query{Status: srmt.Unassigned}))
}

// SR-11: one request twice in a bulk is two acts, and the second is overtaken by the first.
func TestSR11_OneRequestTwiceInABulk(t *testing.T) {
	d := newDesk(t)
	a, b := d.FileAndReceive("NSC"), d.FileAndReceive("NSC")
	decisions, err := d.AssignMany(t.Context(), append(assignments(officer.ID, a, b), assignments(otherOfficer.ID, a)...), srmt.Together)
	require.NoError(t, err)
	require.Equal(t, []string{"refused srmt.not_all_allowed", "refused srmt.not_all_allowed", "overtaken srmt.overtaken_by_others"}, told(decisions))
	require.Equal(t, []string{a, b}, d.ids(t, srmt.Query{Status: srmt.Unassigned}))

	// In a row, as they say they are.
	next := srmt.Assignment{RequestID: a, By: supervisor.ID, Seen: 1, To: officer.ID}
	again := srmt.Reassignment{RequestID: a, By: supervisor.ID, Seen: 2, To: otherOfficer.ID, Why: srmt.OfficeBandwidth}
	decision, err := d.Assign(t.Context(), next)
	allowed(t, decision, err)
	decisions, err = d.ReassignMany(t.Context(), []srmt.Reassignment{again, {RequestID: a, By: supervisor.ID, Seen: 3, To: officer.ID, Why: srmt.OfficeBandwidth}}, srmt.Together)
	require.NoError(t, err)
	require.Equal(t, []string{"allowed srmt.reassigned_by_supervisor", "allowed srmt.reassigned_by_supervisor"}, told(decisions))
	history, err := d.Store.History(t.Context(), a)
	require.NoError(t, err)
	require.Len(t, history, 4)
}

// SR-3: each for itself, and each is told.
func TestSR3_AssignedEachForItself(t *testing.T) {
	d := newDesk(t)
	a, b, far := d.FileAndReceive("NSC"), d.FileAndReceive("NSC"), d.FileAndReceive("SSC")
	decisions, err := d.AssignMany(t.Context(), assignments(officer.ID, a, far, b, "unknown"), srmt.Each)
	require.NoError(t, err)
	refused := "refused srmt.only_supervisor_assigns"
	require.Equal(t, []string{"allowed srmt.assigned_by_supervisor", refused, "allowed srmt.assigned_by_supervisor", refused}, told(decisions))
	require.Equal(t, []string{a, b}, d.ids(t, srmt.Query{Officer: officer.ID}))

	d.over(downStore{d.Store, "Update"})
	decisions, err = d.AssignMany(t.Context(), assignments(officer.ID, far), srmt.Each)
	require.ErrorIs(t, err, errDown)
	require.Empty(t, decisions)
}

// SR-5, SR-6: a supervisor redirects in bulk, each with its reason.
func TestSR5_RedirectedInBulk(t *testing.T) {
	d := newDesk(t)
	a, b := d.FileAndReceive("NSC"), d.FileAndReceive("NSC")
	redirections := []srmt.Redirection{
		{RequestID: a, By: supervisor.ID, Seen: 1, To: "SSC", Why: srmt.OfficeBandwidth},
		{RequestID: b, By: supervisor.ID, Seen: 1, To: "nsc", Why: srmt.OfficeBandwidth},
	}
	decisions, err := d.RedirectMany(t.Context(), redirections, srmt.Together)
	require.NoError(t, err)
	require.Equal(t, []string{"refused srmt.not_all_allowed", "refused srmt.there_already"}, told(decisions))
	redirections[1].To = "ssc"
	decisions, err = d.RedirectMany(t.Context(), redirections, srmt.Together)
	require.NoError(t, err)
	require.Equal(t, []string{"allowed srmt.redirected_by_supervisor", "allowed srmt.redirected_by_supervisor"}, told(decisions))
	require.Equal(t, []string{a, b}, d.ids(t, srmt.Query{Office: "SSC", Status: srmt.Unassigned}))
}

// PV-3: a bulk tells no more than its acts would: strangers and identifiers that no store holds are
// refused before the store is asked.
func TestPV3_ABulkTellsStrangersNothing(t *testing.T) {
	d := newDesk(t)
	a := d.FileAndReceive("NSC")
	watched := &watchedStore{Store: d.Store}
	d.over(watched)
	all := assignments(officer.ID, a, a)
	all[1].By = "unknown"
	decisions, err := d.AssignMany(t.Context(), all, srmt.Together)
	require.NoError(t, err)
	require.Equal(t, []string{"refused srmt.not_all_allowed", "refused srmt.not_staff"}, told(decisions))
	decisions, err = d.AssignMany(t.Context(), assignments(officer.ID, a, "caf\xe9"), srmt.Together)
	require.NoError(t, err)
	require.Equal(t, []string{"refused srmt.not_all_allowed", "refused srmt.only_supervisor_assigns"}, told(decisions))
	require.Zero(t, watched.asked)

	decisions, err = d.AssignMany(t.Context(), nil, srmt.Together)
	require.NoError(t, err)
	require.Empty(t, decisions)
}

// SR-3: nobody holds more than the cap, whatever gives it.
func TestSR3_ACapHoldsInEveryAct(t *testing.T) {
	d := newDesk(t, func(w *srmttest.World) { w.Policy.MostOpen = 2 })
	a, b, c := d.FileAndReceive("NSC"), d.FileAndReceive("NSC"), d.FileAndReceive("NSC")
	decisions, err := d.AssignMany(t.Context(), assignments(officer.ID, a, b, c), srmt.Together)
	require.NoError(t, err)
	require.Equal(t, []string{"refused srmt.not_all_allowed", "refused srmt.not_all_allowed", "refused srmt.officer_full"}, told(decisions))
	decisions, err = d.AssignMany(t.Context(), assignments(officer.ID, a, b, c), srmt.Each)
	require.NoError(t, err)
	require.Equal(t, []string{"allowed srmt.assigned_by_supervisor", "allowed srmt.assigned_by_supervisor", "refused srmt.officer_full"}, told(decisions))

	d.MustAssign(c, 1, supervisor.ID, otherOfficer.ID)
	swap := []srmt.Reassignment{
		{RequestID: c, By: supervisor.ID, Seen: 2, To: officer.ID, Why: srmt.OfficeBandwidth},
		{RequestID: a, By: supervisor.ID, Seen: 2, To: otherOfficer.ID, Why: srmt.OfficeBandwidth},
	}
	decisions, err = d.ReassignMany(t.Context(), swap, srmt.Together)
	require.NoError(t, err)
	require.Equal(t, []string{"refused srmt.officer_full", "refused srmt.not_all_allowed"}, told(decisions))
	swap[0], swap[1] = swap[1], swap[0] // what an officer hands on counts no more
	decisions, err = d.ReassignMany(t.Context(), swap, srmt.Together)
	require.NoError(t, err)
	require.Equal(t, []string{"allowed srmt.reassigned_by_supervisor", "allowed srmt.reassigned_by_supervisor"}, told(decisions))

	d.MustRespond(b, 2, officer.ID) // what is closed counts no more
	more := d.FileAndReceive("NSC")
	d.MustAssign(more, 1, supervisor.ID, officer.ID)
}

// SR-11: an assignment that is given again since its result was lost was done, even if the officer is
// full by it, or absent since.
func TestSR11_WhoIsFullByAnActDoesNotHideThatItWasDone(t *testing.T) {
	d := newDesk(t, func(w *srmttest.World) { w.Policy.MostOpen = 1 })
	a := d.FileAndReceive("NSC")
	d.MustAssign(a, 1, supervisor.ID, officer.ID)
	for _, present := range []srmt.Staff{officer, absent(officer)} {
		d.put(t, present)
		decisions, err := d.AssignMany(t.Context(), assignments(officer.ID, a), srmt.Together)
		require.NoError(t, err)
		require.Equal(t, []string{"already_done srmt.done_before"}, told(decisions))
	}
}

// SR-3: who is absent gets nothing, and may go on with what is there.
func TestSR3_WhoIsAbsentGetsNothing(t *testing.T) {
	d := newDesk(t)
	a, b := d.FileAndReceive("NSC"), d.FileAndReceive("NSC")
	d.MustAssign(a, 1, supervisor.ID, officer.ID)
	d.MustAssign(b, 1, supervisor.ID, otherOfficer.ID)
	d.put(t, absent(officer))
	decisions, err := d.AssignMany(t.Context(), assignments(officer.ID, d.FileAndReceive("NSC")), srmt.Together)
	require.NoError(t, err)
	require.Equal(t, []string{"refused srmt.officer_absent"}, told(decisions))
	decision, err := d.Reassign(t.Context(), srmt.Reassignment{RequestID: b, By: supervisor.ID, Seen: 2, To: officer.ID, Why: srmt.OfficeBandwidth})
	require.NoError(t, err)
	require.Equal(t, reasons("officer_absent"), decision.Reasons)
	d.MustRespond(a, 2, officer.ID)
	d.Clock.Set("2013-08-17T12:00:00Z") // the day after
	d.MustAssign(d.FileAndReceive("NSC"), 1, supervisor.ID, officer.ID)
}

// SR-6: each reason for a transfer, with what it needs and what it brings.
func TestSR6_ACustomerWithDisabilitiesIsAnsweredByWhoCanAndComesFirst(t *testing.T) {
	d := newDesk(t)
	first, second, third := d.FileAndReceive("NSC"), d.FileAndReceive("NSC"), d.FileAndReceive("NSC")
	for _, id := range []string{first, second, third} {
		d.MustAssign(id, 1, supervisor.ID, officer.ID)
	}
	transfer := srmt.Reassignment{RequestID: third, By: supervisor.ID, Seen: 2, To: otherOfficer.ID, Why: srmt.CustomerWithDisabilities}
	decision, err := d.Reassign(t.Context(), transfer)
	require.NoError(t, err)
	require.Equal(t, reasons("accommodation_not_theirs"), decision.Reasons)
	able := otherOfficer.Clone()
	able.Accommodations = true
	d.put(t, able)
	decision, err = d.Reassign(t.Context(), transfer)
	allowed(t, decision, err)
	require.Equal(t, []string{third, first, second}, d.ids(t, srmt.Query{Office: "NSC"}))

	state := stateAfter(t, 1)
	require.False(t, state.Accommodation)
	redirected := srmt.DecideRedirection(state, by(supervisor, state), knownOffice(t, "SSC"), srmt.CustomerWithDisabilities, cris.Personal[string]{}, srmt.Policy{})
	after, err := srmt.Extend(state, redirected.Step)
	require.NoError(t, err)
	require.True(t, after.Accommodation, "wherever it goes")
}

// failsAfter is a store of which so many Updates succeed.
type failsAfter struct {
	srmt.Store
	good int
}

func (s *failsAfter) Update(ctx context.Context, scope srmt.Scope, decide func(srmt.Prior) (srmt.Change, error)) error {
	if s.good--; s.good < 0 {
		return errDown
	}
	return s.Store.Update(ctx, scope, decide)
}

// SR-11: what is left of a bulk and cannot be saved is not said to be allowed.
func TestSR11_WhatIsLeftOfABulkAndFailsIsNotAllowed(t *testing.T) {
	d := newDesk(t)
	a, b := d.FileAndReceive("NSC"), d.FileAndReceive("NSC")
	d.MustAssign(b, 1, supervisor.ID, officer.ID)
	d.over(&failsAfter{d.Store, 1})
	decisions, err := d.AssignMany(t.Context(), assignments(officer.ID, a, b), srmt.Together)
	require.ErrorIs(t, err, errDown)
	require.Empty(t, decisions)
	require.Equal(t, []string{a}, d.ids(t, srmt.Query{Status: srmt.Unassigned}))
}
