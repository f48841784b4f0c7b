package integration_test

import (
	"crypto/rand"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// A submission that is accepted, its deciding transaction alone, and a submission that is
// advised to wait because the case has a request, each on a database.
func BenchmarkERequestAccepted_SQLite(b *testing.B) { newERequestBench(b, "sqlite").accepted(b) }

func BenchmarkERequestTransaction_SQLite(b *testing.B) { newERequestBench(b, "sqlite").transaction(b) }

func BenchmarkERequestAdvised_SQLite(b *testing.B) { newERequestBench(b, "sqlite").advised(b) }

func BenchmarkERequestAccepted_PostgreSQL(b *testing.B) { newERequestBench(b, "pgx").accepted(b) }

func BenchmarkERequestTransaction_PostgreSQL(b *testing.B) { newERequestBench(b, "pgx").transaction(b) }
func BenchmarkERequestAdvised_PostgreSQL(b *testing.B)     { newERequestBench(b, "pgx").advised(b) }

// eRequestBench files requests about a number of cases.
type eRequestBench struct {
	db      *sqlstore.DB
	service *erequest.Service
	now     time.Time
	cases   []casestatus.Case
}

func newERequestBench(b *testing.B, driver string) *eRequestBench {
	b.Helper()
	dsn := fmt.Sprintf("file:%s/submit.db?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(10000)", b.TempDir())
	if driver == "pgx" {
		dsn = postgresBench(b)
	}
	pool, err := sqlx.Open(driver, dsn)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, pool.Close()) })
	e := &eRequestBench{db: sqlstore.New(pool), now: erequesttest.Start()}
	require.NoError(b, e.db.Migrate(b.Context()))
	for n := range 200 {
		onFile := casestatustest.NewCase(n, func(c *casestatus.Case) { c.Addresses = nil }) // most customers never move
		e.cases = append(e.cases, onFile)
		require.NoError(b, casestatustest.PutCase(b.Context(), e.db.Cases(), onFile))
	}
	status := casestatus.NewService(e.db.Cases(), e.db.ProcessingTimes(), e.db.Deliveries(), nil)
	e.service = erequest.NewService(e.db.ERequests(), e.db.Cases(), status, &erequest.Options{Now: func() time.Time { return e.now }})
	return e
}

// each files the n-th request, case after case. Once every case has one, a month passes.
func (e *eRequestBench) each(b *testing.B, file func(n int, of casestatus.Case)) {
	b.Helper()
	n := 0
	for b.Loop() {
		file(n, e.cases[n%len(e.cases)])
		if n++; n%len(e.cases) == 0 {
			e.now = e.now.AddDate(0, 0, 30)
		}
	}
}

func (e *eRequestBench) submit(b *testing.B, n int, of casestatus.Case, want erequest.FilingOutcome) {
	b.Helper()
	filing, err := e.service.Submit(b.Context(), erequesttest.NewSubmission(fmt.Sprint("key", n), of, erequest.TypographicalError))
	if err != nil || filing.Outcome != want {
		b.Fatal(filing.Outcome, filing.Reasons, err)
	}
}

func (e *eRequestBench) accepted(b *testing.B) {
	b.Helper()
	e.each(b, func(n int, of casestatus.Case) { e.submit(b, n, of, erequest.Accepted) })
}

func (e *eRequestBench) advised(b *testing.B) {
	b.Helper()
	for n, of := range e.cases {
		e.submit(b, n, of, erequest.Accepted)
	}
	n := len(e.cases)
	for b.Loop() {
		e.submit(b, n, e.cases[n%len(e.cases)], erequest.Advised)
		n++
	}
}

// transaction saves what accepted saves, and decides what it decides, by one Update.
func (e *eRequestBench) transaction(b *testing.B) {
	b.Helper()
	policy := erequest.DefaultPolicy()
	e.each(b, func(n int, of casestatus.Case) {
		number, err := erequest.NewConfirmationNumber(rand.Reader)
		require.NoError(b, err)
		next := erequesttest.NewRequest(of.Receipt, n, func(r *erequest.Request) {
			r.ID, r.Confirmation, r.Repeats = uuid.Must(uuid.NewV7()).String(), number, ""
			r.FiledAt, r.Filed = e.now, cris.DateOf(e.now, cris.AgencyZone())
			r.RespondBy = r.Filed.AddDays(30)
			r.Details = erequesttest.NewDetails(r.Issue)
		})
		err = e.db.ERequests().Update(b.Context(), of.Receipt, func(prior []erequest.Entry) (erequest.Change, error) {
			if wait := erequest.DecideWait(prior, next.Issue, next.Filed, policy); wait.Outcome == erequest.MustWait {
				b.Fatal(wait.Reasons)
			}
			event := erequest.AcceptedRequest{RequestID: next.ID, Issue: next.Issue, Channel: next.Channel}.Event(next.FiledAt)
			return erequest.Change{File: []erequest.Request{next}, Events: []cris.Event{event}}, nil
		})
		require.NoError(b, err)
	})
}
