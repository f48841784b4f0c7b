package ridp

import (
	"cmp"
	"errors"
	"maps"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/selfcheck"
)

// Level is the level of proofing. It determines how many questions are asked and how many must be
// answered correctly. The provider's contract says which level is which.
type Level string

// The levels.
const (
	LevelTwo    Level = "LevelTwo"
	LevelThree  Level = "LevelThree"
	OptionThree Level = "OptionThree"
)

// Levels lists the levels. The caller may keep and change the slice.
func Levels() []Level { return []Level{LevelTwo, LevelThree, OptionThree} }

// Config is how a Provider reaches the service, and where the individual's browser goes. All
// processes of a program have the same one.
type Config struct {
	Endpoint   string // URL of the service
	PageURL    string // where the program serves Provider.Handler, as a browser reaches it
	ReturnURL  string // the program's page that takes the sealed report with POST
	Level      Level  // "" leaves it to the service
	Subscriber string // seven digits, from the provider; "" leaves it out

	// Keys are secrets of 32 random bytes. The first one seals, and any of them opens. A key is
	// replaced in three steps: add the new one as the second, then put it first, and drop the old
	// one after Life. One key may seal four billion times.
	Keys [][]byte

	// Authorize adds to a request what the service requires, such as headers or a signature. It
	// may block within the deadline of the request and be called by several goroutines at once.
	// An error means that nothing is sent. nil adds nothing; certificates belong in the Client.
	Authorize func(*http.Request) error

	// Client sends the requests. nil is a client without a proxy. It is copied, and the copy
	// follows no redirection: an applicant goes to the Endpoint and nowhere else. Its
	// transport must not repeat requests.
	Client *http.Client

	Deadline time.Duration // for one call, from beginning to end; zero is ten seconds
	Life     time.Duration // of a sealed quiz and of a sealed report, at least selfcheck.Policy.QuizLife; zero is fifteen minutes

	// Codes are the response codes that the provider's contract adds, and what they mean, such as
	// selfcheck.IdPFraudAlert. Each is HE or HX and six digits. None can mean a pass.
	Codes map[selfcheck.ErrorCode]selfcheck.IdPOutcome

	Now func() time.Time // the clock; nil is time.Now
}

const (
	defaultDeadline = 10 * time.Second
	defaultLife     = 15 * time.Minute
)

// New returns the provider of the config. Its error names a field of the config that cannot be
// used, and does not repeat it. URLs are absolute and https, or http on the machine itself. It
// copies what it keeps, so the caller may change the config afterwards.
func New(config Config) (*Provider, error) {
	sealer, err := newSealer(config.Keys)
	if err != nil {
		return nil, err
	}
	returnURL, isReturn := parseURL(config.ReturnURL)
	_, isEndpoint := parseURL(config.Endpoint)
	_, isPage := parseURL(config.PageURL)
	switch {
	case !isEndpoint:
		return nil, errors.New("ridp: Endpoint is not a URL with https")
	case !isPage:
		return nil, errors.New("ridp: PageURL is not a URL with https")
	case !isReturn:
		return nil, errors.New("ridp: ReturnURL is not a URL with https")
	case config.Level != "" && config.Level != LevelTwo && config.Level != LevelThree && config.Level != OptionThree:
		return nil, errors.New("ridp: Level is not one of Levels")
	case config.Subscriber != "" && !isSubscriber(config.Subscriber):
		return nil, errors.New("ridp: Subscriber is not of seven digits")
	case config.Deadline < 0 || config.Life < 0:
		return nil, errors.New("ridp: Deadline or Life is negative")
	}
	for code, outcome := range config.Codes {
		if !isAgreeable(code, outcome) {
			return nil, errors.New("ridp: Codes has a code or an outcome that cannot be agreed")
		}
	}
	client := &http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true, TLSHandshakeTimeout: defaultDeadline, IdleConnTimeout: time.Minute}}
	if config.Client != nil {
		*client = *config.Client
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Provider{
		endpoint: config.Endpoint, client: client, authorize: config.Authorize,
		level: config.Level, subscriber: config.Subscriber, codes: maps.Clone(config.Codes),
		pageURL: config.PageURL, returnURL: config.ReturnURL,
		returnOrigin: returnURL.Scheme + "://" + returnURL.Host,
		deadline:     cmp.Or(config.Deadline, defaultDeadline),
		life:         cmp.Or(config.Life, defaultLife),
		now:          ambient.Time(config.Now),
		sealer:       sealer,
		answered:     &answered{},
	}, nil
}

// parseURL reports whether s is an absolute URL that others cannot read along.
func parseURL(s string) (*url.URL, bool) {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return nil, false
	}
	address, err := netip.ParseAddr(u.Hostname())
	isHere := u.Hostname() == "localhost" || err == nil && address.IsLoopback()
	return u, u.Scheme == "https" || u.Scheme == "http" && isHere
}

func isSubscriber(s string) bool {
	const length = 7
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) == length
}
