package srmt_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
)

var today = cris.MustParseDate("2013-08-16")

func caseAt(office casestatus.OfficeCode) casestatus.Header {
	return casestatus.Header{Receipt: casestatus.MustParseReceiptNumber("SRC1390123456"), Office: office}
}

func knownOffices(more ...casestatus.Office) casestatus.OfficeTable {
	return casestatus.NewOfficeTable(append(casestatus.Offices(), more...)...)
}

func TestSR2_GoesToTheOfficeOfTheCase(t *testing.T) {
	for name, office := range map[string]casestatus.OfficeCode{
		"Service Center":  "NSC",
		"Field Office":    "NYC",
		"Asylum Office":   "ZAR",
		"national center": "NBC",
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, srmt.Routing{Outcome: srmt.Routed, Office: office, Reasons: []cris.Reason{
				reason("routed_to_office_of_case"),
			}}, srmt.Route(erequest.Request{}, caseAt(office), knownOffices(), today, srmt.DefaultPolicy()))
		})
	}
}

func TestSR2_ReceiptPrefixDoesNotRoute(t *testing.T) {
	for _, receipt := range []string{"SRC1390123456", "NSC1390123456", "IOE0912345678", "ESC*123456789"} {
		onFile := caseAt("NYC")
		onFile.Receipt = casestatus.MustParseReceiptNumber(receipt)
		require.Equal(t, casestatus.OfficeCode("NYC"), srmt.Route(erequest.Request{}, onFile, knownOffices(), today, srmt.DefaultPolicy()).Office, receipt)
		onFile.Office = ""
		require.Equal(t, srmt.Unroutable, srmt.Route(erequest.Request{}, onFile, knownOffices(), today, srmt.DefaultPolicy()).Outcome, receipt)
	}
}

func TestSR2_ClosedOfficeHandsOver(t *testing.T) {
	offices := knownOffices(
		casestatus.Office{Code: "OLD", Kind: casestatus.ServiceCenter, Until: today, Successor: "MID"},
		casestatus.Office{Code: "MID", Kind: casestatus.ServiceCenter, Until: today.AddDays(10), Successor: "NSC"},
	)
	for day, want := range map[string]struct {
		outcome srmt.RoutingOutcome
		office  casestatus.OfficeCode
	}{
		"2013-08-16": {srmt.Routed, "OLD"}, // its last day
		"2013-08-17": {srmt.Succeeded, "MID"},
		"2013-08-26": {srmt.Succeeded, "MID"}, // the successor's last day
		"2013-08-27": {srmt.Succeeded, "NSC"},
	} {
		got := srmt.Route(erequest.Request{}, caseAt("OLD"), offices, cris.MustParseDate(day), srmt.DefaultPolicy())
		require.Equal(t, want.outcome, got.Outcome, day)
		require.Equal(t, want.office, got.Office, day)
	}
}

func TestSR12_UnroutableGoesToTheFallbackQueue(t *testing.T) {
	yesterday := today.AddDays(-1)
	offices := knownOffices(
		casestatus.Office{Code: "END", Kind: casestatus.FieldOffice, Until: yesterday},
		casestatus.Office{Code: "RO1", Kind: casestatus.FieldOffice, Until: yesterday, Successor: "RO2"},
		casestatus.Office{Code: "RO2", Kind: casestatus.FieldOffice, Until: yesterday, Successor: "RO1"},
		casestatus.Office{Code: "LOST", Kind: casestatus.FieldOffice, Until: yesterday, Successor: "NONE"},
		casestatus.Office{Code: "HEAD", Kind: casestatus.FieldOffice, Until: yesterday, Successor: "FOD"},
		casestatus.Office{Code: "NEXT", Kind: casestatus.FieldOffice, From: today.AddDays(1)},
	)
	policy := srmt.DefaultPolicy()
	require.Equal(t, casestatus.OfficeCode("UNROUTED"), policy.FallbackQueue)
	policy.FallbackQueue = "LOST AND FOUND"
	for name, test := range map[string]struct {
		onFile casestatus.Header
		why    cris.Code
	}{
		"no case on file":            {casestatus.Header{}, "no_case_on_file"},
		"case without office":        {caseAt(""), "case_names_no_office"},
		"unknown office":             {caseAt("XXX"), "office_unknown"},
		"letters folded":             {caseAt("nsc"), "office_unknown"},
		"all field offices":          {caseAt("FOD"), "office_is_heading"},
		"all service centers":        {caseAt("SCD"), "office_is_heading"},
		"closed without successor":   {caseAt("END"), "office_closed"},
		"successors in a circle":     {caseAt("RO1"), "office_closed"},
		"successor is not known":     {caseAt("LOST"), "office_closed"},
		"successor is a heading":     {caseAt("HEAD"), "office_is_heading"},
		"office opens the day after": {caseAt("NEXT"), "office_closed"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, srmt.Routing{Outcome: srmt.Unroutable, Office: "LOST AND FOUND", Reasons: []cris.Reason{
				reason(test.why),
				reason("waits_in_fallback_queue"),
			}}, srmt.Route(erequest.Request{}, test.onFile, offices, today, policy))
		})
	}
}

// Whatever the office of a case, its request ends up in exactly one queue that
// receives work: an open office or the fallback queue.
func TestSR12_EveryOfficeAndDayIsRouted(t *testing.T) {
	policy := srmt.DefaultPolicy()
	offices := knownOffices()
	for _, office := range casestatus.Offices() {
		got := srmt.Route(erequest.Request{}, caseAt(office.Code), offices, today, policy)
		to, known := offices.Office(got.Office)
		if got.Outcome == srmt.Unroutable {
			require.Equal(t, policy.FallbackQueue, got.Office)
			require.Equal(t, casestatus.Aggregate, office.Kind)
			continue
		}
		require.True(t, known && to.ReceivesWork() && to.OpenOn(today), office.Code)
	}
}
