package access

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// Document is what an individual gets: all records about that individual, in sections of labeled
// values. It prints without its values; the methods that write them out have Reveal in their
// names, and what they return must not reach a log, an error text, a metric or a URL.
type Document struct {
	Title    cris.Message
	Sections []Section
	Zone     *time.Location // whose clock shows the instants; nil is cris.AgencyZone()
}

// Section is a part of a document.
type Section struct {
	Title  cris.Message
	Values []Labeled
}

// Labeled is a value with its label.
type Labeled struct {
	Label cris.Message
	Value Value
}

// Value is a value of a record. It prints as [redacted]. It is comparable with ==; the zero Value
// is no value, and is left out when a section is written.
type Value struct{ hidden cris.Personal[content] }

// content is one of the four kinds of values.
type content struct {
	text  string
	day   cris.Date
	at    time.Time
	codes string // separated by spaces, of messages without arguments
}

// Text returns the value of a text as it is on record.
func Text(s string) Value { return valueOf(content{text: s}) }

// Day returns the value of a date.
func Day(d cris.Date) Value { return valueOf(content{day: d}) }

// Instant returns the value of an instant.
func Instant(t time.Time) Value { return valueOf(content{at: t.UTC()}) }

// Said returns the value of something for which there are words, such as a result, or of several
// such things. The arguments of messages are left out.
func Said(messages ...cris.Message) Value {
	codes := make([]string, len(messages))
	for i, m := range messages {
		codes[i] = string(m.Code)
	}
	return valueOf(content{codes: strings.Join(codes, " ")})
}

func valueOf(c content) Value { return Value{cris.NewPersonal(c)} }

// Format implements fmt.Formatter. Every verb with every flag prints cris.Redacted.
func (v Value) Format(state fmt.State, verb rune) { v.hidden.Format(state, verb) }

// String returns cris.Redacted.
func (v Value) String() string { return v.hidden.String() }

// MarshalText implements encoding.TextMarshaler. It returns cris.Redacted, and never fails.
func (v Value) MarshalText() ([]byte, error) { return v.hidden.MarshalText() }

// reveal writes the value in the language, in one line.
func (v Value) reveal(language cris.Language, words cris.Words, zone *time.Location) string {
	c := v.hidden.Reveal()
	switch {
	case c.codes != "":
		var said []string
		for code := range strings.FieldsSeq(c.codes) {
			said = append(said, words.Say(language, cris.Message{Code: cris.Code(code)}))
		}
		return strings.Join(said, "; ")
	case !c.day.IsZero():
		return language.Date(c.day)
	case !c.at.IsZero():
		if zone == nil {
			zone = cris.AgencyZone()
		}
		return language.Time(c.at, zone)
	}
	return line(c.text)
}

// line puts a text into one line that cannot be taken for two labels.
func line(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "\uFFFD"), func(r rune) bool {
		return r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == '\u2028' || r == '\u2029'
	}), " ")
}

// revealed is a document written out.
type revealed struct {
	Language cris.Language     `json:"language"`
	Title    string            `json:"title"`
	Sections []revealedSection `json:"sections"`
}

type revealedSection struct {
	Title  string          `json:"title"`
	Values []revealedValue `json:"values"`
}

type revealedValue struct {
	Code  cris.Code `json:"code"` // of the label
	Label string    `json:"label"`
	Value string    `json:"value"`
}

func (d Document) reveal(language cris.Language, words cris.Words) revealed {
	language = language.Supported()
	written := revealed{Language: language, Title: words.Say(language, d.Title), Sections: []revealedSection{}}
	for _, section := range d.Sections {
		out := revealedSection{Title: words.Say(language, section.Title), Values: []revealedValue{}}
		for _, labeled := range section.Values {
			if value := labeled.Value.reveal(language, words, d.Zone); text.IsVisible(value) {
				out.Values = append(out.Values, revealedValue{labeled.Label.Code, words.Say(language, labeled.Label), value})
			}
		}
		written.Sections = append(written.Sections, out)
	}
	return written
}

// RevealText returns the document as plain text in the language: a title, and sections with a
// line for each value.
func (d Document) RevealText(language cris.Language, words cris.Words) string {
	written := d.reveal(language, words)
	var b strings.Builder
	b.WriteString(written.Title + "\n")
	for _, section := range written.Sections {
		b.WriteString("\n" + section.Title + "\n")
		for _, value := range section.Values {
			b.WriteString("  " + value.Label + ": " + value.Value + "\n")
		}
	}
	return b.String()
}

// RevealJSON returns the document as a JSON object: language, title and sections, each with its
// title and its values, which have the code of the label, the label and the value.
func (d Document) RevealJSON(language cris.Language, words cris.Words) string {
	written, _ := json.MarshalIndent(d.reveal(language, words), "", "  ") // texts alone cannot fail
	return string(written)
}

// RevealHTML returns the document as a page of HTML in the language, with headings and
// description lists, and without scripts, styles or references to anything else.
func (d Document) RevealHTML(language cris.Language, words cris.Words) string {
	written := d.reveal(language, words)
	var b strings.Builder
	title := html.EscapeString(written.Title)
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\"><title>%s</title></head>\n<body>\n<main>\n<h1>%s</h1>\n",
		html.EscapeString(string(written.Language)), title, title)
	for i, section := range written.Sections {
		fmt.Fprintf(&b, "<section aria-labelledby=\"section-%d\">\n<h2 id=\"section-%d\">%s</h2>\n", i+1, i+1, html.EscapeString(section.Title))
		if len(section.Values) > 0 {
			b.WriteString("<dl>\n")
			for _, value := range section.Values {
				fmt.Fprintf(&b, "<dt>%s</dt>\n<dd>%s</dd>\n", html.EscapeString(value.Label), html.EscapeString(value.Value))
			}
			b.WriteString("</dl>\n")
		}
		b.WriteString("</section>\n")
	}
	b.WriteString("</main>\n</body>\n</html>\n")
	return b.String()
}
