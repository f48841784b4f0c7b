package integration_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

func TestTR5_IngestSurvivesEveryInterruption(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		trackingtest.TestIngest(t, func(t *testing.T) tracking.Store { return open(t).Scans() })
	})
}

var (
	_ tracking.Updates    = (*sqlstore.Scans)(nil)
	_ tracking.Quarantine = (*sqlstore.Scans)(nil)
)

// Two transactions of PostgreSQL add scans at once. The one that took its position first
// is slow to commit: the other waits for it, and nobody reads a later position before an
// earlier one can be read.
func TestUpdates_PositionsBecomeVisibleInOrder(t *testing.T) {
	server.require(t)
	db := openDatabase(t, "pgx", server.schema(t))
	store := migrated(t, db).Scans()
	save := func(n int) error {
		return store.Update(t.Context(), trackingtest.FileID(n), func(tracking.File) (tracking.Batch, error) {
			return tracking.Batch{Scans: []tracking.Scan{trackingtest.NewScan(trackingtest.Number(n), "10", "2013-08-15T09:52")}}, nil
		})
	}
	require.NoError(t, save(1))
	_, cursor, err := store.UpdatedSince(t.Context(), "", 10)
	require.NoError(t, err)

	slow, err := db.BeginTxx(t.Context(), nil)
	require.NoError(t, err)
	defer slow.Rollback()
	_, err = slow.ExecContext(t.Context(), `UPDATE cris_scan_positions SET last = last + 1`)
	require.NoError(t, err)
	_, err = slow.ExecContext(t.Context(), `INSERT INTO cris_scans (number, at, code, zip, country, to_sender, position)
		SELECT $1, '2013-08-15T09:53', '10', '', '', 0, last FROM cris_scan_positions`, trackingtest.Number(2).String())
	require.NoError(t, err)

	saved := make(chan error, 1)
	go func() { saved <- save(3) }()
	select {
	case err := <-saved:
		t.Fatalf("the later position can be read before the earlier one (%v)", err)
	case <-time.After(300 * time.Millisecond):
	}
	numbers, _, err := store.UpdatedSince(t.Context(), cursor, 10)
	require.NoError(t, err)
	require.Empty(t, numbers)

	require.NoError(t, slow.Commit())
	require.NoError(t, <-saved)
	numbers, _, err = store.UpdatedSince(t.Context(), cursor, 10)
	require.NoError(t, err)
	require.Equal(t, []tracking.Number{trackingtest.Number(2), trackingtest.Number(3)}, numbers)
}
