package postgres_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/seed28e20331/cris/internal/dev/integration/postgres"
)

func start(t *testing.T) *postgres.Server {
	t.Helper()
	server, err := postgres.Start(t.Context())
	if errors.Is(err, postgres.ErrNotInstalled) && os.Getenv("CRIS_REQUIRE_POSTGRES") == "" {
		t.Skipf("%v: install it, or say in PGBINDIR where it is", err)
	}
	require.NoError(t, err)
	return server
}

func folderOf(t *testing.T, dsn string) string {
	t.Helper()
	match := regexp.MustCompile(`host=(\S+)`).FindStringSubmatch(dsn)
	require.NotNil(t, match)
	return match[1]
}

// answers reports whether a server listens on the socket in the folder.
func answers(t *testing.T, folder string) bool {
	t.Helper()
	var dialer net.Dialer
	connection, err := dialer.DialContext(t.Context(), "unix", filepath.Join(folder, ".s.PGSQL.5432"))
	if err != nil {
		return false
	}
	require.NoError(t, connection.Close())
	return true
}

func TestServer_AnswersAndLeavesNothing(t *testing.T) {
	server := start(t)
	folder := folderOf(t, server.DSN("any"))
	db, err := sqlx.Open("pgx", server.DSN("mine"))
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), `CREATE SCHEMA mine`)
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), `CREATE TABLE things (id TEXT)`)
	require.NoError(t, err)
	var schema string
	require.NoError(t, db.GetContext(t.Context(), &schema, `SELECT schemaname FROM pg_tables WHERE tablename = 'things'`))
	require.Equal(t, "mine", schema)
	var dictionary bool
	require.NoError(t, db.GetContext(t.Context(), &dictionary, `SELECT 'a' < 'B' AND 'B' < 'c'`))
	require.True(t, dictionary, "a database in the order of bytes would hide what depends on the other")
	require.True(t, answers(t, folder))
	require.NoError(t, db.Close())

	require.NoError(t, server.Stop())
	require.NoDirExists(t, folder)
}

// A test that is killed cannot stop its server: the test runs itself in another
// process, and kills that.
func TestServer_EndsWithItsProcess(t *testing.T) {
	const variable = "CRIS_TEST_START_POSTGRES"
	server := start(t)
	if os.Getenv(variable) != "" {
		fmt.Println(server.DSN("any"))
		time.Sleep(time.Hour)
	}
	require.NoError(t, server.Stop())

	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), variable+"=1")
	output, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	dsn, err := bufio.NewReader(output).ReadString('\n')
	require.NoError(t, err)
	folder := folderOf(t, dsn)
	defer os.RemoveAll(folder)
	require.True(t, answers(t, folder))

	require.NoError(t, child.Process.Kill())
	_, err = io.Copy(io.Discard, output)
	require.NoError(t, err)
	require.Error(t, child.Wait())
	require.Eventually(t, func() bool { return !answers(t, folder) }, 10*time.Second, 20*time.Millisecond)
}

func TestPrograms_ArePGBINDIRIfSet(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PGBINDIR", dir)
	_, err := postgres.Programs()
	require.ErrorIs(t, err, postgres.ErrNotInstalled)
	_, err = postgres.Start(t.Context())
	require.ErrorIs(t, err, postgres.ErrNotInstalled)

	require.NoError(t, os.WriteFile(filepath.Join(dir, "postgres"), nil, 0o700))
	programs, err := postgres.Programs()
	require.NoError(t, err)
	require.Equal(t, dir, programs)
}
