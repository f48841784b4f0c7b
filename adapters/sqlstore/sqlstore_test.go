package sqlstore

import (
	"database/sql"
	"reflect"
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

func TestPV2_NoStoreIsOpenedWithoutAWordOnSealing(t *testing.T) {
	for _, sealing := range []Sealing{{}, SealedBy(nil)} {
		_, err := Open(t.Context(), sqlx.NewDb(nil, "sqlite"), sealing, nil)
		require.ErrorContains(t, err, "sqlstore.SealedBy(keys) or sqlstore.InClear()")
	}
}
