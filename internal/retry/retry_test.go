package retry_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/retry"
)

func TestOnConflict_TriesAgainWhileOthersWrite(t *testing.T) {
	tries := 0
	err := retry.OnConflict(t.Context(), func() error {
		if tries++; tries < 5 {
			return fmt.Errorf("busy: %w", cris.ErrConflict)
		}
		return nil
	})
	require.NoError(t, err)
	require.Equal(t, 5, tries)
}

func TestOnConflict_GivesUp(t *testing.T) {
	tries := 0
	err := retry.OnConflict(t.Context(), func() error { tries++; return cris.ErrConflict })
	require.ErrorIs(t, err, cris.ErrConflict)
	require.Equal(t, 5, tries)
}

func TestOnConflict_ReturnsEveryOtherErrorAtOnce(t *testing.T) {
	down := errors.New("down")
	tries := 0
	err := retry.OnConflict(t.Context(), func() error { tries++; return down })
	require.ErrorIs(t, err, down)
	require.Equal(t, 1, tries)
}

func TestOnConflict_StopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	tries := 0
	err := retry.OnConflict(ctx, func() error { tries++; cancel(); return cris.ErrConflict })
	require.ErrorIs(t, err, cris.ErrConflict)
	require.Equal(t, 1, tries)
}
