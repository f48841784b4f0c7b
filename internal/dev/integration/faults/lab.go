package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"github.com/jmoiron/sqlx"

	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/internal/dev/integration/postgres"
)

// counts say how often each fault strikes.
type counts struct {
	kills  int // processes that are killed at random, and half as many at a commit
	cuts   int // connections that are cut, and commits that fail
	rounds int // times that a fault begins and ends which lasts for a while
	people int // for whom every service is called, at least
}

// lab has what the faults need, and is used by one of them at a time.
type lab struct {
	counts

	folder  string
	random  *rand.Rand
	cluster *postgres.Server // nil until the first fault of PostgreSQL
	schemas int
}

func newLab(c counts, seed uint64) (*lab, error) {
	folder, err := os.MkdirTemp("", "cris-faults")
	return &lab{counts: c, folder: folder, random: rand.New(rand.NewPCG(seed, 0))}, err
}

func (l *lab) close() error {
	var err error
	if l.cluster != nil {
		err = l.cluster.Stop()
	}
	return errors.Join(err, os.RemoveAll(l.folder))
}

// sqliteFile returns the connection string of a SQLite database that does not exist yet, in the
// folder or, if that is "", in one of the lab. More are further parameters.
func (l *lab) sqliteFile(folder, more string) string {
	l.schemas++
	if folder == "" {
		folder = l.folder
	}
	file := filepath.Join(folder, fmt.Sprintf("%d.db", l.schemas))
	return "file:" + file + "?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_pragma=foreign_keys(1)" + more
}

// patient lets a writer wait for others.
const patient = "&_pragma=busy_timeout(10000)"

// postgres returns the cluster of the lab.
func (l *lab) postgres(ctx context.Context) (*postgres.Server, error) {
	if l.cluster != nil {
		return l.cluster, nil
	}
	var err error
	l.cluster, err = postgres.Start(ctx)
	return l.cluster, err
}

// schema returns the connection string of an empty schema of the cluster.
func (l *lab) schema(ctx context.Context, on *postgres.Server) (dsn string, err error) {
	l.schemas++
	name := fmt.Sprintf("s%d", l.schemas)
	db, err := sqlx.Open("pgx", on.DSN("public"))
	if err != nil {
		return "", err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "CREATE SCHEMA "+name)
	return on.DSN(name) + " synchronous_commit=on", err
}

// onPostgres returns the connection string of an empty schema of the cluster of the lab.
func (l *lab) onPostgres(ctx context.Context) (string, error) {
	server, err := l.postgres(ctx)
	if err != nil {
		return "", err
	}
	return l.schema(ctx, server)
}

// experiment is one database with services over it, and the E-Verify that they talk with.
type experiment struct {
	*lab
	*ledger

	pool     *sqlx.DB
	clock    *clock
	verifier *everifytest.Server
	url      string // of the verifier
	services *services
	close    func()
}

// open migrates the database and puts services over it.
func (l *lab) open(ctx context.Context, pool *sqlx.DB) (*experiment, error) {
	if err := sqlstore.Migrate(ctx, pool, nil); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return l.over(ctx, pool)
}

// over puts services over a database that was migrated. The services are the same until the end:
// what recovers, recovers by itself.
func (l *lab) over(ctx context.Context, pool *sqlx.DB) (x *experiment, err error) {
	x = &experiment{lab: l, ledger: newLedger(), pool: pool, clock: newClock()}
	x.verifier = newEVerify(x.clock.now, 1000)
	server := httptest.NewServer(x.verifier)
	x.url = server.URL
	x.close = func() { server.Close(); _ = pool.Close() }
	if x.services, err = servicesOver(ctx, pool, x.url, x.clock.now); err != nil {
		x.close()
	}
	return x, err
}

// servicesOver returns the services over a database that was migrated.
func servicesOver(ctx context.Context, pool *sqlx.DB, url string, now func() time.Time) (*services, error) {
	store, err := sqlstore.Open(ctx, pool, sqlstore.InClear(), nil)
	if err != nil {
		return nil, err
	}
	verifier, err := newVerifier(url, now)
	if err != nil {
		return nil, err
	}
	return newServices(portsOf(store), now, verifier), nil
}

// giveUpAfter is how long a fault may be over before what it left behind counts as not recovered.
const giveUpAfter = 90 * time.Second

// strike lets callers work while the fault strikes, and audits what came out. The function makes
// the fault, returns how often it struck once it is over, and is told when the callers are done.
func (x *experiment) strike(ctx context.Context, strike func(ctx context.Context, done <-chan struct{}) (times int, err error)) (result, error) {
	ctx, cancel := context.WithTimeout(ctx, giveUpAfter)
	defer cancel()
	var people []person
	for n := range x.people {
		people = append(people, person(n))
	}
	w := &load{
		services: x.services, to: x.ledger, isOver: x.ended.Load, people: people, callers: 3, leave: 0.05,
		deadline: 5 * time.Second, random: rand.New(rand.NewPCG(x.random.Uint64(), 0)),
	}
	done := make(chan struct{})
	var failed error
	var working sync.WaitGroup
	working.Go(func() {
		defer close(done)
		failed = w.run(ctx)
	})
	times, err := strike(ctx, done)
	x.ended.Store(true)
	if err != nil {
		cancel()
	}
	working.Wait()
	if err := errors.Join(err, failed); err != nil {
		return result{}, fmt.Errorf("%w; until then %s", err, x.soFar())
	}
	return x.result(ctx, times, people)
}

func (x *experiment) soFar() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return fmt.Sprintf("%d calls, %d refused: %s", x.calls.Load(), x.refused, refusalText(x.refusals))
}

// result finishes what is pending and audits what is on file. A while later, so that what a dead
// process was busy with is free.
func (x *experiment) result(ctx context.Context, times int, people []person) (result, error) {
	x.clock.advance(10 * time.Minute)
	if err := finish(ctx, x.services, x.ledger); err != nil {
		return result{}, fmt.Errorf("after the fault: %w", err)
	}
	var found audit
	if err := found.of(ctx, x.services, x.ledger, people, x.verifier.Cases()); err != nil {
		return result{}, err
	}
	return result{
		times: times, acked: x.acknowledged(), refused: x.refused, refusals: x.refusals, again: found.again, partial: found.partial,
		lost: found.lost, doubled: found.doubled, tries: x.late + 1, wrong: append(found.wrong, x.unclear...),
	}, nil
}

// until waits until a condition holds or the callers are done.
func until(ctx context.Context, done <-chan struct{}, holds func() bool) {
	for !holds() {
		select {
		case <-done:
			return
		case <-ctx.Done():
			return
		case <-time.After(time.Millisecond):
		}
	}
}

// while lets a fault last in rounds: it begins after some calls, and ends once some were refused
// or the time is over.
func (x *experiment) while(begin, end func(ctx context.Context) error, atMost time.Duration) func(ctx context.Context, done <-chan struct{}) (int, error) {
	return func(ctx context.Context, done <-chan struct{}) (int, error) {
		for round := range x.rounds {
			next := x.calls.Load() + 10 + x.random.Int64N(30)
			until(ctx, done, func() bool { return x.calls.Load() >= next })
			if isDone(done) {
				return round, nil
			}
			refused := x.refusedSoFar()
			if err := begin(ctx); err != nil {
				return round, fmt.Errorf("begin: %w", err)
			}
			limit := time.After(atMost)
			until(ctx, done, func() bool {
				select {
				case <-limit:
					return true
				default:
					return x.refusedSoFar() >= refused+10
				}
			})
			if err := end(ctx); err != nil {
				return round, fmt.Errorf("end: %w", err)
			}
		}
		return x.rounds, nil
	}
}

func isDone(done <-chan struct{}) bool {
	select {
	case <-done:
		return true
	default:
		return false
	}
}

func (l *ledger) refusedSoFar() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.refused
}

// clock is the clock of the services. A minute passes in a second, so that what waits for minutes
// comes to its end.
type clock struct {
	began time.Time

	mu    sync.Mutex
	ahead time.Duration                 // how much time was left out
	wrong func(now time.Time) time.Time // what it shows; nil if it is right
}

func newClock() *clock { return &clock{began: time.Now()} } //nolint:forbidigo // the one clock of this program

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := start().Add(60*time.Since(c.began) + c.ahead) //nolint:forbidigo // the one clock of this program
	if c.wrong != nil {
		return c.wrong(now)
	}
	return now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}

// result is what came out of a fault.
type result struct {
	times    int // how often it struck
	acked    int // calls that were acknowledged
	refused  int // tries that failed
	refusals map[string]int
	partial  int // calls that were never acknowledged and are on file all the same, whole
	again    int // entries that are there once more, of calls that have no key
	lost     int
	doubled  int
	tries    int // that the slowest call took after the fault was over
	note     string
	wrong    []string // what is wrong, for people
}

var _ listener = (*ledger)(nil)
