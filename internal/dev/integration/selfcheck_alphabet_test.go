package integration_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/alphabet"
)

// published returns the rows of a file of published facts about Self Check, without comments,
// and skips the test where they are not at hand.
func published(t *testing.T, file string) [][]string {
	t.Helper()
	folder := os.Getenv("CRIS_DATA")
	if folder == "" {
		t.Skip("CRIS_DATA is not set: it names the folder with the published facts")
	}
	content, err := os.ReadFile(filepath.Join(folder, "selfcheck", file))
	require.NoError(t, err)
	var rows [][]string
	for line := range strings.Lines(string(content)) {
		if row := strings.Split(strings.TrimRight(line, "\n"), "\t"); len(row) > 1 && !strings.HasPrefix(row[0], "#") {
			rows = append(rows, row)
		}
	}
	return rows
}

// The ICAO form of each published letter is the published one. Its base-letter form is the
// same, or the letter under the accents.
func TestSC7_PublishedLettersInBothForms(t *testing.T) {
	same, differ := 0, map[string]string{}
	var silent []rune
	for _, row := range published(t, "icao9303_transliteration.tsv") {
		var letter rune
		_, err := fmt.Sscanf(row[0], "U+%X", &letter)
		require.NoError(t, err)
		if !unicode.IsLetter(letter) || letter == '\u0640' { // vowel points and the tatweel
			keys := alphabet.KeysOf("AB" + string(letter) + "C")
			require.Equal(t, "ABC", keys.BaseLetter.Reveal(), row[0])
			continue
		}
		want, atEnd, hasEnd := strings.Cut(strings.TrimSuffix(row[3], "(final)"), "|")
		if !hasEnd {
			atEnd = want
		}
		if want == "" && letter != 'Ь' {
			silent = append(silent, letter) // no source writes it
			require.Equal(t, string(letter), alphabet.KeysOf(string(letter)).ICAO.Reveal())
			continue
		}
		keys := alphabet.KeysOf("A" + string(letter) + "B " + string(letter))
		require.Equal(t, "A"+want+"B"+atEnd, keys.ICAO.Reveal(), row[0])
		base := alphabet.KeysOf("A" + string(letter)).BaseLetter.Reveal()[1:]
		if same++; base == want {
			continue
		}
		if !unicode.IsLower(letter) {
			differ[string(letter)] = want + " " + base
		}
		require.NotEmpty(t, base)
	}
	require.Equal(t, 299, same)
	require.Equal(t, map[string]string{
		"Ä": "AE A", "Å": "AA A", "Ö": "OE O", "Ø": "OE O", "Ü": "UE U",
		"آ": "XAA A", "أ": "XAE A", "ؤ": "U W", "إ": "I A", "ئ": "XI Y", "ۂ": "XGE XXG", "ۓ": "XBE XYB",
	}, differ)
	require.Equal(t, "ڜڢڧڨ", string(silent))
}

func TestSC7_PublishedNameVectors(t *testing.T) {
	checked := 0
	for _, row := range published(t, "name_vectors.tsv") {
		input, rule, expected := row[0], row[1], row[2]
		key := alphabet.KeysOf(input).ICAO.Reveal()
		projected := func() alphabet.Name {
			name, err := cris.NewPersonName(cris.NameParts{Family: input})
			require.NoError(t, err)
			return alphabet.ForEVerify(name, alphabet.ICAO)
		}
		switch {
		case rule == "icao_mrz":
			require.Equal(t, expected, key)
		case rule == "icao_mrz_pad4": // four characters of it
			require.Equal(t, expected, key[:4])
		case rule == "icao_ru":
			require.Equal(t, expected, projected().Name.Reveal().Family)
		case rule == "icao_sr": // Serbia writes the letter tse as C, which is a reading, and no key
			require.Equal(t, "TEST MILITSA", projected().Name.Reveal().Family)
			require.Contains(t, alphabet.Spellings(input)[len(alphabet.Spellings("ТЕСТ МИЛИ"))], "C")
		case rule == "nfd_strip_Mn": // what leaving out marks alone leaves; the base letter is more than that
			for _, r := range alphabet.KeysOf(input).BaseLetter.Reveal() {
				require.True(t, 'A' <= r && r <= 'Z')
			}
		case rule == "usps_en" && !strings.Contains(expected, "unsupported"):
			signs := "a" + strings.Join(strings.Fields(input), "a") + "a"
			name, err := cris.NewPersonName(cris.NameParts{Family: signs})
			require.NoError(t, err)
			got := alphabet.ForProvider(name, alphabet.ICAO)
			require.Equal(t, "a"+strings.Join(strings.Fields(expected), "a")+"a", got.Name.Reveal().Family)
			require.True(t, got.IsWhole())
		case rule == "usps_en": // what nobody sees is no part of a name, so no projection meets it
			name, err := cris.NewPersonName(cris.NameParts{Family: strings.ReplaceAll(input, `\u200B`, "\u200B")})
			require.NoError(t, err)
			require.Equal(t, "Helloworld", name.Reveal().Family)
		default:
			require.Fail(t, "unknown rule", rule)
		}
		checked++
	}
	require.Equal(t, 14, checked)
}
