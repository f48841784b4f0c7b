package cris

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// PersonName is the name of a person. It prints as [redacted]; Reveal gives the
// parts. It is comparable with ==, its zero value is no name.
type PersonName struct{ hiddenName }

type hiddenName = Personal[NameParts]

// NameParts are the parts of a name as the agency's forms ask for them.
// Only one of Family and Given is required: some people have one name.
type NameParts struct {
	Family string
	Given  string
	Middle string // middle name or initial
	Maiden string
}

// maxNameRunes bounds a part of a name; the longest field of the real systems
// holds 40 characters.
const maxNameRunes = 100

// NewPersonName tidies the parts (blanks trimmed and folded, Unicode NFC, so that
// equal names compare equal) and hides them. Its error is a *ParseError that
// names the part, never its content: neither a family nor a given name, invalid
// UTF-8, a control character, a part longer than 100 characters.
func NewPersonName(parts NameParts) (PersonName, error) {
	for _, part := range []struct {
		what string
		text *string
	}{
		{"family name", &parts.Family},
		{"given name", &parts.Given},
		{"middle name", &parts.Middle},
		{"maiden name", &parts.Maiden},
	} {
		tidy, err := tidyText(part.what, *part.text, maxNameRunes)
		if err != nil {
			return PersonName{}, err
		}
		*part.text = tidy
	}
	if parts.Family == "" && parts.Given == "" {
		return PersonName{}, &ParseError{What: "name", At: -1, Problem: "neither a family name nor a given name"}
	}
	return PersonName{NewPersonal(parts)}, nil
}

// tidyText brings one line of text to the form in which equal texts are equal.
func tidyText(what, text string, maxRunes int) (string, error) {
	if !utf8.ValidString(text) {
		return "", &ParseError{What: what, At: -1, Problem: "not valid UTF-8"}
	}
	if at := strings.IndexFunc(text, unicode.IsControl); at >= 0 {
		return "", &ParseError{What: what, At: at, Problem: "control character"}
	}
	// Counted last: there are letters of which NFC makes two.
	tidy := norm.NFC.String(strings.Join(strings.Fields(text), " "))
	if utf8.RuneCountInString(tidy) > maxRunes {
		return "", &ParseError{What: what, At: -1, Problem: "too long"}
	}
	return tidy, nil
}
