package everify

import (
	"cmp"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/alphabet"
)

const noFirstName = "Unknown" // as Form I-9 has it for who has one name

// nameOf returns the name as E-Verify takes it: by base letters, as American records have it, and
// names in other scripts as ICAO writes them. A family or given name that cannot be written in
// full is "".
func nameOf(name cris.PersonName) cris.NameParts {
	projected := alphabet.ForEVerify(name, alphabet.BaseLetter)
	original, parts := name.Reveal(), projected.Name.Reveal()
	for _, lost := range projected.Unmapped {
		switch lost.Part {
		case alphabet.FamilyName:
			parts.Family = ""
		case alphabet.GivenName:
			parts.Given = ""
		case alphabet.MiddleName, alphabet.MaidenName, alphabet.Street, alphabet.City:
		}
	}
	if original.Family == "" || original.Given == "" {
		parts.Family, parts.Given = cmp.Or(parts.Family, parts.Given), noFirstName
	}
	parts.Middle = strings.ToUpper(parts.Middle)
	return parts
}
