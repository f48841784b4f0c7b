package gateway_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt/gateway"
)

// sayings are all that this package can say.
func sayings() []cris.Message {
	var all []cris.Message
	for _, r := range gateway.Reasons() {
		all = append(all, r.Message())
	}
	for _, kind := range gateway.EndKinds() {
		all = append(all, kind.Message())
	}
	for _, kind := range gateway.StepKinds() {
		all = append(all, kind.Message())
	}
	for _, outcome := range gateway.Outcomes() {
		all = append(all, outcome.Message())
	}
	return all
}

func TestWords_SayEverythingInBothLanguagesAndNothingElse(t *testing.T) {
	words := cris.NewWords(gateway.Words()...)
	require.Len(t, gateway.Words(), len(sayings()))
	for _, message := range sayings() {
		require.True(t, words.Has(message.Code), message.Code)
		require.NotEqual(t, words.Say(cris.English, message), words.Say(cris.Spanish, message), message.Code)
	}
}

func TestReasons_AreOfGW1AndThenOfSR1AndSR11(t *testing.T) {
	last := cris.RuleID("GW-1")
	next := map[cris.RuleID]cris.RuleID{"GW-1": "SR-1", "SR-1": "SR-11"}
	for _, reason := range gateway.Reasons() {
		require.Contains(t, []cris.RuleID{last, next[last]}, reason.Rule, reason.Code)
		last = reason.Rule
		require.False(t, strings.HasSuffix(reason.Text, "."), reason.Code)
	}
	require.Equal(t, cris.RuleID("GW-1"), gateway.Rules()[0].ID)
}

// What is listed is the caller's.
func TestLists_AreCopies(t *testing.T) {
	gateway.Words()[0] = cris.Phrase{}
	gateway.Reasons()[0] = cris.Reason{}
	gateway.Rules()[0] = cris.Rule{}
	gateway.EndKinds()[0] = ""
	gateway.StepKinds()[0] = ""
	gateway.Outcomes()[0] = ""
	gateway.LawCodes()[0] = ""
	require.NotZero(t, gateway.Words()[0])
	require.NotZero(t, gateway.Reasons()[0])
	require.NotZero(t, gateway.Rules()[0])
	require.NotZero(t, gateway.EndKinds()[0])
	require.NotZero(t, gateway.StepKinds()[0])
	require.NotZero(t, gateway.Outcomes()[0])
	require.NotZero(t, gateway.LawCodes()[0])
}
