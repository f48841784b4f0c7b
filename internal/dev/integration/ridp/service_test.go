package ridp_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/adapters/ridp"
	"github.com/seed28e20331/cris/adapters/ridp/ridptest"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// selfCheck is Self Check with the service behind it.
type selfCheck struct {
	*selfchecktest.SelfCheck
	service  *ridptest.Server
	provider *ridp.Provider
	token    selfcheck.Token
}

func newSelfCheck(t *testing.T, options *ridptest.Options) *selfCheck {
	t.Helper()
	s := &selfCheck{service: ridptest.New(options), token: selfcheck.NewToken()}
	server := httptest.NewTLSServer(s.service)
	t.Cleanup(server.Close)
	s.SelfCheck = selfchecktest.NewSelfCheck(memory.New().SelfChecks(), func(check *selfchecktest.SelfCheck) {
		var err error
		s.provider, err = ridp.New(ridp.Config{
			Endpoint: server.URL, Client: server.Client(), PageURL: "https://program.example/quiz", ReturnURL: "https://program.example/return",
			Keys: [][]byte{[]byte("0123456789abcdef0123456789abcdef")}, Now: check.Clock.Now,
		})
		require.NoError(t, err)
		check.IdP = s.provider
	})
	return s
}

func (s *selfCheck) begin(t *testing.T) selfcheck.Proofing {
	t.Helper()
	proofing, err := s.Begin(t.Context(), s.token, selfcheck.Statements()[0].Edition, someApplicant(), cris.English)
	require.NoError(t, err)
	return proofing
}

func (s *selfCheck) conclude(t *testing.T, returned string) selfcheck.Proofing {
	t.Helper()
	proofing, err := s.Conclude(t.Context(), s.token, returned)
	require.NoError(t, err)
	return proofing
}

// take answers the quiz of the proofing and returns what the page gives for the way back.
func (s *selfCheck) take(t *testing.T, quiz selfcheck.Quiz, right bool) string {
	t.Helper()
	form := url.Values{}
	for _, value := range quiz.Values {
		form.Set(value.Name, value.Value.Reveal())
	}
	asked := s.post(t, form)
	for name, value := range asked.choices(right) {
		form.Set(name, value)
	}
	form.Set("act", "answer")
	back := s.post(t, form).find(func(n *html.Node) bool { return attr(n, "name") == ridp.FieldReturned })
	require.Len(t, back, 1)
	return attr(back[0], "value")
}

func (s *selfCheck) post(t *testing.T, form url.Values) *browser {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/quiz", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.provider.Handler().ServeHTTP(w, r)
	page, err := html.Parse(w.Body)
	require.NoError(t, err)
	return &browser{page: page}
}

func TestSC7_SelfCheckAuthenticatesWhoWasSent(t *testing.T) {
	s := newSelfCheck(t, nil)
	proofing := s.begin(t)
	require.Equal(t, selfcheck.QuizToTake, proofing.Outcome)
	s.Clock.Advance(5 * time.Minute)
	returned := s.take(t, proofing.Quiz, true)
	done := s.conclude(t, returned)
	require.Equal(t, selfcheck.Authenticated, done.Outcome, done.Reasons)
	require.Equal(t, selfcheck.IdPTransactionID("HUB-000001"), done.Pass.IdPTransaction)
	require.Equal(t, someApplicant().SSN, done.Pass.SSN)
	require.Equal(t, "Peña-O’Neil", done.Pass.Name.Reveal().Family, "in the individual's own spelling")
	require.Equal(t, done.Outcome, s.conclude(t, returned).Outcome, "again")
}

// Whoever failed gains nothing by a broken report: the quiz stays open, the report still
// counts, and without it the proofing ends as a failure all the same.
func TestSC8_BrokenReportsAreNoOtherTry(t *testing.T) {
	for _, comesBack := range []bool{true, false} {
		s := newSelfCheck(t, nil)
		returned := s.take(t, s.begin(t).Quiz, false)
		for _, broken := range []string{"", "garbage", returned[1:], returned + "A"} {
			require.Equal(t, selfcheck.QuizToTake, s.conclude(t, broken).Outcome)
		}
		if !comesBack {
			s.Clock.Advance(selfcheck.DefaultPolicy().QuizLife + time.Second)
			returned = "garbage"
		}
		done := s.conclude(t, returned)
		require.Equal(t, selfcheck.NotAuthenticated, done.Outcome)
		require.Equal(t, selfcheck.AnsweredIncorrectly, done.Failure.Reason)
		require.Equal(t, selfcheck.IdPTransactionID("HUB-000001"), done.Failure.IdPTransaction)
	}
}

// Two inquiries, one answered: it counts, whichever is on record.
func TestSC7_EitherOfTwoQuizzesCounts(t *testing.T) {
	s := newSelfCheck(t, nil)
	first := s.begin(t).Quiz
	require.False(t, s.begin(t).Quiz.IsZero())
	done := s.conclude(t, s.take(t, first, true))
	require.Equal(t, selfcheck.Authenticated, done.Outcome, done.Reasons)
	require.Equal(t, selfcheck.IdPTransactionID("HUB-000001"), done.Pass.IdPTransaction)
}

func TestSC3_FiveQuestionsAreMoreThanTheNoticeAllows(t *testing.T) {
	s := newSelfCheck(t, &ridptest.Options{Questions: 5})
	done := s.conclude(t, s.take(t, s.begin(t).Quiz, true))
	require.Equal(t, selfcheck.SystemError, done.Failure.Reason)
}

func TestSC4_SelfCheckNamesTheReason(t *testing.T) {
	for name, test := range map[string]struct {
		reply ridptest.Reply
		want  selfcheck.FailureReason
		code  selfcheck.ErrorCode
	}{
		"frozen":       {ridptest.Decision("RF1", "HE000050"), selfcheck.CouldNotGenerateQuestions, "HE000050"},
		"no questions": {ridptest.Decision("RF2", "HS000000"), selfcheck.CouldNotGenerateQuestions, "RF2"},
		"no quiz":      {ridptest.Decision("ACC", "HS000000"), selfcheck.CouldNotGenerateQuestions, ""},
		"an outage":    {ridptest.ErrorCode("HX000001"), selfcheck.SystemError, "HX000001"},
		"HTML":         {ridptest.HTML(), selfcheck.SystemError, ""},
	} {
		s := newSelfCheck(t, nil)
		s.service.Primary(test.reply)
		done := s.begin(t)
		require.Equal(t, selfcheck.NotAuthenticated, done.Outcome, name)
		require.Equal(t, test.want, done.Failure.Reason, name)
		require.Equal(t, test.code, done.Failure.ErrorCode, name)
	}
}
