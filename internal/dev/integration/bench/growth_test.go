package main

import (
	"bytes"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCompareGrowths(t *testing.T) {
	measured := map[string]float64{"Small": 60, "Large": 76}
	measure := func(benchmark, unit string) (float64, error) {
		require.Equal(t, "peak-MB", unit)
		return measured[benchmark], nil
	}
	var out bytes.Buffer
	list := []growth{{"memory", "Small", "Large", "peak-MB", 16}}
	require.NoError(t, compareGrowths(&out, list, measure))
	require.Equal(t, "ratio memory 16.00 ceiling 16\n", out.String())
	measured["Large"] = 76.1
	require.EqualError(t, compareGrowths(&out, list, measure), "memory needs 16.10 peak-MB more, want at most 16")

	broken := errors.New("no such benchmark")
	for _, fails := range []string{"Small", "Large"} {
		err := compareGrowths(&out, list, func(benchmark, _ string) (float64, error) {
			if benchmark == fails {
				return 0, broken
			}
			return 1, nil
		})
		require.ErrorIs(t, err, broken)
	}
}

func TestReported_FindsAMetric(t *testing.T) {
	const output = "BenchmarkMemory-2   42   26763743 ns/op   65.88 peak-MB   12 B/op\n"
	got, err := reported("BenchmarkMemory", "peak-MB", output)
	require.NoError(t, err)
	require.InDelta(t, 65.88, got, 0)
	_, err = reported("BenchmarkMemory", "peak-GB", output)
	require.Error(t, err)
}
