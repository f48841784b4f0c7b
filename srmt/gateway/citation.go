package gateway

import (
	"strconv"
	"strings"
)

// LawCode is a code in which law is published.
type LawCode string

// The codes of law.
const (
	USC LawCode = "usc" // the United States Code: laws
	CFR LawCode = "cfr" // the Code of Federal Regulations: regulations
)

// LawCodes lists the codes of law. The caller may keep and change the slice.
func LawCodes() []LawCode { return []LawCode{USC, CFR} }

// Citation names a place in law or regulation, such as 8 CFR 265.1. It is comparable with ==.
type Citation struct {
	Title   int // of the code, from 1
	Code    LawCode
	Section string // with its paragraphs, such as "552a(e)(3)"
}

// String returns the citation as it is printed: "8 CFR 265.1", "5 U.S.C. 552a(e)(3)".
func (c Citation) String() string {
	code := "CFR"
	if c.Code == USC {
		code = "U.S.C."
	}
	return strconv.Itoa(c.Title) + " " + code + " " + c.Section
}

// mostTitles is how many titles each code has.
var mostTitles = map[LawCode]int{USC: 54, CFR: 50}

// isWhole reports whether the citation can be one: a title that the code has, and a section,
// which begins with a digit.
func (c Citation) isWhole() bool {
	odd := func(r rune) bool {
		return !isTokenRune(r) && (r < 'A' || r > 'Z') && !strings.ContainsRune("().", r)
	}
	return c.Title >= 1 && c.Title <= mostTitles[c.Code] &&
		c.Section != "" && c.Section[0] >= '1' && c.Section[0] <= '9' && !strings.ContainsFunc(c.Section, odd)
}
