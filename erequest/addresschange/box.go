package addresschange

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/seed28e20331/cris"
)

// isPostOfficeBox reports whether an address is one at which nobody lives: a post office box,
// in English or Spanish, or general delivery. A private mailbox (PMB) has a street
// address, so it is not a post office box. Neither is a box on a rural or highway route.
func isPostOfficeBox(address cris.Address) bool {
	parts := address.Reveal()
	for _, line := range []string{parts.Street, parts.Unit, parts.Street + " " + parts.Unit} {
		if boxes().MatchString(bareLine(line)) {
			return true
		}
	}
	return loneBox().MatchString(bareLine(parts.Street))
}

// loneBox matches what bareLine makes of a street that is a box and nothing else. In the second
// line of an address a box may be one on a rural route, of a military unit or of a college.
var loneBox = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(LOCK ?BOX|CALLER BOX|BOX|BX|CAJA( POSTAL)?|P ?O)( NO| NUM| NUMBER| NUMERO| N)? ?(\d+ ?[A-Z]?|[A-Z])$`)
})

// boxes matches what bareLine makes of the line of a post office box.
var boxes = sync.OnceValue(func() *regexp.Regexp {
	const number = ` ?(NO |NUM |NUMBER |NUMERO |N )?\d`
	return regexp.MustCompile(strings.Join([]string{
		`(^| )(G ?)?P ?[O0] (BOX|BX)( [A-Z]?[^A-Z]|\d| [A-Z]$|$)`, // P.O. Box, PO Box 12, P0 Box, GPO Box
		`(^| )P ?[O0] ?(DRAWER|DRWR)( |$)`,
		`(^| )(G ?)?P ?[O0](BOX|BX)` + number, // POBox12
		`(^| )P ?[O0] ?B` + number,            // POB 12
		`(^| )POST(AL)? ?(OFFICE |OFC )?(BOX|BX)` + number,
		`(^| )POST ?OFFICE ?(BOX|BX)( |$)`,
		`(^|[^E] |[^L]E )(APARTADO|APDO|APTDO|CASILLA)( POSTAL| DE CORREOS?| AEREO)?` + number,            // Apartado 12
		`(^| )(APARTADO|APDO|APTDO|CASILLA) (POSTAL|DE CORREOS?|AEREO)( |$)`,                              // Apartado Postal A
		`(^| )(GEN(ERAL)? DELIVERY|POSTE RESTANTE|LISTA DE CORREOS?|ENTREGA GENERAL|CALLER SERVICE)( |$)`, // no address at all
	}, "|"))
})

// bareLine returns a line in capitals, without accents and punctuation, its words a space
// apart, and with Latin letters for those of other scripts that look the same.
func bareLine(line string) string {
	var bare strings.Builder
	for _, r := range norm.NFKD.String(line) {
		switch r = unicode.ToUpper(r); {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '\u2019':
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			bare.WriteRune(r)
		default:
			bare.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(lookalikes.Replace(bare.String())), " ")
}

// lookalikes are the capitals of Cyrillic and Greek that are taken for the Latin ones in such
// words.
var lookalikes = strings.NewReplacer(
	"А", "A", "В", "B", "С", "C", "Е", "E", "О", "O", "Р", "P", "Т", "T", "Х", "X", "І", "I", "Ѕ", "S",
	"Α", "A", "Β", "B", "Ε", "E", "Ο", "O", "Ρ", "P", "Τ", "T", "Χ", "X", "Ι", "I",
)
