package erequest_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// onFile is the case of these tests, and screening what its owner enters: five digits of the
// ZIP code are enough.
var (
	onFile = casestatustest.NewPendingCase(1, func(c *casestatus.Case) {
		c.Filed, c.Office, c.History = cris.MustParseDate("2022-01-10"), "SSC", nil
	})
	receipt   = onFile.Receipt
	zip       = cris.NewPersonal(cris.MustParseZIP("07405"))
	screening = erequesttest.NewScreening(onFile, func(s *erequest.Screening) { s.MailingZIP = zip })
)

func eligibility(outcome casestatus.EligibilityOutcome) casestatus.Eligibility {
	return casestatus.Eligibility{
		Outcome: outcome, OutsideFrom: cris.MustParseDate("2022-09-07"),
		Reasons: []cris.Reason{{Code: "casestatus.as_posted", Rule: "CS-6", Text: "as the processing times say"}},
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
	ofDocument := []erequest.Issue{
		"outside_processing_time", "notice_not_received", "document_not_received",
		"card_not_received", "typographical_error", "beneficiary_change",
	}
	for _, issue := range ofDocument {
		require.True(t, erequest.DefaultPolicy().Offers(issue, "I-765"), issue)
	}
	require.ElementsMatch(t, append(ofDocument, erequest.AppointmentAccommodation), erequest.Issues(), "later practice")
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
	unknown := erequest.DecideScreening(erequest.TypographicalError, erequest.Online, screening, erequest.Facts{})
	require.Equal(t, erequest.NotMatched, unknown.Outcome)
	require.Equal(t, []cris.RuleID{"ER-3"}, ruleIDs(unknown.Reasons))
	for name, spoil := range wrong {
		for _, issue := range erequest.Issues() {
			entered := screening
			spoil(&entered)
			got := erequest.DecideScreening(issue, erequest.Online, entered, erequest.Facts{OnFile: onFile.Header, Eligibility: eligibility(casestatus.Outside)})
			require.Equal(t, unknown, got, "wrong %s, issue %s", name, issue)
		}
	}
	withheld := onFile
	withheld.Withheld = true
	require.Equal(t, unknown, erequest.DecideScreening(erequest.TypographicalError, erequest.Online, screening, erequest.Facts{OnFile: withheld.Header}))
	require.Equal(t, unknown, erequest.DecideScreening(erequest.TypographicalError, erequest.Online, erequest.Screening{}, erequest.Facts{}),
		"nothing entered does not match nothing on file")
}

// ER-3: nor does the service tell them apart, whether the customer screens or submits.
func TestER3_TheServiceAnswersEveryMismatchAlike(t *testing.T) {
	for _, issue := range erequest.Issues() {
		d := newDeskUnder(t, &everyIssue)
		var first erequest.Screened
		for i, spoil := range []func(*erequest.Screening){
			func(s *erequest.Screening) { s.Receipt = casestatustest.Receipt(99) },
			func(s *erequest.Screening) { s.Form = "I-485" },
			func(s *erequest.Screening) { s.FormType = "147-C9" },
			func(s *erequest.Screening) { s.DateFiled = s.DateFiled.AddDays(1) },
			func(s *erequest.Screening) { s.MailingZIP = cris.NewPersonal(cris.MustParseZIP("07406")) },
		} {
			s := submission("k1", issue)
			spoil(&s.Screening)
			got, err := d.Screen(t.Context(), issue, s.Screening)
			require.NoError(t, err)
			if i == 0 {
				first = got
			}
			require.Equal(t, erequest.NotMatched, got.Outcome, issue)
			require.Equal(t, first, got, "%s %d", issue, i)
			require.Equal(t, erequest.Filing{Outcome: erequest.ScreenedOut, Screening: first, Reasons: first.Reasons}, d.submit(t, s), "%s %d", issue, i)
		}
		require.Empty(t, d.requests(t))
	}
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
		got := erequest.DecideScreening(erequest.CardNotReceived, erequest.Online, entered, erequest.Facts{OnFile: incomplete.Header})
		require.Equal(t, erequest.NotMatched, got.Outcome, name)
	}
	entered, oneType := screening, onFile
	entered.FormType, oneType.FormType = "", ""
	require.Equal(t, erequest.Passed, erequest.DecideScreening(erequest.CardNotReceived, erequest.Online, entered, erequest.Facts{OnFile: oneType.Header}).Outcome,
		"a form that has but one type")
}

func TestER3_ZIPCodesAreComparedByFiveDigits(t *testing.T) {
	for _, entered := range []string{"07405", "074051234", "07405-9999"} {
		s := screening
		s.MailingZIP = cris.NewPersonal(cris.MustParseZIP(entered))
		require.Equal(t, erequest.Passed, erequest.DecideScreening(erequest.CardNotReceived, erequest.Online, s, erequest.Facts{OnFile: onFile.Header}).Outcome, entered)
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
		got := erequest.DecideScreening(erequest.OutsideProcessingTime, erequest.Online, screening, erequest.Facts{OnFile: onFile.Header, Eligibility: eligibility(outcome)})
		require.Equal(t, want, got.Outcome, outcome)
		require.Equal(t, []cris.RuleID{"ER-3", "CS-6", "ER-4"}, ruleIDs(got.Reasons), outcome)
		require.Equal(t, cris.MustParseDate("2022-09-07"), got.Eligibility.OutsideFrom, "the date on which the answer changes is passed on")
	}
}

// ER-4: outside is the one standing that an inquiry about processing time needs, and it needs it
// on every channel.
func TestER4_OnlyOutsideOpensTheInquiryWhateverTheChannel(t *testing.T) {
	for _, channel := range erequest.Channels() {
		for _, outcome := range casestatus.EligibilityOutcomes() {
			got := erequest.DecideScreening(erequest.OutsideProcessingTime, channel, screening, erequest.Facts{OnFile: onFile.Header, Eligibility: eligibility(outcome)})
			require.Equal(t, outcome == casestatus.Outside, got.Outcome == erequest.Passed, "%s %s", channel, outcome)
		}
	}
}

func TestER4_OtherIssuesDoNotDependOnProcessingTime(t *testing.T) {
	for _, issue := range erequest.Issues() {
		if issue == erequest.OutsideProcessingTime {
			continue
		}
		for _, outcome := range casestatus.EligibilityOutcomes() {
			got := erequest.DecideScreening(issue, erequest.Online, screening, erequest.Facts{OnFile: onFile.Header, Eligibility: eligibility(outcome)})
			require.Equal(t, erequest.Passed, got.Outcome, "%s %s", issue, outcome)
		}
	}
}

// ER-5: whatever else a screening ends in, nothing is asked for.
func TestER5_NoOutcomeButPassedAsksForAnything(t *testing.T) {
	wait := erequest.Wait{Outcome: erequest.MustWait, Ends: cris.MustParseDate("2022-09-14")}
	mayCome := erequest.NonReceipt{TooEarly: true}
	reached := map[erequest.ScreeningOutcome]bool{}
	for _, issue := range erequest.Issues() {
		for _, channel := range erequest.Channels() {
			for _, facts := range []erequest.Facts{
				{},
				{OnFile: onFile.Header},
				{OnFile: onFile.Header, Wait: wait},
				{OnFile: onFile.Header, Mail: mayCome},
				{OnFile: onFile.Header, Eligibility: eligibility(casestatus.Outside)},
				{OnFile: onFile.Header, Eligibility: eligibility(casestatus.Outside), Wait: wait},
			} {
				got := erequest.DecideScreening(issue, channel, screening, facts)
				require.Equal(t, got.Outcome == erequest.Passed, len(got.Asks) > 0, "%s %s: %s", issue, channel, got.Outcome)
				reached[got.Outcome] = true
			}
		}
	}
	closed := newDeskUnder(t, &erequest.Policy{Online: []erequest.Offer{}})
	got, err := closed.Screen(t.Context(), erequest.CardNotReceived, screening)
	require.NoError(t, err)
	require.Empty(t, got.Asks)
	reached[got.Outcome] = true
	for _, outcome := range erequest.ScreeningOutcomes() {
		require.True(t, reached[outcome], outcome)
	}
}

func TestER5_OnlyAPassedScreeningAsksForMore(t *testing.T) {
	for _, issue := range erequest.Issues() {
		passed := erequest.DecideScreening(issue, erequest.Online, screening, erequest.Facts{OnFile: onFile.Header, Eligibility: eligibility(casestatus.Outside)})
		require.Equal(t, erequest.Asks(issue, onFile.Form), passed.Asks, issue)
		refused := erequest.DecideScreening(issue, erequest.Online, erequest.Screening{}, erequest.Facts{OnFile: onFile.Header, Eligibility: eligibility(casestatus.Outside)})
		require.Empty(t, refused.Asks, issue)
	}
	require.Empty(t, erequest.DecideScreening(erequest.OutsideProcessingTime, erequest.Online, screening, erequest.Facts{OnFile: onFile.Header, Eligibility: eligibility(casestatus.Within)}).Asks)
}

// ER-5a: the wait is told at the screening, before anything personal is asked; and only to
// whoever shows to know the case.
func TestER5a_TheWaitIsToldAtTheScreening(t *testing.T) {
	wait := erequest.Wait{Outcome: erequest.MustWait, Ends: cris.MustParseDate("2022-09-14"), Earlier: "r-1", Reasons: []cris.Reason{reason("wait_not_over")}}
	got := erequest.DecideScreening(erequest.CardNotReceived, erequest.Online, screening, erequest.Facts{OnFile: onFile.Header, Wait: wait})
	require.Equal(t, erequest.AdvisedToWait, got.Outcome)
	require.Equal(t, wait.Ends, got.WaitEnds)
	require.Equal(t, "r-1", got.Earlier)
	require.Empty(t, got.Asks)
	require.Contains(t, got.Reasons, reason("wait_not_over"))

	wrong := screening
	wrong.DateFiled = wrong.DateFiled.AddDays(1)
	got = erequest.DecideScreening(erequest.CardNotReceived, erequest.Online, wrong, erequest.Facts{OnFile: onFile.Header, Wait: wait})
	require.Equal(t, erequest.NotMatched, got.Outcome)
	require.Zero(t, got.WaitEnds)
	require.Empty(t, got.Earlier)
}

// ER-5a: whatever the customer has come about, if there is nothing else that keeps it from being
// filed.
func TestER5a_TheWaitIsToldWhateverTheIssue(t *testing.T) {
	for _, issue := range erequest.Issues() {
		facts := erequest.Facts{OnFile: onFile.Header, Eligibility: eligibility(casestatus.Outside), Wait: erequest.Wait{Outcome: erequest.MustWait}}
		got := erequest.DecideScreening(issue, erequest.Online, screening, facts)
		require.Equal(t, erequest.AdvisedToWait, got.Outcome, issue)
		facts.Wait.Outcome = erequest.MayRepeat
		require.Equal(t, erequest.Passed, erequest.DecideScreening(issue, erequest.Online, screening, facts).Outcome, issue)
	}
}

// ER-5a: the screening tells of the wait that the submission would meet, whatever the policy
// makes of it.
func TestER5a_TheScreeningTellsOfTheWaitThatASubmissionMeets(t *testing.T) {
	d := newDeskUnder(t, &erequest.Policy{WaitDays: 3})
	d.submit(t, submission("k1", erequest.CardNotReceived))
	for days, want := range []erequest.ScreeningOutcome{erequest.AdvisedToWait, erequest.AdvisedToWait, erequest.AdvisedToWait, erequest.Passed} {
		got, err := d.Screen(t.Context(), erequest.TypographicalError, screening)
		require.NoError(t, err)
		require.Equal(t, want, got.Outcome, days)
		if want == erequest.AdvisedToWait {
			filing := d.submit(t, submission("k2", erequest.TypographicalError))
			require.Equal(t, got.WaitEnds, filing.WaitEnds, days)
			require.Equal(t, cris.MustParseDate("2022-08-18"), got.WaitEnds)
		}
		d.now = d.now.AddDate(0, 0, 1)
	}
}

func TestER5a_ServiceLooksAtTheEarlierRequests(t *testing.T) {
	d := newDesk(t)
	first := d.submit(t, submission("k1", erequest.CardNotReceived))
	got, err := d.Screen(t.Context(), erequest.TypographicalError, screening)
	require.NoError(t, err)
	require.Equal(t, erequest.AdvisedToWait, got.Outcome)
	require.Equal(t, cris.MustParseDate("2022-09-14"), got.WaitEnds)
	require.Equal(t, first.Request.ID, got.Earlier)
	require.Equal(t, "You already placed an online request. Please wait until September 14, 2022. You may make a new inquiry on that day.",
		cris.NewWords(erequest.Words()...).Say(cris.English, got.Message()))
}

// CS-10: a case that is decided is not inquired about, however old it is.
func TestER4_NoInquiryAboutADecidedCase(t *testing.T) {
	d := newDesk(t)
	decided := onFile
	decided.History = []casestatus.StatusEntry{{Title: "Case Was Approved"}}
	require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), decided))
	filing := d.submit(t, submission("k1", erequest.OutsideProcessingTime))
	require.Equal(t, erequest.ScreenedOut, filing.Outcome)
	require.Equal(t, casestatus.Decided, filing.Screening.Eligibility.Outcome)
	require.Equal(t, erequest.Accepted, d.submit(t, submission("k2", erequest.CardNotReceived)).Outcome, "a card is missed after the decision")
}

func TestER3_FormNumbersAreComparedAsNumbers(t *testing.T) {
	for _, entered := range []casestatus.FormNumber{"I765", "i-765", "Form I-765", " I\u2011765"} {
		s := screening
		s.Form = entered
		require.Equal(t, erequest.Passed, erequest.DecideScreening(erequest.CardNotReceived, erequest.Online, s, erequest.Facts{OnFile: onFile.Header}).Outcome, entered)
	}
	s := screening
	s.Form = "my form"
	got := erequest.DecideScreening(erequest.CardNotReceived, erequest.Online, s, erequest.Facts{OnFile: onFile.Header})
	require.Equal(t, reasons("form_number_malformed", "not_matched"), got.Reasons, "that it is no form number at all is told")
	require.Equal(t, got, erequest.DecideScreening(erequest.CardNotReceived, erequest.Online, s, erequest.Facts{}))
}

func TestER3_FormTypesAreComparedWithoutCaseAndSeparators(t *testing.T) {
	require.NotEmpty(t, onFile.FormType)
	for _, entered := range []string{strings.ToLower(string(onFile.FormType)), " " + string(onFile.FormType) + "\n", strings.ReplaceAll(string(onFile.FormType), "-", "\u2011")} {
		s := screening
		s.FormType = casestatus.FormType(entered)
		require.Equal(t, erequest.Passed, erequest.DecideScreening(erequest.CardNotReceived, erequest.Online, s, erequest.Facts{OnFile: onFile.Header}).Outcome, "%q", entered)
	}
}
