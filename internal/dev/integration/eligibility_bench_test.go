package integration_test

import (
	"bytes"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/google/cel-go/cel"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/processingtimes"
	"github.com/seed28e20331/cris/casestatus"
)

var asked = cris.MustParseDate("2022-03-01")

// postedSite is what was published in 2022 if the real data is at hand, and otherwise the
// invented site of the same size.
var postedSite = sync.OnceValue(func() []casestatus.ProcessingTime {
	text := publishedSite()
	if folder := os.Getenv("CRIS_DATA"); folder != "" {
		var err error
		if text, err = os.ReadFile(filepath.Join(folder, "casestatus", "processing_times", "2022-02-19.ndjson")); err != nil {
			panic(err)
		}
	}
	var times []casestatus.ProcessingTime
	for posted, err := range processingtimes.Read(bytes.NewReader(text), cris.MustParseDate("2022-02-19")) {
		if err != nil {
			panic(err)
		}
		times = append(times, posted)
	}
	return times
})

// benchCases are 10,000 cases, each under one of the posted times, filed in the three
// years before: some outside, some within; of twenty, one is posted nowhere.
var benchCases = sync.OnceValue(func() []casestatus.Case {
	random := rand.New(rand.NewPCG(3, 4))
	cases := make([]casestatus.Case, 10_000)
	for i := range cases {
		under := postedSite()[random.IntN(len(postedSite()))].PostedUnder()
		cases[i] = casestatus.Case{
			Header: casestatus.Header{
				Receipt: casestatus.MustParseReceiptNumber("IOE0123456789"),
				Form:    under.Form, FormType: under.FormType, Office: under.Office,
				Filed: asked.AddDays(-random.IntN(1000)),
			},
		}
		if i%20 == 0 {
			cases[i].Office = "ZAR"
		}
	}
	return cases
})

// postedFor gives the times of the cases, one for each, found once.
var postedFor = sync.OnceValue(func() []casestatus.ProcessingTime {
	found := map[casestatus.PostedUnder]casestatus.ProcessingTime{}
	for _, posted := range postedSite() {
		found[posted.PostedUnder()] = posted
	}
	posted := make([]casestatus.ProcessingTime, len(benchCases()))
	for i, c := range benchCases() {
		posted[i] = found[c.PostedUnder()]
	}
	return posted
})

// eligibilityInCEL is the same rule, without the reasons, the basis and the day on which
// the answer changes. Days are numbers, 0 for none, which is what CEL compares fastest.
const eligibilityInCEL = `
	filed == 0 || on == 0 || filed > on || filed < earliest ? "undecided" :
	posted_form == "" || posted_form != form || posted_type != type || posted_office != office || read_on > on ? "not_posted" :
	inquiry != 0 && read_on != 0 && inquiry <= read_on ? (filed < on - (read_on - inquiry) ? "outside" : "within") :
	threshold != 0 ? (filed < on - threshold ? "outside" : "within") :
	as_of != 0 ? (filed < as_of ? "outside" : "within") :
	"suppressed"`

func newEligibilityInCEL() (cel.Program, error) {
	var options []cel.EnvOption
	for _, name := range []string{"filed", "on", "earliest", "read_on", "inquiry", "threshold", "as_of"} {
		options = append(options, cel.Variable(name, cel.IntType))
	}
	for _, name := range []string{"form", "type", "office", "posted_form", "posted_type", "posted_office"} {
		options = append(options, cel.Variable(name, cel.StringType))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		return nil, err
	}
	ast, issues := env.Compile(eligibilityInCEL)
	if issues.Err() != nil {
		return nil, issues.Err()
	}
	return env.Program(ast, cel.EvalOptions(cel.OptOptimize))
}

// celFacts are the facts of a case as CEL takes them, made beforehand.
func celFacts(c casestatus.Case, posted casestatus.ProcessingTime) map[string]any {
	number := func(d cris.Date) int64 {
		if d.IsZero() {
			return 0
		}
		return int64(d.DaysSince(cris.MustParseDate("0001-01-01"))) + 1
	}
	days, _ := posted.Threshold.Days(decimal.New(304, -1))
	return map[string]any{
		"filed": number(c.Filed), "on": number(asked), "earliest": number(cris.MustParseDate("1952-01-01")),
		"read_on": number(posted.ReadOn), "inquiry": number(posted.InquiryDate), "threshold": int64(days), "as_of": number(posted.AsOf),
		"form": string(c.Form), "type": string(c.FormType), "office": string(c.Office),
		"posted_form": string(posted.Form), "posted_type": string(posted.FormType), "posted_office": string(posted.Office),
	}
}

func TestBenchEligibility_AllWaysAgree(t *testing.T) {
	program, err := newEligibilityInCEL()
	require.NoError(t, err)
	policy := casestatus.DefaultPolicy()
	table := casestatus.NewPostedTable(slices.Values(postedSite()), asked, nil, policy)
	dates := inquiryDates()
	outcomes := map[casestatus.EligibilityOutcome]int{}
	for i, c := range benchCases() {
		want := casestatus.DecideEligibility(c, postedFor()[i], asked, nil, policy)
		got, _, err := program.Eval(celFacts(c, postedFor()[i]))
		require.NoError(t, err)
		outcome := want.Outcome
		if outcome == casestatus.NotKnown { // which CEL is not told
			outcome = casestatus.NotPosted
		}
		require.Equal(t, string(outcome), got.Value())
		require.Equal(t, want, table.Decide(c))
		inquiry, ok := dates[c.PostedUnder()]
		require.Equal(t, want.Outcome == casestatus.Outside, ok && c.Filed.Before(inquiry))
		outcomes[outcome]++
	}
	require.Greater(t, outcomes[casestatus.Outside], 1000)
	require.Greater(t, outcomes[casestatus.Within], 1000)
	require.GreaterOrEqual(t, outcomes[casestatus.NotPosted], 500)
}

func BenchmarkEligibility_Ours(b *testing.B) {
	cases, posted, policy := benchCases()[:1000], postedFor(), casestatus.DefaultPolicy()
	b.ReportAllocs()
	for b.Loop() {
		decided := 0
		for i, c := range cases {
			decided += len(casestatus.DecideEligibility(c, posted[i], asked, nil, policy).Reasons)
		}
		if decided != len(cases) {
			b.Fatal(decided)
		}
	}
}

func BenchmarkEligibility_CEL(b *testing.B) {
	program, err := newEligibilityInCEL()
	if err != nil {
		b.Fatal(err)
	}
	var facts []map[string]any
	for i, c := range benchCases()[:1000] {
		facts = append(facts, celFacts(c, postedFor()[i]))
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, of := range facts {
			if _, _, err := program.Eval(of); err != nil {
				b.Fatal(err)
			}
		}
	}
}

const docketLength = 1_000_000

// docket is a million cases: the same ten thousand over and over, so that what is
// measured is deciding and not reading memory.
func docket() iter.Seq[casestatus.Case] {
	return func(yield func(casestatus.Case) bool) {
		cases := benchCases()
		for i := range docketLength {
			if !yield(cases[i%len(cases)]) {
				return
			}
		}
	}
}

// inquiryDates are the inquiry dates of one day, which is all that the plain loop has.
func inquiryDates() map[casestatus.PostedUnder]cris.Date {
	dates := map[casestatus.PostedUnder]cris.Date{}
	for _, posted := range postedSite() {
		if k, ok := posted.Days(); ok {
			dates[posted.PostedUnder()] = asked.AddDays(-k)
		}
	}
	return dates
}

func outsideInDocket() int {
	outside := 0
	dates := inquiryDates()
	for c := range docket() {
		if inquiry, ok := dates[c.PostedUnder()]; ok && c.Filed.Before(inquiry) {
			outside++
		}
	}
	return outside
}

// BenchmarkDocket_Ours decides a million cases, with reasons, after making the table.
func BenchmarkDocket_Ours(b *testing.B) {
	want := outsideInDocket()
	b.ReportAllocs()
	for b.Loop() {
		table := casestatus.NewPostedTable(slices.Values(postedSite()), asked, nil, casestatus.DefaultPolicy())
		outside := 0
		for _, decision := range table.DecideAll(docket()) {
			if decision.Outcome == casestatus.Outside {
				outside++
			}
		}
		if outside != want {
			b.Fatal(outside)
		}
	}
	b.ReportMetric(float64(docketLength)*float64(b.N)/b.Elapsed().Seconds(), "decisions/s")
}

// BenchmarkDocket_PlainLoop is what cannot be undercut: look the inquiry date up and
// compare. It gives no reason, no date of change, and names no publication.
func BenchmarkDocket_PlainLoop(b *testing.B) {
	want := outsideInDocket()
	b.ReportAllocs()
	for b.Loop() {
		if outside := outsideInDocket(); outside != want {
			b.Fatal(outside)
		}
	}
	b.ReportMetric(float64(docketLength)*float64(b.N)/b.Elapsed().Seconds(), "decisions/s")
}
