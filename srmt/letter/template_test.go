package letter_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/letter"
)

// textOf is a text for the finding NoError. The edits change it before it is returned.
func textOf(edits ...func(*cris.TemplateText)) cris.TemplateText {
	text := cris.TemplateText{
		Edition: "no error 1", From: day("2013-08-15"),
		Subject: cris.Phrase{English: "No error", Spanish: "Ningún error"},
		Paragraphs: []cris.Phrase{{
			English: "{number} {receipt} {filed} {office}",
			Spanish: "{number} {receipt} {filed} {office}",
		}},
	}
	for _, edit := range edits {
		edit(&text)
	}
	return text
}

func from(edition, first, until string) func(*cris.TemplateText) {
	return func(t *cris.TemplateText) {
		t.Edition, t.From = edition, day(first)
		if until != "" {
			t.Until = day(until)
		}
	}
}

func template(tb testing.TB, edits ...func(*cris.TemplateText)) letter.Template {
	tb.Helper()
	made, err := letter.New(erequest.TypographicalError, letter.NoError, textOf(edits...))
	require.NoError(tb, err)
	return made
}

func TestSR7_ATemplateIsCheckedWhenItIsLoaded(t *testing.T) {
	const about = erequest.TypographicalError
	words := func(english, spanish string) func(*cris.TemplateText) {
		return func(t *cris.TemplateText) { t.Paragraphs[0] = cris.Phrase{English: english, Spanish: spanish} }
	}
	whole := textOf().Paragraphs[0].English
	for _, test := range []struct {
		issue   erequest.Issue
		finding letter.Finding
		edit    func(*cris.TemplateText)
		want    string
	}{
		{"lost_luggage", letter.NoError, func(*cris.TemplateText) {}, `letter: template "no error 1": there is no issue "lost_luggage"`},
		{about, "perhaps", func(*cris.TemplateText) {}, `letter: template "no error 1": there is no finding "perhaps"`},
		{about, letter.Arranged, func(*cris.TemplateText) {}, `letter: template "no error 1": the finding "arranged" does not suit the issue "typographical_error"`},
		{about, letter.NoError, words(whole+" {done_on}", whole), `unknown variable "done_on"`},
		{about, letter.NoError, words(whole, whole+" {name}"), `unknown variable "name"`},
		{about, letter.NoError, words("{number} {filed} {office}", whole), `variable "receipt" is not shown in en`},
		{about, letter.Corrected, func(*cris.TemplateText) {}, `variable "done_on" is not shown in en`},
		{about, letter.NeedsEvidence, func(*cris.TemplateText) {}, `variable "send_by" is not shown in en`},
		{erequest.CardNotReceived, letter.MailedAgain, words(whole+" {done_on}", whole+" {done_on}"), `variable "ask_again" is not shown in en`},
		{about, letter.NoError, func(t *cris.TemplateText) { t.Edition = "" }, "no edition"},
		{about, letter.NoError, func(t *cris.TemplateText) { t.Until = t.From.AddDays(-1) }, "never in force"},
		{about, letter.NoError, func(t *cris.TemplateText) { t.Subject.Spanish = "" }, "subject in es: missing"},
	} {
		made, err := letter.New(test.issue, test.finding, textOf(test.edit))
		require.ErrorContains(t, err, test.want)
		require.True(t, made.IsZero())
	}
}

func TestTemplate_TellsWhatItIsFor(t *testing.T) {
	made := template(t, from("no error 1", "2013-08-15", "2013-12-31"))
	require.Equal(t, erequest.TypographicalError, made.Issue())
	require.Equal(t, letter.NoError, made.Finding())
	require.Equal(t, "no error 1", made.Edition())
	require.Equal(t, day("2013-08-15"), made.From())
	require.False(t, made.IsZero())
	for on, isIn := range map[string]bool{"2013-08-14": false, "2013-08-15": true, "2013-12-31": true, "2014-01-01": false} {
		require.Equal(t, isIn, made.InForce(day(on)), on)
	}
	require.True(t, letter.Template{}.IsZero())
	require.False(t, letter.Template{}.InForce(today))
	require.Empty(t, letter.Template{}.Edition())
}
