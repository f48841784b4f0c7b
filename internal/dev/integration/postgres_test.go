package integration_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/internal/dev/integration/postgres"
)

// server is the one PostgreSQL of this test binary. It starts with the first test
// that asks for it, and TestMain stops it.
var server lazyServer

func TestMain(m *testing.M) {
	code := m.Run()
	if err := server.stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

type lazyServer struct {
	once    sync.Once
	running *postgres.Server
	err     error
	schemas atomic.Int64
}

// require starts the server if no test has done so. Where PostgreSQL is not
// installed it skips the test, or fails it if CRIS_REQUIRE_POSTGRES is set.
func (s *lazyServer) require(t *testing.T) {
	t.Helper()
	s.once.Do(func() { s.running, s.err = postgres.Start(context.Background()) })
	if errors.Is(s.err, postgres.ErrNotInstalled) && os.Getenv("CRIS_REQUIRE_POSTGRES") == "" {
		t.Skipf("%v: install it, or say in PGBINDIR where it is", s.err)
	}
	require.NoError(t, s.err)
}

// schema returns the connection string of a fresh schema that no one else uses.
func (s *lazyServer) schema(t *testing.T) string {
	t.Helper()
	s.require(t)
	name := fmt.Sprintf("test%d", s.schemas.Add(1))
	dsn := s.running.DSN(name)
	db := openDatabase(t, "pgx", dsn)
	_, err := db.ExecContext(t.Context(), "CREATE SCHEMA "+name)
	require.NoError(t, err)
	return dsn
}

func (s *lazyServer) stop() error {
	if s.running == nil {
		return nil
	}
	return s.running.Stop()
}
