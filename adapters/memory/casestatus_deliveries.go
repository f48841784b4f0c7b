package memory

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/tracking"
)

// Deliveries is the port to what was received of the mail side: a casestatus.Deliveries.
type Deliveries struct{ db *DB }

// Deliveries returns the port to what was received of the mail side.
func (db *DB) Deliveries() *Deliveries { return &Deliveries{db} }

// Cursor implements casestatus.Deliveries: it returns the cursor saved last, "" before the
// first. Its error is that of the context.
func (s *Deliveries) Cursor(ctx context.Context) (tracking.Cursor, error) {
	var at tracking.Cursor
	err := s.db.locked(ctx, func() error {
		at = s.db.caseStatus.received
		return nil
	})
	return at, err
}

// Scans implements casestatus.Scans: it returns the scans of a piece that were received,
// none for an unknown number. Its error is that of the context.
func (s *Deliveries) Scans(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
	var scans []tracking.Scan
	err := s.db.locked(ctx, func() error {
		scans = slices.Clone(s.db.caseStatus.pieces[number].Scans)
		return nil
	})
	return scans, err
}

// Update implements casestatus.Deliveries. It returns the error of decide as it is, one that
// matches casestatus.ErrConflict if the ID of an event or of an alert is taken, or that of
// the context.
func (s *Deliveries) Update(
	ctx context.Context, numbers []tracking.Number, decide func(prior casestatus.Filed) (casestatus.DeliveryChange, error),
) error {
	return s.db.locked(ctx, func() error {
		held := &s.db.caseStatus
		prior := casestatus.Filed{Cursor: held.received}
		for _, number := range numbers {
			piece := clonePiece(held.pieces[number])
			piece.Number = number
			prior.Pieces = append(prior.Pieces, piece)
		}
		change, err := decide(prior)
		if err != nil {
			return err
		}
		if err := mayHold(ctx, change); err != nil {
			return err
		}
		if err := held.checkAlerts(change.Pieces); err != nil {
			return err
		}
		if err := s.db.publish(change.Events); err != nil {
			return err
		}
		if held.pieces == nil {
			held.pieces = map[tracking.Number]casestatus.Piece{}
		}
		held.received = change.Cursor
		for _, piece := range change.Pieces {
			held.pieces[piece.Number] = clonePiece(piece)
		}
		return nil
	})
}

// checkAlerts refuses an alert whose ID another has.
func (c *caseStatus) checkAlerts(pieces []casestatus.Piece) error {
	if !slices.ContainsFunc(pieces, func(p casestatus.Piece) bool { return len(p.Alerts) > 0 }) {
		return nil // as most changes are: there is no need to look at every piece on file
	}
	owner := map[string]tracking.Number{}
	for number, piece := range c.pieces {
		for _, alert := range piece.Alerts {
			owner[alert.ID] = number
		}
	}
	given := map[string]bool{}
	for _, piece := range pieces {
		for _, alert := range piece.Alerts {
			if other, is := owner[alert.ID]; given[alert.ID] || is && other != piece.Number {
				return fmt.Errorf("memory: identifier of an alert taken: %w", casestatus.ErrConflict)
			}
			given[alert.ID] = true
		}
	}
	return nil
}

func clonePiece(p casestatus.Piece) casestatus.Piece {
	p.Scans, p.Alerts = slices.Clone(p.Scans), slices.Clone(p.Alerts)
	return p
}

// Due implements casestatus.Deliveries: it yields the pieces that are to be looked at by the
// day, as they were when the range began. Its error is that of the context.
func (s *Deliveries) Due(ctx context.Context, by cris.Date, page cris.Page[casestatus.DuePiece]) iter.Seq2[casestatus.DuePiece, error] {
	return list(ctx, s.db, page, casestatus.DuePiece.Compare, func(add func(casestatus.DuePiece)) {
		for number, piece := range s.db.caseStatus.pieces {
			due := casestatus.DuePiece{On: piece.LookAgain, Number: number}
			if !due.On.IsZero() && !due.On.After(by) && due.Compare(page.After) > 0 {
				add(due)
			}
		}
	})
}

// Alerts implements casestatus.Deliveries: it yields alerts by ID, as they were when the
// range began. Its error is that of the context, or one for a page after text that no store
// can hold.
func (s *Deliveries) Alerts(ctx context.Context, query casestatus.AlertQuery) iter.Seq2[casestatus.MailAlert, error] {
	byID := func(a, b casestatus.MailAlert) int { return strings.Compare(a.ID, b.ID) }
	return list(ctx, s.db, query.Page, byID, func(add func(casestatus.MailAlert)) {
		for _, piece := range s.db.caseStatus.pieces {
			for _, alert := range piece.Alerts {
				if (query.Receipt.IsZero() || query.Receipt == alert.Receipt) && alert.ID > query.After {
					add(alert)
				}
			}
		}
	})
}
