package integration_test

import (
	"crypto/rand"
	"fmt"
	"runtime"
	"slices"
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

// A submission that is accepted, and its deciding transaction alone; and, from as many customers
// at once as there are cores, submissions that are accepted and some that are advised to wait
// because the case has a request. Each on a database.
func BenchmarkERequestAccepted_SQLite(b *testing.B) { newERequestBench(b, "sqlite").accepted(b) }

func BenchmarkERequestTransaction_SQLite(b *testing.B) { newERequestBench(b, "sqlite").transaction(b) }

func BenchmarkERequestsAccepted_SQLite(b *testing.B) { newERequestBench(b, "sqlite").allAccepted(b) }

func BenchmarkERequestsAdvised_SQLite(b *testing.B) { newERequestBench(b, "sqlite").allAdvised(b) }

func BenchmarkERequestAccepted_PostgreSQL(b *testing.B) { newERequestBench(b, "pgx").accepted(b) }

func BenchmarkERequestTransaction_PostgreSQL(b *testing.B) { newERequestBench(b, "pgx").transaction(b) }

func BenchmarkERequestsAccepted_PostgreSQL(b *testing.B) { newERequestBench(b, "pgx").allAccepted(b) }

func BenchmarkERequestsAdvised_PostgreSQL(b *testing.B) { newERequestBench(b, "pgx").allAdvised(b) }

// eRequestBench files requests about a number of cases.
type eRequestBench struct {
	db      *sqlstore.DB
	service *erequest.Service
	now     time.Time
	cases   []casestatus.Case
}

func newERequestBench(b *testing.B, driver string) *eRequestBench {
	b.Helper()
	return newERequestBenchIn(b, driver, sqlstore.InClear())
}

func newERequestBenchIn(b *testing.B, driver string, sealing sqlstore.Sealing) *eRequestBench {
	b.Helper()
	dsn := fmt.Sprintf("file:%s/submit.db?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(10000)", b.TempDir())
	if driver == "pgx" {
		dsn = postgresBench(b)
	}
	pool, err := sqlx.Open(driver, dsn)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, pool.Close()) })
	require.NoError(b, sqlstore.Migrate(b.Context(), pool, nil))
	store, err := sqlstore.Open(b.Context(), pool, sealing, nil)
	require.NoError(b, err)
	e := &eRequestBench{db: store, now: erequesttest.Start()}
	for n := range 200 {
		onFile := casestatustest.NewCase(n, func(c *casestatus.Case) { c.Addresses = nil }) // most customers never move
		e.cases = append(e.cases, onFile)
		require.NoError(b, casestatustest.PutCase(b.Context(), e.db.Cases(), onFile))
	}
	e.serve()
	return e
}

// serve gives the customers a service, with their own clock.
func (e *eRequestBench) serve() {
	status := casestatus.NewService(e.db.Cases(), e.db.ProcessingTimes(), e.db.Deliveries(), nil)
	e.service = erequest.NewService(e.db.ERequests(), e.db.Cases(), status, &erequest.Options{Now: func() time.Time { return e.now }})
}

// each files the n-th request as long as there is another to be filed, case after case. Once
// every case has one, a month passes.
func (e *eRequestBench) each(another func() bool, file func(n int, of casestatus.Case)) {
	for n := 0; another(); {
		file(n, e.cases[n%len(e.cases)])
		if n++; n%len(e.cases) == 0 {
			e.now = e.now.AddDate(0, 0, 30)
		}
	}
}

// together runs file for as many groups of customers as there are cores, at once. Each has cases
// of its own.
func (e *eRequestBench) together(b *testing.B, file func(group *eRequestBench, another func() bool)) {
	b.Helper()
	groups := make(chan *eRequestBench, runtime.GOMAXPROCS(0))
	for cases := range slices.Chunk(e.cases, len(e.cases)/cap(groups)) {
		group := *e
		group.cases = cases
		group.serve()
		select {
		case groups <- &group:
		default: // what is left over when the cases are divided
		}
	}
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) { file(<-groups, pb.Next) })
}

func (e *eRequestBench) submit(b *testing.B, key string, of casestatus.Case, want erequest.FilingOutcome) {
	b.Helper()
	filing, err := e.service.Submit(b.Context(), erequesttest.NewSubmission(key, of, erequest.TypographicalError))
	if err != nil || filing.Outcome != want {
		b.Error(filing.Outcome, filing.Reasons, err)
	}
}

func (e *eRequestBench) accepted(b *testing.B) {
	b.Helper()
	e.each(b.Loop, func(n int, of casestatus.Case) { e.submit(b, fmt.Sprint("key", n), of, erequest.Accepted) })
}

func (e *eRequestBench) allAccepted(b *testing.B) {
	b.Helper()
	e.together(b, func(group *eRequestBench, another func() bool) {
		group.each(another, func(n int, of casestatus.Case) { group.submit(b, fmt.Sprint("key", n), of, erequest.Accepted) })
	})
}

func (e *eRequestBench) allAdvised(b *testing.B) {
	b.Helper()
	for _, of := range e.cases {
		e.submit(b, "first", of, erequest.Accepted)
	}
	e.together(b, func(group *eRequestBench, another func() bool) {
		for n := 0; another(); n++ {
			group.submit(b, fmt.Sprint("key", n), group.cases[n%len(group.cases)], erequest.Advised)
		}
	})
}

// transaction saves what accepted saves, and decides what it decides, by one Update.
func (e *eRequestBench) transaction(b *testing.B) {
	b.Helper()
	policy := erequest.DefaultPolicy()
	e.each(b.Loop, func(n int, of casestatus.Case) {
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
