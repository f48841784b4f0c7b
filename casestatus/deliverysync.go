package casestatus

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/tracking"
)

// DeliverySync asks the mail side for what was updated since it last asked, and files it
// (CS-5). It goes by the cursor of the mail side and by no clock. Several may run at once,
// in one process or in many: one saves, the others notice and go on from there.
type DeliverySync struct {
	mail       Mail
	mailings   Mailings
	deliveries Deliveries
	now        func() (time.Time, error)
	newID      func() string
	policy     Policy
}

// NewDeliverySync returns a sync from the mail side into the case side's own store.
// Mailings, which [Cases] has, tell it what was mailed under a number. Nil options mean
// defaults.
func NewDeliverySync(mail Mail, mailings Mailings, deliveries Deliveries, opts *Options) *DeliverySync {
	if opts == nil {
		opts = &Options{}
	}
	return &DeliverySync{
		mail: mail, mailings: mailings, deliveries: deliveries,
		now: ambient.Time(opts.Now), newID: ambient.IDs(opts.NewID), policy: opts.policy(),
	}
}

// Received counts what one Sync has filed itself, not what others filed meanwhile.
type Received struct {
	Pieces  int // pieces with new scans
	Changed int // pieces among them whose latest delivery status changed
	Alerts  int // alerts that were raised
	// Anew reports that the mail side was restored from a backup, or replaced by another, so
	// that everything it has was read again.
	Anew bool
}

// Sync files everything that the mail side has and the case side has not, a number of
// pieces at a time (Policy.PiecesAtOnce), until nothing is new. If it fails or the process
// dies, what was filed until then stays filed, and the next Sync continues from there.
//
// Each change of a latest delivery status publishes one [EventDeliveryChanged], and each
// alert (TR-7) one [EventMailAlert], saved with the cursor that covers them.
//
// If the mail side no longer knows the cursor, Sync begins anew from its first change: what
// a restored mail side has now is received, and what was received before the restore stays.
//
// The error matches ErrConflict if the store gave up, cris.ErrClock if the clock is not set,
// and otherwise is that of a port.
func (s *DeliverySync) Sync(ctx context.Context) (Received, error) {
	now, err := s.now()
	if err != nil {
		return Received{}, fmt.Errorf("casestatus: sync: %w", err)
	}
	var received Received
	for {
		news, err := s.read(ctx)
		if err != nil {
			return received, err
		}
		received.Anew = received.Anew || news.anew
		if len(news.scans) == 0 {
			return received, nil
		}
		look := newLook(now, s.newID, s.policy, news.mailings)
		err = retry.OnConflict(ctx, func() error {
			return s.deliveries.Update(ctx, news.numbers, func(prior Filed) (DeliveryChange, error) { return news.decide(prior, look) })
		})
		if errors.Is(err, errOvertaken) {
			continue
		}
		if err != nil {
			return received, fmt.Errorf("casestatus: file deliveries: %w", err)
		}
		received.Pieces += len(news.scans)
		received.Changed += look.changed
		received.Alerts += look.raised
	}
}

// news is what was read behind a cursor.
type news struct {
	after, next tracking.Cursor
	anew        bool // the mail side does not know the cursor: read from its beginning
	numbers     []tracking.Number
	scans       [][]tracking.Scan // of each number
	mailings    []CaseMailing
}

var (
	errOvertaken = errors.New("casestatus: another sync has filed this")
	errStuck     = errors.New("casestatus: the mail side names pieces and its cursor stays")
)

// decide files what was read if the case side is still where it was read from.
func (n news) decide(prior Filed, look *look) (DeliveryChange, error) {
	// CS-5: whatever was filed in between covers the same pieces, or some of them.
	if prior.Cursor != n.after {
		return DeliveryChange{}, errOvertaken
	}
	look.begin()
	for i, piece := range prior.Pieces {
		look.at(piece, n.scans[i])
	}
	return look.change(n.next), nil
}

// read asks the mail side for what comes next.
func (s *DeliverySync) read(ctx context.Context) (news, error) {
	after, err := s.deliveries.Cursor(ctx)
	if err != nil {
		return news{}, fmt.Errorf("casestatus: read cursor: %w", err)
	}
	read := news{after: after}
	read.numbers, read.next, err = s.mail.UpdatedSince(ctx, after, s.policy.PiecesAtOnce)
	if errors.Is(err, tracking.ErrCursor) && after != "" {
		read.anew = true
		read.numbers, read.next, err = s.mail.UpdatedSince(ctx, "", s.policy.PiecesAtOnce)
	}
	if err != nil {
		return news{}, fmt.Errorf("casestatus: ask for updates: %w", err)
	}
	if len(read.numbers) == 0 {
		return read, nil
	}
	if read.next == after {
		return news{}, errStuck
	}
	for _, number := range read.numbers {
		// A scan that arrives from here on moves its piece behind next: it is read now, and
		// read again by the Sync that follows.
		scans, err := s.mail.Scans(ctx, number)
		if err != nil {
			return news{}, fmt.Errorf("casestatus: read scans: %w", err)
		}
		read.scans = append(read.scans, slices.Clone(scans))
	}
	if read.mailings, err = s.mailings.Mailed(ctx, read.numbers...); err != nil {
		return news{}, fmt.Errorf("casestatus: read mailings: %w", err)
	}
	return read, nil
}
