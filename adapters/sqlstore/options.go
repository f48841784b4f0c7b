package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/jmoiron/sqlx"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
)

// Sealing says whether what is personal is encrypted in the database (PV-2): SealedBy or InClear.
// The zero Sealing says neither, and is refused.
type Sealing struct {
	keys   cris.Keys
	stated bool
}

// SealedBy encrypts every personal column under the keys.
func SealedBy(keys cris.Keys) Sealing { return Sealing{keys, keys != nil} }

// InClear keeps personal columns as plain text: for tests, and where the disk and every copy of
// the database are protected by other means.
func InClear() Sealing { return Sealing{stated: true} }

// Options are how the tables of a store stand in a database that may have others. The zero value
// of each field means its default.
type Options struct {
	// Prefix is what the names of tables and indexes begin with: a lower-case letter, and then
	// lower-case letters, digits and underscores, at most 20 characters. The default is "cris_".
	Prefix string
	// Schema is the schema of PostgreSQL that holds the tables, which Migrate makes if it is not
	// there. The default is the first one of the search path of the connection. SQLite has none.
	Schema string
}

const defaultPrefix = "cris_"

var identifier = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// Open returns the ports over db, which Migrate must have brought up to date, and says how
// personal columns are kept there. It fails, with a sentence that says what to do, if this
// database cannot be worked with as it is.
func Open(ctx context.Context, db *sqlx.DB, sealing Sealing, opts *Options) (*DB, error) {
	store, err := newDB(db, opts)
	if err != nil {
		return nil, err
	}
	if !sealing.stated {
		return nil, errors.New("sqlstore: open: say how personal columns are kept: sqlstore.SealedBy(keys) or sqlstore.InClear()")
	}
	store.sealing = sealing
	if err := store.checkSealing(ctx); err != nil {
		return nil, err
	}
	return store, nil
}

// newDB returns a store that was not opened yet: what Migrate works with.
func newDB(db *sqlx.DB, opts *Options) (*DB, error) {
	if opts == nil {
		opts = &Options{}
	}
	names := names{prefix: opts.Prefix, schema: opts.Schema}
	if names.prefix == "" {
		names.prefix = defaultPrefix
	}
	if !identifier.MatchString(names.prefix) || len(names.prefix) > 20 {
		return nil, fmt.Errorf("sqlstore: prefix %q: give a lower-case letter and then lower-case letters, digits and underscores, at most 20 characters", opts.Prefix)
	}
	driver := db.DriverName()
	bind := sqlx.BindType(driver)
	if bind != sqlx.DOLLAR && bind != sqlx.QUESTION && driver != "sqlite" { // which sqlx does not know
		return nil, fmt.Errorf("sqlstore: unknown driver name %q: wrap the database with sqlx.NewDb(db, \"pgx\") or sqlx.NewDb(db, \"sqlite\")", driver)
	}
	return &DB{sql: db, postgres: bind == sqlx.DOLLAR, names: names, now: ambient.Time(nil)}, nil
}
