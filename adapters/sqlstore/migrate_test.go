package sqlstore

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

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
	require.NotEmpty(t, migrations)
	for i, m := range migrations {
		require.Equal(t, i+1, m.version)
		require.Empty(t, migrationFlaws(m.version, m.name, m.text), m.name)
	}
}

func migrationFlaws(number int, name, text string) (flaws []string) {
	if !regexp.MustCompile(fmt.Sprintf(`^%04d_[a-z]+$`, number)).MatchString(name) {
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
		if takes.MatchString(statement) {
			flaws = append(flaws, "takes away what a program of the version before still uses: "+line)
		}
		if adds.MatchString(statement) && !strings.Contains(statement, "DEFAULT") {
			flaws = append(flaws, "a column without a default, which a program of the version before does not write: "+line)
		}
		if word := dialect.FindString(statement); word != "" {
			flaws = append(flaws, word+" is not the same on SQLite and PostgreSQL: "+line)
		}
	}
	if open {
		flaws = append(flaws, "no semicolon at the end")
	}
	return flaws
}

// takes and adds are changes that have to be thought of while a version is rolled out: programs of
// the one before go on.
var (
	takes = regexp.MustCompile(`(?i)\b(DROP (TABLE|COLUMN)|RENAME|ALTER COLUMN)\b`)
	adds  = regexp.MustCompile(`(?i)\bADD COLUMN\b`)
)

// dialect are types and words that mean something else, or nothing, on one of the two.
var dialect = regexp.MustCompile(`(?i)\b(INTEGER|INT|SERIAL|BIGSERIAL|BOOLEAN|BOOL|TIMESTAMP\w*|DATE|TIME|BLOB|BYTEA|JSONB?|` +
	`REAL|NUMERIC|VARCHAR|CHAR|UUID|AUTOINCREMENT|RETURNING|NOW|STRICT|WITHOUT|PRAGMA|GENERATED)\b`)

func TestMigrations_GuardFindsPlantedFlaws(t *testing.T) {
	for name, test := range map[string]struct {
		file, text string
		flaws      int
	}{
		"Good":        {"0002_scans", "-- Dates; they are text.\nCREATE TABLE cris_scans (id TEXT PRIMARY KEY, at BIGINT NOT NULL); -- micros\n", 0},
		"Gap":         {"0003_scans", "", 1},
		"Dashes":      {"0002_scans", "INSERT INTO cris_scans VALUES ('a--b')\n;\n", 1},
		"String":      {"0002_scans", "INSERT INTO cris_scans VALUES ('a;b');\n", 1},
		"TwoInALine":  {"0002_scans", "DELETE FROM a; DELETE FROM b;\n", 1},
		"NoEnd":       {"0002_scans", "DELETE FROM a\n-- the end;\n", 1},
		"Drop":        {"0002_scans", "DROP TABLE cris_scans;\n", 1},
		"Column":      {"0002_scans", "ALTER TABLE cris_scans ADD COLUMN place TEXT NOT NULL;\n", 1},
		"Default":     {"0002_scans", "ALTER TABLE cris_scans ADD COLUMN place TEXT NOT NULL DEFAULT '';\n", 0},
		"Type":        {"0002_scans", "CREATE TABLE cris_scans (id integer, at TIMESTAMPTZ);\n", 1},
		"DefaultTime": {"0002_scans", "CREATE TABLE cris_scans (at BIGINT DEFAULT now());\n", 1},
	} {
		t.Run(name, func(t *testing.T) {
			require.Len(t, migrationFlaws(2, test.file, test.text), test.flaws)
		})
	}
}

func TestMigrations_AreFilesThatAnyToolCanRead(t *testing.T) {
	for _, render := range []func(Dialect, *Options) (fs.FS, error){Migrations, GooseMigrations} {
		files, err := render(SQLite, nil)
		require.NoError(t, err)
		require.NoError(t, fstest.TestFS(files, migrations[0].name+".sql", migrations[len(migrations)-1].name+".sql"))
		_, err = render("mysql", nil)
		require.ErrorContains(t, err, "sqlstore.SQLite or sqlstore.PostgreSQL")
		_, err = render(PostgreSQL, &Options{Prefix: "Bad-"})
		require.ErrorContains(t, err, "lower-case letter")
	}
}

func TestMigrations_HaveTheNamesOfTheOptions(t *testing.T) {
	own := names{prefix: "care_", schema: "staff"}
	for _, m := range migrations {
		text := m.plain(PostgreSQL, own)
		require.NotContains(t, text, "cris_", m.name)
		require.NotContains(t, text, `COLLATE "binary"`, "without a schema it depends on the search path")
		require.NotRegexp(t, `CREATE (UNIQUE )?INDEX "staff"`, text, "an index is made without a schema")
		require.NotContains(t, text, `""`, m.name)
	}
	require.Equal(t, `DROP INDEX "staff".care_a; CREATE INDEX care_a ON "staff".care_b (c);`, own.inSchema(`DROP INDEX cris_a; CREATE INDEX cris_a ON cris_b (c);`))
	require.Contains(t, migrations[0].plain(PostgreSQL, own), `CREATE SCHEMA IF NOT EXISTS "staff";`)
	require.NotContains(t, migrations[0].plain(SQLite, names{prefix: "cris_"}), "COLLATION")
}

// The text of an identifier is cut after 63 bytes by PostgreSQL, and with it what goose says.
func TestGooseMigrations_StepDownSaysWhatToDoInOneIdentifier(t *testing.T) {
	_, down, found := strings.Cut(migrations[0].goose(PostgreSQL, names{prefix: "cris_"}), "-- +goose Down\n")
	require.True(t, found)
	sentence := regexp.MustCompile(`"(.*)"`).FindStringSubmatch(down)[1]
	require.LessOrEqual(t, len(sentence), 63)
}

func TestSchema_SaysWhatToDo(t *testing.T) {
	ran := func(versions ...int) schema {
		found := schema{encoding: "UTF8", ran: map[int]migrationRow{}}
		for _, version := range versions {
			found.ran[version] = migrationRow{Version: version, Name: fmt.Sprintf("%04d_x", version)}
		}
		return found
	}
	require.NoError(t, ran().refusedBy("open"))
	require.NoError(t, ran(1, 2).refusedBy("open"))
	newer := ran(1, len(migrations)+1).refusedBy("open")
	require.ErrorIs(t, newer, ErrSchemaNewer)
	require.ErrorContains(t, newer, "update the program")
	for _, encoding := range []string{"LATIN1", "SQL_ASCII", "UTF-16le"} {
		err := schema{encoding: encoding}.refusedBy("migrate")
		require.ErrorContains(t, err, "the encoding of the database is "+encoding)
		require.False(t, errors.Is(err, ErrSchemaNewer) || errors.Is(err, ErrNotRecorded))
	}
	require.ErrorIs(t, schema{encoding: "UTF8", isUnrecorded: true}.refusedBy("migrate"), ErrNotRecorded)
}

func TestSchemaStatus_VersionIsTheLastWithoutAGap(t *testing.T) {
	found := schema{ran: map[int]migrationRow{1: {Version: 1}, 2: {Version: 2}, 4: {Version: 4}, 99: {Version: 99, Name: "0099_later"}}}
	status := found.status()
	require.Equal(t, 2, status.Version)
	require.Len(t, status.Known, len(migrations))
	require.Equal(t, []MigrationStatus{{Version: 99, Name: "0099_later", Ran: true}}, status.Unknown)
	require.False(t, status.IsCurrent())
}
