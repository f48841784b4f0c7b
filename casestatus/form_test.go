package casestatus_test

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
)

func TestForms_AreListedOnce(t *testing.T) {
	seen := map[[2]string]bool{}
	for _, form := range casestatus.Forms() {
		require.NotEmpty(t, form.Number)
		require.NotEmpty(t, form.Type)
		require.NotEmpty(t, form.Key)
		require.False(t, form.FirstRead.After(form.LastRead))
		names := []casestatus.FormType{form.Type, form.Key}
		for _, name := range slices.Compact(names) {
			key := [2]string{string(form.Number), string(name)}
			require.False(t, seen[key], key)
			seen[key] = true
		}
	}
	casestatus.Forms()[0].Number = "changed"
	require.NotEqual(t, casestatus.FormNumber("changed"), casestatus.Forms()[0].Number)
}

func TestForms_KnowTheTypesAndKeysOf2024(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(string(
		readData(t, "casestatus", "processing_times", "form-types-2024-10-30.csv")))).ReadAll()
	require.NoError(t, err)
	table := casestatus.NewFormTable(casestatus.Forms()...)
	differ := 0
	for _, row := range rows[1:] {
		number, key, published := casestatus.FormNumber(row[0]), casestatus.FormType(row[1]), casestatus.FormType(row[2])
		if key != published {
			differ++
		}
		for _, name := range []casestatus.FormType{key, published} {
			form, ok := table.Form(number, name)
			require.True(t, ok, row[:3])
			require.Equal(t, key, form.Key)
			require.Equal(t, published, form.Type)
			require.Equal(t, day("2024-10-30"), form.LastRead)
		}
	}
	require.Equal(t, 9, differ, "subtypes whose key is not their type")
}

func TestForms_KnowTheTypesOf2018And2022(t *testing.T) {
	table := casestatus.NewFormTable(casestatus.Forms()...)
	for _, read := range []string{"2018-06-09", "2022-02-19"} {
		text := readData(t, "casestatus", "processing_times", read+".ndjson")
		for line := range strings.Lines(string(text)) {
			type times struct {
				FormName casestatus.FormNumber `json:"form_name"`
				Subtypes []struct {
					FormType casestatus.FormType `json:"form_type"`
				}
			}
			type data struct {
				ProcessingTime times `json:"processing_time"`
			}
			var body struct {
				Data data
				Body struct{ Data data }
			}
			require.NoError(t, json.Unmarshal([]byte(line), &body))
			for _, found := range []times{body.Data.ProcessingTime, body.Body.Data.ProcessingTime} {
				for _, subtype := range found.Subtypes {
					form, ok := table.Form(found.FormName, subtype.FormType)
					require.True(t, ok, "%s %s", found.FormName, subtype.FormType)
					require.False(t, day(read).Before(form.FirstRead))
					require.False(t, day(read).After(form.LastRead))
				}
			}
		}
	}
}

func TestFormTable_PublishedIsTheTypeForBothNames(t *testing.T) {
	table := casestatus.NewFormTable(casestatus.Forms()...)
	for _, tt := range []struct {
		number casestatus.FormNumber
		given  casestatus.FormType
		want   casestatus.FormType
	}{
		{"I-485", "131A-FAM", "I-485 Family"},
		{"I-485", "I-485 Family", "I-485 Family"},
		{"I-765", "147-C8", "147-C8"},
		{"I-765", "131A-FAM", "131A-FAM"}, // another form's key
		{"I-999", "1", "1"},
		{"", "", ""},
	} {
		require.Equal(t, tt.want, table.Published(tt.number, tt.given))
	}
	require.Equal(t, casestatus.FormType("147-C8"), casestatus.FormTable{}.Published("I-765", "147-C8"))
}

func TestFormTable_LaterEntriesAmendAndATypeComesBeforeAKey(t *testing.T) {
	ended := casestatus.Form{Number: "I-102", Type: "142", Key: "142", Until: day("2025-01-31")}
	swapped := casestatus.Form{Number: "I-9", Type: "a", Key: "b"}
	other := casestatus.Form{Number: "I-9", Type: "b", Key: "c"}
	table := casestatus.NewFormTable(append(casestatus.Forms(), ended, other, swapped)...)
	form, ok := table.Form("I-102", "142")
	require.True(t, ok)
	require.Equal(t, ended, form)
	require.True(t, form.ListedOn(day("2025-01-31")))
	require.False(t, form.ListedOn(day("2025-02-01")))
	require.False(t, casestatus.Form{From: day("2025-01-31")}.ListedOn(day("2025-01-30")))
	require.Equal(t, casestatus.FormType("b"), table.Published("I-9", "b"))
}

// CS-6: a case on file may name its subtype by either name.
func TestCS6_ACaseIsFoundByTheKeyOfItsSubtypeToo(t *testing.T) {
	publication := casestatustest.NewProcessingTime()
	publication.Form, publication.FormType = "I-485", "I-485 Family"
	onFile := filed("2021-08-22")
	onFile.Form, onFile.FormType = "I-485", "131A-FAM"
	policy := casestatus.DefaultPolicy()
	got := casestatus.DecideEligibility(onFile, publication, day("2022-02-19"), nil, policy)
	require.Equal(t, casestatus.Outside, got.Outcome)
	onFile.FormType = "131A"
	got = casestatus.DecideEligibility(onFile, publication, day("2022-02-19"), nil, policy)
	require.Equal(t, casestatus.NotPosted, got.Outcome)
}

func TestMerged_FiveServiceCentersBecomeOne(t *testing.T) {
	into := casestatus.Office{Code: "ONE", Name: "The one that is left", Kind: casestatus.ServiceCenter}
	merged := casestatus.Merged(casestatus.Offices(), into, day("2025-04-01"), "CSC", "ESC", "NSC", "SSC", "YSC")
	table := casestatus.NewOfficeTable(merged...)
	for _, code := range []casestatus.OfficeCode{"CSC", "ESC", "NSC", "SSC", "YSC"} {
		before, ok := table.Resolve(code, day("2025-03-31"))
		require.True(t, ok)
		require.Equal(t, code, before.Code)
		after, ok := table.Resolve(code, day("2025-04-01"))
		require.True(t, ok)
		require.Equal(t, casestatus.OfficeCode("ONE"), after.Code)
	}
	_, ok := table.Resolve("ONE", day("2025-03-31"))
	require.False(t, ok, "not open yet")
	nbc, _ := table.Resolve("NBC", day("2025-04-01"))
	require.Equal(t, casestatus.OfficeCode("NBC"), nbc.Code)
	require.Equal(t, cris.Date{}, casestatus.Offices()[0].Until, "the list given is left alone")
}

// CS-6: a case that is still filed under a closed office has the times of the office
// that does its work.
func TestCS6_TheTimesOfTheSuccessorCount(t *testing.T) {
	into := casestatus.Office{Code: "ONE", Kind: casestatus.ServiceCenter}
	policy := casestatus.DefaultPolicy()
	tables := *casestatus.DefaultTables()
	tables.Offices = casestatus.NewOfficeTable(casestatus.Merged(casestatus.Offices(), into, day("2022-02-01"), "NSC")...)
	publication := casestatustest.NewProcessingTime()
	publication.Office = "ONE"
	got := casestatus.DecideEligibility(filed("2021-08-22"), publication, day("2022-02-19"), &tables, policy)
	require.Equal(t, casestatus.Outside, got.Outcome)
	require.Equal(t, casestatus.OfficeCode("ONE"), got.Posted.Office)
	got = casestatus.DecideEligibility(filed("2021-08-22"), publication, day("2022-01-31"), &tables, policy)
	require.Equal(t, casestatus.NotPosted, got.Outcome, "NSC was still open")
}
