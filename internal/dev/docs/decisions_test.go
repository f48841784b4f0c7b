package main

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
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
