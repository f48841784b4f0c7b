package integration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/sqlstore"
)

func TestMigrate_IsIdempotent(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		store := open(t)
		require.NoError(t, store.Migrate(t.Context()))
		events, err := store.Outbox().Pending(t.Context(), 1)
		require.NoError(t, err)
		require.Empty(t, events)
	})
}
