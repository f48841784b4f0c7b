package integration_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/gateway/gatewaytest"
)

// The environment tells a copy of this test binary which call it is to open a request from, and
// where it is to be killed. The database is named as for TestCrashChild.
const (
	crashCall  = "CRIS_CRASH_CALL"
	crashPlace = "CRIS_CRASH_PLACE" // before or after the request is submitted
)

// callerCase is the case about which callers call.
func callerCase() casestatus.Case {
	return casestatustest.NewPendingCase(1, func(c *casestatus.Case) { c.Filed, c.Form = cris.MustParseDate("2013-01-10"), "I-130" })
}

func afternoon() time.Time { return gatewaytest.Start().Add(5 * time.Hour) }

// requestsOf is e-Request over the database.
func requestsOf(db *sqlstore.DB) *erequest.Service {
	return erequest.NewService(db.ERequests(), db.Cases(), nil, &erequest.Options{Now: afternoon})
}

// centerOf is a call center over the database.
func centerOf(db *sqlstore.DB, requests gateway.Requests) *gateway.Service {
	return gateway.NewService(db.Calls(), gatewaytest.Roster{"rep-1", "rep-2"}, requests, &gateway.Options{Now: afternoon})
}

// stopping waits to be killed before or after a request is submitted.
type stopping struct {
	gateway.Requests
	place string
}

func (w stopping) Submit(ctx context.Context, submission erequest.Submission) (filing erequest.Filing, err error) {
	if w.place == "after" {
		if filing, err = w.Requests.Submit(ctx, submission); err != nil {
			return filing, err
		}
	}
	fmt.Println("here")
	<-ctx.Done()
	return filing, ctx.Err()
}

// TestOpeningChild is no test. It is the process that TestSR1_AKilledOpening... kills.
func TestOpeningChild(t *testing.T) {
	if os.Getenv(crashCall) == "" {
		t.Skip("it is run by another test")
	}
	db := opened(t, openDatabase(t, os.Getenv(crashDriver), os.Getenv(crashDSN)))
	_, err := centerOf(db, stopping{requestsOf(db), os.Getenv(crashPlace)}).Open(t.Context(), "rep-1", os.Getenv(crashCall))
	require.NoError(t, err)
}

// A process is killed while it opens a request from a call, once before e-Request has it and twice
// after. Whoever opens it then finds one request, and the call leads to it.
func TestSR1_AKilledOpeningLeavesOneRequest(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		dsn := kind.empty(t)
		db := migrated(t, openDatabase(t, kind.driver, dsn))
		require.NoError(t, casestatustest.PutCase(t.Context(), db.Cases(), callerCase()))
		const id = "call-1"
		ended := gatewaytest.NewEnded(callerCase())
		require.NoError(t, gatewaytest.PutCall(t.Context(), db.Calls(), id, ended...))
		for killed, place := range []string{"before", "after", "after"} {
			killOpening(t, kind.driver, dsn, id, place)
			call, err := centerOf(db, nil).Call(t.Context(), "rep-1", id)
			require.NoError(t, err)
			require.Positive(t, call.Submitted, "what was said has gone out")
			entries, err := db.ERequests().Entries(t.Context(), callerCase().Receipt)
			require.NoError(t, err)
			require.Len(t, entries, min(1, killed))
		}
		center := centerOf(db, requestsOf(db))
		call, err := center.Call(t.Context(), "rep-1", id)
		require.NoError(t, err)
		said, err := center.Say(t.Context(), gateway.Act{CallID: id, By: "rep-1", Seen: call.Version}, gateway.Said{Screening: erequest.Screening{Form: "I-90"}})
		require.NoError(t, err)
		require.Equal(t, gateway.Refused, said.Outcome, "a request may be open already")

		opened, err := center.Open(t.Context(), "rep-1", id)
		require.NoError(t, err)
		require.Equal(t, gateway.Allowed, opened.Outcome)
		require.Equal(t, erequest.AlreadyAccepted, opened.Filing.Outcome)
		again, err := center.Open(t.Context(), "rep-1", id)
		require.NoError(t, err)
		require.Equal(t, gateway.AlreadyDone, again.Outcome)
		entries, err := db.ERequests().Entries(t.Context(), callerCase().Receipt)
		require.NoError(t, err)
		require.Len(t, entries, 1)
		require.Equal(t, entries[0].ID, again.Call.RequestID)
		require.Equal(t, call.Version+1, again.Call.Version, "one step tells of it")
		require.Equal(t, len(ended)+2, again.Call.Version)
		events, err := db.Outbox().Pending(t.Context(), 0)
		require.NoError(t, err)
		require.Len(t, events, 1, "one request was accepted")
	})
}

// killOpening lets a process open the request of the call and kills it at the place.
func killOpening(t *testing.T, driver, dsn, id, place string) {
	t.Helper()
	cmd := childProcess(t, "TestOpeningChild", crashDriver+"="+driver, crashDSN+"="+dsn, crashCall+"="+id, crashPlace+"="+place)
	output, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(output)
	isThere := lines.Scan() && lines.Text() == "here"
	require.NoError(t, cmd.Process.Signal(syscall.SIGKILL))
	for lines.Scan() {
	}
	require.EqualError(t, cmd.Wait(), "signal: killed")
	require.True(t, isThere)
}
