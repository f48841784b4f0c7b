// Package ridp_test runs the identity proofing adapter as a browser sees it, and compares
// all that it sends and is answered with the schemas that the service publishes.
package ridp_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/ridp/ridptest"
	"github.com/seed28e20331/cris/selfcheck"
)

func TestSC1_WholeQuizInABrowser(t *testing.T) {
	s := published(t)
	for _, language := range []cris.Language{cris.English, cris.Spanish} {
		for questions := 3; questions <= 5; questions++ {
			for _, right := range []bool{true, false} {
				site := newSite(t, ridptest.New(&ridptest.Options{Questions: questions}))
				site.language = language
				b := newBrowser(t)
				b.open(t, site.url+"/start")
				b.press(t, "", nil)
				require.Equal(t, http.StatusOK, b.status)
				require.Len(t, b.find(func(n *html.Node) bool { return n.Data == "fieldset" }), questions)
				require.Len(t, b.find(func(n *html.Node) bool { return n.Data == "html" && attr(n, "lang") == string(language) }), 1)
				b.press(t, "answer", b.choices(right))
				b.press(t, "", nil)

				require.Empty(t, site.failures)
				report := site.lastEnd().Report
				require.Equal(t, questions, report.Questions)
				want := selfcheck.IdPAnsweredIncorrectly
				if right {
					want = selfcheck.IdPPassed
				}
				require.Equal(t, want, report.Outcome)
				exchanges := site.service.Exchanges()
				require.Len(t, exchanges, 2)
				s.validate(t, exchanges, false)
			}
		}
	}
}

func TestSC8_SecondAnswersInABrowser(t *testing.T) {
	s := published(t)
	site := newSite(t, ridptest.New(nil))
	b := newBrowser(t)
	b.open(t, site.url+"/start")
	b.press(t, "", nil)
	back := *b
	b.press(t, "answer", b.choices(false))

	back.press(t, "answer", back.choices(true)) // another process gets it
	require.Equal(t, http.StatusConflict, back.status)
	back.press(t, "", nil)
	require.Zero(t, site.lastEnd().Report, "the quiz is not over")
	b.press(t, "", nil)
	require.Equal(t, selfcheck.IdPAnsweredIncorrectly, site.lastEnd().Report.Outcome)
	require.Empty(t, site.failures)
	exchanges := site.service.Exchanges()
	require.Len(t, exchanges, 3)
	s.validate(t, exchanges, false)
}

func TestSC3_LeavingInABrowser(t *testing.T) {
	s := published(t)
	site := newSite(t, ridptest.New(nil))
	b := newBrowser(t)
	b.open(t, site.url+"/start")
	b.press(t, "", nil)
	b.press(t, "answer", nil)
	require.Equal(t, http.StatusUnprocessableEntity, b.status)
	b.press(t, "leave", nil)
	b.press(t, "", nil)
	require.Equal(t, selfcheck.IdPAbandoned, site.lastEnd().Report.Outcome)
	s.validate(t, site.service.Exchanges(), false)
}

// Each behavior of the service, for an applicant and for answers. What it does not break on
// purpose is as the schemas have it.
func TestSC4_EachBehaviorOfTheService(t *testing.T) {
	s := published(t)
	for name, test := range map[string]struct {
		reply    ridptest.Reply
		isBroken bool
	}{
		"accepted":             {ridptest.Decision("ACC", "HS000000"), false},
		"frozen":               {ridptest.Decision("RF1", "HE000050"), false},
		"no questions":         {ridptest.Decision("RF2", "HS000000"), false},
		"use limit":            {ridptest.Decision("RF3", "HS000000"), false},
		"deceased":             {ridptest.Decision("RF4", "HS000000"), false},
		"cannot ask":           {ridptest.ErrorCode("HE000050"), false},
		"an error":             {ridptest.ErrorCode("HE123456"), false},
		"an exception":         {ridptest.ErrorCode("HX123456"), false},
		"an odd code":          {ridptest.ErrorCode("????????"), false},
		"contradictory":        {ridptest.Decision("ACC", "HE000050"), false},
		"nothing decided":      {ridptest.Decision("", "HS000000"), false},
		"another session":      {ridptest.OtherSession(), false},
		"another reference":    {ridptest.OtherReference(), false},
		"dead":                 {ridptest.Dead(), true},
		"500":                  {ridptest.Status(500), true},
		"HTML":                 {ridptest.HTML(), true},
		"truncated":            {ridptest.Truncated(), true},
		"cut off":              {ridptest.CutOff(), true},
		"huge":                 {ridptest.Huge(1 << 20), true},
		"a key twice":          {ridptest.Twice(), true},
		"something behind":     {ridptest.Trailing(), true},
		"an unknown decision":  {ridptest.Decision("RF9", "HS000000"), true},
		"a code of other size": {ridptest.Decision("RF2", "HS0"), true},
		"another message":      {ridptest.Body(`{"farsResponse":{}}`), true},
	} {
		t.Run(name, func(t *testing.T) {
			site := newSite(t, ridptest.New(nil))
			site.service.Primary(test.reply)
			newBrowser(t).open(t, site.url+"/start")

			b := newBrowser(t)
			b.open(t, site.url+"/start")
			b.press(t, "", nil)
			if b.status == http.StatusOK {
				site.service.Secondary(test.reply)
				b.press(t, "answer", b.choices(true))
				b.press(t, "", nil)
			}
			exchanges := site.service.Exchanges()
			require.Len(t, exchanges, 3)
			s.validate(t, exchanges, test.isBroken)
			if test.isBroken {
				require.Len(t, site.failures, 1, "the applicant alone: what comes back from a quiz is no error")
				require.Equal(t, selfcheck.IdPSystemError, site.lastEnd().Report.Outcome)
			}
		})
	}
}
