package selfcheck

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
)

// Query takes step two: it submits the query of the identity that was proved in the
// transaction, once, and closes the case unless there is a mismatch to resolve. A
// case that could not be closed stays in Store.OpenCases.
//
// The same query again gets the answer that is on record, since the first may have
// been lost on the way ([DecideRepeatedQuery]). A transaction that is not on record, or
// whose proofing failed, is refused like any without a passed proofing.
//
// An error that matches ErrNotSubmitted leaves the transaction as it was: Query may
// be called again. After any other error of E-Verify the query is Unanswered until
// staff settles it (SettleOpened, SettleNotOpened), since a second one could open a second
// case; or the individual starts over with a new proofing. The error matches ErrCaseUnknown
// if E-Verify gave no number that can be one. If the case is known and could not be put on
// record, the error names its number and is also that of the store: it matches ErrConflict
// if the query was settled meanwhile.
//
// The error matches cris.ErrClock if the clock is not set, and ErrConflict if the store gave
// up; nothing was submitted then. It is another if the store failed.
func (s *Service) Query(ctx context.Context, transaction TransactionID, entered I9) (Answer, error) {
	now, err := s.start("query")
	if err != nil {
		return Answer{}, err
	}
	reserved, answer, err := s.reserveQuery(ctx, transaction, entered, now)
	if err != nil {
		return Answer{}, fmt.Errorf("selfcheck: record query: %w", err)
	}
	if reserved == (QueryRecord{}) {
		return answer, nil
	}
	found, submitErr := s.everify.Submit(ctx, reserved.Query)
	if !found.Number.isValid() {
		found.Number = ""
	}

	// Whatever happened to the caller meanwhile, what E-Verify has done is recorded.
	recording, cancel := afterwards(ctx)
	defer cancel()
	if submitErr != nil {
		return Answer{}, errors.Join(
			fmt.Errorf("selfcheck: submit query: %w", submitErr),
			s.recordSubmitError(recording, transaction, reserved, found.Number, submitErr, now))
	}
	if found.Number == "" {
		return Answer{}, fmt.Errorf("selfcheck: submit query: %w", ErrCaseUnknown)
	}
	result := DecideResult(found)
	query, err := s.recordCase(recording, transaction, reserved, found.Number, result.Result, now)
	if err != nil {
		return Answer{}, err
	}
	if result.CloseCase {
		closed, err := s.closeCase(recording, transaction, query, now)
		if err == nil {
			query = closed
		}
	}
	return answerOnRecord(query), nil
}

// reserveQuery decides on what was entered and, if it is accepted, puts on record
// that the query is under way: nobody else submits it after that. Without a
// reservation, the answer is final.
func (s *Service) reserveQuery(ctx context.Context, transaction TransactionID, entered I9, now time.Time) (reserved QueryRecord, answer Answer, err error) {
	decide := func(prior Record) Change {
		reserved, answer = QueryRecord{}, Answer{}
		if !prior.Query.Submitted.IsZero() {
			answer = DecideRepeatedQuery(prior, entered, s.policy)
			return Change{}
		}
		decision := DecideQuery(prior.Pass.Identity(), entered, cris.DateOf(now, s.policy.Zone))
		if decision.Outcome == QueryRefused {
			answer = Answer{Outcome: QueryRefused, Reasons: decision.Reasons}
			return Change{}
		}
		reserved = QueryRecord{Query: decision.Query, Submitted: now}
		query := reserved
		return Change{Query: &query}
	}
	err = s.update(ctx, transaction, func(prior Record) (Change, error) {
		if prior == (Record{}) {
			return Change{}, ErrNotFound // so that an invented transaction leaves nothing in the store
		}
		return decide(prior), nil
	})
	if errors.Is(err, ErrNotFound) {
		decide(Record{}) // SC-1: refused like a transaction whose proofing failed
		err = nil
	}
	return reserved, answer, err
}

// recordSubmitError does what is left to do after Submit has failed.
func (s *Service) recordSubmitError(ctx context.Context, transaction TransactionID, reserved QueryRecord, number CaseNumber, submitErr error, now time.Time) error {
	switch {
	case number != "":
		query, err := s.recordCase(ctx, transaction, reserved, number, "", now)
		if err != nil {
			return err
		}
		_, err = s.closeCase(ctx, transaction, query, now)
		return err
	case errors.Is(submitErr, ErrNotSubmitted):
		err := s.update(ctx, transaction, func(prior Record) (Change, error) {
			if prior.Query != reserved {
				return Change{}, nil
			}
			return Change{Query: &QueryRecord{}}, nil
		})
		if err != nil {
			return fmt.Errorf("selfcheck: take the query off the record: %w", err)
		}
	}
	return nil
}

// recordCase puts E-Verify's answer on record. If it cannot, it closes the case at
// once, and its error names the number: it is on record nowhere else.
func (s *Service) recordCase(ctx context.Context, transaction TransactionID, reserved QueryRecord, number CaseNumber, result Result, now time.Time) (QueryRecord, error) {
	query, err := s.enterCase(ctx, transaction, reserved, number, result, now)
	if err == nil {
		return query, nil
	}
	err = fmt.Errorf("selfcheck: record case %s: %w", number, err)
	closing, cancel := afterwards(ctx)
	defer cancel()
	if closeErr := s.everify.Close(closing, number, ClosedSessionEnded); closeErr != nil {
		err = errors.Join(err, fmt.Errorf("selfcheck: close case %s: %w", number, closeErr))
	}
	return QueryRecord{}, err
}

// errSettled: staff settled the query while it was under way.
var errSettled = fmt.Errorf("the query was settled meanwhile: %w", ErrConflict)

// enterCase puts number and result on record of a query that is still as it was
// reserved. A number that is there already is not entered again.
func (s *Service) enterCase(ctx context.Context, transaction TransactionID, reserved QueryRecord, number CaseNumber, result Result, now time.Time) (QueryRecord, error) {
	var query QueryRecord
	err := s.update(ctx, transaction, func(prior Record) (Change, error) {
		query = prior.Query
		if query.Case == number {
			return Change{}, nil
		}
		if query != reserved {
			return Change{}, errSettled
		}
		query.Case, query.Result = number, result
		event := Queried{transaction.Subject(), number, result}.Event(now)
		return Change{Query: &query, Events: []cris.Event{event}}, nil
	})
	return query, err
}
