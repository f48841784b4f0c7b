package ridp_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
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

func TestPage_IsAFormThatEverybodyCanUse(t *testing.T) {
	f := newFixture(t, nil)
	_, form := f.quiz(t)
	asked := post(t, f.provider, form)
	require.Equal(t, http.StatusOK, asked.status)
	require.Contains(t, asked.body, `<html lang="en">`)
	require.Contains(t, asked.body, `<meta name="viewport" content="width=device-width, initial-scale=1">`)
	require.Contains(t, asked.body, "until March 2, 2026, 10:15 AM EST.")
	require.Equal(t, 3, strings.Count(asked.body, "<fieldset>"))
	require.Equal(t, 3, strings.Count(asked.body, "<legend>"))
	require.Equal(t, 15, strings.Count(asked.body, `type="radio"`))
	require.Equal(t, 1, strings.Count(asked.body, "<h1>"))
	require.NotContains(t, asked.body, "<script")
	require.NotContains(t, asked.body, "style=", "the policy would not apply it")
	require.Contains(t, asked.body, "Zyxwrong 1 &lt;2&gt;", "what the service says is text")
	for _, id := range regexp.MustCompile(`for="([^"]*)"`).FindAllStringSubmatch(asked.body, -1) {
		require.Equal(t, 1, strings.Count(asked.body, ` id="`+id[1]+`"`), "each label has its own button")
	}
}

func TestPage_IsInSpanish(t *testing.T) {
	f := newFixture(t, nil)
	progress, err := f.provider.Begin(t.Context(), selfcheck.Beginning{
		Reference: someReference, Applicant: someApplicant(t), Language: cris.Spanish,
	})
	require.NoError(t, err)
	form := url.Values{}
	for _, value := range progress.Quiz.Values {
		form.Set(value.Name, value.Value.Reveal())
	}
	asked := post(t, f.provider, form)
	require.Contains(t, asked.body, `<html lang="es">`)
	require.Equal(t, "es", asked.header.Get("Content-Language"))
	require.Contains(t, asked.body, "Preguntas para confirmar quién es usted")
	require.Contains(t, asked.body, "Zyxpregunta")
	require.Contains(t, asked.body, "hasta el 2 de marzo de 2026, 10:15 EST.")
	done := post(t, f.provider, asked.answered(true))
	require.Contains(t, done.body, "Se enviaron sus respuestas")
}

// Each page, whatever it says, is kept by nobody and framed by nobody.
func TestPage_HasStrictHeaders(t *testing.T) {
	f := newFixture(t, nil)
	_, form := f.quiz(t)
	asked := post(t, f.provider, form)
	for name, page := range map[string]shown{
		"questions": asked,
		"missing":   post(t, f.provider, asked.pressed("answer")),
		"left":      post(t, f.provider, asked.pressed("leave")),
		"done":      post(t, f.provider, asked.answered(true)),
		"refused":   post(t, f.provider, nil),
	} {
		style := regexp.MustCompile(`<style>([^<]*)</style>`).FindStringSubmatch(page.body)
		require.NotNil(t, style, name)
		sum := sha256.Sum256([]byte(style[1]))
		for header, want := range map[string]string{
			"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
			"X-Content-Type-Options": "nosniff", "Content-Type": "text/html; charset=utf-8", "Content-Language": "en",
			"Content-Security-Policy": "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
				"'; form-action 'self' https://program.example; base-uri 'none'; frame-ancestors 'none'",
		} {
			require.Equal(t, want, page.header.Get(header), name)
		}
		require.Empty(t, page.header.Values("Set-Cookie"), name)
	}
}

func TestPage_NamesQuestionsWithoutAnAnswer(t *testing.T) {
	f := newFixture(t, nil)
	_, form := f.quiz(t)
	answers := post(t, f.provider, form).answered(true)
	answers.Del("answer2")
	missing := post(t, f.provider, answers)
	require.Equal(t, http.StatusUnprocessableEntity, missing.status)
	require.Contains(t, missing.body, `role="alert"`)
	require.Contains(t, missing.body, `<a href="#answer2-1">Choose an answer to question 2</a>`)
	require.Equal(t, 1, strings.Count(missing.body, "aria-describedby"))
	require.NotContains(t, missing.body, "checked", "what was chosen is not shown again")
	require.Len(t, f.service.Exchanges(), 1, "nothing was sent")
	done := post(t, f.provider, missing.answered(true))
	require.Equal(t, selfcheck.IdPPassed, f.conclude(t, done.returned(t)).Report.Outcome)
}

func TestSC3_LeavingIsAbandoning(t *testing.T) {
	f := newFixture(t, nil)
	_, form := f.quiz(t)
	asked := post(t, f.provider, form)
	left := post(t, f.provider, asked.pressed("leave"))
	require.Equal(t, http.StatusOK, left.status)
	require.Equal(t, selfcheck.Progress{Transaction: "HUB-000001", Report: selfcheck.Report{
		Outcome: selfcheck.IdPAbandoned, At: f.clock.now(), Questions: 3,
	}}, f.conclude(t, left.returned(t)))
	require.Len(t, f.service.Exchanges(), 1, "nothing was sent")
}

func TestSC8_AnswersCountOnce(t *testing.T) {
	f := newFixture(t, nil)
	_, form := f.quiz(t)
	asked := post(t, f.provider, form)
	first := post(t, f.provider, asked.answered(false))

	again := post(t, f.provider, asked.answered(true)) // one step back
	require.Equal(t, first.returned(t), again.returned(t), "in one process the first answers count")
	again = post(t, f.provider, post(t, f.provider, form).answered(true)) // the page opened anew
	require.Equal(t, first.returned(t), again.returned(t))
	require.Len(t, f.service.Exchanges(), 2)

	elsewhere := post(t, newProvider(t, f.config), asked.answered(true)) // another process
	require.Equal(t, http.StatusConflict, elsewhere.status)
	require.Contains(t, elsewhere.body, "cannot be answered again")
	require.Equal(t, notOver, f.conclude(t, elsewhere.returned(t)), "no report, and so no other try")
	require.Equal(t, selfcheck.IdPAnsweredIncorrectly, f.conclude(t, first.returned(t)).Report.Outcome)
}

// A service can refuse in other words.
func TestSC8_RefusedAnswersAreNoSystemError(t *testing.T) {
	for name, reply := range map[string]ridptest.Reply{
		"an error code": ridptest.ErrorCode("HE000050"), "an unknown one": ridptest.ErrorCode("HE123456"), "no code": ridptest.ErrorCode("????????"),
		"400": ridptest.Status(400), "409": ridptest.Status(409), "410": ridptest.Status(410), "422": ridptest.Status(422),
	} {
		f := newFixture(t, nil)
		_, form := f.quiz(t)
		f.service.Secondary(reply)
		done := post(t, f.provider, post(t, f.provider, form).answered(true))
		require.Equal(t, http.StatusConflict, done.status, name)
		require.Equal(t, notOver, f.conclude(t, done.returned(t)), name)
	}
}

// A second click gets what the first one got, and not the refusal of the service.
func TestPage_DoubleClick(t *testing.T) {
	f := newFixture(t, nil)
	_, form := f.quiz(t)
	answers := post(t, f.provider, form).answered(true)
	arrived, goOn := make(chan struct{}), make(chan struct{})
	f.service.Secondary(func(w http.ResponseWriter, r *http.Request, answer ridptest.Response) {
		close(arrived)
		<-goOn
		ridptest.As(func(*ridptest.Response) {})(w, r, answer)
	})
	var clicks sync.WaitGroup
	var pages [2]shown
	clicks.Go(func() { pages[0] = post(t, f.provider, answers) })
	<-arrived
	clicks.Go(func() { pages[1] = post(t, f.provider, answers) })
	close(goOn)
	clicks.Wait()
	require.Equal(t, pages[0], pages[1])
	require.Equal(t, selfcheck.IdPPassed, f.conclude(t, pages[1].returned(t)).Report.Outcome)
	require.Len(t, f.service.Exchanges(), 2)
}

// Whoever could call back answers that are under way would have one more try.
func TestSC8_AnswersUnderWayAreNotCalledBack(t *testing.T) {
	f := newFixture(t, nil)
	_, form := f.quiz(t)
	answers := post(t, f.provider, form).answered(false)
	ctx, leave := context.WithCancel(t.Context())
	f.service.Secondary(func(w http.ResponseWriter, r *http.Request, answer ridptest.Response) {
		leave()
		ridptest.As(func(*ridptest.Response) {})(w, r, answer)
	})
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/quiz", strings.NewReader(answers.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	done := serve(t, f.provider, r)
	require.Equal(t, selfcheck.IdPAnsweredIncorrectly, f.conclude(t, done.returned(t)).Report.Outcome)
}

func TestPage_AnyProcessServesIt(t *testing.T) {
	f := newFixture(t, nil)
	_, form := f.quiz(t)
	asked := post(t, newProvider(t, f.config), form)
	done := post(t, newProvider(t, f.config), asked.answered(true))
	progress, err := newProvider(t, f.config).Conclude(t.Context(), someReference, "HUB-000001", done.returned(t))
	require.NoError(t, err)
	require.Equal(t, selfcheck.IdPPassed, progress.Report.Outcome)
}

func TestPage_KeysAreReplacedInSteps(t *testing.T) {
	f := newFixture(t, nil)
	with := func(keys ...[]byte) *ridp.Provider {
		config := f.config
		config.Keys = keys
		return newProvider(t, config)
	}
	_, form := f.quiz(t) // sealed with key 1
	asked := post(t, with(key(2), key(1)), form)
	require.Equal(t, http.StatusOK, asked.status)
	require.Equal(t, http.StatusBadRequest, post(t, with(key(2)), form).status)
	done := post(t, with(key(2)), asked.answered(true))
	require.Equal(t, http.StatusOK, done.status, "the page sealed it with the first key")
	progress, err := with(key(1), key(2)).Conclude(t.Context(), someReference, "HUB-000001", done.returned(t))
	require.NoError(t, err)
	require.Equal(t, selfcheck.IdPPassed, progress.Report.Outcome)
	progress, err = with(key(1)).Conclude(t.Context(), someReference, "HUB-000001", done.returned(t))
	require.NoError(t, err)
	require.Equal(t, notOver, progress)
}

func TestPage_RefusesWhatItDidNotSeal(t *testing.T) {
	f := newFixture(t, nil)
	_, form := f.quiz(t)
	asked := post(t, f.provider, form)
	done := post(t, f.provider, asked.answered(true))
	set := func(name, value string) url.Values {
		changed := asked.answered(true)
		changed.Set(name, value)
		return changed
	}
	sealed := form.Get("quiz")
	for name, form := range map[string]url.Values{
		"nothing":                   nil,
		"no quiz":                   {"reference": {string(someReference)}},
		"no reference":              {"quiz": {sealed}},
		"another proofing":          set("reference", string(otherReference)),
		"a made-up quiz":            set("quiz", "Zyxecho"),
		"a cut quiz":                set("quiz", sealed[:len(sealed)-4]),
		"a longer quiz":             set("quiz", sealed+"AAAA"),
		"a report for a quiz":       set("quiz", done.returned(t)),
		"an answer that is not one": set("answer1", "Zyxecho"),
		"a choice too many":         set("answer1", "6"),
		"a choice too few":          set("answer1", "0"),
		"a negative choice":         set("answer1", "-1"),
		"another button":            set("act", "Zyxecho"),
		"a field twice":             {"reference": {string(someReference)}, "quiz": {sealed, "Zyxecho"}},
	} {
		refused := post(t, f.provider, form)
		require.Equal(t, http.StatusBadRequest, refused.status, name)
		require.NotContains(t, refused.body, "Zyxecho", name)
		require.NotContains(t, refused.body, string(otherReference), name)
		require.Equal(t, notOver, f.conclude(t, refused.returned(t)), name)
	}
	require.Len(t, f.service.Exchanges(), 2)
}

// Characters of a sealed text cannot be replaced, wherever they stand.
func TestPage_RefusesEditedCharacters(t *testing.T) {
	f := newFixture(t, nil)
	_, form := f.quiz(t)
	sealed := form.Get("quiz")
	report := post(t, f.provider, post(t, f.provider, form).answered(true)).returned(t)
	edit := func(s string, at int) string {
		other := byte('A')
		if s[at] == other {
			other = 'B'
		}
		return s[:at] + string(other) + s[at+1:]
	}
	for at := 0; at < len(sealed); at += 7 {
		form.Set("quiz", edit(sealed, at))
		require.Equal(t, http.StatusBadRequest, post(t, f.provider, form).status, at)
	}
	for at := range report {
		require.Equal(t, notOver, f.conclude(t, edit(report, at)), at)
	}
}

func TestPage_ExpiresWithTheQuiz(t *testing.T) {
	f := newFixture(t, nil)
	_, form := f.quiz(t)
	asked := post(t, f.provider, form)
	f.clock.advance(15 * time.Minute)
	require.Equal(t, http.StatusOK, post(t, f.provider, form).status, "the last moment")
	f.clock.advance(time.Microsecond)
	for _, late := range []url.Values{form, asked.answered(true), asked.pressed("leave")} {
		expired := post(t, f.provider, late)
		require.Equal(t, http.StatusGone, expired.status)
		require.Equal(t, notOver, f.conclude(t, expired.returned(t)))
	}
	require.Len(t, f.service.Exchanges(), 1)
}

func TestPage_OpeningItAgainGivesNoMoreTime(t *testing.T) {
	f := newFixture(t, nil)
	_, form := f.quiz(t)
	f.clock.advance(14 * time.Minute)
	again := post(t, f.provider, form).hidden()
	require.NotEqual(t, form.Get("quiz"), again.Get("quiz"), "nothing that was submitted is shown")
	f.clock.advance(time.Minute + time.Microsecond)
	require.Equal(t, http.StatusGone, post(t, f.provider, again).status)
}

func TestPage_OtherRequests(t *testing.T) {
	f := newFixture(t, nil)
	for name, test := range map[string]struct {
		method, kind string
		body         io.Reader
		want         int
	}{
		"GET":            {http.MethodGet, "", nil, http.StatusMethodNotAllowed},
		"HEAD":           {http.MethodHead, "", nil, http.StatusMethodNotAllowed},
		"PUT":            {http.MethodPut, "application/x-www-form-urlencoded", nil, http.StatusMethodNotAllowed},
		"JSON":           {http.MethodPost, "application/json", strings.NewReader("{}"), http.StatusUnsupportedMediaType},
		"no type":        {http.MethodPost, "", strings.NewReader("a=b"), http.StatusUnsupportedMediaType},
		"too large":      {http.MethodPost, "application/x-www-form-urlencoded", strings.NewReader("a=" + strings.Repeat("Z", 300<<10)), http.StatusRequestEntityTooLarge},
		"not a form":     {http.MethodPost, "application/x-www-form-urlencoded", strings.NewReader("%zz=1"), http.StatusBadRequest},
		"in the address": {http.MethodPost, "application/x-www-form-urlencoded", nil, http.StatusBadRequest},
	} {
		_, form := f.quiz(t)
		r := httptest.NewRequestWithContext(t.Context(), test.method, "/quiz?"+form.Encode(), test.body)
		if test.kind != "" {
			r.Header.Set("Content-Type", test.kind)
		}
		got := serve(t, f.provider, r)
		require.Equal(t, test.want, got.status, name)
		require.NotContains(t, got.body, "<fieldset", name)
		require.NotContains(t, got.body, form.Get("quiz"), name)
	}
}

func TestPage_SpeaksTheLanguageOfTheBrowserUntilTheQuizIsOpen(t *testing.T) {
	f := newFixture(t, nil)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/quiz", http.NoBody)
	r.Header.Set("Accept-Language", "es-MX")
	require.Contains(t, serve(t, f.provider, r).body, `<html lang="es">`)
}

// Every word of the page is there in both languages: no text on it is empty.
func TestPage_HasWordsInBothLanguages(t *testing.T) {
	for _, language := range []cris.Language{cris.English, cris.Spanish} {
		f := newFixture(t, nil)
		progress, err := f.provider.Begin(t.Context(), selfcheck.Beginning{
			Reference: someReference, Applicant: someApplicant(t), Language: language,
		})
		require.NoError(t, err)
		form := url.Values{}
		for _, value := range progress.Quiz.Values {
			form.Set(value.Name, value.Value.Reveal())
		}
		asked := post(t, f.provider, form)
		pages := []shown{
			asked, post(t, f.provider, asked.pressed("answer")), post(t, f.provider, asked.pressed("leave")),
			post(t, f.provider, asked.pressed("other")), post(t, f.provider, asked.answered(true)),
			post(t, newProvider(t, f.config), asked.answered(true)),
		}
		f.service.Secondary(ridptest.Dead())
		pages = append(pages, post(t, newProvider(t, f.config), asked.answered(true)))
		f.clock.advance(time.Hour)
		pages = append(pages, post(t, f.provider, form))
		titles := map[string]bool{}
		for i, page := range pages {
			name := string(language) + " " + strconv.Itoa(i)
			require.NotRegexp(t, `<(h1|h2|p|p id="missing\d"|title|button|a [^>]*)></`, page.body, name)
			require.Regexp(t, `<button[^>]*>[^<]+</button>`, page.body, name)
			titles[regexp.MustCompile(`<title>(.*)</title>`).FindStringSubmatch(page.body)[1]] = true
		}
		require.Len(t, titles, len(pages), "each page says something else")
	}
}
