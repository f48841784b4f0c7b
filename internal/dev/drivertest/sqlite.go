package drivertest

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/internal/ambient"
)

// SQLite is a driver of SQLite.
type SQLite struct {
	Name string // to database/sql
	// DSN is the connection string of a file. Journal and busy_timeout are left as the driver has
	// them where they are empty and negative.
	DSN func(file, journal string, busy time.Duration) string
}

func (d SQLite) open(t *testing.T, file, journal string, busy time.Duration) *sqlx.DB {
	t.Helper()
	pool, err := sqlx.Open(d.Name, d.DSN(file, journal, busy))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, pool.Close()) })
	return pool
}

func migrated(t *testing.T, pool *sqlx.DB) *sqlstore.DB {
	t.Helper()
	require.NoError(t, sqlstore.Migrate(t.Context(), pool, nil))
	store, err := sqlstore.Open(t.Context(), pool, sqlstore.InClear(), nil)
	require.NoError(t, err)
	return store
}

// Test runs the kits, on a file and on one connection in memory, and Locks.
func (d SQLite) Test(t *testing.T) {
	t.Helper()
	t.Run("Kits", func(t *testing.T) {
		Kits(t, func(t *testing.T) *sqlstore.DB {
			t.Helper()
			return migrated(t, d.open(t, filepath.Join(t.TempDir(), "cris.db"), "WAL", 10*time.Second))
		})
	})
	t.Run("InMemory", func(t *testing.T) {
		ERequests(t, func(t *testing.T) *sqlstore.DB {
			t.Helper()
			pool := d.open(t, ":memory:", "", -1)
			pool.SetMaxOpenConns(1)
			return migrated(t, pool)
		})
	})
	d.Locks(t)
}

// Locks runs what the store promises about locks, and about connections whose transaction did not
// end.
func (d SQLite) Locks(t *testing.T) {
	t.Helper()
	t.Run("Doubt", d.doubt)
	t.Run("DoubtInHost", d.doubtInHost)
	t.Run("Deadline", d.deadline)
	t.Run("Busy", d.busy)
	t.Run("Migrate", d.migrate)
	t.Run("Writers", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "cris.db")
		Writers(t, func(t *testing.T) *sqlx.DB { t.Helper(); return d.open(t, file, "WAL", 5*time.Second) })
	})
	t.Run("Refused", d.refused)
}

func file(ctx context.Context, store *sqlstore.DB, n int) error {
	request := erequesttest.NewRequest(casestatustest.Receipt(n), n)
	return store.ERequests().Update(ctx, request.Receipt, func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{File: []erequest.Request{request}}, nil
	})
}

func wantRequests(t *testing.T, store *sqlstore.DB, n, want int) {
	t.Helper()
	entries, err := store.ERequests().Entries(t.Context(), casestatustest.Receipt(n))
	require.NoError(t, err)
	require.Len(t, entries, want)
}

// With a rollback journal, a commit that meets a reader fails. Nothing of it may be read
// afterwards, or keep others from what they do next.
func (d SQLite) doubt(t *testing.T) {
	name := filepath.Join(t.TempDir(), "cris.db")
	for _, connections := range []int{1, 4} {
		store, pool, release := d.withReader(t, fmt.Sprint(name, connections))
		pool.SetMaxOpenConns(connections)
		for range 3 {
			err := file(t.Context(), store, 1)
			require.ErrorIs(t, err, cris.ErrConflict)
		}
		wantRequests(t, store, 1, 0)
		release()
		err := file(t.Context(), store, 2)
		require.NoError(t, err)
		again := d.open(t, fmt.Sprint(name, connections), "", 5*time.Second)
		for n, want := range map[int]int{1: 0, 2: 1} {
			wantRequests(t, store, n, want)
			var filed int
			require.NoError(t, again.GetContext(t.Context(), &filed, `SELECT COUNT(*) FROM cris_e_requests WHERE receipt = ?`, casestatustest.Receipt(n).String()))
			require.Equal(t, want, filed, "what is read was committed")
		}
	}
}

// withReader opens a store, gives its file a rollback journal, and has somebody read it until
// release is called.
func (d SQLite) withReader(t *testing.T, name string) (store *sqlstore.DB, pool *sqlx.DB, release func()) {
	t.Helper()
	once := d.open(t, name, "WAL", time.Second)
	migrated(t, once)
	require.NoError(t, once.Close())

	pool = d.open(t, name, "", 50*time.Millisecond)
	pool.SetMaxOpenConns(1)
	store, err := sqlstore.Open(t.Context(), pool, sqlstore.InClear(), nil)
	require.NoError(t, err)
	var journal string
	require.NoError(t, pool.GetContext(t.Context(), &journal, `PRAGMA journal_mode = DELETE`))
	require.Equal(t, "delete", journal)

	reader, err := d.open(t, name, "", time.Second).BeginTxx(t.Context(), nil)
	require.NoError(t, err)
	var scopes int
	require.NoError(t, reader.GetContext(t.Context(), &scopes, `SELECT COUNT(*) FROM cris_scopes`))
	return store, pool, func() { require.NoError(t, reader.Rollback()) }
}

// A transaction of the host is committed by the host, and what became of it is its to see; an
// Update afterwards works all the same.
func (d SQLite) doubtInHost(t *testing.T) {
	store, pool, release := d.withReader(t, filepath.Join(t.TempDir(), "cris.db"))
	host, err := pool.BeginTxx(t.Context(), nil)
	require.NoError(t, err)
	err = file(t.Context(), store.In(host.Tx), 1)
	require.NoError(t, err)
	require.Error(t, host.Commit())
	release()
	for n := range 2 { // the first may find what the commit left behind, and ends it
		if err = file(t.Context(), store, 2+n); err == nil {
			break
		}
	}
	require.NoError(t, err)
}

// Nobody waits for the lock of SQLite longer than the context lasts, and how long a connection
// waits is as it was before.
func (d SQLite) deadline(t *testing.T) {
	name := filepath.Join(t.TempDir(), "cris.db")
	pool := d.open(t, name, "WAL", time.Minute)
	pool.SetMaxOpenConns(1)
	store := migrated(t, pool)
	holder := d.open(t, name, "", time.Second)
	lock, err := holder.Connx(t.Context())
	require.NoError(t, err)
	defer lock.Close()
	_, err = lock.ExecContext(t.Context(), `BEGIN IMMEDIATE`)
	require.NoError(t, err)
	for what, act := range map[string]func(ctx context.Context) error{
		"Update":    func(ctx context.Context) error { return file(ctx, store, 1) },
		"statement": func(ctx context.Context) error { return store.Outbox().MarkDelivered(ctx, "1") },
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		passed := ambient.Stopwatch()
		err := act(ctx)
		require.ErrorIs(t, err, context.DeadlineExceeded, what)
		require.Less(t, passed(), 20*time.Second, "%s: it would have waited for a minute", what)
		cancel()
		var wait int
		require.NoError(t, pool.GetContext(t.Context(), &wait, `PRAGMA busy_timeout`))
		require.Equal(t, 60_000, wait, what)
	}
	_, err = lock.ExecContext(t.Context(), `ROLLBACK`)
	require.NoError(t, err)
	err = file(t.Context(), store, 1)
	require.NoError(t, err)
}

// A lock that is not to be had is a conflict.
func (d SQLite) busy(t *testing.T) {
	name := filepath.Join(t.TempDir(), "cris.db")
	store := migrated(t, d.open(t, name, "WAL", time.Millisecond))
	lock, err := d.open(t, name, "", time.Second).Connx(t.Context())
	require.NoError(t, err)
	defer lock.Close()
	_, err = lock.ExecContext(t.Context(), `BEGIN IMMEDIATE`)
	require.NoError(t, err)
	err = file(t.Context(), store, 1)
	require.ErrorIs(t, err, cris.ErrConflict)
	require.ErrorContains(t, err, "conflict, code 5")
	require.ErrorIs(t, store.Outbox().MarkDelivered(t.Context(), "1"), cris.ErrConflict)
	_, err = lock.ExecContext(t.Context(), `ROLLBACK`)
	require.NoError(t, err)
	err = file(t.Context(), store, 1)
	require.NoError(t, err)
	err = file(t.Context(), store, 1)
	require.ErrorIs(t, err, cris.ErrConflict, "the identifier is taken")
}

// Several processes migrate a new file at once.
func (d SQLite) migrate(t *testing.T) {
	name := filepath.Join(t.TempDir(), "cris.db")
	var begin, done sync.WaitGroup
	begin.Add(1)
	failed := make([]error, 4)
	for i := range failed {
		pool := d.open(t, name, "WAL", 10*time.Second)
		done.Go(func() {
			begin.Wait()
			failed[i] = sqlstore.Migrate(t.Context(), pool, nil)
		})
	}
	begin.Done()
	done.Wait()
	for _, err := range failed {
		require.NoError(t, err)
	}
}

// Writers has sixteen processes submit requests at once: all are accepted. Open gives another pool
// of the same database, which may be empty, each time it is called.
func Writers(t *testing.T, open func(t *testing.T) *sqlx.DB) {
	t.Helper()
	const writers, submissions = 16, 10
	store := migrated(t, open(t))
	for n := range writers * submissions {
		require.NoError(t, casestatustest.PutCase(t.Context(), store.Cases(), casestatustest.NewCase(n)))
	}
	var begin, done sync.WaitGroup
	begin.Add(1)
	failed := make([]error, writers)
	for writer := range writers {
		db, err := sqlstore.Open(t.Context(), open(t), sqlstore.InClear(), nil)
		require.NoError(t, err)
		status := casestatus.NewService(db.Cases(), db.ProcessingTimes(), db.Deliveries(), nil)
		service := erequest.NewService(db.ERequests(), db.Cases(), status, &erequest.Options{Now: erequesttest.Start})
		done.Go(func() {
			begin.Wait()
			for n := range submissions {
				of := casestatustest.NewCase(writer*submissions + n)
				filing, err := service.Submit(t.Context(), erequesttest.NewSubmission("key", of, erequest.TypographicalError))
				if err == nil && filing.Outcome != erequest.Accepted {
					err = fmt.Errorf("submission %d of writer %d: %s", n, writer, filing.Outcome)
				}
				if err != nil {
					failed[writer] = err
					return
				}
			}
		})
	}
	begin.Done()
	done.Wait()
	for _, err := range failed {
		require.NoError(t, err)
	}
	for n := range writers * submissions {
		wantRequests(t, store, n, 1)
	}
}

// What cannot be worked with is refused when it is opened, and the sentence says what to do.
func (d SQLite) refused(t *testing.T) {
	open := func(pool *sqlx.DB, want string) {
		t.Helper()
		require.NoError(t, sqlstore.Migrate(t.Context(), pool, nil))
		_, err := sqlstore.Open(t.Context(), pool, sqlstore.InClear(), nil)
		require.ErrorContains(t, err, want)
	}
	name := filepath.Join(t.TempDir(), "cris.db")
	open(d.open(t, name, "", time.Second), "the journal mode of the file is delete")
	open(d.open(t, name, "WAL", 0), "busy_timeout is 0")
	byHand := d.open(t, name, "", 0)
	_, err := byHand.ExecContext(t.Context(), `PRAGMA busy_timeout = 5000`)
	require.NoError(t, err)
	open(byHand, "so that every connection gets it")
	open(d.open(t, filepath.Join(t.TempDir(), "cris.db"), "", -1), "the journal mode of the file is delete")

	wide := d.open(t, filepath.Join(t.TempDir(), "cris.db"), "", time.Second)
	wide.SetMaxOpenConns(1)
	_, err = wide.ExecContext(t.Context(), `PRAGMA encoding = 'UTF-16'`)
	require.NoError(t, err)
	require.ErrorContains(t, sqlstore.Migrate(t.Context(), wide, nil), "the encoding of the database is UTF-16")

	closed := d.open(t, name, "", time.Second)
	closed.SetMaxOpenConns(1)
	require.NoError(t, sqlstore.Migrate(t.Context(), closed, nil))
	_, err = closed.ExecContext(t.Context(), `PRAGMA query_only = 1`)
	require.NoError(t, err)
	_, err = sqlstore.Open(t.Context(), closed, sqlstore.InClear(), nil)
	require.ErrorContains(t, err, "the file cannot be written")

	memory := d.open(t, ":memory:", "", -1)
	_, err = sqlstore.Open(t.Context(), memory, sqlstore.InClear(), nil)
	require.ErrorContains(t, err, "call SetMaxOpenConns(1)")
}
