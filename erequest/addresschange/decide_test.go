package addresschange_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/addresschange/addresschangetest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

func day(s string) cris.Date { return cris.MustParseDate(s) }

var today = day("2022-08-15")

// codes are those of reasons, without the name of the package.
func codes(reasons []cris.Reason) (all []string) {
	for _, r := range reasons {
		all = append(all, strings.TrimPrefix(string(r.Code), "addresschange."))
	}
	return all
}

func address(street string, edits ...func(*cris.AddressParts)) cris.Address {
	return casestatustest.NewAddress("07405", append([]func(*cris.AddressParts){func(p *cris.AddressParts) { p.Street = street }}, edits...)...)
}

// decide decides on a report of today that names no case.
func decide(edits ...func(*addresschange.Report)) addresschange.Decision {
	return addresschange.DecideReport(addresschangetest.NewReport("k", nil, edits...), nil, today, addresschange.Policy{})
}

func TestCA1_AReportThatNamesNoCaseIsAccepted(t *testing.T) {
	got := decide()
	require.Equal(t, addresschange.Decision{
		Outcome: addresschange.Accepted, Effective: today, DueBy: day("2022-08-20"), Reasons: got.Reasons,
	}, got)
	require.Equal(t, []string{"report_accepted", "court_not_told"}, codes(got.Reasons))
}

func TestCA1_EverythingThatIsMissingIsToldAtOnceInOrder(t *testing.T) {
	got := addresschange.DecideReport(addresschange.Report{}, nil, today, addresschange.Policy{})
	require.Equal(t, addresschange.Decision{Outcome: addresschange.Incomplete, Reasons: got.Reasons}, got)
	require.Equal(t, []string{
		"statement_not_shown", "key_missing", "not_a_channel", "name_missing", "birth_date_missing", "present_missing", "moved_on_missing", "signature_missing",
	}, codes(got.Reasons))
}

func TestCA1_EverythingThatCannotBeIsToldAtOnceInOrder(t *testing.T) {
	zip := func(state, zip string) func(*cris.AddressParts) {
		return func(p *cris.AddressParts) { p.State, p.ZIP = state, cris.MustParseZIP(zip) }
	}
	got := decide(func(r *addresschange.Report) {
		r.Statement, r.Key, r.Channel = "another", "a\nb", "fax"
		r.DateOfBirth = cris.NewPersonal(day("2022-08-16"))
		r.Present = address("P.O. Box 1", zip("NJ", "90210"))
		r.Previous = r.Present
		r.Mailing = address("2 Main St", zip("CA", "07405"))
		r.MovedOn = day("2023-08-15")
		r.Signature.On = day("2022-08-17")
		named := erequesttest.NewScreening(casestatustest.NewPendingCase(1), func(s *erequest.Screening) { s.Form = "<script>" })
		r.Cases = []erequest.Screening{named, named}
	})
	require.Equal(t, addresschange.Incomplete, got.Outcome)
	require.Equal(t, []string{
		"statement_not_in_force", "key_missing", "not_a_channel", "birth_date_impossible", "present_is_box", "present_zip_elsewhere",
		"previous_is_present", "previous_zip_elsewhere", "mailing_zip_elsewhere", "moved_on_ahead", "signed_ahead", "case_incomplete", "case_twice",
	}, codes(got.Reasons))
	require.Empty(t, got.Cases)
}

func TestCA1_EachFieldIsRequiredOrOptionalAsTheTableSays(t *testing.T) {
	empty := map[addresschange.Field]func(*addresschange.Report){
		addresschange.FieldName:        func(r *addresschange.Report) { r.Name = cris.PersonName{} },
		addresschange.FieldDateOfBirth: func(r *addresschange.Report) { r.DateOfBirth = cris.Personal[cris.Date]{} },
		addresschange.FieldANumber:     func(r *addresschange.Report) { r.ANumber = cris.ANumber{} },
		addresschange.FieldPresent:     func(r *addresschange.Report) { r.Present = cris.Address{} },
		addresschange.FieldPrevious:    func(r *addresschange.Report) { r.Previous = cris.Address{} },
		addresschange.FieldMailing:     func(r *addresschange.Report) { r.Mailing = cris.Address{} },
		addresschange.FieldMovedOn:     func(r *addresschange.Report) { r.MovedOn = cris.Date{} },
		addresschange.FieldSignature:   func(r *addresschange.Report) { r.Signature = addresschange.Signature{} },
		addresschange.FieldCases:       func(r *addresschange.Report) { r.Cases = nil },
	}
	require.Len(t, empty, len(addresschange.Asks()))
	for i, ask := range addresschange.Asks() {
		require.Equal(t, ask.Field, addresschange.Fields()[i])
		got := decide(empty[ask.Field])
		if !ask.Required {
			require.Equal(t, addresschange.Accepted, got.Outcome, ask.Field)
			continue
		}
		require.Len(t, got.Reasons, 1, ask.Field)
		require.Contains(t, string(got.Reasons[0].Code), "_missing", ask.Field)
	}
	addresschange.Asks()[0].Required, addresschange.Fields()[0] = false, "changed"
	require.Equal(t, addresschange.Ask{Field: addresschange.FieldName, Required: true}, addresschange.Asks()[0])
	require.Equal(t, addresschange.FieldName, addresschange.Fields()[0])
}

// The fields are those of the form, which the folder that CRIS_DATA names has.
func TestCA1_TheFieldsAreThoseOfTheForm(t *testing.T) {
	folder := os.Getenv("CRIS_DATA")
	if folder == "" {
		t.Skip("CRIS_DATA is not set: it names the folder with the real data")
	}
	text, err := os.ReadFile(filepath.Join(folder, "erequest", "ar11_fields.json"))
	require.NoError(t, err)
	var form struct {
		Sections []struct {
			Name   string
			Fields [][]any
		}
	}
	require.NoError(t, json.Unmarshal(text, &form))
	required := map[addresschange.Field]bool{}
	for _, section := range form.Sections {
		for _, field := range section.Fields {
			name, isRequired := field[0].(string), field[1].(bool) //nolint:errcheck // a test of a file that is known
			of := map[string]addresschange.Field{
				"Present Physical Address": addresschange.FieldPresent, "Previous Physical Address": addresschange.FieldPrevious,
				"Mailing Address (optional)": addresschange.FieldMailing, "Your Signature": addresschange.FieldSignature,
			}[section.Name]
			switch {
			case strings.HasSuffix(name, "_name"):
				of = addresschange.FieldName
			case name == "date_of_birth":
				of = addresschange.FieldDateOfBirth
			case name == "a_number":
				of = addresschange.FieldANumber
			}
			require.NotEmpty(t, of, name)
			required[of] = required[of] || isRequired
		}
	}
	// The form does not ask for the day of the move; its electronic edition asks for the cases.
	required[addresschange.FieldMovedOn], required[addresschange.FieldCases] = true, false
	require.Len(t, required, len(addresschange.Asks()))
	for _, ask := range addresschange.Asks() {
		require.Equal(t, required[ask.Field], ask.Required, ask.Field)
	}
}

func TestCA1_APostOfficeBoxIsNoPresentAddress(t *testing.T) {
	unit := func(text string) func(*cris.AddressParts) { return func(p *cris.AddressParts) { p.Unit = text } }
	for _, box := range []cris.Address{
		address("P.O. Box 12"), address("PO Box 12"), address("p.o.box 12"), address("POBox12"), address("P O BOX 12"), address("P. O. Box #12"),
		address("Post Office Box 12"), address("POB 12"), address("Post-Office Box 12"), address("Postal Box 12"), address("P0 Box 12"), address("G.P.O. Box 12"),
		address("PO Bx 12"), address("Box 12"), address("Apartado 12"), address("Apartado Postal 12"), address("Apdo. 12"), address("Apdo Postal A"),
		address("Apartado de Correos 12"), address("Casilla 12"), address("General Delivery"), address("Lista de Correos"),
		address("12 Main St, PO Box 4"), address("POBox 12"), address("12 Main St", unit("P.O. Box 4")), address("PO", unit("Box 4")), address("Ｐ.Ｏ. Ｂｏｘ １２"),
		address("P.O. Drawer 1234"), address("Lock Box 12"), address("Box 12A"), address("Box A"), address("Box Number 12"), address("PO 1234"),
		address("Post Ofc Box 12"), address("Caller Box 12"), address("Caja Postal 12"), address("Gen. Delivery"), address("PO Box A"), address("PO Box 12A"),
		address("РО Вох 12"), address("P\u00b7O\u00b7 Box 12"), address("P.O.\u200b Box 12"),
	} {
		got := decide(func(r *addresschange.Report) { r.Present = box })
		require.Equal(t, []string{"present_is_box"}, codes(got.Reasons), box.Reveal().Street+"|"+box.Reveal().Unit)
	}
	for _, house := range []cris.Address{
		address("12 Main St", unit("PMB 4")), address("12 Main St PMB 4"), address("12 Post Office Road"), address("12 Box Elder St"), address("RR 2 Box 152"),
		address("RR 2", unit("Box 152")), address("HC 68", unit("Box 23")), address("PSC 3", unit("Box 1234")), address("CMR 450", unit("Box 12")),
		address("Unit 2050", unit("Box 4190")), address("100 College St", unit("Box 1234")), address("Po Box Canyon Rd"), address("Calle Apartado 12"),
		address("Calle Casilla 12"), address("Box Elder Road 12"), address("PO Boxwood Lane 3"),
		address("HC 1 Buzón 23"), address("PSC 1234 Box 567"), address("12 Pobox Lane"), address("4 Apartado Rd"), address("7 General St"), address("12 Post Rd"),
		address("100 Postal Way"), address("12 Po St", unit("Box Unit")), address("Calle Casilla, Casa 12"), address("P Street 12"), address("Calle 3 Apartamento 12"), address("Calle 3 Apto. 12"),
	} {
		got := decide(func(r *addresschange.Report) { r.Present = house })
		require.Equal(t, addresschange.Accepted, got.Outcome, house.Reveal().Street+"|"+house.Reveal().Unit)
	}
	for _, elsewhere := range []func(r *addresschange.Report){
		func(r *addresschange.Report) { r.Previous = address("P.O. Box 12") },
		func(r *addresschange.Report) { r.Mailing = address("P.O. Box 12") },
	} {
		require.Equal(t, addresschange.Accepted, decide(elsewhere).Outcome)
	}
}

func TestCA1_StateAndZIPGoTogether(t *testing.T) {
	for _, test := range []struct {
		state, zip string
		good       bool
	}{
		{"NJ", "07405", true},
		{"NJ", "90210", false},
		{"AE", "09012", true},
		{"AS", "96799", true},
		{"PR", "00901", true},
		{"NJ", "26901", false}, // which no state has
	} {
		got := decide(func(r *addresschange.Report) {
			r.Present = address("1 Main St", func(p *cris.AddressParts) { p.State, p.ZIP = test.state, cris.MustParseZIP(test.zip) })
		})
		require.Equal(t, test.good, got.Outcome == addresschange.Accepted, "%s %s", test.state, test.zip)
	}
}

// A key is opaque, and what it may be is kept exactly; names and addresses are refused where
// they are made.
func TestCA1_HostileTextIsRefusedOrKeptExactly(t *testing.T) {
	storm := "Z" + strings.Repeat("\u0351", 9)
	for _, text := range []string{"", "\u200b", "a\u202eb", "Lindstro\u0308m", storm, "a\x1bb", "a\x00", "a\nb", "a\xff", strings.Repeat("a", 201)} {
		require.Equal(t, []string{"key_missing"}, codes(decide(func(r *addresschange.Report) { r.Key = text }).Reasons), "key: %+q", text)
		if text != "" {
			require.Equal(t, []string{"statement_not_in_force"}, codes(decide(func(r *addresschange.Report) { r.Statement = text }).Reasons), "statement: %+q", text)
		}
		for what, spoil := range map[string]func(*erequest.Screening){
			"form": func(s *erequest.Screening) { s.Form = casestatus.FormNumber(text) },
			"a form with more around it": func(s *erequest.Screening) {
				s.Form += casestatus.FormNumber(" " + text)
			},
			"type": func(s *erequest.Screening) { s.FormType = casestatus.FormType(text) },
		} {
			if text == "" {
				continue // which a type may be
			}
			got := decide(func(r *addresschange.Report) {
				r.Cases = []erequest.Screening{erequesttest.NewScreening(casestatustest.NewPendingCase(1), spoil)}
			})
			require.Equal(t, []string{"case_incomplete"}, codes(got.Reasons), "%s: %+q", what, text)
		}
	}
	for _, text := range []string{"<b>{{.Name}}</b>", "O'Neill'); DROP TABLE x; --"} {
		require.Equal(t, addresschange.Accepted, decide(func(r *addresschange.Report) { r.Key = text }).Outcome, text)
	}
	for birth, want := range map[string][]string{"2022-08-16": {"birth_date_impossible"}, "1879-12-31": {"birth_date_impossible"}} {
		got := decide(func(r *addresschange.Report) { r.DateOfBirth = cris.NewPersonal(day(birth)) })
		require.Subset(t, codes(got.Reasons), want, birth)
	}
}

func TestCA1_TenDaysToReport(t *testing.T) {
	for moved, want := range map[string]struct {
		late    bool
		reasons []string
	}{
		"2022-08-16": {false, []string{"report_accepted", "court_not_told"}}, // where it is tomorrow already
		"2022-08-15": {false, []string{"report_accepted", "court_not_told"}},
		"2022-08-05": {false, []string{"report_accepted", "court_not_told"}},
		"2022-08-04": {true, []string{"report_accepted", "reported_late", "court_not_told"}},
		"1999-01-01": {true, []string{"report_accepted", "reported_late", "court_not_told"}},
	} {
		got := decide(func(r *addresschange.Report) { r.MovedOn = day(moved) })
		require.Equal(t, addresschange.Accepted, got.Outcome, "a late report is taken")
		require.Equal(t, want.late, got.Effective.After(got.DueBy), moved)
		require.Equal(t, want.reasons, codes(got.Reasons), moved)
		require.Equal(t, day(moved).AddDays(10), got.DueBy)
		require.Equal(t, today, got.Effective, "from the day on which it is received")
	}
}

func TestCA1_AMoveThatIsStillToComeIsRefused(t *testing.T) {
	for _, test := range []struct {
		ahead  int
		moved  string
		accept bool
	}{{0, "2022-08-16", true}, {0, "2022-08-17", false}, {-1, "2022-08-15", true}, {-1, "2022-08-16", false}, {5, "2022-08-20", true}, {5, "2022-08-21", false}} {
		report := addresschangetest.NewReport("k", nil, func(r *addresschange.Report) { r.MovedOn = day(test.moved) })
		got := addresschange.DecideReport(report, nil, today, addresschange.Policy{AheadDays: test.ahead})
		require.Equal(t, test.accept, got.Outcome == addresschange.Accepted, "%d %s", test.ahead, test.moved)
	}
	got := decide(func(r *addresschange.Report) { r.MovedOn = day("1984-02-28") })
	require.Equal(t, []string{"moved_on_before_birth"}, codes(got.Reasons))
}

func TestCA1_ASignatureHasANameAndADay(t *testing.T) {
	for _, spoil := range []func(*addresschange.Report){
		func(r *addresschange.Report) { r.Signature.Name = cris.PersonName{} },
		func(r *addresschange.Report) { r.Signature.On = cris.Date{} },
	} {
		require.Equal(t, []string{"signature_missing"}, codes(decide(spoil).Reasons))
	}
}

func TestER7_AReportNamesAStatementInForce(t *testing.T) {
	edition := addresschange.Statements()[0].Edition
	for on, want := range map[string]addresschange.Outcome{"2013-08-14": addresschange.Incomplete, "2013-08-15": addresschange.Accepted} {
		report := addresschangetest.NewReport("k", nil, func(r *addresschange.Report) {
			r.Statement, r.MovedOn, r.Signature.On = edition, day(on), day(on)
		})
		require.Equal(t, want, addresschange.DecideReport(report, nil, day(on), addresschange.Policy{}).Outcome, on)
	}
	for _, s := range addresschange.Statements() {
		require.NoError(t, s.Check())
	}
}

func TestCA1_ACaseIsChangedIfItMatchesAndIsPending(t *testing.T) {
	pending := casestatustest.NewPendingCase(1)
	named := erequesttest.NewScreening(pending)
	outcome, why := addresschange.DecideCase(named, erequest.Online, pending, today, addresschange.Policy{})
	require.Equal(t, addresschange.Changed, outcome)
	require.Equal(t, cris.Code("addresschange.case_changed"), why.Code)

	outcome, why = addresschange.DecideCase(named, erequest.Online, casestatustest.NewCase(1), today, addresschange.Policy{})
	require.Equal(t, addresschange.NotChanged, outcome)
	require.Equal(t, cris.Code("addresschange.case_not_pending"), why.Code)
}

func TestCA1_UnknownMismatchedAndProtectedCasesReadAlike(t *testing.T) {
	pending := casestatustest.NewPendingCase(1)
	named := erequesttest.NewScreening(pending)
	wrong := func(edit func(*erequest.Screening)) erequest.Screening {
		return erequesttest.NewScreening(pending, edit)
	}
	for name, test := range map[string]struct {
		named  erequest.Screening
		onFile casestatus.Case
	}{
		"unknown":               {named, casestatus.Case{}},
		"withheld":              {named, casestatustest.NewPendingCase(1, func(c *casestatus.Case) { c.Withheld = true })},
		"withheld and decided":  {named, casestatustest.NewCase(1, func(c *casestatus.Case) { c.Withheld = true })},
		"decided, but mistaken": {wrong(func(s *erequest.Screening) { s.MailingZIP = cris.NewPersonal(cris.MustParseZIP("60601")) }), casestatustest.NewCase(1)},
		"another receipt":       {named, casestatustest.NewPendingCase(2)},
		"ZIP code":              {wrong(func(s *erequest.Screening) { s.MailingZIP = cris.NewPersonal(cris.MustParseZIP("60601")) }), pending},
		"form":                  {wrong(func(s *erequest.Screening) { s.Form = "I-90" }), pending},
		"type":                  {wrong(func(s *erequest.Screening) { s.FormType = "" }), pending},
		"date filed":            {wrong(func(s *erequest.Screening) { s.DateFiled = s.DateFiled.AddDays(1) }), pending},
		"no address on file": {named, casestatustest.NewPendingCase(1, func(c *casestatus.Case) {
			c.Address, c.Addresses = cris.Address{}, nil
		})},
	} {
		outcome, why := addresschange.DecideCase(test.named, erequest.Online, test.onFile, today, addresschange.Policy{})
		require.Equal(t, addresschange.NotChanged, outcome, name)
		require.Equal(t, cris.Code("addresschange.case_not_matched"), why.Code, name)
	}
}

func TestCA1_BothZIPCodesMatchForSomeDaysAfterAChange(t *testing.T) {
	before := casestatustest.NewPendingCase(1, func(c *casestatus.Case) { c.Addresses = nil })
	after, moved := before.Moved(casestatus.AddressEntry{Address: casestatustest.NewAddress("60601"), From: today})
	require.True(t, moved)
	for _, test := range []struct {
		named   casestatus.Case
		on      string
		overlap int
		want    addresschange.CaseOutcome
	}{
		{before, "2022-08-15", 0, addresschange.Changed},
		{before, "2022-09-14", 0, addresschange.Changed},
		{before, "2022-09-15", 0, addresschange.NotChanged},
		{after, "2022-08-15", 0, addresschange.Changed},
		{after, "2022-09-15", 0, addresschange.Changed},
		{before, "2022-08-15", -1, addresschange.NotChanged},
		{after, "2022-08-15", -1, addresschange.Changed},
	} {
		outcome, _ := addresschange.DecideCase(erequesttest.NewScreening(test.named), erequest.Online, after, day(test.on), addresschange.Policy{OverlapDays: test.overlap})
		require.Equal(t, test.want, outcome, "%v %s %d", test.named.Address.Reveal().ZIP, test.on, test.overlap)
	}
}

func TestCA1_CasesAreAnsweredInTheOrderOfTheReport(t *testing.T) {
	cases := []casestatus.Case{casestatustest.NewPendingCase(3), casestatustest.NewCase(1), casestatustest.NewPendingCase(2)}
	report := addresschangetest.NewReport("k", cases)
	got := addresschange.DecideReport(report, []casestatus.Case{cases[0], cases[1]}, today, addresschange.Policy{}) // the third is unknown
	require.Equal(t, []addresschange.CaseRecord{
		{Screening: report.Cases[0], Outcome: addresschange.Changed, Because: "addresschange.case_changed"},
		{Screening: report.Cases[1], Outcome: addresschange.NotChanged, Because: "addresschange.case_not_pending"},
		{Screening: report.Cases[2], Outcome: addresschange.NotChanged, Because: "addresschange.case_not_matched"},
	}, got.Cases)
}

func TestCA1_AReportNamesAsManyCasesAsThePolicySays(t *testing.T) {
	var cases []casestatus.Case
	for n := range 51 {
		cases = append(cases, casestatustest.NewPendingCase(n))
	}
	for _, test := range []struct {
		named, most int
		want        addresschange.Outcome
	}{
		{50, 0, addresschange.Accepted},
		{51, 0, addresschange.Incomplete},
		{51, -1, addresschange.Incomplete},
		{2, 2, addresschange.Accepted},
		{3, 2, addresschange.Incomplete},
	} {
		got := addresschange.DecideReport(addresschangetest.NewReport("k", cases[:test.named]), cases[:test.named], today, addresschange.Policy{MostCases: test.most})
		require.Equal(t, test.want, got.Outcome, "%d of %d", test.named, test.most)
	}
}

func TestCA1_ACaseIsNamedWithAllThatFindsIt(t *testing.T) {
	for name, spoil := range map[string]func(*erequest.Screening){
		"receipt":   func(s *erequest.Screening) { s.Receipt = casestatus.ReceiptNumber{} },
		"form":      func(s *erequest.Screening) { s.Form = "" },
		"date":      func(s *erequest.Screening) { s.DateFiled = cris.Date{} },
		"zip":       func(s *erequest.Screening) { s.MailingZIP = cris.Personal[cris.ZIP]{} },
		"html":      func(s *erequest.Screening) { s.FormType = casestatus.FormType("<b>\x00") },
		"long type": func(s *erequest.Screening) { s.FormType = casestatus.FormType(strings.Repeat("x", 101)) },
		"long form": func(s *erequest.Screening) { s.Form = casestatus.FormNumber("I-" + strings.Repeat(" ", 200) + "765") },
		"control":   func(s *erequest.Screening) { s.Form = "I-\n765" },
		"bidi":      func(s *erequest.Screening) { s.FormType = "\u202e" },
	} {
		got := decide(func(r *addresschange.Report) {
			r.Cases = []erequest.Screening{erequesttest.NewScreening(casestatustest.NewPendingCase(1), spoil)}
		})
		require.Equal(t, []string{"case_incomplete"}, codes(got.Reasons), name)
	}
}

// Names and addresses refuse what is hostile when they are made; what is left are the texts.
func TestCA1_HostileKeysAreRefused(t *testing.T) {
	for _, key := range []string{"", " ", "\u200b", "a\x00", "a\n", "\xff", strings.Repeat("k", 201), "\u202e"} {
		got := decide(func(r *addresschange.Report) { r.Key = key })
		require.Equal(t, []string{"key_missing"}, codes(got.Reasons), "%q", key)
	}
	for _, key := range []string{"k", strings.Repeat("k", 200), "'; DROP TABLE cases; --", "<script>", "{{.}}"} {
		require.Equal(t, addresschange.Accepted, decide(func(r *addresschange.Report) { r.Key = key }).Outcome, "%q", key)
	}
}

func TestCA1_MailGoesToTheMailingAddressIfThereIsOne(t *testing.T) {
	move := addresschangetest.NewMove()
	require.Equal(t, move.Mailing, move.MailTo())
	move.Mailing = cris.Address{}
	require.Equal(t, move.Present, move.MailTo())
}

func TestPolicy_ZeroMeansTheDefault(t *testing.T) {
	require.Equal(t, 10, addresschange.DefaultPolicy().DutyDays)
	report := addresschangetest.NewReport("k", nil, func(r *addresschange.Report) { r.MovedOn = day("2022-08-10") })
	for days, due := range map[int]string{0: "2022-08-20", -1: "2022-08-20", 3: "2022-08-13"} {
		got := addresschange.DecideReport(report, nil, today, addresschange.Policy{DutyDays: days, Zone: time.UTC})
		require.Equal(t, day(due), got.DueBy, days)
	}
}

func TestPV1_AReportPrintsNothingPersonal(t *testing.T) {
	text := sprint(addresschangetest.NewReport("k", []casestatus.Case{casestatustest.NewPendingCase(1)}), addresschangetest.NewRecord(1))
	for _, personal := range []string{"Lindström", "Ana", "1984", "012345678", "Oak Lane", "Chicago", "60629", "Elm", "07405", "Okafor"} {
		require.NotContains(t, text, personal)
	}
	require.True(t, slices.Contains(strings.Fields(text), "[redacted]") || strings.Contains(text, "[redacted]"))
}

// CA-1, ER-5a: a case that the law protects is as if unknown online. Staff who take the report
// in another way change its address.
func TestCA1_AWithheldCaseIsChangedByStaff(t *testing.T) {
	withheld := casestatustest.NewPendingCase(1, func(c *casestatus.Case) { c.Withheld = true })
	named := erequesttest.NewScreening(withheld)
	unknown, why := addresschange.DecideCase(named, erequest.Online, casestatus.Case{}, today, addresschange.Policy{})
	for _, channel := range erequest.Channels() {
		outcome, reason := addresschange.DecideCase(named, channel, withheld, today, addresschange.Policy{})
		if channel == erequest.Online {
			require.Equal(t, unknown, outcome)
			require.Equal(t, why, reason)
			continue
		}
		require.Equal(t, addresschange.Changed, outcome, channel)
	}
}
