package casestatus

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/tracking"
)

// Mail is the port to the mail side: what the case side reads of a tracking.Store that
// tells what is new. There is nothing in it to write with (CS-4).
type Mail interface {
	Scans
	tracking.Updates
}

// Deliveries is the port to what the case side has received of the mail side, and how
// far. It is a Scans: the status page reads what was received, whether or not the mail
// side can be reached.
type Deliveries interface {
	Scans
	// Cursor returns the cursor saved last, "" before the first.
	Cursor(ctx context.Context) (tracking.Cursor, error)
	// Update calls decide with the cursor saved last and saves the change it returns, whole
	// or not at all: the cursor together with what it covers. Updates behave as if run one
	// after another. If decide fails its error comes back and nothing is saved; it may be
	// called more than once and does no I/O. A store that gives up returns an error that
	// matches ErrConflict.
	Update(ctx context.Context, decide func(at tracking.Cursor) (DeliveryChange, error)) error
}

// DeliveryChange is what one Update of Deliveries saves.
type DeliveryChange struct {
	Cursor tracking.Cursor // how far the mail side was read; opaque, and saved as it is
	Pieces []Piece         // what is new up to there, each piece once
	Events []cris.Event    // saved with it
}

// Piece is a piece of mail with all of its scans, which take the place of those that
// were there.
type Piece struct {
	Number tracking.Number
	Scans  []tracking.Scan
}

// DeliverySync asks the mail side for what was updated since it last asked, and files it
// (CS-5). It goes by the cursor of the mail side and by no clock. Several may run at once,
// in one process or in many: one saves, the others notice and go on from there.
type DeliverySync struct {
	mail       Mail
	deliveries Deliveries
	now        func() (time.Time, error)
	newID      func() string
	policy     Policy
}

// NewDeliverySync returns a sync from the mail side into the case side's own store. Nil
// options mean defaults.
func NewDeliverySync(mail Mail, deliveries Deliveries, opts *Options) *DeliverySync {
	if opts == nil {
		opts = &Options{}
	}
	return &DeliverySync{mail: mail, deliveries: deliveries, now: ambient.Time(opts.Now), newID: ambient.IDs(opts.NewID), policy: opts.policy()}
}

// Received counts what one Sync has filed itself, not what others filed meanwhile.
type Received struct {
	Pieces  int // pieces with new scans
	Changed int // pieces among them whose latest delivery status changed
}

// Sync files everything that the mail side has and the case side has not, a number of
// pieces at a time (Policy.PiecesAtOnce), until nothing is new. If it fails or the process
// dies, what was filed until then stays filed, and the next Sync goes on behind it.
//
// Each change of a latest delivery status publishes one EventDeliveryChanged, saved with
// the cursor that covers it.
func (s *DeliverySync) Sync(ctx context.Context) (Received, error) {
	now, err := s.now()
	if err != nil {
		return Received{}, fmt.Errorf("casestatus: sync: %w", err)
	}
	var received Received
	for {
		news, err := s.read(ctx, now)
		if err != nil {
			return received, err
		}
		if len(news.Pieces) == 0 {
			return received, nil
		}
		err = retry.OnConflict(ctx, func() error { return s.deliveries.Update(ctx, news.decide) })
		if errors.Is(err, errOvertaken) {
			continue
		}
		if err != nil {
			return received, fmt.Errorf("casestatus: file deliveries: %w", err)
		}
		received.Pieces += len(news.Pieces)
		received.Changed += len(news.Events)
	}
}

// news is what was read behind a cursor.
type news struct {
	after tracking.Cursor
	DeliveryChange
}

var (
	errOvertaken = errors.New("casestatus: another sync has filed this")
	errStuck     = errors.New("casestatus: the mail side names pieces and its cursor stays")
)

// decide saves what was read if the case side is still where it was read from.
func (n news) decide(at tracking.Cursor) (DeliveryChange, error) {
	// CS-5: whatever was filed in between covers the same pieces, or some of them.
	if at != n.after {
		return DeliveryChange{}, errOvertaken
	}
	return n.DeliveryChange, nil
}

// read asks the mail side for what comes next.
func (s *DeliverySync) read(ctx context.Context, now time.Time) (news, error) {
	after, err := s.deliveries.Cursor(ctx)
	if err != nil {
		return news{}, fmt.Errorf("casestatus: read cursor: %w", err)
	}
	numbers, next, err := s.mail.UpdatedSince(ctx, after, max(1, s.policy.PiecesAtOnce))
	if err != nil {
		return news{}, fmt.Errorf("casestatus: ask for updates: %w", err)
	}
	if len(numbers) > 0 && next == after {
		return news{}, errStuck
	}
	read := news{after: after, DeliveryChange: DeliveryChange{Cursor: next}}
	for _, number := range numbers {
		// A scan that arrives from here on moves its piece behind next: it is read now, and
		// read again by the Sync that follows.
		scans, err := s.mail.Scans(ctx, number)
		if err != nil {
			return news{}, fmt.Errorf("casestatus: read scans: %w", err)
		}
		filed, err := s.deliveries.Scans(ctx, number)
		if err != nil {
			return news{}, fmt.Errorf("casestatus: read filed scans: %w", err)
		}
		read.Pieces = append(read.Pieces, Piece{number, slices.Clone(scans)})
		from := tracking.DecideDelivery(filed, cris.Date{}, s.policy.Tracking).Class
		to := tracking.DecideDelivery(scans, cris.Date{}, s.policy.Tracking).Class
		if from != to {
			read.Events = append(read.Events, DeliveryChanged{Number: number, From: from, To: to}.Event(s.newID(), now))
		}
	}
	return read, nil
}
