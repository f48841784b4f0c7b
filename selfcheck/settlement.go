package selfcheck

import (
	"context"
	"fmt"
)

// SettleOpened settles a query that Store.OpenCases lists without a case number, after staff
// found its case at E-Verify: it closes the case there and puts number and closing on
// record, without a result. It may be repeated until it succeeds. Who counts as staff is for
// the caller to check.
//
// The error matches ErrNotFound if no query is on record, and ErrConflict if another case
// is or if the store gave up. A number that is not one line of at most 40 bytes is a
// *cris.ParseError. If E-Verify does not know the number, its error comes back and nothing
// is put on record. The error matches cris.ErrClock if the clock is not set; it is another
// if the store failed.
func (s *Service) SettleOpened(ctx context.Context, transaction TransactionID, number CaseNumber) error {
	now, err := s.start("settle")
	if err != nil {
		return err
	}
	if !number.isValid() {
		return fmt.Errorf("selfcheck: settle: %w", errCaseNumber)
	}
	record, err := s.record(ctx, transaction)
	if err == nil && record.Query.Submitted.IsZero() {
		err = ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("selfcheck: settle: %w", err)
	}
	query := record.Query
	switch {
	case query.Case == "":
		// First at E-Verify, which knows whether there is such a case.
		if err := s.everify.Close(ctx, number, DecideClosure(query)); err != nil {
			return fmt.Errorf("selfcheck: close case: %w", err)
		}
		if query, err = s.enterCase(ctx, transaction, query, number, "", now); err != nil {
			return fmt.Errorf("selfcheck: settle: %w", err)
		}
	case query.Case != number:
		return fmt.Errorf("selfcheck: settle: another case is on record: %w", ErrConflict)
	}
	if !query.IsOpen() {
		return nil
	}
	_, err = s.closeCase(ctx, transaction, query, now)
	return err
}

// errCaseOnRecord: there is a case, whatever staff found.
var errCaseOnRecord = fmt.Errorf("a case is on record: %w", ErrConflict)

// SettleNotOpened settles a query that Store.OpenCases lists without a case number, after
// staff found that E-Verify opened no case for it: the query is taken off the record, and
// the individual may make it again. It must not be called while the query may still be
// under way; if it is, the case that is opened after all is closed at once. It may be
// repeated. Who counts as staff is for the caller to check.
//
// The error matches ErrNotFound if nothing is on record, and ErrConflict if a case is or if
// the store gave up; it is another if the store failed.
func (s *Service) SettleNotOpened(ctx context.Context, transaction TransactionID) error {
	err := s.update(ctx, transaction, func(prior Record) (Change, error) {
		switch {
		case prior == Record{}:
			return Change{}, ErrNotFound
		case prior.Query.Case != "":
			return Change{}, errCaseOnRecord
		case prior.Query.Submitted.IsZero():
			return Change{}, nil
		}
		return Change{Query: &QueryRecord{}}, nil
	})
	if err != nil {
		return fmt.Errorf("selfcheck: settle: %w", err)
	}
	return nil
}
