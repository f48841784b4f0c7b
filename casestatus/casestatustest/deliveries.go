package casestatustest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

// TestDeliveries checks every promise of casestatus.Deliveries. newStore is called once
// per promise and gives an empty store with the outbox that its events go to.
func TestDeliveries(t *testing.T, newStore func(t *testing.T) (casestatus.Deliveries, cris.Outbox)) {
	t.Helper()
	contract.Run(t, deliveryClauses(), func(t *testing.T) deliveryStores {
		store, outbox := newStore(t)
		return deliveryStores{store, outbox}
	})
}

// deliveryStores is what a clause gets.
type deliveryStores struct {
	casestatus.Deliveries
	outbox cris.Outbox
}

func deliveryClauses() []contract.Clause[deliveryStores] {
	return slices.Concat(sharedDeliveryClauses(), domainDeliveryClauses())
}

// sharedDeliveryClauses are what every Update, every read and every list promises. There is
// one scope, and the numbers of pieces have no letters to mistake.
func sharedDeliveryClauses() []contract.Clause[deliveryStores] {
	return slices.Concat(
		contract.Without(contract.AtomicClauses(deliveriesAsAtomic), "Update/ScopesApart"),
		contract.Without(contract.ReadClauses("Scans", piecesAsRead), "Scans/Letters"),
		watchListClauses(),
	)
}

func domainDeliveryClauses() []contract.Clause[deliveryStores] {
	return []contract.Clause[deliveryStores]{
		{Name: "Scans/None", Promise: "a piece of which nothing was received has no scans, and the first cursor is empty", Check: noDeliveries},
		{Name: "Cursor/Cancelled", Promise: "under a canceled context Cursor gives the error of the context", Check: cursorCancelled},
		{Name: "Update/RoundTrip", Promise: "cursor and pieces read back equal: any cursor, unknown codes, no place, a return to the sender, alerts with and without a scan", Check: deliveryRoundTrip},
		{Name: "Update/Given", Promise: "decide is given the pieces it was asked for, in that order, and nothing but the number of one that is not filed", Check: deliveryGiven},
		{Name: "Update/Replaces", Promise: "a piece takes the place of what was filed of it, in the lists too, and other pieces stay", Check: deliveryReplaced},
		{Name: "Update/AlertTaken", Promise: "an alert whose ID another piece has, on file or in the same change, is refused with its whole change, with an error that matches casestatus.ErrConflict", Check: alertTaken},
		{Name: "Update/Many", Promise: "many pieces are saved in one Update", Check: manyDeliveries},
	}
}

// piecesUpTo returns what is wrong if the pieces that are saved are not the first n.
func piecesUpTo(ctx context.Context, s deliveryStores, saved int) (wrong, err error) {
	for n := range saved + 1 {
		scans, err := s.Scans(ctx, NewPiece(n, 1).Number)
		if err != nil {
			return nil, err
		}
		if is := len(scans) > 0; is != (n < saved) {
			return fmt.Errorf("the cursor covers %d pieces, and that of piece %d saved is %t", saved, n, is), nil
		}
	}
	return nil, nil
}

// deliveriesAsAtomic lets the shared clauses count entries by the cursor.
func deliveriesAsAtomic(s deliveryStores) contract.Atomic {
	count := func(at tracking.Cursor) int {
		n, err := strconv.Atoi("0" + string(at))
		if err != nil {
			return -1
		}
		return n
	}
	return contract.Atomic{
		Append: func(ctx context.Context, _ int, decide func(seen int) ([]cris.Event, error)) error {
			return s.Update(ctx, nil, func(prior casestatus.Filed) (casestatus.DeliveryChange, error) {
				n := count(prior.Cursor)
				events, err := decide(n)
				return casestatus.DeliveryChange{
					Cursor: tracking.Cursor(strconv.Itoa(n + 1)), Pieces: []casestatus.Piece{NewPiece(n, 1)}, Events: events,
				}, err
			})
		},
		Count: func(ctx context.Context, _ int) (int, error) {
			for {
				at, err := s.Cursor(ctx)
				if err != nil {
					return 0, err
				}
				wrong, err := piecesUpTo(ctx, s, count(at))
				if err != nil {
					return 0, err
				}
				again, err := s.Cursor(ctx)
				switch {
				case err != nil:
					return 0, err
				case again == at: // otherwise another Update was saved while this looked
					return count(at), wrong
				}
			}
		},
		Outbox: s.outbox,
	}
}

func receive(ctx context.Context, s casestatus.Deliveries, at tracking.Cursor, pieces ...casestatus.Piece) error {
	return s.Update(ctx, nil, func(casestatus.Filed) (casestatus.DeliveryChange, error) {
		return casestatus.DeliveryChange{Cursor: at, Pieces: pieces}, nil
	})
}

// wantReceived checks what is filed of a piece, as Scans tells it and as decide is given it.
func wantReceived(ctx context.Context, s casestatus.Deliveries, want casestatus.Piece) error {
	scans, err := s.Scans(ctx, want.Number)
	if err != nil {
		return err
	}
	given, err := filed(ctx, s, want.Number)
	if err != nil {
		return err
	}
	if err := samePiece(given.Pieces[0], want); err != nil {
		return fmt.Errorf("decide was given a piece that differs: %w", err)
	}
	given.Pieces[0].Scans = scans
	return samePiece(given.Pieces[0], want)
}

// filed returns what decide is given, and changes nothing.
func filed(ctx context.Context, s casestatus.Deliveries, numbers ...tracking.Number) (given casestatus.Filed, err error) {
	err = s.Update(ctx, numbers, func(prior casestatus.Filed) (casestatus.DeliveryChange, error) {
		given = prior
		return casestatus.DeliveryChange{Cursor: prior.Cursor}, nil
	})
	if err == nil && len(given.Pieces) != len(numbers) {
		err = fmt.Errorf("decide was given %d pieces, want %d", len(given.Pieces), len(numbers))
	}
	return given, err
}

// samePiece compares scans and alerts as sets: their order means nothing.
func samePiece(got, want casestatus.Piece) error {
	if got.Number != want.Number || got.LookAgain != want.LookAgain {
		return fmt.Errorf("the piece reads %v, to be looked at on %v, want %v on %v", got.Number, got.LookAgain, want.Number, want.LookAgain)
	}
	if got, want := slices.SortedFunc(slices.Values(got.Scans), tracking.Scan.Compare), slices.SortedFunc(slices.Values(want.Scans), tracking.Scan.Compare); !slices.Equal(got, want) {
		return fmt.Errorf("the scans read %v, want %v", got, want)
	}
	byID := func(a, b casestatus.MailAlert) int { return strings.Compare(a.ID, b.ID) }
	if got, want := slices.SortedFunc(slices.Values(got.Alerts), byID), slices.SortedFunc(slices.Values(want.Alerts), byID); !slices.Equal(got, want) {
		return fmt.Errorf("the alerts read %v, want %v", got, want)
	}
	return nil
}

func wantCursor(ctx context.Context, s casestatus.Deliveries, want tracking.Cursor) error {
	at, err := s.Cursor(ctx)
	if err != nil {
		return err
	}
	if at != want {
		return fmt.Errorf("the cursor reads %q, want %q", at, want)
	}
	given, err := filed(ctx, s)
	if err != nil {
		return err
	}
	if given.Cursor != want {
		return fmt.Errorf("decide was given the cursor %q, want %q", given.Cursor, want)
	}
	return nil
}

func noDeliveries(ctx context.Context, s deliveryStores) error {
	if err := wantCursor(ctx, s, ""); err != nil {
		return err
	}
	if err := receive(ctx, s, "1", NewPiece(1, 2)); err != nil {
		return err
	}
	return wantReceived(ctx, s, casestatus.Piece{Number: NewPiece(2, 1).Number})
}

func cursorCancelled(ctx context.Context, s deliveryStores) error {
	if err := receive(ctx, s, "1", NewPiece(1, 2)); err != nil {
		return err
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Cursor(cancelled); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("Cursor gave the error %w", contract.OrNil(err))
	}
	return wantCursor(ctx, s, "1")
}

func deliveryRoundTrip(ctx context.Context, s deliveryStores) error {
	piece := NewPiece(1, 3)
	odd := piece.Scans[0]
	odd.Code, odd.Place, odd.At = "ZZ", tracking.Place{}, tracking.MustParseLocalTime("2024-02-29T00:00")
	returned := piece.Scans[0]
	returned.Code, returned.ToSender = "01", true
	piece.Scans = append(piece.Scans, odd, returned)
	piece.LookAgain = cris.MustParseDate("2024-02-29")
	piece.Alerts = []casestatus.MailAlert{NewAlert(piece.Number, 1), NewAlert(piece.Number, 2, func(a *casestatus.MailAlert) {
		a.Kind, a.Scan = tracking.AlertQuiet, tracking.Scan{}
	})}
	bare := casestatus.Piece{Number: NewPiece(2, 0).Number}
	cursor := tracking.Cursor("0'9;\u00e9 " + strings.Repeat("x", 5000))
	if err := receive(ctx, s, cursor, piece, bare); err != nil {
		return err
	}
	for _, want := range []casestatus.Piece{piece, bare} {
		if err := wantReceived(ctx, s, want); err != nil {
			return err
		}
	}
	return wantCursor(ctx, s, cursor)
}

func deliveryReplaced(ctx context.Context, s deliveryStores) error {
	watched := NewPiece(1, 3)
	watched.LookAgain = cris.MustParseDate("2022-03-01")
	watched.Alerts = []casestatus.MailAlert{NewAlert(watched.Number, 1), NewAlert(watched.Number, 2)}
	if err := receive(ctx, s, "2", watched, NewPiece(2, 2)); err != nil {
		return err
	}
	fewer := watched
	fewer.Scans, fewer.LookAgain = fewer.Scans[1:2], cris.Date{}
	fewer.Alerts = []casestatus.MailAlert{NewAlert(watched.Number, 1, func(a *casestatus.MailAlert) { a.Kind = tracking.AlertLost })}
	if err := receive(ctx, s, "1", fewer); err != nil { // cursors have no order that a store knows
		return err
	}
	for _, want := range []casestatus.Piece{fewer, NewPiece(2, 2)} {
		if err := wantReceived(ctx, s, want); err != nil {
			return err
		}
	}
	for due, err := range s.Due(ctx, watched.LookAgain, cris.Page[casestatus.DuePiece]{}) {
		return errors.Join(fmt.Errorf("piece %v is still due", due.Number), err)
	}
	var alerts []casestatus.MailAlert
	for alert, err := range s.Alerts(ctx, casestatus.AlertQuery{}) {
		if err != nil {
			return err
		}
		alerts = append(alerts, alert)
	}
	if !slices.Equal(alerts, fewer.Alerts) {
		return fmt.Errorf("the alerts of all pieces are %v, want %v", alerts, fewer.Alerts)
	}
	if err := wantCursor(ctx, s, "1"); err != nil {
		return err
	}
	if err := receive(ctx, s, ""); err != nil { // it may begin anew
		return err
	}
	return wantCursor(ctx, s, "")
}

func manyDeliveries(ctx context.Context, s deliveryStores) error {
	pieces := make([]casestatus.Piece, 1000)
	for n := range pieces {
		pieces[n] = NewPiece(n, 1+n%5)
	}
	for range 2 { // the second time they replace themselves
		if err := receive(ctx, s, "1000", pieces...); err != nil {
			return err
		}
	}
	for _, want := range pieces {
		if err := wantReceived(ctx, s, want); err != nil {
			return err
		}
	}
	return nil
}

func deliveryGiven(ctx context.Context, s deliveryStores) error {
	var pieces []casestatus.Piece
	for n := range 1100 { // more than a statement may ask for on some databases
		pieces = append(pieces, NewPiece(n, n%2))
	}
	if err := receive(ctx, s, "1", pieces...); err != nil {
		return err
	}
	unknown := casestatus.Piece{Number: NewPiece(5000, 0).Number}
	asked := slices.Concat(pieces[500:], []casestatus.Piece{unknown}, pieces[:502]) // two of them twice
	var numbers []tracking.Number
	for _, piece := range asked {
		numbers = append(numbers, piece.Number)
	}
	given, err := filed(ctx, s, numbers...)
	if err != nil {
		return err
	}
	for i, want := range asked {
		if err := samePiece(given.Pieces[i], want); err != nil {
			return err
		}
	}
	return nil
}

func alertTaken(ctx context.Context, s deliveryStores) error {
	first, second := NewPiece(1, 1), NewPiece(2, 1)
	first.Alerts = []casestatus.MailAlert{NewAlert(first.Number, 1)}
	second.Alerts = []casestatus.MailAlert{NewAlert(second.Number, 2), NewAlert(second.Number, 1)}
	if err := receive(ctx, s, "1", first); err != nil {
		return err
	}
	if err := receive(ctx, s, "2", second); !errors.Is(err, casestatus.ErrConflict) {
		return fmt.Errorf("saving an alert whose ID is taken gave the error %w", contract.OrNil(err))
	}
	third, fourth := NewPiece(3, 1), NewPiece(4, 1)
	third.Alerts = []casestatus.MailAlert{NewAlert(third.Number, 3)}
	fourth.Alerts = []casestatus.MailAlert{NewAlert(fourth.Number, 3)}
	if err := receive(ctx, s, "2", third, fourth); !errors.Is(err, casestatus.ErrConflict) {
		return fmt.Errorf("saving two alerts with one ID gave the error %w", contract.OrNil(err))
	}
	if err := receive(ctx, s, "1", first); err != nil { // its own IDs it may keep
		return err
	}
	for _, want := range []casestatus.Piece{first, {Number: second.Number}, {Number: third.Number}, {Number: fourth.Number}} {
		if err := wantReceived(ctx, s, want); err != nil {
			return err
		}
	}
	return wantCursor(ctx, s, "1")
}
