package srmt_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// importTime is when requests are imported here: the day after their histories.
func importTime() time.Time { return srmttest.Start().AddDate(0, 0, 1) }

// decideImport decides on an import with nothing on file.
func decideImport(legacy srmt.Legacy) srmt.ImportDecision {
	return srmt.DecideImport(legacy, srmt.LegacyOnFile{}, knownOffices(), importTime(), srmt.Policy{})
}

func TestSR10_ImportKeepsTimesAuthorsAndProvenance(t *testing.T) {
	legacy := srmttest.NewLegacy(1)
	decision := decideImport(legacy)
	require.Equal(t, srmt.Imported, decision.Outcome)
	require.Equal(t, reasons("imported"), decision.Reasons)
	require.Nil(t, decision.Problem)

	want := slices.Clone(legacy.History)
	for i := range want {
		want[i].Seq = i + 1
	}
	id := legacy.From.RequestID()
	want[0].Origin = srmt.Origin{
		RequestID: id, Channel: erequest.Telephone, Receipt: casestatustest.Receipt(1), Issue: legacy.Request.Issue, Language: cris.English,
		Filed: cris.MustParseDate("2013-08-15"), Due: cris.MustParseDate("2013-09-14"),
		Provenance: srmt.Provenance{LegacyID: srmt.LegacyID{Source: "tracker", ID: "1"}, Steps: 9, Imported: cris.MustParseDate("2013-08-17")},
	}
	require.Equal(t, want, decision.Steps)

	filed := legacy.Request
	filed.ID, filed.Key = id, id
	filed.Assigned, filed.Answered = cris.MustParseDate("2013-08-16"), cris.MustParseDate("2013-08-16")
	require.Equal(t, filed, decision.Request)
}

// Whatever the caller put there: numbers, origins and identifiers are those of the import, and times
// are as stores keep them.
func TestSR10_ImportFillsIn(t *testing.T) {
	zone := time.FixedZone("three hours east", 3*60*60)
	plain := srmttest.NewLegacy(1)
	legacy := srmttest.NewLegacy(1, func(l *srmt.Legacy) {
		l.Request.ID, l.Request.Answered, l.Request.Assigned = "other", cris.MustParseDate("2012-01-01"), cris.MustParseDate("2012-01-01")
		l.Request.Screening.Receipt, l.Request.Language = casestatus.ReceiptNumber{}, "fr"
		l.Request.FiledAt = l.Request.FiledAt.In(zone).Add(12)
		for i := range l.History {
			l.History[i].Seq, l.History[i].At = 7, l.History[i].At.In(zone).Add(34)
		}
		l.History[0].Origin.RequestID = "other"
	})
	require.Equal(t, decideImport(plain), decideImport(legacy))

	legacy = srmttest.NewLegacy(1, func(l *srmt.Legacy) {
		l.Request.Key, l.Request.Confirmation, l.Request.Compared = "theirs", erequesttest.ConfirmationNumber(1), erequest.Compared{Name: erequest.Agrees}
		l.Request.Language = cris.Spanish
	})
	request := decideImport(legacy).Request
	require.Equal(t, "theirs", request.Key)
	require.Equal(t, erequesttest.ConfirmationNumber(1), request.Confirmation)
	require.Equal(t, cris.Spanish, request.Language)
	require.Equal(t, erequest.Compared{Name: erequest.Agrees, DateOfBirth: erequest.NotCompared, Representative: erequest.NotCompared}, request.Compared)
	require.Empty(t, legacy.History[0].Origin, "the caller's history is as it was")
}

func TestSR10_IdentifiersFollowFromProvenance(t *testing.T) {
	id := srmt.LegacyID{Source: "tracker", ID: "1"}.RequestID()
	parsed, err := uuid.Parse(id)
	require.NoError(t, err)
	require.Equal(t, uuid.Version(5), parsed.Version())
	require.Equal(t, "af359f9f-f286-532f-9227-8af698e1bb3b", id, "it never changes: requests on file have it")
	seen := map[string]bool{}
	for _, other := range []srmt.LegacyID{{"tracker", "1"}, {"tracker", "11"}, {"tracker1", "1"}, {"Tracker", "1"}, {"1", "tracker"}, {"track", "er1"}} {
		require.False(t, seen[other.RequestID()], "%v", other)
		seen[other.RequestID()] = true
	}
}

func TestSR10_EachFaultIsTold(t *testing.T) {
	step := func(n int, spoil func(*srmt.Step)) func(*srmt.Legacy) {
		return func(l *srmt.Legacy) { spoil(&l.History[n-1]) }
	}
	for name, test := range map[string]struct {
		spoil func(*srmt.Legacy)
		want  cris.Code
	}{
		"no channel":             {func(l *srmt.Legacy) { l.Request.Channel = "" }, "legacy_channel_unknown"},
		"another channel":        {func(l *srmt.Legacy) { l.Request.Channel = "fax" }, "legacy_channel_unknown"},
		"no issue":               {func(l *srmt.Legacy) { l.Request.Issue = "" }, "legacy_issue_unknown"},
		"no receipt number":      {func(l *srmt.Legacy) { l.Request.Receipt = casestatus.ReceiptNumber{} }, "legacy_receipt_missing"},
		"two receipt numbers":    {func(l *srmt.Legacy) { l.Request.Receipt = casestatustest.Receipt(2) }, "legacy_receipt_missing"},
		"unknown first office":   {srmttest.ReceivedAt("ATLANTIS"), "legacy_office_unknown"},
		"unknown later office":   {step(5, func(s *srmt.Step) { s.Office = "ATLANTIS" }), "legacy_office_unknown"},
		"filed tomorrow":         {func(l *srmt.Legacy) { l.Request.Filed = cris.MustParseDate("2013-08-18") }, "legacy_days_impossible"},
		"due before it is filed": {func(l *srmt.Legacy) { l.Request.RespondBy = cris.MustParseDate("2013-08-14") }, "legacy_days_impossible"},
		"no source":              {func(l *srmt.Legacy) { l.From.Source = "" }, "legacy_unnamed"},
		"no identifier":          {func(l *srmt.Legacy) { l.From.ID = " " }, "legacy_unnamed"},
		"an identifier of lines": {func(l *srmt.Legacy) { l.From.ID = "a\nb" }, "legacy_unnamed"},
		"a long identifier":      {func(l *srmt.Legacy) { l.From.ID = strings.Repeat("1", 201) }, "legacy_unnamed"},
		"no time of filing":      {func(l *srmt.Legacy) { l.Request.FiledAt = time.Time{} }, "legacy_out_of_order"},
		"an ancient time":        {func(l *srmt.Legacy) { l.Request.FiledAt = l.Request.FiledAt.AddDate(-114, 0, 0) }, "legacy_out_of_order"},
		"received before filed":  {func(l *srmt.Legacy) { l.Request.FiledAt = srmttest.Start().Add(time.Second / 2) }, "legacy_out_of_order"},
		"backwards":              {step(3, func(s *srmt.Step) { s.At = srmttest.Start() }), "legacy_out_of_order"},
		"tomorrow":               {step(9, func(s *srmt.Step) { s.At = importTime().Add(time.Microsecond) }), "legacy_in_future"},
	} {
		t.Run(name, func(t *testing.T) {
			decision := decideImport(srmttest.NewLegacy(1, test.spoil))
			require.Equal(t, srmt.ImportDecision{Outcome: srmt.NotImported, Reasons: reasons(test.want)}, decision)
		})
	}
}

// What no store can hold must not stop an import: wherever text can stand, it is a fault.
func TestSR10_TextThatCannotBeStoredIsAFault(t *testing.T) {
	filledIn := []string{"Request.Entry.ID", "Request.Language"} // whatever stands there
	for _, bad := range []string{"caf\xe9", "a\x00b"} {
		places := 0
		for _, place := range textsOf(reflect.TypeFor[erequest.Request](), nil) {
			legacy := srmttest.NewLegacy(1)
			setText(reflect.ValueOf(&legacy.Request).Elem().FieldByIndex(place), bad)
			name := "Request" + nameOf(reflect.TypeFor[erequest.Request](), place)
			if !slices.Contains(filledIn, name) {
				require.Equal(t, srmt.NotImported, decideImport(legacy).Outcome, name)
			}
			places++
		}
		for _, place := range textsOf(reflect.TypeFor[srmt.Step](), nil) {
			for i := range 9 {
				legacy := srmttest.NewLegacy(1)
				name := nameOf(reflect.TypeFor[srmt.Step](), place)
				if i == 0 && strings.HasPrefix(name, ".Origin") {
					continue // it is filled in
				}
				setText(reflect.ValueOf(&legacy.History[i]).Elem().FieldByIndex(place), bad)
				require.Equal(t, srmt.NotImported, decideImport(legacy).Outcome, "step %d, %s", i+1, name)
			}
			places++
		}
		require.Greater(t, places, 45)
	}
	legacy := srmttest.NewLegacy(1, func(l *srmt.Legacy) { l.History[2].Message.Text = cris.NewPersonal("a\x00b") })
	require.Equal(t, reasons("legacy_unreadable"), decideImport(legacy).Reasons)
}

// textsOf returns where text can stand in a struct, personal or not.
func textsOf(row reflect.Type, at []int) (places [][]int) {
	for i := range row.NumField() {
		field, place := row.Field(i), slices.Concat(at, []int{i})
		switch {
		case !field.IsExported():
		case field.Type.Kind() == reflect.String || field.Type == reflect.TypeFor[cris.Personal[string]]():
			places = append(places, place)
		case field.Type.Kind() == reflect.Struct:
			places = append(places, textsOf(field.Type, place)...)
		}
	}
	return places
}

func setText(field reflect.Value, text string) {
	if field.Kind() == reflect.String {
		field.SetString(text)
		return
	}
	field.Set(reflect.ValueOf(cris.NewPersonal(text)))
}

// nameOf returns the names of the fields on the way to a place.
func nameOf(row reflect.Type, place []int) string {
	names := make([]string, len(place))
	for n := range place {
		names[n] = "." + row.FieldByIndex(place[:n+1]).Name
	}
	return strings.Join(names, "")
}

func TestSR10_AHistoryThatDoesNotAddUpIsToldWithItsProblem(t *testing.T) {
	for name, test := range map[string]struct {
		spoil func(*srmt.Legacy)
		want  srmt.HistoryError
	}{
		"no history":      {func(l *srmt.Legacy) { l.History = nil }, srmt.HistoryError{Seq: 0, Problem: "there are no steps"}},
		"nobody received": {func(l *srmt.Legacy) { l.History = l.History[1:] }, srmt.HistoryError{Seq: 1, Problem: "the lifecycle has no such step here"}},
		"no author":       {func(l *srmt.Legacy) { l.History[3].By = "" }, srmt.HistoryError{Seq: 4, Problem: "there is no author"}},
		"another's answer": {
			func(l *srmt.Legacy) { l.History[6].By = "siio-ssc-1" },
			srmt.HistoryError{Seq: 7, Problem: "only the officer who holds the request responds"},
		},
		"received twice": {
			func(l *srmt.Legacy) { l.History[1].Kind = srmt.StepReceived },
			srmt.HistoryError{Seq: 2, Problem: "the lifecycle has no such step here"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			decision := decideImport(srmttest.NewLegacy(1, test.spoil))
			require.Equal(t, srmt.ImportDecision{Outcome: srmt.NotImported, Problem: &test.want, Reasons: reasons("legacy_does_not_add_up")}, decision)
		})
	}
}

func TestSR9_WithoutDaysThereIsNoDueDateAndNoHistory(t *testing.T) {
	for _, spoil := range []func(*srmt.Legacy){
		func(l *srmt.Legacy) { l.Request.Filed = cris.Date{} },
		func(l *srmt.Legacy) { l.Request.RespondBy = cris.Date{} },
	} {
		decision := decideImport(srmttest.NewLegacy(1, spoil))
		require.Equal(t, reasons("legacy_days_impossible", "legacy_does_not_add_up"), decision.Reasons)
		require.Equal(t, &srmt.HistoryError{Seq: 1, Problem: "identifier, dates or office are missing"}, decision.Problem)
	}
}

func TestSR10_AllFaultsAtOnceInRuleOrder(t *testing.T) {
	decision := decideImport(srmt.Legacy{})
	require.Equal(t, reasons("legacy_request_missing", "legacy_unnamed", "legacy_does_not_add_up"), decision.Reasons)

	decision = decideImport(srmt.Legacy{
		Request: erequest.Request{Statement: "\x00"},
		History: []srmt.Step{{Office: "ATLANTIS", At: importTime().AddDate(1, 0, 0)}},
	})
	require.Equal(t, reasons("legacy_channel_unknown", "legacy_issue_unknown", "legacy_receipt_missing", "legacy_office_unknown",
		"legacy_days_impossible", "legacy_unnamed", "legacy_unreadable", "legacy_out_of_order", "legacy_in_future", "legacy_does_not_add_up"), decision.Reasons)
}

// onFileAfter is what is on file once a request was imported, and more was done to it.
func onFileAfter(t *testing.T, legacy srmt.Legacy, more ...srmt.Step) srmt.LegacyOnFile {
	t.Helper()
	decision := decideImport(legacy)
	require.Equal(t, srmt.Imported, decision.Outcome)
	decision.Request.Confirmation = erequesttest.ConfirmationNumber(1)
	return srmt.LegacyOnFile{Request: decision.Request, History: slices.Concat(decision.Steps, more)}
}

func TestSR10_ImportedOnceWhateverHappenedSince(t *testing.T) {
	note := srmt.Step{Kind: srmt.StepNoted, By: "siio-ssc-1", Message: srmt.Message{Text: letter}}
	for name, legacy := range map[string]srmt.Legacy{
		"closed":                 srmttest.NewLegacy(1),
		"held by somebody gone":  srmttest.NewLegacy(1, srmttest.UpTo(2)),
		"waits for a supervisor": srmttest.NewLegacy(1, srmttest.UpTo(1)),
	} {
		onFile := onFileAfter(t, legacy, note)
		later := importTime().AddDate(1, 0, 0)
		decision := srmt.DecideImport(legacy, onFile, knownOffices(), later, srmt.Policy{})
		require.Equal(t, srmt.ImportedBefore, decision.Outcome, name)
		require.Equal(t, reasons("imported_before"), decision.Reasons)
		require.Empty(t, decision.Steps)

		onFile.Request.Answered, onFile.Request.Overdue = cris.MustParseDate("2014-01-01"), cris.MustParseDate("2014-01-01")
		require.Equal(t, srmt.ImportedBefore, srmt.DecideImport(legacy, onFile, knownOffices(), later, srmt.Policy{}).Outcome, name)
	}
}

func TestSR10_OtherContentUnderTheSameProvenanceIsRefused(t *testing.T) {
	legacy := srmttest.NewLegacy(1, srmttest.UpTo(3))
	onFile := onFileAfter(t, legacy)
	received := srmttest.NewReceived(legacy.From.RequestID(), legacy.Request.Filed, "NSC")
	for name, test := range map[string]struct {
		legacy srmt.Legacy
		onFile srmt.LegacyOnFile
	}{
		"it went on there":            {srmttest.NewLegacy(1, srmttest.UpTo(4)), onFile},
		"it lost a step":              {srmttest.NewLegacy(1, srmttest.UpTo(2)), onFile},
		"another author":              {srmttest.NewLegacy(1, srmttest.UpTo(3), func(l *srmt.Legacy) { l.History[1].By = "someone" }), onFile},
		"another time":                {srmttest.NewLegacy(1, srmttest.UpTo(3), func(l *srmt.Legacy) { l.History[2].At = l.History[2].At.Add(time.Second) }), onFile},
		"other words":                 {srmttest.NewLegacy(1, srmttest.UpTo(3), func(l *srmt.Legacy) { l.History[2].Message.Text = letter }), onFile},
		"another due date":            {srmttest.NewLegacy(1, srmttest.UpTo(3), func(l *srmt.Legacy) { l.Request.RespondBy = l.Request.RespondBy.AddDays(1) }), onFile},
		"another person":              {srmttest.NewLegacy(1, srmttest.UpTo(3), func(l *srmt.Legacy) { l.Request.Details.CountryOfBirth = cris.NewPersonal("FR") }), onFile},
		"another confirmation number": {srmttest.NewLegacy(1, srmttest.UpTo(3), func(l *srmt.Legacy) { l.Request.Confirmation = erequesttest.ConfirmationNumber(2) }), onFile},
		"filed otherwise, no history": {srmttest.NewLegacy(1, srmttest.UpTo(3), func(l *srmt.Legacy) { l.Request.Statement = "2" }), srmt.LegacyOnFile{Request: onFile.Request}},
		"received as a new request":   {legacy, srmt.LegacyOnFile{Request: onFile.Request, History: []srmt.Step{received}}},
	} {
		decision := srmt.DecideImport(test.legacy, test.onFile, knownOffices(), importTime(), srmt.Policy{})
		require.Equal(t, srmt.ImportDecision{Outcome: srmt.ChangedSince, Reasons: reasons("changed_since")}, decision, name)
	}
}

// SR-9, SR-10: a request that was answered once a supervisor had approved the response is answered,
// and is never raised as overdue.
func TestSR9_AnApprovedResponseAnswersAnImportedRequest(t *testing.T) {
	legacy := srmttest.NewLegacy(1, func(l *srmt.Legacy) {
		l.History = srmttest.NewReviewedHistory("")
		for i := range l.History {
			l.History[i].Seq, l.History[i].Origin = 0, srmt.Origin{}
		}
	})
	late := importTime().AddDate(1, 0, 0)
	decision := srmt.DecideImport(legacy, srmt.LegacyOnFile{}, knownOffices(), late, srmt.Policy{})
	require.Equal(t, srmt.Imported, decision.Outcome, "%v", decision.Reasons)
	require.Equal(t, cris.MustParseDate("2013-08-16"), decision.Request.Answered)
	require.Zero(t, decision.Request.Overdue)
}

func TestSR6_WhoeverHoldsAnOldRequestStillWorksThereOrItWaits(t *testing.T) {
	legacy := srmttest.NewLegacy(1, srmttest.UpTo(2))
	require.Equal(t, officer.ID, legacy.Holder())
	ended := officer.Clone()
	ended.Posts[0].Held.Until = cris.MustParseDate("2013-08-16")
	for name, test := range map[string]struct {
		holder srmt.Staff
		stays  bool
	}{
		"at its office": {officer, true}, "not on file": {srmt.Staff{}, false}, "elsewhere": {srmt.NewStaff(officer.ID, srmt.IIO, "SSC"), false},
		"left": {srmt.Staff{ID: officer.ID}, false}, "left yesterday": {ended, false}, "somebody else": {otherOfficer, false},
	} {
		decision := srmt.DecideImport(legacy, srmt.LegacyOnFile{Holder: test.holder}, knownOffices(), importTime(), srmt.Policy{})
		require.Equal(t, srmt.Imported, decision.Outcome, name)
		state := replayed(t, decision.Steps)
		require.Equal(t, "NSC", string(state.Office))
		require.Equal(t, 2, decision.Steps[0].Origin.Provenance.Steps)
		if test.stays {
			require.Len(t, decision.Steps, 2, name)
			require.Equal(t, officer.ID, state.Officer)
			continue
		}
		require.Equal(t, srmt.Step{Seq: 3, Kind: srmt.StepReturned, At: importTime(), Why: srmt.StaffChange}, decision.Steps[2], name)
		require.Equal(t, reasons("returned_by_staff_change", "imported"), decision.Reasons)
		require.Equal(t, srmt.Unassigned, state.Status)
	}
	for n, want := range map[int]srmt.StaffID{1: "", 4: "siio-nsc-1", 5: "", 6: "iio-ssc-1", 7: "", 9: ""} {
		require.Equal(t, want, srmttest.NewLegacy(1, srmttest.UpTo(n)).Holder(), "after %d steps", n)
	}
	require.Empty(t, srmt.Legacy{}.Holder())
}

func TestSR2_WhatIsOpenAtAClosedOfficeMovesOn(t *testing.T) {
	for n, name := range map[int]string{1: "unassigned", 2: "assigned"} {
		legacy := srmttest.NewLegacy(1, srmttest.UpTo(n))
		decision := srmt.DecideImport(legacy, srmt.LegacyOnFile{Holder: officer}, closing("SSC"), importTime(), srmt.Policy{})
		require.Equal(t, reasons("routed_to_successor", "imported"), decision.Reasons, name)
		require.Equal(t, srmt.Step{Seq: n + 1, Kind: srmt.StepRedirected, At: importTime(), Office: "SSC", Why: srmt.OfficeLocationAlignment}, decision.Steps[n])

		decision = srmt.DecideImport(legacy, srmt.LegacyOnFile{Holder: officer}, closing(""), importTime(), srmt.Policy{})
		require.Equal(t, reasons("office_closed", "imported", "waits_in_fallback_queue"), decision.Reasons, name)
		require.Equal(t, srmt.Unassigned, replayed(t, decision.Steps).Status)
	}
	// What is answered stays where it was, and what waits in the fallback queue waits there.
	require.Len(t, srmt.DecideImport(srmttest.NewLegacy(1), srmt.LegacyOnFile{}, closing("SSC"), importTime(), srmt.Policy{}).Steps, 9)
	require.Len(t, decideImport(srmttest.NewLegacy(1, srmttest.UpTo(1), srmttest.ReceivedAt("UNROUTED"))).Steps, 1)
}

func TestSR9_WhatIsOverdueWhenItComesInCountsAsRaised(t *testing.T) {
	on := cris.MustParseDate("2013-08-17")
	for name, test := range map[string]struct {
		edits []func(*srmt.Legacy)
		want  cris.Date
	}{
		"due today":        {[]func(*srmt.Legacy){srmttest.UpTo(2), func(l *srmt.Legacy) { l.Request.RespondBy = on }}, cris.Date{}},
		"due yesterday":    {[]func(*srmt.Legacy){srmttest.UpTo(2), func(l *srmt.Legacy) { l.Request.RespondBy = on.AddDays(-1) }}, on},
		"answered":         {[]func(*srmt.Legacy){func(l *srmt.Legacy) { l.Request.RespondBy = on.AddDays(-1) }}, cris.Date{}},
		"raised elsewhere": {[]func(*srmt.Legacy){srmttest.UpTo(2), func(l *srmt.Legacy) { l.Request.Overdue = on.AddDays(-1) }}, on.AddDays(-1)},
	} {
		require.Equal(t, test.want, decideImport(srmttest.NewLegacy(1, test.edits...)).Request.Overdue, name)
	}
}
