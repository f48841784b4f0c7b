package erequest_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/tracking"
)

var mailedOn = cris.MustParseDate("2022-07-01")

// mailed is a card with this delivery status.
func mailed(class tracking.Class, alerts ...tracking.AlertKind) casestatus.MailedPiece {
	piece := casestatus.MailedPiece{Mailing: casestatus.Mailing{Document: casestatus.PermanentResidentCard, Mailed: mailedOn}}
	piece.Delivery.Class = class
	for _, kind := range alerts {
		piece.Alerts = append(piece.Alerts, tracking.Alert{Kind: kind})
	}
	return piece
}

// nonReceipt decides about a card of which nobody told when it was mailed, in a case that was
// filed half a year before.
func nonReceipt(day int, mail ...casestatus.MailedPiece) erequest.NonReceipt {
	return erequest.DecideNonReceipt(erequest.CardNotReceived, mail, cris.Date{}, mailedOn.AddDays(-180), mailedOn.AddDays(day), erequest.Policy{})
}

// ER-1: the whole table. Only what may still come waits, and no longer than to the thirtieth
// day; what was returned is not told to wait.
func TestER1_MailOfEveryDeliveryStatusGetsItsAdvice(t *testing.T) {
	standings := map[tracking.Class]erequest.MailStanding{
		tracking.NoScan: erequest.MailUnderWay, tracking.Unknown: erequest.MailUnderWay, tracking.Informational: erequest.MailUnderWay,
		tracking.PreShipment: erequest.MailUnderWay, tracking.Accepted: erequest.MailUnderWay, tracking.InNetwork: erequest.MailUnderWay,
		tracking.AtUnit: erequest.MailUnderWay, tracking.OutForDelivery: erequest.MailUnderWay, tracking.Forwarded: erequest.MailUnderWay,
		tracking.Attempted: erequest.MailAtPostOffice, tracking.HeldForPickup: erequest.MailAtPostOffice,
		tracking.Delivered: erequest.MailDelivered, tracking.Lost: erequest.MailLost,
		tracking.ReturnStarted: erequest.MailBeingReturned, tracking.ReturnCompleted: erequest.MailReturned,
	}
	mayCome := map[erequest.MailStanding]bool{erequest.MailUnderWay: true, erequest.MailAtPostOffice: true}
	reached := map[erequest.MailStanding]bool{erequest.MailDeliveredElsewhere: true} // below
	for _, class := range tracking.Classes() {
		want, known := standings[class]
		require.True(t, known, class)
		reached[want] = true
		for _, day := range []int{0, 1, 29, 30, 31, 400} {
			got := nonReceipt(day, mailed(class))
			reason := "mail_overdue"
			switch {
			case !mayCome[want]:
				reason = "waiting_does_not_help"
			case day < 30:
				reason = "mail_may_come"
			}
			require.Equal(t, erequest.NonReceipt{
				Standing: want, Mailed: mailedOn, From: mailedOn.AddDays(30), TooEarly: reason == "mail_may_come", Reasons: reasons(cris.Code(reason)),
			}, got, "%s on day %d", class, day)
		}
	}
	for _, standing := range erequest.MailStandings() {
		require.True(t, reached[standing], standing)
	}
}

func TestER1_MailThatWasDeliveredElsewhereDoesNotWait(t *testing.T) {
	got := nonReceipt(1, mailed(tracking.Delivered, tracking.AlertDeliveredElsewhere))
	require.Equal(t, erequest.MailDeliveredElsewhere, got.Standing)
	require.False(t, got.TooEarly)
	later := mailed(tracking.Delivered, tracking.AlertDeliveredElsewhere)
	later.Delivery.Deciding.Code = "01"
	require.Equal(t, erequest.MailDelivered, nonReceipt(1, later).Standing, "and then at the address")
	returned := nonReceipt(1, mailed(tracking.ReturnCompleted, tracking.AlertDeliveredElsewhere, tracking.AlertReturnCompleted))
	require.Equal(t, erequest.MailReturned, returned.Standing, "it came back since")
	silent := nonReceipt(20, mailed(tracking.InNetwork, tracking.AlertQuiet))
	require.True(t, silent.TooEarly, "silence is no loss")
}

// ER-1: the last piece of the kind counts, and nothing that is still to be mailed.
func TestER1_TheLastPieceOfTheKindCounts(t *testing.T) {
	piece := func(document casestatus.Document, day int, class tracking.Class) casestatus.MailedPiece {
		p := mailed(class)
		p.Document, p.Mailed = document, mailedOn.AddDays(day)
		return p
	}
	first := piece(casestatus.PermanentResidentCard, 0, tracking.ReturnCompleted)
	again := piece(casestatus.EmploymentAuthorizationDocument, 10, tracking.InNetwork)
	notice := piece("Approval Notice", 12, tracking.Delivered)
	ahead := piece(casestatus.PermanentResidentCard, 21, tracking.NoScan)
	for _, mail := range [][]casestatus.MailedPiece{{first, again, notice, ahead}, {ahead, notice, again, first}} {
		got := nonReceipt(20, mail...)
		require.Equal(t, mailedOn.AddDays(10), got.Mailed)
		require.Equal(t, erequest.MailUnderWay, got.Standing)
		require.True(t, got.TooEarly, "the card that came back was mailed again")
	}
	undated := mailed(tracking.Delivered)
	undated.Mailed = cris.Date{}
	require.Equal(t, mailedOn.AddDays(-180), nonReceipt(1, undated).Mailed, "the day the case was filed")
	require.Equal(t, erequest.MailDelivered, nonReceipt(1, undated).Standing)
}

func TestER1_DocumentsAreReportedUnderTheirIssue(t *testing.T) {
	for document, want := range map[casestatus.Document]erequest.Issue{
		casestatus.PermanentResidentCard: erequest.CardNotReceived, casestatus.EmploymentAuthorizationDocument: erequest.CardNotReceived,
		casestatus.TravelDocument: erequest.DocumentNotReceived, "Certificate of Naturalization": erequest.DocumentNotReceived, "": erequest.DocumentNotReceived,
		"Approval Notice": erequest.NoticeNotReceived, "ASC APPOINTMENT NOTICE": erequest.NoticeNotReceived, "Denial Letter": erequest.NoticeNotReceived,
		"New Card": erequest.CardNotReceived,
	} {
		piece := mailed(tracking.Delivered)
		piece.Document = document
		for _, issue := range []erequest.Issue{erequest.NoticeNotReceived, erequest.DocumentNotReceived, erequest.CardNotReceived} {
			got := erequest.DecideNonReceipt(issue, []casestatus.MailedPiece{piece}, cris.Date{}, mailedOn, mailedOn, erequest.Policy{})
			require.Equal(t, issue == want, got.Standing == erequest.MailDelivered, "%s as %s", document, issue)
		}
	}
}

// ER-1: without a mailing on file the day counts that the customer tells, and without that the
// day on which the case was filed.
func TestER1_TheDayOfMailingIsThatOnFileThenThatTold(t *testing.T) {
	told, filed := mailedOn.AddDays(-5), mailedOn.AddDays(-50)
	decide := func(told cris.Date, mail ...casestatus.MailedPiece) cris.Date {
		return erequest.DecideNonReceipt(erequest.CardNotReceived, mail, told, filed, mailedOn, erequest.Policy{}).Mailed
	}
	require.Equal(t, mailedOn, decide(told, mailed(tracking.NoScan)))
	require.Equal(t, told, decide(told))
	require.Equal(t, filed, decide(cris.Date{}))
	require.Equal(t, filed, decide(filed.AddDays(-1)), "nothing was mailed before the case was filed")
}

func TestER1_APolicySaysAfterHowManyDaysMailIsReported(t *testing.T) {
	policy := erequest.Policy{ReportAfter: []erequest.ReportDelay{
		{Document: casestatus.PermanentResidentCard, Days: 120},
		{Issue: erequest.CardNotReceived, Days: 45},
		{Issue: erequest.NoticeNotReceived, Days: -1},
		{Issue: erequest.DocumentNotReceived},
	}}
	for _, tt := range []struct {
		issue    erequest.Issue
		document casestatus.Document
		want     int
	}{
		{erequest.CardNotReceived, casestatus.PermanentResidentCard, 120},
		{erequest.CardNotReceived, casestatus.EmploymentAuthorizationDocument, 45},
		{erequest.NoticeNotReceived, "Notice", 0},
		{erequest.DocumentNotReceived, casestatus.TravelDocument, 30},
	} {
		piece := mailed(tracking.NoScan)
		piece.Document = tt.document
		got := erequest.DecideNonReceipt(tt.issue, []casestatus.MailedPiece{piece}, cris.Date{}, mailedOn, mailedOn, policy)
		require.Equal(t, mailedOn.AddDays(tt.want), got.From, tt.document)
	}
}

// ER-1: the days that notices themselves name.
func TestER1_NoticesNameTheThirtiethDay(t *testing.T) {
	data := os.Getenv("CRIS_DATA")
	if data == "" {
		t.Skip("CRIS_DATA is not set: it names the folder with the real data")
	}
	file, err := os.Open(filepath.Join(data, "casestatus", "notice_deadline_samples.csv"))
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	compared := 0
	for _, row := range rows[1:] {
		action, err := cris.ParseDate(row[1])
		if err != nil {
			continue // a sample without dates
		}
		got := erequest.DecideNonReceipt(erequest.NoticeNotReceived, nil, action, cris.Date{}, action, erequest.Policy{})
		require.Equal(t, row[2], got.From.String(), row)
		compared++
	}
	require.Equal(t, 8, compared)
}

// cardInMail is the status side of a case that has a card in the mail, with a status that the test sets.
type cardInMail struct {
	erequest.CaseStatus
	piece casestatus.MailedPiece
	err   error
}

func (c cardInMail) MailOf(context.Context, casestatus.Case, cris.Date) ([]casestatus.MailedPiece, error) {
	return []casestatus.MailedPiece{c.piece}, c.err
}

func (d *desk) withCard(class tracking.Class, err error) *erequest.Service {
	piece := mailed(class)
	piece.Mailed = cris.DateOf(d.now, cris.AgencyZone()).AddDays(-10)
	return erequest.NewService(d.db.ERequests(), d.db.Cases(), cardInMail{nil, piece, err}, &erequest.Options{Now: func() time.Time { return d.now }})
}

func TestER1_ACardThatMayStillComeIsNotReportedYet(t *testing.T) {
	d := newDesk(t)
	words := cris.NewWords(erequest.Words()...)
	underWay, returned := d.withCard(tracking.InNetwork, nil), d.withCard(tracking.ReturnCompleted, nil)

	screened, err := underWay.Screen(t.Context(), erequest.CardNotReceived, screening)
	require.NoError(t, err)
	require.Equal(t, erequest.TooEarly, screened.Outcome)
	require.Empty(t, screened.Asks)
	require.Contains(t, words.Say(cris.English, screened.Message()), "You may report it as not received on or after September 4, 2022.")
	require.Contains(t, words.Say(cris.Spanish, screened.Message()), "a partir del 4 de septiembre de 2022")
	require.Equal(t, []erequest.OtherWay{erequest.CallUs, erequest.WriteToUs, erequest.VisitOffice}, screened.OtherWays())
	filing, err := underWay.Submit(t.Context(), submission("k1", erequest.CardNotReceived))
	require.NoError(t, err)
	require.Equal(t, erequest.ScreenedOut, filing.Outcome)
	require.Equal(t, screened, filing.Screening)
	require.Empty(t, d.events(t))

	screened, err = returned.Screen(t.Context(), erequest.CardNotReceived, screening)
	require.NoError(t, err)
	require.Equal(t, erequest.Passed, screened.Outcome)
	require.Equal(t, erequest.MailReturned, screened.Mail.Standing)
	filing, err = returned.Submit(t.Context(), submission("k1", erequest.CardNotReceived))
	require.NoError(t, err)
	require.Equal(t, erequest.Accepted, filing.Outcome)
}

// ER-3: mail is read of a case that matches, and of no other.
func TestER3_AMismatchReadsNoMail(t *testing.T) {
	d := newDesk(t)
	down := d.withCard(tracking.Delivered, errDown)
	mismatch := screening
	mismatch.DateFiled = mismatch.DateFiled.AddDays(1)
	screened, err := down.Screen(t.Context(), erequest.CardNotReceived, mismatch)
	require.NoError(t, err)
	require.Equal(t, erequest.NotMatched, screened.Outcome)
	_, err = down.Screen(t.Context(), erequest.CardNotReceived, screening)
	require.EqualError(t, err, "erequest: read mail: down")
	_, err = down.Screen(t.Context(), erequest.BeneficiaryChange, screening)
	require.NoError(t, err, "this issue is not about mail")
}

func TestER1_AskThePostalServiceWhereItHasTheMailOrLeftIt(t *testing.T) {
	for standing, want := range map[erequest.MailStanding][]erequest.OtherWay{
		erequest.MailUnderWay: nil, erequest.MailBeingReturned: nil, erequest.MailReturned: nil, erequest.MailLost: nil,
		erequest.MailAtPostOffice: {erequest.AskUSPS}, erequest.MailDelivered: {erequest.AskUSPS}, erequest.MailDeliveredElsewhere: {erequest.AskUSPS},
	} {
		mail := erequest.NonReceipt{Standing: standing}
		require.Equal(t, want, erequest.Screened{Outcome: erequest.Passed, Mail: mail}.OtherWays(), standing)
		require.Len(t, erequest.Screened{Outcome: erequest.TooEarly, Mail: mail}.OtherWays(), len(want)+3, standing)
	}
}

// ER-1: accommodations are later practice. No channel takes them until the policy names them.
func TestER1_AnAccommodationIsTakenOnlyIfThePolicyNamesIt(t *testing.T) {
	for name, tt := range map[string]struct {
		online []erequest.Offer
		want   erequest.FilingOutcome
	}{
		"nothing said":    {nil, erequest.ScreenedOut},
		"every issue":     {[]erequest.Offer{{}}, erequest.ScreenedOut},
		"named":           {[]erequest.Offer{{}, {Issue: erequest.AppointmentAccommodation}}, erequest.Accepted},
		"for other forms": {[]erequest.Offer{{}, {Issue: erequest.AppointmentAccommodation, Form: "N-400"}}, erequest.ScreenedOut},
	} {
		for _, channel := range erequest.Channels() {
			d := newDeskUnder(t, &erequest.Policy{Online: tt.online})
			s := submission("k1", erequest.AppointmentAccommodation)
			s.Channel = channel
			require.Equal(t, tt.want, d.submit(t, s).Outcome, fmt.Sprint(name, channel))
		}
	}
}

// ER-5: a day of mailing that is still to come is a fault, and no reason to wait for it.
func TestER5_AMailingStillToComeIsAFault(t *testing.T) {
	d := newDesk(t)
	for _, day := range []string{"2022-08-16", "2030-01-01", "9999-12-31"} {
		s := submission("k1", erequest.CardNotReceived)
		s.Details.Mailed = cris.MustParseDate(day)
		filing := d.submit(t, s)
		require.Equal(t, erequest.Incomplete, filing.Outcome, day)
		require.Equal(t, reasons("mailed_impossible"), filing.Reasons, day)
	}
}
