package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
)

// Each table is complete, no two rows overlap, and every row is reached.
func TestDecisions_EveryCombinationIsInOneRow(t *testing.T) {
	for _, d := range decisions() {
		rows := d.rows()
		reached := make([]int, len(rows))
		for _, given := range d.combinations() {
			var in []int
			for i, row := range rows {
				fits := true
				for j, value := range given {
					fits = fits && slices.Contains(row.given[j], value)
				}
				if fits {
					in = append(in, i)
				}
			}
			require.Len(t, in, 1, "%s: %v", d.title, given)
			require.Equal(t, d.decide(given), rows[in[0]].decided, "%s: %v", d.title, given)
			reached[in[0]]++
		}
		require.NotContains(t, reached, 0, d.title)
	}
}

func TestDecisions_NoTwoRowsCouldBeOne(t *testing.T) {
	for _, d := range decisions() {
		rows := d.rows()
		for i, one := range rows {
			for _, other := range rows[i+1:] {
				if one.decided != other.decided {
					continue
				}
				differ := 0
				for at := range one.given {
					if !slices.Equal(one.given[at], other.given[at]) {
						differ++
					}
				}
				require.Greater(t, differ, 1, "%s: %v and %v", d.title, one, other)
			}
		}
	}
}

// Each outcome that a rule knows is in its table, but for what the service answers before it asks
// the rule.
func TestDecisions_EveryOutcomeIsReached(t *testing.T) {
	for _, test := range []struct {
		decision decision
		outcomes []string
	}{
		{screeningDecision(), slices.DeleteFunc(tokens(erequest.ScreeningOutcomes()), func(o string) bool { return o == string(erequest.NotOffered) })},
		{waitDecision(), tokens(erequest.WaitOutcomes())},
		{filingDecision(), append(tokens(erequest.FilingOutcomes()), "not_offered")},
		{nonReceiptDecision(), tokens(erequest.MailStandings())},
		{stageDecision(), tokens(erequest.RequestStages())},
		{addressDecision(), tokens(addresschange.CaseOutcomes())},
	} {
		var decided strings.Builder
		for _, row := range test.decision.rows() {
			decided.WriteString(row.decided + "\n")
		}
		for _, outcome := range test.outcomes {
			require.Regexp(t, `\b`+outcome+`\b`, decided.String(), test.decision.title)
		}
	}
}

func TestDecisions_RowsThatDifferInOneConditionAreOne(t *testing.T) {
	d := decision{
		title: "either", conditions: []condition{{"a", []string{"1", "2", "3"}}, {"b", []string{"x", "y", "z"}}},
		decide: func(given []string) string { return map[bool]string{true: "z", false: "a" + given[0]}[given[1] == "z"] },
	}
	require.Equal(t, []decisionRow{
		{[][]string{{"1"}, {"x", "y"}}, "a1"},
		{[][]string{{"1", "2", "3"}, {"z"}}, "z"},
		{[][]string{{"2"}, {"x", "y"}}, "a2"},
		{[][]string{{"3"}, {"x", "y"}}, "a3"},
	}, d.rows())
}

func TestDecisions_ValuesThatMakeNoDifferenceShareARow(t *testing.T) {
	d := decision{
		title: "and", conditions: []condition{{"a", whether}, {"b", whether}},
		decide: func(given []string) string {
			if given[0] == yes && given[1] == yes {
				return "both"
			}
			return "not both"
		},
	}
	require.Equal(t, []decisionRow{
		{[][]string{{yes}, {yes}}, "both"},
		{[][]string{{yes}, {no}}, "not both"},
		{[][]string{{no}, whether}, "not both"},
	}, d.rows())
	require.Equal(t, "\n### and\n\n| a | b | decided |\n| --- | --- | --- |\n| yes | yes | both |\n| yes | no | not both |\n| no |  | not both |\n", d.markdown())
}
