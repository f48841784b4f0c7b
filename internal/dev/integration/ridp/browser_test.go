package ridp_test

import (
	"fmt"
	"html/template"
	"io"
	"log"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/ridp"
	"github.com/seed28e20331/cris/adapters/ridp/ridptest"
	"github.com/seed28e20331/cris/selfcheck"
)

// site is a program on the web, with sessions in cookies, and behind it the service.
type site struct {
	url      string
	service  *ridptest.Server
	config   ridp.Config
	language cris.Language

	mu       sync.Mutex
	began    map[string]selfcheck.Progress // by session
	ended    map[string]selfcheck.Progress
	failures []error
}

// newSite starts the program and the service.
func newSite(t *testing.T, service *ridptest.Server) *site {
	t.Helper()
	s := &site{service: service, began: map[string]selfcheck.Progress{}, ended: map[string]selfcheck.Progress{}}
	behind := httptest.NewUnstartedServer(service)
	behind.Config.ErrorLog = log.New(io.Discard, "", 0) // of connections that the service breaks
	behind.StartTLS()
	t.Cleanup(behind.Close)
	mux := http.NewServeMux()
	front := httptest.NewServer(mux)
	t.Cleanup(front.Close)
	s.url = front.URL
	s.config = ridp.Config{
		Endpoint: behind.URL, Client: behind.Client(), PageURL: front.URL + "/quiz", ReturnURL: front.URL + "/return",
		Level: ridp.LevelThree, Subscriber: "7654321", Keys: [][]byte{[]byte("0123456789abcdef0123456789abcdef")},
	}
	mux.HandleFunc("/start", s.start)
	mux.HandleFunc("POST /return", s.conclude)
	// Each request is served by a process of its own.
	mux.HandleFunc("/quiz", func(w http.ResponseWriter, r *http.Request) { s.process().Handler().ServeHTTP(w, r) })
	return s
}

// process is a provider as a process that was started a moment ago has it.
func (s *site) process() *ridp.Provider {
	provider, err := ridp.New(s.config)
	if err != nil {
		panic(err)
	}
	return provider
}

var toQuiz = template.Must(template.New("").Parse(`<!DOCTYPE html><html lang="en"><title>Go on</title>
<form method="post" action="{{.URL}}">{{range .Values}}<input type="hidden" name="{{.Name}}" value="{{.Value.Reveal}}">{{end}}
<button>Go to the questions</button></form>`))

// start begins a proofing under the session's reference.
func (s *site) start(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	session := fmt.Sprintf("%032x", len(s.began)+1)
	progress, err := s.process().Begin(r.Context(), selfcheck.Beginning{
		Reference: selfcheck.Reference(session), Applicant: someApplicant(), Language: s.language,
	})
	s.began[session] = progress
	if err != nil {
		s.failures = append(s.failures, err)
	}
	http.SetCookie(w, &http.Cookie{Name: "session", Value: session, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	_ = toQuiz.Execute(w, progress.Quiz)
}

// conclude takes what the browser brings back.
func (s *site) conclude(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	cookie, err := r.Cookie("session")
	if err != nil {
		http.Error(w, "no session", http.StatusForbidden)
		return
	}
	progress, err := s.process().Conclude(
		r.Context(), selfcheck.Reference(cookie.Value), s.began[cookie.Value].Transaction, r.PostFormValue(ridp.FieldReturned))
	s.ended[cookie.Value] = progress
	if err != nil {
		s.failures = append(s.failures, err)
	}
	_, _ = io.WriteString(w, "<!DOCTYPE html><html lang=\"en\"><title>Done</title>")
}

// lastEnd is what the program knows of the last proofing that came back.
func (s *site) lastEnd() selfcheck.Progress {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended[fmt.Sprintf("%032x", len(s.began))]
}

func someApplicant() selfcheck.Applicant {
	name, nameErr := cris.NewPersonName(cris.NameParts{Family: "Peña-O’Neil", Given: "María José", Middle: "Á", Maiden: "Ruiz"})
	home, homeErr := cris.NewAddress(cris.AddressParts{
		Street: "12 1/2 Elm St., rear", Unit: "Apt #4", City: "St. Paul", State: "MN", ZIP: cris.MustParseZIP("55101-0001"),
	})
	ssn, ssnErr := selfcheck.ParseSandboxSSN("900-55-1234")
	if nameErr != nil || homeErr != nil || ssnErr != nil {
		panic("the applicant of the tests is no applicant")
	}
	return selfcheck.Applicant{Name: name, BirthDate: cris.NewPersonal(cris.MustParseDate("1984-02-29")), Residence: home, SSN: ssn}
}

// browser shows one page after the other and keeps cookies. It runs no scripts.
type browser struct {
	client *http.Client
	at     *url.URL
	status int
	page   *html.Node
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &browser{client: &http.Client{Jar: jar, Timeout: time.Minute}}
}

func (b *browser) open(t *testing.T, address string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	require.NoError(t, err)
	b.do(t, r)
}

func (b *browser) do(t *testing.T, r *http.Request) {
	t.Helper()
	response, err := b.client.Do(r)
	require.NoError(t, err)
	defer func() { require.NoError(t, response.Body.Close()) }()
	b.status, b.at = response.StatusCode, response.Request.URL
	b.page, err = html.Parse(response.Body)
	require.NoError(t, err)
}

// press sends the form of the page, with the button that has this value, "" for one without.
func (b *browser) press(t *testing.T, button string, choices map[string]string) {
	t.Helper()
	form := b.find(func(n *html.Node) bool { return n.Data == "form" })
	require.Len(t, form, 1, "a page has one form")
	sent := url.Values{}
	for _, input := range b.find(func(n *html.Node) bool { return n.Data == "input" && attr(n, "type") == "hidden" }) {
		sent.Set(attr(input, "name"), attr(input, "value"))
	}
	for name, value := range choices {
		sent.Set(name, value)
	}
	pressed := b.find(func(n *html.Node) bool { return n.Data == "button" && attr(n, "value") == button })
	require.NotEmpty(t, pressed, "no such button")
	if name := attr(pressed[0], "name"); name != "" {
		sent.Set(name, button)
	}
	address, err := b.at.Parse(attr(form[0], "action")) // without an action, the page itself
	require.NoError(t, err)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address.String(), strings.NewReader(sent.Encode()))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	b.do(t, r)
}

// choices picks a choice of each question: the right one, or another.
func (b *browser) choices(right bool) map[string]string {
	picked := map[string]string{}
	for _, label := range b.find(func(n *html.Node) bool { return n.Data == "label" }) {
		input := label.FirstChild
		for input != nil && input.Data != "input" {
			input = input.NextSibling
		}
		if strings.HasPrefix(strings.TrimSpace(text(label)), ridptest.RightChoice) == right {
			picked[attr(input, "name")] = attr(input, "value")
		}
	}
	return picked
}

func (b *browser) find(isIt func(*html.Node) bool) (found []*html.Node) {
	for n := range b.page.Descendants() {
		if n.Type == html.ElementNode && isIt(n) {
			found = append(found, n)
		}
	}
	return found
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func text(n *html.Node) string {
	var all strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			all.WriteString(d.Data)
		}
	}
	return all.String()
}
