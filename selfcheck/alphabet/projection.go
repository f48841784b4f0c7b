package alphabet

import (
	"cmp"

	"github.com/seed28e20331/cris"
)

// Name is a name as another system takes it. The original stays with the caller.
type Name struct {
	// Name has the parts that can be written. It is zero if neither a family name nor a
	// given name can.
	Name cris.PersonName

	Losses
}

// Address is an address as another system takes it.
type Address struct {
	// Address has no unit: it is at the end of the street. It is zero if nothing of the
	// street, or of the city, can be written.
	Address cris.Address

	Losses
}

// The fields of E-Verify and of the provider. Those of a name have no more characters, and no
// other ones, than the systems of the agency take.
var (
	eVerifyLast    = field{part: FamilyName, besides: " '-", most: 40}
	eVerifyFirst   = field{part: GivenName, besides: " '-", most: 25}
	eVerifyInitial = field{part: MiddleName, most: 1}
	eVerifyOther   = field{part: MaidenName, besides: " '-", most: 40}

	providerFamily = field{part: FamilyName, besides: " '-", most: 32}
	providerGiven  = field{part: GivenName, most: 32}
	providerMiddle = field{part: MiddleName, most: 32}
	providerStreet = field{part: Street, besides: "0123456789# -/.", most: 60}
	providerCity   = field{part: City, besides: " .", most: 40}
)

// ForEVerify returns the name in the fields of E-Verify: a last name and another last name of
// at most 40 characters each, a first name of at most 25 (letters, spaces, apostrophes and
// hyphens), and as the middle name its initial. That the rest of the middle name is not
// sent is no loss.
//
// Whoever has one name has one in the projection too: it is for the caller to write what
// E-Verify wants in place of the other.
func ForEVerify(name cris.PersonName, form Form) Name {
	parts := name.Reveal()
	var p Name
	parts.Family = p.take(eVerifyLast, parts.Family, form)
	parts.Given = p.take(eVerifyFirst, parts.Given, form)
	initial, losses := eVerifyInitial.fill(cmp.Or(Initial(parts.Middle), parts.Middle), form)
	parts.Middle = initial
	p.Unmapped = append(p.Unmapped, losses.Unmapped...)
	parts.Maiden = p.take(eVerifyOther, parts.Maiden, form)
	return p.of(parts)
}

// ForProvider returns the name in the fields of an identity proofing provider, of at most 32
// characters each: a given and a middle name of letters alone, Mary Ann as MaryAnn, and a
// family name of letters, spaces, apostrophes and hyphens. A provider is not sent the
// maiden name.
func ForProvider(name cris.PersonName, form Form) Name {
	parts := name.Reveal()
	var p Name
	parts.Family = p.take(providerFamily, parts.Family, form)
	parts.Given = p.take(providerGiven, parts.Given, form)
	parts.Middle = p.take(providerMiddle, parts.Middle, form)
	parts.Maiden = ""
	return p.of(parts)
}

// AddressForProvider returns the address in the fields of an identity proofing provider: a
// street, with the unit behind it, of at most 60 letters, digits, spaces and signs (#, -, /
// and the period), and a city of at most 40 letters, spaces and periods. State and ZIP code
// stay as they are.
func AddressForProvider(address cris.Address, form Form) Address {
	parts := address.Reveal()
	var p Address
	parts.Street = p.take(providerStreet, parts.Street+" "+parts.Unit, form)
	parts.Unit = ""
	parts.City = p.take(providerCity, parts.City, form)
	if projected, err := cris.NewAddress(parts); err == nil {
		p.Address = projected
	}
	return p
}

// take fills a field and notes what was lost. What is empty stays empty.
func (l *Losses) take(f field, text string, form Form) string {
	written, losses := f.fill(text, form)
	l.add(losses)
	return written
}

// of sets the name. Fields hold nothing that a name cannot, so it is only refused if both
// its family and its given name are empty.
func (n Name) of(parts cris.NameParts) Name {
	if projected, err := cris.NewPersonName(parts); err == nil {
		n.Name = projected
	}
	return n
}
