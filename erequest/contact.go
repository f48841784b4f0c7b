package erequest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// Contact is where the response goes. One of the three is enough.
type Contact struct {
	Email   cris.Personal[string]
	Phone   cris.Personal[string]
	Address cris.Address
}

// isEmail reports whether mail can be sent to s: a name, an at sign, and a domain of at
// least two labels. It judges the form only; letters of every script are admitted.
func isEmail(s string) bool {
	const longest, longestName, longestLabel = 254, 64, 63
	name, domain, found := strings.Cut(s, "@")
	if !found || name == "" || len(name) > longestName || !text.IsLine(s, longest) || hidesText(s) {
		return false
	}
	if strings.ContainsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`@,;:<>()[]\"`, r) }) {
		return false
	}
	if strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".") || strings.Contains(name, "..") {
		return false
	}
	labels := strings.Split(domain, ".")
	for _, label := range labels {
		isOther := func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '-'
		}
		if label == "" || utf8.RuneCountInString(label) > longestLabel || strings.ContainsFunc(label, isOther) || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
	}
	last := labels[len(labels)-1]
	return len(labels) > 1 && strings.ContainsFunc(last, unicode.IsLetter) && len([]rune(last)) > 1
}

// hidesText reports whether s has a character that nobody sees, other than a joiner inside
// a word.
func hidesText(s string) bool {
	tidy, _, problem := text.Tidy(s, len(s))
	return problem != "" || tidy != norm.NFC.String(s)
}

// isPhone reports whether s can be called: an American number of ten digits, with or
// without 1 before it, or an international one of 7 to 15 digits after a plus sign; and
// perhaps an extension. Separators, parentheses, dots and slashes do not count.
func isPhone(s string) bool {
	if !text.IsLine(s, maxTextBytes) {
		return false
	}
	number, extension, hasExtension := cutExtension(s)
	digits, ok := phoneDigits(number)
	if more, isNumber := phoneDigits(extension); hasExtension && (!isNumber || more == "" || len(more) > 7 || strings.Contains(more, "+")) {
		return false
	}
	international := strings.HasPrefix(digits, "+")
	digits = strings.TrimPrefix(digits, "+")
	if !ok || strings.Contains(digits, "+") || strings.Trim(digits, "0") == "" {
		return false
	}
	if rest, isAmerican := strings.CutPrefix(digits, "1"); isAmerican && (international || len(digits) == 11) {
		return isAmericanPhone(rest)
	}
	if international {
		return len(digits) >= 7 && len(digits) <= 15 && digits[0] != '0'
	}
	return isAmericanPhone(digits)
}

// isAmericanPhone reports whether ten digits are an area code, an exchange and a line of
// the North American plan: neither of the first two begins with 0 or 1 or is a service code
// such as 911, and no area code has a 9 in the middle, since those are kept for the day when
// codes get longer.
func isAmericanPhone(digits string) bool {
	return len(digits) == 10 && digits[0] >= '2' && digits[1] != '9' && digits[3] >= '2' &&
		digits[1:3] != "11" && digits[4:6] != "11"
}

// cutExtension cuts the number at "ext", "x" or "#".
func cutExtension(s string) (number, extension string, found bool) {
	for _, mark := range []string{"extension", "ext.", "ext", "x", "#"} {
		if number, extension, found = strings.Cut(strings.ToLower(s), mark); found {
			return number, extension, true
		}
	}
	return s, "", false
}

// phoneDigits returns the digits of s and its plus sign; false if there is anything else.
func phoneDigits(s string) (digits string, ok bool) {
	var kept []byte
	for i := 0; i < len(s); {
		c := s[i]
		switch size := text.Separator(s, i); {
		case size > 0:
			i += size
			continue
		case strings.IndexByte("().,/", c) >= 0:
		case '0' <= c && c <= '9', c == '+' && len(kept) == 0:
			kept = append(kept, c)
		default:
			return "", false
		}
		i++
	}
	return string(kept), true
}
