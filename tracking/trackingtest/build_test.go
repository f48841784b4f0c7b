package trackingtest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/tracking"
)

func TestNumber_IsOfNoRealMailer(t *testing.T) {
	last := tracking.Number{}
	for _, n := range []int{1, 2, 9_999_999, 10_000_000, 10_000_001, 99_999_999} {
		number := Number(n)
		require.Equal(t, "999999999", number.MailerID(), n)
		require.Equal(t, tracking.IMpb, number.Format(), n)
		require.Len(t, number.String(), 22, n)
		require.True(t, number.CheckDigitOK(), n)
		require.Negative(t, last.Compare(number), "in order")
		last = number
	}
	require.Panics(t, func() { Number(100_000_000) })
}

func TestAnyNumbers_AreOfEveryKind(t *testing.T) {
	type kind struct {
		format tracking.Format
		length int
		right  bool
	}
	var kinds []kind
	for _, number := range anyNumbers() {
		kinds = append(kinds, kind{number.Format(), len(number.String()), number.CheckDigitOK()})
	}
	require.Equal(t, []kind{
		{tracking.IMpb, 22, true},
		{tracking.IMpb, 26, true},
		{tracking.IMpb, 30, true},
		{tracking.Legacy, 20, true},
		{tracking.Legacy, 22, true},
		{tracking.S10, 13, true},
		{tracking.IMpb, 22, false},
	}, kinds)
}

func TestOtherNumbers_AreRightWhateverTheirDigits(t *testing.T) {
	for n := 1; n <= 1000; n++ {
		require.Equal(t, tracking.Legacy, legacyNumber(n).Format(), n)
		require.Equal(t, tracking.S10, s10Number(n).Format(), n)
		require.Equal(t, "999999999", legacyNumber(n).MailerID(), n)
	}
}
