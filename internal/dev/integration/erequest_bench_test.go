package integration_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// A submission that is accepted, and one that is advised to wait because the case has a
// request, each through the service on a database.
func BenchmarkERequestAccepted_SQLite(b *testing.B)     { benchmarkSubmit(b, "sqlite", false) }
func BenchmarkERequestAdvised_SQLite(b *testing.B)      { benchmarkSubmit(b, "sqlite", true) }
func BenchmarkERequestAccepted_PostgreSQL(b *testing.B) { benchmarkSubmit(b, "pgx", false) }
func BenchmarkERequestAdvised_PostgreSQL(b *testing.B)  { benchmarkSubmit(b, "pgx", true) }

func benchmarkSubmit(b *testing.B, driver string, again bool) {
	b.Helper()
	dsn := fmt.Sprintf("file:%s/submit.db?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(10000)", b.TempDir())
	if driver == "pgx" {
		dsn = postgresBench(b)
	}
	pool, err := sqlx.Open(driver, dsn)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, pool.Close()) })
	db := sqlstore.New(pool)
	require.NoError(b, db.Migrate(b.Context()))
	const cases = 200
	for n := range cases {
		require.NoError(b, casestatustest.PutCase(b.Context(), db.Cases(), casestatustest.NewCase(n)))
	}
	now := erequesttest.Start()
	service := erequest.NewService(db.ERequests(), db.Cases(), casestatus.NewService(db.Cases(), db.ProcessingTimes(), db.Deliveries(), nil),
		&erequest.Options{Now: func() time.Time { return now }})
	want := erequest.Accepted
	submit := func(n int) {
		filing, err := service.Submit(b.Context(), erequesttest.NewSubmission(fmt.Sprint("key", n), casestatustest.NewCase(n%cases), erequest.CardNotReceived))
		if err != nil || filing.Outcome != want {
			b.Fatal(filing.Outcome, filing.Reasons, err)
		}
	}
	if again {
		for n := range cases {
			submit(n)
		}
		want = erequest.Advised
	}
	n := cases
	for b.Loop() {
		submit(n)
		n++
		if !again && n%cases == 0 {
			now = now.AddDate(0, 0, 30) // every case may ask again
		}
	}
}
