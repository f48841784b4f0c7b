package selfcheck

import (
	"context"
	"errors"
	"fmt"
	"time"

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
	NewID  func() string    // makes transaction ids, which must be unguessable; nil: UUIDs of version 7
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
	err = s.store.Update(recording, transaction, func(prior Record) (Change, error) {
		if prior != (Record{}) {
			return Change{}, ErrConflict // the source of ids repeats itself
		}
		if proofing.Outcome == Authenticated {
			return Change{Pass: &proofing.Pass, Events: []cris.Event{proofedEvent(proofing.Pass, now)}}, nil
		}
		return Change{Failure: &proofing.Failure, Events: []cris.Event{failedEvent(proofing.Failure, now)}}, nil
	})
	if err != nil {
		return Proofing{}, err
	}
	return proofing, nil
}

// Answer is what the individual is told about a query.
type Answer struct {
	Outcome QueryOutcome
	Result  Result     // "" if refused, or if E-Verify gave no result
	Case    CaseNumber // "" if refused
	Queried time.Time  // UTC; zero if refused
	Open    bool       // the case is still to be closed: by Resolve or by Close
	Reasons []cris.Reason
}

// Query takes step two: it submits the query of the identity that was proved in the
// transaction, once, and closes the case unless there is a mismatch to resolve. A
// case that could not be closed stays in OpenCases of the store.
//
// An error that matches ErrNotSubmitted leaves the transaction as it was: Query may
// be called again. After any other error of E-Verify the individual starts over with
// a new proofing, since a second query could open a second case.
func (s *Service) Query(ctx context.Context, transaction TransactionID, entered I9) (Answer, error) {
	now := s.now()
	decision, err := s.reserveQuery(ctx, transaction, entered, now)
	if err != nil {
		return Answer{}, err
	}
	if decision.Outcome == QueryRefused {
		return Answer{Outcome: QueryRefused, Reasons: decision.Reasons}, nil
	}
	answer, submitErr := s.everify.Submit(ctx, decision.Query)

	// Whatever happened to the caller meanwhile, what E-Verify has done is recorded.
	recording, cancel := afterwards(ctx)
	defer cancel()
	if submitErr != nil {
		return Answer{}, errors.Join(
			fmt.Errorf("selfcheck: submit query: %w", submitErr),
			s.recordSubmitError(recording, transaction, answer.Number, submitErr, now))
	}
	if answer.Number == "" {
		return Answer{}, fmt.Errorf("selfcheck: submit query: %w", ErrCaseUnknown)
	}
	result := DecideResult(answer)
	query, err := s.recordCase(recording, transaction, answer.Number, result.Result, now)
	if err != nil {
		return Answer{}, err
	}
	if result.CloseCase {
		closed, err := s.closeCase(recording, transaction, query, now)
		if err == nil {
			query = closed
		}
	}
	return Answer{
		Outcome: QueryAccepted,
		Result:  result.Result,
		Case:    answer.Number,
		Queried: now,
		Open:    query.IsOpen(),
		Reasons: result.Reasons,
	}, nil
}

// Resolve records the individual's choice about a mismatch and says what follows.
// Declining closes the case; if that fails, the choice is on record and the call may
// be repeated. So may asking for the form or the instructions.
func (s *Service) Resolve(ctx context.Context, transaction TransactionID, choice Choice) (Resolution, error) {
	now := s.now()
	var resolution Resolution
	var query QueryRecord
	err := s.store.Update(ctx, transaction, func(prior Record) (Change, error) {
		resolution = DecideResolution(prior, choice, s.policy)
		query = prior.Query
		hasChosen := resolution.Outcome != NothingToResolve && resolution.Outcome != ResolutionRefused
		if !hasChosen || query.Choice == choice || !query.IsOpen() {
			return Change{}, nil
		}
		query.Choice = choice
		return Change{Query: &query}, nil
	})
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
// if a query was submitted and E-Verify's answer is not on record, and with
// ErrNotFound if nothing is.
func (s *Service) Close(ctx context.Context, transaction TransactionID) error {
	now := s.now()
	record, err := s.store.Record(ctx, transaction)
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
// that the query is under way: nobody else submits it after that.
func (s *Service) reserveQuery(ctx context.Context, transaction TransactionID, entered I9, now time.Time) (QueryDecision, error) {
	var decision QueryDecision
	err := s.store.Update(ctx, transaction, func(prior Record) (Change, error) {
		if !prior.Query.Submitted.IsZero() {
			// SC-1: each query follows a proofing of its own.
			decision = QueryDecision{Outcome: QueryRefused, Reasons: []cris.Reason{
				{Rule: "SC-1", Text: "the query of this proofing was made already"},
			}}
			return Change{}, nil
		}
		decision = DecideQuery(prior.Pass.Lock(), entered, cris.DateOf(now, s.policy.Zone))
		if decision.Outcome == QueryRefused {
			return Change{}, nil
		}
		return Change{Query: &QueryRecord{Query: decision.Query, Submitted: now}}, nil
	})
	return decision, err
}

// recordSubmitError does what is left to do after Submit has failed.
func (s *Service) recordSubmitError(ctx context.Context, transaction TransactionID, number CaseNumber, submitErr error, now time.Time) error {
	switch {
	case number != "":
		query, err := s.recordCase(ctx, transaction, number, "", now)
		if err != nil {
			return err
		}
		_, err = s.closeCase(ctx, transaction, query, now)
		return err
	case errors.Is(submitErr, ErrNotSubmitted):
		return s.store.Update(ctx, transaction, func(Record) (Change, error) {
			return Change{Query: &QueryRecord{}}, nil
		})
	}
	return nil
}

// recordCase puts E-Verify's answer on record. If the store fails, it closes the
// case at once: nobody could find it later.
func (s *Service) recordCase(ctx context.Context, transaction TransactionID, number CaseNumber, result Result, now time.Time) (QueryRecord, error) {
	var query QueryRecord
	err := s.store.Update(ctx, transaction, func(prior Record) (Change, error) {
		query = prior.Query
		query.Case, query.Result = number, result
		return Change{Query: &query, Events: []cris.Event{queriedEvent(transaction, query, now)}}, nil
	})
	if err != nil {
		closing, cancel := afterwards(ctx)
		defer cancel()
		return QueryRecord{}, errors.Join(err, s.everify.Close(closing, number, ClosedSessionEnded))
	}
	return query, nil
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
	err := s.store.Update(ctx, transaction, func(prior Record) (Change, error) {
		closed = prior.Query
		if !closed.IsOpen() {
			return Change{}, nil
		}
		closed.Closed, closed.Closure = now, reason
		return Change{Query: &closed, Events: []cris.Event{closedEvent(transaction, closed)}}, nil
	})
	return closed, err
}

// afterwards returns a context for what must be done although the caller may be
// gone, for as long as that may take.
func afterwards(ctx context.Context) (context.Context, context.CancelFunc) {
	const patience = 30 * time.Second
	return context.WithTimeout(context.WithoutCancel(ctx), patience)
}
