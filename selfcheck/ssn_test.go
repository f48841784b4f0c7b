package selfcheck_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

func TestParseSSN(t *testing.T) {
	for _, tc := range []struct {
		in      string
		want    string // "" if refused
		sandbox string
		problem string
	}{
		{in: "536-90-4399", want: "536-90-4399", sandbox: "536-90-4399"},
		{in: "536904399", want: "536-90-4399", sandbox: "536-90-4399"},
		{in: "536 90 4399", want: "536-90-4399", sandbox: "536-90-4399"},
		{in: "001-01-0001", want: "001-01-0001", sandbox: "001-01-0001"},
		{in: "899-99-9999", want: "899-99-9999", sandbox: "899-99-9999"},
		{in: "666-12-3456", sandbox: "666-12-3456", problem: "the area is never issued"},
		{in: "900-12-3456", sandbox: "900-12-3456", problem: "the area is never issued"},
		{in: "999-12-3456", sandbox: "999-12-3456", problem: "the area is never issued"},
		{in: "000-12-3456", problem: "the area is never 000"},
		{in: "536-00-4399", problem: "the group is never 00"},
		{in: "536-90-0000", problem: "the serial number is never 0000"},
		{in: "078-05-1120", problem: "a number from an advertisement or a sample form"},
		{in: "219-09-9999", problem: "a number from an advertisement or a sample form"},
		{in: "457-55-5462", problem: "a number from an advertisement or a sample form"},
		{in: "987-65-4320", problem: "a number from an advertisement or a sample form"},
		{in: "987-65-4329", problem: "a number from an advertisement or a sample form"},
		{in: "123-45-6789", problem: "a number from an advertisement or a sample form"},
		{in: "", problem: "want nine digits"},
		{in: "53690439", problem: "want nine digits"},
		{in: "5369043990", problem: "want nine digits"},
		{in: " 536904399", problem: "want nine digits"},
		{in: "536-90 4399", problem: "want the same separator as before"},
		{in: "536.90.4399", problem: "want a hyphen or a blank"},
		{in: "53690439O", problem: "want a digit"},
		{in: "１２３", problem: "want a digit"}, // nine bytes of full-width digits
		{in: "-36904399", problem: "want a digit"},
	} {
		t.Run(tc.in, func(t *testing.T) {
			got, err := selfcheck.ParseSSN(tc.in)
			require.Equal(t, tc.want, got.Reveal())
			require.Equal(t, tc.want == "", got.IsZero())
			sandbox, _ := selfcheck.ParseSandboxSSN(tc.in)
			require.Equal(t, tc.sandbox, sandbox.Reveal())
			if tc.problem == "" {
				require.NoError(t, err)
				return
			}
			var parseError *cris.ParseError
			require.ErrorAs(t, err, &parseError)
			require.Equal(t, tc.problem, parseError.Problem)
		})
	}
}

func TestParseSSN_PublishedVectors(t *testing.T) {
	folder := os.Getenv("CRIS_DATA")
	if folder == "" {
		t.Skip("CRIS_DATA is not set: the published vectors are not read")
	}
	file, err := os.Open(filepath.Join(folder, "selfcheck", "ssn.tsv"))
	require.NoError(t, err)
	defer file.Close()
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
	applicant.Identity = passed("check-1").Lock()
	applicant.hidden = applicant.Identity

	var printed strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&printed, verb, applicant)
		fmt.Fprintf(&printed, verb, &applicant)
	}
	text, err := json.Marshal(applicant)
	require.NoError(t, err)
	printed.Write(text)
	slog.New(slog.NewJSONHandler(&printed, nil)).Info("m", "applicant", applicant)
	slog.New(slog.NewTextHandler(&printed, nil)).Info("m", "applicant", applicant)

	require.Contains(t, printed.String(), cris.Redacted)
	for _, personal := range []string{"536-90-4399", "536904399", "512803467", "Lindqvistson", "1979-11-23"} {
		require.NotContains(t, printed.String(), personal)
	}
}

// ssnForm and the checks beside it are written without regard to ParseSSN.
var ssnForm = regexp.MustCompile(`^(?:(\d{3})-(\d{2})-(\d{4})|(\d{3}) (\d{2}) (\d{4})|(\d{3})(\d{2})(\d{4}))$`)

func FuzzParseSSN(f *testing.F) {
	for _, seed := range []string{
		"536-90-4399", "536904399", "536 90 4399", "666-12-3456", "900-12-3456", "078-05-1120",
		"000-12-3456", "536-00-4399", "536-90-0000", "987-65-4325", "536-90 4399", "", "１２３",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		parts := slices.DeleteFunc(ssnForm.FindStringSubmatch(s), func(p string) bool { return p == "" })
		wantSandbox, want := "", ""
		if len(parts) == 4 {
			area, group, serial := parts[1], parts[2], parts[3]
			number := area + "-" + group + "-" + serial
			advertised := slices.Contains([]string{"078-05-1120", "219-09-9999", "457-55-5462", "111-11-1111", "123-45-6789"}, number) ||
				strings.HasPrefix(number, "987-65-432")
			if area != "000" && group != "00" && serial != "0000" && !advertised {
				wantSandbox = number
				if area != "666" && area[0] != '9' {
					want = number
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
