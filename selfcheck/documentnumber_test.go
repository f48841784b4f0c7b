package selfcheck_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/selfcheck"
)

// documentParsers are the parsers of what is printed on documents, each beside a pattern
// for it, over text without separators, and a second one for what nobody has.
var documentParsers = []struct {
	name      string
	pattern   *regexp.Regexp
	nobodys   *regexp.Regexp
	hyphenate bool
	parse     func(string) (string, error)
}{
	{"U.S. passport", regexp.MustCompile(`^[A-Za-z]?[0-9]{5,9}$`), regexp.MustCompile(`^(?:.{0,5}|.{10,}|[A-Za-z]?0+)$`), false, func(s string) (string, error) {
		n, err := selfcheck.ParseUSPassportNumber(s)
		return n.Reveal(), err
	}},
	{"foreign passport", regexp.MustCompile(`^[a-zA-Z0-9]{6,12}$`), regexp.MustCompile(`^[A-Za-z]*0+$`), false, func(s string) (string, error) {
		n, err := selfcheck.ParseForeignPassportNumber(s)
		return n.Reveal(), err
	}},
	{"I-94", regexp.MustCompile(`^(?:[0-9]{11}|[0-9]*[A-Za-z][0-9]*)$`), regexp.MustCompile(`^(?:.{0,10}|.{12,}|0*[A-Za-z]?0*)$`), false, func(s string) (string, error) {
		n, err := selfcheck.ParseI94Number(s)
		return n.Reveal(), err
	}},
	{"visa", regexp.MustCompile(`^[a-zA-Z0-9]{8}$`), regexp.MustCompile(`^[^1-9]*$`), false, func(s string) (string, error) {
		n, err := selfcheck.ParseVisaNumber(s)
		return n.Reveal(), err
	}},
	{"SEVIS", regexp.MustCompile(`^[nN]?[0-9]{10}$`), regexp.MustCompile(`^[^1-9]*$`), false, func(s string) (string, error) {
		n, err := selfcheck.ParseSEVISNumber(s)
		return strings.TrimPrefix(n.Reveal(), "N"), err
	}},
	{"list B document", regexp.MustCompile(`^[a-zA-Z0-9*-]{1,17}$`), regexp.MustCompile(`^[^1-9]*$`), true, func(s string) (string, error) {
		n, err := selfcheck.ParseDocumentNumber(s)
		return n.Reveal(), err
	}},
}

// withoutSeparators drops what every number drops; a number with hyphens keeps those inside.
func withoutSeparators(s string, hyphenate bool) string {
	var kept strings.Builder
	for i := 0; i < len(s); {
		size := text.Separator(s, i)
		if size == 0 {
			kept.WriteByte(s[i])
			i++
			continue
		}
		if r, _ := utf8.DecodeRuneInString(s[i:]); hyphenate && (unicode.Is(unicode.Pd, r) || r == '−') {
			kept.WriteByte('-')
		}
		i += size
	}
	return strings.Trim(kept.String(), "-")
}

// parsesAsPublished checks every parser against its patterns.
func parsesAsPublished(t *testing.T, s string) {
	t.Helper()
	for _, p := range documentParsers {
		bare := withoutSeparators(s, p.hyphenate)
		got, err := p.parse(s)
		if !p.pattern.MatchString(bare) || p.nobodys.MatchString(bare) {
			require.Error(t, err, "%s %q", p.name, s)
			require.Empty(t, got)
			_, isParseError := errors.AsType[*cris.ParseError](err)
			require.True(t, isParseError)
			continue
		}
		require.NoError(t, err, "%s %q", p.name, s)
		want := strings.ToUpper(bare)
		if p.name == "SEVIS" { // with the letter or without it
			want = strings.TrimPrefix(want, "N")
		}
		require.Equal(t, want, got, p.name)
	}
}

var documentNumberSeeds = []string{
	"", " ", "912803456", "Z12803456", "a12803456", "C12345678", "12345", "123456", "1234567890", "123456789012",
	"1234567890123", "12345678901", "123456789a1", "123 456 789 01", "1234567890", "DL-99*1", "*", "12345678901234567",
	"123456789012345678", "USA", "usa", "US", "USAA", "U5A", "12345678é", "1234\x0056789", "1234|567890",
	"000000000", "A00000000", "0000000000A", "00000000A00", "000000000A1", "AB34567890A", "ABCDEFGHIJK", "C01X00T47",
	"AB1234", "1A2345678", "00000", "***", "-", "0-0", "--1--", "D\u20101\u20112\u20133\u20144\u22125", "\t912803456\r\n",
	"912\u00a0803\u202f456", "\u200b912803456\ufeff", "91280\u00ad3456", "1----------------2", "1---------------2", "1-2-", "\xff12345678",
	"K1234567", "12345678", "ABCDEFGH", "00000000", "N0012345678", "n 001-234-5678", "0012345678", "M0012345678", "N00123456", "N0000000000",
	"NN012345678", "0N12345678", "N001234567", "00123456789",
	"9", "z99999", "99999999999", "@@@@@1", "[12345", "`12345", "{12345", "/12345", ":12345", "+12345",
}

func TestSC9_DocumentNumbers(t *testing.T) {
	for _, s := range documentNumberSeeds {
		parsesAsPublished(t, s)
	}
}

func FuzzSC9_DocumentNumbers(f *testing.F) {
	for _, seed := range documentNumberSeeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) { parsesAsPublished(t, s) })
}

// A number that is kept already takes no memory when it is read again, as it stands on the
// document or with separators of ASCII.
func TestSC9_ReadingNumbersAllocatesNothing(t *testing.T) {
	for name, read := range map[string]func() bool{
		"SSN":             func() bool { n, err := selfcheck.ParseSSN("536 90 4399"); return err == nil && !n.IsZero() },
		"A-Number":        func() bool { n, err := cris.ParseANumber("A087654321"); return err == nil && !n.IsZero() },
		"A-Number copied": func() bool { n, err := cris.ParseANumber("087-654-321"); return err == nil && !n.IsZero() },
		"U.S. passport":   func() bool { n, err := selfcheck.ParseUSPassportNumber("z12803456"); return err == nil && !n.IsZero() },
		"foreign passport": func() bool {
			n, err := selfcheck.ParseForeignPassportNumber("AB 1234567")
			return err == nil && !n.IsZero()
		},
		"I-94":            func() bool { n, err := selfcheck.ParseI94Number("123-456789-A1"); return err == nil && !n.IsZero() },
		"visa":            func() bool { n, err := selfcheck.ParseVisaNumber("K1234567"); return err == nil && !n.IsZero() },
		"SEVIS":           func() bool { n, err := selfcheck.ParseSEVISNumber("0012345678"); return err == nil && !n.IsZero() },
		"list B document": func() bool { n, err := selfcheck.ParseDocumentNumber("DL-99*1"); return err == nil && !n.IsZero() },
	} {
		require.Zero(t, testing.AllocsPerRun(100, func() {
			if !read() {
				panic(name)
			}
		}), name)
	}
}

func TestSC9_DocumentNumbersTellWhatIsWrong(t *testing.T) {
	us := func(s string) error { _, err := selfcheck.ParseUSPassportNumber(s); return err }
	foreign := func(s string) error { _, err := selfcheck.ParseForeignPassportNumber(s); return err }
	i94 := func(s string) error { _, err := selfcheck.ParseI94Number(s); return err }
	document := func(s string) error { _, err := selfcheck.ParseDocumentNumber(s); return err }
	visa := func(s string) error { _, err := selfcheck.ParseVisaNumber(s); return err }
	sevis := func(s string) error { _, err := selfcheck.ParseSEVISNumber(s); return err }
	for _, tc := range []struct {
		parse func(string) error
		in    string
		want  cris.ParseError
	}{
		{us, "12 34?", cris.ParseError{What: "U.S. passport number", At: 5, Problem: "character not allowed here"}},
		{us, " 1234567890", cris.ParseError{What: "U.S. passport number", At: 10, Problem: "too long"}},
		{us, "12345", cris.ParseError{What: "U.S. passport number", At: 5, Problem: "too short"}},
		{us, "1A3456789", cris.ParseError{What: "U.S. passport number", At: -1, Problem: "a letter after the first character"}},
		{us, "A00000000", cris.ParseError{What: "U.S. passport number", At: -1, Problem: "all digits are zero"}},
		{foreign, "AB0000", cris.ParseError{What: "passport number", At: -1, Problem: "all digits are zero"}},
		{i94, "1234567890", cris.ParseError{What: "I-94 number", At: 10, Problem: "too short"}},
		{i94, "A234567890B", cris.ParseError{What: "I-94 number", At: -1, Problem: "more than one letter"}},
		{i94, "0000000000A", cris.ParseError{What: "I-94 number", At: -1, Problem: "all digits are zero"}},
		{visa, "K123456", cris.ParseError{What: "visa number", At: 7, Problem: "too short"}},
		{visa, "K123456789", cris.ParseError{What: "visa number", At: 8, Problem: "too long"}},
		{visa, "ABCDEFGH", cris.ParseError{What: "visa number", At: -1, Problem: "no digit but zeros"}},
		{sevis, "M0012345678", cris.ParseError{What: "SEVIS number", At: -1, Problem: "want the letter N and ten digits"}},
		{sevis, "00123456789", cris.ParseError{What: "SEVIS number", At: -1, Problem: "want the letter N and ten digits"}},
		{sevis, "N001234567", cris.ParseError{What: "SEVIS number", At: -1, Problem: "want the letter N and ten digits"}},
		{sevis, "N0000000000", cris.ParseError{What: "SEVIS number", At: -1, Problem: "all digits are zero"}},
		{document, "***", cris.ParseError{What: "document number", At: -1, Problem: "no digit but zeros"}},
		{document, "1----------------2", cris.ParseError{What: "document number", At: 17, Problem: "too long"}},
	} {
		var got *cris.ParseError
		require.ErrorAs(t, tc.parse(tc.in), &got)
		require.Equal(t, tc.want, *got, tc.in)
	}
}
