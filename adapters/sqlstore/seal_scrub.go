package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
)

// scrubbed are the tables in which values stood in clear.
func scrubbed() []string {
	names := []string{selfCheckKeyTable.name}
	for _, table := range sealedTables {
		names = append(names, table.name)
	}
	return names
}

// mayScrub refuses a role of PostgreSQL that cannot rewrite the tables: VACUUM would leave them out
// and say nothing that a program sees.
func (db *DB) mayScrub(ctx context.Context) error {
	if !db.postgres {
		return nil
	}
	for _, name := range scrubbed() {
		owns, err := read[bool](db.on(ctx), "read the owner of "+name,
			`SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = CAST(? AS regclass)`, db.names.in(name))
		if err != nil {
			return err
		}
		if len(owns) == 0 || !owns[0] {
			return fmt.Errorf("sqlstore: seal: the role of this program does not own the table %s, so it cannot remove what stood there: run Seal as the role that migrates", name)
		}
	}
	return nil
}

// scrub removes what the database keeps of values that stood there: rows that were replaced, on
// pages that are free, in its log and in its statistics.
func (db *DB) scrub(ctx context.Context) error {
	if !db.postgres {
		return db.scrubSQLite(ctx)
	}
	for _, name := range scrubbed() {
		if _, err := db.sql.ExecContext(ctx, db.text(`VACUUM (FULL, ANALYZE) `+name)); err != nil {
			return db.on(ctx).failed("rewrite "+name, err)
		}
	}
	// The statistics of columns hold values that were frequent; those that were replaced just now are
	// still on its pages. Whoever does not own the database is not allowed this, which is no error.
	if _, err := db.sql.ExecContext(ctx, `VACUUM (FULL) pg_catalog.pg_statistic`); err != nil {
		return db.on(ctx).failed("rewrite the statistics", err)
	}
	return nil
}

// scrubSQLite writes the file anew. What is left of its journal is removed too, whichever it has.
func (db *DB) scrubSQLite(ctx context.Context) error {
	on := db.on(ctx)
	samples, err := read[string](on, "look for statistics", `SELECT name FROM sqlite_master WHERE name = 'sqlite_stat4'`)
	if err == nil && len(samples) > 0 { // they hold values of indexed columns
		_, err = on.exec("analyze", `ANALYZE`)
	}
	if err != nil {
		return err
	}
	if _, err := on.exec("vacuum", `VACUUM`); err != nil {
		return err
	}
	modes, err := read[string](on, "read the journal mode", `PRAGMA journal_mode`)
	if err != nil {
		return err
	}
	switch {
	case len(modes) > 0 && modes[0] == "wal":
		return db.emptyLog(ctx)
	case len(modes) > 0 && modes[0] == "persist":
		// A journal of this kind stays, with what it held, until the mode is another one.
		for _, mode := range []string{"delete", "persist"} {
			if _, err := read[string](on, "remove the journal", `PRAGMA journal_mode = `+mode); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkpointRow is what SQLite says of a checkpoint.
type checkpointRow struct {
	Busy        int
	Log, Copied int
}

// emptyLog copies the write-ahead log into the file and truncates it, which waits for everyone who
// reads.
func (db *DB) emptyLog(ctx context.Context) error {
	const attempts, moment = 100, 50 * time.Millisecond
	for range attempts {
		said, err := read[checkpointRow](db.on(ctx), "empty the log", `PRAGMA wal_checkpoint(TRUNCATE)`)
		if err != nil && !errors.Is(err, cris.ErrConflict) {
			return err
		}
		if err == nil && len(said) > 0 && said[0].Busy == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(moment):
		}
	}
	return fmt.Errorf("sqlstore: empty the log: others keep reading from the database: stop the other programs, and call this again: %w", cris.ErrConflict)
}
