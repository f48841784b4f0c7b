package erequest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/internal/retry"
)

// over is the service of the desk over another store.
func (d *desk) over(store erequest.Store, edits ...func(*erequest.Options)) *erequest.Service {
	options := &erequest.Options{Now: func() time.Time { return d.now }}
	for _, edit := range edits {
		edit(options)
	}
	return erequest.NewService(store, d.db.Cases(), casestatus.NewService(d.db.Cases(), d.db.ProcessingTimes(), nil, nil), options)
}

func (d *desk) requests(t *testing.T) []erequest.Entry {
	t.Helper()
	requests, err := d.db.ERequests().Entries(t.Context(), receipt)
	require.NoError(t, err)
	return requests
}

// busy is a store that gives up a number of times.
type busy struct {
	erequest.Store
	left int
}

func (b *busy) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Entry) (erequest.Change, error)) error {
	if b.left > 0 {
		b.left--
		return fmt.Errorf("busy: %w", cris.ErrConflict)
	}
	return b.Store.Update(ctx, receipt, decide)
}

func TestService_ConflictIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		store := &busy{Store: d.db.ERequests(), left: 1000}
		service := d.over(store)
		_, err := service.Submit(t.Context(), submission("k1", erequest.CardNotReceived))
		require.ErrorIs(t, err, cris.ErrConflict)
		require.Equal(t, 1000-retry.DefaultPolicy().Tries, store.left)
		require.Empty(t, d.requests(t))

		store.left = 4
		filing, err := service.Submit(t.Context(), submission("k1", erequest.CardNotReceived))
		require.NoError(t, err)
		require.Equal(t, erequest.Accepted, filing.Outcome)

		store.left = 1000
		answered := cris.MustParseDate("2022-08-20")
		require.ErrorIs(t, service.RecordAnswer(t.Context(), filing.Request.ID, answered), cris.ErrConflict)
		require.Equal(t, 1000-retry.DefaultPolicy().Tries, store.left)
		require.Zero(t, d.requests(t)[0].Answered)
		store.left = 4
		require.NoError(t, service.RecordAnswer(t.Context(), filing.Request.ID, answered))
		require.Equal(t, answered, d.requests(t)[0].Answered)
	})
}

// A number that another request has is refused by the store as a conflict, and drawn anew.
func TestER8_ATakenConfirmationNumberIsDrawnAnew(t *testing.T) {
	d := newDesk(t)
	first := d.submit(t, submission("k1", erequest.CardNotReceived))
	taken := strings.ReplaceAll(first.Request.Confirmation.String(), "-", "")[:12]
	bits := make([]byte, 0, 24)
	for _, c := range taken {
		bits = append(bits, byte(strings.IndexRune(confirmationAlphabet, c)))
	}
	d.now = d.now.AddDate(0, 0, 31)
	service := d.over(d.db.ERequests(), func(o *erequest.Options) { o.Random = strings.NewReader(string(bits) + strings.Repeat("\x01", 12)) })
	second, err := service.Submit(t.Context(), submission("k2", erequest.CardNotReceived))
	require.NoError(t, err)
	require.Equal(t, erequest.Accepted, second.Outcome)
	require.Equal(t, "1111-1111-1111", second.Request.Confirmation.String()[:14])
}

func TestER8_NothingIsFiledWithoutRandomness(t *testing.T) {
	d := newDesk(t)
	broken := errors.New("no entropy")
	service := d.over(d.db.ERequests(), func(o *erequest.Options) { o.Random = iotest.ErrReader(broken) })
	filing, err := service.Submit(t.Context(), submission("k1", erequest.CardNotReceived))
	require.ErrorIs(t, err, broken)
	require.Zero(t, filing)
	require.Empty(t, d.requests(t))
	require.Empty(t, d.events(t))
}

func TestPolicy_OfTheOptionsApplies(t *testing.T) {
	d := newDesk(t)
	service := d.over(d.db.ERequests(), func(o *erequest.Options) { o.Policy = &erequest.Policy{WaitDays: 45, ResponseDays: 10} })
	first, err := service.Submit(t.Context(), submission("k1", erequest.CardNotReceived))
	require.NoError(t, err)
	require.Equal(t, cris.MustParseDate("2022-08-25"), first.Request.RespondBy)
	d.now = d.now.AddDate(0, 0, 44)
	second, err := service.Submit(t.Context(), submission("k2", erequest.TypographicalError))
	require.NoError(t, err)
	require.Equal(t, erequest.Advised, second.Outcome)
	require.Equal(t, cris.MustParseDate("2022-09-29"), second.WaitEnds)

	narrow := d.over(d.db.ERequests(), func(o *erequest.Options) { o.Policy = &erequest.Policy{WaitScope: erequest.SameCaseAndIssue} })
	third, err := narrow.Submit(t.Context(), submission("k3", erequest.TypographicalError))
	require.NoError(t, err)
	require.Equal(t, erequest.Accepted, third.Outcome)
	require.Equal(t, third.Request.Filed.AddDays(30), third.Request.RespondBy, "a field that is left at zero means its default")
}

func TestPolicy_ZeroIsTheDefaultAndNegativeIsNoDays(t *testing.T) {
	earlier := []erequest.Entry{filed("first", "2013-08-15")}
	decide := func(day string, policy erequest.Policy) erequest.WaitOutcome {
		return erequest.DecideWait(earlier, erequest.CardNotReceived, cris.MustParseDate(day), policy).Outcome
	}
	require.Equal(t, erequest.MustWait, decide("2013-09-13", erequest.Policy{}))
	require.Equal(t, erequest.MayFile, decide("2013-09-14", erequest.Policy{}))
	require.Equal(t, erequest.MayFile, decide("2013-08-15", erequest.Policy{WaitDays: -1}))

	d := newDesk(t)
	service := d.over(d.db.ERequests(), func(o *erequest.Options) { o.Policy = &erequest.Policy{WaitDays: -1, ResponseDays: -1} })
	for _, key := range []string{"k1", "k2"} {
		filing, err := service.Submit(t.Context(), submission(key, erequest.CardNotReceived))
		require.NoError(t, err)
		require.Equal(t, erequest.Accepted, filing.Outcome)
		require.Equal(t, filing.Request.Filed, filing.Request.RespondBy)
	}
}

func TestER9_TheSameSubmissionAtTheSameInstantLeavesOneRequest(t *testing.T) {
	d := newDesk(t)
	filings := make([]erequest.Filing, 16)
	failed := make([]error, len(filings))
	var wg sync.WaitGroup
	for i := range filings {
		wg.Go(func() { filings[i], failed[i] = d.Submit(t.Context(), submission("k1", erequest.CardNotReceived)) })
	}
	wg.Wait()
	require.NoError(t, errors.Join(failed...))
	onFile := d.requests(t)
	require.Len(t, onFile, 1)
	count := map[erequest.FilingOutcome]int{}
	for _, filing := range filings {
		count[filing.Outcome]++
		require.Equal(t, onFile[0], filing.Request.Entry, "everybody gets the same confirmation")
	}
	require.Equal(t, map[erequest.FilingOutcome]int{erequest.Accepted: 1, erequest.AlreadyAccepted: 15}, count)
	require.Len(t, d.events(t), 1)
}

func TestER10_AnAnswerIsThatOfOneRequestAmongSeveral(t *testing.T) {
	d := newDesk(t)
	ids := make([]string, 3)
	for i, channel := range []erequest.Channel{erequest.Online, erequest.Telephone, erequest.Letter} {
		s := submission(fmt.Sprint("k", i), erequest.CardNotReceived)
		s.Channel = channel
		ids[i] = d.submit(t, s).Request.ID
	}
	answered := cris.MustParseDate("2022-08-20")
	require.NoError(t, d.RecordAnswer(t.Context(), ids[1], answered))
	for _, request := range d.requests(t) {
		require.Equal(t, request.ID == ids[1], request.Answered == answered, request.ID)
		require.Equal(t, request.ID != ids[1], request.Answered.IsZero(), request.ID)
	}
}

// What is unknown is a decision where a customer asks, and an error where a program does.
func TestService_Unknown(t *testing.T) {
	d := newDesk(t)
	unknown := submission("k1", erequest.CardNotReceived)
	unknown.Screening.Receipt = casestatus.MustParseReceiptNumber("IOE0919283747")
	screened, err := d.Screen(t.Context(), unknown.Issue, unknown.Screening)
	require.NoError(t, err)
	require.Equal(t, erequest.NotMatched, screened.Outcome)
	require.Equal(t, erequest.ScreenedOut, d.submit(t, unknown).Outcome)
	for _, id := range []string{"unknown", ""} {
		require.ErrorIs(t, d.RecordAnswer(t.Context(), id, cris.MustParseDate("2022-08-20")), cris.ErrNotFound)
	}
	require.Empty(t, d.events(t))
}

var errDown = errors.New("down")

// unreadable is a store from which nothing can be read.
type unreadable struct{ erequest.Store }

func (unreadable) Entries(context.Context, casestatus.ReceiptNumber) ([]erequest.Entry, error) {
	return nil, errDown
}

func (unreadable) Request(context.Context, string) (erequest.Request, error) {
	return erequest.Request{}, errDown
}

// noCases are down.
type noCases struct{}

func (noCases) StaffHeader(context.Context, casestatus.ReceiptNumber) (casestatus.Header, error) {
	return casestatus.Header{}, errDown
}

func (noCases) StaffCase(context.Context, casestatus.ReceiptNumber) (casestatus.Case, error) {
	return casestatus.Case{}, errDown
}

func TestService_APortThatIsDownIsAnErrorAndNotARefusal(t *testing.T) {
	d := newDesk(t)
	service := d.over(unreadable{d.db.ERequests()})
	_, err := service.Screen(t.Context(), erequest.CardNotReceived, screening)
	require.EqualError(t, err, "erequest: read requests: down")
	mismatched := submission("k1", erequest.CardNotReceived)
	mismatched.Screening.Form = "N-400"
	_, err = d.over(failing{d.db.ERequests(), errDown}).Submit(t.Context(), mismatched)
	require.EqualError(t, err, "erequest: file request: down")
	require.EqualError(t, service.RecordAnswer(t.Context(), "r1", cris.MustParseDate("2022-08-20")), "erequest: record answer: down")

	service = erequest.NewService(d.db.ERequests(), noCases{}, nil, &erequest.Options{Now: func() time.Time { return d.now }})
	_, err = service.Screen(t.Context(), erequest.CardNotReceived, screening)
	require.EqualError(t, err, "erequest: read case: down")
	_, err = service.Submit(t.Context(), submission("k1", erequest.CardNotReceived))
	require.EqualError(t, err, "erequest: read case: down")

	service = erequest.NewService(d.db.ERequests(), d.db.Cases(), casestatus.NewService(d.db.Cases(), brokenTimes{}, nil, nil),
		&erequest.Options{Now: func() time.Time { return d.now }})
	_, err = service.Submit(t.Context(), submission("k1", erequest.OutsideProcessingTime))
	require.ErrorContains(t, err, "erequest: decide eligibility: ")
	require.Empty(t, d.requests(t))
	require.Empty(t, d.events(t))
}

// A retry is the same in everything: issue, channel, screening and details.
func TestER9_AKeyOfAnotherSubmissionIsReused(t *testing.T) {
	d := newDesk(t)
	require.Equal(t, erequest.Accepted, d.submit(t, submission("k1", erequest.CardNotReceived)).Outcome)
	for name, edit := range map[string]func(*erequest.Submission){
		"issue":   func(s *erequest.Submission) { s.Issue = erequest.DocumentNotReceived },
		"channel": func(s *erequest.Submission) { s.Channel = erequest.Telephone },
		"screening": func(s *erequest.Submission) {
			s.Screening.MailingZIP = cris.NewPersonal(cris.MustParseZIP("07405-1234"))
		},
		"details": func(s *erequest.Submission) { s.Details = erequesttest.NewDetails(erequest.TypographicalError) },
	} {
		s := submission("k1", erequest.CardNotReceived)
		edit(&s)
		filing := d.submit(t, s)
		require.Equal(t, erequest.KeyReused, filing.Outcome, name)
		require.Zero(t, filing.Request, name)
	}
	require.Len(t, d.requests(t), 1)
}
