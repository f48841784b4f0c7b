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
