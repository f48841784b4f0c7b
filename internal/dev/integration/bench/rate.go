package main

import (
	"fmt"
	"io"
)

// rate is a number that a benchmark reports of itself. It is printed for the reader and
// held to nothing: it says as much of the machine as of the code.
type rate struct {
	name      string
	benchmark string
	unit      string
}

// rates are the numbers that are printed.
var rates = []rate{
	{"docket", "BenchmarkDocket_Ours", "decisions/s"},
	{"extract-read", "BenchmarkExtract_Ours", "scans/s"},
}

// tell measures each rate a few times and prints the middle one.
func tell(out io.Writer, rates []rate, measure func(benchmark, unit string) (float64, error)) error {
	for _, r := range rates {
		values := make([]float64, rounds)
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
