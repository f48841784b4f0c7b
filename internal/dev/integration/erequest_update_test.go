package integration_test

import (
	"context"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// ER-9: a decision with nothing to save waits for nobody, whoever saves in the same case.
func TestER9_ARefusalTakesNoLock(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		dsn := kind.empty(t)
		requests := migrated(t, openDatabase(t, kind.driver, dsn)).ERequests()
		request := erequesttest.NewRequest(casestatustest.Receipt(1), 1)
		saveOne(t, requests, request)

		tx, err := openDatabase(t, kind.driver, dsn).Beginx() // its context is not that of the test, which ends before it
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, tx.Rollback()) })
		_, err = tx.ExecContext(t.Context(), `UPDATE cris_scopes SET version = version + 1`)
		require.NoError(t, err)

		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		require.NoError(t, requests.Update(ctx, request.Receipt, func(prior []erequest.Entry) (erequest.Change, error) {
			require.Len(t, prior, 1)
			return erequest.Change{}, nil
		}))
	})
}

func saveOne(t *testing.T, requests *sqlstore.ERequests, request erequest.Request) {
	t.Helper()
	require.NoError(t, requests.Update(t.Context(), request.Receipt, func([]erequest.Entry) (erequest.Change, error) {
		return erequest.Change{File: []erequest.Request{request}}, nil
	}))
}

// ER-9: what was decided before others saved is decided anew, on an empty case and on one with
// requests, even when the row of the scope was purged.
func TestER9_WhatOthersSavedMeanwhileIsDecidedOn(t *testing.T) {
	for name, age := range map[string]func(t *testing.T, pool *sqlx.DB){
		"on file for a moment": func(*testing.T, *sqlx.DB) {},
		"the scope was last updated long ago": func(t *testing.T, pool *sqlx.DB) {
			t.Helper()
			_, err := pool.ExecContext(t.Context(), `UPDATE cris_scopes SET updated = 1`)
			require.NoError(t, err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			onEachKind(t, func(t *testing.T, kind database) {
				pool := openDatabase(t, kind.driver, kind.empty(t))
				store := migrated(t, pool)
				requests := store.ERequests()
				purge := func() {
					_, err := retentionOf(t, portsOf(store), cris.DateOf(time.Now(), cris.AgencyZone())).Purge(t.Context())
					require.NoError(t, err)
				}
				for filed := range 3 {
					own := erequesttest.NewRequest(casestatustest.Receipt(1), 2*filed)
					other := erequesttest.NewRequest(casestatustest.Receipt(1), 2*filed+1)
					age(t, pool)
					var seen []int
					require.NoError(t, requests.Update(t.Context(), own.Receipt, func(prior []erequest.Entry) (erequest.Change, error) {
						seen = append(seen, len(prior))
						if len(seen) == 1 {
							purge()
							saveOne(t, requests, other)
							purge()
							return erequest.Change{File: []erequest.Request{own}}, nil
						}
						return erequest.Change{}, nil
					}))
					require.Equal(t, []int{filed, filed + 1}, seen)
				}
				onFile, err := requests.Entries(t.Context(), casestatustest.Receipt(1))
				require.NoError(t, err)
				require.Len(t, onFile, 3)
			})
		})
	}
}

// A case of which requests were removed, as when their retention period is over, takes new ones,
// and they come last.
func TestERequests_FilesBehindWhatIsLeft(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		pool := openDatabase(t, kind.driver, kind.empty(t))
		requests := migrated(t, pool).ERequests()
		receipt := casestatustest.Receipt(1)
		for n := range 3 {
			saveOne(t, requests, erequesttest.NewRequest(receipt, n))
		}
		for _, removed := range []string{`DELETE FROM cris_e_requests WHERE position = 1`, `DELETE FROM cris_e_requests WHERE position = 3`, `DELETE FROM cris_e_requests`} {
			_, err := pool.ExecContext(t.Context(), removed)
			require.NoError(t, err)
			left, err := requests.Entries(t.Context(), receipt)
			require.NoError(t, err)
			next := erequesttest.NewRequest(receipt, 10+len(left))
			saveOne(t, requests, next)
			onFile, err := requests.Entries(t.Context(), receipt)
			require.NoError(t, err)
			require.Equal(t, append(left, next.Entry), onFile)
			_, err = pool.ExecContext(t.Context(), pool.Rebind(`DELETE FROM cris_e_requests WHERE id = ?`), next.ID)
			require.NoError(t, err)
		}
	})
}
