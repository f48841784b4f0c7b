package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// pair compares the time of one benchmark to that of another: their ratio is peer
// divided by ours, so 2 means that ours takes half the time.
type pair struct {
	name       string
	peer, ours string // the names of the benchmarks
	bound      bound
}

// ratio runs the two in turn and returns the median of the ratios.
func (p pair) ratio(measure func(benchmark string) (float64, error)) (float64, error) {
	ratios := make([]float64, rounds)
	for i := range ratios {
		peer, err := measure(p.peer)
		if err != nil {
			return 0, err
		}
		ours, err := measure(p.ours)
		if err != nil {
			return 0, err
		}
		ratios[i] = peer / ours
	}
	return median(ratios), nil
}

// bound is the least or the most that a ratio may be, itself included.
type bound struct {
	limit   float64
	ceiling bool
}

func floor(limit float64) bound   { return bound{limit: limit} }
func ceiling(limit float64) bound { return bound{limit: limit, ceiling: true} }

func (b bound) holds(ratio float64) bool {
	if b.ceiling {
		return ratio <= b.limit
	}
	return ratio >= b.limit
}

func (b bound) String() string {
	if b.ceiling {
		return fmt.Sprintf("ceiling %g", b.limit)
	}
	return fmt.Sprintf("floor %g", b.limit)
}

// median returns the middle of an odd number of values, which it sorts.
func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// reported finds what a benchmark reports in a unit, in what it printed:
//
//	BenchmarkReceipt_Ours-2    1000000    11.5 ns/op    0 B/op
func reported(benchmark, unit, output string) (float64, error) {
	for line := range strings.Lines(output) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if name, _, _ := strings.Cut(fields[0], "-"); name != benchmark {
			continue
		}
		at := slices.Index(fields, unit)
		if at < 3 {
			continue
		}
		value, err := strconv.ParseFloat(fields[at-1], 64)
		if err != nil || value <= 0 {
			return 0, fmt.Errorf("%s: cannot read %q", benchmark, line)
		}
		return value, nil
	}
	return 0, fmt.Errorf("%s printed no %s:\n%s", benchmark, unit, output)
}
