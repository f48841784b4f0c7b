package selfcheck

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
)

// errSettled: somebody or something was faster.
var errSettled = fmt.Errorf("the query is settled or its case is known: %w", ErrConflict)

// errAtWork: a case may be opened at this moment.
var errAtWork = fmt.Errorf("E-Verify may be opening the case: %w", ErrConflict)

// SettleFound puts on record which case E-Verify opened for a query, where E-Verify cannot be
// asked for it: Store.Unfinished lists it without a case number. Nothing else follows at once:
// the next sweep goes on with the case, and until then Unsettle undoes it. E-Verify is asked
// about the case first: one that was opened for another transaction is refused, and so is one
// that is on record of another.
//
// The error matches ErrDenied if by does not have DutySettle, ErrNotFound if no query is on
// record or E-Verify does not know the number, ErrTaken if the case is another transaction's,
// and ErrConflict if the query has a case already or the store gave up. A number that is none
// is a *cris.ParseError. It matches cris.ErrClock if the clock is not set; it is another if
// E-Verify or the store failed.
func (s *Service) SettleFound(ctx context.Context, by Official, transaction TransactionID, number CaseNumber) error {
	if !by.May(DutySettle) {
		return ErrDenied
	}
	if !number.isValid() {
		return fmt.Errorf("selfcheck: settle: %w", errCaseNumber)
	}
	asking, cancel := context.WithTimeout(ctx, patience)
	state, err := s.everify.State(asking, number)
	cancel()
	switch {
	case err != nil:
		return fmt.Errorf("selfcheck: settle: %w", err)
	case state.Transaction != "" && state.Transaction != transaction:
		return fmt.Errorf("selfcheck: settle: %w", ErrTaken)
	}
	return s.settle(ctx, transaction, func(query QueryRecord, now time.Time) (QueryRecord, QuerySettled, error) {
		if query.Case == number {
			return query, QuerySettled{}, nil
		}
		if query.Case != "" || !query.IsOpen() {
			return QueryRecord{}, QuerySettled{}, errSettled
		}
		query.Case, query.SettledBy = number, by.ID
		return query, QuerySettled{string(transaction), by.ID, number, false}, nil
	})
}

// SettleNotOpened puts on record that E-Verify has no case for a query: it opened none, where it
// cannot be asked for it, or it does not know the case that is on record, so that nothing can
// close it. The query stays on record as closed (ClosedNotOpened), and the individual begins
// with a new proofing. If a case was opened after all, by an answer that was on its way, the
// query takes it up again. Unsettle undoes it while the query has no case on record. The errors
// are those of SettleFound, but for those about the number; the error matches ErrConflict if
// E-Verify knows the case.
//
// It matches ErrConflict, too, while a process may be speaking with E-Verify about the query,
// for a minute at most: it may be having the case opened, and if its answer were lost, nothing
// would lead to the case.
func (s *Service) SettleNotOpened(ctx context.Context, by Official, transaction TransactionID) error {
	if !by.May(DutySettle) {
		return ErrDenied
	}
	unknown, err := s.unknownCase(ctx, transaction)
	if err != nil {
		return fmt.Errorf("selfcheck: settle: %w", err)
	}
	return s.settle(ctx, transaction, func(query QueryRecord, now time.Time) (QueryRecord, QuerySettled, error) {
		if query.Closure == ClosedNotOpened {
			return query, QuerySettled{}, nil
		}
		if query.Claimed.After(now) {
			return QueryRecord{}, QuerySettled{}, errAtWork
		}
		if query.Case != unknown || !query.IsOpen() {
			return QueryRecord{}, QuerySettled{}, errSettled
		}
		query.Closed, query.Closure, query.SettledBy = now, ClosedNotOpened, by.ID
		return query, QuerySettled{string(transaction), by.ID, "", false}, nil
	})
}

// unknownCase returns the case on record that E-Verify does not know, "" if there is none.
func (s *Service) unknownCase(ctx context.Context, transaction TransactionID) (CaseNumber, error) {
	if !transaction.isValid() {
		return "", ErrNotFound
	}
	record, err := s.store.Record(ctx, transaction)
	if err != nil || record.Query.Case == "" || !record.Query.IsOpen() {
		return "", err
	}
	asking, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, err = s.everify.State(asking, record.Query.Case)
	if errors.Is(err, ErrNotFound) {
		return record.Query.Case, nil
	}
	return "", err
}

// Unsettle undoes a settlement from which nothing has followed: the query has no case on record
// again. The errors are those of SettleNotOpened; the error matches ErrConflict if something
// has followed, or if nothing was settled.
func (s *Service) Unsettle(ctx context.Context, by Official, transaction TransactionID) error {
	if !by.May(DutySettle) {
		return ErrDenied
	}
	return s.settle(ctx, transaction, func(query QueryRecord, _ time.Time) (QueryRecord, QuerySettled, error) {
		if query.SettledBy == "" || query.Stage != "" {
			return QueryRecord{}, QuerySettled{}, errSettled
		}
		query.Case, query.SettledBy, query.Closed, query.Closure = "", "", time.Time{}, ""
		return query, QuerySettled{string(transaction), by.ID, "", true}, nil
	})
}

// settle changes the query as staff settles it.
func (s *Service) settle(ctx context.Context, transaction TransactionID, change func(query QueryRecord, now time.Time) (QueryRecord, QuerySettled, error)) error {
	now, err := s.start("settle")
	if err != nil {
		return err
	}
	if !transaction.isValid() {
		return fmt.Errorf("selfcheck: settle: %w", ErrNotFound)
	}
	err = s.update(ctx, transaction, func(prior Record) (Change, error) {
		if prior.Query.Submitted.IsZero() {
			return Change{}, ErrNotFound
		}
		query, settled, err := change(prior.Query, now)
		if err != nil || query == prior.Query {
			return Change{}, err
		}
		return Change{Query: &query, Events: []cris.Event{settled.Event(now)}}, nil
	})
	if err != nil && !errors.Is(err, errSettled) {
		return fmt.Errorf("selfcheck: settle: %w", err)
	}
	return err
}
