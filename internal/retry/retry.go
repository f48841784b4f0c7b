// Package retry tries an Update again that gave up because others changed the same scope.
package retry

import (
	"context"
	"errors"

	"github.com/seed28e20331/cris"
)

// OnConflict runs step, and again up to four times while its error matches
// cris.ErrConflict and the context is not done. It returns the last error. What was saved
// by a try that seemed to fail is found on record by the next, so a step must save what it
// finds there only once.
func OnConflict(ctx context.Context, step func() error) error {
	const tries = 5
	var err error
	for range tries {
		if err = step(); !errors.Is(err, cris.ErrConflict) || ctx.Err() != nil {
			return err
		}
	}
	return err
}
