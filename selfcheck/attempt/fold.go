package attempt

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold brings a part of a name into the form that is counted: the letters A to Z that a
// provider would be sent, so that case, accents, spaces, hyphens and apostrophes do not make
// another person of somebody. Letters that may be written in two ways end up the same: Müller and
// Mueller are MULER, Ångström and Aangstroem are ANGSTROM. Two names that fold alike count as
// one; that is no harm where it is rare. Letters of scripts that are not in the table stay as
// they are, in capitals.
func fold(s string) string {
	var letters []rune
	for _, r := range norm.NFKD.String(s) {
		r = unicode.ToUpper(r)
		if reading, ok := readings[r]; ok {
			letters = append(letters, []rune(reading)...)
		} else if unicode.IsLetter(r) {
			letters = append(letters, r)
		}
	}
	var folded strings.Builder
	var last rune
	for _, r := range letters {
		isDiaeresis := r == 'E' && (last == 'A' || last == 'O' || last == 'U')
		if r != last && !isDiaeresis {
			folded.WriteRune(r)
			last = r
		}
	}
	return folded.String()
}

// readings are how ICAO Doc 9303 writes capital letters that have no accent to take away. Cyrillic
// letters are among them: some look like Latin ones.
var readings = map[rune]string{
	'Æ': "AE", 'Œ': "OE", 'Ø': "OE", 'ẞ': "SS", 'ß': "SS", 'Þ': "TH", 'Ð': "D", 'Đ': "D", 'Ħ': "H", 'Ł': "L", 'Ŧ': "T", 'Ŋ': "N", 'ĸ': "K",
	'А': "A", 'Б': "B", 'В': "V", 'Г': "G", 'Д': "D", 'Е': "E", 'Ж': "ZH", 'З': "Z", 'И': "I", 'К': "K", 'Л': "L", 'М': "M", 'Н': "N",
	'О': "O", 'П': "P", 'Р': "R", 'С': "S", 'Т': "T", 'У': "U", 'Ф': "F", 'Х': "KH", 'Ц': "TS", 'Ч': "CH", 'Ш': "SH", 'Щ': "SHCH",
	'Ъ': "IE", 'Ы': "Y", 'Ь': "", 'Э': "E", 'Ю': "IU", 'Я': "IA", 'І': "I", 'Є': "IE", 'Ј': "J", 'Ѕ': "DZ", 'Љ': "LJ", 'Њ': "NJ", 'Џ': "DZ", 'Ђ': "D", 'Ґ': "G",
}
