package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/seed28e20331/cris"
)

// CompactOptions are how a database is compacted. The zero value of each field means its default.
type CompactOptions struct {
	// Full rewrites the database, so that nothing is left in it of what was removed or written over,
	// however long ago: VACUUM on SQLite, which needs as much free disk space as the database takes,
	// and VACUUM FULL on PostgreSQL. Others wait until it is done. Without it, SQLite gives free
	// pages back if the database was made with auto_vacuum(INCREMENTAL), and PostgreSQL takes what
	// was removed out of the tables; nobody waits.
	Full bool
}

// Compact has the database let go of what was removed. Call it after a purge, and with Full from
// time to time, when few are at work. On SQLite it empties the write-ahead log into the database
// and cuts it to nothing.
//
// Its error matches cris.ErrConflict if others keep reading or writing, and is otherwise that of
// the context or of the database. The database is whole whenever it stops. The role that compacts
// a database of PostgreSQL must own the tables.
func (db *DB) Compact(ctx context.Context, opts *CompactOptions) error {
	if db.host != nil {
		return errors.New("sqlstore: compact: a transaction of the host cannot be compacted: call it on the store that In was called on")
	}
	isFull := opts != nil && opts.Full
	if db.postgres {
		return db.vacuumPostgres(ctx, isFull)
	}
	conn, err := db.sql.Connx(ctx)
	if err != nil {
		return db.on(ctx).failed("compact", err)
	}
	defer conn.Close()
	vacuum := `PRAGMA incremental_vacuum`
	if isFull {
		vacuum = `VACUUM`
	}
	if _, err := conn.ExecContext(ctx, vacuum); err != nil {
		return db.on(ctx).failed("compact", err)
	}
	var busy, inLog, moved int
	if err := conn.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &inLog, &moved); err != nil {
		return db.on(ctx).failed("empty the write-ahead log", err)
	}
	if busy != 0 {
		return fmt.Errorf("sqlstore: empty the write-ahead log: others are reading or writing: call it again: %w", cris.ErrConflict)
	}
	return nil
}

func (db *DB) vacuumPostgres(ctx context.Context, isFull bool) error {
	vacuum := "VACUUM "
	if isFull {
		vacuum = "VACUUM FULL "
	}
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		if _, err := db.on(ctx).exec("compact "+name, vacuum+name); err != nil {
			return err
		}
	}
	return nil
}
