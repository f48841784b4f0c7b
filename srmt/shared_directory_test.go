package srmt_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
)

// changing is a directory that is kept with the store, in which the staff changes between
// the first look at it and the Update.
type changing struct {
	srmt.SharedDirectory
	change func()
}

func (c changing) UpdateWithStaff(
	ctx context.Context, id string, staff []srmt.StaffID, decide func([]srmt.Step, []srmt.Staff) (srmt.Change, error),
) error {
	c.change()
	return c.SharedDirectory.UpdateWithStaff(ctx, id, staff, decide)
}

// PV-3: who was dismissed, and who moved, while an act was on its way, makes a difference.
func TestPV3_StaffThatChangesMeanwhileCountsAsItIs(t *testing.T) {
	for name, test := range map[string]struct {
		change srmt.Staff
		want   cris.RuleID
	}{
		"the officer moved":            {srmt.Staff{ID: officer.ID, Role: srmt.IIO, Office: "SSC"}, "SR-3"},
		"the officer left":             {srmt.Staff{ID: officer.ID}, "SR-3"},
		"the supervisor was dismissed": {srmt.Staff{ID: supervisor.ID}, "SR-3"},
		"the supervisor moved":         {srmt.Staff{ID: supervisor.ID, Role: srmt.SIIO, Office: "SSC"}, "SR-3"},
	} {
		d := newDesk(t)
		id := d.receive(t, "NSC")
		directory := changing{d.db.Staff(), func() { require.NoError(t, d.db.Staff().PutStaff(t.Context(), test.change)) }}
		d.Service = srmt.NewService(d.db.ServiceRequests(), directory, d.db.ERequests(), d.db.Cases(), &srmt.Options{Now: func() time.Time { return d.now }})
		decision, err := d.Assign(t.Context(), srmt.Assignment{RequestID: id, By: supervisor.ID, Seen: 1, To: officer.ID})
		require.NoError(t, err)
		require.Equal(t, srmt.Refused, decision.Outcome, name)
		require.Equal(t, test.want, decision.Reasons[0].Rule, name)
	}
}

func TestER12_TheEventOfAnAcceptedRequestIsHandled(t *testing.T) {
	d := newDesk(t)
	id := d.file(t, "NSC", erequest.Online)
	event := erequest.AcceptedRequest{RequestID: id, Issue: erequest.CardNotReceived, Channel: erequest.Online}.Event(d.now)
	require.Equal(t, []string{erequest.EventAccepted}, d.HandledTypes())
	for range 2 {
		require.NoError(t, d.Handle(t.Context(), event))
	}
	require.Equal(t, []string{id}, ids(t, d.Unassigned(t.Context(), supervisor.ID, srmt.Page{})))
	event.Data = nil
	require.Error(t, d.Handle(t.Context(), event))
	event.Type = srmt.EventAssigned
	require.NoError(t, d.Handle(t.Context(), event), "none of its business")
}

func TestService_AClockThatWasNeverSetSavesNothing(t *testing.T) {
	d := newDesk(t)
	id := d.file(t, "NSC", erequest.Online)
	d.now = time.Time{}
	_, err := d.Receive(t.Context(), id)
	require.ErrorIs(t, err, cris.ErrClock)
	_, err = d.Assign(t.Context(), srmt.Assignment{RequestID: id, By: supervisor.ID, Seen: 1, To: officer.ID})
	require.ErrorIs(t, err, cris.ErrClock)
	_, err = d.Realign(t.Context(), "NSC")
	require.ErrorIs(t, err, cris.ErrClock)
	for _, err := range d.Overdue(t.Context(), supervisor.ID, srmt.Page{}) {
		require.ErrorIs(t, err, cris.ErrClock)
	}
	_, err = d.db.ServiceRequests().History(t.Context(), id)
	require.ErrorIs(t, err, srmt.ErrNotFound)
}
