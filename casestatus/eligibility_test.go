package casestatus_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
)

func filed(on string) casestatus.Case {
	return casestatustest.NewPendingCase(1, func(c *casestatus.Case) { c.Filed = day(on) })
}

func bound(value string, unit casestatus.Unit) casestatus.Bound {
	return casestatus.Bound{Value: decimal.RequireFromString(value), Unit: unit}
}

func TestCS6_OutsideIsStrictlyBeforeTheInquiryDate(t *testing.T) {
	for _, tt := range []struct {
		filed, on string
		want      casestatus.EligibilityOutcome
	}{
		{"2021-08-22", "2022-02-19", casestatus.Outside},
		{"2021-08-23", "2022-02-19", casestatus.Within},
		{"2021-08-24", "2022-02-19", casestatus.Within},
		{"2021-08-23", "2022-02-20", casestatus.Outside}, // the inquiry date has moved on with the day
		{"2021-08-24", "2022-02-20", casestatus.Within},
		{"2022-02-19", "2022-02-19", casestatus.Within}, // filed on the day of asking
		{"2022-02-19", "2022-08-18", casestatus.Within},
		{"2022-02-19", "2022-08-19", casestatus.Outside},
	} {
		got := casestatus.DecideEligibility(filed(tt.filed), casestatustest.NewProcessingTime(), day(tt.on), nil, casestatus.DefaultPolicy())
		require.Equal(t, tt.want, got.Outcome, "filed %s, asked %s", tt.filed, tt.on)
	}
}

func TestCS6_TheDecisionNamesItsGround(t *testing.T) {
	got := casestatus.DecideEligibility(filed("2021-08-24"), casestatustest.NewProcessingTime(), day("2022-02-20"), nil, casestatus.DefaultPolicy())
	require.Equal(t, casestatus.Eligibility{
		Outcome: casestatus.Within, On: day("2022-02-20"), Basis: casestatus.ByInquiryDate, Days: 180,
		InquiryDate: day("2021-08-24"), OutsideFrom: day("2022-02-21"),
		Posted:  casestatustest.NewProcessingTime(),
		Reasons: reasons("not_filed_before_inquiry_date"),
	}, got)

	got = casestatus.DecideEligibility(filed("2021-08-24"), casestatustest.NewProcessingTime(), got.OutsideFrom, nil, casestatus.DefaultPolicy())
	require.Equal(t, casestatus.Outside, got.Outcome)
	require.Equal(t, day("2022-02-21"), got.OutsideFrom, "the day stays the same once it has come")
	require.Equal(t, reasons("filed_before_inquiry_date"), got.Reasons)
}

func TestCS6_OutsideFromIsTheFirstDayAndOutsideStays(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 7))
	policy := casestatus.DefaultPolicy()
	policy.StaleAfter = -1 // forever
	for range 500 {
		publication := casestatustest.NewProcessingTime()
		publication.InquiryDate = publication.ReadOn.AddDays(-random.IntN(400))
		if random.IntN(2) == 0 {
			publication.InquiryDate = cris.Date{}
			publication.Threshold.Value = decimal.New(random.Int64N(25), 0).Div(decimal.New(2, 0))
		}
		onFile := filed("2022-02-19")
		onFile.Filed = onFile.Filed.AddDays(-random.IntN(500))
		wasOutside := false
		for ahead := range 450 {
			on := publication.ReadOn.AddDays(ahead)
			got := casestatus.DecideEligibility(onFile, publication, on, nil, policy)
			isOutside := got.Outcome == casestatus.Outside
			require.Equal(t, !on.Before(got.OutsideFrom), isOutside)
			require.Equal(t, onFile.Filed.Before(got.InquiryDate), isOutside)
			require.False(t, wasOutside && !isOutside, "outside on one day and within on a later one")
			wasOutside = isOutside
		}
	}
}

func TestCS6_BasesInOrderOfTrust(t *testing.T) {
	everything := casestatustest.NewProcessingTime()
	everything.AsOf = day("2013-03-05")
	withoutInquiryDate := everything
	withoutInquiryDate.InquiryDate = cris.Date{}
	withoutDayRead := everything
	withoutDayRead.ReadOn = cris.Date{}
	inquiryDateAhead := everything
	inquiryDateAhead.InquiryDate = everything.ReadOn.AddDays(1)
	onlyAsOf := withoutInquiryDate
	onlyAsOf.Threshold = casestatus.Bound{}
	for name, tt := range map[string]struct {
		posted casestatus.ProcessingTime
		want   casestatus.Basis
		k      int
	}{
		"inquiry date":                     {everything, casestatus.ByInquiryDate, 180},
		"no inquiry date":                  {withoutInquiryDate, casestatus.ByRange, 183},
		"inquiry date, day read not known": {withoutDayRead, casestatus.ByRange, 183},
		"inquiry date after the day read":  {inquiryDateAhead, casestatus.ByRange, 183},
		"as-of date alone":                 {onlyAsOf, casestatus.ByAsOfDate, 0},
	} {
		got := casestatus.DecideEligibility(filed("2021-12-01"), tt.posted, day("2022-02-19"), nil, casestatus.DefaultPolicy())
		require.Equal(t, tt.want, got.Basis, name)
		require.Equal(t, tt.k, got.Days, name)
	}
}

func TestCS6_RangeInItsUnit(t *testing.T) {
	policy := casestatus.DefaultPolicy()
	for _, tt := range []struct {
		bound casestatus.Bound
		days  int
		ok    bool
	}{
		{bound("6", casestatus.Months), 183, true}, // 182.4
		{bound("5", casestatus.Months), 152, true},
		{bound("14.5", casestatus.Months), 441, true}, // 440.8
		{bound("0.5", casestatus.Months), 16, true},
		{bound("3", casestatus.Weeks), 21, true},
		{bound("1.5", casestatus.Weeks), 11, true},
		{bound("105", casestatus.Days), 105, true},
		{bound("0", casestatus.Days), 0, true},
		{casestatus.Bound{}, 0, false},
		{bound("6", "years"), 0, false},
		{bound("-1", casestatus.Months), 0, false},
		{bound("1e9", casestatus.Months), 0, false},
	} {
		days, ok := tt.bound.Days(policy.DaysPerMonth)
		require.Equal(t, tt.days, days, tt.bound)
		require.Equal(t, tt.ok, ok, tt.bound)
	}
	_, ok := bound("6", casestatus.Months).Days(decimal.Decimal{})
	require.False(t, ok, "a month of no days is no unit")
}

func TestCS6_TheAsOfDateStandsStill(t *testing.T) {
	publication := casestatus.ProcessingTime{
		Form: "I-765", FormType: "147-C8", Office: "NSC",
		PublishedOn: day("2013-07-10"), ReadOn: day("2013-07-15"), AsOf: day("2013-03-05"),
	}
	for _, tt := range []struct {
		filed string
		want  casestatus.EligibilityOutcome
	}{
		{"2013-03-04", casestatus.Outside},
		{"2013-03-05", casestatus.Within},
	} {
		for _, on := range []string{"2013-07-15", "2013-12-31"} {
			got := casestatus.DecideEligibility(filed(tt.filed), publication, day(on), nil, casestatus.DefaultPolicy())
			require.Equal(t, tt.want, got.Outcome)
			require.Equal(t, day("2013-03-05"), got.InquiryDate)
			require.True(t, got.OutsideFrom.IsZero(), "no day of the calendar changes this answer")
			require.False(t, publication.Suppressed())
		}
	}
}

func TestCS6_DatesThatAllowNoAnswer(t *testing.T) {
	undated := filed("2022-01-01")
	undated.Filed = cris.Date{}
	for name, tt := range map[string]struct {
		onFile casestatus.Case
		on     cris.Date
		want   []cris.Reason
	}{
		"no date filed":    {undated, day("2022-02-19"), reasons("no_date_filed")},
		"no day of asking": {filed("2022-01-01"), cris.Date{}, reasons("no_day_of_asking")},
		"neither":          {undated, cris.Date{}, reasons("no_date_filed", "no_day_of_asking")},
		"filed tomorrow":   {filed("2022-02-20"), day("2022-02-19"), reasons("filed_after_asking")},
	} {
		got := casestatus.DecideEligibility(tt.onFile, casestatustest.NewProcessingTime(), tt.on, nil, casestatus.DefaultPolicy())
		require.Equal(t, casestatus.Eligibility{Outcome: casestatus.Undecided, On: tt.on, Reasons: tt.want}, got, name)
	}
}

func TestCS7_NothingPosted(t *testing.T) {
	got := casestatus.DecideEligibility(filed("1990-01-01"), casestatus.ProcessingTime{}, day("2022-02-19"), nil, casestatus.DefaultPolicy())
	require.Equal(t, casestatus.Eligibility{
		Outcome: casestatus.NotPosted, On: day("2022-02-19"),
		Reasons: reasons("nothing_posted"),
	}, got)
}

func TestCS7_APublicationForSomethingElseCountsAsNone(t *testing.T) {
	other := casestatustest.NewProcessingTime()
	other.Form, other.FormType, other.Office, other.ReadOn = "I-90", "", "NBC", day("2022-02-20")
	got := casestatus.DecideEligibility(filed("1990-01-01"), other, day("2022-02-19"), nil, casestatus.DefaultPolicy())
	require.Equal(t, casestatus.Eligibility{
		Outcome: casestatus.NotPosted, On: day("2022-02-19"),
		Reasons: reasons("posted_for_another_form", "posted_for_another_office", "read_after_asking"),
	}, got)
}

func TestCS7_OneDifferenceIsEnough(t *testing.T) {
	for name, change := range map[string]func(c *casestatus.Case, p *casestatus.ProcessingTime){
		"form":        func(_ *casestatus.Case, p *casestatus.ProcessingTime) { p.Form = "I-90" },
		"form type":   func(_ *casestatus.Case, p *casestatus.ProcessingTime) { p.FormType = "147-C9" },
		"office":      func(_ *casestatus.Case, p *casestatus.ProcessingTime) { p.Office = "ESC" },
		"no office":   func(c *casestatus.Case, p *casestatus.ProcessingTime) { c.Office, p.Office = "NBC", "" },
		"day of read": func(_ *casestatus.Case, p *casestatus.ProcessingTime) { p.ReadOn = day("2022-02-20") },
	} {
		onFile, publication := filed("1990-01-01"), casestatustest.NewProcessingTime()
		change(&onFile, &publication)
		got := casestatus.DecideEligibility(onFile, publication, day("2022-02-19"), nil, casestatus.DefaultPolicy())
		require.Equal(t, casestatus.NotPosted, got.Outcome, name)
		require.Len(t, got.Reasons, 1, name)
	}
}

func TestCS7_PublishedWithoutFigures(t *testing.T) {
	suppressed := casestatustest.NewProcessingTime()
	suppressed.InquiryDate, suppressed.Threshold, suppressed.Other = cris.Date{}, casestatus.Bound{}, casestatus.Bound{}
	require.True(t, suppressed.Suppressed())
	got := casestatus.DecideEligibility(filed("1990-01-01"), suppressed, day("2022-02-19"), nil, casestatus.DefaultPolicy())
	require.Equal(t, casestatus.Suppressed, got.Outcome)
	require.Equal(t, reasons("no_deciding_figure"), got.Reasons)
	require.Equal(t, day("2022-02-19"), got.Posted.ReadOn, "the publication is named")
	require.True(t, got.InquiryDate.IsZero())
	require.True(t, got.OutsideFrom.IsZero())
}

func TestCS7_AReadingThatIsTooOldCountsAsNone(t *testing.T) {
	onFile, publication := filed("2021-01-01"), casestatustest.NewProcessingTime()
	tooOld := reasons("reading_too_old")
	policy := casestatus.DefaultPolicy()
	undated := publication
	undated.ReadOn = cris.Date{}
	for _, tt := range []struct {
		publication casestatus.ProcessingTime
		staleAfter  int
		after       int // days after the reading
		want        casestatus.EligibilityOutcome
	}{
		{publication, policy.StaleAfter, 365, casestatus.Outside},
		{publication, policy.StaleAfter, 366, casestatus.NotPosted},
		{publication, policy.StaleAfter, 7 * 365, casestatus.NotPosted},
		{publication, 30, 30, casestatus.Outside},
		{publication, 30, 31, casestatus.NotPosted},
		{publication, -1, 20_000, casestatus.Outside},
		{undated, 30, 20_000, casestatus.Outside},
	} {
		policy.StaleAfter = tt.staleAfter
		on := publication.ReadOn.AddDays(tt.after)
		table := casestatus.NewPostedTable(slices.Values([]casestatus.ProcessingTime{tt.publication}), on, nil, policy)
		got := casestatus.DecideEligibility(onFile, tt.publication, on, nil, policy)
		require.Equal(t, tt.want, got.Outcome, "%+v", tt)
		require.Equal(t, got, table.Decide(onFile))
		if tt.want == casestatus.NotPosted {
			require.Equal(t, tooOld, got.Reasons)
		}
	}
	policy.StaleAfter, policy.Unlisted = 30, bound("6", casestatus.Months)
	on := publication.ReadOn.AddDays(31)
	got := casestatus.DecideEligibility(onFile, publication, on, nil, policy)
	require.Equal(t, casestatus.ByUnlistedTime, got.Basis)
	require.Equal(t, got, casestatus.NewPostedTable(slices.Values([]casestatus.ProcessingTime{publication}), on, nil, policy).Decide(onFile))
}

func TestCS7_AnInquiryDateOfNoKnownDaySaysSo(t *testing.T) {
	publication := casestatustest.NewProcessingTime()
	publication.Threshold, publication.ReadOn = casestatus.Bound{}, cris.Date{}
	require.False(t, publication.Suppressed())
	got := casestatus.DecideEligibility(filed("2021-01-01"), publication, day("2022-02-19"), nil, casestatus.DefaultPolicy())
	require.Equal(t, casestatus.Suppressed, got.Outcome)
	require.Equal(t, reasons("undated_inquiry_date"), got.Reasons)
}

// TestCS7_FiguresCountBeforeNone: an office that has withheld its figures has those of its
// heading.
func TestCS7_FiguresCountBeforeNone(t *testing.T) {
	onFile := filed("2021-01-01")
	own, heading := casestatustest.NewProcessingTime(), casestatustest.NewProcessingTime()
	own.InquiryDate, own.Threshold = cris.Date{}, casestatus.Bound{}
	heading.Office = casestatus.AllServiceCenters
	for name, tt := range map[string]struct {
		headingReadBefore int
		want              casestatus.EligibilityOutcome
		office            casestatus.OfficeCode
	}{
		"read on one day":           {0, casestatus.Outside, heading.Office},
		"read a month earlier":      {30, casestatus.Outside, heading.Office},
		"read too long before that": {366, casestatus.Suppressed, own.Office},
	} {
		heading.ReadOn = own.ReadOn.AddDays(-tt.headingReadBefore)
		got := decideBothWays(t, []casestatus.ProcessingTime{own, heading}, onFile, own.ReadOn, nil, casestatus.DefaultPolicy())
		require.Equal(t, tt.want, got.Outcome, name)
		require.Equal(t, tt.office, got.Posted.Office, name)
	}
}

// decideBothWays decides one by one and as a docket, and wants both to answer alike.
func decideBothWays(
	t *testing.T, times []casestatus.ProcessingTime, c casestatus.Case, on cris.Date, tables *casestatus.Tables, policy casestatus.Policy,
) casestatus.Eligibility {
	t.Helper()
	store := memory.New().ProcessingTimes()
	require.NoError(t, store.Post(t.Context(), times...))
	found, err := casestatus.FindPosted(t.Context(), store, c, on, tables, policy)
	require.NoError(t, err)
	got := casestatus.DecideEligibility(c, found, on, tables, policy)
	require.Equal(t, got, casestatus.NewPostedTable(slices.Values(times), on, tables, policy).Decide(c))
	return got
}

// TestCS6_TypesAndKeysAreOneSubtype files publications and cases under either name, at any
// office that may stand for the case, with and without figures, on several days.
func TestCS6_TypesAndKeysAreOneSubtype(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 5))
	policy := casestatus.DefaultPolicy()
	tables := *casestatus.DefaultTables()
	tables.Forms = casestatus.NewFormTable(append(casestatus.Forms(),
		casestatus.Form{Number: "I-485", Type: "I-485 Family", Key: "131A-OTHER"})...)
	names := []casestatus.FormType{"I-485 Family", "131A-FAM", "131A-OTHER", "I-485 Asylee", "131B", "unknown", ""}
	offices := []casestatus.OfficeCode{"NSC", "TSC", casestatus.AllServiceCenters, "NBC"}
	decided := 0
	for range 3000 {
		var times []casestatus.ProcessingTime
		for n := range random.IntN(8) {
			p := casestatustest.NewProcessingTime()
			p.Form, p.FormType, p.Office = "I-485", names[random.IntN(len(names))], offices[random.IntN(len(offices))]
			p.ReadOn = p.ReadOn.AddDays(-random.IntN(3) * 200)
			p.Note.English = strconv.Itoa(n) // tells it from the others
			if random.IntN(3) == 0 {
				p.InquiryDate, p.Threshold = cris.Date{}, casestatus.Bound{}
			}
			times = append(times, p)
		}
		c := casestatus.Case{
			Header: casestatus.Header{
				Form: "I-485", FormType: names[random.IntN(len(names))], Office: offices[random.IntN(len(offices))],
				Filed: day("2021-08-01").AddDays(random.IntN(60)),
			},
		}
		if got := decideBothWays(t, times, c, day("2022-02-19"), &tables, policy); got.Basis != "" {
			decided++
		}
	}
	require.Greater(t, decided, 300)
}

func TestCS7_APolicyMayKnowATimeForUnlistedForms(t *testing.T) {
	policy := casestatus.DefaultPolicy()
	policy.Unlisted = bound("6", casestatus.Months)
	for _, tt := range []struct {
		filed string
		want  casestatus.EligibilityOutcome
	}{
		{"2021-08-19", casestatus.Outside},
		{"2021-08-20", casestatus.Within}, // 183 days before
	} {
		got := casestatus.DecideEligibility(filed(tt.filed), casestatus.ProcessingTime{}, day("2022-02-19"), nil, policy)
		require.Equal(t, tt.want, got.Outcome, tt.filed)
		require.Equal(t, casestatus.ByUnlistedTime, got.Basis)
		require.True(t, got.Posted.IsZero(), "no publication was used")
	}
}

func TestCS6_AHeadingStandsForItsOffices(t *testing.T) {
	heading := casestatustest.NewProcessingTime()
	heading.Office = casestatus.AllServiceCenters
	got := casestatus.DecideEligibility(filed("2021-08-22"), heading, day("2022-02-19"), nil, casestatus.DefaultPolicy())
	require.Equal(t, casestatus.Outside, got.Outcome)
	require.Equal(t, casestatus.AllServiceCenters, got.Posted.Office)

	heading.Office = casestatus.AllFieldOffices
	got = casestatus.DecideEligibility(filed("2021-08-22"), heading, day("2022-02-19"), nil, casestatus.DefaultPolicy())
	require.Equal(t, casestatus.NotPosted, got.Outcome, "the field offices are no heading of a service center")
}

func TestDecideEligibility_AllocatesOnlyTheReasons(t *testing.T) {
	onFile, publication, on, policy := filed("2021-08-23"), casestatustest.NewProcessingTime(), day("2022-02-19"), casestatus.DefaultPolicy()
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() {
		casestatus.DecideEligibility(onFile, publication, on, nil, policy)
	}), 1.0)
}

func TestDecideEligibility_ReasonsBelongToTheCaller(t *testing.T) {
	decide := func() casestatus.Eligibility {
		return casestatus.DecideEligibility(filed("2021-08-23"), casestatustest.NewProcessingTime(), day("2022-02-19"), nil, casestatus.DefaultPolicy())
	}
	decide().Reasons[0].Text = "changed"
	require.NotEqual(t, "changed", decide().Reasons[0].Text)
}

func TestProcessingTime_Equal(t *testing.T) {
	same := casestatustest.NewProcessingTime()
	same.Threshold.Value = decimal.RequireFromString("6.00")
	require.True(t, casestatustest.NewProcessingTime().Equal(same))
	for name, change := range map[string]func(*casestatus.ProcessingTime){
		"value":     func(p *casestatus.ProcessingTime) { p.Threshold.Value = decimal.New(7, 0) },
		"unit":      func(p *casestatus.ProcessingTime) { p.Threshold.Unit = casestatus.Weeks },
		"other":     func(p *casestatus.ProcessingTime) { p.Other = casestatus.Bound{} },
		"day read":  func(p *casestatus.ProcessingTime) { p.ReadOn = day("2022-02-20") },
		"form type": func(p *casestatus.ProcessingTime) { p.FormType = "" },
	} {
		changed := casestatustest.NewProcessingTime()
		change(&changed)
		require.False(t, casestatustest.NewProcessingTime().Equal(changed), name)
	}
}

func TestBound_String(t *testing.T) {
	require.Equal(t, "14.5 months", bound("14.50", casestatus.Months).String())
	require.Empty(t, casestatus.Bound{}.String())
}

func TestBound_DaysReachToTheEndOfTheCalendar(t *testing.T) {
	perMonth := decimal.NewFromInt(365)
	days, ok := bound("9999", casestatus.Months).Days(perMonth)
	require.True(t, ok)
	require.Equal(t, 9999*365, days)
	for _, longer := range []string{"9999.01", "10000"} {
		_, ok = bound(longer, casestatus.Months).Days(perMonth)
		require.False(t, ok, longer)
	}
	days, ok = bound("3649635", casestatus.Days).Days(perMonth)
	require.True(t, ok)
	require.Equal(t, 9999*365, days)
}

// No figure such as is published costs an allocation.
func TestBound_DaysAllocateNothing(t *testing.T) {
	for _, tt := range []struct {
		value    string
		unit     casestatus.Unit
		perMonth string
	}{
		{"14.5", casestatus.Months, "30.4"},
		{"6", casestatus.Months, "30"},
		{"26", casestatus.Weeks, "30.4"},
		{"100000", casestatus.Days, "30.4"},
		{"14.5", casestatus.Months, "30.4375"},
		{"1.50000", casestatus.Months, "30.4375"},
	} {
		posted, perMonth := bound(tt.value, tt.unit), decimal.RequireFromString(tt.perMonth)
		require.Zero(t, testing.AllocsPerRun(100, func() { posted.Days(perMonth) }), "%v", tt)
	}
}

func TestBound_DaysAreExactWhicheverWayTheyAreMade(t *testing.T) {
	random := rand.New(rand.NewPCG(10, 11))
	for range 20_000 {
		value := decimal.New(random.Int64N([]int64{10, 1000, 1_000_000, 1 << 60}[random.IntN(4)]), -int32(random.IntN(8)))
		perMonth := decimal.New(random.Int64N([]int64{100, 100_000, 1 << 50}[random.IntN(3)])+1, -int32(random.IntN(8)))
		product := value.Mul(perMonth)
		days, ok := casestatus.Bound{Value: value, Unit: casestatus.Months}.Days(perMonth)
		require.Equal(t, !product.GreaterThan(decimal.NewFromInt(9999*365)), ok, "%s of %s", value, perMonth)
		if ok {
			require.Equal(t, product.Ceil().IntPart(), int64(days), "%s of %s", value, perMonth)
		}
	}
}

func TestDecideEligibility_AllocatesOnlyTheReasonsByWhateverBasis(t *testing.T) {
	onFile, on, policy := filed("2021-08-23"), day("2022-02-19"), casestatus.DefaultPolicy()
	byRange := casestatustest.NewProcessingTime()
	byRange.InquiryDate = cris.Date{}
	byRange.Threshold = bound("14.5", casestatus.Months)
	suppressed := byRange
	suppressed.Threshold = casestatus.Bound{}
	for name, decide := range map[string]func() casestatus.Eligibility{
		"range": func() casestatus.Eligibility { return casestatus.DecideEligibility(onFile, byRange, on, nil, policy) },
		"suppressed": func() casestatus.Eligibility {
			return casestatus.DecideEligibility(onFile, suppressed, on, nil, policy)
		},
		"not posted": func() casestatus.Eligibility {
			return casestatus.DecideEligibility(onFile, casestatus.ProcessingTime{}, on, nil, policy)
		},
	} {
		require.LessOrEqual(t, testing.AllocsPerRun(100, func() { decide() }), 1.0, name)
	}
}
