package selfcheck

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/retry"
)

const (
	patience = 30 * time.Second // how long one call to E-Verify may take
	lease    = 2 * patience     // how long a conversation that stopped without a word keeps others off
)

// Query takes step two. It has E-Verify open a case, once, for the identity that was proved with
// the token, and takes the case as far as it will go: to a result, to data that the individual
// has to confirm (Confirm), or to agencies that need more time (Look). It closes the case unless
// something is left to do.
//
// The same query, made again, gets the answer on record, and continues where the first call
// stopped ([DecideRepeatedQuery]). A token is refused if nothing is on record for it, or if its
// proofing failed or was passed too long ago.
//
// An error that matches ErrNoCase leaves the transaction as it was: Query may be called again.
// After any other error of E-Verify the query is on record, and Query, Look and Sweep continue
// with it; none of them submits it twice. The error matches ErrTaken if E-Verify named the case
// of another transaction, which is left alone. It matches cris.ErrClock if the clock is not set,
// and ErrConflict if the store gave up; it is another if the store failed.
func (s *Service) Query(ctx context.Context, token Token, entered I9) (Answer, error) {
	now, err := s.start("query")
	if err != nil {
		return Answer{}, err
	}
	if token.IsZero() {
		return Answer{Outcome: QueryRefused, Reasons: DecideQuery(LockedIdentity{}, entered, cris.DateOf(now, s.policy.Zone)).Reasons}, nil
	}
	var record Record
	var answer Answer
	var isTurn bool
	err = s.update(ctx, token.Transaction(), func(prior Record) (Change, error) {
		record, answer, isTurn = prior, Answer{}, false
		query := prior.Query
		switch {
		case prior == Record{}:
			return Change{}, ErrNotFound // so that an invented token leaves nothing in the store
		case !query.Submitted.IsZero():
			if answer = DecideRepeatedQuery(prior, entered, s.policy); answer.Outcome == QueryRefused {
				return Change{}, nil
			}
			if query, isTurn = query.claim(now); !isTurn {
				return Change{}, nil
			}
		default:
			decision := s.decideQuery(prior, entered, now)
			if decision.Outcome == QueryRefused {
				answer = Answer{Outcome: QueryRefused, Reasons: decision.Reasons}
				return Change{}, nil
			}
			query = QueryRecord{Query: decision.Query, Handle: NewHandle(), Submitted: now, Claimed: now.Add(lease)}
			isTurn = true
		}
		record.Query = query
		return Change{Query: &query}, nil
	})
	if errors.Is(err, ErrNotFound) {
		return Answer{Outcome: QueryRefused, Reasons: s.decideQuery(Record{}, entered, now).Reasons}, nil
	}
	if err != nil {
		return Answer{}, fmt.Errorf("selfcheck: record query: %w", err)
	}
	if !isTurn {
		return answer, nil
	}
	return s.converse(ctx, record, Turn{})
}

// decideQuery is DecideQuery, and also refuses a pass that has expired.
func (s *Service) decideQuery(record Record, entered I9, now time.Time) QueryDecision {
	decision := DecideQuery(record.Pass.Identity(), entered, cris.DateOf(now, s.policy.Zone))
	if record.Pass.isExpired(now, s.policy) {
		// SC-1: after so long, someone else may be sitting there.
		return QueryDecision{Outcome: QueryRefused, Reasons: []cris.Reason{passExpired}}
	}
	return decision
}

// claim returns the query as claimed for a conversation that begins now. It reports false if
// another conversation holds the claim, or if the query is not open.
func (q QueryRecord) claim(now time.Time) (QueryRecord, bool) {
	if !q.IsOpen() || q.Claimed.After(now) {
		return q, false
	}
	q.Claimed = now.Add(lease)
	return q, true
}

// Look is for an individual who comes back. It asks E-Verify how far the query is, unless that is
// decided, and returns the answer. A token without a query on record is refused. The errors are
// those of Query.
func (s *Service) Look(ctx context.Context, token Token) (Answer, error) {
	if token.IsZero() {
		return Answer{Outcome: QueryRefused, Reasons: []cris.Reason{noPassedProofing}}, nil
	}
	answer, _, err := s.takeUp(ctx, "look", token.Transaction(), Turn{})
	return answer, err
}

// takeUp continues with a query that is on record, if there is something to do and nobody else is
// doing it. It reports whether it did.
func (s *Service) takeUp(ctx context.Context, doing string, transaction TransactionID, turn Turn) (answer Answer, isTurn bool, err error) {
	now, err := s.start(doing)
	if err != nil {
		return Answer{}, false, err
	}
	var record Record
	err = s.update(ctx, transaction, func(prior Record) (Change, error) {
		record, isTurn = prior, false
		if prior == (Record{}) {
			return Change{}, ErrNotFound // so that an invented token leaves nothing in the store
		}
		turn.Now = now
		if DecideMove(prior.Query, turn, s.policy) == MoveNone {
			return Change{}, nil
		}
		query, ok := prior.Query.claim(now)
		if !ok {
			return Change{}, nil
		}
		record.Query, isTurn = query, true
		return Change{Query: &query}, nil
	})
	switch {
	case err != nil && !errors.Is(err, ErrNotFound):
		return Answer{}, false, fmt.Errorf("selfcheck: %s: %w", doing, err)
	case record.Query.Submitted.IsZero():
		return Answer{Outcome: QueryRefused, Reasons: []cris.Reason{noPassedProofing}}, false, nil
	case isTurn:
		answer, err = s.converse(ctx, record, turn)
		return answer, true, err
	}
	return answerOnRecord(record.Query, nil), false, nil
}

// Confirm confirms the data of a query that E-Verify asked about (QueryUnconfirmed). The
// individual enters the whole query once more; what E-Verify asked about may be corrected, and
// nothing else ([DecideConfirmation]). It then continues as Query does. The errors are those of
// Query.
func (s *Service) Confirm(ctx context.Context, token Token, entered I9) (Answer, error) {
	record, err := s.recordOf(ctx, token)
	if err != nil {
		return Answer{}, fmt.Errorf("selfcheck: confirm: %w", err)
	}
	if record.Query.Stage != StageUnconfirmed || !record.Query.IsOpen() {
		return Answer{Outcome: QueryRefused, Reasons: []cris.Reason{nothingToConfirm}}, nil
	}
	asking, cancel := context.WithTimeout(ctx, patience)
	state, err := s.everify.State(asking, record.Query.Case)
	cancel()
	if err != nil {
		return Answer{}, fmt.Errorf("selfcheck: confirm: %w", err)
	}
	now, err := s.start("confirm")
	if err != nil {
		return Answer{}, err
	}
	var answer Answer
	var isTurn bool
	err = s.update(ctx, token.Transaction(), func(prior Record) (Change, error) {
		record, answer, isTurn = prior, Answer{}, false
		decision := DecideConfirmation(prior, state.Confirm, entered, s.policy)
		if decision.Outcome == QueryRefused {
			answer = Answer{Outcome: QueryRefused, Reasons: decision.Reasons}
			return Change{}, nil
		}
		query, ok := prior.Query.claim(now)
		if !ok {
			answer = answerOnRecord(prior.Query, state.Confirm)
			return Change{}, nil
		}
		query.Query = decision.Query
		record.Query, isTurn = query, true
		return Change{Query: &query}, nil
	})
	if err != nil {
		return Answer{}, fmt.Errorf("selfcheck: record query: %w", err)
	}
	if !isTurn {
		return answer, nil
	}
	return s.converse(ctx, record, Turn{Confirmed: true})
}

// converse is one turn of the conversation with E-Verify about a query that is claimed. It makes
// one move after another, and puts each answer of E-Verify on record before the next move, until
// it is the individual's turn or an agency's, or the case is closed.
func (s *Service) converse(ctx context.Context, record Record, turn Turn) (Answer, error) {
	transaction, query := record.Pass.Transaction, record.Query
	var confirm []Field
	var made []Move
	for {
		now, err := s.start("query")
		if err != nil {
			return Answer{}, err
		}
		turn.Now = now
		move := DecideMove(query, turn, s.policy)
		switch {
		case move == MoveNone:
			s.release(ctx, transaction, query)
			return answerOnRecord(query, confirm), nil
		case !now.Before(query.Claimed): // the process stood still, and somebody else goes on
			return answerOnRecord(query, nil), nil
		case slices.Contains(made, move):
			return s.stop(ctx, transaction, query, move, errNoProgress)
		}
		made = append(made, move)
		state, err := s.say(ctx, transaction, query, move)
		if err != nil {
			return s.stop(ctx, transaction, query, move, err)
		}
		if move == MoveClose {
			query, err = s.enterClosing(ctx, transaction, query)
		} else {
			var isOurs bool
			query, isOurs, err = s.enterState(ctx, transaction, query, state)
			if err == nil && !isOurs {
				return answerOnRecord(query, nil), nil
			}
			confirm, turn.Asked = state.Confirm, true
			turn.Confirmed = turn.Confirmed && move != MoveSubmit
		}
		if err != nil {
			return Answer{}, err
		}
	}
}

// say makes the move at E-Verify.
func (s *Service) say(ctx context.Context, transaction TransactionID, query QueryRecord, move Move) (state CaseState, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	switch move {
	case MoveOpen:
		state, err = s.everify.Open(ctx, transaction, query.Query)
	case MoveSubmit:
		state, err = s.everify.Submit(ctx, query.Case, query.Query)
	case MoveAsk:
		state, err = s.everify.State(ctx, query.Case)
	case MoveRefer:
		state, err = s.everify.Refer(ctx, query.Case)
	case MoveClose:
		return CaseState{}, s.everify.Close(ctx, query.Case, DecideClosure(query))
	case MoveNone:
	}
	switch {
	case err != nil:
		return CaseState{}, err
	case !state.Number.isValid():
		return CaseState{}, errCaseNumber
	case query.Case != "" && state.Number != query.Case,
		state.Transaction != "" && state.Transaction != transaction:
		return CaseState{}, errOtherCase
	case state.Stage == "":
		state.Stage = StageUnsupported // a stage that is not known
	}
	return state, nil
}

// errNoProgress: no move is made twice in a turn.
var errNoProgress = errors.New("E-Verify took a step that left the case where it was")

// errOtherCase repeats nothing of the answer.
var errOtherCase = errors.New("E-Verify answered about another case")

// stop is the end of a turn in which E-Verify failed.
func (s *Service) stop(ctx context.Context, transaction TransactionID, query QueryRecord, move Move, err error) (Answer, error) {
	ctx, cancel := afterwards(ctx)
	defer cancel()
	switch {
	case move == MoveOpen && errors.Is(err, ErrNoCase):
		return s.withdraw(ctx, transaction, query, err)
	case move == MoveOpen:
		// E-Verify may be opening the case at this moment, and someone who asks for it too soon
		// would open another. The lease holds them off.
		return Answer{}, fmt.Errorf("selfcheck: open case: %w", err)
	}
	s.release(ctx, transaction, query)
	if move == MoveClose || move == MoveRefer {
		s.tell(ctx, string(move)+" case", err) // the sweep does it again
		return answerOnRecord(query, nil), nil
	}
	return Answer{}, fmt.Errorf("selfcheck: %s case: %w", move, err)
}

// withdraw takes a query for which there is no case off the record.
func (s *Service) withdraw(ctx context.Context, transaction TransactionID, query QueryRecord, cause error) (Answer, error) {
	now, err := s.start("query")
	if err == nil {
		err = s.update(ctx, transaction, func(prior Record) (Change, error) {
			if prior.Query != query {
				return Change{}, nil
			}
			event := QueryWithdrawn{string(transaction), query.Submitted}.Event(now)
			return Change{Query: &QueryRecord{}, Events: []cris.Event{event}}, nil
		})
	}
	if err != nil {
		return Answer{}, errors.Join(fmt.Errorf("selfcheck: open case: %w", cause), fmt.Errorf("selfcheck: take the query off the record: %w", err))
	}
	if errors.Is(cause, ErrRefused) {
		s.tell(ctx, "open case", cause)
		return Answer{Outcome: QueryRefused, Reasons: []cris.Reason{refusedByEVerify}}, nil
	}
	return Answer{}, fmt.Errorf("selfcheck: open case: %w", cause)
}

// enterState puts E-Verify's answer on record and extends the claim. It reports false if the
// claim ran out and someone else has continued with the case: the later answer, which they got,
// counts, and the query is as they left it.
func (s *Service) enterState(ctx context.Context, transaction TransactionID, query QueryRecord, state CaseState) (next QueryRecord, isOurs bool, err error) {
	isAgain := false
	next, err = s.enter(ctx, transaction, query, func(prior QueryRecord, now time.Time) (QueryRecord, []cris.Event) {
		claimed := now.Add(lease)
		isSaved := isAgain && prior.Claimed.Equal(claimed) // by a try that seemed to fail
		isOurs, isAgain = prior.Stage == "" || prior.Claimed.Equal(query.Claimed) || isSaved, true
		if !isOurs && state.Number == prior.Case {
			return prior, nil
		}
		next := prior.after(state)
		subject := string(transaction)
		var events []cris.Event
		if prior.Stage == "" {
			// Staff may have settled meanwhile that there is no case. There is one, so the query
			// takes it up.
			next.Closed, next.Closure, next.SettledBy = time.Time{}, "", ""
			events = append(events, CaseOpened{subject, next.Case}.Event(now))
		}
		if next.Result != prior.Result {
			events = append(events, ResultKnown{subject, next.Case, next.Result}.Event(now))
		}
		next.Claimed = claimed
		return next, events
	})
	isNoQuery := errors.Is(err, errNoQuery) && query.Case == ""
	if isNoQuery || errors.Is(err, errSecondCase) {
		// Nothing on record would lead to the case.
		closing, cancel := afterwards(ctx)
		defer cancel()
		s.tell(ctx, "close a case that is not on record", s.everify.Close(closing, state.Number, ClosedSessionEnded))
	}
	return next, isOurs, err
}

// errSecondCase: E-Verify opened two cases for one query.
var errSecondCase = retry.Final(fmt.Errorf("another case is on record: %w", ErrConflict))

// enterClosing puts on record that the case is closed.
func (s *Service) enterClosing(ctx context.Context, transaction TransactionID, query QueryRecord) (QueryRecord, error) {
	return s.enter(ctx, transaction, query, func(prior QueryRecord, now time.Time) (QueryRecord, []cris.Event) {
		if !prior.IsOpen() {
			return prior, nil
		}
		next := prior
		next.Closed, next.Closure, next.Claimed = now, DecideClosure(query), time.Time{}
		return next, []cris.Event{CaseClosed{string(transaction), next.Case, next.Closure}.Event(now)}
	})
}

// enter changes the query on record after a move. What was said to E-Verify goes on record even
// if the caller is gone.
func (s *Service) enter(ctx context.Context, transaction TransactionID, query QueryRecord, change func(prior QueryRecord, now time.Time) (QueryRecord, []cris.Event)) (QueryRecord, error) {
	ctx, cancel := afterwards(ctx)
	defer cancel()
	now, err := s.start("record case")
	if err != nil {
		return QueryRecord{}, err
	}
	var next QueryRecord
	err = s.update(ctx, transaction, func(prior Record) (Change, error) {
		switch {
		case prior.Query == QueryRecord{}:
			return Change{}, errNoQuery
		case !prior.Query.Submitted.Equal(query.Submitted):
			return Change{}, errOtherQuery
		}
		var events []cris.Event
		next, events = change(prior.Query, now)
		if prior.Query.Stage != "" && next.Case != prior.Query.Case {
			return Change{}, errSecondCase
		}
		if next == prior.Query {
			return Change{}, nil
		}
		return Change{Query: &next, Events: events}, nil
	})
	if err != nil {
		return QueryRecord{}, fmt.Errorf("selfcheck: record case: %w", err)
	}
	return next, nil
}

var (
	// errNoQuery: the query was taken off the record meanwhile.
	errNoQuery = retry.Final(fmt.Errorf("the query is not on record any more: %w", ErrConflict))
	// errOtherQuery: the query was taken off the record, and another was made.
	errOtherQuery = retry.Final(fmt.Errorf("another query is on record: %w", ErrConflict))
)

// release ends the claim on a query, unless the claim ran out and is now another's. If release
// fails, the claim ends with its lease.
func (s *Service) release(ctx context.Context, transaction TransactionID, claimed QueryRecord) {
	ctx, cancel := afterwards(ctx)
	defer cancel()
	err := s.update(ctx, transaction, func(prior Record) (Change, error) {
		query := prior.Query
		if query.Claimed.IsZero() || !query.Claimed.Equal(claimed.Claimed) {
			return Change{}, nil
		}
		query.Claimed = time.Time{}
		return Change{Query: &query}, nil
	})
	s.tell(ctx, "end the turn", err)
}
