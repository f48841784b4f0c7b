package integration_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/seal"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/cristest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/dev/planted"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

func TestRetention_KeepsTheContract(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		cristest.TestRetention(t, func(t *testing.T) cristest.Retained {
			t.Helper()
			p := portsOf(open(t))
			put := func(ctx context.Context, id string, started cris.Date, open bool) error {
				n, err := strconv.Atoi(strings.TrimPrefix(id, "record-"))
				if err != nil {
					return err
				}
				return puts[erequest.ERequestRecords](ctx, p, n, &filed{id: id, started: started, open: open}, "")
			}
			return cristest.Retained{RetentionStore: p.retention, Outbox: p.outbox, Class: erequest.ERequestRecords, Put: put}
		})
	})
}

// PV-4: the key of a record goes with it, so that what is left of it anywhere cannot be opened.
func TestPV4_TheKeyOfARecordIsShreddedWithIt(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		pool := openDatabase(t, kind.driver, kind.empty(t))
		p := portsOf(migrated(t, pool))
		gone := put(t, p, selfcheck.QueryRecords, 1, filingDay, false, "")
		stays := put(t, p, selfcheck.QueryRecords, 2, filingDay, true, "")
		for _, id := range []string{gone.id, stays.id} {
			for _, table := range []string{"cris_selfcheck_queries", "cris_selfcheck_passes", "cris_cases"} {
				_, err := pool.ExecContext(t.Context(), pool.Rebind(`INSERT INTO cris_record_keys (class, id, key_id, wrapped) VALUES (?, ?, 'k', 'w')`), table, id)
				require.NoError(t, err)
			}
		}
		_, err := retentionOf(t, p, filingDay.AddMonths(24)).Purge(t.Context())
		require.NoError(t, err)
		left := lines(t, pool, `SELECT class FROM cris_record_keys WHERE id = '`+gone.id+`'`)
		require.Equal(t, []string{"cris_cases"}, left, "a record of another class has the same ID")
		require.Len(t, lines(t, pool, `SELECT class FROM cris_record_keys WHERE id = '`+stays.id+`'`), 3)
	})
}

// PV-2, PV-4: in a sealed store a purge leaves the key of no record of any class, and what was purged
// may be put on file again under the same ID, with a key of its own.
func TestPV4_APurgeOfASealedStoreLeavesNoKey(t *testing.T) {
	onEachKindSealed(t, func(t *testing.T, kind database, keys *seal.File) {
		pool := openDatabase(t, kind.driver, kind.empty(t))
		p := portsOf(migratedSealed(t, pool, keys))
		for range 2 {
			for i, class := range p.classes {
				if class.Upkeep || class.Code == cris.HoldRecords { // nothing in them is personal
					continue
				}
				put(t, p, class.Code, 10*i, filingDay, false, "")
			}
			require.NotEmpty(t, lines(t, pool, `SELECT class FROM cris_record_keys`))
			for run := range 3 { // what others name goes after them
				_, err := retentionOf(t, p, filingDay.AddMonths(12*9+run)).Purge(t.Context())
				require.NoError(t, err)
			}
			require.Empty(t, lines(t, pool, `SELECT class FROM cris_record_keys`))
		}
	})
}

var filingDay = cris.MustParseDate("2024-02-29")

func isOnFile(t *testing.T, p everyPort, class cris.Code, id string) bool {
	t.Helper()
	for record, err := range p.retention.Records(t.Context(), class, cris.Page[string]{}) {
		require.NoError(t, err)
		if record.ID == id {
			return true
		}
	}
	return false
}

// SC-17: query and response are kept for one year, through its last day, and then purged with all
// that they are found by.
func TestSC17_QueryAndResponseAreGoneAfterAYear(t *testing.T) {
	onEachRetention(t, func(t *testing.T, open func(t *testing.T) everyPort) {
		p := open(t)
		query := put(t, p, selfcheck.QueryRecords, 1, filingDay, false, "")
		unclosed := put(t, p, selfcheck.QueryRecords, 2, filingDay, true, "")
		last := cris.MustParseDate("2025-02-28")
		report, err := retentionOf(t, p, last).Purge(t.Context())
		require.NoError(t, err)
		require.Zero(t, report.Removed())
		transaction := selfcheck.TransactionID(query.id)
		record, err := p.checks.Record(t.Context(), transaction)
		require.NoError(t, err)
		archive := p.checks.(selfcheck.Archive) //nolint:errcheck // it is one
		candidates := func() (n int) {
			for id, err := range archive.Candidates(t.Context(), record.Keys()[0], cris.Page[selfcheck.TransactionID]{}) {
				require.NoError(t, err)
				if id == transaction {
					n++
				}
			}
			return n
		}
		require.Equal(t, 1, candidates())

		report, err = retentionOf(t, p, last.AddDays(1)).Purge(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1, report.Removed())
		_, err = p.checks.Record(t.Context(), transaction)
		require.ErrorIs(t, err, cris.ErrNotFound)
		require.Zero(t, candidates())
		require.True(t, isOnFile(t, p, selfcheck.QueryRecords, unclosed.id), "an open case is kept until it is closed")
		put(t, p, selfcheck.QueryRecords, 1, last, false, "") // what was purged may begin anew
	})
}

func TestPV4_APublicationStaysUntilALaterOneReplacesIt(t *testing.T) {
	onEachRetention(t, func(t *testing.T, open func(t *testing.T) everyPort) {
		p := open(t)
		posted := func(on cris.Date) casestatus.ProcessingTime {
			return casestatustest.NewProcessingTime(func(p *casestatus.ProcessingTime) { p.ReadOn = on })
		}
		first, second := posted(filingDay), posted(filingDay.AddDays(1))
		require.NoError(t, p.times.Post(t.Context(), first))
		later := filingDay.AddMonths(12 * 20)
		report, err := retentionOf(t, p, later).Purge(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1, classReport(t, report, casestatus.ProcessingTimeRecords).Open)
		require.NoError(t, p.times.Post(t.Context(), second))
		_, err = retentionOf(t, p, later).Purge(t.Context())
		require.NoError(t, err)
		_, err = p.times.Posted(t.Context(), first.PostedUnder(), filingDay)
		require.ErrorIs(t, err, cris.ErrNotFound)
		found, err := p.times.Posted(t.Context(), first.PostedUnder(), later)
		require.NoError(t, err)
		require.True(t, second.Equal(found))
	})
}

// A file of which nothing could be read counts from when it was received.
func TestPV4_AFileWithoutDatesIsNotKeptForever(t *testing.T) {
	onEachRetention(t, func(t *testing.T, open func(t *testing.T) everyPort) {
		p := open(t)
		file := tracking.File{ID: trackingtest.FileID(1), Name: "x", Damaged: 1, Records: 1, Done: true}
		require.NoError(t, p.scans.Update(t.Context(), file.ID, func(tracking.File) (tracking.Batch, error) {
			return tracking.Batch{File: file, Damage: []tracking.Damage{trackingtest.NewDamage(1)}}, nil
		}))
		today := cris.DateOf(time.Now(), cris.AgencyZone())
		report, err := retentionOf(t, p, today.AddMonths(59)).Purge(t.Context())
		require.NoError(t, err)
		require.Zero(t, classReport(t, report, tracking.FileRecords).Removed)
		report, err = retentionOf(t, p, today.AddMonths(61)).Purge(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1, classReport(t, report, tracking.FileRecords).Removed)
		for _, err := range p.scans.Damage(t.Context(), file.ID, cris.Page[int]{}) {
			require.NoError(t, err)
			require.Fail(t, "the damage of a file goes with it")
		}
	})
}

func classReport(t *testing.T, report cris.RetentionReport, class cris.Code) cris.ClassReport {
	t.Helper()
	for _, of := range report.Classes {
		if of.Class.Code == class {
			return of
		}
	}
	require.Fail(t, "no such class", class)
	return cris.ClassReport{}
}

// A piece of mail stays as long as a case names it, and its alerts with it.
func TestPV4_MailStaysWithItsCase(t *testing.T) {
	onEachRetention(t, func(t *testing.T, open func(t *testing.T) everyPort) {
		p := open(t)
		piece := put(t, p, casestatus.PieceRecords, 7, filingDay, false, "")
		later := filingDay.AddMonths(12*5 + 1)
		onFile := casestatustest.NewCase(1, func(c *casestatus.Case) {
			c.Mailings = []casestatus.Mailing{casestatustest.NewMailing(must(tracking.ParseNumberLenient(piece.id)))}
			c.History = []casestatus.StatusEntry{{On: later, Title: "Case Was Approved"}}
		})
		require.NoError(t, casestatustest.PutCase(t.Context(), p.cases, onFile))
		for _, day := range []cris.Date{later, later.AddMonths(12*5 + 1)} {
			_, err := retentionOf(t, p, day).Purge(t.Context())
			require.NoError(t, err)
			require.True(t, isOnFile(t, p, casestatus.PieceRecords, piece.id), "its case was there when the run came to it")
		}
		require.False(t, isOnFile(t, p, casestatus.CaseRecords, onFile.Receipt.String()))
		_, err := retentionOf(t, p, later.AddMonths(12*5+2)).Purge(t.Context())
		require.NoError(t, err)
		require.False(t, isOnFile(t, p, casestatus.PieceRecords, piece.id))
		for _, err := range p.deliveries.Alerts(t.Context(), casestatus.AlertQuery{}) {
			require.NoError(t, err)
			require.Fail(t, "alerts go with their piece")
		}
	})
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// meanwhile does something between the walk through the records and each removal.
type meanwhile struct {
	cris.RetentionStore

	do func()
}

func (m meanwhile) Remove(ctx context.Context, class cris.Code, ids []string, decide func([]cris.RetentionRecord, []cris.Hold) (cris.Removal, error)) error {
	m.do()
	return m.RetentionStore.Remove(ctx, class, ids, decide)
}

// What gets a hold, or is changed, while the purge runs, stays.
func TestPV4_WhatChangesMeanwhileStays(t *testing.T) {
	onEachRetention(t, func(t *testing.T, open func(t *testing.T) everyPort) {
		p := open(t)
		changed := put(t, p, casestatus.CaseRecords, 1, filingDay, false, "")
		held := put(t, p, casestatus.CaseRecords, 2, filingDay, false, "")
		named := put(t, p, casestatus.CaseRecords, 3, filingDay, false, "")
		gone := put(t, p, casestatus.CaseRecords, 4, filingDay, false, "")
		today := filingDay.AddMonths(12 * 6)
		retention := retentionOf(t, p, today)
		once := false
		during := p
		during.retention = meanwhile{p.retention, func() {
			if once {
				return
			}
			once = true
			put(t, p, casestatus.CaseRecords, 1, today, false, "")
			require.NoError(t, retention.Put(t.Context(), cris.Hold{ID: "h", Class: casestatus.CaseRecords, Record: held.id, Why: "OGC-1", By: "staff-1"}))
			put(t, p, erequest.ERequestRecords, 9, today, true, named.id)
		}}
		report, err := retentionOf(t, during, today).Purge(t.Context())
		require.NoError(t, err)
		of := classReport(t, report, casestatus.CaseRecords)
		require.Equal(t, []int{1, 1, 1, 1}, []int{of.Kept, of.Open, of.Held, of.Removed})
		for _, record := range []filed{changed, held, named} {
			require.True(t, isOnFile(t, p, record.class, record.id))
		}
		require.False(t, isOnFile(t, p, gone.class, gone.id))
	})
}

// Purges and Updates run beside each other: nothing fails, and what was put stays.
func TestPV4_APurgeRunsBesideUpdates(t *testing.T) {
	onEachRetention(t, func(t *testing.T, open func(t *testing.T) everyPort) {
		p := open(t)
		today := filingDay.AddMonths(12 * 6)
		const records = 40
		for n := range records {
			put(t, p, casestatus.CaseRecords, n, filingDay, false, "")
			put(t, p, srmt.ServiceRequestRecords, n, filingDay, false, "")
		}
		failed := make(chan error, 3)
		for range 2 {
			retention := retentionOf(t, p, today)
			go func() {
				_, err := retention.Purge(t.Context())
				failed <- err
			}()
		}
		go func() {
			var err error
			for n := records; n < 2*records && err == nil; n++ {
				record := filed{started: today}
				err = puts[casestatus.CaseRecords](t.Context(), p, n, &record, "")
			}
			failed <- err
		}()
		for range cap(failed) {
			require.NoError(t, <-failed)
		}
		report, err := retentionOf(t, p, today).DryRun(t.Context())
		require.NoError(t, err)
		of := classReport(t, report, casestatus.CaseRecords)
		require.Equal(t, []int{records, 0, 0, 0}, []int{of.Kept, of.Open, of.Held, of.Removed})
	})
}

func TestPV4_NoTableOfEventsScopesAndHoldsGrowsForever(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		pool := openDatabase(t, kind.driver, kind.empty(t))
		p := portsOf(migrated(t, pool))
		today := cris.DateOf(time.Now(), cris.AgencyZone())
		for n := range 20 {
			put(t, p, casestatus.CaseRecords, n, today, false, "")
			hold := cris.Hold{ID: fmt.Sprintf("h-%d", n), Class: casestatus.CaseRecords, Record: "none", Why: "OGC-1", By: "staff-1"}
			require.NoError(t, retentionOf(t, p, today).Put(t.Context(), hold))
			require.NoError(t, retentionOf(t, p, today).Lift(t.Context(), hold.ID, "staff-2"))
		}
		events, err := p.outbox.Pending(t.Context(), 0)
		require.NoError(t, err)
		require.Len(t, events, 40)
		var ids []string
		for _, event := range events[1:] {
			ids = append(ids, event.ID)
		}
		require.NoError(t, p.outbox.MarkDelivered(t.Context(), ids...))
		report, err := retentionOf(t, p, today.AddMonths(12*5+1)).Purge(t.Context())
		require.NoError(t, err)
		require.Equal(t, 39, classReport(t, report, cris.EventRecords).Removed)
		require.Equal(t, 1, classReport(t, report, cris.EventRecords).Open, "what is to be delivered stays")
		require.Equal(t, 20, classReport(t, report, cris.HoldRecords).Removed)
		require.Equal(t, 21, classReport(t, report, cris.ScopeRecords).Removed)
		var scopes int
		require.NoError(t, pool.GetContext(t.Context(), &scopes, `SELECT COUNT(*) FROM cris_scopes `))
		require.Equal(t, 1, scopes, "the scope of the purge itself is young")
	})
}

// Old scans go, and whoever follows the updates goes on where he was.
func TestPV4_CursorsOutliveTheScansThatTheyCame(t *testing.T) {
	onEachRetention(t, func(t *testing.T, open func(t *testing.T) everyPort) {
		p := open(t)
		updates := p.scans.(tracking.Updates) //nolint:errcheck // it is one
		today := filingDay.AddMonths(12 * 6)
		for n := range 3 {
			put(t, p, tracking.ScanRecords, n, filingDay, false, "")
		}
		_, cursor, err := updates.UpdatedSince(t.Context(), "", 0)
		require.NoError(t, err)
		report, err := retentionOf(t, p, today).Purge(t.Context())
		require.NoError(t, err)
		require.Equal(t, 3, classReport(t, report, tracking.ScanRecords).Removed)
		scans, err := p.scans.Scans(t.Context(), trackingtest.Number(1))
		require.NoError(t, err)
		require.Empty(t, scans)
		young := put(t, p, tracking.ScanRecords, 9, today, false, "")
		numbers, _, err := updates.UpdatedSince(t.Context(), cursor, 0)
		require.NoError(t, err)
		require.Equal(t, young.id, numbers[0].String())
		require.Len(t, numbers, 1)
	})
}

// sqliteBytes returns what the files of a SQLite database hold: the database, its log and its
// index.
func sqliteBytes(t *testing.T, dsn string) string {
	t.Helper()
	path, _, _ := strings.Cut(strings.TrimPrefix(dsn, "file:"), "?")
	files, err := filepath.Glob(path + "*")
	require.NoError(t, err)
	var all strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		all.Write(text)
	}
	return all.String()
}

// What was purged is gone from every byte of the files, and so is what it was before it was
// changed.
func TestPV4_WhatWasPurgedIsInNoByteOfTheFiles(t *testing.T) {
	dsn := sqliteFile(t)
	store := migrated(t, openDatabase(t, "sqlite", dsn))
	p := portsOf(store)
	secrets := func(n int) []string {
		return []string{fmt.Sprintf("Zyxfamily%03d", n), fmt.Sprintf("Zyxstreet%03d", n), fmt.Sprintf("Zyxearlier%03d", n)}
	}
	const people = 60
	for n := range people {
		for _, street := range []string{fmt.Sprintf("1 Zyxearlier%03d", n), fmt.Sprintf("1 Zyxstreet%03d", n)} {
			require.NoError(t, casestatustest.PutCase(t.Context(), p.cases, casestatustest.NewCase(n, func(c *casestatus.Case) {
				c.Filed, c.Mailings, c.Addresses = filingDay, nil, nil
				c.History = []casestatus.StatusEntry{{On: filingDay.AddDays(n), Title: "Case Was Approved"}}
				c.Applicant, c.Address = planted.Name(fmt.Sprintf("Zyxfamily%03d", n)), planted.Address(street, "NJ", "07405")
			})))
		}
	}
	require.Contains(t, sqliteBytes(t, dsn), secrets(0)[0])
	require.Contains(t, sqliteBytes(t, dsn), secrets(0)[2], "what was written over is still there")
	report, err := retentionOf(t, p, filingDay.AddDays(people/2).AddMonths(60)).Purge(t.Context())
	require.NoError(t, err)
	gone := classReport(t, report, casestatus.CaseRecords).Removed
	require.Positive(t, gone)
	require.Less(t, gone, people)
	require.NoError(t, store.Compact(t.Context(), &sqlstore.CompactOptions{Full: true}))
	content := strings.ToLower(sqliteBytes(t, dsn))
	for n := range people {
		for i, secret := range secrets(n) {
			require.Equal(t, n >= gone && i < 2, strings.Contains(content, strings.ToLower(secret)), secret)
		}
	}
}

// Without a full rewrite too, nothing is left of what the purge itself removed.
func TestPV4_APurgeOverwritesWhatItRemoves(t *testing.T) {
	dsn := sqliteFile(t)
	store := migrated(t, openDatabase(t, "sqlite", dsn))
	p := portsOf(store)
	put(t, p, selfcheck.QueryRecords, 1, filingDay, false, "")
	record, err := p.checks.Record(t.Context(), transactionOf(1))
	require.NoError(t, err)
	number := record.Query.Query.PassportNumber.Reveal()
	require.NoError(t, store.Compact(t.Context(), nil))
	require.Contains(t, sqliteBytes(t, dsn), number)
	_, err = retentionOf(t, p, filingDay.AddMonths(24)).Purge(t.Context())
	require.NoError(t, err)
	require.NoError(t, store.Compact(t.Context(), nil))
	require.NotContains(t, sqliteBytes(t, dsn), number)
}

// On PostgreSQL nothing is left in the tables.
func TestPV4_ACompactedPostgreSQLHoldsNoDeadRow(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		if kind.driver != "pgx" {
			t.Skip("SQLite is searched byte by byte")
		}
		pool := openDatabase(t, kind.driver, kind.empty(t))
		store := migrated(t, pool)
		p := portsOf(store)
		for n := range 30 {
			put(t, p, casestatus.CaseRecords, n, filingDay, false, "")
		}
		_, err := retentionOf(t, p, filingDay.AddMonths(12*6)).Purge(t.Context())
		require.NoError(t, err)
		for _, options := range []*sqlstore.CompactOptions{nil, {Full: true}} {
			require.NoError(t, store.Compact(t.Context(), options))
			var size int64
			require.NoError(t, pool.GetContext(t.Context(), &size, `SELECT pg_relation_size('cris_cases')`))
			require.Zero(t, size)
		}
	})
}

// The environment tells a copy of this test binary that it is to purge. The database is named as
// for TestCrashChild.
const purgeDay = "CRIS_PURGE_DAY"

// TestPurgingChild is no test. It is the process that TestPV4_AKilledPurge... kills.
func TestPurgingChild(t *testing.T) {
	if os.Getenv(purgeDay) == "" {
		t.Skip("it is run by another test")
	}
	p := portsOf(opened(t, openDatabase(t, os.Getenv(crashDriver), os.Getenv(crashDSN))))
	p.retention = meanwhile{p.retention, func() { fmt.Println("removing") }}
	fmt.Println("begun")
	_, err := retentionOf(t, p, cris.MustParseDate(os.Getenv(purgeDay)), func(o *cris.RetentionOptions) { o.Batch = 3 }).Purge(t.Context())
	require.NoError(t, err)
	fmt.Println("done")
}

// A process is killed anywhere in a purge, again and again. The next goes on, and in the end the
// events add up to what is gone: each record was removed and told of once.
func TestPV4_AKilledPurgeIsGoneOnWith(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		dsn := kind.empty(t)
		w := newRetentionWalk(portsOf(migrated(t, openDatabase(t, kind.driver, dsn))), 1)
		w.today = filingDay.AddMonths(12 * 6)
		for _, class := range []cris.Code{casestatus.CaseRecords, srmt.LookRecords, selfcheck.QueryRecords, tracking.FileRecords} {
			for range 12 {
				w.n++
				record := put(t, w.everyPort, class, w.n, filingDay, w.n%5 == 0, "")
				w.onFile[class][record.id] = record
			}
		}
		for kill := range min(12, timesToKill(t)) {
			killPurge(t, kind.driver, dsn, w.today, kill)
		}
		_, err := retentionOf(t, w.everyPort, w.today).Purge(t.Context())
		require.NoError(t, err)
		w.expire(nothing)
		for class, want := range w.onFile {
			require.Len(t, w.ids(t, class), len(want), class)
		}
		w.wantEvents(t)
	})
}

// killPurge lets a process purge, and kills it after so many removals, or once it is done.
func killPurge(t *testing.T, driver, dsn string, today cris.Date, removals int) {
	t.Helper()
	cmd := childProcess(t, "TestPurgingChild", crashDriver+"="+driver, crashDSN+"="+dsn, purgeDay+"="+today.String())
	output, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(output)
	for range 1 + removals%4 {
		if !lines.Scan() || lines.Text() == "done" {
			break
		}
	}
	time.Sleep(time.Duration(removals*300) * time.Microsecond) // any point of the removal will do
	require.NoError(t, cmd.Process.Signal(syscall.SIGKILL))
	for lines.Scan() {
	}
	_ = cmd.Wait() // it may have been done before
}
