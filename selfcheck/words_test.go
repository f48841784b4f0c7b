package selfcheck_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// said are the messages of the values of every enumeration that individuals are told of, by
// what their codes begin with.
func said() map[string][]cris.Message {
	all := map[string][]cris.Message{}
	add := func(prefix string, message cris.Message) { all[prefix] = append(all[prefix], message) }
	for _, v := range selfcheck.ProofingOutcomes() {
		add("proofing_outcome", v.Message())
		add("proofing_outcome", selfcheck.Proofing{Outcome: v}.Message())
	}
	for _, v := range selfcheck.ApplicantOutcomes() {
		add("applicant_outcome", v.Message())
	}
	for _, v := range selfcheck.FailureReasons() {
		add("failure_reason", v.Message())
	}
	for _, v := range selfcheck.QueryOutcomes() {
		add("query_outcome", v.Message())
	}
	for _, v := range selfcheck.Results() {
		add("result", v.Message())
		add("result", selfcheck.Answer{Outcome: selfcheck.QueryAccepted, Result: v}.Message())
	}
	for _, v := range selfcheck.Choices() {
		add("choice", v.Message())
	}
	for _, v := range selfcheck.ResolutionOutcomes() {
		add("resolution_outcome", v.Message())
		add("resolution_outcome", selfcheck.Resolution{Outcome: v}.Message())
	}
	for _, v := range selfcheck.ClosureReasons() {
		add("closure_reason", v.Message())
	}
	for _, v := range selfcheck.Instructions() {
		add("instruction", v.Message())
	}
	for _, v := range selfcheck.OtherWays() {
		add("other_way", v.Message())
	}
	for _, v := range slices.Concat(selfcheck.Fields(), selfcheck.IdentityFields()) {
		add("field", v.Message())
	}
	for _, v := range selfcheck.CitizenshipStatuses() {
		add("citizenship_status", v.Message())
	}
	for _, v := range slices.Concat(selfcheck.ListA(), selfcheck.ListB(), selfcheck.ListC()) {
		add("document", v.Message())
	}
	for _, v := range selfcheck.Reasons() {
		add("", v.Message())
	}
	for _, v := range selfcheck.Notices() {
		add("notice", v.Message())
	}
	return all
}

func TestWords_SayEverything(t *testing.T) {
	words := cris.NewWords(selfcheck.Words()...)
	for prefix, messages := range said() {
		for _, message := range messages {
			require.True(t, words.Has(message.Code), message.Code)
			require.True(t, strings.HasPrefix(string(message.Code), "selfcheck."+prefix), message.Code)
		}
	}
}

func TestWords_SayNothingElse(t *testing.T) {
	known := map[cris.Code]bool{}
	for _, messages := range said() {
		for _, message := range messages {
			known[message.Code] = true
		}
	}
	seen := map[cris.Code]bool{}
	verb := regexp.MustCompile(`%`)
	for _, phrase := range selfcheck.Words() {
		require.False(t, seen[phrase.Code], "%s twice", phrase.Code)
		seen[phrase.Code] = true
		isLabel := strings.HasPrefix(string(phrase.Code), "selfcheck.label.") || strings.HasSuffix(string(phrase.Code), ".title")
		require.True(t, known[phrase.Code] || isLabel, phrase.Code)
		for _, text := range []string{phrase.English, phrase.Spanish} {
			require.NotEmpty(t, text, phrase.Code)
			require.Equal(t, strings.TrimSpace(text), text, phrase.Code)
			require.False(t, verb.MatchString(text), phrase.Code)
			isSentence := len(strings.Fields(text)) > 12
			require.True(t, !isSentence || strings.HasSuffix(text, ".") || strings.HasSuffix(text, ")"), "%s: %s", phrase.Code, text)
		}
		isName := strings.HasPrefix(string(phrase.Code), "selfcheck.label.")
		require.True(t, isName || phrase.English != phrase.Spanish, phrase.Code)
	}
	selfcheck.Words()[0].English = "changed"
	require.NotEqual(t, "changed", selfcheck.Words()[0].English)
}

func TestReasons_AreInTheOrderOfTheRules(t *testing.T) {
	var order []cris.RuleID
	for _, rule := range selfcheck.Rules() {
		order = append(order, rule.ID)
	}
	order = append(order, "ER-7")
	last := 0
	codes := map[cris.Code]bool{}
	for _, reason := range selfcheck.Reasons() {
		at := slices.Index(order, reason.Rule)
		require.GreaterOrEqual(t, at, last, reason.Code)
		last = at
		require.False(t, codes[reason.Code], reason.Code)
		codes[reason.Code] = true
		require.Regexp(t, `^selfcheck\.[a-z0-9_]+$`, string(reason.Code))
		require.NotEmpty(t, reason.Text)
	}
	selfcheck.Reasons()[0].Code = "changed"
	require.NotEqual(t, cris.Code("changed"), selfcheck.Reasons()[0].Code)
}

// Values of enumerations survive JSON, SQL and events as these tokens.
func TestEnumerations_AreTokens(t *testing.T) {
	token := regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*$`)
	var tokens []string
	for _, v := range selfcheck.IdPOutcomes() {
		tokens = append(tokens, string(v))
	}
	for _, v := range selfcheck.Stages() {
		tokens = append(tokens, string(v))
	}
	for _, v := range selfcheck.Moves() {
		tokens = append(tokens, string(v))
	}
	for _, v := range selfcheck.Steps() {
		tokens = append(tokens, string(v))
	}
	for _, v := range selfcheck.Duties() {
		tokens = append(tokens, string(v))
	}
	for _, v := range selfcheck.KeyKinds() {
		tokens = append(tokens, string(v))
	}
	for _, v := range selfcheck.Fields() {
		tokens = append(tokens, string(v))
	}
	for prefix, messages := range said() {
		for _, message := range messages {
			tokens = append(tokens, strings.TrimPrefix(strings.TrimPrefix(string(message.Code), "selfcheck."), prefix+"."))
		}
	}
	for _, text := range tokens {
		require.Regexp(t, token, text)
	}
	require.Equal(t, cris.Code("selfcheck.citizenship_status.us_citizen"), selfcheck.USCitizen.Message().Code)
	require.Equal(t, cris.Code("selfcheck.document.form_i551"), selfcheck.PermanentResidentCard.Message().Code)
}

func TestAnswer_SaysWhatBecameOfTheQuery(t *testing.T) {
	require.Equal(t, reason("no_result").Message(), selfcheck.Answer{Outcome: selfcheck.QueryAccepted}.Message())
	require.Equal(t, selfcheck.QueryUnanswered.Message(), selfcheck.Answer{Outcome: selfcheck.QueryUnanswered}.Message())
	require.Equal(t, selfcheck.QueryRefused.Message(), selfcheck.Answer{Outcome: selfcheck.QueryRefused}.Message())
}
