// Package text holds the rules by which the packages read what people write: one form of a
// line in which equal texts are equal, one set of separators that every number drops, and
// what may be printed before a number.
package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Tidy returns one line of text in the form in which equal texts are equal: spaces trimmed
// and folded, Unicode NFC, and without characters that nobody sees. A joiner stays where
// it shapes a word of a script that needs it (Persian, Hindi), and nowhere else.
//
// If the line cannot be kept, problem says why, in a fixed text that does not repeat it,
// and at is the byte offset, -1 for the whole: invalid UTF-8, a control character, more
// marks on one character than any script needs, or more than maxRunes characters. Text of
// which nothing is visible comes back as "".
func Tidy(s string, maxRunes int) (tidy string, at int, problem string) {
	if len(s) <= maxRunes && isTidyASCII(s) {
		return s, -1, ""
	}
	if !utf8.ValidString(s) {
		return "", -1, "not valid UTF-8"
	}
	if at := strings.IndexFunc(s, unicode.IsControl); at >= 0 {
		return "", at, "control character"
	}
	tidy = strings.Join(strings.Fields(visible(norm.NFC.String(s))), " ")
	// Counted last: there are letters of which NFC makes two, and a letter with a mark.
	switch {
	case utf8.RuneCountInString(tidy) > maxRunes:
		return "", -1, "too long"
	case isPiledUp(tidy):
		return "", -1, "too many marks on one character"
	}
	return tidy, -1, ""
}

// isTidyASCII reports whether s is a line of printable ASCII without a space too many, as most
// lines are: Tidy changes nothing in it.
func isTidyASCII(s string) bool {
	for i := range len(s) {
		c := s[i]
		isSpare := c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ')
		if c < ' ' || c > '~' || isSpare {
			return false
		}
	}
	return true
}

// mostMarks is how many marks may stand on one character. Unicode Technical Standard 39 (5.4)
// takes more than four nonspacing marks in a row for an attempt to deceive; twice as many
// leave room for the vowels of Burmese and the points and accents of Hebrew, and are too few
// to cover the lines above and below.
const mostMarks = 8

// isPiledUp reports whether a character has too many marks. What nobody sees neither counts
// nor begins anew.
func isPiledUp(s string) bool {
	marks := 0
	for _, r := range s {
		switch {
		case isInvisible(r):
		case unicode.IsMark(r):
			marks++
		default:
			marks = 0
		}
		if marks > mostMarks {
			return true
		}
	}
	return false
}

// visible returns the text without the characters that nobody sees, in NFC. What is left
// may compose anew and need fewer joiners, so it goes on until nothing changes.
func visible(s string) string {
	for strings.ContainsFunc(s, isInvisible) {
		kept := norm.NFC.String(withoutInvisible([]rune(s)))
		if kept == s {
			break
		}
		s = kept
	}
	return s
}

func withoutInvisible(runes []rune) string {
	kept := make([]rune, 0, len(runes))
	for i, r := range runes {
		if !isInvisible(r) || isJoiner(r) && joins(kept, r, runes[i+1:]) {
			kept = append(kept, r)
		}
	}
	return string(kept)
}

// isInvisible reports whether the character leaves no trace on paper: the format
// characters, and those that Unicode calls default ignorable or that are blank letters.
func isInvisible(r rune) bool {
	if r < 0xAD {
		return false
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) ||
		unicode.Is(unicode.Variation_Selector, r) || r == brailleBlank
}

const (
	brailleBlank  = '\u2800'
	zeroWidthNon  = '\u200C'
	zeroWidthJoin = '\u200D'
	viramaClass   = 9
)

func isJoiner(r rune) bool { return r == zeroWidthNon || r == zeroWidthJoin }

// joins reports whether a joiner shapes the word that it stands in: between two letters of
// scripts that are written with joiners, or behind such a letter whose vowel a virama takes
// away. Marks, which several scripts share, count as part of their letter.
func joins(before []rune, joiner rune, after []rune) bool {
	hasVirama := false
	last := len(before) - 1
	for ; last >= 0 && isMark(before[last]); last-- {
		hasVirama = hasVirama || norm.NFC.PropertiesString(string(before[last])).CCC() == viramaClass
	}
	if last < 0 || !isJoining(before[last]) {
		return false
	}
	next := slices.IndexFunc(after, func(r rune) bool { return !isInvisible(r) && !isMark(r) })
	return next >= 0 && isJoining(after[next]) || joiner == zeroWidthJoin && hasVirama
}

func isMark(r rune) bool { return unicode.Is(unicode.Mn, r) }

// isJoining reports whether the character is of a script that is written with joiners.
func isJoining(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Mandaic, unicode.Nko, unicode.Mongolian,
		unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil,
		unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar)
}

// IsLine reports whether s is one line that every store can hold and in which there is
// something to see: valid UTF-8 of at most maxBytes without control characters, and without
// more marks on one character than any script needs.
func IsLine(s string, maxBytes int) bool {
	return len(s) <= maxBytes && utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl) && IsVisible(s) && !isPiledUp(norm.NFC.String(s))
}

// IsPlain reports whether s is a line of what can be seen, in Unicode NFC: Tidy would change
// nothing in it but spaces.
func IsPlain(s string) bool {
	return IsLine(s, len(s)) && norm.NFC.IsNormalString(s) && visible(s) == s
}

// IsVisible reports whether there is something to see in s.
func IsVisible(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && !unicode.IsControl(r) && !isInvisible(r) })
}

// IsStorable reports whether every store can hold s: some take no NUL and nothing that is
// not UTF-8, and say so in errors that repeat it.
func IsStorable(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// Separator returns how many bytes the separator takes that begins at s[i], and 0 if none
// does there. Separators are what people and programs put around and between the digits of
// a number when they print, scan or copy it: spaces of every width, tabs and line ends,
// hyphens and dashes, and characters that nobody sees. Every number drops them.
func Separator[T string | []byte](s T, i int) int {
	switch c := s[i]; {
	case c == ' ' || c == '-' || '\t' <= c && c <= '\r':
		return 1
	case c < utf8.RuneSelf:
		return 0
	}
	r, size := utf8.DecodeRuneInString(string(s[i:min(len(s), i+utf8.UTFMax)]))
	if r != utf8.RuneError && (unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || r == minus || isInvisible(r)) {
		return size
	}
	return 0
}

const minus = '\u2212'

// Bare returns s in capitals and without separators: the same for codes that are written in
// more than one way.
func Bare(s string) string {
	var bare strings.Builder
	for i := 0; i < len(s); {
		if size := Separator(s, i); size > 0 {
			i += size
			continue
		}
		bare.WriteByte(s[i])
		i++
	}
	return strings.ToUpper(bare.String())
}

// Label returns where s continues after what is printed before a number: words, each at most
// once and in the order given, then "Number" or "No." if there was a word, then "#", and
// ":" if there was any of these. Letters may be small, and separators may stand between the
// parts. It returns 0 if s begins with none of them.
func Label[T string | []byte](s T, words ...string) (end int) {
	take := func(part string) bool {
		at := end
		for at < len(s) && Separator(s, at) > 0 {
			at += Separator(s, at)
		}
		if len(s)-at < len(part) || !strings.EqualFold(string(s[at:at+len(part)]), part) {
			return false
		}
		end = at + len(part)
		return true
	}
	for _, word := range words {
		take(word)
	}
	if named := end; named > 0 && !take("NUMBER") && take("NO") && !take(".") && end < len(s) && isLetter(s[end]) {
		end = named // the number itself begins with NO
	}
	if take("#"); end > 0 {
		take(":")
	}
	return end
}

func isLetter(c byte) bool { return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' }
