package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
)

// The errors by which a host can tell what is wrong with a schema. What wraps them says what to do.
var (
	// ErrNotMigrated: there are no tables under the prefix of the options. Migrate makes them.
	ErrNotMigrated = errors.New("the database was not migrated")
	// ErrSchemaBehind: the program knows migrations that were not run. Migrate runs them.
	ErrSchemaBehind = errors.New("the schema is behind the program")
	// ErrSchemaNewer: migrations were run that the program does not know. It has to be updated.
	ErrSchemaNewer = errors.New("the schema is newer than the program")
	// ErrNotRecorded: tables are there, and nothing says which migrations they are from. Baseline
	// notes that.
	ErrNotRecorded = errors.New("there is no record of the migrations that were run")
)

// SchemaStatus says which migrations a database has.
type SchemaStatus struct {
	// Version is the number of the last migration up to which every one was run, 0 if none was.
	Version int
	// Known are the migrations of this program, in order.
	Known []MigrationStatus
	// Unknown are others that were run, in order: those of a newer program.
	Unknown []MigrationStatus
}

// IsCurrent reports whether the schema is the one that this program works with.
func (s SchemaStatus) IsCurrent() bool { return s.Version == len(s.Known) && len(s.Unknown) == 0 }

// MigrationStatus says whether a migration was run.
type MigrationStatus struct {
	Version int    // from 1, without gaps
	Name    string // such as 0001_core
	Ran     bool
	RanAt   time.Time // in UTC, by the clock of the database; or when it was recorded by Baseline. Zero if it was not run.
}

// Status reads which migrations were run, and changes nothing. A database without any is not an
// error. The error matches ErrNotRecorded if there are tables and no record; otherwise it is that
// of the context or of the database.
func Status(ctx context.Context, db *sqlx.DB, opts *Options) (SchemaStatus, error) {
	store, err := newDB(ctx, db, opts)
	if err != nil {
		return SchemaStatus{}, err
	}
	s := store.on(ctx)
	found, err := s.schema()
	if err != nil {
		return SchemaStatus{}, s.advised(err)
	}
	if found.isUnrecorded {
		return SchemaStatus{}, found.refusedBy("status")
	}
	return found.status(), nil
}

// checkSchema fails unless the schema is the one that this program works with.
func (db *DB) checkSchema(ctx context.Context, doing string) error {
	s := db.on(ctx)
	found, err := s.schema()
	if err != nil {
		return s.advised(err)
	}
	if err := found.refusedBy(doing); err != nil {
		return err
	}
	status := found.status()
	switch {
	case status.Version == 0:
		return fmt.Errorf("sqlstore: %s: %w: there is no table %s: call sqlstore.Migrate first, "+
			"and give both the same Options (if the table is there, the role may not use its schema)", doing, ErrNotMigrated, db.names.in("cris_migrations"))
	case !status.IsCurrent() || found.isOldRecord:
		return fmt.Errorf("sqlstore: %s: %w: it is at version %d, and this program needs %d: call sqlstore.Migrate, "+
			"or run the files that are missing, before the program starts", doing, ErrSchemaBehind, status.Version, len(status.Known))
	}
	return nil
}

// migrationRow is a row of the record of migrations.
type migrationRow struct {
	Version int       `db:"version,key"`
	Name    string    `db:"name"`
	RanAt   time.Time `db:"ran_at"`
}

var migrationTable = newTable[migrationRow]("cris_migrations")

// schema is what a database is found to have.
type schema struct {
	encoding     string
	ran          map[int]migrationRow
	isOldRecord  bool // it has names alone
	isUnrecorded bool
}

// schema reads what the database has.
func (s *session) schema() (found schema, err error) {
	encoding, err := read[string](s, "read encoding", s.db.either(`SELECT encoding FROM pragma_encoding`, `SELECT current_setting('server_encoding')`))
	if err != nil {
		return found, err
	}
	record, err := s.columnsOf("cris_migrations")
	if err != nil {
		return found, err
	}
	found = schema{encoding: encoding[0], ran: map[int]migrationRow{}, isOldRecord: slices.Equal(record, []string{"name"})}
	switch {
	case found.isOldRecord:
		found.ran, err = s.oldRecord()
	case len(record) > 0:
		var rows []migrationRow
		rows, err = migrationTable.find(s, "ORDER BY version")
		for _, row := range rows {
			found.ran[row.Version] = row
		}
	default:
		var scopes []string
		scopes, err = s.columnsOf("cris_scopes")
		found.isUnrecorded = len(scopes) > 0
	}
	return found, err
}

// columnsOf returns the columns of a table by the name that it has here, none if there is no such
// table.
func (s *session) columnsOf(table string) ([]string, error) {
	return read[string](s, "look for "+table, s.db.either(
		`SELECT name FROM pragma_table_info('`+table+`') ORDER BY cid`,
		`SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass('`+table+`') AND attnum > 0 AND NOT attisdropped ORDER BY attnum`))
}

// either returns what is written for this database.
func (db *DB) either(sqlite, postgres string) string {
	if db.postgres {
		return postgres
	}
	return sqlite
}

// refusedBy returns why the database can neither be migrated nor opened, nil if it can.
func (f schema) refusedBy(doing string) error {
	if f.encoding != "UTF-8" && f.encoding != "UTF8" {
		return fmt.Errorf("sqlstore: %s: the encoding of the database is %s, in which not every name can be kept in its order: "+
			"make the database with the encoding UTF-8, since it cannot be changed later", doing, f.encoding)
	}
	if f.isUnrecorded {
		return fmt.Errorf("sqlstore: %s: %w: if files were run by hand, call sqlstore.Baseline with the number of the last one; "+
			"if the tables are not of this library, choose another Options.Prefix", doing, ErrNotRecorded)
	}
	if unknown := f.status().Unknown; len(unknown) > 0 {
		last := unknown[len(unknown)-1]
		return fmt.Errorf("sqlstore: %s: %w: it has migration %d, and this program knows those up to %d: update the program",
			doing, ErrSchemaNewer, last.Version, len(migrations))
	}
	return nil
}

func (f schema) status() (status SchemaStatus) {
	for _, m := range migrations {
		row, ran := f.ran[m.version]
		status.Known = append(status.Known, MigrationStatus{m.version, m.name, ran, row.RanAt})
		if ran && status.Version == m.version-1 {
			status.Version = m.version
		}
	}
	for _, version := range slices.Sorted(maps.Keys(f.ran)) {
		if version < 1 || version > len(migrations) {
			row := f.ran[version]
			status.Unknown = append(status.Unknown, MigrationStatus{version, row.Name, true, row.RanAt})
		}
	}
	return status
}

// versionOf reads 1 from 0001_core, 0 if there is no number.
func versionOf(name string) int {
	number, _, _ := strings.Cut(name, "_")
	version, err := strconv.Atoi(number)
	if err != nil {
		return 0
	}
	return version
}
