package erequest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// today is the day on which the details of these tests are sent in.
var today = cris.MustParseDate("2022-08-15")

func TestER5_AllFaultsOfTheDetailsAtOnce(t *testing.T) {
	faults := erequest.DecideDetails(erequest.TypographicalError, "I-765", erequest.Details{}, today)
	require.Equal(t, reasons(
		"name_missing", "birth_date_missing", "birth_country_unknown", "citizenship_unknown", "contact_missing", "document_unknown", "correction_missing",
	), faults)
	for _, issue := range erequest.Issues() {
		require.Empty(t, erequest.DecideDetails(issue, "I-765", erequesttest.NewDetails(issue), today), issue)
	}
}

func TestER5_CountriesAreCodesOfCountries(t *testing.T) {
	for code, good := range map[string]bool{
		"SE": true, "MX": true, "": false, "XX": false, "ZZ": false, "EU": false, "UN": false, "EZ": false, "us": false, "SU": true, "419": false, "S": false, "Sweden": false, "SWE": false, "S\x00": false,
	} {
		details := erequesttest.NewDetails(erequest.CardNotReceived)
		details.CountryOfBirth = cris.NewPersonal(code)
		faults := erequest.DecideDetails(erequest.CardNotReceived, "I-765", details, today)
		require.Equal(t, good, len(faults) == 0, "%q: %v", code, faults)
	}
}

func TestER5_OneWayToRespondIsEnough(t *testing.T) {
	full := erequesttest.NewDetails(erequest.CardNotReceived).Contact
	for want, contact := range map[erequest.Means]erequest.Contact{
		erequest.ByEmail: {Email: full.Email}, erequest.ByTelephone: {Phone: full.Phone}, erequest.ByLetter: {Address: full.Address},
	} {
		require.Equal(t, want, contact.PreferredMeans())
		details := erequesttest.NewDetails(erequest.CardNotReceived)
		details.Contact = contact
		require.Empty(t, erequest.DecideDetails(erequest.CardNotReceived, "I-765", details, today))
	}
}

func TestER5_FreeTextIsOneLineThatEveryStoreCanHold(t *testing.T) {
	for name, text := range map[string]string{
		"blank": "  ", "NUL": "ana\x00@example.org", "a second line": "ana@example.org\nBcc: x", "not UTF-8": "ana\xeb@example.org", "endless": strings.Repeat("a", 501),
	} {
		details := erequesttest.NewDetails(erequest.CardNotReceived)
		details.Contact.Email = cris.NewPersonal(text)
		require.Equal(t, []cris.RuleID{"ER-5"}, ruleIDs(erequest.DecideDetails(erequest.CardNotReceived, "I-765", details, today)), "e-mail: %s", name)
		details = erequesttest.NewDetails(erequest.CardNotReceived)
		details.Contact.Phone = cris.NewPersonal(text)
		require.Equal(t, []cris.RuleID{"ER-5"}, ruleIDs(erequest.DecideDetails(erequest.CardNotReceived, "I-765", details, today)), "phone: %s", name)
		details = erequesttest.NewDetails(erequest.TypographicalError)
		details.Corrections.Name.Correct = cris.NewPersonal(text)
		require.Equal(t, reasons("name_correction_malformed"), erequest.DecideDetails(erequest.TypographicalError, "I-765", details, today), "correction: %s", name)
		details = erequesttest.NewDetails(erequest.TypographicalError)
		details.Corrections.Name.Printed = cris.NewPersonal(text)
		require.Equal(t, reasons("printed_missing"), erequest.DecideDetails(erequest.TypographicalError, "I-765", details, today), "as printed: %s", name)
		details = erequesttest.NewDetails(erequest.TypographicalError)
		details.Representative = erequesttest.NewRepresentative(func(r *erequest.Representative) { r.Firm = cris.NewPersonal(text) })
		require.Equal(t, reasons("representative_malformed"), erequest.DecideDetails(erequest.TypographicalError, "I-765", details, today), "firm: %s", name)
	}
}

func TestER1_AChangeOfBeneficiaryInformationSaysWhatChanges(t *testing.T) {
	details := erequesttest.NewDetails(erequest.BeneficiaryChange)
	details.Corrections = erequest.Corrections{}
	require.Equal(t, []cris.RuleID{"ER-5"}, ruleIDs(erequest.DecideDetails(erequest.BeneficiaryChange, "I-765", details, today)))
	require.Contains(t, erequest.DecideScreening(erequest.BeneficiaryChange, erequest.Online, screening, erequest.Facts{OnFile: onFile.Header}).Asks, erequest.Ask{Field: erequest.FieldCorrections, Required: true})
}

func TestER6_WhatIsNotAskedForIsRefusedByItsName(t *testing.T) {
	details := erequesttest.NewDetails(erequest.TypographicalError)
	require.Equal(t, reasons("document_not_asked", "correction_not_asked"), erequest.DecideDetails(erequest.CardNotReceived, "I-765", details, today))
	require.Equal(t, reasons("document_not_asked", "printed_not_asked"), erequest.DecideDetails(erequest.BeneficiaryChange, "I-765", details, today))
	details.Document = "shoe"
	require.Equal(t, reasons("document_unknown"), erequest.DecideDetails(erequest.TypographicalError, "I-765", details, today))
}

// ER-6: what identifies the person and reaches them, and no more than the issue needs beside it.
func TestER6_EachIssueAsksForTheMinimum(t *testing.T) {
	everyone := []erequest.Field{
		"name", "date_of_birth", "country_of_birth", "country_of_citizenship", "a_number", "contact", "representative",
	}
	for issue, more := range map[erequest.Issue][]erequest.Field{
		erequest.OutsideProcessingTime: nil, erequest.AppointmentAccommodation: nil,
		erequest.NoticeNotReceived: {"mailed"}, erequest.DocumentNotReceived: {"mailed"}, erequest.CardNotReceived: {"mailed"},
		erequest.TypographicalError: {"document", "corrections"}, erequest.BeneficiaryChange: {"corrections"},
	} {
		var asked []erequest.Field
		for _, ask := range erequest.Asks(issue, "I-765") {
			asked = append(asked, ask.Field)
		}
		require.Equal(t, append(slices.Clone(everyone), more...), asked, issue)
	}
}

// ER-6: every field that some issue does not ask for is refused there, with a reason of its own.
func TestER6_WhatIsAskedDependsOnTheFormAndTheIssue(t *testing.T) {
	for _, issue := range erequest.Issues() {
		for _, form := range []casestatus.FormNumber{"I-90", "I-485", "n400", "Form I-130", "I-9999"} {
			var fields []erequest.Field
			for _, ask := range erequest.Asks(issue, form) {
				fields = append(fields, ask.Field)
			}
			require.IsIncreasing(t, positions(fields), "%s %s: each field once, in order", issue, form)
			for _, field := range erequest.Fields() {
				if slices.Contains(fields, field) {
					continue
				}
				full := erequesttest.NewRequest(casestatustest.Receipt(1), 1).Details
				faults := erequest.DecideDetails(issue, form, full, today)
				require.True(t, slices.ContainsFunc(faults, func(r cris.Reason) bool { return r.Rule == "ER-6" }), "%s %s %s", issue, form, field)
				require.NotContains(t, faults, cris.Reason{}, "each field has a reason of its own")
			}
			details := erequesttest.NewDetails(issue)
			require.Empty(t, erequest.DecideDetails(issue, form, details, today))
			details.ANumber = cris.ANumber{}
			needs := form == "I-90"
			require.Equal(t, needs, len(erequest.DecideDetails(issue, form, details, today)) == 1, "%s %s: a permanent resident has an A-Number, and a national who naturalizes may have none", issue, form)
		}
	}
}

// positions are those of the fields in the list of all.
func positions(fields []erequest.Field) []int {
	at := make([]int, len(fields))
	for i, field := range fields {
		at[i] = slices.Index(erequest.Fields(), field)
	}
	return at
}

func TestER5_DatesOfBirthAreThoseOfPeopleWhoLive(t *testing.T) {
	for date, good := range map[string]bool{
		"2022-08-15": true, "2022-08-16": false, "2123-01-01": false, "1865-05-05": false, "0019-01-01": false, "1897-08-15": false, "1897-08-16": true,
	} {
		details := erequesttest.NewDetails(erequest.CardNotReceived)
		details.DateOfBirth = cris.NewPersonal(cris.MustParseDate(date))
		faults := erequest.DecideDetails(erequest.CardNotReceived, "I-765", details, today)
		require.Equal(t, good, len(faults) == 0, date)
		if !good {
			require.Equal(t, reasons("birth_date_impossible"), faults, date)
		}
	}
}

func TestER5_ContactsAreSuchAsCanBeReached(t *testing.T) {
	contact := func(c erequest.Contact) []cris.Reason {
		details := erequesttest.NewDetails(erequest.CardNotReceived)
		details.Contact = c
		return erequest.DecideDetails(erequest.CardNotReceived, "I-765", details, today)
	}
	for email, good := range map[string]bool{
		"ana@example.org": true, "ana.maria+cris@mail.example.org": true, "josé@correo.example": true, "ana@пример.рф": true,
		"not an email": false, "ana": false, "ana@": false, "@example.org": false, "ana@example": false, "ana@@example.org": false,
		"ana maria@example.org": false, "ana@exam ple.org": false, "ana@-example.org": false, "ana@example..org": false, ".ana@example.org": false,
		"ana@example.org, bob@example.org": false, "\u200b": false, "ana@example.o": false, "ana@10.0.0.1": false,
		strings.Repeat("a", 64) + "@example.org": true, strings.Repeat("a", 65) + "@example.org": false,
		"ana@" + strings.Repeat("example.", 30) + "museum.": false, "ana@" + strings.Repeat("example.", 30) + "museum": true, // 250 bytes
		"anamaria@" + strings.Repeat("example.", 30) + "museum": false, // 255
	} {
		faults := contact(erequest.Contact{Email: cris.NewPersonal(email)})
		require.Equal(t, good, len(faults) == 0, "%q: %v", email, faults)
	}
	for phone, good := range map[string]bool{
		"+1 202 555 0143": true, "(202) 555-0143": true, "202.555.0143": true, "1-202-555-0143": true, "202-555-0143 ext. 12": true, "+46 8 123 456 78": true,
		"202\u2011555\u20110143": true, "abc": false, "555-0143": false, "000-000-0000": false, "102-555-0143": false, "202-155-0143": false, "+1 555": false,
		"989-999-9999": true, "999-999-9999": false, "290-555-0143": false, "202-255-0143": true, "+1 202 255 0143": true, "202-555-0143 EXT 1234567": true, "202-555-0143 ext 12345678": false, "ext 12": false,
		"+46 812345": true, "+46 81234": false, "+46 8123 4567 89012": true, "+46 8123 4567 89012 3": false, "+46 8123 4567 890123": false,
		"+0 202 555 0143": false, "202-555-0143 ext": false, "2025550143x12345678": false, "\u00ad": false, "++12025550143": false,
	} {
		faults := contact(erequest.Contact{Phone: cris.NewPersonal(phone)})
		require.Equal(t, good, len(faults) == 0, "%q: %v", phone, faults)
	}
}

func TestER5_ReservedCodesAreNotCountries(t *testing.T) {
	for _, code := range []string{"UK", "EU", "AC", "TA", "SU", "YU"} {
		details := erequesttest.NewDetails(erequest.CardNotReceived)
		details.CountryOfCitizenship = cris.NewPersonal(code)
		require.Equal(t, reasons("citizenship_unknown"), erequest.DecideDetails(erequest.CardNotReceived, "I-765", details, today), code)
	}
	for _, code := range []string{"SU", "YU", "DD", "CS", "GB", "XK", "PC", "MI"} {
		details := erequesttest.NewDetails(erequest.CardNotReceived)
		details.CountryOfBirth = cris.NewPersonal(code)
		require.Empty(t, erequest.DecideDetails(erequest.CardNotReceived, "I-765", details, today), code)
	}
}

func TestER1_CorrectionsAreCheckedByWhatTheyCorrect(t *testing.T) {
	correction := func(correct string) erequest.Correction {
		return erequest.Correction{Printed: cris.NewPersonal("as printed"), Correct: cris.NewPersonal(correct)}
	}
	for _, tt := range []struct {
		corrections erequest.Corrections
		want        cris.Code
	}{
		{erequest.Corrections{Name: correction("Lindström")}, ""},
		{erequest.Corrections{Name: correction("12345")}, "name_correction_malformed"},
		{erequest.Corrections{Name: correction("\u200b")}, "name_correction_malformed"},
		{erequest.Corrections{Name: correction("")}, "name_correction_malformed"},
		{erequest.Corrections{Name: correction("as printed")}, "correction_changes_nothing"},
		{erequest.Corrections{Name: correction(" as\u200b printed ")}, "correction_changes_nothing"},
		{erequest.Corrections{Name: erequest.Correction{Correct: cris.NewPersonal("Lindström")}}, "printed_missing"},
		{erequest.Corrections{Address: correction("17 Elm Street, Butler NJ 07405")}, ""},
		{erequest.Corrections{Address: correction("07405")}, "address_correction_malformed"},
		{erequest.Corrections{DateOfBirth: correction("1984-02-29")}, ""},
		{erequest.Corrections{DateOfBirth: correction("not a date")}, "birth_date_correction_malformed"},
		{erequest.Corrections{DateOfBirth: correction("2123-01-01")}, "birth_date_correction_malformed"},
		{erequest.Corrections{CountryOfBirth: correction("SU")}, ""},
		{erequest.Corrections{CountryOfBirth: correction("UK")}, "birth_country_correction_malformed"},
		{erequest.Corrections{ANumber: correction("A# 012-345-678")}, ""},
		{erequest.Corrections{ANumber: correction("A12")}, "a_number_correction_malformed"},
	} {
		details := erequesttest.NewDetails(erequest.TypographicalError)
		details.Corrections = tt.corrections
		var want []cris.Reason
		if tt.want != "" {
			want = reasons(tt.want)
		}
		require.Equal(t, want, erequest.DecideDetails(erequest.TypographicalError, "I-765", details, today), "%s", tt.want)
	}
}

// ER-1: a misprint of each element that the document names can be reported, and of no other.
func TestER1_EveryElementOfTheDocumentCanBeMisprinted(t *testing.T) {
	require.Equal(t, []erequest.Element{"name", "address", "date_of_birth", "country_of_birth", "a_number"}, erequest.Elements())
	full := erequesttest.NewRequest(casestatustest.Receipt(1), 1).Details.Corrections
	for element, one := range map[erequest.Element]erequest.Corrections{
		erequest.ElementName: {Name: full.Name}, erequest.ElementAddress: {Address: full.Address},
		erequest.ElementDateOfBirth: {DateOfBirth: full.DateOfBirth}, erequest.ElementCountryOfBirth: {CountryOfBirth: full.CountryOfBirth},
		erequest.ElementANumber: {ANumber: full.ANumber},
	} {
		d := newDesk(t)
		s := submission("k1", erequest.TypographicalError)
		s.Details.Corrections = one
		filing := d.submit(t, s)
		require.Equal(t, erequest.Accepted, filing.Outcome, "%s: %v", element, filing.Reasons)
		require.Equal(t, full.Of(element), filing.Request.Details.Corrections.Of(element))
	}
}

// ER-1: the second misprint of a notice does not wait thirty days for the first.
func TestER1_OneRequestCorrectsSeveralElements(t *testing.T) {
	full := erequesttest.NewRequest(casestatustest.Receipt(1), 1).Details
	full.Mailed = cris.Date{}
	require.Empty(t, erequest.DecideDetails(erequest.TypographicalError, "I-765", full, today))
	distinct := map[erequest.Correction]bool{}
	for _, element := range erequest.Elements() {
		distinct[full.Corrections.Of(element)] = true
	}
	require.Len(t, distinct, len(erequest.Elements()))
	require.NotContains(t, distinct, erequest.Correction{})
	require.Zero(t, full.Corrections.Of("shoe_size"))
	full.Corrections.DateOfBirth.Correct = cris.NewPersonal("1984-02-30")
	full.Corrections.ANumber.Correct = cris.NewPersonal("none")
	require.Equal(t, reasons("birth_date_correction_malformed", "a_number_correction_malformed"),
		erequest.DecideDetails(erequest.TypographicalError, "I-765", full, today), "every fault at once")
}

func TestER14_ARepresentativeSaysWhoTheyAreAndByWhatRight(t *testing.T) {
	for _, tt := range []struct {
		edit func(*erequest.Representative)
		want []cris.Reason
	}{
		{func(*erequest.Representative) {}, nil},
		{func(r *erequest.Representative) { r.Firm = cris.Personal[string]{} }, nil},
		{func(r *erequest.Representative) { r.Appearance = erequest.G28Claimed }, nil},
		{func(r *erequest.Representative) { r.Name = cris.PersonName{} }, reasons("representative_malformed")},
		{func(r *erequest.Representative) { r.Appearance = "" }, reasons("appearance_missing")},
		{func(r *erequest.Representative) { r.RespondTo = "" }, reasons("recipient_missing")},
		{func(r *erequest.Representative) { r.Contact = erequest.Contact{} }, reasons("representative_unreachable")},
		{func(r *erequest.Representative) { r.Contact, r.RespondTo = erequest.Contact{}, erequest.ToCustomer }, nil},
		{func(r *erequest.Representative) { r.Contact.Email = cris.NewPersonal("abc") }, reasons("representative_unreachable")},
		{
			func(r *erequest.Representative) { *r = erequest.Representative{Firm: r.Firm} },
			reasons("representative_malformed", "appearance_missing", "recipient_missing", "representative_unreachable"),
		},
	} {
		details := erequesttest.NewDetails(erequest.CardNotReceived)
		details.Representative = erequesttest.NewRepresentative(tt.edit)
		require.Equal(t, tt.want, erequest.DecideDetails(erequest.CardNotReceived, "I-765", details, today))
	}
}

// ER-14: where the response goes to the representative alone, nobody needs to reach the customer.
func TestER14_TheContactIsThatOfWhoeverGetsTheResponse(t *testing.T) {
	for recipient, want := range map[erequest.Recipient][]cris.Reason{
		erequest.ToRepresentative: nil,
		erequest.ToCustomer:       reasons("contact_missing"),
		erequest.ToBoth:           reasons("contact_missing"),
	} {
		details := erequesttest.NewDetails(erequest.CardNotReceived, func(d *erequest.Details) { d.Contact = erequest.Contact{} })
		details.Representative = erequesttest.NewRepresentative(func(r *erequest.Representative) { r.RespondTo = recipient })
		require.Equal(t, want, erequest.DecideDetails(erequest.CardNotReceived, "I-765", details, today), recipient)
	}
}

// ER-6: what is not asked for is refused and not kept without a word, on every channel.
func TestER6_WhatIsNotAskedForIsNotKept(t *testing.T) {
	for _, channel := range erequest.Channels() {
		d := newDesk(t)
		s := submission("k1", erequest.CardNotReceived)
		s.Channel, s.Details.Document = channel, erequest.OtherDocument
		filing := d.submit(t, s)
		require.Equal(t, erequest.Incomplete, filing.Outcome, channel)
		require.Equal(t, reasons("document_not_asked"), filing.Reasons, channel)
		require.Empty(t, d.requests(t), channel)
		require.Empty(t, d.events(t), channel)
	}
}
