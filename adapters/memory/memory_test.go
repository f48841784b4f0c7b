package memory

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

// The outbox is filled from inside: how a store saves its events with its state is
// the business of the kits of the packages.
func withEvents(t *testing.T, ids ...string) *DB {
	t.Helper()
	db := New()
	for _, id := range ids {
		require.NoError(t, db.publish([]cris.Event{{
			ID: id, Type: "cris.test.saved", Source: "/cris/test", Data: map[string]string{"office": "NBC"},
		}}))
	}
	return db
}

func TestOutbox_AnIdentifierIsTakenUntilItsEventIsPurged(t *testing.T) {
	db := withEvents(t, "a")
	require.NoError(t, db.Outbox().MarkDelivered(t.Context(), "a"))
	for _, events := range [][]cris.Event{{{ID: "a"}}, {{ID: "b"}, {ID: "a"}}, {{ID: "c"}, {ID: "c"}}} {
		require.ErrorIs(t, db.publish(events), cris.ErrConflict)
		require.Empty(t, pending(t, db, 10), "all events of a change or none")
	}
	removed, err := db.Outbox().Purge(t.Context(), time.Now().Add(time.Hour))
	require.NoError(t, err)
	require.Equal(t, 1, removed)
	require.NoError(t, db.publish([]cris.Event{{ID: "a"}}))
	require.Equal(t, []string{"a"}, pending(t, db, 10))
}

func pending(t *testing.T, db *DB, limit int) (ids []string) {
	t.Helper()
	events, err := db.Outbox().Pending(t.Context(), limit)
	require.NoError(t, err)
	for _, event := range events {
		ids = append(ids, event.ID)
	}
	return ids
}

func TestOutbox_GivesAtMostTheLimitInOrder(t *testing.T) {
	db := withEvents(t, "b", "a", "c")
	require.Equal(t, []string{"b", "a", "c"}, pending(t, db, 0))
	require.Equal(t, []string{"b", "a"}, pending(t, db, 2))
	require.Equal(t, []string{"b", "a", "c"}, pending(t, db, 10))
	require.Empty(t, pending(t, New(), 10))
}

func TestOutbox_ForgetsWhatIsDelivered(t *testing.T) {
	db := withEvents(t, "a", "b", "c")
	for range 2 {
		require.NoError(t, db.Outbox().MarkDelivered(t.Context(), "b", "unknown"))
		require.Equal(t, []string{"a", "c"}, pending(t, db, 10))
	}
	require.NoError(t, db.Outbox().MarkDelivered(t.Context()))
	require.Equal(t, []string{"a", "c"}, pending(t, db, 10))
}

func TestOutbox_SharesNothingWithItsCaller(t *testing.T) {
	db := withEvents(t, "a", "b")
	events, err := db.Outbox().Pending(t.Context(), 10)
	require.NoError(t, err)
	events[0].ID = "changed"
	events[1].Data["office"] = "changed"
	again, err := db.Outbox().Pending(t.Context(), 10)
	require.NoError(t, err)
	want, err := withEvents(t, "a", "b").Outbox().Pending(t.Context(), 10)
	require.NoError(t, err)
	require.Equal(t, want, again)
}

func TestOutbox_UnderACancelledContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	db := withEvents(t, "a")
	_, err := db.Outbox().Pending(ctx, 1)
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, db.Outbox().MarkDelivered(ctx, "a"), context.Canceled)
	require.Equal(t, []string{"a"}, pending(t, db, 1))
}

func TestLocked_StaysUsableAfterAFailureAndAPanic(t *testing.T) {
	db := withEvents(t, "a")
	failure := errors.New("failure")
	require.ErrorIs(t, db.locked(t.Context(), func() error { return failure }), failure)
	require.Panics(t, func() { _ = db.locked(t.Context(), func() error { panic("a bug") }) })
	within, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	require.NoError(t, db.locked(within, func() error { return nil }))
}
