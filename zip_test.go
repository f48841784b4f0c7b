package cris_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

func TestParseZIP(t *testing.T) {
	for _, test := range []struct{ text, want, problem string }{
		{text: "12345", want: "12345"},
		{text: "00501", want: "00501"},
		{text: "12345-6789", want: "12345-6789"},
		{text: "123456789", want: "12345-6789"},
		{text: "99950-9999", want: "99950-9999"},
		{text: " 12345\u00a0\r\n", want: "12345"},
		{text: "12345\u20136789", want: "12345-6789"},
		{text: "12345\u2011 6789\t", want: "12345-6789"},
		{text: "12345-", want: "12345"},
		{text: "1234-56789", want: "12345-6789"},

		{text: "", problem: "at character 1: want five or nine digits"},
		{text: "1234", problem: "at character 5: want five or nine digits"},
		{text: "12345678", problem: "at character 9: want five or nine digits"},
		{text: "1234567890", problem: "at character 10: more than nine digits"},
		{text: "12345-678", problem: "at character 10: want five or nine digits"},
		{text: "12345/6789", problem: "at character 6: want a digit"},
		{text: "00000", problem: "no such ZIP code"},
		{text: "00001", problem: "no such ZIP code"},
		{text: "00500-1234", problem: "no such ZIP code"},
		{text: "99951", problem: "no such ZIP code"},
		{text: "99999-9999", problem: "no such ZIP code"},
		{text: "K1A 0B1", problem: "at character 1: want a digit"},
		{text: "１2345", problem: "at character 1: want a digit"},
	} {
		t.Run(test.text, func(t *testing.T) {
			zip, err := cris.ParseZIP(test.text)
			if test.problem != "" {
				require.EqualError(t, err, "ZIP code: "+test.problem)
				require.True(t, zip.IsZero())
				return
			}
			require.NoError(t, err)
			require.False(t, zip.IsZero())
			require.Equal(t, test.want, zip.String())
			require.Equal(t, test.want[:5], zip.Five().String())
		})
	}
}

func FuzzParseZIP(f *testing.F) {
	for _, text := range []string{"12345", "12345-6789", "123456789", "00000", "12345-", "1234-56789", "1\u20132345 ", "00000-0000", "12345-678", ""} {
		f.Add(text)
	}
	shape := regexp.MustCompile(`^[0-9]{5}([0-9]{4})?$`)
	f.Add("00000-0000") // all zeros
	f.Add("12345-678")  // hyphen and too few
	f.Add("1234-56789") // hyphen too early
	f.Fuzz(func(t *testing.T, text string) {
		zip, err := cris.ParseZIP(text)
		bare := withoutSeparators(text)
		if !shape.MatchString(bare) || bare[:5] < "00501" || bare[:5] > "99950" {
			require.Error(t, err)
			return
		}
		require.NoError(t, err)
		require.Equal(t, bare, strings.ReplaceAll(zip.String(), "-", ""))
		require.Equal(t, zip, cris.MustParseZIP(zip.String()))
	})
}

func TestZIP_ComparesByValue(t *testing.T) {
	require.Equal(t, cris.MustParseZIP("123456789"), cris.MustParseZIP("12345-6789"))
	require.NotEqual(t, cris.MustParseZIP("12345-0000"), cris.MustParseZIP("12345"))
	require.Equal(t, cris.MustParseZIP("12345"), cris.MustParseZIP("12345-0000").Five())
	require.True(t, cris.ZIP{}.Five().IsZero())
}

func TestZIP_CompareOrdersAsText(t *testing.T) {
	codes := []cris.ZIP{{}}
	for _, text := range []string{"00501", "00501-0000", "00501-9999", "12345", "12345-6789", "12346", "99950-9999"} {
		codes = append(codes, cris.MustParseZIP(text))
	}
	for _, a := range codes {
		for _, b := range codes {
			require.Equal(t, strings.Compare(a.String(), b.String()), a.Compare(b), "%s and %s", a, b)
		}
	}
}

func TestZIP_Text(t *testing.T) {
	type form struct{ To, From cris.ZIP }
	want := form{To: cris.MustParseZIP("00501-0001")}
	text, err := json.Marshal(want)
	require.NoError(t, err)
	require.JSONEq(t, `{"To":"00501-0001","From":""}`, string(text))
	got := form{From: cris.MustParseZIP("12345")}
	require.NoError(t, json.Unmarshal(text, &got))
	require.Equal(t, want, got)
	require.Error(t, json.Unmarshal([]byte(`{"To":"0501"}`), &got))
	require.Equal(t, want, got, "a failure leaves the code as it was")
}

func TestParseZIP_DoesNotAllocate(t *testing.T) {
	require.Zero(t, testing.AllocsPerRun(100, func() { _, _ = cris.ParseZIP("12345-6789") }))
}

func TestMustParseZIP_Panics(t *testing.T) {
	require.PanicsWithError(t, "ZIP code: at character 2: want a digit", func() { cris.MustParseZIP("1x") })
}

// The states of a ZIP code are those to which its first three digits belong.
func TestZIP_States(t *testing.T) {
	for zip, want := range map[string][]string{
		"07405": {"NJ"}, "07405-1234": {"NJ"}, "00901": {"PR"}, "20001": {"DC"}, "96799": {"HI", "AS"}, "96910": {"GU", "MP", "PW", "FM", "MH"}, "34300": {},
	} {
		parsed, err := cris.ParseZIP(zip)
		require.NoError(t, err, zip)
		require.Equal(t, want, parsed.States(), zip)
	}
	require.Empty(t, cris.ZIP{}.States())
}
