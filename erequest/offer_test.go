package erequest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

func TestER1_APolicySaysForWhichFormsOnlineRequestsAreOpen(t *testing.T) {
	for _, tt := range []struct {
		online []erequest.Offer
		want   bool
	}{
		{nil, true},
		{[]erequest.Offer{}, false},
		{[]erequest.Offer{{}}, true},
		{[]erequest.Offer{{Form: "I-765"}}, true},
		{[]erequest.Offer{{Form: "i765", Issue: erequest.CardNotReceived}}, true},
		{[]erequest.Offer{{Issue: erequest.CardNotReceived}}, true},
		{[]erequest.Offer{{Issue: erequest.NoticeNotReceived}, {Form: "I-90"}}, false},
		{[]erequest.Offer{{Form: "I-765", Issue: erequest.NoticeNotReceived}}, false},
	} {
		policy := erequest.Policy{Online: tt.online}
		require.Equal(t, tt.want, policy.Offers(erequest.CardNotReceived, "Form I-765"), "%v", tt.online)
	}
}

// ER-1: what is not open is refused before the case is looked at, so that a stranger learns
// nothing, and only online.
func TestER1_WhatIsNotOpenOnlineIsRefusedFirst(t *testing.T) {
	d := newDeskUnder(t, &erequest.Policy{Online: []erequest.Offer{{Issue: erequest.NoticeNotReceived}}})
	unknown := screening
	unknown.Receipt = casestatus.MustParseReceiptNumber("EAC1290000000")
	for _, entered := range []erequest.Screening{screening, unknown} {
		got, err := d.Screen(t.Context(), erequest.CardNotReceived, entered)
		require.NoError(t, err)
		require.Equal(t, erequest.Screened{Outcome: erequest.NotOffered, Reasons: reasons("not_offered")}, got)
	}
	filing := d.submit(t, submission("k1", erequest.CardNotReceived))
	require.Equal(t, erequest.ScreenedOut, filing.Outcome)
	require.Equal(t, erequest.NotOffered, filing.Screening.Outcome)
	require.Empty(t, d.events(t))

	byPhone := submission("k2", erequest.CardNotReceived)
	byPhone.Channel = erequest.Telephone
	require.Equal(t, erequest.Accepted, d.submit(t, byPhone).Outcome)
	require.Equal(t, cris.Code("erequest.screening_outcome.not_offered"), filing.Message().Code)
}

// ER-4: what is no issue is not offered, whatever the policy opens.
func TestER4_WhatIsNoIssueIsNotOffered(t *testing.T) {
	for _, online := range [][]erequest.Offer{nil, {{}}, {{Issue: "garbage"}}} {
		for _, issue := range []erequest.Issue{"", "garbage"} {
			require.False(t, erequest.Policy{Online: online}.Offers(issue, "I-765"), "%v", online)
		}
	}
}
