package integration_test

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/seal"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/internal/dev/planted"
)

// PV-2: what stood in clear is sealed, reads as before, and is gone from the files, whatever
// journal SQLite has. PostgreSQL keeps it in its write-ahead log, which is left out of the search.
func TestPV2_RowsInClearAreSealedAndGone(t *testing.T) {
	check := func(t *testing.T, p place, searched string) {
		t.Helper()
		keys := newKeys(t)
		plainly := migrated(t, p.pool)
		var want []filled
		for n := range 3 {
			mustFill(t, plainly, n)
			want = append(want, mustRead(t, plainly, n))
		}
		_, err := p.pool.ExecContext(t.Context(), "ANALYZE")
		require.NoError(t, err)

		report, err := sqlstore.Seal(t.Context(), p.pool, keys, nil)
		require.NoError(t, err)
		require.Greater(t, report.Rows, 3*len(tablesWithPersons))
		require.Equal(t, 3*6, report.Entries)
		again, err := sqlstore.Seal(t.Context(), p.pool, keys, nil)
		require.NoError(t, err)
		require.Zero(t, again)
		_, err = sqlstore.Seal(t.Context(), p.pool, newKeys(t), nil)
		require.ErrorIs(t, err, cris.ErrNoKey)
		_, err = sqlstore.Open(t.Context(), p.pool, sqlstore.InClear(), nil)
		require.ErrorIs(t, err, cris.ErrNoKey)

		sealed := openedSealed(t, p.pool, keys)
		for n := range want {
			require.Equal(t, want[n], mustRead(t, sealed, n))
		}
		_, err = plainly.Cases().StaffCase(t.Context(), casestatustest.Receipt(1))
		require.ErrorIs(t, err, cris.ErrNoKey, "a program that had it open in clear is told")
		require.ErrorContains(t, err, "sqlstore.SealedBy")

		reference := inMemory(t)
		mustFill(t, migrated(t, reference), 0, 1, 2)
		values := personalValues(t, reference, p.pool)
		_, err = p.pool.ExecContext(t.Context(), p.flush)
		require.NoError(t, err)
		found, bytes, err := planted.NewSearch(values...).InFolder(searched)
		require.NoError(t, err)
		require.NotZero(t, bytes)
		left := map[string]bool{}
		for _, place := range found {
			left[place.Text] = true
		}
		require.Empty(t, left)
	}
	t.Run("SQLite", func(t *testing.T) {
		folder := t.TempDir()
		p := place{driver: "sqlite", flush: "SELECT 1", dsn: "file:" + filepath.Join(folder, "cris.db") + "?_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=journal_mode(WAL)"}
		p.pool = openDatabase(t, p.driver, p.dsn)
		check(t, p, folder)
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		server.require(t)
		onEachPlace(t, func(t *testing.T, open func(t *testing.T) place) {
			if !strings.HasSuffix(t.Name(), "/PostgreSQL/PostgreSQL") {
				t.Skip("it is SQLite")
			}
			p := open(t)
			bases, err := filepath.Glob(filepath.Join(p.folder, "*", "base"))
			require.NoError(t, err)
			here, err := filepath.Glob(filepath.Join(p.folder, "base"))
			require.NoError(t, err)
			bases = append(bases, here...)
			require.Len(t, bases, 1)
			check(t, p, bases[0])
		})
	})
}

// Programs that seal what they write run beside Seal, which is called twice at once.
func TestPV2_SealRunsBesidePrograms(t *testing.T) {
	onEachKindSealed(t, func(t *testing.T, kind database, keys *seal.File) {
		dsn := kind.empty(t)
		plainly := migrated(t, openDatabase(t, kind.driver, dsn))
		const sets = 20
		for n := range sets {
			mustFill(t, plainly, n)
		}
		pool := openDatabase(t, kind.driver, dsn)
		_, err := pool.ExecContext(t.Context(), `UPDATE cris_settings SET value = 'clear'`)
		require.NoError(t, err)

		var done atomic.Bool
		var sealing, writing sync.WaitGroup
		for range 2 {
			sealing.Go(func() {
				for {
					_, err := sqlstore.Seal(t.Context(), openDatabase(t, kind.driver, dsn), keys, nil)
					if !errors.Is(err, cris.ErrConflict) {
						if err != nil {
							t.Error(err)
						}
						return
					}
				}
			})
		}
		var store *sqlstore.DB
		require.Eventually(t, func() bool {
			store, err = sqlstore.Open(t.Context(), pool, sqlstore.SealedBy(keys), nil)
			return err == nil
		}, time.Minute, time.Millisecond, "it is open to them once it is being sealed")
		for worker := range 2 {
			writing.Go(func() {
				for n := worker; !done.Load(); n = (n + 2) % sets {
					onFile, err := store.Cases().StaffCase(t.Context(), casestatustest.Receipt(n))
					if err == nil {
						err = casestatustest.PutCase(t.Context(), store.Cases(), onFile)
					}
					if err != nil && !errors.Is(err, cris.ErrConflict) {
						t.Error(err)
						return
					}
				}
			})
		}
		sealing.Wait()
		done.Store(true)
		writing.Wait()
		reader := openedSealed(t, pool, keys) // which takes nothing in clear any more
		for n := range sets {
			got := mustRead(t, reader, n)
			require.Equal(t, casestatustest.NewCase(n), got.Case)
			require.Equal(t, 6, got.Found)
		}
	})
}

// PV-2: keys are rotated, all wrapped again and the old ones destroyed while programs write and
// read.
func TestPV2_KeysAreRotatedWhileWritersRun(t *testing.T) {
	onEachKindSealed(t, func(t *testing.T, kind database, keys *seal.File) {
		dsn := kind.empty(t)
		db := migratedSealed(t, openDatabase(t, kind.driver, dsn), keys)
		mustFill(t, db, 0, 1)
		want := []filled{mustRead(t, db, 0), mustRead(t, db, 1)}

		var done atomic.Bool
		var running sync.WaitGroup
		var written atomic.Int64
		for worker := range 2 {
			path := keys.Path()
			running.Go(func() {
				own, err := seal.Open(path)
				if err != nil {
					t.Error(err)
					return
				}
				store, err := sqlstore.Open(t.Context(), openDatabase(t, kind.driver, dsn), sqlstore.SealedBy(own), nil)
				if err != nil {
					t.Error(err)
					return
				}
				for n := worker; !done.Load(); n += 2 {
					onFile := casestatustest.NewCase(100 + n)
					if err := casestatustest.PutCase(t.Context(), store.Cases(), onFile); err != nil && !errors.Is(err, cris.ErrConflict) {
						t.Error(err)
						return
					}
					if _, err := store.Cases().StaffCase(t.Context(), casestatustest.Receipt(n%2)); err != nil {
						t.Error(err)
						return
					}
					written.Add(1)
				}
			})
		}
		for range 3 {
			before := written.Load()
			require.Eventually(t, func() bool { return written.Load() > before+4 }, time.Minute, time.Millisecond)
			_, err := keys.Rotate()
			require.NoError(t, err)
			rewrapped, err := db.Rewrap(t.Context())
			require.NoError(t, err)
			require.NotZero(t, rewrapped)
		}
		done.Store(true)
		running.Wait()
		_, err := db.Rewrap(t.Context()) // what a writer wrapped at the moment of the rotation
		require.NoError(t, err)
		told, err := keys.Keys()
		require.NoError(t, err)
		for _, key := range told {
			if key.State == seal.Old {
				require.NoError(t, keys.Destroy(key.ID))
			}
		}
		fresh := openedSealed(t, openDatabase(t, kind.driver, dsn), keys)
		for n := range want {
			require.Equal(t, want[n], mustRead(t, fresh, n))
		}
		for n := range int(written.Load()) {
			_, err := fresh.Cases().StaffCase(t.Context(), casestatustest.Receipt(100+n))
			if !errors.Is(err, cris.ErrNotFound) { // a writer may have been ahead of the other
				require.NoError(t, err)
			}
		}
		again, err := fresh.Rewrap(t.Context())
		require.NoError(t, err)
		require.Zero(t, again)
	})
}

// A key that is gone says so, and nothing of the rest is lost.
func TestPV2_ADestroyedKeyIsMissed(t *testing.T) {
	keys := newKeys(t)
	pool := openDatabase(t, "sqlite", sqliteFile(t))
	db := migratedSealed(t, pool, keys)
	mustFill(t, db, 1)
	told, err := keys.Keys()
	require.NoError(t, err)
	_, err = keys.Rotate()
	require.NoError(t, err)
	mustFill(t, db, 2)
	require.NoError(t, keys.Destroy(told[0].ID))
	_, err = db.Rewrap(t.Context())
	require.ErrorIs(t, err, cris.ErrNoKey)
	require.ErrorContains(t, err, "was destroyed")
	// The check was wrapped again first, so the database opens, and what the other key has is read.
	fresh := openedSealed(t, pool, keys)
	mustRead(t, fresh, 2)
	_, err = fresh.Cases().StaffCase(t.Context(), casestatustest.Receipt(1))
	require.ErrorIs(t, err, cris.ErrNoKey)
}

// The environment tells a copy of this test binary to seal or to rewrap a database, until it is
// killed.
const (
	crashKeys    = "CRIS_CRASH_KEYS" // path of the file
	crashCommand = "CRIS_CRASH_COMMAND"
)

// TestSealChild is no test. It is the process that TestPV2_Killed... kills.
func TestSealChild(t *testing.T) {
	if os.Getenv(crashKeys) == "" {
		t.Skip("it is run by another test")
	}
	keys, err := seal.Open(os.Getenv(crashKeys))
	require.NoError(t, err)
	pool := openDatabase(t, os.Getenv(crashDriver), os.Getenv(crashDSN))
	fmt.Println("begun")
	if os.Getenv(crashCommand) == "seal" {
		_, err = sqlstore.Seal(t.Context(), pool, keys, nil)
		require.NoError(t, err)
		return
	}
	_, err = openedSealed(t, pool, keys).Rewrap(t.Context())
	require.NoError(t, err)
}

// PV-2: Seal and Rewrap are killed anywhere, and called again until one comes to its end.
func TestPV2_KilledSealAndRewrapGoOn(t *testing.T) {
	const sets, share = 12, 4
	kills := max(1, timesToKill(t)/share)
	onEachKindSealed(t, func(t *testing.T, kind database, keys *seal.File) {
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		random := rand.New(rand.NewPCG(seed, 0))
		run := func(dsn, command string, isKilled bool) (finished bool) {
			cmd := childProcess(t, "TestSealChild", crashDriver+"="+kind.driver, crashDSN+"="+dsn, crashKeys+"="+keys.Path(), crashCommand+"="+command)
			output, err := cmd.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())
			lines := bufio.NewScanner(output)
			lines.Scan()
			if isKilled {
				time.Sleep(time.Duration(random.IntN(60_000)) * time.Microsecond)
				require.NoError(t, cmd.Process.Signal(syscall.SIGKILL))
			}
			var said []string
			for lines.Scan() {
				said = append(said, lines.Text())
			}
			err = cmd.Wait()
			if isKilled && err != nil {
				require.EqualError(t, err, "signal: killed", said)
				return false
			}
			require.NoError(t, err, said)
			return true
		}
		for left := kills; left > 0; {
			dsn := kind.empty(t)
			pool := openDatabase(t, kind.driver, dsn)
			plainly := migrated(t, pool)
			var want []filled
			for n := range sets {
				mustFill(t, plainly, n)
				want = append(want, mustRead(t, plainly, n))
			}
			for _, command := range []string{"seal", "rewrap"} {
				for finished := false; !finished; {
					finished = run(dsn, command, left > 0)
					left--
				}
				store := openedSealed(t, pool, keys)
				for n := range want {
					require.Equal(t, want[n], mustRead(t, store, n))
				}
				_, err := keys.Rotate()
				require.NoError(t, err)
			}
			current, err := keys.Keys()
			require.NoError(t, err)
			wrappedBy := lines(t, pool, `SELECT DISTINCT key_id FROM cris_record_keys`)
			require.Equal(t, []string{current[len(current)-2].ID}, wrappedBy, "the one that was in force")
		}
	})
}

// A store that is sealed runs where nothing is allowed but what FIPS 140-3 approves.
func TestPV2_ASealedStoreRunsInFIPSOnlyMode(t *testing.T) {
	const inside = "CRIS_FIPS_ONLY"
	if os.Getenv(inside) == "" {
		said, err := childProcess(t, t.Name(), inside+"=1", "GODEBUG=fips140=only").CombinedOutput()
		require.NoError(t, err, string(said))
		return
	}
	db := migratedSealed(t, openDatabase(t, "sqlite", sqliteFile(t)), newKeys(t))
	mustFill(t, db, 1)
	require.Equal(t, casestatustest.NewCase(1), mustRead(t, db, 1).Case)
}

// A newer schema may have personal columns that this program would leave in clear, and say that all
// is sealed.
func TestPV2_SealRefusesASchemaThatItDoesNotKnow(t *testing.T) {
	onEachKindSealed(t, func(t *testing.T, kind database, keys *seal.File) {
		pool := openDatabase(t, kind.driver, kind.empty(t))
		_, err := sqlstore.Seal(t.Context(), pool, keys, nil)
		require.ErrorIs(t, err, sqlstore.ErrNotMigrated)
		mustFill(t, migrated(t, pool), 1)
		_, err = pool.ExecContext(t.Context(), `INSERT INTO cris_migrations (version, name, ran_at) VALUES (99, '0099_later', 0)`)
		require.NoError(t, err)
		report, err := sqlstore.Seal(t.Context(), pool, keys, nil)
		require.ErrorIs(t, err, sqlstore.ErrSchemaNewer)
		require.ErrorContains(t, err, "sqlstore: seal: ")
		require.Zero(t, report)
		require.Equal(t, []string{"clear"}, lines(t, pool, `SELECT value FROM cris_settings WHERE name = 'sealing'`))
	})
}

// Whoever holds the key of a record for a moment does not end a Rewrap.
func TestPV2_RewrapWaitsForWritersThatHoldAKey(t *testing.T) {
	server.require(t)
	keys := newKeys(t)
	dsn := server.schema(t)
	pool := openDatabase(t, "pgx", dsn)
	mustFill(t, migratedSealed(t, pool, keys), 1)
	_, err := keys.Rotate()
	require.NoError(t, err)
	writer, err := pool.BeginTxx(t.Context(), nil)
	require.NoError(t, err)
	_, err = writer.ExecContext(t.Context(), `UPDATE cris_record_keys SET key_id = key_id`)
	require.NoError(t, err)
	time.AfterFunc(500*time.Millisecond, func() { _ = writer.Rollback() })
	hasty := openDatabase(t, "pgx", dsn)
	hasty.SetMaxOpenConns(1)
	_, err = hasty.ExecContext(t.Context(), `SET lock_timeout = 100`)
	require.NoError(t, err)
	rewrapped, err := openedSealed(t, hasty, keys).Rewrap(t.Context())
	require.NoError(t, err)
	require.Positive(t, rewrapped)
}
