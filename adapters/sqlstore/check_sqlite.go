package sqlstore

import (
	"context"

	"github.com/jmoiron/sqlx"
)

// smallestSQLite is the first release with RETURNING.
const smallestSQLite = "3.35.0"

func (db *DB) checkSQLite(ctx context.Context) error {
	conn, err := db.sql.Connx(ctx)
	if err != nil {
		return db.on(ctx).failed("connect", err)
	}
	defer conn.Close()
	if err := db.checkLibrary(ctx, conn); err != nil {
		return err
	}
	file, err := ask[string](ctx, conn, `SELECT file FROM pragma_database_list WHERE name = 'main'`)
	if err != nil {
		return db.on(ctx).failed("read the name of the file", err)
	}
	if file == "" {
		return db.checkMemory()
	}
	if err := db.checkFile(ctx, conn); err != nil {
		return err
	}
	return db.checkWritable(ctx, conn)
}

// checkLibrary looks at what is compiled into the driver, and how the database stores text.
func (db *DB) checkLibrary(ctx context.Context, conn *sqlx.Conn) error {
	version, err := ask[string](ctx, conn, `SELECT sqlite_version()`)
	if err != nil {
		return db.on(ctx).failed("read the version", err)
	}
	if isBefore(version, smallestSQLite) {
		return unfit("SQLite is %s: build the program with a driver that has SQLite %s or later", version, smallestSQLite)
	}
	encoding, err := ask[string](ctx, conn, `PRAGMA encoding`)
	if err != nil {
		return db.on(ctx).failed("read the encoding", err)
	}
	if encoding != "UTF-8" {
		return unfit("the encoding of the database is %s, which sorts keys in another order: make a new one, in which PRAGMA encoding is UTF-8, and copy the rows", encoding)
	}
	return nil
}

// checkMemory refuses a database that is not on disk unless it has one connection: each connection
// has one for itself, or they share one whose locks nobody waits for.
func (db *DB) checkMemory() error {
	if db.sql.Stats().MaxOpenConnections != 1 {
		return unfit("each connection has a database in memory of its own: call SetMaxOpenConns(1), and no SetConnMaxLifetime or SetConnMaxIdleTime, or open a file")
	}
	return nil
}

// checkFile looks at how connections to one file get on with each other.
func (db *DB) checkFile(ctx context.Context, conn *sqlx.Conn) error {
	journal, err := ask[string](ctx, conn, `PRAGMA journal_mode`)
	if err != nil {
		return db.on(ctx).failed("read journal_mode", err)
	}
	if journal != "wal" {
		return unfit("the journal mode of the file is %s, in which readers keep writers out: open it with %s, or run PRAGMA journal_mode=WAL on it once",
			journal, db.dsnOf("_pragma=journal_mode(WAL)", "_journal_mode=WAL"))
	}
	// The setting belongs to a connection. One that was made by a statement does not reach the next.
	waits := []*sqlx.Conn{conn}
	if db.sql.Stats().MaxOpenConnections != 1 {
		second, err := db.sql.Connx(ctx)
		if err != nil {
			return db.on(ctx).failed("connect", err)
		}
		defer second.Close()
		waits = append(waits, second)
	}
	for _, conn := range waits {
		wait, err := ask[int64](ctx, conn, `PRAGMA busy_timeout`)
		if err != nil {
			return db.on(ctx).failed("read busy_timeout", err)
		}
		if wait == 0 {
			return unfit("busy_timeout is 0, so nobody waits for the lock: open the file with %s, so that every connection gets it",
				db.dsnOf("_pragma=busy_timeout(10000)", "_busy_timeout=10000"))
		}
	}
	return nil
}

// dsnOf returns what the driver wants to read in its connection string.
func (db *DB) dsnOf(modernc, mattn string) string {
	switch module := db.driverPackage(); module {
	case "modernc.org/sqlite":
		return modernc
	case "github.com/mattn/go-sqlite3":
		return mattn
	}
	return modernc + " with modernc.org/sqlite, " + mattn + " with mattn/go-sqlite3"
}

// checkWritable tries a write that changes nothing.
func (db *DB) checkWritable(ctx context.Context, conn *sqlx.Conn) error {
	if err := setBusyTimeout(ctx, conn, 0); err != nil { // whoever holds the lock shows that it can be had
		return db.on(ctx).failed("set busy_timeout", err)
	}
	_, failed := conn.ExecContext(ctx, db.text(`DELETE FROM cris_scopes WHERE scope = ''`))
	if err := setBusyTimeout(context.WithoutCancel(ctx), conn, db.busyTimeout); err != nil {
		closeConn(conn)
	}
	const readOnly = 8
	if code, _ := sqliteCode(failed); code&0xff == readOnly {
		return unfit("the file cannot be written: let the user of the program write to it and to its folder, and open it without mode=ro, immutable=1 and query_only")
	}
	return nil
}
