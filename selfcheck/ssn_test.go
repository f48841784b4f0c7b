package selfcheck_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/selfcheck"
)

func TestSC9_SocialSecurityNumbers(t *testing.T) {
	const (
		few        = "fewer than nine digits"
		many       = "more than nine digits"
		digit      = "want a digit"
		alone      = "want no separator before it"
		same       = "want the same separator before it as before the group"
		never      = "the area is never issued"
		advertised = "a number from an advertisement or a sample form"
	)
	for _, tc := range []struct {
		in      string
		want    string // "" if refused
		sandbox string
		at      int
		problem string
	}{
		{in: "536-90-4399", want: "536-90-4399", sandbox: "536-90-4399"},
		{in: "536904399", want: "536-90-4399", sandbox: "536-90-4399"},
		{in: "536 90 4399", want: "536-90-4399", sandbox: "536-90-4399"},
		{in: "001-01-0001", want: "001-01-0001", sandbox: "001-01-0001"},
		{in: "665-99-9999", want: "665-99-9999", sandbox: "665-99-9999"},
		{in: "667-01-0001", want: "667-01-0001", sandbox: "667-01-0001"},
		{in: "899-99-9999", want: "899-99-9999", sandbox: "899-99-9999"},
		{in: "123-45-6788", want: "123-45-6788", sandbox: "123-45-6788"},
		{in: "111-11-1112", want: "111-11-1112", sandbox: "111-11-1112"},

		// as copied
		{in: " 536904399", want: "536-90-4399", sandbox: "536-90-4399"},
		{in: "\t536-90-4399\r\n", want: "536-90-4399", sandbox: "536-90-4399"},
		{in: "-536-90-4399-", want: "536-90-4399", sandbox: "536-90-4399"},
		{in: "536\u00a090\u00a04399\u00a0", want: "536-90-4399", sandbox: "536-90-4399"},
		{in: "536\u202f90\t4399", want: "536-90-4399", sandbox: "536-90-4399"},
		{in: "536\u201090\u20114399", want: "536-90-4399", sandbox: "536-90-4399"},
		{in: "536\u201390\u20144399", want: "536-90-4399", sandbox: "536-90-4399"},
		{in: "536\u221290-4399", want: "536-90-4399", sandbox: "536-90-4399"},
		{in: "536 - 90 - 4399", want: "536-90-4399", sandbox: "536-90-4399"},
		{in: "536 -90- 4399", want: "536-90-4399", sandbox: "536-90-4399"},
		{in: "\u200b5\u00ad36\ufeff-90-43\u200d99", want: "536-90-4399", sandbox: "536-90-4399"},

		{in: "666-12-3456", sandbox: "666-12-3456", at: -1, problem: never},
		{in: "900-12-3456", sandbox: "900-12-3456", at: -1, problem: never},
		{in: "999-12-3456", sandbox: "999-12-3456", at: -1, problem: never},
		{in: "000-12-3456", at: -1, problem: "the area is never 000"},
		{in: "536-00-4399", at: -1, problem: "the group is never 00"},
		{in: "536-90-0000", at: -1, problem: "the serial number is never 0000"},
		{in: "000-00-0000", at: -1, problem: "the area is never 000"},
		{in: "111-11-1111", at: -1, problem: "nine equal digits"},
		{in: "333-33-3333", at: -1, problem: "nine equal digits"},
		{in: "999-99-9999", at: -1, problem: "nine equal digits"},
		{in: "078-05-1120", at: -1, problem: advertised},
		{in: "219-09-9999", at: -1, problem: advertised},
		{in: "457-55-5462", at: -1, problem: advertised},
		{in: "987-65-4320", at: -1, problem: advertised},
		{in: "987-65-4329", at: -1, problem: advertised},
		{in: "987-65-4330", sandbox: "987-65-4330", at: -1, problem: never},
		{in: "987-65-4319", sandbox: "987-65-4319", at: -1, problem: never},
		{in: "123-45-6789", at: -1, problem: advertised},

		{in: "", at: -1, problem: few},
		{in: "- -", at: -1, problem: few},
		{in: "53690439", at: -1, problem: few},
		{in: "536-90-439", at: -1, problem: few},
		{in: "5369043990", at: 9, problem: many},
		{in: "536-90-4399 0", at: 12, problem: many},
		{in: "536-90 4399", at: 7, problem: same},
		{in: "536 90-4399", at: 7, problem: same},
		{in: "53690-4399", at: 6, problem: same},
		{in: "536-904399", at: 6, problem: same},
		{in: "5-36904399", at: 2, problem: alone},
		{in: "53-6904399", at: 3, problem: alone},
		{in: "1112-23333", at: 5, problem: alone},
		{in: "536-9-04399", at: 6, problem: alone},
		{in: "536-90-4 399", at: 9, problem: alone},
		{in: "536-90-43-99", at: 10, problem: alone},
		{in: "536-90-439\n9", at: 11, problem: alone},
		{in: "536.90.4399", at: 3, problem: digit},
		{in: "53690439O", at: 8, problem: digit},
		{in: "536/90/4399", at: 3, problem: digit},
		{in: "536:90:4399", at: 3, problem: digit},
		{in: "１２３", at: 0, problem: digit}, // nine bytes of full-width digits
		{in: "-36904399", at: -1, problem: few},
		{in: "\xff", at: 0, problem: digit},
	} {
		t.Run(tc.in, func(t *testing.T) {
			got, err := selfcheck.ParseSSN(tc.in)
			require.Equal(t, tc.want, got.Reveal())
			require.Equal(t, tc.want == "", got.IsZero())
			sandbox, _ := selfcheck.ParseSandboxSSN(tc.in)
			require.Equal(t, tc.sandbox, sandbox.Reveal())
			if tc.problem == "" {
				require.NoError(t, err)
				require.Equal(t, got, selfcheck.MustParseSSN(tc.in))
				return
			}
			var parseError *cris.ParseError
			require.ErrorAs(t, err, &parseError)
			require.Equal(t, cris.ParseError{What: "Social Security number", At: tc.at, Problem: tc.problem}, *parseError)
			require.Panics(t, func() { selfcheck.MustParseSSN(tc.in) })
		})
	}
}

func TestSC9_PublishedSocialSecurityNumbers(t *testing.T) {
	file := dataFile(t, "selfcheck", "ssn.tsv")
	vectors := 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		columns := strings.Split(lines.Text(), "\t")
		if strings.HasPrefix(columns[0], "#") || len(columns) < 2 {
			continue
		}
		vectors++
		_, err := selfcheck.ParseSSN(columns[0])
		require.Equal(t, columns[1] == "yes", err == nil, "%s: %v", columns[0], err)
	}
	require.GreaterOrEqual(t, vectors, 14)
}

func TestParseSSN_AllocatesNothing(t *testing.T) {
	held := selfcheck.MustParseSSN("536-90-4399")
	var got selfcheck.SSN
	allocations := testing.AllocsPerRun(100, func() { got, _ = selfcheck.ParseSSN("536-90-4399") })
	require.Equal(t, held, got)
	require.Zero(t, allocations)
}

func TestPersonalNumbers_PrintAsRedacted(t *testing.T) {
	applicant := struct {
		SSN      selfcheck.SSN
		Passport selfcheck.PassportNumber
		Identity selfcheck.LockedIdentity
		hidden   selfcheck.LockedIdentity
	}{SSN: selfcheck.MustParseSSN("536-90-4399")}
	var err error
	applicant.Passport, err = selfcheck.ParseUSPassportNumber("512803467")
	require.NoError(t, err)
	applicant.Identity = passed("check-1").Identity()
	applicant.hidden = applicant.Identity

	var printed strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&printed, verb, applicant)
		fmt.Fprintf(&printed, verb, &applicant)
	}
	marshaled, err := json.Marshal(applicant)
	require.NoError(t, err)
	printed.Write(marshaled)
	slog.New(slog.NewJSONHandler(&printed, nil)).Info("m", "applicant", applicant)
	slog.New(slog.NewTextHandler(&printed, nil)).Info("m", "applicant", applicant)

	require.Contains(t, printed.String(), cris.Redacted)
	for _, personal := range []string{"536-90-4399", "536904399", "512803467", "Lindqvistson", "1979-11-23"} {
		require.NotContains(t, printed.String(), personal)
	}
}

// ssnForm and the checks beside it are written without regard to ParseSSN.
var (
	ssnForm     = regexp.MustCompile(`^[ -]*(?:(\d{3})-(\d{2})-(\d{4})|(\d{3}) (\d{2}) (\d{4})|(\d{3})(\d{2})(\d{4}))[ -]*$`)
	ssnInvented = regexp.MustCompile(`^(?:1{9}|2{9}|3{9}|4{9}|5{9}|6{9}|7{9}|8{9}|9{9}|078051120|219099999|457555462|123456789|98765432\d)$`)
	dashes      = regexp.MustCompile(`(?:[ \t\n\v\f\r\x{85}\p{Zs}\p{Zl}\p{Zp}]*[\p{Pd}\x{2212}])+[ \t\n\v\f\r\x{85}\p{Zs}\p{Zl}\p{Zp}]*`)
	spaces      = regexp.MustCompile(`[ \t\n\v\f\r\x{85}\p{Zs}\p{Zl}\p{Zp}]+`)
)

func FuzzSC9_SocialSecurityNumbers(f *testing.F) {
	for _, seed := range []string{
		"536-90-4399", "536904399", "536 90 4399", "666-12-3456", "900-12-3456", "078-05-1120", "222-22-2222",
		"000-12-3456", "536-00-4399", "536-90-0000", "987-65-4325", "536-90 4399", "", "１２３", "\t536 \u2013 90-4399\u00a0",
		"5\u200b36904399", "1112-23333",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		written := strings.Map(func(r rune) rune {
			if text.Separator(string(r), 0) > 0 && !unicode.IsSpace(r) && !unicode.Is(unicode.Pd, r) && r != '\u2212' {
				return -1 // not seen
			}
			return r
		}, s)
		if !utf8.ValidString(s) {
			written = "?"
		}
		written = spaces.ReplaceAllString(dashes.ReplaceAllString(written, "-"), " ")
		parts := slices.DeleteFunc(ssnForm.FindStringSubmatch(written), func(p string) bool { return p == "" })
		wantSandbox, want := "", ""
		if len(parts) == 4 {
			area, group, serial := parts[1], parts[2], parts[3]
			if area != "000" && group != "00" && serial != "0000" && !ssnInvented.MatchString(area+group+serial) {
				wantSandbox = area + "-" + group + "-" + serial
				if area != "666" && area[0] != '9' {
					want = wantSandbox
				}
			}
		}
		got, err := selfcheck.ParseSSN(s)
		require.Equal(t, want, got.Reveal())
		require.Equal(t, want == "", err != nil)
		sandbox, err := selfcheck.ParseSandboxSSN(s)
		require.Equal(t, wantSandbox, sandbox.Reveal())
		if err != nil {
			var parseError *cris.ParseError
			require.ErrorAs(t, err, &parseError)
			if len(s) >= 4 {
				require.NotContains(t, err.Error(), s)
			}
		}
	})
}
