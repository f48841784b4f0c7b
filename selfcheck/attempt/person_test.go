package attempt_test

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/attempt"
)

var born = cris.NewPersonal(cris.MustParseDate("1970-05-17"))

func named(t *testing.T, family, given string) cris.PersonName {
	t.Helper()
	name, err := cris.NewPersonName(cris.NameParts{Family: family, Given: given})
	require.NoError(t, err)
	return name
}

func person(t *testing.T, family, given string) attempt.Person {
	t.Helper()
	return attempt.PersonOf(named(t, family, given), born)
}

func TestSC8_SpellingMakesNoOtherPerson(t *testing.T) {
	for _, same := range [][][2]string{
		{{"Garcia-Lopez", "Maria"}, {"GARCÍA LÓPEZ", "María"}, {"garcialopez", "m"}, {"García–López", "Maria Luisa"}, {"Garcia  Lopez", "MARIA-LUISA"}},
		{{"Müller", "Jürgen"}, {"Mueller", "Juergen"}, {"Muller", "J."}, {"MU\u0308LLER", "JÜRGEN"}, {"ＭＵＬＬＥＲ", "Ｊ"}},
		{{"O'Brien", "Sean"}, {"O’Brien", "Seán"}, {"OBrien", "S"}, {"Ó Brien", "Sean Patrick"}},
		{{"Strauß", "Ute"}, {"Strauss", "Ute"}, {"STRAUẞ", "Ute"}, {"Straus", "Ute"}},
		{{"Ångström", "Øystein"}, {"Aangstroem", "Oeystein"}, {"Angstrom", "Oystein"}},
		{{"Søren", "Ægir"}, {"Soeren", "Aegir"}, {"Soren", "Agir"}},
		{{"Smith", "John"}, {"Smith Jr.", "John"}, {"SMITH, JR", "J"}, {"Smith III", "John Q"}, {"Sm\u00adith", "John"}, {"Smіth", "Jоhn"}},
		{{"Иванов", "Илья"}, {"ИВАНОВ", "И."}, {"Ivanov", "Ilia"}},
		{{"Şimşek", "İbrahim"}, {"Simsek", "Ibrahim"}, {"ŞİMŞEK", "ıbrahim"}},
		{{"Sukarno", ""}, {"", "Sukarno"}, {"Sukarno", "Sukarno"}, {"Sukarno", "FNU"}, {"LNU", "SUKARNO"}},
		{{"Wałęsa", "Lech"}, {"Walesa", "Lech"}},
		{{"李", "明"}, {"李", "明 大"}},
	} {
		want := person(t, same[0][0], same[0][1])
		require.False(t, want.IsZero())
		for _, name := range same {
			require.True(t, want == person(t, name[0], name[1]), "%q is not %q", name, same[0])
		}
	}
}

func TestSC8_OthersAreOthers(t *testing.T) {
	seen := map[attempt.Person]string{}
	for _, name := range [][2]string{
		{"Smith", "John"},
		{"Smith", "Mary"},
		{"Smythe", "John"},
		{"Smit", "John"},
		{"Schmidt", "John"},
		{"", "John"},
		{"Smith", ""},
		{"John", "Smith"},
		{"SmithJ", "Ohn"},
		{"Jr", "John"},
		{"李", "明"},
		{"王", "明"},
		{"LNU", ""},
		{"FNU", "LNU"},
	} {
		p := person(t, name[0], name[1])
		require.NotContains(t, seen, p, "%q", name)
		seen[p] = name[0]
	}
	other := attempt.PersonOf(named(t, "Smith", "John"), cris.NewPersonal(cris.MustParseDate("1970-05-18")))
	require.NotContains(t, seen, other)
}

func TestPersonOf_NeedsANameAndADateOfBirth(t *testing.T) {
	require.True(t, attempt.PersonOf(cris.PersonName{}, born).IsZero())
	require.True(t, attempt.PersonOf(named(t, "Smith", "John"), cris.Personal[cris.Date]{}).IsZero())
}

func TestPV1_NothingOfAPersonIsPrinted(t *testing.T) {
	day, err := attempt.NewDay(monday, random(1), attempt.MyEVerifyPolicy())
	require.NoError(t, err)
	key := day.Key.Reveal()
	ticket := attempt.NewTicket(attempt.TicketParts{At: person(t, "Smith", "John").On(day, nil)})
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
		printed := fmt.Sprintf(strings.Repeat(verb+" ", 3), person(t, "Smith", "John"), day, ticket)
		require.NotContains(t, printed, "SMITH")
		require.NotContains(t, printed, hex.EncodeToString(key[:4]))
		require.NotContains(t, printed, fmt.Sprintf(verb, key[:4]))
		require.NotContains(t, printed, strconv.Itoa(ticket.Reveal().At.Cells[0]))
	}
}

// What a name folds to is folded: names that are alike in one spelling are alike in all.
func FuzzPersonOf(f *testing.F) {
	f.Add("Müller", "Jürgen")
	f.Add("Smith Jr.", "O'Neil")
	f.Add("ÆŒ", "ẞſ")
	f.Fuzz(func(t *testing.T, family, given string) {
		name, err := cris.NewPersonName(cris.NameParts{Family: family, Given: given})
		if err != nil {
			return
		}
		p := attempt.PersonOf(name, born)
		parts := strings.Split(p.Reveal(), "\x00")
		require.Len(t, parts, 3)
		for _, way := range []func(string) string{strings.ToUpper, strings.ToLower, func(s string) string { return "-" + s + "'" }} {
			other, err := cris.NewPersonName(cris.NameParts{Family: way(family), Given: way(given)})
			if err != nil {
				continue
			}
			require.Equal(t, parts, strings.Split(attempt.PersonOf(other, born).Reveal(), "\x00"), "%q %q", family, given)
		}
	})
}
