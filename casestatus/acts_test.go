package casestatus_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/tracking"
)

// busyCases give up a number of times.
type busyCases struct {
	casestatus.Cases
	left int
}

func (b *busyCases) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(casestatus.Case) (casestatus.CaseChange, error)) error {
	if b.left > 0 {
		b.left--
		return fmt.Errorf("busy: %w", cris.ErrConflict)
	}
	return b.Cases.Update(ctx, receipt, decide)
}

// busyDeliveries give up a number of times.
type busyDeliveries struct {
	casestatus.Deliveries
	left int
}

func (b *busyDeliveries) Update(ctx context.Context, numbers []tracking.Number, decide func(casestatus.Filed) (casestatus.DeliveryChange, error)) error {
	if b.left > 0 {
		b.left--
		return fmt.Errorf("busy: %w", cris.ErrConflict)
	}
	return b.Deliveries.Update(ctx, numbers, decide)
}

func TestService_ConflictIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		onFile, number := mailed(1)
		o := newOffice(t, "2022-02-16", onFile)
		arrive(t, o.mail.Scans(), "tuesday", scanned(number, "10", "2022-02-15T11:42"))
		cases, deliveries := &busyCases{Cases: o.db.Cases()}, &busyDeliveries{Deliveries: o.db.Deliveries()}
		o.over(cases, deliveries)
		for name, act := range map[string]struct {
			left *int
			do   func() (saved bool, err error)
		}{
			"record": {&cases.left, func() (bool, error) {
				changed, err := o.Record(t.Context(), onFile.Receipt, func(c *casestatus.Case) { c.Office = "TSC" })
				return len(changed) > 0, err
			}},
			"sync": {&deliveries.left, func() (bool, error) {
				received, err := o.Sync(t.Context())
				return received.Pieces > 0, err
			}},
		} {
			*act.left = 1000
			saved, err := act.do()
			require.ErrorIs(t, err, cris.ErrConflict, name)
			require.ErrorContains(t, err, "casestatus: ", name)
			require.False(t, saved, name)
			require.Equal(t, 1000-retry.DefaultPolicy().Tries, *act.left, name)
			*act.left = 4
			saved, err = act.do()
			require.NoError(t, err, name)
			require.True(t, saved, name)
		}
		o.clock.Set("2022-02-22T17:00:00Z")
		deliveries.left = 1000
		_, err := o.Pass(t.Context())
		require.ErrorIs(t, err, cris.ErrConflict)
		require.Equal(t, 1000-retry.DefaultPolicy().Tries, deliveries.left)
		deliveries.left = 4
		require.Equal(t, 1, o.pass(t, "2022-02-22"))
		require.Len(t, o.told(t), 1)
	})
}

func TestService_AClockThatCannotBeRightSavesNothing(t *testing.T) {
	for _, at := range []string{"0001-01-01T00:00:00Z", "1970-12-31T23:59:59Z", "9900-01-01T00:00:00Z"} {
		onFile, number := mailed(1)
		o := newOffice(t, "2022-02-16", onFile)
		arrive(t, o.mail.Scans(), "tuesday", scanned(number, "10", "2022-02-15T11:42"))
		o.clock.Set(at)
		_, err := o.Record(t.Context(), onFile.Receipt, func(c *casestatus.Case) { c.Office = "TSC" })
		require.ErrorIs(t, err, cris.ErrClock)
		_, err = o.Eligibility(t.Context(), onFile.Receipt)
		require.ErrorIs(t, err, cris.ErrClock)
		received, err := o.Sync(t.Context())
		require.ErrorIs(t, err, cris.ErrClock)
		require.Zero(t, received)
		_, err = o.Pass(t.Context())
		require.ErrorIs(t, err, cris.ErrClock)
		require.ErrorIs(t, o.Handle(t.Context(), casestatus.CaseChanged{
			Receipt: onFile.Receipt, Changed: []casestatus.CaseAspect{casestatus.AspectMailings},
		}.Event("e", casestatustest.Start())), cris.ErrClock)

		kept, err := o.db.Cases().Case(t.Context(), onFile.Receipt)
		require.NoError(t, err)
		require.Equal(t, onFile, kept)
		scans, err := o.db.Deliveries().Scans(t.Context(), number)
		require.NoError(t, err)
		require.Empty(t, scans)
		events, err := o.db.Outbox().Pending(t.Context(), 0)
		require.NoError(t, err)
		require.Empty(t, events)

		// What someone sees of a case depends on no clock.
		status, err := o.Status(t.Context(), onFile.Receipt.String())
		require.NoError(t, err)
		require.Equal(t, casestatus.Shown, status.Outcome)
	}
}

// overtaking lets somebody else act before its first Update.
type overtaking struct {
	casestatus.Deliveries
	before func()
}

func (o *overtaking) Update(ctx context.Context, numbers []tracking.Number, decide func(casestatus.Filed) (casestatus.DeliveryChange, error)) error {
	if before := o.before; before != nil {
		o.before = nil
		before()
	}
	return o.Deliveries.Update(ctx, numbers, decide)
}

func TestCS5_ASyncThatWasOvertakenFilesNothingAndGoesOn(t *testing.T) {
	o := newOffice(t, "2022-02-16")
	var pieces []casestatus.Piece
	for n := range 5 {
		pieces = append(pieces, casestatustest.NewPiece(n, 1))
	}
	arrive(t, o.mail.Scans(), "monday", pieces[0].Scans[0], pieces[1].Scans[0])
	var ahead casestatus.Received
	other := casestatus.NewDeliverySync(o.mail.Scans(), o.db.Cases(), o.db.Deliveries(), nil)
	var filed tracking.Cursor
	o.over(o.db.Cases(), &overtaking{o.db.Deliveries(), func() {
		var err error
		ahead, err = other.Sync(t.Context())
		require.NoError(t, err)
		filed, err = o.db.Deliveries().Cursor(t.Context())
		require.NoError(t, err)
	}})
	require.Zero(t, o.sync(t), "the other has filed it")
	require.Equal(t, casestatus.Received{Pieces: 2, Changed: 2}, ahead)
	cursor, err := o.db.Deliveries().Cursor(t.Context())
	require.NoError(t, err)
	require.Equal(t, filed, cursor)
	require.Len(t, changes(t, o.db), 2)

	// What came after the other one is filed by the sync that was overtaken.
	arrive(t, o.mail.Scans(), "tuesday", pieces[2].Scans[0], pieces[3].Scans[0])
	o.over(o.db.Cases(), &overtaking{o.db.Deliveries(), func() {
		_, err := other.Sync(t.Context())
		require.NoError(t, err)
		arrive(t, o.mail.Scans(), "wednesday", pieces[4].Scans[0])
	}})
	require.Equal(t, casestatus.Received{Pieces: 1, Changed: 1}, o.sync(t))
	requireReceived(t, o.mail.Scans(), o.db.Deliveries(), pieces...)
	require.Len(t, changes(t, o.db), 5)
}

// forgetful saves what it says it did not.
type forgetful struct{ casestatus.Deliveries }

func (f forgetful) Update(ctx context.Context, numbers []tracking.Number, decide func(casestatus.Filed) (casestatus.DeliveryChange, error)) error {
	if err := f.Deliveries.Update(ctx, numbers, decide); err != nil {
		return err
	}
	return cris.ErrConflict
}

// A try that was saved after all is found by the next, which sees the cursor behind it.
func TestCS5_ATryThatWasSavedAfterAllIsNotRepeated(t *testing.T) {
	o := newOffice(t, "2022-02-16")
	arrive(t, o.mail.Scans(), "monday", casestatustest.NewPiece(1, 1).Scans...)
	o.over(o.db.Cases(), forgetful{o.db.Deliveries()})
	_, err := o.Sync(t.Context())
	require.NoError(t, err)
	require.Len(t, changes(t, o.db), 1)
}

func TestPolicy_DefaultsAreThoseOfTheDocuments(t *testing.T) {
	policy := casestatus.DefaultPolicy()
	require.Equal(t, "30.4", policy.DaysPerMonth.String())
	policy.DaysPerMonth = decimal.Decimal{}
	require.Equal(t, casestatus.Policy{
		Zone: cris.AgencyZone(), StaleAfter: 365, Earliest: day("1952-01-01"), Tracking: tracking.DefaultPolicy(), PiecesAtOnce: 100,
	}, policy)
}

// The zero Policy is the default one, in pure functions too.
func TestPolicy_ZeroMeansTheDefaults(t *testing.T) {
	c := casestatustest.NewPendingCase(1)
	old := casestatustest.NewPendingCase(2, func(c *casestatus.Case) { c.Filed = day("1951-12-31") })
	byRange := casestatustest.NewProcessingTime(func(p *casestatus.ProcessingTime) { p.InquiryDate = cris.Date{} })
	s, db := service(t, nil, noon, c)
	require.NoError(t, db.ProcessingTimes().Post(t.Context(), casestatustest.NewProcessingTime()))
	for _, on := range []cris.Date{day("2022-02-19"), day("2022-02-20"), day("2023-02-19"), day("2023-02-20")} {
		for _, posted := range []casestatus.ProcessingTime{{}, casestatustest.NewProcessingTime(), byRange} {
			for _, c := range []casestatus.Case{c, old} {
				require.Equal(t,
					casestatus.DecideEligibility(c, posted, on, nil, casestatus.DefaultPolicy()),
					casestatus.DecideEligibility(c, posted, on, nil, casestatus.Policy{}))
			}
		}
		want, err := casestatus.FindPosted(t.Context(), db.ProcessingTimes(), c, on, nil, casestatus.DefaultPolicy())
		require.NoError(t, err)
		found, err := casestatus.FindPosted(t.Context(), db.ProcessingTimes(), c, on, nil, casestatus.Policy{})
		require.NoError(t, err)
		require.Equal(t, want, found)
		times := slices.Values([]casestatus.ProcessingTime{casestatustest.NewProcessingTime(), byRange})
		require.Equal(t,
			casestatus.NewPostedTable(times, on, nil, casestatus.DefaultPolicy()).Decide(c),
			casestatus.NewPostedTable(times, on, nil, casestatus.Policy{}).Decide(c))
		decided, err := s.EligibilityOf(t.Context(), c, on)
		require.NoError(t, err)
		require.Equal(t, casestatus.DecideEligibility(c, want, on, nil, casestatus.Policy{}), decided)
	}
	require.Equal(t, casestatus.Undecided, casestatus.DecideEligibility(old, byRange, day("2022-02-19"), nil, casestatus.Policy{}).Outcome)
	require.Equal(t, 183, casestatus.DecideEligibility(c, byRange, day("2022-02-19"), nil, casestatus.Policy{}).Days) // 6 x 30.4

	// A field that is left at zero means its default, whatever the others say.
	forever := casestatus.Policy{StaleAfter: -1}
	require.Equal(t, casestatus.NotPosted, casestatus.DecideEligibility(c, byRange, day("2023-02-20"), nil, casestatus.Policy{}).Outcome)
	kept := casestatus.DecideEligibility(c, byRange, day("2042-02-20"), nil, forever)
	require.Equal(t, casestatus.Outside, kept.Outcome)
	require.Equal(t, 183, kept.Days)
}

// counted is a mail side that counts how many pieces are asked for.
type counted struct {
	casestatus.Mail
	limits []int
}

func (c *counted) UpdatedSince(ctx context.Context, after tracking.Cursor, limit int) ([]tracking.Number, tracking.Cursor, error) {
	c.limits = append(c.limits, limit)
	return c.Mail.UpdatedSince(ctx, after, limit)
}

func TestPolicy_PiecesAtOnce(t *testing.T) {
	for policy, want := range map[int]int{0: 100, -1: 100, 1: 1, 7: 7, math.MaxInt: math.MaxInt} {
		o := newOffice(t, "2022-02-16")
		mail := &counted{Mail: o.mail.Scans()}
		sync := casestatus.NewDeliverySync(mail, o.db.Cases(), o.db.Deliveries(),
			&casestatus.Options{Now: casestatustest.Start, Policy: &casestatus.Policy{PiecesAtOnce: policy}})
		_, err := sync.Sync(t.Context())
		require.NoError(t, err)
		require.Equal(t, []int{want}, mail.limits)
	}
}
