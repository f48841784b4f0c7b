package letter_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt/letter"
)

// sayings are all that this package can say.
func sayings() []cris.Message {
	var all []cris.Message
	for _, r := range letter.Reasons() {
		all = append(all, r.Message())
	}
	for _, finding := range letter.Findings() {
		all = append(all, finding.Message())
	}
	for _, outcome := range letter.Outcomes() {
		all = append(all, outcome.Message())
	}
	return all
}

func TestWords_SayEverythingInBothLanguagesAndNothingElse(t *testing.T) {
	words := cris.NewWords(letter.Words()...)
	require.Len(t, letter.Words(), len(sayings()))
	for _, message := range sayings() {
		require.True(t, words.Has(message.Code), message.Code)
		require.NotEqual(t, words.Say(cris.English, message), words.Say(cris.Spanish, message), message.Code)
	}
}

func TestReasons_AreOfSR7(t *testing.T) {
	for _, reason := range letter.Reasons() {
		require.Equal(t, cris.RuleID("SR-7"), reason.Rule, reason.Code)
		require.False(t, strings.HasSuffix(reason.Text, "."), reason.Code)
	}
}

// What is listed is the caller's.
func TestLists_AreCopies(t *testing.T) {
	letter.Words()[0] = cris.Phrase{}
	letter.Reasons()[0] = cris.Reason{}
	letter.Findings()[0] = ""
	letter.FindingsFor("card_not_received")[0] = ""
	letter.Outcomes()[0] = ""
	letter.StillWithin.Variables()[0] = ""
	require.NotZero(t, letter.Words()[0])
	require.NotZero(t, letter.Reasons()[0])
	require.NotZero(t, letter.Findings()[0])
	require.NotZero(t, letter.FindingsFor("card_not_received")[0])
	require.NotZero(t, letter.Outcomes()[0])
	require.NotEmpty(t, letter.StillWithin.Variables()[0])
}
