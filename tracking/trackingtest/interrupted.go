package trackingtest

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// interruption says when a store fails.
type interruption uint8

const (
	beforeSaving interruption = iota
	afterSaving
	whileDeciding
	byConflict
)

var interruptions = []struct {
	name string
	mode interruption
}{
	{"BeforeSaving", beforeSaving},
	{"AfterSaving", afterSaving}, // saved, and nobody was told
	{"ByCancelling", whileDeciding},
	{"ByConflict", byConflict},
}

var errInterrupted = errors.New("interrupted by the test")

// interrupted is a store that fails at one Update, and at all that follow.
type interrupted struct {
	tracking.Store
	step   int
	mode   interruption
	cancel context.CancelFunc
	done   int
}

func (s *interrupted) Update(ctx context.Context, file tracking.FileID, decide func(tracking.File) (tracking.Batch, error)) error {
	step := s.done
	s.done++
	switch {
	case step > s.step:
		return errInterrupted
	case step < s.step:
		return s.Store.Update(ctx, file, decide)
	}
	switch s.mode {
	case beforeSaving:
		return errInterrupted
	case byConflict:
		return cris.ErrConflict
	case afterSaving:
		if err := s.Store.Update(ctx, file, decide); err != nil {
			return fmt.Errorf("the store failed by itself: %w", err)
		}
		return errInterrupted
	default:
		return s.Store.Update(ctx, file, func(prior tracking.File) (tracking.Batch, error) {
			s.cancel()
			return decide(prior)
		})
	}
}
