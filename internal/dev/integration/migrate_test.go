package integration_test

import (
	"sync"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

func TestMigrate_IsIdempotent(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		db := openDatabase(t, kind.driver, kind.empty(t))
		require.NoError(t, sqlstore.Migrate(t.Context(), db, nil))
		first := lines(t, db, kind.schema)
		require.NotEmpty(t, first)
		require.NoError(t, sqlstore.Migrate(t.Context(), db, nil))
		require.Equal(t, first, lines(t, db, kind.schema))
	})
}

// Each goroutine has connections of its own, as a process has.
func TestMigrate_ManyProcessesAtOnce(t *testing.T) {
	const processes, rounds = 4, 5
	start := map[string]func(t *testing.T, db *sqlx.DB){
		"Empty": func(*testing.T, *sqlx.DB) {},
		// A later version of the program starts on what an earlier one left.
		"BeforeTheRecord": func(t *testing.T, db *sqlx.DB) {
			_, err := db.ExecContext(t.Context(), `CREATE TABLE cris_migrations (name TEXT PRIMARY KEY)`)
			require.NoError(t, err)
		},
	}
	onEachKind(t, func(t *testing.T, kind database) {
		start["Behind"] = func(t *testing.T, db *sqlx.DB) { migrateUpTo(t, kind, db, 3) }
		for name, prepare := range start {
			t.Run(name, func(t *testing.T) {
				for range rounds {
					dsn := kind.empty(t)
					prepare(t, openDatabase(t, kind.driver, dsn))
					var begin, done sync.WaitGroup
					begin.Add(1)
					failed := make([]error, processes)
					for i := range processes {
						db := openDatabase(t, kind.driver, dsn)
						done.Go(func() {
							begin.Wait()
							failed[i] = sqlstore.Migrate(t.Context(), db, nil)
						})
					}
					begin.Done()
					done.Wait()
					for _, err := range failed {
						require.NoError(t, err)
					}
				}
			})
		}
	})
}

func TestMigrate_CancelledLeavesNothing(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		db := openDatabase(t, kind.driver, kind.empty(t))
		require.ErrorIs(t, sqlstore.Migrate(cancelled(t), db, nil), cancelled(t).Err())
		require.Empty(t, lines(t, db, kind.schema))
	})
}

// While a new version is rolled out, processes of the one before run on its schema.
func TestMigrate_AnEarlierVersionGoesOnAfterALaterOneAddedColumns(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		db := openDatabase(t, kind.driver, kind.empty(t))
		store := migrated(t, db)
		tables := lines(t, db, kind.tables)
		require.Contains(t, tables, "cris_e_requests")
		for _, table := range tables {
			_, err := db.ExecContext(t.Context(), `ALTER TABLE `+table+` ADD COLUMN of_a_later_version TEXT NOT NULL DEFAULT ''`)
			require.NoError(t, err)
		}

		onFile := casestatustest.NewCase(1)
		require.NoError(t, casestatustest.PutCase(t.Context(), store.Cases(), onFile))
		read, err := store.Cases().Case(t.Context(), onFile.Receipt)
		require.NoError(t, err)
		require.Equal(t, onFile, read)

		request := erequesttest.NewRequest(onFile.Receipt, 1)
		require.NoError(t, store.ERequests().Update(t.Context(), request.Receipt, func([]erequest.Entry) (erequest.Change, error) {
			return erequest.Change{File: []erequest.Request{request}, Events: []cris.Event{{ID: "1", Type: "cris.test", Source: "/cris"}}}, nil
		}))
		filed, err := store.ERequests().Request(t.Context(), request.ID)
		require.NoError(t, err)
		require.Equal(t, request, filed)
		ofCase, err := store.ERequests().Entries(t.Context(), request.Receipt)
		require.NoError(t, err)
		require.Equal(t, []erequest.Entry{request.Entry}, ofCase)
		events, err := store.Outbox().Pending(t.Context(), 1)
		require.NoError(t, err)
		require.Len(t, events, 1)

		history := srmttest.NewHistory("a")
		require.NoError(t, store.ServiceRequests().Update(t.Context(), srmt.Scope{Requests: []string{"a"}}, func(srmt.Prior) (srmt.Change, error) {
			return srmt.Change{Steps: map[string][]srmt.Step{"a": history}}, nil
		}))
		steps, err := store.ServiceRequests().History(t.Context(), "a")
		require.NoError(t, err)
		require.Equal(t, history, steps)
		for listed, err := range store.ServiceRequests().List(t.Context(), srmt.Query{}) {
			require.NoError(t, err)
			require.Equal(t, "a", listed.ID)
		}
		officer := srmttest.NewStaff("o1")
		require.NoError(t, srmttest.PutStaff(t.Context(), store.ServiceRequests(), officer))
		member, err := store.ServiceRequests().Staff(t.Context(), "o1")
		require.NoError(t, err)
		require.Equal(t, officer, member)

		want := selfcheck.Record{
			Begun: selfchecktest.NewBegunProofing("t"), Failure: selfchecktest.NewFailure("t"), Pass: selfchecktest.NewPassedProofing("t"), Query: selfchecktest.NewQueryRecord("t"),
		}
		require.NoError(t, store.SelfChecks().Update(t.Context(), "t", func(selfcheck.Record) (selfcheck.Change, error) {
			return selfcheck.Change{Begun: &want.Begun, Failure: &want.Failure, Pass: &want.Pass, Query: &want.Query}, nil
		}))
		record, err := store.SelfChecks().Record(t.Context(), "t")
		require.NoError(t, err)
		require.Equal(t, want, record)
	})
}
