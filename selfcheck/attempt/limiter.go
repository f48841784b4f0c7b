package attempt

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/internal/retry"
)

// Options are what a Limiter takes from its surroundings. The zero value of each field means
// its default.
type Options struct {
	Now    func() time.Time // the wall clock
	Random io.Reader        // of keys and of the numbers of tickets; nil is crypto/rand. It must be safe for concurrent use
	Policy Policy           // without a limit by default

	// HostKey returns a key for the day that is not in the database, at least 32 random bytes.
	// All processes must get the same for one day, for as long as the day counts; it may be the
	// same for all days. The key of a day is made of this one and of the one in the database, so
	// that whoever has only one of them can test nothing (SC-5). If it fails, no quiz may be
	// taken. Nil means that there is only the key in the database. If a HostKey is added or
	// changed while days count, what was counted on those days is lost.
	HostKey func(ctx context.Context, day cris.Date) ([]byte, error)
}

// Limiter limits attempts over a store. It is safe for concurrent use. Limiters in several
// processes share one limit if they share the store, the policy and the HostKey.
type Limiter struct {
	counters Counters
	now      func() (time.Time, error)
	random   io.Reader
	policy   Policy
	hostKey  func(ctx context.Context, day cris.Date) ([]byte, error)
}

// NewLimiter returns a limiter. Nil options mean defaults. If the policy has no limit, the store
// may be nil.
func NewLimiter(counters Counters, opts *Options) *Limiter {
	if opts == nil {
		opts = &Options{}
	}
	l := &Limiter{counters, ambient.Time(opts.Now), opts.Random, opts.Policy, opts.HostKey}
	if l.random == nil {
		l.random = rand.Reader
	}
	if l.hostKey == nil {
		l.hostKey = func(context.Context, cris.Date) ([]byte, error) { return nil, nil }
	}
	return l
}

// errNobody is the error of a person without a name or a date of birth.
var errNobody = errors.New("attempt: the name or the date of birth is missing")

// forgottenAtOnce is how many cells and tickets that no longer count a Take removes at most, so
// that nobody has to wait for that.
const forgottenAtOnce = 500

// Take counts an attempt of the person if one more is allowed, in one step with the decision, and
// returns its ticket. Call it before the provider is asked. If the decision is Locked, nothing is
// counted and the ticket is zero. The same is true of a policy without a limit, which allows
// everything.
//
// The error is that of the context, of the store, of HostKey or of Random, one for a missing name
// or date of birth, or matches cris.ErrClock. It repeats nothing about the person. If it comes
// from the store, the attempt may have been counted, as with a commit whose answer was lost.
func (l *Limiter) Take(ctx context.Context, name cris.PersonName, birth cris.Personal[cris.Date]) (Ticket, Decision, error) {
	if l.policy.IsOff() {
		return Ticket{}, Decide(nil, cris.Date{}, l.policy), ctx.Err()
	}
	person := PersonOf(name, birth)
	if person.IsZero() {
		return Ticket{}, Decision{}, errNobody
	}
	today, err := l.today()
	if err != nil {
		return Ticket{}, Decision{}, err
	}
	var ticket Ticket
	var decision Decision
	err = retry.OnConflict(ctx, func() (err error) {
		ticket, decision, err = l.take(ctx, person, today)
		return err
	})
	if err != nil {
		return Ticket{}, Decision{}, err
	}
	return ticket, decision, nil
}

func (l *Limiter) take(ctx context.Context, person Person, today cris.Date) (Ticket, Decision, error) {
	days, err := l.open(ctx, today)
	if err != nil {
		return Ticket{}, Decision{}, err
	}
	at := make([]Position, len(days))
	var parts TicketParts
	for i, day := range days {
		key, err := l.keyOn(ctx, day.Date)
		if err != nil {
			return Ticket{}, Decision{}, err
		}
		at[i] = person.On(day, key)
		if day.Date == today {
			parts.At = at[i]
		}
	}
	if parts.At == (Position{}) {
		return Ticket{}, Decision{}, errors.New("attempt: the store does not have today after it was opened")
	}
	if _, err := io.ReadFull(l.random, parts.Number[:]); err != nil {
		return Ticket{}, Decision{}, fmt.Errorf("attempt: number of a ticket: %w", err)
	}
	var decision Decision
	err = l.counters.Take(ctx, today, at, func(counts []Counts) (bool, error) {
		made := make([]DayCount, len(at))
		for i := range at {
			made[i] = DayCount{at[i].Day, counts[i].Attempts()}
		}
		decision = Decide(made, today, l.policy)
		return decision.Outcome == Allowed, nil
	})
	if err != nil || decision.Outcome != Allowed {
		return Ticket{}, decision, err
	}
	return NewTicket(parts), decision, nil
}

// open returns the days that count. The caller that begins a day forgets those that no longer do.
func (l *Limiter) open(ctx context.Context, today cris.Date) ([]Day, error) {
	day, err := NewDay(today, l.random, l.policy)
	if err != nil {
		return nil, err
	}
	since := l.policy.Since(today)
	days, opened, err := l.counters.Open(ctx, day, since)
	if err != nil || !opened {
		return days, err
	}
	_, err = l.counters.Forget(ctx, since, forgottenAtOnce)
	return days, err
}

// keyOn returns the key of the host program for the day.
func (l *Limiter) keyOn(ctx context.Context, day cris.Date) ([]byte, error) {
	key, err := l.hostKey(ctx, day)
	switch {
	case err != nil:
		return nil, fmt.Errorf("attempt: key of the host program: %w", err)
	case key != nil && len(key) < KeySize:
		return nil, fmt.Errorf("attempt: key of the host program: want at least %d bytes", KeySize)
	}
	return key, nil
}

// GiveBack takes back an attempt that turned out not to be a failed one: the provider was down or
// could find no questions, or the individual passed. It may be repeated, and takes effect once. A
// ticket that is not given back stays counted, so a lost one is an attempt. It does nothing for
// the zero Ticket and for one whose day no longer counts.
//
// Do not give back the ticket of a quiz that was left or failed, and do not let the individual
// who takes the quiz decide that. The error is that of the context or of the store.
func (l *Limiter) GiveBack(ctx context.Context, ticket Ticket) error {
	if ticket.IsZero() {
		return ctx.Err()
	}
	return retry.OnConflict(ctx, func() error { return l.counters.GiveBack(ctx, ticket) })
}

// Forget removes the days that no longer count, the keys first, and returns how many cells and
// tickets it removed with them. Take does it too when a day begins. Run it daily all the same,
// soon after midnight in the zone of the policy: a key should not live on because nobody came. It
// may run at any time, even several times at once. If the policy has no limit, it removes what an
// earlier policy left of the days before today. The error is that of the context or of the store,
// or matches cris.ErrClock; what was removed before the error stays removed.
func (l *Limiter) Forget(ctx context.Context) (removed int, err error) {
	today, err := l.today()
	if err != nil || l.counters == nil {
		return 0, err
	}
	since := today
	if !l.policy.IsOff() {
		since = l.policy.Since(today)
	}
	err = retry.OnConflict(ctx, func() error {
		n, err := l.counters.Forget(ctx, since, 0)
		removed += n
		return err
	})
	return removed, err
}

// today returns the day in the zone of the policy.
func (l *Limiter) today() (cris.Date, error) {
	now, err := l.now()
	if err != nil {
		return cris.Date{}, fmt.Errorf("attempt: %w", err)
	}
	return cris.DateOf(now, l.policy.withDefaults().Zone), nil
}
