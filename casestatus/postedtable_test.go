package casestatus_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
)

func TestCS6_ADocketIsDecidedAsItsCasesAreOneByOne(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 9))
	into := casestatus.Office{Code: "ONE", Kind: casestatus.ServiceCenter}
	policy := casestatus.DefaultPolicy()
	tables := *casestatus.DefaultTables()
	tables.Offices = casestatus.NewOfficeTable(casestatus.Merged(casestatus.Offices(), into, day("2022-02-10"), "ESC", "YSC")...)
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	outcomes := map[casestatus.EligibilityOutcome]int{}
	for range 60 {
		if random.IntN(3) == 0 {
			policy.Unlisted = bound("6", casestatus.Months)
		} else {
			policy.Unlisted = casestatus.Bound{}
		}
		times := make([]casestatus.ProcessingTime, random.IntN(12))
		for i := range times {
			p := casestatustest.NewProcessingTime()
			p.Form = casestatus.FormNumber(pick("I-765", "I-485"))
			p.FormType = casestatus.FormType(pick("147-C8", "I-485 Family"))
			p.Office = casestatus.OfficeCode(pick("NSC", "ESC", "ONE", "SCD", "FOD", "ABQ", "???"))
			p.ReadOn = day("2022-02-19").AddDays(random.IntN(4) - 2)
			p.InquiryDate = p.ReadOn.AddDays(-random.IntN(300))
			switch random.IntN(5) {
			case 0:
				p.InquiryDate = cris.Date{}
			case 1:
				p.InquiryDate, p.Threshold = cris.Date{}, casestatus.Bound{}
			case 2:
				p.InquiryDate, p.StatedDays = cris.Date{}, random.IntN(300)
			case 3:
				p.InquiryDate, p.Threshold, p.AsOf = cris.Date{}, casestatus.Bound{}, day("2021-06-01")
			}
			times[i] = p
		}
		db := memory.New()
		require.NoError(t, db.ProcessingTimes().Post(t.Context(), times...))
		var docket []casestatus.Case
		for range 40 {
			c := filed("2022-02-19")
			c.Form = casestatus.FormNumber(pick("I-765", "I-485", "I-90"))
			c.FormType = casestatus.FormType(pick("147-C8", "I-485 Family", "131A-FAM"))
			c.Office = casestatus.OfficeCode(pick("NSC", "ESC", "YSC", "ONE", "ABQ", "ZAR", "???", ""))
			c.Filed = c.Filed.AddDays(3 - random.IntN(400))
			if random.IntN(20) == 0 {
				c.History = []casestatus.StatusEntry{{Title: "Case Was Approved"}}
			}
			if random.IntN(20) == 0 {
				c.Filed = day(pick("1951-12-31", "1952-01-01"))
			}
			docket = append(docket, c)
		}
		on := day("2022-02-19").AddDays(random.IntN(3) - 1)
		table := casestatus.NewPostedTable(slices.Values(times), on, &tables, policy)
		i := 0
		for receipt, got := range table.DecideAll(slices.Values(docket)) {
			c := docket[i]
			found, err := casestatus.FindPosted(context.Background(), db.ProcessingTimes(), c, on, &tables, policy)
			require.NoError(t, err)
			want := casestatus.DecideEligibility(c, found, on, &tables, policy)
			require.Equal(t, c.Receipt, receipt)
			require.Equal(t, want, got)
			require.Equal(t, want, table.Decide(c))
			outcomes[got.Outcome]++
			i++
		}
		require.Equal(t, len(docket), i)
	}
	require.Len(t, outcomes, 7, "every outcome occurred: %v", outcomes)
}

func TestCS6_ADocketMayBeLeftEarly(t *testing.T) {
	table := casestatus.NewPostedTable(slices.Values([]casestatus.ProcessingTime{casestatustest.NewProcessingTime()}), day("2022-02-19"), nil, casestatus.DefaultPolicy())
	decided := 0
	for range table.DecideAll(slices.Values([]casestatus.Case{filed("2021-08-22"), filed("2021-08-23")})) {
		decided++
		break
	}
	require.Equal(t, 1, decided)
}

func TestCS6_ADecisionOfADocketAllocatesNothing(t *testing.T) {
	policy := casestatus.DefaultPolicy()
	table := casestatus.NewPostedTable(slices.Values([]casestatus.ProcessingTime{casestatustest.NewProcessingTime()}), day("2022-02-19"), nil, policy)
	unlisted := filed("2021-08-22")
	unlisted.Office = "ZAR" // for which nothing is posted
	for name, c := range map[string]casestatus.Case{
		"within": filed("2021-08-23"), "outside": filed("2021-08-22"), "not posted": unlisted,
	} {
		require.Zero(t, testing.AllocsPerRun(100, func() { table.Decide(c) }), name)
	}
}

// A caller may change what DecideEligibility gives. What a table gives is shared.
func TestCS6_ADecisionByItselfHasReasonsOfItsOwn(t *testing.T) {
	policy := casestatus.DefaultPolicy()
	suppressed := casestatustest.NewProcessingTime()
	suppressed.InquiryDate, suppressed.Threshold, suppressed.Other = cris.Date{}, casestatus.Bound{}, casestatus.Bound{}
	decided := filed("2021-08-22")
	decided.History = []casestatus.StatusEntry{{Title: "Case Was Approved"}}
	for name, tt := range map[string]struct {
		c      casestatus.Case
		posted casestatus.ProcessingTime
	}{
		"within": {filed("2021-08-23"), casestatustest.NewProcessingTime()}, "outside": {filed("2021-08-22"), casestatustest.NewProcessingTime()}, "decided": {decided, casestatustest.NewProcessingTime()},
		"not posted": {filed("2021-08-22"), casestatus.ProcessingTime{}}, "suppressed": {filed("2021-08-22"), suppressed},
	} {
		decide := func() casestatus.Eligibility {
			return casestatus.DecideEligibility(tt.c, tt.posted, day("2022-02-19"), nil, policy)
		}
		want := decide()
		changed := decide()
		changed.Reasons[0] = cris.Reason{Code: "changed"}
		require.Equal(t, want, decide(), name)
		table := casestatus.NewPostedTable(slices.Values([]casestatus.ProcessingTime{tt.posted}), day("2022-02-19"), nil, policy)
		require.Equal(t, want, table.Decide(tt.c), name)
	}
}

func TestCS6_KStatedByItself(t *testing.T) {
	publication := casestatustest.NewProcessingTime()
	publication.InquiryDate, publication.StatedDays = cris.Date{}, 105
	got := casestatus.DecideEligibility(filed("2021-11-05"), publication, day("2022-02-19"), nil, casestatus.DefaultPolicy())
	require.Equal(t, casestatus.ByStatedDays, got.Basis)
	require.Equal(t, 105, got.Days)
	require.Equal(t, casestatus.Outside, got.Outcome)
	got = casestatus.DecideEligibility(filed("2021-11-06"), publication, day("2022-02-19"), nil, casestatus.DefaultPolicy())
	require.Equal(t, casestatus.Within, got.Outcome)
	publication.Threshold = casestatus.Bound{}
	require.False(t, publication.Suppressed())
}

func TestCS6_DatesBefore1952DecideNothing(t *testing.T) {
	policy := casestatus.DefaultPolicy()
	got := casestatus.DecideEligibility(filed("1951-12-31"), casestatustest.NewProcessingTime(), day("2022-02-19"), nil, policy)
	require.Equal(t, casestatus.Eligibility{
		Outcome: casestatus.Undecided, On: day("2022-02-19"),
		Reasons: reasons("filed_too_early"),
	}, got)
	got = casestatus.DecideEligibility(filed("1952-01-01"), casestatustest.NewProcessingTime(), day("2022-02-19"), nil, policy)
	require.Equal(t, casestatus.Outside, got.Outcome)
}

// CS-6: a published month is 30.4 days of whatever calendar: month ends and leap days
// make no difference.
func TestCS6_MonthsAreDaysAndNotOfTheCalendar(t *testing.T) {
	publication := casestatustest.NewProcessingTime()
	publication.InquiryDate, publication.Threshold = cris.Date{}, bound("1", casestatus.Months) // 31 days
	for _, tt := range []struct{ on, inquiryDate string }{
		{"2024-03-31", "2024-02-29"},
		{"2024-03-30", "2024-02-28"},
		{"2023-03-31", "2023-02-28"},
		{"2024-03-01", "2024-01-30"},
		{"2025-01-31", "2024-12-31"},
	} {
		publication.ReadOn = day(tt.on)
		got := casestatus.DecideEligibility(filed("2020-01-01"), publication, day(tt.on), nil, casestatus.DefaultPolicy())
		require.Equal(t, casestatus.ByRange, got.Basis)
		require.Equal(t, day(tt.inquiryDate), got.InquiryDate, tt.on)
	}
}

func TestCS6_NothingIsDecidedByATimeLongerThanTheCalendar(t *testing.T) {
	publication := casestatustest.NewProcessingTime()
	publication.InquiryDate = cris.Date{}
	for _, k := range []int{740_000, 3_649_636, 1 << 40, math.MaxInt} {
		publication.StatedDays = k
		got := casestatus.DecideEligibility(filed("1952-01-01"), publication, day("2022-02-19"), nil, casestatus.DefaultPolicy())
		require.Equal(t, casestatus.Suppressed, got.Outcome, k)
		require.Zero(t, got.Days)
		require.Equal(t, reasons("off_the_calendar"), got.Reasons)
	}
	publication.StatedDays = 700_000
	got := casestatus.DecideEligibility(filed("1952-01-01"), publication, day("2022-02-19"), nil, casestatus.DefaultPolicy())
	require.Equal(t, casestatus.Within, got.Outcome)
	require.False(t, got.InquiryDate.IsZero())
	require.False(t, got.OutsideFrom.IsZero())
}

func TestProcessingTime_ID(t *testing.T) {
	same := casestatustest.NewProcessingTime()
	same.Threshold.Value = bound("6.00", casestatus.Months).Value
	require.Equal(t, casestatustest.NewProcessingTime().ID(), same.ID())
	require.Len(t, string(same.ID()), 32)
	seen := map[casestatus.PublicationID]string{casestatustest.NewProcessingTime().ID(): "unchanged", casestatus.ProcessingTime{}.ID(): "zero"}
	for name, change := range map[string]func(*casestatus.ProcessingTime){
		"form":          func(p *casestatus.ProcessingTime) { p.Form = "I-90" },
		"type":          func(p *casestatus.ProcessingTime) { p.FormType = "" },
		"parts run on":  func(p *casestatus.ProcessingTime) { p.Form, p.FormType = "I-7651", "47-C8" },
		"office":        func(p *casestatus.ProcessingTime) { p.Office = "ESC" },
		"published":     func(p *casestatus.ProcessingTime) { p.PublishedOn = day("2022-01-29") },
		"read":          func(p *casestatus.ProcessingTime) { p.ReadOn = day("2022-02-20") },
		"inquiry":       func(p *casestatus.ProcessingTime) { p.InquiryDate = day("2021-08-24") },
		"K":             func(p *casestatus.ProcessingTime) { p.StatedDays = 1 },
		"threshold":     func(p *casestatus.ProcessingTime) { p.Threshold.Value = bound("6.5", casestatus.Months).Value },
		"unit":          func(p *casestatus.ProcessingTime) { p.Threshold.Unit = casestatus.Weeks },
		"other":         func(p *casestatus.ProcessingTime) { p.Other = casestatus.Bound{} },
		"as of":         func(p *casestatus.ProcessingTime) { p.AsOf = day("2013-03-05") },
		"form note, en": func(p *casestatus.ProcessingTime) { p.FormNote.English = "x" },
		"form note, es": func(p *casestatus.ProcessingTime) { p.FormNote.Spanish = "x" },
		"note, en":      func(p *casestatus.ProcessingTime) { p.Note.English = "x" },
		"note, es":      func(p *casestatus.ProcessingTime) { p.Note.Spanish = "x" },
	} {
		changed := casestatustest.NewProcessingTime()
		change(&changed)
		require.False(t, changed.Equal(casestatustest.NewProcessingTime()), name)
		require.Empty(t, seen[changed.ID()], name)
		seen[changed.ID()] = name
	}
}
