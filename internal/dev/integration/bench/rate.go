package main

import (
	"cmp"
	"fmt"
	"io"
)

// rate is a number that a benchmark reports of itself. It is printed for the reader and
// held to nothing: it says as much of the machine as of the code.
type rate struct {
	name      string
	benchmark string
	unit      string
	times     int // how often it is measured; rounds if zero
}

// rates are the numbers that are printed.
var rates = []rate{
	{"docket", "BenchmarkDocket_Ours", "decisions/s", 0},
	{"extract-read", "BenchmarkExtract_Ours", "scans/s", 0},
	// These fail if a cap is broken or the load is uneven.
	{"srmt-distribution-sqlite", "BenchmarkDistribution_SQLite", "assigned/s", 1},
	{"srmt-distribution-postgresql", "BenchmarkDistribution_PostgreSQL", "assigned/s", 1},
	// The library's own share of the time of a whole Self Check over stand-ins on loopback
	// HTTP, which answer at once.
	{"selfcheck-share-sqlite", "BenchmarkSelfCheckShare_SQLite", "own-ratio", 3},
	{"selfcheck-share-postgresql", "BenchmarkSelfCheckShare_PostgreSQL", "own-ratio", 3},
}

// tell measures each rate a few times and prints the middle one.
func tell(out io.Writer, rates []rate, measure func(benchmark, unit string) (float64, error)) error {
	for _, r := range rates {
		values := make([]float64, cmp.Or(r.times, rounds))
		for i := range values {
			value, err := measure(r.benchmark, r.unit)
			if err != nil {
				return err
			}
			values[i] = value
		}
		if _, err := fmt.Fprintf(out, "info %s %.3g %s\n", r.name, median(values), r.unit); err != nil {
			return err
		}
	}
	return nil
}
