package selfcheck

import (
	"context"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// Prove takes step one: it has the provider prove the identity of the applicant and
// puts the outcome on record. statement is the edition of the Privacy Act Statement that the
// individual was shown before ([Service.Statement]); it goes on record with a pass, and not
// to the provider. An applicant who is refused is NotStarted, which leaves no trace. An error
// of the provider is a proofing that failed for a system error, and not an error of Prove.
//
// The error is that of ctx if it is done before anything began. It matches cris.ErrClock if
// the clock is not set, and the provider was not asked. It matches ErrConflict if the store
// gave up, or if Options.NewID repeats itself; it is another if NewID made an ID that no
// store can hold, or if the store failed. The individual begins anew after any of these.
func (s *Service) Prove(ctx context.Context, statement string, applicant Applicant) (Proofing, error) {
	if err := ctx.Err(); err != nil {
		return Proofing{}, fmt.Errorf("selfcheck: prove: %w", err) // nothing was begun, so nothing has failed
	}
	now, err := s.start("prove")
	if err != nil {
		return Proofing{}, err
	}
	decision := DecideApplicant(statement, applicant, cris.DateOf(now, s.policy.Zone), s.policy)
	if decision.Outcome != ApplicantAccepted {
		return Proofing{Outcome: NotStarted, Reasons: decision.Reasons}, nil
	}
	transaction := TransactionID(s.newID())
	if transaction == "" || !text.IsStorable(string(transaction)) {
		return Proofing{}, fmt.Errorf("selfcheck: prove: %w", errNewID)
	}
	report, err := s.idp.Prove(ctx, transaction, decision.Sent)
	if err != nil {
		report = Report{Transaction: report.Transaction, ErrorCode: report.ErrorCode, Outcome: IdPSystemError}
	}
	if report.At.IsZero() {
		report.At = now
	}
	proofing := DecideProofing(transaction, statement, decision.Sent, report, s.policy)

	recording, cancel := afterwards(ctx)
	defer cancel()
	err = s.update(recording, transaction, func(prior Record) (Change, error) {
		subject := transaction.Subject()
		switch {
		case prior == Record{Failure: proofing.Failure, Pass: proofing.Pass}:
			return Change{}, nil // by a try that seemed to fail
		case prior != Record{}:
			return Change{}, ErrConflict // NewID repeats itself
		case proofing.Outcome == Authenticated:
			return Change{Pass: &proofing.Pass, Events: []cris.Event{ProofingPassed{subject}.Event(now)}}, nil
		}
		event := ProofingFailed{subject, proofing.Failure.Reason}.Event(now)
		return Change{Failure: &proofing.Failure, Events: []cris.Event{event}}, nil
	})
	if err != nil {
		return Proofing{}, fmt.Errorf("selfcheck: record proofing: %w", err)
	}
	return proofing, nil
}
