package cris_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

func classOf(period cris.RetentionPeriod) cris.RecordClass {
	return cris.RecordClass{
		Code: "test.record", Name: cris.Phrase{English: "records", Spanish: "registros"},
		Period: period, Trigger: cris.TriggerRecorded, Authority: "a schedule",
	}
}

func day(s string) cris.Date { return cris.MustParseDate(s) }

func codesOf(reasons []cris.Reason) (codes []string) {
	for _, reason := range reasons {
		codes = append(codes, strings.TrimPrefix(string(reason.Code), "cris.retention_"))
	}
	return codes
}

func TestPV4_ARecordIsKeptThroughTheLastDayOfItsPeriod(t *testing.T) {
	for _, c := range []struct {
		name    string
		period  cris.RetentionPeriod
		started string
		first   string
	}{
		{"a year ends with the same day", cris.RetentionPeriod{Years: 1}, "2024-03-10", "2025-03-11"},
		{"a February 29 ends with the month", cris.RetentionPeriod{Years: 1}, "2024-02-29", "2025-03-01"},
		{"a February 28 does not wait for the 29th", cris.RetentionPeriod{Years: 1}, "2023-02-28", "2024-02-29"},
		{"a month ends with the month", cris.RetentionPeriod{Months: 1}, "2024-01-31", "2024-03-01"},
		{"years and months come before days", cris.RetentionPeriod{Years: 1, Months: 1, Days: 1}, "2024-01-30", "2025-03-02"},
		{"one day is the next day", cris.RetentionPeriod{Days: 1}, "2024-12-31", "2025-01-02"},
	} {
		t.Run(c.name, func(t *testing.T) {
			record := cris.RetentionRecord{ID: "r", StartedOn: day(c.started)}
			first := day(c.first)
			kept := cris.DecideRetention(classOf(c.period), record, nil, first.AddDays(-1), cris.AgencyZone())
			require.Equal(t, cris.RetentionKept, kept.Outcome)
			require.Equal(t, first, kept.FirstDay)
			require.Equal(t, []string{"runs"}, codesOf(kept.Reasons))
			gone := cris.DecideRetention(classOf(c.period), record, nil, first, cris.AgencyZone())
			require.Equal(t, cris.RetentionExpired, gone.Outcome)
			require.Equal(t, first, gone.FirstDay)
			require.Equal(t, []string{"over"}, codesOf(gone.Reasons))
		})
	}
}

func TestPV4_TheDayIsThatOfTheAgency(t *testing.T) {
	// 03:30 UTC is still the day before in Washington.
	record := cris.RetentionRecord{ID: "r", Started: time.Date(2024, 3, 11, 3, 30, 0, 0, time.UTC)}
	require.Equal(t, day("2024-03-10"), record.Day(cris.AgencyZone()))
	require.Equal(t, day("2025-03-11"), cris.DecideRetention(classOf(cris.RetentionPeriod{Years: 1}), record, nil, day("2025-01-01"), cris.AgencyZone()).FirstDay)
	require.Equal(t, day("2025-03-12"), cris.DecideRetention(classOf(cris.RetentionPeriod{Years: 1}), record, nil, day("2025-01-01"), time.UTC).FirstDay)
}

func TestPV4_EveryGroundIsGiven(t *testing.T) {
	hold := cris.Hold{ID: "h-1", Why: "case-7", By: "staff-1"}
	lifted := cris.Hold{ID: "h-2", Why: "case-8", By: "staff-1", Lifted: time.Unix(1, 0)}
	other := cris.Hold{ID: "h-3", Class: "test.record", Record: "another", Why: "case-9", By: "staff-1"}
	year := classOf(cris.RetentionPeriod{Years: 1})
	old := cris.RetentionRecord{ID: "r", StartedOn: day("2020-01-01")}
	open := old
	open.Open = true
	longer := old
	longer.KeptUntil = day("2030-01-01")
	for _, c := range []struct {
		name    string
		class   cris.RecordClass
		record  cris.RetentionRecord
		holds   []cris.Hold
		outcome cris.RetentionOutcome
		reasons []string
	}{
		{"over", year, old, []cris.Hold{lifted, other}, cris.RetentionExpired, []string{"over"}},
		{"held", year, old, []cris.Hold{hold, lifted}, cris.RetentionHeld, []string{"held", "over"}},
		{"open", year, open, nil, cris.RetentionOpen, []string{"open", "over"}},
		{"open and held", year, open, []cris.Hold{hold}, cris.RetentionOpen, []string{"open", "held", "over"}},
		{"kept for longer", year, longer, nil, cris.RetentionKept, []string{"runs"}},
		{"not begun", year, cris.RetentionRecord{ID: "r"}, nil, cris.RetentionKept, []string{"unbegun"}},
		{"forever", classOf(cris.RetentionPeriod{Forever: true}), old, []cris.Hold{hold}, cris.RetentionKept, []string{"forever", "held"}},
		{"beyond the calendar", classOf(cris.RetentionPeriod{Years: 9000}), old, nil, cris.RetentionKept, []string{"runs"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := cris.DecideRetention(c.class, c.record, c.holds, day("2025-01-01"), cris.AgencyZone())
			require.Equal(t, c.outcome, d.Outcome)
			require.Equal(t, c.reasons, codesOf(d.Reasons))
			for _, reason := range d.Reasons {
				require.Contains(t, cris.RetentionReasons(), reason)
			}
		})
	}
}

func TestPV4_AHoldIsOnWhatItNames(t *testing.T) {
	for _, c := range []struct {
		name  string
		hold  cris.Hold
		class cris.Code
		id    string
		on    bool
	}{
		{"all", cris.Hold{}, "a", "1", true},
		{"a class", cris.Hold{Class: "a"}, "a", "1", true},
		{"another class", cris.Hold{Class: "b"}, "a", "1", false},
		{"a record", cris.Hold{Class: "a", Record: "1"}, "a", "1", true},
		{"another record", cris.Hold{Class: "a", Record: "2"}, "a", "1", false},
		{"the same ID in another class", cris.Hold{Class: "b", Record: "1"}, "a", "1", false},
		{"lifted", cris.Hold{Lifted: time.Unix(1, 0)}, "a", "1", false},
	} {
		require.Equal(t, c.on, c.hold.Covers(c.class, c.id), c.name)
	}
}

func TestPV4_AHoldSaysWhyWithoutAPersonalValue(t *testing.T) {
	good := cris.Hold{ID: "hold-1", Class: "c", Record: "EAC0912345678", Why: "OCC/2024-117", By: "staff-1"}
	require.NoError(t, good.Check())
	for name, edit := range map[string]func(*cris.Hold){
		"no ID":              func(h *cris.Hold) { h.ID = "" },
		"an ID with a name":  func(h *cris.Hold) { h.ID = "Zyx Person" },
		"no reason":          func(h *cris.Hold) { h.Why = "" },
		"a sentence":         func(h *cris.Hold) { h.Why = "Zyx Person sues" },
		"a reason too long":  func(h *cris.Hold) { h.Why = strings.Repeat("x", 65) },
		"nobody":             func(h *cris.Hold) { h.By = "" },
		"a record, no class": func(h *cris.Hold) { h.Class = "" },
	} {
		hold := good
		edit(&hold)
		err := hold.Check()
		require.Error(t, err, name)
		require.NotContains(t, err.Error(), "Zyx", name)
	}
}

func TestPV4_AScheduleIsChecked(t *testing.T) {
	good := classOf(cris.RetentionPeriod{Years: 1})
	for name, edit := range map[string]func(*cris.RecordClass){
		"it has no code":                 func(c *cris.RecordClass) { c.Code = "" },
		"in both languages":              func(c *cris.RecordClass) { c.Name.Spanish = "" },
		"state a period":                 func(c *cris.RecordClass) { c.Period = cris.RetentionPeriod{} },
		"state a period of one day":      func(c *cris.RecordClass) { c.Period.Days = -1 },
		"or that the records are kept":   func(c *cris.RecordClass) { c.Period.Forever = true },
		"by one of the triggers":         func(c *cris.RecordClass) { c.Trigger = "someday" },
		"cite who or what set the perio": func(c *cris.RecordClass) { c.Authority = "" },
	} {
		class := good
		edit(&class)
		_, err := cris.NewSchedule(good, class)
		require.ErrorContains(t, err, name)
	}
	other := good
	other.Code = "test.other"
	schedule, err := cris.NewSchedule(good, other, good.With(cris.RetentionPeriod{Years: 7}, "N1-566-08-09"))
	require.NoError(t, err)
	require.Len(t, schedule.Classes(), 2)
	changed, found := schedule.Class("test.record")
	require.True(t, found)
	require.Equal(t, "7 years", changed.Period.String())
	require.False(t, changed.Decided)
	require.Equal(t, good.Code, schedule.Classes()[0].Code, "it keeps its place")
}

func TestRetentionPeriod_SaysHowLong(t *testing.T) {
	for want, period := range map[string]cris.RetentionPeriod{
		"forever": {Forever: true}, "1 year": {Years: 1}, "2 years, 1 month, 3 days": {Years: 2, Months: 1, Days: 3}, "": {},
	} {
		require.Equal(t, want, period.String())
	}
}
