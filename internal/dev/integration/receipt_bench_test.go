package integration_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/casestatus"
)

// receiptPattern says the same as ParseReceiptNumber, as the peers here say it: by a
// regular expression for both shapes.
var receiptPattern = regexp.MustCompile(`^[A-Z]{3}(?:[0-9]{10}|\*[0-9]{9})$`)

func receiptByRegexp(entered string) (string, bool) {
	folded := strings.Map(func(r rune) rune {
		switch {
		case r == ' ', r == '-':
			return -1
		case 'a' <= r && r <= 'z':
			return r - 'a' + 'A'
		}
		return r
	}, entered)
	return folded, receiptPattern.MatchString(folded)
}

// enteredReceipts is what a service is handed: of twenty good numbers, sixteen in the
// canonical form and one with an asterisk, as programs pass them on, and three with
// hyphens, blanks or small letters, as people copy them from a notice. Wrong ones are not
// among them: a regular expression does not say what is wrong, and that is what takes
// the time.
func enteredReceipts() []string {
	random := rand.New(rand.NewPCG(1, 2))
	entered := make([]string, 1000)
	for i := range entered {
		digits := fmt.Sprintf("%010d", random.Int64N(1e10))
		prefix := []string{"IOE", "MSC", "SRC", "LIN"}[random.IntN(4)]
		switch i % 20 {
		case 2, 3:
			entered[i] = strings.ToLower(prefix) + "-" + digits[:2] + "-" + digits[2:5] + "-" + digits[5:]
		case 4:
			entered[i] = prefix + " " + digits[:2] + " " + digits[2:5] + " " + digits[5:]
		case 5:
			entered[i] = prefix + "*" + digits[1:]
		default:
			entered[i] = prefix + digits
		}
	}
	return entered
}

func TestReceipt_BothWaysAgree(t *testing.T) {
	for _, entered := range enteredReceipts() {
		want, ok := receiptByRegexp(entered)
		require.True(t, ok, entered)
		got, err := casestatus.ParseReceiptNumber(entered)
		require.NoError(t, err)
		require.Equal(t, want, got.String())
		for at := range entered {
			wrong := entered[:at] + "!" + entered[at+1:]
			_, ok = receiptByRegexp(wrong)
			_, err = casestatus.ParseReceiptNumber(wrong)
			require.Equal(t, ok, err == nil, wrong)
		}
	}
}

func BenchmarkReceipt_Ours(b *testing.B) {
	entered := enteredReceipts()
	b.ReportAllocs()
	for b.Loop() {
		good := 0
		for _, text := range entered {
			if _, err := casestatus.ParseReceiptNumber(text); err == nil {
				good++
			}
		}
		if good != len(entered) {
			b.Fatal(good)
		}
	}
}

func BenchmarkReceipt_Regexp(b *testing.B) {
	entered := enteredReceipts()
	b.ReportAllocs()
	for b.Loop() {
		good := 0
		for _, text := range entered {
			if _, ok := receiptByRegexp(text); ok {
				good++
			}
		}
		if good != len(entered) {
			b.Fatal(good)
		}
	}
}
