package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func TestJobs_DoNothingWhereThereIsNothing(t *testing.T) {
	db, err := sqlx.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "cris.db"))
	require.NoError(t, err)
	defer db.Close()
	s, err := newService(t.Context(), db, selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
	require.NoError(t, err)
	for _, j := range s.jobs() {
		require.NoError(t, j.do(t.Context()), j.name)
	}
}

func TestServe_EndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	require.NoError(t, serve(ctx, filepath.Join(t.TempDir(), "cris.db")))
}

func TestOperations_ShowsTheJobsOfThisProgram(t *testing.T) {
	program, err := os.ReadFile("jobs.go")
	require.NoError(t, err)
	page, err := os.ReadFile("../../docs/operations.md")
	require.NoError(t, err)
	require.Contains(t, string(page), "```go\n"+string(program)+"```\n")
}
