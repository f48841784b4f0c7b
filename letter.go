package cris

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"
)

// Letter is a letter or a sheet for a customer, in one language. It is written in this order: the
// subject, the paragraphs, the values, the sections. What a template makes has a subject and
// paragraphs alone. Every text is one line. A Letter may hold personal values, and prints them: the
// functions that put some in are called Reveal.
type Letter struct {
	Language   Language
	Subject    string
	Paragraphs []string
	Values     []LabeledValue
	Sections   []LetterSection
}

// LabeledValue is a value of a letter with its label, such as a case number.
type LabeledValue struct {
	Label string // without a colon
	Value string
}

// LetterSection is a part of a letter under a heading of its own.
type LetterSection struct {
	Heading string
	Steps   []string // what to do, in order; they are numbered
	Notes   []string // paragraphs after the steps
}

// Text returns the letter as plain text: the subject and what follows, with a blank line between
// them. Values are in a column of their own, and steps have numbers. Lines are not broken.
func (l Letter) Text() string {
	blocks := append([]string{l.Subject}, l.Paragraphs...)
	if len(l.Values) > 0 {
		blocks = append(blocks, strings.Join(l.alignedValues(), "\n"))
	}
	for _, section := range l.Sections {
		blocks = append(blocks, section.Heading)
		if len(section.Steps) > 0 {
			blocks = append(blocks, strings.Join(section.numbered(), "\n"))
		}
		blocks = append(blocks, section.Notes...)
	}
	return strings.Join(blocks, "\n\n") + "\n"
}

// alignedValues returns a line for each value, with the values under one another.
func (l Letter) alignedValues() (lines []string) {
	width := 0
	for _, v := range l.Values {
		width = max(width, utf8.RuneCountInString(v.Label))
	}
	for _, v := range l.Values {
		padding := strings.Repeat(" ", width-utf8.RuneCountInString(v.Label))
		lines = append(lines, v.Label+": "+padding+v.Value)
	}
	return lines
}

// numbered returns the steps with their numbers.
func (s LetterSection) numbered() (lines []string) {
	for i, step := range s.Steps {
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, step))
	}
	return lines
}

// HTML returns the letter as a page that screen readers can read and browsers can print: its
// language, its title, one first-level heading, the paragraphs, the values as a list of terms, and
// a second-level heading for each section with its steps as a numbered list. It loads nothing and
// runs nothing, and is well-formed XML too.
func (l Letter) HTML() string {
	return `<!DOCTYPE html>
<html lang="` + html.EscapeString(string(l.Language)) + `">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>` + html.EscapeString(l.Subject) + `</title>
</head>
<body>
<main>
` + l.body(1) + `</main>
</body>
</html>
`
}

// HTMLFragment returns the letter as an article with a second-level heading, and third-level
// headings for its sections, for a page of the host program that has a first-level heading of its
// own.
func (l Letter) HTMLFragment() string {
	return `<article lang="` + html.EscapeString(string(l.Language)) + `">
` + l.body(2) + `</article>
`
}

// body returns the letter in HTML, with its subject as a heading of that level.
func (l Letter) body(level int) string {
	var out strings.Builder
	heading := func(level int, text string) { element(&out, fmt.Sprintf("h%d", level), text) }
	heading(level, l.Subject)
	for _, paragraph := range l.Paragraphs {
		element(&out, "p", paragraph)
	}
	if len(l.Values) > 0 {
		out.WriteString("<dl>\n")
		for _, v := range l.Values {
			element(&out, "dt", v.Label)
			element(&out, "dd", v.Value)
		}
		out.WriteString("</dl>\n")
	}
	for _, section := range l.Sections {
		heading(level+1, section.Heading)
		if len(section.Steps) > 0 {
			out.WriteString("<ol>\n")
			for _, step := range section.Steps {
				element(&out, "li", step)
			}
			out.WriteString("</ol>\n")
		}
		for _, note := range section.Notes {
			element(&out, "p", note)
		}
	}
	return out.String()
}

// element writes an element on a line of its own, with the text in it.
func element(out *strings.Builder, name, text string) {
	out.WriteString("<" + name + ">" + html.EscapeString(text) + "</" + name + ">\n")
}
