package erequest

import (
	"strings"

	"github.com/seed28e20331/cris/internal/text"
)

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
