package casestatus_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/tracking"
)

// TR-7: a delivery is compared with the address on file, and every document has its place.
func TestTR7_MailOfACaseSaysWhatBecameOfEachDocument(t *testing.T) {
	onFile := casestatustest.NewCase(1)
	number := onFile.Mailings[1].Number
	scan := tracking.Scan{
		Number: number, Code: "01", At: tracking.MustParseLocalTime("2022-02-16T11:42"),
		Place: tracking.Place{ZIP: cris.MustParseZIP("60601"), Country: "US"},
	}
	s, _ := service(t, scansByNumber{number: {scan}}, noon, onFile)
	mail, err := s.MailOf(t.Context(), onFile, cris.MustParseDate("2022-02-19"))
	require.NoError(t, err)
	require.Len(t, mail, 2)
	require.Equal(t, casestatus.MailedPiece{Mailing: onFile.Mailings[0]}, mail[0], "without a number")
	require.Equal(t, onFile.Mailings[1], mail[1].Mailing)
	require.Equal(t, tracking.Delivered, mail[1].Delivery.Class)
	require.Len(t, mail[1].Alerts, 1)
	require.Equal(t, tracking.AlertDeliveredElsewhere, mail[1].Alerts[0].Kind)

	onFile.Address = casestatustest.NewAddress("60601-1111")
	onFile.Addresses = nil
	mail, err = s.MailOf(t.Context(), onFile, cris.MustParseDate("2022-02-19"))
	require.NoError(t, err)
	require.Empty(t, mail[1].Alerts)
}

func TestMailOf_FailsWithTheScans(t *testing.T) {
	down := errors.New("down")
	s := casestatus.NewService(nil, nil, failing{down}, nil)
	_, err := s.MailOf(t.Context(), casestatustest.NewCase(1), cris.MustParseDate("2022-02-19"))
	require.EqualError(t, err, "casestatus: read scans: down")
}
