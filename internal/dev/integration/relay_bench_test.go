package integration_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/relay"
)

// Four relays share the events of subjects of four events each, every relay with a pool of its
// own. Beside them, four that run the same statements bare, and deliver nothing.
func BenchmarkRelay_SQLite(b *testing.B)         { newRelayBench(b, "sqlite").relays(b) }
func BenchmarkRelay_PostgreSQL(b *testing.B)     { newRelayBench(b, "pgx").relays(b) }
func BenchmarkRelayBare_SQLite(b *testing.B)     { newRelayBench(b, "sqlite").bare(b) }
func BenchmarkRelayBare_PostgreSQL(b *testing.B) { newRelayBench(b, "pgx").bare(b) }

const (
	relaysAtOnce     = 4
	eventsPerSubject = 4
)

// relayBench is an outbox with as many events as the benchmark has operations.
type relayBench struct {
	pools  []*sqlx.DB
	events int
	seen   []atomic.Int32 // how many events of each subject were delivered, in their order
	left   atomic.Int64
	wrong  atomic.Int64 // delivered twice, or not in order
}

func newRelayBench(b *testing.B, driver string) *relayBench {
	b.Helper()
	dsn := fmt.Sprintf("file:%s/relay.db?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(10000)", b.TempDir())
	if driver == "pgx" {
		dsn = postgresBench(b)
	}
	r := &relayBench{events: b.N, seen: make([]atomic.Int32, b.N/eventsPerSubject+1)}
	for range relaysAtOnce {
		pool, err := sqlx.Open(driver, dsn)
		require.NoError(b, err)
		b.Cleanup(func() { require.NoError(b, pool.Close()) })
		r.pools = append(r.pools, pool)
	}
	migrated(b, r.pools[0])
	r.fill(b)
	return r
}

// fill saves the events, those of some subjects in turn.
func (r *relayBench) fill(b *testing.B) {
	b.Helper()
	tx, err := r.pools[0].BeginTxx(b.Context(), nil)
	require.NoError(b, err)
	insert, err := tx.PreparexContext(b.Context(), tx.Rebind(`INSERT INTO cris_outbox (id, position, type, source, subject, at, data, delivered_at)
		VALUES (?, ?, 'cris.test.saved', '/cris/test', ?, 1700000000000000, '{"office":"NBC"}', 0)`))
	require.NoError(b, err)
	defer insert.Close()
	subjects := len(r.seen)
	for n := range r.events {
		_, err := insert.ExecContext(b.Context(), fmt.Sprintf("event-%09d", n), n+1, fmt.Sprintf("subject-%07d", n%subjects))
		require.NoError(b, err)
	}
	require.NoError(b, tx.Commit())
	r.left.Store(int64(r.events))
}

// deliver checks that an event is the next of its subject.
func (r *relayBench) deliver(_ context.Context, event cris.Event) error {
	n, err := strconv.Atoi(strings.TrimPrefix(event.ID, "event-"))
	if err != nil {
		return err
	}
	subject, err := strconv.Atoi(strings.TrimPrefix(event.Subject, "subject-"))
	if err != nil {
		return err
	}
	if int(r.seen[subject].Add(1)-1) != n/len(r.seen) {
		r.wrong.Add(1)
	}
	return nil
}

func (r *relayBench) relays(b *testing.B) {
	b.Helper()
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	var running sync.WaitGroup
	b.ResetTimer()
	for _, pool := range r.pools {
		runner := relay.NewRunner(opened(b, pool).Outbox(), r.deliver, &relay.Options{
			Policy: relay.Policy{Batch: 250},
			OnRound: func(round relay.Round) {
				if r.left.Add(-int64(round.Delivered)) <= 0 {
					stop()
				}
			},
			Failed: func(_ context.Context, _ cris.Event, err error) { b.Log(err) },
		})
		running.Go(func() {
			if err := runner.Run(ctx); err != nil {
				b.Error(err)
			}
		})
	}
	running.Wait()
	b.StopTimer()
	require.Zero(b, r.wrong.Load(), "delivered twice or out of order")
	require.Zero(b, r.left.Load())
	b.ReportMetric(float64(r.events)/b.Elapsed().Seconds(), "events/s")
}

// bare runs the statements of claims and settlements as long as there are events.
func (r *relayBench) bare(b *testing.B) {
	b.Helper()
	statements := bareStatements(r.pools[0])
	var running sync.WaitGroup
	b.ResetTimer()
	for nth, pool := range r.pools {
		running.Go(func() {
			for n := 0; r.left.Load() > 0; n++ {
				events, err := statements.round(b.Context(), pool, fmt.Sprintf("%d/%d", nth, n))
				if err != nil {
					b.Error(err)
					return
				}
				r.left.Add(-int64(events))
			}
		})
	}
	running.Wait()
	b.StopTimer()
	b.ReportMetric(float64(r.events)/b.Elapsed().Seconds(), "events/s")
}

// bareRelay is the statements of a relay on one database.
type bareRelay struct {
	takeOver, hold, read, lock, mark, free string
	set                                    func(names []string) string
}

func bareStatements(pool *sqlx.DB) *bareRelay {
	skip, skipOf, among := "FOR UPDATE SKIP LOCKED", "FOR UPDATE OF o SKIP LOCKED", "= ANY(CAST(? AS TEXT[]))"
	r := &bareRelay{lock: `SELECT subject FROM cris_relay_subjects WHERE lease = ? AND subject = ANY(CAST(? AS TEXT[])) FOR UPDATE`}
	r.set = func(names []string) string { return `{"` + strings.Join(names, `","`) + `"}` }
	if pool.DriverName() != "pgx" {
		skip, skipOf, among = "", "", "IN (SELECT value FROM json_each(?))"
		r.lock = `UPDATE cris_relay_subjects SET lease = lease WHERE lease = ? AND subject IN (SELECT value FROM json_each(?)) RETURNING subject`
		r.set = func(names []string) string { return `["` + strings.Join(names, `","`) + `"]` }
	}
	r.takeOver = `WITH due AS MATERIALIZED (SELECT subject FROM cris_relay_subjects WHERE until <= ? ORDER BY until LIMIT 125 ` + skip + `)
		UPDATE cris_relay_subjects SET lease = ?, until = ? WHERE subject IN (SELECT subject FROM due) RETURNING subject`
	r.hold = `WITH fresh AS MATERIALIZED (SELECT o.subject AS subject, o.position AS position FROM cris_outbox AS o
		WHERE o.delivered_at = 0 AND o.stage = 0
		AND NOT EXISTS (SELECT 1 FROM cris_relay_subjects AS held WHERE held.subject = o.subject COLLATE "binary")
		ORDER BY o.position, o.id LIMIT 250 ` + skipOf + `)
		INSERT INTO cris_relay_subjects (subject, lease, until, failed, tries, code, position)
		SELECT subject, CAST(? AS TEXT), CAST(? AS BIGINT), '', 0, '', MAX(position) FROM fresh WHERE 1 = 1 GROUP BY subject ORDER BY subject
		ON CONFLICT (subject) DO NOTHING RETURNING subject`
	r.read = `SELECT id, position, type, source, subject, at, data, delivered_at, stage FROM cris_outbox
		WHERE delivered_at = 0 AND stage = 0 AND subject ` + among + ` ORDER BY position, id LIMIT 250`
	r.mark = `UPDATE cris_outbox SET delivered_at = 1700000000000000, stage = 0 WHERE delivered_at = 0 AND id ` + among
	r.free = `DELETE FROM cris_relay_subjects WHERE lease = ? AND subject ` + among
	for _, statement := range []*string{&r.takeOver, &r.hold, &r.read, &r.lock, &r.mark, &r.free} {
		*statement = pool.Rebind(*statement)
	}
	return r
}

// round claims events and marks them, and returns how many.
func (r *bareRelay) round(ctx context.Context, pool *sqlx.DB, lease string) (int, error) {
	const now, until = int64(1700000000000000), int64(1700000060000000)
	var over, subjects []string
	var rows []struct {
		ID, Type, Source, Subject, Data string
		Position, At, Stage             int64
		DeliveredAt                     int64 `db:"delivered_at"`
	}
	if err := errors.Join(
		pool.SelectContext(ctx, &over, r.takeOver, now, lease, until), pool.SelectContext(ctx, &subjects, r.hold, lease, until),
		pool.SelectContext(ctx, &rows, r.read, r.set(subjects)),
	); err != nil {
		return 0, err
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	tx, err := pool.BeginTxx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback()
	if err := tx.SelectContext(ctx, &over, r.lock, lease, r.set(subjects)); err != nil {
		return 0, err
	}
	if _, err := tx.ExecContext(ctx, r.mark, r.set(ids)); err != nil {
		return 0, err
	}
	if _, err := tx.ExecContext(ctx, r.free, lease, r.set(subjects)); err != nil {
		return 0, err
	}
	return len(rows), tx.Commit()
}
