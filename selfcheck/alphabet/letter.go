package alphabet

import (
	"slices"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Readings are the ways in which systems write one letter with the letters A to Z, in
// capitals, that of ICAO Doc 9303 first. The empty one leaves the letter out.
type Readings []string

// letter is how a letter is written with A to Z.
type letter struct {
	icao, base string
	all        Readings
}

// letterOf returns how a capital letter is written, and false if nobody writes it with A to
// Z; it is then read as itself.
//
// An accent that has no reading of its own is left out: Ǖ is read as Ü is, and as U.
func letterOf(capital rune) (letter, bool) {
	if !hasAccents(capital) {
		return asItself(capital), false
	}
	var l letter
	accented := []rune(norm.NFD.String(string(capital)))
	for end := len(accented); end > 0; end-- {
		shorter := []rune(norm.NFC.String(string(accented[:end])))
		if len(shorter) > 1 {
			continue
		}
		readings := transliterations[shorter[0]]
		base := readings
		if plain := unicode.ToUpper(shorter[0]); isCapital(plain) {
			// It is ToUpper that finds the letter under ǰ, which has no capital.
			readings = Readings{string(plain)}
			base = readings
		}
		if own, ok := bases[shorter[0]]; ok {
			base = Readings{own}
			readings = slices.Concat(readings, base)
		}
		for _, reading := range readings {
			if !slices.Contains(l.all, reading) {
				l.all = append(l.all, reading)
			}
		}
		if len(base) > 0 {
			l.base = base[0]
		}
	}
	if len(l.all) == 0 {
		return asItself(accented[0]), false
	}
	l.icao = l.all[0]
	return l, true
}

func asItself(r rune) letter { return letter{string(r), string(r), Readings{string(r)}} }

// in returns the letter in a form.
func (l letter) in(form Form) string {
	if form == BaseLetter {
		return l.base
	}
	return l.icao
}

func isCapital(r rune) bool { return 'A' <= r && r <= 'Z' }

// isLetter reports whether r is a letter of a name. Unicode also counts signs as letters
// that stand for an apostrophe, such as the okina of ʻŌlelo, and the Arabic tatweel, which
// only makes a word longer.
func isLetter(r rune) bool { return unicode.IsLetter(r) && !isModifier(r) && r != tatweel }

// isModifier reports whether r is a letter to Unicode, and an apostrophe to others.
func isModifier(r rune) bool {
	const (
		first           = '\u02B0'
		last            = '\u02EE'
		capitalSaltillo = '\uA78B'
		smallSaltillo   = '\uA78C'
	)
	return first <= r && r <= last || r == capitalSaltillo || r == smallSaltillo
}

// hasAccents reports whether marks on the letter are accents or vowel points, which other
// systems leave out, and not letters of their own.
func hasAccents(letter rune) bool {
	return unicode.In(letter, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew)
}

const (
	tatweel    = '\u0640'
	tehMarbuta = '\u0629'
	shadda     = '\u0651' // doubles the Arabic letter that it stands on
)

// bases are the letters under a stroke or the like that Unicode does not take apart, where
// they are not what ICAO Doc 9303 writes.
var bases = map[rune]string{'Ø': "O", 'ĸ': "K"}

// transliterations are how letters are written with A to Z that are more than a letter of
// these with an accent. The first reading is that of ICAO Doc 9303, Part 3, Section 6, or
// the base letter where it has none; further ones are what it permits beside it, or what
// single countries use. It is the only table of letters of the module.
var transliterations = map[rune]Readings{
	// Latin letters
	'Ä': {"AE"}, 'Å': {"AA"}, 'Æ': {"AE"}, 'Ð': {"D"}, 'Ñ': {"N", "NXX"}, 'Ö': {"OE"}, 'Ø': {"OE"}, 'Ü': {"UE", "UXX"},
	'Þ': {"TH"}, 'ß': {"SS"}, 'ẞ': {"SS"}, 'Đ': {"D", "DJ"}, 'Ħ': {"H"}, 'ĸ': {"Q"}, 'Ł': {"L"}, 'Ŋ': {"N"}, 'Œ': {"OE"}, 'Ŧ': {"T"},

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
