package integration_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/everify"
	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/adapters/ridp"
	"github.com/seed28e20331/cris/adapters/ridp/ridptest"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/attempt"
)

// plantedShiftEnv holds a shift as JSON: what a copy of this test binary is to do before it is
// killed.
const plantedShiftEnv = "CRIS_PLANTED"

// shift is the work of one process.
type shift struct {
	Driver, DSN   string
	IdP, EVerify  string // URLs
	Now           time.Time
	Seed          uint64
	Individuals   []int // who come, or come back, in this order
	Of            int   // how many there are
	IsSweepingToo bool
}

// plantedKeys is what every process has beside the database.
func plantedKeys() [][]byte { return [][]byte{[]byte("0123456789abcdef0123456789abcdef")} }

// process is a program that serves individuals, with its own connections to everything.
type process struct {
	*selfcheck.Service

	provider *ridp.Provider
	log      *slog.Logger
}

func newProcess(t *testing.T, s shift, store *sqlstore.DB, log *slog.Logger) *process {
	t.Helper()
	const patience = time.Second
	began := time.Now()
	now := func() time.Time { return s.Now.Add(time.Since(began)) }
	provider, err := ridp.New(ridp.Config{
		Endpoint: s.IdP, PageURL: "https://program.example/quiz", ReturnURL: "https://program.example/return",
		Keys: plantedKeys(), Now: now, Deadline: patience,
	})
	require.NoError(t, err)
	verifier, err := everify.New(everify.Config{
		BaseURL:     s.EVerify + everifytest.Path,
		Credentials: func(context.Context) (string, string, error) { return everifytest.UserName, everifytest.Password, nil },
		Creator:     everify.Creator{Name: "Self Check Desk", Email: "desk@selfcheck.example", Phone: "8005550142"},
		Deadline:    patience, Now: now,
		Unknown: func(code everify.UnknownCode) { log.Warn("unknown code", "code", code) },
		Sleep:   func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	})
	require.NoError(t, err)
	return &process{
		Service: selfcheck.NewService(store.SelfChecks(), anyIdP{provider, people(s.Of), s.Of}, verifier, &selfcheck.Options{
			Now: now,
			Attempts: attempt.NewLimiter(store.Attempts(), &attempt.Options{
				Now: now, Policy: attempt.MyEVerifyPolicy(),
				HostKey: func(context.Context, cris.Date) ([]byte, error) { return plantedKeys()[0], nil },
			}),
			Failed: func(_ context.Context, err error) {
				log.Error("failed", "error", err, "whole", fmt.Sprintf("%+v %#v", err, err))
			},
		}),
		provider: provider, log: log,
	}
}

// TestPlantedProcess is no test. It is the process that TestSC5_ThousandSessions... kills.
func TestPlantedProcess(t *testing.T) {
	if os.Getenv(plantedShiftEnv) == "" {
		t.Skip("it is run by another test")
	}
	var s shift
	require.NoError(t, json.Unmarshal([]byte(os.Getenv(plantedShiftEnv)), &s))
	store := opened(t, openDatabase(t, s.Driver, s.DSN))
	p := newProcess(t, s, store, slog.New(slog.NewTextHandler(os.Stderr, nil)))
	fmt.Println("begun")
	coming := make(chan int, len(s.Individuals))
	for _, n := range s.Individuals {
		coming <- n
	}
	close(coming)
	const atOnce = 6
	var serving sync.WaitGroup
	for worker := range atOnce {
		serving.Go(func() {
			random := rand.New(rand.NewPCG(s.Seed, uint64(worker)))
			for n := range coming {
				p.serve(t.Context(), newIndividual(n), random)
				fmt.Println("gone", n)
			}
		})
	}
	if s.IsSweepingToo {
		done := make(chan struct{})
		var sweeping sync.WaitGroup
		sweeping.Go(func() {
			for {
				swept, err := p.Sweep(t.Context())
				p.note("swept", swept, err)
				select {
				case <-done:
					return
				default:
				}
			}
		})
		defer sweeping.Wait()
		defer close(done)
	}
	serving.Wait()
}

// note writes down what was answered, as a careless program would.
func (p *process) note(what string, answer any, err error) {
	p.log.Info(what, "answer", answer, "whole", fmt.Sprintf("%+v %#v", answer, answer), "error", err)
}

// step tells the parent that something has happened.
func step(what string) { fmt.Println("step", what) }

// serve does what an individual does in one visit, from the first page to the one that he or
// she closes. What a vendor's code panics with ends the visit, as a server would end it.
func (p *process) serve(ctx context.Context, who individual, random *rand.Rand) {
	defer func() {
		if r := recover(); r != nil {
			p.log.Error("panic", "value", r)
		}
	}()
	if !p.prove(ctx, who, random) || who.leavesPass {
		if !who.leavesPass { // SC-1: whoever tries all the same
			answer, err := p.Query(ctx, who.token(), who.entered())
			p.note("query", answer, err)
		}
		return
	}
	tabs := 1
	if who.twoTabs {
		tabs = 2
	}
	var open sync.WaitGroup
	for range tabs {
		open.Go(func() { p.check(ctx, who) })
	}
	open.Wait()
	if who.ends {
		p.note("end", nil, p.End(ctx, who.token()))
	}
}

// prove takes step one and reports whether it was passed.
func (p *process) prove(ctx context.Context, who individual, random *rand.Rand) bool {
	begin := func() (selfcheck.Proofing, error) {
		return p.Begin(ctx, who.token(), selfcheck.Statements()[0].Edition, who.applicant(), cris.English)
	}
	proofing, err := begin()
	const most = 4
	for range most {
		p.note("proofing", proofing, err)
		step("proofing")
		if err != nil || proofing.Outcome != selfcheck.QuizToTake || who.leavesQuiz {
			break
		}
		if proofing.Quiz.IsZero() {
			proofing, err = begin() // the page is lost
			continue
		}
		returned := "given " + who.given
		if who.idp.begin == nil {
			returned = p.quiz(ctx, who, proofing.Quiz)
		}
		if random.IntN(4) == 0 {
			var other sync.WaitGroup
			other.Go(func() {
				again, err := p.Conclude(ctx, who.token(), returned)
				p.note("concluded in another tab", again, err)
			})
			defer other.Wait()
		}
		proofing, err = p.Conclude(ctx, who.token(), returned)
	}
	return err == nil && proofing.Outcome == selfcheck.Authenticated
}

// quiz answers or leaves the provider's page, and returns what the browser brings back.
func (p *process) quiz(ctx context.Context, who individual, quiz selfcheck.Quiz) string {
	form := url.Values{}
	for _, value := range quiz.Values {
		form.Set(value.Name, value.Value.Reveal())
	}
	asked := p.post(ctx, form)
	step("quiz")
	form.Set("act", "answer")
	if who.idp.leaves {
		form.Set("act", "leave")
	}
	answerAs(asked, form, !who.idp.isWrong)
	return returnedBy(p.post(ctx, form))
}

// answerAs picks a choice of each question: the right one, or another.
func answerAs(page *html.Node, form url.Values, right bool) {
	for label := range page.Descendants() {
		if label.Type != html.ElementNode || label.Data != "label" {
			continue
		}
		isRight := false
		var input *html.Node
		for inside := range label.Descendants() {
			isRight = isRight || inside.Type == html.TextNode && strings.Contains(inside.Data, ridptest.RightChoice)
			if inside.Data == "input" {
				input = inside
			}
		}
		if input != nil && isRight == right {
			form.Set(attribute(input, "name"), attribute(input, "value"))
		}
	}
}

// returnedBy returns what the page gives for the way back, "" if nothing.
func returnedBy(page *html.Node) string {
	for input := range page.Descendants() {
		if input.Data == "input" && attribute(input, "name") == ridp.FieldReturned {
			return attribute(input, "value")
		}
	}
	return ""
}

func (p *process) post(ctx context.Context, form url.Values) *html.Node {
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/quiz", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	p.provider.Handler().ServeHTTP(w, r)
	shown, err := html.Parse(w.Body)
	if err != nil {
		panic(err)
	}
	return shown
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// check takes step two in one tab.
func (p *process) check(ctx context.Context, who individual) {
	answer, err := p.Query(ctx, who.token(), who.entered())
	const most = 5
	for range most {
		p.note("query", answer, err)
		step("query")
		switch {
		case errors.Is(err, selfcheck.ErrNoCase):
			answer, err = p.Query(ctx, who.token(), who.entered())
			continue
		case err != nil || answer.Outcome == selfcheck.QueryUnanswered || answer.Outcome == selfcheck.QueryWaiting:
			answer, err = p.Look(ctx, who.token())
			continue
		case answer.Outcome == selfcheck.QueryUnconfirmed && !who.leavesAnswer:
			answer, err = p.Confirm(ctx, who.token(), who.entered())
			continue
		}
		break
	}
	if err != nil || who.leavesAnswer || who.choice == "" || answer.Outcome != selfcheck.QueryAccepted {
		return
	}
	resolution, err := p.Resolve(ctx, who.token(), who.choice)
	// The form that is handed out is about the individual: what is noted is what it was.
	p.note("resolution", resolution.Outcome, err)
	step("resolution")
}
