package integration_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/internal/dev/integration/postgres"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

// ingestBatch is how many records are saved together, by both sides of each pair.
const ingestBatch = 2_000

// bareRow is a scan as the columns of its table.
type bareRow struct {
	number, at, code, zip, country string
	toSender, position             int64
}

// bareRows are the scans of benchFile, once each and ready to be inserted: whoever
// inserts them has nothing to read and nothing to check.
var bareRows = sync.OnceValue(func() (rows []bareRow) {
	seen := map[tracking.Scan]bool{}
	for _, s := range benchFile().Scans {
		if seen[s] {
			continue
		}
		seen[s] = true
		row := bareRow{s.Number.String(), s.At.String(), string(s.Code), s.Place.ZIP.String(), s.Place.Country, 0, int64(len(rows) + 1)}
		if s.ToSender {
			row.toSender = 1
		}
		rows = append(rows, row)
	}
	return rows
})

func benchmarkIngest(b *testing.B, driver string, dsn func(b *testing.B) string, ingest func(db *sqlx.DB) error) {
	b.Helper()
	for b.Loop() {
		b.StopTimer()
		db, err := sqlx.Open(driver, dsn(b))
		require.NoError(b, err)
		db.SetMaxOpenConns(1)
		require.NoError(b, sqlstore.Migrate(b.Context(), db, nil))
		b.StartTimer()
		if err := ingest(db); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		require.NoError(b, db.Close())
		b.StartTimer()
	}
}

// ingestFile does all of it: the bytes of the file are identified, read, checked and saved.
func ingestFile(b *testing.B) func(db *sqlx.DB) error {
	b.Helper()
	return func(db *sqlx.DB) error {
		file, err := extract.Open("bench.txt", bytes.NewReader(benchFile().Content), nil)
		if err != nil {
			return err
		}
		_, err = tracking.NewIngester(opened(b, db).Scans(), &tracking.IngesterOptions{BatchSize: ingestBatch}).Ingest(b.Context(), file)
		return err
	}
}

// insertBare inserts the rows into the same table by one prepared statement, in transactions of as many rows.
func insertBare(ctx context.Context) func(db *sqlx.DB) error {
	return func(db *sqlx.DB) error {
		const rowsPerStatement = 125
		statement := func(rows int) string {
			return db.Rebind(`INSERT INTO cris_scans VALUES ` + strings.Repeat("(?, ?, ?, ?, ?, ?, ?), ", rows-1) + `(?, ?, ?, ?, ?, ?, ?)`)
		}
		whole, err := db.PreparexContext(ctx, statement(rowsPerStatement))
		if err != nil {
			return err
		}
		defer whole.Close()
		for batch := range slices.Chunk(bareRows(), ingestBatch) {
			tx, err := db.BeginTxx(ctx, nil)
			if err != nil {
				return err
			}
			defer tx.Rollback()
			for chunk := range slices.Chunk(batch, rowsPerStatement) {
				args := make([]any, 0, len(chunk)*7)
				for _, r := range chunk {
					args = append(args, r.number, r.at, r.code, r.zip, r.country, r.toSender, r.position)
				}
				if len(chunk) == rowsPerStatement {
					_, err = tx.StmtxContext(ctx, whole).ExecContext(ctx, args...)
				} else {
					_, err = tx.ExecContext(ctx, statement(len(chunk)), args...)
				}
				if err != nil {
					return err
				}
			}
			if err := tx.Commit(); err != nil {
				return err
			}
		}
		return nil
	}
}

// insertUnnest inserts the rows as arrays, the fastest way into PostgreSQL that is still
// an INSERT.
func insertUnnest(ctx context.Context) func(db *sqlx.DB) error {
	return func(db *sqlx.DB) error {
		for batch := range slices.Chunk(bareRows(), ingestBatch) {
			var numbers, ats, codes, zips, countries []string
			var toSenders, positions []int64
			for _, r := range batch {
				numbers, ats, codes = append(numbers, r.number), append(ats, r.at), append(codes, r.code)
				zips, countries, toSenders = append(zips, r.zip), append(countries, r.country), append(toSenders, r.toSender)
				positions = append(positions, r.position)
			}
			if _, err := db.ExecContext(ctx, `INSERT INTO cris_scans SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[])`,
				numbers, ats, codes, zips, countries, toSenders, positions); err != nil {
				return err
			}
		}
		return nil
	}
}

func sqliteBench(b *testing.B) string {
	b.Helper()
	return "file:" + b.TempDir() + "/cris.db?_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)"
}

func BenchmarkIngestSQLite_Ours(b *testing.B) {
	benchmarkIngest(b, "sqlite", sqliteBench, ingestFile(b))
}

func BenchmarkIngestSQLite_Bare(b *testing.B) {
	benchmarkIngest(b, "sqlite", sqliteBench, insertBare(b.Context()))
}

// postgresBench returns a fresh schema of the server that all benchmarks share.
func postgresBench(b *testing.B) string {
	b.Helper()
	server.once.Do(func() { server.running, server.err = postgres.Start(context.Background()) })
	require.NoError(b, server.err)
	name := fmt.Sprintf("bench%d", server.schemas.Add(1))
	db, err := sqlx.Open("pgx", server.running.DSN(name))
	require.NoError(b, err)
	defer db.Close()
	_, err = db.ExecContext(b.Context(), "CREATE SCHEMA "+name)
	require.NoError(b, err)
	return server.running.DSN(name)
}

func BenchmarkIngestPostgreSQL_Ours(b *testing.B) {
	benchmarkIngest(b, "pgx", postgresBench, ingestFile(b))
}

func BenchmarkIngestPostgreSQL_Unnest(b *testing.B) {
	benchmarkIngest(b, "pgx", postgresBench, insertUnnest(b.Context()))
}
