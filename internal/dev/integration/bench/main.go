// Command bench measures this library beside its peers and holds the ratio of
// their times to a bound. It runs the benchmarks of a pair in turn, several times,
// so that whatever slows the machine for a while slows both, and takes the median
// of the ratios. Run it in the folder of the integration module:
//
//	go run ./bench
//	go run ./bench soak    # what takes longer, alone
//
// It prints a line for each pair and fails if one is on the wrong side:
//
//	ratio receipt-parse 14.20 floor 10
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
)

// pairs are what is measured. A new comparison is a new line here, and two
// benchmarks in the module that do the same work per operation.
var pairs = []pair{
	{"receipt-parse", "BenchmarkReceipt_Regexp", "BenchmarkReceipt_Ours", floor(15)},
	// One number of each kind, checked by the library and by a regular expression.
	{"identifier-ssn", "BenchmarkIdentifierSSN_Regexp", "BenchmarkIdentifierSSN_Ours", floor(10)},
	{"identifier-a-number", "BenchmarkIdentifierANumber_Regexp", "BenchmarkIdentifierANumber_Ours", floor(10)},
	{"identifier-us-passport", "BenchmarkIdentifierUSPassport_Regexp", "BenchmarkIdentifierUSPassport_Ours", floor(10)},
	{"identifier-foreign-passport", "BenchmarkIdentifierForeignPassport_Regexp", "BenchmarkIdentifierForeignPassport_Ours", floor(10)},
	{"identifier-i94", "BenchmarkIdentifierI94_Regexp", "BenchmarkIdentifierI94_Ours", floor(10)},
	{"identifier-visa", "BenchmarkIdentifierVisa_Regexp", "BenchmarkIdentifierVisa_Ours", floor(10)},
	{"identifier-sevis", "BenchmarkIdentifierSEVIS_Regexp", "BenchmarkIdentifierSEVIS_Ours", floor(10)},
	{"identifier-document", "BenchmarkIdentifierDocument_Regexp", "BenchmarkIdentifierDocument_Ours", floor(10)},
	{"eligibility", "BenchmarkEligibility_CEL", "BenchmarkEligibility_Ours", floor(4)},
	{"docket", "BenchmarkDocket_PlainLoop", "BenchmarkDocket_Ours", floor(0.4)},
	{"processing-times-read", "BenchmarkProcessingTimes_EncodingJSON", "BenchmarkProcessingTimes_Ours", floor(1)},
	{"extract-read", "BenchmarkExtract_EncodingCSV", "BenchmarkExtract_Ours", floor(3)},
	{"extract-read-omniparser", "BenchmarkExtract_Omniparser", "BenchmarkExtract_Ours", floor(40)},
	{"ingest-sqlite", "BenchmarkIngestSQLite_Bare", "BenchmarkIngestSQLite_Ours", floor(0.5)},
	{"ingest-postgresql", "BenchmarkIngestPostgreSQL_Unnest", "BenchmarkIngestPostgreSQL_Ours", floor(0.5)},
	{"srmt-act", "BenchmarkServiceRequestReplay", "BenchmarkServiceRequestAct", floor(3)},
	{"srmt-decision", "BenchmarkLifecycle_Stateless", "BenchmarkLifecycle_Ours", floor(2)},
	// A submission that is accepted beside its deciding transaction alone; and refused duplicates
	// beside submissions that are accepted.
	{"erequest-accepted-sqlite", "BenchmarkERequestTransaction_SQLite", "BenchmarkERequestAccepted_SQLite", floor(0.5)},
	{"erequest-accepted-postgresql", "BenchmarkERequestTransaction_PostgreSQL", "BenchmarkERequestAccepted_PostgreSQL", floor(0.6)},
	{"erequest-advised-sqlite", "BenchmarkERequestsAccepted_SQLite", "BenchmarkERequestsAdvised_SQLite", floor(6)},
	{"erequest-advised-postgresql", "BenchmarkERequestsAccepted_PostgreSQL", "BenchmarkERequestsAdvised_PostgreSQL", floor(3.5)},
	// Four relays that share an outbox, beside their statements run bare.
	{"relay-sqlite", "BenchmarkRelayBare_SQLite", "BenchmarkRelay_SQLite", floor(0.5)},
	{"relay-postgresql", "BenchmarkRelayBare_PostgreSQL", "BenchmarkRelay_PostgreSQL", floor(0.5)},
	// The personal columns of a row beside AES-GCM of the same bytes, at most 1.3 times as long; and a
	// submission in a sealed store beside one in clear.
	{"sealed-columns", "BenchmarkSealedColumns_Bare", "BenchmarkSealedColumns_Ours", floor(1 / 1.3)},
	{"erequest-sealed-sqlite", "BenchmarkERequestAccepted_SQLite", "BenchmarkERequestSealed_SQLite", floor(0.8)},
	{"erequest-sealed-postgresql", "BenchmarkERequestAccepted_PostgreSQL", "BenchmarkERequestSealed_PostgreSQL", floor(0.8)},
	{"ingest-growth-3M", "BenchmarkIngestGrowth_3M", "BenchmarkIngestGrowth_100k", ceiling(1.25)},
}

// rounds is how often each pair runs: often and shortly, because a busy moment of the
// machine then falls on few of them.
const rounds = 9

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(out io.Writer) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	dir, err := os.MkdirTemp("", "cris-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "integration.test")
	compile := exec.CommandContext(ctx, "go", "test", "-c", "-o", binary, ".")
	compile.Stderr = os.Stderr
	if err := compile.Run(); err != nil {
		return fmt.Errorf("compile the benchmarks: %w", err)
	}
	execute := func(benchmark string) (string, error) {
		cmd := exec.CommandContext(ctx, binary, "-test.run=^$", "-test.bench=^"+benchmark+"$", "-test.benchtime=300ms")
		cmd.Env = append(os.Environ(), "CRIS_BENCH_DIR="+dir) // for what takes long to prepare
		text, err := cmd.CombinedOutput()
		if err != nil {
			return "", fmt.Errorf("%s: %w\n%s", benchmark, err, text)
		}
		return string(text), nil
	}
	measure := func(benchmark, unit string) (float64, error) {
		text, err := execute(benchmark)
		if err != nil {
			return 0, err
		}
		return reported(benchmark, unit, text)
	}
	if slices.Contains(os.Args[1:], "soak") {
		return compareGrowths(out, soakGrowths, measure)
	}
	return errors.Join(
		compare(out, pairs, func(benchmark string) (float64, error) { return measure(benchmark, "ns/op") }),
		compareGrowths(out, growths, measure),
		compareSeries(out, allSeries, execute),
		tell(out, rates, measure),
	)
}

// compare measures every pair, reports each, and fails if one is out of bounds.
func compare(out io.Writer, pairs []pair, measure func(benchmark string) (float64, error)) error {
	var failed []error
	for _, p := range pairs {
		ratio, err := p.ratio(measure)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(out, "ratio %s %.2f %s\n", p.name, ratio, p.bound); err != nil {
			return err
		}
		if !p.bound.holds(ratio) {
			failed = append(failed, fmt.Errorf("%s is %.2f, want %s", p.name, ratio, p.bound))
		}
	}
	return errors.Join(failed...)
}
