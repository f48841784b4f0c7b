package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/internal/dev/integration/postgres"
)

// TestMain lets a copy of this test binary work until it is killed.
func TestMain(m *testing.M) {
	if isChild() {
		if err := runChild(context.Background(), os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// Nothing is lost and nothing doubled, every error is clear, and all services recover by
// themselves: see docs/faults.md.
func TestER12_NothingIsLostOrDoubledByAnyFault(t *testing.T) {
	for _, database := range []string{onSQLite, onPostgreSQL} {
		t.Run(database, func(t *testing.T) {
			t.Parallel() // a fault waits most of the time
			seed := rand.Uint64()
			t.Logf("seed %d", seed)
			l, err := newLab(counts{kills: 20, cuts: 20, rounds: 2, people: 4}, seed)
			require.NoError(t, err)
			defer func() { require.NoError(t, l.close()) }()
			for _, f := range faults() {
				if f.database != database {
					continue
				}
				t.Run(f.name, func(t *testing.T) {
					r, err := f.run(t.Context(), l)
					if errors.Is(err, errNotHere) || errors.Is(err, postgres.ErrNotInstalled) && os.Getenv("CRIS_REQUIRE_POSTGRES") == "" {
						t.Skip(err)
					}
					require.NoError(t, err)
					t.Log(f.row(r))
					require.NoError(t, f.err(r))
					require.Positive(t, r.times)
					require.Positive(t, r.acked)
				})
			}
		})
	}
}

// The document has a row for each fault that the command knows, with figures in which nothing is
// lost or doubled, and says what it means.
func TestDocument_HasEveryFault(t *testing.T) {
	text, err := os.ReadFile("../../../../docs/faults.md")
	require.NoError(t, err)
	_, rest, found := strings.Cut(string(text), tableBegins)
	require.True(t, found)
	table, _, found := strings.Cut(rest, tableEnds)
	require.True(t, found)
	require.Contains(t, string(text), fmt.Sprintf(" %d acts", len(acts())))
	rows := strings.Split(strings.TrimPrefix(strings.TrimSpace(table), tableHead), "\n")
	require.Len(t, rows, len(faults()))
	for i, f := range faults() {
		require.True(t, strings.HasPrefix(rows[i], fmt.Sprintf("| %s | %s | %s", f.name, f.database, f.done)), "run make faults: %s", f.name)
		cells := strings.Split(rows[i], " | ")
		require.Equal(t, []string{"0", "0"}, cells[8:10], "something is lost or doubled by %s", f.name)
		require.Contains(t, string(text), "\n**"+strings.ToUpper(f.name[:1])+f.name[1:]+".**", "the document does not explain %s", f.name)
	}
}
