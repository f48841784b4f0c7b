package integration_test

import (
	"context"
	"testing"

	"github.com/qmuntal/stateless"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// A supervisor hands a request to somebody else, decided with its reasons.
func BenchmarkLifecycle_Ours(b *testing.B) {
	state, err := srmt.Replay(srmttest.NewHistory("r1")[:2])
	require.NoError(b, err)
	by := srmt.NewStaff("siio-nsc-1", srmt.SIIO, "NSC")
	to := srmt.Officer{Staff: srmt.NewStaff("iio-nsc-2", srmt.IIO, "NSC")}
	act := srmt.Act{By: by, At: srmttest.Start(), On: cris.MustParseDate("2013-08-16"), Seen: state.Version}
	b.ReportAllocs()
	for b.Loop() {
		if srmt.DecideReassignment(state, act, to, srmt.StaffChange, srmt.Policy{}).Outcome != srmt.Allowed {
			b.Fatal("it is refused")
		}
	}
}

// The same transition in a state machine that has the table of the lifecycle, with guards for role
// and office.
func BenchmarkLifecycle_Stateless(b *testing.B) {
	const office = "NSC"
	today := cris.MustParseDate("2013-08-16")
	isSupervisor := func(_ context.Context, args ...any) bool {
		by, is := args[0].(*srmt.Staff)
		return is && by.Has(srmt.SIIO, office, today)
	}
	machine := stateless.NewStateMachine(srmt.Assigned)
	for _, row := range srmt.Lifecycle() {
		switch {
		case row.From == row.To:
			machine.Configure(row.From).PermitReentry(row.Act, isSupervisor)
		case row.From != "":
			machine.Configure(row.From).Permit(row.Act, row.To, isSupervisor)
		}
	}
	by := srmt.NewStaff("siio-nsc-1", srmt.SIIO, office)
	b.ReportAllocs()
	for b.Loop() {
		if err := machine.FireCtx(b.Context(), srmt.StepReassigned, &by); err != nil {
			b.Fatal(err)
		}
	}
}
