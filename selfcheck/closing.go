package selfcheck

import (
	"context"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
)

// CloseCase closes the case of the transaction, because the session ended or a mismatch
// was dealt with. Without an open case it does nothing. It may be repeated.
//
// The error matches ErrNotFound if nothing is on record, and ErrCaseUnknown if a query was
// submitted and E-Verify's answer is not on record, which SettleOpened and SettleNotOpened
// settle. It matches cris.ErrClock if the clock is not set, and ErrConflict if the store gave
// up; it is another if E-Verify or the store failed.
func (s *Service) CloseCase(ctx context.Context, transaction TransactionID) error {
	now, err := s.start("close case")
	if err != nil {
		return err
	}
	record, err := s.record(ctx, transaction)
	if err != nil {
		return fmt.Errorf("selfcheck: close case: %w", err)
	}
	if !record.Query.IsOpen() {
		return nil
	}
	_, err = s.closeCase(ctx, transaction, record.Query, now)
	return err
}

// closeCase closes the case at E-Verify and then on record. If it stops in between,
// the case stays in OpenCases and closing it again does no harm.
func (s *Service) closeCase(ctx context.Context, transaction TransactionID, query QueryRecord, now time.Time) (QueryRecord, error) {
	if query.Case == "" {
		return QueryRecord{}, fmt.Errorf("selfcheck: close case: %w", ErrCaseUnknown)
	}
	reason := DecideClosure(query)
	if err := s.everify.Close(ctx, query.Case, reason); err != nil {
		return QueryRecord{}, fmt.Errorf("selfcheck: close case: %w", err)
	}
	var closed QueryRecord
	err := s.update(ctx, transaction, func(prior Record) (Change, error) {
		closed = prior.Query
		if !closed.IsOpen() {
			return Change{}, nil
		}
		closed.Closed, closed.Closure = now, reason
		event := CaseClosed{transaction.Subject(), closed.Case, reason}.Event(now)
		return Change{Query: &closed, Events: []cris.Event{event}}, nil
	})
	if err != nil {
		return QueryRecord{}, fmt.Errorf("selfcheck: record closing: %w", err)
	}
	return closed, nil
}
