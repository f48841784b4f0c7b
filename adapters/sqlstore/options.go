package sqlstore

import (
	"context"
	"errors"

	"github.com/jmoiron/sqlx"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/internal/retry"
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

// Options say how the tables of a store are named in a database that may have others. The zero
// value of each field means its default.
type Options struct {
	// Prefix is what the names of tables and indexes begin with: a lower-case letter, and then
	// lower-case letters, digits and underscores, at most 20 characters. The default is "cris_".
	Prefix string
	// Schema is the schema of PostgreSQL that holds the tables, which Migrate makes if it is not
	// there. The default is the first one of the search path of the connection. SQLite has none.
	Schema string
}

// Open returns the ports over db, which Migrate must have brought up to date. The sealing says how
// personal columns are kept there, and nil options mean the defaults. It asks the database what it
// is, and fails, with a sentence that says what to do, if the store cannot work with it as it is:
// see the package documentation.
//
// Its error matches ErrNotMigrated, ErrSchemaBehind, ErrSchemaNewer or ErrNotRecorded for a schema
// that is not that of this program, cris.ErrNoKey or cris.ErrTampered for other keys than those of
// the database, and cris.ErrConflict if the database is busy; another is that of the context or of
// the database.
func Open(ctx context.Context, db *sqlx.DB, sealing Sealing, opts *Options) (*DB, error) {
	if !sealing.stated {
		return nil, errors.New("sqlstore: open: say how personal columns are kept: sqlstore.SealedBy(keys) or sqlstore.InClear()")
	}
	store, err := newDB(ctx, db, opts)
	if err != nil {
		return nil, err
	}
	store.sealing = sealing
	err = retry.OnConflict(ctx, func() error { return store.check(ctx) })
	if err != nil {
		return nil, err
	}
	if err := store.checkSchema(ctx, "open"); err != nil {
		return nil, err
	}
	if err := store.checkSealing(ctx); err != nil {
		return nil, err
	}
	return store, nil
}

// newDB returns a store that was not opened yet: what Migrate works with.
func newDB(ctx context.Context, db *sqlx.DB, opts *Options) (*DB, error) {
	names, err := newNames(opts)
	if err != nil {
		return nil, err
	}
	store := &DB{sql: db, names: names, now: ambient.Time(nil), prepared: &preparedQueries{}, texts: &texts{}}
	if err := retry.OnConflict(ctx, func() error { return store.recognize(ctx) }); err != nil {
		return nil, err
	}
	return store, names.allowedOn(store.dialect())
}
