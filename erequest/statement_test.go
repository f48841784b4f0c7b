package erequest_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
)

func TestER7_TheStatementsAreWhole(t *testing.T) {
	for _, statement := range erequest.Statements() {
		require.NoError(t, statement.Check())
	}
}

func TestER7_ASubmissionNamesTheStatementThatWasShown(t *testing.T) {
	first := erequest.Statements()[0]
	second := first
	second.Edition, second.From = "second", cris.MustParseDate("2022-08-16")
	first.Until = second.From.AddDays(-1)
	d := newDeskUnder(t, &erequest.Policy{Statements: cris.Statements{first, second}})

	shown, err := d.Statement()
	require.NoError(t, err)
	require.Equal(t, first, shown)
	for edition, want := range map[string][]cris.Reason{
		"": reasons("statement_not_shown"), "another": reasons("statement_not_in_force"), "second": reasons("statement_not_in_force"),
	} {
		s := submission("k-"+edition, erequest.CardNotReceived)
		s.Statement = edition
		filing := d.submit(t, s)
		require.Equal(t, erequest.Incomplete, filing.Outcome, "%q", edition)
		require.Equal(t, want, filing.Reasons, "%q", edition)
	}
	require.Empty(t, d.events(t))

	s := submission("k", erequest.CardNotReceived)
	filing := d.submit(t, s)
	require.Equal(t, erequest.Accepted, filing.Outcome)
	require.Equal(t, first.Edition, filing.Request.Statement)

	d.now = d.now.AddDate(0, 0, 1)
	shown, err = d.Statement()
	require.NoError(t, err)
	require.Equal(t, second, shown)
	require.Equal(t, erequest.AlreadyAccepted, d.submit(t, s).Outcome, "a retry presents what was shown then")
	s.Statement = second.Edition
	require.Equal(t, erequest.KeyReused, d.submit(t, s).Outcome)
}

// ER-7: the statement is shown before any collection, and so is read out on the telephone too.
func TestER7_NoChannelCollectsWithoutAStatement(t *testing.T) {
	for _, channel := range erequest.Channels() {
		d := newDesk(t)
		s := submission("k1", erequest.CardNotReceived)
		s.Channel = channel
		shown := s.Statement
		s.Statement = ""
		require.Equal(t, reasons("statement_not_shown"), d.submit(t, s).Reasons, channel)
		require.Empty(t, d.requests(t), channel)
		s.Statement = shown
		require.Equal(t, shown, d.submit(t, s).Request.Statement, channel)
	}
}

func TestER7_NoStatementIsShownWhereNoneIsInForce(t *testing.T) {
	d := newDeskUnder(t, &erequest.Policy{Statements: cris.Statements{}})
	_, err := d.Statement()
	require.ErrorIs(t, err, cris.ErrNotFound)
	d.now = time.Time{}
	_, err = d.Statement()
	require.ErrorIs(t, err, cris.ErrClock)
}
