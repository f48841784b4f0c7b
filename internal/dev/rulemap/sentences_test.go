package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSentences_AreAllJudged(t *testing.T) {
	require.Empty(t, misjudged(documents(), catalogues()))
	require.Len(t, piaSentences, 114)
	require.Len(t, sornSentences, 173)
}

// The numbered copies of the sources are the master list of numbers.
func TestSentences_AreThoseOfTheSources(t *testing.T) {
	data := os.Getenv("CRIS_DATA")
	if data == "" {
		t.Skip("CRIS_DATA is not set: the numbered sentences are beside that folder")
	}
	for file, sentences := range map[string][]sentence{"pia.txt": piaSentences, "sorn.txt": sornSentences} {
		text, err := os.ReadFile(filepath.Join(data, "..", "spec", "sentences", file))
		require.NoError(t, err)
		var want, got []string
		for _, line := range regexp.MustCompile(`(?m)^(\d+)\. `).FindAllStringSubmatch(string(text), -1) {
			want = append(want, line[1])
		}
		for _, s := range sentences {
			got = append(got, strconv.Itoa(s.Number))
		}
		require.Equal(t, want, got, file)
	}
}

func TestMisjudged_FindsPlantedFlaws(t *testing.T) {
	decided := rule("XR-3")
	decided.Decided = true
	rules := []entry{rule("XR-1"), rule("XR-2"), decided}
	sound := []document{{"ONE", []sentence{{1, leadsTo("XR-1")}, {2, none(history)}}}, {"TWO", []sentence{{1, leadsTo("XR-2", "XR-3")}}}}
	require.Empty(t, misjudged(sound, rules))

	for problem, flawed := range map[string][]document{
		"ONE-3 stands where ONE-2 belongs":                        {{"ONE", []sentence{{1, leadsTo("XR-1", "XR-2")}, {3, none(history)}}}},
		"ONE-2 stands where ONE-1 belongs":                        {{"ONE", []sentence{{2, leadsTo("XR-1", "XR-2")}}}},
		"ONE-1 stands where ONE-2 belongs":                        {{"ONE", []sentence{{1, leadsTo("XR-1", "XR-2")}, {1, none(history)}}}},
		"ONE-2 needs either rules or a reason why there are none": {{"ONE", []sentence{{1, leadsTo("XR-1", "XR-2")}, {2, verdict{}}}}},
		"ONE-1 leads to XR-9, which no package lists":             {{"ONE", []sentence{{1, leadsTo("XR-1", "XR-2", "XR-9")}}}},
		"no sentence leads to XR-2, and no decision either":       {{"ONE", []sentence{{1, leadsTo("XR-1")}}}},
	} {
		require.Equal(t, []string{problem}, misjudged(flawed, rules))
	}
	both := []document{{"ONE", []sentence{{1, leadsTo("XR-1", "XR-2")}, {2, verdict{Rules: leadsTo("XR-1").Rules, Why: history}}}}}
	require.Equal(t, []string{"ONE-2 needs either rules or a reason why there are none"}, misjudged(both, rules))
}

func TestWriteSentences(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, writeSentences(&out, []document{
		{"ONE", []sentence{{1, leadsTo("XR-1", "XR-2")}, {2, none(history)}}},
		{"TWO", []sentence{{1, leadsTo("XR-2")}}},
	}))
	require.Equal(t, "ONE-1     XR-1, XR-2\nONE-2     (history)\nTWO-1     XR-2\n", out.String())
}

func TestSentencesNamed_LeavesTheRulesToOthers(t *testing.T) {
	all := []document{{"ONE", []sentence{{1, leadsTo("XR-1")}, {2, none(history)}}}, {"TWO", []sentence{{1, leadsTo("XR-2")}}}}
	some, others := sentencesNamed(all, []string{"XR-1", "TWO-1", "ONE-3"})
	require.Equal(t, []document{{"ONE", nil}, {"TWO", []sentence{{1, leadsTo("XR-2")}}}}, some)
	require.Equal(t, []string{"XR-1", "ONE-3"}, others)
}
