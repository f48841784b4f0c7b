package selfcheck

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
)

// Service runs Self Check for individuals, over a store, an identity proofing
// provider and E-Verify. It is safe for concurrent use.
type Service struct {
	store   Store
	idp     IdP
	everify EVerify
	policy  Policy
	now     func() time.Time
	newID   func() string
}

// Options change the defaults of a Service.
type Options struct {
	Now    func() time.Time // nil: the wall clock
	NewID  func() string    // makes transaction ids, which must be unguessable ([TransactionID]); nil: UUIDs of version 7
	Policy *Policy          // nil: DefaultPolicy
}

// NewService returns a Service; nil opts are the defaults.
func NewService(store Store, idp IdP, everify EVerify, opts *Options) *Service {
	if opts == nil {
		opts = &Options{}
	}
	policy := DefaultPolicy()
	if opts.Policy != nil {
		policy = *opts.Policy
	}
	if policy.Zone == nil {
		policy.Zone = cris.AgencyZone()
	}
	return &Service{store, idp, everify, policy, ambient.Clock(opts.Now), ambient.IDs(opts.NewID)}
}

// ErrCaseUnknown: a query was submitted, and the number of its case is not on record.
var ErrCaseUnknown = errors.New("selfcheck: the number of the case is not on record")

// Prove takes step one: it has the provider prove the identity of the applicant and
// puts the outcome on record. An incomplete applicant is NotAsked, which leaves no
// trace. An error of the provider is a proofing that failed for a system error, not
// an error of Prove: Prove fails only if the store does.
func (s *Service) Prove(ctx context.Context, applicant Applicant) (Proofing, error) {
	if err := ctx.Err(); err != nil {
		return Proofing{}, err // nothing was begun, so nothing has failed
	}
	now := s.now()
	if reasons := DecideApplicant(applicant, cris.DateOf(now, s.policy.Zone)); len(reasons) > 0 {
		return Proofing{Outcome: NotAsked, Reasons: reasons}, nil
	}
	sent, err := applicant.withMiddleInitial()
	if err != nil {
		return Proofing{}, fmt.Errorf("selfcheck: applicant: %w", err)
	}
	transaction := TransactionID(s.newID())
	if transaction == "" || !isStorable(string(transaction)) {
		return Proofing{}, errors.New("selfcheck: NewID made an id that is empty or not valid text")
	}
	report, err := s.idp.Prove(ctx, transaction, sent)
	if err != nil {
		report = Report{Transaction: report.Transaction, ErrorCode: report.ErrorCode, Outcome: IdPSystemError}
	}
	if report.At.IsZero() {
		report.At = now
	}
	proofing := DecideProofing(transaction, sent, report, s.policy)

	recording, cancel := afterwards(ctx)
	defer cancel()
	err = s.update(recording, transaction, func(prior Record) (Change, error) {
		switch {
		case prior == Record{Failure: proofing.Failure, Pass: proofing.Pass}:
			return Change{}, nil // by a try that seemed to fail
		case prior != Record{}:
			return Change{}, ErrConflict // the source of ids repeats itself
		case proofing.Outcome == Authenticated:
			return Change{Pass: &proofing.Pass, Events: []cris.Event{proofedEvent(proofing.Pass, now)}}, nil
		}
		return Change{Failure: &proofing.Failure, Events: []cris.Event{failedEvent(proofing.Failure, now)}}, nil
	})
	if err != nil {
		return Proofing{}, err
	}
	return proofing, nil
}

// Query takes step two: it submits the query of the identity that was proved in the
// transaction, once, and closes the case unless there is a mismatch to resolve. A
// case that could not be closed stays in OpenCases of the store.
//
// The same query again gets the answer that is on record, since the first may have
// been lost on the way ([DecideRepeatedQuery]).
//
// An error that matches ErrNotSubmitted leaves the transaction as it was: Query may
// be called again. After any other error of E-Verify the query is Unanswered until
// staff settles it, since a second one could open a second case; or the individual
// starts over with a new proofing. If the case is known and could not be put on
// record, the error names its number.
func (s *Service) Query(ctx context.Context, transaction TransactionID, entered I9) (Answer, error) {
	now := s.now()
	reserved, answer, err := s.reserveQuery(ctx, transaction, entered, now)
	if err != nil || reserved == (QueryRecord{}) {
		return answer, err
	}
	found, submitErr := s.everify.Submit(ctx, reserved.Query)
	if !isStorable(string(found.Number)) {
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

// Resolve records the individual's choice about a mismatch and says what follows.
// Declining closes the case; if that fails, the choice is on record and the call may
// be repeated. So may asking for the form or the instructions.
func (s *Service) Resolve(ctx context.Context, transaction TransactionID, choice Choice) (Resolution, error) {
	now := s.now()
	var resolution Resolution
	var query QueryRecord
	err := s.update(ctx, transaction, func(prior Record) (Change, error) {
		if prior == (Record{}) {
			return Change{}, ErrNotFound
		}
		resolution = DecideResolution(prior, choice, s.policy)
		query = prior.Query
		hasChosen := resolution.Outcome != NothingToResolve && resolution.Outcome != ResolutionRefused
		if !hasChosen || query.Choice == choice || !query.IsOpen() {
			return Change{}, nil
		}
		query.Choice = choice
		return Change{Query: &query}, nil
	})
	if errors.Is(err, ErrNotFound) {
		return DecideResolution(Record{}, choice, s.policy), nil
	}
	if err != nil {
		return Resolution{}, err
	}
	if resolution.CloseCase {
		closing, cancel := afterwards(ctx)
		defer cancel()
		if _, err := s.closeCase(closing, transaction, query, now); err != nil {
			return Resolution{}, err
		}
	}
	return resolution, nil
}

// Close closes the case of the transaction, because the session ended or a mismatch
// was dealt with. Without an open case it does nothing. It fails with ErrCaseUnknown
// if a query was submitted and E-Verify's answer is not on record, which Found and
// NotOpened settle, and with ErrNotFound if nothing is.
func (s *Service) Close(ctx context.Context, transaction TransactionID) error {
	now := s.now()
	record, err := s.record(ctx, transaction)
	if err != nil {
		return err
	}
	if !record.Query.IsOpen() {
		return nil
	}
	_, err = s.closeCase(ctx, transaction, record.Query, now)
	return err
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
		decision := DecideQuery(prior.Pass.Lock(), entered, cris.DateOf(now, s.policy.Zone))
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
		return s.update(ctx, transaction, func(prior Record) (Change, error) {
			if prior.Query != reserved {
				return Change{}, nil
			}
			return Change{Query: &QueryRecord{}}, nil
		})
	}
	return nil
}

// recordCase puts E-Verify's answer on record. If it cannot, it closes the case at
// once, and its error names the number: it is on record nowhere else.
func (s *Service) recordCase(ctx context.Context, transaction TransactionID, reserved QueryRecord, number CaseNumber, result Result, now time.Time) (QueryRecord, error) {
	query, err := s.enterCase(ctx, transaction, reserved, number, result, now)
	if err != nil {
		closing, cancel := afterwards(ctx)
		defer cancel()
		return QueryRecord{}, errors.Join(
			fmt.Errorf("selfcheck: record case %s: %w", number, err),
			s.everify.Close(closing, number, ClosedSessionEnded))
	}
	return query, nil
}

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
			return Change{}, fmt.Errorf("selfcheck: the query was settled meanwhile: %w", ErrConflict)
		}
		query.Case, query.Result = number, result
		return Change{Query: &query, Events: []cris.Event{queriedEvent(transaction, query, now)}}, nil
	})
	return query, err
}

// closeCase closes the case at E-Verify and then on record. If it stops in between,
// the case stays in OpenCases and closing it again does no harm.
func (s *Service) closeCase(ctx context.Context, transaction TransactionID, query QueryRecord, now time.Time) (QueryRecord, error) {
	if query.Case == "" {
		return QueryRecord{}, ErrCaseUnknown
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
		return Change{Query: &closed, Events: []cris.Event{closedEvent(transaction, closed)}}, nil
	})
	return closed, err
}

// update is Store.Update, tried again a few times if the store gives up because
// others changed the same transaction. What was saved by a try that seemed to fail is
// found on record by the next: every decide saves what it finds there only once.
func (s *Service) update(ctx context.Context, transaction TransactionID, decide func(prior Record) (Change, error)) error {
	const tries = 5
	if !isStorable(string(transaction)) {
		return ErrNotFound
	}
	var err error
	for range tries {
		if err = s.store.Update(ctx, transaction, decide); !errors.Is(err, ErrConflict) {
			return err
		}
	}
	return err
}

// record is Store.Record.
func (s *Service) record(ctx context.Context, transaction TransactionID) (Record, error) {
	if !isStorable(string(transaction)) {
		return Record{}, ErrNotFound
	}
	return s.store.Record(ctx, transaction)
}

// isStorable reports whether every store can hold the text: some take no NUL and
// nothing that is not UTF-8, and say so in errors that repeat it.
func isStorable(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// afterwards returns a context for what must be done although the caller may be
// gone, for as long as that may take.
func afterwards(ctx context.Context) (context.Context, context.CancelFunc) {
	const patience = 30 * time.Second
	return context.WithTimeout(context.WithoutCancel(ctx), patience)
}
