package ridp_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/ridp"
	"github.com/seed28e20331/cris/selfcheck"
)

func someConfig() ridp.Config {
	return ridp.Config{
		Endpoint: "https://ridp.example/", PageURL: "https://program.example/quiz", ReturnURL: "https://program.example/return",
		Keys: [][]byte{key(1)},
	}
}

func TestNew_RefusesWhatCannotWork(t *testing.T) {
	for want, change := range map[string]func(*ridp.Config){
		"ridp: no key": func(c *ridp.Config) { c.Keys = nil },
		"ridp: a key is not of 32 bytes, or all zero": func(c *ridp.Config) { c.Keys = [][]byte{key(1), key(0)} },
		"ridp: Endpoint is not a URL with https":      func(c *ridp.Config) { c.Endpoint = "http://ridp.example" },
		"ridp: PageURL is not a URL with https":       func(c *ridp.Config) { c.PageURL = "/quiz" },
		"ridp: ReturnURL is not a URL with https":     func(c *ridp.Config) { c.ReturnURL = "javascript:alert(1)" },
		"ridp: Level is not one of Levels":            func(c *ridp.Config) { c.Level = "LevelFour" },
		"ridp: Subscriber is not of seven digits":     func(c *ridp.Config) { c.Subscriber = "12345678" },
		"ridp: Deadline or Life is negative":          func(c *ridp.Config) { c.Life = -time.Second },
		"ridp: Codes has a code or an outcome that cannot be agreed": func(c *ridp.Config) {
			c.Codes = map[selfcheck.ErrorCode]selfcheck.IdPOutcome{"HE000001": selfcheck.IdPPassed}
		},
	} {
		config := someConfig()
		change(&config)
		provider, err := ridp.New(config)
		require.EqualError(t, err, want)
		require.Nil(t, provider)
	}
	for _, length := range []int{0, 16, 24, 31, 33} {
		config := someConfig()
		config.Keys = [][]byte{make([]byte, length)}
		_, err := ridp.New(config)
		require.Error(t, err, length)
	}
	for _, codes := range []map[selfcheck.ErrorCode]selfcheck.IdPOutcome{
		{"HS000000": selfcheck.IdPFraudAlert}, {"RF1": selfcheck.IdPFraudAlert}, {"HE00001": selfcheck.IdPFraudAlert}, {"HE000001": "other"},
	} {
		config := someConfig()
		config.Codes = codes
		_, err := ridp.New(config)
		require.Error(t, err)
	}
}

func TestNew_TakesURLs(t *testing.T) {
	for url, isTaken := range map[string]bool{
		"https://ridp.example:8443/a?b=c": true, "http://127.0.0.1:80/": true, "http://[::1]/": true, "http://localhost/x": true,
		"": false, "ridp.example": false, "//ridp.example": false, "http://10.0.0.1/": false, "http://localhost.example/": false,
		"https://user:secret@ridp.example/": false, "https://ridp.example/#a": false, "ftp://localhost/": false, "https:///a": false,
	} {
		config := someConfig()
		config.Endpoint = url
		_, err := ridp.New(config)
		require.Equal(t, isTaken, err == nil, url)
	}
}

func TestNew_KeepsNothingThatTheCallerChanges(t *testing.T) {
	f := newFixture(t, nil)
	f.config.Keys[0][0]++
	_, form := f.quiz(t)
	require.Equal(t, 400, post(t, newProvider(t, f.config), form).status)
	require.Equal(t, 200, post(t, f.provider, form).status)
}

func TestKindsAndLevels_AreListed(t *testing.T) {
	require.Len(t, ridp.Kinds(), 11)
	require.Equal(t, []ridp.Level{ridp.LevelTwo, ridp.LevelThree, ridp.OptionThree}, ridp.Levels())
	for _, level := range ridp.Levels() {
		config := someConfig()
		config.Level = level
		newProvider(t, config)
	}
}
