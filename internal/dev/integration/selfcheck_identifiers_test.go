package integration_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/alphabet"
)

// enteredNumbers are numbers of every kind, right and wrong, as people enter them.
var enteredNumbers = []string{
	"123456789", "A123456789", "a87654321", "000000000", "12345678901", "123456789A1", "123456789a1", "A2345678901", "0000000000A",
	"1234567890", "IOE1234567890", "ioe*123456789", "IOE0000000000", "UNK*123456789", "N0012345678", "0012345678", "M0012345678", "AB123456",
	"P1234567", "123456", "12345", "ABCDEFGHIJKL", "1234567890123", "K1234567", "12345678", "00000000", "912803456", "Z12803456", "C12345678",
	"C1234567", "DL-99*1", "***", "12345678901234567", "123456789012345678", "SWE", "USA", "QQQ", "swe", "OH",
}

// documentNumberRows says how each published row is read. What the library accepts has the
// published form. What has the form and is refused is nobody's, for the reason given.
var documentNumberRows = map[string]struct {
	form    string // the published pattern, of the whole number
	read    func(string) (string, error)
	nobodys string
}{
	"alien_number (SAVE/VLP v37)":  {`[0-9]{9}`, aNumberDigits, `0+`},
	"alien_number (E-Verify REST)": {`A[0-9]{9}`, aNumber, `A0+`},
	"i94_number (SAVE/VLP)":        {`[0-9A-Za-z]{11}`, i94Number, `0+[A-Z]?|.*[A-Za-z].*[A-Za-z].*`},
	"i94_number (E-Verify client)": {`[0-9A-Za-z]{11}`, i94Number, `0+[A-Z]?|.*[A-Za-z].*[A-Za-z].*`},
	"i94_number (CBP rule since May 2019)": {
		`[0-9]{11}|[0-9]{9}[A-Za-z][0-9]|[0-9]*[A-Za-z][0-9]*`, i94Number,
		`0+[A-Z]?|.{0,10}|.{12,}`,
	},
	"card/receipt number":                      {`[a-zA-Z]{3}(?:[0-9]{10}|[*][0-9]{9})`, cardNumber, `[A-Z]{3}0+`},
	"i551_number / i766_number (E-Verify)":     {`[a-zA-Z]{3}(\d{10}|[*]\d{9})`, cardNumber, `[A-Z]{3}0+`},
	"sevis_id":                                 {`N[0-9]{10}|[0-9]{10}`, sevisNumber, `N?0+`},
	"foreign passport":                         {`[a-zA-Z0-9]{6,12}`, foreignPassport, `[A-Za-z]*0+`},
	"visa (foil) number":                       {`[a-zA-Z0-9]{8}`, visaNumber, `[^1-9]*`},
	"country of issuance":                      {`[a-zA-Z]{3}`, country, `QQQ`},
	"us_passport_number (E-Verify client)":     {`[A-Za-z0-9]{6,9}`, usPassport, `[A-Z]?0+|.+[A-Za-z].*`},
	"us passport book":                         {`[0-9]{6,9}|[A-Za-z][0-9]{5,8}`, usPassport, `[A-Z]?0+`},
	"us passport card":                         {`[0-9]{6,9}|[A-Za-z][0-9]{5,8}`, usPassport, `[A-Z]?0+`},
	"document_bc_number":                       {`[a-zA-Z0-9*-]{1,17}`, documentNumber, `[^1-9]*`},
	"naturalization / citizenship certificate": {}, // E-Verify has no field for it: it is a document of list C without a number
	"i551 unknown mask":                        {}, // made by a client out of an A-Number, and printed on no card
	"case number (SAVE)":                       {}, // of another system than E-Verify
	"names (SAVE)":                             {`[a-zA-Z '-]{1,40}`, eVerifyName, ``},
	"names (E-Verify client)":                  {`[a-zA-Z'’\- ]+`, eVerifyName, ``},
	"names (RIDP IdP)":                         {`[a-zA-Z]{1,32}`, providerName, ``},
	"names (Experian Connect)":                 {`[A-Za-z-]{1,32}`, providerName, ``},
	"us passport":                              {`[0-9A-Z]{9}`, usPassport, `[A-Z]?0+|.+[A-Za-z].*`},
}

func aNumber(s string) (string, error) { n, err := cris.ParseANumber(s); return n.Reveal(), err }

func aNumberDigits(s string) (string, error) {
	n, err := aNumber(s)
	return strings.TrimPrefix(n, "A"), err
}

func i94Number(s string) (string, error) {
	n, err := selfcheck.ParseI94Number(s)
	return n.Reveal(), err
}

func cardNumber(s string) (string, error) {
	n, err := casestatus.ParseReceiptNumber(s)
	return n.String(), err
}

func sevisNumber(s string) (string, error) {
	n, err := selfcheck.ParseSEVISNumber(s)
	return n.Reveal(), err
}

func foreignPassport(s string) (string, error) {
	n, err := selfcheck.ParseForeignPassportNumber(s)
	return n.Reveal(), err
}

func visaNumber(s string) (string, error) {
	n, err := selfcheck.ParseVisaNumber(s)
	return n.Reveal(), err
}

func country(s string) (string, error) {
	code, err := selfcheck.ParseCountryCode(s)
	return string(code), err
}

func usPassport(s string) (string, error) {
	n, err := selfcheck.ParseUSPassportNumber(s)
	return n.Reveal(), err
}

func documentNumber(s string) (string, error) {
	n, err := selfcheck.ParseDocumentNumber(s)
	return n.Reveal(), err
}

func eVerifyName(s string) (string, error) {
	name, err := cris.NewPersonName(cris.NameParts{Family: s})
	return alphabet.ForEVerify(name, alphabet.ICAO).Name.Reveal().Family, err
}

func providerName(s string) (string, error) {
	name, err := cris.NewPersonName(cris.NameParts{Given: s})
	return alphabet.ForProvider(name, alphabet.ICAO).Name.Reveal().Given, err
}

func TestSC9_PublishedDocumentNumbers(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range published(t, "document_numbers.tsv") {
		kind := row[0]
		seen[kind] = true
		of, known := documentNumberRows[kind]
		require.True(t, known, "no test for %q", kind)
		if of.read == nil {
			continue
		}
		if kind == "us passport" { // a test value
			_, err := of.read(row[1])
			require.NoError(t, err, row[1])
			continue
		}
		form, nobodys := regexp.MustCompile(`^(?:`+of.form+`)$`), regexp.MustCompile(`^(?:`+of.nobodys+`)$`)
		for _, entered := range enteredNumbers {
			kept, err := of.read(entered)
			if err == nil && kept != "" {
				require.Regexp(t, form, kept, "%s, entered as %s", kind, entered)
			}
			if form.MatchString(entered) && err != nil {
				require.Regexp(t, nobodys, strings.ToUpper(entered), "%s: %v", kind, err)
			}
		}
	}
	for kind := range documentNumberRows {
		require.True(t, seen[kind], "%q is published no more", kind)
	}
}

func TestSC9_PublishedSocialSecurityNumbers(t *testing.T) {
	rows := published(t, "ssn.tsv")
	require.GreaterOrEqual(t, len(rows), 14)
	for _, row := range rows {
		err := selfcheck.CheckEntered(selfcheck.FieldSSN, "", row[0])
		require.Equal(t, row[1] == "yes", err == nil, "%s: %s", row[0], row[2])
	}
}
