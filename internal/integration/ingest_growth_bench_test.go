package integration_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

// daysScans are the scans of one day: so many pieces get ten each, all at new times.
func daysScans(day int) []tracking.Scan {
	const perPiece = 10
	date := cris.MustParseDate("2013-01-01").AddDays(day)
	scans := make([]tracking.Scan, 0, dayPieces*perPiece)
	for piece := range dayPieces {
		// Pieces of the day are spread over all numbers, as the numbers of a mailer are.
		number := trackingtest.Number(1 + (piece*7919+day*104_729)%90_000_000)
		for scan := range perPiece {
			at, err := tracking.NewLocalTime(date, scan, piece%60)
			if err != nil {
				panic(err)
			}
			scans = append(scans, tracking.Scan{Number: number, Code: "10", At: at, Place: tracking.Place{ZIP: cris.MustParseZIP("07405"), Country: "US"}})
		}
	}
	return scans
}

const dayPieces = 2_000 // so that a day has 20,000 scans

// ingestDay saves the scans of a day as a file of its own.
func ingestDay(ctx context.Context, store tracking.Store, day int, scans []tracking.Scan) error {
	file := tracking.File{ID: trackingtest.FileID(day), Name: "day " + strconv.Itoa(day), Scans: func(yield func(tracking.Scan, error) bool) {
		for _, scan := range scans {
			if !yield(scan, nil) {
				return
			}
		}
	}}
	_, err := tracking.NewIngester(store, &tracking.IngesterOptions{BatchSize: ingestBatch}).Ingest(ctx, file)
	return err
}

// benchmarkGrowth measures a day's file into a database that holds so many scans.
func benchmarkGrowth(b *testing.B, dir string, stored int) {
	b.Helper()
	db, err := sqlx.Open("sqlite", fmt.Sprintf("file:%s/growth%d.db?_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)", dir, stored))
	require.NoError(b, err)
	defer db.Close()
	store := sqlstore.New(db)
	require.NoError(b, store.Migrate(b.Context()))
	var day int
	require.NoError(b, db.GetContext(b.Context(), &day, `SELECT COUNT(*) FROM scan_files`))
	for ; day*dayPieces*10 < stored; day++ {
		require.NoError(b, ingestDay(b.Context(), store.Scans(), day, daysScans(day)))
	}
	for b.Loop() {
		b.StopTimer()
		scans := daysScans(day)
		b.StartTimer()
		if err := ingestDay(b.Context(), store.Scans(), day, scans); err != nil {
			b.Fatal(err)
		}
		day++
	}
}

func BenchmarkIngestGrowth_100k(b *testing.B) { benchmarkGrowth(b, b.TempDir(), 100_000) }

// The large database is filled once where the folder outlives the benchmark, and then
// grows a little with each round.
func BenchmarkIngestGrowth_3M(b *testing.B) {
	dir := os.Getenv("CRIS_BENCH_DIR")
	if dir == "" {
		dir = b.TempDir()
	}
	benchmarkGrowth(b, dir, 3_000_000)
}

// TestIngestGrowth_Curve is for the soak: it fills a database with as many scans as
// CRIS_GROWTH says and prints what a record costs on the way.
func TestIngestGrowth_Curve(t *testing.T) {
	most, err := strconv.Atoi(os.Getenv("CRIS_GROWTH"))
	if err != nil {
		t.Skip("CRIS_GROWTH is not set: how many scans to store")
	}
	db := openDatabase(t, "sqlite", sqliteFile(t))
	store := migrated(t, db)
	steps := []int{100_000, 300_000, 1_000_000, 3_000_000, 10_000_000, 30_000_000, 50_000_000, most}
	slices.Sort(steps)
	day := 0
	for _, step := range slices.Compact(steps) {
		if step > most {
			break
		}
		for ; (day+5)*dayPieces*10 < step; day++ {
			require.NoError(t, ingestDay(t.Context(), store.Scans(), day, daysScans(day)))
		}
		result := testing.Benchmark(func(b *testing.B) {
			b.Helper()
			for b.Loop() {
				b.StopTimer()
				scans := daysScans(day)
				b.StartTimer()
				if err := ingestDay(t.Context(), store.Scans(), day, scans); err != nil {
					b.Fatal(err)
				}
				day++
			}
		})
		fmt.Printf("growth %d stored: %d ns a record\n", day*dayPieces*10, result.NsPerOp()/(dayPieces*10))
	}
}
