package everify

import (
	"cmp"
	"strings"
	"unicode"

	"github.com/seed28e20331/cris"
)

const (
	maxFirstName = 25 // characters
	maxLastName  = 40
	noFirstName  = "Unknown" // as Form I-9 has it for who has one name
)

// nameOf returns the name as E-Verify takes it: letters, spaces, apostrophes and hyphens, so many of them. A part with a letter
// that cannot be written so is "".
func nameOf(name cris.PersonName) cris.NameParts {
	parts := name.Reveal()
	only := parts.Family == "" || parts.Given == ""
	family := fold(cmp.Or(parts.Family, parts.Given), maxLastName)
	given := noFirstName
	if !only {
		given = fold(parts.Given, maxFirstName)
	}
	return cris.NameParts{
		Family: family, Given: given, Maiden: fold(parts.Maiden, maxLastName),
		Middle: strings.ToUpper(strings.Trim(fold(strings.TrimLeft(parts.Middle, ".'’- "), 1), ".'- ")),
	}
}

// fold writes a part of a name with the letters A to Z.
func fold(part string, most int) string {
	var plain strings.Builder
	for _, r := range part {
		switch {
		case r < unicode.MaxASCII && unicode.IsLetter(r), r == ' ', r == '\'', r == '-':
			plain.WriteRune(r)
		case r == '.', unicode.Is(unicode.Mn, r):
		case strings.ContainsRune("’‘ʻʼ`´", r):
			plain.WriteRune('\'')
		case unicode.Is(unicode.Pd, r):
			plain.WriteRune('-')
		case unicode.IsSpace(r), r == ',':
			plain.WriteRune(' ')
		default:
			letters := baseLetters(r)
			if letters == "" {
				return ""
			}
			plain.WriteString(letters)
		}
	}
	whole := strings.Join(strings.Fields(plain.String()), " ")
	return strings.TrimRight(whole[:min(len(whole), most)], " ")
}

// baseLetters returns how a Latin letter is written without its accent, "" if it is not known.
func baseLetters(r rune) string {
	for _, row := range bases {
		if strings.ContainsRune(row.letters, unicode.ToUpper(r)) || strings.ContainsRune(row.letters, r) {
			if unicode.IsUpper(r) {
				return row.base
			}
			return strings.ToLower(row.base)
		}
	}
	return ""
}

// bases are the letters of Latin names by what they are written as without accents.
var bases = []struct{ base, letters string }{
	{"A", "ÀÁÂÃÄÅĀĂĄǍẠẢẤẦẨẪẬẮẰẲẴẶ"},
	{"AE", "Æ"},
	{"C", "ÇĆĈĊČ"},
	{"D", "ĎĐÐ"},
	{"E", "ÈÉÊËĒĔĖĘĚẸẺẼẾỀỂỄỆ"},
	{"G", "ĜĞĠĢ"},
	{"H", "ĤĦ"},
	{"I", "ÌÍÎÏĨĪĬĮİıỈỊ"},
	{"J", "Ĵ"},
	{"K", "Ķ"},
	{"L", "ĹĻĽĿŁ"},
	{"N", "ÑŃŅŇŊ"},
	{"O", "ÒÓÔÕÖØŌŎŐƠỌỎỐỒỔỖỘỚỜỞỠỢ"},
	{"OE", "Œ"},
	{"R", "ŔŖŘ"},
	{"S", "ŚŜŞŠȘ"},
	{"SS", "ßẞ"},
	{"T", "ŢŤŦȚ"},
	{"TH", "Þ"},
	{"U", "ÙÚÛÜŨŪŬŮŰŲƯỤỦỨỪỬỮỰ"},
	{"W", "Ŵ"},
	{"Y", "ÝŸŶỲỴỶỸ"},
	{"Z", "ŹŻŽ"},
}
