package letter_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/letter"
)

// Whatever the facts are, there is a decision with reasons; and a letter has no brace left over,
// nothing hidden and nothing twice, and its pages are well-formed.
func FuzzSR7_Compose(f *testing.F) {
	f.Add("card_not_received", "not_mailed", "Nebraska Service Center", "within", "", "es", 0, 0, 30, 30)
	f.Add("outside_processing_time", "still_within", "<b>&\"'", "within", "", "en", -20, 0, 31, 0)
	f.Add("outside_processing_time", "case_decided", "]]>", "decided", "", "en", -20, -1, 0, 0)
	f.Add("typographical_error", "needs_evidence", "{number}", "", "", "es-MX", -20, 0, 0, 40)
	f.Add("notice_not_received", "delivered", "\u202egnp\x00\xff", "", "delivered", "", -20, -3, 0, 0)
	f.Add("", "", "", "", "", "", -1<<40, 1<<40, 0, 3_000_000)
	f.Fuzz(func(t *testing.T, issue, finding, office, eligibility, mail, language string, filed, done, askAgain, sendBy int) {
		facts := letter.Facts{
			Issue: erequest.Issue(issue), Finding: letter.Finding(finding), Confirmation: confirmation(t),
			Receipt: casestatus.MustParseReceiptNumber("IOE0912345678"), Office: office, Mail: erequest.MailStanding(mail),
			Eligibility: casestatus.Eligibility{Outcome: casestatus.EligibilityOutcome(eligibility), On: today, OutsideFrom: today.AddDays(30)},
			Filed:       today.AddDays(filed), Done: today.AddDays(done), AskAgain: today.AddDays(askAgain), SendBy: today.AddDays(sendBy),
		}
		decision := letter.Compose(letter.DefaultLibrary(), facts, cris.Language(language), today)
		require.NotEmpty(t, decision.Reasons)
		if decision.Outcome == letter.Refused {
			require.Zero(t, decision.Letter)
			require.Empty(t, decision.Edition)
			return
		}
		require.Equal(t, letter.Composed, decision.Outcome)
		text := decision.Letter.Text()
		require.False(t, strings.ContainsAny(text, "{}"), text)
		require.Contains(t, text, office)
		require.NotContains(t, text, "  ", "a variable without a value leaves two spaces")
		requireWellFormed(t, decision.Letter.HTML())
		requireWellFormed(t, decision.Letter.HTMLFragment())
	})
}

func requireWellFormed(t *testing.T, document string) {
	t.Helper()
	for decoder := xml.NewDecoder(strings.NewReader(document)); ; {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err, document)
	}
}
