package integration_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
)

// What SRMT has on file grows for years, and its lists do not. Here are those that staff
// looks at and those that find nothing, among 10 thousand and among a million requests, on
// both databases. They are measured in turn. What is reported is how much longer a list takes
// among a million, per row that it returns: <list>-ratio.
func BenchmarkServiceRequestLists_SQLite(b *testing.B) {
	benchmarkLists(b, func(b *testing.B, requests int) *sqlx.DB {
		b.Helper()
		db, err := sqlx.Open("sqlite", fmt.Sprintf("file:%s/lists%d.db?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_pragma=busy_timeout(10000)", b.TempDir(), requests))
		require.NoError(b, err)
		return db
	})
}

func BenchmarkServiceRequestLists_PostgreSQL(b *testing.B) {
	benchmarkLists(b, func(b *testing.B, _ int) *sqlx.DB {
		b.Helper()
		db, err := sqlx.Open("pgx", postgresBench(b))
		require.NoError(b, err)
		return db
	})
}

// listSpan is the days over which the requests of the benchmark were filed.
const listSpan = 3000

var (
	listFirstDay = cris.MustParseDate("2005-01-01")
	listToday    = listFirstDay.AddDays(listSpan)
)

// measuredLists are what is measured: the first page of each list, or all of it for a page of 0.
var measuredLists = []struct {
	name  string
	query srmt.Query
	page  int
	finds bool
}{
	{"everything", srmt.Query{}, 50, true},
	{"everything-from-the-middle", srmt.Query{Page: srmt.Page{After: srmt.Key{Standard: true, Due: listFirstDay.AddDays(listSpan / 2)}}}, 50, true},
	{"office", srmt.Query{Office: "A00"}, 50, true},
	{"unassigned", srmt.Query{Office: "A00", Status: srmt.Unassigned}, 50, true},
	{"unassigned-150", srmt.Query{Office: "A00", Status: srmt.Unassigned}, 150, true},
	{"unassigned-none", srmt.Query{Office: "DONE", Status: srmt.Unassigned}, 50, false},
	{"assigned", srmt.Query{Office: "A01", Status: srmt.Assigned}, 50, true},
	{"assigned-none", srmt.Query{Office: "DONE", Status: srmt.Assigned}, 50, false},
	{"worklist", srmt.Query{Office: "A01", Status: srmt.Assigned, Officer: "A01-1"}, 50, true},
	{"worklist-none", srmt.Query{Office: "A01", Status: srmt.Assigned, Officer: "A00-1"}, 50, false},
	{"officer", srmt.Query{Officer: "A02-2"}, 50, true},
	{"officer-unknown", srmt.Query{Officer: "nobody"}, 50, false},
	{"overdue", srmt.Query{Office: "A02", OverdueOn: listToday}, 50, true},
	{"overdue-none", srmt.Query{Office: "PUNCTUAL", OverdueOn: listToday}, 50, false},
	{"overdue-of-officer", srmt.Query{Office: "A02", Officer: "A02-0", OverdueOn: listToday}, 50, true},
	{"overdue-of-officer-none", srmt.Query{Office: "PUNCTUAL", Officer: "PUNCTUAL-0", OverdueOn: listToday}, 50, false},
	{"open", srmt.Query{Office: "A03", OverdueOn: cris.MustParseDate("9999-12-31")}, 50, true},
	{"counts", srmt.Query{Office: "A03", OverdueOn: cris.MustParseDate("9999-12-31")}, 0, true}, // what Service.Count goes through
	{"due-soon", srmt.Query{Office: "PUNCTUAL", OverdueOn: listToday.AddDays(7)}, 50, true},
	{"overdue-anywhere", srmt.Query{OverdueOn: listToday}, 50, true},
	{"overdue-anywhere-none", srmt.Query{OverdueOn: listFirstDay}, 50, false},
}

// listedRequest is the n-th of so many requests. Of ten, eight are closed, one waits and one
// is assigned. There are four offices with three officers each, in order of filing; DONE,
// where all is closed, and PUNCTUAL, where nothing is overdue and much is open.
func listedRequest(n, of int) srmt.ServiceRequest {
	offices := []casestatus.OfficeCode{"A00", "A01", "A02", "A03", "DONE", "PUNCTUAL"}
	r := srmt.ServiceRequest{
		ID: fmt.Sprintf("request-%07d", n), Channel: erequest.Online, Receipt: casestatus.MustParseReceiptNumber(fmt.Sprintf("IOE09%08d", n)),
		Issue: erequest.CardNotReceived, Filed: listFirstDay.AddDays(n * listSpan / of), Office: offices[n%len(offices)],
		Status: srmt.Closed, Version: 3,
	}
	r.Officer = srmt.StaffID(fmt.Sprintf("%s-%d", r.Office, n/len(offices)%3))
	switch open := n / len(offices) % 10; {
	case open > 1 || r.Office == "DONE":
	case open == 1:
		r.Status, r.Version = srmt.Assigned, 2
	default:
		r.Status, r.Version, r.Officer = srmt.Unassigned, 1, ""
	}
	r.Due, r.Language, r.Accommodation = r.Filed.AddDays(30), cris.English, n%(of/10) == 0 // as many in both
	if r.Office == "PUNCTUAL" && r.Status != srmt.Closed {
		r.Due = listToday.AddDays(n % 30)
	}
	return r
}

// oneIf is how a database holds a bool.
func oneIf(is bool) int {
	if is {
		return 1
	}
	return 0
}

// fillLists puts so many requests on file. Their histories are left out: lists do not read
// them.
func fillLists(b *testing.B, db *sqlx.DB, requests int) {
	b.Helper()
	const columns, batch = 16, 2000
	tx, err := db.BeginTxx(b.Context(), nil)
	require.NoError(b, err)
	defer tx.Rollback()
	tuple := "(?" + strings.Repeat(", ?", columns-1) + ")"
	insert := tx.Rebind("INSERT INTO cris_srmt_requests (id, channel, receipt, issue, language, filed, due, office, officer, status, accommodation, trail, returns, waiting, proposed, version) VALUES " +
		tuple + strings.Repeat(", "+tuple, batch-1))
	for n := 0; n < requests; n += batch {
		args := make([]any, 0, columns*batch)
		for i := range batch {
			r := listedRequest(n+i, requests)
			args = append(args, r.ID, string(r.Channel), r.Receipt.String(), string(r.Issue), string(r.Language), r.Filed.String(), r.Due.String(),
				string(r.Office), string(r.Officer), string(r.Status), oneIf(r.Accommodation), string(r.Trail), r.Returns, r.Waiting.UnixMicro(), r.Proposed, r.Version)
		}
		_, err := tx.ExecContext(b.Context(), insert, args...)
		require.NoError(b, err)
	}
	require.NoError(b, tx.Commit())
	if db.DriverName() == "pgx" { // which does this by itself, where autovacuum is on; SQLite does not
		_, err = db.ExecContext(b.Context(), "ANALYZE")
		require.NoError(b, err)
	}
}

func benchmarkLists(b *testing.B, open func(b *testing.B, requests int) *sqlx.DB) {
	b.Helper()
	sizes := []int{10_000, 1_000_000}
	stores := make([]*sqlstore.ServiceRequests, len(sizes))
	for i, requests := range sizes {
		db := open(b, requests)
		defer db.Close()
		store := migrated(b, db)
		fillLists(b, db, requests)
		stores[i] = store.ServiceRequests()
	}
	const rounds = 101 // the first few of each list make its plan, and count for nothing in the median
	for b.Loop() {
		times := make([][2][rounds]float64, len(measuredLists))
		for round := range rounds { // each list again and again, so that nothing slows one alone
			for i, list := range measuredLists {
				for size, store := range stores {
					times[i][size][round] = timeList(b, store, list.query, list.page, list.finds)
				}
			}
		}
		for i, list := range measuredLists {
			small, large := middle(times[i][0][:]), middle(times[i][1][:])
			b.ReportMetric(large/small, list.name+"-ratio")
			b.ReportMetric(large/1000, list.name+"-µs") // per row, among a million
		}
	}
}

// middle returns the median, and sorts the times.
func middle(times []float64) float64 {
	slices.Sort(times)
	return times[len(times)/2]
}

// timeList returns how many nanoseconds the list takes, for each row if it finds any.
func timeList(b *testing.B, store *sqlstore.ServiceRequests, query srmt.Query, page int, finds bool) float64 {
	b.Helper()
	query.Page.Limit = page
	rows := 0
	begun := time.Now()
	for _, err := range store.List(b.Context(), query) {
		if err != nil {
			b.Fatal(err)
		}
		rows++
	}
	took := time.Since(begun)
	if finds && page > 0 && rows != page || finds && rows == 0 || !finds && rows != 0 {
		b.Fatalf("%+v found %d", query, rows)
	}
	return float64(took.Nanoseconds()) / float64(max(rows, 1))
}
