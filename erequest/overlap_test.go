package erequest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
)

// CA-1: after a move the ZIP code of either address passes the screening for thirty days, and
// then that of the new one alone.
func TestCA1_BothZIPCodesCountForAWhile(t *testing.T) {
	address, err := cris.NewAddress(cris.AddressParts{Street: "2 Oak Street", City: "Albany", State: "NY", ZIP: cris.MustParseZIP("12207")})
	require.NoError(t, err)
	moved, changed := onFile.Moved(casestatus.AddressEntry{Address: address, From: cris.MustParseDate("2022-08-15")})
	require.True(t, changed)
	before, after := screening, screening
	after.MailingZIP = cris.NewPersonal(cris.MustParseZIP("12207-0001"))
	for _, tt := range []struct {
		day     string
		entered erequest.Screening
		policy  *erequest.Policy
		want    erequest.ScreeningOutcome
	}{
		{"2022-08-15", before, nil, erequest.Passed},
		{"2022-08-15", after, nil, erequest.Passed},
		{"2022-09-14", before, nil, erequest.Passed},
		{"2022-09-15", before, nil, erequest.NotMatched},
		{"2022-09-15", after, nil, erequest.Passed},
		{"2022-08-15", before, &erequest.Policy{OverlapDays: -1}, erequest.NotMatched},
		{"2030-08-17", before, &erequest.Policy{OverlapDays: 1 << 40}, erequest.Passed},
		{"2022-08-17", before, &erequest.Policy{OverlapDays: 2}, erequest.Passed},
		{"2022-08-18", before, &erequest.Policy{OverlapDays: 2}, erequest.NotMatched},
	} {
		d := newDeskUnder(t, tt.policy)
		require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), moved))
		d.now = cris.MustParseDate(tt.day).Start(cris.AgencyZone())
		got, err := d.Screen(t.Context(), erequest.CardNotReceived, tt.entered)
		require.NoError(t, err)
		require.Equal(t, tt.want, got.Outcome, tt.day)
	}
}
