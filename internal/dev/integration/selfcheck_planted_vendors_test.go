package integration_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"

	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/adapters/ridp/ridptest"
	"github.com/seed28e20331/cris/selfcheck"
)

// idpScript is how the identity proofing provider treats one individual.
type idpScript struct {
	name    string
	mayPass bool

	// Over the wire: what becomes of its answers, and how the individual answers.
	primary, secondary reply
	isWrong, leaves    bool

	// In place of it, without a wire: a provider that is not honest. The other individual is
	// one of the same test.
	begin    func(p individual, other individual) (selfcheck.Progress, error)
	conclude func(p individual, other individual) (selfcheck.Progress, error)
}

// reply changes how the answer about an individual is given. Nil gives it as it is.
type reply func(w http.ResponseWriter, r *http.Request, answer *httptest.ResponseRecorder, body string)

// idpScripts are the ways; the first is the one in which all goes well.
var idpScripts = []idpScript{
	{name: "passes", mayPass: true},
	{name: "wrong answers", isWrong: true},
	{name: "leaves the quiz", leaves: true},
	{name: "no questions", primary: answering(map[string]any{"finalDecisionCode": "RF1", "responseMetadata": code("HE000050")})},
	{name: "use limit", primary: answering(map[string]any{"finalDecisionCode": "RF3", "responseMetadata": code("HS000000")})},
	{name: "fraud", begin: func(p, _ individual) (selfcheck.Progress, error) {
		return reportedOf(p, selfcheck.IdPMultipleAttempts), nil
	}},
	{name: "fraud alert", begin: func(p, _ individual) (selfcheck.Progress, error) { return reportedOf(p, selfcheck.IdPFraudAlert), nil }},
	{name: "outage", primary: answering(map[string]any{"responseMetadata": code("HX000001")})},
	{name: "HTML", primary: page},
	{name: "truncated", primary: truncated},
	{name: "dead", primary: dead},
	{name: "late", primary: late},
	{name: "slow", primary: slow, secondary: slow, mayPass: true},
	{name: "twice", primary: twice},
	{name: "repeats what was sent", primary: echoing},
	{name: "repeats what was sent, later", secondary: echoing},
	{name: "dead at the answers", secondary: dead},
	{name: "late at the answers", secondary: late},
	{name: "another session", secondary: changing(func(answer map[string]any) { answer["sessionIdentification"] = "SESSION/999999" })},
	{name: "contradicts itself", secondary: changing(func(answer map[string]any) {
		answer["finalDecisionCode"], answer["responseMetadata"] = "ACC", code("HE000099")
	})},
	{name: "the number is the individual", begin: func(p, _ individual) (selfcheck.Progress, error) {
		report := selfcheck.Report{Outcome: selfcheck.IdPAnsweredIncorrectly, Questions: 3, ErrorCode: selfcheck.ErrorCode(p.projected)}
		number := selfcheck.IdPTransactionID(p.projected + "-" + p.given + "-" + p.ssn)
		if !p.hasSSN {
			number = selfcheck.IdPTransactionID(p.projected + "-" + p.birth.String())
		}
		return selfcheck.Progress{Transaction: number, Report: report}, nil
	}},
	{name: "the number is the individual while the quiz runs", begin: func(p, _ individual) (selfcheck.Progress, error) {
		progress := askedOf(p)
		progress.Transaction = selfcheck.IdPTransactionID("X/" + strings.ToUpper(p.given) + "/" + p.birth.String())
		return progress, nil
	}, conclude: func(p, _ individual) (selfcheck.Progress, error) { return reportedOf(p, selfcheck.IdPAbandoned), nil }},
	{name: "the code is the city", begin: func(p, _ individual) (selfcheck.Progress, error) {
		return selfcheck.Progress{Transaction: numberOf(p), Report: selfcheck.Report{Outcome: selfcheck.IdPAnsweredIncorrectly, Questions: 3, ErrorCode: selfcheck.ErrorCode(p.city)}}, nil
	}},
	{name: "passes another", begin: func(_, other individual) (selfcheck.Progress, error) { return passedBy(other, "X-OTHER"), nil }},
	{name: "passes another later", begin: func(p, _ individual) (selfcheck.Progress, error) { return askedOf(p), nil }, conclude: func(p, other individual) (selfcheck.Progress, error) {
		progress := passedBy(p, "X-OTHER")
		progress.Report.SSN, progress.Report.Name = selfcheck.MustParseSSN(other.ssn), other.name()
		return progress, nil
	}},
	{name: "another time", begin: func(p, _ individual) (selfcheck.Progress, error) {
		progress := passedBy(p, "X-TIME")
		progress.Report.At = time.Date(300000, 1, 1, 0, 0, 0, 0, time.UTC)
		return progress, nil
	}},
	{name: "a pass without a number", begin: func(p, _ individual) (selfcheck.Progress, error) { return passedBy(p, ""), nil }},
	{name: "a pass with a text", begin: func(p, _ individual) (selfcheck.Progress, error) {
		return passedBy(p, selfcheck.IdPTransactionID(p.given+"\n"+strings.Repeat(p.family, 10_000))), nil
	}},
	{name: "one number for all", mayPass: true, begin: func(p, _ individual) (selfcheck.Progress, error) { return passedBy(p, "X-THE-SAME"), nil }},
	{name: "a quiz and a report", begin: func(p, other individual) (selfcheck.Progress, error) {
		progress := passedBy(other, "X-BOTH")
		progress.Quiz = askedOf(p).Quiz
		return progress, nil
	}},
	{name: "one question", begin: func(p, _ individual) (selfcheck.Progress, error) {
		progress := passedBy(p, "X-ONE")
		progress.Report.Questions = 1
		return progress, nil
	}},
	{name: "never over", begin: func(p, _ individual) (selfcheck.Progress, error) { return askedOf(p), nil }},
	{name: "fails when asked", begin: func(p, _ individual) (selfcheck.Progress, error) { return askedOf(p), nil }, conclude: func(individual, individual) (selfcheck.Progress, error) {
		return selfcheck.Progress{}, errors.New("the provider cannot be reached")
	}},
	{name: "panics", begin: func(p, _ individual) (selfcheck.Progress, error) { panic("the vendor's code is broken") }},
	{name: "a second quiz", mayPass: true, begin: func(p, _ individual) (selfcheck.Progress, error) { return askedOf(p), nil }, conclude: func(p, _ individual) (selfcheck.Progress, error) {
		return passedBy(p, numberOf(p)), nil
	}},
}

func numberOf(p individual) selfcheck.IdPTransactionID {
	return selfcheck.IdPTransactionID(fmt.Sprintf("X-%06d", p.n))
}

func askedOf(p individual) selfcheck.Progress {
	return selfcheck.Progress{Transaction: numberOf(p), Quiz: selfcheck.Quiz{URL: "https://idp.example/quiz"}}
}

func reportedOf(p individual, outcome selfcheck.IdPOutcome) selfcheck.Progress {
	return selfcheck.Progress{Transaction: numberOf(p), Report: selfcheck.Report{Outcome: outcome, Questions: 3, ErrorCode: "HE000050"}}
}

func passedBy(p individual, number selfcheck.IdPTransactionID) selfcheck.Progress {
	applicant := p.applicant()
	return selfcheck.Progress{Transaction: number, Report: selfcheck.Report{
		Outcome: selfcheck.IdPPassed, Questions: 3, Name: applicant.Name, BirthDate: applicant.BirthDate, SSN: applicant.SSN,
	}}
}

// anyIdP is the provider of a process: over the wire, or the one of the individual's script.
type anyIdP struct {
	selfcheck.IdP
	people map[string]individual // by given name
	count  int
}

func (a anyIdP) other(p individual) individual { return newIndividual((p.n + 1) % a.count) }

func (a anyIdP) Begin(ctx context.Context, begin selfcheck.Beginning) (selfcheck.Progress, error) {
	p := a.people[begin.Applicant.Name.Reveal().Given]
	if p.idp.begin == nil {
		return a.IdP.Begin(ctx, begin)
	}
	progress, err := p.idp.begin(p, a.other(p))
	return progress, err
}

// Conclude knows by what came back whose proofing it is.
func (a anyIdP) Conclude(ctx context.Context, reference selfcheck.Reference, provider selfcheck.IdPTransactionID, returned string) (selfcheck.Progress, error) {
	given, isOurs := strings.CutPrefix(returned, "given ")
	p := a.people[given]
	switch {
	case !isOurs:
		return a.IdP.Conclude(ctx, reference, provider, returned)
	case p.idp.conclude == nil:
		return selfcheck.Progress{Transaction: provider}, nil
	}
	return p.idp.conclude(p, a.other(p))
}

// wiredIdP is the provider on the other end of the wire. It knows from the applicant whose
// answers to spoil.
type wiredIdP struct {
	service *ridptest.Server
	people  map[string]individual // by given name

	mu       sync.Mutex
	sessions map[string]individual
}

func (s *wiredIdP) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	var message struct {
		Request struct {
			Primary struct {
				Person struct {
					Given string `json:"personGivenName"`
				} `json:"person"`
			} `json:"primaryRequest"`
			Secondary struct {
				Session string `json:"sessionIdentification"`
			} `json:"secondaryRequest"`
		} `json:"ridpRequest"`
	}
	if json.Unmarshal(body, &message) != nil {
		http.Error(w, "no JSON", http.StatusBadRequest)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	answer := httptest.NewRecorder()
	s.service.ServeHTTP(answer, r)
	p, isPrimary := s.people[message.Request.Primary.Person.Given]
	change := p.idp.primary
	if isPrimary {
		var said struct {
			Response struct {
				Session string `json:"sessionIdentification"`
			} `json:"ridpResponse"`
		}
		_ = json.Unmarshal(answer.Body.Bytes(), &said)
		s.mu.Lock()
		s.sessions[said.Response.Session] = p
		s.mu.Unlock()
	} else {
		s.mu.Lock()
		p = s.sessions[message.Request.Secondary.Session]
		s.mu.Unlock()
		change = p.idp.secondary
	}
	if change == nil {
		change = unchanged
	}
	change(w, r, answer, string(body))
}

func unchanged(w http.ResponseWriter, _ *http.Request, answer *httptest.ResponseRecorder, _ string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes())
}

func code(code string) map[string]any {
	return map[string]any{"responseCode": code, "responseText": code}
}

// changing changes the fields of the answer.
func changing(change func(answer map[string]any)) reply {
	return func(w http.ResponseWriter, r *http.Request, answer *httptest.ResponseRecorder, body string) {
		var message map[string]map[string]any
		if err := json.Unmarshal(answer.Body.Bytes(), &message); err != nil || message["ridpResponse"] == nil {
			panic(http.ErrAbortHandler)
		}
		change(message["ridpResponse"])
		text, err := json.Marshal(message)
		if err != nil {
			panic(err)
		}
		answer.Body = bytes.NewBuffer(text)
		unchanged(w, r, answer, body)
	}
}

// answering answers with these fields and the reference number alone.
func answering(fields map[string]any) reply {
	return changing(func(answer map[string]any) {
		for name := range answer {
			if name != "hubReferenceNumber" {
				delete(answer, name)
			}
		}
		maps.Copy(answer, fields)
	})
}

// echoing puts what was sent into every text of the answer.
func echoing(w http.ResponseWriter, r *http.Request, answer *httptest.ResponseRecorder, body string) {
	changing(func(answer map[string]any) {
		clear(answer)
		answer["hubReferenceNumber"] = body[:min(len(body), 300)]
		answer["finalDecisionCode"] = "RF2"
		answer["responseMetadata"] = map[string]any{"responseCode": body, "responseText": body}
	})(w, r, answer, body)
}

func page(w http.ResponseWriter, _ *http.Request, _ *httptest.ResponseRecorder, body string) {
	w.Header().Set("Content-Type", "text/html")
	_, _ = io.WriteString(w, "<html>"+body+"</html>")
}

func truncated(w http.ResponseWriter, _ *http.Request, answer *httptest.ResponseRecorder, _ string) {
	_, _ = w.Write(answer.Body.Bytes()[:answer.Body.Len()/2])
}

func dead(http.ResponseWriter, *http.Request, *httptest.ResponseRecorder, string) {
	panic(http.ErrAbortHandler)
}

func late(_ http.ResponseWriter, r *http.Request, _ *httptest.ResponseRecorder, _ string) {
	<-r.Context().Done()
	panic(http.ErrAbortHandler)
}

func slow(w http.ResponseWriter, r *http.Request, answer *httptest.ResponseRecorder, body string) {
	select {
	case <-time.After(100 * time.Millisecond):
	case <-r.Context().Done():
	}
	unchanged(w, r, answer, body)
}

func twice(w http.ResponseWriter, _ *http.Request, answer *httptest.ResponseRecorder, _ string) {
	_, _ = w.Write(append(answer.Body.Bytes(), answer.Body.Bytes()...))
}

// unreliable is an E-Verify whose answers are lost, late, broken and about other cases now and
// then.
type unreliable struct {
	*everifytest.Server

	mu     sync.Mutex
	random *rand.Rand
	isGood bool
}

func (u *unreliable) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	u.mu.Lock()
	if !u.isGood && u.random.IntN(8) == 0 {
		requests, faults := everifytest.Requests(), everifytest.Faults()
		fault := faults[u.random.IntN(len(faults))]
		isCostly := fault == everifytest.Huge || fault == everifytest.Silent || fault == everifytest.Late
		if !isCostly || u.random.IntN(8) == 0 {
			u.Break(requests[u.random.IntN(len(requests))], fault)
		}
	}
	u.mu.Unlock()
	u.Server.ServeHTTP(w, r)
}

// mend makes it good from now on.
func (u *unreliable) mend() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.isGood = true
	u.Mend()
}

// people returns the individuals by their given names.
func people(count int) map[string]individual {
	all := map[string]individual{}
	for n := range count {
		p := newIndividual(n)
		all[p.given] = p
	}
	return all
}
