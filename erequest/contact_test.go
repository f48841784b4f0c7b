package erequest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/internal/text"
)

func TestER5_ContactsAreComparedInOneFormAndKeptAsEntered(t *testing.T) {
	for entered, want := range map[string]string{
		"Ana@Example.ORG": "Ana@example.org", " ana@example.org\n": "ana@example.org", "jose\u0301@correo.example": "josé@correo.example", "abc": "", "": "",
		"Ana <ana@example.org>": "", `"ana maria"@example.org`: "", "ana@[127.0.0.1]": "",
		"ana@ex\u0430mple.org": "", "a@g\u2c9f\u2c9fgle.com": "", "a@\ua4d1aypal.com": "", "a@paypal\u05d5.com": "", "a@\U0001d429aypal.com": "", "a@\uff4dicrosoft.com": "",
		"a@\u0301b.com": "", "a@\u03b1\u0430.com": "", "a@\uac00\u3042.com": "", "a@\u0915\u094d\u0937.in": "a@\u0915\u094d\u0937.in", "ana@日本tokyo.jp": "ana@日本tokyo.jp", "ana@bücher.example": "ana@bücher.example", "ana@\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444": "ana@\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444", "ana@例え.jp": "ana@例え.jp",
	} {
		contact := erequest.Contact{Email: cris.NewPersonal(entered)}
		require.Equal(t, want, contact.NormalEmail().Reveal(), "%q", entered)
		require.Equal(t, entered, contact.Email.Reveal())
	}
	for entered, want := range map[string]string{
		"(202) 555-0143": "+12025550143", "1 202 555 0143": "+12025550143", "+1 202 555 0143": "+12025550143",
		"202.555.0143 ext. 12": "+12025550143;ext=12", "2025550143x12": "+12025550143;ext=12", "+46 8 123 456 78": "+46812345678", "+46 8123 456 #9": "+468123456;ext=9",
		"abc": "", "": "", "555-0143": "", "800-411-7246": "+18004117246", "212-411-7246": "", "202-555-0143 extensión 5": "+12025550143;ext=5",
		"202-555-0143 ext: 5": "+12025550143;ext=5", "+12025550143;ext=5": "+12025550143;ext=5", "+44 (0)20 7946 0958": "+442079460958", "+49 (0) 30 123456": "+4930123456",
	} {
		contact := erequest.Contact{Phone: cris.NewPersonal(entered)}
		require.Equal(t, want, contact.NormalPhone().Reveal(), "%q", entered)
		require.Equal(t, entered, contact.Phone.Reveal())
	}
}

func TestER5_TheResponseGoesWhereTheCustomerWantsIt(t *testing.T) {
	full := erequesttest.NewDetails(erequest.CardNotReceived).Contact
	for _, tt := range []struct {
		contact erequest.Contact
		want    []cris.Reason
	}{
		{erequest.Contact{Email: full.Email, Phone: full.Phone, Preferred: erequest.ByTelephone}, nil},
		{erequest.Contact{Email: full.Email, Phone: full.Phone}, reasons("preferred_unreachable")},
		{erequest.Contact{Email: full.Email, Preferred: erequest.ByLetter}, reasons("preferred_unreachable")},
		{erequest.Contact{Email: full.Email, Preferred: "pigeon"}, reasons("preferred_unreachable")},
		{erequest.Contact{Email: full.Email}, nil},
		{erequest.Contact{Preferred: erequest.ByEmail}, reasons("contact_missing")},
		{
			erequest.Contact{Email: cris.NewPersonal("abc"), Phone: cris.NewPersonal("abc"), Preferred: erequest.ByLetter},
			reasons("email_malformed", "phone_malformed", "preferred_unreachable"),
		},
	} {
		details := erequesttest.NewDetails(erequest.CardNotReceived)
		details.Contact = tt.contact
		require.Equal(t, tt.want, erequest.DecideDetails(erequest.CardNotReceived, "I-765", details, today))
	}
	require.Empty(t, erequest.Contact{Email: full.Email, Phone: full.Phone}.PreferredMeans())
	require.Empty(t, erequest.Contact{}.PreferredMeans())
}

func TestER5_AContactThatNobodyHasIsRefused(t *testing.T) {
	ways := func(c erequest.Contact) int {
		faults := erequest.DecideDetails(erequest.Issues()[0], "I-765", erequest.Details{Contact: c}, cris.MustParseDate("2013-08-15"))
		return len(faults)
	}
	good := ways(erequest.Contact{Email: cris.NewPersonal("ann@example.com")})
	for _, s := range []string{"ann\u00ad@example.com", "a\u200bnn@example.com", "ann@exam\u3164ple.com", "\u2060ann@example.com"} {
		if ways(erequest.Contact{Email: cris.NewPersonal(s)}) != good+1 {
			t.Errorf("%+q is taken for an address", s)
		}
	}
	if ways(erequest.Contact{Email: cris.NewPersonal("ann@" + strings.Repeat("a", 64) + ".com")}) != good+1 {
		t.Error("a label of 64 characters is taken for one of a domain")
	}
	for _, s := range []string{"911-555-1234", "212-911-1234", "+1 411 555 1234"} {
		if ways(erequest.Contact{Phone: cris.NewPersonal(s)}) != good+1 {
			t.Errorf("%+q is taken for a phone number", s)
		}
	}
	if ways(erequest.Contact{Phone: cris.NewPersonal("212-555-1234")}) != good {
		t.Error("a phone number that can be called is refused")
	}
}

// statesAndZIPs are addresses by state and ZIP code, and whether the two go together.
var statesAndZIPs = []struct {
	state, zip string
	good       bool
}{
	{"NJ", "07405", true},
	{"NJ", "10001", true}, // of a neighbor
	{"NJ", "90210", false},
	{"NJ", "26901", false}, // which no state has
	{"AP", "96201", true},
	{"GU", "96910", true},
	{"PR", "07405", false},
}

func addressIn(t *testing.T, state, zip string) cris.Address {
	t.Helper()
	address, err := cris.NewAddress(cris.AddressParts{Street: "1 Main St", City: "Springfield", State: state, ZIP: cris.MustParseZIP(zip)})
	require.NoError(t, err)
	return address
}

func TestER5_StateAndZIPGoTogether(t *testing.T) {
	for _, test := range statesAndZIPs {
		details := erequesttest.NewDetails(erequest.CardNotReceived, func(d *erequest.Details) { d.Contact.Address = addressIn(t, test.state, test.zip) })
		var want []cris.Reason
		if !test.good {
			want = reasons("address_zip_elsewhere")
		}
		require.Equal(t, want, erequest.DecideDetails(erequest.CardNotReceived, "I-765", details, today), "%s %s", test.state, test.zip)
	}
}

// Of a representative's contact it is told that it reaches nobody, not why.
func TestER14_StateAndZIPOfARepresentativeGoTogether(t *testing.T) {
	for _, test := range statesAndZIPs {
		details := erequesttest.NewDetails(erequest.CardNotReceived, func(d *erequest.Details) {
			d.Representative = erequesttest.NewRepresentative(func(r *erequest.Representative) { r.Contact.Address = addressIn(t, test.state, test.zip) })
		})
		var want []cris.Reason
		if !test.good {
			want = reasons("representative_unreachable")
		}
		require.Equal(t, want, erequest.DecideDetails(erequest.CardNotReceived, "I-765", details, today), "%s %s", test.state, test.zip)
	}
}

// What mail can be sent to is in one form, is one line of what can be seen, and stays as it is.
func FuzzER5_NormalEmail(f *testing.F) {
	for _, entered := range []string{
		"Ana@Example.ORG", " jose\u0301@correo.example\n", "ana@ex\u0430mple.org", "ana@\u03b1\u0430.org", "ana@日本tokyo.jp", "<script>@example.org",
		"{{.Name}}@example.org", "o'neill@example.org", "a@b.co\u202em", "Z\u0351\u0351\u0351\u0351\u0351\u0351\u0351\u0351\u0351@example.org", "\xff@example.org", `"a b"@example.org`, "a@\ufb2c\u0323.il",
	} {
		f.Add(entered)
	}
	f.Fuzz(func(t *testing.T, entered string) {
		normal := erequest.Contact{Email: cris.NewPersonal(entered)}.NormalEmail()
		if normal.IsZero() {
			return
		}
		require.Equal(t, normal, erequest.Contact{Email: normal}.NormalEmail())
		require.True(t, text.IsPlain(normal.Reveal()), "%+q", normal.Reveal())
		require.NotContains(t, normal.Reveal(), "\n")
	})
}
