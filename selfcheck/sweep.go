package selfcheck

import (
	"context"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
)

// Swept is what a sweep did.
type Swept struct {
	Proofings int // that nobody concluded, ended as failures
	Passes    int // that nobody used, removed
	Cases     int // that were taken further at E-Verify, or closed
	Failed    int // transactions at which something failed; Options.Failed was told, and the next sweep tries again
}

// Sweep finishes what individuals, and processes that died, left behind: proofings that nobody
// concluded, passes that nobody used, and cases that are not closed ([DecideMove]). A program
// calls it every few minutes, in as many processes as it likes: a case is closed exactly once.
//
// A failure at one transaction does not keep Sweep from the next. The error is that of ctx or of
// Store.Unfinished; it matches cris.ErrClock if the clock is not set. Swept says what was done
// before the error.
func (s *Service) Sweep(ctx context.Context) (Swept, error) {
	now, err := s.start("sweep")
	if err != nil {
		return Swept{}, err
	}
	var swept Swept
	for unfinished, err := range s.store.Unfinished(ctx, cris.Page[TransactionID]{}) {
		if err != nil {
			return swept, fmt.Errorf("selfcheck: sweep: %w", err)
		}
		if err := s.sweep(ctx, unfinished, now, &swept); err != nil {
			if ctx.Err() != nil {
				return swept, fmt.Errorf("selfcheck: sweep: %w", ctx.Err())
			}
			s.tell(ctx, "sweep", err)
			swept.Failed++
		}
	}
	return swept, nil
}

// sweep does what there is to do about one transaction.
func (s *Service) sweep(ctx context.Context, unfinished Unfinished, now time.Time, swept *Swept) error {
	done := 0
	switch unfinished.Step {
	case StepCase:
		_, isTurn, err := s.takeUp(ctx, "sweep", unfinished.Transaction, Turn{})
		if err == nil && isTurn {
			swept.Cases++
		}
		return err
	case StepQuiz:
		defer func() { swept.Proofings += done }()
	case StepQuery:
		defer func() { swept.Passes += done }()
	}
	return s.update(ctx, unfinished.Transaction, func(prior Record) (Change, error) {
		change := s.endedByItself(prior, now)
		done = 0
		if change.Begun != nil || change.Pass != nil {
			done = 1
		}
		return change, nil
	})
}

// endedByItself is the change that ends a proofing or a pass whose time is up.
func (s *Service) endedByItself(record Record, now time.Time) Change {
	switch {
	case record.Begun != BegunProofing{}:
		if record.Begun.isOver(now, s.policy) {
			return ended(record.Begun.Transaction, abandoned(record.Begun, now), now)
		}
	case record.Query == QueryRecord{} && record.Pass.isExpired(now, s.policy):
		return Change{Pass: &PassedProofing{}}
	}
	return Change{}
}

// isOver reports whether the time for the quiz is over.
func (b BegunProofing) isOver(now time.Time, policy Policy) bool {
	return isOver(latest(b.Begun, b.Asked), now, policy.QuizLife)
}

// End ends the individual's session: a proofing that is not concluded is abandoned, a pass that
// was not used is removed, and an open case is closed, unless the individual is resolving a
// mismatch. If nothing is on record, it does nothing. It may be repeated. The errors are those of
// Query.
func (s *Service) End(ctx context.Context, token Token) error {
	now, err := s.start("end")
	if err != nil {
		return err
	}
	record, err := s.recordOf(ctx, token)
	if err != nil {
		return fmt.Errorf("selfcheck: end: %w", err)
	}
	if record.Query.IsOpen() {
		_, _, err := s.takeUp(ctx, "end", token.Transaction(), Turn{Ending: record.Query.Choice != Resolve, Asked: true})
		return err
	}
	if _, ok := record.Unfinished(); !ok {
		return nil
	}
	err = s.update(ctx, token.Transaction(), func(prior Record) (Change, error) {
		switch {
		case prior.Begun != BegunProofing{}:
			return ended(token.Transaction(), abandoned(prior.Begun, now), now), nil
		case prior.Pass != PassedProofing{} && prior.Query == QueryRecord{}:
			return Change{Pass: &PassedProofing{}}, nil
		}
		return Change{}, nil
	})
	if err != nil {
		return fmt.Errorf("selfcheck: end: %w", err)
	}
	return nil
}
