package selfcheck_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// SC-13: a clock without seconds must not show a time at which the office cannot help yet.
func TestSC13_NobodyIsToldToCallTooEarly(t *testing.T) {
	for submitted, want := range map[string]string{
		"2013-08-15T14:30:00Z":        "August 18, 2013, 10:30 AM EDT (August 18, 2013, 2:30 PM UTC)",
		"2013-08-15T14:30:00.000001Z": "August 18, 2013, 10:31 AM EDT (August 18, 2013, 2:31 PM UTC)",
		"2013-08-15T14:59:59Z":        "August 18, 2013, 11:00 AM EDT (August 18, 2013, 3:00 PM UTC)",
		"2013-10-31T05:30:30Z":        "November 3, 2013, 1:31 AM EDT (November 3, 2013, 5:31 AM UTC)",
		"2013-10-31T06:30:30Z":        "November 3, 2013, 1:31 AM EST (November 3, 2013, 6:31 AM UTC)",
	} {
		at, err := time.Parse(time.RFC3339, submitted)
		require.NoError(t, err)
		call := officeCall(t, at)
		require.Equal(t, at.Add(72*time.Hour), call.EarliestCall, "the instant itself is exact")
		require.Equal(t, want, call.Letter(cris.English, nil).Values[1].Value)
	}
	require.Empty(t, selfcheck.OfficeCall{}.Letter(cris.English, nil).Values[1].Value)
}

// SC-13: each further action says where to go with it.
func TestSC13_EachFurtherActionSaysWhere(t *testing.T) {
	words := cris.NewWords(selfcheck.Words()...)
	where := map[selfcheck.Instruction][2]string{
		selfcheck.CorrectArrivalRecord: {"port of entry", "puerto por donde entró"},
		selfcheck.CorrectUSCISDocument: {"ask USCIS", "pida a USCIS"},
		selfcheck.UpdateCitizenship:    {"USCIS field office", "oficina local de USCIS"},
		selfcheck.CorrectPassport:      {"passport agency", "agencia de pasaportes"},
		selfcheck.RequestUSCISRecord:   {"www.dhs.gov/foia", "www.dhs.gov/foia"},
		selfcheck.CheckAgain:           {"Self Check", "Self Check"},
	}
	call := officeCall(t, selfchecktest.Start())
	require.Len(t, call.Further, len(where))
	for _, instruction := range call.Further {
		for i, language := range languages {
			require.Contains(t, words.Say(language, instruction.Message()), where[instruction][i])
		}
	}
}

func TestSC13_TheOfficeIsThePolicys(t *testing.T) {
	record := queried(selfcheck.ImmigrationMismatch, selfchecktest.Start())
	require.Contains(t, officeCall(t, selfchecktest.Start()).Text(cris.Spanish, nil), "\nTeléfono:                   1-888-897-7781\nTTY:                        1-877-875-6028\n")
	policy := selfcheck.Policy{ContactOffice: cris.Place{Address: []string{"1 Main St", "Town, VT 05301"}, Website: "https://example.gov"}}
	call := selfcheck.DecideResolution(record, selfcheck.Resolve, policy).Call
	require.Equal(t, policy.ContactOffice, call.Office)
	require.Contains(t, call.Text(cris.English, nil), "\nAddress:              1 Main St, Town, VT 05301\nWebsite:              https://example.gov\n")
	call.Office.Address[0] = "changed"
	require.Equal(t, "1 Main St", policy.ContactOffice.Address[0])
}
