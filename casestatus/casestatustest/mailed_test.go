package casestatustest

import (
	"context"
	"slices"
	"testing"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

type mailedFunc = func(ctx context.Context, numbers ...tracking.Number) ([]casestatus.CaseMailing, error)

// flawedMailings is a correct store whose Mailed lies.
type flawedMailings struct {
	casestatus.Cases
	mailed mailedFunc
}

func (f flawedMailings) Mailed(ctx context.Context, numbers ...tracking.Number) ([]casestatus.CaseMailing, error) {
	return f.mailed(ctx, numbers...)
}

func TestKit_RefusesBrokenMailings(t *testing.T) {
	broken := func(clause, flaw string, spoil func(good casestatus.Cases) mailedFunc) contract.Broken[casestatus.Cases] {
		return contract.Broken[casestatus.Cases]{Clause: clause, Flaw: flaw, New: func(*testing.T) casestatus.Cases {
			good := memory.New().Cases()
			return flawedMailings{good, spoil(good)}
		}}
	}
	contract.Refuses(t, mailedClauses(), []contract.Broken[casestatus.Cases]{
		broken("Mailed/OfTheNumbers", "hides withheld cases", func(good casestatus.Cases) mailedFunc {
			return func(ctx context.Context, numbers ...tracking.Number) ([]casestatus.CaseMailing, error) {
				all, err := good.Mailed(ctx, numbers...)
				return slices.DeleteFunc(all, func(m casestatus.CaseMailing) bool {
					_, hidden := good.Case(ctx, m.Receipt)
					return hidden != nil
				}), err
			}
		}),
		broken("Mailed/OfTheNumbers", "gives the first mailing of each number", func(good casestatus.Cases) mailedFunc {
			return func(ctx context.Context, numbers ...tracking.Number) (firsts []casestatus.CaseMailing, err error) {
				all, err := good.Mailed(ctx, numbers...)
				for _, m := range all {
					if !slices.ContainsFunc(firsts, func(f casestatus.CaseMailing) bool { return f.Number == m.Number }) {
						firsts = append(firsts, m)
					}
				}
				return firsts, err
			}
		}),
		broken("Mailed/OfTheNumbers", "gives a mailing each time that it is asked for", func(good casestatus.Cases) mailedFunc {
			return func(ctx context.Context, numbers ...tracking.Number) (all []casestatus.CaseMailing, err error) {
				mailed, err := good.Mailed(ctx, numbers...)
				for _, m := range mailed {
					for _, number := range numbers {
						if number == m.Number {
							all = append(all, m)
						}
					}
				}
				return all, err
			}
		}),
		broken("Mailed/None", "gives an error for what was never mailed", func(good casestatus.Cases) mailedFunc {
			return func(ctx context.Context, numbers ...tracking.Number) ([]casestatus.CaseMailing, error) {
				all, err := good.Mailed(ctx, numbers...)
				if err == nil && len(all) == 0 {
					err = casestatus.ErrNotFound
				}
				return all, err
			}
		}),
		broken("Mailed/AsOnFile", "gives the address of the time of mailing", func(good casestatus.Cases) mailedFunc {
			return func(ctx context.Context, numbers ...tracking.Number) ([]casestatus.CaseMailing, error) {
				all, err := good.Mailed(ctx, numbers...)
				for i := range all {
					all[i].Address = NewCase(1).Address // as it was when the document was mailed
				}
				return all, err
			}
		}),
		broken("Mailed/AsOnFile", "leaves out the addresses before the present one", func(good casestatus.Cases) mailedFunc {
			return func(ctx context.Context, numbers ...tracking.Number) ([]casestatus.CaseMailing, error) {
				all, err := good.Mailed(ctx, numbers...)
				for i := range all {
					all[i].Addresses = nil
				}
				return all, err
			}
		}),
		broken("Mailed/Many", "looks at the first 500 numbers", func(good casestatus.Cases) mailedFunc {
			return func(ctx context.Context, numbers ...tracking.Number) ([]casestatus.CaseMailing, error) {
				return good.Mailed(ctx, numbers[:min(500, len(numbers))]...)
			}
		}),
		broken("Mailed/Cancelled", "does not look at the context", func(good casestatus.Cases) mailedFunc {
			return func(ctx context.Context, numbers ...tracking.Number) ([]casestatus.CaseMailing, error) {
				return good.Mailed(context.WithoutCancel(ctx), numbers...)
			}
		}),
	})
}
