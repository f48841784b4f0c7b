package sqlstore

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/seed28e20331/cris"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// Migrations returns the schema as numbered SQL files, for host programs that run
// migrations with a tool of their own. Each file runs on SQLite and PostgreSQL alike,
// if PostgreSQL has been taught the name by which SQLite calls the order of bytes:
//
//	CREATE COLLATION IF NOT EXISTS "binary" FROM "C"
func Migrations() fs.FS {
	files, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		panic(err) // the directory is embedded above
	}
	return files
}

// Migrate brings the schema up to date, in one transaction and under a lock, so
// that several processes may start at once. It is idempotent. Its error matches
// cris.ErrConflict if others kept the database busy for several seconds, and is otherwise
// that of the context or of the database; the schema is as it was before then.
func Migrate(ctx context.Context, db *sqlx.DB, opts *Options) error {
	store, err := newDB(ctx, db, opts)
	if err != nil {
		return err
	}
	// SQLite does not wait, whatever its busy timeout, while another process switches
	// a new file to the write-ahead log, nor if one has written between the first read
	// of a transaction and its first write. Both are over in a moment.
	const attempts, moment = 100, 50 * time.Millisecond
	for attempt := 1; ; attempt++ {
		err := store.onSearchPath().migrate(ctx)
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
		if err := t.enterSchema(); err != nil {
			return err
		}
		if _, err := t.exec("create migration table",
			`CREATE TABLE IF NOT EXISTS cris_migrations (name TEXT PRIMARY KEY)`); err != nil {
			return err
		}
		names, err := fs.Glob(migrationFiles, "migrations/*.sql")
		if err != nil {
			return fmt.Errorf("sqlstore: list migrations: %w", err)
		}
		for _, name := range names { // fs.Glob sorts
			if err := t.migrate(name); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *tx) migrate(name string) error {
	claimed, err := t.exec("claim migration "+name, `INSERT INTO cris_migrations (name) VALUES (?) ON CONFLICT (name) DO NOTHING`, name)
	if err != nil || claimed == 0 {
		return err
	}
	text, err := migrationFiles.ReadFile(name)
	if err != nil {
		return fmt.Errorf("sqlstore: read migration %s: %w", name, err)
	}
	for _, statement := range statements(string(text)) {
		if _, err := t.exec("run migration "+name, statement); err != nil {
			return err
		}
	}
	return nil
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
