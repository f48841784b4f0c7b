package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// series is a benchmark that takes long to prepare, runs once and reports many ratios, which
// have one bound: its metrics whose unit ends with -ratio. Of what it measured it may report the
// library's own time, in metrics whose unit ends with -own-µs, which are printed for the reader.
type series struct {
	name      string
	benchmark string
	bound     bound
}

// allSeries are what is measured in this way.
var allSeries = []series{
	{"srmt-lists-sqlite", "BenchmarkServiceRequestLists_SQLite", ceiling(1.5)},
	{"srmt-lists-postgresql", "BenchmarkServiceRequestLists_PostgreSQL", ceiling(1.5)},
	// Every operation of the store beside its statements run bare.
	{"store-sqlite", "BenchmarkStore_SQLite", floor(0.7)},
	{"store-postgresql", "BenchmarkStore_PostgreSQL", floor(0.7)},
	{"store-bulk-sqlite", "BenchmarkStoreBulk_SQLite", floor(0.5)},
	{"store-bulk-postgresql", "BenchmarkStoreBulk_PostgreSQL", floor(0.5)},
	// The status of a case among 5 million beside that among 10 thousand.
	{"case-growth-sqlite", "BenchmarkCaseGrowth_SQLite", ceiling(1.5)},
	{"case-growth-postgresql", "BenchmarkCaseGrowth_PostgreSQL", ceiling(1.5)},
}

// otherBounds are those of single ratios. To count the open requests of an office is to read them
// all, a hundred times as many, which lie further apart than any cache reaches.
var otherBounds = map[string]bound{
	"srmt-lists-sqlite/counts":     ceiling(2),
	"srmt-lists-postgresql/counts": ceiling(2),
}

// compareSeries runs every series, reports each ratio, and fails if one is out of bounds.
func compareSeries(out io.Writer, all []series, run func(benchmark string) (string, error)) error {
	var failed []error
	for _, s := range all {
		text, err := run(s.benchmark)
		if err != nil {
			return err
		}
		units := unitsOf(s.benchmark, text, "-ratio")
		if len(units) == 0 {
			return fmt.Errorf("%s reported no ratio:\n%s", s.benchmark, text)
		}
		for _, unit := range units {
			ratio, err := reported(s.benchmark, unit, text)
			if err != nil {
				return err
			}
			name := s.name + "/" + strings.TrimSuffix(unit, "-ratio")
			limit, isOther := otherBounds[name]
			if !isOther {
				limit = s.bound
			}
			if _, err := fmt.Fprintf(out, "ratio %s %.2f %s\n", name, ratio, limit); err != nil {
				return err
			}
			if !limit.holds(ratio) {
				failed = append(failed, fmt.Errorf("%s is %.2f, want %s", name, ratio, limit))
			}
		}
		for _, unit := range unitsOf(s.benchmark, text, "-own-µs") {
			own, err := reported(s.benchmark, unit, text)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(out, "info %s/%s %.3g µs of its own\n", s.name, strings.TrimSuffix(unit, "-own-µs"), own); err != nil {
				return err
			}
		}
	}
	return errors.Join(failed...)
}

// unitsOf returns the units with the ending in which a benchmark reports, as it printed them.
func unitsOf(benchmark, output, ending string) []string {
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
			if strings.HasSuffix(field, ending) {
				units = append(units, field)
			}
		}
	}
	return units
}
