package erequest

import (
	"net/mail"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// Means is how a message travels between the agency and a customer.
type Means string

// The means.
const (
	ByLetter    Means = "letter"
	ByEmail     Means = "email"
	ByTelephone Means = "telephone"
)

// AllMeans lists the means. The caller may keep and change the slice.
func AllMeans() []Means { return []Means{ByLetter, ByEmail, ByTelephone} }

// Message returns what the means is called.
func (m Means) Message() cris.Message { return cris.Message{Code: "erequest.means." + cris.Code(m)} }

// Contact is where a person can be reached, as the person entered it. One of the three is
// enough.
type Contact struct {
	Email   cris.Personal[string]
	Phone   cris.Personal[string]
	Address cris.Address
	Answer  Means // how the person wants the response; may be "" where there is only one way
}

// AnswerBy returns how the person wants the response: what Answer says or, if that is "", the
// only way to reach the person. It is "" if there are several ways, or none.
func (c Contact) AnswerBy() Means {
	if ways := c.ways(); c.Answer == "" && len(ways) == 1 {
		return ways[0]
	}
	return c.Answer
}

// ways are the means by which the person can be reached.
func (c Contact) ways() (ways []Means) {
	for _, way := range []struct {
		means Means
		given bool
	}{{ByLetter, !c.Address.IsZero()}, {ByEmail, !c.Email.IsZero()}, {ByTelephone, !c.Phone.IsZero()}} {
		if way.given {
			ways = append(ways, way.means)
		}
	}
	return ways
}

// NormalEmail returns the e-mail address in the form in which equal addresses are equal:
// without blanks around it, in Unicode NFC, its domain in lower case. It holds nothing if
// there is no address or mail cannot be sent to it.
func (c Contact) NormalEmail() cris.Personal[string] {
	return cris.NewPersonal(normalEmail(c.Email.Reveal()))
}

// NormalPhone returns the phone number in the form of RFC 3966: a plus sign and all digits,
// such as +12025550143, and ;ext= with an extension. It holds nothing if there is no number or
// it cannot be called.
func (c Contact) NormalPhone() cris.Personal[string] {
	return cris.NewPersonal(normalPhone(c.Phone.Reveal()))
}

// faults returns what is wrong with the contact information.
func (c Contact) faults() (faults []cris.Reason) {
	if c == (Contact{Answer: c.Answer}) {
		return []cris.Reason{contactMissing}
	}
	if !c.Email.IsZero() && c.NormalEmail().IsZero() {
		faults = append(faults, emailMalformed)
	}
	if !c.Phone.IsZero() && c.NormalPhone().IsZero() {
		faults = append(faults, phoneMalformed)
	}
	if !slices.Contains(c.ways(), c.AnswerBy()) {
		faults = append(faults, answerUnreachable)
	}
	return faults
}

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

// normalPhone returns "" for what cannot be called. It reads an American number of ten digits,
// with or without 1 before it, or an international one of 8 to 15 digits after a plus sign;
// and perhaps an extension. Separators, parentheses, dots and slashes do not count.
func normalPhone(s string) string {
	const fewest, most, longestExtension = 8, 15, 7
	if !text.IsLine(s, maxTextBytes) {
		return ""
	}
	number, extension, hasExtension := cutExtension(s)
	if strings.Contains(number, "+") {
		number = strings.Replace(number, "(0)", "", 1) // the zero is for calls within the country
	}
	digits, ok := phoneDigits(number)
	if !ok || strings.Trim(digits, "+0") == "" {
		return ""
	}
	if hasExtension {
		if extension, ok = phoneDigits(extension); !ok || extension == "" || len(extension) > longestExtension || extension[0] == '+' {
			return ""
		}
		extension = ";ext=" + extension
	}
	digits, international := strings.CutPrefix(digits, "+")
	if rest, isAmerican := strings.CutPrefix(digits, "1"); isAmerican && (international || len(digits) == 11) {
		digits, international = rest, false
	}
	switch {
	case international && len(digits) >= fewest && len(digits) <= most && digits[0] != '0':
		return "+" + digits + extension
	case !international && isAmericanPhone(digits):
		return "+1" + digits + extension
	}
	return ""
}

// isAmericanPhone reports whether ten digits are an area code, an exchange and a line of
// the North American plan: neither of the first two begins with 0 or 1 or is a service code
// such as 911, and no area code has a 9 in the middle, since those are kept for the day when
// codes get longer. Behind a toll-free area code any exchange from 200 on will do.
func isAmericanPhone(digits string) bool {
	const tollFree = " 800 833 844 855 866 877 888 "
	return len(digits) == 10 && digits[0] >= '2' && digits[1] != '9' && digits[3] >= '2' &&
		digits[1:3] != "11" && (digits[4:6] != "11" || strings.Contains(tollFree, digits[:3]))
}

// cutExtension cuts the number at what stands before an extension, in English or Spanish.
func cutExtension(s string) (number, extension string, found bool) {
	for _, mark := range []string{";ext=", "extension", "extensión", "ext:", "ext.", "ext", "x", "#"} {
		if number, extension, found = strings.Cut(strings.ToLower(s), mark); found {
			return number, extension, true
		}
	}
	return s, "", false
}

// phoneDigits returns the digits of s and the plus sign before them; false if there is
// anything else.
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
