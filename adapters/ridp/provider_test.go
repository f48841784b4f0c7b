package ridp_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/ridp"
	"github.com/seed28e20331/cris/adapters/ridp/ridptest"
	"github.com/seed28e20331/cris/selfcheck"
)

func TestSC3_RightAnswersPass(t *testing.T) {
	for questions := 3; questions <= 5; questions++ {
		f := newFixture(t, &ridptest.Options{Questions: questions})
		transaction, form := f.quiz(t)
		require.Equal(t, selfcheck.IdPTransactionID("HUB-000001"), transaction)
		f.clock.advance(time.Minute)
		asked := post(t, f.provider, form)
		require.Equal(t, http.StatusOK, asked.status)
		done := post(t, f.provider, asked.answered(true))
		require.Equal(t, http.StatusOK, done.status)
		f.clock.advance(time.Minute)

		progress := f.conclude(t, done.returned(t))
		require.Equal(t, transaction, progress.Transaction)
		require.Zero(t, progress.Quiz)
		report := progress.Report
		require.Equal(t, selfcheck.IdPPassed, report.Outcome)
		require.Equal(t, f.clock.now().Add(-time.Minute), report.At)
		require.Equal(t, questions, report.Questions, "as many as were asked, even if the notice allows fewer")
		require.Empty(t, report.ErrorCode)
		require.Equal(t, cris.NameParts{Family: "Ordonez-O'Hara", Given: "ZoeAnn", Middle: "M"}, report.Name.Reveal())
		require.Equal(t, someApplicant(t).BirthDate, report.BirthDate)
		require.Equal(t, someApplicant(t).SSN, report.SSN)
		require.Equal(t, progress, f.conclude(t, done.returned(t)), "the same report again is the same answer")
	}
}

// What passes here passes selfcheck's own comparison with what was sent (SC-7).
func TestSC7_PassIsForTheApplicantWhoWasSent(t *testing.T) {
	f := newFixture(t, nil)
	_, form := f.quiz(t)
	done := post(t, f.provider, post(t, f.provider, form).answered(true))
	facts := selfcheck.ProofingFacts{
		Begun: selfcheck.BegunProofing{Transaction: "1", Begun: f.clock.now()}, Sent: someApplicant(t),
		Reported: f.conclude(t, done.returned(t)), At: f.clock.now(),
	}
	proofing := selfcheck.DecideProofing(facts, selfcheck.DefaultPolicy())
	require.Equal(t, selfcheck.Authenticated, proofing.Outcome, proofing.Reasons)
}

func TestSC4_WrongAnswersAreAnsweredIncorrectly(t *testing.T) {
	f := newFixture(t, nil)
	_, form := f.quiz(t)
	done := post(t, f.provider, post(t, f.provider, form).answered(false))
	require.Equal(t, selfcheck.Progress{Transaction: "HUB-000001", Report: selfcheck.Report{
		Outcome: selfcheck.IdPAnsweredIncorrectly, At: f.clock.now(), Questions: 3, ErrorCode: "RF2",
	}}, f.conclude(t, done.returned(t)))
}

func TestSC4_FinalDecisionWithoutQuestions(t *testing.T) {
	for name, test := range map[string]struct {
		reply ridptest.Reply
		want  selfcheck.IdPOutcome
		code  selfcheck.ErrorCode
	}{
		"accepted, without a question":      {ridptest.Decision("ACC", "HS000000"), selfcheck.IdPPassed, ""},
		"frozen":                            {ridptest.Decision("RF1", "HS000000"), selfcheck.IdPFrozen, "RF1"},
		"frozen, as the published sample":   {ridptest.Decision("RF1", "HE000050"), selfcheck.IdPFrozen, "HE000050"},
		"no questions":                      {ridptest.Decision("RF2", "HS000000"), selfcheck.IdPCouldNotGenerateQuestions, "RF2"},
		"no questions, with the code":       {ridptest.Decision("RF2", "HE000050"), selfcheck.IdPCouldNotGenerateQuestions, "HE000050"},
		"no questions, the code alone":      {ridptest.ErrorCode("HE000050"), selfcheck.IdPCouldNotGenerateQuestions, "HE000050"},
		"use limit":                         {ridptest.Decision("RF3", "HS000000"), selfcheck.IdPUseLimit, "RF3"},
		"deceased":                          {ridptest.Decision("RF4", "HS000000"), selfcheck.IdPDeceased, "RF4"},
		"deceased, with an unknown code":    {ridptest.Decision("RF4", "HE777777"), selfcheck.IdPDeceased, "HE777777"},
		"a code that is not well-formed":    {ridptest.Decision("RF4", "19840229"), selfcheck.IdPDeceased, "RF4"},
		"a fraud alert, by agreement":       {ridptest.ErrorCode("HE000077"), selfcheck.IdPFraudAlert, "HE000077"},
		"a fraud alert behind a frozen one": {ridptest.Decision("RF1", "HE000077"), selfcheck.IdPFraudAlert, "HE000077"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, nil, func(c *ridp.Config) {
				c.Codes = map[selfcheck.ErrorCode]selfcheck.IdPOutcome{"HE000077": selfcheck.IdPFraudAlert}
			})
			f.service.Primary(test.reply)
			progress, err := f.begin(t)
			require.NoError(t, err)
			require.Zero(t, progress.Quiz)
			require.Equal(t, test.want, progress.Report.Outcome)
			require.Equal(t, test.code, progress.Report.ErrorCode)
			require.Equal(t, f.clock.now(), progress.Report.At)
			require.Zero(t, progress.Report.Questions)
			require.Equal(t, test.want == selfcheck.IdPPassed, !progress.Report.Name.IsZero())
		})
	}
}

func TestSC4_FinalDecisionAfterAnswers(t *testing.T) {
	for decision, want := range map[string]selfcheck.IdPOutcome{
		"RF1": selfcheck.IdPFrozen, "RF2": selfcheck.IdPAnsweredIncorrectly,
		"RF3": selfcheck.IdPUseLimit, "RF4": selfcheck.IdPDeceased,
	} {
		f := newFixture(t, nil)
		_, form := f.quiz(t)
		f.service.Secondary(ridptest.Decision(decision, "HS000000"))
		done := post(t, f.provider, post(t, f.provider, form).answered(true))
		report := f.conclude(t, done.returned(t)).Report
		require.Equal(t, want, report.Outcome, decision)
		require.Equal(t, selfcheck.ErrorCode(decision), report.ErrorCode)
		require.True(t, report.Name.IsZero())
		require.True(t, report.SSN.IsZero())
	}
}

func TestSC8_UseLimitOfTheService(t *testing.T) {
	f := newFixture(t, &ridptest.Options{UseLimit: 2})
	for range 2 {
		f.quiz(t)
	}
	progress, err := f.begin(t)
	require.NoError(t, err)
	require.Equal(t, selfcheck.IdPUseLimit, progress.Report.Outcome)
}

// The keys of everything that is sent, and nothing else.
func TestSC2_NothingButTheMinimalApplicantIsSent(t *testing.T) {
	f := newFixture(t, nil)
	_, form := f.quiz(t)
	post(t, f.provider, post(t, f.provider, form).answered(true))
	exchanges := f.service.Exchanges()
	require.Len(t, exchanges, 2)
	require.JSONEq(t, `{"ridpRequest":{"primaryRequest":{
		"person":{"personBirthDate":"1984-02-29","personGivenName":"ZoeAnn","personMiddleName":"M","personSurName":"Ordonez-O'Hara",
			"personSocialSecurityNumber":"900-55-1234","personPreferredLanguage":"eng"},
		"contactInformation":{"streetName":"12 Zyxstreet N.W. Apt #4","cityName":"St. Zyxcity","usStateCode":"DC","zipCode":"20001","zipCodeExtension":"0001"},
		"levelOfProofingCode":"LevelTwo","subscriberNumber":"1234567"}}}`, string(exchanges[0].Request))
	require.JSONEq(t, `{"ridpRequest":{"secondaryRequest":{
		"sessionIdentification":"SESSION/000001","hubReferenceNumber":"HUB-000001","verificationAnswerArray":[
		{"verificationAnswerSet":{"verificationQuestionNumber":"1","verificationAnswer":"1"}},
		{"verificationAnswerSet":{"verificationQuestionNumber":"2","verificationAnswer":"2"}},
		{"verificationAnswerSet":{"verificationQuestionNumber":"3","verificationAnswer":"3"}}]}}}`, string(exchanges[1].Request))
}

func TestSC2_WhatIsOptionalIsLeftOut(t *testing.T) {
	f := newFixture(t, nil, func(c *ridp.Config) { c.Level, c.Subscriber = "", "" })
	person := applicant(t, cris.NameParts{Family: "Smith", Given: "Jo"})
	person.SSN = selfcheck.SSN{}
	progress, err := f.provider.Begin(t.Context(), selfcheck.Beginning{Reference: someReference, Applicant: person, Language: cris.Spanish})
	require.NoError(t, err)
	require.False(t, progress.Quiz.IsZero())
	sent := string(f.service.Exchanges()[0].Request)
	for _, key := range []string{"personMiddleName", "personSocialSecurityNumber", "levelOfProofingCode", "subscriberNumber"} {
		require.NotContains(t, sent, key)
	}
	require.Contains(t, sent, `"personPreferredLanguage":"spa"`)
}

func TestSC2_WhatCannotBeWrittenIsNotSent(t *testing.T) {
	f := newFixture(t, nil)
	for _, parts := range []cris.NameParts{
		{Family: "李", Given: "Ivan"},
		{Family: "Smith", Given: "李"},
		{Family: "Suharto"}, // the service wants a given name too
		{Given: "Suharto"},
	} {
		progress, err := f.provider.Begin(t.Context(), selfcheck.Beginning{Reference: someReference, Applicant: applicant(t, parts)})
		require.NoError(t, err)
		require.Equal(t, selfcheck.Progress{Report: selfcheck.Report{Outcome: selfcheck.IdPNotWritable, At: f.clock.now()}}, progress)
	}
	require.Empty(t, f.service.Exchanges())
}

func TestSC2_LongNamesAreCutAsProvidersHoldThem(t *testing.T) {
	f := newFixture(t, nil)
	long := strings.Repeat("Abcdefghi ", 9)
	person := applicant(t, cris.NameParts{Family: long, Given: long})
	progress, err := f.provider.Begin(t.Context(), selfcheck.Beginning{Reference: someReference, Applicant: person})
	require.NoError(t, err)
	require.False(t, progress.Quiz.IsZero(), "the service takes it")
	var sent struct {
		Body struct {
			Primary struct {
				Person struct {
					Given  string `json:"personGivenName"`
					Family string `json:"personSurName"`
				} `json:"person"`
			} `json:"primaryRequest"`
		} `json:"ridpRequest"`
	}
	require.NoError(t, json.Unmarshal(f.service.Exchanges()[0].Request, &sent))
	require.Equal(t, "AbcdefghiAbcdefghiAbcdefghiAbcde", sent.Body.Primary.Person.Given)
	require.Equal(t, "Abcdefghi Abcdefghi Abcdefghi Ab", sent.Body.Primary.Person.Family)
}

// failures are the ways in which the service can break, and what each is called.
var failures = map[string]struct {
	reply ridptest.Reply
	want  ridp.Error
}{
	"dead":                       {ridptest.Dead(), ridp.Error{Kind: ridp.KindConnection}},
	"cut off":                    {ridptest.CutOff(), ridp.Error{Kind: ridp.KindConnection}},
	"late":                       {ridptest.Late(), ridp.Error{Kind: ridp.KindTimeout}},
	"stalled":                    {ridptest.Stalled(), ridp.Error{Kind: ridp.KindTimeout}},
	"500":                        {ridptest.Status(500), ridp.Error{Kind: ridp.KindStatus, Status: 500}},
	"503":                        {ridptest.Status(503), ridp.Error{Kind: ridp.KindStatus, Status: 503}},
	"401":                        {ridptest.Status(401), ridp.Error{Kind: ridp.KindStatus, Status: 401}},
	"204":                        {ridptest.Status(204), ridp.Error{Kind: ridp.KindStatus, Status: 204}},
	"HTML for JSON":              {ridptest.HTML(), ridp.Error{Kind: ridp.KindNotJSON}},
	"truncated":                  {ridptest.Truncated(), ridp.Error{Kind: ridp.KindMalformed}},
	"100 MB":                     {ridptest.Huge(100 << 20), ridp.Error{Kind: ridp.KindTooLarge}},
	"a key twice":                {ridptest.Twice(), ridp.Error{Kind: ridp.KindMalformed}},
	"trailing data":              {ridptest.Trailing(), ridp.Error{Kind: ridp.KindMalformed}},
	"nothing":                    {ridptest.Body(""), ridp.Error{Kind: ridp.KindMalformed}},
	"null":                       {ridptest.Body("null"), ridp.Error{Kind: ridp.KindMalformed}},
	"another message":            {ridptest.Body(`{"farsResponse":{}}`), ridp.Error{Kind: ridp.KindMalformed}},
	"no metadata":                {ridptest.Body(`{"ridpResponse":{"finalDecisionCode":"RF2"}}`), ridp.Error{Kind: ridp.KindMalformed}},
	"an unknown decision":        {ridptest.Decision("RF9", "HS000000"), ridp.Error{Kind: ridp.KindMalformed}},
	"a short code":               {ridptest.Decision("RF2", "HS0"), ridp.Error{Kind: ridp.KindMalformed}},
	"neither question nor end":   {ridptest.Decision("", "HS000000"), ridp.Error{Kind: ridp.KindContradictory}},
	"a pass with an error":       {ridptest.Decision("ACC", "HE000050"), ridp.Error{Kind: ridp.KindContradictory, Code: "HE000050"}},
	"a pass with an exception":   {ridptest.Decision("ACC", "HX000001"), ridp.Error{Kind: ridp.KindContradictory, Code: "HX000001"}},
	"a pass with a strange code": {ridptest.Decision("ACC", "19840229"), ridp.Error{Kind: ridp.KindContradictory}},
	"an end with an exception":   {ridptest.Decision("RF2", "HX000001"), ridp.Error{Kind: ridp.KindContradictory, Code: "HX000001"}},
	"an exception":               {ridptest.ErrorCode("HX009000"), ridp.Error{Kind: ridp.KindOutage, Code: "HX009000"}},
}

// primaryFailures are those that only the answer to an applicant has, and secondaryFailures
// those of the answer to answers.
var (
	primaryFailures = map[string]struct {
		reply ridptest.Reply
		want  ridp.Error
	}{
		"200 with an error": {ridptest.ErrorCode("HE123456"), ridp.Error{Kind: ridp.KindRefused, Code: "HE123456"}},
		"an odd error":      {ridptest.ErrorCode("19840229"), ridp.Error{Kind: ridp.KindRefused}},
		"questions and an end": {
			ridptest.As(func(r *ridptest.Response) { r.Decision = "RF2" }), ridp.Error{Kind: ridp.KindContradictory},
		},
		"questions and an error": {
			ridptest.As(func(r *ridptest.Response) { r.Code = "HE000050" }), ridp.Error{Kind: ridp.KindContradictory, Code: "HE000050"},
		},
		"questions without a session": {ridptest.As(func(r *ridptest.Response) { r.Session = "" }), ridp.Error{Kind: ridp.KindContradictory}},
		"questions without a number":  {ridptest.As(func(r *ridptest.Response) { r.Reference = "" }), ridp.Error{Kind: ridp.KindContradictory}},
		"a session of other letters":  {ridptest.As(func(r *ridptest.Response) { r.Session = "<b>" }), ridp.Error{Kind: ridp.KindMalformed}},
		"a long session":              {ridptest.As(func(r *ridptest.Response) { r.Session = strings.Repeat("1", 71) }), ridp.Error{Kind: ridp.KindMalformed}},
		"a long number":               {ridptest.As(func(r *ridptest.Response) { r.Reference = strings.Repeat("1", 91) }), ridp.Error{Kind: ridp.KindMalformed}},
		"two questions":               {ridptest.As(func(r *ridptest.Response) { r.Questions = r.Questions[:2] }), ridp.Error{Kind: ridp.KindMalformed}},
		"six questions": {
			ridptest.As(func(r *ridptest.Response) { r.Questions = append(r.Questions, r.Questions...) }), ridp.Error{Kind: ridp.KindMalformed},
		},
		"a question without choices": {ridptest.As(func(r *ridptest.Response) { r.Questions[1].Choices = nil }), ridp.Error{Kind: ridp.KindMalformed}},
		"a question without words":   {ridptest.As(func(r *ridptest.Response) { r.Questions[1].Text = "" }), ridp.Error{Kind: ridp.KindMalformed}},
	}
	secondaryFailures = map[string]struct {
		reply ridptest.Reply
		want  ridp.Error
	}{
		"another session":          {ridptest.OtherSession(), ridp.Error{Kind: ridp.KindOtherProofing}},
		"another reference number": {ridptest.OtherReference(), ridp.Error{Kind: ridp.KindOtherProofing}},
		"more questions": {
			ridptest.As(func(r *ridptest.Response) {
				r.Decision = ""
				for range 3 {
					r.Questions = append(r.Questions, ridptest.Question{Text: "?", Choices: []string{"1"}})
				}
			}), ridp.Error{Kind: ridp.KindContradictory},
		},
	}
)

func TestBegin_FailuresOfTheService(t *testing.T) {
	for _, list := range []map[string]struct {
		reply ridptest.Reply
		want  ridp.Error
	}{failures, primaryFailures} {
		for name, test := range list {
			t.Run(name, func(t *testing.T) {
				f := newFixture(t, nil)
				f.quiz(t) // there is a connection now
				f.withDeadlineFor(t, test.want.Kind)
				f.service.Primary(test.reply)
				progress, err := f.begin(t)
				failed, is := errors.AsType[*ridp.Error](err)
				require.True(t, is)
				require.Equal(t, test.want, *failed)
				require.NotErrorIs(t, err, selfcheck.ErrNotSent)
				require.Equal(t, test.want.Kind == ridp.KindTimeout, errors.Is(err, context.DeadlineExceeded))
				require.Equal(t, selfcheck.Progress{Transaction: progress.Transaction, Report: selfcheck.Report{ErrorCode: test.want.Code}}, progress)
				require.Len(t, f.service.Exchanges(), 2, "nothing is sent twice")
			})
		}
	}
}

func (f *fixture) withDeadlineFor(t *testing.T, kind ridp.Kind) {
	t.Helper()
	f.config.Deadline = time.Minute
	if kind == ridp.KindTimeout {
		f.config.Deadline = 500 * time.Millisecond // the service waits until it is over
	}
	f.provider = newProvider(t, f.config)
}

func TestQuiz_FailuresOfTheServiceAreSystemErrors(t *testing.T) {
	for _, list := range []map[string]struct {
		reply ridptest.Reply
		want  ridp.Error
	}{failures, secondaryFailures} {
		for name, test := range list {
			t.Run(name, func(t *testing.T) {
				f := newFixture(t, nil)
				_, form := f.quiz(t)
				f.withDeadlineFor(t, test.want.Kind)
				f.service.Secondary(test.reply)
				done := post(t, f.provider, post(t, f.provider, form).answered(true))
				require.Equal(t, http.StatusOK, done.status)
				require.Equal(t, selfcheck.Progress{Transaction: "HUB-000001", Report: selfcheck.Report{
					Outcome: selfcheck.IdPSystemError, At: f.clock.now(), Questions: 3, ErrorCode: test.want.Code,
				}}, f.conclude(t, done.returned(t)))
				require.Len(t, f.service.Exchanges(), 2, "nothing is sent twice")
			})
		}
	}
}

func TestSC19_NotSentIfThereIsNoConnection(t *testing.T) {
	closed, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, closed.Close())
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	untrusted := httptest.NewUnstartedServer(http.NotFoundHandler())
	untrusted.Config.ErrorLog = quiet()
	untrusted.StartTLS()
	t.Cleanup(untrusted.Close)
	for name, change := range map[string]func(*ridp.Config){
		"nobody listens":           func(c *ridp.Config) { c.Endpoint = "https://" + closed.Addr().String() },
		"no such name":             func(c *ridp.Config) { c.Endpoint = "https://ridp.invalid/" },
		"no TLS":                   func(c *ridp.Config) { c.Endpoint = "https" + strings.TrimPrefix(plain.URL, "http") },
		"an untrusted certificate": func(c *ridp.Config) { c.Endpoint, c.Client = untrusted.URL, nil },
		"no credentials":           func(c *ridp.Config) { c.Authorize = func(*http.Request) error { return errUnauthorized } },
		"another transport": func(c *ridp.Config) {
			c.Client = &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
				return nil, &net.OpError{Op: "dial", Err: errUnauthorized}
			})}
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, nil, change)
			progress, err := f.begin(t)
			require.ErrorIs(t, err, selfcheck.ErrNotSent)
			failed, is := errors.AsType[*ridp.Error](err)
			require.True(t, is)
			require.Equal(t, ridp.KindNotSent, failed.Kind)
			require.Equal(t, "ridp: not_sent", err.Error())
			require.Equal(t, name == "no credentials", errors.Is(err, errUnauthorized))
			require.Zero(t, progress)
			require.Empty(t, f.service.Exchanges())
		})
	}
}

var errUnauthorized = errors.New("zyxunauthorized")

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// A transport that tells nothing may have sent it.
func TestSC19_NotKnownIfTheTransportTellsNothing(t *testing.T) {
	f := newFixture(t, nil, func(c *ridp.Config) {
		c.Client = &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) { return nil, errUnauthorized })}
	})
	_, err := f.begin(t)
	require.Error(t, err)
	require.NotErrorIs(t, err, selfcheck.ErrNotSent)
}

func TestBegin_ContextThatIsDone(t *testing.T) {
	f := newFixture(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := f.provider.Begin(ctx, selfcheck.Beginning{Reference: someReference, Applicant: someApplicant(t)})
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, err, selfcheck.ErrNotSent)

	ctx, cancel = context.WithCancel(t.Context())
	f.service.Primary(func(http.ResponseWriter, *http.Request, ridptest.Response) { cancel(); panic(http.ErrAbortHandler) })
	_, err = f.provider.Begin(ctx, selfcheck.Beginning{Reference: someReference, Applicant: someApplicant(t)})
	require.Error(t, err)
	require.NotErrorIs(t, err, selfcheck.ErrNotSent)
}

func TestBegin_FollowsNoRedirection(t *testing.T) {
	f := newFixture(t, nil)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the applicant went elsewhere") }))
	t.Cleanup(elsewhere.Close)
	f.service.Primary(func(w http.ResponseWriter, r *http.Request, _ ridptest.Response) {
		http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
	})
	_, err := f.begin(t)
	require.EqualError(t, err, "ridp: status 307")
}

func TestBegin_AuthorizesEachRequest(t *testing.T) {
	var seen []string
	f := newFixture(t, nil, func(c *ridp.Config) {
		c.Authorize = func(r *http.Request) error {
			r.Header.Set("Authorization", "Bearer zyx")
			return nil
		}
	})
	f.service.Primary(func(w http.ResponseWriter, r *http.Request, answer ridptest.Response) {
		seen = append(seen, r.Header.Get("Authorization"))
		ridptest.As(func(*ridptest.Response) {})(w, r, answer)
	})
	f.quiz(t)
	require.Equal(t, []string{"Bearer zyx"}, seen)
}

func TestBegin_AgainIsAnotherInquiry(t *testing.T) {
	f := newFixture(t, nil)
	first, _ := f.quiz(t)
	second, _ := f.quiz(t)
	require.NotEqual(t, first, second)
}

func TestClockThatIsNotSet(t *testing.T) {
	f := newFixture(t, nil, func(c *ridp.Config) { c.Now = func() time.Time { return time.Time{} } })
	_, err := f.begin(t)
	require.ErrorIs(t, err, cris.ErrClock)
	require.ErrorIs(t, err, selfcheck.ErrNotSent)
	_, err = f.provider.Conclude(t.Context(), someReference, "HUB-000001", "")
	require.ErrorIs(t, err, cris.ErrClock)
	require.Equal(t, http.StatusInternalServerError, post(t, f.provider, nil).status)
	require.Empty(t, f.service.Exchanges())
}
