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

func TestER5_AllFaultsOfTheDetailsAtOnce(t *testing.T) {
	faults := erequest.DecideDetails(erequest.TypographicalError, erequest.Details{})
	require.Equal(t, []cris.RuleID{"ER-5", "ER-5", "ER-5", "ER-5", "ER-5", "ER-5"}, ruleIDs(faults))
	for _, issue := range erequest.Issues() {
		require.Empty(t, erequest.DecideDetails(issue, erequesttest.Details(issue)), issue)
	}
}

func TestER5_CountriesAreCodesOfCountries(t *testing.T) {
	for code, good := range map[string]bool{
		"SE": true, "MX": true, "": false, "XX": false, "ZZ": false, "EU": false, "UN": false, "EZ": false, "us": false, "SU": true, "419": false, "S": false, "Sweden": false, "SWE": false, "S\x00": false,
	} {
		details := erequesttest.Details(erequest.CardNotReceived)
		details.CountryOfBirth = cris.NewPersonal(code)
		faults := erequest.DecideDetails(erequest.CardNotReceived, details)
		require.Equal(t, good, len(faults) == 0, "%q: %v", code, faults)
	}
}

func TestER5_OneWayToRespondIsEnough(t *testing.T) {
	full := erequesttest.Details(erequest.CardNotReceived).Contact
	for _, contact := range []erequest.Contact{{Email: full.Email}, {Phone: full.Phone}, {Address: full.Address}} {
		details := erequesttest.Details(erequest.CardNotReceived)
		details.Contact = contact
		require.Empty(t, erequest.DecideDetails(erequest.CardNotReceived, details))
	}
}

func TestER5_FreeTextIsOneLineThatEveryStoreCanHold(t *testing.T) {
	for name, text := range map[string]string{
		"blank": "  ", "NUL": "ana\x00@example.org", "a second line": "ana@example.org\nBcc: x", "not UTF-8": "ana\xeb@example.org", "endless": strings.Repeat("a", 501),
	} {
		details := erequesttest.Details(erequest.CardNotReceived)
		details.Contact.Email = cris.NewPersonal(text)
		require.Equal(t, []cris.RuleID{"ER-5"}, ruleIDs(erequest.DecideDetails(erequest.CardNotReceived, details)), "e-mail: %s", name)
		details = erequesttest.Details(erequest.CardNotReceived)
		details.Contact.Phone = cris.NewPersonal(text)
		require.Equal(t, []cris.RuleID{"ER-5"}, ruleIDs(erequest.DecideDetails(erequest.CardNotReceived, details)), "phone: %s", name)
		details = erequesttest.Details(erequest.TypographicalError)
		details.Correction.Correct = cris.NewPersonal(text)
		require.Equal(t, []cris.RuleID{"ER-5"}, ruleIDs(erequest.DecideDetails(erequest.TypographicalError, details)), "correction: %s", name)
	}
}

func TestER1_AChangeOfBeneficiaryInformationSaysWhatChanges(t *testing.T) {
	details := erequesttest.Details(erequest.BeneficiaryChange)
	details.Correction = erequest.Correction{}
	require.Equal(t, []cris.RuleID{"ER-5"}, ruleIDs(erequest.DecideDetails(erequest.BeneficiaryChange, details)))
	require.Contains(t, erequest.DecideScreening(erequest.BeneficiaryChange, screening, onFile, casestatus.Eligibility{}).Asks, erequest.FieldCorrection)
}

func TestER6_ACorrectionThatIsNotAskedForIsRefused(t *testing.T) {
	details := erequesttest.Details(erequest.TypographicalError)
	require.Equal(t, []cris.RuleID{"ER-6"}, ruleIDs(erequest.DecideDetails(erequest.CardNotReceived, details)))
	details.Correction.Element = "shoe size"
	require.Equal(t, []cris.RuleID{"ER-5"}, ruleIDs(erequest.DecideDetails(erequest.TypographicalError, details)))
}
