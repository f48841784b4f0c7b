package ridp

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// project writes the applicant in the letters and fields of the provider, and reports
// whether that is possible.
func project(applicant selfcheck.Applicant, language cris.Language) (person, contact, bool) {
	name, home := applicant.Name.Reveal(), applicant.Residence.Reveal()
	given, hasGiven := letters(name.Given, "", 32)
	family, hasFamily := letters(name.Family, " -'", 32)
	middle, _ := letters(name.Middle, "", 1)
	street, hasStreet := letters(home.Street+" "+home.Unit, "0123456789# -/.", 60)
	city, hasCity := letters(home.City, " .", 40)
	zip, extension, _ := strings.Cut(home.ZIP.String(), "-")
	preferred := "eng"
	if language.Supported() == cris.Spanish {
		preferred = "spa"
	}
	return person{applicant.BirthDate.Reveal().String(), given, middle, family, applicant.SSN.Reveal(), preferred},
		contact{street, city, home.State, zip, extension},
		hasGiven && hasFamily && hasStreet && hasCity
}

// letters writes text in A to Z and the signs, and reports whether that is possible.
func letters(text, signs string, most int) (string, bool) {
	gap := ""
	if strings.Contains(signs, " ") {
		gap = " "
	}
	var written strings.Builder
	for _, r := range norm.NFD.String(text) {
		switch {
		case unicode.Is(unicode.Pd, r):
			r = '-'
		case strings.ContainsRune("’‘ʻʼ`", r):
			r = '\''
		}
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', strings.ContainsRune(signs, r):
			written.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		case unicode.IsSpace(r), strings.ContainsRune("-'.,", r), unicode.IsPunct(r) && strings.Contains(signs, "#"):
			written.WriteString(gap)
		default:
			return "", false
		}
	}
	whole := strings.Join(strings.Fields(written.String()), " ")
	whole = strings.TrimSpace(whole[:min(len(whole), most)])
	return whole, strings.ContainsFunc(whole, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
