package sqlstore

import (
	"database/sql"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"
)

func TestColumn_HoldsInstantsToTheMicrosecondInUTC(t *testing.T) {
	stored := func(at time.Time) (back time.Time) {
		column, err := encode(reflect.ValueOf(at))
		require.NoError(t, err)
		require.NoError(t, scanner(reflect.ValueOf(&back).Elem()).(sql.Scanner).Scan(column)) //nolint:errcheck // it is one
		return back
	}
	for _, at := range []time.Time{
		time.Date(2024, 2, 29, 23, 59, 59, 999_999_000, time.UTC),
		time.Date(1969, 12, 31, 23, 59, 59, 1_000, time.UTC),
		time.Unix(0, 0).UTC(),
		time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC),
	} {
		require.Equal(t, at, stored(at))
	}
	zone := time.FixedZone("five hours west", -5*60*60)
	require.Equal(t, time.UTC, stored(time.Date(2024, 1, 1, 0, 0, 0, 0, zone)).Location())
}

func TestOpen_KnowsItsDatabaseByTheNameOfTheDriver(t *testing.T) {
	for driver, postgres := range map[string]bool{"pgx": true, "postgres": true, "sqlite": false, "sqlite3": false} {
		store, err := newDB(sqlx.NewDb(nil, driver), nil)
		require.NoError(t, err, driver)
		require.Equal(t, postgres, store.postgres, driver)
	}
	for _, driver := range []string{"pgx/v5", "traced-pgx", ""} {
		_, err := Open(t.Context(), sqlx.NewDb(nil, driver), InClear(), nil)
		for call, err := range map[string]error{"Migrate": Migrate(t.Context(), sqlx.NewDb(nil, driver), nil), "Open": err} {
			require.ErrorContains(t, err, fmt.Sprintf(`unknown driver name %q: wrap the database with sqlx.NewDb(db, "pgx")`, driver), call)
		}
	}
}

func TestPV2_NoStoreIsOpenedWithoutAWordOnSealing(t *testing.T) {
	for _, sealing := range []Sealing{{}, SealedBy(nil)} {
		_, err := Open(t.Context(), sqlx.NewDb(nil, "sqlite"), sealing, nil)
		require.ErrorContains(t, err, "sqlstore.SealedBy(keys) or sqlstore.InClear()")
	}
}

func TestOptions_NamesOfTables(t *testing.T) {
	const query = "SELECT id FROM cris_cases JOIN cris_case_history USING (receipt)"
	require.Equal(t, query, names{prefix: "cris_"}.in(query))
	require.Equal(t, "SELECT id FROM ccases JOIN ccase_history USING (receipt)", names{prefix: "c"}.in(query))
	require.Equal(t, `SELECT id FROM "care".cris_cases JOIN "care".cris_case_history USING (receipt)`, names{prefix: "cris_", schema: "care"}.in(query))
	for _, prefix := range []string{"Cris_", "cris-", "1", "_a", "a b", `a"`, strings.Repeat("a", 21)} {
		_, err := newDB(sqlx.NewDb(nil, "sqlite"), &Options{Prefix: prefix})
		require.ErrorContains(t, err, "lower-case letter")
	}
}
