package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

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

func TestTry(t *testing.T) {
	l, err := newLab(counts{kills: 5, cuts: 10, rounds: 2, people: 6}, 1)
	require.NoError(t, err)
	defer l.close()
	for _, f := range faults() {
		if !strings.Contains(f.database+" "+f.name, os.Getenv("ONLY")) {
			continue
		}
		t.Run(f.database+" "+f.name, func(t *testing.T) {
			r, err := f.run(t.Context(), l)
			require.NoError(t, err)
			t.Logf("%+v", r)
		})
	}
}
