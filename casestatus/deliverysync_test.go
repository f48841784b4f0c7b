package casestatus_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/tracking"
)

// arrive files scans on the mail side, as one more file of USPS.
func arrive(t *testing.T, mail tracking.Store, name string, scans ...tracking.Scan) {
	t.Helper()
	file, err := tracking.ParseFileID(fmt.Sprintf("%x", sha256.Sum256([]byte(name))))
	require.NoError(t, err)
	require.NoError(t, mail.Update(context.Background(), file, func(p tracking.File) (tracking.Batch, error) {
		p.Name, p.Done = name, true
		return tracking.Batch{Scans: scans, File: p}, nil
	}))
}

// changes returns the events of the outbox as "<number> <from> > <to>".
func changes(t *testing.T, db *memory.DB) (all []string) {
	t.Helper()
	events, err := db.Outbox().Pending(t.Context(), 1_000_000)
	require.NoError(t, err)
	for _, event := range events {
		require.Equal(t, casestatus.EventDeliveryChanged, event.Type)
		all = append(all, event.Subject+" "+event.Data["from"]+" > "+event.Data["to"])
	}
	return all
}

func changed(piece casestatus.Piece, from, to tracking.Class) string {
	return piece.Number.String() + " " + string(from) + " > " + string(to)
}

// requireReceived checks that the case side has of each piece what the mail side has.
func requireReceived(t *testing.T, mail casestatus.Scans, caseSide casestatus.Scans, pieces ...casestatus.Piece) {
	t.Helper()
	for _, piece := range pieces {
		want, err := mail.Scans(t.Context(), piece.Number)
		require.NoError(t, err)
		got, err := caseSide.Scans(t.Context(), piece.Number)
		require.NoError(t, err)
		require.ElementsMatch(t, want, got)
	}
}

// inSteps is a policy of two pieces at a time.
func inSteps() *casestatus.Options {
	policy := casestatus.DefaultPolicy()
	policy.PiecesAtOnce = 2
	at := time.Date(2022, 2, 19, 17, 0, 0, 0, time.UTC)
	return &casestatus.Options{Policy: &policy, Now: func() time.Time { return at }}
}

func TestCS5_WhatIsNewIsReceivedOnce(t *testing.T) {
	mail, caseSide := memory.New(), memory.New()
	sync := casestatus.NewDeliverySync(mail.Scans(), caseSide.Cases(), caseSide.Deliveries(), inSteps())
	received, err := sync.Sync(t.Context())
	require.NoError(t, err)
	require.Zero(t, received, "nothing has arrived")

	var pieces []casestatus.Piece
	var want []string
	for n := range 5 {
		piece := casestatustest.NewPiece(n, 2)
		pieces = append(pieces, piece)
		arrive(t, mail.Scans(), "monday"+strconv.Itoa(n), piece.Scans[0])
		want = append(want, changed(piece, tracking.NoScan, tracking.InNetwork))
	}
	received, err = sync.Sync(t.Context())
	require.NoError(t, err)
	require.Equal(t, casestatus.Received{Pieces: 5, Changed: 5}, received)
	require.Equal(t, want, changes(t, caseSide))
	requireReceived(t, mail.Scans(), caseSide.Deliveries(), pieces...)

	received, err = sync.Sync(t.Context())
	require.NoError(t, err)
	require.Zero(t, received, "nothing is repeated")

	again := pieces[3].Scans[0]
	again.At = tracking.MustParseLocalTime("2022-02-01T23:00") // no change of status
	arrive(t, mail.Scans(), "tuesday", pieces[0].Scans[0], pieces[1].Scans[1], again)
	received, err = casestatus.NewDeliverySync(mail.Scans(), caseSide.Cases(), caseSide.Deliveries(), nil).Sync(t.Context())
	require.NoError(t, err)
	require.Equal(t, casestatus.Received{Pieces: 2, Changed: 1}, received, "what was known already is not new")
	require.Equal(t, append(want, changed(pieces[1], tracking.InNetwork, tracking.Delivered)), changes(t, caseSide))
	requireReceived(t, mail.Scans(), caseSide.Deliveries(), pieces...)
}

func TestCS5_TheEventIsSavedWithTheCursorThatCoversIt(t *testing.T) {
	mail, caseSide := memory.New(), memory.New()
	piece := casestatustest.NewPiece(1, 1)
	arrive(t, mail.Scans(), "monday", piece.Scans...)
	_, err := casestatus.NewDeliverySync(mail.Scans(), caseSide.Cases(), caseSide.Deliveries(), inSteps()).Sync(t.Context())
	require.NoError(t, err)
	events, err := caseSide.Outbox().Pending(t.Context(), 10)
	require.NoError(t, err)
	require.Len(t, events, 1)
	require.Equal(t, time.Date(2022, 2, 19, 17, 0, 0, 0, time.UTC), events[0].Time)
	change, err := casestatus.ReadDeliveryChanged(events[0])
	require.NoError(t, err)
	require.Equal(t, casestatus.DeliveryChanged{Number: piece.Number, From: tracking.NoScan, To: tracking.Delivered}, change)
}

// dying counts the calls of all ports, and dies at one of them: before it does anything
// or, if late is set, after it has and before it answers.
type dying struct {
	mail  casestatus.Mail
	store casestatus.Deliveries
	calls *int
	at    int
	late  bool
}

var errDied = errors.New("the process died")

func (d dying) call(do func() error) error {
	*d.calls++
	if *d.calls-1 != d.at {
		return do()
	}
	if d.late {
		_ = do()
	}
	return errDied
}

func (d dying) UpdatedSince(ctx context.Context, after tracking.Cursor, limit int) (numbers []tracking.Number, next tracking.Cursor, err error) {
	err = d.call(func() error { numbers, next, err = d.mail.UpdatedSince(ctx, after, limit); return err })
	return numbers, next, err
}

func (d dying) Scans(ctx context.Context, number tracking.Number) (scans []tracking.Scan, err error) {
	err = d.call(func() error { scans, err = d.mail.Scans(ctx, number); return err })
	return scans, err
}

// dyingStore is the other side of a dying process.
type dyingStore struct{ dying }

func (d dyingStore) Cursor(ctx context.Context) (at tracking.Cursor, err error) {
	err = d.call(func() error { at, err = d.store.Cursor(ctx); return err })
	return at, err
}

func (d dyingStore) Scans(ctx context.Context, number tracking.Number) (scans []tracking.Scan, err error) {
	err = d.call(func() error { scans, err = d.store.Scans(ctx, number); return err })
	return scans, err
}

func (d dyingStore) Update(
	ctx context.Context, numbers []tracking.Number, decide func(casestatus.Filed) (casestatus.DeliveryChange, error),
) error {
	return d.call(func() error { return d.store.Update(ctx, numbers, decide) })
}

func (d dyingStore) Due(ctx context.Context, by cris.Date, page cris.Page[casestatus.DuePiece]) iter.Seq2[casestatus.DuePiece, error] {
	return d.store.Due(ctx, by, page)
}

func (d dyingStore) Alerts(ctx context.Context, query casestatus.AlertQuery) iter.Seq2[casestatus.MailAlert, error] {
	return d.store.Alerts(ctx, query)
}

// dyingMailings knows of no mailing.
type dyingMailings struct{ dying }

func (d dyingMailings) Mailed(context.Context, ...tracking.Number) (mailed []casestatus.CaseMailing, err error) {
	return nil, d.call(func() error { return nil })
}

// TestCS5_NothingIsLostOrRepeatedByACrash kills the sync at every boundary there is.
func TestCS5_NothingIsLostOrRepeatedByACrash(t *testing.T) {
	for _, late := range []bool{false, true} {
		for at, died := 0, true; died; at++ {
			mail, caseSide := memory.New(), memory.New()
			var pieces []casestatus.Piece
			var want []string
			for n := range 5 {
				piece := casestatustest.NewPiece(n, 1)
				pieces = append(pieces, piece)
				arrive(t, mail.Scans(), "monday"+strconv.Itoa(n), piece.Scans...)
				want = append(want, changed(piece, tracking.NoScan, tracking.Delivered))
			}
			calls := 0
			process := dying{mail.Scans(), caseSide.Deliveries(), &calls, at, late}
			_, err := casestatus.NewDeliverySync(process, dyingMailings{process}, dyingStore{process}, inSteps()).Sync(t.Context())
			died = err != nil
			if died {
				require.ErrorIs(t, err, errDied)
				_, err = casestatus.NewDeliverySync(mail.Scans(), caseSide.Cases(), caseSide.Deliveries(), inSteps()).Sync(t.Context())
				require.NoError(t, err)
			} else {
				require.Greater(t, at, 15, "there are boundaries")
			}
			require.Equal(t, want, changes(t, caseSide), "dead at call %d, late %t", at, late)
			requireReceived(t, mail.Scans(), caseSide.Deliveries(), pieces...)
		}
	}
}

func TestCS5_ConcurrentSyncsWhileScansArrive(t *testing.T) {
	mail, caseSide := memory.New(), memory.New()
	const pieces, syncs = 60, 6
	var wg sync.WaitGroup
	arrived := make(chan struct{})
	var all []casestatus.Piece
	for n := range pieces {
		all = append(all, casestatustest.NewPiece(n, 3))
	}
	wg.Go(func() {
		defer close(arrived)
		for scan := range 3 {
			for n := range pieces {
				arrive(t, mail.Scans(), fmt.Sprintf("%d of %d", scan, n), all[n].Scans[scan])
			}
		}
	})
	totals := make([]casestatus.Received, syncs)
	failed := make([]error, syncs)
	for i := range syncs {
		wg.Go(func() {
			for last := false; !last; {
				select {
				case <-arrived:
					last = true
				default:
				}
				received, err := casestatus.NewDeliverySync(mail.Scans(), caseSide.Cases(), caseSide.Deliveries(), inSteps()).Sync(t.Context())
				totals[i].Pieces += received.Pieces
				totals[i].Changed += received.Changed
				if err != nil {
					failed[i] = err
					return
				}
			}
		})
	}
	wg.Wait()
	require.NoError(t, errors.Join(failed...))
	requireReceived(t, mail.Scans(), caseSide.Deliveries(), all...)
	found := changes(t, caseSide)
	sum := 0
	for _, total := range totals {
		sum += total.Changed
	}
	require.Equal(t, len(found), sum, "each change is counted by the one that filed it")
	// Each piece became delivered exactly once, on whatever way it was seen.
	for _, piece := range all {
		var of []string
		for _, change := range found {
			if change[:len(piece.Number.String())] == piece.Number.String() {
				of = append(of, change)
			}
		}
		require.Contains(t, [][]string{
			{changed(piece, tracking.NoScan, tracking.Delivered)},
			{changed(piece, tracking.NoScan, tracking.InNetwork), changed(piece, tracking.InNetwork, tracking.Delivered)},
		}, of)
	}
}

func TestCS5_NeitherClocksNorEqualTimesMatter(t *testing.T) {
	mail, caseSide := memory.New(), memory.New()
	at := time.Date(2022, 2, 19, 12, 0, 0, 0, time.UTC)
	sync := casestatus.NewDeliverySync(mail.Scans(), caseSide.Cases(), caseSide.Deliveries(), &casestatus.Options{
		Now: func() time.Time { at = at.Add(-24 * time.Hour); return at }, // steps back at each call
	})
	same := tracking.MustParseLocalTime("2022-02-17T11:42")
	var pieces []casestatus.Piece
	for n := range 7 {
		piece := casestatustest.NewPiece(n, 1)
		piece.Scans[0].At = same
		pieces = append(pieces, piece)
		arrive(t, mail.Scans(), "file "+strconv.Itoa(n), piece.Scans...)
		received, err := sync.Sync(t.Context())
		require.NoError(t, err)
		require.Equal(t, casestatus.Received{Pieces: 1, Changed: 1}, received)
	}
	late := pieces[0].Scans[0]
	late.Code, late.At = "10", tracking.MustParseLocalTime("2021-01-01T00:00") // arrives last, was scanned first
	arrive(t, mail.Scans(), "late", late)
	received, err := sync.Sync(t.Context())
	require.NoError(t, err)
	require.Equal(t, casestatus.Received{Pieces: 1}, received)
	requireReceived(t, mail.Scans(), caseSide.Deliveries(), pieces...)
}

// stuck names a piece and never moves its cursor.
type stuck struct{ scansByNumber }

func (stuck) UpdatedSince(_ context.Context, after tracking.Cursor, _ int) ([]tracking.Number, tracking.Cursor, error) {
	return []tracking.Number{casestatustest.NewPiece(1, 0).Number}, after, nil
}

func TestCS5_AMailSideThatStandsStillIsAnError(t *testing.T) {
	_, err := casestatus.NewDeliverySync(stuck{}, memory.New().Cases(), memory.New().Deliveries(), nil).Sync(t.Context())
	require.ErrorContains(t, err, "its cursor stays")
}

func TestCS5_ACancelledSyncStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	mail := memory.New()
	arrive(t, mail.Scans(), "monday", casestatustest.NewPiece(1, 1).Scans...)
	_, err := casestatus.NewDeliverySync(mail.Scans(), memory.New().Cases(), memory.New().Deliveries(), nil).Sync(ctx)
	require.ErrorIs(t, err, context.Canceled)
}

func TestCS4_NothingFlowsToTheMailSide(t *testing.T) {
	port := reflect.TypeFor[casestatus.Mail]()
	var methods []string
	for method := range port.Methods() {
		methods = append(methods, method.Name)
	}
	require.Equal(t, []string{"Scans", "UpdatedSince"}, methods)
	var _ casestatus.Mail = (*memory.Scans)(nil) // which can do more

	// A sync leaves the mail side as it was, outbox included.
	mail, caseSide := memory.New(), memory.New()
	piece := casestatustest.NewPiece(1, 2)
	arrive(t, mail.Scans(), "monday", piece.Scans...)
	before, next, err := mail.Scans().UpdatedSince(t.Context(), "", 10)
	require.NoError(t, err)
	_, err = casestatus.NewDeliverySync(mail.Scans(), caseSide.Cases(), caseSide.Deliveries(), nil).Sync(t.Context())
	require.NoError(t, err)
	after, still, err := mail.Scans().UpdatedSince(t.Context(), "", 10)
	require.NoError(t, err)
	require.True(t, slices.Equal(before, after))
	require.Equal(t, next, still)
	require.Empty(t, changes(t, mail))
}

// The status page reads what was received, and goes on doing so while the mail side
// cannot be reached.
func TestCS3_TheStatusShowsWhatWasReceived(t *testing.T) {
	onFile := casestatustest.NewCase(1)
	card := onFile.Mailings[1].Number
	mail, caseSide := memory.New(), memory.New()
	require.NoError(t, casestatustest.PutCase(t.Context(), caseSide.Cases(), onFile))
	service := casestatus.NewService(caseSide.Cases(), caseSide.ProcessingTimes(), caseSide.Deliveries(), nil)
	arrive(t, mail.Scans(), "monday", scanned(card, "01", "2022-02-17T11:42"))
	for _, want := range []tracking.Class{tracking.NoScan, tracking.Delivered} {
		status, err := service.Status(t.Context(), onFile.Receipt.String())
		require.NoError(t, err)
		require.Equal(t, want, status.Mailings[1].Delivery.Class)
		_, err = casestatus.NewDeliverySync(mail.Scans(), caseSide.Cases(), caseSide.Deliveries(), nil).Sync(t.Context())
		require.NoError(t, err)
	}
}

// TestCS5_ARestoredMailSideIsSyncedAnew has a mail side that lost Tuesday: what took its
// place is received, and what was received of Tuesday stays, until it arrives again.
func TestCS5_ARestoredMailSideIsSyncedAnew(t *testing.T) {
	lost, restored, caseSide := memory.New(), memory.New(), memory.New()
	monday, tuesday, wednesday := casestatustest.NewPiece(1, 2), casestatustest.NewPiece(2, 2), casestatustest.NewPiece(3, 2)
	arrive(t, lost.Scans(), "monday", monday.Scans...)
	arrive(t, lost.Scans(), "tuesday", tuesday.Scans...)
	sync := func(mail *memory.DB) casestatus.Received {
		received, err := casestatus.NewDeliverySync(mail.Scans(), caseSide.Cases(), caseSide.Deliveries(), inSteps()).Sync(t.Context())
		require.NoError(t, err)
		return received
	}
	require.Equal(t, casestatus.Received{Pieces: 2, Changed: 2}, sync(lost))

	require.Equal(t, casestatus.Received{Anew: true}, sync(restored), "nothing is there yet")
	arrive(t, restored.Scans(), "monday", monday.Scans...)
	arrive(t, restored.Scans(), "wednesday", wednesday.Scans...)
	require.Equal(t, casestatus.Received{Pieces: 2, Changed: 1, Anew: true}, sync(restored), "only Wednesday is new to the case side")
	received, err := caseSide.Deliveries().Scans(t.Context(), tuesday.Number)
	require.NoError(t, err)
	require.ElementsMatch(t, tuesday.Scans, received, "what was received stays")

	require.Zero(t, sync(restored), "from then on it goes by the cursor of the new history")
	arrive(t, restored.Scans(), "tuesday", tuesday.Scans...)
	require.Equal(t, casestatus.Received{Pieces: 1}, sync(restored))
	requireReceived(t, restored.Scans(), caseSide.Deliveries(), monday, tuesday, wednesday)
	require.Len(t, changes(t, caseSide), 3)
}
