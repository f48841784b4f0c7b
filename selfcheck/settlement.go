package selfcheck

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/retry"
)

// errSettled: someone or something else was faster.
var errSettled = retry.Final(fmt.Errorf("the query is settled or its case is known: %w", ErrConflict))

// errAtWork: a case may be opened at this moment.
var errAtWork = retry.Final(fmt.Errorf("E-Verify may be opening the case: %w", ErrConflict))

// SettleFound puts on record which case E-Verify opened for a query, where E-Verify cannot be
// asked for it: Store.Unfinished lists such a query without a case number. Nothing else follows
// at once. The next sweep continues with the case, and until then Unsettle undoes the settlement.
// E-Verify is asked about the number first: a case that was opened for another transaction, or is
// on record under another, is refused.
//
// The error matches ErrDenied if by does not have DutySettle, ErrNotFound if no query is on
// record or E-Verify does not know the number, ErrTaken if the case is another transaction's, and
// ErrConflict if the query has a case already or the store gave up. It is a *cris.ParseError if
// the number is not valid. It matches cris.ErrClock if the clock is not set; it is another if
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

// SettleNotOpened puts on record that E-Verify has no case for a query. Either it opened none and
// cannot be asked, or it does not know the case that is on record, so that nothing can close the
// case. The query stays on record as closed (ClosedNotOpened), and the individual begins again
// with a new proofing. If a case was opened after all, and the answer that says so is still on
// its way, the query takes the case up again. Unsettle undoes the settlement, unless E-Verify has
// ever answered about the case. The errors are those of SettleFound, except those about the
// number; the error also matches ErrConflict if E-Verify knows the case.
//
// The error also matches ErrConflict while a process may be talking with E-Verify about the
// query, for a minute at most: E-Verify may be opening the case, and if its answer were lost,
// nothing would lead to the case.
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

// unknownCase returns the case on record if E-Verify does not know it, and "" if it does or if
// there is none.
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
