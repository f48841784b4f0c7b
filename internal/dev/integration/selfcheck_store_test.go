package integration_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// Every list, count and purge of the records finds what it looks for by an index, however many
// there are. The plans are those of the statements that the store runs.
func TestSC16_ArchiveReadsNoWholeTable(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		dsn := kind.empty(t)
		pool := openDatabase(t, kind.driver, dsn)
		store := migrated(t, pool).SelfChecks()
		manySelfChecks(t, pool, store)

		told := &statements{}
		archive := opened(t, openListening(t, kind.driver, dsn, told)).SelfChecks()
		start, key := selfchecktest.Start(), selfcheck.KeyOf(selfcheck.KeySSN, "n5000")
		first := cris.Page[selfcheck.TransactionID]{Limit: 500}
		for name, act := range map[string]func() error{
			"Unfinished": func() error { return drain(archive.Unfinished(t.Context(), first)) },
			"Failures":   func() error { return drain(archive.Failures(t.Context(), selfcheck.FailureFilter{}, first)) },
			"Failures by number": func() error {
				return drain(archive.Failures(t.Context(), selfcheck.FailureFilter{IdPTransaction: "n5000"}, first))
			},
			"Failures by reason": func() error {
				return drain(archive.Failures(t.Context(), selfcheck.FailureFilter{Reason: selfcheck.SystemError}, first))
			},
			"Failures by time": func() error {
				return drain(archive.Failures(t.Context(), selfcheck.FailureFilter{From: start, Before: start.AddDate(0, 0, 1)}, first))
			},
			"Candidates": func() error { return drain(archive.Candidates(t.Context(), key, first)) },
			"CountFailures": func() error {
				_, err := archive.CountFailures(t.Context(), start, start.AddDate(0, 0, 7), cris.AgencyZone())
				return err
			},
			"Record":             func() error { _, err := archive.Record(t.Context(), "n5000"); return err },
			"Update with a case": func() error { return archive.Update(t.Context(), "n6000", newCase) },
		} {
			told.take()
			require.NoError(t, act(), name)
			run := told.take()
			require.NotEmpty(t, run, name)
			for _, statement := range run {
				if !strings.Contains(statement.text, "selfcheck_") || strings.HasPrefix(statement.text, "INSERT") {
					continue
				}
				plan := planWith(t, pool, kind, statement)
				require.NotRegexp(t, `Seq Scan on cris_selfcheck_|SCAN cris_selfcheck_`, plan, "%s: %s", name, statement.text)
			}
		}
	})
}

func newCase(prior selfcheck.Record) (selfcheck.Change, error) {
	prior.Query.Case = "2013227143000ZZ"
	return selfcheck.Change{Query: &prior.Query}, nil
}

func drain[V any](list iter.Seq2[V, error]) error {
	for _, err := range list {
		if err != nil {
			return err
		}
	}
	return nil
}

// manySelfChecks copies one record twenty thousand times, over two weeks, under the
// transactions n1, n2 and so on.
func manySelfChecks(t *testing.T, pool *sqlx.DB, store *sqlstore.SelfChecks) {
	t.Helper()
	const first = "first"
	require.NoError(t, store.Update(t.Context(), first, func(selfcheck.Record) (selfcheck.Change, error) {
		begun, failure, pass, query := selfchecktest.NewBegunProofing(first), selfchecktest.NewFailure(first), selfchecktest.NewPassedProofing(first), selfchecktest.NewQueryRecord(first)
		query.Closed, query.Closure = query.Submitted, selfcheck.ClosedSessionEnded
		return selfcheck.Change{Begun: &begun, Failure: &failure, Pass: &pass, Query: &query}, nil
	}))
	for _, table := range []string{
		"cris_selfcheck_begun", "cris_selfcheck_failures", "cris_selfcheck_passes", "cris_selfcheck_queries", "cris_selfcheck_keys", "cris_selfcheck_unfinished",
	} {
		rows := pool.QueryRowx("SELECT * FROM " + table)
		columns, err := rows.Columns()
		require.NoError(t, err)
		_, err = rows.SliceScan()
		require.NoError(t, err)
		copied := slices.Clone(columns)
		for i, name := range columns {
			switch name {
			case "transaction_id", "idp_transaction", "case_number", "value":
				copied[i] = "'n' || n"
			case "at", "submitted_at": // one a minute
				copied[i] = name + " + CAST(n AS BIGINT) * 60000000"
			case "reason":
				copied[i] = "CASE WHEN n % 50 = 0 THEN 'system_error' ELSE 'answered_incorrectly' END"
			}
		}
		_, err = pool.Exec("WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 20000) INSERT INTO " + table + " (" +
			strings.Join(columns, ", ") + ") SELECT " + strings.Join(copied, ", ") + " FROM numbers, " + table + " WHERE transaction_id = 'first' ON CONFLICT DO NOTHING")
		require.NoError(t, err, table)
	}
	_, err := pool.Exec("ANALYZE")
	require.NoError(t, err)
}

// planWith returns how the database runs a statement with its parameters.
func planWith(t *testing.T, pool *sqlx.DB, kind database, s statement) string {
	t.Helper()
	var args []any
	for _, arg := range s.args {
		args = append(args, arg.Value)
	}
	explain := "EXPLAIN QUERY PLAN "
	if kind.driver == "pgx" {
		explain = "EXPLAIN "
	}
	rows, err := pool.Queryx(explain+s.text, args...)
	require.NoError(t, err, s.text)
	defer rows.Close()
	var plan []string
	for rows.Next() {
		columns, err := rows.SliceScan()
		require.NoError(t, err)
		plan = append(plan, fmt.Sprint(columns[len(columns)-1]))
	}
	require.NoError(t, rows.Err())
	require.NotEmpty(t, plan)
	return strings.Join(plan, "\n")
}

// Days are counted the same by the database and one by one, in zones that change their clocks
// at midnight, just after it, by half an hour, or leave out a day.
func TestSC15_CountsAreThoseOfTheDays(t *testing.T) {
	store := migrated(t, openDatabase(t, "sqlite", sqliteFile(t))).SelfChecks()
	var all []selfcheck.Failure
	zones := map[string]string{
		"America/New_York": "2013-11-03T06:00:00Z", "America/Sao_Paulo": "2013-10-20T03:00:00Z", "America/St_Johns": "2010-11-07T02:31:00Z",
		"Australia/Lord_Howe": "2013-10-05T15:30:00Z", "Pacific/Apia": "2011-12-30T10:00:00Z", "UTC": "2013-08-15T00:00:00Z",
	}
	for _, changed := range zones {
		at, err := time.Parse(time.RFC3339, changed)
		require.NoError(t, err)
		for _, apart := range []time.Duration{
			-49 * time.Hour, -25 * time.Hour, -24 * time.Hour, -61 * time.Minute, -30 * time.Minute, -time.Minute, -time.Microsecond, 0,
			time.Microsecond, time.Minute, 30 * time.Minute, 59 * time.Minute, time.Hour, 61 * time.Minute, 13 * time.Hour, 24 * time.Hour, 49 * time.Hour,
		} {
			id := selfcheck.TransactionID(fmt.Sprintf("%032x", len(all)))
			failure := selfchecktest.NewFailure(id, func(f *selfcheck.Failure) {
				f.At, f.Reason = at.Add(apart).UTC(), selfcheck.FailureReasons()[len(all)%len(selfcheck.FailureReasons())]
			})
			all = append(all, failure)
			require.NoError(t, store.Update(t.Context(), id, func(selfcheck.Record) (selfcheck.Change, error) {
				return selfcheck.Change{Failure: &failure}, nil
			}))
		}
	}
	slices.SortFunc(all, func(a, b selfcheck.Failure) int { return a.At.Compare(b.At) })
	for name := range zones {
		zone, err := time.LoadLocation(name)
		require.NoError(t, err)
		rapid.Check(t, func(t *rapid.T) {
			first, last := rapid.IntRange(0, len(all)-1).Draw(t, "first"), rapid.IntRange(0, len(all)-1).Draw(t, "last")
			want := map[selfcheck.FailureCount]int{}
			from, before := all[min(first, last)].At, all[max(first, last)].At
			for _, failure := range all {
				if !failure.At.Before(from) && failure.At.Before(before) {
					want[selfcheck.FailureCount{Day: cris.DateOf(failure.At, zone), Reason: failure.Reason}]++
				}
			}
			counts, err := store.CountFailures(context.Background(), from, before, zone)
			require.NoError(t, err)
			got := map[selfcheck.FailureCount]int{}
			for _, count := range counts {
				got[selfcheck.FailureCount{Day: count.Day, Reason: count.Reason}] = count.Count
			}
			require.Equal(t, want, got, name)
		})
	}
}
