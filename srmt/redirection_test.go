package srmt_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

func knownOffice(t *testing.T, code casestatus.OfficeCode) casestatus.Office {
	t.Helper()
	office, known := knownOffices().Office(code)
	require.True(t, known, code)
	return office
}

func TestSR5_SupervisorRedirectsToAnotherOffice(t *testing.T) {
	for name, n := range map[string]int{"unassigned": 1, "assigned": 2} {
		for _, to := range []casestatus.OfficeCode{"SSC", "NYC"} { // a Service Center, a Field Office
			t.Run(name+" to "+string(to), func(t *testing.T) {
				before := stateAfter(t, n)
				decision := srmt.DecideRedirection(before, by(supervisor, before), knownOffice(t, to), srmt.OfficeLocationAlignment, cris.Personal[string]{}, srmt.DefaultPolicy())
				state := requireFollows(t, decision, n)
				require.Equal(t, to, state.Office)
				require.Equal(t, srmt.Unassigned, state.Status)
				require.Empty(t, state.Officer)
				require.Equal(t, before.Due, state.Due)
				require.Equal(t, []cris.RuleID{"SR-5"}, rules(decision))
			})
		}
	}
}

func TestSR5_NobodyElseRedirectsAndNowhereElse(t *testing.T) {
	unassigned, assigned, closed := stateAfter(t, 1), stateAfter(t, 2), stateAfter(t, 7)
	day := cris.DateOf(srmttest.Start(), cris.AgencyZone())
	for name, test := range map[string]struct {
		state  srmt.ServiceRequest
		author srmt.Staff
		to     casestatus.Office
		why    srmt.TransferReason
		want   []cris.RuleID
	}{
		"by an officer":             {unassigned, officer, knownOffice(t, "SSC"), srmt.StaffChange, []cris.RuleID{"SR-5"}},
		"by who holds it":           {assigned, officer, knownOffice(t, "SSC"), srmt.StaffChange, []cris.RuleID{"SR-5"}},
		"by a supervisor there":     {assigned, farSupervisor, knownOffice(t, "SSC"), srmt.StaffChange, []cris.RuleID{"SR-5"}},
		"to the same office":        {assigned, supervisor, knownOffice(t, "NSC"), srmt.StaffChange, []cris.RuleID{"SR-5"}},
		"to an Asylum Office":       {assigned, supervisor, knownOffice(t, "ZAR"), srmt.StaffChange, []cris.RuleID{"SR-5"}},
		"to a national center":      {assigned, supervisor, knownOffice(t, "NBC"), srmt.StaffChange, []cris.RuleID{"SR-5"}},
		"to a heading":              {assigned, supervisor, knownOffice(t, "FOD"), srmt.StaffChange, []cris.RuleID{"SR-5"}},
		"to an unknown office":      {assigned, supervisor, casestatus.Office{}, srmt.StaffChange, []cris.RuleID{"SR-5"}},
		"to an office since closed": {assigned, supervisor, casestatus.Office{Code: "OLD", Kind: casestatus.FieldOffice, Until: day.AddDays(-1)}, srmt.StaffChange, []cris.RuleID{"SR-5"}},
		"to an office not yet open": {assigned, supervisor, casestatus.Office{Code: "NEW", Kind: casestatus.FieldOffice, From: day.AddDays(1)}, srmt.StaffChange, []cris.RuleID{"SR-5"}},
		"of a closed request":       {closed, farSupervisor, knownOffice(t, "NSC"), srmt.StaffChange, []cris.RuleID{"SR-1"}},
		"everything at once":        {closed, farSupervisor, casestatus.Office{Code: "SSC", Kind: casestatus.AsylumOffice, Until: day.AddDays(-1)}, "", []cris.RuleID{"SR-1", "SR-5", "SR-5", "SR-5", "SR-6"}},
		"PV-3: by someone unknown":  {assigned, nobody, knownOffice(t, "SSC"), srmt.StaffChange, []cris.RuleID{"PV-3"}},
	} {
		t.Run(name, func(t *testing.T) {
			requireRefused(t, srmt.DecideRedirection(test.state, by(test.author, test.state), test.to, test.why, cris.Personal[string]{}, srmt.DefaultPolicy()), test.want...)
		})
	}
}

// Each is told apart, so that a misspelled code does not look like a closed office.
func TestSR5_WhyAnOfficeCannotBeRedirectedTo(t *testing.T) {
	assigned := stateAfter(t, 2)
	day := cris.DateOf(srmttest.Start(), cris.AgencyZone())
	for code, to := range map[cris.Code]casestatus.Office{
		"destination_unknown":           {},
		"destination_is_heading":        knownOffice(t, "FOD"),
		"destination_closed":            {Code: "OLD", Kind: casestatus.FieldOffice, Until: day.AddDays(-1)},
		"destination_kind_not_admitted": knownOffice(t, "ZAR"),
		"there_already":                 knownOffice(t, "NSC"),
	} {
		decision := srmt.DecideRedirection(assigned, by(supervisor, assigned), to, srmt.StaffChange, cris.Personal[string]{}, srmt.Policy{})
		require.Equal(t, reasons(code), decision.Reasons)
	}
}

func TestSR5_TheCodeOfAnOfficeIsReadAsPeopleTypeIt(t *testing.T) {
	for code, want := range map[casestatus.OfficeCode]cris.Code{
		"SSC": "redirected_by_supervisor", "ssc": "redirected_by_supervisor", "S-S-C": "redirected_by_supervisor",
		"XXX": "destination_unknown", "SSC1": "destination_unknown", "": "destination_unknown", "UNROUTED": "destination_unknown",
		"S\x00C": "destination_unknown", "caf\xe9": "destination_unknown", "nsc": "there_already", "fod": "destination_is_heading",
	} {
		d := newDesk(t)
		id := d.FileAndReceive("NSC")
		decision, err := d.Redirect(t.Context(), srmt.Redirection{RequestID: id, By: supervisor.ID, Seen: 1, To: code, Why: srmt.StaffChange})
		require.NoError(t, err)
		require.Equal(t, reasons(want), decision.Reasons, "%q", code)
		if decision.Outcome == srmt.Allowed {
			require.Equal(t, casestatus.OfficeCode("SSC"), decision.Step.Office)
		}
	}
}

func TestSR5_OfficeIsOpenThroughItsLastDayInTheAgencysZone(t *testing.T) {
	assigned := stateAfter(t, 2)
	to := casestatus.Office{Code: "OLD", Kind: casestatus.FieldOffice, Until: cris.MustParseDate("2013-08-16")}
	lastMoment := time.Date(2013, 8, 17, 3, 59, 59, 0, time.UTC) // 23:59:59 in New York
	act := srmt.Act{By: supervisor, Seen: assigned.Version, At: lastMoment, On: cris.DateOf(lastMoment, cris.AgencyZone())}
	require.Equal(t, srmt.Allowed, srmt.DecideRedirection(assigned, act, to, srmt.StaffChange, cris.Personal[string]{}, srmt.DefaultPolicy()).Outcome)
	act.At, act.On = lastMoment.Add(time.Second), cris.DateOf(lastMoment.Add(time.Second), cris.AgencyZone())
	requireRefused(t, srmt.DecideRedirection(assigned, act, to, srmt.StaffChange, cris.Personal[string]{}, srmt.DefaultPolicy()), "SR-5")
}

func TestSR5_PolicyNamesTheKindsOfOffice(t *testing.T) {
	assigned := stateAfter(t, 2)
	policy := srmt.DefaultPolicy()
	policy.RedirectTo = []casestatus.OfficeKind{casestatus.AsylumOffice}
	require.Equal(t, srmt.Allowed, srmt.DecideRedirection(assigned, by(supervisor, assigned), knownOffice(t, "ZAR"), srmt.StaffChange, cris.Personal[string]{}, policy).Outcome)
	requireRefused(t, srmt.DecideRedirection(assigned, by(supervisor, assigned), knownOffice(t, "SSC"), srmt.StaffChange, cris.Personal[string]{}, policy), "SR-5")
}

func TestSR12_FallbackQueueIsRedirectedToAnyOfficeThatReceivesWork(t *testing.T) {
	policy := srmt.DefaultPolicy()
	unrouted, err := srmt.Replay([]srmt.Step{srmttest.NewReceived("r1", cris.MustParseDate("2013-08-15"), policy.FallbackQueue)})
	require.NoError(t, err)
	for _, to := range []casestatus.OfficeCode{"SSC", "NYC", "ZAR", "NBC"} {
		decision := srmt.DecideRedirection(unrouted, by(finder, unrouted), knownOffice(t, to), srmt.OfficeLocationAlignment, cris.Personal[string]{}, policy)
		require.Equal(t, srmt.Allowed, decision.Outcome, to)
		require.Equal(t, to, decision.Step.Office)
	}
	requireRefused(t, srmt.DecideRedirection(unrouted, by(finder, unrouted), knownOffice(t, "FOD"), srmt.OfficeLocationAlignment, cris.Personal[string]{}, policy), "SR-5")
	requireRefused(t, srmt.DecideRedirection(unrouted, by(supervisor, unrouted), knownOffice(t, "SSC"), srmt.OfficeLocationAlignment, cris.Personal[string]{}, policy), "SR-5")
}

func TestSR12_NobodyRedirectsToTheFallbackQueue(t *testing.T) {
	assigned := stateAfter(t, 2)
	queue, known := knownOffices().Office(srmt.DefaultPolicy().FallbackQueue)
	require.False(t, known)
	requireRefused(t, srmt.DecideRedirection(assigned, by(supervisor, assigned), queue, srmt.OfficeBandwidth, cris.Personal[string]{}, srmt.DefaultPolicy()), "SR-5")
}
