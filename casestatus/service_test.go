package casestatus_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/internal/opaque"
	"github.com/seed28e20331/cris/tracking"
)

// scansByNumber stands for the mail side.
type scansByNumber map[tracking.Number][]tracking.Scan

func (s scansByNumber) Scans(_ context.Context, number tracking.Number) ([]tracking.Scan, error) {
	return s[number], nil
}

func scanned(number tracking.Number, code tracking.Code, at string) tracking.Scan {
	return tracking.Scan{
		Number: number, Code: code, At: tracking.MustParseLocalTime(at),
		Place: tracking.Place{ZIP: cris.MustParseZIP("07405"), Country: "US"},
	}
}

// service returns a service over a store in memory with the given cases.
func service(t *testing.T, scans casestatus.Scans, now string, cases ...casestatus.Case) (*casestatus.Service, *memory.DB) {
	t.Helper()
	db := memory.New()
	for _, c := range cases {
		require.NoError(t, casestatustest.PutCase(t.Context(), db.Cases(), c))
	}
	return casestatus.NewService(db.Cases(), db.ProcessingTimes(), scans,
		&casestatus.Options{Now: casestatustest.NewClock(now).Now}), db
}

const noon = "2022-02-19T12:00:00-05:00"

func TestCS1_NothingIsLookedUpForWhatIsNoReceiptNumber(t *testing.T) {
	s := casestatus.NewService(nil, nil, nil, nil) // a lookup would panic
	status, err := s.Status(t.Context(), "IOE01234567")
	require.NoError(t, err)
	require.Equal(t, casestatus.Status{
		Outcome: casestatus.Malformed,
		Problem: &cris.ParseError{
			What: "receipt number", At: 11,
			Problem: "too short: want three letters and ten digits, or an asterisk and nine",
		},
		Reasons: reasons("not_a_receipt_number"),
	}, status)
}

func TestCS2_TheReceiptNumberAloneOpensTheStatus(t *testing.T) {
	onFile := casestatustest.NewCase(1)
	s, _ := service(t, scansByNumber{}, noon, onFile)
	status, err := s.Status(t.Context(), " ioe-09-000-00001 ")
	require.NoError(t, err)
	require.Equal(t, casestatus.Shown, status.Outcome)
	require.Equal(t, onFile.Receipt, status.Receipt)
	require.Equal(t, casestatus.FormNumber("I-765"), status.Form)
	require.Equal(t, onFile.Filed, status.Filed)
	require.Equal(t, onFile.History, status.History)
	require.Equal(t, "Card Was Mailed To Me", status.Latest.Title)
	require.Contains(t, status.Reasons, reason("number_opens_status"))
	require.Equal(t, casestatus.FormType("147-C8"), status.FormType)
	require.Equal(t, casestatus.OfficeCode("NSC"), status.Office)
	require.True(t, status.Represented)
	// The page shows neither the representative's name nor the mailing ZIP code.
	text := fmt.Sprintf("%+v", status)
	for _, personal := range []string{"Lindström", "Ana", "1984", "Okafor", "07405"} {
		require.NotContains(t, text, personal)
	}
}

func TestCS1_EverySmallLetterCountsAsACapital(t *testing.T) {
	for letter := 'a'; letter <= 'z'; letter++ {
		entered := strings.Repeat(string(letter), 3) + "0900000001"
		receipt, err := casestatus.ParseReceiptNumber(entered)
		require.NoError(t, err)
		require.Equal(t, strings.ToUpper(entered), receipt.String())
	}
}

func TestCS2_ACaseWithoutHistoryIsShown(t *testing.T) {
	s, _ := service(t, nil, noon, casestatus.Case{Header: casestatus.Header{Receipt: casestatustest.Receipt(7), Form: "I-90"}})
	status, err := s.Status(t.Context(), casestatustest.Receipt(7).String())
	require.NoError(t, err)
	require.Equal(t, casestatus.Status{
		Outcome: casestatus.Shown, Receipt: casestatustest.Receipt(7), Form: "I-90",
		Reasons: reasons("number_opens_status"),
	}, status)
}

func TestCS2_ACaseWithoutARepresentativeSaysSo(t *testing.T) {
	onFile := casestatustest.NewCase(1)
	onFile.Representative = cris.PersonName{}
	s, _ := service(t, scansByNumber{}, noon, onFile)
	status, err := s.Status(t.Context(), onFile.Receipt.String())
	require.NoError(t, err)
	require.False(t, status.Represented)
}

func TestCS3_TheLatestDeliveryStatusOfEachMailedDocument(t *testing.T) {
	onFile := casestatustest.NewCase(1)
	card := onFile.Mailings[1].Number
	scans := scansByNumber{card: {
		scanned(card, "01", "2022-02-17T11:42"), // delivered
		scanned(card, "07", "2022-02-17T05:10"),
		scanned(card, "10", "2022-02-16T23:59"),
	}}
	s, _ := service(t, scans, noon, onFile)
	status, err := s.Status(t.Context(), onFile.Receipt.String())
	require.NoError(t, err)
	require.Len(t, status.Mailings, 2)
	require.Zero(t, status.Mailings[0].Delivery, "what has no tracking number has no delivery status")
	require.Equal(t, card, status.Mailings[1].Number)
	require.Equal(t, tracking.Delivered, status.Mailings[1].Delivery.Class)
	require.Equal(t, scans[card][0].At, status.Mailings[1].Delivery.Deciding.At)
	require.Contains(t, status.Reasons, reason("deliveries_shown"))
}

// TestCS9_NothingOfThePageTellsTheMailingZIP has a scan of every part of a delivery at the
// addressee's ZIP code, and one of another piece that had the number before.
func TestCS9_NothingOfThePageTellsTheMailingZIP(t *testing.T) {
	onFile := casestatustest.NewCase(1)
	card := onFile.Mailings[1].Number
	s, _ := service(t, scansByNumber{card: {
		scanned(card, "01", "2020-02-17T11:42"), // of another piece
		scanned(card, "03", "2022-02-15T09:00"),
		scanned(card, "01", "2022-02-17T11:42"),
		scanned(card, "01", "2022-02-18T11:42"), // delivered twice, and the first is superseded
		scanned(card, "10", "2022-02-18T12:00"),
		scanned(card, "OF", "2022-02-18T13:00"),
		scanned(card, "ZZ", "2022-02-18T14:00"),
	}}, noon, onFile)
	status, err := s.Status(t.Context(), onFile.Receipt.String())
	require.NoError(t, err)
	delivery := status.Mailings[1].Delivery
	require.NotEmpty(t, delivery.Timeline)
	require.NotEmpty(t, delivery.Superseded)
	require.NotEmpty(t, delivery.Deliveries)
	require.Empty(t, delivery.Earlier)
	require.Equal(t, "US", delivery.Deciding.Place.Country)
	asJSON, err := json.Marshal(status)
	require.NoError(t, err)
	for _, text := range []string{string(asJSON), fmt.Sprintf("%+v", status), fmt.Sprintf("%v", status)} {
		require.NotContains(t, text, "07405")
	}
	require.False(t, holds(reflect.ValueOf(status), reflect.ValueOf(cris.MustParseZIP("07405"))), "not even where nothing prints it")
	require.True(t, holds(reflect.ValueOf([]any{cris.NewPersonal(cris.MustParseZIP("07405"))}), reflect.ValueOf(cris.MustParseZIP("07405"))), "the search would find it")
}

// holds reports whether a value that is equal to what stands anywhere in v.
func holds(v, what reflect.Value) bool {
	if v.Type() == what.Type() {
		return v.Equal(what)
	}
	if personal, is := opaque.Kept(v); is {
		return holds(personal, what)
	}
	switch v.Kind() { //nolint:exhaustive // the others hold nothing
	case reflect.Struct:
		for _, field := range v.Fields() {
			if holds(field, what) {
				return true
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if holds(v.Index(i), what) {
				return true
			}
		}
	case reflect.Pointer, reflect.Interface:
		return !v.IsNil() && holds(v.Elem(), what)
	}
	return false
}

func TestCS3_AStrangersPieceIsNotShown(t *testing.T) {
	onFile := casestatustest.NewCase(1) // the card was mailed on 2022-02-14
	card := onFile.Mailings[1].Number
	before, own := scanned(card, "01", "2020-05-02T10:00"), scanned(card, "07", "2022-02-16T05:10")
	since, until := scanned(card, "03", "2023-05-30T09:00"), scanned(card, "01", "2023-06-01T10:00")
	for name, tt := range map[string]struct {
		scans []tracking.Scan
		want  tracking.Class
	}{
		"before":             {[]tracking.Scan{before}, tracking.NoScan},
		"before, and own":    {[]tracking.Scan{before, own}, own.Class()},
		"own, and since":     {[]tracking.Scan{own, since, until}, own.Class()},
		"own among all":      {[]tracking.Scan{until, since, own, before}, own.Class()},
		"before, without it": {[]tracking.Scan{before, since, until}, tracking.NoScan},
	} {
		s, _ := service(t, scansByNumber{card: tt.scans}, noon, onFile)
		status, err := s.Status(t.Context(), onFile.Receipt.String())
		require.NoError(t, err)
		delivery := status.Mailings[1].Delivery
		require.Equal(t, tt.want, delivery.Class, name)
		text, err := json.Marshal(status)
		require.NoError(t, err)
		for _, stranger := range []tracking.Scan{before, since, until} {
			require.NotContains(t, string(text), stranger.At.String(), name)
		}
	}
}

func TestCS3_ThePageFollowsThePolicyOfTracking(t *testing.T) {
	onFile := casestatustest.NewCase(1)
	card := onFile.Mailings[1].Number
	db := memory.New()
	require.NoError(t, casestatustest.PutCase(t.Context(), db.Cases(), onFile))
	scans := scansByNumber{card: {scanned(card, "01", "2022-02-17T11:42"), scanned(card, "01", "2022-02-17T12:30")}}
	for apart, want := range map[time.Duration]int{10 * time.Minute: 2, time.Hour: 1} {
		policy := casestatus.DefaultPolicy()
		policy.Tracking.SameDelivery = apart
		s := casestatus.NewService(db.Cases(), nil, scans, &casestatus.Options{Policy: &policy})
		status, err := s.Status(t.Context(), onFile.Receipt.String())
		require.NoError(t, err)
		require.Len(t, status.Mailings[1].Delivery.Deliveries, want)
	}
}

func TestCS3_AMailingWithoutScansIsShownAsSuch(t *testing.T) {
	onFile := casestatustest.NewCase(1)
	s, _ := service(t, scansByNumber{}, noon, onFile)
	status, err := s.Status(t.Context(), onFile.Receipt.String())
	require.NoError(t, err)
	require.Equal(t, tracking.NoScan, status.Mailings[1].Delivery.Class)
	require.NotEmpty(t, status.Mailings[1].Delivery.Reasons)
}

func TestCS4_TheMailSideIsOnlyRead(t *testing.T) {
	var _ casestatus.Scans = tracking.Store(nil) // which can do more
	port := reflect.TypeFor[casestatus.Scans]()
	require.Equal(t, 1, port.NumMethod())
	require.Equal(t, "Scans", port.Method(0).Name)
}

func TestCS8_EveryKindOfDocumentIsTracked(t *testing.T) {
	onFile := casestatustest.NewCase(1)
	card := onFile.Mailings[1].Number
	onFile.Mailings = nil
	for _, document := range []casestatus.Document{
		casestatus.PermanentResidentCard, casestatus.TravelDocument, casestatus.EmploymentAuthorizationDocument,
		"Certificate of Naturalization",
	} {
		onFile.Mailings = append(onFile.Mailings, casestatus.Mailing{Document: document, Number: card, Mailed: day("2022-02-14")})
	}
	s, _ := service(t, scansByNumber{card: {scanned(card, "01", "2022-02-17T11:42")}}, noon, onFile)
	status, err := s.Status(t.Context(), onFile.Receipt.String())
	require.NoError(t, err)
	require.Len(t, status.Mailings, 4)
	for i, mailing := range status.Mailings {
		require.Equal(t, onFile.Mailings[i], mailing.Mailing)
		require.Equal(t, tracking.Delivered, mailing.Delivery.Class, mailing.Document)
	}
}

func TestCS9_UnknownAndWithheldReadAlike(t *testing.T) {
	withheld := casestatustest.NewCase(1)
	withheld.Withheld = true
	protecting, _ := service(t, scansByNumber{}, noon, withheld)
	empty, _ := service(t, scansByNumber{}, noon)
	receipt := withheld.Receipt
	got, err := protecting.Status(t.Context(), receipt.String())
	require.NoError(t, err)
	want, err := empty.Status(t.Context(), receipt.String())
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.Equal(t, casestatus.Status{
		Outcome: casestatus.NotShown, Receipt: receipt,
		Reasons: reasons("status_not_shown"),
	}, got)

	_, withheldErr := protecting.Eligibility(t.Context(), receipt)
	_, unknownErr := empty.Eligibility(t.Context(), receipt)
	require.ErrorIs(t, withheldErr, casestatus.ErrNotFound)
	require.Equal(t, unknownErr, withheldErr)
}

func TestCS9_APlausibleNumberThatWasNeverIssuedReadsAlike(t *testing.T) {
	s, _ := service(t, scansByNumber{}, noon)
	status, err := s.Status(t.Context(), "QQQ0000000001")
	require.NoError(t, err)
	require.Equal(t, casestatus.NotShown, status.Outcome)
}

func TestCS6_EligibilityToday(t *testing.T) {
	onFile := casestatustest.NewPendingCase(1) // filed on the inquiry date of 2022-02-19
	for now, want := range map[string]casestatus.EligibilityOutcome{
		"2022-02-19T23:59:59-05:00": casestatus.Within,
		"2022-02-20T04:59:59Z":      casestatus.Within, // still the 19th where the agency is
		"2022-02-20T05:00:00Z":      casestatus.Outside,
	} {
		s, db := service(t, nil, now, onFile)
		require.NoError(t, db.ProcessingTimes().Post(t.Context(), casestatustest.NewProcessingTime()))
		got, err := s.Eligibility(t.Context(), onFile.Receipt)
		require.NoError(t, err)
		require.Equal(t, want, got.Outcome, now)
		require.Equal(t, day("2022-02-20"), got.OutsideFrom)
	}
}

func TestCS6_ThePublicationReadLastCounts(t *testing.T) {
	onFile := casestatustest.NewPendingCase(1)
	own, heading := casestatustest.NewProcessingTime(), casestatustest.NewProcessingTime()
	heading.Office = casestatus.AllServiceCenters
	for name, tt := range map[string]struct {
		ownDays, headingDays int // read that many days before today
		want                 casestatus.OfficeCode
	}{
		"own office read later": {1, 2, own.Office},
		"heading read later":    {2, 1, heading.Office},
		"both read on one day":  {1, 1, own.Office},
		"own office read today": {0, 1, own.Office},
		"read only tomorrow":    {-1, 1, heading.Office},
		"both read tomorrow":    {-1, -1, ""},
	} {
		own.ReadOn, heading.ReadOn = day("2022-02-19").AddDays(-tt.ownDays), day("2022-02-19").AddDays(-tt.headingDays)
		s, db := service(t, nil, noon, onFile)
		require.NoError(t, db.ProcessingTimes().Post(t.Context(), own, heading))
		got, err := s.Eligibility(t.Context(), onFile.Receipt)
		require.NoError(t, err)
		require.Equal(t, tt.want, got.Posted.Office, name)
	}
}

func TestCS6_APublicationOfAnUnknownDayCounts(t *testing.T) {
	undated := casestatustest.NewProcessingTime()
	undated.ReadOn = cris.Date{}
	s, db := service(t, nil, noon, casestatustest.NewPendingCase(1))
	require.NoError(t, db.ProcessingTimes().Post(t.Context(), undated))
	got, err := s.Eligibility(t.Context(), casestatustest.Receipt(1))
	require.NoError(t, err)
	require.Equal(t, casestatus.ByRange, got.Basis)
}

func TestCS7_EligibilityWhereNothingIsPosted(t *testing.T) {
	for office, want := range map[casestatus.OfficeCode]casestatus.EligibilityOutcome{
		"NSC": casestatus.NotPosted, "NBC": casestatus.NotPosted, "": casestatus.NotKnown, "???": casestatus.NotKnown,
	} {
		onFile := casestatustest.NewPendingCase(1)
		onFile.Office = office
		s, _ := service(t, nil, noon, onFile)
		got, err := s.Eligibility(t.Context(), onFile.Receipt)
		require.NoError(t, err)
		require.Equal(t, want, got.Outcome)
	}
}

func TestService_FollowsItsPolicy(t *testing.T) {
	onFile := casestatustest.NewPendingCase(1)
	db := memory.New()
	require.NoError(t, casestatustest.PutCase(t.Context(), db.Cases(), onFile))
	at := time.Date(2022, 2, 19, 23, 30, 0, 0, time.UTC)
	policy := casestatus.DefaultPolicy()
	policy.Zone = time.FixedZone("far east", 12*60*60)
	policy.Unlisted = bound("6", casestatus.Months)
	s := casestatus.NewService(db.Cases(), db.ProcessingTimes(), nil,
		&casestatus.Options{Now: func() time.Time { return at }, Policy: &policy})
	got, err := s.Eligibility(t.Context(), onFile.Receipt)
	require.NoError(t, err)
	require.Equal(t, day("2022-02-20"), got.On)
	require.Equal(t, casestatus.ByUnlistedTime, got.Basis)
}

// failing is a port that fails.
type failing struct{ err error }

func (f failing) Case(context.Context, casestatus.ReceiptNumber) (casestatus.Case, error) {
	return casestatus.Case{}, f.err
}

func (f failing) StaffCase(context.Context, casestatus.ReceiptNumber) (casestatus.Case, error) {
	return casestatus.Case{}, f.err
}

func (f failing) StaffHeader(context.Context, casestatus.ReceiptNumber) (casestatus.Header, error) {
	return casestatus.Header{}, f.err
}

func (f failing) Update(context.Context, casestatus.ReceiptNumber, func(casestatus.Case) (casestatus.CaseChange, error)) error {
	return f.err
}

func (f failing) Mailed(context.Context, ...tracking.Number) ([]casestatus.CaseMailing, error) {
	return nil, f.err
}

func (f failing) Posted(context.Context, casestatus.PostedUnder, cris.Date) (casestatus.ProcessingTime, error) {
	return casestatus.ProcessingTime{}, f.err
}
func (f failing) Post(context.Context, ...casestatus.ProcessingTime) error { return f.err }

func (f failing) Scans(context.Context, tracking.Number) ([]tracking.Scan, error) { return nil, f.err }

func TestService_AFailingPortIsAnError(t *testing.T) {
	onFile := casestatustest.NewCase(1)
	db := memory.New()
	require.NoError(t, casestatustest.PutCase(t.Context(), db.Cases(), onFile))
	broken := failing{errors.New("the disk is full")}

	_, err := casestatus.NewService(broken, nil, nil, nil).Status(t.Context(), onFile.Receipt.String())
	require.ErrorIs(t, err, broken.err)
	require.NotContains(t, err.Error(), onFile.Receipt.String())
	_, err = casestatus.NewService(db.Cases(), nil, broken, nil).Status(t.Context(), onFile.Receipt.String())
	require.ErrorIs(t, err, broken.err)
	_, err = casestatus.NewService(broken, broken, nil, nil).Eligibility(t.Context(), onFile.Receipt)
	require.ErrorIs(t, err, broken.err)
	_, err = casestatus.NewService(db.Cases(), broken, nil, nil).Eligibility(t.Context(), onFile.Receipt)
	require.ErrorIs(t, err, broken.err)
}

func TestRules_AreListedInOrder(t *testing.T) {
	var ids []cris.RuleID
	for _, rule := range casestatus.Rules() {
		ids = append(ids, rule.ID)
		require.NotEmpty(t, rule.Text)
		require.True(t, rule.Document != "" || rule.Decided, rule.ID)
	}
	require.Equal(t, []cris.RuleID{"CS-1", "CS-2", "CS-3", "CS-4", "CS-5", "CS-6", "CS-7", "CS-8", "CS-9", "CS-10"}, ids)
}
