package ridp_test

import (
	"bytes"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/ridp"
	"github.com/seed28e20331/cris/adapters/ridp/ridptest"
	"github.com/seed28e20331/cris/selfcheck"
)

const (
	someReference  selfcheck.Reference = "00112233445566778899aabbccddeeff"
	otherReference selfcheck.Reference = "ffeeddccbbaa99887766554433221100"
)

// clock is a clock that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// fixture is the service with a provider, and a page of its quiz.
type fixture struct {
	service  *ridptest.Server
	clock    *clock
	config   ridp.Config
	provider *ridp.Provider
}

func key(b byte) []byte { return bytes.Repeat([]byte{b}, 32) }

func newFixture(t *testing.T, options *ridptest.Options, change ...func(*ridp.Config)) *fixture {
	t.Helper()
	f := &fixture{service: ridptest.New(options), clock: newClock()}
	server := httptest.NewUnstartedServer(f.service)
	server.Config.ErrorLog = quiet()
	server.StartTLS()
	t.Cleanup(server.Close)
	f.config = ridp.Config{
		Endpoint: server.URL + "/ridp", Client: server.Client(), Keys: [][]byte{key(1)}, Now: f.clock.now,
		PageURL: "https://program.example/quiz", ReturnURL: "https://program.example/return",
		Level: ridp.LevelTwo, Subscriber: "1234567",
	}
	for _, change := range change {
		change(&f.config)
	}
	f.provider = newProvider(t, f.config)
	return f
}

func newProvider(t *testing.T, config ridp.Config) *ridp.Provider {
	t.Helper()
	provider, err := ridp.New(config)
	require.NoError(t, err)
	return provider
}

func someApplicant(t *testing.T) selfcheck.Applicant {
	t.Helper()
	return applicant(t, cris.NameParts{Family: "Ordóñez-O'Hara", Given: "Zoë Ann", Middle: "M", Maiden: "Zyxmaiden"})
}

func applicant(t *testing.T, parts cris.NameParts) selfcheck.Applicant {
	t.Helper()
	name, err := cris.NewPersonName(parts)
	require.NoError(t, err)
	home, err := cris.NewAddress(cris.AddressParts{
		Street: "12 Zyxstreet, N.W.", Unit: "Apt #4", City: "St. Zyxcity", State: "DC", ZIP: cris.MustParseZIP("20001-0001"),
	})
	require.NoError(t, err)
	ssn, err := selfcheck.ParseSandboxSSN("900-55-1234")
	require.NoError(t, err)
	return selfcheck.Applicant{Name: name, BirthDate: cris.NewPersonal(cris.MustParseDate("1984-02-29")), Residence: home, SSN: ssn}
}

func (f *fixture) begin(t *testing.T) (selfcheck.Progress, error) {
	t.Helper()
	return f.provider.Begin(t.Context(), selfcheck.Beginning{Reference: someReference, Applicant: someApplicant(t), Language: cris.English})
}

// quiz begins a proofing and returns the form that leads to its quiz.
func (f *fixture) quiz(t *testing.T) (selfcheck.IdPTransactionID, url.Values) {
	t.Helper()
	progress, err := f.begin(t)
	require.NoError(t, err)
	require.Zero(t, progress.Report)
	require.Equal(t, "https://program.example/quiz", progress.Quiz.URL)
	form := url.Values{}
	for _, value := range progress.Quiz.Values {
		form.Set(value.Name, value.Value.Reveal())
	}
	return progress.Transaction, form
}

// shown is a page as the browser has it.
type shown struct {
	status int
	header http.Header
	body   string
}

// post sends a form to the page of the provider.
func post(t *testing.T, provider *ridp.Provider, form url.Values) shown {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/quiz", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return serve(t, provider, r)
}

func serve(t *testing.T, provider *ridp.Provider, r *http.Request) shown {
	t.Helper()
	w := httptest.NewRecorder()
	provider.Handler().ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	require.NoError(t, err)
	return shown{w.Code, w.Result().Header, string(body)}
}

var (
	hiddenInput = regexp.MustCompile(`<input type="hidden" name="([a-z]+)" value="([^"]*)">`)
	choiceLabel = regexp.MustCompile(`name="(answer\d)" value="(\d)" required> <span>([^<]*)</span>`)
	formAction  = regexp.MustCompile(`<form method="post" action="([^"]*)">`)
)

// hidden returns the hidden values of the form on the page.
func (s shown) hidden() url.Values {
	form := url.Values{}
	for _, found := range hiddenInput.FindAllStringSubmatch(s.body, -1) {
		form.Set(found[1], html.UnescapeString(found[2]))
	}
	return form
}

// answered returns the form with one choice for each question: the right ones, or the others.
func (s shown) answered(right bool) url.Values {
	form := s.hidden()
	form.Set("act", "answer")
	for _, found := range choiceLabel.FindAllStringSubmatch(s.body, -1) {
		if strings.HasPrefix(found[3], ridptest.RightChoice) == right {
			form.Set(found[1], found[2])
		}
	}
	return form
}

// pressed returns the form with a button pressed and nothing chosen.
func (s shown) pressed(act string) url.Values {
	form := s.hidden()
	form.Set("act", act)
	return form
}

// returned is what the button of the page takes back.
func (s shown) returned(t *testing.T) string {
	t.Helper()
	action := formAction.FindStringSubmatch(s.body)
	require.NotNil(t, action, "no way back")
	require.Equal(t, "https://program.example/return", html.UnescapeString(action[1]))
	return s.hidden().Get(ridp.FieldReturned)
}

func (f *fixture) conclude(t *testing.T, returned string) selfcheck.Progress {
	t.Helper()
	progress, err := f.provider.Conclude(t.Context(), someReference, "HUB-000001", returned)
	require.NoError(t, err)
	return progress
}

// notOver is what is known while a quiz is not over.
var notOver = selfcheck.Progress{Transaction: "HUB-000001"}
