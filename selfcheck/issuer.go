package selfcheck

import (
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// CountryCode is the country that issued a passport, as the three capital letters of ISO 3166-1.
// A record about a person holds it as a cris.Personal.
type CountryCode string

// StateCode is the state that issued a document, as the two capital letters of the USPS. A record
// about a person holds it as a cris.Personal.
type StateCode string

// unitedStates issues passports, but no foreign ones.
const unitedStates CountryCode = "USA"

// ParseCountryCode reads three letters, which become capitals; separators around them are
// dropped. It knows the countries and territories of ISO 3166-1 whose passports travelers
// show, and the codes that passports print beside them: Kosovo, the British overseas
// passports, and the organizations of ICAO Doc 9303. Its error is a *cris.ParseError.
func ParseCountryCode(s string) (CountryCode, error) {
	code, err := readLetters("country of issuance", s, 3)
	if err == nil && !strings.Contains(passportIssuers, " "+code+" ") {
		err = &cris.ParseError{What: "country of issuance", At: -1, Problem: "issues no passports"}
	}
	if err != nil {
		return "", err
	}
	return CountryCode(code), nil
}

// ParseStateCode reads two letters, which become capitals; separators around them are dropped. It
// knows the states, the District of Columbia and the outlying possessions, whose driver's
// licenses and identity cards Form I-9 accepts. It does not know the codes of military mail or of
// the freely associated states. Its error is a *cris.ParseError.
func ParseStateCode(s string) (StateCode, error) {
	code, err := readLetters("issuing state", s, 2)
	if err == nil && !strings.Contains(licenseIssuers, " "+code+" ") {
		err = &cris.ParseError{What: "issuing state", At: -1, Problem: "issues no such documents"}
	}
	if err != nil {
		return "", err
	}
	return StateCode(code), nil
}

// readLetters reads a code of so many letters.
func readLetters(what, s string, length int) (string, error) {
	code := make([]byte, 0, length)
	for i := 0; i < len(s); {
		if size := text.Separator(s, i); size > 0 {
			i += size
			continue
		}
		c := s[i] &^ 0x20 // a small letter becomes a capital
		switch {
		case !isCapital(rune(c)):
			return "", &cris.ParseError{What: what, At: i, Problem: "want a letter"}
		case len(code) == length:
			return "", &cris.ParseError{What: what, At: i, Problem: "too long"}
		}
		code = append(code, c)
		i++
	}
	if len(code) < length {
		return "", &cris.ParseError{What: what, At: len(s), Problem: "too short"}
	}
	return string(code), nil
}

// licenseIssuers are the states, the District of Columbia, and the outlying possessions.
const licenseIssuers = " AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO" +
	" MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC" +
	" AS GU MP PR VI "

// passportIssuers are the codes of ISO 3166-1, without those of places that issue no
// passport of their own; the codes of British passports that are not of British citizens;
// Kosovo by both its codes; and organizations that issue travel documents like passports.
const passportIssuers = " ABW AFG AGO AIA ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ" +
	" BMU BOL BRA BRB BRN BTN BWA CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CUW CYM CYP CZE DEU DJI" +
	" DMA DNK DOM DZA ECU EGY ERI ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GMB GNB GNQ" +
	" GRC GRD GRL GTM GUY HKG HND HRV HTI HUN IDN IMN IND IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR" +
	" KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MOZ MRT" +
	" MSR MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRK PRT PRY PSE QAT" +
	" ROU RUS RWA SAU SDN SEN SGP SHN SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO" +
	" THA TJK TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR URY USA UZB VAT VCT VEN VGB VNM VUT WSM YEM ZAF ZMB ZWE" +
	" GBD GBN GBO GBP GBS RKS XKX EUE UNA UNK UNO XBA XCC XCE XCO XEC XES XIM XMP XOM XPO "
