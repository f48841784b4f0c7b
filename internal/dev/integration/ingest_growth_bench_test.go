package integration_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

// daysScans are the 20,000 scans of one day: two each of the pieces mailed on that day and
// on the four days before. A mailer gives out serial numbers in order, and so the numbers
// of a day are close to each other.
func daysScans(day int) []tracking.Scan {
	const daysUnderWay = 5
	scans := make([]tracking.Scan, 0, dayPieces*daysUnderWay*2)
	for mailed := day; mailed < day+daysUnderWay; mailed++ {
		for piece := range dayPieces {
			scans = append(scans, dayScan(mailed*dayPieces+piece, day, 7), dayScan(mailed*dayPieces+piece, day, 19))
		}
	}
	return scans
}

// spreadScans are 20,000 scans of a day whose pieces have numbers anywhere among 90
// million: what no mailer sends, and the worst for an index.
func spreadScans(day int) []tracking.Scan {
	const perPiece = 10
	scans := make([]tracking.Scan, 0, dayPieces*perPiece)
	for piece := range dayPieces {
		for hour := range perPiece {
			scans = append(scans, dayScan((piece*44_927+day*104_729)%90_000_000, day, hour))
		}
	}
	return scans
}

func dayScan(piece, day, hour int) tracking.Scan {
	at, err := tracking.NewLocalTime(cris.MustParseDate("2013-01-01").AddDays(day), hour, piece%60)
	if err != nil {
		panic(err)
	}
	return tracking.Scan{Number: trackingtest.Number(1 + piece), Code: "10", At: at, Place: tracking.Place{ZIP: cris.MustParseZIP("07405"), Country: "US"}}
}

const (
	dayPieces   = 2_000
	scansOfADay = 20_000
)

// ingestDay saves the scans of a day as a file of its own.
func ingestDay(ctx context.Context, store tracking.Store, day int, scans []tracking.Scan) error {
	file := tracking.Content{ID: trackingtest.FileID(day), Name: "day " + strconv.Itoa(day), Records: func(yield func(tracking.Record, error) bool) {
		for i, scan := range scans {
			if !yield(tracking.Record{Line: i + 1, Scan: scan}, nil) {
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
	store := migrated(b, db)
	var day int
	require.NoError(b, db.GetContext(b.Context(), &day, `SELECT COUNT(*) FROM cris_scan_files`))
	for ; day*scansOfADay < stored; day++ {
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
// CRIS_GROWTH says and prints what a record costs on the way. CRIS_SQLITE is added to the
// string that opens the database.
func TestIngestGrowth_Curve(t *testing.T) {
	most, err := strconv.Atoi(os.Getenv("CRIS_GROWTH"))
	if err != nil {
		t.Skip("CRIS_GROWTH is not set: how many scans to store")
	}
	for _, kind := range []struct {
		name string
		day  func(day int) []tracking.Scan
	}{{"in order", daysScans}, {"spread", spreadScans}} {
		t.Run(kind.name, func(t *testing.T) { growthCurve(t, kind.name, kind.day, most) })
	}
}

func growthCurve(t *testing.T, name string, scansOf func(day int) []tracking.Scan, most int) {
	t.Helper()
	store := migrated(t, openDatabase(t, "sqlite", sqliteFile(t)+os.Getenv("CRIS_SQLITE")))
	day := 0
	for _, step := range []int{100_000, 300_000, 1_000_000, 3_000_000, 10_000_000, 30_000_000, 50_000_000} {
		if step > most {
			break
		}
		for ; day*scansOfADay < step; day++ {
			require.NoError(t, ingestDay(t.Context(), store.Scans(), day, scansOf(day)))
		}
		const days = 5
		var took time.Duration
		for range days {
			scans := scansOf(day)
			begun := time.Now()
			require.NoError(t, ingestDay(t.Context(), store.Scans(), day, scans))
			took += time.Since(begun)
			day++
		}
		fmt.Printf("growth %s %d stored: %d ns a record\n", name, step, took.Nanoseconds()/(days*scansOfADay))
	}
}
