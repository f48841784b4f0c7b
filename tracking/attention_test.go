package tracking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

var onFile = tracking.OnFile{Mailed: cris.MustParseDate("2013-08-10"), Address: cris.MustParseZIP("07405-1234")}

func attention(today string, given ...tracking.Scan) tracking.Attention {
	return tracking.DecideAttention(onFile, given, cris.MustParseDate(today), tracking.DefaultPolicy())
}

func kinds(a tracking.Attention) (all []tracking.AlertKind) {
	for _, alert := range a.Alerts {
		all = append(all, alert.Kind)
	}
	return all
}

func elsewhere(text string) tracking.Scan {
	s := scan(text)
	s.Place.ZIP = cris.MustParseZIP("07470")
	return s
}

func TestTR7_DeliveryAtTheAddressOnFileIsConfirmed(t *testing.T) {
	a := attention("2013-08-15", scans("OA 2013-08-12T08:00", "01 2013-08-15T09:51", "01 2013-08-15T09:52")...)
	require.True(t, a.Confirmed)
	require.Empty(t, a.Alerts)
	require.Equal(t, []cris.Reason{reason("reached_address")}, a.Reasons)
	require.True(t, a.Quiet.IsZero())
	require.Equal(t, tracking.Delivered, a.Delivery.Class)
}

func TestTR7_DeliveryElsewhereIsRaised(t *testing.T) {
	away := elsewhere("01 2013-08-15T09:52")
	a := attention("2013-08-15", away)
	require.False(t, a.Confirmed)
	text := reason("delivered_elsewhere")
	require.Equal(t, []tracking.Alert{{Kind: tracking.AlertDeliveredElsewhere, Scan: away, Since: cris.MustParseDate("2013-08-15")}}, a.Alerts)
	require.Equal(t, text, a.Alerts[0].Kind.Reason())
	require.Equal(t, []cris.Reason{text}, a.Reasons)

	wide := tracking.DefaultPolicy()
	wide.AddressDigits = 3
	require.Empty(t, tracking.DecideAttention(onFile, []tracking.Scan{away}, onFile.Mailed, wide).Alerts, "of one area")

	abroad := scan("I0 2013-08-15T09:52")
	abroad.Place = tracking.Place{Country: "FR"}
	require.Equal(t, []tracking.AlertKind{tracking.AlertDeliveredElsewhere}, kinds(attention("2013-08-15", abroad)))
}

func TestTR7_DeliveryThatCannotBeComparedIsNeitherConfirmedNorRaised(t *testing.T) {
	nowhere := scan("01 2013-08-15T09:52")
	nowhere.Place = tracking.Place{}
	noZIP := scan("01 2013-08-15T09:52")
	noZIP.Place.ZIP = cris.ZIP{}
	for _, delivery := range []tracking.Scan{nowhere, noZIP} {
		a := attention("2013-08-15", delivery)
		require.False(t, a.Confirmed)
		require.Empty(t, a.Alerts)
		require.Equal(t, "the delivery scan names no place, so it cannot be confirmed", a.Reasons[0].Text)
	}
	a := tracking.DecideAttention(tracking.OnFile{}, scans("01 2013-08-15T09:52"), onFile.Mailed, tracking.DefaultPolicy())
	require.False(t, a.Confirmed)
	require.Empty(t, a.Alerts)
	require.Equal(t, "no address is on file, so a delivery cannot be confirmed", a.Reasons[0].Text)
}

func TestTR7_ReturnToSenderIsRaised(t *testing.T) {
	a := attention("2013-08-16", scans("OA 2013-08-12T08:00", "21 2013-08-15T09:52")...)
	require.Equal(t, []tracking.AlertKind{tracking.AlertReturnStarted}, kinds(a))
	require.Equal(t, scan("21 2013-08-15T09:52"), a.Alerts[0].Scan)
	a = attention("2013-08-30", scans("21 2013-08-15T09:52", "01 2013-08-20T10:00 sender")...)
	require.Equal(t, []tracking.AlertKind{tracking.AlertReturnCompleted}, kinds(a), "with the code of a delivery")
	require.False(t, a.Confirmed)
	a = attention("2013-08-30", scans("04 2013-08-15T09:52", "01 2013-08-20T10:00")...)
	require.Empty(t, a.Alerts, "refused at first, delivered in the end")
	require.True(t, a.Confirmed)
}

func TestTR7_SilenceIsRaisedOnTheSeventhDay(t *testing.T) {
	given := scans("OA 2013-08-12T23:59", "NT 2013-08-14T08:00", "NT 2013-08-16T08:00")
	a := attention("2013-08-18", given...)
	require.Empty(t, a.Alerts)
	require.Equal(t, cris.MustParseDate("2013-08-19"), a.Quiet, "computed events do not break the silence")
	a = attention("2013-08-19", given...)
	require.Equal(t, []tracking.AlertKind{tracking.AlertQuiet}, kinds(a))
	require.Equal(t, given[0], a.Alerts[0].Scan)
	require.Equal(t, cris.MustParseDate("2013-08-19"), a.Alerts[0].Since)

	require.Equal(t, []tracking.AlertKind{tracking.AlertQuiet}, kinds(attention("2013-08-17")), "mailed and never scanned")
	require.Empty(t, attention("2013-08-16").Alerts)
	unknown := tracking.DecideAttention(tracking.OnFile{}, nil, onFile.Mailed, tracking.DefaultPolicy())
	require.Equal(t, tracking.Attention{Delivery: tracking.DecideDelivery(nil, cris.Date{}, tracking.Policy{})}, unknown)
	require.Empty(t, attention("2020-01-01", scans("01 2013-08-12T08:00")...).Alerts, "a delivered piece may be quiet")
}

func TestTR7_NoSilenceIsBeyondTheLastDay(t *testing.T) {
	mailed := tracking.OnFile{Mailed: cris.MustParseDate("9999-12-30"), Address: onFile.Address}
	a := tracking.DecideAttention(mailed, scans("OA 9999-12-30T08:00"), cris.MustParseDate("9999-12-31"), tracking.DefaultPolicy())
	require.Empty(t, a.Alerts)
	require.True(t, a.Quiet.IsZero())
}

func TestTR7_TwoDeliveriesAreRaised(t *testing.T) {
	a := attention("2013-08-30", scans("01 2013-08-15T09:52", "01 2013-08-16T10:00")...)
	require.Equal(t, []tracking.AlertKind{tracking.AlertDeliveredTwice}, kinds(a))
	require.Equal(t, scan("01 2013-08-16T10:00"), a.Alerts[0].Scan)
	require.False(t, a.Confirmed)
}

func TestTR7_MailUnderWayToAnAddressThatWasReplacedIsRaised(t *testing.T) {
	replaced := onFile
	replaced.Replaced = cris.MustParseDate("2013-08-13")
	for name, test := range map[string]struct {
		today string
		scans []tracking.Scan
		want  []tracking.AlertKind
	}{
		"under way":      {"2013-08-14", scans("03 2013-08-12T08:00"), []tracking.AlertKind{tracking.AlertReaddressed}},
		"not scanned":    {"2013-08-14", nil, []tracking.AlertKind{tracking.AlertReaddressed}},
		"forwarded":      {"2013-08-14", scans("03 2013-08-12T08:00", "30 2013-08-13T08:00"), []tracking.AlertKind{tracking.AlertReaddressed}},
		"gone quiet":     {"2013-09-30", scans("03 2013-08-12T08:00"), []tracking.AlertKind{tracking.AlertQuiet}},
		"delivered":      {"2013-08-14", scans("01 2013-08-13T08:00"), nil},
		"being returned": {"2013-08-14", scans("21 2013-08-13T08:00"), []tracking.AlertKind{tracking.AlertReturnStarted}},
		"destroyed":      {"2013-08-14", scans("DP 2013-08-13T08:00"), []tracking.AlertKind{tracking.AlertLost}},
	} {
		a := tracking.DecideAttention(replaced, test.scans, cris.MustParseDate(test.today), tracking.DefaultPolicy())
		require.Equal(t, test.want, kinds(a), name)
		for i, alert := range a.Alerts {
			require.Equal(t, alert.Kind.Reason(), a.Reasons[i], name)
			if alert.Kind == tracking.AlertReaddressed {
				require.Equal(t, tracking.Alert{Kind: tracking.AlertReaddressed, Since: replaced.Replaced}, alert)
			}
		}
		a = tracking.DecideAttention(onFile, test.scans, cris.MustParseDate(test.today), tracking.DefaultPolicy())
		require.NotContains(t, kinds(a), tracking.AlertReaddressed, name)
	}
}

func TestTR7_EverythingIsRaisedAtOnce(t *testing.T) {
	a := attention("2013-08-30", scan("01 2013-08-15T09:52"), elsewhere("01 2013-08-16T10:00"), scan("09 2013-08-17T10:00"))
	require.Equal(t, []tracking.AlertKind{
		tracking.AlertDeliveredElsewhere, tracking.AlertReturnStarted, tracking.AlertQuiet, tracking.AlertDeliveredTwice,
	}, kinds(a))
	require.Len(t, a.Reasons, 4)
	for _, kind := range kinds(a) {
		require.Contains(t, tracking.AlertKinds(), kind)
	}
}

// A return, and the loss of a piece, are raised whatever ends the journey behind them,
// unless it is a delivery at the address.
func TestTR7_ReturnAndLossAreNotHidden(t *testing.T) {
	nowhere := scan("01 2013-08-17T09:52")
	nowhere.Place = tracking.Place{}
	for _, test := range []struct {
		name  string
		scans []tracking.Scan
		want  []tracking.AlertKind
	}{
		{"destroyed", scans("03 2013-08-12T08:00", "DP 2013-08-15T09:52"), []tracking.AlertKind{tracking.AlertLost}},
		{"destroyed on its way back", scans("03 2013-08-12T08:00", "21 2013-08-15T09:52", "33 2013-08-16T10:00"), []tracking.AlertKind{tracking.AlertReturnStarted, tracking.AlertLost}},
		{"delivered nobody knows where", append(scans("03 2013-08-12T08:00", "21 2013-08-15T09:52"), nowhere), []tracking.AlertKind{tracking.AlertReturnStarted}},
		{"delivered elsewhere", append(scans("21 2013-08-15T09:52"), elsewhere("01 2013-08-17T09:52")), []tracking.AlertKind{tracking.AlertDeliveredElsewhere, tracking.AlertReturnStarted}},
		{"found, and delivered", scans("33 2013-08-15T09:52", "01 2013-08-16T10:00"), nil},
		{"delivered, and then destroyed", scans("01 2013-08-15T09:52", "DP 2013-08-16T10:00"), []tracking.AlertKind{tracking.AlertLost}},
		{"delivered, and then returned and destroyed", scans("01 2013-08-15T09:52", "21 2013-08-16T10:00", "DP 2013-08-17T10:00"), []tracking.AlertKind{tracking.AlertReturnStarted, tracking.AlertLost}},
		{"the sender has it", scans("33 2013-08-15T09:52", "21 2013-08-16T10:00", "01 2013-08-17T10:00 sender"), []tracking.AlertKind{tracking.AlertReturnCompleted}},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := attention("2013-08-18", test.scans...)
			require.Equal(t, test.want, kinds(a))
			require.Equal(t, test.want == nil, a.Confirmed)
			require.Len(t, a.Reasons, max(len(test.want), 1))
		})
	}
	a := tracking.DecideAttention(tracking.OnFile{}, scans("21 2013-08-15T09:52", "01 2013-08-17T09:52"), onFile.Mailed, tracking.DefaultPolicy())
	require.Equal(t, []tracking.AlertKind{tracking.AlertReturnStarted}, kinds(a), "no address on file: nothing tells whose delivery it is")
	require.Equal(t, scan("21 2013-08-15T09:52"), a.Alerts[0].Scan)
	require.Equal(t, "2013-08-15", a.Alerts[0].Since.String())
}

// What nobody scanned does not say that the piece still is.
func TestTR7_NoticeDoesNotBreakTheSilence(t *testing.T) {
	for _, code := range []string{"DX", "HX", "WX", "VC", "VX", "VR", "VF", "MU", "MX", "NT", "OF", "PC", "TL"} {
		a := attention("2013-08-19", scans("OA 2013-08-12T08:00", code+" 2013-08-18T08:00")...)
		require.Equal(t, []tracking.AlertKind{tracking.AlertQuiet}, kinds(a), code)
		require.Equal(t, scan("OA 2013-08-12T08:00"), a.Alerts[0].Scan, code)
		a = attention("2013-08-17", scans(code+" 2013-08-16T08:00")...)
		require.Equal(t, []tracking.AlertKind{tracking.AlertQuiet}, kinds(a), "from the day of mailing on")
		a = tracking.DecideAttention(tracking.OnFile{}, scans(code+" 2013-08-10T08:00", code+" 2013-08-16T08:00"), cris.MustParseDate("2013-08-17"), tracking.DefaultPolicy())
		require.Equal(t, []tracking.AlertKind{tracking.AlertQuiet}, kinds(a), "from the first that is known of it on")
	}
	for _, code := range []string{"10", "Q7"} {
		require.Empty(t, attention("2013-08-19", scans("OA 2013-08-12T08:00", code+" 2013-08-18T08:00")...).Alerts, code)
	}
	for _, code := range []string{"GX", "MA"} { // which announce a piece, and of one that was scanned tell nothing
		a := attention("2013-08-19", scans("OA 2013-08-12T08:00", code+" 2013-08-18T08:00")...)
		require.Equal(t, []tracking.AlertKind{tracking.AlertQuiet}, kinds(a), code)
		require.Empty(t, attention("2013-08-19", scans(code+" 2013-08-18T08:00")...).Alerts, "announced, and on its way to the USPS")
		early := scans(code + " 2013-08-04T08:00")
		require.Empty(t, attention("2013-08-16", early...).Alerts, "what was announced early is quiet from its mailing on")
		require.Equal(t, []tracking.AlertKind{tracking.AlertQuiet}, kinds(attention("2013-08-17", early...)))
	}
}

func TestTR7_EveryKindOfAlertHasItsReason(t *testing.T) {
	seen := map[cris.Code]bool{}
	for _, kind := range tracking.AlertKinds() {
		require.Equal(t, cris.RuleID("TR-7"), kind.Reason().Rule, kind)
		seen[kind.Reason().Code] = true
	}
	require.Len(t, seen, len(tracking.AlertKinds()))
	require.Zero(t, tracking.AlertKind("another").Reason())
}
