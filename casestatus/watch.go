package casestatus

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/internal/retry"
	"github.com/seed28e20331/cris/tracking"
)

// Watch raises for attention what no scan tells of (TR-7): a piece that went quiet, and
// what a change of the case brings to light. What a scan tells of is raised by the
// [DeliverySync] that receives it. Each alert is raised once, whoever of the two notices it
// first, as an [EventMailAlert] and in the list of Alerts.
//
// It is safe for concurrent use if its ports are.
type Watch struct {
	cases      Cases
	deliveries Deliveries
	now        func() (time.Time, error)
	newID      func() string
	policy     Policy
}

// NewWatch returns a watch over the cases and over what was received for them. Nil options
// mean defaults.
func NewWatch(cases Cases, deliveries Deliveries, opts *Options) *Watch {
	if opts == nil {
		opts = &Options{}
	}
	return &Watch{
		cases: cases, deliveries: deliveries,
		now: ambient.Time(opts.Now), newID: ambient.IDs(opts.NewID), policy: opts.policy(),
	}
}

// Pass looks at the pieces whose silence is to be raised by today, in the policy's zone, and
// returns how many alerts it raised. Run it once a day; running it again raises nothing
// twice, and one that did not run is made up for by the next.
//
// The error matches ErrConflict if the store gave up, cris.ErrClock if the clock is not set,
// and otherwise is that of a port. What was raised until then stays raised.
func (w *Watch) Pass(ctx context.Context) (raised int, err error) {
	now, err := w.now()
	if err != nil {
		return 0, fmt.Errorf("casestatus: watch: %w", err)
	}
	var due []tracking.Number
	look := func() error {
		n, err := w.look(ctx, now, due)
		raised += n
		due = nil
		return err
	}
	for piece, err := range w.deliveries.Due(ctx, cris.DateOf(now, w.policy.Zone), cris.Page[DuePiece]{}) {
		if err != nil {
			return raised, fmt.Errorf("casestatus: read what is due: %w", err)
		}
		if due = append(due, piece.Number); len(due) < w.policy.PiecesAtOnce {
			continue
		}
		if err := look(); err != nil {
			return raised, err
		}
	}
	return raised, look()
}

// HandledTypes implements cris.EventHandler: a Watch handles EventCaseChanged.
func (w *Watch) HandledTypes() []string { return []string{EventCaseChanged} }

// Handle implements cris.EventHandler. When the mailings or the address of a case change, it
// looks at the pieces that were mailed for it: a document without any scan is watched from
// then on, a delivery at what was not the address of its day is raised, and so is a piece
// that is under way to an address which has been replaced. It does nothing about any other
// event. Its errors are those of Pass, and one for an event that cannot be read.
func (w *Watch) Handle(ctx context.Context, event cris.Event) error {
	if !slices.Contains(w.HandledTypes(), event.Type) {
		return nil
	}
	changed, err := ReadCaseChanged(event)
	if err != nil {
		return err
	}
	if !slices.Contains(changed.Changed, AspectMailings) && !slices.Contains(changed.Changed, AspectAddress) {
		return nil
	}
	now, err := w.now()
	if err != nil {
		return fmt.Errorf("casestatus: watch: %w", err)
	}
	onFile, err := w.cases.StaffCase(ctx, changed.Receipt)
	if errors.Is(err, ErrNotFound) {
		return nil // gone since
	}
	if err != nil {
		return fmt.Errorf("casestatus: read case: %w", err)
	}
	var numbers []tracking.Number
	for _, mailing := range onFile.Mailings {
		if !mailing.Number.IsZero() && !slices.Contains(numbers, mailing.Number) {
			numbers = append(numbers, mailing.Number)
		}
	}
	_, err = w.look(ctx, now, numbers)
	return err
}

// look decides anew about the pieces with these numbers and saves what is to be raised.
func (w *Watch) look(ctx context.Context, now time.Time, numbers []tracking.Number) (raised int, err error) {
	if len(numbers) == 0 {
		return 0, nil
	}
	mailings, err := w.cases.Mailed(ctx, numbers...)
	if err != nil {
		return 0, fmt.Errorf("casestatus: read mailings: %w", err)
	}
	look := newLook(now, w.newID, w.policy, mailings)
	err = retry.OnConflict(ctx, func() error {
		return w.deliveries.Update(ctx, numbers, func(prior Filed) (DeliveryChange, error) {
			look.begin()
			for _, piece := range prior.Pieces {
				look.at(piece, nil)
			}
			return look.change(prior.Cursor), nil
		})
	})
	if err != nil {
		return 0, fmt.Errorf("casestatus: raise alerts: %w", err)
	}
	return look.raised, nil
}

// CaseAlert is an alert with the case that it is about.
type CaseAlert struct {
	MailAlert
	Case Case // as it is on file now, withheld or not; zero if it no longer is
}

// Alerts yields alerts, each with its case, in the order of the bytes of their IDs. The
// default IDs are in the order of raising. It is for staff: it shows withheld cases. A range
// begins anew each time, ends with the first error, which is that of a port, and holds
// nothing while it yields.
func (w *Watch) Alerts(ctx context.Context, query AlertQuery) iter.Seq2[CaseAlert, error] {
	return func(yield func(CaseAlert, error) bool) {
		for alert, err := range w.deliveries.Alerts(ctx, query) {
			if err != nil {
				yield(CaseAlert{}, fmt.Errorf("casestatus: read alerts: %w", err))
				return
			}
			onFile, err := w.cases.StaffCase(ctx, alert.Receipt)
			if err != nil && !errors.Is(err, ErrNotFound) {
				yield(CaseAlert{}, fmt.Errorf("casestatus: read case: %w", err))
				return
			}
			if !yield(CaseAlert{alert, onFile}, nil) {
				return
			}
		}
	}
}
