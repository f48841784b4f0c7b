package srmt_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
)

// sayings are all that this package can say.
func sayings() []cris.Message {
	var all []cris.Message
	for _, r := range srmt.Reasons() {
		all = append(all, r.Message())
	}
	all = append(all, messages(srmt.Statuses())...)
	all = append(all, messages(srmt.StepKinds())...)
	all = append(all, messages(srmt.Outcomes())...)
	all = append(all, messages(srmt.IntakeOutcomes())...)
	all = append(all, messages(srmt.RoutingOutcomes())...)
	all = append(all, messages(srmt.ImportOutcomes())...)
	all = append(all, messages(srmt.Roles())...)
	all = append(all, messages(srmt.Directions())...)
	all = append(all, messages(srmt.Parties())...)
	all = append(all, messages(srmt.AllOpened())...)
	all = append(all, messages(srmt.Bulks())...)
	return append(all, messages(srmt.TransferReasons())...)
}

func messages[T interface {
	~string
	Message() cris.Message
}](values []T) []cris.Message {
	var all []cris.Message
	for _, value := range values {
		all = append(all, value.Message())
	}
	return all
}

func TestWords_SayEverythingInBothLanguagesAndNothingElse(t *testing.T) {
	phrases := map[cris.Code]cris.Phrase{}
	for _, phrase := range srmt.Words() {
		require.NotContains(t, phrases, phrase.Code)
		phrases[phrase.Code] = phrase
	}
	said := map[cris.Code]bool{}
	words := cris.NewWords(srmt.Words()...)
	for _, message := range sayings() {
		require.False(t, said[message.Code], "%s stands for two things", message.Code)
		said[message.Code] = true
		phrase := phrases[message.Code]
		require.NotEmpty(t, phrase.English, message.Code)
		require.NotEmpty(t, phrase.Spanish, message.Code)
		require.NotEqual(t, phrase.English, phrase.Spanish, message.Code)
		require.Equal(t, phrase.English, words.Say(cris.English, message))
		require.Equal(t, phrase.Spanish, words.Say(cris.Spanish, message))
	}
	for code := range phrases {
		require.True(t, said[code], "nothing says %s", code)
	}
}

func TestCodes_AreTokens(t *testing.T) {
	token := regexp.MustCompile(`^srmt\.([a-z0-9]+_?)+(\.([a-z0-9]+_?)+)?$`)
	for _, message := range sayings() {
		require.Regexp(t, token, message.Code)
	}
}

func TestReasons_CiteRulesInTheirOrder(t *testing.T) {
	order := map[cris.RuleID]int{"PV-3": 100}
	for i, rule := range srmt.Rules() {
		order[rule.ID] = i + 1
	}
	last := 0
	for _, reason := range srmt.Reasons() {
		require.NotZero(t, order[reason.Rule], reason.Code)
		require.GreaterOrEqual(t, order[reason.Rule], last, reason.Code)
		last = order[reason.Rule]
		require.NotEmpty(t, reason.Text)
		require.False(t, strings.HasSuffix(reason.Text, "."), reason.Code)
	}
}

// What is listed is the caller's.
func TestLists_AreCopies(t *testing.T) {
	srmt.Words()[0] = cris.Phrase{}
	srmt.Reasons()[0] = cris.Reason{}
	srmt.TransferReasons()[0] = ""
	erequest.AllMeans()[0] = ""
	srmt.Directions()[0] = ""
	srmt.Roles()[0] = ""
	require.NotZero(t, srmt.Words()[0])
	require.NotZero(t, srmt.Reasons()[0])
	require.NotZero(t, srmt.TransferReasons()[0])
	require.NotZero(t, erequest.AllMeans()[0])
	require.NotZero(t, srmt.Directions()[0])
	require.NotZero(t, srmt.Roles()[0])
}
