package main

import (
	"bytes"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCompareSeries(t *testing.T) {
	const output = `goos: linux
BenchmarkOther-2   1   99 ns/op   9.0 slow-ratio
BenchmarkLists-2   1   123 ns/op   1.25 overdue-ratio   17.5 overdue-µs   1.50 worklist-ratio   3.25 worklist-own-µs
PASS
`
	run := func(benchmark string) (string, error) {
		require.Equal(t, "BenchmarkLists", benchmark)
		return output, nil
	}
	var out bytes.Buffer
	require.NoError(t, compareSeries(&out, []series{{"lists", "BenchmarkLists", ceiling(1.5)}}, run))
	require.Equal(t, "ratio lists/overdue 1.25 ceiling 1.5\nratio lists/worklist 1.50 ceiling 1.5\ninfo lists/worklist 3.25 µs of its own\n", out.String())

	out.Reset()
	err := compareSeries(&out, []series{{"lists", "BenchmarkLists", ceiling(1.4)}}, run)
	require.EqualError(t, err, "lists/worklist is 1.50, want ceiling 1.4")
	require.Equal(t, "ratio lists/overdue 1.25 ceiling 1.4\nratio lists/worklist 1.50 ceiling 1.4\ninfo lists/worklist 3.25 µs of its own\n", out.String(), "each is reported")
}

func TestCompareSeries_FailsWhereThereIsNothingToCompare(t *testing.T) {
	broken := errors.New("no such benchmark")
	all := []series{{"lists", "BenchmarkLists", ceiling(1.5)}}
	err := compareSeries(&bytes.Buffer{}, all, func(string) (string, error) { return "", broken })
	require.ErrorIs(t, err, broken)
	for _, text := range []string{"", "BenchmarkLists-2 1 99 ns/op\n", "BenchmarkLists-2 1 99 ns/op x overdue-ratio\n"} {
		err := compareSeries(&bytes.Buffer{}, all, func(string) (string, error) { return text, nil })
		require.Error(t, err, text)
	}
}
