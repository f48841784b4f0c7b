package erequest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

func TestWords_SayEverything(t *testing.T) {
	words := cris.NewWords(append(erequest.Words(), casestatus.Words()...)...)
	var messages []cris.Message
	for _, r := range erequest.Reasons() {
		messages = append(messages, r.Message())
	}
	for _, i := range erequest.Issues() {
		messages = append(messages, i.Message())
	}
	for _, c := range erequest.Channels() {
		messages = append(messages, c.Message())
	}
	for _, f := range erequest.Fields() {
		messages = append(messages, f.Message())
	}
	for _, e := range erequest.Elements() {
		messages = append(messages, e.Message())
	}
	for _, o := range erequest.ScreeningOutcomes() {
		messages = append(messages, erequest.Screened{Outcome: o, Eligibility: casestatus.Eligibility{Outcome: casestatus.Within}}.Message())
	}
	for _, o := range erequest.WaitOutcomes() {
		messages = append(messages, erequest.Wait{Outcome: o}.Message())
	}
	for _, o := range erequest.FilingOutcomes() {
		messages = append(messages, erequest.Filing{Outcome: o, Screening: erequest.Screened{Outcome: erequest.NotMatched}}.Message())
	}
	for _, m := range messages {
		require.True(t, words.Has(m.Code), m.Code)
		require.NotContains(t, words.Say(cris.Spanish, m), "%!", m.Code)
	}
}

func TestER9_TheMessageOfAWaitSaysTheDay(t *testing.T) {
	words := cris.NewWords(erequest.Words()...)
	wait := decideWait("2013-08-16", filed("first", "2013-08-15"))
	require.Contains(t, words.Say(cris.English, wait.Message()), "September 14, 2013")
	require.Contains(t, words.Say(cris.Spanish, wait.Message()), "14 de septiembre de 2013")
	for _, other := range []erequest.WaitOutcome{erequest.MayFile, erequest.MayRepeat} {
		require.Empty(t, erequest.Wait{Outcome: other}.Message().Args, other)
	}
}

func TestER8_TheConfirmationSaysNumberAndDay(t *testing.T) {
	filing := erequest.Filing{Outcome: erequest.Accepted, Request: erequest.Request{Entry: erequest.Entry{
		Confirmation: erequesttest.ConfirmationNumber(1), RespondBy: cris.MustParseDate("2024-03-02"),
	}}}
	words := cris.NewWords(erequest.Words()...)
	require.Equal(t, "We received your request. Your confirmation number is "+filing.Request.Confirmation.String()+". We intend to respond by March 2, 2024.",
		words.Say(cris.English, filing.Message()))
	require.Contains(t, words.Say(cris.Spanish, filing.Message()), "2 de marzo de 2024")
}
