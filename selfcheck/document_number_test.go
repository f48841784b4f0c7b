package selfcheck_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/selfcheck"
)

// documentParsers are the parsers of what is printed on documents, each beside the
// pattern that is published for it, over text without blanks.
var documentParsers = []struct {
	name    string
	pattern *regexp.Regexp
	parse   func(string) (string, error)
}{
	{"U.S. passport", regexp.MustCompile(`^[A-Za-z0-9]{6,9}$`), func(s string) (string, error) {
		n, err := selfcheck.ParseUSPassportNumber(s)
		return n.Reveal(), err
	}},
	{"foreign passport", regexp.MustCompile(`^[a-zA-Z0-9]{6,12}$`), func(s string) (string, error) {
		n, err := selfcheck.ParseForeignPassportNumber(s)
		return n.Reveal(), err
	}},
	{"I-94", regexp.MustCompile(`^[0-9A-Za-z]{11}$`), func(s string) (string, error) {
		n, err := selfcheck.ParseI94Number(s)
		return n.Reveal(), err
	}},
	{"list B document", regexp.MustCompile(`^[a-zA-Z0-9*-]{1,17}$`), func(s string) (string, error) {
		n, err := selfcheck.ParseDocumentNumber(s)
		return n.Reveal(), err
	}},
	{"country", regexp.MustCompile(`^[a-zA-Z]{3}$`), func(s string) (string, error) {
		c, err := selfcheck.ParseCountryCode(s)
		return string(c), err
	}},
	{"state", regexp.MustCompile(`^[a-zA-Z]{2}$`), func(s string) (string, error) {
		c, err := selfcheck.ParseStateCode(s)
		return string(c), err
	}},
}

// parsesAsPublished checks every parser against its pattern.
func parsesAsPublished(t *testing.T, s string) {
	t.Helper()
	for _, p := range documentParsers {
		withoutBlanks := strings.ReplaceAll(s, " ", "")
		got, err := p.parse(s)
		if !p.pattern.MatchString(withoutBlanks) {
			require.Error(t, err, "%s %q", p.name, s)
			require.Empty(t, got)
			continue
		}
		require.NoError(t, err, "%s %q", p.name, s)
		require.Equal(t, strings.ToUpper(withoutBlanks), got, p.name)
	}
}

var documentNumberSeeds = []string{
	"", " ", "912803456", "Z12803456", "a12803456", "C12345678", "12345", "123456", "1234567890", "123456789012",
	"1234567890123", "12345678901", "123456789a1", "123 456 789 01", "1234567890", "DL-99*1", "*", "12345678901234567",
	"123456789012345678", "USA", "usa", "US", "USAA", "U5A", "12345678é", "1234\x0056789", "1234|567890",
}

func TestDocumentNumbers(t *testing.T) {
	for _, s := range documentNumberSeeds {
		parsesAsPublished(t, s)
	}
}

func FuzzDocumentNumbers(f *testing.F) {
	for _, seed := range documentNumberSeeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) { parsesAsPublished(t, s) })
}
