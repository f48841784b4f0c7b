package attempt

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/seed28e20331/cris"
)

// Person is whom attempts are counted for: a family name, the initial of the given name and a
// date of birth, in a form that does not change with spelling. It prints as [redacted]. It is
// comparable with ==. The zero Person is nobody.
//
// Middle, maiden and further given names are left out, because someone who gives them once and
// leaves them out once is the same person to a provider. The few who share all three values with
// someone else share their attempts.
type Person struct{ hiddenPerson }

type hiddenPerson = cris.Personal[string]

// PersonOf returns the person of the name and the date of birth. It is the zero Person if either
// is missing. A suffix such as Jr. after the family name does not matter. Nor do the placeholders
// that American documents have for a missing name (FNU, LNU), nor the field in which an only name
// stands.
func PersonOf(name cris.PersonName, birth cris.Personal[cris.Date]) Person {
	if name.IsZero() || birth.IsZero() {
		return Person{}
	}
	parts := name.Reveal()
	family, given := fold(withoutSuffix(parts.Family)), fold(parts.Given)
	if family == "LNU" && given != "" {
		family = ""
	}
	if given == "FNU" && family != "" {
		given = ""
	}
	switch {
	case family == "":
		family = given
	case given == "":
		given = family
	}
	_, size := utf8.DecodeRuneInString(given)
	return Person{cris.NewPersonal(strings.Join([]string{family, given[:size], birth.Reveal().String()}, "\x00"))}
}

// suffixes are what follows a family name and is no part of it.
var suffixes = []string{"JR", "SR", "II", "III", "IV"}

// withoutSuffix returns the words of the family name without its suffixes. A family name that
// consists only of suffixes stays.
func withoutSuffix(family string) string {
	words := strings.FieldsFunc(norm.NFKC.String(family), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	for len(words) > 1 && slices.Contains(suffixes, strings.ToUpper(words[len(words)-1])) {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}
