package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"
)

// restarted stands for a server that was started anew: connections of before have ended, and a driver
// in a wrapper that passes on no driver.Validator shows that when a transaction begins.
type restarted struct {
	generation, begun int
	fails             error // of a commit
}

func (r *restarted) Connect(context.Context) (driver.Conn, error) {
	return &restartedConn{server: r, of: r.generation}, nil
}
func (r *restarted) Driver() driver.Driver { return nil }

type restartedConn struct {
	server *restarted
	of     int
}

func (c *restartedConn) Prepare(string) (driver.Stmt, error) { return nil, errors.New("none") }
func (c *restartedConn) Close() error                        { return nil }

func (c *restartedConn) Begin() (driver.Tx, error) {
	if c.of != c.server.generation {
		return nil, driver.ErrBadConn
	}
	c.server.begun++
	return c, nil
}

func (c *restartedConn) Commit() error   { return c.server.fails }
func (c *restartedConn) Rollback() error { return nil }

func TestTransaction_BeginsOnAnotherConnectionWhereOneHasEnded(t *testing.T) {
	server := &restarted{}
	pool := sqlx.NewDb(sql.OpenDB(server), "any")
	pool.SetMaxIdleConns(8)
	defer pool.Close()
	db := &DB{sql: pool, postgres: true, now: func() (time.Time, error) { return time.Now(), nil }}
	var idle []*sqlx.Conn
	for range 8 {
		conn, err := pool.Connx(t.Context())
		require.NoError(t, err)
		idle = append(idle, conn)
	}
	for _, conn := range idle {
		require.NoError(t, conn.Close())
	}
	server.generation++
	ran := 0
	count := func(*tx) error { ran++; return nil }
	require.NoError(t, db.transaction(t.Context(), count))
	require.Equal(t, 1, ran)
	require.Equal(t, 1, server.begun)

	// What has begun is not done twice, whatever becomes of it.
	server.fails = driver.ErrBadConn
	require.ErrorIs(t, db.transaction(t.Context(), count), driver.ErrBadConn)
	require.Equal(t, 2, ran)
}
