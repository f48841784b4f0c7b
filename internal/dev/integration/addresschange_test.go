package integration_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/addresschange/addresschangetest"
	"github.com/seed28e20331/cris/tracking"
)

// A customer moves while a document is in the mail: the case gets the address, and the mail is
// raised for attention.
func TestCA1_AMoveWhileMailIsOnItsWay(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		db := open(t)
		clock := addresschangetest.NewClock("2022-08-15T14:30:00Z")
		mailing := casestatustest.NewMailing(casestatustest.NewPiece(1, 0).Number, func(m *casestatus.Mailing) { m.Mailed = clock.Today().AddDays(1) })
		onFile := casestatustest.NewPendingCase(1, func(c *casestatus.Case) {
			c.Addresses, c.Mailings = nil, []casestatus.Mailing{mailing}
		})
		require.NoError(t, casestatustest.PutCase(t.Context(), db.Cases(), onFile))
		reports := addresschange.NewService(db.AddressChanges(), db.Cases(), &addresschange.Options{Now: clock.Now})
		watch := casestatus.NewWatch(db.Cases(), db.Deliveries(), &casestatus.Options{Now: clock.Now})

		report := addresschangetest.NewReport("key", []casestatus.Case{onFile})
		filing, err := reports.Submit(t.Context(), report)
		require.NoError(t, err)
		require.Equal(t, addresschange.Accepted, filing.Outcome)
		clock.Set("2022-08-17T14:30:00Z") // the relay was down while the card was mailed
		_, err = cris.Relay(t.Context(), db.Outbox(), cris.NewMux(reports, watch).Handle)
		require.NoError(t, err)

		moved, err := db.Cases().StaffCase(t.Context(), onFile.Receipt)
		require.NoError(t, err)
		require.Equal(t, []casestatus.AddressEntry{
			{Address: onFile.Address}, {Address: report.Mailing, From: filing.Record.Effective, Origin: filing.Record.ID, At: filing.Record.ReportedAt, Entered: clock.Today()},
		}, moved.Addresses)
		var kinds []string
		for alert, err := range watch.Alerts(t.Context(), casestatus.AlertQuery{}) {
			require.NoError(t, err)
			require.Equal(t, mailing, alert.Mailing)
			kinds = append(kinds, string(alert.Kind))
		}
		require.Equal(t, []string{string(tracking.AlertReaddressed)}, kinds)

		again, err := reports.Submit(t.Context(), report)
		require.NoError(t, err)
		require.Equal(t, addresschange.AlreadyAccepted, again.Outcome)
		require.True(t, slices.Equal(filing.Answers(), again.Answers()))
	})
}
