package srmt_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// until returns the officer of these tests, whose last day is the one before.
func until(day string) srmt.Staff {
	leaving := srmt.NewStaff(officer.ID, srmt.IIO, "NSC")
	leaving.Posts[0].Held.Until = cris.MustParseDate(day).AddDays(-1)
	return leaving
}

// SR-6: what an officer who leaves or moves held waits for a supervisor again, for the reason of a
// staff change, its due date where it was; what was closed, what others hold and what the officer
// can still work on stays.
func TestSR6_WhoLeavesGivesTheOpenRequestsBack(t *testing.T) {
	for name, test := range map[string]struct {
		becomes  srmt.Staff
		returned int
		kept     bool // what is held at SSC
	}{
		"left":                      {srmt.Staff{ID: officer.ID}, 3, false},
		"moved":                     {srmt.NewStaff(officer.ID, srmt.IIO, "SSC"), 2, true},
		"moved, as a supervisor":    {srmt.NewStaff(officer.ID, srmt.SIIO, "SSC"), 2, true},
		"to the call center":        {srmt.NewStaff(officer.ID, srmt.CSR, "NCSC"), 3, false},
		"was there until yesterday": {until("2013-08-16"), 3, false},
		"is there until today":      {until("2013-08-17"), 1, false},
		"both":                      {both, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.put(t, both)
			held, also, elsewhere := d.FileAndReceive("NSC"), d.FileAndReceive("NSC"), d.FileAndReceive("SSC")
			answered, others, waits := d.FileAndReceive("NSC"), d.FileAndReceive("NSC"), d.FileAndReceive("NSC")
			for _, id := range []string{held, also, answered} {
				d.MustAssign(id, 1, supervisor.ID, officer.ID)
			}
			d.MustAssign(elsewhere, 1, farSupervisor.ID, officer.ID)
			d.MustAssign(others, 1, supervisor.ID, otherOfficer.ID)
			d.MustRespond(answered, 2, officer.ID)

			for _, want := range []int{test.returned, 0} { // and nothing when it happens twice
				returned, err := d.PutStaff(t.Context(), test.becomes)
				require.NoError(t, err)
				require.Equal(t, want, returned)
			}
			onFile, err := d.Store.Staff(t.Context(), officer.ID)
			require.NoError(t, err)
			require.Equal(t, test.becomes, onFile)
			unassigned := d.ids(t, srmt.Query{Office: "NSC", Status: srmt.Unassigned})
			require.Equal(t, test.returned > 1, len(unassigned) == 3, unassigned)
			require.Contains(t, unassigned, waits)
			require.Equal(t, test.kept, len(d.ids(t, srmt.Query{Office: "SSC", Officer: officer.ID})) == 1)
			require.Equal(t, []string{answered}, d.ids(t, srmt.Query{Officer: officer.ID, Status: srmt.Closed}))
			require.Equal(t, []string{others}, d.ids(t, srmt.Query{Officer: otherOfficer.ID, Status: srmt.Assigned}))
			if test.returned > 1 {
				history, err := d.Store.History(t.Context(), held)
				require.NoError(t, err)
				require.Equal(t, srmt.Step{Seq: 3, Kind: srmt.StepReturned, At: srmttest.Start(), Why: srmt.StaffChange}, history[2])
				state, err := srmt.Replay(history)
				require.NoError(t, err)
				require.Equal(t, srmt.Unassigned, state.Status)
				require.Empty(t, state.Officer)
				require.Equal(t, history[0].Origin.Due, state.Due)
			}
			events, err := d.db.Outbox().Pending(t.Context(), 0)
			require.NoError(t, err)
			told := 0
			for _, event := range events {
				if back, err := srmt.ReadReturned(event); err == nil {
					told++
					require.Equal(t, officer.ID, back.Officer)
				}
			}
			require.Equal(t, test.returned, told)
		})
	}
}

// both is the officer of these tests, who works at two offices.
var both = srmt.Staff{ID: officer.ID, Posts: []srmt.Post{{Role: srmt.IIO, Office: "NSC"}, {Role: srmt.IIO, Office: "SSC"}}}

// SR-6: a post that ends by its last day gives back what was held once the day has come, in the
// zone of the agency.
func TestSR6_APostEndsByItsLastDay(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	d.put(t, until("2013-09-01"))
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	d.Clock.Set("2013-09-01T03:59:59Z")
	returned, err := d.ReturnLeftBehind(t.Context())
	require.NoError(t, err)
	require.Zero(t, returned)
	decision, err := d.Correspond(t.Context(), srmt.Correspondence{
		RequestID: id, By: officer.ID, Seen: 2, Message: srmttest.NewMessage(srmt.ToCustomer, erequest.ByLetter),
	})
	allowed(t, decision, err)
	d.Clock.Set("2013-09-01T04:00:00Z")
	for _, want := range []int{1, 0} {
		returned, err := d.ReturnLeftBehind(t.Context())
		require.NoError(t, err)
		require.Equal(t, want, returned)
	}
	require.Equal(t, []string{id}, d.ids(t, srmt.Query{Office: "NSC", Status: srmt.Unassigned}))
}

// latecomer assigns a request to the officer after what that officer holds was listed.
type latecomer struct {
	srmt.Store
	between func()
}

func (s *latecomer) Update(ctx context.Context, scope srmt.Scope, decide func(srmt.Prior) (srmt.Change, error)) error {
	if between := s.between; between != nil {
		s.between = nil
		between()
	}
	return s.Store.Update(ctx, scope, decide)
}

// SR-6: a request that is assigned while its officer leaves is not orphaned.
func TestSR6_ARequestThatIsAssignedMeanwhileReturnsToo(t *testing.T) {
	d := newDesk(t)
	first, late := d.FileAndReceive("NSC"), d.FileAndReceive("NSC")
	d.MustAssign(first, 1, supervisor.ID, officer.ID)
	store := &latecomer{Store: d.Store, between: func() { d.MustAssign(late, 1, supervisor.ID, officer.ID) }}
	leaving := srmt.NewService(d.on(store), &srmt.Options{Now: d.Clock.Now})
	returned, err := leaving.PutStaff(t.Context(), srmt.Staff{ID: officer.ID})
	require.NoError(t, err)
	require.Equal(t, 2, returned)
	require.Empty(t, d.ids(t, srmt.Query{Officer: officer.ID}))
}

// SR-6: a request that is answered while its officer leaves stays closed.
func TestSR6_ARequestThatIsAnsweredMeanwhileStaysClosed(t *testing.T) {
	d := newDesk(t)
	first, answered := d.FileAndReceive("NSC"), d.FileAndReceive("NSC")
	d.MustAssign(first, 1, supervisor.ID, officer.ID)
	d.MustAssign(answered, 1, supervisor.ID, officer.ID)
	store := &latecomer{Store: d.Store, between: func() { d.MustRespond(answered, 2, officer.ID) }}
	leaving := srmt.NewService(d.on(store), &srmt.Options{Now: d.Clock.Now})
	returned, err := leaving.PutStaff(t.Context(), srmt.Staff{ID: officer.ID})
	require.NoError(t, err)
	require.Equal(t, 1, returned)
	require.Equal(t, []string{answered}, d.ids(t, srmt.Query{Status: srmt.Closed}))
}

// SR-6: nothing but an assigned request whose holder has gone returns.
func TestSR6_DecideReturn(t *testing.T) {
	at := srmttest.Start()
	for name, test := range map[string]struct {
		state  srmt.ServiceRequest
		holder srmt.Staff
		want   cris.Code
	}{
		"is there":                   {stateAfter(t, 2), officer, "holder_is_there"},
		"is a supervisor there now":  {stateAfter(t, 2), srmt.NewStaff(officer.ID, srmt.SIIO, "NSC"), "holder_is_there"},
		"is absent":                  {stateAfter(t, 2), absent(officer), "holder_is_there"},
		"has left":                   {stateAfter(t, 2), srmt.Staff{ID: officer.ID}, "returned_by_staff_change"},
		"is not on file":             {stateAfter(t, 2), srmt.Staff{}, "returned_by_staff_change"},
		"begins tomorrow":            {stateAfter(t, 2), startsOn(today.AddDays(1)), "returned_by_staff_change"},
		"began today":                {stateAfter(t, 2), startsOn(today), "holder_is_there"},
		"nobody holds it":            {stateAfter(t, 1), srmt.Staff{}, "not_assigned_yet"},
		"it is closed":               {stateAfter(t, 7), srmt.Staff{}, "request_closed"},
		"there is no such request":   {srmt.ServiceRequest{}, srmt.Staff{}, "not_assigned_yet"},
		"somebody else is on record": {stateAfter(t, 2), otherOfficer, "returned_by_staff_change"},
	} {
		decision := srmt.DecideReturn(test.state, test.holder, at, srmt.Policy{})
		require.Equal(t, test.want == "returned_by_staff_change", decision.Outcome == srmt.Allowed, name)
		require.Equal(t, reasons(test.want), decision.Reasons, name)
	}
}

// absent is a member of staff who is not there on the day of these tests.
func absent(member srmt.Staff) srmt.Staff {
	member = member.Clone()
	member.Absences = []cris.Period{{From: today.AddDays(-10), Until: today.AddDays(-5)}, {From: today, Until: today}}
	return member
}

// startsOn is the officer of these tests, whose post begins on the day.
func startsOn(day cris.Date) srmt.Staff {
	coming := srmt.NewStaff(officer.ID, srmt.IIO, "NSC")
	coming.Posts[0].Held.From = day
	return coming
}

// PV-3: a post gives its rights on its days alone, and several posts give those of each.
func TestPV3_PostsHoldOnTheirDays(t *testing.T) {
	d := newDesk(t)
	several := srmt.Staff{ID: "several", Posts: []srmt.Post{
		{Role: srmt.SIIO, Office: "NSC", Held: cris.Period{From: today}},
		{Role: srmt.IIO, Office: "SSC", Held: cris.Period{Until: today.AddDays(-1)}},
		{Role: srmt.SIIO, Office: "NYC", Held: cris.Period{From: today.AddDays(-5), Until: today}},
	}}
	d.put(t, several)
	for office, days := range map[string][]bool{"NSC": {false, true, true}, "SSC": {true, false, false}, "NYC": {true, true, false}} {
		for n, has := range days {
			d.set(srmttest.Start().Add(time.Duration(n-1) * 24 * time.Hour))
			role := srmt.SIIO
			if office == "SSC" {
				role = srmt.IIO
			}
			require.Equal(t, has, several.Has(role, casestatus.OfficeCode(office), today.AddDays(n-1)), "%s %d", office, n)
			err := failsOf(d.Worklist(t.Context(), "several", casestatus.OfficeCode(office), srmt.Page{}))
			require.Equal(t, has, err == nil, "%s %d: %v", office, n, err)
		}
	}
}
