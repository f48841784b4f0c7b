package erequest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
)

// A caller who changes a policy after the service was made changes nothing.
func TestNewService_KeepsItsPolicy(t *testing.T) {
	policy := erequest.DefaultPolicy()
	policy.Online = []erequest.Offer{{Issue: erequest.CardNotReceived}}
	policy.ReportAfter = []erequest.ReportDelay{{Days: -1}}
	d := newDeskUnder(t, &policy)
	letters := func() (letters []cris.Letter) {
		for _, channel := range []erequest.Channel{erequest.Online, erequest.Telephone} {
			letter, err := d.Notice(t.Context(), erequest.Request{Entry: erequest.Entry{Channel: channel, Filed: cris.MustParseDate("2022-08-15")}}, cris.English)
			require.NoError(t, err)
			letters = append(letters, letter)
		}
		return letters
	}
	screened, err := d.Screen(t.Context(), erequest.CardNotReceived, screening)
	require.NoError(t, err)
	require.Equal(t, erequest.Passed, screened.Outcome)
	statement, err := d.Statement()
	require.NoError(t, err)
	before := letters()

	policy.Online[0].Issue, policy.ReportAfter[0].Days = erequest.NoticeNotReceived, 365
	policy.Notices[0], policy.StaffNotices[0], policy.Statements[0] = cris.Template{}, cris.Template{}, cris.Statement{}
	policy.Places[erequest.CallUs] = cris.Place{}
	again, err := d.Screen(t.Context(), erequest.CardNotReceived, screening)
	require.NoError(t, err)
	require.Equal(t, screened, again)
	same, err := d.Statement()
	require.NoError(t, err)
	require.Equal(t, statement, same)
	require.Equal(t, before, letters())
}

// What a policy says of a place is not shared with the next one either.
func TestDefaultPolicy_IsTheCallersOwn(t *testing.T) {
	policy := erequest.DefaultPolicy()
	policy.Places[erequest.RequestRecords].Address[0] = "changed"
	policy.Places[erequest.CallUs] = cris.Place{}
	policy.Notices[0], policy.StaffNotices[0], policy.Statements[0].Edition = cris.Template{}, cris.Template{}, "changed"
	fresh := erequest.DefaultPolicy()
	require.Equal(t, erequest.DefaultPlaces(), fresh.Places)
	require.Equal(t, erequest.Statements(), fresh.Statements)
	require.Equal(t, erequest.Notices(), fresh.Notices)
	require.Equal(t, erequest.StaffNotices(), fresh.StaffNotices)
}
