package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTell_PrintsTheMedian(t *testing.T) {
	values := []float64{5e6, 9e6, 7_654_321, 1e6, 8e6, 9e6, 8e6, 2e6, 3e6}
	var out bytes.Buffer
	require.NoError(t, tell(&out, []rate{{"docket", "BenchmarkDocket_Ours", "decisions/s", 0, 0}}, func(benchmark, unit string) (float64, error) {
		require.Equal(t, "BenchmarkDocket_Ours", benchmark)
		require.Equal(t, "decisions/s", unit)
		value := values[0]
		values = values[1:]
		return value, nil
	}))
	require.Equal(t, "info docket 7.65e+06 decisions/s\n", out.String())

	broken := errors.New("no such benchmark")
	err := tell(&out, rates, func(string, string) (float64, error) { return 0, broken })
	require.ErrorIs(t, err, broken)
}

func TestTell_BoundIsKept(t *testing.T) {
	for value, want := range map[float64]bool{0.04: true, 0.05: true, 0.06: false} {
		var out strings.Builder
		err := tell(&out, []rate{{"share", "Share", "ratio", 1, 0.05}}, func(string, string) (float64, error) { return value, nil })
		require.Equal(t, want, err == nil, value)
		require.Contains(t, out.String(), "ratio share 0.0")
		require.Contains(t, out.String(), "ceiling 0.05")
	}
}
