package sqlstore

import (
	"database/sql"
	"fmt"
	"io/fs"
	"reflect"
	"regexp"
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

func TestPV2_NoStoreIsOpenedWithoutAWordOnSealing(t *testing.T) {
	for _, sealing := range []Sealing{{}, SealedBy(nil)} {
		_, err := Open(t.Context(), sqlx.NewDb(nil, "sqlite"), sealing, nil)
		require.ErrorContains(t, err, "sqlstore.SealedBy(keys) or sqlstore.InClear()")
	}
}

func TestStatements_EndWithALineThatEndsWithASemicolon(t *testing.T) {
	require.Equal(t, []string{
		"-- One; two;\nCREATE TABLE a (\n    id TEXT, -- three; four\n    at BIGINT\n);\n",
		"\nCREATE INDEX b ON a (at); -- five;\n",
	}, statements("-- One; two;\nCREATE TABLE a (\n    id TEXT, -- three; four\n    at BIGINT\n);\n\nCREATE INDEX b ON a (at); -- five;\n-- six;\n"))
	require.Empty(t, statements("-- nothing;\n"))
}

// The files run on both databases as they are, and Migrate finds the end of every
// statement.
func TestMigrations_AreWrittenForBothDatabases(t *testing.T) {
	names, err := fs.Glob(Migrations(), "*")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for i, name := range names {
		text, err := fs.ReadFile(Migrations(), name)
		require.NoError(t, err)
		require.Empty(t, migrationFlaws(i+1, name, string(text)), name)
	}
}

func migrationFlaws(number int, name, text string) (flaws []string) {
	if !regexp.MustCompile(fmt.Sprintf(`^%04d_[a-z]+\.sql$`, number)).MatchString(name) {
		flaws = append(flaws, fmt.Sprintf("is file %d, but called %s", number, name))
	}
	open := false
	for line := range strings.Lines(text) {
		statement, _, _ := strings.Cut(line, "--")
		statement = strings.TrimSpace(statement)
		if strings.Count(statement, "'")%2 != 0 {
			flaws = append(flaws, "string over more than a line, or with a comment: "+line)
		}
		before, ends := strings.CutSuffix(statement, ";")
		if strings.Contains(before, ";") {
			flaws = append(flaws, "semicolon before the end of the line: "+line)
		}
		open = statement != "" && !ends || statement == "" && open
		if word := dialect.FindString(statement); word != "" {
			flaws = append(flaws, word+" is not the same on SQLite and PostgreSQL: "+line)
		}
	}
	if open {
		flaws = append(flaws, "no semicolon at the end")
	}
	return flaws
}

// dialect are types and words that mean something else, or nothing, on one of the two.
var dialect = regexp.MustCompile(`(?i)\b(INTEGER|INT|SERIAL|BIGSERIAL|BOOLEAN|BOOL|TIMESTAMP\w*|DATE|TIME|BLOB|BYTEA|JSONB?|` +
	`REAL|NUMERIC|VARCHAR|CHAR|UUID|AUTOINCREMENT|RETURNING|NOW|STRICT|WITHOUT|PRAGMA|GENERATED)\b`)

func TestMigrations_GuardFindsPlantedFlaws(t *testing.T) {
	for name, test := range map[string]struct {
		file, text string
		flaws      int
	}{
		"Good":        {"0002_scans.sql", "-- Dates; they are text.\nCREATE TABLE cris_scans (id TEXT PRIMARY KEY, at BIGINT NOT NULL); -- micros\n", 0},
		"Gap":         {"0003_scans.sql", "", 1},
		"Dashes":      {"0002_scans.sql", "INSERT INTO cris_scans VALUES ('a--b')\n;\n", 1},
		"String":      {"0002_scans.sql", "INSERT INTO cris_scans VALUES ('a;b');\n", 1},
		"TwoInALine":  {"0002_scans.sql", "DROP TABLE a; DROP TABLE b;\n", 1},
		"NoEnd":       {"0002_scans.sql", "DROP TABLE a\n-- the end;\n", 1},
		"Type":        {"0002_scans.sql", "CREATE TABLE cris_scans (id integer, at TIMESTAMPTZ);\n", 1},
		"DefaultTime": {"0002_scans.sql", "CREATE TABLE cris_scans (at BIGINT DEFAULT now());\n", 1},
	} {
		t.Run(name, func(t *testing.T) {
			require.Len(t, migrationFlaws(2, test.file, test.text), test.flaws)
		})
	}
}
