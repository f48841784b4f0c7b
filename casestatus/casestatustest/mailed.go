package casestatustest

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

// mailedClauses are the promises of the way from a piece of mail to its cases.
func mailedClauses() []contract.Clause[casestatus.Cases] {
	return []contract.Clause[casestatus.Cases]{
		{Name: "Mailed/OfTheNumbers", Promise: "Mailed gives the mailings of these numbers with their cases, withheld ones too, by receipt number and as they were mailed", Check: mailedOf},
		{Name: "Mailed/None", Promise: "a number that was never mailed, and no number at all, have no mailings", Check: mailedNone},
		{Name: "Mailed/AsOnFile", Promise: "Mailed goes by what is on file now: a mailing that was taken back is gone, and the addresses are the present ones", Check: mailedAsOnFile},
		{Name: "Mailed/Many", Promise: "Mailed takes as many numbers as there are, in any order", Check: mailedMany},
		{Name: "Mailed/Cancelled", Promise: "under a canceled context Mailed gives the error of the context", Check: mailedCancelled},
	}
}

// mailedCase returns the n-th case with pieces of these numbers mailed for it.
func mailedCase(n int, pieces ...int) casestatus.Case {
	c := NewCase(n)
	c.Mailings = []casestatus.Mailing{{Document: "Notice", Mailed: c.Filed}}
	for _, piece := range pieces {
		c.Mailings = append(c.Mailings, casestatus.Mailing{
			Document: casestatus.PermanentResidentCard, Number: NewPiece(piece, 0).Number, Mailed: c.Filed.AddDays(100 + piece),
		})
	}
	return c
}

// wantMailed checks what was mailed under the numbers of the pieces.
func wantMailed(ctx context.Context, s casestatus.Cases, pieces []int, want ...casestatus.CaseMailing) error {
	numbers := make([]tracking.Number, len(pieces))
	for i, piece := range pieces {
		numbers[i] = NewPiece(piece, 0).Number
	}
	got, err := s.Mailed(ctx, numbers...)
	if err != nil {
		return err
	}
	if !slices.EqualFunc(got, want, casestatus.CaseMailing.Equal) {
		return fmt.Errorf("mailed under the pieces %d: %+v, want %+v", pieces, got, want)
	}
	return nil
}

func mailing(c casestatus.Case, n int) casestatus.CaseMailing {
	return casestatus.CaseMailing{Mailing: c.Mailings[n], Receipt: c.Receipt, Address: c.Address, Addresses: c.Addresses}
}

func mailedOf(ctx context.Context, s casestatus.Cases) error {
	first, second, third := mailedCase(1, 7, 8), mailedCase(2, 9), mailedCase(3, 8, 7, 8)
	third.Withheld = true
	third.Address, third.Addresses = NewAddress("07405"), nil
	for _, c := range []casestatus.Case{third, first, second} {
		if err := PutCase(ctx, s, c); err != nil {
			return err
		}
	}
	if err := wantMailed(ctx, s, []int{8}, mailing(first, 2), mailing(third, 1), mailing(third, 3)); err != nil {
		return err
	}
	// A number that is asked for twice is one.
	return wantMailed(ctx, s, []int{8, 7, 8}, mailing(first, 1), mailing(first, 2), mailing(third, 1), mailing(third, 2), mailing(third, 3))
}

func mailedNone(ctx context.Context, s casestatus.Cases) error {
	if err := PutCase(ctx, s, mailedCase(1, 7)); err != nil {
		return err
	}
	if err := wantMailed(ctx, s, []int{6}); err != nil {
		return err
	}
	if err := wantMailed(ctx, s, nil); err != nil {
		return err
	}
	got, err := s.Mailed(ctx, tracking.Number{}) // the notice went without one
	if err != nil || len(got) > 0 {
		return fmt.Errorf("mailed without a number: %d mailings, and the error %w", len(got), err)
	}
	return nil
}

func mailedAsOnFile(ctx context.Context, s casestatus.Cases) error {
	before, after := mailedCase(1, 7, 8), mailedCase(1, 8)
	after.Address, after.Addresses = NewAddress("60601"), []casestatus.AddressEntry{
		{Address: before.Address}, {Address: NewAddress("60601"), From: cris.MustParseDate("2022-02-01"), Origin: "report-3", Entered: cris.MustParseDate("2022-02-03")},
	}
	for _, c := range []casestatus.Case{before, after} {
		if err := PutCase(ctx, s, c); err != nil {
			return err
		}
	}
	return wantMailed(ctx, s, []int{7, 8}, mailing(after, 1))
}

func mailedMany(ctx context.Context, s casestatus.Cases) error {
	var pieces []int
	for piece := range 1100 {
		pieces = append(pieces, piece)
	}
	first, last := mailedCase(1, 0), mailedCase(2, 1099, 1)
	for _, c := range []casestatus.Case{last, first} {
		if err := PutCase(ctx, s, c); err != nil {
			return err
		}
	}
	return wantMailed(ctx, s, append(pieces, 0), mailing(first, 1), mailing(last, 1), mailing(last, 2))
}

func mailedCancelled(ctx context.Context, s casestatus.Cases) error {
	if err := PutCase(ctx, s, mailedCase(1, 7)); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Mailed(ctx, NewPiece(7, 0).Number); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("Mailed gave the error %w", contract.OrNil(err))
	}
	return nil
}
