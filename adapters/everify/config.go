package everify

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/selfcheck"
)

// Config says which E-Verify to talk with, as whom, and with how much patience. BaseURL,
// Credentials and Creator are required.
type Config struct {
	// BaseURL is the root of the web services with their version, such as
	// https://stage-everify.example/api/v31. It is https, or http on this machine.
	BaseURL string
	// HTTP makes the requests; nil is a client of the package's own. It is copied. Redirects are
	// not followed: a query must not go where nobody meant it to go. Its Timeout is not needed.
	HTTP *http.Client
	// Credentials returns the user name and the password of the web services account. It is
	// called for every login. The error of the call wraps its error, and does not repeat its
	// text.
	//
	// A login revokes the token of the one before, so each process needs an account of its own.
	Credentials func(ctx context.Context) (userName, password string, err error)
	// Creator is who opens the cases, as E-Verify is told.
	Creator Creator
	// ClientCompanyID is the company for which cases are opened, "" for the one of the account.
	ClientCompanyID string
	// DateOfHire returns the date of hire, which E-Verify requires, for a case that is opened
	// today. nil returns today: Self Check knows no employer.
	DateOfHire func(today cris.Date) cris.Date
	// Zone is whose calendar says which day it is; nil is cris.AgencyZone().
	Zone *time.Location
	// Deadline is how long one request may take, until its answer has been read. Zero is 15
	// seconds.
	Deadline time.Duration
	// Unknown is told of each code of E-Verify that this package does not know, for an operator. It
	// may be called by several goroutines at once; nil ignores them.
	Unknown func(UnknownCode)

	// Now is the clock; nil is the wall clock.
	Now func() time.Time
	// Sleep waits between two tries, and returns the error of ctx if it is done first; nil is the
	// package's own, which does so.
	Sleep func(ctx context.Context, d time.Duration) error
	// Jitter returns a random wait of up to most; nil draws it from a uniform distribution.
	Jitter func(most time.Duration) time.Duration
}

// Creator is who opens cases: a desk of the agency, and not an individual who checks records.
type Creator struct {
	Name           string
	Email          string
	Phone          string // ten digits
	PhoneExtension string // optional, digits
}

// UnknownCode is a code that E-Verify sent and that this package does not know.
type UnknownCode struct {
	Attribute string                // of E-Verify's answer, such as case_status
	Code      cris.Personal[string] // as it was sent, up to 60 characters: whatever it is, it prints as [redacted]
}

const (
	defaultDeadline = 15 * time.Second
	maxUnknownCode  = 60 // bytes
)

// New returns a Client. Its error names the first field of the Config that is missing or not
// valid.
func New(config Config) (*Client, error) {
	base, err := baseOf(config.BaseURL)
	if err != nil {
		return nil, err
	}
	switch creator := config.Creator; {
	case config.Credentials == nil:
		return nil, errors.New("everify: Config.Credentials is missing")
	case strings.TrimSpace(creator.Name) == "":
		return nil, errors.New("everify: Config.Creator.Name is missing")
	case strings.Count(creator.Email, "@") != 1:
		return nil, errors.New("everify: Config.Creator.Email is no email address")
	case len(creator.Phone) != 10 || !isDigits(creator.Phone):
		return nil, errors.New("everify: Config.Creator.Phone: want ten digits")
	case !isDigits(creator.PhoneExtension):
		return nil, errors.New("everify: Config.Creator.PhoneExtension: want digits")
	case config.Deadline < 0:
		return nil, errors.New("everify: Config.Deadline is negative")
	}
	if config.HTTP == nil {
		config.HTTP = &http.Client{}
	}
	client := *config.HTTP
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	client.Jar = nil
	if config.DateOfHire == nil {
		config.DateOfHire = func(today cris.Date) cris.Date { return today }
	}
	if config.Zone == nil {
		config.Zone = cris.AgencyZone()
	}
	if config.Deadline == 0 {
		config.Deadline = defaultDeadline
	}
	if config.Unknown == nil {
		config.Unknown = func(UnknownCode) {}
	}
	if config.Sleep == nil {
		config.Sleep = sleep
	}
	if config.Jitter == nil {
		config.Jitter = jitter
	}
	c := &Client{config: config, base: base, http: &client, now: ambient.Time(config.Now), opening: map[selfcheck.TransactionID]chan struct{}{}}
	c.session.turn = make(chan struct{}, 1)
	return c, nil
}

// baseOf checks the root of the web services and returns it without a slash at its end.
func baseOf(text string) (string, error) {
	base, err := url.Parse(text)
	if err != nil || base.Host == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return "", errors.New("everify: Config.BaseURL: want https://host/path")
	}
	isHere := base.Hostname() == "localhost" || base.Hostname() == "127.0.0.1" || base.Hostname() == "::1"
	if base.Scheme != "https" && (base.Scheme != "http" || !isHere) {
		return "", errors.New("everify: Config.BaseURL: want https")
	}
	return strings.TrimRight(base.String(), "/"), nil
}

func isDigits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// sleep waits so long, or until the context is done.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// jitter returns a time between nothing and most.
func jitter(most time.Duration) time.Duration {
	return rand.N(most + 1) //nolint:gosec // it spreads load and hides nothing
}
