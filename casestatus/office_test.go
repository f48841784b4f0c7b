package casestatus_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

func day(s string) cris.Date { return cris.MustParseDate(s) }

func TestOffices_KnowEveryOfficeOfTheProcessingTimes(t *testing.T) {
	kinds := map[string]casestatus.OfficeKind{
		"field_office": casestatus.FieldOffice, "service_center": casestatus.ServiceCenter,
		"aggregate": casestatus.Aggregate, "nbc": casestatus.National,
		"investor_program_office": casestatus.National, "eastern_forms_center": casestatus.National,
	}
	rows, err := csv.NewReader(strings.NewReader(string(readData(t, "offices", "processing_time_offices.csv")))).ReadAll()
	require.NoError(t, err)
	table := casestatus.NewOfficeTable(casestatus.Offices()...)
	for _, row := range rows[1:] {
		office, ok := table.Office(casestatus.OfficeCode(row[0]))
		require.True(t, ok, row[0])
		require.Equal(t, row[1], office.Name)
		require.Equal(t, kinds[row[2]], office.Kind, row[0])
	}
}

func TestOffices_AreNamedOnceAndHaveAKind(t *testing.T) {
	seen := map[casestatus.OfficeCode]bool{}
	for _, office := range casestatus.Offices() {
		require.Len(t, string(office.Code), 3)
		require.NotEmpty(t, office.Name)
		require.NotZero(t, office.Kind)
		require.False(t, seen[office.Code], "%s stands twice", office.Code)
		seen[office.Code] = true
	}
	casestatus.Offices()[0].Code = "changed"
	require.NotEqual(t, casestatus.OfficeCode("changed"), casestatus.Offices()[0].Code)
}

func TestOffice_HeadingsReceiveNoWork(t *testing.T) {
	for _, office := range casestatus.Offices() {
		isHeading := office.Code == casestatus.AllFieldOffices || office.Code == casestatus.AllServiceCenters
		require.Equal(t, !isHeading, office.ReceivesWork(), office.Code)
	}
	require.False(t, casestatus.Office{}.ReceivesWork())
}

func TestOffice_Heading(t *testing.T) {
	for kind, want := range map[casestatus.OfficeKind]casestatus.OfficeCode{
		casestatus.FieldOffice:   casestatus.AllFieldOffices,
		casestatus.ServiceCenter: casestatus.AllServiceCenters,
		casestatus.AsylumOffice:  "",
		casestatus.National:      "",
		casestatus.Aggregate:     "",
	} {
		require.Equal(t, want, casestatus.Office{Code: "AAA", Kind: kind}.Heading())
	}
}

func TestOffice_OpenOn(t *testing.T) {
	office := casestatus.Office{Code: "AAA", From: day("2020-01-01"), Until: day("2025-06-30")}
	for on, want := range map[string]bool{
		"2019-12-31": false, "2020-01-01": true, "2025-06-30": true, "2025-07-01": false,
	} {
		require.Equal(t, want, office.OpenOn(day(on)), on)
	}
	require.True(t, casestatus.Office{Code: "AAA"}.OpenOn(day("2020-01-01")))
}

func TestOfficeTable_ResolveFollowsSuccessors(t *testing.T) {
	table := casestatus.NewOfficeTable(
		casestatus.Office{Code: "OLD", Until: day("2020-12-31"), Successor: "MID"},
		casestatus.Office{Code: "MID", Until: day("2024-12-31"), Successor: "NEW"},
		casestatus.Office{Code: "NEW", From: day("2025-01-01")},
		casestatus.Office{Code: "FUT", From: day("2030-01-01"), Successor: "NEW"},
		casestatus.Office{Code: "END", Until: day("2020-12-31")},
		casestatus.Office{Code: "GAP", Until: day("2020-12-31"), Successor: "NEW"},
		casestatus.Office{Code: "LOP", Until: day("2020-12-31"), Successor: "POL"},
		casestatus.Office{Code: "POL", Until: day("2020-12-31"), Successor: "LOP"},
		casestatus.Office{Code: "SLF", Until: day("2020-12-31"), Successor: "SLF"},
		casestatus.Office{Code: "HNG", Until: day("2020-12-31"), Successor: "???"},
	)
	for _, tt := range []struct {
		code casestatus.OfficeCode
		on   string
		want casestatus.OfficeCode // "" for none
	}{
		{"OLD", "2020-12-31", "OLD"},
		{"OLD", "2021-01-01", "MID"},
		{"OLD", "2024-12-31", "MID"},
		{"OLD", "2025-01-01", "NEW"},
		{"NEW", "2024-12-31", ""},
		{"FUT", "2025-01-01", ""},
		{"END", "2021-01-01", ""},
		{"GAP", "2021-01-01", ""},
		{"LOP", "2021-01-01", ""},
		{"SLF", "2021-01-01", ""},
		{"HNG", "2021-01-01", ""},
		{"???", "2021-01-01", ""},
	} {
		office, ok := table.Resolve(tt.code, day(tt.on))
		require.Equal(t, tt.want, office.Code, "%s on %s", tt.code, tt.on)
		require.Equal(t, tt.want != "", ok)
	}
	_, ok := casestatus.OfficeTable{}.Resolve("NBC", day("2021-01-01"))
	require.False(t, ok)
}

func TestOfficeTable_LaterEntriesAmendEarlierOnes(t *testing.T) {
	closed := casestatus.Office{Code: "YSC", Name: "Potomac Service Center", Kind: casestatus.ServiceCenter, Until: day("2025-01-31"), Successor: "NSC"}
	table := casestatus.NewOfficeTable(append(casestatus.Offices(), closed)...)
	office, ok := table.Resolve("YSC", day("2025-02-01"))
	require.True(t, ok)
	require.Equal(t, casestatus.OfficeCode("NSC"), office.Code)
}
