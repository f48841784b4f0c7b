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
// admitted, but a label is written in one: Cyrillic letters in a Latin domain are there to
// deceive.
func normalEmail(s string) string {
	const longest, longestName = 254, 64
	s = norm.NFC.String(strings.TrimSpace(s))
	address, err := mail.ParseAddress(s)
	if err != nil || address.Address != s || !text.IsLine(s, longest) || !text.IsPlain(s) {
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
	first, _ := utf8.DecodeRuneInString(s)
	return !unicode.IsMark(first) && norm.NFKC.String(s) == s && isOneScript(s)
}

// isOneScript reports whether the letters and marks of s are those of one script, or of
// several in which one language is written.
func isOneScript(s string) bool {
	inAll := func(scripts ...*unicode.RangeTable) bool {
		scripts = append(scripts, unicode.Common, unicode.Inherited)
		return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.In(r, scripts...) })
	}
	for _, together := range writtenTogether {
		if inAll(together...) {
			return true
		}
	}
	for _, script := range unicode.Scripts {
		if inAll(script) {
			return true
		}
	}
	return false
}

// writtenTogether are the scripts of Japanese, Korean and Chinese, which mix with Latin: the
// ones that Unicode Technical Standard 39 (5.2) lets stand in one word.
var writtenTogether = [][]*unicode.RangeTable{
	{unicode.Latin, unicode.Han, unicode.Hiragana, unicode.Katakana},
	{unicode.Latin, unicode.Han, unicode.Hangul},
	{unicode.Latin, unicode.Han, unicode.Bopomofo},
}
