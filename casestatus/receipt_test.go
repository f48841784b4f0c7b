package casestatus_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

func TestCS1_ReceiptNumberIsBroughtToOneForm(t *testing.T) {
	for _, tt := range []struct{ entered, want string }{
		{"IOE0123456789", "IOE0123456789"},
		{"ioe0123456789", "IOE0123456789"},
		{"IOE-01-234-56789", "IOE0123456789"},
		{" EAC 99 991 03402 ", "EAC9999103402"},
		{"msc*123456789", "MSC*123456789"},
		{"--S-R-C*0-0-0-0-0-0-0-0-1--", "SRC*000000001"},
		{"XYZ0000000001", "XYZ0000000001"},
		{"XYZ9000000000", "XYZ9000000000"},
		{"IOE\t0123456789\r\n", "IOE0123456789"},
		{"\u00a0IOE\u20110123\u2013456\u202f789\ufeff", "IOE0123456789"},
		{"Receipt # IOE0123456789", "IOE0123456789"},
		{"RECEIPT NUMBER: IOE-01-234-56789", "IOE0123456789"},
		{"Receipt\u00a0No. NOL*123456789", "NOL*123456789"},
		{"receipt nol*123456789", "NOL*123456789"},
	} {
		number, err := casestatus.ParseReceiptNumber(tt.entered)
		require.NoError(t, err, tt.entered)
		require.Equal(t, tt.want, number.String())
		require.Equal(t, number, casestatus.MustParseReceiptNumber(tt.want), "equal numbers are ==")
	}
}

func TestCS1_WhatIsNoReceiptNumber(t *testing.T) {
	const tooShort = "too short: want three letters and ten digits, or an asterisk and nine"
	for _, tt := range []struct{ entered, message string }{
		{"", "receipt number: at character 1: " + tooShort},
		{" - ", "receipt number: at character 4: " + tooShort},
		{"IOE012345678", "receipt number: at character 13: " + tooShort},
		{"IOE*12345678", "receipt number: at character 13: " + tooShort},
		{"IOE01234567890", "receipt number: at character 14: more than 13 characters"},
		{"IO00123456789", "receipt number: at character 3: want a letter: the number begins with three"},
		{"0123456789IOE", "receipt number: at character 1: want a letter: the number begins with three"},
		{"IOEA123456789", "receipt number: at character 4: want a digit or an asterisk"},
		{"IOE**23456789", "receipt number: at character 5: want a digit"},
		{"IOE0*23456789", "receipt number: at character 5: want a digit"},
		{"IOE012345678O", "receipt number: at character 13: want a digit"},
		{"IOE_012345678", "receipt number: at character 4: want a digit or an asterisk"},
		{"Receipt # IOE01234567O9", "receipt number: at character 22: want a digit"},
		{"Receipt", "receipt number: at character 8: " + tooShort},
		{"IOE0000000000", "receipt number: all digits are zero"},
		{"ioe-00-000-00000", "receipt number: all digits are zero"},
		{"SRC*000000000", "receipt number: all digits are zero"},
		{"IOE012345678\x00", "receipt number: at character 13: want a digit"},
		{"ÎOE0123456789", "receipt number: at character 1: want a letter: the number begins with three"},
		{"IOE０123456789", "receipt number: at character 4: want a digit or an asterisk"},
		{"IOE٠123456789", "receipt number: at character 4: want a digit or an asterisk"},
	} {
		number, err := casestatus.ParseReceiptNumber(tt.entered)
		require.EqualError(t, err, tt.message, "%q", tt.entered)
		require.ErrorAs(t, err, new(*cris.ParseError))
		require.Zero(t, number)
	}
	require.Panics(t, func() { casestatus.MustParseReceiptNumber("IOE") })
}

func TestCS1_EveryCharacterIsLookedAt(t *testing.T) {
	const good = "IOE0123456789"
	for at := range len(good) {
		for _, wrong := range []byte{'/', ':', '@', '[', '`', '{', '+', 0, 0xff} {
			entered := []byte(good)
			entered[at] = wrong
			_, err := casestatus.ParseReceiptNumber(string(entered))
			problem, ok := errors.AsType[*cris.ParseError](err)
			require.True(t, ok, "%q", entered)
			require.Equal(t, at, problem.At, "%q", entered)
		}
	}
}

func TestReceiptNumber_ParsingAllocatesNothing(t *testing.T) {
	var number casestatus.ReceiptNumber
	require.Zero(t, testing.AllocsPerRun(100, func() {
		number, _ = casestatus.ParseReceiptNumber("ioe-01-234-56789")
	}))
	text := make([]byte, 0, 13)
	require.Zero(t, testing.AllocsPerRun(100, func() { text, _ = number.AppendText(text[:0]) }))
}

func TestReceiptNumber_Text(t *testing.T) {
	number := casestatus.MustParseReceiptNumber("IOE0123456789")
	text, err := json.Marshal(map[casestatus.ReceiptNumber]casestatus.ReceiptNumber{number: number})
	require.NoError(t, err)
	require.JSONEq(t, `{"IOE0123456789":"IOE0123456789"}`, string(text))

	var back map[casestatus.ReceiptNumber]casestatus.ReceiptNumber
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, number, back[number])
	require.Error(t, json.Unmarshal([]byte(`"IOE"`), &number))
	require.Equal(t, "IOE0123456789", number.String(), "a failed Unmarshal changes nothing")
	require.NoError(t, json.Unmarshal([]byte(`""`), &number))
	require.True(t, number.IsZero())
}

func TestReceiptNumber_Parts(t *testing.T) {
	number := casestatus.MustParseReceiptNumber("IOE0123456789")
	require.Equal(t, "IOE", number.Prefix())
	require.Equal(t, "IOE*****6789", number.Masked())
	require.Equal(t, "SRC*****4321", casestatus.MustParseReceiptNumber("SRC*987654321").Masked())
	require.Negative(t, number.Compare(casestatus.MustParseReceiptNumber("IOE0123456790")))
	require.Zero(t, number.Compare(casestatus.MustParseReceiptNumber("ioe0123456789")))

	var none casestatus.ReceiptNumber
	require.True(t, none.IsZero())
	require.Empty(t, none.String()+none.Prefix()+none.Masked())
	text, err := none.MarshalText()
	require.NoError(t, err)
	require.Empty(t, text)
	require.False(t, none.KnownPrefix())
}

func TestReceiptNumber_KnownPrefix(t *testing.T) {
	for entered, want := range map[string]bool{
		"IOE0123456789": true,
		"SRC*123456789": true,
		"ZSF1234567890": true,
		"HNT1234567890": true,
		"XYZ1234567890": false,
		"OEA1234567890": false, // spans two prefixes of the list
	} {
		require.Equal(t, want, casestatus.MustParseReceiptNumber(entered).KnownPrefix(), entered)
	}
}

func TestReceiptNumber_KnownPrefixesAsCollected(t *testing.T) {
	text := readData(t, "casestatus", "receipt_prefixes.json")
	var collected struct {
		Prefixes []struct{ Prefix string }
	}
	require.NoError(t, json.Unmarshal(text, &collected))
	require.Len(t, collected.Prefixes, 118)
	for _, known := range collected.Prefixes {
		require.True(t, casestatus.MustParseReceiptNumber(known.Prefix+"0000000001").KnownPrefix(), known.Prefix)
	}
}

func TestCS1_NumbersOfTheAgencysSandboxAreAccepted(t *testing.T) {
	text := readData(t, "casestatus", "torch", "sandbox_receipts.json")
	var sandbox struct {
		With    []casestatus.ReceiptNumber `json:"with_history"`
		Without []casestatus.ReceiptNumber `json:"without_history"`
	}
	require.NoError(t, json.Unmarshal(text, &sandbox))
	require.Len(t, append(sandbox.With, sandbox.Without...), 50)
}

// readData reads a file of the folder with real data, or skips the test if there
// is no such folder.
func readData(t *testing.T, path ...string) []byte {
	t.Helper()
	folder := os.Getenv("CRIS_DATA")
	if folder == "" {
		t.Skip("CRIS_DATA is not set: it names the folder with the real data")
	}
	text, err := os.ReadFile(filepath.Join(append([]string{folder}, path...)...))
	require.NoError(t, err)
	return text
}

// receiptShape says the same as ParseReceiptNumber in another language.
var receiptShape = regexp.MustCompile(`^[A-Z]{3}(?:[0-9]{10}|\*[0-9]{9})$`)

func FuzzParseReceiptNumber(f *testing.F) {
	for _, seed := range []string{
		"IOE0123456789", "ioe-01-234-56789", "SRC*123456789", "IOE**23456789", "", "IOE012345678",
		"IOE01234567890", "ÎOE0123456789", "ıOE0123456789", "IOE 0123456789 ", "\xff\xfe",
	} {
		f.Add(seed)
	}
	f.Add("Receipt # IOE0123456789")
	f.Add("IOE0000000000") // all zeros
	fold := strings.NewReplacer(" ", "", "-", "")
	f.Fuzz(func(t *testing.T, entered string) {
		bare := inCapitals(fold.Replace(entered))
		number, err := casestatus.ParseReceiptNumber(entered)
		if err != nil {
			require.False(t, receiptShape.MatchString(bare) && !strings.HasSuffix(bare, "000000000"))
			require.Zero(t, number)
			return
		}
		require.Regexp(t, receiptShape, number.String())
		if plain := inCapitals(withoutSeparators(entered)); receiptShape.MatchString(plain) {
			require.Equal(t, plain, number.String())
		} else {
			require.Regexp(t, `^(USCIS)?(RECEIPT)?(NUMBER|NO\.?)?#?:?`+regexp.QuoteMeta(number.String())+`$`, plain)
		}
		again, err := casestatus.ParseReceiptNumber(number.String())
		require.NoError(t, err)
		require.Equal(t, number, again)
	})
}

// inCapitals folds the letters of ASCII alone.
func inCapitals(s string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
}

// withoutSeparators is an independent reading of what the parsers of numbers drop.
func withoutSeparators(s string) string {
	return strings.Map(func(r rune) rune {
		isInvisible := unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) || r == '\u2800'
		if unicode.IsSpace(r) || isInvisible || unicode.Is(unicode.Pd, r) || r == '\u2212' {
			return -1
		}
		return r
	}, s)
}
