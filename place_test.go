package cris_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

func TestPlace_CloneSharesNothing(t *testing.T) {
	place := cris.Place{Telephone: "1-800-375-5283", Address: []string{"1 Main St"}}
	clone := place.Clone()
	require.Equal(t, place, clone)
	clone.Address[0] = "changed"
	require.Equal(t, "1 Main St", place.Address[0])
}

func TestPlace_IsZeroWithoutAnything(t *testing.T) {
	require.True(t, cris.Place{}.IsZero())
	for _, place := range []cris.Place{{Telephone: "1"}, {TTY: "1"}, {Address: []string{"1"}}, {Website: "1"}} {
		require.False(t, place.IsZero())
	}
}
