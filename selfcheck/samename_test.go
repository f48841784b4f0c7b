package selfcheck_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/alphabet"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// proofingOf decides on a pass of the provider that was sent one name and reports the other.
func proofingOf(t *testing.T, sent, reported cris.NameParts) selfcheck.Proofing {
	t.Helper()
	applicant := selfchecktest.NewApplicant(func(a *selfcheck.Applicant) { a.Name = name(t, sent) })
	passed := facts(applicant, func(f *selfcheck.ProofingFacts) { f.Reported.Report.Name = name(t, reported) })
	return selfcheck.DecideProofing(passed, selfcheck.Policy{})
}

// requireSame checks that a pass for the reported name counts, with the name as sent.
func requireSame(t *testing.T, sent, reported cris.NameParts) {
	t.Helper()
	proofing := proofingOf(t, sent, reported)
	require.Equal(t, selfcheck.Authenticated, proofing.Outcome, "sent %v, reported %v", sent, reported)
	require.Equal(t, name(t, sent), proofing.Pass.Name, "as sent")
	require.Equal(t, name(t, sent), proofing.Pass.Identity().Name())
}

func requireOther(t *testing.T, sent, reported cris.NameParts) {
	t.Helper()
	proofing := proofingOf(t, sent, reported)
	require.Equal(t, selfcheck.NotAuthenticated, proofing.Outcome, "sent %v, reported %v", sent, reported)
	require.Equal(t, selfcheck.SystemError, proofing.Failure.Reason)
	require.Equal(t, reasons("pass_for_another_name"), proofing.Reasons)
	require.Zero(t, proofing.Pass)
}

func family(family string) cris.NameParts { return cris.NameParts{Family: family, Given: "Ana"} }

func TestSC7_ProviderSpellsTheNameItsOwnWay(t *testing.T) {
	for _, tc := range []struct{ sent, reported string }{
		{"O’Brien", "O'BRIEN"},
		{"O’Brien", "OBRIEN"},
		{"O’Brien", "O BRIEN"},
		{"O'Brien", "O‘Brien"},
		{"O`Brien", "OʼBrien"},
		{"Nuñez", "NUNEZ"},
		{"Nuñez", "NUNXXEZ"},
		{"Nuñez", "nuñez"},
		{"Nun\u0303ez", "NUÑEZ"},
		{"Müller", "MULLER"},
		{"Müller", "MUELLER"},
		{"Müller", "MUXXLLER"},
		{"Mueller", "MÜLLER"},
		{"Peña-Müller", "PENA MUELLER"}, // one letter by its base, the other by ICAO
		{"Ångström", "AANGSTROEM"},
		{"Ångström", "ANGSTROM"},
		{"Ångström", "ANGSTROEM"},
		{"Ärlund", "ARLUND"},
		{"Ärlund", "AERLUND"},
		{"Søren", "SOREN"},
		{"Søren", "SOEREN"},
		{"Æbelø", "AEBELOE"},
		{"Œuvré", "OEUVRE"},
		{"Straße", "STRASSE"},
		{"STRAẞE", "Strasse"},
		{"Þórsson", "THORSSON"},
		{"Guðmundur", "GUDMUNDUR"},
		{"Łukasiewicz", "LUKASIEWICZ"},
		{"Đỗ", "DO"},
		{"Nguyễn", "NGUYEN"},
		{"Ǖber", "UBER"},
		{"Ǖber", "UEBER"},
		{"İpek", "IPEK"},
		{"Yıldız", "YILDIZ"},
		{"Żak", "ZAK"},
		{"X\u030cara", "XARA"},
		{"ǰavid", "JAVID"}, // Unicode has no capital for it in one character
		{"ẖana", "HANA"},
		{"ʻŌpūnui", "OPUNUI"},
		{"Kaʻanāʻanā", "Ka'ana'ana"},
		{"Ƙofa", "KOFA"},
		{"Əliyev", "ALIYEV"},
		{"Əliyev", "ELIYEV"},
		{"Đorđević", "DJORDJEVIC"},
		{"ĸa", "QA"},
		{"ȾEḴES", "TEKES"},
		{"SȺnich", "SANICH"},
		{"Ɨpa", "IPA"},
		{"De la Cruz", "DELACRUZ"},
		{"De la Cruz", "DE<LA<CRUZ"},
		{"de la Cruz", "DE  LA CRUZ"},
		{"Smith-Jones", "SMITH JONES"},
		{"Smith‑Jones", "SMITHJONES"},
		{"Smith–Jones", "Smith-Jones"},
		{"St. John", "ST JOHN"},
		{"McDonald", "MC DONALD"},
		{"ＳＭＩＴＨ", "Smith"},
		{"Ĳssel", "IJSSEL"},
		{"Краевой", "KRAEVOI"},
		{"Краевой", "КРАЕВОЙ"},
		{"Щербина", "SHCHERBINA"},
		{"Щербина", "SHTERBINA"},
		{"Объедков", "OBIEEDKOV"},
		{"Объедков", "OBEDKOV"},
		{"Гринь", "GRIN"},
		{"Grin", "ГРИНЬ"},
		{"Ђорђевић", "DORDEVIC"},
		{"Ќурчиев", "KJURCHIEV"},
		{"محمد", "MXHMD"},
		{"محمّد", "MXHMMD"},
		{"مُحَمَّد", "MXHMD"},
		{"مـحـمـد", "محمد"},
		{"\u0651محمد", "MXHMD"}, // a shadda without a letter under it
		{"Παπαδόπουλος", "ΠΑΠΑΔΟΠΟΥΛΟΣ"},
		{"李", "李"},
		{"ｶﾄｳ", "カトウ"},
		{"रिया", "रिया"},
		{"שָׁלוֹם", "שלום"},
		{strings.Repeat("Venkata", 6), strings.Repeat("VENKATA", 4) + "VENK"},            // cut off at 32 characters
		{strings.Repeat("Venkat ", 6) + "Rao", strings.Repeat("VENKAT ", 4) + "VEN"},     // at 31, the 32nd was a space
		{strings.Repeat("Venkata", 4) + "Ven Rao", strings.Repeat("VENKATA", 4) + "VEN"}, // the same
	} {
		requireSame(t, family(tc.sent), family(tc.reported))
	}
}

func TestSC7_OtherNamesStayRefused(t *testing.T) {
	for _, tc := range []struct{ sent, reported string }{
		{"O’Brien", "Smith"},
		{"Smith", "O’Brien"},
		{"O’Brien", "O'BRIAN"},
		{"O’Brien", "BRIEN"},
		{"O’Brien", "O'BRIENS"},
		{"Nuñez", "NUNES"},
		{"Nuñez", "NXXUNEZ"},
		{"Mueller", "MULLER"}, // nobody writes ue as u
		{"Müller", "MLLER"},
		{"Müller", "MUEXXLLER"},
		{"Strauß", "STRAUS"},
		{"Søren", "SEREN"},
		{"Łukasz", "UKASZ"},
		{"李", "朱"},
		{"李", "LI"},
		{"李", "ъ"},
		{"रमा", "राम"}, // the vowels are marks, and no accents
		{"かとう", "がとう"},
		{"Παπάς", "PAPAS"},
		{"Ь", "ЬЬ"}, // ICAO leaves the soft sign out: nothing is left to compare
		{"ь", "ъ"},
		{"ʻ", "ʼ"},
		{"李ь", "ь"},
		{strings.Repeat("Venkata", 6), strings.Repeat("VENKATA", 4) + "VE"},    // 30 characters: not cut off
		{strings.Repeat("Venkata", 6), strings.Repeat("VENKATA", 4) + "VENKA"}, // 33
		{strings.Repeat("Venkata", 6), strings.Repeat("VENKATA", 4) + "RAOS"},
		{strings.Repeat("Venkata", 4) + "VENK", strings.Repeat("Venkata", 6)}, // the other way round
		{"Kumar", "K"},
	} {
		requireOther(t, family(tc.sent), family(tc.reported))
		requireOther(t,
			cris.NameParts{Family: "Ana", Given: tc.sent}, cris.NameParts{Family: "Ana", Given: tc.reported})
	}
}

func TestSC7_EqualNamesAreTheSame(t *testing.T) {
	for _, part := range []string{"O’Brien", "李", "Ь", "ʻ", "ـب", "รัตนา"} {
		requireSame(t, family(part), family(part))
	}
}

func TestSC7_GivenAndMiddleNames(t *testing.T) {
	parts := func(given, middle string) cris.NameParts {
		return cris.NameParts{Family: "Smith", Given: given, Middle: middle}
	}
	for _, tc := range []struct {
		sent, reported cris.NameParts
		same           bool
	}{
		{parts("Mary", "A"), parts("MARY", "A."), true},
		{parts("Mary", "A"), parts("MARY", "a"), true},
		{parts("Mary", "A"), parts("MARY", "ANN"), true}, // of which the provider was sent the initial
		{parts("Mary", "A"), parts("MARY", ""), true},    // not reported
		{parts("Mary", ""), parts("MARY", "A"), true},    // on file there, and not asked for here
		{parts("Mary", "A"), parts("MARY", "B"), false},
		{parts("Mary", "A"), parts("MARY", "ʻ"), true}, // no initial
		{parts("Mary", "Ö"), parts("MARY", "O"), true},
		{parts("Mary", "Ö"), parts("MARY", "OE"), true},
		{parts("Mary", "O"), parts("MARY", "ÖSTEN"), true},
		{parts("Mary", "Ž"), parts("MARY", "Z"), true},
		{parts("Mary", "Ж"), parts("MARY", "ZH"), true},
		{parts("Mary", "Ж"), parts("MARY", "Z."), true},
		{parts("Mary", "Þ"), parts("MARY", "D"), false},
		{parts("Mary Ann", ""), parts("MARY-ANN", ""), true},
		{parts("Mary Ann", ""), parts("MARYANN", ""), true},
		{parts("Mary Ann", ""), parts("MARY", "ANN"), true},
		{parts("Mary Ann", ""), parts("MARY", "A"), true},
		{parts("Mary Ann", ""), parts("MARY", "B"), false},
		{parts("Maryann", ""), parts("MARY", "A"), false}, // one name has no further one in it
		{parts("Mary Ann", ""), parts("MARY", ""), false}, // a given name is missing
		{parts("Mary Ann", ""), parts("ANN", "M"), false},
		{parts("Jean-Luc", ""), parts("JEAN", "L"), true},
		{parts("Jean\u2011Luc", ""), parts("JEAN", "L"), true},
		{parts("J.Luc", ""), parts("J", "L"), true},
		{parts("Mary Ann Lou", ""), parts("MARY ANN", "L"), true},
		{parts("Mary", "A"), parts("MARY A", ""), true},
		{parts("Mary", "A"), parts("MARY ANN", ""), true},
		{parts("Mary", "A"), parts("MARY BETH", ""), false},
		{parts("Mary", "A"), parts("ANN", "M"), false},
		{parts("Mary", ""), parts("MARIE", ""), false},
	} {
		if tc.same {
			requireSame(t, tc.sent, tc.reported)
		} else {
			requireOther(t, tc.sent, tc.reported)
		}
	}
}

func TestSC7_MaidenName(t *testing.T) {
	parts := func(family, maiden string) cris.NameParts {
		return cris.NameParts{Family: family, Given: "Ana", Maiden: maiden}
	}
	requireSame(t, parts("Smith", "Nuñez"), parts("SMITH", "NUNEZ"))
	requireSame(t, parts("Smith", "Nuñez"), parts("SMITH", ""))
	requireSame(t, parts("Smith", ""), parts("SMITH", "NUNEZ"))
	requireOther(t, parts("Smith", "Nuñez"), parts("SMITH", "LOPEZ"))
	requireOther(t, parts("Smith", "Nuñez"), parts("NUNEZ", "SMITH"))
	requireOther(t, parts("Smith", "Nuñez"), parts("NUNEZ", ""))
}

func TestSC7_OneName(t *testing.T) {
	one := func(family, given string) cris.NameParts { return cris.NameParts{Family: family, Given: given} }
	for _, sent := range []cris.NameParts{one("Sukarno", ""), one("", "Sukarno"), one("Sukarno", "FNU"), one("LNU", "Sukarno")} {
		for _, reported := range []cris.NameParts{
			one("SUKARNO", ""), one("", "SUKARNO"), one("SUKARNO", "SUKARNO"), one("SUKARNO", "FNU"), one("SUKARNO", "fnu"), one("LNU", "SUKARNO"),
		} {
			requireSame(t, sent, reported)
		}
		for _, reported := range []cris.NameParts{
			one("SUHARTO", ""), one("", "SUHARTO"), one("SUKARNO", "ACHMED"), one("ACHMED", "SUKARNO"), one("FNU", "SUKARNO"), one("FNU", "LNU"),
		} {
			requireOther(t, sent, reported)
		}
	}
	requireOther(t, one("Ali", "Omar"), one("ALI", ""))
	requireOther(t, one("Ali", "Omar"), one("ALI", "FNU"))
	requireOther(t, one("Ali", "Omar"), one("ALI", "ALI"))
	requireOther(t, one("Ali", "Omar"), one("OMAR", "ALI"))
	requireOther(t, cris.NameParts{Family: "Ali", Middle: "B"}, cris.NameParts{Family: "ALI", Middle: "C"})
	requireSame(t, one("FNU", ""), one("FNU", ""))
}

func TestSC7_PassForNoOne(t *testing.T) {
	proofing := decide(func(r *selfcheck.Report) { r.Name = cris.PersonName{} })
	require.Equal(t, reasons("pass_without_name"), proofing.Reasons)
	proofing = decideFacts(func(f *selfcheck.ProofingFacts) { f.Sent = selfcheck.Applicant{BirthDate: f.Sent.BirthDate} })
	require.Equal(t, reasons("pass_for_another_name"), proofing.Reasons)
}

// The spellings of the fake provider are written without regard to the package.
func TestSC7_FakeProviderNeverEchoes(t *testing.T) {
	for _, parts := range []cris.NameParts{
		{Family: "O’Brien", Given: "Siân", Middle: "A", Maiden: "Ó Súilleabháin"},
		{Family: "Nuñez de la Cruz", Given: "José-María", Middle: "É"},
		{Family: "Müller-Lüdenscheidt", Given: "Jürgen", Middle: "ß"},
		{Family: "Ångström", Given: "Søren", Middle: "Ø", Maiden: "Þórðardóttir"},
		{Family: "ʻŌpūnui", Given: "Kaʻanāʻanā", Middle: "ʻŌlelo"},
	} {
		for i, spelling := range []selfchecktest.Spelling{nil, selfchecktest.InCapitals, selfchecktest.LettersOnly, selfchecktest.MachineReadable} {
			check := newCheck(selfchecktest.NewFakeIdP(selfchecktest.Quiz{Outcome: selfcheck.IdPPassed, Questions: 3, Spelling: spelling}), selfchecktest.NewFakeEVerify())
			proofing, err := check.Prove(t.Context(), token, shown, selfchecktest.NewApplicant(func(a *selfcheck.Applicant) { a.Name = name(t, parts) }))
			require.NoError(t, err)
			require.Equal(t, selfcheck.Authenticated, proofing.Outcome, "%v by spelling %d", parts, i)
			sent := proofing.Pass.Name.Reveal()
			require.Equal(t, name(t, parts).Reveal().Family, sent.Family)
			if spelling != nil {
				require.NotEqual(t, sent, spelling(sent))
			}
		}
	}
}

// dataFile opens a file with published vectors, and skips the test without them.
func dataFile(t *testing.T, elements ...string) *os.File {
	t.Helper()
	folder := os.Getenv("CRIS_DATA")
	if folder == "" {
		t.Skip("CRIS_DATA is not set: the published vectors are not read")
	}
	file, err := os.Open(filepath.Join(append([]string{folder}, elements...)...))
	require.NoError(t, err)
	t.Cleanup(func() { file.Close() })
	return file
}

// A name in which a letter stands is the same as the name with the letter written as ICAO
// Doc 9303 does, and so, for letters that are one of A to Z with accents, by their base.
func TestSC7_EveryLetterOfICAO(t *testing.T) {
	letters := 0
	for lines := bufio.NewScanner(dataFile(t, "selfcheck", "icao9303_transliteration.tsv")); lines.Scan(); {
		columns := strings.Split(lines.Text(), "\t")
		if strings.HasPrefix(columns[0], "#") || len(columns) < 4 {
			continue
		}
		var point rune
		_, err := fmt.Sscanf(columns[0], "U+%X", &point)
		require.NoError(t, err)
		written, _, _ := strings.Cut(columns[3], "(")
		if !unicode.IsLetter(point) || written == "" && columns[4] == "single" && point != 'Ь' && point != 'ـ' {
			continue // a vowel sign, or a letter that no source writes
		}
		letters++
		for reading := range strings.SplitSeq(written, "|") {
			requireSame(t, family("Bo"+string(point)+"ba"), family("BO"+reading+"BA"))
			requireSame(t, family("Bo"+reading+"ba"), family("BO"+string(point)+"BA"))
			requireOther(t, family("Bo"+string(point)+"ba"), family("BO"+reading+"Q BA"))
		}
		_, others, hasOthers := strings.Cut(strings.Join(columns[6:], ""), ":")
		if hasOthers && point != 'К' { // its variant is that of Ќ
			for variant := range strings.FieldsSeq(strings.Join(columns[6:], "")) {
				_, reading, _ := strings.Cut(variant, ":")
				requireSame(t, family("Bo"+string(point)+"ba"), family("BO"+reading+"BA"))
			}
			require.NotEmpty(t, others)
		}
	}
	require.Greater(t, letters, 270)
}

func TestSC7_PublishedNames(t *testing.T) {
	vectors := 0
	for lines := bufio.NewScanner(dataFile(t, "selfcheck", "name_vectors.tsv")); lines.Scan(); {
		columns := strings.Split(lines.Text(), "\t")
		if len(columns) < 3 || !slices.Contains([]string{"icao_mrz", "icao_ru", "icao_sr"}, columns[1]) {
			continue
		}
		vectors++
		requireSame(t, family(columns[0]), family(columns[2]))
	}
	require.Equal(t, 5, vectors)
}

// Whatever a name is, the provider may report it as it was sent: in the letters and lengths
// of its fields.
func FuzzSC7_ProjectionIsTheSameName(f *testing.F) {
	for _, seed := range []string{
		"O’Brien", "Nuñez", "Ångström", "Straße", "ʻŌpūnui", "De la Cruz", "Smith–Jones", "St. John", "ＳＭＩＴＨ", "Ĳssel", "Щербина", "Объедков",
		"محمّد", "فاطمة الزهراء", "ʰAna", "ⒶAna", "Fñu", "FNU", "LNU", "ŉ", "A´b", "Ŀ", "A -B", "ĸ", strings.Repeat("Abcd ", 8), strings.Repeat("ﷺ", 2),
		strings.Repeat("Abcdefg ", 4) + "-x", strings.Repeat("a", 31) + "Ö", "", "A",
	} {
		f.Add(seed, "Ana", "M")
		f.Add("Smith", seed, seed)
		f.Add(seed, seed, "Öst")
		f.Add(seed, "", "")
	}
	f.Fuzz(func(t *testing.T, family, given, middle string) {
		sent, err := cris.NewPersonName(cris.NameParts{Family: family, Given: given, Middle: middle})
		if err != nil {
			return
		}
		for _, form := range alphabet.Forms() {
			if p := alphabet.ForProvider(sent, form); len(p.Unmapped) == 0 {
				requireSame(t, sent.Reveal(), p.Name.Reveal())
			}
			if p := alphabet.ForEVerify(sent, form); p.IsWhole() {
				requireSame(t, sent.Reveal(), p.Name.Reveal())
			}
		}
	})
}

func TestSC7_NamesThatLookLikePlaceholders(t *testing.T) {
	given := func(given string) cris.NameParts { return cris.NameParts{Family: "Smith", Given: given} }
	requireSame(t, given("Fñu"), given("FNU"))
	requireOther(t, given("Fñu"), given("FNA"))
	requireOther(t, given("Ana"), given("FNU"))
}
