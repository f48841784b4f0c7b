package selfcheck

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/alphabet"
)

// sameName reports whether the name that a provider reports can be the one that it was sent:
// whether both can be written alike in the letters that providers have. Someone may really be
// called Fñu, so both are also compared as they are.
func sameName(sent, reported cris.PersonName) bool {
	s, r := sent.Reveal(), reported.Reveal()
	return sameParts(s, r) || sameParts(withoutPlaceholders(s), withoutPlaceholders(r))
}

func sameParts(s, r cris.NameParts) bool {
	if s.Maiden != "" && r.Maiden != "" && !sameLetters(s.Maiden, r.Maiden) {
		return false
	}
	if s.Family == "" || s.Given == "" {
		return sameOnlyName(s.Family+s.Given, r) && sameInitial(s.Middle, r.Middle)
	}
	return sameLetters(s.Family, r.Family) && sameGivenNames(s, r)
}

// withoutPlaceholders removes what American documents write in place of a name that
// someone does not have: first name unknown, last name unknown.
func withoutPlaceholders(parts cris.NameParts) cris.NameParts {
	switch {
	case strings.EqualFold(parts.Given, "FNU") && parts.Family != "":
		parts.Given = ""
	case strings.EqualFold(parts.Family, "LNU") && parts.Given != "":
		parts.Family = ""
	}
	return parts
}

// sameOnlyName reports whether a provider reports the name of someone who has one name:
// in either field or, if it needs both, in each.
func sameOnlyName(name string, reported cris.NameParts) bool {
	return (reported.Family == "" || sameLetters(name, reported.Family)) &&
		(reported.Given == "" || sameLetters(name, reported.Given))
}

// sameGivenNames reports whether given and middle names are the same. Where the one ends
// and the other begins differs from provider to provider: Mary Ann may be Mary A.
func sameGivenNames(sent, reported cris.NameParts) bool {
	return sameLetters(sent.Given, reported.Given) && sameInitial(sent.Middle, reported.Middle) ||
		sameLetters(sent.Given+sent.Middle, reported.Given+reported.Middle) ||
		isMiddleOf(sent.Given, reported) || isMiddleOf(reported.Given, sent)
}

// isMiddleOf reports whether a further name in given is the middle name of the other.
func isMiddleOf(given string, other cris.NameParts) bool {
	for i, r := range given {
		if (unicode.IsSpace(r) || isDash(r) || r == '.') && sameLetters(given[:i], other.Given) &&
			alphabet.Initial(other.Middle) != "" && alphabet.Initial(given[i:]) != "" && sameInitial(given[i:], other.Middle) {
			return true
		}
	}
	return false
}

// sameInitial reports whether two middle names can be one. The provider is sent the
// initial alone, and one that only one of the two has says nothing.
func sameInitial(sent, reported string) bool {
	s, r := alphabet.Initial(sent), alphabet.Initial(reported)
	return s == "" || r == "" || haveReading(s, r, true) || haveReading(r, s, true)
}

// sameLetters reports whether two spellings of a part of a name are the same. Providers
// hold 32 characters of it and cut off the rest; a space at the cut is lost.
func sameLetters(sent, reported string) bool {
	const held = 32
	length := utf8.RuneCountInString(reported)
	isCut := length == held || length == held-1
	return sent == reported && sent != "" || haveReading(sent, reported, isCut)
}

// haveReading reports whether two texts have a reading in common. If the second was cut
// off, its reading may be the beginning of one of the first. Texts that can be read as
// nothing, since they have no letters, have nothing in common with any.
func haveReading(first, second string, isCut bool) bool {
	a, b := alphabet.Spellings(first), alphabet.Spellings(second)
	if canBeEmpty(a) || canBeEmpty(b) {
		return false
	}
	// A state is how many letters of both were read. One may be ahead of the other by a
	// part of its last reading, as Ö, read as OE, is of the O of an O and E.
	type state struct {
		a, b   int
		ahead  string
		aheadA bool // it is the first that is ahead
	}
	seen := map[state]bool{}
	for todo := []state{{}}; len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		isRead := at.b == len(b) && (at.ahead == "" || at.aheadA)
		if isRead && (isCut || at.a == len(a) && at.ahead == "") {
			return true
		}
		if seen[at] {
			continue
		}
		seen[at] = true
		// The one that is not ahead goes on.
		letters, read := a[at.a:], state{at.a + 1, at.b, "", true}
		if at.aheadA || at.ahead == "" && len(letters) == 0 {
			letters, read = b[at.b:], state{at.a, at.b + 1, "", false}
		}
		if len(letters) == 0 {
			continue
		}
		for _, reading := range letters[0] {
			next := read
			if rest, ok := strings.CutPrefix(at.ahead, reading); ok {
				next.ahead, next.aheadA = rest, at.aheadA && rest != ""
			} else if rest, ok := strings.CutPrefix(reading, at.ahead); ok {
				next.ahead = rest
			} else {
				continue
			}
			todo = append(todo, next)
		}
	}
	return false
}

// canBeEmpty reports whether every letter can be left out, as none can.
func canBeEmpty(letters []alphabet.Readings) bool {
	return !slices.ContainsFunc(letters, func(r alphabet.Readings) bool { return !slices.Contains(r, "") })
}
