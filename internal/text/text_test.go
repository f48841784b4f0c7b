package text_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/seed28e20331/cris/internal/text"
)

func TestTidy(t *testing.T) {
	for _, test := range []struct{ name, line, want string }{
		{"nothing", "", ""},
		{"plain", "Nguyen", "Nguyen"},
		{"spaces outside", "  Nguyen  ", "Nguyen"},
		{"spaces inside", "Van  Der   Berg", "Van Der Berg"},
		{"no-break and wide spaces", "Van\u00a0\u2009Der\u3000Berg", "Van Der Berg"},
		{"decomposed", "Nun\u0303ez", "Nu\u00f1ez"},
		{"case is kept", "McDonald", "McDonald"},

		{"zero width space", "Ngu\u200byen", "Nguyen"},
		{"soft hyphen", "Ngu\u00adyen", "Nguyen"},
		{"Arabic letter mark", "Ngu\u061cyen", "Nguyen"},
		{"combining grapheme joiner", "Ngu\u034fyen", "Nguyen"},
		{"right-to-left override", "Ngu\u202eyen", "Nguyen"},
		{"isolates", "\u2066Nguyen\u2069", "Nguyen"},
		{"word joiner and byte order mark", "\ufeffNgu\u2060yen", "Nguyen"},
		{"Hangul fillers", "\u115f\u3164Nguyen\uffa0", "Nguyen"},
		{"variation selectors", "Nguyen\ufe0f\U000e0100", "Nguyen"},
		{"tag characters", "Nguyen\U000e0041", "Nguyen"},
		{"blank Braille", "\u2800Nguyen", "Nguyen"},
		{"Mongolian vowel separator", "Ngu\u180eyen", "Nguyen"},
		{"between two spaces", "Van \u200b Der", "Van Der"},
		{"nothing to see", "\u200b\u00ad \u2800\u3164", ""},

		{"non-joiner in Latin", "Ngu\u200cyen", "Nguyen"},
		{"joiner in Latin", "Ngu\u200dyen", "Nguyen"},
		{"non-joiner in a Persian word", "علی\u200cرضا", "علی\u200cرضا"},
		{"joiner behind a virama", "क\u094d\u200d", "क\u094d\u200d"},
		{"joiner between Hindi letters", "क\u094d\u200dष", "क\u094d\u200dष"},
		{"two joiners in a Persian word", "علی\u200c\u200cرضا", "علی\u200cرضا"},
		{"joiner before a Persian word", "\u200cرضا", "رضا"},
		{"joiner behind a Persian word", "رضا\u200c", "رضا"},
		{"joiner between accents of a Latin letter", "e\u0301\u200c\u0301", "\u00e9\u0301"},
		{"joiner between marked letters", "ب\u064e\u200cر", "ب\u064e\u200cر"},
		{"virama before a mark of higher class", "क\u0951\u200b\u094d\u200d", "क\u094d\u0951\u200d"},
		{"joiner between two scripts", "رضا\u200cx", "رضاx"},
	} {
		tidy, at, problem := text.Tidy(test.line, 100)
		require.Empty(t, problem, test.name)
		require.Equal(t, -1, at, test.name)
		require.Equal(t, test.want, tidy, test.name)
	}
}

func TestTidy_SaysWhatItCannotKeep(t *testing.T) {
	for _, test := range []struct {
		name, line, problem string
		at                  int
	}{
		{"not UTF-8", "a\xff", "not valid UTF-8", -1},
		{"half a character", "a\xc3", "not valid UTF-8", -1},
		{"a surrogate", "\xed\xa0\x80", "not valid UTF-8", -1},
		{"NUL", "ab\x00", "control character", 2},
		{"line feed", "é\nb", "control character", 2},
		{"tab", "\tab", "control character", 0},
		{"delete", "a\x7f", "control character", 1},
		{"a control character of Latin-1", "ab\u0085", "control character", 2},
		{"too long", strings.Repeat("é", 31), "too long", -1},
		{"a pile of accents", "ab" + strings.Repeat("\u0301", 9), "too many marks on one character", -1},
		{"a pile on nothing", strings.Repeat("\u0301", 9), "too many marks on one character", -1},
		{"a pile of joined accents", "a" + strings.Repeat("\u0301\u200d", 10), "too many marks on one character", -1},
		{"a pile of which NFC makes one more", "\ufb2c" + strings.Repeat("\u0323", 7), "too many marks on one character", -1},
		{"a pile of circles", "a" + strings.Repeat("\u20dd", 9), "too many marks on one character", -1},
		{"a pile of spacing vowels", "क" + strings.Repeat("\u093e", 9), "too many marks on one character", -1},
	} {
		tidy, at, problem := text.Tidy(test.line, 30)
		require.Empty(t, tidy, test.name)
		require.Equal(t, test.problem, problem, test.name)
		require.Equal(t, test.at, at, test.name)
	}
}

// Words with many marks, and the most that may be.
func TestTidy_KeepsTheMarksThatScriptsNeed(t *testing.T) {
	for name, line := range map[string]string{
		"Vietnamese":     "Nguy\u1ec5n",
		"Burmese":        "\u101c\u103b\u103e\u102d\u102f\u1037\u101d\u103e\u1000\u103a",
		"Hebrew":         "\u05d1\u05bc\u05b0\u05e8\u05b5\u05d0\u05e9\u05c1\u05b4\u0596\u05d9\u05ea",
		"Tibetan":        "\u0f67\u0f90\u0fa8\u0fb3\u0fba\u0fbc\u0fbb\u0f82",
		"Thai":           "\u0e19\u0e49\u0e33\u0e17\u0e35\u0e48",
		"Arabic":         "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f",
		"eight on one":   "x" + strings.Repeat("\u0323", 8),
		"eight on each":  strings.Repeat("x"+strings.Repeat("\u0323", 8), 5),
		"hidden between": "x" + strings.Repeat("\u0323\u034f", 8),
	} {
		_, _, problem := text.Tidy(line, 100)
		require.Empty(t, problem, name)
		require.True(t, text.IsLine(line, 500), name)
	}
}

func TestIsPlain(t *testing.T) {
	for line, want := range map[string]bool{
		"147-C8": true, " 147 \u2011 C8\u00a0": true, "é": true, "علی\u200cرضا": true,
		"": false, " ": false, "e\u0301": false, "147\u202e-C8": false, "\u200b147": false, "147\n": false, "a\xff": false, "a\x00": false,
		"x" + strings.Repeat("\u0323", 9): false, "a\u200cb": false,
	} {
		require.Equal(t, want, text.IsPlain(line), "%+q", line)
	}
}

func TestTidy_CountsWhatItReturns(t *testing.T) {
	for name, line := range map[string]string{
		"exactly as long":                       strings.Repeat("é", 10),
		"spaces and what is not seen are extra": "  " + strings.Repeat("é", 10) + "\u200b",
		"two code points that NFC makes one":    strings.Repeat("e\u0301", 10),
	} {
		tidy, _, problem := text.Tidy(line, 10)
		require.Empty(t, problem, name)
		require.Equal(t, strings.Repeat("é", 10), tidy, name)
	}
	_, _, problem := text.Tidy(strings.Repeat("\u0958", 6), 10) // one letter, of which NFC makes two
	require.Equal(t, "too long", problem)
}

// Whatever comes out is in its final form, is valid, and has nothing that nobody sees but joiners.
func FuzzTidy(f *testing.F) {
	for _, line := range []string{
		"Nguyen", "Nun\u0303ez", "علی\u200cرضا", "क\u094d\u200dष", "a\u200b b", "\u0958\u200d\u0958", "a\x00", "\xff", "\u2800", "e\u200c\u0301", " \u0301",
		"\u1100\u200b\u1161", "رضا\u200c \u200cرضا", "\u0300\u200d\u0300", "e\u0301\u200c\u0301",
		"\u0dd9\u200d\u0dca\u200dx", "क\u0951\u200b\u094d\u200d", "\ufb1d\u200d\u05b7",
		"Z" + strings.Repeat("\u0351\u036b", 4), "Z" + strings.Repeat("\u0351", 9), "a\u202egnp.exe", "<b>{{.}}</b>", "'; DROP TABLE x; --",
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		tidy, at, problem := text.Tidy(line, 50)
		if problem != "" {
			require.Empty(t, tidy)
			require.Less(t, at, len(line))
			return
		}
		require.Equal(t, -1, at)
		require.True(t, utf8.ValidString(tidy))
		require.True(t, norm.NFC.IsNormalString(tidy))
		require.LessOrEqual(t, utf8.RuneCountInString(tidy), 50)
		require.False(t, strings.ContainsFunc(tidy, unicode.IsControl))
		require.Equal(t, strings.Join(strings.Fields(tidy), " "), tidy)
		require.Equal(t, tidy != "", text.IsVisible(tidy))
		again, _, problem := text.Tidy(tidy, 50)
		require.Empty(t, problem)
		require.Equal(t, tidy, again)
	})
}

func TestIsLine(t *testing.T) {
	for line, want := range map[string]bool{
		"office-1":   true,
		"é":          true,
		"0123456789": true,

		"":                 false,
		"01234567890":      false, // too long
		"ééééé\u00e9":      false, // too long in bytes
		" ":                false,
		"\u00a0\u3000":     false,
		"\u200b\u00ad":     false,
		"a\x00":            false,
		"a\nb":             false,
		"a\u0085":          false,
		"a\xff":            false,
		"x\u0323\u0323":    true,
		"\u2800\u3164":     false,
		"\U000e0041\u2066": false,
	} {
		require.Equal(t, want, text.IsLine(line, 10), "%q", line)
	}
}

func TestIsVisible(t *testing.T) {
	for line, want := range map[string]bool{
		"a": true, " . ": true, "\u0301": true, "\u200bx": true, "علی\u200cرضا": true,
		"": false, " \t\n": false, "\x00\x1b": false, "\u00ad\u034f\u061c\u200b\u2060\ufeff": false, "\u115f\u1160\u3164\uffa0": false, "\u2800": false,
	} {
		require.Equal(t, want, text.IsVisible(line), "%q", line)
	}
}

func TestIsStorable(t *testing.T) {
	for line, want := range map[string]bool{
		"": true, "a": true, "é\n\t": true, "\U0010ffff": true,
		"\x00": false, "a\x00b": false, "\xff": false, "\xc3": false, "\xed\xa0\x80": false,
	} {
		require.Equal(t, want, text.IsStorable(line), "%q", line)
	}
}

func TestSeparator(t *testing.T) {
	for _, separator := range []string{
		" ", "-", "\t", "\n", "\v", "\f", "\r",
		"\u0085", "\u00a0", "\u1680", "\u2002", "\u2007", "\u2009", "\u202f", "\u205f", "\u3000", "\u2028", "\u2029", // spaces
		"\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "\ufe58", "\ufe63", "\uff0d", "\u058a", // hyphens and dashes
		"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u202d", "\u202c", // nobody sees them
	} {
		for _, s := range []string{separator, "1" + separator, "1" + separator + "2", separator + "2"} {
			i := strings.Index(s, separator)
			require.Equal(t, len(separator), text.Separator(s, i), "%q in %q", separator, s)
			require.Equal(t, len(separator), text.Separator([]byte(s), i), "%q in %q", separator, s)
		}
	}
	for _, other := range []string{
		"0", "A", "*", "#", "_", ".", ",", "/", "~", "\x00", "\x08", "\x0e", "\x1d", "\x7f", "é", "\u00b7", "\u2022", "\u0661", "\uff11", "\u20ac", "\U0001f600", "\xff", "\xc2", "\u00ac",
	} {
		require.Zero(t, text.Separator(other, 0), "%q", other)
		require.Zero(t, text.Separator([]byte(other+"1"), 0), "%q", other)
	}
}

func TestBare(t *testing.T) {
	for _, test := range [][2]string{{"147-C8", "147C8"}, {" 147\u2011c8\n", "147C8"}, {"", ""}, {"\u200b-", ""}, {"é\xff", "É\ufffd"}} {
		require.Equal(t, test[1], text.Bare(test[0]), "%q", test[0])
	}
}

func TestLabel(t *testing.T) {
	for s, want := range map[string]string{
		"Receipt IOE1":             " IOE1",
		"receipt # IOE1":           " IOE1",
		"\tRECEIPT\u00a0No.: IOE1": " IOE1",
		"Receipt Number:IOE1":      "IOE1",
		"USCIS-Receipt-no IOE1":    " IOE1",
		"ReceiptIOE1":              "IOE1",
		"# IOE1":                   " IOE1",
		"Receipt NOL1":             " NOL1",
		"Receipt no. NOL1":         " NOL1",
		"Receipt":                  "",
		"Receipt NO":               "",
		"IOE1":                     "IOE1",
		" IOE1":                    " IOE1",
		"NOL1":                     "NOL1",
		"No. IOE1":                 "No. IOE1",
		"Number IOE1":              "Number IOE1",
		"Receipt USCIS IOE1":       " USCIS IOE1",
		"Receipt Receipt IOE1":     " Receipt IOE1",
		"REC1":                     "REC1",
		"":                         "",
		"\xff":                     "\xff",
		"Receipt ## IOE1":          "# IOE1",
	} {
		require.Equal(t, want, s[text.Label(s, "USCIS", "RECEIPT"):], "%q", s)
		require.Equal(t, want, s[text.Label([]byte(s), "USCIS", "RECEIPT"):], "%q", s)
	}
	require.Zero(t, text.Label("A1"))
	require.Zero(t, text.Label(":1"))
	require.Equal(t, 1, text.Label("#1"))
}

// A separator lies within the text, is the same for both kinds of text, and is whole characters.
func FuzzSeparator(f *testing.F) {
	for _, s := range []string{"1 2", "1\u20112", "\xe2\x80", "\u00ad", "\xc2\xa0\xa0", "123-45-6789\r\n", "\U000e0041"} {
		f.Add(s, 0)
		f.Add(s, 1)
	}
	f.Fuzz(func(t *testing.T, s string, i int) {
		if i < 0 || i >= len(s) {
			return
		}
		size := text.Separator(s, i)
		require.Equal(t, size, text.Separator([]byte(s), i))
		require.LessOrEqual(t, i+size, len(s))
		if size > 0 {
			r, width := utf8.DecodeRuneInString(s[i:])
			require.Equal(t, width, size)
			require.False(t, unicode.IsLetter(r) && text.IsVisible(string(r)) || unicode.IsDigit(r), "%q", r)
		}
	})
}

// The quick way and the slow way of Tidy agree on every line of a few ASCII characters.
func TestTidy_ASCIILinesGoTheQuickWayUnchanged(t *testing.T) {
	for a := range 128 {
		for b := range 128 {
			for _, line := range []string{string([]byte{byte(a), byte(b)}), string([]byte{'x', byte(a), byte(b), 'y'})} {
				slow := strings.Join(strings.Fields(line), " ")
				tidy, _, problem := text.Tidy(line, 10)
				if strings.ContainsFunc(line, unicode.IsControl) {
					require.Equal(t, "control character", problem, "%q", line)
					continue
				}
				require.Empty(t, problem, "%q", line)
				require.Equal(t, slow, tidy, "%q", line)
			}
		}
	}
	_, _, problem := text.Tidy("abc", 2)
	require.Equal(t, "too long", problem)
}
