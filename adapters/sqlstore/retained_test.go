package sqlstore

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

// notPurged are the tables whose rows belong to no class of records, each with the reason why it
// does not grow forever.
var notPurged = map[string]string{
	"cris_delivery_cursor":           "one row",
	"cris_scan_positions":            "one row",
	"cris_scan_batches":              "a batch goes with the last of its scans",
	"cris_migrations":                "a row for each migration",
	"cris_settings":                  "a row for each setting",
	"cris_parked_events":             "a person releases or drops each, and is shown how many there are",
	"cris_relay_subjects":            "a row for each subject that a relay holds or that has failed, as long as that is so",
	"cris_record_keys":               "a key goes with its record",
	"cris_srmt_staff":                "a row for each member of staff, which past acts name",
	"cris_srmt_posts":                "a row for each post that a member of staff had",
	"cris_selfcheck_begun":           "selfcheck.Service.Sweep ends what was begun, within minutes",
	"cris_selfcheck_attempt_days":    "attempt.Limiter.Forget ends each day when it no longer counts",
	"cris_selfcheck_attempt_cells":   "attempt.Limiter.Forget removes it with its day",
	"cris_selfcheck_attempt_returns": "attempt.Limiter.Forget removes it with its day",
}

// purgedTables are the tables of the classes, with the class or classes of each.
func purgedTables() map[string][]cris.Code {
	purged := map[string][]cris.Code{}
	for _, code := range slices.Sorted(maps.Keys(retainedAs)) {
		of := retainedAs[code]
		for _, table := range append([]related{{table: of.table}}, of.parts...) {
			purged[table.table] = append(purged[table.table], code)
		}
	}
	return purged
}

// No table grows forever: each belongs to a class of records, or there is a reason why it need not.
func TestPV4_NoTableGrowsForever(t *testing.T) {
	require.Empty(t, growing(slices.Collect(maps.Keys(schemaOf(t))), purgedTables()))
	for name := range purgedTables() {
		require.Contains(t, tables, name, "a class is kept in a table that is not there")
	}
	for name := range notPurged {
		require.Contains(t, tables, name)
	}
}

// growing returns the tables that nothing purges, and those that need no reason.
func growing(names []string, purged map[string][]cris.Code) (problems []string) {
	for _, name := range slices.Sorted(slices.Values(names)) {
		switch reason, isExempt := notPurged[name]; {
		case len(purged[name]) == 0 && !isExempt:
			problems = append(problems, name+" belongs to no class of records")
		case len(purged[name]) > 0 && isExempt:
			problems = append(problems, name+" is purged, and is said not to be: "+reason)
		}
	}
	return problems
}

func TestPV4_GuardFindsTablesThatGrow(t *testing.T) {
	require.Equal(t, []string{"cris_scan_batches is purged, and is said not to be: a batch goes with the last of its scans", "cris_visits belongs to no class of records"},
		growing([]string{"cris_cases", "cris_visits", "cris_scan_batches", "cris_settings"},
			map[string][]cris.Code{"cris_cases": {"c"}, "cris_scan_batches": {"s"}}))
}

func TestPV4_EveryClassOfTheScheduleIsKeptSomewhere(t *testing.T) {
	var codes []cris.Code
	for _, class := range RecordClasses() {
		codes = append(codes, class.Code)
	}
	require.ElementsMatch(t, slices.Collect(maps.Keys(retainedAs)), codes)
	_, err := cris.NewSchedule(RecordClasses()...)
	require.NoError(t, err)
}

// What the row structs say of retention is what the purge does: a table that shares the period of
// another goes with it, and the column from which the period counts is among what is looked at.
func TestPV4_TagsAndPurgeAgree(t *testing.T) {
	for name, row := range tables {
		for _, value := range tagged(row, "retention") {
			column := columnWith(row, value)
			if of, shares := strings.CutPrefix(value, "as "); shares {
				require.True(t, goesWith(name, of, column), "%s shares the period of %s and does not go with it", name, of)
				continue
			}
			require.NotEmpty(t, purgedTables()[name], name)
		}
	}
}

func columnWith(row reflect.Type, retention string) string {
	for _, c := range columnsOf(row) {
		if row.FieldByIndex(c.index).Tag.Get("retention") == retention {
			return c.name
		}
	}
	return ""
}

func goesWith(table, root, column string) bool {
	for _, of := range retainedAs {
		if of.table == root && slices.ContainsFunc(of.parts, func(part related) bool { return part.table == table && part.key == column }) {
			return true
		}
	}
	return false
}
