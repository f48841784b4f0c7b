package lookuplimit

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math"
	"sync"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
)

// Allowance is the decision on one lookup.
type Allowance struct {
	Allowed    bool
	RetryAfter time.Duration // after which one lookup is allowed again, if nothing else is asked; 0 if Allowed
	Reasons    []cris.Reason // none if Allowed
}

// Limits say how often one client may look up receipt numbers. A field of zero or less means
// its default.
type Limits struct {
	Burst   int           // how many at once, after a while without any
	Every   time.Duration // the time in which one more is allowed
	Clients int           // how many clients are told apart at a time
}

// DefaultLimits allow 20 lookups at once and one more every three seconds, to each of 100,000
// clients.
func DefaultLimits() Limits {
	return Limits{Burst: 20, Every: 3 * time.Second, Clients: 100_000}
}

func (l Limits) withDefaults() Limits {
	standard := DefaultLimits()
	if l.Burst <= 0 {
		l.Burst = standard.Burst
	}
	if l.Every <= 0 {
		l.Every = standard.Every
	}
	if l.Clients <= 0 {
		l.Clients = standard.Clients
	}
	return l
}

// Options are what a Limiter takes from its surroundings. The zero value of each field means
// its default.
type Options struct {
	Now    func() time.Time // the wall clock
	Limits Limits
}

// Limiter limits lookups in the memory of one process: each client has a bucket that holds
// Burst lookups and gains one every Every. It is safe for concurrent use.
//
// Its memory is bounded: it holds no more than twice Limits.Clients, each in a few bytes,
// however long the name of a client is. A client is forgotten when its bucket has been full
// for a while, which makes no difference to anyone. When there are more clients than that at
// one time, the others share one bucket. Up to there each name has a bucket of its own, so a
// client should be something that costs something: an address or a network, not what the
// asker may choose.
//
// It goes by the latest instant that the clock has shown, so one that swings grants no time
// twice: while it catches up, nothing is gained. One that is set back by more than an hour is
// taken to have been wrong before, and no one waits until it is there again.
type Limiter struct {
	now  func() (time.Time, error)
	most Limits

	mu              sync.Mutex
	latest          time.Time             // that the clock has shown
	recent, earlier map[clientKey]*bucket // asked in this span of time, and in the one before
	since           time.Time             // when this span began
	others          *bucket
}

// swing is how far a clock may go back that is set right again and again.
const swing = time.Hour

// clientKey is a digest of the name of a client: a name may be as long as a header.
type clientKey [sha256.Size]byte

// bucket is what one client has left.
type bucket struct {
	debt time.Duration // the time in which it will be full
	at   time.Time
}

// New returns a limiter. Nil options mean defaults.
func New(opts *Options) *Limiter {
	if opts == nil {
		opts = &Options{}
	}
	most := opts.Limits.withDefaults()
	most.Every = min(most.Every, math.MaxInt64/4)
	// So that the time in which a bucket fills can be counted.
	most.Burst = int(min(int64(most.Burst), math.MaxInt64/4/int64(most.Every)))
	return &Limiter{now: ambient.Time(opts.Now), most: most, recent: map[clientKey]*bucket{}, others: &bucket{}}
}

// Allow takes one lookup from what the client has left, or says when there is one again. A
// client is whatever the edge tells apart, such as an address or a session; only a digest of
// it is held. A receipt number is limited alike whether a case is on file, withheld or
// unknown, since the limiter is not told the number.
//
// The error is that of the context, or matches cris.ErrClock if the clock is not set; nothing
// is taken then. Whether to answer is for the edge to decide.
func (l *Limiter) Allow(ctx context.Context, client string) (Allowance, error) {
	if err := ctx.Err(); err != nil {
		return Allowance{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now, err := l.now()
	if err != nil {
		return Allowance{}, fmt.Errorf("lookuplimit: %w", err)
	}
	// Time that has been granted is not granted again.
	if now.After(l.latest) || l.latest.Sub(now) > swing {
		l.latest = now
	}
	l.turn(l.latest)
	return l.take(l.bucketOf(sha256.Sum256([]byte(client))), l.latest), nil
}

// turn forgets the clients that did not ask for as long as an empty bucket takes to
// fill: theirs are full.
func (l *Limiter) turn(now time.Time) {
	if now.Before(l.since) {
		l.since = now
	}
	if now.Sub(l.since) >= l.full() {
		l.earlier, l.recent, l.since = l.recent, map[clientKey]*bucket{}, now
	}
}

func (l *Limiter) full() time.Duration { return time.Duration(l.most.Burst) * l.most.Every }

func (l *Limiter) bucketOf(client clientKey) *bucket {
	if b := l.recent[client]; b != nil {
		return b
	}
	if len(l.recent) >= l.most.Clients {
		return l.others
	}
	b := l.earlier[client]
	if b == nil {
		b = &bucket{}
	}
	l.recent[client] = b
	return b
}

// take takes one lookup if there is one.
func (l *Limiter) take(b *bucket, now time.Time) Allowance {
	b.debt = max(0, b.debt-max(0, now.Sub(b.at)))
	b.at = now
	if left := l.full() - b.debt; left < l.most.Every {
		return Allowance{RetryAfter: l.most.Every - left, Reasons: []cris.Reason{tooOften}}
	}
	b.debt += l.most.Every
	return Allowance{Allowed: true}
}
