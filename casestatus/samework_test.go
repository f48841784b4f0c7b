package casestatus_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/tracking"
)

// counting counts what is asked of the ports.
type counting struct {
	*memory.DB
	calls []string
}

func (c *counting) Case(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	c.calls = append(c.calls, "Case")
	return c.Cases().Case(ctx, receipt)
}

func (c *counting) StaffCase(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	c.calls = append(c.calls, "StaffCase")
	return c.Cases().StaffCase(ctx, receipt)
}

func (c *counting) StaffHeader(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Header, error) {
	c.calls = append(c.calls, "StaffHeader")
	return c.Cases().StaffHeader(ctx, receipt)
}

func (c *counting) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(casestatus.Case) (casestatus.CaseChange, error)) error {
	return c.Cases().Update(ctx, receipt, decide)
}

func (c *counting) Mailed(ctx context.Context, numbers ...tracking.Number) ([]casestatus.CaseMailing, error) {
	c.calls = append(c.calls, "Mailed")
	return c.Cases().Mailed(ctx, numbers...)
}

func (c *counting) Posted(ctx context.Context, under casestatus.PostedUnder, on cris.Date) (casestatus.ProcessingTime, error) {
	c.calls = append(c.calls, "Posted "+string(under.Office))
	return c.ProcessingTimes().Posted(ctx, under, on)
}

func (c *counting) Post(ctx context.Context, times ...casestatus.ProcessingTime) error {
	return c.ProcessingTimes().Post(ctx, times...)
}

func (c *counting) Scans(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
	c.calls = append(c.calls, "Scans")
	return c.Deliveries().Scans(ctx, number)
}

// TestCS9_UnknownAndWithheldDoTheSameWork compares the calls of all ports, besides the
// answers. A case that is shown does more, which its answer tells anyway.
func TestCS9_UnknownAndWithheldDoTheSameWork(t *testing.T) {
	withheld, known := casestatustest.NewCase(1), casestatustest.NewCase(2)
	withheld.Withheld = true
	ports := &counting{DB: memory.New()}
	for _, c := range []casestatus.Case{withheld, known} {
		require.NoError(t, casestatustest.PutCase(t.Context(), ports, c))
	}
	service := casestatus.NewService(ports, ports, ports, nil)
	status := func(receipt casestatus.ReceiptNumber) (casestatus.Status, []string) {
		ports.calls = nil
		got, err := service.Status(t.Context(), receipt.String())
		require.NoError(t, err)
		require.Equal(t, receipt, got.Receipt)
		got.Receipt = casestatus.ReceiptNumber{} // is what was entered
		return got, ports.calls
	}
	eligibility := func(receipt casestatus.ReceiptNumber) (string, []string) {
		ports.calls = nil
		got, err := service.Eligibility(t.Context(), receipt)
		require.Zero(t, got)
		require.ErrorIs(t, err, casestatus.ErrNotFound)
		return err.Error(), ports.calls
	}
	unknown := casestatustest.Receipt(3)
	neverIssued := casestatus.MustParseReceiptNumber("QQQ*000000001")

	want, wantCalls := status(unknown)
	require.Equal(t, casestatus.NotShown, want.Outcome)
	require.Equal(t, []string{"Case"}, wantCalls)
	wantError, wantErrorCalls := eligibility(unknown)
	for _, receipt := range []casestatus.ReceiptNumber{withheld.Receipt, neverIssued} {
		got, calls := status(receipt)
		require.Equal(t, want, got)
		require.Equal(t, wantCalls, calls)
		gotError, calls := eligibility(receipt)
		require.Equal(t, wantError, gotError)
		require.Equal(t, wantErrorCalls, calls)
	}
	got, calls := status(known.Receipt)
	require.Equal(t, casestatus.Shown, got.Outcome)
	require.Equal(t, []string{"Case", "Scans"}, calls)
}
