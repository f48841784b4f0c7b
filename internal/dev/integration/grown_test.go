package integration_test

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"
)

// A grown database has so many rows in each table that grows, and says so of itself. It is
// filled with fewer, and the statistics by which the database plans are multiplied: with all of
// the rows the plans are the same (see plans_test.go).
const grownRows = 1_000_000

// fewRows are the tables that do not grow, with how many rows they have.
var fewRows = map[string]int{
	"cris_migrations":             20,
	"cris_settings":               5,
	"cris_parked_events":          50, // which a person resolves
	"cris_relay_subjects":         500,
	"cris_retention_holds":        100,
	"cris_scan_positions":         1,
	"cris_delivery_cursor":        1,
	"cris_selfcheck_attempt_days": 60, // which are forgotten after that
}

// spread says what the columns hold whose values a plan depends on, as expressions of n, which
// counts the rows from 1: by table and column, or by column alone. DAY(n) is a day, and AT(n) an
// instant, of ten years from 2005 to 2014. Any other column of text has another value in each
// row, and any other number is n.
var spread = map[string]string{
	"office": "'office' || (n % 90)", "officer": "'officer' || (n % 900)", "by_staff": "'officer' || (n % 900)", "staff_id": "'officer' || n",
	"channel": "'channel' || (n % 3)", "issue": "'issue' || (n % 6)", "language": "'language' || (n % 2)", "form": "'form' || (n % 30)", "form_type": "'type' || (n % 10)",
	"filed": "DAY(n)", "due": "DAY(n)", "respond_by": "DAY(n)", "read_on": "DAY(n)", "kept_until": "DAY(n)", "day": "DAY(n)", "look_again": "CASE WHEN n % 20 = 0 THEN DAY(n) ELSE '' END",
	"at": "AT(n)", "updated": "AT(n)", "started": "AT(n)", "submitted_at": "AT(n)", "filed_at": "AT(n)", "reported_at": "AT(n)", "since": "AT(n)", "begun_at": "AT(n)", "closed_at": "AT(n)", "raised_at": "AT(n)",
	"reason": "'reason' || (n % 8)", "accommodation": "CASE WHEN n % 20 = 0 THEN 1 ELSE 0 END", "withheld": "CASE WHEN n % 50 = 0 THEN 1 ELSE 0 END",

	"cris_outbox.delivered_at":              "CASE WHEN n % 100 = 0 THEN 0 ELSE AT(n) END",
	"cris_case_history.receipt":             "'receipt' || (n / 3)",
	"cris_case_history.position":            "1 + n % 3",
	"cris_case_mailings.receipt":            "'receipt' || (n / 3)",
	"cris_case_mailings.position":           "1 + n % 3",
	"cris_case_mailings.number":             "CASE WHEN n % 4 = 0 THEN '' ELSE 'number' || n END",
	"cris_case_addresses.receipt":           "'receipt' || (n / 3)",
	"cris_case_addresses.position":          "1 + n % 3",
	"cris_delivery_scans.number":            "'number' || (n / 8)",
	"cris_delivery_scans.at":                "DAY(n)",
	"cris_scans.number":                     "'number' || (n / 8)",
	"cris_scans.at":                         "DAY(n)",
	"cris_scan_damage.file":                 "'file' || (n / 100)",
	"cris_scan_damage.line":                 "n % 100",
	"cris_e_requests.receipt":               "'receipt' || (n / 2)",
	"cris_e_requests.position":              "1 + n % 2",
	"cris_e_requests.answered":              "CASE WHEN n % 20 = 0 THEN '' ELSE DAY(n) END",
	"cris_e_requests.overdue":               "CASE WHEN n % 40 = 0 THEN '' ELSE DAY(n) END",
	"cris_srmt_steps.request_id":            "'id' || (n / 5)",
	"cris_srmt_steps.seq":                   "1 + n % 5",
	"cris_srmt_requests.status":             "CASE n / 90 % 10 WHEN 0 THEN 'unassigned' WHEN 1 THEN 'assigned' ELSE 'closed' END",
	"cris_srmt_looks.request_id":            "'id' || (n / 3)",
	"cris_selfcheck_queries.is_closed":      "CASE WHEN n % 20 = 0 THEN 0 ELSE 1 END",
	"cris_selfcheck_keys.transaction_id":    "'transaction_id' || (n / 5)",
	"cris_selfcheck_keys.kind":              "'kind' || (n % 5)",
	"cris_selfcheck_attempt_cells.day":      "DAY(n % 60)",
	"cris_selfcheck_attempt_cells.attempts": "1 + n % 3",
	"cris_selfcheck_attempt_returns.day":    "DAY(n % 60)",
	"cris_address_change_cases.report":      "'id' || (n / 3)",
	"cris_address_change_cases.position":    "1 + n % 3",
	"cris_gateway_steps.call_id":            "'id' || (n / 10)",
	"cris_gateway_steps.seq":                "1 + n % 10",
	"cris_gateway_said.call_id":             "'id' || (n / 3)",
	"cris_gateway_said.seq":                 "1 + n % 3",
	"cris_selfcheck_disclosures.handle":     "'handle' || (n / 4)",
	"cris_selfcheck_trails.handle":          "'handle' || (n / 4)",
	"cris_record_keys.class":                "'class' || (n % 12)",
	"cris_record_keys.key_id":               "'key' || (n % 3)",
}

// grow fills every table of a migrated database with rows.
func grow(t *testing.T, pool *sqlx.DB, kind database, rows int) {
	t.Helper()
	foreignKeysOff := "PRAGMA foreign_keys = OFF"
	if kind.driver == "pgx" {
		foreignKeysOff = "SET session_replication_role = replica"
	}
	pool.SetMaxOpenConns(1)
	_, err := pool.Exec(foreignKeysOff)
	require.NoError(t, err)
	names := lines(t, pool, kind.tables)
	tx, err := pool.Beginx()
	require.NoError(t, err)
	defer tx.Rollback()
	for _, table := range names {
		columns, err := tx.Queryx("SELECT * FROM " + table + " LIMIT 0")
		require.NoError(t, err)
		types, err := columns.ColumnTypes()
		require.NoError(t, err)
		require.NoError(t, columns.Close()) //nolint:sqlclosecheck // the next statement needs the connection
		var names, values []string
		for _, column := range types {
			name, value := column.Name(), "n"
			if column.DatabaseTypeName() == "TEXT" {
				value = "'" + name + "' || n"
			}
			value = cmp.Or(spread[table+"."+name], spread[name], value)
			names, values = append(names, name), append(values, kind.written(value))
		}
		_, err = tx.Exec(fmt.Sprintf(`WITH RECURSIVE numbers (n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n < %d)
			INSERT INTO %s (%s) SELECT %s FROM numbers`, cmp.Or(fewRows[table], rows), table, strings.Join(names, ", "), strings.Join(values, ", ")))
		require.NoError(t, err, table)
	}
	require.NoError(t, tx.Commit())
}

// written returns an expression of spread as this kind of database reads it.
func (kind database) written(value string) string {
	day := "date('2005-01-01', '+' || (n % 3650) || ' days')"
	if kind.driver == "pgx" {
		day = "to_char(DATE '2005-01-01' + CAST(n % 3650 AS INT), 'YYYY-MM-DD')"
	}
	value = strings.ReplaceAll(value, "DAY(n % 60)", strings.ReplaceAll(day, "3650", "60"))
	value = strings.ReplaceAll(value, "DAY(n)", day)
	return strings.ReplaceAll(value, "AT(n)", "(1104537600000000 + n * 7919000003 % 315360000000000)")
}

// countRows has the database count what it has, by which it plans, and believe that it has so
// many times more.
func countRows(t *testing.T, pool *sqlx.DB, kind database, times int) {
	t.Helper()
	do := func(statement string) {
		_, err := pool.Exec(statement)
		require.NoError(t, err, statement)
	}
	do("ANALYZE")
	if times == 1 {
		return
	}
	if kind.driver == "pgx" {
		do(fmt.Sprintf(`UPDATE pg_class SET reltuples = reltuples * %d
			WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'i') AND reltuples > 100`, times))
		return
	}
	// The first number is that of all rows, each other that of the rows with one value.
	var counted []struct {
		Index string `db:"idx"`
		Stat  string `db:"stat"`
	}
	require.NoError(t, pool.Select(&counted, "SELECT idx, stat FROM sqlite_stat1 WHERE idx IS NOT NULL"))
	for _, of := range counted {
		numbers := strings.Fields(of.Stat)
		for i, number := range numbers {
			var n int
			if _, err := fmt.Sscan(number, &n); err == nil && n > 10 {
				numbers[i] = strconv.Itoa(n * times)
			}
		}
		_, err := pool.Exec("UPDATE sqlite_stat1 SET stat = ? WHERE idx = ?", strings.Join(numbers, " "), of.Index)
		require.NoError(t, err)
	}
	do("ANALYZE sqlite_schema") // reads them again
}
