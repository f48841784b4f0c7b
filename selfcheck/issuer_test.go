package selfcheck_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// letterCodes returns every text of so many capital letters.
func letterCodes(length int) []string {
	codes := []string{""}
	for range length {
		var longer []string
		for _, code := range codes {
			for letter := 'A'; letter <= 'Z'; letter++ {
				longer = append(longer, code+string(letter))
			}
		}
		codes = longer
	}
	return codes
}

// withoutPassports are places of ISO 3166-1 whose people have the passport of another
// country, or in which nobody lives.
var withoutPassports = strings.Fields("ALA ASM ATA ATF BES BLM BVT CCK COK CXR ESH GLP GUF GUM HMD IOT MAF MNP MTQ MYT NCL NFK NIU" +
	" PRI PYF REU SGS SJM SPM TKL UMI VIR WLF")

// notCountries are what x/text knows beside ISO 3166-1: countries that are no more, parts of
// others, and the code of Kosovo that passports do not print.
var notCountries = strings.Fields("ANT ASC ATN BUR CPT CTE DDR DGA DHY FXX HVO JTN MID NHB NTZ PCI PCZ PUS RHO SCG SUN TAA TMP VDR WAK XKK YMD YUG ZAR")

// besideCountries are further codes of passports, by ICAO Doc 9303.
var besideCountries = strings.Fields("EUE GBD GBN GBO GBP GBS RKS UNA UNK UNO XBA XCC XCE XCO XEC XES XIM XKX XMP XOM XPO")

// Every code of three letters is compared with what x/text knows of regions.
func TestSC9_CountriesThatIssuePassports(t *testing.T) {
	countries := 0
	for _, code := range letterCodes(3) {
		region, err := language.ParseRegion(code)
		want := err == nil && region.IsCountry() && region.ISO3() == code && !slices.Contains(slices.Concat(withoutPassports, notCountries), code) ||
			slices.Contains(besideCountries, code)
		got, err := selfcheck.ParseCountryCode(strings.ToLower(code))
		require.Equal(t, want, err == nil, code)
		if want {
			countries++
			require.Equal(t, selfcheck.CountryCode(code), got)
		}
	}
	require.Equal(t, 237, countries)
}

func TestSC9_StatesThatIssueLicenses(t *testing.T) {
	states := 0
	for _, code := range letterCodes(2) {
		_, err := cris.NewAddress(cris.AddressParts{Street: "1 Main St", City: "X", State: code, ZIP: cris.MustParseZIP("43360")})
		want := err == nil && !slices.Contains([]string{"AA", "AE", "AP", "FM", "MH", "PW"}, code)
		got, err := selfcheck.ParseStateCode(strings.ToLower(code))
		require.Equal(t, want, err == nil, code)
		if want {
			states++
			require.Equal(t, selfcheck.StateCode(code), got)
		}
	}
	require.Equal(t, 56, states)
}

func TestSC9_CodesAsCopied(t *testing.T) {
	country, err := selfcheck.ParseCountryCode("\t s\u200bwe\u00a0\r\n")
	require.NoError(t, err)
	require.Equal(t, selfcheck.CountryCode("SWE"), country)
	state, err := selfcheck.ParseStateCode(" Oh ")
	require.NoError(t, err)
	require.Equal(t, selfcheck.StateCode("OH"), state)
	for _, tc := range []struct {
		in   string
		want cris.ParseError
	}{
		{"", cris.ParseError{What: "country of issuance", At: 0, Problem: "too short"}},
		{"SW", cris.ParseError{What: "country of issuance", At: 2, Problem: "too short"}},
		{"SWED", cris.ParseError{What: "country of issuance", At: 3, Problem: "too long"}},
		{"SW3", cris.ParseError{What: "country of issuance", At: 2, Problem: "want a letter"}},
		{"SW@", cris.ParseError{What: "country of issuance", At: 2, Problem: "want a letter"}},
		{"SW[", cris.ParseError{What: "country of issuance", At: 2, Problem: "want a letter"}},
		{"SW`", cris.ParseError{What: "country of issuance", At: 2, Problem: "want a letter"}},
		{"SW{", cris.ParseError{What: "country of issuance", At: 2, Problem: "want a letter"}},
		{"SWé", cris.ParseError{What: "country of issuance", At: 2, Problem: "want a letter"}},
		{"QQQ", cris.ParseError{What: "country of issuance", At: -1, Problem: "issues no passports"}},
	} {
		var got *cris.ParseError
		_, err := selfcheck.ParseCountryCode(tc.in)
		require.ErrorAs(t, err, &got)
		require.Equal(t, tc.want, *got, tc.in)
	}
	_, err = selfcheck.ParseStateCode("AE")
	require.EqualError(t, err, "issuing state: issues no such documents")
}
