package main

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReported(t *testing.T) {
	const output = `goos: linux
goarch: amd64
BenchmarkOther-2      	     100	  99 ns/op
BenchmarkOurs_All-2   	     100	  98 ns/op
BenchmarkOurs-2       	    5000	  241.5 ns/op	 37.4 MB/s	  16 B/op	  1 allocs/op
PASS
`
	got, err := reported("BenchmarkOurs", "ns/op", output)
	require.NoError(t, err)
	require.InDelta(t, 241.5, got, 0)

	for name, text := range map[string]string{
		"Empty": "", "OtherOnly": "BenchmarkOther-2 100 99 ns/op\n", "NoNumber": "BenchmarkOurs-2 100 x ns/op\n",
		"Zero": "BenchmarkOurs 100 0 ns/op\n", "NoUnit": "BenchmarkOurs-2 100 99\n",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := reported("BenchmarkOurs", "ns/op", text)
			require.Error(t, err)
		})
	}
}

func TestCompare_TakesTheMedianOfAlternateRuns(t *testing.T) {
	// The machine is ten times slower in the second round, and noisy in the last.
	times := map[string][]float64{"Peer": {30, 300, 31, 29, 30, 30, 31, 29, 90}, "Ours": {10, 100, 10, 10, 10, 10, 10, 10, 10}}
	var order []string
	measure := func(benchmark string) (float64, error) {
		order = append(order, benchmark)
		now := times[benchmark][0]
		times[benchmark] = times[benchmark][1:]
		return now, nil
	}
	var out bytes.Buffer
	require.NoError(t, compare(&out, []pair{{"reading", "Peer", "Ours", floor(3)}}, measure))
	require.Equal(t, "ratio reading 3.00 floor 3\n", out.String())
	require.Equal(t, slices.Repeat([]string{"Peer", "Ours"}, rounds), order)
}

func TestCompare_FailsOnTheWrongSide(t *testing.T) {
	measure := func(benchmark string) (float64, error) {
		return map[string]float64{"Slow": 20, "Fast": 10}[benchmark], nil
	}
	for name, test := range map[string]struct {
		bound bound
		ok    bool
	}{
		"AboveFloor":   {floor(1.9), true},
		"OnFloor":      {floor(2), true},
		"BelowFloor":   {floor(2.1), false},
		"BelowCeiling": {ceiling(2.1), true},
		"OnCeiling":    {ceiling(2), true},
		"AboveCeiling": {ceiling(1.9), false},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			err := compare(&out, []pair{{"a", "Slow", "Fast", test.bound}, {"b", "Fast", "Fast", floor(1)}}, measure)
			require.Equal(t, "ratio a 2.00 "+test.bound.String()+"\nratio b 1.00 floor 1\n", out.String())
			if test.ok {
				require.NoError(t, err)
			} else {
				require.EqualError(t, err, "a is 2.00, want "+test.bound.String())
			}
		})
	}
}

func TestCompare_StopsIfABenchmarkFails(t *testing.T) {
	broken := errors.New("no such benchmark")
	for _, fails := range []string{"Peer", "Ours"} {
		err := compare(&bytes.Buffer{}, []pair{{"reading", "Peer", "Ours", floor(1)}}, func(benchmark string) (float64, error) {
			if benchmark == fails {
				return 0, broken
			}
			return 1, nil
		})
		require.ErrorIs(t, err, broken)
	}
}
