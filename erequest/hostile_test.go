package erequest_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// hostile is what is tried on every field.
var hostile = map[string]string{
	"overlong":   strings.Repeat("a", 501),
	"escape":     "a\x1b[2Jb",
	"NUL":        "a\x00b",
	"two lines":  "a\r\nBcc: b",
	"not UTF-8":  "a\xffb",
	"storm":      "Z" + strings.Repeat("\u0351\u036b\u0343", 3) + "algo",
	"hidden":     "\u200b\u2060\u3164",
	"override":   "a\u202egnp.exe",
	"decomposed": "Lindstro\u0308m",
	"HTML":       `<img src=x onerror="alert(1)">`,
	"template":   "{{.Name}} ${7*7} %s",
	"SQL":        "O'Neill'); DROP TABLE requests; --",
}

// asSeen are the hostile values that a line of free text may be, since a notice or a name may
// read so, with what is kept of them.
var asSeen = map[string]string{
	"override": "agnp.exe", "decomposed": "Lindström",
	"HTML": hostile["HTML"], "template": hostile["template"], "SQL": hostile["SQL"],
}

// asSeenIfAny is asSeen for a line that may be empty: if nothing in it can be seen, nothing is kept.
var asSeenIfAny = with(asSeen, "hidden", "")

func with(values map[string]string, kind, kept string) map[string]string {
	values = maps.Clone(values)
	values[kind] = kept
	return values
}

// exactly are those that a key may be, which is opaque.
var exactly = map[string]string{"HTML": hostile["HTML"], "template": hostile["template"], "SQL": hostile["SQL"]}

// hostileField is a field of a submission: how it is filled in, what is kept of it, why it is
// refused, and which values are not.
type hostileField struct {
	name   string
	set    func(s *erequest.Submission, value string)
	kept   func(r erequest.Request) string
	refuse []cris.Code
	keeps  map[string]string
}

func personal(field func(*erequest.Details) *cris.Personal[string]) (func(*erequest.Submission, string), func(erequest.Request) string) {
	return func(s *erequest.Submission, value string) { *field(&s.Details) = cris.NewPersonal(value) },
		func(r erequest.Request) string { return field(&r.Details).Reveal() }
}

func hostileFields() []hostileField {
	fields := []hostileField{
		{
			name: "key", refuse: []cris.Code{"key_missing"}, keeps: exactly,
			set:  func(s *erequest.Submission, value string) { s.Key = value },
			kept: func(r erequest.Request) string { return r.Key },
		},
		{name: "issue", refuse: []cris.Code{"not_an_issue"}, set: func(s *erequest.Submission, value string) { s.Issue = erequest.Issue(value) }},
		{name: "channel", refuse: []cris.Code{"not_a_channel"}, set: func(s *erequest.Submission, value string) { s.Channel = erequest.Channel(value) }},
		{
			name: "form number", refuse: []cris.Code{"form_number_malformed", "not_matched"},
			set: func(s *erequest.Submission, value string) { s.Screening.Form = casestatus.FormNumber(value) },
		},
		{
			name: "form type", refuse: []cris.Code{"not_matched"},
			set: func(s *erequest.Submission, value string) { s.Screening.FormType = casestatus.FormType(value) },
		},
		{name: "statement", refuse: []cris.Code{"statement_not_in_force"}, set: func(s *erequest.Submission, value string) { s.Statement = value }},
		{
			name: "preferred means", refuse: []cris.Code{"preferred_unreachable"},
			set: func(s *erequest.Submission, value string) { s.Details.Contact.Preferred = erequest.Means(value) },
		},
		{name: "document", refuse: []cris.Code{"document_unknown"}, set: func(s *erequest.Submission, value string) { s.Details.Document = erequest.Document(value) }},
		{
			name: "appearance", refuse: []cris.Code{"appearance_missing"},
			set: func(s *erequest.Submission, value string) {
				s.Details.Representative.Appearance = erequest.Appearance(value)
			},
		},
		{
			name: "recipient", refuse: []cris.Code{"recipient_missing"},
			set: func(s *erequest.Submission, value string) {
				s.Details.Representative.RespondTo = erequest.Recipient(value)
			},
		},
		{
			name: "representative's preferred means", refuse: []cris.Code{"representative_unreachable"},
			set: func(s *erequest.Submission, value string) {
				s.Details.Representative.Contact.Preferred = erequest.Means(value)
			},
		},
	}
	for _, row := range []struct {
		name   string
		refuse cris.Code
		field  func(*erequest.Details) *cris.Personal[string]
		keeps  map[string]string
	}{
		{"country of birth", "birth_country_unknown", func(d *erequest.Details) *cris.Personal[string] { return &d.CountryOfBirth }, nil},
		{"country of citizenship", "citizenship_unknown", func(d *erequest.Details) *cris.Personal[string] { return &d.CountryOfCitizenship }, nil},
		{"e-mail", "email_malformed", func(d *erequest.Details) *cris.Personal[string] { return &d.Contact.Email }, nil},
		{"phone", "phone_malformed", func(d *erequest.Details) *cris.Personal[string] { return &d.Contact.Phone }, nil},
		{"firm", "representative_malformed", func(d *erequest.Details) *cris.Personal[string] { return &d.Representative.Firm }, asSeenIfAny},
		{"representative's e-mail", "representative_unreachable", func(d *erequest.Details) *cris.Personal[string] { return &d.Representative.Contact.Email }, nil},
		{"representative's phone", "representative_unreachable", func(d *erequest.Details) *cris.Personal[string] { return &d.Representative.Contact.Phone }, nil},
		{"name, as printed", "printed_missing", func(d *erequest.Details) *cris.Personal[string] { return &d.Corrections.Name.Printed }, asSeen},
		{"name, corrected", "name_correction_malformed", func(d *erequest.Details) *cris.Personal[string] { return &d.Corrections.Name.Correct }, asSeen},
		{"address, as printed", "printed_missing", func(d *erequest.Details) *cris.Personal[string] { return &d.Corrections.Address.Printed }, asSeen},
		{"address, corrected", "address_correction_malformed", func(d *erequest.Details) *cris.Personal[string] { return &d.Corrections.Address.Correct }, asSeen},
		{"date of birth, as printed", "printed_missing", func(d *erequest.Details) *cris.Personal[string] { return &d.Corrections.DateOfBirth.Printed }, asSeen},
		{"date of birth, corrected", "birth_date_correction_malformed", func(d *erequest.Details) *cris.Personal[string] { return &d.Corrections.DateOfBirth.Correct }, nil},
		{"country of birth, as printed", "printed_missing", func(d *erequest.Details) *cris.Personal[string] { return &d.Corrections.CountryOfBirth.Printed }, asSeen},
		{"country of birth, corrected", "birth_country_correction_malformed", func(d *erequest.Details) *cris.Personal[string] { return &d.Corrections.CountryOfBirth.Correct }, nil},
		{"A-Number, as printed", "printed_missing", func(d *erequest.Details) *cris.Personal[string] { return &d.Corrections.ANumber.Printed }, asSeen},
		{"A-Number, corrected", "a_number_correction_malformed", func(d *erequest.Details) *cris.Personal[string] { return &d.Corrections.ANumber.Correct }, nil},
	} {
		field := hostileField{name: row.name, refuse: []cris.Code{row.refuse}, keeps: row.keeps}
		field.set, field.kept = personal(row.field)
		fields = append(fields, field)
	}
	return fields
}

// filledIn is a submission with every field filled in, so that each can be spoiled alone.
func filledIn() erequest.Submission {
	s := submission("key", erequest.TypographicalError)
	complete := erequesttest.NewRequest(receipt, 1).Details
	s.Details.Representative, s.Details.Corrections = complete.Representative, complete.Corrections
	return s
}

func TestER5_EveryHostileValueOfEveryFieldIsRefusedOrKeptAsItIsSeen(t *testing.T) {
	require.Equal(t, erequest.Accepted, newDesk(t).submit(t, filledIn()).Outcome)
	for _, field := range hostileFields() {
		for _, kind := range slices.Sorted(maps.Keys(hostile)) {
			what := field.name + ": " + kind
			d := newDesk(t)
			s := filledIn()
			field.set(&s, hostile[kind])
			filing := d.submit(t, s)
			if want, keeps := field.keeps[kind]; keeps {
				require.Equal(t, erequest.Accepted, filing.Outcome, what)
				stored, err := d.db.ERequests().Request(t.Context(), filing.Request.ID)
				require.NoError(t, err)
				require.Equal(t, want, field.kept(stored), what)
				require.Equal(t, erequest.AlreadyAccepted, d.submit(t, s).Outcome, what)
				require.NotContains(t, fmt.Sprintf("%#v %s", d.events(t), filing.Reasons), hostile[kind], what)
				continue
			}
			require.Equal(t, reasons(field.refuse...), filing.Reasons, what)
			require.Zero(t, filing.Request, what)
			require.Empty(t, d.events(t), what)
		}
	}
}

func TestER5_HostileValuesThatLookRight(t *testing.T) {
	set := func(field string) func(*erequest.Submission, string) {
		fields := hostileFields()
		return fields[slices.IndexFunc(fields, func(f hostileField) bool { return f.name == field })].set
	}
	for _, test := range []struct {
		field, value string
		refuse       cris.Code
	}{
		{"key", "key\u202e", "key_missing"},
		{"key", "ke\u0301y", "key_missing"},
		{"form type", "147-C8" + strings.Repeat("\u200b", 100), "not_matched"},
		{"form number", "I-765" + strings.Repeat(" ", 100), "not_matched"},
		{"country of birth", "se", "birth_country_unknown"},
		{"country of birth", "\u0405E", "birth_country_unknown"},
		{"e-mail", "ana@ex\u0430mple.org", "email_malformed"},       // Cyrillic among Latin letters
		{"e-mail", "ana@\u03b1\u0430.org", "email_malformed"},       // Greek beside Cyrillic
		{"e-mail", "ana@\u65e5\u0430.org", "email_malformed"},       // Chinese beside Cyrillic
		{"e-mail", "ana@\uac00\u3042.org", "email_malformed"},       // Korean beside Japanese
		{"e-mail", "ana@example.\u043erg", "email_malformed"},       // in the last label
		{"e-mail", "ana@example\u3002org\u200b", "email_malformed"}, // an ideographic stop
		{"e-mail", "ana@exam\u202eple.org", "email_malformed"},
		{"e-mail", "Z" + strings.Repeat("\u0351", 9) + "@example.org", "email_malformed"},
		{"e-mail", "ana@Z" + strings.Repeat("\u0351", 9) + ".org", "email_malformed"},
		{"e-mail", "<script>@example.org", "email_malformed"},
		{"e-mail", "ana@example.org, b@example.org", "email_malformed"},
		{"e-mail", "ana@example.org\r\nBcc: b@example.org", "email_malformed"},
		{"e-mail", strings.Repeat("a", 65) + "@example.org", "email_malformed"},
		{"e-mail", "ana@" + strings.Repeat("a.", 125) + "org", "email_malformed"},
		{"phone", "\uff12\uff10\uff12 555 0143", "phone_malformed"}, // full-width digits
		{"phone", "+1 202 555 0143 \u0301", "phone_malformed"},
		{"date of birth, corrected", "2022-08-16", "birth_date_correction_malformed"},
		{"date of birth, corrected", "1879-12-31", "birth_date_correction_malformed"},
		{"date of birth, corrected", "1984-02-30", "birth_date_correction_malformed"},
		{"country of birth, corrected", "\u0405E", "birth_country_correction_malformed"},
		{"A-Number, corrected", "\u0410012345678", "a_number_correction_malformed"}, // a Cyrillic A
		{"A-Number, corrected", "A000000000", "a_number_correction_malformed"},
	} {
		s := filledIn()
		set(test.field)(&s, test.value)
		require.Equal(t, reasons(test.refuse), newDesk(t).submit(t, s).Reasons, "%s: %+q", test.field, test.value)
	}
}

func TestER5_ContactsAreKeptAsTheyAreSeen(t *testing.T) {
	d := newDesk(t)
	s := filledIn()
	s.Screening.Form, s.Screening.FormType = " form i\u2011765\n", "147\u200b\u2011c8\n"
	s.Details.Contact.Email, s.Details.Contact.Phone = cris.NewPersonal(" jose\u0301.o'neill@Example.org\r\n"), cris.NewPersonal("202\u202e 555\u00a00143")
	s.Details.Representative.Contact.Email = cris.NewPersonal("{{.Name}}e\u0301@example.org ")
	filing := d.submit(t, s)
	require.Equal(t, erequest.Accepted, filing.Outcome, filing.Reasons)
	kept, err := d.db.ERequests().Request(t.Context(), filing.Request.ID)
	require.NoError(t, err)
	require.Equal(t, "jos\u00e9.o'neill@Example.org", kept.Details.Contact.Email.Reveal())
	require.Equal(t, "202 555 0143", kept.Details.Contact.Phone.Reveal())
	require.Equal(t, "{{.Name}}\u00e9@example.org", kept.Details.Representative.Contact.Email.Reveal())
	require.Equal(t, casestatus.FormNumber("I-765"), kept.Screening.Form)
	require.Equal(t, casestatus.FormType("147\u2011c8"), kept.Screening.FormType)
	require.Equal(t, erequest.AlreadyAccepted, d.submit(t, s).Outcome)
}

// What has a type of its own is refused or tidied where it is made.
func TestER5_HostileNamesAddressesAndNumbersAreRefusedWhereTheyAreMade(t *testing.T) {
	name := func(edit func(*cris.NameParts, string)) func(string) (string, error) {
		return func(value string) (string, error) {
			parts := cris.NameParts{Family: "Lindström", Given: "Ana"}
			edit(&parts, value)
			made, err := cris.NewPersonName(parts)
			of := made.Reveal()
			return strings.Join([]string{of.Family, of.Given, of.Middle, of.Maiden}, "|"), err
		}
	}
	address := func(edit func(*cris.AddressParts, string)) func(string) (string, error) {
		return func(value string) (string, error) {
			parts := cris.AddressParts{Street: "17 Elm Street", City: "Butler", State: "NJ", ZIP: cris.MustParseZIP("07405")}
			edit(&parts, value)
			made, err := cris.NewAddress(parts)
			of := made.Reveal()
			return strings.Join([]string{of.Street, of.Unit, of.City, of.State}, "|"), err
		}
	}
	for field, test := range map[string]struct {
		make  func(string) (string, error)
		kept  string // with %s for the value; "" if every hostile value is refused
		empty bool   // whether what nobody sees is as good as nothing
	}{
		"family name": {name(func(p *cris.NameParts, v string) { p.Family = v }), "%s|Ana||", true},
		"given name":  {name(func(p *cris.NameParts, v string) { p.Given = v }), "Lindström|%s||", true},
		"middle name": {name(func(p *cris.NameParts, v string) { p.Middle = v }), "Lindström|Ana|%s|", true},
		"maiden name": {name(func(p *cris.NameParts, v string) { p.Maiden = v }), "Lindström|Ana||%s", true},
		"street":      {address(func(p *cris.AddressParts, v string) { p.Street = v }), "%s||Butler|NJ", false},
		"unit":        {address(func(p *cris.AddressParts, v string) { p.Unit = v }), "17 Elm Street|%s|Butler|NJ", true},
		"city":        {address(func(p *cris.AddressParts, v string) { p.City = v }), "17 Elm Street||%s|NJ", false},
		"state":       {address(func(p *cris.AddressParts, v string) { p.State = v }), "", false},
		"ZIP code":    {func(v string) (string, error) { made, err := cris.ParseZIP(v); return made.String(), err }, "", false},
		"A-Number":    {func(v string) (string, error) { made, err := cris.ParseANumber(v); return made.Reveal(), err }, "", false},
		"date":        {func(v string) (string, error) { made, err := cris.ParseDate(v); return made.String(), err }, "", false},
		"receipt": {func(v string) (string, error) {
			made, err := casestatus.ParseReceiptNumber(v)
			return made.String(), err
		}, "", false},
	} {
		for kind, value := range hostile {
			kept, err := test.make(value)
			seen, isSeen := asSeen[kind]
			switch {
			case isSeen && test.kept != "":
				require.NoError(t, err, "%s: %s", field, kind)
				require.Equal(t, fmt.Sprintf(test.kept, seen), kept, "%s: %s", field, kind)
			case kind == "hidden" && test.empty:
				require.NoError(t, err, field)
				require.Equal(t, fmt.Sprintf(test.kept, ""), kept, field)
			default:
				var problem *cris.ParseError
				require.ErrorAs(t, err, &problem, "%s: %s", field, kind)
				require.NotContains(t, err.Error(), value, "%s: %s", field, kind)
			}
		}
	}
}

func TestER5_DatesOfBirthThatNobodyHas(t *testing.T) {
	for birth, want := range map[string][]cris.Reason{
		"2022-08-15": nil, "1897-08-16": nil,
		"2022-08-16": reasons("birth_date_impossible"), "9999-12-31": reasons("birth_date_impossible"),
		"1897-08-15": reasons("birth_date_impossible"), "1879-12-31": reasons("birth_date_impossible"), "0001-01-01": reasons("birth_date_impossible"),
	} {
		s := filledIn()
		s.Details.DateOfBirth = cris.NewPersonal(cris.MustParseDate(birth))
		filing := newDesk(t).submit(t, s)
		if want == nil {
			require.Equal(t, erequest.Accepted, filing.Outcome, birth)
			continue
		}
		require.Equal(t, want, filing.Reasons, birth)
	}
}

// Everything that is wrong is told at once, in the order of the rules: first what makes a
// submission unfit to be looked at, and then, once the screening has passed, the details.
func TestER5_EveryRefusalAtOnceInTheOrderOfTheRules(t *testing.T) {
	elsewhere, err := cris.NewAddress(cris.AddressParts{Street: "1 Main St", City: "Butler", State: "NJ", ZIP: cris.MustParseZIP("90210")})
	require.NoError(t, err)
	spoil := func(s *erequest.Submission) {
		for _, field := range hostileFields() {
			switch field.name {
			case "key", "issue", "channel", "form number", "form type":
			default:
				field.set(s, hostile["escape"])
			}
		}
		s.Details.Name = cris.PersonName{}
		s.Details.DateOfBirth = cris.NewPersonal(cris.MustParseDate("1879-12-31"))
		s.Details.Contact.Address = elsewhere
	}
	contact := []cris.Code{
		"name_missing", "birth_date_impossible", "birth_country_unknown", "citizenship_unknown",
		"email_malformed", "phone_malformed", "address_zip_elsewhere", "preferred_unreachable",
	}
	corrections := []cris.Code{
		"name_correction_malformed", "address_correction_malformed", "birth_date_correction_malformed",
		"birth_country_correction_malformed", "a_number_correction_malformed",
	}
	rest := []cris.Code{"statement_not_in_force", "representative_malformed", "appearance_missing", "recipient_missing", "representative_unreachable"}
	for issue, between := range map[erequest.Issue][]cris.Code{
		erequest.TypographicalError: slices.Concat([]cris.Code{"document_unknown"}, corrections, []cris.Code{"printed_missing", "correction_changes_nothing"}),
		erequest.BeneficiaryChange:  slices.Concat(corrections, []cris.Code{"correction_changes_nothing", "document_not_asked", "printed_not_asked"}),
		erequest.CardNotReceived:    {"document_not_asked", "correction_not_asked"},
	} {
		s := filledIn()
		s.Issue = issue
		spoil(&s)
		filing := newDesk(t).submit(t, s)
		require.Equal(t, erequest.Incomplete, filing.Outcome)
		require.Equal(t, reasons(slices.Concat(contact, between, rest)...), filing.Reasons, issue)
		require.Equal(t, reasons(slices.Concat(contact, between, rest[1:])...), erequest.DecideDetails(issue, "I-765", s.Details, today), issue)
	}

	s := filledIn()
	spoil(&s)
	s.Key, s.Issue, s.Channel = hostile["override"], "<b>", "fax"
	filing := newDesk(t).submit(t, s)
	require.Equal(t, reasons("not_an_issue", "key_missing", "not_a_channel"), filing.Reasons)
}
