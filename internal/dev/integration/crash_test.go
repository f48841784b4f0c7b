package integration_test

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

// The environment tells a copy of this test binary that it is to be killed: what it is to
// read, and into which database.
const (
	crashDriver = "CRIS_CRASH_DRIVER"
	crashDSN    = "CRIS_CRASH_DSN"
	crashFile   = "CRIS_CRASH_FILE"
	crashKills  = "CRIS_CRASH_KILLS" // how often a process is killed; 20
)

// crashFileName is given to the file, whatever it is called on the disk.
const crashFileName = "day.txt"

// TestCrashChild is no test. It is the process that TestTR5_KilledIngest... kills.
func TestCrashChild(t *testing.T) {
	if os.Getenv(crashFile) == "" {
		t.Skip("it is run by another test")
	}
	db := opened(t, openDatabase(t, os.Getenv(crashDriver), os.Getenv(crashDSN)))
	content, err := os.Open(os.Getenv(crashFile))
	require.NoError(t, err)
	defer content.Close()
	file, err := extract.Open(crashFileName, content, nil)
	require.NoError(t, err)
	fmt.Println("begun")
	_, err = tracking.NewIngester(db.Scans(), &tracking.IngesterOptions{
		BatchSize:  20,
		KeepText:   true,
		OnProgress: func(tracking.Progress) { fmt.Println("saved") },
	}).Ingest(t.Context(), file)
	require.NoError(t, err)
}

func TestTR5_KilledIngestEqualsOneCleanRun(t *testing.T) {
	kills := timesToKill(t)
	day := trackingtest.NewExtractFile(23, 120, trackingtest.Mess{Lost: 0.1, Repeated: 0.2, Displaced: 0.5, Damaged: 0.1})
	path := filepath.Join(t.TempDir(), "extract")
	require.NoError(t, os.WriteFile(path, day.Content, 0o600))

	onEachKind(t, func(t *testing.T, kind database) {
		clean := migrated(t, openDatabase(t, kind.driver, kind.empty(t)))
		file, err := extract.Open(crashFileName, bytes.NewReader(day.Content), nil)
		require.NoError(t, err)
		_, err = tracking.NewIngester(clean.Scans(), &tracking.IngesterOptions{BatchSize: 20, KeepText: true}).Ingest(t.Context(), file)
		require.NoError(t, err)
		want := stateOf(t, clean, day, file.ID)
		require.Equal(t, day.Records, want.file.Records)
		require.Len(t, want.damage, day.Damaged)

		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		random := rand.New(rand.NewPCG(seed, 0))
		for left := kills; left > 0; {
			dsn := kind.empty(t)
			open := openDatabase(t, kind.driver, dsn)
			store := migrated(t, open)
			follower := follower{store: store.Scans(), seen: map[tracking.Scan]bool{}}
			for finished := false; !finished; {
				if left > 0 {
					finished = !killChild(t, kind.driver, dsn, path, random)
				} else {
					finished = true
					require.NoError(t, child(t, kind.driver, dsn, path).Run())
				}
				if !finished {
					left--
				}
				follower.follow(t)
			}
			require.Equal(t, want, stateOf(t, store, day, file.ID))
			require.Len(t, follower.seen, want.file.New, "whoever follows the updates has seen every scan")
		}
	})
}

// timesToKill returns how often a test kills a process.
func timesToKill(t *testing.T) int {
	t.Helper()
	text := os.Getenv(crashKills)
	if text == "" {
		return 20
	}
	kills, err := strconv.Atoi(text)
	require.NoError(t, err)
	return kills
}

// childProcess returns a copy of this test binary that runs one test, with more in its environment.
func childProcess(t *testing.T, test string, env ...string) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), binary, "-test.run=^"+test+"$")
	cmd.Env = append(os.Environ(), env...)
	return cmd
}

func child(t *testing.T, driver, dsn, path string) *exec.Cmd {
	t.Helper()
	return childProcess(t, "TestCrashChild", crashDriver+"="+driver, crashDSN+"="+dsn, crashFile+"="+path)
}

// killChild lets a process read the file and kills it at a random point of the first
// batches that it saves, or of the beginning. It reports false if the process was faster
// and read the file to its end.
func killChild(t *testing.T, driver, dsn, path string, random *rand.Rand) bool {
	t.Helper()
	cmd := child(t, driver, dsn, path)
	output, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(output)
	for range 1 + random.IntN(8) {
		lines.Scan()
	}
	time.Sleep(time.Duration(random.IntN(4000)) * time.Microsecond)
	require.NoError(t, cmd.Process.Signal(syscall.SIGKILL)) // a process that ended is still there until Wait
	for lines.Scan() {
	}
	err = cmd.Wait()
	if err == nil {
		return false
	}
	require.EqualError(t, err, "signal: killed")
	return true
}

// follower reads on from its cursor, as the case side does.
type follower struct {
	store interface {
		tracking.Store
		tracking.Updates
	}
	cursor tracking.Cursor
	seen   map[tracking.Scan]bool
}

func (f *follower) follow(t *testing.T) {
	t.Helper()
	for {
		numbers, next, err := f.store.UpdatedSince(t.Context(), f.cursor, 10)
		require.NoError(t, err)
		if len(numbers) == 0 {
			return
		}
		f.cursor = next
		for _, number := range numbers {
			scans, err := f.store.Scans(t.Context(), number)
			require.NoError(t, err)
			for _, scan := range scans {
				f.seen[scan] = true
			}
		}
	}
}

// state is all that a database holds of one file.
type state struct {
	file    tracking.File
	scans   []tracking.Scan
	damage  []tracking.Damage
	updated []tracking.Number
}

func stateOf(t *testing.T, db *sqlstore.DB, day trackingtest.ExtractFile, file tracking.FileID) (s state) {
	t.Helper()
	var err error
	s.file, err = db.Scans().File(t.Context(), file)
	require.NoError(t, err)
	numbers := map[tracking.Number]bool{}
	for _, scan := range day.Scans {
		if numbers[scan.Number] {
			continue
		}
		numbers[scan.Number] = true
		scans, err := db.Scans().Scans(t.Context(), scan.Number)
		require.NoError(t, err)
		slices.SortFunc(scans, tracking.Scan.Compare)
		s.scans = append(s.scans, scans...)
	}
	for damage, err := range db.Scans().Damage(t.Context(), file, cris.Page[int]{}) {
		require.NoError(t, err)
		s.damage = append(s.damage, damage)
	}
	s.updated, _, err = db.Scans().UpdatedSince(t.Context(), "", 10_000)
	require.NoError(t, err)
	require.Len(t, s.updated, len(numbers))
	return s
}
