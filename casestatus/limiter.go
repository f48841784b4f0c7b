package casestatus

import (
	"context"
	"crypto/sha256"
	"math"
	"sync"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
)

// Limiter is the port to whatever limits how often someone may look up receipt numbers
// (CS-9). The edge asks it before it calls a [Service]: only the edge knows who asks. A
// number is limited alike whether a case is on file, withheld or unknown, since the
// limiter is not told the number.
type Limiter interface {
	// Allow takes one look-up from what the client has left, or says when there is one
	// again. A client is whatever the edge tells apart, such as an address or a session; an
	// edge that must not hold it passes a keyed hash of it. An error means that the
	// limiter failed; whether to answer then is for the edge to decide.
	Allow(ctx context.Context, client string) (Allowance, error)
}

// Allowance is the decision on one look-up.
type Allowance struct {
	Allowed    bool
	RetryAfter time.Duration // after which one look-up is allowed again, if nothing else is asked; 0 if Allowed
	Reasons    []cris.Reason // none if Allowed
}

// LookUps says how often one client may look up receipt numbers.
type LookUps struct {
	Burst   int           // how many at once, after a while without any; at least 1
	Every   time.Duration // the time in which one more is allowed; more than 0
	Clients int           // how many clients are told apart at a time; at least 1
}

// TokenBuckets is the Limiter in the memory of one process: each client has a bucket that
// holds Burst look-ups and gains one every Every. It is safe for concurrent use.
//
// Its memory is bounded: it holds no more than twice LookUps.Clients, each in a few bytes,
// however long the name of a client is. A client is forgotten when its bucket has been full
// for a while, which makes no difference to anyone. When there are more clients than that at
// one time, the others share one bucket. Up to there each name has a bucket of its own, so a
// client should be something that costs something: an address or a network, not what the
// asker may choose.
//
// It goes by the latest instant that the clock has shown, so one that swings grants no time
// twice: while it catches up, nothing is gained. One that is set back by more than an hour is
// taken to have been wrong before, and no one waits until it is there again.
type TokenBuckets struct {
	now  func() time.Time
	most LookUps

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

// NewTokenBuckets returns a limiter by the LookUps of the policy. Nil options mean
// defaults.
func NewTokenBuckets(opts *Options) *TokenBuckets {
	if opts == nil {
		opts = &Options{}
	}
	most := opts.policy().LookUps
	most.Every, most.Clients = min(max(1, most.Every), math.MaxInt64/4), max(1, most.Clients)
	// So that the time in which a bucket fills can be counted.
	most.Burst = int(min(max(1, int64(most.Burst)), math.MaxInt64/4/int64(most.Every)))
	return &TokenBuckets{now: ambient.Clock(opts.Now), most: most, recent: map[clientKey]*bucket{}, others: &bucket{}}
}

// Allow implements Limiter: it takes a token from the bucket of the client, or says when to
// try again. Its error is that of the context.
func (t *TokenBuckets) Allow(ctx context.Context, client string) (Allowance, error) {
	if err := ctx.Err(); err != nil {
		return Allowance{}, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	// Time that has been granted is not granted again.
	if now.After(t.latest) || t.latest.Sub(now) > swing {
		t.latest = now
	}
	t.turn(t.latest)
	return t.take(t.bucketOf(sha256.Sum256([]byte(client))), t.latest), nil
}

// turn forgets the clients that did not ask for as long as an empty bucket takes to
// fill: theirs are full.
func (t *TokenBuckets) turn(now time.Time) {
	if now.Before(t.since) {
		t.since = now
	}
	if now.Sub(t.since) >= t.full() {
		t.earlier, t.recent, t.since = t.recent, map[clientKey]*bucket{}, now
	}
}

func (t *TokenBuckets) full() time.Duration { return time.Duration(t.most.Burst) * t.most.Every }

func (t *TokenBuckets) bucketOf(client clientKey) *bucket {
	if b := t.recent[client]; b != nil {
		return b
	}
	if len(t.recent) >= t.most.Clients {
		return t.others
	}
	b := t.earlier[client]
	if b == nil {
		b = &bucket{}
	}
	t.recent[client] = b
	return b
}

// take takes one look-up if there is one.
func (t *TokenBuckets) take(b *bucket, now time.Time) Allowance {
	b.debt = max(0, b.debt-max(0, now.Sub(b.at)))
	b.at = now
	if left := t.full() - b.debt; left < t.most.Every {
		return Allowance{RetryAfter: t.most.Every - left, Reasons: []cris.Reason{
			{Rule: "CS-9", Text: "receipt numbers are looked up too often"},
		}}
	}
	b.debt += t.most.Every
	return Allowance{Allowed: true}
}
