package selfcheck

import (
	"context"
	"errors"
	"fmt"
)

// Resolve records the individual's choice about a mismatch and says what follows.
// Declining closes the case; if that fails, the choice is on record and the call may
// be repeated. So may asking for the form or the instructions. A transaction that is not on
// record is refused like one without a result.
//
// The error matches cris.ErrClock if the clock is not set, and ErrConflict if the store gave
// up; it is another if E-Verify or the store failed.
func (s *Service) Resolve(ctx context.Context, transaction TransactionID, choice Choice) (Resolution, error) {
	now, err := s.start("resolve")
	if err != nil {
		return Resolution{}, err
	}
	var resolution Resolution
	var query QueryRecord
	err = s.update(ctx, transaction, func(prior Record) (Change, error) {
		if prior == (Record{}) {
			return Change{}, ErrNotFound // so that an invented transaction leaves nothing in the store
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
		return Resolution{}, fmt.Errorf("selfcheck: record choice: %w", err)
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
