package erequest

import (
	"net/mail"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/seed28e20331/cris/internal/text"
)

// normalEmail returns "" for what mail cannot be sent to: anything but a name, an at sign and
// a domain of at least two labels. It judges the form only. Letters of every script are
// admitted, but Latin ones in a label stand beside no others than East Asian ones: Cyrillic
// letters in a Latin domain are there to deceive.
func normalEmail(s string) string {
	const longest, longestName = 254, 64
	s = norm.NFC.String(strings.TrimSpace(s))
	address, err := mail.ParseAddress(s)
	if err != nil || address.Address != s || !text.IsLine(s, longest) || hidesText(s) {
		return ""
	}
	at := strings.LastIndexByte(s, '@')
	name, domain := s[:at], strings.ToLower(s[at+1:])
	if len(name) > longestName || strings.ContainsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`@,;:<>()[]\"`, r) }) {
		return ""
	}
	labels := strings.Split(domain, ".")
	last := labels[len(labels)-1]
	if len(labels) < 2 || !slices.ContainsFunc([]rune(last), unicode.IsLetter) || len([]rune(last)) < 2 || !allOf(labels, isLabel) {
		return ""
	}
	return name + "@" + domain
}

func allOf(labels []string, isGood func(string) bool) bool {
	return !slices.ContainsFunc(labels, func(label string) bool { return !isGood(label) })
}

// isLabel reports whether s is a label of a domain: letters that go together, digits, and
// hyphens that do not stand at an end.
func isLabel(s string) bool {
	isOther := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '-'
	}
	const longest = 63
	if s == "" || utf8.RuneCountInString(s) > longest || strings.ContainsFunc(s, isOther) || strings.HasPrefix(s, "-") || strings.HasSuffix(s, "-") {
		return false
	}
	isLatin := func(r rune) bool { return unicode.Is(unicode.Latin, r) }
	isForeign := func(r rune) bool { return unicode.IsLetter(r) && !isLatin(r) && !unicode.In(r, eastAsian...) }
	first, _ := utf8.DecodeRuneInString(s)
	mixes := strings.ContainsFunc(s, isLatin) && strings.ContainsFunc(s, isForeign)
	return !mixes && !unicode.IsMark(first) && norm.NFKC.String(s) == s
}

// eastAsian are the scripts that people mix with Latin letters.
var eastAsian = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo}

// hidesText reports whether s has a character that nobody sees, other than a joiner inside
// a word.
func hidesText(s string) bool {
	tidy, _, problem := text.Tidy(s, len(s))
	return problem != "" || tidy != norm.NFC.String(s)
}
