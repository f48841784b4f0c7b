package integration_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/tracking"
)

// backup is the content of the tables of the mail side.
type backup map[string][]map[string]any

// backUpMail reads all rows of the tables that belong to the mail side.
func backUpMail(t *testing.T, db *sqlx.DB, tables []string) backup {
	t.Helper()
	saved := backup{}
	for _, table := range tables {
		if !strings.HasPrefix(table, "cris_scan") {
			continue
		}
		saved[table] = rowsOf(t, db, table)
	}
	return saved
}

func rowsOf(t *testing.T, db *sqlx.DB, table string) (all []map[string]any) {
	t.Helper()
	rows, err := db.QueryxContext(t.Context(), "SELECT * FROM "+table)
	require.NoError(t, err)
	defer rows.Close()
	for rows.Next() {
		row := map[string]any{}
		require.NoError(t, rows.MapScan(row))
		all = append(all, row)
	}
	require.NoError(t, rows.Err())
	return all
}

// restore puts what was saved in place of what is there.
func (b backup) restore(t *testing.T, db *sqlx.DB) {
	t.Helper()
	for table, rows := range b {
		_, err := db.ExecContext(t.Context(), "DELETE FROM "+table)
		require.NoError(t, err)
		for _, row := range rows {
			columns := slices.Sorted(maps.Keys(row))
			_, err := db.NamedExecContext(t.Context(), fmt.Sprintf("INSERT INTO %s (%s) VALUES (:%s)", table,
				strings.Join(columns, ", "), strings.Join(columns, ", :")), row)
			require.NoError(t, err)
		}
	}
}

// TestCS5_NothingIsMissedAfterTheMailSideWasRestored restores the mail side from Monday's
// backup, twice, and lets other files arrive in place of those that were lost, as many
// scans in as many files, so that counting would not tell.
func TestCS5_NothingIsMissedAfterTheMailSideWasRestored(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		mailDB := openDatabase(t, kind.driver, kind.empty(t))
		mail, caseSide := migrated(t, mailDB), migrated(t, openDatabase(t, kind.driver, kind.empty(t)))
		piece := func(n int) casestatus.Piece { return casestatustest.NewPiece(n, 2) }
		arrive := func(day string, n int) {
			require.NoError(t, arriveInFile(t.Context(), mail.Scans(), day, piece(n).Scans...))
		}
		sync := func() casestatus.Received {
			received, err := casestatus.NewDeliverySync(mail.Scans(), caseSide.Cases(), caseSide.Deliveries(), nil).Sync(t.Context())
			require.NoError(t, err)
			return received
		}
		arrive("monday", 1)
		require.Equal(t, casestatus.Received{Pieces: 1, Changed: 1}, sync())
		monday := backUpMail(t, mailDB, lines(t, mailDB, kind.tables))
		require.NotEmpty(t, monday["cris_scans"])
		arrive("tuesday", 2)
		require.Equal(t, casestatus.Received{Pieces: 1, Changed: 1}, sync())

		monday.restore(t, mailDB)
		arrive("wednesday", 3) // at the position that Tuesday had
		arrive("tuesday", 2)
		require.Equal(t, casestatus.Received{Pieces: 3, Changed: 1, Anew: true}, sync(), "the piece of Wednesday is new")

		monday.restore(t, mailDB)
		require.Equal(t, casestatus.Received{Pieces: 1, Anew: true}, sync(), "nothing is lost on the case side, and nothing told again")
		require.Zero(t, sync())
		arrive("tuesday", 2)
		arrive("thursday", 4)
		require.Equal(t, casestatus.Received{Pieces: 2, Changed: 1}, sync())
		for n := 1; n <= 4; n++ {
			scans, err := caseSide.Deliveries().Scans(t.Context(), piece(n).Number)
			require.NoError(t, err)
			require.ElementsMatch(t, piece(n).Scans, scans)
		}
		require.Equal(t, 4, deliveredEvents(t, caseSide))
	})
}

// TestCS5_ACursorFromBeforeTheBackupIsStillGood restores the mail side to a moment behind
// the cursor: the sync goes on from there and reads nothing again.
func TestCS5_ACursorFromBeforeTheBackupIsStillGood(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		mailDB := openDatabase(t, kind.driver, kind.empty(t))
		db := migrated(t, mailDB)
		require.NoError(t, arriveInFile(t.Context(), db.Scans(), "monday", casestatustest.NewPiece(1, 2).Scans...))
		_, cursor, err := db.Scans().UpdatedSince(t.Context(), "", 10)
		require.NoError(t, err)
		require.NoError(t, arriveInFile(t.Context(), db.Scans(), "tuesday", casestatustest.NewPiece(2, 2).Scans...))
		tuesday := backUpMail(t, mailDB, lines(t, mailDB, kind.tables))
		require.NoError(t, arriveInFile(t.Context(), db.Scans(), "wednesday", casestatustest.NewPiece(3, 2).Scans...))
		tuesday.restore(t, mailDB)
		numbers, _, err := db.Scans().UpdatedSince(t.Context(), cursor, 10)
		require.NoError(t, err)
		require.Equal(t, []tracking.Number{casestatustest.NewPiece(2, 0).Number}, numbers)
	})
}

// deliveredEvents counts the changes of a delivery status that were told.
func deliveredEvents(t *testing.T, db *sqlstore.DB) (count int) {
	t.Helper()
	events, err := db.Outbox().Pending(context.Background(), 0)
	require.NoError(t, err)
	for _, event := range events {
		if event.Type == casestatus.EventDeliveryChanged {
			count++
		}
	}
	return count
}
