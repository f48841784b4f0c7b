package everify_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/everify"
	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/selfcheck"
)

// world is a Client and the E-Verify that it speaks with.
type world struct {
	*everify.Client
	server    *everifytest.Server
	mu        sync.Mutex
	dials     int // that may still be made, if they are limited
	isLimited bool
}

// inWorld runs a test over a real HTTP connection in memory, with a clock that runs only while
// everybody waits.
func inWorld(t *testing.T, test func(t *testing.T, w *world), edits ...func(*everify.Config)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(t, newWorld(t, edits...)) })
}

func newWorld(t *testing.T, edits ...func(*everify.Config)) *world {
	t.Helper()
	w := &world{server: everifytest.NewServer(everifytest.Config{})}
	pipes := &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
	server := &http.Server{Handler: http.HandlerFunc(func(r http.ResponseWriter, q *http.Request) { w.server.ServeHTTP(r, q) }), ReadHeaderTimeout: time.Hour}
	served := make(chan struct{})
	go func() { defer close(served); _ = server.Serve(pipes) }()
	transport := &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			if !w.mayDial() {
				return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
			}
			return pipes.dial(ctx)
		},
	}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		_ = server.Close()
		<-served
	})
	config := newConfig()
	config.HTTP = &http.Client{Transport: transport}
	for _, edit := range edits {
		edit(&config)
	}
	client, err := everify.New(config)
	require.NoError(t, err)
	w.Client = client
	return w
}

// serveBy puts another E-Verify in place, before anything was asked.
func (w *world) serveBy(config everifytest.Config) { w.server = everifytest.NewServer(config) }

// failDialsAfter lets so many connections be made, and no more.
func (w *world) failDialsAfter(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dials, w.isLimited = n, true
}

func (w *world) mayDial() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dials--
	return !w.isLimited || w.dials >= 0
}

func zeroClock() time.Time { return time.Time{} }

// requireHarmless sees that an error of the Client says nothing of what was sent or answered.
func requireHarmless(t *testing.T, err error) {
	t.Helper()
	for _, verb := range []string{"%v", "%+v", "%#v", "%q"} {
		text := fmt.Sprintf(verb, err)
		for _, planted := range []string{
			ssnText, "912736458", familyName, "Ottoline", "Brackenbury", cardText, "219876543", "912803456", "1979", "<html>", "odd", "token-",
			everifytest.Password, everifytest.UserName, "localhost",
		} {
			require.NotContains(t, text, planted)
		}
	}
}

// newConfig returns a Config that speaks with nobody yet.
func newConfig() everify.Config {
	return everify.Config{
		BaseURL: "http://localhost" + everifytest.Path,
		Credentials: func(context.Context) (string, string, error) {
			return everifytest.UserName, everifytest.Password, nil
		},
		Creator: everify.Creator{Name: "Self Check Desk", Email: "desk@selfcheck.example", Phone: "8005550142"},
	}
}

// pipes are connections in memory.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (p *pipes) dial(ctx context.Context) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case p.conns <- there:
		return here, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { close(p.closed); return nil }
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "unix"} }

// What is personal in the queries of the tests, and in no error.
const (
	ssnText    = "912-73-6458"
	familyName = "Lindqvistson"
	cardText   = "SRC2190012345"
)

func transaction(n int) selfcheck.TransactionID {
	return selfcheck.TransactionID(fmt.Sprintf("%032x", 0xabc000+n))
}

// queryOf returns an accepted query of a person, as it was entered.
func queryOf(t *testing.T, entered selfcheck.I9, edits ...func(*selfcheck.PassedProofing)) selfcheck.Query {
	t.Helper()
	name, err := cris.NewPersonName(cris.NameParts{Family: familyName, Given: "Ottoline", Middle: "Maud", Maiden: "Brackenbury"})
	require.NoError(t, err)
	ssn, err := selfcheck.ParseSandboxSSN(ssnText)
	require.NoError(t, err)
	passed := selfcheck.PassedProofing{
		Transaction: transaction(1), IdPTransaction: "idp-1", At: time.Date(2026, 11, 27, 15, 0, 0, 0, time.UTC), Statement: "2026-01",
		Name: name, BirthDate: cris.NewPersonal(cris.MustParseDate("1979-11-23")), SSN: ssn,
	}
	for _, edit := range edits {
		edit(&passed)
	}
	decision := selfcheck.DecideQuery(passed.Identity(), entered, cris.MustParseDate("1999-12-31"))
	require.Equal(t, selfcheck.QueryAccepted, decision.Outcome, "%v", decision.Reasons)
	return decision.Query
}

// resident enters a permanent resident card.
func resident() selfcheck.I9 {
	return selfcheck.I9{
		Status: selfcheck.LawfulPermanentResident, ListA: selfcheck.PermanentResidentCard,
		ANumber: cris.NewPersonal("A219876543"), CardNumber: cris.NewPersonal(cardText),
	}
}

// citizen enters a passport of the United States.
func citizen() selfcheck.I9 {
	return selfcheck.I9{
		Status: selfcheck.USCitizen, ListA: selfcheck.USPassport,
		PassportNumber: cris.NewPersonal("912803456"), ExpirationDate: cris.NewPersonal(cris.MustParseDate("2031-05-01")),
	}
}

// opened returns a draft.
func (w *world) opened(t *testing.T, query selfcheck.Query) selfcheck.CaseNumber {
	t.Helper()
	state, err := w.Open(t.Context(), transaction(1), query)
	require.NoError(t, err)
	require.Equal(t, selfcheck.StageDraft, state.Stage)
	return state.Number
}

// submitted returns a case that was submitted.
func (w *world) submitted(t *testing.T, query selfcheck.Query) selfcheck.CaseState {
	t.Helper()
	state, err := w.Submit(t.Context(), w.opened(t, query), query)
	require.NoError(t, err)
	return state
}

// kindOf returns the kind of an error of the Client.
func kindOf(t *testing.T, err error) everify.Kind {
	t.Helper()
	var failed *everify.Error
	require.ErrorAs(t, err, &failed)
	return failed.Kind
}
