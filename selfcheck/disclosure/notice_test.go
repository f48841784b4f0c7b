package disclosure_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

func TestPV5_WhoGotWhatWasCorrectedIsTold(t *testing.T) {
	start := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	entry := func(hours int, recipient disclosure.Recipient, classes ...disclosure.Class) disclosure.Entry {
		return disclosure.Entry{ID: "e", At: start.Add(time.Duration(hours) * time.Hour), Recipient: recipient, Classes: classes}
	}
	court := disclosure.Recipient{Kind: disclosure.JusticeDepartment, Name: "Justice", Address: "Washington"}
	congress := disclosure.Recipient{Kind: disclosure.CongressionalOffice, Name: "Office", Address: "Washington"}
	person := disclosure.Recipient{Kind: disclosure.Person, File: "F-1"}
	notices := disclosure.DecideNotices([]disclosure.Entry{
		entry(5, court, disclosure.BirthDate, disclosure.CaseNumber),
		entry(1, disclosure.Recipient{Kind: disclosure.TheIndividual}, disclosure.Name, disclosure.BirthDate),
		entry(2, congress, disclosure.CaseNumber),
		entry(4, person, disclosure.Name),
		entry(3, court, disclosure.Name),
	}, []disclosure.Class{disclosure.BirthDate, disclosure.Name})
	require.Len(t, notices, 2)
	require.Equal(t, court, notices[0].Recipient)
	require.Equal(t, []disclosure.Class{disclosure.Name, disclosure.BirthDate}, notices[0].Classes)
	require.Equal(t, start.Add(5*time.Hour), notices[0].Last)
	require.Equal(t, []cris.Code{"disclosure.recipient_told"}, codes(notices[0].Reasons))
	require.Equal(t, person, notices[1].Recipient)
	require.Equal(t, []disclosure.Class{disclosure.Name}, notices[1].Classes)

	require.Empty(t, disclosure.DecideNotices(nil, disclosure.Classes()))
	require.Empty(t, disclosure.DecideNotices([]disclosure.Entry{entry(1, court, disclosure.Name)}, nil))
}
