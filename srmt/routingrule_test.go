package srmt_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
)

// from is a request about a form, by a customer with the mailing ZIP code; "" is none.
func from(form casestatus.FormNumber, zip string) erequest.Request {
	request := erequest.Request{Entry: erequest.Entry{Channel: erequest.Letter}, Screening: erequest.Screening{Form: form}}
	if zip != "" {
		request.Screening.MailingZIP = cris.NewPersonal(cris.MustParseZIP(zip))
	}
	return request
}

// SR-2: an application for asylum goes to the asylum office for the state, if the case names none;
// what is shared by several offices, or is no application for asylum, waits.
func TestSR2_AsylumOfficesByState(t *testing.T) {
	for _, test := range []struct {
		form casestatus.FormNumber
		zip  string
		want casestatus.OfficeCode
	}{
		{"I-589", "22201", "ZAR"},      // Arlington VA
		{"I-589", "20001-1234", "ZAR"}, // Washington DC
		{"I-589", "60601", "ZCH"},      // Chicago IL
		{"I-589", "58102", "ZCH"},      // Fargo ND
		{"I-589", "77002", "ZHN"},      // Houston TX
		{"I-589", "33101", "ZMI"},      // Miami FL
		{"I-589", "00901", "ZMI"},      // San Juan PR
		{"I-589", "07102", "ZNK"},      // Newark NJ
		{"I-589", "04101", "ZNK"},      // Portland ME
		{"I-589", "10001", "UNROUTED"}, // New York NY, shared
		{"I-589", "90012", "UNROUTED"}, // Los Angeles CA, shared
		{"I-589", "99501", "UNROUTED"}, // Anchorage AK
		{"I-589", "34300", "UNROUTED"}, // no state
		{"I-589", "", "UNROUTED"},
		{"I-765", "22201", "UNROUTED"},
	} {
		for _, onFile := range []casestatus.Header{{}, caseAt("")} {
			onFile.Form = ""
			got := srmt.Route(from(test.form, test.zip), onFile, knownOffices(), today, srmt.DefaultPolicy())
			require.Equal(t, test.want, got.Office, test)
			why := reason("no_case_on_file")
			if !onFile.Receipt.IsZero() {
				why = reason("case_names_no_office")
			}
			require.Equal(t, why, got.Reasons[0])
			if test.want == "UNROUTED" {
				require.Equal(t, srmt.Unroutable, got.Outcome)
				require.Equal(t, reasons("waits_in_fallback_queue"), got.Reasons[1:])
			} else {
				require.Equal(t, srmt.RoutedByRule, got.Outcome)
				require.Equal(t, reasons("routed_by_rule"), got.Reasons[1:])
			}
		}
	}
	// The case itself says where it is, whatever a rule would say.
	require.Equal(t, casestatus.OfficeCode("NSC"), srmt.Route(from("I-589", "22201"), caseAt("NSC"), knownOffices(), today, srmt.DefaultPolicy()).Office)
}

// SR-2, SR-12: the first rule that fits counts, all of its fields have to fit, and one whose office
// receives no work is passed over.
func TestSR2_RulesOfThePolicy(t *testing.T) {
	policy := srmt.DefaultPolicy()
	policy.Routes = []srmt.RoutingRule{
		{Office: "NOWHERE"},
		{Office: casestatus.AllFieldOffices},
		{Office: "CHI", Forms: []casestatus.FormNumber{"N-400", "I-90"}, Channels: []erequest.Channel{erequest.Letter}, ZIPs: []string{"606", "60714"}},
		{Office: "NYC", Channels: []erequest.Channel{erequest.Telephone, erequest.Letter}, States: []string{"NY", "NJ"}},
		{Office: "OLD", ZIPs: []string{"99"}},
		{Office: "NSC", Forms: []casestatus.FormNumber{"I-129"}},
	}
	offices := knownOffices(casestatus.Office{Code: "OLD", Kind: casestatus.FieldOffice, Until: today.AddDays(-1), Successor: "SSC"})
	route := func(request erequest.Request, onFile casestatus.Header) casestatus.OfficeCode {
		return srmt.Route(request, onFile, offices, today, policy).Office
	}
	online := from("N-400", "60601")
	online.Channel = erequest.Online
	for name, test := range map[string]struct {
		request erequest.Request
		form    casestatus.FormNumber // of the case
		want    casestatus.OfficeCode
	}{
		"form, channel and ZIP code":       {from("N-400", "60601"), "", "CHI"},
		"another of its forms and codes":   {from("I-90", "60714-0001"), "", "CHI"},
		"a ZIP code beside":                {from("N-400", "60713"), "", "UNROUTED"},
		"another channel":                  {online, "", "UNROUTED"},
		"another form":                     {from("I-765", "60601"), "", "UNROUTED"},
		"state":                            {from("I-765", "07102"), "", "NYC"},
		"a successor of the office":        {from("I-765", "99501"), "", "SSC"},
		"form alone, without a ZIP code":   {from("I-129", ""), "", "NSC"},
		"the form of the case is the form": {from("I-765", ""), "I-129", "NSC"},
	} {
		onFile := caseAt("")
		onFile.Form = test.form
		require.Equal(t, test.want, route(test.request, onFile), name)
	}
	policy.Routes = []srmt.RoutingRule{}
	require.Equal(t, casestatus.OfficeCode("UNROUTED"), route(from("I-589", "22201"), casestatus.Header{}), "no rules are no rules")
	policy.Routes = nil
	require.Equal(t, casestatus.OfficeCode("ZAR"), route(from("I-589", "22201"), casestatus.Header{}), "the default")
	srmt.DefaultRoutes()[0].States[0] = "XX"
	require.Equal(t, casestatus.OfficeCode("ZAR"), route(from("I-589", "35203"), casestatus.Header{}), "Alabama")
}

// SR-2, SR-12: a dry run tells where a request would go and why, and changes nothing.
func TestSR2_ADryRunTellsWhereARequestWouldGo(t *testing.T) {
	d := newDesk(t)
	asylum := func(request *erequest.Request) {
		request.Screening.Form = "I-589"
		request.Screening.MailingZIP = cris.NewPersonal(cris.MustParseZIP("22201"))
	}
	for _, id := range []string{d.File("NSC"), d.File(""), d.File("", asylum)} {
		would, err := d.WouldRoute(t.Context(), id)
		require.NoError(t, err)
		require.Empty(t, d.ids(t, srmt.Query{Office: would.Office}))
		intake, err := d.Receive(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, would.Office, intake.Request.Office)
		require.Equal(t, would.Reasons, intake.Reasons)
		again, err := d.WouldRoute(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, would, again)
	}
	for _, id := range []string{"missing", "a\x00b"} {
		_, err := d.WouldRoute(t.Context(), id)
		require.ErrorIs(t, err, erequest.ErrNotFound)
	}
	d.Clock.Set("0001-01-01T00:00:00Z")
	_, err := d.WouldRoute(t.Context(), "missing")
	require.ErrorIs(t, err, cris.ErrClock)
}

func (d *desk) ids(t *testing.T, query srmt.Query) (all []string) {
	t.Helper()
	for request, err := range d.Store.List(t.Context(), query) {
		require.NoError(t, err)
		all = append(all, request.ID)
	}
	return all
}

// SR-12: what waits goes where a rule says once there is one.
func TestSR12_ANewRuleEmptiesTheFallbackQueue(t *testing.T) {
	d := newDesk(t)
	waiting := d.FileAndReceive("", func(request *erequest.Request) { request.Screening.Form = "I-129" })
	policy := srmt.DefaultPolicy()
	policy.Routes = append(policy.Routes, srmt.RoutingRule{Office: "NSC", Forms: []casestatus.FormNumber{"I-129"}})
	service := srmt.NewService(srmt.Ports{Store: d.Store, Requests: d.Requests, Cases: d.Cases, Status: d.Status, Looks: d.Looks}, &srmt.Options{Now: d.Clock.Now, Policy: &policy})
	for _, want := range []int{1, 0} {
		moved, err := service.Realign(t.Context(), "UNROUTED")
		require.NoError(t, err)
		require.Equal(t, want, moved)
	}
	require.Equal(t, []string{waiting}, d.ids(t, srmt.Query{Office: "NSC", Status: srmt.Unassigned}))
}
