package ridp_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/selfcheck"
)

// SC-8: what the individual can do to a report ends nothing: it is no error, which would be a
// system error and so another try.
func TestSC8_WhatIsNoReportLeavesTheQuizOpen(t *testing.T) {
	f := newFixture(t, nil)
	_, form := f.quiz(t)
	report := post(t, f.provider, post(t, f.provider, form).answered(false)).returned(t)
	for name, returned := range map[string]string{
		"nothing":          "",
		"a made-up text":   "Zyxecho",
		"a quiz":           form.Get("quiz"),
		"half a report":    report[:len(report)/2],
		"a longer report":  report + "A",
		"two reports":      report + report,
		"a line end in it": report[:8] + "\n" + report[8:],
		"padding":          report + "=",
		"a huge text":      strings.Repeat("A", 1<<20),
	} {
		require.Equal(t, notOver, f.conclude(t, returned), name)
	}

	progress, err := f.provider.Conclude(t.Context(), otherReference, "HUB-000009", report)
	require.NoError(t, err)
	require.Equal(t, selfcheck.Progress{Transaction: "HUB-000009"}, progress, "the report of another proofing")

	f.clock.advance(15 * time.Minute)
	require.Equal(t, selfcheck.IdPAnsweredIncorrectly, f.conclude(t, report).Report.Outcome, "the last moment")
	f.clock.advance(time.Microsecond)
	require.Equal(t, notOver, f.conclude(t, report), "expired")
}

// A double click on the page before begins two inquiries; the individual sees one, and the
// other may be on record.
func TestConclude_NamesTheInquiryThatWasAnswered(t *testing.T) {
	f := newFixture(t, nil)
	first, form := f.quiz(t)
	second, _ := f.quiz(t)
	done := post(t, f.provider, post(t, f.provider, form).answered(true))
	for _, onRecord := range []selfcheck.IdPTransactionID{first, second, ""} {
		progress, err := f.provider.Conclude(t.Context(), someReference, onRecord, done.returned(t))
		require.NoError(t, err)
		require.Equal(t, first, progress.Transaction)
		require.Equal(t, selfcheck.IdPPassed, progress.Report.Outcome)
	}
}

// Its length does not tell how a quiz ended.
func TestConclude_ReportsAreOfOneLength(t *testing.T) {
	f := newFixture(t, nil)
	lengths := map[int]bool{}
	for _, right := range []bool{true, false} {
		_, form := f.quiz(t)
		asked := post(t, f.provider, form)
		lengths[len(post(t, f.provider, asked.pressed("leave")).returned(t))] = true
		lengths[len(post(t, f.provider, asked.answered(right)).returned(t))] = true
	}
	require.Len(t, lengths, 1)
}
