package erequest_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// ER-14: the representative of record is compared for staff, and nobody who asks is told.
func TestER14_TheRepresentativeOfRecordIsComparedWithoutBeingTold(t *testing.T) {
	name := func(family, given string) cris.PersonName {
		made, err := cris.NewPersonName(cris.NameParts{Family: family, Given: given})
		require.NoError(t, err)
		return made
	}
	var told []string
	for i, tt := range []struct {
		onFile cris.PersonName
		want   erequest.Agreement
	}{
		{name("Okafor", "Chidi"), erequest.Agrees},
		{name("OKAFOR", "chidi"), erequest.Agrees},
		{name("Okafor", "Emeka"), erequest.Differs},
		{name("Obi", "Chidi"), erequest.Differs},
		{cris.PersonName{}, erequest.NotCompared},
	} {
		d := newDesk(t)
		represented := onFile
		represented.Representative = tt.onFile
		require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), represented))
		s := submission("k1", erequest.CardNotReceived)
		s.Details.Representative = erequesttest.NewRepresentative()
		filing := d.submit(t, s)
		require.Equal(t, erequest.Accepted, filing.Outcome)
		require.Equal(t, tt.want, filing.Request.Compared.Representative, i)
		told = append(told, fmt.Sprint(filing.Message().Code, filing.Reasons, d.events(t)[0].Data))
		require.Equal(t, told[0], told[i])
	}
}

func TestER14_ARequestOfTheCustomerHasNoRepresentative(t *testing.T) {
	d := newDesk(t)
	filing := d.submit(t, submission("k1", erequest.CardNotReceived))
	require.Zero(t, filing.Request.Details.Representative)
	require.Equal(t, erequest.NotCompared, filing.Request.Compared.Representative)
}

// ER-14: a representative submits for a customer who gave no contact information, and the request
// on file says who gets the response, and where.
func TestER14_ARepresentativeSubmitsAndIsAnsweredOnTheCustomersBehalf(t *testing.T) {
	for _, channel := range erequest.Channels() {
		d := newDesk(t)
		s := submission("k1", erequest.CardNotReceived)
		s.Channel, s.Details.Contact = channel, erequest.Contact{}
		require.Equal(t, reasons("contact_missing"), d.submit(t, s).Reasons, "nobody to answer, %s", channel)

		representative := erequesttest.NewRepresentative(func(r *erequest.Representative) { r.RespondTo = erequest.ToRepresentative })
		s.Details.Representative = representative
		filing := d.submit(t, s)
		require.Equal(t, erequest.Accepted, filing.Outcome, "%s: %v", channel, filing.Reasons)
		kept, err := d.db.ERequests().Request(t.Context(), filing.Request.ID)
		require.NoError(t, err)
		require.Equal(t, representative, kept.Details.Representative, channel)
		require.Zero(t, kept.Details.Contact, channel)

		require.NoError(t, d.RecordAnswer(t.Context(), kept.ID, today.AddDays(3)))
		status, err := d.Status(t.Context(), kept.Confirmation, receipt)
		require.NoError(t, err)
		require.Equal(t, erequest.StageAnswered, status.Stage, channel)
	}
}

// ER-14: the answer goes to the customer, the representative or both, as was asked.
func TestER14_WhoIsToBeAnswered(t *testing.T) {
	details := erequesttest.NewDetails(erequest.CardNotReceived)
	none := erequest.Contact{}
	customer, representative := details.Answered()
	require.Equal(t, [2]erequest.Contact{details.Contact, none}, [2]erequest.Contact{customer, representative}, "there is no representative")
	details.Representative = erequesttest.NewRepresentative()
	for to, want := range map[erequest.Recipient][2]erequest.Contact{
		erequest.ToCustomer:       {details.Contact, none},
		erequest.ToRepresentative: {none, details.Representative.Contact},
		erequest.ToBoth:           {details.Contact, details.Representative.Contact},
	} {
		details.Representative.RespondTo = to
		customer, representative = details.Answered()
		require.Equal(t, want, [2]erequest.Contact{customer, representative}, to)
	}
	require.Equal(t, erequest.AllMeans(), details.Contact.Ways())
	require.Empty(t, none.Ways())
}
