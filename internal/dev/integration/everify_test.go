package integration_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/everify"
)

// Every code that public clients of E-Verify Web Services know is one that the adapter sends or
// understands, or one of which it says why it does not. The folder that CRIS_DATA names has
// them.
func TestEVerify_EveryKnownCodeIsOnAList(t *testing.T) {
	folder := os.Getenv("CRIS_DATA")
	if folder == "" {
		t.Skip("CRIS_DATA is not set: it names the folder with the real data")
	}
	text, err := os.ReadFile(filepath.Join(folder, "selfcheck", "everify_web_services.json"))
	require.NoError(t, err)
	var file map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(text, &file))

	known := map[string]bool{}
	for _, code := range everify.Codes() {
		key := code.List + " " + code.Code
		require.False(t, known[key], "%s is on two lists", key)
		known[key] = true
	}
	lists := []string{
		"case_status", "case_eligibility_statement", "referral_status", "citizenship_status_code", "document_a_type_code",
		"document_b_type_code", "document_c_type_code", "document_sub_type_code", "reason_for_delay_code",
		"duplicate_continue_reason_code", "case_closure_reason_code",
	}
	count := 0
	for _, list := range lists {
		var codes map[string]json.RawMessage
		require.NoError(t, json.Unmarshal(file[list], &codes), list)
		require.NotEmpty(t, codes, list)
		for code, told := range codes {
			if code == "legacy_digits" {
				var digits map[string]string
				require.NoError(t, json.Unmarshal(told, &digits))
				delete(digits, "_")
				for digit := range maps.Keys(digits) {
					require.True(t, known["citizenship_status_code.legacy_digits "+digit], digit)
				}
				continue
			}
			require.True(t, known[list+" "+code], "%s %s", list, code)
			count++
		}
	}
	require.Greater(t, count, 60)
	var errs struct {
		Codes []string `json:"codes_seen"`
	}
	require.NoError(t, json.Unmarshal(file["errors"], &errs))
	require.NotEmpty(t, errs.Codes)
	for _, code := range errs.Codes {
		require.True(t, known["errors "+code], code)
	}
	// No list of codes in the file is left out: they tell how sure they are.
	mark := regexp.MustCompile(`^[ABC]\b`)
	for name, told := range file {
		var codes map[string]string
		if json.Unmarshal(told, &codes) != nil {
			continue
		}
		for _, sure := range codes {
			if mark.MatchString(sure) {
				require.Contains(t, lists, name)
			}
		}
	}
}
