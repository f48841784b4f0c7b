package main

import (
	"errors"
	"fmt"
	"io"
)

// growth compares how much of something two benchmarks report, such as memory, and bounds
// by how much the larger job may need more than the smaller.
type growth struct {
	name         string
	small, large string // the names of the benchmarks
	unit         string // of the metric that both report
	most         float64
}

// growths are what is measured beside time.
var growths = []growth{
	{"extract-memory-300MB", "BenchmarkExtractMemory_30MB", "BenchmarkExtractMemory_300MB", "peak-MB", 16},
}

// soakGrowths are measured in a soak, where there is time for larger jobs.
var soakGrowths = []growth{
	{"extract-memory-3GB", "BenchmarkExtractMemory_30MB", "BenchmarkExtractMemory_3GB", "peak-MB", 16},
}

// compareGrowths measures every growth, reports each, and fails if one is too large.
func compareGrowths(out io.Writer, growths []growth, measure func(benchmark, unit string) (float64, error)) error {
	var failed []error
	for _, g := range growths {
		differences := make([]float64, rounds)
		for i := range differences {
			small, err := measure(g.small, g.unit)
			if err != nil {
				return err
			}
			large, err := measure(g.large, g.unit)
			if err != nil {
				return err
			}
			differences[i] = large - small
		}
		more := median(differences)
		if _, err := fmt.Fprintf(out, "ratio %s %.2f ceiling %g\n", g.name, more, g.most); err != nil {
			return err
		}
		if more > g.most {
			failed = append(failed, fmt.Errorf("%s needs %.2f %s more, want at most %g", g.name, more, g.unit, g.most))
		}
	}
	return errors.Join(failed...)
}
