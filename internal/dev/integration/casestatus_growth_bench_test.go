package integration_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
)

// The status of a case, looked up at random among 10 thousand cases and among 5 million, in turn.
// What is reported is how much longer it takes among 5 million: status-ratio.
func BenchmarkCaseGrowth_SQLite(b *testing.B) {
	benchmarkCaseGrowth(b, func(cases int) *sqlx.DB {
		db, err := sqlx.Open("sqlite", fmt.Sprintf("file:%s/cases%d.db?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_pragma=busy_timeout(10000)", b.TempDir(), cases))
		require.NoError(b, err)
		return db
	})
}

func BenchmarkCaseGrowth_PostgreSQL(b *testing.B) {
	benchmarkCaseGrowth(b, func(int) *sqlx.DB {
		db, err := sqlx.Open("pgx", postgresBench(b))
		require.NoError(b, err)
		return db
	})
}

func benchmarkCaseGrowth(b *testing.B, open func(cases int) *sqlx.DB) {
	b.Helper()
	sizes := []int{10_000, 5_000_000}
	services := make([]*casestatus.Service, len(sizes))
	for i, cases := range sizes {
		db := open(cases)
		defer db.Close()
		store := migrated(b, db)
		onFile := casestatustest.NewCase(0, func(c *casestatus.Case) { c.Addresses, c.History, c.Mailings = nil, c.History[:1], c.Mailings[1:] })
		require.NoError(b, casestatustest.PutCase(b.Context(), store.Cases(), onFile))
		copyFirstCase(b, db, cases)
		services[i] = casestatus.NewService(store.Cases(), store.ProcessingTimes(), store.Deliveries(), nil)
	}
	const rounds, each = 101, 50
	for b.Loop() {
		random := rand.New(rand.NewPCG(1, 2))
		var times [2][]float64
		for range rounds {
			for i, service := range services {
				begun := time.Now()
				for range each {
					receipt := casestatustest.Receipt(random.IntN(sizes[i]))
					status, err := service.Status(b.Context(), receipt.String())
					if err != nil || status.Outcome != casestatus.Shown {
						b.Fatal(receipt, status.Outcome, err)
					}
				}
				times[i] = append(times[i], float64(time.Since(begun).Nanoseconds())/each)
			}
		}
		small, large := middle(times[0]), middle(times[1])
		b.ReportMetric(large/small, "status-ratio")
		b.ReportMetric(large/1000, "status-µs")
	}
}

// copyFirstCase makes as many cases of the first one; one in ten has something in the mail.
func copyFirstCase(b *testing.B, db *sqlx.DB, cases int) {
	b.Helper()
	conn, err := db.Connx(b.Context())
	require.NoError(b, err)
	defer conn.Close()
	do := func(statement string) {
		_, err := conn.ExecContext(b.Context(), statement)
		require.NoError(b, err)
	}
	isPostgreSQL, receipt := db.DriverName() == "pgx", "printf('IOE09%08d', n)"
	if isPostgreSQL {
		receipt = "'IOE09' || lpad(CAST(n AS TEXT), 8, '0')"
		do("SET session_replication_role = replica") // no foreign key is checked
	}
	for _, of := range []struct {
		table string
		oneOf int
	}{{"cris_cases", 1}, {"cris_case_history", 1}, {"cris_case_mailings", 10}} {
		rows, err := conn.QueryxContext(b.Context(), "SELECT * FROM "+of.table)
		require.NoError(b, err)
		columns, err := rows.Columns()
		require.NoError(b, err)
		require.NoError(b, rows.Close()) //nolint:sqlclosecheck // the next statement needs the connection
		copied := slices.Clone(columns)
		for i, name := range columns {
			switch name {
			case "receipt":
				copied[i] = receipt
			case "number":
				copied[i] = "'92055' || CAST(10000000000000000 + n AS TEXT)"
			}
		}
		do(fmt.Sprintf(`WITH RECURSIVE numbers (n) AS (SELECT CAST(%[1]d AS BIGINT) UNION ALL SELECT n + %[1]d FROM numbers WHERE n < %[2]d)
			INSERT INTO %[3]s (%[4]s) SELECT %[5]s FROM numbers, %[3]s WHERE receipt = '%[6]s'`,
			of.oneOf, cases-of.oneOf, of.table, strings.Join(columns, ", "), strings.Join(copied, ", "), casestatustest.Receipt(0)))
	}
	if isPostgreSQL {
		do("VACUUM ANALYZE") // which it does by itself, where autovacuum is on
	}
}
