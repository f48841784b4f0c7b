package letter_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/letter"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// SR-7, SR-8: what is composed can be recorded as a response, even with the longest values.
func TestSR7_EveryLetterFitsAResponse(t *testing.T) {
	assigned, err := srmt.Replay(srmttest.NewHistory("r1")[:2])
	require.NoError(t, err)
	act := srmt.Act{By: srmttest.Officer("NSC", 1), At: srmttest.Start(), Seen: assigned.Version}
	outcome := func(body string) srmt.Outcome {
		return srmt.DecideResponse(assigned, act, srmt.OnFile{Filed: erequest.Request{Details: erequesttest.NewDetails(erequest.CardNotReceived)}},
			srmt.Response{Means: erequest.ByLetter, Finding: letter.MailedAgain, Text: cris.NewPersonal(body)}, srmt.Policy{}).Outcome
	}
	require.Equal(t, srmt.Refused, outcome(""))
	longest := day("9999-09-30") // 30 de septiembre de 9999
	eachLetter(func(issue erequest.Issue, finding letter.Finding) {
		facts := factsOf(t, issue, finding, func(f *letter.Facts) {
			f.Office = strings.Repeat("Ñ", 100)
			f.Filed, f.Done, f.AskAgain, f.SendBy, f.Eligibility.On = longest, longest, longest, longest, longest
			f.Eligibility.OutsideFrom = longest
		})
		for _, language := range []cris.Language{cris.English, cris.Spanish} {
			decision := letter.Compose(letter.DefaultLibrary(), facts, language, longest)
			require.Equal(t, letter.Composed, decision.Outcome, "%v", decision.Reasons)
			body := decision.Letter.Text()
			require.Equal(t, srmt.Allowed, outcome(body))
			require.LessOrEqual(t, utf8.RuneCountInString(body), 2000, "a letter is one page")
			for _, line := range append(decision.Letter.Paragraphs, decision.Letter.Subject) {
				require.True(t, text.IsPlain(line), line)
				require.False(t, strings.HasSuffix(line, " "), line)
			}
		}
	})
}

// Federal plain language: short sentences, and a courteous way to say what to do.
func TestLetters_AreInPlainLanguage(t *testing.T) {
	eachLetter(func(issue erequest.Issue, finding letter.Finding) {
		for _, language := range []cris.Language{cris.English, cris.Spanish} {
			composed := letter.Compose(letter.DefaultLibrary(), factsOf(t, issue, finding), language, today).Letter
			require.False(t, strings.HasSuffix(composed.Subject, "."), composed.Subject)
			require.GreaterOrEqual(t, len(composed.Paragraphs), 4)
			for _, paragraph := range composed.Paragraphs {
				require.True(t, strings.HasSuffix(paragraph, "."), paragraph)
				for sentence := range strings.SplitSeq(paragraph, ". ") {
					require.LessOrEqual(t, len(strings.Fields(sentence)), 32, sentence)
				}
			}
		}
	})
}

func TestLetters_HoldNothingPersonal(t *testing.T) {
	for _, finding := range letter.Findings() {
		for _, variable := range finding.Variables() {
			require.Contains(t, []string{"number", "receipt", "filed", "office", "done_on", "ask_again", "send_by"}, variable)
		}
	}
	require.Nil(t, letter.Finding("perhaps").Variables())
}

func TestSR7_EveryIssueHasFindingsThatSuitIt(t *testing.T) {
	used := map[letter.Finding]bool{}
	for _, issue := range erequest.Issues() {
		suiting := letter.FindingsFor(issue)
		require.GreaterOrEqual(t, len(suiting), 2, issue)
		for _, finding := range letter.Findings() {
			require.Equal(t, slices.Contains(suiting, finding), finding.Suits(issue))
			used[finding] = used[finding] || finding.Suits(issue)
		}
		inOrder := slices.IsSortedFunc(suiting, func(a, b letter.Finding) int {
			return slices.Index(letter.Findings(), a) - slices.Index(letter.Findings(), b)
		})
		require.True(t, inOrder, issue)
	}
	for _, finding := range letter.Findings() {
		require.True(t, used[finding], "%s suits no issue", finding)
	}
	require.Empty(t, letter.FindingsFor("lost_luggage"))
	require.False(t, letter.Finding("").Suits(erequest.CardNotReceived))
}
