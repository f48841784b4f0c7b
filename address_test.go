package cris_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

func home() cris.AddressParts {
	return cris.AddressParts{Street: "1 Main St", Unit: "Apt 4", City: "Albany", State: "NY", ZIP: cris.MustParseZIP("12207-1234")}
}

func TestNewAddress_Tidies(t *testing.T) {
	address, err := cris.NewAddress(cris.AddressParts{
		Street: " 1  Main St ", Unit: "Apt 4", City: "Albany", State: " ny", ZIP: cris.MustParseZIP("122071234"),
	})
	require.NoError(t, err)
	require.Equal(t, home(), address.Reveal())
	same, err := cris.NewAddress(home())
	require.NoError(t, err)
	require.True(t, address == same)
}

func TestNewAddress_TakesEveryPostalState(t *testing.T) {
	states := strings.Fields(`AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY
		NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR VI FM MH PW AA AE AP`)
	require.Len(t, states, 62) // 50 states, the District, 5 territories, 3 freely associated states, 3 for the military
	taken := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			parts := home()
			parts.State = string(a) + string(b)
			_, err := cris.NewAddress(parts)
			if err == nil {
				require.Contains(t, states, parts.State)
				taken++
			}
		}
	}
	require.Equal(t, len(states), taken)
}

func TestNewAddress_Refuses(t *testing.T) {
	for _, test := range []struct {
		problem string
		change  func(*cris.AddressParts)
	}{
		{"street: missing", func(p *cris.AddressParts) { p.Street = " " }},
		{"city: missing", func(p *cris.AddressParts) { p.City = "" }},
		{"state: missing", func(p *cris.AddressParts) { p.State = "" }},
		{"state: not a USPS abbreviation", func(p *cris.AddressParts) { p.State = "XX" }},
		{"state: not a USPS abbreviation", func(p *cris.AddressParts) { p.State = "N Y" }},
		{"state: not a USPS abbreviation", func(p *cris.AddressParts) { p.State = "New York" }},
		{"state: not a USPS abbreviation", func(p *cris.AddressParts) { p.State = "é" }},
		{"ZIP code: missing", func(p *cris.AddressParts) { p.ZIP = cris.ZIP{} }},
		{"unit: at character 4: control character", func(p *cris.AddressParts) { p.Unit = "Apt\t4" }},
		{"street: too long", func(p *cris.AddressParts) { p.Street = strings.Repeat("x", 101) }},
		{"city: not valid UTF-8", func(p *cris.AddressParts) { p.City = "\xff" }},
	} {
		parts := home()
		test.change(&parts)
		address, err := cris.NewAddress(parts)
		require.EqualError(t, err, test.problem)
		require.True(t, address.IsZero())
	}
}

func TestNewAddress_UnitMayBeEmpty(t *testing.T) {
	parts := home()
	parts.Unit = ""
	address, err := cris.NewAddress(parts)
	require.NoError(t, err)
	require.Equal(t, parts, address.Reveal())
}

func FuzzNewAddress(f *testing.F) {
	f.Add("1 Main St", "Apt 4", "Albany", "ny", "12207-1234")
	f.Add(" 1\u2003Main St ", "", "Sa\u0303o Paulo", "\u017fc", "00501")
	f.Add(strings.Repeat("\u0958", 100), "", "x", "NY", "12207") // one letter that becomes two
	f.Add("\xff", "\u202e", "\x00", "N\u00a0Y", "")
	f.Fuzz(func(t *testing.T, street, unit, city, state, zip string) {
		parsed, _ := cris.ParseZIP(zip) // the zero ZIP is no ZIP code
		address, err := cris.NewAddress(cris.AddressParts{Street: street, Unit: unit, City: city, State: state, ZIP: parsed})
		if err != nil {
			var problem *cris.ParseError
			require.ErrorAs(t, err, &problem)
			require.True(t, address.IsZero())
			return
		}
		parts := address.Reveal()
		require.Equal(t, parsed, parts.ZIP)
		require.Regexp(t, `^[A-Z]{2}$`, parts.State)
		for _, line := range []string{parts.Street, parts.Unit, parts.City} {
			require.True(t, utf8.ValidString(line))
			require.LessOrEqual(t, utf8.RuneCountInString(line), 100)
			require.Equal(t, strings.Join(strings.Fields(line), " "), line)
		}
		require.NotEmpty(t, parts.Street)
		require.NotEmpty(t, parts.City)
		again, err := cris.NewAddress(parts)
		require.NoError(t, err)
		require.True(t, address == again)
	})
}
