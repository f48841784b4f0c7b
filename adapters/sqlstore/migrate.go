package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/seed28e20331/cris"
)

// Migrate brings the schema up to date, in one transaction and under a lock, so that several
// processes may start at once. It is idempotent, and writes nothing if there is nothing to do: a
// role that may only read and write rows can call it then, and on a file that is read-only.
// Files that were run by hand or by another tool count as run: see Migrations.
//
// Its error matches
//   - ErrSchemaNewer if the database has migrations that this program does not know
//   - ErrNotRecorded if the tables are there and nothing says which migrations they are from
//   - cris.ErrConflict if others kept the database busy for several seconds
//
// and is otherwise that of the context or of the database. It says what to do, and the schema is
// as it was before.
func Migrate(ctx context.Context, db *sqlx.DB, opts *Options) error {
	store, err := newDB(ctx, db, opts)
	if err != nil {
		return err
	}
	return store.untilQuiet(ctx, store.migrate)
}

// untilQuiet calls change until others do not get in its way. SQLite does not wait, whatever its
// busy timeout, while another process switches a new file to the write-ahead log, nor if one has
// written between the first read of a transaction and its first write. Both are over in a moment.
func (db *DB) untilQuiet(ctx context.Context, change func(ctx context.Context) error) error {
	const attempts, moment = 100, 50 * time.Millisecond
	for attempt := 1; ; attempt++ {
		err := change(ctx)
		if attempt == attempts || !errors.Is(err, cris.ErrConflict) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(moment):
		}
	}
}

func (db *DB) migrate(ctx context.Context) error {
	return db.transaction(ctx, func(t *tx) error {
		if err := t.lockSchema(); err != nil {
			return err
		}
		found, err := t.schema()
		if err != nil {
			return t.advised(err)
		}
		if err := found.refusedBy("migrate"); err != nil {
			return err
		}
		if found.isOldRecord {
			if err := t.renew(found.ran); err != nil {
				return t.advised(err)
			}
		}
		for _, m := range migrations {
			if err := t.runUnlessRan(m, found.ran); err != nil {
				return t.advised(err)
			}
		}
		return nil
	})
}

// lockSchema lets no other Migrate or Baseline run beside this one. PostgreSQL lets two
// transactions create a table at once and fails one; SQLite takes its one write lock with the
// first change.
func (s *session) lockSchema() error {
	if !s.db.postgres {
		return nil
	}
	_, err := s.exec("lock schema", `SELECT pg_advisory_xact_lock(?)`, s.db.names.lock())
	return err
}

func (s *session) runUnlessRan(m migration, ran map[int]migrationRow) error {
	if _, did := ran[m.version]; did {
		return nil
	}
	if m.version == 1 {
		if err := s.layFoundations(); err != nil {
			return err
		}
	}
	for _, statement := range statements(s.db.names.inSchema(m.text + m.record(s.db.dialect()))) {
		if err := s.change("run migration "+m.name, statement); err != nil {
			return err
		}
	}
	return nil
}

// layFoundations makes what PostgreSQL needs before the first migration. A role that may not make
// schemas is not asked to where there is one.
func (s *session) layFoundations() error {
	if !s.db.postgres {
		return nil
	}
	for _, statement := range s.db.names.foundations() {
		if strings.HasPrefix(statement, "CREATE SCHEMA") {
			there, err := read[int64](s, "look for schema", `SELECT count(*) FROM pg_namespace WHERE nspname = ?`, s.db.names.schema)
			if err != nil {
				return err
			}
			if there[0] > 0 {
				continue
			}
		}
		if err := s.change("prepare schema", statement); err != nil {
			return err
		}
	}
	return s.checkCollation()
}

// checkCollation fails if the collation "binary" was there before, and is in another order.
func (s *session) checkCollation() error {
	wrong, err := read[int64](s, "look at collation", `SELECT count(*) FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
		WHERE c.collname = 'binary' AND n.nspname = `+s.db.schemaName()+` AND (c.collprovider <> 'c' OR c.collcollate NOT IN ('C', 'POSIX'))`, s.db.names.schema)
	if err == nil && wrong[0] > 0 {
		return errors.New(`sqlstore: migrate: this schema has a collation "binary" that is not the order of bytes: ` +
			`give the tables a schema of their own with Options.Schema`)
	}
	return err
}

// change runs a statement that was written for this database, with its names.
func (s *session) change(doing, statement string) error {
	if _, err := s.sql.ExecContext(s.ctx, statement); err != nil {
		return s.failed(doing, err)
	}
	return nil
}

// advised adds what to do about an error of the database, where that is known.
func (s *session) advised(err error) error {
	told, is := errors.AsType[*Error](err)
	if !is {
		return err
	}
	if advice := s.adviceFor(told.Code); advice != "" {
		return fmt.Errorf("%w: %s", err, advice)
	}
	return err
}

func (s *session) adviceFor(code string) string {
	const readOnly = 8 // SQLITE_READONLY, the low byte of its kinds
	if number, err := strconv.Atoi(code); err == nil && !s.db.postgres && number&0xff == readOnly {
		code = "25006"
	}
	switch code {
	case "42501": // insufficient privilege
		return "the role of this connection may not do this: let its owner migrate, or GRANT CREATE, USAGE ON SCHEMA to migrate, " +
			"and SELECT on " + s.db.names.in("cris_migrations") + " to open the store"
	case "25006": // read-only transaction
		return "the database is read-only: migrate where it can be written, not on a copy or a standby, and as a user who may write the file and its folder"
	case "42P07", "42710": // duplicate table, duplicate object
		return s.takenAdvice()
	case "1": // SQLITE_ERROR, which a table that is there gives too
		return "if a table or an index is there already: " + s.takenAdvice()
	}
	return ""
}

func (s *session) takenAdvice() string {
	return "a table or an index with one of these names is there already: choose another Options.Prefix, or, if files were run without their last statement, call sqlstore.Baseline"
}

// dialect returns the kind of the database.
func (db *DB) dialect() Dialect {
	if db.postgres {
		return PostgreSQL
	}
	return SQLite
}
