package integration_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/relay"
)

// Four relays share the events of subjects of four events each, every relay with a pool of its
// own. Beside them, four that take and mark events by bare SQL, as they come, without an order
// and without leases.
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
	var n, subject int
	if _, err := fmt.Sscanf(event.ID+" "+event.Subject, "event-%d subject-%d", &n, &subject); err != nil {
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

func (r *relayBench) bare(b *testing.B) {
	b.Helper()
	skip := ""
	if r.pools[0].DriverName() == "pgx" {
		skip = "FOR UPDATE SKIP LOCKED"
	}
	take := r.pools[0].Rebind(`UPDATE cris_outbox SET delivered_at = ? WHERE id IN (
		SELECT id FROM cris_outbox WHERE delivered_at = 0 AND stage = 0 ORDER BY position, id LIMIT 250 ` + skip + `)
		RETURNING id, type, source, subject, at, data`)
	var running sync.WaitGroup
	b.ResetTimer()
	for _, pool := range r.pools {
		running.Go(func() {
			for r.left.Load() > 0 {
				var rows []struct {
					ID, Type, Source, Subject, Data string
					At                              int64
				}
				if err := pool.SelectContext(b.Context(), &rows, take, 1700000000000000); err != nil {
					b.Error(err)
					return
				}
				r.left.Add(-int64(len(rows)))
			}
		})
	}
	running.Wait()
	b.StopTimer()
	b.ReportMetric(float64(r.events)/b.Elapsed().Seconds(), "events/s")
}
