package integration_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// ER-10: what waits for its answer is found by an index that has nothing else, however much was
// answered or raised long ago.
func TestER10_OverdueRequestsAreFoundByTheirIndex(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		pool := openDatabase(t, kind.driver, kind.empty(t))
		store := migrated(t, pool)
		first := erequesttest.NewRequest(casestatustest.Receipt(1), 1)
		require.NoError(t, store.ERequests().Update(t.Context(), first.Receipt, func([]erequest.Entry) (erequest.Change, error) {
			return erequest.Change{File: []erequest.Request{first}}, nil
		}))
		row := pool.QueryRowx("SELECT * FROM cris_e_requests")
		columns, err := row.Columns()
		require.NoError(t, err)
		_, err = row.SliceScan()
		require.NoError(t, err)
		copied := slices.Clone(columns)
		for i, name := range columns {
			switch name {
			case "id", "confirmation":
				copied[i] = "'" + name + "-' || n"
			case "position":
				copied[i] = "n + 1"
			case "answered": // all but one of a thousand
				copied[i] = "CASE WHEN n % 1000 = 0 THEN '' ELSE '2013-09-01' END"
			case "overdue": // all but one of those
				copied[i] = "CASE WHEN n = 20000 THEN '' ELSE '2013-10-01' END"
			}
		}
		_, err = pool.Exec("WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 20000) INSERT INTO cris_e_requests (" +
			strings.Join(columns, ", ") + ") SELECT " + strings.Join(copied, ", ") + " FROM numbers, cris_e_requests WHERE position = 1 AND id = '" + first.ID + "'")
		require.NoError(t, err)
		_, err = pool.Exec("ANALYZE")
		require.NoError(t, err)

		for unraised, index := range map[bool]string{false: "cris_e_requests_due", true: "cris_e_requests_unraised"} {
			var found []string
			for due, err := range store.ERequests().Due(t.Context(), erequest.DueQuery{By: first.RespondBy, Unraised: unraised}) {
				require.NoError(t, err)
				found = append(found, due.RequestID)
			}
			where := " WHERE answered = '' AND respond_by <= '2013-12-31' ORDER BY respond_by, id LIMIT 500"
			want := 21
			if unraised {
				where = strings.Replace(where, "AND", "AND overdue = '' AND", 1)
				want = 2
			}
			require.Len(t, found, want, index)
			query := "SELECT respond_by, id, receipt, issue, channel, overdue FROM cris_e_requests" + where
			require.Contains(t, planOf(t, pool, kind, query), index)
		}
	})
}

// planOf returns how the database runs a query.
func planOf(t *testing.T, pool *sqlx.DB, kind database, query string) string {
	t.Helper()
	var plan []string
	if kind.driver == "pgx" {
		require.NoError(t, pool.Select(&plan, "EXPLAIN "+query))
		return strings.Join(plan, "\n")
	}
	var steps []struct {
		ID, Parent, NotUsed int
		Detail              string
	}
	require.NoError(t, pool.Select(&steps, "EXPLAIN QUERY PLAN "+query))
	for _, step := range steps {
		plan = append(plan, step.Detail)
	}
	return strings.Join(plan, "\n")
}
