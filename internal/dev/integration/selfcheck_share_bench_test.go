package integration_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/everify"
	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/adapters/ridp"
	"github.com/seed28e20331/cris/adapters/ridp/ridptest"
	"github.com/seed28e20331/cris/selfcheck"
)

// One whole Self Check after the other: Begin, the page of the quiz twice, Conclude, Query with
// a mismatch, and Resolve, which declines and closes the case, over the stand-ins of both
// vendors on loopback HTTP.
//
// rules-ratio is the share of package selfcheck, the rules and the service: all the time of the
// calls of the service but that inside its ports.
//
// own-ratio is the library's own share of the time of these calls: all of it but the time
// inside http.RoundTripper.RoundTrip and the reading of the bytes of an answer, where the
// stand-ins work, and inside the calls of the store, where the database works. So packages
// selfcheck, ridp and everify count: the decisions (also those that the store calls), the JSON,
// the pages, the sealing, the reading of answers, and http.Client around the round trip. What
// sqlstore does itself counts as the database's, and what the individual's browser does is no
// part of either. It is all measured in one run, in one goroutine, by the clock.
func BenchmarkSelfCheckShare_SQLite(b *testing.B) {
	selfCheckShare(b, "sqlite", "file:"+b.TempDir()+"/share.db?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(10000)")
}

func BenchmarkSelfCheckShare_PostgreSQL(b *testing.B) { selfCheckShare(b, "pgx", postgresBench(b)) }

// stopwatch adds up the time of what is not the library.
type stopwatch struct {
	elsewhere, whole time.Duration
	service, ports   time.Duration // of it, the calls of the service, and its ports within them
}

func (s *stopwatch) since(began time.Time) { s.elsewhere += time.Since(began) }

func (s *stopwatch) RoundTrip(r *http.Request) (*http.Response, error) {
	defer s.since(time.Now())
	response, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		response.Body = timedBody{response.Body, s}
	}
	return response, err
}

// timedBody is an answer that comes over the wire.
type timedBody struct {
	io.ReadCloser
	watch *stopwatch
}

func (b timedBody) Read(to []byte) (int, error) {
	defer b.watch.since(time.Now())
	return b.ReadCloser.Read(to)
}

func (b timedBody) Close() error {
	defer b.watch.since(time.Now())
	return b.ReadCloser.Close()
}

// serve adds up the time of a call of the service.
func (s *stopwatch) serve(act func()) {
	began := time.Now()
	s.call(act)
	s.service += time.Since(began)
}

// port adds up the time of a call of a port.
func (s *stopwatch) port(began time.Time) { s.ports += time.Since(began) }

// timedIdP and timedEVerify tell how long the adapters took.
type timedIdP struct {
	selfcheck.IdP
	watch *stopwatch
}

func (p timedIdP) Begin(ctx context.Context, begin selfcheck.Beginning) (selfcheck.Progress, error) {
	defer p.watch.port(time.Now())
	return p.IdP.Begin(ctx, begin)
}

func (p timedIdP) Conclude(ctx context.Context, reference selfcheck.Reference, number selfcheck.IdPTransactionID, returned string) (selfcheck.Progress, error) {
	defer p.watch.port(time.Now())
	return p.IdP.Conclude(ctx, reference, number, returned)
}

type timedEVerify struct {
	selfcheck.EVerify
	watch *stopwatch
}

func (e timedEVerify) Open(ctx context.Context, transaction selfcheck.TransactionID, query selfcheck.Query) (selfcheck.CaseState, error) {
	defer e.watch.port(time.Now())
	return e.EVerify.Open(ctx, transaction, query)
}

func (e timedEVerify) Submit(ctx context.Context, number selfcheck.CaseNumber, query selfcheck.Query) (selfcheck.CaseState, error) {
	defer e.watch.port(time.Now())
	return e.EVerify.Submit(ctx, number, query)
}

func (e timedEVerify) State(ctx context.Context, number selfcheck.CaseNumber) (selfcheck.CaseState, error) {
	defer e.watch.port(time.Now())
	return e.EVerify.State(ctx, number)
}

func (e timedEVerify) Refer(ctx context.Context, number selfcheck.CaseNumber) (selfcheck.CaseState, error) {
	defer e.watch.port(time.Now())
	return e.EVerify.Refer(ctx, number)
}

func (e timedEVerify) Close(ctx context.Context, number selfcheck.CaseNumber, reason selfcheck.ClosureReason) error {
	defer e.watch.port(time.Now())
	return e.EVerify.Close(ctx, number, reason)
}

// call adds up the time of a call of the library.
func (s *stopwatch) call(act func()) {
	began := time.Now()
	act()
	s.whole += time.Since(began)
}

func selfCheckShare(b *testing.B, driver, dsn string) {
	b.Helper()
	watch := &stopwatch{}
	pool, err := sqlx.Open(driver, dsn)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, pool.Close()) })
	store := migrated(b, pool)

	proofing := httptest.NewServer(ridptest.New(nil))
	b.Cleanup(proofing.Close)
	stand := everifytest.NewServer(everifytest.Config{})
	stand.SetScript("", everifytest.Script{Submit: everifytest.SSAMismatch})
	verifying := httptest.NewServer(stand)
	b.Cleanup(verifying.Close)
	provider, err := ridp.New(ridp.Config{
		Endpoint: proofing.URL, PageURL: "https://program.example/quiz", ReturnURL: "https://program.example/return",
		Keys: plantedKeys(), Client: &http.Client{Transport: watch},
	})
	require.NoError(b, err)
	verifier, err := everify.New(everify.Config{
		BaseURL:     verifying.URL + everifytest.Path,
		Credentials: func(context.Context) (string, string, error) { return everifytest.UserName, everifytest.Password, nil },
		Creator:     everify.Creator{Name: "Self Check Desk", Email: "desk@selfcheck.example", Phone: "8005550142"},
		HTTP:        &http.Client{Transport: watch},
	})
	require.NoError(b, err)
	service := selfcheck.NewService(timedStore{store.SelfChecks(), watch}, timedIdP{provider, watch}, timedEVerify{verifier, watch}, nil)

	n := 0
	next := func() {
		n++
		wholeCheck(b, watch, service, provider, newIndividual(n))
	}
	for range 5 {
		next() // connections are made, statements are prepared
	}
	*watch = stopwatch{}
	for b.Loop() {
		next()
	}
	b.ReportMetric(float64(watch.whole-watch.elsewhere)/float64(watch.whole), "own-ratio")
	b.ReportMetric(float64(watch.service-watch.ports)/float64(watch.whole), "rules-ratio")
	b.ReportMetric(float64((watch.whole-watch.elsewhere).Microseconds())/float64(b.N), "own-µs/op")
	require.Empty(b, stand.OpenCases())
}

func wholeCheck(b *testing.B, watch *stopwatch, service *selfcheck.Service, provider *ridp.Provider, who individual) {
	b.Helper()
	ctx, token := b.Context(), selfcheck.NewToken()
	applicant, entered := who.applicant(), who.entered()
	entered.SSN, applicant.SSN = selfcheck.SSN{}, selfcheck.MustParseSSN(fmt.Sprintf("2%02d-%02d-%04d", who.n/90_000%100, 10+who.n/1000%90, 1000+who.n%1000))
	var proofing selfcheck.Proofing
	var err error
	watch.serve(func() {
		proofing, err = service.Begin(ctx, token, selfcheck.Statements()[0].Edition, applicant, cris.English)
	})
	require.NoError(b, err)
	require.Equal(b, selfcheck.QuizToTake, proofing.Outcome)
	form := url.Values{}
	for _, value := range proofing.Quiz.Values {
		form.Set(value.Name, value.Value.Reveal())
	}
	page := func() *html.Node {
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/quiz", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		watch.call(func() { provider.Handler().ServeHTTP(w, r) })
		shown, err := html.Parse(w.Body)
		require.NoError(b, err)
		return shown
	}
	answerRightly(page(), form)
	returned := returnedBy(page())
	watch.serve(func() { proofing, err = service.Conclude(ctx, token, returned) })
	require.NoError(b, err)
	require.Equal(b, selfcheck.Authenticated, proofing.Outcome)
	var answer selfcheck.Answer
	watch.serve(func() { answer, err = service.Query(ctx, token, entered) })
	require.NoError(b, err)
	require.Equal(b, selfcheck.SSAMismatch, answer.Result)
	watch.serve(func() { _, err = service.Resolve(ctx, token, selfcheck.Decline) })
	require.NoError(b, err)
}

// answerRightly fills in the form.
func answerRightly(page *html.Node, form url.Values) {
	form.Set("act", "answer")
	answerAs(page, form, true)
}

// timedStore tells how long the store took, without the decisions that it has the library make.
type timedStore struct {
	selfcheck.Store
	watch *stopwatch
}

func (s timedStore) Update(ctx context.Context, transaction selfcheck.TransactionID, decide func(selfcheck.Record) (selfcheck.Change, error)) error {
	defer s.watch.since(time.Now())
	defer s.watch.port(time.Now())
	return s.Store.Update(ctx, transaction, func(prior selfcheck.Record) (selfcheck.Change, error) {
		began := time.Now()
		defer func() { s.watch.elsewhere -= time.Since(began); s.watch.ports -= time.Since(began) }()
		return decide(prior)
	})
}

func (s timedStore) Record(ctx context.Context, transaction selfcheck.TransactionID) (selfcheck.Record, error) {
	defer s.watch.since(time.Now())
	defer s.watch.port(time.Now())
	return s.Store.Record(ctx, transaction)
}
