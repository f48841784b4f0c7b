package integration_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/adapters/ridp/ridptest"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/internal/dev/integration/postgres"
	"github.com/seed28e20331/cris/internal/dev/planted"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// plantedSessions says how many individuals use Self Check on each database; 150.
const plantedSessions = "CRIS_PLANTED_SESSIONS"

func sessionsToPlant(t *testing.T) int {
	t.Helper()
	text := os.Getenv(plantedSessions)
	if text == "" {
		return 150
	}
	count, err := strconv.Atoi(text)
	require.NoError(t, err)
	return count
}

// plantedWorld is what lasts while processes come and go: a database, the vendors, the individuals,
// and a folder in which everything ends up that is written.
type plantedWorld struct {
	shift

	folders []string // that are searched
	logs    *os.File
	pool    *sqlx.DB
	store   *sqlstore.DB
	everify *unreliable
	clock   *selfchecktest.Clock // shows Now
	cut     map[int]bool         // whose process was killed while it served them
	random  *rand.Rand
	flush   string // brings what the database has in memory to the disk
}

// SC-1, SC-5, SC-6: individuals with values that nobody else has use Self Check on processes
// that are killed anywhere, with providers and an E-Verify that fail in every way. Then every
// byte that was written is searched: the files of the database with its logs, what the
// processes logged and printed, and what they left in their folder for temporary files. Nothing
// is there of whoever was not authenticated, and of nobody an address or a token. Of those who
// were, the search finds what is on record, until it is purged. No query was made without a
// pass, and every case that was opened is closed, once.
func TestSC5_ThousandSessionsLeaveNothingOfAFailure(t *testing.T) {
	kills, count := timesToKill(t), sessionsToPlant(t)
	for name, open := range map[string]func(t *testing.T, w *plantedWorld){
		"SQLite": func(t *testing.T, w *plantedWorld) {
			t.Helper()
			// Nothing goes from the log to the file before the search, so that the log is whole.
			w.plantSQLite(t, "journal_mode(WAL)&_pragma=wal_autocheckpoint(0)")
			w.flush = "PRAGMA wal_checkpoint(PASSIVE)"
		},
		"PostgreSQL": func(t *testing.T, w *plantedWorld) { t.Helper(); w.plantPostgreSQL(t) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newPlantedWorld(t, count)
			open(t, w)
			w.pool = openDatabase(t, w.Driver, w.DSN)
			w.store = migrated(t, w.pool)
			w.live(t, kills)
			w.bringToAnEnd(t)
			w.audit(t)
			w.searchEverything(t)
			w.purge(t)
		})
	}
}

func newPlantedWorld(t *testing.T, count int) *plantedWorld {
	t.Helper()
	folder := t.TempDir()
	w := &plantedWorld{folders: []string{folder}, cut: map[int]bool{}}
	w.Of, w.Seed, w.Now = count, rand.Uint64(), selfchecktest.Start()
	w.clock = selfchecktest.NewClock(w.Now.Format(time.RFC3339Nano))
	t.Logf("seed %d", w.Seed)
	w.random = rand.New(rand.NewPCG(w.Seed, 0))
	var err error
	w.logs, err = os.Create(filepath.Join(folder, "logs"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.logs.Close()) })
	require.NoError(t, os.Mkdir(filepath.Join(folder, "tmp"), 0o700))

	serve := func(handler http.Handler) string {
		server := httptest.NewUnstartedServer(handler)
		server.Config.ErrorLog = log.New(io.Discard, "", 0) // of connections that are broken on purpose
		server.Start()
		t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
		return server.URL
	}
	w.IdP = serve(&wiredIdP{service: ridptest.New(nil), people: people(count), sessions: map[string]individual{}})
	w.everify = &unreliable{random: rand.New(rand.NewPCG(w.Seed, 1))}
	w.everify.Server = everifytest.NewServer(everifytest.Config{Now: w.clock.Now})
	for n := range count {
		p := newIndividual(n)
		w.everify.SetScript(p.ssn, p.everify)
	}
	w.EVerify = serve(w.everify)
	return w
}

func (w *plantedWorld) plantSQLite(t *testing.T, pragmas string) {
	t.Helper()
	w.Driver = "sqlite"
	w.DSN = "file:" + filepath.Join(w.folders[0], "cris.db") + "?_pragma=busy_timeout(10000)&_pragma=" + pragmas + "&_pragma=synchronous(OFF)&_pragma=foreign_keys(1)"
}

// plantPostgreSQL has a cluster of its own, which keeps all of its log.
func (w *plantedWorld) plantPostgreSQL(t *testing.T) {
	t.Helper()
	server.require(t)
	cluster, err := postgres.Start(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, cluster.Stop()) })
	w.folders = append(w.folders, cluster.Folder())
	w.Driver, w.DSN, w.flush = "pgx", cluster.DSN("planted"), "CHECKPOINT"
	db := openDatabase(t, w.Driver, w.DSN)
	for _, statement := range []string{"CREATE SCHEMA planted", "ALTER SYSTEM SET wal_keep_size = '8GB'", "SELECT pg_reload_conf()"} {
		_, err := db.ExecContext(t.Context(), statement)
		require.NoError(t, err)
	}
}

// live lets the individuals come, and kills the processes that serve them.
func (w *plantedWorld) live(t *testing.T, kills int) {
	t.Helper()
	fresh := w.random.Perm(w.Of)
	var returning []int
	for killed := 0; killed < kills; {
		share := (len(fresh) + kills - killed - 1) / (kills - killed)
		coming := slices.Concat(returning, fresh[:share])
		left, wasKilled := w.run(t, coming, true)
		if wasKilled {
			killed++
			fresh = fresh[share:]
			// Some come back, soon or late, and some never.
			returning = slices.DeleteFunc(left, func(int) bool { return w.random.IntN(3) == 0 })
		}
		w.pass()
	}
	require.Empty(t, fresh)
	left, _ := w.run(t, returning, false)
	require.Empty(t, left)
}

// pass lets time go by.
func (w *plantedWorld) pass() {
	apart := []time.Duration{time.Second, 2 * time.Minute, 2 * time.Minute, 20 * time.Minute, 70 * time.Minute, 25 * time.Hour}
	w.advance(apart[w.random.IntN(len(apart))])
}

func (w *plantedWorld) advance(d time.Duration) {
	w.clock.Advance(d)
	w.Now = w.clock.Now()
}

// run lets a process serve the individuals, and kills it anywhere if it is to be. It returns
// those that were not served to the end, and whether the process was killed before it ended.
func (w *plantedWorld) run(t *testing.T, coming []int, isKilled bool) (left []int, wasKilled bool) {
	t.Helper()
	s := w.shift
	s.Individuals, s.IsSweepingToo, s.Seed = coming, w.random.IntN(2) == 0, w.random.Uint64()
	text, err := json.Marshal(s)
	require.NoError(t, err)
	cmd := childProcess(t, "TestPlantedProcess", plantedShiftEnv+"="+string(text), "TMPDIR="+filepath.Join(w.folders[0], "tmp"))
	cmd.Stderr = w.logs
	output, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(io.TeeReader(output, w.logs))
	left = slices.Clone(coming)
	read := func() bool {
		if !lines.Scan() {
			return false
		}
		if n, isGone := strings.CutPrefix(lines.Text(), "gone "); isGone {
			gone, err := strconv.Atoi(n)
			require.NoError(t, err)
			left = slices.DeleteFunc(left, func(n int) bool { return n == gone })
		}
		return true
	}
	if isKilled {
		for range 1 + w.random.IntN(4*len(coming)+2) {
			if !read() {
				break
			}
		}
		time.Sleep(time.Duration(w.random.IntN(8000)) * time.Microsecond)
		require.NoError(t, cmd.Process.Signal(syscall.SIGKILL)) // a process that ended is still there until Wait
	}
	for read() {
	}
	err = cmd.Wait()
	if isKilled && err != nil {
		require.EqualError(t, err, "signal: killed", w.lastLines(t))
		for _, n := range left {
			w.cut[n] = true
		}
		return left, true
	}
	require.NoError(t, err, w.lastLines(t))
	return left, isKilled // it was about to end by itself
}

// lastLines are the end of the log.
func (w *plantedWorld) lastLines(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(w.logs.Name())
	require.NoError(t, err)
	const most = 4000
	return string(text[max(0, len(text)-most):])
}

// bringToAnEnd sweeps as time goes by, at first with an E-Verify that fails, and then with one
// that does not.
func (w *plantedWorld) bringToAnEnd(t *testing.T) {
	t.Helper()
	logger := slog.New(slog.NewJSONHandler(w.logs, nil))
	for _, apart := range []time.Duration{2 * time.Minute, 20 * time.Minute, 61 * time.Minute, 25 * time.Hour, 0, 2 * time.Minute, 31 * 24 * time.Hour, 2 * time.Minute} {
		w.advance(apart)
		if apart == 0 {
			w.everify.mend()
		}
		p := newProcess(t, w.shift, w.store, logger)
		swept, err := p.Sweep(t.Context())
		p.note("swept", swept, err)
		require.NoError(t, err)
	}
	for unfinished, err := range w.store.SelfChecks().Unfinished(t.Context(), cris.Page[selfcheck.TransactionID]{}) {
		require.NoError(t, err)
		t.Errorf("%+v is not finished", unfinished)
	}
}

// audit holds what is on record against what the vendors know.
func (w *plantedWorld) audit(t *testing.T) {
	t.Helper()
	passed, failed, closings := w.events(t)
	cases := w.everify.Cases()
	require.NotEmpty(t, cases)
	byTransaction := map[string]everifytest.Case{}
	for _, one := range cases {
		require.False(t, one.IsOpen(), "%+v", one.History)
		byItself := one.Done(string(everifytest.Authorized))
		require.Equal(t, 1, one.Done("closed")+byItself, "it is closed once: %v", one.History)
		require.LessOrEqual(t, one.Done("submitted"), 1, one.History)
		require.NotContains(t, byTransaction, one.EmployerCaseID(), "a transaction has two cases")
		byTransaction[one.EmployerCaseID()] = one
	}
	seen, panics := 0, 0
	for n := range w.Of {
		who := newIndividual(n)
		transaction := string(who.token().Transaction())
		record := w.record(t, who)
		opened, hasCase := byTransaction[transaction]
		if hasCase {
			seen++
			require.Equal(t, who.ssn, opened.Fields["ssn"])
			require.True(t, passed[transaction], "%s: a query without a pass", who.idp.name) // SC-1
			require.Equal(t, selfcheck.CaseNumber(opened.Number), record.Query.Case)
			require.False(t, record.Query.IsOpen())
			require.Equal(t, 1, closings[transaction])
			require.Equal(t, who.name(), record.Query.Query.Identity.Name()) // SC-7
		}
		if passed[transaction] {
			require.True(t, who.idp.mayPass, who.idp.name)
		}
		if who.idp.name == "panics" && record != (selfcheck.Record{}) { // SC-15: it ended without a word
			require.Equal(t, selfcheck.SystemError, record.Failure.Reason)
			panics++
		}
		if record.Failure != (selfcheck.Failure{}) { // SC-15: each is counted
			require.True(t, failed[transaction], who.idp.name)
		}
	}
	require.Len(t, cases, seen, "a case is of nobody")
	require.NotZero(t, panics)
	t.Logf("%d individuals: %d passed, %d failed, %d cases", w.Of, len(passed), len(failed), len(cases))
}

// events returns whose proofings were passed and failed, and how often a case was told to be
// closed. Each event is told once.
func (w *plantedWorld) events(t *testing.T) (passed, failed map[string]bool, closings map[string]int) {
	t.Helper()
	passed, failed, closings = map[string]bool{}, map[string]bool{}, map[string]int{}
	events, err := w.store.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	for _, event := range events {
		switch event.Type {
		case selfcheck.EventProofingPassed:
			passed[event.Subject] = true
		case selfcheck.EventProofingFailed:
			require.False(t, failed[event.Subject])
			failed[event.Subject] = true
		case selfcheck.EventCaseClosed:
			closings[event.Subject]++
		}
	}
	return passed, failed, closings
}

func (w *plantedWorld) record(t *testing.T, who individual) selfcheck.Record {
	t.Helper()
	record, err := w.store.SelfChecks().Record(t.Context(), who.token().Transaction())
	if err != nil {
		require.ErrorIs(t, err, selfcheck.ErrNotFound)
	}
	return record
}

// search returns a search for everything that is planted.
func (w *plantedWorld) search() *planted.Search {
	var texts []string
	for n := range w.Of {
		texts = append(texts, newIndividual(n).texts()...)
	}
	return planted.NewSearch(texts...)
}

// searchEverything looks at every byte that was written.
func (w *plantedWorld) searchEverything(t *testing.T) {
	t.Helper()
	_, err := w.pool.ExecContext(t.Context(), w.flush)
	require.NoError(t, err)
	require.NoError(t, w.logs.Sync())
	began := time.Now()
	search := w.search()
	found := map[string][]planted.Place{}
	var read int64
	for _, folder := range w.folders {
		places, size, err := search.InFolder(folder)
		require.NoError(t, err)
		read += size
		for _, place := range places {
			found[place.Text] = append(found[place.Text], place)
		}
	}
	t.Logf("%d patterns in %d MB in %v", search.Patterns(), read>>20, time.Since(began).Round(time.Millisecond))
	passed, _, _ := w.events(t)
	clean := 0
	for n := range w.Of {
		who := newIndividual(n)
		record := w.record(t, who)
		forbidden := who.never() // SC-6
		// A pass that was about to be saved when the process was killed is in the database's
		// log like one that was saved.
		mayHavePassed := passed[string(who.token().Transaction())] || who.idp.mayPass && w.cut[n]
		if !mayHavePassed {
			forbidden = who.texts() // SC-5
			clean++
		}
		for _, text := range forbidden {
			require.Empty(t, found[text], "%s of individual %d, %s", text, n, who.idp.name)
		}
		if record.Pass == (selfcheck.PassedProofing{}) {
			continue
		}
		for _, text := range []string{who.family, who.given, who.maiden} {
			require.NotEmpty(t, found[text], "the search is blind")
		}
		if record.Query != (selfcheck.QueryRecord{}) {
			require.NotEmpty(t, found[who.passport], "the search is blind")
		}
	}
	require.Greater(t, clean, w.Of/3)
	info, err := os.Stat(w.logs.Name())
	require.NoError(t, err)
	require.NotZero(t, info.Size())
}

// purge removes what is older than a year: then no table holds anything of anybody (SC-17).
func (w *plantedWorld) purge(t *testing.T) {
	t.Helper()
	search := w.search()
	require.NotEmpty(t, w.inTables(t, search), "the search is blind")
	report, err := retentionOf(t, portsOf(w.store), cris.DateOf(w.Now.AddDate(1, 0, 2), cris.AgencyZone())).Purge(t.Context())
	require.NoError(t, err)
	require.NotZero(t, classReport(t, report, selfcheck.QueryRecords).Removed)
	require.NotZero(t, classReport(t, report, selfcheck.FailureRecords).Removed)
	require.Empty(t, w.inTables(t, search))
}

// inTables searches all rows of all tables, the outbox among them.
func (w *plantedWorld) inTables(t *testing.T, search *planted.Search) (places []planted.Place) {
	t.Helper()
	query := `SELECT name FROM sqlite_master WHERE type = 'table'`
	if w.Driver == "pgx" {
		query = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
	}
	for _, table := range lines(t, w.pool, query) {
		found, err := search.In(table, strings.NewReader(w.rowsOf(t, table)))
		require.NoError(t, err)
		places = append(places, found...)
	}
	return places
}

// rowsOf returns every value of a table, one a line. Instants are left out: among their digits are
// those of a number of somebody now and then.
func (w *plantedWorld) rowsOf(t *testing.T, table string) string {
	t.Helper()
	rows, err := w.pool.QueryxContext(t.Context(), "SELECT * FROM "+table)
	require.NoError(t, err)
	defer rows.Close()
	var text strings.Builder
	for rows.Next() {
		row, err := rows.SliceScan()
		require.NoError(t, err)
		for _, value := range row {
			const aTime = 1_000_000_000_000 // in microseconds
			switch of := value.(type) {
			case []byte:
				fmt.Fprintln(&text, string(of))
			case int64:
				if of < aTime {
					fmt.Fprintln(&text, of)
				}
			default:
				fmt.Fprintln(&text, value)
			}
		}
	}
	require.NoError(t, rows.Err())
	return text.String()
}
