package casestatustest

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

// watchListClauses are the promises of the lists that a Watch goes by.
func watchListClauses() []contract.Clause[deliveryStores] {
	return slices.Concat(
		contract.Without(contract.ListClauses("Due", duePieces), "Due/Letters"), // numbers and days have no letters to mistake
		contract.ListClauses("Alerts", alertsOf(casestatus.ReceiptNumber{})),
		contract.ListClauses("Alerts/OfCase", alertsOf(Receipt(1))))
}

// by is the day up to which duePieces lists.
var by = cris.MustParseDate("2022-03-31")

// duePieces lets the shared clauses list pieces that are due. A key is the day and the number.
func duePieces(s deliveryStores) contract.List {
	parse := func(key string) casestatus.DuePiece {
		on, number, _ := strings.Cut(key, " ")
		if key == "" {
			return casestatus.DuePiece{}
		}
		return casestatus.DuePiece{On: cris.MustParseDate(on), Number: must(tracking.ParseNumberLenient(number))}
	}
	put := func(ctx context.Context, keys []string, on func(n int, due casestatus.DuePiece) cris.Date) error {
		var pieces []casestatus.Piece
		for n, key := range keys {
			due := parse(key)
			pieces = append(pieces, casestatus.Piece{Number: due.Number, LookAgain: on(n, due)})
		}
		return receive(ctx, s, "1", pieces...)
	}
	return contract.List{
		// Seven pieces a day, whose numbers descend from day to day.
		Key: func(n int) string {
			return fmt.Sprintf("%v %v", by.AddDays(n/7-400), NewPiece(100_000-n/7*10+n%7, 0).Number)
		},
		Put: func(ctx context.Context, keys ...string) error {
			return put(ctx, keys, func(_ int, due casestatus.DuePiece) cris.Date { return due.On })
		},
		// Those that are due on no day, and those that are due later.
		PutOther: func(ctx context.Context, keys ...string) error {
			return put(ctx, keys, func(n int, _ casestatus.DuePiece) cris.Date { return []cris.Date{{}, by.AddDays(1)}[n%2] })
		},
		Each: func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
			return texts(s.Due(ctx, by, cris.Page[casestatus.DuePiece]{After: parse(page.After), Limit: page.Limit}),
				func(due casestatus.DuePiece) string { return fmt.Sprintf("%v %v", due.On, due.Number) })
		},
	}
}

// alertsOf lets the shared clauses list the alerts of a case, or all. A key is an ID.
func alertsOf(receipt casestatus.ReceiptNumber) func(s deliveryStores) contract.List {
	return func(s deliveryStores) contract.List {
		last := 0 // each alert is of a piece of its own
		put := func(ctx context.Context, n int, keys []string) error {
			var pieces []casestatus.Piece
			for _, id := range keys {
				last++
				piece := NewPiece(last, 0)
				piece.Alerts = []casestatus.MailAlert{NewAlert(piece.Number, n, func(a *casestatus.MailAlert) { a.ID = id })}
				pieces = append(pieces, piece)
			}
			return receive(ctx, s, "1", pieces...)
		}
		list := contract.List{
			AnyKey: true,
			Key:    func(n int) string { return fmt.Sprintf("alert-%06d", n) },
			Put:    func(ctx context.Context, keys ...string) error { return put(ctx, 1, keys) },
			Each: func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
				return texts(s.Alerts(ctx, casestatus.AlertQuery{Receipt: receipt, Page: page}),
					func(alert casestatus.MailAlert) string { return alert.ID })
			},
		}
		if !receipt.IsZero() {
			list.PutOther = func(ctx context.Context, keys ...string) error { return put(ctx, 2, keys) }
		}
		return list
	}
}

// texts yields the key of each value.
func texts[V any](list iter.Seq2[V, error], key func(V) string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for value, err := range list {
			text := ""
			if err == nil {
				text = key(value)
			}
			if !yield(text, err) {
				return
			}
		}
	}
}
