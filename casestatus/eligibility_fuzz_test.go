package casestatus_test

import (
	"math/big"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// FuzzDecideEligibility compares the decision with an oracle that knows nothing of this
// package's dates and decimals: it counts days by time.Time and months by big.Rat.
func FuzzDecideEligibility(f *testing.F) {
	f.Add(int32(8000), int32(8100), int32(8050), int32(7900), int64(145), uint8(1), uint8(0), int32(0), int32(0))
	f.Add(int32(8000), int32(8182), int32(8182), int32(0), int64(6), uint8(0), uint8(2), int32(0), int32(0))
	f.Add(int32(-7000), int32(8182), int32(8182), int32(8183), int64(0), uint8(0), uint8(1), int32(105), int32(0))
	f.Add(int32(4000), int32(5000), int32(4999), int32(0), int64(0), uint8(0), uint8(3), int32(0), int32(4001))
	f.Add(int32(0), int32(0), int32(1), int32(0), int64(3015), uint8(1), uint8(0), int32(-1), int32(0))
	f.Fuzz(func(t *testing.T, filedOn, on, readOn, inquiry int32, value int64, places, unit uint8, statedK, asOf int32) {
		begin := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
		// Days are counted from 2000, for two centuries about; 0 is no date.
		instant := func(days int32) (at time.Time, ok bool) {
			days %= 36_500
			return begin.AddDate(0, 0, int(days)), days != 0
		}
		date := func(days int32) cris.Date {
			if at, ok := instant(days); ok {
				return cris.DateOf(at, time.UTC)
			}
			return cris.Date{}
		}
		places %= 4
		units := []casestatus.Unit{casestatus.Months, casestatus.Weeks, casestatus.Days, "", "moons"}
		publication := casestatus.ProcessingTime{
			Form: "I-765", Office: "NSC", ReadOn: date(readOn), InquiryDate: date(inquiry), StatedDays: int(statedK % 5000), AsOf: date(asOf),
			Threshold: casestatus.Bound{Value: decimal.New(value%1_000_000, -int32(places)), Unit: units[int(unit)%len(units)]},
		}
		onFile := casestatus.Case{Header: casestatus.Header{Form: "I-765", Office: "NSC", Filed: date(filedOn)}}
		got := casestatus.DecideEligibility(onFile, publication, date(on), nil, casestatus.DefaultPolicy())

		want, inquiryDate := casestatus.Undecided, time.Time{}
		filedAt, hasFiled := instant(filedOn)
		onAt, hasOn := instant(on)
		readAt, hasRead := instant(readOn)
		inquiryAt, hasInquiry := instant(inquiry)
		asOfAt, hasAsOf := instant(asOf)
		days := func(from, to time.Time) int { return int(to.Sub(from) / (24 * time.Hour)) }
		decide := func(k int) {
			inquiryDate = onAt.AddDate(0, 0, -k)
			want = casestatus.Within
			if filedAt.Before(inquiryDate) {
				want = casestatus.Outside
			}
		}
		perUnit := map[casestatus.Unit]*big.Rat{
			casestatus.Months: big.NewRat(304, 10), casestatus.Weeks: big.NewRat(7, 1), casestatus.Days: big.NewRat(1, 1),
		}[publication.Threshold.Unit]
		switch {
		case !hasFiled || !hasOn || filedAt.After(onAt) || filedAt.Year() < 1952:
		case hasRead && readAt.After(onAt):
			want = casestatus.NotPosted
		case hasRead && days(readAt, onAt) > 365:
			want = casestatus.NotPosted
		case hasRead && hasInquiry && !inquiryAt.After(readAt):
			decide(days(inquiryAt, readAt))
		case statedK%5000 > 0:
			decide(int(statedK % 5000))
		case perUnit != nil && value%1_000_000 >= 0:
			product := new(big.Rat).SetFrac64(value%1_000_000, []int64{1, 10, 100, 1000}[places])
			product.Mul(product, perUnit)
			if product.Cmp(big.NewRat(9999*365, 1)) > 0 {
				t.Skip("longer than any calendar")
			}
			up := new(big.Int).Add(product.Num(), new(big.Int).Sub(product.Denom(), big.NewInt(1)))
			k := int(up.Quo(up, product.Denom()).Int64())
			if onAt.AddDate(0, 0, -k).Year() >= 1 {
				decide(k)
			} else {
				want = casestatus.Suppressed // no calendar goes back as far
			}
		case hasAsOf:
			want, inquiryDate = casestatus.Within, asOfAt
			if filedAt.Before(asOfAt) {
				want = casestatus.Outside
			}
		default:
			want = casestatus.Suppressed
		}
		require.Equal(t, want, got.Outcome)
		require.NotEmpty(t, got.Reasons)
		if !inquiryDate.IsZero() {
			require.Equal(t, cris.DateOf(inquiryDate, time.UTC), got.InquiryDate)
		}
		if !got.OutsideFrom.IsZero() {
			require.Equal(t, got.Outcome == casestatus.Outside, !date(on).Before(got.OutsideFrom))
		}
	})
}
