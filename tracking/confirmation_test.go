package tracking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// That an identity card reached its addressee is confirmed only where nothing speaks
// against it.
func TestTR7_DoubtfulDeliveryIsNotConfirmed(t *testing.T) {
	const (
		disputed  = "it is not certain that the code of the scan means a delivery, so it cannot be confirmed"
		notLast   = "another scan may be later than the delivery, so it cannot be confirmed"
		tooEarly  = "the delivery was scanned before the day of mailing on file, so it cannot be confirmed"
		seenAgain = "the piece was scanned again after the delivery, so it cannot be confirmed"
		tooLong   = "the piece was scanned long before the day of mailing on file, so the delivery cannot be confirmed"
		anothers  = "the piece is so old that the number may have been reused before the delivery, so it cannot be confirmed"
		noAddress = "no address is on file, so a delivery cannot be confirmed"
		noPlace   = "the delivery scan names no place, so it cannot be confirmed"
		confirmed = "the delivery was scanned at the address on file"
	)
	nowhere := placed("01 2013-08-15T09:52", "", "")
	atAddress := tracking.OnFile{Address: onFile.Address}
	for _, test := range []struct {
		name   string
		onFile tracking.OnFile
		scans  []tracking.Scan
		want   []string
	}{
		{"no doubt", onFile, scans("OA 2013-08-12T08:00", "01 2013-08-15T09:52"), []string{confirmed}},
		{"picked up by an agent", onFile, scans("17 2013-08-15T09:52"), []string{disputed}},
		{"picked up by somebody", onFile, scans("43 2013-08-15T09:52"), []string{disputed}},
		{"on the day of mailing", onFile, scans("OA 2013-08-09T08:00", "01 2013-08-10T09:52"), []string{confirmed}},
		{"the day before", onFile, scans("OA 2013-08-08T08:00", "01 2013-08-09T09:52"), []string{tooEarly}},
		{"accepted a week before the mailing", onFile, scans("OA 2013-08-03T08:00", "01 2013-08-15T09:52"), []string{confirmed}},
		{"and a day", onFile, scans("GX 2013-07-01T08:00", "OA 2013-08-02T08:00", "01 2013-08-15T09:52"), []string{tooLong}},
		{"first scanned six months before", atAddress, scans("GX 2013-02-01T08:00", "OA 2013-02-15T08:00", "10 2013-05-01T08:00", "01 2013-08-15T09:52"), []string{anothers}},
		{"a day less", atAddress, scans("GX 2013-02-01T08:00", "OA 2013-02-16T08:00", "10 2013-05-01T08:00", "01 2013-08-15T09:52"), []string{confirmed}},
		{"delivered six months after the mailing", onFile, scans("10 2014-02-09T08:00", "01 2014-02-10T09:52"), []string{anothers}},
		{"another had the number before, and no mailing is on file", atAddress, scans("OA 2012-08-12T08:00", "21 2012-08-15T08:00", "GX 2013-08-01T08:00", "01 2013-08-15T09:52"), []string{anothers}},
		{"scanned as it should be, but not where", onFile, []tracking.Scan{scan("43 2013-08-15T09:52"), placed("01 2013-08-15T09:55", "", "")}, []string{disputed}},
		{"then at a post office elsewhere", onFile, []tracking.Scan{scan("01 2013-08-15T09:52"), placed("07 2013-08-17T09:52", "90025", "US")}, []string{seenAgain}},
		{"then forwarded", onFile, scans("01 2013-08-15T09:52", "06 2013-08-16T09:52"), []string{seenAgain}},
		{"then nobody knows what", onFile, scans("01 2013-08-15T09:52", "Q7 2013-08-16T09:52"), []string{seenAgain}},
		{"then a notice", onFile, scans("01 2013-08-15T09:52", "VX 2013-08-16T09:52", "NT 2013-08-16T10:00"), []string{confirmed}},
		{"then late at its own post office", onFile, scans("01 2013-08-15T09:52", "07 2013-08-15T11:00"), []string{confirmed}},
		{"scanned again, nobody knows where", onFile, []tracking.Scan{scan("21 2013-08-15T09:00"), scan("01 2013-08-15T10:00"), placed("01 2013-08-15T10:05", "", "")}, []string{notLast}},
		{"all at once", tracking.OnFile{Mailed: cris.MustParseDate("2013-08-16")}, []tracking.Scan{scan("OA 2013-08-12T08:00"), nowhere}, []string{noAddress, noPlace, tooEarly}},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := tracking.DecideAttention(test.onFile, test.scans, cris.MustParseDate("2013-08-16"), tracking.DefaultPolicy())
			require.Equal(t, tracking.Delivered, a.Delivery.Class)
			require.Empty(t, a.Alerts)
			var texts []string
			for _, reason := range a.Reasons {
				texts = append(texts, reason.Text)
			}
			require.Equal(t, test.want, texts)
			require.Equal(t, test.want[0] == confirmed, a.Confirmed)
		})
	}
}

// Of two returns the one whose instant is in doubt may have been the last.
func TestTR7_SecondReturnHidesNoAlert(t *testing.T) {
	unsure, sure := placed("21 2013-08-15T09:00", "", ""), scan("21 2013-08-15T10:00")
	delivery := scan("01 2013-08-15T12:00")
	for _, given := range [][]tracking.Scan{{unsure, delivery}, {unsure, sure, delivery}, {sure, unsure, delivery}} {
		a := attention("2013-08-16", given...)
		require.Equal(t, []tracking.AlertKind{tracking.AlertReturnStarted}, kinds(a))
		require.Equal(t, unsure, a.Alerts[0].Scan)
		require.False(t, a.Confirmed)
	}
	require.True(t, attention("2013-08-16", sure, delivery).Confirmed)
}

// Two scans by one clock are in its order, but for the hours in which it was set.
func TestTR7_ClockThatWasSetConfirmsNothing(t *testing.T) {
	for _, test := range []struct {
		name, one, two, zip string
		sure                bool
	}{
		{"a time that the clock never showed", "01 2026-03-08T02:30", "21 2026-03-08T03:15", "07405", false},
		{"long after it", "01 2026-03-08T09:30", "21 2026-03-08T02:15", "07405", true},
		{"an hour shown twice", "21 2026-11-01T01:20", "01 2026-11-01T01:40", "07405", false},
		{"an hour shown twice in an area with two clocks", "21 2026-11-01T01:20", "01 2026-11-01T01:40", "37388", false},
		{"a clock of which nobody knows when it is set", "01 2026-03-08T02:30", "21 2026-03-08T03:15", "09009", false},
		{"an hour apart on it", "21 2026-04-08T02:30", "01 2026-04-08T03:30", "09009", true},
		{"less", "21 2026-04-08T02:30", "01 2026-04-08T03:29", "09009", false},
		{"any other hour there", "21 2026-11-02T01:20", "01 2026-11-02T01:40", "37388", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := tracking.OnFile{Address: cris.MustParseZIP(test.zip)}
			given := []tracking.Scan{placed(test.one, test.zip, "US"), placed(test.two, test.zip, "US")}
			a := tracking.DecideAttention(file, given, cris.MustParseDate("2026-11-03"), tracking.DefaultPolicy())
			require.Equal(t, test.sure, a.Confirmed)
			require.Equal(t, !test.sure, contains(a.Delivery.Reasons, orderUnsure))
			require.Equal(t, !test.sure, len(a.Alerts) > 0)
		})
	}
}

// A code on which tables disagree may itself be the return.
func TestTR7_DisputedDeliveryUndoesNoReturn(t *testing.T) {
	for _, code := range []string{"17", "43"} {
		a := attention("2013-08-18", scans("OA 2013-08-12T08:00", "21 2013-08-15T09:52", code+" 2013-08-17T09:52")...)
		require.Equal(t, []tracking.AlertKind{tracking.AlertReturnStarted}, kinds(a), code)
		require.False(t, a.Confirmed)
	}
}

func TestPolicy_ZeroFieldsMeanTheDefault(t *testing.T) {
	given := []tracking.Scan{scan("OA 2013-08-12T08:00"), elsewhere("01 2013-08-15T09:52"), scan("10 2013-08-16T09:52")}
	today := cris.MustParseDate("2013-08-19")
	want := tracking.DecideAttention(onFile, given, today, tracking.DefaultPolicy())
	require.Equal(t, []tracking.AlertKind{tracking.AlertDeliveredElsewhere}, kinds(want))
	for _, policy := range []tracking.Policy{
		{},
		{QuietDays: 7},
		{AddressDigits: 6},
		{ReuseMonths: -1, EarlyDays: -1, SameDelivery: -1, QuietDays: -1, AddressDigits: -1},
	} {
		require.Equal(t, want, tracking.DecideAttention(onFile, given, today, policy))
		require.Equal(t, want.Delivery, tracking.DecideDelivery(given, onFile.Mailed, policy))
		require.Equal(t, want.Delivery, tracking.DecideDelivery(given, cris.Date{}, policy))
		require.Len(t, tracking.Pieces(given, policy), 1)
	}
}
