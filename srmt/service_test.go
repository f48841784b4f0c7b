package srmt_test

import (
	"errors"
	"iter"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// desk is SRMT over a memory store, with a member of staff more who has no role.
type desk struct {
	*srmttest.World
	db *memory.DB
}

func newDesk(t *testing.T, edits ...func(*srmttest.World)) *desk {
	t.Helper()
	db := memory.New()
	d := &desk{srmttest.NewWorld(srmttest.Ports{Store: db.ServiceRequests(), Requests: db.ERequests(), Cases: db.Cases(), Looks: db.Looks()}, edits...), db}
	require.NoError(t, srmttest.PutStaff(t.Context(), d.Store, roleless))
	return d
}

// put enters members of staff.
func (d *desk) put(t *testing.T, staff ...srmt.Staff) {
	t.Helper()
	_, err := d.PutStaff(t.Context(), staff...)
	require.NoError(t, err)
}

// set sets the clock.
func (d *desk) set(at time.Time) { d.Clock.Set(at.Format(time.RFC3339Nano)) }

// on returns the ports of the desk, with another store.
func (d *desk) on(store srmt.Store) srmt.Ports {
	return srmt.Ports{Store: store, Requests: d.Requests, Cases: d.Cases, Status: d.Status, Looks: d.Looks}
}

// over puts another store between the service and its own.
func (d *desk) over(store srmt.Store) {
	d.Service = srmt.NewService(d.on(store), &srmt.Options{Now: d.Clock.Now, Policy: &d.Policy, Tables: d.Tables})
}

// on makes a request one of the channel.
func on(channel erequest.Channel) func(*erequest.Request) {
	return func(request *erequest.Request) { request.Channel = channel }
}

func allowed(t *testing.T, decision srmt.Decision, err error) {
	t.Helper()
	require.NoError(t, err)
	require.Equal(t, srmt.Allowed, decision.Outcome, "%v", decision.Reasons)
}

func ids(t *testing.T, list iter.Seq2[srmt.ServiceRequest, error]) []string {
	t.Helper()
	found := []string{}
	for request, err := range list {
		require.NoError(t, err)
		found = append(found, request.ID)
	}
	return found
}

func requireDenied(t *testing.T, list iter.Seq2[srmt.ServiceRequest, error]) {
	t.Helper()
	yielded := 0
	for request, err := range list {
		yielded++
		require.ErrorIs(t, err, srmt.ErrDenied)
		require.Zero(t, request)
	}
	require.Equal(t, 1, yielded)
}

func TestSR1_EveryChannelFromReceiptToCompletion(t *testing.T) {
	require.Len(t, erequest.Channels(), 4)
	for _, channel := range erequest.Channels() {
		t.Run(string(channel), func(t *testing.T) {
			d := newDesk(t)
			id := d.File("NSC", on(channel))
			intake, err := d.Receive(t.Context(), id)
			require.NoError(t, err)
			require.Equal(t, srmt.Received, intake.Outcome)
			require.Equal(t, channel, intake.Request.Channel)
			require.Equal(t, srmt.Unassigned, intake.Request.Status)
			d.MustAssign(id, 1, supervisor.ID, officer.ID)
			decision, err := d.Respond(t.Context(), srmt.Response{RequestID: id, By: officer.ID, Seen: 2, Means: erequest.ByTelephone, Finding: found, Text: letter})
			allowed(t, decision, err)
			history, err := d.History(t.Context(), officer.ID, id)
			require.NoError(t, err)
			closed, err := srmt.Replay(history)
			require.NoError(t, err)
			require.Equal(t, channel, closed.Channel)
			require.Equal(t, srmt.Closed, closed.Status)
		})
	}
}

func TestSR1_ReceivedOnce(t *testing.T) {
	d := newDesk(t)
	id := d.File("NSC", on(erequest.Letter))
	outcomes := make([]srmt.IntakeOutcome, 8)
	failed := make([]error, len(outcomes))
	var wg sync.WaitGroup
	for i := range outcomes {
		wg.Go(func() {
			intake, err := d.Receive(t.Context(), id)
			outcomes[i], failed[i] = intake.Outcome, err
		})
	}
	wg.Wait()
	require.NoError(t, errors.Join(failed...))
	received := 0
	for _, outcome := range outcomes {
		if outcome == srmt.Received {
			received++
		}
	}
	require.Equal(t, 1, received)

	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	late, err := d.Receive(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, srmt.AlreadyReceived, late.Outcome)
	require.Equal(t, srmt.Assigned, late.Request.Status, "as it stands now")
	require.Equal(t, []cris.Reason{reason("received_before")}, late.Reasons)
	events, err := d.db.Outbox().Pending(t.Context(), 10)
	require.NoError(t, err)
	require.Len(t, events, 2)
}

func TestSR3_SupervisorSeesTheUnassignedOfTheOffice(t *testing.T) {
	d := newDesk(t)
	first, taken, elsewhere := d.FileAndReceive("NSC"), d.FileAndReceive("NSC"), d.FileAndReceive("SSC")
	d.MustAssign(taken, 1, supervisor.ID, officer.ID)
	second := d.FileAndReceive("NSC")

	all := srmt.Page{}
	require.Equal(t, []string{first, second}, ids(t, d.Unassigned(t.Context(), supervisor.ID, "NSC", all)))
	require.Equal(t, []string{elsewhere}, ids(t, d.Unassigned(t.Context(), farSupervisor.ID, "SSC", all)))
	require.Equal(t, []string{first}, ids(t, d.Unassigned(t.Context(), supervisor.ID, "NSC", srmt.Page{Limit: 1})))
	for _, other := range []srmt.StaffID{officer.ID, roleless.ID, "unknown", ""} {
		requireDenied(t, d.Unassigned(t.Context(), other, "NSC", all))
	}
}

func TestSR4_WorklistIsOnesOwn(t *testing.T) {
	d := newDesk(t)
	mine, theirs, done, free := d.FileAndReceive("NSC"), d.FileAndReceive("NSC"), d.FileAndReceive("NSC"), d.FileAndReceive("NSC")
	d.MustAssign(mine, 1, supervisor.ID, officer.ID)
	d.MustAssign(theirs, 1, supervisor.ID, otherOfficer.ID)
	d.MustAssign(done, 1, supervisor.ID, officer.ID)
	require.Equal(t, []string{mine, done}, ids(t, d.Worklist(t.Context(), officer.ID, "NSC", srmt.Page{})))
	decision, err := d.Respond(t.Context(), srmt.Response{RequestID: done, By: officer.ID, Seen: 2, Means: erequest.ByLetter, Finding: found, Text: letter})
	allowed(t, decision, err)
	require.Equal(t, []string{mine}, ids(t, d.Worklist(t.Context(), officer.ID, "NSC", srmt.Page{})))
	require.Equal(t, []string{theirs}, ids(t, d.Worklist(t.Context(), otherOfficer.ID, "NSC", srmt.Page{})))
	require.Empty(t, ids(t, d.Worklist(t.Context(), supervisor.ID, "NSC", srmt.Page{})))
	for _, other := range []srmt.StaffID{roleless.ID, "unknown", ""} {
		requireDenied(t, d.Worklist(t.Context(), other, "NSC", srmt.Page{}))
	}
	for id, version := range map[string]int{theirs: 2, free: 1} {
		decision, err := d.Respond(t.Context(), srmt.Response{RequestID: id, By: officer.ID, Seen: version, Means: erequest.ByLetter, Finding: found, Text: letter})
		require.NoError(t, err)
		requireRefused(t, decision, "SR-4")
	}
}

func TestSR5_HandedOnAndAnsweredElsewhere(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	decision, err := d.Reassign(t.Context(), srmt.Reassignment{RequestID: id, By: supervisor.ID, Seen: 2, To: otherSupervisor.ID, Why: srmt.StaffChange})
	allowed(t, decision, err)
	require.Equal(t, []string{id}, ids(t, d.Worklist(t.Context(), otherSupervisor.ID, "NSC", srmt.Page{})))
	decision, err = d.Redirect(t.Context(), srmt.Redirection{RequestID: id, By: otherSupervisor.ID, Seen: 3, To: "SSC", Why: srmt.CustomerWithDisabilities})
	allowed(t, decision, err)
	require.Empty(t, ids(t, d.Worklist(t.Context(), otherSupervisor.ID, "NSC", srmt.Page{})))
	require.Equal(t, []string{id}, ids(t, d.Unassigned(t.Context(), farSupervisor.ID, "SSC", srmt.Page{})))

	decision, err = d.Redirect(t.Context(), srmt.Redirection{RequestID: id, By: farSupervisor.ID, Seen: 4, To: "nowhere", Why: srmt.StaffChange})
	require.NoError(t, err)
	requireRefused(t, decision, "SR-5")
	d.MustAssign(id, 4, farSupervisor.ID, farOfficer.ID)
	decision, err = d.Respond(t.Context(), srmt.Response{RequestID: id, By: farOfficer.ID, Seen: 5, Means: erequest.ByEmail, Finding: found, Text: letter})
	allowed(t, decision, err)
}

func TestSR5_WhatAnOfficerLeftBehindIsFoundAndReassigned(t *testing.T) {
	d := newDesk(t)
	left, kept, elsewhere := d.FileAndReceive("NSC"), d.FileAndReceive("NSC"), d.FileAndReceive("SSC")
	answered := d.FileAndReceive("NSC")
	d.FileAndReceive("NSC") // unassigned
	d.MustAssign(left, 1, supervisor.ID, officer.ID)
	d.MustAssign(kept, 1, supervisor.ID, otherOfficer.ID)
	d.MustAssign(answered, 1, supervisor.ID, officer.ID)
	d.MustAssign(elsewhere, 1, farSupervisor.ID, farOfficer.ID)
	decision, err := d.Respond(t.Context(), srmt.Response{RequestID: answered, By: officer.ID, Seen: 2, Means: erequest.ByLetter, Finding: found, Text: letter})
	allowed(t, decision, err)
	require.NoError(t, srmttest.PutStaff(t.Context(), d.Store, srmt.Staff{ID: officer.ID})) // who has left

	all := srmt.Page{}
	requireDenied(t, d.Worklist(t.Context(), officer.ID, "NSC", all)) // who left sees nothing
	require.Equal(t, []string{left, kept}, ids(t, d.Assigned(t.Context(), supervisor.ID, "NSC", "", all)))
	require.Equal(t, []string{left}, ids(t, d.Assigned(t.Context(), supervisor.ID, "NSC", "", srmt.Page{Limit: 1})))
	require.Equal(t, []string{left}, ids(t, d.Assigned(t.Context(), supervisor.ID, "NSC", officer.ID, all)))
	require.Empty(t, ids(t, d.Assigned(t.Context(), supervisor.ID, "NSC", farOfficer.ID, all)), "not of the office")
	for _, other := range []srmt.StaffID{otherOfficer.ID, roleless.ID, officer.ID, "unknown", ""} {
		requireDenied(t, d.Assigned(t.Context(), other, "NSC", officer.ID, all))
	}
	decision, err = d.Reassign(t.Context(), srmt.Reassignment{RequestID: left, By: supervisor.ID, Seen: 2, To: otherOfficer.ID, Why: srmt.StaffChange})
	allowed(t, decision, err)
	require.Empty(t, ids(t, d.Assigned(t.Context(), supervisor.ID, "NSC", officer.ID, all)))
	require.Equal(t, []string{left, kept}, ids(t, d.Worklist(t.Context(), otherOfficer.ID, "NSC", all)))
}

func TestSR8_HistoryKeepsEveryMessageForThoseWhoAnswerForIt(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	asked, added := srmttest.NewMessage(srmt.ToCustomer, erequest.ByEmail), srmttest.NewMessage(srmt.FromCustomer, erequest.ByLetter)
	for _, step := range []func() (srmt.Decision, error){
		func() (srmt.Decision, error) {
			return d.Correspond(t.Context(), srmt.Correspondence{RequestID: id, By: officer.ID, Seen: 2, Message: asked})
		},
		func() (srmt.Decision, error) {
			return d.Respond(t.Context(), srmt.Response{RequestID: id, By: officer.ID, Seen: 3, Means: erequest.ByLetter, Finding: found, Text: letter})
		},
		func() (srmt.Decision, error) {
			return d.Correspond(t.Context(), srmt.Correspondence{RequestID: id, By: supervisor.ID, Seen: 4, Message: added})
		},
	} {
		decision, err := step()
		allowed(t, decision, err)
	}
	for _, reader := range []srmt.StaffID{officer.ID, supervisor.ID, otherSupervisor.ID} {
		history, err := d.History(t.Context(), reader, id)
		require.NoError(t, err)
		var kept []srmt.Message
		for _, step := range srmt.Messages(history) {
			kept = append(kept, step.Message)
		}
		require.Equal(t, []srmt.Message{asked, {Direction: srmt.ToCustomer, Means: erequest.ByLetter, Text: letter}, added}, kept)
	}
	for _, other := range []srmt.StaffID{otherOfficer.ID, farSupervisor.ID, farOfficer.ID, roleless.ID, "unknown", ""} {
		history, err := d.History(t.Context(), other, id)
		require.ErrorIs(t, err, srmt.ErrDenied)
		require.Empty(t, history)
	}
}

func TestSR9_OverdueOfAnOfficeCanBeListed(t *testing.T) {
	d := newDesk(t)
	open, answered, elsewhere := d.FileAndReceive("NSC"), d.FileAndReceive("NSC"), d.FileAndReceive("SSC")
	d.MustAssign(answered, 1, supervisor.ID, officer.ID)
	decision, err := d.Respond(t.Context(), srmt.Response{RequestID: answered, By: officer.ID, Seen: 2, Means: erequest.ByLetter, Finding: found, Text: letter})
	allowed(t, decision, err)
	held := d.FileAndReceive("NSC")
	d.MustAssign(held, 1, supervisor.ID, officer.ID)
	d.Clock.Advance(24 * time.Hour)
	d.FileAndReceive("NSC") // filed a day later

	// SR-9a: filed on August 16, due by the end of September 15, in New York.
	overdueFrom := cris.MustParseDate("2013-09-16").Start(cris.AgencyZone())
	d.set(overdueFrom.Add(-time.Microsecond))
	require.Empty(t, ids(t, d.Overdue(t.Context(), supervisor.ID, "NSC", srmt.Page{})))
	d.set(overdueFrom)
	require.Equal(t, []string{open, held}, ids(t, d.Overdue(t.Context(), supervisor.ID, "NSC", srmt.Page{})))
	require.Equal(t, []string{elsewhere}, ids(t, d.Overdue(t.Context(), farSupervisor.ID, "SSC", srmt.Page{})))
	for _, other := range []srmt.StaffID{officer.ID, "unknown"} {
		requireDenied(t, d.Overdue(t.Context(), other, "NSC", srmt.Page{}))
	}
}

func TestSR10_EveryActIsAStepWithWhoWhenAndWhy(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	received := d.Clock.Now()
	d.Clock.Advance(time.Hour)
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	assigned := d.Clock.Now()
	d.Clock.Advance(-2 * time.Hour) // a clock that is set back changes no order
	decision, err := d.Reassign(t.Context(), srmt.Reassignment{RequestID: id, By: supervisor.ID, Seen: 2, To: otherOfficer.ID, Why: srmt.OfficeBandwidth})
	allowed(t, decision, err)
	history, err := d.History(t.Context(), supervisor.ID, id)
	require.NoError(t, err)
	require.Len(t, history, 3)
	require.Equal(t, received, history[0].At)
	require.Equal(t, srmt.Step{Seq: 2, Kind: srmt.StepAssigned, At: assigned, By: supervisor.ID, Officer: officer.ID}, history[1])
	require.Equal(t, srmt.Step{Seq: 3, Kind: srmt.StepReassigned, At: d.Clock.Now(), By: supervisor.ID, Why: srmt.OfficeBandwidth, Officer: otherOfficer.ID}, history[2])
}

func TestSR10_RefusedActsLeaveNoStep(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	for _, by := range []srmt.StaffID{officer.ID, farSupervisor.ID, "unknown"} {
		decision, err := d.Assign(t.Context(), srmt.Assignment{RequestID: id, By: by, Seen: 1, To: officer.ID})
		require.NoError(t, err)
		require.Equal(t, srmt.Refused, decision.Outcome)
	}
	history, err := d.History(t.Context(), supervisor.ID, id)
	require.NoError(t, err)
	require.Len(t, history, 1)
	events, err := d.db.Outbox().Pending(t.Context(), 10)
	require.NoError(t, err)
	require.Len(t, events, 1)
}

func TestSR11_OfTwoWhoActAtOnceOneIsTold(t *testing.T) {
	for round := range 50 {
		d := newDesk(t)
		id := d.FileAndReceive("NSC")
		acts := []func() (srmt.Decision, error){
			func() (srmt.Decision, error) {
				return d.Assign(t.Context(), srmt.Assignment{RequestID: id, By: supervisor.ID, Seen: 1, To: officer.ID})
			},
			func() (srmt.Decision, error) {
				return d.Assign(t.Context(), srmt.Assignment{RequestID: id, By: otherSupervisor.ID, Seen: 1, To: otherOfficer.ID})
			},
			func() (srmt.Decision, error) {
				return d.Redirect(t.Context(), srmt.Redirection{RequestID: id, By: otherSupervisor.ID, Seen: 1, To: "SSC", Why: srmt.OfficeBandwidth})
			},
		}
		decisions := make([]srmt.Decision, len(acts))
		failed := make([]error, len(acts))
		var wg sync.WaitGroup
		for i, act := range acts {
			wg.Go(func() { decisions[i], failed[i] = act() })
		}
		wg.Wait()
		require.NoError(t, errors.Join(failed...))
		won := srmt.Step{}
		for _, decision := range decisions {
			if decision.Outcome == srmt.Allowed {
				require.Zero(t, won, "round %d: two acts on one version", round)
				won = decision.Step
				continue
			}
			require.Equal(t, srmt.Overtaken, decision.Outcome)
		}
		history, err := d.Store.History(t.Context(), id)
		require.NoError(t, err)
		require.Len(t, history, 2)
		require.Equal(t, won, history[1])
	}
}

func TestSR12_UnroutedShowsUpInItsQueueAndLeavesIt(t *testing.T) {
	d := newDesk(t)
	lost, heading := d.FileAndReceive(""), d.FileAndReceive("FOD")
	require.Equal(t, []string{lost, heading}, ids(t, d.Unassigned(t.Context(), finder.ID, "UNROUTED", srmt.Page{})))
	require.Empty(t, ids(t, d.Unassigned(t.Context(), supervisor.ID, "NSC", srmt.Page{})))
	decision, err := d.Redirect(t.Context(), srmt.Redirection{RequestID: lost, By: finder.ID, Seen: 1, To: "NSC", Why: srmt.OfficeLocationAlignment})
	allowed(t, decision, err)
	require.Equal(t, []string{heading}, ids(t, d.Unassigned(t.Context(), finder.ID, "UNROUTED", srmt.Page{})))
	require.Equal(t, []string{lost}, ids(t, d.Unassigned(t.Context(), supervisor.ID, "NSC", srmt.Page{})))
}

func TestSR12_PolicyNamesTheQueueAndTheOffices(t *testing.T) {
	d := newDesk(t)
	policy := srmt.DefaultPolicy()
	policy.FallbackQueue = "LOST"
	offices := casestatus.NewOfficeTable(casestatus.Office{Code: "ONLY", Kind: casestatus.FieldOffice})
	d.Service = srmt.NewService(srmt.Ports{Store: d.Store, Requests: d.Requests, Cases: d.Cases, Status: d.Status, Looks: d.Looks},
		&srmt.Options{Policy: &policy, Tables: &casestatus.Tables{Offices: offices}})
	for office, want := range map[casestatus.OfficeCode]casestatus.OfficeCode{"NSC": "LOST", "ONLY": "ONLY"} {
		intake, err := d.Receive(t.Context(), d.File(office))
		require.NoError(t, err)
		require.Equal(t, want, intake.Request.Office)
	}
}

func TestEvents_TellCodesAndDates(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	decision, err := d.Reassign(t.Context(), srmt.Reassignment{RequestID: id, By: supervisor.ID, Seen: 2, To: otherOfficer.ID, Why: srmt.StaffChange})
	allowed(t, decision, err)
	decision, err = d.Redirect(t.Context(), srmt.Redirection{RequestID: id, By: supervisor.ID, Seen: 3, To: "SSC", Why: srmt.OfficeBandwidth})
	allowed(t, decision, err)
	d.MustAssign(id, 4, farSupervisor.ID, farOfficer.ID)
	decision, err = d.Correspond(t.Context(), srmt.Correspondence{RequestID: id, By: farOfficer.ID, Seen: 5, Message: srmttest.NewMessage(srmt.FromCustomer, erequest.ByLetter)})
	allowed(t, decision, err)
	d.set(time.Date(2013, 9, 1, 3, 59, 0, 0, time.UTC)) // still August in New York
	decision, err = d.Respond(t.Context(), srmt.Response{RequestID: id, By: farOfficer.ID, Seen: 6, Means: erequest.ByLetter, Finding: found, Text: letter})
	allowed(t, decision, err)

	events, err := d.db.Outbox().Pending(t.Context(), 100)
	require.NoError(t, err)
	at := srmttest.Start()
	for i, want := range []cris.Event{
		{ID: id + "/1", Type: "cris.srmt.received", Time: at, Data: map[string]string{"step": "1", "office": "NSC", "due": "2013-09-15"}},
		{ID: id + "/2", Type: "cris.srmt.assigned", Time: at, Data: map[string]string{"step": "2", "office": "NSC", "officer": "iio-nsc-1"}},
		{ID: id + "/3", Type: "cris.srmt.reassigned", Time: at, Data: map[string]string{"step": "3", "office": "NSC", "officer": "iio-nsc-2", "reason": "staff_change"}},
		{ID: id + "/4", Type: "cris.srmt.redirected", Time: at, Data: map[string]string{"step": "4", "from": "NSC", "office": "SSC", "reason": "office_bandwidth"}},
		{ID: id + "/5", Type: "cris.srmt.assigned", Time: at, Data: map[string]string{"step": "5", "office": "SSC", "officer": "iio-ssc-1"}},
		{ID: id + "/7", Type: "cris.srmt.answered", Time: d.Clock.Now(), Data: map[string]string{"step": "7", "office": "SSC", "officer": "iio-ssc-1", "means": "letter", "finding": "corrected", "on": "2013-08-31"}},
	} {
		want.Source, want.Subject = "/cris/srmt", id
		require.Equal(t, want, events[i])
		text, err := events[i].MarshalJSON()
		require.NoError(t, err)
		require.NotContains(t, string(text), "Ana")
	}
	require.Len(t, events, 6)
}

func TestNewService_PolicyWithoutAZoneIsInTheAgencys(t *testing.T) {
	d := newDesk(t)
	policy := srmt.DefaultPolicy()
	policy.Zone = nil
	d.Service = srmt.NewService(srmt.Ports{Store: d.Store, Requests: d.Requests, Cases: d.Cases, Status: d.Status, Looks: d.Looks},
		&srmt.Options{Policy: &policy, Now: d.Clock.Now})
	d.set(time.Date(2013, 8, 16, 13, 0, 0, 0, time.UTC))
	id := d.FileAndReceive("NSC")
	d.set(time.Date(2013, 9, 16, 3, 59, 0, 0, time.UTC)) // still the due date in New York
	require.Empty(t, ids(t, d.Overdue(t.Context(), supervisor.ID, "NSC", srmt.Page{})))
	d.Clock.Advance(time.Minute)
	require.Equal(t, []string{id}, ids(t, d.Overdue(t.Context(), supervisor.ID, "NSC", srmt.Page{})))
}

func TestRules_CatalogueIsInOrder(t *testing.T) {
	var catalogue []cris.RuleID
	for _, rule := range srmt.Rules() {
		catalogue = append(catalogue, rule.ID)
		require.NotEmpty(t, rule.Text, rule.ID)
		require.True(t, rule.Decided || rule.Document == cris.PIA && rule.Section != "", rule.ID)
	}
	require.Equal(t, []cris.RuleID{
		"SR-1", "SR-2", "SR-3", "SR-4", "SR-5", "SR-6", "SR-7", "SR-8", "SR-9", "SR-9a", "SR-10", "SR-11", "SR-12",
	}, catalogue)
}
