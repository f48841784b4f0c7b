// Package postgres runs a throwaway PostgreSQL for tests: a cluster of its own in
// a temporary folder, reached through a Unix socket, with nothing kept on disk
// once it stops. It needs PostgreSQL's programs on the machine, and neither a
// running server nor rights of any kind; under root it runs as another user,
// because PostgreSQL refuses to run as root.
package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ErrNotInstalled: there are no PostgreSQL programs on this machine.
var ErrNotInstalled = errors.New("PostgreSQL is not installed")

// Server is a running cluster. Stop must be called, but the cluster also ends with
// the process that started it.
type Server struct {
	folder  string // data, socket and log; also the host of the connection string
	command func(program string, args ...string) (*exec.Cmd, io.Closer, error)
	process *os.Process
	ended   <-chan error
}

// patience bounds the start and the end of a cluster; both take well under a
// second on an idle machine.
const patience = time.Minute

// Start makes a cluster and waits until it answers. Its error matches
// ErrNotInstalled if there are no programs to run.
func Start(ctx context.Context) (*Server, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	programs, err := Programs()
	if err != nil {
		return nil, err
	}
	// The path of a Unix socket has room for 107 characters: the name stays short.
	folder, err := os.MkdirTemp("", "cris-pg")
	if err != nil {
		return nil, err
	}
	server, err := start(ctx, programs, folder)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	return server, nil
}

func start(ctx context.Context, programs, folder string) (*Server, error) {
	identity, err := unprivileged(folder)
	if err != nil {
		return nil, err
	}
	server := &Server{folder: folder, command: func(program string, args ...string) (*exec.Cmd, io.Closer, error) {
		logFile, err := os.OpenFile(filepath.Join(folder, "log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
		if err != nil {
			return nil, nil, err
		}
		cmd := exec.CommandContext(context.WithoutCancel(ctx), filepath.Join(programs, program), args...)
		cmd.Dir = folder
		cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C", "TZ=UTC", "HOME=" + folder}
		cmd.Stdout, cmd.Stderr = logFile, logFile
		// Setpgid keeps an interrupt at the keyboard away from it: the test stops it.
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGQUIT, Credential: identity}
		return cmd, logFile, nil
	}}
	// Text is in the order of a dictionary, as in most databases that were set up for a
	// language: what must be in the order of bytes has to say so.
	_, ended, err := server.run("initdb", "--pgdata", server.data(), "--username", "postgres", "--auth", "trust",
		"--encoding", "UTF8", "--locale", "C", "--locale-provider", "icu", "--icu-locale", "en-US",
		"--no-sync", "--no-instructions", "--wal-segsize", "1")
	if err != nil {
		return nil, err
	}
	if err := <-ended; err != nil {
		return nil, server.withLog("initdb", err)
	}
	if err := server.StartAgain(ctx); err != nil {
		return nil, err
	}
	return server, nil
}

func (s *Server) data() string { return filepath.Join(s.folder, "data") }

// StartAgain starts a cluster that was shut down, and waits until it answers.
func (s *Server) StartAgain(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	// Nothing here outlives the test: no write waits for the disk.
	args := []string{
		"-D", s.data(), "-k", s.folder, "-c", "listen_addresses=",
		"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "autovacuum=off",
		"-c", "max_connections=300", "-c", "shared_buffers=64MB", "-c", "jit=off", "-c", "timezone=UTC",
	}
	for _, setting := range DiscreetLog() {
		args = append(args, "-c", setting)
	}
	process, ended, err := s.run("postgres", args...)
	if err != nil {
		return err
	}
	s.process, s.ended = process, ended
	for {
		_, asked, err := s.run("pg_isready", "--quiet", "--host", s.folder)
		if err != nil {
			return err
		}
		if <-asked == nil {
			return nil
		}
		select {
		case err := <-ended:
			return s.withLog("postgres", err)
		case <-ctx.Done():
			return errors.Join(ctx.Err(), s.Stop())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Shutdown is how a cluster is shut down.
type Shutdown syscall.Signal

// The ways to shut a cluster down. What was committed is kept by both, if synchronous_commit was
// on.
const (
	Fast      = Shutdown(syscall.SIGINT)  // transactions are rolled back, and connections closed
	Immediate = Shutdown(syscall.SIGQUIT) // as in a crash: it recovers when it is started again
)

// ShutDown ends the cluster and keeps its data. It can be started again.
func (s *Server) ShutDown(how Shutdown) error {
	if err := s.process.Signal(syscall.Signal(how)); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("shut postgres down: %w", err)
	}
	select {
	case <-s.ended: //nolint:errcheck // how it exits after a signal says nothing
		return nil
	case <-time.After(patience):
		return errors.New("shut postgres down: it does not end")
	}
}

// run starts a program and tells when it has ended. It keeps one thread for both: Linux sends
// the signal for a dead parent when the thread that started the child ends, and Go may end a
// thread at any time.
func (s *Server) run(program string, args ...string) (*os.Process, <-chan error, error) {
	cmd, logFile, err := s.command(program, args...)
	if err != nil {
		return nil, nil, err
	}
	start, end := make(chan error, 1), make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer logFile.Close()
		err := cmd.Start()
		start <- err
		if err == nil {
			err = cmd.Wait()
		}
		end <- err
		close(end) // whoever asks once more is told as well
	}()
	if err := <-start; err != nil {
		return nil, nil, s.withLog(program, err)
	}
	return cmd.Process, end, nil
}

func (s *Server) withLog(program string, err error) error {
	text, readErr := s.Log()
	if readErr != nil {
		text = readErr.Error()
	}
	return fmt.Errorf("%s: %w\n%s", program, err, text)
}

// DSN returns the connection string in which every unqualified name is one of the
// given schema, whether or not it exists yet.
func (s *Server) DSN(schema string) string {
	return fmt.Sprintf("host=%s user=postgres dbname=postgres sslmode=disable search_path=%s", s.folder, schema)
}

// Folder returns where everything is that the cluster writes: its data, and its log.
func (s *Server) Folder() string { return s.folder }

// Give gives a folder to the user that the cluster runs as.
func (s *Server) Give(folder string) error {
	_, err := unprivileged(folder)
	return err
}

// DiscreetLog returns the settings, as name=value, with which no value of a row gets into the log
// of a server. They are those of docs/operations.md, and every cluster here has them.
func DiscreetLog() []string {
	return []string{
		"log_min_messages=log", "log_min_error_statement=panic", "log_error_verbosity=terse", "log_statement=none",
		"log_min_duration_statement=-1", "log_min_duration_sample=-1", "log_transaction_sample_rate=0",
		"log_parameter_max_length=0", "log_parameter_max_length_on_error=0",
		"debug_print_parse=off", "debug_print_rewritten=off", "debug_print_plan=off",
	}
}

// Log returns what the cluster has logged until now.
func (s *Server) Log() (string, error) {
	text, err := os.ReadFile(filepath.Join(s.folder, "log"))
	return string(text), err
}

// Stop ends the cluster at once and removes all of it.
func (s *Server) Stop() error {
	if err := s.ShutDown(Immediate); err != nil {
		return err
	}
	return os.RemoveAll(s.folder)
}

// Programs returns the folder of PostgreSQL's server programs: PGBINDIR if set, the
// newest version under /usr/lib/postgresql, or where the PATH leads. Its error is
// ErrNotInstalled.
func Programs() (string, error) {
	if folder := os.Getenv("PGBINDIR"); folder != "" {
		if _, err := os.Stat(filepath.Join(folder, "postgres")); err != nil {
			return "", fmt.Errorf("%w: PGBINDIR: %w", ErrNotInstalled, err)
		}
		return folder, nil
	}
	debian, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil {
		return "", err
	}
	if len(debian) > 0 {
		return filepath.Dir(slices.MaxFunc(debian, func(a, b string) int {
			return cmp.Compare(majorVersion(a), majorVersion(b))
		})), nil
	}
	program, err := exec.LookPath("postgres")
	if err != nil {
		return "", ErrNotInstalled
	}
	if program, err = filepath.EvalSymlinks(program); err != nil {
		return "", err
	}
	return filepath.Dir(program), nil
}

// majorVersion reads 15 from /usr/lib/postgresql/15/bin/postgres, 0 if there is none.
func majorVersion(program string) int {
	version, err := strconv.Atoi(filepath.Base(strings.TrimSuffix(program, "/bin/postgres")))
	if err != nil {
		return 0
	}
	return version
}

// unprivileged gives folder to the user that the cluster runs as. Without root
// that is whoever runs this process, and nil comes back.
func unprivileged(folder string) (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil //nolint:nilnil // nil is how os/exec spells "as myself"
	}
	for _, name := range []string{"postgres", "nobody"} {
		account, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(account.Uid, 10, 32)
		if err != nil {
			return nil, fmt.Errorf("user %s: %w", name, err)
		}
		gid, err := strconv.ParseUint(account.Gid, 10, 32)
		if err != nil {
			return nil, fmt.Errorf("user %s: %w", name, err)
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, os.Chown(folder, int(uid), int(gid))
	}
	return nil, errors.New("root may not run PostgreSQL, and there is neither a user postgres nor nobody")
}
