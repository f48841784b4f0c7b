package casestatus_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/tracking"
)

// movedTwice is a case that was at 10001 from the beginning, at 60601 from 2022-03-01 and at
// 33130 from 2022-03-20.
func movedTwice(t *testing.T) casestatus.Case {
	t.Helper()
	onFile := casestatus.Case{Header: casestatus.Header{Receipt: casestatustest.Receipt(1), Address: casestatustest.NewAddress("10001")}}
	for _, entry := range []casestatus.AddressEntry{
		{Address: casestatustest.NewAddress("60601"), From: day("2022-03-01"), Origin: "report-1"},
		{Address: casestatustest.NewAddress("33130"), From: day("2022-03-20"), Origin: "report-2"},
	} {
		next, moved := onFile.Moved(entry)
		require.True(t, moved)
		onFile = next
	}
	return onFile
}

func zips(personal []cris.Personal[cris.ZIP]) (codes []string) {
	for _, zip := range personal {
		codes = append(codes, zip.Reveal().String())
	}
	return codes
}

func TestCA1_AMoveKeepsTheAddressesBeforeIt(t *testing.T) {
	before := casestatus.Case{Header: casestatus.Header{Receipt: casestatustest.Receipt(1), Address: casestatustest.NewAddress("10001")}}
	onFile := movedTwice(t)
	require.Equal(t, casestatustest.NewAddress("33130"), onFile.Address)
	require.Equal(t, []casestatus.AddressEntry{
		{Address: before.Address},
		{Address: casestatustest.NewAddress("60601"), From: day("2022-03-01"), Origin: "report-1"},
		{Address: casestatustest.NewAddress("33130"), From: day("2022-03-20"), Origin: "report-2"},
	}, onFile.Addresses)
	for on, want := range map[string]string{
		"2000-01-01": "10001", "2022-02-28": "10001", "2022-03-01": "60601", "2022-03-19": "60601", "2022-03-20": "33130", "2030-01-01": "33130",
	} {
		require.Equal(t, casestatustest.NewAddress(want), onFile.AddressOn(day(on)), on)
	}
	require.Equal(t, before.Address, before.AddressOn(day("2022-03-01")), "one that never moved")
	require.Zero(t, casestatus.Case{}.AddressOn(day("2022-03-01")))
}

func TestCA1_AMoveIsEnteredOnceAndNeverOverALaterOne(t *testing.T) {
	onFile := movedTwice(t)
	for name, entry := range map[string]casestatus.AddressEntry{
		"entered before":  {Address: casestatustest.NewAddress("60601"), From: day("2022-03-20"), Origin: "report-1"},
		"an earlier day":  {Address: casestatustest.NewAddress("90012"), From: day("2022-03-19"), Origin: "report-3"},
		"already on file": {Address: casestatustest.NewAddress("33130"), From: day("2022-04-01")},
	} {
		same, moved := onFile.Moved(entry)
		require.False(t, moved, name)
		require.Equal(t, onFile, same, name)
	}
	next, moved := onFile.Moved(casestatus.AddressEntry{Address: casestatustest.NewAddress("90012"), From: day("2022-03-20"), Origin: "report-3"})
	require.True(t, moved, "a second one of the day")
	require.Equal(t, casestatustest.NewAddress("90012"), next.AddressOn(day("2022-03-20")))
	require.Equal(t, movedTwice(t), onFile, "the case that moved is left as it is")
}

// CA-1: an outbox may hand on two reports in either order; the later report counts.
func TestCA1_ReportsAreEnteredInAnyOrder(t *testing.T) {
	a, b, c := casestatustest.NewAddress("10001"), casestatustest.NewAddress("60601"), casestatustest.NewAddress("33130")
	morning := time.Date(2022, 3, 1, 15, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct{ first, second casestatus.AddressEntry }{
		"on one day": {
			casestatus.AddressEntry{Address: b, From: day("2022-03-01"), Origin: "report-1", At: morning},
			casestatus.AddressEntry{Address: c, From: day("2022-03-01"), Origin: "report-2", At: morning.Add(time.Hour)},
		},
		"there and back": {
			casestatus.AddressEntry{Address: b, From: day("2022-03-01"), Origin: "report-1", At: morning},
			casestatus.AddressEntry{Address: a, From: day("2022-03-04"), Origin: "report-2", At: morning.AddDate(0, 0, 3)},
		},
	} {
		for _, order := range [][]casestatus.AddressEntry{{tt.first, tt.second}, {tt.second, tt.first}, {tt.second, tt.first, tt.second, tt.first}} {
			onFile := casestatus.Case{Header: casestatus.Header{Receipt: casestatustest.Receipt(1), Address: a}}
			for _, entry := range order {
				onFile, _ = onFile.Moved(entry)
			}
			require.Equal(t, tt.second.Address, onFile.Address, name)
		}
	}
}

func TestCA1_ACorrectedAddressHoldsFromTheDayOfTheOneItCorrects(t *testing.T) {
	onFile := movedTwice(t)
	onFile.Address = casestatustest.NewAddress("33131")
	require.Equal(t, onFile.Address, onFile.AddressOn(day("2022-03-20")))
	require.Equal(t, casestatustest.NewAddress("60601"), onFile.AddressOn(day("2022-03-19")))
	require.Equal(t, []string{"33131", "60601"}, zips(onFile.MailingZIPs(day("2022-03-20"), 0)))
	next, moved := onFile.Moved(casestatus.AddressEntry{Address: casestatustest.NewAddress("90012"), From: day("2022-04-01")})
	require.True(t, moved)
	require.Equal(t, casestatustest.NewAddress("33131"), next.AddressOn(day("2022-03-31")))
	require.Equal(t, casestatustest.NewAddress("33130"), onFile.Addresses[2].Address, "what was kept is left as it is")
}

func TestCA1_BothZIPCodesCountForSomeDaysAfterAMove(t *testing.T) {
	onFile := movedTwice(t)
	for _, test := range []struct {
		on      string
		overlap int
		want    []string
	}{
		{"2022-02-28", 30, []string{"10001"}},
		{"2022-03-01", 30, []string{"60601", "10001"}},
		{"2022-03-19", 30, []string{"60601", "10001"}},
		{"2022-03-20", 30, []string{"33130", "60601", "10001"}},
		{"2022-03-31", 30, []string{"33130", "60601", "10001"}},
		{"2022-04-01", 30, []string{"33130", "60601"}},
		{"2022-04-19", 30, []string{"33130", "60601"}},
		{"2022-04-20", 30, []string{"33130"}},
		{"2022-03-20", 0, []string{"33130", "60601"}},
		{"2022-03-21", 0, []string{"33130"}},
		{"2022-03-20", -1, []string{"33130"}},
	} {
		require.Equal(t, test.want, zips(onFile.MailingZIPs(day(test.on), test.overlap)), "%s %d", test.on, test.overlap)
	}
	require.Empty(t, casestatus.Case{}.MailingZIPs(day("2022-03-01"), 30))
	back, moved := onFile.Moved(casestatus.AddressEntry{Address: casestatustest.NewAddress("60601"), From: day("2022-03-25")})
	require.True(t, moved, "back to where the customer was")
	require.Equal(t, []string{"60601", "33130", "10001"}, zips(back.MailingZIPs(day("2022-03-25"), 30)), "each once")
}

// move enters a new address in the case, and lets the watch handle what follows.
func (o *office) move(t *testing.T, receipt casestatus.ReceiptNumber, zip, on string) {
	t.Helper()
	o.clock.Set(on + "T17:00:00Z")
	changed, err := o.Record(t.Context(), receipt, func(c *casestatus.Case) {
		*c, _ = c.Moved(casestatus.AddressEntry{Address: casestatustest.NewAddress(zip), From: day(on), Origin: on})
	})
	require.NoError(t, err)
	require.Equal(t, []casestatus.CaseAspect{casestatus.AspectAddress}, changed)
	require.NoError(t, o.Handle(t.Context(), casestatus.CaseChanged{Receipt: receipt, Changed: changed}.Event("e", casestatustest.Start())))
}

func TestCA1_ADeliveryBeforeTheMoveStaysConfirmed(t *testing.T) {
	onFile, number := mailed(1)
	o := newOffice(t, "2022-02-17", onFile)
	arrive(t, o.mail.Scans(), "wednesday", scanned(number, "01", "2022-02-16T11:42"))
	require.Zero(t, o.sync(t).Alerts)
	o.move(t, onFile.Receipt, "10001", "2022-02-17")
	require.Empty(t, o.kinds(t))
	require.Zero(t, o.pass(t, "2022-03-30"))
}

func TestCA1_MailOnItsWayToTheOldAddressIsRaisedOnce(t *testing.T) {
	for zip, want := range map[string][]tracking.AlertKind{
		"07405": {tracking.AlertReaddressed, tracking.AlertDeliveredElsewhere}, // it came to the old address
		"10001": {tracking.AlertReaddressed},                                   // it was forwarded
	} {
		onFile, number := mailed(1)
		o := newOffice(t, "2022-02-16", onFile)
		arrive(t, o.mail.Scans(), "tuesday", scanned(number, "10", "2022-02-15T11:42"))
		require.Zero(t, o.sync(t).Alerts)
		o.move(t, onFile.Receipt, "10001", "2022-02-17")
		alerts := o.alerts(t, casestatus.AlertQuery{})
		require.Len(t, alerts, 1)
		require.Equal(t, tracking.Alert{Kind: tracking.AlertReaddressed, Since: day("2022-02-17")}, alerts[0].Alert)
		require.Equal(t, cris.Code("tracking.alert_kind.readdressed"), alerts[0].Message().Code)
		require.Equal(t, []casestatus.MailAlertRaised{{
			AlertID: alerts[0].ID, Receipt: onFile.Receipt, Number: number, Kind: tracking.AlertReaddressed, Since: day("2022-02-17"),
		}}, o.told(t))

		arrive(t, o.mail.Scans(), "thursday", scanned(number, "10", "2022-02-17T11:42"))
		require.Zero(t, o.sync(t).Alerts, "raised before")
		delivery := scanned(number, "01", "2022-02-18T11:42")
		delivery.Place.ZIP = cris.MustParseZIP(zip)
		arrive(t, o.mail.Scans(), "friday", delivery)
		o.sync(t)
		require.Equal(t, want, o.kinds(t), zip)
	}
}

// CA-1: a report takes effect on its day, and is entered later. What was mailed between, or on
// the day on which it was entered, may be under way to the old address.
func TestCA1_MailBetweenTheReportAndItsEntryIsRaised(t *testing.T) {
	for _, test := range []struct {
		from, entered string
		want          []tracking.AlertKind
	}{
		{"2022-02-11", "2022-02-16", []tracking.AlertKind{tracking.AlertReaddressed}},
		{"2022-02-11", "2022-02-14", []tracking.AlertKind{tracking.AlertReaddressed}},
		{"2022-02-11", "2022-02-13", nil}, // mailed to the new address
		{"2022-02-11", "2022-02-11", nil},
		{"2022-02-14", "2022-02-13", []tracking.AlertKind{tracking.AlertReaddressed}},
	} {
		onFile, number := mailed(1) // on the 14th
		o := newOffice(t, "2022-02-16", onFile)
		arrive(t, o.mail.Scans(), "tuesday", scanned(number, "10", "2022-02-15T11:42"))
		o.sync(t)
		changed, err := o.Record(t.Context(), onFile.Receipt, func(c *casestatus.Case) {
			*c, _ = c.Moved(casestatus.AddressEntry{Address: casestatustest.NewAddress("10001"), From: day(test.from), Origin: "report", Entered: day(test.entered)})
		})
		require.NoError(t, err)
		require.NoError(t, o.Handle(t.Context(), casestatus.CaseChanged{Receipt: onFile.Receipt, Changed: changed}.Event("e", casestatustest.Start())))
		require.Equal(t, test.want, o.kinds(t), "%s, entered %s", test.from, test.entered)
		for _, alert := range o.alerts(t, casestatus.AlertQuery{}) {
			require.Equal(t, day(test.from), alert.Since)
		}
	}
}

// CA-1: there and back before either was entered: the mail went to where the customer lives.
func TestCA1_MailBetweenTwoReportsThatAreEnteredAtOnceIsNotRaised(t *testing.T) {
	onFile, number := mailed(1) // on the 14th
	o := newOffice(t, "2022-02-16", onFile)
	arrive(t, o.mail.Scans(), "tuesday", scanned(number, "10", "2022-02-15T11:42"))
	o.sync(t)
	changed, err := o.Record(t.Context(), onFile.Receipt, func(c *casestatus.Case) {
		home := c.Address
		*c, _ = c.Moved(casestatus.AddressEntry{Address: casestatustest.NewAddress("10001"), From: day("2022-02-12"), Origin: "there", Entered: day("2022-02-16")})
		*c, _ = c.Moved(casestatus.AddressEntry{Address: home, From: day("2022-02-13"), Origin: "back", Entered: day("2022-02-16")})
	})
	require.NoError(t, err)
	require.NoError(t, o.Handle(t.Context(), casestatus.CaseChanged{Receipt: onFile.Receipt, Changed: changed}.Event("e", casestatustest.Start())))
	require.Empty(t, o.kinds(t))
}

// CA-1: mail for an address to which the customer came back is on its way to the right one.
func TestCA1_MailForAnAddressThatCountsAgainIsNotRaisedAgain(t *testing.T) {
	onFile, number := mailed(1)
	o := newOffice(t, "2022-02-16", onFile)
	arrive(t, o.mail.Scans(), "tuesday", scanned(number, "10", "2022-02-15T11:42"))
	o.sync(t)
	o.move(t, onFile.Receipt, "10001", "2022-02-17")
	require.Len(t, o.kinds(t), 1)
	changed, err := o.Record(t.Context(), onFile.Receipt, func(c *casestatus.Case) {
		*c, _ = c.Moved(casestatus.AddressEntry{Address: onFile.Address, From: day("2022-02-18"), Origin: "back"})
	})
	require.NoError(t, err)
	require.NoError(t, o.Handle(t.Context(), casestatus.CaseChanged{Receipt: onFile.Receipt, Changed: changed}.Event("e", casestatustest.Start())))
	require.Len(t, o.kinds(t), 1)
}

func TestCA1_ASecondMoveRaisesTheMailAgain(t *testing.T) {
	onFile, number := mailed(1)
	o := newOffice(t, "2022-02-16", onFile)
	arrive(t, o.mail.Scans(), "tuesday", scanned(number, "10", "2022-02-15T11:42"))
	o.sync(t)
	o.move(t, onFile.Receipt, "10001", "2022-02-17")
	o.move(t, onFile.Receipt, "60601", "2022-02-18")
	require.Equal(t, []tracking.AlertKind{tracking.AlertReaddressed, tracking.AlertReaddressed}, o.kinds(t))
}

func TestCA1_MailThatIsNotOnItsWayThereIsNotRaised(t *testing.T) {
	for name, scan := range map[string]func(tracking.Number) []tracking.Scan{
		"going back": func(n tracking.Number) []tracking.Scan { return []tracking.Scan{scanned(n, "09", "2022-02-16T11:42")} },
		"delivered":  func(n tracking.Number) []tracking.Scan { return []tracking.Scan{scanned(n, "01", "2022-02-16T11:42")} },
	} {
		onFile, number := mailed(1)
		o := newOffice(t, "2022-02-16", onFile)
		arrive(t, o.mail.Scans(), "wednesday", scan(number)...)
		o.sync(t)
		o.move(t, onFile.Receipt, "10001", "2022-02-17")
		require.NotContains(t, o.kinds(t), tracking.AlertReaddressed, name)
	}
	quiet, number := mailed(1)
	o := newOffice(t, "2022-02-16", quiet)
	arrive(t, o.mail.Scans(), "tuesday", scanned(number, "10", "2022-02-15T11:42"))
	o.sync(t)
	o.move(t, quiet.Receipt, "10001", "2022-02-22")
	require.Equal(t, []tracking.AlertKind{tracking.AlertQuiet}, o.kinds(t))
	arrive(t, o.mail.Scans(), "wednesday", scanned(number, "10", "2022-02-23T11:42"))
	o.clock.Set("2022-02-23T17:00:00Z")
	o.sync(t)
	require.Equal(t, []tracking.AlertKind{tracking.AlertQuiet, tracking.AlertReaddressed}, o.kinds(t), "it is under way again")

	later, number := mailed(1)
	o = newOffice(t, "2022-02-13", later)
	o.move(t, later.Receipt, "10001", "2022-02-13") // and mailed on the 14th, to the new address
	arrive(t, o.mail.Scans(), "tuesday", scanned(number, "10", "2022-02-15T11:42"))
	o.sync(t)
	require.Empty(t, o.kinds(t))
}
