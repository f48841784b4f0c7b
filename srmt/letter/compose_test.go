package letter_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/letter"
)

func day(s string) cris.Date { return cris.MustParseDate(s) }

// today is the day on which the letters of the tests are written.
var today = day("2013-09-03")

func confirmation(tb testing.TB) erequest.ConfirmationNumber {
	tb.Helper()
	n, err := erequest.NewConfirmationNumber(strings.NewReader("seed of a number"))
	require.NoError(tb, err)
	return n
}

// factsOf are facts of which a letter with the finding can be composed. The edits change them
// before they are returned.
func factsOf(tb testing.TB, issue erequest.Issue, finding letter.Finding, edits ...func(*letter.Facts)) letter.Facts {
	tb.Helper()
	facts := letter.Facts{
		Issue: issue, Finding: finding,
		Confirmation: confirmation(tb), Receipt: casestatus.MustParseReceiptNumber("IOE0912345678"),
		Filed: day("2013-08-15"), Office: "Nebraska Service Center",
		Done: day("2013-09-02"), AskAgain: day("2013-10-04"), SendBy: day("2013-10-15"),
		Eligibility: casestatus.Eligibility{Outcome: casestatus.Outside, On: today},
	}
	switch finding {
	case letter.StillWithin:
		facts.Eligibility = casestatus.Eligibility{Outcome: casestatus.Within, On: today, OutsideFrom: day("2013-10-04")}
	case letter.CaseDecided:
		facts.Eligibility.Outcome = casestatus.Decided
	case letter.Delivered:
		facts.Mail = erequest.MailDelivered
	default:
	}
	for _, edit := range edits {
		edit(&facts)
	}
	return facts
}

// eachLetter calls f for every issue and every finding that suits it.
func eachLetter(f func(issue erequest.Issue, finding letter.Finding)) {
	for _, issue := range erequest.Issues() {
		for _, finding := range letter.FindingsFor(issue) {
			f(issue, finding)
		}
	}
}

func codes(reasons []cris.Reason) []string {
	var all []string
	for _, r := range reasons {
		all = append(all, strings.TrimPrefix(string(r.Code), "letter."))
	}
	return all
}

func TestSR7_ALetterIsComposedForEveryIssueAndFinding(t *testing.T) {
	library := letter.DefaultLibrary()
	eachLetter(func(issue erequest.Issue, finding letter.Finding) {
		for _, language := range []cris.Language{cris.English, cris.Spanish} {
			facts := factsOf(t, issue, finding)
			decision := letter.Compose(library, facts, language, today)
			require.Equal(t, letter.Composed, decision.Outcome, "%s %s: %v", issue, finding, decision.Reasons)
			require.Equal(t, []string{"letter_composed"}, codes(decision.Reasons))
			require.Equal(t, language, decision.Letter.Language)
			text := decision.Letter.Text()
			for _, shown := range []string{facts.Confirmation.String(), "IOE0912345678", language.Date(facts.Filed), "Nebraska Service Center"} {
				require.Contains(t, text, shown)
			}
			template, err := library.Edition(decision.Edition)
			require.NoError(t, err)
			require.Equal(t, issue, template.Issue())
			require.Equal(t, finding, template.Finding())
			require.Equal(t, decision, letter.Compose(library, facts, language, today), "a preview is the same call")
		}
	})
}

func TestSR7_ALetterShowsTheDaysOfItsFinding(t *testing.T) {
	eachLetter(func(issue erequest.Issue, finding letter.Finding) {
		facts := factsOf(t, issue, finding)
		text := letter.Compose(letter.DefaultLibrary(), facts, cris.English, today).Letter.Text()
		variables := finding.Variables()
		for variable, date := range map[string]cris.Date{"done_on": facts.Done, "ask_again": facts.AskAgain, "send_by": facts.SendBy} {
			if strings.Contains(strings.Join(variables, " "), variable) {
				require.Contains(t, text, cris.English.Date(date), "%s %s", issue, finding)
			} else {
				require.NotContains(t, text, cris.English.Date(date), "%s %s", issue, finding)
			}
		}
	})
}

func TestSR7_ALetterIsInEnglishUnlessItIsInSpanish(t *testing.T) {
	facts := factsOf(t, erequest.TypographicalError, letter.Corrected)
	require.Equal(t, "We corrected the error", letter.Compose(letter.DefaultLibrary(), facts, "tlh", today).Letter.Subject)
	require.Equal(t, "Corregimos el error", letter.Compose(letter.DefaultLibrary(), facts, cris.Spanish, today).Letter.Subject)
}

func TestSR7_AFindingMustNotContradictTheProcessingTime(t *testing.T) {
	within, outside, decided := casestatus.Within, casestatus.Outside, casestatus.Decided
	notPosted := []casestatus.EligibilityOutcome{casestatus.NotKnown, casestatus.NotPosted, casestatus.Suppressed, casestatus.Undecided}
	type want map[casestatus.EligibilityOutcome][]string
	for finding, wanted := range map[letter.Finding]want{
		letter.StillWithin:   {within: nil, outside: {"case_not_within"}, decided: {"case_not_within"}, notPosted[0]: {"case_not_within"}, notPosted[1]: {"case_not_within"}, notPosted[2]: {"case_not_within"}, notPosted[3]: {"case_not_within"}},
		letter.CaseDecided:   {within: {"case_not_decided"}, outside: {"case_not_decided"}, decided: nil, notPosted[0]: {"case_not_decided"}, notPosted[1]: {"case_not_decided"}, notPosted[2]: {"case_not_decided"}, notPosted[3]: {"case_not_decided"}},
		letter.NeedsMoreTime: {within: {"case_is_within"}, outside: nil, decided: {"case_is_decided"}, notPosted[0]: nil, notPosted[1]: nil, notPosted[2]: nil, notPosted[3]: nil},
		letter.NeedsEvidence: {within: nil, outside: nil, decided: {"case_is_decided"}, notPosted[0]: nil, notPosted[1]: nil, notPosted[2]: nil, notPosted[3]: nil},
	} {
		require.Len(t, wanted, len(casestatus.EligibilityOutcomes()))
		for outcome, reasons := range wanted {
			requireReasons(t, reasons, factsOf(t, erequest.OutsideProcessingTime, finding, func(f *letter.Facts) { f.Eligibility.Outcome = outcome }))
		}
		for _, outcome := range []casestatus.EligibilityOutcome{"", "someday"} {
			requireReasons(t, []string{"eligibility_missing"}, factsOf(t, erequest.OutsideProcessingTime, finding, func(f *letter.Facts) { f.Eligibility.Outcome = outcome }))
		}
		requireReasons(t, []string{"eligibility_of_another_day"}, factsOf(t, erequest.OutsideProcessingTime, finding, func(f *letter.Facts) { f.Eligibility.On = today.AddDays(-1) }))
	}
	for _, finding := range []letter.Finding{letter.NeedsEvidence, letter.Corrected, letter.NoError} {
		requireReasons(t, nil, factsOf(t, erequest.TypographicalError, finding, func(f *letter.Facts) { f.Eligibility = casestatus.Eligibility{} }))
	}
}

func TestSR7_AFindingMustNotContradictTheMail(t *testing.T) {
	for _, issue := range []erequest.Issue{erequest.NoticeNotReceived, erequest.DocumentNotReceived, erequest.CardNotReceived} {
		for _, standing := range append(erequest.MailStandings(), "") {
			mail := func(f *letter.Facts) { f.Mail = standing }
			requireReasons(t, nil, factsOf(t, issue, letter.MailedAgain, mail))
			delivered, notMailed := []string{"mail_not_delivered"}, []string{"mail_was_mailed"}
			if standing == erequest.MailDelivered {
				delivered = nil
			}
			if standing == "" || standing == erequest.MailUnderWay {
				notMailed = nil
			}
			requireReasons(t, delivered, factsOf(t, issue, letter.Delivered, mail))
			requireReasons(t, notMailed, factsOf(t, issue, letter.NotMailed, mail))
		}
	}
}

func TestSR7_TheDaysOfALetterAreThereAndInOrder(t *testing.T) {
	yesterday, tomorrow := today.AddDays(-1), today.AddDays(1)
	set := func(edit func(f *letter.Facts, to cris.Date), to cris.Date) func(*letter.Facts) {
		return func(f *letter.Facts) { edit(f, to) }
	}
	filed := func(f *letter.Facts, to cris.Date) { f.Filed = to }
	done := func(f *letter.Facts, to cris.Date) { f.Done = to }
	askAgain := func(f *letter.Facts, to cris.Date) { f.AskAgain = to }
	sendBy := func(f *letter.Facts, to cris.Date) { f.SendBy = to }
	error1, card := erequest.TypographicalError, erequest.CardNotReceived
	for _, test := range []struct {
		issue   erequest.Issue
		finding letter.Finding
		edit    func(*letter.Facts)
		want    []string
	}{
		{error1, letter.NoError, set(filed, cris.Date{}), []string{"filed_missing"}},
		{error1, letter.NoError, set(filed, today), nil},
		{error1, letter.NoError, set(filed, tomorrow), []string{"filed_later"}},
		{error1, letter.Corrected, set(done, cris.Date{}), []string{"done_missing"}},
		{error1, letter.Corrected, set(done, today), nil},
		{error1, letter.Corrected, set(done, tomorrow), []string{"done_later"}},
		{error1, letter.NoError, set(done, tomorrow), nil},
		{card, letter.NotMailed, set(askAgain, cris.Date{}), []string{"ask_again_missing"}},
		{card, letter.NotMailed, set(askAgain, today), nil},
		{card, letter.NotMailed, set(askAgain, yesterday), []string{"ask_again_past"}},
		{card, letter.Delivered, set(askAgain, yesterday), nil},
		{erequest.OutsideProcessingTime, letter.StillWithin, set(askAgain, day("2013-10-03")), []string{"ask_again_too_early"}},
		{erequest.OutsideProcessingTime, letter.StillWithin, set(askAgain, day("2013-10-04")), nil},
		{erequest.OutsideProcessingTime, letter.StillWithin, func(f *letter.Facts) { f.AskAgain, f.Eligibility.OutsideFrom = today, cris.Date{} }, nil},
		{error1, letter.NeedsEvidence, set(sendBy, cris.Date{}), []string{"send_by_missing"}},
		{error1, letter.NeedsEvidence, set(sendBy, today), nil},
		{error1, letter.NeedsEvidence, set(sendBy, yesterday), []string{"send_by_past"}},
		{error1, letter.Corrected, set(sendBy, yesterday), nil},
	} {
		requireReasons(t, test.want, factsOf(t, test.issue, test.finding, test.edit))
	}
}

func TestSR7_AnOfficeHasANameThatALetterCanShow(t *testing.T) {
	for name, isName := range map[string]bool{
		"Nebraska Service Center": true, "San Juan, Puerto Rico": true, "Mayagüez": true, strings.Repeat("é", 100): true,
		"": false, " ": false, "a\nb": false, " a": false, "a  b": false, "\u202egnp": false, "\xff": false, "a\x00": false, strings.Repeat("é", 101): false,
		"{number}": false, "a}": false, "a\u0301 decomposed": false,
	} {
		var want []string
		if !isName {
			want = []string{"office_unreadable"}
		}
		requireReasons(t, want, factsOf(t, erequest.TypographicalError, letter.NoError, func(f *letter.Facts) { f.Office = name }))
	}
}

// Everything that is wrong is told at once, in the order of the rules.
func TestSR7_ALetterIsRefusedForAllReasonsAtOnce(t *testing.T) {
	empty := []string{"confirmation_missing", "receipt_missing", "filed_missing", "office_unreadable"}
	for _, test := range []struct {
		facts letter.Facts
		want  []string
	}{
		{letter.Facts{}, append([]string{"issue_unknown", "finding_unknown"}, empty...)},
		{letter.Facts{Issue: erequest.CardNotReceived}, append([]string{"finding_unknown"}, empty...)},
		{letter.Facts{Finding: letter.Corrected}, append(append([]string{"issue_unknown"}, empty...), "done_missing")},
		{letter.Facts{Issue: erequest.CardNotReceived, Finding: letter.Corrected}, append(append([]string{"finding_unsuited"}, empty...), "done_missing")},
		{letter.Facts{Issue: erequest.OutsideProcessingTime, Finding: letter.StillWithin}, append(empty, "eligibility_missing", "ask_again_missing")},
		{letter.Facts{Issue: erequest.CardNotReceived, Finding: letter.Delivered}, append(empty, "mail_not_delivered", "done_missing")},
	} {
		requireReasons(t, test.want, test.facts)
	}
	decision := letter.Compose(letter.Library{}, letter.Facts{Issue: erequest.CardNotReceived, Finding: letter.NotMailed, AskAgain: day("2013-01-01")}, cris.English, day("2013-01-02"))
	require.Equal(t, append(empty, "ask_again_past", "no_template"), codes(decision.Reasons))
}

func TestSR7_OnlyATemplateInForceCounts(t *testing.T) {
	facts := factsOf(t, erequest.TypographicalError, letter.Corrected, func(f *letter.Facts) { f.Filed, f.Done = day("2013-01-01"), day("2013-01-01") })
	require.Equal(t, letter.Composed, letter.Compose(letter.DefaultLibrary(), facts, cris.English, day("2013-08-15")).Outcome)
	require.Equal(t, []string{"no_template"}, codes(letter.Compose(letter.DefaultLibrary(), facts, cris.English, day("2013-08-14")).Reasons))
	require.Equal(t, []string{"no_template"}, codes(letter.Compose(letter.Library{}, facts, cris.English, today).Reasons))
}

// requireReasons requires that the default library has no letter for these reasons, or a letter
// if there are none.
func requireReasons(t *testing.T, want []string, facts letter.Facts) {
	t.Helper()
	decision := letter.Compose(letter.DefaultLibrary(), facts, cris.Spanish, today)
	if want == nil {
		require.Equal(t, letter.Composed, decision.Outcome, "%s %s: %v", facts.Issue, facts.Finding, decision.Reasons)
		return
	}
	require.Equal(t, want, codes(decision.Reasons), "%s %s", facts.Issue, facts.Finding)
	require.Equal(t, letter.Decision{Outcome: letter.Refused, Reasons: decision.Reasons}, decision, "nothing beside the reasons")
}
