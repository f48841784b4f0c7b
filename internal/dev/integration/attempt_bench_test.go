package integration_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/selfcheck/attempt"
)

// An individual takes a quiz, after 40,000 cells of each of three days.
func BenchmarkAttemptTake_SQLite(b *testing.B)     { attemptTake(b, "sqlite") }
func BenchmarkAttemptTake_PostgreSQL(b *testing.B) { attemptTake(b, "pgx") }
func BenchmarkAttemptTake_Memory(b *testing.B)     { attemptTake(b, "") }

func attemptTake(b *testing.B, driver string) {
	b.Helper()
	var store attempt.Counters = memory.New().Attempts()
	clock := contract.NewClock("2011-03-21T15:00:00Z")
	if driver != "" {
		dsn := fmt.Sprintf("file:%s/attempt.db?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(10000)", b.TempDir())
		if driver == "pgx" {
			dsn = postgresBench(b)
		}
		pool, err := sqlx.Open(driver, dsn)
		require.NoError(b, err)
		b.Cleanup(func() { require.NoError(b, pool.Close()) })
		db := migrated(b, pool)
		store = db.Attempts()
		for range 3 {
			_, _, err := attemptLimiter(store, clock).Take(b.Context(), attemptName(b, "Smith"), attemptBorn)
			require.NoError(b, err)
			var tuples []string
			for n := range 40_000 {
				tuples = append(tuples, fmt.Sprintf("('%s', %d, 1)", clock.Today(), n*100))
				if len(tuples) == 1000 {
					_, err := pool.ExecContext(b.Context(), "INSERT INTO cris_selfcheck_attempt_cells (day, cell, attempts) VALUES "+strings.Join(tuples, ", ")+" ON CONFLICT DO NOTHING")
					require.NoError(b, err)
					tuples = nil
				}
			}
			clock.Advance(24 * time.Hour)
		}
	}
	limiter := attemptLimiter(store, clock)
	name, n := attemptName(b, "Smith"), 0
	for b.Loop() {
		_, _, err := limiter.Take(b.Context(), name, cris.NewPersonal(attemptBorn.Reveal().AddDays(n)))
		require.NoError(b, err)
		n++
	}
}
