package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/internal/dev/integration/postgres"
)

// openPostgres opens a pool on an empty schema, with more parameters, which do not count until it
// is migrated.
func (l *lab) openPostgres(ctx context.Context, more string) (*experiment, error) {
	dsn, err := l.onPostgres(ctx)
	if err != nil {
		return nil, err
	}
	plain, err := sqlx.Open("pgx", dsn)
	if err != nil {
		return nil, err
	}
	defer plain.Close()
	if err := sqlstore.Migrate(ctx, plain, nil); err != nil {
		return nil, err
	}
	pool, err := sqlx.Open("pgx", dsn+more)
	if err != nil {
		return nil, err
	}
	return l.over(ctx, pool)
}

// openPool opens a pool on an empty schema.
func (l *lab) openPool(ctx context.Context, dsn string) (*experiment, error) {
	pool, err := sqlx.Open("pgx", dsn)
	if err != nil {
		return nil, err
	}
	return l.open(ctx, pool)
}

// cutPostgres cuts connections at the place.
func cutPostgres(at place) func(ctx context.Context, l *lab) (result, error) {
	return func(ctx context.Context, l *lab) (result, error) {
		dsn, err := l.onPostgres(ctx)
		if err != nil {
			return result{}, err
		}
		p, err := newProxy(ctx, l.cluster.Folder(), at, l.random)
		if err != nil {
			return result{}, err
		}
		defer p.close()
		x, err := l.openPool(ctx, replaceHost(dsn, l.cluster.Folder(), p.folder))
		if err != nil {
			return result{}, err
		}
		defer x.close()
		return x.strike(ctx, func(ctx context.Context, done <-chan struct{}) (int, error) {
			p.cut(l.cuts)
			until(ctx, done, p.isDone)
			return p.cuts(), nil
		})
	}
}

// stopPostgres stops the server while callers work, and starts it again.
func stopPostgres(how postgres.Shutdown) func(ctx context.Context, l *lab) (result, error) {
	return func(ctx context.Context, l *lab) (r result, err error) {
		server, err := postgres.Start(ctx)
		if err != nil {
			return result{}, err
		}
		defer func() { err = errors.Join(err, server.Stop()) }()
		dsn, err := l.schema(ctx, server)
		if err != nil {
			return result{}, err
		}
		x, err := l.openPool(ctx, dsn)
		if err != nil {
			return result{}, err
		}
		defer x.close()
		return x.strike(ctx, x.while(
			func(context.Context) error { return server.ShutDown(how) },
			server.StartAgain, 200*time.Millisecond))
	}
}

// serializable lets all transactions run at the strictest isolation, where PostgreSQL refuses what
// it cannot put in an order.
func serializable(ctx context.Context, l *lab) (result, error) {
	x, err := l.openPostgres(ctx, " default_transaction_isolation=serializable application_name=serializable")
	if err != nil {
		return result{}, err
	}
	defer x.close()
	before, err := l.rollbacks(ctx, "none")
	if err != nil {
		return result{}, err
	}
	r, err := x.strike(ctx, func(_ context.Context, done <-chan struct{}) (int, error) { <-done; return 0, nil })
	if err != nil {
		return result{}, err
	}
	x.close() // a session tells what it did when it ends, at the latest
	after, err := l.rollbacks(ctx, "serializable")
	r.times = after - before
	return r, err
}

// rollbacks returns how many transactions of the cluster were rolled back, once the sessions of a
// program are over.
func (l *lab) rollbacks(ctx context.Context, program string) (n int, err error) {
	db, err := sqlx.Open("pgx", l.cluster.DSN("public"))
	if err != nil {
		return 0, err
	}
	defer db.Close()
	for left := 1; left > 0; {
		if err := db.GetContext(ctx, &left, "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = $1", program); err != nil {
			return 0, err
		}
	}
	return n, db.GetContext(ctx, &n, "SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()")
}

// locked holds a lock on two tables while the setting lets nobody wait for long.
func locked(setting string) func(ctx context.Context, l *lab) (result, error) {
	return func(ctx context.Context, l *lab) (result, error) {
		x, err := l.openPostgres(ctx, " "+setting+"=50")
		if err != nil {
			return result{}, err
		}
		defer x.close()
		other, err := sqlx.Open("pgx", l.cluster.DSN(fmt.Sprintf("s%d", l.schemas)))
		if err != nil {
			return result{}, err
		}
		defer other.Close()
		var holder *sqlx.Tx
		return x.strike(ctx, x.while(
			func(ctx context.Context) error {
				if holder, err = other.BeginTxx(ctx, nil); err != nil {
					return err
				}
				_, err := holder.ExecContext(ctx, "LOCK TABLE cris_scopes, cris_outbox IN ACCESS EXCLUSIVE MODE")
				return err
			},
			func(context.Context) error { return holder.Rollback() }, 500*time.Millisecond))
	}
}

// terminated ends the sessions of the program, as an administrator does.
func terminated(ctx context.Context, l *lab) (result, error) {
	x, err := l.openPostgres(ctx, " application_name=terminated")
	if err != nil {
		return result{}, err
	}
	defer x.close()
	other, err := sqlx.Open("pgx", l.cluster.DSN("public"))
	if err != nil {
		return result{}, err
	}
	defer other.Close()
	return x.strike(ctx, x.while(
		func(ctx context.Context) error {
			_, err := other.ExecContext(ctx, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'terminated'")
			return err
		},
		func(context.Context) error { return nil }, 20*time.Millisecond))
}

// fullPostgres fills the disk on which the tables are.
func fullPostgres(ctx context.Context, l *lab) (r result, err error) {
	dsn, err := l.onPostgres(ctx)
	if err != nil {
		return result{}, err
	}
	disk, err := mountDisk(filepath.Join(l.cluster.Folder(), fmt.Sprint("disk", l.schemas)))
	if err != nil {
		return result{}, err
	}
	defer func() { err = errors.Join(err, disk.unmount()) }()
	space := filepath.Join(disk.folder, "space")
	if err := errors.Join(os.Mkdir(space, 0o700), l.cluster.Give(space)); err != nil {
		return result{}, err
	}
	admin, err := sqlx.Open("pgx", dsn)
	if err != nil {
		return result{}, err
	}
	defer admin.Close()
	if _, err := admin.ExecContext(ctx, fmt.Sprintf("CREATE TABLESPACE disk%d LOCATION '%s'", l.schemas, space)); err != nil {
		return result{}, err
	}
	x, err := l.openPool(ctx, fmt.Sprintf("%s default_tablespace=disk%d", dsn, l.schemas))
	if err != nil {
		return result{}, err
	}
	defer func() { // the disk cannot go while something is on it
		x.close()
		for _, statement := range []string{"DROP SCHEMA s%d CASCADE", "DROP TABLESPACE disk%d"} {
			_, dropErr := admin.ExecContext(context.WithoutCancel(ctx), fmt.Sprintf(statement, l.schemas))
			err = errors.Join(err, dropErr)
		}
	}()
	return x.strike(ctx, x.while(disk.fill, disk.free, time.Second))
}
