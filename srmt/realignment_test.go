package srmt_test

import (
	"context"
	"errors"
	"iter"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// closing is a table in which NSC is open through August 16 and its work then goes
// to the successor.
func closing(successor casestatus.OfficeCode) casestatus.OfficeTable {
	return knownOffices(casestatus.Office{
		Code: "NSC", Kind: casestatus.ServiceCenter, Until: cris.MustParseDate("2013-08-16"), Successor: successor,
	})
}

// tablesWithout are the default tables in which the office closed on August 1, 2013, and its
// work went to SSC.
func tablesWithout(t *testing.T, code casestatus.OfficeCode) *casestatus.Tables {
	t.Helper()
	office := knownOffice(t, code)
	office.Until, office.Successor = cris.MustParseDate("2013-08-01"), "SSC"
	return &casestatus.Tables{Offices: knownOffices(office)}
}

func TestSR2_RequestOfAClosedOfficeMovesOn(t *testing.T) {
	lastDay := cris.MustParseDate("2013-08-16").Start(cris.AgencyZone())
	dayAfter := cris.MustParseDate("2013-08-17").Start(cris.AgencyZone())
	policy := srmt.DefaultPolicy()
	for name, n := range map[string]int{"unassigned": 1, "assigned": 2} {
		t.Run(name, func(t *testing.T) {
			before := stateAfter(t, n)
			requireRefused(t, srmt.DecideRealignment(before, erequest.Request{}, casestatus.Header{}, closing("SSC"), lastDay, policy), "SR-2")

			decision := srmt.DecideRealignment(before, erequest.Request{}, casestatus.Header{}, closing("SSC"), dayAfter, policy)
			require.Equal(t, srmt.Step{
				Seq: n + 1, Kind: srmt.StepRedirected, At: dayAfter, Office: "SSC", Why: srmt.OfficeLocationAlignment,
			}, decision.Step)
			after := requireFollows(t, decision, n)
			require.Equal(t, srmt.Unassigned, after.Status)
			require.Equal(t, before.Due, after.Due)
			requireRefused(t, srmt.DecideRealignment(after, erequest.Request{}, casestatus.Header{}, closing("SSC"), dayAfter, policy), "SR-2")
		})
	}
	answered := stateAfter(t, 7) // at SSC, which is open
	requireRefused(t, srmt.DecideRealignment(answered, erequest.Request{}, casestatus.Header{}, closing(""), dayAfter, policy), "SR-1", "SR-2")
}

func TestSR12_RequestOfAnOfficeWithoutSuccessorFallsBack(t *testing.T) {
	dayAfter := cris.MustParseDate("2013-08-17").Start(cris.AgencyZone())
	policy := srmt.DefaultPolicy()
	decision := srmt.DecideRealignment(stateAfter(t, 2), erequest.Request{}, casestatus.Header{}, closing(""), dayAfter, policy)
	after := requireFollows(t, decision, 2)
	require.Equal(t, policy.FallbackQueue, after.Office)
	require.Equal(t, []cris.RuleID{"SR-2", "SR-12"}, rules(decision))
	// There it stays until a supervisor of the queue finds where it belongs.
	requireRefused(t, srmt.DecideRealignment(after, erequest.Request{}, casestatus.Header{}, closing(""), dayAfter, policy), "SR-2")
}

func TestSR10_OnlyARealignmentIsNobodysAct(t *testing.T) {
	history := srmttest.NewHistory("r1")[:2]
	step := srmt.Step{Seq: 3, Kind: srmt.StepRedirected, At: srmttest.Start(), Office: "SSC", Why: srmt.OfficeLocationAlignment}
	_, err := srmt.Extend(replayed(t, history), step)
	require.NoError(t, err)
	step.Why = srmt.StaffChange
	_, err = srmt.Extend(replayed(t, history), step)
	require.EqualError(t, err, "srmt: history, step 3: there is no author")
}

func TestSR12_WhatAClosedOfficeLeavesOpenIsSeenElsewhere(t *testing.T) {
	d := newDesk(t, func(w *srmttest.World) { w.Tables = &casestatus.Tables{Offices: closing("SSC")} })
	free, held, answered := d.FileAndReceive("NSC"), d.FileAndReceive("NSC"), d.FileAndReceive("NSC")
	for _, id := range []string{held, answered} {
		d.MustAssign(id, 1, supervisor.ID, officer.ID)
	}
	decision, err := d.Respond(t.Context(), srmt.Response{RequestID: answered, By: officer.ID, Seen: 2, Means: erequest.ByLetter, Finding: found, Text: letter})
	allowed(t, decision, err)

	moved, err := d.Realign(t.Context(), "NSC")
	require.NoError(t, err)
	require.Zero(t, moved, "the office is open")
	d.Clock.Advance(24 * time.Hour)
	for _, want := range []int{2, 0} {
		moved, err = d.Realign(t.Context(), "NSC")
		require.NoError(t, err)
		require.Equal(t, want, moved)
	}
	require.Equal(t, []string{free, held}, ids(t, d.Unassigned(t.Context(), farSupervisor.ID, "SSC", srmt.Page{})))
	events, err := d.db.Outbox().Pending(t.Context(), 100)
	require.NoError(t, err)
	last := events[len(events)-1]
	require.Equal(t, held+"/3", last.ID)
	require.Equal(t, map[string]string{"step": "3", "from": "NSC", "office": "SSC", "reason": "office_location_alignment"}, last.Data)
	// An officer who acts on what was there before is told.
	decision, err = d.Respond(t.Context(), srmt.Response{RequestID: held, By: officer.ID, Seen: 2, Means: erequest.ByLetter, Finding: found, Text: letter})
	require.NoError(t, err)
	require.Equal(t, srmt.Overtaken, decision.Outcome)
}

// SR-12, SR-2: what waits in the fallback queue moves on once its case can be routed.
func TestSR12_TheFallbackQueueIsRoutedAnew(t *testing.T) {
	d := newDesk(t)
	waiting, forever := d.FileAndReceive(""), d.FileAndReceive("")
	request, err := d.Requests.Request(t.Context(), waiting)
	require.NoError(t, err)
	realign := func(want int) {
		t.Helper()
		for _, office := range []casestatus.OfficeCode{"NSC", "UNROUTED", ""} {
			moved, err := d.Realign(t.Context(), office)
			require.NoError(t, err)
			if office == "UNROUTED" {
				require.Equal(t, want, moved)
			} else {
				require.Zero(t, moved, office)
			}
		}
	}
	open := func(office casestatus.OfficeCode) {
		t.Helper()
		onFile := casestatus.Case{Header: casestatus.Header{Receipt: request.Receipt, Office: office, Withheld: true}}
		require.NoError(t, casestatustest.PutCase(t.Context(), d.Cases, onFile))
	}
	realign(0)
	open("")
	realign(0)
	open("FOD") // all field offices, which receive no work
	realign(0)
	open("NSC")
	realign(1)
	realign(0)
	require.Equal(t, []string{waiting}, ids(t, d.Unassigned(t.Context(), supervisor.ID, "NSC", srmt.Page{})))
	require.Equal(t, []string{forever}, ids(t, d.Unassigned(t.Context(), srmttest.Supervisor("UNROUTED", 1).ID, "UNROUTED", srmt.Page{})))
}

func TestSR12_CasesDownLeaveTheFallbackQueueAsItIs(t *testing.T) {
	d := newDesk(t)
	d.FileAndReceive("")
	d.FileAndReceive("NSC")
	down := &failingCases{Cases: d.Cases, err: errors.New("down")}
	service := srmt.NewService(srmt.Ports{Store: d.Store, Requests: d.Requests, Cases: down, Status: d.Status, Looks: d.Looks}, &srmt.Options{Now: d.Clock.Now})
	_, err := service.Realign(t.Context(), "UNROUTED")
	require.EqualError(t, err, "srmt: realign: read case: down")
	moved, err := service.Realign(t.Context(), "NSC")
	require.NoError(t, err, "no case is read of what has an office")
	require.Zero(t, moved)
}

// afterList does something once the first list has ended.
type afterList struct {
	srmt.Store
	then func()
}

func (s *afterList) List(ctx context.Context, query srmt.Query) iter.Seq2[srmt.ServiceRequest, error] {
	list := s.Store.List(ctx, query)
	return func(yield func(srmt.ServiceRequest, error) bool) {
		for request, err := range list {
			if !yield(request, err) {
				return
			}
		}
		if then := s.then; then != nil {
			s.then = nil
			then()
		}
	}
}

// SR-2, SR-6: a request whose officer leaves while the office is closed down is not left there.
func TestSR2_ARequestThatReturnsMeanwhileMovesOn(t *testing.T) {
	d := newDesk(t, func(w *srmttest.World) { w.Tables = &casestatus.Tables{Offices: closing("SSC")} })
	id := d.FileAndReceive("NSC")
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	d.Clock.Advance(24 * time.Hour)
	store := &afterList{d.Store, func() { d.put(t, srmt.Staff{ID: officer.ID}) }}
	moved, err := srmt.NewService(d.on(store), &srmt.Options{Now: d.Clock.Now, Tables: d.Tables}).Realign(t.Context(), "NSC")
	require.NoError(t, err)
	require.Equal(t, 1, moved)
	require.Equal(t, []string{id}, d.ids(t, srmt.Query{Office: "SSC", Status: srmt.Unassigned}))
}
