package sqlstore

import (
	"regexp"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"
)

func TestNames_OfTables(t *testing.T) {
	const query = "SELECT id FROM cris_cases JOIN cris_case_history USING (receipt)"
	require.Equal(t, query, names{prefix: "cris_"}.in(query))
	require.Equal(t, "SELECT id FROM ccases JOIN ccase_history USING (receipt)", names{prefix: "c"}.in(query))
	require.Equal(t, `SELECT id FROM "care".cris_cases JOIN "care".cris_case_history USING (receipt)`, names{prefix: "cris_", schema: "care"}.in(query))
	require.Equal(t, "cris_cases", names{prefix: "c", schema: "care"}.byDefault("ccases"))
	require.Equal(t, "people", names{prefix: "c"}.byDefault("people"))
}

func TestNames_OtherTablesHaveAnotherLock(t *testing.T) {
	seen := map[int64]bool{}
	for _, n := range []names{{prefix: "cris_"}, {prefix: "c"}, {prefix: "cris_", schema: "care"}, {prefix: "c", schema: "care"}} {
		seen[n.lock()] = true
	}
	require.Len(t, seen, 4)
}

func TestOptions_NamesThatAreNoIdentifiersAreRefused(t *testing.T) {
	refused := func(opts Options) string {
		var told string
		for call, open := range map[string]func() error{
			"Migrate": func() error { return Migrate(t.Context(), sqlx.NewDb(nil, "pgx"), &opts) },
			"Open":    func() error { _, err := Open(t.Context(), sqlx.NewDb(nil, "pgx"), InClear(), &opts); return err },
		} {
			err := open()
			require.Error(t, err, call)
			told = err.Error()
		}
		return told
	}
	for _, name := range []string{"Cris_", "cris-", "1", "_a", "a b", `a"`, "a;b", "é", "a\n", strings.Repeat("a", 64)} {
		require.Contains(t, refused(Options{Prefix: name}), "give a lower-case letter and then")
		require.Contains(t, refused(Options{Schema: name}), "give a lower-case letter and then")
	}
	require.Contains(t, refused(Options{Prefix: strings.Repeat("a", longestPrefix+1)}), "at most 20 characters")
	require.Contains(t, refused(Options{Prefix: "sqlite_"}), "SQLite keeps names")
	require.Contains(t, refused(Options{Schema: "pg_care"}), "PostgreSQL keeps this one")
	require.Contains(t, refused(Options{Schema: "information_schema"}), "PostgreSQL keeps this one")
}

// PostgreSQL cuts off what is longer, and then finds two names to be the same.
func TestNames_HaveRoomForTheLongestPrefix(t *testing.T) {
	for _, m := range migrations {
		for _, name := range regexp.MustCompile(`\bcris_(\w+)`).FindAllStringSubmatch(m.text, -1) {
			require.LessOrEqual(t, longestPrefix+len(name[1]), longestName, name[0])
		}
	}
}
