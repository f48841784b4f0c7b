package erequest_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// filed returns an online request about a card, filed on that day.
func filed(id, day string) erequest.Entry {
	return erequesttest.NewRequest(receipt, 0, func(r *erequest.Request) {
		r.ID, r.Issue = id, erequest.CardNotReceived
		r.Filed = cris.MustParseDate(day)
		r.RespondBy = r.Filed.AddDays(30)
	}).Entry
}

func decideWait(day string, prior ...erequest.Entry) erequest.Wait {
	return erequest.DecideWait(prior, erequest.CardNotReceived, cris.MustParseDate(day), erequest.DefaultPolicy())
}

func TestER9_WaitEndsOnThirtiethDay(t *testing.T) {
	earlier := filed("first", "2013-08-15")
	for day, want := range map[string]erequest.WaitOutcome{
		"2013-08-15": erequest.MustWait,
		"2013-08-16": erequest.MustWait,
		"2013-09-13": erequest.MustWait, // D+29
		"2013-09-14": erequest.MayFile,  // D+30
	} {
		got := decideWait(day, earlier)
		require.Equal(t, want, got.Outcome, day)
		if want == erequest.MustWait {
			require.Equal(t, cris.MustParseDate("2013-09-14"), got.Ends, day)
			require.Equal(t, "first", got.Earlier, day)
			require.Contains(t, ruleIDs(got.Reasons), cris.RuleID("ER-9"), day)
		}
	}
}

func TestER9_TheWaitEndsOnTheDateItNames(t *testing.T) {
	for _, day := range []string{"2023-12-31", "2024-01-30", "2024-02-29", "2025-03-08", "2025-11-01"} {
		earlier := filed("first", day)
		ends := decideWait(day, earlier).Ends
		before := erequest.DecideWait([]erequest.Entry{earlier}, earlier.Issue, ends.AddDays(-1), erequest.DefaultPolicy())
		after := erequest.DecideWait([]erequest.Entry{earlier}, earlier.Issue, ends, erequest.DefaultPolicy())
		require.Equal(t, erequest.MustWait, before.Outcome, day)
		require.Equal(t, erequest.MayFile, after.Outcome, day)
	}
}

func TestER10_AnUnansweredRequestIsRepeatedByName(t *testing.T) {
	got := decideWait("2013-09-15", filed("first", "2013-08-15"))
	require.Equal(t, erequest.MayRepeat, got.Outcome)
	require.Equal(t, "first", got.Earlier)
	require.Equal(t, []cris.RuleID{"ER-10"}, ruleIDs(got.Reasons))
}

func TestER10_OnlyARequestAboutTheSameIssueIsRepeated(t *testing.T) {
	other := filed("first", "2013-08-15")
	other.Issue = erequest.TypographicalError
	require.Equal(t, erequest.MayFile, decideWait("2013-09-15", other).Outcome)
}

func TestER10_WhatWasRepeatedIsNotRepeatedAgain(t *testing.T) {
	first, second := filed("first", "2013-01-10"), filed("second", "2013-03-10")
	second.Repeats = "first"
	require.Equal(t, "second", decideWait("2013-08-15", first, second).Earlier, "the repetition is itself unanswered")
	second.Answered = cris.MustParseDate("2013-03-20")
	require.Equal(t, erequest.MayFile, decideWait("2013-08-15", first, second).Outcome, "the repetition was answered")
}

func TestER10_ARequestOfAnyChannelIsRepeated(t *testing.T) {
	for _, channel := range erequest.Channels() {
		earlier := filed("first", "2013-01-10")
		earlier.Channel = channel
		got := decideWait("2013-08-15", earlier)
		require.Equal(t, erequest.MayRepeat, got.Outcome, channel)
		require.Equal(t, "first", got.Earlier, channel)
	}
}

func TestER10_TheLatestUnansweredIsRepeated(t *testing.T) {
	first, second, third := filed("first", "2013-01-10"), filed("second", "2013-03-10"), filed("third", "2013-05-10")
	third.Answered = cris.MustParseDate("2013-06-20")
	for _, prior := range [][]erequest.Entry{{first, second, third}, {third, second, first}, {second, first, third}} {
		got := decideWait("2013-08-15", prior...)
		require.Equal(t, erequest.MayRepeat, got.Outcome)
		require.Equal(t, "second", got.Earlier)
	}
}

func TestER10a_DaysOfTheDeadline(t *testing.T) {
	unanswered, answered := filed("first", "2013-08-15"), filed("first", "2013-08-15")
	answered.Answered = cris.MustParseDate("2013-08-20")
	for _, tc := range []struct {
		day                  string
		unanswered, answered erequest.WaitOutcome
	}{
		{"2013-09-13", erequest.MustWait, erequest.MustWait}, // D+29: an early answer does not shorten the wait
		{"2013-09-14", erequest.MayFile, erequest.MayFile},   // D+30: the answer is due by the end of this day
		{"2013-09-15", erequest.MayRepeat, erequest.MayFile}, // D+31
	} {
		require.Equal(t, tc.unanswered, decideWait(tc.day, unanswered).Outcome, "%s, unanswered", tc.day)
		require.Equal(t, tc.answered, decideWait(tc.day, answered).Outcome, "%s, answered", tc.day)
	}
}

func TestER10a_TheLatestRequestStartsTheWait(t *testing.T) {
	first, second := filed("first", "2013-07-01"), filed("second", "2013-08-10")
	for _, prior := range [][]erequest.Entry{{first, second}, {second, first}} {
		got := decideWait("2013-08-15", prior...)
		require.Equal(t, erequest.MustWait, got.Outcome)
		require.Equal(t, "second", got.Earlier)
		require.Equal(t, cris.MustParseDate("2013-09-09"), got.Ends)
	}
}

func TestER11_EveryOnlineRequestOfTheCaseCounts(t *testing.T) {
	earlier := filed("first", "2013-08-10")
	earlier.Issue = erequest.TypographicalError
	require.Equal(t, erequest.MustWait, decideWait("2013-08-15", earlier).Outcome, "whatever the issue")

	narrow := erequest.DefaultPolicy()
	narrow.WaitScope = erequest.SameCaseAndIssue
	day := cris.MustParseDate("2013-08-15")
	require.Equal(t, erequest.MayFile, erequest.DecideWait([]erequest.Entry{earlier}, erequest.CardNotReceived, day, narrow).Outcome)
	require.Equal(t, erequest.MustWait, erequest.DecideWait([]erequest.Entry{earlier}, erequest.TypographicalError, day, narrow).Outcome)
}

func TestER11_RequestsOfOtherChannelsDoNotCount(t *testing.T) {
	for _, channel := range []erequest.Channel{erequest.Telephone, erequest.Letter, erequest.LocalOffice} {
		earlier := filed("first", "2013-08-10")
		earlier.Channel = channel
		require.Equal(t, erequest.MayFile, decideWait("2013-08-15", earlier).Outcome, channel)
	}
	require.Equal(t, erequest.MayFile, decideWait("2013-08-15").Outcome, "no request at all")
}

func TestER11_ThePolicySetsTheDays(t *testing.T) {
	policy := erequest.DefaultPolicy()
	policy.WaitDays = 3
	earlier := []erequest.Entry{filed("first", "2013-08-10")}
	wait := erequest.DecideWait(earlier, erequest.CardNotReceived, cris.MustParseDate("2013-08-12"), policy)
	require.Equal(t, cris.MustParseDate("2013-08-13"), wait.Ends)
	require.Equal(t, erequest.MayFile, erequest.DecideWait(earlier, erequest.CardNotReceived, wait.Ends, policy).Outcome)
}

// ER-9: a wait that is longer than a calendar is one for good, and not none.
func TestER9_AWaitWithoutEndIsAWait(t *testing.T) {
	prior := []erequest.Entry{{ID: "r-1", Channel: erequest.Online, Filed: cris.MustParseDate("2022-08-15")}}
	got := erequest.DecideWait(prior, erequest.CardNotReceived, cris.MustParseDate("2062-08-15"), erequest.Policy{WaitDays: 1 << 40})
	require.Equal(t, erequest.MustWait, got.Outcome)
	require.False(t, got.Ends.IsZero())
}

// ER-9: the decision takes as many allocations with a thousand earlier requests as with one.
func TestER9_TheDecisionAllocatesNothingPerEarlierRequest(t *testing.T) {
	prior := make([]erequest.Entry, 1000)
	for i := range prior {
		prior[i] = filed(fmt.Sprint("r", i), "2010-01-01")
		if i > 0 {
			prior[i].Filed = prior[i-1].Filed.AddDays(1)
			prior[i].Repeats = prior[i-1].ID
		}
	}
	on := prior[len(prior)-1].Filed.AddDays(31)
	allocations := func(prior []erequest.Entry, on cris.Date) float64 {
		return testing.AllocsPerRun(10, func() { erequest.DecideWait(prior, erequest.CardNotReceived, on, erequest.DefaultPolicy()) })
	}
	require.Equal(t, erequest.MayRepeat, erequest.DecideWait(prior, erequest.CardNotReceived, on, erequest.DefaultPolicy()).Outcome)
	for _, day := range []cris.Date{on, on.AddDays(-20)} {
		require.InDelta(t, allocations(prior[len(prior)-1:], day), allocations(prior, day), 0)
	}
}
