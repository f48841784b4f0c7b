package selfchecktest

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/seed28e20331/cris"
)

// Spelling is how an identity proofing provider writes the name that it was sent. None of
// those here writes it as it came.
type Spelling func(cris.NameParts) cris.NameParts

// InCapitals writes O’Brien as O'BRIEN, Nuñez as NUNEZ, and the initial A as "A.". It does
// not tell the maiden name.
func InCapitals(sent cris.NameParts) cris.NameParts {
	reported := cris.NameParts{Family: plain(sent.Family), Given: plain(sent.Given), Middle: plain(sent.Middle)}
	if reported.Middle != "" {
		reported.Middle += "."
	}
	return reported
}

// LettersOnly writes O’Brien as OBRIEN and Mary-Ann as MARYANN.
func LettersOnly(sent cris.NameParts) cris.NameParts {
	letters := func(part string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) {
				return r
			}
			return -1
		}, plain(part))
	}
	return cris.NameParts{Family: letters(sent.Family), Given: letters(sent.Given), Middle: letters(sent.Middle), Maiden: letters(sent.Maiden)}
}

// MachineReadable writes names as passports do for machines: Müller as MUELLER, De la Cruz
// as DE<LA<CRUZ.
func MachineReadable(sent cris.NameParts) cris.NameParts {
	lines := strings.NewReplacer(
		"Ä", "AE", "Å", "AA", "Ñ", "NXX", "Ö", "OE", "Ø", "OE", "Ü", "UE",
		" ", "<", "-", "<", "'", "", "’", "", "ʻ", "", ".", "",
	)
	write := func(part string) string { return plain(lines.Replace(strings.ToUpper(norm.NFC.String(part)))) }
	return cris.NameParts{Family: write(sent.Family), Given: write(sent.Given), Middle: write(sent.Middle), Maiden: write(sent.Maiden)}
}

// plain writes a part of a name in capitals, without accents, and with the apostrophe and
// the hyphen of a typewriter. Letters of other alphabets stay as they are.
func plain(part string) string {
	typewriter := strings.NewReplacer(
		"Æ", "AE", "Œ", "OE", "Ø", "O", "Þ", "TH", "Ð", "D", "Đ", "D", "Ł", "L", "ß", "SS", "ẞ", "SS", "İ", "I",
		"’", "'", "‘", "'", "ʻ", "'", "ʼ", "'", "‐", "-", "‑", "-", "–", "-",
	)
	letters := norm.NFD.String(typewriter.Replace(strings.ToUpper(norm.NFC.String(part))))
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, letters))
}
