package srmt_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// waiting are n unassigned requests at NSC.
func waiting(t *testing.T, n int, edits ...func(*srmt.Step)) (all []srmt.ServiceRequest) {
	t.Helper()
	for i := range n {
		edits := append([]func(*srmt.Step){func(s *srmt.Step) { s.Origin.Language = cris.English }}, edits...)
		all = append(all, replayed(t, []srmt.Step{srmttest.NewReceived(fmt.Sprintf("r%04d", i), today, "NSC", edits...)}))
	}
	return all
}

func spanish(s *srmt.Step)       { s.Origin.Language = cris.Spanish }
func accommodation(s *srmt.Step) { s.Origin.Issue = erequest.AppointmentAccommodation }

// officers are officers of NSC with these loads, named o0, o1 and so on.
func officers(loads ...int) (all []srmt.Officer) {
	for n, load := range loads {
		all = append(all, srmt.Officer{Staff: srmt.NewStaff(srmt.StaffID(fmt.Sprint("o", n)), srmt.IIO, "NSC"), Load: load})
	}
	return all
}

// given are the officers to whom requests go, "" for one that nobody gets.
func given(decisions []srmt.Decision) (all []srmt.StaffID) {
	for _, d := range decisions {
		all = append(all, d.Step.Officer)
	}
	return all
}

// SR-3: each request goes to who holds the fewest, and what is given counts for the next.
func TestSR3_WhoHoldsTheFewestGetsTheNext(t *testing.T) {
	act := by(supervisor, srmt.ServiceRequest{})
	all := officers(2, 0, 1)
	decisions := srmt.DecideDistribution(waiting(t, 6), act, all, srmt.Policy{})
	require.Equal(t, []srmt.StaffID{"o1", "o1", "o2", "o0", "o1", "o2"}, given(decisions))
	require.Equal(t, reasons("assigned_by_supervisor", "chosen_by_load"), decisions[0].Reasons)
	require.Equal(t, 0, all[1].Load, "the officers of the caller stay as they are")

	decisions = srmt.DecideDistribution(waiting(t, 6), act, all, srmt.Policy{MostOpen: 2})
	require.Equal(t, []srmt.StaffID{"o1", "o1", "o2", "", "", ""}, given(decisions))
	require.Equal(t, reasons("everybody_full"), decisions[5].Reasons)
}

// SR-3: who could take a request, and what is said if nobody can.
func TestSR3_ADistributionSaysWhyNobodyTakesARequest(t *testing.T) {
	act := by(supervisor, srmt.ServiceRequest{})
	withSkill := func(o srmt.Officer) srmt.Officer {
		o.Languages, o.Accommodations = []cris.Language{cris.Spanish}, true
		return o
	}
	able := withSkill(officers(0, 9)[1])
	away := srmt.Officer{Staff: absent(able.Staff)}
	far := srmt.Officer{Staff: srmt.NewStaff("far", srmt.IIO, "SSC")}
	boss := srmt.Officer{Staff: srmt.NewStaff("boss", srmt.SIIO, "NSC")}
	for name, test := range map[string]struct {
		request  []srmt.ServiceRequest
		officers []srmt.Officer
		to       srmt.StaffID
		want     cris.Code
	}{
		"nobody":                               {waiting(t, 1), nil, "", "nobody_on_duty"},
		"all elsewhere, absent or no officers": {waiting(t, 1), []srmt.Officer{far, away, boss}, "", "nobody_on_duty"},
		"no one speaks Spanish":                {waiting(t, 1, spanish), officers(0, 0), "", "nobody_suited"},
		"one does":                             {waiting(t, 1, spanish), append(officers(0), able), "o1", ""},
		"who does is absent":                   {waiting(t, 1, spanish), append(officers(0), away), "", "nobody_suited"},
		"no one for disabilities":              {waiting(t, 1, accommodation), officers(0, 0), "", "nobody_suited"},
		"one for disabilities":                 {waiting(t, 1, accommodation), append(officers(0), able), "o1", ""},
		"everybody speaks English":             {waiting(t, 1), []srmt.Officer{able}, "o1", ""},
		"the only one is full":                 {waiting(t, 1, spanish), append(officers(0), able), "", "everybody_full"},
	} {
		policy := srmt.Policy{}
		if test.want == "everybody_full" {
			policy.MostOpen = 9
		}
		decisions := srmt.DecideDistribution(test.request, act, test.officers, policy)
		require.Len(t, decisions, 1)
		require.Equal(t, test.to, decisions[0].Step.Officer, name)
		if test.want != "" {
			require.Equal(t, reasons(test.want), decisions[0].Reasons, name)
			require.Equal(t, srmt.Refused, decisions[0].Outcome, name)
		}
	}
	// PV-3: and nothing of that is said to anybody else.
	for _, stranger := range []srmt.Staff{officer, farSupervisor, roleless} {
		decisions := srmt.DecideDistribution(waiting(t, 1), by(stranger, srmt.ServiceRequest{}), nil, srmt.Policy{})
		require.Equal(t, reasons("only_supervisor_assigns"), decisions[0].Reasons)
	}
	assigned := []srmt.ServiceRequest{stateAfter(t, 2)}
	require.Equal(t, reasons("assigned_already"), srmt.DecideDistribution(assigned, act, []srmt.Officer{able}, srmt.Policy{})[0].Reasons)
}

// SR-3: whatever is distributed: nobody exceeds the cap, who gets a request held the fewest of those
// who could take it, and one that is left could go to nobody.
func TestSR3_EveryDistributionIsFair(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		var all []srmt.Officer
		for n := range random.IntN(8) {
			o := officers(make([]int, n+1)...)[n]
			o.Load = random.IntN(6)
			if random.IntN(2) == 0 {
				o.Languages = []cris.Language{cris.Spanish}
			}
			o.Accommodations = random.IntN(3) == 0
			if random.IntN(4) == 0 {
				o.Staff = absent(o.Staff)
			}
			all = append(all, o)
		}
		var requests []srmt.ServiceRequest
		for range random.IntN(20) {
			edits := [][]func(*srmt.Step){nil, {spanish}, {accommodation}, {spanish, accommodation}}[random.IntN(4)]
			requests = append(requests, waiting(t, 1, edits...)...)
		}
		policy := srmt.Policy{MostOpen: random.IntN(7)}
		decisions := srmt.DecideDistribution(requests, by(supervisor, srmt.ServiceRequest{}), all, policy)
		require.Len(t, decisions, len(requests))
		for i, decision := range decisions {
			lowest := -1
			for _, o := range all {
				away := slices.ContainsFunc(o.Absences, func(p cris.Period) bool { return p.Has(today) })
				suits := (requests[i].Language == cris.English || len(o.Languages) > 0) && (!requests[i].Accommodation || o.Accommodations)
				full := policy.MostOpen > 0 && o.Load >= policy.MostOpen
				if !away && suits && !full && (lowest < 0 || o.Load < lowest) {
					lowest = o.Load
				}
			}
			require.Equal(t, lowest >= 0, decision.Outcome == srmt.Allowed)
			for n := range all {
				if all[n].ID == decision.Step.Officer {
					require.Equal(t, lowest, all[n].Load)
					all[n].Load++
				}
			}
		}
	}
}

// SR-3: a supervisor distributes what waits at the office: customers with disabilities first, and
// then the oldest.
func TestSR3_DistributeGivesTheOldestFirst(t *testing.T) {
	d := newDesk(t, func(w *srmttest.World) { w.Policy.MostOpen = 2 })
	able := otherOfficer.Clone()
	able.Accommodations = true
	d.put(t, able)
	var ids []string
	for range 4 {
		ids = append(ids, d.FileAndReceive("NSC"))
	}
	special := d.FileAndReceive("NSC", func(r *erequest.Request) { r.Issue = erequest.AppointmentAccommodation })
	elsewhere := d.FileAndReceive("SSC")

	_, err := d.Distribute(t.Context(), srmt.Distribution{By: officer.ID, Office: "NSC"})
	require.ErrorIs(t, err, srmt.ErrDenied)
	_, err = d.Distribute(t.Context(), srmt.Distribution{By: supervisor.ID, Office: "SSC"})
	require.ErrorIs(t, err, srmt.ErrDenied)

	one, err := d.Distribute(t.Context(), srmt.Distribution{By: supervisor.ID, Office: "NSC", AtMost: 1})
	require.NoError(t, err)
	require.Len(t, one, 1)
	require.Equal(t, special, one[0].Request.ID)
	require.Equal(t, otherOfficer.ID, one[0].Decision.Step.Officer)

	rest, err := d.Distribute(t.Context(), srmt.Distribution{By: supervisor.ID, Office: "NSC"})
	require.NoError(t, err)
	for n, want := range []srmt.StaffID{officer.ID, officer.ID, otherOfficer.ID, ""} {
		require.Equal(t, ids[n], rest[n].Request.ID)
		require.Equal(t, want, rest[n].Decision.Step.Officer, n)
	}
	require.Equal(t, reasons("everybody_full"), rest[3].Decision.Reasons)
	require.Equal(t, []string{ids[3]}, d.ids(t, srmt.Query{Office: "NSC", Status: srmt.Unassigned}))
	require.Equal(t, []string{elsewhere}, d.ids(t, srmt.Query{Office: "SSC", Status: srmt.Unassigned}))
	none, err := d.Distribute(t.Context(), srmt.Distribution{By: farSupervisor.ID, Office: "SSC", To: []srmt.StaffID{officer.ID, "unknown", "", "caf\xe9"}})
	require.NoError(t, err)
	require.Equal(t, reasons("nobody_on_duty"), none[0].Decision.Reasons, "who was asked for works elsewhere")
	some, err := d.Distribute(t.Context(), srmt.Distribution{By: farSupervisor.ID, Office: "SSC", To: []srmt.StaffID{"iio-ssc-2"}})
	require.NoError(t, err)
	require.Equal(t, srmt.StaffID("iio-ssc-2"), some[0].Decision.Step.Officer)
}

// SR-3: a request that nobody can take does not stand in the way of those behind it.
func TestSR3_NothingStandsInTheWay(t *testing.T) {
	d := newDesk(t)
	for range 250 {
		d.FileAndReceive("NSC", func(r *erequest.Request) { r.Language = cris.Spanish })
	}
	behind := d.FileAndReceive("NSC")
	all, err := d.Distribute(t.Context(), srmt.Distribution{By: supervisor.ID, Office: "NSC", AtMost: 5})
	require.NoError(t, err)
	require.Len(t, all, 251)
	require.Equal(t, reasons("nobody_suited"), all[0].Decision.Reasons)
	require.Equal(t, behind, all[250].Request.ID)
	require.Equal(t, srmt.Allowed, all[250].Decision.Outcome)
}

// SR-11: a request that was assigned meanwhile is left alone.
func TestSR11_ADistributionLeavesWhatOthersAssigned(t *testing.T) {
	d := newDesk(t)
	a, b := d.FileAndReceive("NSC"), d.FileAndReceive("NSC")
	store := &latecomer{Store: d.Store, between: func() { d.MustAssign(a, 1, supervisor.ID, officer.ID) }}
	other := srmt.NewService(d.on(store), &srmt.Options{Now: d.Clock.Now})
	all, err := other.Distribute(t.Context(), srmt.Distribution{By: otherSupervisor.ID, Office: "NSC"})
	require.NoError(t, err)
	require.Len(t, all, 1)
	require.Equal(t, b, all[0].Request.ID)
	require.Equal(t, otherOfficer.ID, all[0].Decision.Step.Officer, "the other one holds a request by now")
}

// PV-3: a supervisor who is dismissed while a distribution is under way is shown nothing more.
func TestPV3_ADistributionEndsWithThePostOfItsAuthor(t *testing.T) {
	d := newDesk(t)
	waits := d.FileAndReceive("NSC")
	store := &latecomer{Store: d.Store, between: func() { d.put(t, srmt.Staff{ID: supervisor.ID}) }}
	other := srmt.NewService(d.on(store), &srmt.Options{Now: d.Clock.Now})
	all, err := other.Distribute(t.Context(), srmt.Distribution{By: supervisor.ID, Office: "NSC"})
	require.ErrorIs(t, err, srmt.ErrDenied)
	require.Empty(t, all)
	require.Equal(t, []string{waits}, d.ids(t, srmt.Query{Status: srmt.Unassigned}))
}

// SR-3: however few are to be assigned, it takes few Updates to get past those that nobody can take,
// and no more are assigned.
func TestSR3_AFewBehindManyThatNobodyTakes(t *testing.T) {
	d := newDesk(t)
	for range 250 {
		d.FileAndReceive("NSC", func(r *erequest.Request) { r.Language = cris.Spanish })
	}
	behind := []string{d.FileAndReceive("NSC"), d.FileAndReceive("NSC"), d.FileAndReceive("NSC")}
	d.over(&failsAfter{d.Store, 4}) // one, and then a hundred at a time
	all, err := d.Distribute(t.Context(), srmt.Distribution{By: supervisor.ID, Office: "NSC", AtMost: 1})
	require.NoError(t, err)
	require.Len(t, all, 251)
	require.Equal(t, behind[0], all[250].Request.ID)
	require.Equal(t, srmt.Allowed, all[250].Decision.Outcome)
	require.Len(t, d.ids(t, srmt.Query{Status: srmt.Assigned}), 1)
}
