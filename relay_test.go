package cris_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

func TestFailureCodeOf_SaysWhyWithoutTheWords(t *testing.T) {
	for code, err := range map[cris.FailureCode]error{
		cris.FailureUnknown:       errors.New("anna@example.com is full"),
		cris.FailureTimeout:       context.DeadlineExceeded,
		cris.FailureConflict:      cris.ErrConflict,
		cris.FailureNotFound:      cris.ErrNotFound,
		cris.FailureNoKey:         cris.ErrNoKey,
		cris.FailureClock:         cris.ErrClock,
		cris.FailureUndeliverable: errors.Join(cris.ErrConflict, cris.ErrUndeliverable),
	} {
		require.Equal(t, code, cris.FailureCodeOf(fmt.Errorf("deliver: %w", err)))
		require.Contains(t, cris.FailureCodes(), code)
	}
}
