package integration_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/relay"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
)

// publishInTurn saves n events of so many subjects, in changes of a few each. The IDs are
// subject/number, counted from 0.
func publishInTurn(t *testing.T, store *sqlstore.DB, subjects, n int) {
	t.Helper()
	const each = 50
	for from := 0; from < n; from += each {
		var events []cris.Event
		for i := from; i < min(from+each, n); i++ {
			subject := fmt.Sprintf("s%d", i%subjects)
			events = append(events, cris.Event{ID: fmt.Sprintf("%s/%d", subject, i/subjects), Type: "cris.test", Source: "/cris/test", Subject: subject})
		}
		err := cris.ErrConflict
		for errors.Is(err, cris.ErrConflict) {
			err = store.ERequests().Update(t.Context(), casestatustest.Receipt(1), func([]erequest.Entry) (erequest.Change, error) {
				return erequest.Change{Events: events}, nil
			})
		}
		require.NoError(t, err)
	}
}

// inOrder notes what was delivered, and what was wrong with that.
type inOrder struct {
	mu    sync.Mutex
	next  map[string]int // by subject
	left  int
	wrong []string
	done  context.CancelFunc
}

func (o *inOrder) deliver(event cris.Event) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if want := fmt.Sprintf("%s/%d", event.Subject, o.next[event.Subject]); event.ID != want {
		o.wrong = append(o.wrong, event.ID+" came in place of "+want)
	}
	o.next[event.Subject]++
	if o.left--; o.left == 0 {
		o.done()
	}
}

// Four relays, each with a pool of its own, deliver what is saved meanwhile, although one
// delivery in ten fails.
func TestER12_RelaysThatLiveKeepTheOrderAndDoubleNothing(t *testing.T) {
	const subjects, events = 25, 1500
	onEachKind(t, func(t *testing.T, kind database) {
		dsn := kind.empty(t)
		store := migrated(t, openDatabase(t, kind.driver, dsn))
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		got := &inOrder{next: map[string]int{}, left: events, done: stop}
		deliver := func(_ context.Context, event cris.Event) error {
			if rand.IntN(10) == 0 {
				return errors.New("not this time")
			}
			got.deliver(event)
			return nil
		}
		var running sync.WaitGroup
		for range 4 {
			runner := relay.NewRunner(opened(t, openDatabase(t, kind.driver, dsn)).Outbox(), deliver, &relay.Options{
				Policy: relay.Policy{Batch: 20, FirstWait: time.Millisecond, LongestWait: 10 * time.Millisecond, Poll: 20 * time.Millisecond},
			})
			running.Go(func() {
				if err := runner.Run(ctx); err != nil {
					t.Error(err)
				}
			})
		}
		publishInTurn(t, store, subjects, events)
		running.Wait()
		require.Empty(t, got.wrong)
		require.Zero(t, got.left)
		backlog, err := store.Outbox().Backlog(t.Context())
		require.NoError(t, err)
		require.Equal(t, cris.Backlog{}, backlog)
	})
}

// The environment tells a copy of this test binary that it is a relay that will be killed.
const (
	relayDriver = "CRIS_RELAY_DRIVER"
	relayDSN    = "CRIS_RELAY_DSN"
)

// relayBatchOfChild is how many events a killed relay may leave delivered and not marked.
const relayBatchOfChild = 10

// TestRelayChild is no test. It is a process that TestER12_KilledRelays... kills. What it
// delivers is a row of a table.
func TestRelayChild(t *testing.T) {
	if os.Getenv(relayDSN) == "" {
		t.Skip("it is run by another test")
	}
	db := openDatabase(t, os.Getenv(relayDriver), os.Getenv(relayDSN))
	deliver := func(ctx context.Context, event cris.Event) error {
		_, err := db.ExecContext(ctx, db.Rebind(`INSERT INTO received (nth, event) SELECT COALESCE(MAX(nth), 0) + 1, ? FROM received`), event.ID)
		if err == nil {
			fmt.Println("delivered")
		}
		return err
	}
	runner := relay.NewRunner(opened(t, db).Outbox(), deliver, &relay.Options{Policy: relay.Policy{
		Batch: relayBatchOfChild, Timeout: 300 * time.Millisecond, FirstWait: time.Millisecond, LongestWait: 5 * time.Millisecond, Poll: 10 * time.Millisecond,
	}})
	require.NoError(t, runner.Run(t.Context()))
}

// Each event is delivered, in the order of its subject, and comes twice only where a relay was
// killed after it had delivered it.
func TestER12_KilledRelaysLoseNothingAndKeepTheOrder(t *testing.T) {
	kills := timesToKill(t)
	subjects, each := 40, 2*kills
	onEachKind(t, func(t *testing.T, kind database) {
		dsn := kind.empty(t)
		db := openDatabase(t, kind.driver, dsn)
		store := migrated(t, db)
		_, err := db.ExecContext(t.Context(), `CREATE TABLE received (nth BIGINT NOT NULL, event TEXT NOT NULL)`)
		require.NoError(t, err)
		publishInTurn(t, store, subjects, subjects*each)

		relays := &relays{kind: kind, dsn: dsn, delivered: make(chan struct{})}
		for range 3 {
			relays.start(t)
		}
		killed := 0
		for ; killed < kills && relays.await(t, store, 1+rand.IntN(2*relayBatchOfChild)); killed++ {
			relays.kill(t)
			relays.start(t)
		}
		for relays.await(t, store, 1) {
		}
		for range 3 {
			relays.kill(t)
		}
		t.Logf("%d relays were killed at work", killed)
		checkReceived(t, db, subjects, each, killed)
	})
}

func pendingEvents(t *testing.T, store *sqlstore.DB) int {
	t.Helper()
	backlog, err := store.Outbox().Backlog(t.Context())
	require.NoError(t, err)
	return backlog.Pending
}

// relays are processes that relay events.
type relays struct {
	kind      database
	dsn       string
	running   []*exec.Cmd
	delivered chan struct{} // whenever one of them has delivered an event
}

func (r *relays) start(t *testing.T) {
	t.Helper()
	cmd := childProcess(t, "TestRelayChild", relayDriver+"="+r.kind.driver, relayDSN+"="+r.dsn)
	output, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	r.running = append(r.running, cmd)
	go func() {
		for lines := bufio.NewScanner(output); lines.Scan(); {
			select {
			case r.delivered <- struct{}{}:
			default: // nobody waits for it
			}
		}
	}()
}

// await waits until so many more events are delivered, and reports whether there are others.
func (r *relays) await(t *testing.T, store *sqlstore.DB, events int) (more bool) {
	t.Helper()
	for events > 0 {
		select {
		case <-r.delivered:
			events--
		case <-time.After(20 * time.Millisecond):
			if pendingEvents(t, store) == 0 {
				return false
			}
		}
	}
	return pendingEvents(t, store) > 0
}

// kill kills one of the processes.
func (r *relays) kill(t *testing.T) {
	t.Helper()
	i := rand.IntN(len(r.running))
	cmd := r.running[i]
	r.running = append(r.running[:i], r.running[i+1:]...)
	require.NoError(t, cmd.Process.Signal(syscall.SIGKILL))
	require.EqualError(t, cmd.Wait(), "signal: killed")
}

// checkReceived reads what was delivered, in the order in which it was.
func checkReceived(t *testing.T, db *sqlx.DB, subjects, each, killed int) {
	t.Helper()
	latest, again := map[string]int{}, 0
	for _, id := range lines(t, db, `SELECT event FROM received ORDER BY nth`) {
		subject, number, _ := strings.Cut(id, "/")
		var n int
		_, err := fmt.Sscan(number, &n)
		require.NoError(t, err)
		switch seen := latest[subject]; {
		case n == seen:
			latest[subject]++
		case n < seen:
			again++
		default:
			require.Fail(t, "out of order", "%s came when %d of its subject had come", id, seen)
		}
	}
	require.Len(t, latest, subjects)
	for subject, got := range latest {
		require.Equal(t, each, got, subject)
	}
	t.Logf("%d events came again", again)
	require.LessOrEqual(t, again, killed*relayBatchOfChild)
}

// ER-12: a claim hands out no more than its limit, also where something is due, something else waits
// for an instant that a clock was set back from, and a third is new.
func TestER12_AClaimKeepsItsLimitAfterTheClockWasSetBack(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		store := open(t)
		publishInTurn(t, store, 3, 3)
		outbox, now := store.Outbox(), time.Now().UTC()
		claim := func(id string, limit int) cris.Lease {
			lease, err := outbox.Claim(t.Context(), cris.Claim{ID: id, At: now, Until: now.Add(time.Minute), Latest: now.Add(time.Hour), Limit: limit})
			require.NoError(t, err)
			return lease
		}
		first := claim("first", 2)
		require.Len(t, first.Events, 2)
		require.NoError(t, outbox.Settle(t.Context(), first,
			cris.Settlement{ID: first.Events[0].ID, Result: cris.ResultFailed, Tries: 1, RetryAt: now.Add(-time.Second)},
			cris.Settlement{ID: first.Events[1].ID, Result: cris.ResultFailed, Tries: 1, RetryAt: now.Add(24 * time.Hour)}))
		for _, id := range []string{"second", "third", "fourth"} {
			require.Len(t, claim(id, 1).Events, 1)
		}
		require.Empty(t, claim("fifth", 1).Events)
	})
}
