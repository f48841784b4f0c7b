package sqlstore

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"
)

// smallestPostgres is the first release with CREATE COLLATION IF NOT EXISTS, as server_version_num
// tells it.
const smallestPostgres = 100000

func (db *DB) checkPostgres(ctx context.Context) error {
	conn, err := db.sql.Connx(ctx)
	if err != nil {
		return db.on(ctx).failed("connect", err)
	}
	defer conn.Close()
	for _, check := range []func(context.Context, *sqlx.Conn) error{db.checkServer, db.checkCollation, db.checkRights} {
		if err := check(ctx, conn); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) checkServer(ctx context.Context, conn *sqlx.Conn) error {
	var version int
	var encoding, readOnly, standby string
	err := conn.QueryRowContext(ctx, `SELECT CAST(current_setting('server_version_num') AS BIGINT), current_setting('server_encoding'),
		current_setting('transaction_read_only'), CASE WHEN pg_is_in_recovery() THEN 'on' ELSE 'off' END`).Scan(&version, &encoding, &readOnly, &standby)
	switch {
	case err != nil:
		return db.on(ctx).failed("read the settings of the server", err)
	case version < smallestPostgres:
		return unfit("PostgreSQL is version %d: use %d or later", version/10000, smallestPostgres/10000)
	case encoding != "UTF8":
		return unfit("the encoding of the database is %s, which cannot hold every name: make one with CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0, and copy the rows", encoding)
	case standby == "on":
		return unfit("the server is a standby, which takes no writes: connect to the primary, as with target_session_attrs=read-write")
	case readOnly == "on":
		return unfit("transactions are read-only: set default_transaction_read_only to off for this role and database")
	}
	return nil
}

// checkCollation makes sure that keys are in the order of their bytes: a collation "binary" that
// somebody made before may have another.
func (db *DB) checkCollation(ctx context.Context, conn *sqlx.Conn) error {
	var orders []string
	err := conn.SelectContext(ctx, &orders, `SELECT COALESCE(of_keys.collcollate::text, '') FROM pg_catalog.pg_attribute key
		JOIN pg_catalog.pg_collation of_keys ON of_keys.oid = key.attcollation
		WHERE key.attrelid = to_regclass($1) AND key.attname = 'scope'`, db.names.in("cris_scopes"))
	if err != nil {
		return db.on(ctx).failed("read the collation", err)
	}
	if len(orders) > 0 && orders[0] != "C" && orders[0] != "POSIX" {
		return unfit(`the collation "binary" was there before, and does not sort by bytes: rename it, drop the tables of the store, and migrate again`)
	}
	return nil
}

// checkRights makes sure that the role may do with the tables what the ports do.
func (db *DB) checkRights(ctx context.Context, conn *sqlx.Conn) error {
	var here []string
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		if name != migrationTable.name { // it was read before, and who serves need not write it
			here = append(here, (names{prefix: db.names.prefix}).in(name))
		}
	}
	var closed []string
	err := conn.SelectContext(ctx, &closed, `SELECT relname::text FROM pg_catalog.pg_class
		WHERE relnamespace = (SELECT relnamespace FROM pg_catalog.pg_class WHERE oid = to_regclass($1))
		  AND relname::text = ANY (string_to_array($2, ','))
		  AND NOT (has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')
		           AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE'))
		ORDER BY relname LIMIT 1`, db.names.in("cris_scopes"), strings.Join(here, ","))
	if err != nil {
		return db.on(ctx).failed("read the rights of the role", err)
	}
	if len(closed) > 0 {
		return unfit("the role may not read and write the table %s: GRANT SELECT, INSERT, UPDATE, DELETE on all tables that begin with %q", closed[0], db.names.prefix)
	}
	return nil
}
