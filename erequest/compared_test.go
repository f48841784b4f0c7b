package erequest_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
)

func named(t *testing.T, family, given string) cris.PersonName {
	t.Helper()
	name, err := cris.NewPersonName(cris.NameParts{Family: family, Given: given})
	require.NoError(t, err)
	return name
}

func TestER3_NamesAreComparedByTheirBaseLetters(t *testing.T) {
	entered := erequest.Details{Name: named(t, "Lindström-O'Neill", "Ana María")}
	for _, tt := range []struct {
		onFile cris.PersonName
		want   erequest.Agreement
	}{
		{named(t, "LINDSTROM ONEILL", "ANA MARIA"), erequest.Agrees},
		{named(t, "Lindström-O'Neill", "Ana María"), erequest.Agrees},
		{named(t, "Lindström-O'Neill", "Ana"), erequest.Differs},
		{named(t, "Lindgren", "Ana María"), erequest.Differs},
		{cris.PersonName{}, erequest.NotCompared},
	} {
		got := erequest.CompareDetails(entered, casestatus.Header{Applicant: tt.onFile})
		require.Equal(t, erequest.Compared{Name: tt.want, DateOfBirth: erequest.NotCompared, Representative: erequest.NotCompared}, got)
	}
	require.Equal(t, erequest.NotCompared, erequest.CompareDetails(erequest.Details{}, casestatus.Header{Applicant: named(t, "A", "B")}).Name)
}

// ER-3, ER-6: the person is compared with the applicant on file for staff, and whoever files the
// request learns nothing of it.
func TestER3_ThePersonIsComparedWithoutBeingTold(t *testing.T) {
	born := func(day string) cris.Personal[cris.Date] { return cris.NewPersonal(cris.MustParseDate(day)) }
	var told []string
	for i, tt := range []struct {
		applicant cris.PersonName
		born      cris.Personal[cris.Date]
		want      erequest.Compared
	}{
		{named(t, "LINDSTROM", "ANA MARIA"), born("1984-02-29"), erequest.Compared{Name: erequest.Agrees, DateOfBirth: erequest.Agrees, Representative: erequest.NotCompared}},
		{named(t, "Somebody", "Else"), born("1984-02-28"), erequest.Compared{Name: erequest.Differs, DateOfBirth: erequest.Differs, Representative: erequest.NotCompared}},
		{cris.PersonName{}, cris.Personal[cris.Date]{}, erequest.Compared{Name: erequest.NotCompared, DateOfBirth: erequest.NotCompared, Representative: erequest.NotCompared}},
	} {
		d := newDesk(t)
		other := onFile
		other.Applicant, other.DateOfBirth = tt.applicant, tt.born
		require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), other))
		filing := d.submit(t, submission("k1", erequest.CardNotReceived))
		require.Equal(t, erequest.Accepted, filing.Outcome)
		require.Equal(t, tt.want, filing.Request.Compared, i)
		told = append(told, fmt.Sprint(filing.Message().Code, filing.Reasons, filing.Screening, d.events(t)[0].Data))
		require.Equal(t, told[0], told[i])
	}
}

// ER-5a: a case that the law protects is not there online. Staff who take the request by
// telephone or by letter find it.
func TestER5a_AWithheldCaseHasAWayByTelephoneAndLetter(t *testing.T) {
	for channel, want := range map[erequest.Channel]erequest.FilingOutcome{
		erequest.Online: erequest.ScreenedOut, erequest.Telephone: erequest.Accepted,
		erequest.Letter: erequest.Accepted, erequest.LocalOffice: erequest.Accepted,
	} {
		d := newDesk(t)
		withheld := onFile
		withheld.Withheld = true
		require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), withheld))
		s := submission("k1", erequest.CardNotReceived)
		s.Channel = channel
		require.Equal(t, want, d.submit(t, s).Outcome, channel)
		s.Key, s.Screening.DateFiled = "k2", s.Screening.DateFiled.AddDays(1)
		require.Equal(t, erequest.ScreenedOut, d.submit(t, s).Outcome, channel)
	}
}
