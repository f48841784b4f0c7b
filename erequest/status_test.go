package erequest_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

func TestER8_TheStatusOfARequestSaysHowFarItHasCome(t *testing.T) {
	d := newDesk(t)
	request := d.submit(t, submission("k1", erequest.CardNotReceived)).Request
	words := cris.NewWords(erequest.Words()...)
	day := func(n int) cris.Date { return request.Filed.AddDays(n) }
	want := erequest.RequestStatus{
		Number: request.Confirmation, Issue: erequest.CardNotReceived, Channel: erequest.Online, Stage: erequest.StageReceived,
		Filed: request.Filed, RespondBy: day(30), AskAgain: day(30),
	}
	check := func(on int, says string) {
		t.Helper()
		d.now = time.Date(2022, 8, 15+on, 15, 0, 0, 0, time.UTC)
		got, err := d.Status(t.Context(), request.Confirmation, receipt)
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.Contains(t, words.Say(cris.English, got.Message()), says)
	}
	check(0, "We intend to respond by September 14, 2022")

	assigned := cris.Event{
		ID: "e1", Type: erequest.EventAssigned, Source: "/cris/srmt", Subject: request.ID,
		Time: time.Date(2022, 8, 18, 3, 59, 0, 0, time.UTC), // still the 17th in the agency's zone
	}
	require.NoError(t, d.Handle(t.Context(), assigned))
	want.Stage, want.Assigned = erequest.StageAssigned, day(2)
	check(5, "Your request was assigned to an officer")

	assigned.Time = assigned.Time.AddDate(0, 0, 9)
	require.NoError(t, d.Handle(t.Context(), assigned), "after a redirection it is assigned anew")
	check(30, "Your request was assigned to an officer")

	want.Stage, want.AskAgain = erequest.StageOverdue, day(31)
	check(31, "did not. We are sorry. You may place your request again on or after September 15, 2022.")

	require.NoError(t, d.RecordAnswer(t.Context(), request.ID, day(40)))
	want.Stage, want.Answered, want.AskAgain = erequest.StageAnswered, day(40), day(41)
	check(41, "We responded to your request on September 24, 2022.")
}

// CS-9: numbers that are unknown, do not belong together or belong to a withheld case all look
// alike.
func TestCS9_StatusOfARequestTellsNothingToWhoeverGuesses(t *testing.T) {
	d := newDesk(t)
	request := d.submit(t, submission("k1", erequest.CardNotReceived)).Request
	other := casestatustest.NewCase(77)
	require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), other))
	ask := func(number erequest.ConfirmationNumber, of casestatus.ReceiptNumber) string {
		status, err := d.Status(t.Context(), number, of)
		require.ErrorIs(t, err, erequest.ErrNotFound)
		require.Zero(t, status)
		return err.Error()
	}
	told := ask(erequesttest.ConfirmationNumber(5), casestatustest.Receipt(99))
	require.Equal(t, told, ask(request.Confirmation, casestatustest.Receipt(99)))
	require.Equal(t, told, ask(request.Confirmation, other.Receipt))
	require.Equal(t, told, ask(erequesttest.ConfirmationNumber(5), receipt))
	require.Equal(t, told, ask(erequest.ConfirmationNumber{}, receipt))
	withheld := onFile
	withheld.Withheld = true
	require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), withheld))
	require.Equal(t, told, ask(request.Confirmation, receipt))
}

func TestService_StatusFailsWithItsPorts(t *testing.T) {
	d := newDesk(t)
	_, err := d.over(unreadable{d.db.ERequests()}).Status(t.Context(), erequesttest.ConfirmationNumber(1), receipt)
	require.EqualError(t, err, "erequest: status: down")
	service := erequest.NewService(d.db.ERequests(), noCases{}, nil, &erequest.Options{Now: func() time.Time { return d.now }})
	_, err = service.Status(t.Context(), erequesttest.ConfirmationNumber(1), receipt)
	require.EqualError(t, err, "erequest: read case: down")
	d.now = time.Time{}
	_, err = d.Status(t.Context(), erequesttest.ConfirmationNumber(1), receipt)
	require.ErrorIs(t, err, cris.ErrClock)
}
