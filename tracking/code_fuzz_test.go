package tracking_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

var codeForm = regexp.MustCompile(`\A[0-9A-Z]{2}\z`)

// Whatever is read comes back as it was read, whether or not it is known.
func FuzzTR3_ParseCode(f *testing.F) {
	for _, seed := range []string{"01", "OF", "Q7", "a1", "0", "", "011", "0\n", "\x00\x00", "ÉÉ", "[0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input string) {
		code, err := tracking.ParseCode(input)
		fromBytes, bytesErr := tracking.ParseCode([]byte(input))
		require.Equal(t, err, bytesErr)
		require.Equal(t, code, fromBytes)
		require.Equal(t, codeForm.MatchString(input), err == nil)
		if err != nil {
			require.Empty(t, code)
			return
		}
		require.Equal(t, input, string(code))
		info, known := code.Info()
		require.Equal(t, known, code.Class() != tracking.Unknown)
		require.Equal(t, known, info.Code == code)
		_, known = tracking.Code(input + "0").Info()
		require.False(t, known)
		require.Equal(t, code.Class(), code.ClassOn(cris.MustParseDate("2013-08-15")))
	})
}

func FuzzParseFileID(f *testing.F) {
	f.Add("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
	f.Add("0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdeg")
	f.Add("")
	f.Fuzz(func(t *testing.T, input string) {
		id, err := tracking.ParseFileID(input)
		if err != nil {
			require.True(t, id.IsZero())
			return
		}
		again, err := tracking.ParseFileID(id.String())
		require.NoError(t, err)
		require.Equal(t, id, again)
		require.Len(t, id.String(), 64)
	})
}

// A text that says so, however it is written, is a delivery to the sender; and no more
// than its letters decide.
func FuzzTR3_DeliveredToSender(f *testing.F) {
	for _, seed := range []string{"DELIVERED, TO ORIGINAL SENDER", "DELIVERED, TO O", "Delivered to Sender", "DELIVERED", "DELIVERED TO AGENT", "DELIVERED IN/AT MAILBOX"} {
		f.Add(seed)
	}
	letters := regexp.MustCompile(`[^A-Za-z]`)
	f.Fuzz(func(t *testing.T, text string) {
		is := tracking.DeliveredToSender(text)
		require.Equal(t, is, tracking.DeliveredToSender([]byte(text)))
		plain := strings.ToUpper(letters.ReplaceAllString(text, ""))
		require.Equal(t, is, tracking.DeliveredToSender(plain))
		plain = plain[:min(len(plain), 64)]
		require.Equal(t, toSender.MatchString(plain), is)
	})
}

var toSender = regexp.MustCompile(`DELIVERED.*SENDER|^DELIVEREDTO(O|OR|ORI|ORIG|ORIGI|ORIGIN|ORIGINA|ORIGINAL|(ORIGINAL)?(S|SE|SEN|SEND|SENDE))$`)

func TestTR3_DeliveredToSender(t *testing.T) {
	for text, want := range map[string]bool{
		"DELIVERED, TO ORIGINAL SENDER":                     true,
		"Delivered, To Original Sender":                     true,
		"DELIVERED, TO O":                                   true, // cut short by its field
		"DELIVERED TO SE":                                   true,
		"DELIVERED TO THE ORIGINAL SENDER":                  true,
		"DELIVERED A TO ORIGINAL":                           false,
		"delivered a to original":                           false,
		"DELIVERED TO ORIGINALZ":                            false,
		"delivered to originalz":                            false,
		"DELIVERED, ORIGINAL SENDER":                        true,
		"DELIVERED, RETURNED TO SENDER":                     true,
		"Your item was delivered to the original sender at": true,
		"DELIVERED, TO ":                                    false,
		"DELIVERED, TO AGENT":                               false,
		"DELIVERED IN/AT MAILBOX":                           false,
		"RETURN TO SENDER":                                  false,
		"SENDER NOTIFIED, DELIVERED":                        false,
		"DELIV":                                             false,
		"DELIVERED TO SA":                                   false, // every letter counts
		"DELIVERED TO SZ":                                   false,
		"delivered to sa":                                   false,
		"delivered to sz":                                   false,
		"DELIVERED TO S@[`{":                                true, // and nothing else does
		"":                                                  false,
	} {
		require.Equal(t, want, tracking.DeliveredToSender(text), text)
	}
}
