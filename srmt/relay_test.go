package srmt_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/srmt"
)

// accepted is the event that erequest publishes for a request.
func (d *desk) accepted(id string) cris.Event {
	return erequest.AcceptedRequest{RequestID: id, Issue: erequest.CardNotReceived, Channel: erequest.Online}.Event(d.Clock.Now())
}

// The two packages meet through events alone: an accepted request arrives once,
// though the relay fails and repeats itself, and its response finds the way back.
func TestSR1_RequestsArriveAndResponsesGoBackThroughTheOutbox(t *testing.T) {
	d := newDesk(t)
	eligibilities := casestatus.NewService(d.Cases, d.db.ProcessingTimes(), nil, nil)
	mux := cris.NewMux(d.Service, erequest.NewService(d.Requests, d.Cases, eligibilities, nil))
	id := d.File("NSC")
	request, err := d.Requests.Request(t.Context(), id)
	require.NoError(t, err)
	require.NoError(t, d.Requests.Update(t.Context(), request.Receipt, func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{Events: []cris.Event{d.accepted(id)}}, nil
	}))

	crash := errors.New("stopped after delivery")
	_, err = cris.Relay(t.Context(), d.db.Outbox(), func(ctx context.Context, event cris.Event) error {
		return errors.Join(mux.Handle(ctx, event), crash)
	})
	require.ErrorIs(t, err, crash)
	_, err = cris.Relay(t.Context(), d.db.Outbox(), mux.Handle)
	require.NoError(t, err)
	require.Equal(t, []string{id}, ids(t, d.Unassigned(t.Context(), supervisor.ID, "NSC", srmt.Page{})))
	history, err := d.Store.History(t.Context(), id)
	require.NoError(t, err)
	require.Len(t, history, 1)

	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	d.MustRespond(id, 2, officer.ID)
	_, err = cris.Relay(t.Context(), d.db.Outbox(), mux.Handle)
	require.NoError(t, err)
	answered, err := d.Requests.Request(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, cris.MustParseDate("2013-08-16"), answered.Answered)
}

func TestER12_TheEventOfAnAcceptedRequestIsHandledOnce(t *testing.T) {
	d := newDesk(t)
	id := d.File("NSC")
	require.Equal(t, []string{erequest.EventAccepted}, d.HandledTypes())
	for range 2 {
		require.NoError(t, d.Handle(t.Context(), d.accepted(id)))
	}
	require.Equal(t, []string{id}, ids(t, d.Unassigned(t.Context(), supervisor.ID, "NSC", srmt.Page{})))
	events, err := d.db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	require.Len(t, events, 1)
}

// ER-12: what e-Request accepts while SRMT is down waits in the outbox and arrives once, at the
// office where the case is in process.
func TestER12_AnAcceptedRequestWaitsForSRMTAndArrivesOnce(t *testing.T) {
	d := newDesk(t)
	onFile := casestatustest.NewPendingCase(1, func(c *casestatus.Case) { c.Office = "NSC" })
	require.NoError(t, casestatustest.PutCase(t.Context(), d.Cases, onFile))
	requests := erequest.NewService(d.Requests, d.Cases, casestatus.NewService(d.Cases, d.db.ProcessingTimes(), nil, nil), &erequest.Options{Now: d.Clock.Now})
	filing, err := requests.Submit(t.Context(), erequesttest.NewSubmission("k1", onFile, erequest.TypographicalError))
	require.NoError(t, err)
	require.Equal(t, erequest.Accepted, filing.Outcome, "%v", filing.Reasons)

	down := errors.New("down")
	for range 3 {
		_, err := cris.Relay(t.Context(), d.db.Outbox(), func(context.Context, cris.Event) error { return down })
		require.ErrorIs(t, err, down)
		require.Empty(t, ids(t, d.Store.List(t.Context(), srmt.Query{})))
	}
	// It is received, and the relay dies before it has noted that.
	_, err = cris.Relay(t.Context(), d.db.Outbox(), func(ctx context.Context, event cris.Event) error {
		return errors.Join(d.Handle(ctx, event), down)
	})
	require.ErrorIs(t, err, down)
	_, err = cris.Relay(t.Context(), d.db.Outbox(), d.Handle)
	require.NoError(t, err)
	require.Equal(t, []string{filing.Request.ID}, ids(t, d.Store.List(t.Context(), srmt.Query{})))
	require.Equal(t, []string{filing.Request.ID}, ids(t, d.Unassigned(t.Context(), supervisor.ID, "NSC", srmt.Page{})), "at the office of the case")
	history, err := d.Store.History(t.Context(), filing.Request.ID)
	require.NoError(t, err)
	require.Len(t, history, 1)
}

func TestHandle_WhatItCannotReadIsAnErrorAndTheRestIsNotItsBusiness(t *testing.T) {
	d := newDesk(t)
	damaged := d.accepted(d.File("NSC"))
	damaged.Data = map[string]string{"issue": "Ana María"}
	err := d.Handle(t.Context(), damaged)
	require.ErrorContains(t, err, "srmt: handle event: ")
	require.NotContains(t, err.Error(), "Ana")
	require.ErrorIs(t, d.Handle(t.Context(), d.accepted("unknown")), erequest.ErrNotFound)
	for _, eventType := range []string{srmt.EventAssigned, srmt.EventAnswered, "", "cris.erequest.accepted.v2"} {
		other := d.accepted("unknown")
		other.Type = eventType
		require.NoError(t, d.Handle(t.Context(), other), eventType)
	}
	require.Empty(t, ids(t, d.Store.List(t.Context(), srmt.Query{})))
}
