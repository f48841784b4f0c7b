package srmt_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// SR-9: a supervisor lists what is open, overdue or due within some days, and counts it in one
// call.
func TestSR9_ASupervisorListsAndCountsWhatIsToBeDone(t *testing.T) {
	d := newDesk(t)
	file := func(day string) string {
		d.Clock.Set(day + "T15:00:00Z")
		return d.FileAndReceive("NSC")
	}
	late, held, soon, later := file("2013-07-01"), file("2013-07-15"), file("2013-07-17"), file("2013-08-01")
	answered, far := file("2013-07-01"), d.FileAndReceive("SSC")
	for _, id := range []string{held, later, answered} {
		d.MustAssign(id, 1, supervisor.ID, officer.ID)
	}
	d.MustRespond(answered, 2, officer.ID)
	reassigned, err := d.Reassign(t.Context(), srmt.Reassignment{RequestID: later, By: supervisor.ID, Seen: 2, To: supervisor.ID, Why: srmt.OfficeBandwidth})
	allowed(t, reassigned, err)
	d.Clock.Set("2013-08-14T15:00:00Z") // held is due, late is overdue

	require.Equal(t, []string{late, held, soon, later}, ids(t, d.AllOpen(t.Context(), supervisor.ID, "NSC", srmt.Page{})))
	require.Equal(t, []string{late, held}, ids(t, d.AllOpen(t.Context(), supervisor.ID, "NSC", srmt.Page{Limit: 2})))
	require.Equal(t, []string{far}, ids(t, d.AllOpen(t.Context(), farSupervisor.ID, "SSC", srmt.Page{})))
	for days, want := range map[int][]string{
		math.MinInt: {late, held}, -1: {late, held}, 0: {late, held}, 1: {late, held}, 2: {late, held, soon}, 16: {late, held, soon},
		17: {late, held, soon, later}, math.MaxInt: {late, held, soon, later},
	} {
		require.Equal(t, want, ids(t, d.DueWithin(t.Context(), supervisor.ID, "NSC", days, srmt.Page{})), days)
		counts, err := d.Count(t.Context(), supervisor.ID, "NSC", days)
		require.NoError(t, err)
		on := cris.MustParseDate
		require.Equal(t, srmt.Counts{
			On: on("2013-08-14"), Open: 4, Unassigned: 2, Overdue: 1, DueWithin: len(want),
			ByOfficer: map[srmt.StaffID]int{officer.ID: 1, supervisor.ID: 1},
			ByFiled:   map[cris.Date]int{on("2013-07-01"): 1, on("2013-07-15"): 1, on("2013-07-17"): 1, on("2013-08-01"): 1},
		}, counts, days)
	}
	counts, err := d.Count(t.Context(), srmttest.Supervisor("NYC", 1).ID, "NYC", 7)
	require.NoError(t, err)
	require.Equal(t, srmt.Counts{On: counts.On, ByOfficer: map[srmt.StaffID]int{}, ByFiled: map[cris.Date]int{}}, counts, "an office without requests")

	// PV-3
	for _, by := range []srmt.StaffID{officer.ID, roleless.ID, "unknown", ""} {
		require.ErrorIs(t, failsOf(d.AllOpen(t.Context(), by, "NSC", srmt.Page{})), srmt.ErrDenied)
		require.ErrorIs(t, failsOf(d.DueWithin(t.Context(), by, "NSC", 7, srmt.Page{})), srmt.ErrDenied)
		counts, err := d.Count(t.Context(), by, "NSC", 7)
		require.ErrorIs(t, err, srmt.ErrDenied)
		require.Zero(t, counts)
	}
}
