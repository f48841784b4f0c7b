package selfcheck

import (
	"context"
	"errors"
	"fmt"
)

// Resolve records the individual's choice about a mismatch and says what follows. If the
// individual declines, the case is closed; if the individual resolves the mismatch, E-Verify is
// told so. If E-Verify fails, the choice is on record, Options.Failed is told, and the sweep
// tries again. Resolve may be repeated: it gives the form and the instructions again for as long
// as the query is on record. A token for which nothing is on record is refused like one without a
// result.
//
// The error matches cris.ErrClock if the clock is not set, and ErrConflict if the store gave
// up; it is another if the store failed.
func (s *Service) Resolve(ctx context.Context, token Token, choice Choice) (Resolution, error) {
	now, err := s.start("resolve")
	if err != nil {
		return Resolution{}, err
	}
	var resolution Resolution
	var isChoice bool
	err = s.update(ctx, token.Transaction(), func(prior Record) (Change, error) {
		if token.IsZero() || prior == (Record{}) {
			return Change{}, ErrNotFound // so that an invented token leaves nothing in the store
		}
		resolution = DecideResolution(prior, choice, s.policy)
		query := prior.Query
		isChoice = resolution.Outcome != NothingToResolve && resolution.Outcome != ResolutionRefused && query.IsOpen()
		if !isChoice || query.Choice == choice {
			return Change{}, nil
		}
		query.Choice, query.Chosen = choice, now
		return Change{Query: &query}, nil
	})
	if errors.Is(err, ErrNotFound) {
		return DecideResolution(Record{}, choice, s.policy), nil
	}
	if err != nil {
		return Resolution{}, fmt.Errorf("selfcheck: record choice: %w", err)
	}
	if isChoice {
		going, cancel := afterwards(ctx)
		defer cancel()
		_, _, err := s.takeUp(going, "resolve", token.Transaction(), Turn{Asked: true})
		s.tell(ctx, "resolve", err)
	}
	return resolution, nil
}
