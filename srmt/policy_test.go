package srmt_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	letters "github.com/seed28e20331/cris/srmt/letter"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

func TestPolicy_DefaultsOfTheDocuments(t *testing.T) {
	policy := srmt.DefaultPolicy()
	require.Equal(t, srmt.Policy{
		Zone: cris.AgencyZone(), FallbackQueue: "UNROUTED", CallCenter: "NCSC",
		Channels: srmt.DefaultChannels(), Routes: srmt.DefaultRoutes(), MostReturns: 3, Letters: letters.DefaultLibrary(),
		RedirectTo: []casestatus.OfficeKind{casestatus.FieldOffice, casestatus.ServiceCenter},
	}, policy)
	policy.RedirectTo[0] = casestatus.AsylumOffice
	require.Equal(t, casestatus.FieldOffice, srmt.DefaultPolicy().RedirectTo[0], "the caller may change it")
}

// The zero Policy is the default one, in pure functions too.
func TestPolicy_ZeroMeansTheDefaults(t *testing.T) {
	lateOnTheDueDay := time.Date(2013, 8, 17, 3, 59, 0, 0, time.UTC) // August 16 in New York
	assigned, offices := stateAfter(t, 2), closing("SSC")
	for _, policy := range []srmt.Policy{{}, {FallbackQueue: "UNROUTED"}, {Zone: cris.AgencyZone()}} {
		require.Equal(t, srmt.Route(erequest.Request{}, caseAt("XXX"), offices, today, srmt.DefaultPolicy()), srmt.Route(erequest.Request{}, caseAt("XXX"), offices, today, policy))
		for _, at := range []time.Time{lateOnTheDueDay, lateOnTheDueDay.Add(time.Hour)} {
			require.Equal(t, srmt.DecideRealignment(assigned, erequest.Request{}, casestatus.Header{}, offices, at, srmt.DefaultPolicy()), srmt.DecideRealignment(assigned, erequest.Request{}, casestatus.Header{}, offices, at, policy))
			act := srmt.Act{By: supervisor, Seen: 2, At: at}
			for _, to := range []casestatus.OfficeCode{"SSC", "NYC", "ZAR"} {
				require.Equal(t,
					srmt.DecideRedirection(assigned, act, knownOffice(t, to), srmt.StaffChange, cris.Personal[string]{}, srmt.DefaultPolicy()),
					srmt.DecideRedirection(assigned, act, knownOffice(t, to), srmt.StaffChange, cris.Personal[string]{}, policy))
			}
		}
	}
	nowhere := srmt.Policy{RedirectTo: []casestatus.OfficeKind{}}
	requireRefused(t, srmt.DecideRedirection(assigned, by(supervisor, assigned), knownOffice(t, "SSC"), srmt.StaffChange, cris.Personal[string]{}, nowhere), "SR-5")
}

func TestPolicy_ZeroCostsNoAllocation(t *testing.T) {
	open := stateAfter(t, 2)
	cost := func(policy srmt.Policy) float64 {
		return testing.AllocsPerRun(100, func() {
			srmt.DecideRealignment(open, erequest.Request{}, casestatus.Header{}, closing("SSC"), srmttest.Start(), policy)
		})
	}
	require.InDelta(t, cost(srmt.DefaultPolicy()), cost(srmt.Policy{}), 0)
}

// A caller who changes a policy after the service was made changes nothing.
func TestNewService_KeepsItsPolicy(t *testing.T) {
	kinds := []casestatus.OfficeKind{casestatus.AsylumOffice}
	d := newDesk(t, func(w *srmttest.World) { w.Policy.RedirectTo = kinds })
	kinds[0] = casestatus.FieldOffice
	id := d.FileAndReceive("NSC")
	redirect := func(to casestatus.OfficeCode) srmt.Outcome {
		decision, err := d.Redirect(t.Context(), srmt.Redirection{RequestID: id, By: supervisor.ID, Seen: 1, To: to, Why: srmt.StaffChange})
		require.NoError(t, err)
		return decision.Outcome
	}
	require.Equal(t, srmt.Refused, redirect("NYC"))
	require.Equal(t, srmt.Allowed, redirect("ZAR"))
}

// One table of offices serves everybody: with a successor in it, requests go there.
func TestSR2_TheTablesGivenAreTheOfficesThatCount(t *testing.T) {
	d := newDesk(t, func(w *srmttest.World) { w.Tables = tablesWithout(t, "NSC") })
	require.Equal(t, []string{d.FileAndReceive("NSC")}, ids(t, d.Unassigned(t.Context(), farSupervisor.ID, "SSC", srmt.Page{})))
	require.Empty(t, ids(t, d.Unassigned(t.Context(), supervisor.ID, "NSC", srmt.Page{})))
	decision, err := d.Redirect(t.Context(), srmt.Redirection{RequestID: d.FileAndReceive("SSC"), By: farSupervisor.ID, Seen: 1, To: "NSC", Why: srmt.StaffChange})
	require.NoError(t, err)
	require.Equal(t, reasons("destination_closed"), decision.Reasons)
}
