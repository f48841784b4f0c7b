package selfcheck

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/attempt"
)

// Begin begins step one: it gives the provider the applicant, and gives the individual the way to
// the quiz. token belongs to this one use of Self Check ([NewToken]). statement is the edition of
// the Privacy Act Statement that the individual was shown beforehand ([Service.Statement]).
// language is that of the quiz.
//
// Conclude finds out how the quiz ended. If the provider asks nothing, the proofing is over and
// its outcome is on record. If the applicant is refused, the outcome is NotStarted, and nothing
// is recorded.
//
// It may be called again with the same token and applicant, because the answer was lost or the
// individual lost the page. If the proofing is over, the answer is the one on record. If not, the
// provider is asked for the way to the quiz again, up to Policy.MaxQuizzes times. An individual
// who asks more often than that has left the questions unanswered and fails. With another
// applicant, the outcome of the same token is NotStarted.
//
// If attempts are limited (Options.Attempts) and this one would be too many, the outcome is
// LockedOut, and nothing is on record. Every quiz is counted before the provider is asked, and
// the count is taken back if it was not a failed attempt: a pass, an outage, or questions that
// could not be asked.
//
// If the provider fails, the proofing fails for a system error and Begin does not; Options.Failed
// is told of the provider's error. The error of Begin is that of ctx if ctx is done. It matches
// cris.ErrClock if the clock is not set, and ErrConflict if the store gave up. It is another if
// the store or Options.Attempts failed or the token is zero. Begin may be called again after any
// of these.
func (s *Service) Begin(ctx context.Context, token Token, statement string, applicant Applicant, language cris.Language) (Proofing, error) {
	if err := ctx.Err(); err != nil {
		return Proofing{}, fmt.Errorf("selfcheck: begin: %w", err) // nothing was begun, so nothing has failed
	}
	if token.IsZero() {
		return Proofing{}, errNoToken
	}
	now, err := s.start("begin")
	if err != nil {
		return Proofing{}, err
	}
	decision := DecideApplicant(statement, applicant, cris.DateOf(now, s.policy.Zone), s.policy)
	if decision.Outcome != ApplicantAccepted {
		return Proofing{Outcome: NotStarted, Reasons: decision.Reasons}, nil
	}
	claim, locked, err := s.countAttempt(ctx, token, claimOf(statement, decision.Sent))
	if err != nil {
		return Proofing{}, err
	}
	if locked.Outcome == attempt.Locked {
		return Proofing{Outcome: LockedOut, Attempts: locked, OtherWays: OtherWaysFor(AnsweredIncorrectly, ""), Reasons: locked.Reasons}, nil
	}
	begun, claim, proofing, err := s.enterBegun(ctx, token, claim, now)
	if err != nil {
		return Proofing{}, fmt.Errorf("selfcheck: record proofing: %w", err)
	}
	if begun == (BegunProofing{}) {
		return proofing, nil
	}
	progress, sendErr := s.idp.Begin(ctx, Beginning{token.reference(), decision.Sent, language})
	sendErr = cmp.Or(sendErr, progress.Quiz.fault())
	if sendErr != nil {
		s.tell(ctx, "begin proofing", sendErr)
		if ctx.Err() != nil {
			return Proofing{}, fmt.Errorf("selfcheck: begin: %w", ctx.Err()) // it stays begun
		}
	}
	facts := ProofingFacts{Begun: begun, Statement: statement, Sent: decision.Sent, Reported: progress.orFailed(sendErr)}
	proofing, err = s.proceed(ctx, token, claim, facts)
	if errors.Is(sendErr, ErrNotSent) {
		proofing.Notice = cris.Message{} // SC-19: there was no inquiry
	}
	return proofing, err
}

// errNoToken: the zero Token is everybody's.
var errNoToken = errors.New("selfcheck: the token is zero")

// countAttempt counts the quiz that is about to be asked for, if attempts are limited, and puts
// its ticket into the claim. It does so before anything is on record, so that someone who is
// locked out leaves no trace. A quiz that was counted and never given is not counted again.
func (s *Service) countAttempt(ctx context.Context, token Token, claim claimed) (claimed, attempt.Decision, error) {
	if s.attempts == nil {
		return claim, attempt.Decision{}, nil
	}
	record, err := s.recordOf(ctx, token)
	if err != nil {
		return claimed{}, attempt.Decision{}, fmt.Errorf("selfcheck: begin: %w", err)
	}
	isOver := record.Pass != PassedProofing{} || record.Failure != Failure{}
	isCounted := record.Begun != BegunProofing{} && record.Begun.Quizzes == 0
	if isOver || isCounted {
		return claim, attempt.Decision{}, nil
	}
	return s.takeAttempt(ctx, claim)
}

// takeAttempt counts an attempt of the claim's person.
func (s *Service) takeAttempt(ctx context.Context, claim claimed) (claimed, attempt.Decision, error) {
	applicant, err := claim.applicant()
	if err != nil {
		return claimed{}, attempt.Decision{}, fmt.Errorf("selfcheck: count attempt: %w", err)
	}
	ticket, decision, err := s.attempts.Take(ctx, applicant.Name, applicant.BirthDate)
	if err != nil {
		return claimed{}, attempt.Decision{}, fmt.Errorf("selfcheck: count attempt: %w", err)
	}
	claim.Attempt = ticket.Encode()
	return claim, decision, nil
}

// giveBack uncounts an attempt if the proofing ended without one. If that fails, the operator is
// told, and the individual has one attempt fewer.
func (s *Service) giveBack(ctx context.Context, claim claimed) {
	if s.attempts == nil || claim.Attempt == nil {
		return
	}
	ticket, err := attempt.ParseTicket(claim.Attempt)
	if err == nil {
		err = s.attempts.GiveBack(ctx, ticket)
	}
	s.tell(ctx, "give an attempt back", err)
}

// enterBegun puts on record that the proofing has begun, before the provider is asked, so that a
// proofing that ends without a word is counted too (SC-15). If the proofing is over or must not
// continue, over is the answer. The claim that it returns is the one on record.
func (s *Service) enterBegun(ctx context.Context, token Token, claim claimed, now time.Time) (begun BegunProofing, onFile claimed, over Proofing, err error) {
	sealed, err := token.seal(claim)
	if err != nil {
		return BegunProofing{}, claimed{}, Proofing{}, err
	}
	isOurs := false
	err = s.update(ctx, token.Transaction(), func(prior Record) (Change, error) {
		begun, onFile, over, isOurs = BegunProofing{}, claim, Proofing{}, false
		switch {
		case prior == Record{}:
			isOurs = true
			begun = BegunProofing{Transaction: token.Transaction(), Begun: now, Sealed: sealed}
			return Change{Begun: &begun}, nil
		case prior.Begun == BegunProofing{}:
			over = onRecord(prior)
			if prior.Pass != (PassedProofing{}) && !prior.Pass.isOf(claim) {
				over = Proofing{Outcome: NotStarted, Reasons: []cris.Reason{applicantChanged}}
			}
			return Change{}, nil
		}
		first, err := token.open(prior.Begun.Sealed)
		switch {
		case err != nil:
			return Change{}, err
		case !first.isSamePerson(claim):
			over = Proofing{Outcome: NotStarted, Reasons: []cris.Reason{applicantChanged}}
			return Change{}, nil
		case !s.policy.allowsAnother(prior.Begun.Quizzes):
			over = abandoned(prior.Begun, now)
			return ended(prior.Begun.Transaction, over, now), nil
		}
		begun = prior.Begun
		if begun.Quizzes == 0 {
			onFile = first // it was counted, and the provider never gave the quiz
			return Change{}, nil
		}
		isOurs = true
		begun.Sealed = sealed
		return Change{Begun: &begun}, nil
	})
	if err == nil && !isOurs {
		s.giveBack(ctx, claim)
	}
	return begun, onFile, over, err
}

// Conclude ends step one: it has the provider report how the quiz ended, and puts the outcome on
// record. returned is what the individual's browser brought back from the provider's page, "" if
// nothing. The call may be repeated: if the proofing is over, the answer is the one on record.
//
// While the quiz is not over, the outcome is QuizToTake; if the provider offers a second quiz at
// once, Quiz leads to it, however often the individual brings the first one back. A proofing that
// is not concluded within Policy.QuizLife fails. If nothing is on record for the token, the outcome
// is NotBegun: no proofing was begun, or [Service.Sweep] has removed a pass that was not used
// within Policy.PassLife.
//
// The errors are those of Begin.
func (s *Service) Conclude(ctx context.Context, token Token, returned string) (Proofing, error) {
	now, err := s.start("conclude")
	if err != nil {
		return Proofing{}, err
	}
	record, err := s.recordOf(ctx, token)
	if err != nil {
		return Proofing{}, fmt.Errorf("selfcheck: conclude: %w", err)
	}
	if record.Begun == (BegunProofing{}) {
		return onRecord(record), nil
	}
	claim, err := token.open(record.Begun.Sealed)
	if err != nil {
		return Proofing{}, fmt.Errorf("selfcheck: conclude: %w", err)
	}
	applicant, err := claim.applicant()
	if err != nil {
		return Proofing{}, fmt.Errorf("selfcheck: conclude: %w", err)
	}
	facts := ProofingFacts{Begun: record.Begun, Statement: claim.Statement, Sent: applicant}
	if record.Begun.isOver(now, s.policy) {
		facts.Reported = Progress{Transaction: claim.Provider, Report: Report{Outcome: IdPAbandoned}}
		return s.proceed(ctx, token, claim, facts)
	}
	facts.Reported, err = s.idp.Conclude(ctx, token.reference(), claim.Provider, returned)
	err = cmp.Or(err, facts.Reported.Quiz.fault())
	if err != nil {
		s.tell(ctx, "conclude proofing", err)
		if ctx.Err() != nil {
			return Proofing{}, fmt.Errorf("selfcheck: conclude: %w", ctx.Err())
		}
	}
	facts.Reported = facts.Reported.orFailed(err)
	isSecond := !facts.Reported.Quiz.IsZero() && facts.Reported.Report == Report{}
	isAgain := claim.isAfter(claim.after(returned))
	claim = claim.after(returned)
	if isSecond && !isAgain && s.attempts != nil {
		// The first quiz was failed, and the second is an attempt of its own.
		second, locked, err := s.takeAttempt(ctx, claim)
		switch {
		case err != nil:
			return Proofing{}, err
		case locked.Outcome == attempt.Locked:
			failed := Report{Outcome: IdPAnsweredIncorrectly, Questions: s.policy.MinQuestions}
			facts.Reported = Progress{Transaction: facts.Reported.Transaction, Report: failed}
		default:
			claim = second
		}
	}
	return s.proceed(ctx, token, claim, facts)
}

// orFailed returns the progress or, if the provider failed, what is known of it as a system error.
func (p Progress) orFailed(err error) Progress {
	if err == nil {
		return p
	}
	return Progress{Transaction: p.Transaction, Report: Report{Outcome: IdPSystemError, ErrorCode: p.Report.ErrorCode}}
}

// proceed puts on record how far the proofing is.
func (s *Service) proceed(ctx context.Context, token Token, claim claimed, facts ProofingFacts) (Proofing, error) {
	// Whatever happened to the caller meanwhile, what the provider has done is recorded.
	ctx, cancel := afterwards(ctx)
	defer cancel()
	now, err := s.start("record proofing")
	if err != nil {
		return Proofing{}, err
	}
	facts.At = now
	isOver := facts.Reported.Report != Report{}
	isMore := !isOver && !facts.Reported.Quiz.IsZero()
	claim.Provider = ""
	if id := facts.Reported.Transaction; id.isValid() { // a text of any length would go on record
		claim.Provider = id
	}
	sealed, err := token.seal(claim)
	if err != nil {
		return Proofing{}, err
	}
	var proofing Proofing
	var isCountedTwice bool
	err = s.update(ctx, token.Transaction(), func(prior Record) (Change, error) {
		isCountedTwice = false
		if prior.Begun == (BegunProofing{}) {
			proofing = onRecord(prior) // another tab, or a try that seemed to fail
			return Change{}, nil
		}
		first, err := token.open(prior.Begun.Sealed)
		if err != nil {
			return Change{}, err
		}
		facts.Begun = prior.Begun
		switch {
		case isOver:
			proofing = DecideProofing(facts, s.policy)
			return ended(prior.Begun.Transaction, proofing, now), nil
		case !isMore:
			proofing = Proofing{Outcome: QuizToTake}
			return Change{}, nil
		case claim.isAfter(first): // the same conclusion again leads to the quiz that it has led to
			isCountedTwice = !bytes.Equal(claim.Attempt, first.Attempt)
			proofing = Proofing{Outcome: QuizToTake, Quiz: facts.Reported.Quiz, Notice: InquiryNotice()}
			return Change{}, nil
		case !s.policy.allowsAnother(prior.Begun.Quizzes):
			proofing = abandoned(prior.Begun, now)
			return ended(prior.Begun.Transaction, proofing, now), nil
		}
		proofing = Proofing{Outcome: QuizToTake, Quiz: facts.Reported.Quiz, Notice: InquiryNotice()}
		begun := prior.Begun
		begun.Asked, begun.Quizzes, begun.Sealed = now, begun.Quizzes+1, sealed
		if id := facts.Reported.Transaction; facts.mayKeep(string(id), id.isValid()) {
			begun.IdPTransaction = id
		}
		return Change{Begun: &begun}, nil
	})
	if errors.Is(err, ErrTaken) {
		facts.Reported = Progress{Report: Report{Outcome: IdPSystemError}}
		err = s.update(ctx, token.Transaction(), func(prior Record) (Change, error) {
			if prior.Begun == (BegunProofing{}) {
				proofing = onRecord(prior) // another tab was faster
				return Change{}, nil
			}
			facts.Begun = prior.Begun
			proofing = DecideProofing(facts, s.policy)
			proofing.Reasons = []cris.Reason{passOfAnotherTransaction} // SC-7
			return ended(token.Transaction(), proofing, now), nil
		})
	}
	if err != nil {
		return Proofing{}, fmt.Errorf("selfcheck: record proofing: %w", err)
	}
	if isCountedTwice || isOver && !proofing.Failure.Reason.IsAttempt() {
		s.giveBack(ctx, claim)
	}
	return proofing, nil
}

// abandoned is the end of a proofing whose quiz nobody finished: a failed attempt if a quiz was
// given, and otherwise a system error.
func abandoned(begun BegunProofing, now time.Time) Proofing {
	reported := Progress{Transaction: begun.IdPTransaction, Report: Report{Outcome: IdPAbandoned}}
	if begun.Quizzes == 0 {
		reported.Report.Outcome = IdPSystemError
	}
	return DecideProofing(ProofingFacts{Begun: begun, Reported: reported, At: now}, Policy{})
}

// ended is the change that ends a proofing.
func ended(transaction TransactionID, proofing Proofing, now time.Time) Change {
	if proofing.Outcome == Authenticated {
		event := ProofingPassed{string(transaction)}.Event(now)
		return Change{Begun: &BegunProofing{}, Pass: &proofing.Pass, Events: []cris.Event{event}}
	}
	event := ProofingFailed{string(transaction), proofing.Failure.Reason}.Event(now)
	return Change{Begun: &BegunProofing{}, Failure: &proofing.Failure, Events: []cris.Event{event}}
}

// onRecord is the answer to someone who asks again about a proofing that is over.
func onRecord(record Record) Proofing {
	switch {
	case record.Pass != PassedProofing{}:
		return Proofing{
			Outcome: Authenticated, Pass: record.Pass, Notice: InquiryNotice(),
			Reasons: []cris.Reason{identityConfirmed, dataCarriedOver},
		}
	case record.Failure != Failure{}:
		proofing := Proofing{
			Outcome: NotAuthenticated, Failure: record.Failure, Notice: InquiryNotice(), OtherWays: OtherWaysFor(record.Failure.Reason, ""),
			Reasons: []cris.Reason{record.Failure.Reason.reason()},
		}
		if record.Failure.Reason == MultipleAttempts {
			proofing.Outcome = AccessEnded
		}
		return proofing
	}
	return Proofing{Outcome: NotBegun, Reasons: []cris.Reason{noPassedProofing}}
}
