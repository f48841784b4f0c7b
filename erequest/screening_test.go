package erequest_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
)

var (
	receipt = casestatus.MustParseReceiptNumber("IOE0919283746")
	zip     = cris.NewPersonal(cris.MustParseZIP("07405"))
)

// onFile is the case of these tests, and screening what its owner enters.
var (
	onFile = casestatus.Case{
		Receipt: receipt, Form: "I-765", FormType: "147-C8", Office: "SSC",
		Filed: cris.MustParseDate("2022-01-10"), Address: casestatustest.AddressIn("07405-1234"),
	}
	screening = erequest.Screening{
		Receipt: receipt, Form: "I-765", FormType: "147-C8",
		DateFiled: cris.MustParseDate("2022-01-10"), MailingZIP: zip,
	}
)

func eligibility(outcome casestatus.EligibilityOutcome) casestatus.Eligibility {
	return casestatus.Eligibility{
		Outcome: outcome, OutsideFrom: cris.MustParseDate("2022-09-07"),
		Reasons: []cris.Reason{{Rule: "CS-6", Text: "as the processing times say"}},
	}
}

// ruleIDs are the rules that a decision cites, in its order.
func ruleIDs(reasons []cris.Reason) (ids []cris.RuleID) {
	for _, reason := range reasons {
		ids = append(ids, reason.Rule)
	}
	return ids
}

func TestER1_EveryIssueOfTheDocumentCanBeReported(t *testing.T) {
	require.ElementsMatch(t, []erequest.Issue{
		"outside normal processing time", "notice not received", "document not received",
		"card not received", "typographical error", "change of beneficiary information",
	}, erequest.Issues())
}

func TestER2_ScreeningAsksForExactlyFive(t *testing.T) {
	var asked []string
	for field := range reflect.TypeFor[erequest.Screening]().Fields() {
		asked = append(asked, field.Name)
	}
	require.Equal(t, []string{"Receipt", "Form", "FormType", "DateFiled", "MailingZIP"}, asked)
}

func TestER3_EveryMismatchReadsAlike(t *testing.T) {
	wrong := map[string]func(*erequest.Screening){
		"receipt number": func(s *erequest.Screening) { s.Receipt = casestatus.MustParseReceiptNumber("IOE0919283747") },
		"form number":    func(s *erequest.Screening) { s.Form = "I-485" },
		"form type":      func(s *erequest.Screening) { s.FormType = "147-C9" },
		"no form type":   func(s *erequest.Screening) { s.FormType = "" },
		"date filed":     func(s *erequest.Screening) { s.DateFiled = s.DateFiled.AddDays(1) },
		"ZIP code":       func(s *erequest.Screening) { s.MailingZIP = cris.NewPersonal(cris.MustParseZIP("07406")) },
		"nothing at all": func(s *erequest.Screening) { *s = erequest.Screening{} },
	}
	unknown := erequest.DecideScreening(erequest.TypographicalError, screening, casestatus.Case{}, casestatus.Eligibility{})
	require.Equal(t, erequest.NotMatched, unknown.Outcome)
	require.Equal(t, []cris.RuleID{"ER-3"}, ruleIDs(unknown.Reasons))
	for name, spoil := range wrong {
		for _, issue := range erequest.Issues() {
			entered := screening
			spoil(&entered)
			got := erequest.DecideScreening(issue, entered, onFile, eligibility(casestatus.Outside))
			require.Equal(t, unknown, got, "wrong %s, issue %s", name, issue)
		}
	}
	withheld := onFile
	withheld.Withheld = true
	require.Equal(t, unknown, erequest.DecideScreening(erequest.TypographicalError, screening, withheld, casestatus.Eligibility{}))
	require.Equal(t, unknown, erequest.DecideScreening(erequest.TypographicalError, erequest.Screening{}, casestatus.Case{}, casestatus.Eligibility{}),
		"nothing entered does not match nothing on file")
}

func TestER2_WhatIsMissingMatchesNothing(t *testing.T) {
	for name, missing := range map[string]func(*erequest.Screening, *casestatus.Case){
		"ZIP code": func(s *erequest.Screening, c *casestatus.Case) {
			s.MailingZIP, c.Address = cris.Personal[cris.ZIP]{}, cris.Address{}
		},
		"date filed":  func(s *erequest.Screening, c *casestatus.Case) { s.DateFiled, c.Filed = cris.Date{}, cris.Date{} },
		"form number": func(s *erequest.Screening, c *casestatus.Case) { s.Form, c.Form = "", "" },
	} {
		entered, incomplete := screening, onFile
		missing(&entered, &incomplete)
		got := erequest.DecideScreening(erequest.CardNotReceived, entered, incomplete, casestatus.Eligibility{})
		require.Equal(t, erequest.NotMatched, got.Outcome, name)
	}
	entered, oneType := screening, onFile
	entered.FormType, oneType.FormType = "", ""
	require.Equal(t, erequest.Passed, erequest.DecideScreening(erequest.CardNotReceived, entered, oneType, casestatus.Eligibility{}).Outcome,
		"a form that has but one type")
}

func TestER3_ZIPCodesAreComparedByFiveDigits(t *testing.T) {
	for _, entered := range []string{"07405", "074051234", "07405-9999"} {
		s := screening
		s.MailingZIP = cris.NewPersonal(cris.MustParseZIP(entered))
		require.Equal(t, erequest.Passed, erequest.DecideScreening(erequest.CardNotReceived, s, onFile, casestatus.Eligibility{}).Outcome, entered)
	}
}

func TestER4_ProcessingTimeInquiryNeedsACaseOutside(t *testing.T) {
	for outcome, want := range map[casestatus.EligibilityOutcome]erequest.ScreeningOutcome{
		casestatus.Outside:    erequest.Passed,
		casestatus.Within:     erequest.NotOutside,
		casestatus.NotPosted:  erequest.NotOutside,
		casestatus.Suppressed: erequest.NotOutside,
		casestatus.Undecided:  erequest.NotOutside,
	} {
		got := erequest.DecideScreening(erequest.OutsideProcessingTime, screening, onFile, eligibility(outcome))
		require.Equal(t, want, got.Outcome, outcome)
		require.Equal(t, []cris.RuleID{"ER-3", "CS-6", "ER-4"}, ruleIDs(got.Reasons), outcome)
		require.Equal(t, cris.MustParseDate("2022-09-07"), got.Eligibility.OutsideFrom, "the date on which the answer changes is passed on")
	}
}

func TestER4_OtherIssuesDoNotDependOnProcessingTime(t *testing.T) {
	for _, issue := range erequest.Issues() {
		if issue == erequest.OutsideProcessingTime {
			continue
		}
		got := erequest.DecideScreening(issue, screening, onFile, eligibility(casestatus.Within))
		require.Equal(t, erequest.Passed, got.Outcome, issue)
	}
}

func TestER5_OnlyAPassedScreeningAsksForMore(t *testing.T) {
	for _, issue := range erequest.Issues() {
		passed := erequest.DecideScreening(issue, screening, onFile, eligibility(casestatus.Outside))
		require.Subset(t, passed.Asks, []erequest.Field{
			"name", "date of birth", "country of birth", "country of citizenship", "A-Number", "contact information",
		}, issue)
		refused := erequest.DecideScreening(issue, erequest.Screening{}, onFile, eligibility(casestatus.Outside))
		require.Empty(t, refused.Asks, issue)
	}
	require.Empty(t, erequest.DecideScreening(erequest.OutsideProcessingTime, screening, onFile, eligibility(casestatus.Within)).Asks)
}
