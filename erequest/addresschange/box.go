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
// in English or Spanish, or general delivery. A private mailbox (PMB) stands behind a street
// address and is none, nor is a box on a rural or highway route.
func isPostOfficeBox(address cris.Address) bool {
	parts := address.Reveal()
	for _, line := range []string{parts.Street, parts.Unit, parts.Street + " " + parts.Unit} {
		if boxes().MatchString(bareLine(line)) {
			return true
		}
	}
	return false
}

// boxes matches what bareLine makes of the line of a post office box.
var boxes = sync.OnceValue(func() *regexp.Regexp {
	const number = ` ?(NO |NUM |NUMERO |N )?\d`
	return regexp.MustCompile(strings.Join([]string{
		`(^| )(G ?)?P ?[O0] (BOX|BX)( |\d|$)`, // P.O. Box, PO Box 12, P0 Box, GPO Box
		`(^| )(G ?)?P ?[O0](BOX|BX)` + number, // POBox12
		`(^| )P ?[O0] ?B` + number,            // POB 12
		`(^| )POST(AL)? ?(OFFICE )?(BOX|BX)` + number,
		`(^| )POST ?OFFICE ?(BOX|BX)( |$)`,
		`^(BOX|BX|CAJA)` + number + `+$`,                                                               // a box alone
		`(^| )(APARTADO|APDO|APTDO|CASILLA)( POSTAL| DE CORREOS?| AEREO)?` + number,                    // Apartado 12
		`(^| )(APARTADO|APDO|APTDO|CASILLA) (POSTAL|DE CORREOS?|AEREO)( |$)`,                           // Apartado Postal A
		`(^| )(GENERAL DELIVERY|POSTE RESTANTE|LISTA DE CORREOS?|ENTREGA GENERAL|CALLER SERVICE)( |$)`, // no address at all
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
