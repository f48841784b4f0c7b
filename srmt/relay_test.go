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

// The two packages meet through events alone: an accepted request arrives once,
// though the relay fails and repeats itself, and its answer finds the way back.
func TestSR1_RequestsArriveAndAnswersGoBackThroughTheOutbox(t *testing.T) {
	d := newDesk(t)
	requests := erequest.NewService(d.db.ERequests(), d.db.Cases(), casestatus.NewService(d.db.Cases(), d.db.ProcessingTimes(), nil, nil), nil)
	request := erequesttest.Request(casestatus.MustParseReceiptNumber("IOE0912345678"), 1)
	require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), casestatus.Case{Receipt: request.Receipt, Office: "NSC"}))
	require.NoError(t, d.db.ERequests().Update(t.Context(), request.Receipt, func([]erequest.Request) (erequest.Change, error) {
		return erequest.Change{File: []erequest.Request{request}, Events: []cris.Event{{
			ID: request.ID + "/accepted", Type: erequest.EventAccepted, Source: "/cris/erequest", Subject: request.ID, Time: d.now,
		}}}, nil
	}))

	var outcomes []srmt.IntakeOutcome
	deliver := func(ctx context.Context, event cris.Event) error {
		switch event.Type {
		case erequest.EventAccepted:
			intake, err := d.Receive(ctx, event.Subject)
			outcomes = append(outcomes, intake.Outcome)
			return err
		case srmt.EventAnswered:
			on, err := cris.ParseDate(event.Data["on"])
			if err != nil {
				return err
			}
			return requests.RecordAnswer(ctx, event.Subject, on)
		}
		return nil
	}
	crash := errors.New("stopped after delivery")
	_, err := cris.Relay(t.Context(), d.db.Outbox(), func(ctx context.Context, event cris.Event) error {
		return errors.Join(deliver(ctx, event), crash)
	})
	require.ErrorIs(t, err, crash)
	_, err = cris.Relay(t.Context(), d.db.Outbox(), deliver)
	require.NoError(t, err)
	require.Equal(t, []srmt.IntakeOutcome{srmt.Received, srmt.AlreadyReceived}, outcomes)
	require.Equal(t, []string{request.ID}, ids(t, d.Unassigned(t.Context(), supervisor.ID, srmt.Page{})))

	d.assign(t, request.ID, supervisor.ID, officer.ID, 1)
	decision, err := d.Respond(t.Context(), srmt.Response{RequestID: request.ID, By: officer.ID, Seen: 2, Means: srmt.ByEmail, Text: letter})
	allowed(t, decision, err)
	_, err = cris.Relay(t.Context(), d.db.Outbox(), deliver)
	require.NoError(t, err)
	answered, err := d.db.ERequests().Request(t.Context(), request.ID)
	require.NoError(t, err)
	require.Equal(t, cris.MustParseDate("2013-08-16"), answered.Answered)
}
