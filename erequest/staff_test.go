package erequest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// ofStaff are the channels on which staff take requests.
func ofStaff() []erequest.Channel { return erequest.Channels()[1:] }

// leavesOut lets a screening be without some of the five.
var leavesOut = map[string]func(*erequest.Screening){
	"form":       func(s *erequest.Screening) { s.Form = "" },
	"form type":  func(s *erequest.Screening) { s.FormType = "" },
	"date filed": func(s *erequest.Screening) { s.DateFiled = cris.Date{} },
	"ZIP code":   func(s *erequest.Screening) { s.MailingZIP = cris.Personal[cris.ZIP]{} },
	"all but the receipt number": func(s *erequest.Screening) {
		*s = erequest.Screening{Receipt: s.Receipt}
	},
}

// known is the case of these tests with the applicant whom erequesttest.NewDetails describes.
func known(edits ...func(*casestatus.Case)) casestatus.Case {
	applicant := casestatustest.NewCase(1)
	c := onFile
	c.Applicant, c.DateOfBirth = applicant.Applicant, applicant.DateOfBirth
	for _, edit := range edits {
		edit(&c)
	}
	return c
}

// ER-3, SR-1: staff who see the case complete what a customer cannot tell, and online everything is
// as it was.
func TestER3_StaffCompletesAScreening(t *testing.T) {
	d := newDesk(t)
	require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), known()))
	for name, leaveOut := range leavesOut {
		entered := screening
		leaveOut(&entered)
		for _, channel := range ofStaff() {
			got, err := d.ScreenOn(t.Context(), channel, erequest.TypographicalError, entered)
			require.NoError(t, err)
			require.Equal(t, erequest.Passed, got.Outcome, "%s, %s", name, channel)
			require.Equal(t, reasons("matched_in_part", "issue_needs_no_time"), got.Reasons, "%s, %s", name, channel)
			require.NotEmpty(t, got.Asks)

			s := submission(name+string(channel), erequest.TypographicalError)
			s.Screening, s.Channel, s.TakenBy = entered, channel, "csr-1"
			filing := d.submit(t, s)
			require.Equal(t, erequest.Accepted, filing.Outcome, "%s, %s: %v", name, channel, filing.Reasons)
			require.Equal(t, screening.Form, filing.Request.Screening.Form, "ER-13: the request is whole")
			require.Equal(t, screening.DateFiled, filing.Request.Screening.DateFiled)
			require.Equal(t, screening.FormType, filing.Request.Screening.FormType)
			require.Equal(t, screening.MailingZIP.Reveal().Five(), filing.Request.Screening.MailingZIP.Reveal().Five())
			require.Equal(t, "csr-1", filing.Request.TakenBy)
		}
		got, err := d.ScreenOn(t.Context(), erequest.Online, erequest.TypographicalError, entered)
		require.NoError(t, err)
		require.Equal(t, erequest.Screened{Outcome: erequest.NotMatched, Reasons: reasons("not_matched")}, got, name)
		s := submission(name, erequest.TypographicalError)
		s.Screening = entered
		require.Equal(t, erequest.ScreenedOut, d.submit(t, s).Outcome, name)
	}
	whole, err := d.ScreenOn(t.Context(), erequest.Telephone, erequest.TypographicalError, screening)
	require.NoError(t, err)
	require.Equal(t, reasons("matched", "issue_needs_no_time"), whole.Reasons)
}

// ER-3: what is told wrongly does not match, on any channel, nor does a case that is not on file.
func TestER3_StaffCompletesNothingThatIsWrong(t *testing.T) {
	d := newDesk(t)
	for name, spoil := range map[string]func(*erequest.Screening){
		"form":           func(s *erequest.Screening) { s.Form = "I-90" },
		"date filed":     func(s *erequest.Screening) { s.DateFiled = s.DateFiled.AddDays(1) },
		"ZIP code":       func(s *erequest.Screening) { s.MailingZIP = cris.NewPersonal(cris.MustParseZIP("99501")) },
		"receipt number": func(s *erequest.Screening) { s.Receipt = casestatus.MustParseReceiptNumber("EAC1290000000") },
		"no number":      func(s *erequest.Screening) { s.Receipt = casestatus.ReceiptNumber{} },
	} {
		for _, channel := range ofStaff() {
			entered := screening
			entered.FormType = ""
			spoil(&entered)
			got, err := d.ScreenOn(t.Context(), channel, erequest.TypographicalError, entered)
			require.NoError(t, err)
			require.Equal(t, erequest.NotMatched, got.Outcome, "%s, %s", name, channel)
			s := submission("k", erequest.TypographicalError)
			s.Screening, s.Channel = entered, channel
			require.Equal(t, erequest.ScreenedOut, d.submit(t, s).Outcome, "%s, %s", name, channel)
		}
	}
}

// ER-3: whoever cannot tell all five shows by name and date of birth that the case is theirs.
func TestER3_ACompletedScreeningNeedsWhoTheApplicantIs(t *testing.T) {
	for name, tt := range map[string]struct {
		edit func(*casestatus.Case)
		want erequest.FilingOutcome
	}{
		"both agree":                    {func(*casestatus.Case) {}, erequest.Accepted},
		"the name differs":              {func(c *casestatus.Case) { c.Applicant = casestatustest.NewCase(1).Representative }, erequest.Incomplete},
		"the date of birth differs":     {func(c *casestatus.Case) { c.DateOfBirth = cris.NewPersonal(cris.MustParseDate("1984-03-01")) }, erequest.Incomplete},
		"the name is not on file":       {func(c *casestatus.Case) { c.Applicant = cris.PersonName{} }, erequest.Incomplete},
		"no date of birth is on file":   {func(c *casestatus.Case) { c.DateOfBirth = cris.Personal[cris.Date]{} }, erequest.Incomplete},
		"the case is a protected one":   {func(c *casestatus.Case) { c.Withheld = true }, erequest.Accepted},
		"protected, and another person": {func(c *casestatus.Case) { c.Withheld, c.Applicant = true, cris.PersonName{} }, erequest.Incomplete},
	} {
		d := newDesk(t)
		require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), known(tt.edit)))
		s := submission("k", erequest.TypographicalError)
		s.Channel = erequest.LocalOffice
		if tt.want == erequest.Incomplete {
			whole := s
			whole.Key = "whole"
			require.Equal(t, erequest.Accepted, d.submit(t, whole).Outcome, "%s: all five will do", name)
		}
		s.Screening = erequest.Screening{Receipt: s.Screening.Receipt}
		filing := d.submit(t, s)
		require.Equal(t, tt.want, filing.Outcome, name)
		if tt.want == erequest.Incomplete {
			require.Equal(t, reasons("identity_not_shown"), filing.Reasons, name)
			s.Details.Contact = erequest.Contact{}
			require.Equal(t, reasons("identity_not_shown", "contact_missing"), d.submit(t, s).Reasons, "every fault at once, in rule order")
		}
	}
}

// ER-9: the same again is a retry, though the case has changed and another member of staff sends it;
// something else under the same key is not.
func TestER9_ARetryOfStaffIsTheSameRequest(t *testing.T) {
	d := newDesk(t)
	require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), known()))
	s := submission("k", erequest.TypographicalError)
	s.Channel, s.TakenBy, s.Screening = erequest.Letter, "iio-1", erequest.Screening{Receipt: screening.Receipt}
	first := d.submit(t, s)
	require.Equal(t, erequest.Accepted, first.Outcome, first.Reasons)
	require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), known(func(c *casestatus.Case) {
		c.Address, c.Applicant = casestatustest.NewAddress("99501"), cris.PersonName{}
	})))
	s.TakenBy = "iio-2"
	again := d.submit(t, s)
	require.Equal(t, erequest.AlreadyAccepted, again.Outcome)
	require.Equal(t, first.Request, again.Request)
	for name, edit := range map[string]func(*erequest.Submission){
		"channel": func(s *erequest.Submission) { s.Channel = erequest.LocalOffice },
		"form":    func(s *erequest.Submission) { s.Screening.Form = "I-90" },
	} {
		other := s
		edit(&other)
		require.NotEqual(t, erequest.AlreadyAccepted, d.submit(t, other).Outcome, name)
	}
	require.Len(t, d.requests(t), 1)
}

// ER-13: who took a request is kept of staff alone, and in text that every store can hold.
func TestER13_WhoTookARequestIsNamedByStaffAlone(t *testing.T) {
	for _, channel := range erequest.Channels() {
		for takenBy, isFit := range map[string]bool{"": true, "csr-1": channel != erequest.Online, "a\x00b": false, "caf\xe9": false, "\u200b": false} {
			s := submission("k "+string(channel), erequest.TypographicalError)
			s.Channel, s.TakenBy = channel, takenBy
			filing := newDesk(t).submit(t, s)
			if isFit {
				require.Equal(t, erequest.Accepted, filing.Outcome, "%s, %q", channel, takenBy)
				require.Equal(t, takenBy, filing.Request.TakenBy)
				continue
			}
			require.Equal(t, erequest.Filing{Outcome: erequest.Incomplete, Reasons: reasons("taker_malformed")}, filing, "%s, %q", channel, takenBy)
		}
	}
}

// ER-1, ER-9: staff is offered what the policy does not open online, but nothing on what is no
// channel and about what is no issue, before a case is read.
func TestER1_WhatIsNoChannelIsOfferedNothing(t *testing.T) {
	d := newDeskUnder(t, &erequest.Policy{Online: []erequest.Offer{{Form: "I-765", Issue: erequest.AppointmentAccommodation}}})
	nothing := erequest.Screened{Outcome: erequest.NotOffered, Reasons: reasons("not_offered")}
	ask := func(channel erequest.Channel, issue erequest.Issue, entered erequest.Screening) erequest.Screened {
		got, err := d.ScreenOn(t.Context(), channel, issue, entered)
		require.NoError(t, err)
		return got
	}
	for _, channel := range []erequest.Channel{"", "garbage", "TELEPHONE"} {
		require.Equal(t, nothing, ask(channel, erequest.TypographicalError, screening), channel)
	}
	require.Equal(t, nothing, ask(erequest.Online, erequest.TypographicalError, screening))
	completed := erequest.Screening{Receipt: screening.Receipt}
	for _, channel := range ofStaff() {
		require.Equal(t, nothing, ask(channel, "garbage", screening))
		require.Equal(t, erequest.Passed, ask(channel, erequest.TypographicalError, screening).Outcome)
		require.Equal(t, erequest.Passed, ask(channel, erequest.AppointmentAccommodation, completed).Outcome, "it is open for the form of the case")
	}
	other := newDeskUnder(t, &erequest.Policy{Online: []erequest.Offer{{Form: "I-90", Issue: erequest.AppointmentAccommodation}}})
	got, err := other.ScreenOn(t.Context(), erequest.Telephone, erequest.AppointmentAccommodation, completed)
	require.NoError(t, err)
	require.Equal(t, nothing, got)
}

// CS-9: staff answer about a request whose case is protected by now, or is gone; and about no other.
func TestCS9_StaffAnswerAboutProtectedCases(t *testing.T) {
	d := newDesk(t)
	request := d.submit(t, submission("k", erequest.TypographicalError)).Request
	want, err := d.Status(t.Context(), request.Confirmation, receipt)
	require.NoError(t, err)
	require.NoError(t, casestatustest.PutCase(t.Context(), d.db.Cases(), known(func(c *casestatus.Case) { c.Withheld = true })))
	_, err = d.Status(t.Context(), request.Confirmation, receipt)
	require.ErrorIs(t, err, erequest.ErrNotFound)
	id, got, err := d.StaffStatus(t.Context(), request.Confirmation, receipt)
	require.NoError(t, err)
	require.Equal(t, request.ID, id)
	require.Equal(t, want, got)
	for _, number := range []erequest.ConfirmationNumber{{}, erequesttest.ConfirmationNumber(1)} {
		id, got, err = d.StaffStatus(t.Context(), number, receipt)
		require.ErrorIs(t, err, erequest.ErrNotFound)
		require.Empty(t, id)
		require.Zero(t, got)
	}
	_, _, err = d.StaffStatus(t.Context(), request.Confirmation, casestatustest.Receipt(77))
	require.ErrorIs(t, err, erequest.ErrNotFound)
}

// Nothing is taken from a case with another receipt number.
func TestScreening_CompletedGoesByTheReceiptNumber(t *testing.T) {
	other := erequest.Screening{Receipt: casestatustest.Receipt(77)}
	require.Equal(t, other, other.Completed(onFile.Header, erequest.Telephone))
}
