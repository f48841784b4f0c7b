package alphabet_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/alphabet"
)

const (
	icao = alphabet.ICAO
	base = alphabet.BaseLetter
)

func name(t *testing.T, parts cris.NameParts) cris.PersonName {
	t.Helper()
	n, err := cris.NewPersonName(parts)
	require.NoError(t, err)
	return n
}

// characters returns what was left out, by part.
func characters(losses alphabet.Losses) map[alphabet.Part]string {
	of := map[alphabet.Part]string{}
	for _, u := range losses.Unmapped {
		of[u.Part] += string(u.Character.Reveal())
	}
	return of
}

func TestSC7_NamesInTheFieldsOfEVerify(t *testing.T) {
	for _, tc := range []struct {
		name     cris.NameParts
		form     alphabet.Form
		want     cris.NameParts
		unmapped map[alphabet.Part]string
	}{
		{
			cris.NameParts{Family: "Müller-Lüdenscheidt", Given: "Jürgen", Middle: "Ägidius", Maiden: "Ó Súilleabháin"},
			icao,
			cris.NameParts{Family: "Mueller-Luedenscheidt", Given: "Juergen", Middle: "A", Maiden: "O Suilleabhain"},
			nil,
		},
		{
			cris.NameParts{Family: "Müller-Lüdenscheidt", Given: "Jürgen", Middle: "Ägidius", Maiden: "Ó Súilleabháin"},
			base,
			cris.NameParts{Family: "Muller-Ludenscheidt", Given: "Jurgen", Middle: "A", Maiden: "O Suilleabhain"},
			nil,
		},
		{cris.NameParts{Family: "O’Brien"}, icao, cris.NameParts{Family: "O'Brien"}, nil},
		{cris.NameParts{Family: "ʻŌpūnui", Given: "Kaʻanāʻanā"}, base, cris.NameParts{Family: "'Opunui", Given: "Ka'ana'ana"}, nil},
		{cris.NameParts{Family: "Smith‑Jones", Given: "Mary Ann"}, icao, cris.NameParts{Family: "Smith-Jones", Given: "Mary Ann"}, nil},
		{cris.NameParts{Family: "St. John", Given: "J.Luc"}, icao, cris.NameParts{Family: "St John", Given: "J Luc"}, nil},
		{cris.NameParts{Family: "ÖSTERLUND", Given: "Öst"}, icao, cris.NameParts{Family: "OESTERLUND", Given: "Oest"}, nil},
		{cris.NameParts{Family: "LÖ", Given: "Ö"}, icao, cris.NameParts{Family: "LOE", Given: "Oe"}, nil},
		{cris.NameParts{Family: "Nuñez", Given: "Søren"}, icao, cris.NameParts{Family: "Nunez", Given: "Soeren"}, nil},
		{cris.NameParts{Family: "Nuñez", Given: "Søren"}, base, cris.NameParts{Family: "Nunez", Given: "Soren"}, nil},
		{cris.NameParts{Family: "Ǖber", Given: "ǰavid"}, icao, cris.NameParts{Family: "Ueber", Given: "javid"}, nil},
		{cris.NameParts{Family: "Straße", Given: "ĸa"}, base, cris.NameParts{Family: "Strasse", Given: "ka"}, nil},
		{cris.NameParts{Family: "Ŀull", Given: "Col·lell"}, icao, cris.NameParts{Family: "Lull", Given: "Collell"}, nil},
		{cris.NameParts{Family: "Краевой", Given: "Артём"}, icao, cris.NameParts{Family: "Kraevoi", Given: "Artem"}, nil},
		{cris.NameParts{Family: "فاطمة", Given: "محمّد"}, icao, cris.NameParts{Family: "FAXTTMXAH", Given: "MXHMMD"}, nil},
		{cris.NameParts{Family: "فاطمة", Given: "محمّد"}, base, cris.NameParts{Family: "FAXTTMXTA", Given: "MXHMD"}, nil},
		{cris.NameParts{Family: "ＳＭＩＴＨ", Given: "O´Neil"}, icao, cris.NameParts{Family: "SMITH", Given: "O'Neil"}, nil},

		// what cannot be written
		{cris.NameParts{Family: "李", Given: "Ana"}, icao, cris.NameParts{Given: "Ana"}, map[alphabet.Part]string{alphabet.FamilyName: "李"}},
		{cris.NameParts{Family: "李", Given: "小龍"}, icao, cris.NameParts{}, map[alphabet.Part]string{alphabet.FamilyName: "李", alphabet.GivenName: "小龍"}},
		{cris.NameParts{Family: "Smith 3", Given: "A&B"}, icao, cris.NameParts{Family: "Smith", Given: "AB"}, map[alphabet.Part]string{alphabet.FamilyName: "3", alphabet.GivenName: "&"}},
		{cris.NameParts{Family: "DE<LA<CRUZ"}, icao, cris.NameParts{Family: "DELACRUZ"}, map[alphabet.Part]string{alphabet.FamilyName: "<<"}},
		{cris.NameParts{Family: "Ana", Given: "Ь", Middle: "Ьа", Maiden: "ʻ"}, icao, cris.NameParts{Family: "Ana"}, map[alphabet.Part]string{alphabet.GivenName: "Ь", alphabet.MiddleName: "Ь", alphabet.MaidenName: "ʻ"}},
		{cris.NameParts{Family: "Ana", Middle: "ߴ"}, icao, cris.NameParts{Family: "Ana"}, map[alphabet.Part]string{alphabet.MiddleName: "ߴ"}},
		{cris.NameParts{Family: "Παπάς", Given: "रि"}, base, cris.NameParts{}, map[alphabet.Part]string{alphabet.FamilyName: "Παπάς", alphabet.GivenName: "रि"}},
	} {
		got := alphabet.ForEVerify(name(t, tc.name), tc.form)
		require.Equal(t, tc.want, got.Name.Reveal(), "%v", tc.name)
		require.Empty(t, got.CutOff)
		if tc.unmapped == nil {
			tc.unmapped = map[alphabet.Part]string{}
		}
		require.Equal(t, tc.unmapped, characters(got.Losses), "%v", tc.name)
		require.Equal(t, len(tc.unmapped) == 0, got.IsWhole())
	}
	require.Equal(t, alphabet.Name{}, alphabet.ForEVerify(cris.PersonName{}, icao))
}

func TestSC7_NamesInTheFieldsOfTheProvider(t *testing.T) {
	for _, tc := range []struct {
		name, want cris.NameParts
		form       alphabet.Form
	}{
		{cris.NameParts{Family: "Nuñez de la Cruz", Given: "José-María", Middle: "Del Pilar", Maiden: "Ruiz"}, cris.NameParts{Family: "Nunez de la Cruz", Given: "JoseMaria", Middle: "DelPilar"}, icao},
		{cris.NameParts{Family: "O’Brien-Ångström", Given: "D’Arcy", Middle: "Æ."}, cris.NameParts{Family: "O'Brien-Aangstroem", Given: "DArcy", Middle: "Ae"}, icao},
		{cris.NameParts{Family: "O’Brien-Ångström", Given: "D’Arcy", Middle: "Æ."}, cris.NameParts{Family: "O'Brien-Angstrom", Given: "DArcy", Middle: "Ae"}, base},
	} {
		got := alphabet.ForProvider(name(t, tc.name), tc.form)
		require.Equal(t, tc.want, got.Name.Reveal())
		require.True(t, got.IsWhole())
	}
}

func TestSC7_FieldsAreSoLong(t *testing.T) {
	cut := func(part alphabet.Part, text string) alphabet.CutOff {
		return alphabet.CutOff{Part: part, Text: cris.NewPersonal(text)}
	}
	long := name(t, cris.NameParts{
		Family: strings.Repeat("Venkata", 5) + "-Ömer Rao", Given: strings.Repeat("Abcd ", 5) + "Xyz",
		Middle: strings.Repeat("Щ", 10), Maiden: strings.Repeat("b", 41),
	})
	got := alphabet.ForEVerify(long, icao)
	require.Equal(t, cris.NameParts{
		Family: strings.Repeat("Venkata", 5) + "-Oeme", Given: "Abcd Abcd Abcd Abcd Abcd", Middle: "S", Maiden: strings.Repeat("b", 40),
	}, got.Name.Reveal())
	require.Empty(t, got.Unmapped)
	require.Equal(t, []alphabet.CutOff{
		cut(alphabet.FamilyName, "r Rao"), cut(alphabet.GivenName, "Xyz"), cut(alphabet.MaidenName, "b"),
	}, got.CutOff, "the initial is what E-Verify asks for")
	require.False(t, got.IsWhole())

	got = alphabet.ForProvider(long, icao)
	require.Equal(t, cris.NameParts{
		Family: strings.Repeat("Venkata", 4) + "Venk", Given: strings.Repeat("Abcd", 5) + "Xyz", Middle: strings.Repeat("SHCH", 8),
	}, got.Name.Reveal())
	require.Equal(t, []alphabet.CutOff{cut(alphabet.FamilyName, "ata-Oemer Rao"), cut(alphabet.MiddleName, "SHCHSHCH")}, got.CutOff)
}

func TestSC7_AddressesInTheFieldsOfTheProvider(t *testing.T) {
	parts := func(street, unit, city string) cris.AddressParts {
		return cris.AddressParts{Street: street, Unit: unit, City: city, State: "OH", ZIP: cris.MustParseZIP("43360")}
	}
	for _, tc := range []struct {
		address      cris.AddressParts
		street, city string
		unmapped     map[alphabet.Part]string
	}{
		{parts("4711 Quillfeather Ln.", "Apt 12", "Zanesfield"), "4711 Quillfeather Ln. Apt 12", "Zanesfield", nil},
		{parts("1/2 Main St", "#4-B", "St. Louis"), "1/2 Main St #4-B", "St. Louis", nil},
		{parts("123½ Main St", "", "Winston-Salem"), "123 1/2 Main St", "Winston Salem", nil},
		{parts("½ Main St", "", "Coeur d’Alene"), "1/2 Main St", "Coeur d Alene", nil},
		{parts("5 Calle Peñón, P.O. Box 3", "", "Lāʻie"), "5 Calle Penon P.O. Box 3", "Laie", nil},
		{parts("No. １２ Ölmühle – West", "", "Cañon City"), "No. 12 Oelmuehle - West", "Canon City", nil},
		{parts("1st & Main", "", "29 Palms"), "1st Main", "Palms", map[alphabet.Part]string{alphabet.Street: "&", alphabet.City: "29"}},
	} {
		original, err := cris.NewAddress(tc.address)
		require.NoError(t, err)
		got := alphabet.AddressForProvider(original, icao)
		want, err := cris.NewAddress(parts(tc.street, "", tc.city))
		require.NoError(t, err)
		require.Equal(t, want.Reveal(), got.Address.Reveal())
		if tc.unmapped == nil {
			tc.unmapped = map[alphabet.Part]string{}
		}
		require.Equal(t, tc.unmapped, characters(got.Losses))
	}

	original, err := cris.NewAddress(parts(strings.Repeat("1234 Long ", 6)+"St", "Apt 5", "大阪"))
	require.NoError(t, err)
	got := alphabet.AddressForProvider(original, icao)
	require.Zero(t, got.Address, "no city")
	require.Equal(t, map[alphabet.Part]string{alphabet.City: "大阪"}, characters(got.Losses))
	require.Equal(t, []alphabet.CutOff{{Part: alphabet.Street, Text: cris.NewPersonal("St Apt 5")}}, got.CutOff)
	require.Equal(t, alphabet.Address{}, alphabet.AddressForProvider(cris.Address{}, icao))
}

func TestSC16_KeysOfNames(t *testing.T) {
	for _, tc := range []struct{ text, icao, base string }{
		{"Müller", "MUELLER", "MULLER"},
		{"MU\u0308LLER", "MUELLER", "MULLER"},
		{"Mueller", "MUELLER", "MUELLER"},
		{"Peña-Müller", "PENAMUELLER", "PENAMULLER"},
		{"O’Brien", "OBRIEN", "OBRIEN"},
		{"de la Cruz 3rd", "DELACRUZRD", "DELACRUZRD"},
		{"Ångström", "AANGSTROEM", "ANGSTROM"},
		{"Søren", "SOEREN", "SOREN"},
		{"Đỗ", "DO", "DO"},
		{"Ёлкин", "ELKIN", "ELKIN"},
		{"أحمد", "XAEXHMD", "AXHMD"},
		{"فاطمة الزهراء", "FAXTTMXAHALZHRAXE", "FAXTTMXTAALZHRAXE"},
		{"محمّد", "MXHMMD", "MXHMD"},
		{"李", "李", "李"},
		{"Παπάς", "ΠΑΠΑΣ", "ΠΑΠΑΣ"},
		{"रिया", "रिया", "रिया"},
		{"ь", "", ""},
		{"1-2", "", ""},
		{"", "", ""},
	} {
		require.Equal(t, alphabet.Keys{ICAO: cris.NewPersonal(tc.icao), BaseLetter: cris.NewPersonal(tc.base)}, alphabet.KeysOf(tc.text), tc.text)
	}
}

func TestPV1_LossesPrintAsRedacted(t *testing.T) {
	got := alphabet.ForEVerify(name(t, cris.NameParts{Family: "Lindqvistson李", Given: strings.Repeat("Ottoline", 4)}), icao)
	require.Len(t, got.Unmapped, 1)
	require.Len(t, got.CutOff, 1)
	for _, value := range []any{got, got.Losses, alphabet.KeysOf("Lindqvistson")} {
		printed := fmt.Sprintf("%v %+v %#v %s %q %d %x", value, value, value, value, value, value, value)
		for _, personal := range []string{"Lindq", "LINDQ", "李", "26446", "674e", "674E", "Ottoline"} {
			require.NotContains(t, printed, personal)
		}
	}
}

func TestForms_UnknownOneIsICAO(t *testing.T) {
	n := name(t, cris.NameParts{Family: "فاطمّة"})
	require.Equal(t, alphabet.ForEVerify(n, icao), alphabet.ForEVerify(n, ""))
	require.Equal(t, []alphabet.Form{icao, base}, alphabet.Forms())
	require.Len(t, alphabet.Parts(), 6)
}

// The patterns are those of the two wire formats.
var (
	everifyName   = regexp.MustCompile(`^[a-zA-Z '-]*$`)
	providerName  = regexp.MustCompile(`^[a-zA-Z]{0,32}$`)
	providerLast  = regexp.MustCompile(`^(?:[a-zA-Z \-']*[a-zA-Z][a-zA-Z \-']*)?$`)
	streetPattern = regexp.MustCompile(`^[a-zA-Z0-9# \-/.]{1,60}$`)
	cityPattern   = regexp.MustCompile(`^[a-zA-Z .]{1,40}$`)
)

var seeds = []string{
	"O’Brien", "Nuñez", "Müller", "Ångström", "Æbelø", "Straße", "STRAẞE", "Þórsson", "Łukasiewicz", "Nguyễn", "Ǖber", "İpek",
	"X\u030cara", "ǰavid", "ʻŌpūnui", "ĸa", "De la Cruz", "Smith–Jones", "St. John", "ＳＭＩＴＨ", "Ĳssel", "Щербина", "Объедков",
	"ь", "محمّد", "فاطمة الزهراء", "ۀ", "Παπάς", "李小龍", "ｶﾄｳ", "रिया", "שָׁלוֹם", "ﷺ", "ʰAna", "Ⓐna", "Fñu", "FNU", "123½", "ßß", "ŉ", "A´",
	"\u200BHello\u200Bworld", "می\u200Cخواهم", "Ŀ", "--'", "A -B", strings.Repeat("Abcd ", 8), strings.Repeat("ﷺ", 9), "𝐀𝐁", "1ª", "№ 5",
}

func FuzzSC7_Projections(f *testing.F) {
	for i, seed := range seeds {
		f.Add(seed, seeds[len(seeds)-1-i], seeds[(i+5)%len(seeds)], seeds[(i+11)%len(seeds)])
	}
	f.Fuzz(func(t *testing.T, family, given, middle, maiden string) {
		original, err := cris.NewPersonName(cris.NameParts{Family: family, Given: given, Middle: middle, Maiden: maiden})
		if err != nil {
			return
		}
		for _, form := range alphabet.Forms() {
			everify := alphabet.ForEVerify(original, form)
			parts := everify.Name.Reveal()
			for text, most := range map[string]int{parts.Family: 40, parts.Given: 25, parts.Middle: 1, parts.Maiden: 40} {
				require.Regexp(t, everifyName, text)
				require.LessOrEqual(t, len(text), most)
			}
			require.Equal(t, alphabet.Name{Name: everify.Name}, alphabet.ForEVerify(everify.Name, form), "again")
			requireSameKeys(t, original.Reveal(), parts, everify.Losses, form)

			provider := alphabet.ForProvider(original, form)
			parts = provider.Name.Reveal()
			require.Regexp(t, providerLast, parts.Family)
			require.LessOrEqual(t, len(parts.Family), 32)
			require.Regexp(t, providerName, parts.Given)
			require.Regexp(t, providerName, parts.Middle)
			require.Empty(t, parts.Maiden)
			require.Equal(t, alphabet.Name{Name: provider.Name}, alphabet.ForProvider(provider.Name, form), "again")
			requireSameKeys(t, original.Reveal(), parts, provider.Losses, form)
		}
	})
}

// requireSameKeys checks that the family and given names of a projection have the keys of the
// original, unless something was lost.
func requireSameKeys(t *testing.T, original, projected cris.NameParts, losses alphabet.Losses, form alphabet.Form) {
	t.Helper()
	if !losses.IsWhole() {
		return
	}
	for text, written := range map[string]string{original.Family: projected.Family, original.Given: projected.Given} {
		want, got := alphabet.KeysOf(text), alphabet.KeysOf(written)
		require.Equal(t, got.ICAO, got.BaseLetter)
		if form == icao {
			require.Equal(t, want.ICAO, got.ICAO)
		} else {
			require.Equal(t, want.BaseLetter, got.BaseLetter)
		}
	}
}

func FuzzSC7_ProjectedAddresses(f *testing.F) {
	for i, seed := range seeds {
		f.Add("1 "+seed, seeds[len(seeds)-1-i], seeds[(i+5)%len(seeds)])
	}
	f.Fuzz(func(t *testing.T, street, unit, city string) {
		original, err := cris.NewAddress(cris.AddressParts{Street: street, Unit: unit, City: city, State: "OH", ZIP: cris.MustParseZIP("43360")})
		if err != nil {
			return
		}
		for _, form := range alphabet.Forms() {
			projected := alphabet.AddressForProvider(original, form)
			if projected.Address.IsZero() {
				require.False(t, projected.IsWhole())
				continue
			}
			parts := projected.Address.Reveal()
			require.Regexp(t, streetPattern, parts.Street)
			require.Regexp(t, cityPattern, parts.City)
			require.Equal(t, alphabet.Address{Address: projected.Address}, alphabet.AddressForProvider(projected.Address, form), "again")
		}
	})
}

// A key is letters alone, and the key of a key is the key.
func FuzzSC16_Keys(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		keys := alphabet.KeysOf(text)
		for _, key := range []string{keys.ICAO.Reveal(), keys.BaseLetter.Reveal()} {
			require.NotContains(t, key, " ")
			require.False(t, strings.ContainsFunc(key, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) }), "%q", key)
		}
		require.Equal(t, keys, alphabet.KeysOf(text+" "))
	})
}
