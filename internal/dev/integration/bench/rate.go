package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
)

// rate is a number that a benchmark reports of itself. One without a bound is printed for the
// reader: it says as much of the machine as of the code.
type rate struct {
	name      string
	benchmark string
	unit      string
	times     int     // how often it is measured; rounds if zero
	most      float64 // what it may be at most; 0 is no bound
}

// rates are the numbers that are printed.
var rates = []rate{
	{"docket", "BenchmarkDocket_Ours", "decisions/s", 0, 0},
	{"extract-read", "BenchmarkExtract_Ours", "scans/s", 0, 0},
	{"relay-sqlite", "BenchmarkRelay_SQLite", "events/s", 0, 0},
	{"relay-postgresql", "BenchmarkRelay_PostgreSQL", "events/s", 0, 0}, // at least 5,000 are wanted
	// These fail if a cap is broken or the load is uneven.
	{"srmt-distribution-sqlite", "BenchmarkDistribution_SQLite", "assigned/s", 1, 0},
	{"srmt-distribution-postgresql", "BenchmarkDistribution_PostgreSQL", "assigned/s", 1, 0},
	// Of the time of a whole Self Check over stand-ins on loopback HTTP, which answer at once: the
	// share of the rules and the service, and the share of the library with both adapters.
	{"selfcheck-rules-sqlite", "BenchmarkSelfCheckShare_SQLite", "rules-ratio", 3, 0.05},
	{"selfcheck-rules-postgresql", "BenchmarkSelfCheckShare_PostgreSQL", "rules-ratio", 3, 0.05},
	{"selfcheck-share-sqlite", "BenchmarkSelfCheckShare_SQLite", "own-ratio", 3, 0},
	{"selfcheck-share-postgresql", "BenchmarkSelfCheckShare_PostgreSQL", "own-ratio", 3, 0},
}

// tell measures each rate a few times, prints the middle one, and fails if one is out of bounds.
func tell(out io.Writer, rates []rate, measure func(benchmark, unit string) (float64, error)) error {
	var failed []error
	for _, r := range rates {
		values := make([]float64, cmp.Or(r.times, rounds))
		for i := range values {
			value, err := measure(r.benchmark, r.unit)
			if err != nil {
				return err
			}
			values[i] = value
		}
		middle := median(values)
		if r.most == 0 {
			if _, err := fmt.Fprintf(out, "info %s %.3g %s\n", r.name, middle, r.unit); err != nil {
				return err
			}
			continue
		}
		if _, err := fmt.Fprintf(out, "ratio %s %.3f ceiling %g\n", r.name, middle, r.most); err != nil {
			return err
		}
		if middle > r.most {
			failed = append(failed, fmt.Errorf("%s is %.3f, want at most %g", r.name, middle, r.most))
		}
	}
	return errors.Join(failed...)
}
