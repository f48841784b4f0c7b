package integration_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// A supervisor assigns a request that waits, through the service, and the statements of it run
// bare in one transaction. Each on a database.
func BenchmarkServiceRequestAssign_SQLite(b *testing.B) { newAssignBench(b, "sqlite").assign(b) }

func BenchmarkServiceRequestAssignBare_SQLite(b *testing.B) { newAssignBench(b, "sqlite").bare(b) }

func BenchmarkServiceRequestAssign_PostgreSQL(b *testing.B)     { newAssignBench(b, "pgx").assign(b) }
func BenchmarkServiceRequestAssignBare_PostgreSQL(b *testing.B) { newAssignBench(b, "pgx").bare(b) }

// assignBench has requests that wait at an office.
type assignBench struct {
	pool  *sqlx.DB
	world *srmttest.World
}

func newAssignBench(b *testing.B, driver string) *assignBench {
	b.Helper()
	dsn := fmt.Sprintf("file:%s/assign.db?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(10000)", b.TempDir())
	if driver == "pgx" {
		dsn = postgresBench(b)
	}
	pool, err := sqlx.Open(driver, dsn)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, pool.Close()) })
	db := migrated(b, pool)
	return &assignBench{pool, srmttest.NewWorld(srmttest.Ports{Store: db.ServiceRequests(), Requests: db.ERequests(), Cases: db.Cases(), Looks: db.Looks()})}
}

func (a *assignBench) receive(b *testing.B, id string) {
	b.Helper()
	first := srmttest.NewReceived(id, a.world.Clock.Today(), "NSC")
	require.NoError(b, a.world.Store.Update(b.Context(), srmt.Scope{Requests: []string{id}}, func(srmt.Prior) (srmt.Change, error) {
		return srmt.Change{Steps: map[string][]srmt.Step{id: {first}}}, nil
	}))
}

// waiting is how many requests are received at a time, while the clock of the benchmark stands.
const waiting = 200

// each calls work for one waiting request after another.
func (a *assignBench) each(b *testing.B, work func(id string)) {
	b.Helper()
	for n := 0; b.Loop(); n++ {
		if n%waiting == 0 {
			b.StopTimer()
			for i := range waiting {
				a.receive(b, fmt.Sprint("r", n+i))
			}
			b.StartTimer()
		}
		work(fmt.Sprint("r", n))
	}
}

func (a *assignBench) assign(b *testing.B) {
	b.Helper()
	a.each(b, func(id string) {
		a.world.MustAssign(id, 1, srmttest.Supervisor("NSC", 1).ID, srmttest.Officer("NSC", 1).ID)
	})
}

// bare runs what assign runs in its transaction, with as many columns, and decides nothing.
func (a *assignBench) bare(b *testing.B) {
	b.Helper()
	a.receive(b, "model")
	a.world.MustAssign("model", 1, srmttest.Supervisor("NSC", 1).ID, srmttest.Officer("NSC", 1).ID)
	insert := func(table, tail string) (statement string, columns []string, values []any) {
		row := a.pool.QueryRowx("SELECT * FROM " + table + " WHERE " + tail)
		columns, err := row.Columns()
		require.NoError(b, err)
		values, err = row.SliceScan()
		require.NoError(b, err)
		return "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(columns)-1) + ")", columns, values
	}
	step, stepColumns, stepValues := insert("cris_srmt_steps", "request_id = 'model' AND seq = 2")
	state, stateColumns, stateValues := insert("cris_srmt_requests", "id = 'model'")
	event, eventColumns, eventValues := insert("cris_outbox", "id = 'model/2'")
	state += " ON CONFLICT (id) DO UPDATE SET office = excluded.office, officer = excluded.officer, status = excluded.status, accommodation = excluded.accommodation, trail = excluded.trail, returns = excluded.returns, waiting = excluded.waiting, proposed = excluded.proposed, version = excluded.version"
	lock := "INSERT INTO cris_scopes (scope, version, updated) VALUES (?, 1, 1), (?, 1, 1), (?, 1, 1) ON CONFLICT (scope) DO UPDATE SET version = cris_scopes.version + 1, updated = excluded.updated"
	const staff = "SELECT id, posts, absences, languages, accommodations FROM cris_srmt_staff WHERE id IN (?, ?)"
	a.each(b, func(id string) {
		tx, err := a.pool.BeginTxx(b.Context(), nil)
		require.NoError(b, err)
		exec := func(statement string, args ...any) {
			_, err := tx.ExecContext(b.Context(), tx.Rebind(statement), args...)
			require.NoError(b, err)
		}
		read := func(query string, args ...any) { readRows(b, tx, tx.Rebind(query), args...) }
		exec(lock, id, "siio-nsc-1", "iio-nsc-1")
		read("SELECT * FROM cris_srmt_requests WHERE id = ?", id)
		read(staff, "siio-nsc-1", "iio-nsc-1")
		stepValues[slices.Index(stepColumns, "request_id")] = id
		exec(step, stepValues...)
		stateValues[slices.Index(stateColumns, "id")] = id
		exec(state, stateValues...)
		read("SELECT COALESCE(MAX(position), 0) FROM cris_outbox WHERE delivered_at = 0")
		eventValues[slices.Index(eventColumns, "id")] = id + "/2"
		exec(event, eventValues...)
		require.NoError(b, tx.Commit())
	})
}
