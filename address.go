package cris

import "strings"

// Address is a postal address in the United States. It prints as [redacted];
// Reveal gives the parts. It is comparable with ==, its zero value is no address.
type Address struct{ hiddenAddress }

type hiddenAddress = Personal[AddressParts]

// AddressParts are the lines of an address. Unit may be empty.
type AddressParts struct {
	Street string
	Unit   string // "Apt 4", "Ste 200"
	City   string
	State  string // two letters, as the USPS abbreviates states, territories and military post
	ZIP    ZIP
}

const maxAddressRunes = 100

// NewAddress tidies the parts (blanks trimmed and folded, Unicode NFC, the state
// in capitals) and hides them. Its error is a *ParseError that names the part,
// never its content: a missing street, city, state or ZIP code, an unknown state,
// invalid UTF-8, a control character, a part longer than 100 characters.
func NewAddress(parts AddressParts) (Address, error) {
	for _, part := range []struct {
		what     string
		text     *string
		required bool
	}{
		{"street", &parts.Street, true},
		{"unit", &parts.Unit, false},
		{"city", &parts.City, true},
		{"state", &parts.State, true},
	} {
		tidy, err := tidyText(part.what, *part.text, maxAddressRunes)
		if err != nil {
			return Address{}, err
		}
		if tidy == "" && part.required {
			return Address{}, &ParseError{What: part.what, At: -1, Problem: "missing"}
		}
		*part.text = tidy
	}
	parts.State = strings.ToUpper(parts.State)
	if len(parts.State) != 2 || !strings.Contains(postalStates, " "+parts.State+" ") {
		return Address{}, &ParseError{What: "state", At: -1, Problem: "not a USPS abbreviation"}
	}
	if parts.ZIP.IsZero() {
		return Address{}, &ParseError{What: "ZIP code", At: -1, Problem: "missing"}
	}
	return Address{NewPersonal(parts)}, nil
}

// postalStates are the USPS abbreviations of the states, the District of
// Columbia, the territories, the freely associated states and military post.
const postalStates = " AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO" +
	" MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC" +
	" AS GU MP PR VI FM MH PW AA AE AP "
