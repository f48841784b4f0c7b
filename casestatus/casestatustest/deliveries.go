package casestatustest

import (
	"context"
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
	atomic := slices.DeleteFunc(contract.AtomicClauses(deliveriesAsAtomic), func(c contract.Clause[deliveryStores]) bool {
		return c.Name == "Update/ScopesApart" // there is one scope
	})
	return slices.Concat(atomic, domainDeliveryClauses())
}

func domainDeliveryClauses() []contract.Clause[deliveryStores] {
	return []contract.Clause[deliveryStores]{
		{Name: "Scans/None", Promise: "a piece of which nothing was received has no scans, and the first cursor is empty", Check: noDeliveries},
		{Name: "Update/RoundTrip", Promise: "cursor and scans read back equal: any cursor, unknown codes, no place, a return to the sender", Check: deliveryRoundTrip},
		{Name: "Update/Replaces", Promise: "the scans of a piece take the place of those that were there, and other pieces keep theirs", Check: deliveryReplaced},
		{Name: "Update/Many", Promise: "many pieces are saved in one Update", Check: manyDeliveries},
		{Name: "Scans/NoAliasing", Promise: "changing what was saved or got changes nothing in the store", Check: deliveryNoAliasing},
	}
}

// piecesUpTo returns what is wrong if the pieces that are saved are not the first n.
func piecesUpTo(ctx context.Context, s deliveryStores, saved int) (wrong, err error) {
	for n := range saved + 1 {
		scans, err := s.Scans(ctx, Piece(n, 1).Number)
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
			return s.Update(ctx, func(at tracking.Cursor) (casestatus.DeliveryChange, error) {
				events, err := decide(count(at))
				return casestatus.DeliveryChange{
					Cursor: tracking.Cursor(strconv.Itoa(count(at) + 1)), Pieces: []casestatus.Piece{Piece(count(at), 1)}, Events: events,
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

// Piece returns the n-th of a series of pieces of mail, n from 0, with the given number
// of scans, of which the last is a delivery.
func Piece(n, scans int) casestatus.Piece {
	piece := casestatus.Piece{Number: must(tracking.ParseNumberLenient(fmt.Sprintf("92055%017d", n)))}
	for i := range scans {
		code := tracking.Code("10")
		if i == scans-1 {
			code = "01"
		}
		piece.Scans = append(piece.Scans, tracking.Scan{
			Number: piece.Number, Code: code,
			At:    tracking.MustParseLocalTime(fmt.Sprintf("2022-02-%02dT11:42", 1+i%28)),
			Place: tracking.Place{ZIP: cris.MustParseZIP("07405"), Country: "US"},
		})
	}
	return piece
}

func receive(ctx context.Context, s casestatus.Deliveries, at tracking.Cursor, pieces ...casestatus.Piece) error {
	return s.Update(ctx, func(tracking.Cursor) (casestatus.DeliveryChange, error) {
		return casestatus.DeliveryChange{Cursor: at, Pieces: pieces}, nil
	})
}

// wantReceived compares the scans as sets: their order means nothing.
func wantReceived(ctx context.Context, s casestatus.Deliveries, want casestatus.Piece) error {
	got, err := s.Scans(ctx, want.Number)
	if err != nil {
		return err
	}
	got, expected := slices.Clone(got), slices.Clone(want.Scans)
	slices.SortFunc(got, tracking.Scan.Compare)
	slices.SortFunc(expected, tracking.Scan.Compare)
	if !slices.Equal(got, expected) {
		return fmt.Errorf("the scans read %v, want %v", got, expected)
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
	var seen tracking.Cursor
	if err := s.Update(ctx, func(at tracking.Cursor) (casestatus.DeliveryChange, error) {
		seen = at
		return casestatus.DeliveryChange{Cursor: at}, nil
	}); err != nil {
		return err
	}
	if seen != want {
		return fmt.Errorf("decide was given the cursor %q, want %q", seen, want)
	}
	return nil
}

func noDeliveries(ctx context.Context, s deliveryStores) error {
	if err := wantCursor(ctx, s, ""); err != nil {
		return err
	}
	if err := receive(ctx, s, "1", Piece(1, 2)); err != nil {
		return err
	}
	return wantReceived(ctx, s, casestatus.Piece{Number: Piece(2, 1).Number})
}

func deliveryRoundTrip(ctx context.Context, s deliveryStores) error {
	piece := Piece(1, 3)
	odd := piece.Scans[0]
	odd.Code, odd.Place, odd.At = "ZZ", tracking.Place{}, tracking.MustParseLocalTime("2024-02-29T00:00")
	returned := piece.Scans[0]
	returned.Code, returned.ToSender = "01", true
	piece.Scans = append(piece.Scans, odd, returned)
	bare := casestatus.Piece{Number: Piece(2, 0).Number}
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
	if err := receive(ctx, s, "2", Piece(1, 3), Piece(2, 2)); err != nil {
		return err
	}
	fewer := Piece(1, 3)
	fewer.Scans = fewer.Scans[1:2]
	if err := receive(ctx, s, "1", fewer); err != nil { // cursors have no order that a store knows
		return err
	}
	for _, want := range []casestatus.Piece{fewer, Piece(2, 2)} {
		if err := wantReceived(ctx, s, want); err != nil {
			return err
		}
	}
	return wantCursor(ctx, s, "1")
}

func manyDeliveries(ctx context.Context, s deliveryStores) error {
	pieces := make([]casestatus.Piece, 1000)
	for n := range pieces {
		pieces[n] = Piece(n, 1+n%5)
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

func deliveryNoAliasing(ctx context.Context, s deliveryStores) error {
	put := Piece(1, 2)
	if err := receive(ctx, s, "1", put); err != nil {
		return err
	}
	put.Scans[0].Code = "07"
	if err := wantReceived(ctx, s, Piece(1, 2)); err != nil {
		return err
	}
	got, err := s.Scans(ctx, put.Number)
	if err != nil {
		return err
	}
	got[0].Code = "07"
	return wantReceived(ctx, s, Piece(1, 2))
}
