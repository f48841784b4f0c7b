package casestatus

import (
	"context"
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
// Its memory is bounded: it holds no more than twice LookUps.Clients. A client is forgotten
// when its bucket has been full for a while, which makes no difference to anyone. When there
// are more clients than that at one time, the others share one bucket, so that asking under
// many names gains nothing.
type TokenBuckets struct {
	now  func() time.Time
	most LookUps

	mu              sync.Mutex
	recent, earlier map[string]*bucket // asked in this span of time, and in the one before
	since           time.Time          // when this span began
	others          *bucket
}

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
	policy := DefaultPolicy()
	if opts.Policy != nil {
		policy = *opts.Policy
	}
	most := policy.LookUps
	most.Burst, most.Every, most.Clients = max(1, most.Burst), max(1, most.Every), max(1, most.Clients)
	return &TokenBuckets{now: ambient.Clock(opts.Now), most: most, recent: map[string]*bucket{}, others: &bucket{}}
}

// Allow implements Limiter.
func (t *TokenBuckets) Allow(ctx context.Context, client string) (Allowance, error) {
	if err := ctx.Err(); err != nil {
		return Allowance{}, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	t.turn(now)
	return t.take(t.bucketOf(client), now), nil
}

// turn forgets the clients that did not ask for as long as an empty bucket takes to
// fill: theirs are full.
func (t *TokenBuckets) turn(now time.Time) {
	span := t.full()
	switch passed := now.Sub(t.since); {
	case passed < 0: // the clock was set back
		t.since = now
	case passed >= span:
		t.earlier, t.recent, t.since = t.recent, map[string]*bucket{}, now
	}
}

func (t *TokenBuckets) full() time.Duration { return time.Duration(t.most.Burst) * t.most.Every }

func (t *TokenBuckets) bucketOf(client string) *bucket {
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
	// A clock that was set back neither fills a bucket nor keeps it from filling.
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
