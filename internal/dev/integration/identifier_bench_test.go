package integration_test

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/selfcheck"
)

// identifier is a number that the query asks for, and how a service without the library
// would read it: fold what people enter, then match a regular expression.
type identifier struct {
	pattern *regexp.Regexp // of the folded number
	nobodys *regexp.Regexp // of those that nobody has
	field   selfcheck.Field
	listA   selfcheck.Document
	shape   string // of a number: 9 is any digit, A any letter
}

// The patterns say what the parsers of package selfcheck say, as far as a regular expression
// without lookahead can, and what they cannot in a second one.
var identifiers = map[string]*identifier{
	"SSN": {
		pattern: regexp.MustCompile(`^[0-8][0-9]{8}$`),
		nobodys: regexp.MustCompile(`^(?:000|666|...00|.....0000|078051120|219099999|457555462|123456789|1{9}|2{9}|3{9}|4{9}|5{9}|7{9}|8{9})`),
		field:   selfcheck.FieldSSN,
		shape:   "999-99-9999",
	},
	"ANumber": {
		pattern: regexp.MustCompile(`^A[0-9]{9}$`),
		nobodys: regexp.MustCompile(`^A0+$`),
		field:   selfcheck.FieldANumber,
		shape:   "A999999999",
	},
	"USPassport": {
		pattern: regexp.MustCompile(`^(?:[0-9]{6,9}|[A-Z][0-9]{5,8})$`),
		nobodys: regexp.MustCompile(`^[A-Z]?0+$`),
		field:   selfcheck.FieldPassportNumber,
		listA:   selfcheck.USPassport,
		shape:   "C99999999",
	},
	"ForeignPassport": {
		pattern: regexp.MustCompile(`^[A-Z0-9]{6,12}$`),
		nobodys: regexp.MustCompile(`^[A-Z]*0+$`),
		field:   selfcheck.FieldPassportNumber,
		shape:   "P99999999",
	},
	"I94": {
		pattern: regexp.MustCompile(`^(?:[0-9]{11}|[0-9]*[A-Z][0-9]*)$`),
		nobodys: regexp.MustCompile(`^(?:.{0,10}|.{12,}|0*[A-Z]?0*)$`),
		field:   selfcheck.FieldI94Number,
		shape:   "999999999A9",
	},
	"Visa": {
		pattern: regexp.MustCompile(`^[A-Z0-9]{8}$`),
		nobodys: regexp.MustCompile(`^[^1-9]*$`),
		field:   selfcheck.FieldVisaNumber,
		shape:   "K9999999",
	},
	"SEVIS": {
		pattern: regexp.MustCompile(`^N?[0-9]{10}$`),
		nobodys: regexp.MustCompile(`^N?0+$`),
		field:   selfcheck.FieldSEVISNumber,
		shape:   "N9999999999",
	},
	"Document": {
		pattern: regexp.MustCompile(`^[A-Z0-9*-]{1,17}$`),
		nobodys: regexp.MustCompile(`^[^1-9]*$`),
		field:   selfcheck.FieldDocumentNumber,
		shape:   "AA999999999",
	},
}

// byRegexp reports whether the pattern takes what was entered.
func (of *identifier) byRegexp(entered string) bool {
	keepsHyphens := strings.Contains(of.pattern.String(), "*-]")
	folded := strings.Map(func(r rune) rune {
		switch {
		case r == ' ', r == '-' && !keepsHyphens:
			return -1
		case 'a' <= r && r <= 'z':
			return r - 'a' + 'A'
		}
		return r
	}, entered)
	return of.pattern.MatchString(folded) && !of.nobodys.MatchString(folded)
}

// check reports what is wrong with what was entered.
func (of *identifier) check(entered string) error {
	return selfcheck.CheckEntered(of.field, of.listA, entered)
}

// entered returns what a service is handed: a hundred good numbers, of which one in ten is
// written with spaces and small letters.
func (of *identifier) entered() []string {
	random := rand.New(rand.NewPCG(1, 2))
	var all []string
	for len(all) < 100 {
		number := strings.Map(func(r rune) rune {
			switch r {
			case '9':
				return '0' + rune(random.IntN(10))
			case 'A':
				if of.shape[0] != 'A' || len(of.shape) > 10 {
					return 'A' + rune(random.IntN(26))
				}
			}
			return r
		}, of.shape)
		if len(all)%10 == 9 {
			number = " " + strings.ToLower(number) + " "
		}
		if of.byRegexp(number) {
			all = append(all, number)
		}
	}
	return all
}

func TestIdentifiers_BothWaysAgree(t *testing.T) {
	for name, of := range identifiers {
		for _, good := range of.entered() {
			require.True(t, of.byRegexp(good))
			err := of.check(good)
			require.NoError(t, err, "%s %s", name, good)
			for at := range good {
				for _, c := range "!0A" {
					wrong := good[:at] + string(c) + good[at+1:]
					err := of.check(wrong)
					if name == "SSN" || name == "ANumber" { // they know more than the pattern does
						require.False(t, err == nil && !of.byRegexp(wrong) && name == "SSN", wrong)
						continue
					}
					require.Equal(t, of.byRegexp(wrong), err == nil, "%s %q: %v", name, wrong, err)
				}
			}
		}
	}
}

func identifierOurs(b *testing.B, name string) {
	b.Helper()
	of := identifiers[name]
	entered := of.entered()
	b.ReportAllocs()
	for b.Loop() {
		for _, number := range entered {
			if of.check(number) != nil {
				b.Fatal(name)
			}
		}
	}
}

func identifierRegexp(b *testing.B, name string) {
	b.Helper()
	of := identifiers[name]
	entered := of.entered()
	b.ReportAllocs()
	for b.Loop() {
		for _, number := range entered {
			if !of.byRegexp(number) {
				b.Fatal(name)
			}
		}
	}
}

func BenchmarkIdentifierSSN_Ours(b *testing.B)             { identifierOurs(b, "SSN") }
func BenchmarkIdentifierSSN_Regexp(b *testing.B)           { identifierRegexp(b, "SSN") }
func BenchmarkIdentifierANumber_Ours(b *testing.B)         { identifierOurs(b, "ANumber") }
func BenchmarkIdentifierANumber_Regexp(b *testing.B)       { identifierRegexp(b, "ANumber") }
func BenchmarkIdentifierUSPassport_Ours(b *testing.B)      { identifierOurs(b, "USPassport") }
func BenchmarkIdentifierUSPassport_Regexp(b *testing.B)    { identifierRegexp(b, "USPassport") }
func BenchmarkIdentifierForeignPassport_Ours(b *testing.B) { identifierOurs(b, "ForeignPassport") }

func BenchmarkIdentifierForeignPassport_Regexp(b *testing.B) { identifierRegexp(b, "ForeignPassport") }
func BenchmarkIdentifierI94_Ours(b *testing.B)               { identifierOurs(b, "I94") }
func BenchmarkIdentifierI94_Regexp(b *testing.B)             { identifierRegexp(b, "I94") }
func BenchmarkIdentifierVisa_Ours(b *testing.B)              { identifierOurs(b, "Visa") }
func BenchmarkIdentifierVisa_Regexp(b *testing.B)            { identifierRegexp(b, "Visa") }
func BenchmarkIdentifierSEVIS_Ours(b *testing.B)             { identifierOurs(b, "SEVIS") }
func BenchmarkIdentifierSEVIS_Regexp(b *testing.B)           { identifierRegexp(b, "SEVIS") }
func BenchmarkIdentifierDocument_Ours(b *testing.B)          { identifierOurs(b, "Document") }
func BenchmarkIdentifierDocument_Regexp(b *testing.B)        { identifierRegexp(b, "Document") }
