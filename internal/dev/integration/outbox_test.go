package integration_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
)

func cancelled(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

// The rows are written by hand: how a store saves its events with its state is the
// business of the kits of the packages.
func onEachOutbox(t *testing.T, check func(t *testing.T, outbox *sqlstore.Outbox)) {
	t.Helper()
	onEachKind(t, func(t *testing.T, kind database) {
		db := openDatabase(t, kind.driver, kind.empty(t))
		store := migrated(t, db)
		for _, row := range []struct {
			id       string
			position int
			data     string
		}{
			{"third", 2, `{"office":"NBC"}`},
			{"second", 1, ""}, // same position: another subject, saved at the same moment
			{"first", 1, ""},
			{"fourth", 3, ""},
		} {
			insertEvent(t, db, row.id, row.position, row.data)
		}
		check(t, store.Outbox())
	})
}

func insertEvent(t *testing.T, db *sqlx.DB, id string, position int, data string) {
	t.Helper()
	_, err := db.ExecContext(t.Context(), db.Rebind(`INSERT INTO cris_outbox (id, position, type, source, subject, at, data, delivered_at)
		VALUES (?, ?, 'cris.test.saved', '/cris/test', 'subject', ?, ?, 0)`), id, position, savedAt.UnixMicro(), data)
	require.NoError(t, err)
}

var savedAt = time.Date(2024, 2, 29, 23, 59, 59, 999_999_000, time.UTC)

func TestOutbox_GivesEventsWholeAndInOrder(t *testing.T) {
	onEachOutbox(t, func(t *testing.T, outbox *sqlstore.Outbox) {
		events, err := outbox.Pending(t.Context(), 3)
		require.NoError(t, err)
		event := func(id string, data map[string]string) cris.Event {
			return cris.Event{ID: id, Type: "cris.test.saved", Source: "/cris/test", Subject: "subject", Time: savedAt, Data: data}
		}
		require.Equal(t, []cris.Event{
			event("first", nil), event("second", nil), event("third", map[string]string{"office": "NBC"}),
		}, events)
	})
}

func TestOutbox_RelayGoesOnAfterAFailure(t *testing.T) {
	onEachOutbox(t, func(t *testing.T, outbox *sqlstore.Outbox) {
		unreachable := errors.New("receiver unreachable")
		var got []string
		deliver := func(_ context.Context, event cris.Event) error {
			got = append(got, event.ID)
			if event.ID == "third" && len(got) == 3 {
				return unreachable
			}
			return nil
		}
		delivered, err := cris.Relay(t.Context(), outbox, deliver)
		require.ErrorIs(t, err, unreachable)
		require.Equal(t, 2, delivered)
		delivered, err = cris.Relay(t.Context(), outbox, deliver)
		require.NoError(t, err)
		require.Equal(t, 2, delivered)
		require.Equal(t, []string{"first", "second", "third", "third", "fourth"}, got)
	})
}
