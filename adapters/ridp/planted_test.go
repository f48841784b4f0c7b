package ridp_test

import (
	"bytes"
	"log"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/ridp/ridptest"
	"github.com/seed28e20331/cris/internal/dev/planted"
	"github.com/seed28e20331/cris/selfcheck"
)

// secrets are what the applicant, the questions and the answers of these tests consist of,
// and the words of the service.
var secrets = []string{
	"Zyxfamily", "Zyxgiven", "Zyxmiddle", "Zyxmaiden", "Zyxstreet", "Zyxcity", "Zyxunit", "1984-02-29", "900-55-1234", "900551234",
	"Zyxquestion", "Zyxright", "Zyxwrong", "Zyxerror", "Zyxgateway", "SESSION",
}

func plantedApplicant() selfcheck.Applicant {
	ssn, _ := selfcheck.ParseSandboxSSN("900-55-1234")
	return selfcheck.Applicant{
		Name: planted.Name("Zyxfamily"), BirthDate: cris.NewPersonal(cris.MustParseDate("1984-02-29")),
		Residence: planted.Address("1 Zyxstreet", "DC", "20001"), SSN: ssn,
	}
}

// Whatever the service does, nothing personal comes out of the adapter, printed or logged:
// neither in an error nor in what it returns, nor in itself. Only the page, which the individual
// sees, has the questions.
func TestSC5_NothingPersonalComesOut(t *testing.T) {
	var logged bytes.Buffer
	before := log.Writer()
	log.SetOutput(&logged)
	t.Cleanup(func() { log.SetOutput(before) })

	replies := map[string]ridptest.Reply{"as it is": nil, "echo": echo()}
	for _, list := range []map[string]struct {
		reply ridptest.Reply
		want  ridpError
	}{failures, primaryFailures, secondaryFailures} {
		for name, test := range list {
			if test.want.Kind != "timeout" && name != "100 MB" {
				replies[name] = test.reply
			}
		}
	}
	for name, reply := range replies {
		t.Run(name, func(t *testing.T) {
			var out planted.Output
			f := newFixture(t, nil)
			begin := selfcheck.Beginning{Reference: someReference, Applicant: plantedApplicant(), Language: cris.English}
			if reply != nil {
				f.service.Primary(reply)
			}
			progress, err := f.provider.Begin(t.Context(), begin)
			out.Note(progress)
			if err != nil {
				out.Note(err)
			}

			progress, err = f.provider.Begin(t.Context(), begin)
			require.NoError(t, err)
			out.Note(progress)
			form := map[string][]string{}
			for _, value := range progress.Quiz.Values {
				form[value.Name] = []string{value.Value.Reveal()}
			}
			if reply != nil {
				f.service.Secondary(reply)
			}
			done := post(t, f.provider, post(t, f.provider, form).answered(true))
			for _, secret := range secrets {
				require.NotContains(t, done.body, secret)
			}
			returned := done.returned(t)
			for _, returned := range []string{returned, "", "Zyxgiven", returned + "Zyxgiven"} {
				progress, err = f.provider.Conclude(t.Context(), someReference, progress.Transaction, returned)
				require.NoError(t, err)
				out.Note(progress)
			}
			out.Note(sprintf("%+v", f.provider))
			require.Empty(t, out.Leaked(secrets))
		})
	}
	require.Empty(t, logged.String())
}

// echo is a service whose error text repeats what it was sent.
func echo() ridptest.Reply {
	return ridptest.As(func(r *ridptest.Response) {
		*r = ridptest.Response{Code: "HX123456", Text: strings.Join(secrets, " ")}
	})
}

// The keys do not come out of the provider.
func TestProvider_DoesNotPrintItsKeys(t *testing.T) {
	f := newFixture(t, nil)
	var out planted.Output
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x"} {
		out.Note(sprintf(verb, f.provider), sprintf(verb, *f.provider))
	}
	require.Empty(t, out.Leaked([]string{string(key(1)), "1 1 1 1", "0x1, 0x1, 0x1", "16843009", "0x1010101"}))
}
