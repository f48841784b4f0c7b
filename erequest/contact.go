package erequest

import (
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
)

// Contact is where a person can be reached, as the person entered it. One of the three is
// enough.
type Contact struct {
	Email     cris.Personal[string]
	Phone     cris.Personal[string]
	Address   cris.Address
	Preferred Means // how the person wants the response; may be "" where there is only one way
}

// PreferredMeans returns how the person wants the response: what Preferred says or, if that is
// "", the only way to reach the person. It is "" if there are several ways, or none.
func (c Contact) PreferredMeans() Means {
	if ways := c.Ways(); c.Preferred == "" && len(ways) == 1 {
		return ways[0]
	}
	return c.Preferred
}

// Ways returns the means by which the person can be reached, in the order of [AllMeans].
func (c Contact) Ways() (ways []Means) {
	for _, way := range []struct {
		means Means
		given bool
	}{{ByLetter, !c.Address.IsZero()}, {ByEmail, !c.Email.IsZero()}, {ByTelephone, !c.Phone.IsZero()}} {
		if way.given {
			ways = append(ways, way.means)
		}
	}
	return ways
}

// NormalEmail returns the e-mail address in the form in which equal addresses are equal:
// without blanks around it, in Unicode NFC, its domain in lower case. It holds nothing if
// there is no address or mail cannot be sent to it.
func (c Contact) NormalEmail() cris.Personal[string] {
	return cris.NewPersonal(normalEmail(c.Email.Reveal()))
}

// NormalPhone returns the phone number in the form of RFC 3966: a plus sign and all digits,
// such as +12025550143, and ;ext= with an extension. It holds nothing if there is no number or
// it cannot be called.
func (c Contact) NormalPhone() cris.Personal[string] {
	return cris.NewPersonal(normalPhone(c.Phone.Reveal()))
}

// tidied returns the contact as it is kept: as it was entered, but for spaces, what nobody
// sees, and the form of its letters. What is malformed stays as it is, and is refused.
func (c Contact) tidied() Contact {
	if !c.NormalEmail().IsZero() {
		c.Email = tidied(cris.NewPersonal(strings.TrimSpace(c.Email.Reveal())))
	}
	if !c.NormalPhone().IsZero() {
		c.Phone = tidied(c.Phone)
	}
	return c
}

// faults returns what is wrong with the contact information.
func (c Contact) faults() (faults []cris.Reason) {
	if c == (Contact{Preferred: c.Preferred}) {
		return []cris.Reason{contactMissing}
	}
	if !c.Email.IsZero() && c.NormalEmail().IsZero() {
		faults = append(faults, emailMalformed)
	}
	if !c.Phone.IsZero() && c.NormalPhone().IsZero() {
		faults = append(faults, phoneMalformed)
	}
	if !c.Address.IsZero() && !c.Address.StateHasZIP() {
		faults = append(faults, addressZIPElsewhere)
	}
	if !slices.Contains(c.Ways(), c.PreferredMeans()) {
		faults = append(faults, preferredUnreachable)
	}
	return faults
}
