package alphabet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Spellings returns the readings of each letter of a name, in order. What is not a letter
// (spaces, hyphens, apostrophes, periods, digits) is left out, as systems do that only take
// letters. A letter that nobody writes with A to Z is read as itself, in capitals.
func Spellings(name string) []Readings {
	var letters []Readings
	for _, c := range scan(name) {
		switch c.kind {
		case aLetter, ownMark:
			letters = append(letters, c.letter.all)
		case doubling:
			// Others than ICAO leave it out.
			letters = append(letters, append(Readings{""}, letters[len(letters)-1]...))
		case other:
		}
	}
	return letters
}

// Initial returns the first letter of a name with the marks on it, "" if there is none. No
// name begins with a modifier letter, such as the high tone of N'Ko or a sign of repetition.
func Initial(name string) string {
	name = composed(name)
	start := strings.IndexFunc(name, func(r rune) bool { return isLetter(r) && !unicode.Is(unicode.Lm, r) })
	if start < 0 {
		return ""
	}
	for i, r := range name[start:] {
		if i > 0 && !unicode.Is(unicode.M, r) {
			return name[start : start+i]
		}
	}
	return name[start:]
}

// kind is what a character is to a text.
type kind int

const (
	other kind = iota // a space, a digit, a sign
	aLetter
	ownMark  // a vowel of India or Thailand, which is no accent
	doubling // it doubles the letter before it
)

// character is a character of a text in Unicode NFKC. Accents and vowel points are none:
// they are part of their letter or left out.
type character struct {
	kind     kind
	rune     rune // as it stands there
	letter   letter
	isMapped bool // the letter is written with A to Z
	endsWord bool
}

// in returns how a letter, or a doubling of it, is written in a form, in capitals.
//
// ICAO writes the Arabic letter ة in another way at the end of a word.
func (c character) in(form Form) string {
	if form != BaseLetter && c.rune == tehMarbuta && c.endsWord {
		return tehMarbutaAtEnd
	}
	return c.letter.in(form)
}

const tehMarbutaAtEnd = "XAH"

// scan reads the characters of a text.
func scan(text string) []character {
	var all []character
	var last rune // the letter that marks belong to
	for _, r := range composed(text) {
		switch {
		case isLetter(r):
			last = unicode.ToUpper(r)
			l, ok := letterOf(last)
			all = append(all, character{kind: aLetter, rune: r, letter: l, isMapped: ok})
		case r == shadda:
			if before := len(all) - 1; before >= 0 && all[before].kind == aLetter {
				doubled := all[before]
				doubled.kind = doubling
				all = append(all, doubled)
			}
		case unicode.Is(unicode.M, r) && last != 0 && hasAccents(last):
		case unicode.Is(unicode.M, r) && last != 0:
			all = append(all, character{kind: ownMark, rune: r, letter: asItself(r)})
		case r != tatweel:
			all = append(all, character{rune: r})
		}
	}
	for i := range all {
		rest := all[i+1:]
		all[i].endsWord = len(rest) == 0 || rest[0].kind == other || rest[0].kind == doubling && (len(rest) == 1 || rest[1].kind == other)
	}
	return all
}

// composed returns the text in Unicode NFKC, in which a letter is one character, whatever its
// width. Three signs are rescued from it: the acute accent that people type for an apostrophe,
// of which it makes a space; one half after a number, which it would write as part of it; and
// small raised letters, which would become letters of the name.
func composed(text string) string {
	const fractionSlash, modifierApostrophe = '\u2044', '\u02BC'
	var b strings.Builder
	isDigit := false // the one before
	for _, r := range text {
		parts := norm.NFKC.String(string(r))
		if strings.ContainsRune(parts, fractionSlash) && len(parts) > len(string(r)) && isDigit {
			b.WriteByte(' ')
		}
		isDigit = unicode.IsDigit(r)
		switch first, _ := utf8.DecodeRuneInString(parts); {
		case r == '´':
			r = '\''
		case unicode.Is(unicode.Lm, r) && !unicode.Is(unicode.Lm, first):
			r = modifierApostrophe
		}
		b.WriteRune(r)
	}
	return norm.NFKC.String(b.String())
}
