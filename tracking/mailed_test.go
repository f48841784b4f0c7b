package tracking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

func TestTR4_PieceIsTheOneThatWasMailed(t *testing.T) {
	for _, test := range []struct {
		name                  string
		mailed                string
		scans                 []string
		earlier, piece, later int
		class                 tracking.Class
	}{
		{"never scanned", "2013-08-10", nil, 0, 0, 0, tracking.NoScan},
		{"one piece", "2013-08-10", []string{"GX 2013-08-08T09:00", "01 2013-08-15T09:00"}, 0, 2, 0, tracking.Delivered},
		{"announced long before", "2013-08-10", []string{"GX 2013-07-08T09:00", "01 2013-08-15T09:00"}, 0, 2, 0, tracking.Delivered},
		{"announced long before, and a stranger's afterwards", "2013-08-10", []string{"GX 2013-07-08T09:00", "OA 2013-08-11T09:00", "21 2013-08-15T09:00", "01 2013-08-25T09:00 sender", "GX 2014-02-12T09:00", "01 2014-02-15T09:00"}, 0, 4, 2, tracking.ReturnCompleted},
		{"announced long before, and a stranger's soon", "2013-08-10", []string{"GX 2013-07-08T09:00", "OA 2013-08-11T09:00", "01 2013-08-15T09:00", "GX 2014-01-30T09:00"}, 0, 4, 0, tracking.Delivered},
		{"delivered as early as can be", "2013-08-22", []string{"OA 2013-08-12T09:00", "01 2013-08-15T09:00"}, 0, 2, 0, tracking.Delivered},
		{"a day too early", "2013-08-23", []string{"OA 2013-08-12T09:00", "01 2013-08-15T09:00"}, 2, 0, 0, tracking.NoScan},
		{"delivered before it was mailed, and nobody accepted it", "2013-08-16", []string{"01 2013-08-15T09:00"}, 1, 0, 0, tracking.NoScan},
		{"an old piece that arrives as this is mailed", "2013-08-10", []string{"OA 2013-02-01T09:00", "10 2013-05-01T09:00", "01 2013-08-05T09:00"}, 3, 0, 0, tracking.NoScan},
		{"delivered after seven months of silence", "2013-08-10", []string{"OA 2013-08-11T09:00", "10 2013-08-14T09:00", "01 2014-03-03T09:00"}, 0, 2, 1, tracking.InNetwork},
		{"back after seven months, and then a stranger's", "2013-08-10", []string{"OA 2013-08-12T09:00", "21 2013-08-15T09:00", "21 2014-03-01T09:00", "01 2014-03-03T09:00", "10 2015-03-03T09:00"}, 0, 3, 2, tracking.ReturnStarted},
		{"back after seven months twice", "2013-08-10", []string{"OA 2013-08-12T09:00", "21 2014-03-01T09:00", "09 2014-10-03T09:00"}, 0, 3, 0, tracking.ReturnStarted},
		{"a notice, and then a stranger's", "2013-08-10", []string{"VC 2013-09-01T09:00", "GX 2014-02-12T09:00", "01 2014-03-03T09:00"}, 0, 0, 3, tracking.NoScan},
		{"a notice before the label", "2013-08-10", []string{"VC 2013-08-09T09:00", "GX 2013-08-09T10:00", "01 2013-08-15T09:00"}, 0, 3, 0, tracking.Delivered},
		{"lost after seven months of silence", "2013-08-10", []string{"OA 2013-08-11T09:00", "10 2013-08-14T09:00", "33 2014-03-03T09:00"}, 0, 3, 0, tracking.Lost},
		{"an old piece alone", "2014-06-01", []string{"OA 2013-03-12T09:00", "01 2013-03-15T09:00"}, 2, 0, 0, tracking.NoScan},
		{"an old piece with a late notice", "2014-06-01", []string{"01 2013-03-15T09:00", "VX 2014-06-15T09:00"}, 2, 0, 0, tracking.NoScan},
		{"an old piece and this one", "2014-06-01", []string{"01 2013-03-15T09:00", "10 2014-06-03T09:00"}, 1, 1, 0, tracking.InNetwork},
		{"the tail of an old one, delivered as this was mailed", "2014-06-01", []string{"OA 2013-10-01T09:00", "10 2014-02-01T09:00", "01 2014-06-02T09:00", "OA 2014-06-03T09:00", "10 2014-06-04T09:00"}, 3, 2, 0, tracking.InNetwork},
		{"an old piece that is still on its way", "2014-06-01", []string{"OA 2013-10-01T09:00", "10 2014-02-01T09:00", "10 2014-06-02T09:00"}, 0, 3, 0, tracking.InNetwork},
		{"a stranger's return before, and our beginning was lost", "2013-09-30", []string{"OA 2013-03-16T09:00", "01 2013-04-22T09:00 sender", "07 2013-10-03T09:00", "01 2013-10-04T09:00"}, 2, 2, 0, tracking.Delivered},
		{"a stranger's return that began before, and was not seen to end", "2013-07-06", []string{"OA 2013-01-08T09:00", "09 2013-01-09T09:00", "10 2013-07-07T09:00"}, 2, 1, 0, tracking.InNetwork},
		{"a stranger's begun return, and both beginnings were lost but the label", "2013-07-06", []string{"09 2013-01-07T09:00", "GX 2013-07-05T09:00", "10 2013-07-07T09:00"}, 1, 2, 0, tracking.InNetwork},
		{"a stranger's whose beginning was lost, and all of ours", "2013-07-05", []string{"10 2013-01-06T09:00", "01 2013-01-27T09:00 sender", "GX 2013-07-05T09:00", "OA 2013-07-07T09:00", "01 2013-07-11T09:00"}, 2, 3, 0, tracking.Delivered},
		{"a stranger's that had not ended, and our acceptance", "2013-07-10", []string{"10 2013-01-15T09:00", "OA 2013-07-09T09:00"}, 1, 1, 0, tracking.Accepted},
		{"a stranger's that had ended, and a label long before the mailing", "2013-08-10", []string{"01 2013-03-01T09:00", "GX 2013-07-20T09:00", "10 2013-08-12T09:00"}, 1, 2, 0, tracking.InNetwork},
		{"accepted twice, and on file late", "2013-08-20", []string{"OA 2013-08-12T09:00", "OA 2013-08-13T12:00", "01 2013-08-15T09:00"}, 0, 3, 0, tracking.Delivered},
		{"accepted a week later again, and on file late", "2013-08-20", []string{"OA 2013-08-08T09:00", "OA 2013-08-15T09:00", "01 2013-08-16T09:00"}, 0, 3, 0, tracking.Delivered},
		{"accepted more than a week later again", "2013-08-20", []string{"OA 2013-08-08T09:00", "OA 2013-08-16T09:00", "01 2013-08-17T09:00"}, 1, 2, 0, tracking.Delivered},
		{"back with its sender, and a stranger's return", "2013-08-10", []string{"OA 2013-08-12T09:00", "01 2013-08-25T09:00 sender", "10 2014-03-01T09:00", "01 2014-03-09T09:00 sender"}, 0, 2, 2, tracking.ReturnCompleted},
		{"a stranger's delivery after seven months, and this was never scanned", "2013-08-10", []string{"07 2014-03-02T09:00", "01 2014-03-03T09:00"}, 0, 0, 2, tracking.NoScan},
		{"first seen on its way back, and then a stranger's", "2013-08-10", []string{"09 2014-03-20T09:00", "01 2014-04-20T09:00"}, 0, 1, 1, tracking.ReturnStarted},
		{"a stranger's that had not ended", "2013-09-30", []string{"OA 2013-03-16T09:00", "10 2013-04-22T09:00", "07 2013-10-03T09:00", "01 2013-10-04T09:00"}, 0, 4, 0, tracking.Delivered},
		{"a stranger's delivery after seven months, and its return", "2013-08-10", []string{"OA 2013-08-12T09:00", "10 2013-08-15T09:00", "01 2014-03-18T09:00", "09 2014-03-20T09:00"}, 0, 2, 2, tracking.InNetwork},
		{"the tail of one that is not so old", "2014-06-01", []string{"OA 2013-12-02T09:00", "10 2014-02-01T09:00", "10 2014-06-02T09:00", "OA 2014-06-03T09:00", "01 2014-06-04T09:00"}, 0, 3, 2, tracking.InNetwork},
		{"an old one that came back as this was mailed", "2014-06-01", []string{"OA 2013-11-02T09:00", "09 2014-02-01T09:00", "01 2014-05-31T09:00 sender", "OA 2014-06-02T09:00"}, 3, 1, 0, tracking.Accepted},
		{"a stranger's afterwards", "2013-08-10", []string{"01 2013-08-15T09:00", "GX 2014-03-01T09:00", "09 2014-03-03T09:00", "01 2015-03-03T09:00"}, 0, 1, 3, tracking.Delivered},
		{"a stranger's, and this was never scanned", "2013-08-10", []string{"GX 2014-02-10T09:00", "01 2014-03-03T09:00"}, 0, 0, 2, tracking.NoScan},
		{"the last day for a late beginning", "2013-08-10", []string{"GX 2014-02-09T09:00"}, 0, 1, 0, tracking.PreShipment},
		{"returned after seven months", "2013-08-10", []string{"01 2013-08-15T09:00", "09 2014-03-20T09:00"}, 0, 2, 0, tracking.ReturnStarted},
		{"first seen on its way back", "2013-08-10", []string{"09 2014-03-20T09:00"}, 0, 1, 0, tracking.ReturnStarted},
		{"no day of mailing: whose the number is now", "", []string{"01 2013-08-15T09:00", "GX 2014-03-01T09:00"}, 1, 1, 0, tracking.PreShipment},
		{"a notice only", "2013-08-10", []string{"WX 2013-08-11T09:00"}, 0, 1, 0, tracking.Informational},
	} {
		t.Run(test.name, func(t *testing.T) {
			var mailed cris.Date
			require.NoError(t, mailed.UnmarshalText([]byte(test.mailed)))
			given := scans(test.scans...)
			d := tracking.DecideDelivery(given, mailed, tracking.DefaultPolicy())
			require.Equal(t, test.class, d.Class)
			require.Equal(t, []int{test.earlier, test.piece, test.later}, []int{len(d.Earlier), len(d.Timeline), len(d.Later)})
			require.ElementsMatch(t, given, append(append(d.Earlier, d.Timeline...), d.Later...))
			require.Equal(t, test.piece == 0, contains(d.Reasons, reason("no_scan_yet")))
			require.Equal(t, test.earlier > 0, contains(d.Reasons, reason("number_reused")))
			require.Equal(t, test.later > 0, contains(d.Reasons, reason("number_given_on")))
		})
	}
}

func TestTR7_OldPieceDoesNotConfirmANewOne(t *testing.T) {
	mailed := tracking.OnFile{Mailed: cris.MustParseDate("2014-06-01"), Address: onFile.Address}
	a := tracking.DecideAttention(mailed, scans("OA 2013-03-12T08:00", "01 2013-03-15T09:52"), cris.MustParseDate("2014-06-08"), tracking.DefaultPolicy())
	require.False(t, a.Confirmed)
	require.Equal(t, tracking.NoScan, a.Delivery.Class)
	require.Equal(t, []tracking.AlertKind{tracking.AlertQuiet}, kinds(a))
}

func TestTR7_NewOwnersPieceSaysNothingOfTheOldOne(t *testing.T) {
	a := attention("2014-04-01", scan("01 2013-08-15T09:52"), elsewhere("GX 2014-03-01T09:00"), elsewhere("01 2014-03-03T09:00"))
	require.True(t, a.Confirmed)
	require.Empty(t, a.Alerts)
}

func TestTR4_NoPieceIsAfterTheLastYear(t *testing.T) {
	given := scans("OA 9999-12-30T09:00", "10 9999-12-31T09:00", "01 9999-12-31T10:00")
	require.Len(t, tracking.Pieces(given, tracking.DefaultPolicy()), 1)
}
