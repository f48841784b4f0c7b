package erequest_test

import (
	"context"
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

// What was answered is not assigned any more, in whatever order the news comes.
func TestER8_AnAssignmentAfterTheAnswerIsNoNews(t *testing.T) {
	d := newDesk(t)
	request := d.submit(t, submission("k1", erequest.CardNotReceived)).Request
	answered := cris.MustParseDate("2022-08-20")
	require.NoError(t, d.RecordAnswer(t.Context(), request.ID, answered))
	require.NoError(t, d.RecordAssignment(t.Context(), request.ID, answered.AddDays(-1)))
	require.NoError(t, d.RecordAnswer(t.Context(), request.ID, answered.AddDays(1)))
	require.Equal(t, erequest.Entry{
		ID: request.ID, Key: request.Key, Confirmation: request.Confirmation, Issue: request.Issue, Channel: request.Channel,
		Filed: request.Filed, RespondBy: request.RespondBy, Answered: answered,
	}, d.requests(t)[0])
	require.ErrorContains(t, d.RecordAssignment(t.Context(), request.ID, cris.Date{}), "erequest: record assignment: ")
}

// stuckCase is a store in which nothing of one case can be saved.
type stuckCase struct {
	erequest.Store
	receipt casestatus.ReceiptNumber
}

func (s stuckCase) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Entry) (erequest.Change, error)) error {
	if receipt == s.receipt {
		return errDown
	}
	return s.Store.Update(ctx, receipt, decide)
}

func TestER10_ACaseThatFailsKeepsNoOtherFromBeingRaised(t *testing.T) {
	d := newDesk(t)
	d.submit(t, submission("k1", erequest.CardNotReceived))
	other := casestatustest.NewPendingCase(2)
	require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), other))
	d.submit(t, erequesttest.NewSubmission("k2", other, erequest.BeneficiaryChange))
	d.now = d.now.AddDate(0, 0, 31)
	raised, err := d.over(stuckCase{d.db.ERequests(), receipt}).RaiseOverdue(t.Context())
	require.ErrorIs(t, err, errDown)
	require.Equal(t, 1, raised)
	raised, err = d.RaiseOverdue(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, raised)
}
