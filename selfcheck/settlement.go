package selfcheck

import (
	"context"
	"fmt"

	"github.com/seed28e20331/cris"
)

// Found settles a query that OpenCases lists without a number, after staff found its
// case at E-Verify: it closes the case there and puts number and closing on record,
// without a result. It may be repeated until it succeeds.
//
// An error that matches ErrNotFound says that no query is on record, one that matches
// ErrConflict that another case is. If E-Verify does not know the number, its error
// comes back and nothing is put on record. A number that is empty or not valid text
// is a *cris.ParseError.
func (s *Service) Found(ctx context.Context, transaction TransactionID, number CaseNumber) error {
	now := s.now()
	if number == "" || !isStorable(string(number)) {
		return &cris.ParseError{What: "E-Verify case number", At: -1, Problem: "empty, or not valid text"}
	}
	record, err := s.record(ctx, transaction)
	if err != nil {
		return err
	}
	query := record.Query
	switch {
	case query.Submitted.IsZero():
		return ErrNotFound
	case query.Case == "":
		// First at E-Verify, which knows whether there is such a case.
		if err := s.everify.Close(ctx, number, DecideClosure(query)); err != nil {
			return fmt.Errorf("selfcheck: close case: %w", err)
		}
		if query, err = s.enterCase(ctx, transaction, query, number, "", now); err != nil {
			return err
		}
	case query.Case != number:
		return fmt.Errorf("selfcheck: another case is on record: %w", ErrConflict)
	}
	if !query.IsOpen() {
		return nil
	}
	_, err = s.closeCase(ctx, transaction, query, now)
	return err
}

// NotOpened settles a query that OpenCases lists without a number, after staff found
// that E-Verify opened no case for it: the query is taken off the record, and the
// individual may make it again. It must not be called while the query may still be
// under way; if it is, the case that is opened after all is closed at once. It may be
// repeated.
//
// An error that matches ErrNotFound says that nothing is on record, one that matches
// ErrConflict that a case is.
func (s *Service) NotOpened(ctx context.Context, transaction TransactionID) error {
	return s.update(ctx, transaction, func(prior Record) (Change, error) {
		switch {
		case prior == Record{}:
			return Change{}, ErrNotFound
		case prior.Query.Case != "":
			return Change{}, fmt.Errorf("selfcheck: a case is on record: %w", ErrConflict)
		case prior.Query.Submitted.IsZero():
			return Change{}, nil
		}
		return Change{Query: &QueryRecord{}}, nil
	})
}
