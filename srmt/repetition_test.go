package srmt_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// lossyStore saves and then loses the answer.
type lossyStore struct {
	srmt.Store
	lost error
}

func (s *lossyStore) Update(ctx context.Context, scope srmt.Scope, decide func(srmt.Prior) (srmt.Change, error)) error {
	return errors.Join(s.Store.Update(ctx, scope, decide), s.lost)
}

func TestSR11_ActRepeatedAfterALostAnswerCountsOnce(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	store := &lossyStore{Store: d.Store, lost: errors.New("connection lost")}
	d.over(store)
	for _, step := range []struct {
		kind string
		by   srmt.StaffID
	}{
		{"correspond", supervisor.ID},
		{"assign", supervisor.ID},
		{"correspond", officer.ID},
		{"reassign", supervisor.ID},
		{"respond", otherOfficer.ID},
		{"correspond", otherOfficer.ID},
	} {
		history, err := d.Store.History(t.Context(), id)
		require.NoError(t, err)
		act := d.acts(step.by, len(history))[step.kind]
		store.lost = errors.New("connection lost")
		_, err = act(t.Context(), id)
		require.ErrorIs(t, err, store.lost)

		store.lost = nil
		for range 2 {
			d.Clock.Advance(time.Minute)
			again, err := act(t.Context(), id)
			require.NoError(t, err)
			require.Equal(t, srmt.AlreadyDone, again.Outcome, "%s: %v", step.kind, again.Reasons)
			require.Equal(t, []cris.RuleID{"SR-11"}, rules(again))
			after, err := d.Store.History(t.Context(), id)
			require.NoError(t, err)
			require.Len(t, after, len(history)+1)
			require.Equal(t, after[len(history)], again.Step)
		}
	}
	events, err := d.db.Outbox().Pending(t.Context(), 100)
	require.NoError(t, err)
	require.Len(t, events, 4) // received, assigned, reassigned, answered
}

// staleStore has histories that end before the last step.
type staleStore struct{ srmt.Store }

func (s staleStore) History(ctx context.Context, id string) ([]srmt.Step, error) {
	history, err := s.Store.History(ctx, id)
	if err != nil {
		return nil, err
	}
	return history[:len(history)-1], nil
}

// Without the step that followed, nobody knows whose it was: the act is overtaken.
func TestSR11_AHistoryThatLagsBehindTellsOfNoRepetition(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	assign := srmt.Assignment{RequestID: id, By: supervisor.ID, Seen: 1, To: officer.ID}
	decision, err := d.Assign(t.Context(), assign)
	allowed(t, decision, err)
	d.over(staleStore{d.Store})
	decision, err = d.Assign(t.Context(), assign)
	require.NoError(t, err)
	require.Equal(t, srmt.Overtaken, decision.Outcome)
}

func TestSR11_RedirectionRepeatedAfterALostAnswerCountsOnce(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	redirect := srmt.Redirection{RequestID: id, By: supervisor.ID, Seen: 1, To: "SSC", Why: srmt.OfficeBandwidth}
	decision, err := d.Redirect(t.Context(), redirect)
	allowed(t, decision, err)
	first := decision.Step
	// Its author has no say any more where the request is now, and others acted there.
	d.MustAssign(id, 2, farSupervisor.ID, farOfficer.ID)
	decision, err = d.Redirect(t.Context(), redirect)
	require.NoError(t, err)
	require.Equal(t, srmt.AlreadyDone, decision.Outcome)
	require.Equal(t, first, decision.Step)
}

func TestSR11_OnlyTheSameActOfTheSameAuthorIsARepetition(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	done := srmt.Assignment{RequestID: id, By: supervisor.ID, Seen: 1, To: officer.ID}
	decision, err := d.Assign(t.Context(), done)
	allowed(t, decision, err)
	for name, other := range map[string]srmt.Assignment{
		"another author":  {RequestID: id, By: otherSupervisor.ID, Seen: 1, To: officer.ID},
		"another officer": {RequestID: id, By: supervisor.ID, Seen: 1, To: otherOfficer.ID},
		"nobody":          {RequestID: id, By: supervisor.ID, Seen: 1, To: "unknown"},
		"no version":      {RequestID: id, By: supervisor.ID, Seen: 0, To: officer.ID},
		"a later version": {RequestID: id, By: supervisor.ID, Seen: 3, To: officer.ID},
	} {
		decision, err := d.Assign(t.Context(), other)
		require.NoError(t, err)
		require.Equal(t, srmt.Overtaken, decision.Outcome, name)
	}
	done.Seen = 2 // who has seen it and does it again is told what is wrong with that
	decision, err = d.Assign(t.Context(), done)
	require.NoError(t, err)
	requireRefused(t, decision, "SR-3")
	// Where the request went since, and that it went, is for who was entitled to the act.
	redirected, err := d.Redirect(t.Context(), srmt.Redirection{RequestID: id, By: otherSupervisor.ID, Seen: 2, To: "SSC", Why: srmt.OfficeBandwidth})
	allowed(t, redirected, err)
	for _, reader := range []srmt.StaffID{supervisor.ID, officer.ID, otherOfficer.ID} {
		decision, err := d.Correspond(t.Context(), srmt.Correspondence{RequestID: id, By: reader, Seen: 2, Message: srmttest.NewMessage(srmt.FromCustomer, erequest.ByLetter)})
		require.NoError(t, err)
		if reader == otherOfficer.ID {
			requireRefused(t, decision, "SR-4")
			continue
		}
		require.Equal(t, srmt.Overtaken, decision.Outcome, reader)
	}
}

// SR-11: an act that is given again was done, whatever became since of those whom it concerned.
func TestSR11_WhatWasDoneStaysDoneAfterAStaffChange(t *testing.T) {
	d := newDesk(t)
	able := otherOfficer.Clone()
	able.Accommodations = true
	d.put(t, able, until("2013-08-17"))
	id := d.FileAndReceive("NSC")
	assign := srmt.Assignment{RequestID: id, By: supervisor.ID, Seen: 1, To: officer.ID}
	reassign := srmt.Reassignment{RequestID: id, By: supervisor.ID, Seen: 2, To: able.ID, Why: srmt.CustomerWithDisabilities}
	decision, err := d.Assign(t.Context(), assign)
	allowed(t, decision, err)
	decision, err = d.Reassign(t.Context(), reassign)
	allowed(t, decision, err)
	for _, since := range []func(){
		func() { d.Clock.Advance(24 * time.Hour) }, // the post of the officer has ended
		func() { d.put(t, otherOfficer) },
		func() { d.put(t, srmt.Staff{ID: officer.ID}, srmt.Staff{ID: otherOfficer.ID}) },
	} {
		since()
		decision, err = d.Assign(t.Context(), assign)
		require.NoError(t, err)
		require.Equal(t, srmt.AlreadyDone, decision.Outcome)
		decision, err = d.Reassign(t.Context(), reassign)
		require.NoError(t, err)
		require.Equal(t, srmt.AlreadyDone, decision.Outcome)
	}
	// PV-3: an author who is no supervisor any more learns nothing.
	d.put(t, srmt.Staff{ID: supervisor.ID})
	decision, err = d.Assign(t.Context(), assign)
	require.NoError(t, err)
	requireRefused(t, decision, "SR-3")
}

// SR-11: a redirection that is given again was done, even if the policy would not allow it by now.
func TestSR11_WhatWasDoneStaysDoneUnderANarrowerPolicy(t *testing.T) {
	d := newDesk(t)
	redirect := srmt.Redirection{RequestID: d.FileAndReceive("NSC"), By: supervisor.ID, Seen: 1, To: "SSC", Why: srmt.OfficeBandwidth}
	decision, err := d.Redirect(t.Context(), redirect)
	allowed(t, decision, err)
	d.Policy.RedirectTo = []casestatus.OfficeKind{}
	d.over(d.Store)
	decision, err = d.Redirect(t.Context(), redirect)
	require.NoError(t, err)
	require.Equal(t, srmt.AlreadyDone, decision.Outcome)
	redirect.To = "ESC" // which is another act
	decision, err = d.Redirect(t.Context(), redirect)
	require.NoError(t, err)
	requireRefused(t, decision, "SR-5")
}

// SR-11: a redirection that is given again was done, even if that office has closed since.
func TestSR11_WhatWasDoneStaysDoneAfterAnOfficeCloses(t *testing.T) {
	closed := knownOffice(t, "SSC")
	closed.Until, closed.Successor = today, "NSC"
	d := newDesk(t, func(w *srmttest.World) { w.Tables = &casestatus.Tables{Offices: knownOffices(closed)} })
	ending := supervisor.Clone()
	ending.Posts[0].Held.Until = today.AddDays(1)
	d.put(t, ending)
	redirect := srmt.Redirection{RequestID: d.FileAndReceive("NSC"), By: supervisor.ID, Seen: 1, To: "SSC", Why: srmt.OfficeBandwidth}
	decision, err := d.Redirect(t.Context(), redirect)
	allowed(t, decision, err)
	d.Clock.Advance(24 * time.Hour)
	decision, err = d.Redirect(t.Context(), redirect)
	require.NoError(t, err)
	require.Equal(t, srmt.AlreadyDone, decision.Outcome)
	// PV-3: an author whose post has ended learns nothing.
	d.Clock.Advance(24 * time.Hour)
	decision, err = d.Redirect(t.Context(), redirect)
	require.NoError(t, err)
	requireRefused(t, decision, "SR-5")
}
