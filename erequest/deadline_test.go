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

func (d *desk) overdue(t *testing.T) (ids []string) {
	t.Helper()
	for due, err := range d.Overdue(t.Context(), cris.Page[erequest.DueKey]{}) {
		require.NoError(t, err)
		ids = append(ids, due.RequestID)
	}
	return ids
}

// ER-10: due by the end of D+30, so overdue from the day after, whether or not it was raised.
func TestER10_ARequestIsOverdueFromTheDayAfterItsLast(t *testing.T) {
	d := newDesk(t)
	request := d.submit(t, submission("k1", erequest.CardNotReceived)).Request
	for day, want := range map[int][]string{0: nil, 30: nil, 31: {request.ID}, 400: {request.ID}} {
		d.now = time.Date(2022, 8, 15+day, 15, 0, 0, 0, time.UTC)
		require.Equal(t, want, d.overdue(t), day)
	}
	require.NoError(t, d.RecordAnswer(t.Context(), request.ID, cris.MustParseDate("2022-10-01")))
	require.Empty(t, d.overdue(t), "it was answered late")
}

func TestER10_TheDayThatPassesIsRaisedOnce(t *testing.T) {
	d := newDesk(t)
	late := d.submit(t, submission("k1", erequest.CardNotReceived)).Request
	d.now = d.now.AddDate(0, 0, 30)
	answered := d.submit(t, submission("k2", erequest.NoticeNotReceived)).Request
	require.NoError(t, d.RecordAnswer(t.Context(), answered.ID, cris.DateOf(d.now, cris.AgencyZone())))
	published := len(d.events(t))
	for i, want := range []int{0, 1, 0} {
		if i == 1 {
			d.now = d.now.AddDate(0, 0, 1)
		}
		raised, err := d.RaiseOverdue(t.Context())
		require.NoError(t, err)
		require.Equal(t, want, raised, i)
	}
	events := d.events(t)[published:]
	require.Len(t, events, 1)
	told, err := erequest.ReadOverdue(events[0])
	require.NoError(t, err)
	require.Equal(t, erequest.OverdueRequest{RequestID: late.ID, Issue: late.Issue, Channel: erequest.Online, RespondBy: late.RespondBy}, told)
	require.Equal(t, []string{late.ID}, d.overdue(t), "what was raised is still to be answered")
	onFile, err := d.db.ERequests().Request(t.Context(), late.ID)
	require.NoError(t, err)
	require.Equal(t, late.RespondBy.AddDays(1), onFile.Overdue)
}

func TestER10_ManyMachinesRaiseARequestOnce(t *testing.T) {
	d := newDesk(t)
	d.submit(t, submission("k1", erequest.CardNotReceived))
	d.now = d.now.AddDate(0, 0, 31)
	raised, failed := make(chan int, 8), make(chan error, 8)
	for range cap(raised) {
		go func() {
			n, err := d.RaiseOverdue(t.Context())
			raised <- n
			failed <- err
		}()
	}
	sum := 0
	for range cap(raised) {
		sum += <-raised
		require.NoError(t, <-failed)
	}
	require.Equal(t, 1, sum)
}

func TestER10_AClockThatIsNotSetRaisesNothing(t *testing.T) {
	d := newDesk(t)
	d.now = time.Time{}
	_, err := d.RaiseOverdue(t.Context())
	require.ErrorIs(t, err, cris.ErrClock)
	for _, err := range d.Overdue(t.Context(), cris.Page[erequest.DueKey]{}) {
		require.ErrorIs(t, err, cris.ErrClock)
	}
}

func TestReadOverdue_RefusesWhatItCannotRead(t *testing.T) {
	good := erequest.OverdueRequest{RequestID: "r", Issue: erequest.CardNotReceived, Channel: erequest.Letter, RespondBy: cris.MustParseDate("2022-09-14")}
	for name, spoil := range map[string]func(*cris.Event){
		"type":    func(e *cris.Event) { e.Type = erequest.EventAccepted },
		"request": func(e *cris.Event) { e.Subject = "" },
		"issue":   func(e *cris.Event) { e.Data["issue"] = "weather" },
		"channel": func(e *cris.Event) { e.Data["channel"] = "" },
		"day":     func(e *cris.Event) { e.Data["respond_by"] = "soon" },
	} {
		event := good.Event(time.Date(2022, 9, 15, 12, 0, 0, 0, time.UTC))
		spoil(&event)
		_, err := erequest.ReadOverdue(event)
		require.Error(t, err, name)
	}
}

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
	check(5, "An officer is working on your request")

	assigned.Time = assigned.Time.AddDate(0, 0, 9)
	require.NoError(t, d.Handle(t.Context(), assigned), "after a redirection it is assigned anew")
	check(30, "An officer is working on your request")

	want.Stage, want.AskAgain = erequest.StageOverdue, day(31)
	check(31, "did not. We are sorry. You may place your request again.")

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

func TestService_AnAssignmentThatCannotBeReadIsAnError(t *testing.T) {
	d := newDesk(t)
	at := time.Date(2022, 8, 18, 12, 0, 0, 0, time.UTC)
	for _, event := range []cris.Event{{Type: erequest.EventAssigned, Time: at}, {Type: erequest.EventAssigned, Subject: "r"}} {
		require.ErrorContains(t, d.Handle(t.Context(), event), "cannot be read")
	}
	unknown := cris.Event{Type: erequest.EventAssigned, Subject: "r", Time: at}
	require.ErrorIs(t, d.Handle(t.Context(), unknown), erequest.ErrNotFound)
	require.NoError(t, d.Handle(t.Context(), cris.Event{Type: "cris.other"}))
}
