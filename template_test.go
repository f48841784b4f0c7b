package cris_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

func templateText(edits ...func(*cris.TemplateText)) cris.TemplateText {
	text := cris.TemplateText{
		Edition: "notice 2013", From: cris.MustParseDate("2013-08-15"), Until: cris.MustParseDate("2013-12-31"),
		Subject: cris.Phrase{English: "We have {number}", Spanish: "Tenemos {number}"},
		Paragraphs: []cris.Phrase{
			{English: "It came on {filed}.", Spanish: "Llegó el {filed}."},
			{English: "{number}, once more.", Spanish: "{number}, otra vez."},
		},
	}
	for _, edit := range edits {
		edit(&text)
	}
	return text
}

func TestTemplate_IsFilledInInBothLanguages(t *testing.T) {
	template, err := cris.NewTemplate(templateText(), "number", "filed")
	require.NoError(t, err)
	require.Equal(t, "notice 2013", template.Edition())
	values := map[string]any{"number": "7K3M", "filed": cris.MustParseDate("2013-08-16")}
	require.Equal(t, cris.Letter{
		Language: cris.English, Subject: "We have 7K3M", Paragraphs: []string{"It came on August 16, 2013.", "7K3M, once more."},
	}, template.Fill(cris.English, values))
	require.Equal(t, "Tenemos 7K3M\n\nLlegó el 16 de agosto de 2013.\n\n7K3M, otra vez.\n", template.Fill(cris.Spanish, values).Text())
	require.Equal(t, cris.English, template.Fill("tlh", values).Language, "any other tag counts as English")
	require.Equal(t, "We have", strings.TrimSpace(template.Fill(cris.English, nil).Subject))
}

func TestTemplate_IsCheckedWhenItIsLoaded(t *testing.T) {
	for want, edit := range map[string]func(*cris.TemplateText){
		`template "": no edition`:                               func(t *cris.TemplateText) { t.Edition = "" },
		`template "notice 2013": never in force`:                func(t *cris.TemplateText) { t.Until = t.From.AddDays(-1) },
		`template "notice 2013": no paragraphs`:                 func(t *cris.TemplateText) { t.Paragraphs = nil },
		`template "notice 2013": subject in en: missing`:        func(t *cris.TemplateText) { t.Subject.English = " " },
		`template "notice 2013": paragraph 2 in es: missing`:    func(t *cris.TemplateText) { t.Paragraphs[1].Spanish = "" },
		`paragraph 1 in en: not one line of what can be seen`:   func(t *cris.TemplateText) { t.Paragraphs[0].English = "On\n{filed}" },
		`paragraph 1 in es: not one line of what can be seen`:   func(t *cris.TemplateText) { t.Paragraphs[0].Spanish = "El \u202e{filed}" },
		`paragraph 1 in en: unknown variable "Filed"`:           func(t *cris.TemplateText) { t.Paragraphs[0].English = "{Filed}" },
		`paragraph 1 in en: unknown variable ""`:                func(t *cris.TemplateText) { t.Paragraphs[0].English = "{}" },
		`paragraph 1 in es: unknown variable " filed"`:          func(t *cris.TemplateText) { t.Paragraphs[0].Spanish = "{ filed}" },
		`variable "filed" is not shown in es`:                   func(t *cris.TemplateText) { t.Paragraphs[0].Spanish = "Llegó." },
		`paragraph 1 in en: a brace opens and does not close`:   func(t *cris.TemplateText) { t.Paragraphs[0].English = "on {filed" },
		`paragraph 1 in es: a brace opens and does not close`:   func(t *cris.TemplateText) { t.Paragraphs[0].Spanish = "{a{filed}}" },
		`paragraph 2 in en: a brace closes that was not opened`: func(t *cris.TemplateText) { t.Paragraphs[1].English = "number} {number}" },
		`paragraph 2 in es: a brace closes that was not opened`: func(t *cris.TemplateText) { t.Paragraphs[1].Spanish = "{number}}" },
	} {
		_, err := cris.NewTemplate(templateText(edit), "number", "filed")
		require.ErrorContains(t, err, want)
	}
	_, err := cris.NewTemplate(templateText(), "number", "filed", "respond_by")
	require.ErrorContains(t, err, `variable "respond_by" is not shown in en`)
}

func TestTemplate_DoesNotChangeWithWhatItWasMadeOf(t *testing.T) {
	text, variables := templateText(), []string{"number", "filed"}
	template, err := cris.NewTemplate(text, variables...)
	require.NoError(t, err)
	text.Paragraphs[0].English, variables[0] = "{changed", "changed"
	require.Equal(t, "It came on .", template.Fill(cris.English, nil).Paragraphs[0])
}

func TestTemplates_TheLatestInForceCounts(t *testing.T) {
	load := func(edition, from, until string) cris.Template {
		template, err := cris.NewTemplate(templateText(func(t *cris.TemplateText) {
			t.Edition, t.From, t.Until = edition, cris.MustParseDate(from), cris.Date{}
			if until != "" {
				t.Until = cris.MustParseDate(until)
			}
		}), "number", "filed")
		require.NoError(t, err)
		return template
	}
	all := cris.Templates{load("second", "2014-01-01", ""), load("first", "2013-01-01", "2014-06-01"), {}}
	for day, want := range map[string]string{"2013-01-01": "first", "2013-12-31": "first", "2014-01-01": "second", "2014-05-31": "second", "2030-01-01": "second"} {
		got, err := all.On(cris.MustParseDate(day))
		require.NoError(t, err)
		require.Equal(t, want, got.Edition(), day)
	}
	_, err := all.On(cris.MustParseDate("2012-12-31"))
	require.ErrorIs(t, err, cris.ErrNotFound)
}

// Whatever the value, the text has lines and nothing hidden, and the page and the article are
// well-formed and say the same.
func FuzzTemplate_Fill(f *testing.F) {
	for _, seed := range []string{"7K3M-9QTR", "<script>alert(1)</script>", "a\x00b\r\nc", "\u202egnp.exe", "\xff\xfe", "]]>", "{number}", "&amp;"} {
		f.Add(seed)
	}
	template, err := cris.NewTemplate(templateText(), "number", "filed")
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, value string) {
		letter := template.Fill(cris.English, map[string]any{"number": value, "filed": value})
		hidden := func(r rune) bool {
			return unicode.IsControl(r) && r != '\n' || r == '\u202e' || r == unicode.ReplacementChar && !strings.ContainsRune(value, r)
		}
		require.False(t, strings.ContainsFunc(letter.Text(), hidden), "%q", letter.Text())
		require.Len(t, strings.Split(letter.Text(), "\n"), 6)
		want := append([]string{letter.Subject}, letter.Paragraphs...)
		require.Equal(t, want, said(t, letter.HTMLFragment()))
		require.Equal(t, append([]string{letter.Subject}, want...), said(t, letter.HTML()), "the title too")
	})
}

// said returns the texts of a well-formed document.
func said(t *testing.T, document string) (texts []string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(document))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return texts
		}
		require.NoError(t, err)
		if text, is := token.(xml.CharData); is && strings.TrimSpace(string(text)) != "" {
			texts = append(texts, string(text))
		}
	}
}

func TestMustTemplate_PanicsAtWhatIsWrong(t *testing.T) {
	require.Equal(t, "notice 2013", cris.MustTemplate(cris.NewTemplate(templateText(), "number", "filed")).Edition())
	require.PanicsWithError(t, `cris: template "notice 2013": variable "other" is not shown in en`, func() {
		cris.MustTemplate(cris.NewTemplate(templateText(), "number", "filed", "other"))
	})
}
