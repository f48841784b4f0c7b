package sqlstore

import (
	"archive/zip"
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"
)

// Dialect is a kind of database, for which migration files are written.
type Dialect string

// The databases that the store works with.
const (
	SQLite     Dialect = "sqlite"
	PostgreSQL Dialect = "postgresql"
)

// Dialects returns all of them.
func Dialects() []Dialect { return []Dialect{SQLite, PostgreSQL} }

// Migrations returns the schema as numbered SQL files, to be run in the order of their names by
// hand, or by a tool that runs plain SQL. Each is to be run whole and in one transaction:
//
//	sqlite3 -bail cris.db < 0001_core.sql // the file between BEGIN and COMMIT
//	psql --single-transaction --set ON_ERROR_STOP=1 --file 0001_core.sql
//
// Each file notes in the table of migrations that it was run, so that Migrate and Open know.
// The options are those that Migrate and Open are given; nil means the defaults. The error says
// what is wrong with the dialect or the options.
func Migrations(dialect Dialect, opts *Options) (fs.FS, error) {
	return renderMigrations(dialect, opts, migration.plain)
}

// GooseMigrations returns the files of Migrations as goose (github.com/pressly/goose) takes them.
// They go up only: a step down fails, and changes nothing, since it would drop records of people.
func GooseMigrations(dialect Dialect, opts *Options) (fs.FS, error) {
	return renderMigrations(dialect, opts, migration.goose)
}

func renderMigrations(dialect Dialect, opts *Options, render func(migration, Dialect, names) string) (fs.FS, error) {
	if dialect != SQLite && dialect != PostgreSQL {
		return nil, fmt.Errorf("sqlstore: unknown dialect %q: give sqlstore.SQLite or sqlstore.PostgreSQL", dialect)
	}
	names, err := newNames(opts)
	if err == nil {
		err = names.allowedOn(dialect)
	}
	if err != nil {
		return nil, err
	}
	files := make(map[string]string, len(migrations))
	for _, m := range migrations {
		files[m.name+".sql"] = render(m, dialect, names)
	}
	return filesInMemory(files)
}

// filesInMemory returns a file system with these files by name: an archive that is never on a disk.
func filesInMemory(files map[string]string) (fs.FS, error) {
	var archive bytes.Buffer
	writer := zip.NewWriter(&archive)
	for name, text := range files {
		file, err := writer.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Modified: time.Unix(0, 0)})
		if err != nil {
			return nil, fmt.Errorf("sqlstore: write migration files: %w", err)
		}
		if _, err := file.Write([]byte(text)); err != nil {
			return nil, fmt.Errorf("sqlstore: write migration files: %w", err)
		}
	}
	if err := writer.Close(); err != nil {
		return nil, fmt.Errorf("sqlstore: write migration files: %w", err)
	}
	return zip.NewReader(bytes.NewReader(archive.Bytes()), int64(archive.Len()))
}

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is a file of the schema.
type migration struct {
	version int    // from 1
	name    string // of the file, without .sql
	text    string // as it stands there: the same on every database, with the names of tables by default
}

// migrations are all that this program knows, in order.
var migrations = readMigrations()

func readMigrations() []migration {
	files, err := fs.Glob(migrationFiles, "migrations/*.sql") // sorts
	if err != nil {
		panic(err) // the pattern is well-formed
	}
	all := make([]migration, len(files))
	for i, file := range files {
		text, err := migrationFiles.ReadFile(file)
		if err != nil {
			panic(err) // it is embedded above
		}
		all[i] = migration{i + 1, strings.TrimSuffix(path.Base(file), ".sql"), string(text)}
	}
	return all
}

// plain returns the whole file for one database.
func (m migration) plain(dialect Dialect, n names) string {
	text := strings.TrimRight(n.inSchema(m.text), "\n") + "\n\n" + n.inSchema(m.record(dialect)) + "\n"
	if m.version == 1 && dialect == PostgreSQL {
		text = strings.Join(n.foundations(), "\n") + "\n\n" + text
	}
	return text
}

// goose returns the file with the marks of goose. The step down names a table that does not
// exist, and so both databases say what its name says.
func (m migration) goose(dialect Dialect, n names) string {
	const noWayBack = `SELECT 1 FROM "cris does not go down: restore a backup instead";`
	return "-- +goose Up\n" + m.plain(dialect, n) + "\n-- +goose Down\n" + noWayBack + "\n"
}

// record returns the statement that notes that the file was run, by the clock of the database.
func (m migration) record(dialect Dialect) string {
	now := `CAST(strftime('%s', 'now') AS BIGINT) * 1000000`
	if dialect == PostgreSQL {
		now = `CAST(EXTRACT(EPOCH FROM now()) * 1000000 AS BIGINT)`
	}
	return `INSERT INTO cris_migrations (version, name, ran_at) VALUES (` + strconv.Itoa(m.version) + `, '` + m.name + `', ` + now + `);`
}

// foundations returns the statements that PostgreSQL needs before the first file: the schema, and
// the collation by the name that SQLite has for the order of bytes.
func (n names) foundations() []string {
	statements := []string{n.inSchema(`CREATE COLLATION IF NOT EXISTS "binary" FROM "C";`)}
	if n.schema != "" {
		statements = append([]string{`CREATE SCHEMA IF NOT EXISTS "` + n.schema + `";`}, statements...)
	}
	return statements
}

// inSchema returns statements that change the schema, with the names that tables, indexes and the
// collation have here. An index is made in the schema of its table, and without telling one.
func (n names) inSchema(text string) string {
	text = n.in(text)
	if n.schema == "" {
		return text
	}
	schema := `"` + n.schema + `".`
	return strings.NewReplacer(
		"CREATE INDEX "+schema, "CREATE INDEX ",
		"CREATE UNIQUE INDEX "+schema, "CREATE UNIQUE INDEX ",
		`COLLATION IF NOT EXISTS "binary"`, "COLLATION IF NOT EXISTS "+schema+`"binary"`,
	).Replace(text)
}

// statements cuts a migration file into its statements: each ends with a line that,
// but for a comment, ends with a semicolon. Comments may hold semicolons.
func statements(text string) (all []string) {
	var statement strings.Builder
	for line := range strings.Lines(text) {
		statement.WriteString(line)
		code, _, _ := strings.Cut(line, "--")
		if strings.HasSuffix(strings.TrimSpace(code), ";") {
			all = append(all, statement.String())
			statement.Reset()
		}
	}
	return all
}
