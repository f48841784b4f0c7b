package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func TestJobs_DoNothingWhereThereIsNothing(t *testing.T) {
	db, err := sqlx.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "cris.db")+"?_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)")
	require.NoError(t, err)
	defer db.Close()
	s, err := newService(t.Context(), db, selfchecktest.NewFakeIdP(), selfchecktest.NewFakeEVerify())
	require.NoError(t, err)
	for _, j := range s.jobs() {
		require.NoError(t, j.do(t.Context()), j.name)
	}
}

// An answer of E-Verify that was lost keeps nobody waiting: the sweep asks for the case again.
// Where E-Verify cannot be asked, staff settle.
func TestSelfCheck_WhatWasLostIsBroughtToItsEnd(t *testing.T) {
	db, err := sqlx.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "cris.db")+"?_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)")
	require.NoError(t, err)
	defer db.Close()
	everify := selfchecktest.NewFakeEVerify()
	s, err := newService(t.Context(), db, selfchecktest.NewFakeIdP(), everify)
	require.NoError(t, err)

	statement, err := s.checks.Statement()
	require.NoError(t, err)
	token := selfcheck.NewToken()
	_, err = s.checks.Begin(t.Context(), token, statement.Edition, selfchecktest.NewApplicant(), cris.English)
	require.NoError(t, err)
	_, err = s.checks.Conclude(t.Context(), token, "")
	require.NoError(t, err)
	everify.Lose(func(selfchecktest.Call) error { return selfchecktest.ErrUnreachable })
	_, err = s.checks.Query(t.Context(), token, selfchecktest.NewI9())
	require.ErrorIs(t, err, selfchecktest.ErrUnreachable)

	waiting, err := s.unsettled(t.Context(), time.Now().Add(-time.Hour))
	require.NoError(t, err)
	require.Empty(t, waiting, "the sweep may find it")
	waiting, err = s.unsettled(t.Context(), time.Now().Add(time.Hour))
	require.NoError(t, err)
	require.Len(t, waiting, 1)
	require.Equal(t, token.Transaction(), waiting[0].Transaction)

	everify.Lose(nil)
	officer := selfcheck.Official{ID: "officer-1", Duties: []selfcheck.Duty{selfcheck.DutySettle}}
	require.NoError(t, s.checks.SettleFound(t.Context(), officer, token.Transaction(), everify.Opened()[0]))
	waiting, err = s.unsettled(t.Context(), time.Now().Add(time.Hour))
	require.NoError(t, err)
	require.Empty(t, waiting)
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
