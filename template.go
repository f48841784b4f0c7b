package cris

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/seed28e20331/cris/internal/text"
)

// TemplateText is a letter to customers as it is written down, in English and Spanish, with
// variables in braces: {number}. The packages have editions in the library's own words.
// A host program brings those that its agency approved, in the Policy of each package. A text
// that was sent never changes: other words are another edition.
type TemplateText struct {
	Edition    string   // names the text, such as "e-request notice 2013-08-15", unlike any other edition
	From       Date     // the first day on which it is in force
	Until      Date     // the last day on which it is in force, included; zero if it has no end
	Subject    Phrase   // its code does not matter, nor do those of the paragraphs
	Paragraphs []Phrase // at least one
}

// Template is a TemplateText that was checked when it was loaded, so that filling it in cannot
// fail. The zero Template is none.
type Template struct {
	text      TemplateText
	variables []string
}

// NewTemplate returns the template of a text that shows these variables, each of them in both
// languages, and no others. Its error names the edition, and says what is wrong and where: an
// edition without a name, a template that is never in force or has no paragraphs, a subject or
// paragraph that is missing in a language, that is not one line in Unicode NFC, or that has
// something hidden in it, an unmatched brace, or a variable that is unknown or not shown.
func NewTemplate(text TemplateText, variables ...string) (Template, error) {
	text.Paragraphs = slices.Clone(text.Paragraphs)
	t := Template{text, slices.Clone(variables)}
	if problem := t.problem(); problem != "" {
		return Template{}, fmt.Errorf("cris: template %q: %s", text.Edition, problem)
	}
	return t, nil
}

// MustTemplate returns the template, and panics if there is an error: for texts that are part of
// a program.
func MustTemplate(t Template, err error) Template {
	if err != nil {
		panic(err)
	}
	return t
}

func (t Template) problem() string {
	switch {
	case t.text.Edition == "":
		return "no edition"
	case Period{t.text.From, t.text.Until}.IsEmpty():
		return "never in force"
	case len(t.text.Paragraphs) == 0:
		return "no paragraphs"
	}
	for _, language := range []Language{English, Spanish} {
		shown := map[string]bool{}
		for i, phrase := range t.phrases() {
			where := fmt.Sprintf("paragraph %d in %s", i, language)
			if i == 0 {
				where = fmt.Sprintf("subject in %s", language)
			}
			words := phrase.in(language)
			switch {
			case strings.TrimSpace(words) == "":
				return where + ": missing"
			case !text.IsPlain(words):
				return where + ": not one line of what can be seen"
			}
			parts, err := partsOf(words)
			if err != nil {
				return where + ": " + err.Error()
			}
			for _, p := range parts {
				if p.isVariable && !slices.Contains(t.variables, p.text) {
					return fmt.Sprintf("%s: unknown variable %q", where, p.text)
				}
				shown[p.text] = shown[p.text] || p.isVariable
			}
		}
		for _, variable := range t.variables {
			if !shown[variable] {
				return fmt.Sprintf("variable %q is not shown in %s", variable, language)
			}
		}
	}
	return ""
}

// phrases are the subject and the paragraphs.
func (t Template) phrases() []Phrase { return append([]Phrase{t.text.Subject}, t.text.Paragraphs...) }

// in returns the words in the language, or "" if there are none.
func (p Phrase) in(l Language) string {
	if l == Spanish {
		return p.Spanish
	}
	return p.English
}

// templatePart is words, or the name of a variable.
type templatePart struct {
	text       string
	isVariable bool
}

// partsOf splits words at their variables.
func partsOf(words string) (parts []templatePart, err error) {
	for words != "" {
		before, rest, opens := strings.Cut(words, "{")
		if strings.Contains(before, "}") {
			return nil, errors.New("a brace closes that was not opened")
		}
		parts = append(parts, templatePart{before, false})
		if !opens {
			break
		}
		name, after, closes := strings.Cut(rest, "}")
		if !closes || strings.ContainsAny(name, "{") {
			return nil, errors.New("a brace opens and does not close")
		}
		parts, words = append(parts, templatePart{name, true}), after
	}
	return parts, nil
}

// Edition returns the name of the text.
func (t Template) Edition() string { return t.text.Edition }

// InForce reports whether the template is in force on the day.
func (t Template) InForce(day Date) bool {
	return t.text.Edition != "" && Period{t.text.From, t.text.Until}.Has(day)
}

func (t Template) since() Date { return t.text.From }

// Fill returns the letter in the language, which is English unless it is Spanish. A Date is
// written in that language. Any other value, even a Message, is printed by fmt; control
// characters become spaces, and invisible characters are left out. A variable without a value
// is left out, so the caller has to give every variable that the template was loaded with.
func (t Template) Fill(l Language, values map[string]any) Letter {
	letter := Letter{Language: l.Supported()}
	for i, phrase := range t.phrases() {
		parts, _ := partsOf(phrase.in(letter.Language)) // checked when it was loaded
		var filled strings.Builder
		for _, p := range parts {
			if p.isVariable {
				p.text = written(letter.Language, values[p.text])
			}
			filled.WriteString(p.text)
		}
		if i == 0 {
			letter.Subject = filled.String()
		} else {
			letter.Paragraphs = append(letter.Paragraphs, filled.String())
		}
	}
	return letter
}

func written(l Language, value any) string {
	if value == nil {
		return ""
	}
	if day, isDate := value.(Date); isDate {
		return l.Date(day)
	}
	printed := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(fmt.Sprint(value), ""))
	tidy, _, _ := text.Tidy(printed, len(printed))
	return tidy
}

// Templates are the editions of one letter, those of past days among them, in any order.
type Templates []Template

// On returns the template for a letter of the day: of those in force on it, the one that came
// into force last. The error matches ErrNotFound if none is in force.
func (all Templates) On(day Date) (Template, error) {
	return latestInForce(all, day)
}
