package ridp

import (
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/alphabet"
)

// project writes the applicant in the letters and fields of the provider, and reports whether
// that is possible. Credit bureaus write names by their base letters; names in other scripts are
// written as ICAO does.
func project(applicant selfcheck.Applicant, language cris.Language) (person, contact, bool) {
	projected := alphabet.ForProvider(applicant.Name, alphabet.BaseLetter)
	residence := alphabet.AddressForProvider(applicant.Residence, alphabet.BaseLetter)
	name, home := projected.Name.Reveal(), residence.Address.Reveal()
	zip, extension, _ := strings.Cut(home.ZIP.String(), "-")
	preferred := "eng"
	if language.Supported() == cris.Spanish {
		preferred = "spa"
	}
	return person{applicant.BirthDate.Reveal().String(), name.Given, alphabet.Initial(name.Middle), name.Family, applicant.SSN.Reveal(), preferred},
		contact{home.Street, home.City, home.State, zip, extension},
		name.Given != "" && name.Family != "" && home.Street != "" && home.City != "" &&
			!needed(projected.Losses) && !needed(residence.Losses)
}

// needed reports whether something cannot be written that the provider needs.
func needed(losses alphabet.Losses) bool {
	for _, lost := range losses.Unmapped {
		if lost.Part != alphabet.MiddleName && lost.Part != alphabet.MaidenName {
			return true
		}
	}
	return false
}
