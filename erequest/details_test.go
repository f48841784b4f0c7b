package erequest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// today is the day on which the details of these tests are sent in.
var today = cris.MustParseDate("2022-08-15")

func TestER5_AllFaultsOfTheDetailsAtOnce(t *testing.T) {
	faults := erequest.DecideDetails(erequest.TypographicalError, erequest.Details{}, today)
	require.Equal(t, []cris.RuleID{"ER-5", "ER-5", "ER-5", "ER-5", "ER-5", "ER-5"}, ruleIDs(faults))
	for _, issue := range erequest.Issues() {
		require.Empty(t, erequest.DecideDetails(issue, erequesttest.NewDetails(issue), today), issue)
	}
}

func TestER5_CountriesAreCodesOfCountries(t *testing.T) {
	for code, good := range map[string]bool{
		"SE": true, "MX": true, "": false, "XX": false, "ZZ": false, "EU": false, "UN": false, "EZ": false, "us": false, "SU": true, "419": false, "S": false, "Sweden": false, "SWE": false, "S\x00": false,
	} {
		details := erequesttest.NewDetails(erequest.CardNotReceived)
		details.CountryOfBirth = cris.NewPersonal(code)
		faults := erequest.DecideDetails(erequest.CardNotReceived, details, today)
		require.Equal(t, good, len(faults) == 0, "%q: %v", code, faults)
	}
}

func TestER5_OneWayToRespondIsEnough(t *testing.T) {
	full := erequesttest.NewDetails(erequest.CardNotReceived).Contact
	for _, contact := range []erequest.Contact{{Email: full.Email}, {Phone: full.Phone}, {Address: full.Address}} {
		details := erequesttest.NewDetails(erequest.CardNotReceived)
		details.Contact = contact
		require.Empty(t, erequest.DecideDetails(erequest.CardNotReceived, details, today))
	}
}

func TestER5_FreeTextIsOneLineThatEveryStoreCanHold(t *testing.T) {
	for name, text := range map[string]string{
		"blank": "  ", "NUL": "ana\x00@example.org", "a second line": "ana@example.org\nBcc: x", "not UTF-8": "ana\xeb@example.org", "endless": strings.Repeat("a", 501),
	} {
		details := erequesttest.NewDetails(erequest.CardNotReceived)
		details.Contact.Email = cris.NewPersonal(text)
		require.Equal(t, []cris.RuleID{"ER-5"}, ruleIDs(erequest.DecideDetails(erequest.CardNotReceived, details, today)), "e-mail: %s", name)
		details = erequesttest.NewDetails(erequest.CardNotReceived)
		details.Contact.Phone = cris.NewPersonal(text)
		require.Equal(t, []cris.RuleID{"ER-5"}, ruleIDs(erequest.DecideDetails(erequest.CardNotReceived, details, today)), "phone: %s", name)
		details = erequesttest.NewDetails(erequest.TypographicalError)
		details.Correction.Correct = cris.NewPersonal(text)
		require.Equal(t, []cris.RuleID{"ER-5"}, ruleIDs(erequest.DecideDetails(erequest.TypographicalError, details, today)), "correction: %s", name)
	}
}

func TestER1_AChangeOfBeneficiaryInformationSaysWhatChanges(t *testing.T) {
	details := erequesttest.NewDetails(erequest.BeneficiaryChange)
	details.Correction = erequest.Correction{}
	require.Equal(t, []cris.RuleID{"ER-5"}, ruleIDs(erequest.DecideDetails(erequest.BeneficiaryChange, details, today)))
	require.Contains(t, erequest.DecideScreening(erequest.BeneficiaryChange, screening, onFile, casestatus.Eligibility{}, erequest.Wait{}).Asks, erequest.FieldCorrection)
}

func TestER6_ACorrectionThatIsNotAskedForIsRefused(t *testing.T) {
	details := erequesttest.NewDetails(erequest.TypographicalError)
	require.Equal(t, []cris.RuleID{"ER-6"}, ruleIDs(erequest.DecideDetails(erequest.CardNotReceived, details, today)))
	details.Correction.Element = "shoe size"
	require.Equal(t, []cris.RuleID{"ER-5"}, ruleIDs(erequest.DecideDetails(erequest.TypographicalError, details, today)))
}

func TestER5_DatesOfBirthAreThoseOfPeopleWhoLive(t *testing.T) {
	for date, good := range map[string]bool{
		"2022-08-15": true, "2022-08-16": false, "2123-01-01": false, "1865-05-05": false, "0019-01-01": false, "1897-08-15": false, "1897-08-16": true,
	} {
		details := erequesttest.NewDetails(erequest.CardNotReceived)
		details.DateOfBirth = cris.NewPersonal(cris.MustParseDate(date))
		faults := erequest.DecideDetails(erequest.CardNotReceived, details, today)
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
		return erequest.DecideDetails(erequest.CardNotReceived, details, today)
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
		"+46 81234": true, "+46 8123": false, "+46 8123 4567 89012": true, "+46 8123 4567 89012 3": false, "+46 8123 4567 890123": false,
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
		require.Equal(t, reasons("citizenship_unknown"), erequest.DecideDetails(erequest.CardNotReceived, details, today), code)
	}
	for _, code := range []string{"SU", "YU", "DD", "CS", "GB", "XK", "PC", "MI"} {
		details := erequesttest.NewDetails(erequest.CardNotReceived)
		details.CountryOfBirth = cris.NewPersonal(code)
		require.Empty(t, erequest.DecideDetails(erequest.CardNotReceived, details, today), code)
	}
}

func TestER1_CorrectionsAreCheckedByWhatTheyCorrect(t *testing.T) {
	for _, tt := range []struct {
		element erequest.Element
		correct string
		want    cris.Code
	}{
		{erequest.ElementName, "Lindström", ""},
		{erequest.ElementName, "12345", "correction_malformed"},
		{erequest.ElementName, "\u200b", "correction_missing"},
		{erequest.ElementAddress, "17 Elm Street, Butler NJ 07405", ""},
		{erequest.ElementAddress, "07405", "correction_malformed"},
		{erequest.ElementDateOfBirth, "1984-02-29", ""},
		{erequest.ElementDateOfBirth, "not a date", "correction_malformed"},
		{erequest.ElementDateOfBirth, "2123-01-01", "correction_malformed"},
		{erequest.ElementCountryOfBirth, "SU", ""},
		{erequest.ElementCountryOfBirth, "UK", "correction_malformed"},
		{erequest.ElementANumber, "A# 012-345-678", ""},
		{erequest.ElementANumber, "A12", "correction_malformed"},
		{"shoe_size", "43", "element_unknown"},
	} {
		details := erequesttest.NewDetails(erequest.TypographicalError)
		details.Correction = erequest.Correction{Element: tt.element, Correct: cris.NewPersonal(tt.correct)}
		var want []cris.Reason
		if tt.want != "" {
			want = reasons(tt.want)
		}
		require.Equal(t, want, erequest.DecideDetails(erequest.TypographicalError, details, today), "%s: %s", tt.element, tt.correct)
	}
}
