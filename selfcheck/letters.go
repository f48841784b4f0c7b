package selfcheck

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// readings are the ways in which other systems write one letter with the letters A to Z;
// the empty one leaves it out.
type readings []string

// spellings returns the readings of each letter of a name, in order. What is not a letter
// (spaces, hyphens, apostrophes, periods, digits) is left out, as providers do that only
// take letters. A letter that nobody writes with A to Z is read as itself.
func spellings(name string) []readings {
	var letters []readings
	var last rune // the letter that marks belong to
	for _, r := range norm.NFKC.String(name) {
		switch {
		case isLetter(r):
			last = unicode.ToUpper(r)
			letters = append(letters, readingsOf(last))
		case r == shadda && len(letters) > 0:
			// ICAO 9303: it doubles the letter that it stands on. Others leave it out.
			letters = append(letters, append(readings{""}, letters[len(letters)-1]...))
		case unicode.Is(unicode.M, r) && last != 0 && !hasAccents(last):
			letters = append(letters, readings{string(r)}) // a vowel of India or Thailand is no accent
		}
	}
	return letters
}

// initial returns the first letter of a name with the marks on it, "" if there is none. No
// name begins with a modifier letter, such as the high tone of N'Ko or a sign of repetition.
func initial(name string) string {
	start := strings.IndexFunc(name, func(r rune) bool { return isLetter(r) && !unicode.Is(unicode.Lm, r) })
	if start < 0 {
		return ""
	}
	for i, r := range name[start:] {
		if i > 0 && !unicode.Is(unicode.M, r) {
			return name[start : start+i]
		}
	}
	return name[start:]
}

// isLetter reports whether r is a letter of a name. Unicode also counts signs as letters
// that stand for an apostrophe, such as the okina of ʻŌlelo, and the Arabic tatweel, which
// only makes a word longer.
func isLetter(r rune) bool {
	const (
		firstModifier   = '\u02B0'
		lastModifier    = '\u02EE'
		tatweel         = '\u0640'
		capitalSaltillo = '\uA78B'
		smallSaltillo   = '\uA78C'
	)
	isApostrophe := firstModifier <= r && r <= lastModifier || r == capitalSaltillo || r == smallSaltillo
	return unicode.IsLetter(r) && !isApostrophe && r != tatweel
}

// hasAccents reports whether marks on the letter are accents or vowel points, which other
// systems leave out, and not letters of their own.
func hasAccents(letter rune) bool {
	return unicode.In(letter, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew)
}

// readingsOf returns the readings of a capital letter: by ICAO Doc 9303, and by its base
// letter, with some of its accents or none.
func readingsOf(letter rune) readings {
	if !hasAccents(letter) {
		return readings{string(letter)}
	}
	var all readings
	accented := []rune(norm.NFD.String(string(letter)))
	for end := len(accented); end > 0; end-- {
		base := []rune(norm.NFC.String(string(accented[:end])))
		if len(base) > 1 {
			continue
		}
		if capital := unicode.ToUpper(base[0]); isCapital(capital) {
			all = append(all, string(capital)) // ǰ is no capital: Unicode has none for it
		}
		all = append(all, transliterations[base[0]]...)
	}
	if len(all) == 0 {
		return readings{string(accented[0])}
	}
	return all
}

// shadda doubles the Arabic letter that it stands on.
const shadda = '\u0651'

// transliterations are how letters are written with A to Z that are more than a letter of
// these with an accent. The first reading is that of ICAO Doc 9303, Part 3, Section 6;
// further ones are what it permits beside it, what single countries use, or the base
// letter.
var transliterations = map[rune]readings{
	// Latin letters
	'Ä': {"AE"}, 'Å': {"AA"}, 'Æ': {"AE"}, 'Ð': {"D"}, 'Ñ': {"NXX"}, 'Ö': {"OE"}, 'Ø': {"OE", "O"}, 'Ü': {"UE", "UXX"},
	'Þ': {"TH"}, 'ß': {"SS"}, 'ẞ': {"SS"}, 'Đ': {"D", "DJ"}, 'Ħ': {"H"}, 'ĸ': {"Q", "K"}, 'Ł': {"L"}, 'Ŋ': {"N"}, 'Œ': {"OE"}, 'Ŧ': {"T"},

	// Latin letters that ICAO does not list, by their base letter
	'Ɓ': {"B"}, 'Ɖ': {"D"}, 'Ɗ': {"D"}, 'Ə': {"A", "E"}, 'Ɛ': {"E"}, 'Ƒ': {"F"}, 'Ɣ': {"G"}, 'Ɩ': {"I"}, 'Ƙ': {"K"},
	'Ɲ': {"N"}, 'Ɔ': {"O"}, 'Ʋ': {"V"}, 'Ƴ': {"Y"}, 'Ⱥ': {"A"}, 'Ȼ': {"C"}, 'Ɇ': {"E"}, 'Ɨ': {"I"}, 'Ɬ': {"L"}, 'Ƚ': {"L"},
	'Ɵ': {"O"}, 'Ⱦ': {"T"}, 'Ʉ': {"U"}, 'Ƶ': {"Z"},

	// Cyrillic letters
	'Ё': {"E", "IO"}, 'Ђ': {"D"}, 'Ѓ': {"G", "GJ"}, 'Є': {"IE"}, 'Ѕ': {"DZ"}, 'І': {"I"}, 'Ї': {"I"}, 'Ј': {"J"}, 'Љ': {"LJ"},
	'Њ': {"NJ"}, 'Ћ': {"C"}, 'Ќ': {"K", "KJ"}, 'Ў': {"U"}, 'Џ': {"DZ", "DJ"}, 'А': {"A"}, 'Б': {"B"}, 'В': {"V"}, 'Г': {"G", "H"},
	'Д': {"D"}, 'Е': {"E"}, 'Ж': {"ZH", "Z"}, 'З': {"Z"}, 'И': {"I", "Y"}, 'Й': {"I"}, 'К': {"K"}, 'Л': {"L"}, 'М': {"M"},
	'Н': {"N"}, 'О': {"O"}, 'П': {"P"}, 'Р': {"R"}, 'С': {"S"}, 'Т': {"T"}, 'У': {"U"}, 'Ф': {"F"}, 'Х': {"KH", "H"},
	'Ц': {"TS", "C"}, 'Ч': {"CH", "C"}, 'Ш': {"SH", "S"}, 'Щ': {"SHCH", "SHT"}, 'Ъ': {"IE", ""}, 'Ы': {"Y"}, 'Ь': {""},
	'Э': {"E"}, 'Ю': {"IU"}, 'Я': {"IA"}, 'Ѫ': {"U"}, 'Ґ': {"G"}, 'Һ': {"C"},

	// Arabic letters
	'ء': {"XE"}, 'آ': {"XAA"}, 'أ': {"XAE"}, 'ؤ': {"U"}, 'إ': {"I"}, 'ئ': {"XI"}, 'ا': {"A"}, 'ب': {"B"}, 'ة': {"XTA", "XAH"},
	'ت': {"T"}, 'ث': {"XTH"}, 'ج': {"J"}, 'ح': {"XH"}, 'خ': {"XKH"}, 'د': {"D"}, 'ذ': {"XDH"}, 'ر': {"R"}, 'ز': {"Z"},
	'س': {"S"}, 'ش': {"XSH"}, 'ص': {"XSS"}, 'ض': {"XDZ"}, 'ط': {"XTT"}, 'ظ': {"XZZ"}, 'ع': {"E"}, 'غ': {"G"}, 'ف': {"F"},
	'ق': {"Q"}, 'ك': {"K"}, 'ل': {"L"}, 'م': {"M"}, 'ن': {"N"}, 'ه': {"H"}, 'و': {"W"}, 'ى': {"XAY"}, 'ي': {"Y"},
	'ٱ': {"XXA"}, 'ٹ': {"XXT"}, 'ټ': {"XRT"}, 'پ': {"P"}, 'ځ': {"XKE"}, 'څ': {"XXH"}, 'چ': {"XC"}, 'ڈ': {"XXD"}, 'ډ': {"XDR"},
	'ڑ': {"XXR"}, 'ړ': {"XRR"}, 'ږ': {"XRX"}, 'ژ': {"XJ"}, 'ښ': {"XXS"}, 'ک': {"XKK"}, 'ګ': {"XXK"}, 'ڭ': {"XNG"}, 'گ': {"XGG"},
	'ں': {"XNN"}, 'ڼ': {"XXN"}, 'ھ': {"XDO"}, 'ۀ': {"XYH"}, 'ہ': {"XXG"}, 'ۂ': {"XGE"}, 'ۃ': {"XTG"}, 'ی': {"XYA"}, 'ۍ': {"XXY"},
	'ې': {"Y"}, 'ے': {"XYB"}, 'ۓ': {"XBE"},
}
