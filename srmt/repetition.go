package srmt

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/seed28e20331/cris"
)

// isOutdated reports whether an act names a version of the request that was there once and
// is gone.
func isOutdated(act Act, present ServiceRequest) bool {
	return act.Seen >= 1 && act.Seen < present.Version
}

// asOn returns the act as if it were done on that day, on which an office may still have been open,
// by an author who has the rights of today alone (PV-3).
func (a Act) asOn(day cris.Date) Act {
	a.By = a.By.Clone()
	a.By.Posts = slices.DeleteFunc(a.By.Posts, func(p Post) bool { return !p.Held.Has(a.On) })
	for i := range a.By.Posts {
		a.By.Posts[i].Held = cris.Period{}
	}
	a.On = day
	return a
}

// decideAsSeen decides once more on an act that names a version which is gone, by what its
// author saw then. Decision is the one on the request as it stands.
//
// SR-11: who was entitled to the act at that version is told that the request moved on,
// even to where the author has no say; and an act that is repeated, since its result was
// lost, is not held up as somebody else's.
//
// It reads the history after the Update, which does not matter: of the steps up to the one
// that followed the version, none ever changes (SR-10).
func (s *Service) decideAsSeen(ctx context.Context, c command, act Act, to Officer, decision Decision) (Decision, error) {
	history, err := s.store.History(ctx, c.requestID)
	if errors.Is(err, ErrNotFound) {
		return decision, nil
	}
	if err != nil {
		return Decision{}, fmt.Errorf("srmt: read history: %w", err)
	}
	if len(history) <= act.Seen {
		return decision, nil
	}
	seen, err := Replay(history[:act.Seen])
	if err != nil {
		return Decision{}, err
	}
	act.followed = &history[act.Seen]
	switch then := c.decide(seen, act.asOn(cris.DateOf(act.followed.At, s.policy.Zone)), to); then.Outcome {
	case AlreadyDone:
		return then, nil
	case Allowed:
		return overtaken(), nil
	default:
		return decision, nil
	}
}
