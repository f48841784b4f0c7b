package integration_test

import (
	"crypto/rand"
	"fmt"
	"runtime"
	"slices"
	"strings"
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

// A submission that is accepted, its deciding transaction alone, and all of its statements run
// bare; and, from as many customers at once as there are cores, submissions that are accepted and
// some that are advised to wait because the case has a request. Each on a database.
func BenchmarkERequestAccepted_SQLite(b *testing.B) { newERequestBench(b, "sqlite").accepted(b) }

func BenchmarkERequestTransaction_SQLite(b *testing.B) { newERequestBench(b, "sqlite").transaction(b) }
func BenchmarkERequestBare_SQLite(b *testing.B)        { newERequestBench(b, "sqlite").bare(b) }
func BenchmarkERequestsAccepted_SQLite(b *testing.B)   { newERequestBench(b, "sqlite").allAccepted(b) }

func BenchmarkERequestsAdvised_SQLite(b *testing.B) { newERequestBench(b, "sqlite").allAdvised(b) }

func BenchmarkERequestAccepted_PostgreSQL(b *testing.B) { newERequestBench(b, "pgx").accepted(b) }

func BenchmarkERequestTransaction_PostgreSQL(b *testing.B) { newERequestBench(b, "pgx").transaction(b) }
func BenchmarkERequestBare_PostgreSQL(b *testing.B)        { newERequestBench(b, "pgx").bare(b) }
func BenchmarkERequestsAccepted_PostgreSQL(b *testing.B)   { newERequestBench(b, "pgx").allAccepted(b) }

func BenchmarkERequestsAdvised_PostgreSQL(b *testing.B) { newERequestBench(b, "pgx").allAdvised(b) }

// eRequestBench files requests about a number of cases.
type eRequestBench struct {
	pool    *sqlx.DB
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
	e := &eRequestBench{pool: pool, db: migrated(b, pool), now: erequesttest.Start()}
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

// bare runs the statements of accepted, with as many columns, and decides nothing.
func (e *eRequestBench) bare(b *testing.B) {
	b.Helper()
	e.submit(b, "first", e.cases[0], erequest.Accepted)
	columns, values := e.firstRow(b, "cris_e_requests")
	eventColumns, eventValues := e.firstRow(b, "cris_outbox")
	insert := func(table string, columns []string) string {
		return e.pool.Rebind("INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(columns)-1) + ")")
	}
	request, event := insert("cris_e_requests", columns), insert("cris_outbox", eventColumns)
	head := e.pool.Rebind("SELECT * FROM cris_cases WHERE receipt = ?")
	entries := e.pool.Rebind("SELECT id, request_key, confirmation, issue, channel, filed, respond_by, repeats, assigned, overdue, answered FROM cris_e_requests WHERE receipt = ? ORDER BY position")
	lock := e.pool.Rebind("INSERT INTO cris_scopes (scope, version, updated) VALUES (?, ?, ?) ON CONFLICT (scope) DO UPDATE SET version = cris_scopes.version + 1, updated = excluded.updated")
	set := func(columns []string, values []any, name string, value any) {
		values[slices.Index(columns, name)] = value
	}
	read := func(query, receipt string) { readRows(b, e.pool, query, receipt) }
	e.each(b.Loop, func(n int, of casestatus.Case) {
		receipt, id := of.Receipt.String(), uuid.Must(uuid.NewV7()).String()
		read(head, receipt)
		read(entries, receipt)
		tx, err := e.pool.BeginTxx(b.Context(), nil)
		require.NoError(b, err)
		_, err = tx.ExecContext(b.Context(), lock, receipt, n, n)
		require.NoError(b, err)
		set(columns, values, "id", id)
		set(columns, values, "confirmation", id)
		set(columns, values, "receipt", receipt)
		set(columns, values, "position", n+1000)
		_, err = tx.ExecContext(b.Context(), request, values...)
		require.NoError(b, err)
		var last int64
		require.NoError(b, tx.QueryRowContext(b.Context(), "SELECT COALESCE(MAX(position), 0) FROM cris_outbox WHERE delivered_at = 0").Scan(&last))
		set(eventColumns, eventValues, "id", id)
		set(eventColumns, eventValues, "position", last+1)
		_, err = tx.ExecContext(b.Context(), event, eventValues...)
		require.NoError(b, err)
		require.NoError(b, tx.Commit())
	})
}

// readRows reads the rows of a query, all of their columns, and forgets them.
func readRows(b *testing.B, from sqlx.QueryerContext, query string, args ...any) {
	b.Helper()
	rows, err := from.QueryContext(b.Context(), query, args...)
	require.NoError(b, err)
	defer rows.Close()
	names, err := rows.Columns()
	require.NoError(b, err)
	into := make([]any, len(names))
	for i := range into {
		into[i] = new(any)
	}
	for rows.Next() {
		require.NoError(b, rows.Scan(into...))
	}
	require.NoError(b, rows.Err())
}

// firstRow returns the columns of a table, and the values of a row that is in it.
func (e *eRequestBench) firstRow(b *testing.B, table string) (columns []string, values []any) {
	b.Helper()
	row := e.pool.QueryRowx("SELECT * FROM " + table)
	columns, err := row.Columns()
	require.NoError(b, err)
	values, err = row.SliceScan()
	require.NoError(b, err)
	return columns, values
}
