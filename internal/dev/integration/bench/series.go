package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// series is a benchmark that takes long to prepare, runs once and reports many ratios, which
// have one bound: its metrics whose unit ends with -ratio.
type series struct {
	name      string
	benchmark string
	bound     bound
}

// allSeries are what is measured in this way.
var allSeries = []series{
	{"srmt-lists-sqlite", "BenchmarkServiceRequestLists_SQLite", ceiling(1.5)},
	{"srmt-lists-postgresql", "BenchmarkServiceRequestLists_PostgreSQL", ceiling(1.5)},
}

// compareSeries runs every series, reports each ratio, and fails if one is out of bounds.
func compareSeries(out io.Writer, all []series, run func(benchmark string) (string, error)) error {
	var failed []error
	for _, s := range all {
		text, err := run(s.benchmark)
		if err != nil {
			return err
		}
		units := ratioUnits(s.benchmark, text)
		if len(units) == 0 {
			return fmt.Errorf("%s reported no ratio:\n%s", s.benchmark, text)
		}
		for _, unit := range units {
			ratio, err := reported(s.benchmark, unit, text)
			if err != nil {
				return err
			}
			name := s.name + "/" + strings.TrimSuffix(unit, "-ratio")
			if _, err := fmt.Fprintf(out, "ratio %s %.2f %s\n", name, ratio, s.bound); err != nil {
				return err
			}
			if !s.bound.holds(ratio) {
				failed = append(failed, fmt.Errorf("%s is %.2f, want %s", name, ratio, s.bound))
			}
		}
	}
	return errors.Join(failed...)
}

// ratioUnits returns the units of the ratios that a benchmark reports, as it printed them.
func ratioUnits(benchmark, output string) []string {
	var units []string
	for line := range strings.Lines(output) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if name, _, _ := strings.Cut(fields[0], "-"); name != benchmark {
			continue
		}
		for _, field := range fields {
			if strings.HasSuffix(field, "-ratio") {
				units = append(units, field)
			}
		}
	}
	return units
}
