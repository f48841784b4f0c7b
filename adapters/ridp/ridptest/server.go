// Package ridptest is a Remote Identity Proofing service to test with: an http.Handler that
// checks what it gets, asks questions and decides about the answers. [Reply] makes it answer in
// other ways.
//
// It shares no code with package ridp, so that a mistake in one of them shows.
package ridptest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
)

// RightChoice is what the right choice of every question begins with.
const RightChoice = "Zyxright"

// Options are what a Server does by itself. The zero Options are the defaults.
type Options struct {
	Questions int // three to five; 0 is three
	UseLimit  int // inquiries about one person before it answers RF3; 0 is no limit
}

// Server is the service. It may be used by several goroutines at once.
type Server struct {
	options Options

	mu        sync.Mutex
	sessions  map[string]*session
	inquiries map[string]int // by person
	primary   []Reply
	secondary []Reply
	exchanges []Exchange
	active    int // requests that are being answered
	idle      sync.Cond
}

// session is a quiz that was given.
type session struct {
	reference  string
	right      []int // the right choice of each question, from 1
	isAnswered bool
}

// Exchange is a request with its response.
type Exchange struct {
	Request, Response []byte
	IsPrimary         bool
	IsScripted        bool // the response is of a Reply
}

// New returns a Server. A nil Options is the zero Options.
func New(options *Options) *Server {
	s := &Server{sessions: map[string]*session{}, inquiries: map[string]int{}}
	s.idle.L = &s.mu
	if options != nil {
		s.options = *options
	}
	if s.options.Questions == 0 {
		s.options.Questions = 3
	}
	return s
}

// Primary makes the Server answer the next requests with an applicant so, one each.
func (s *Server) Primary(replies ...Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.primary = append(s.primary, replies...)
}

// Secondary makes the Server answer the next requests with answers so, one each.
func (s *Server) Secondary(replies ...Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.secondary = append(s.secondary, replies...)
}

// Exchanges waits until no request is being answered, and returns those that the Server took
// with what it answered, oldest first. The caller may keep and change the slice, and must not
// change the bytes.
func (s *Server) Exchanges() []Exchange {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.active > 0 {
		s.idle.Wait()
	}
	return slices.Clone(s.exchanges)
}

// ServeHTTP implements http.Handler. A request that the service would not take is answered
// with status 400 and an error code.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		return // whoever sent it is gone, or sends too much
	}
	message, problem := readRequest(r, body)
	if problem != "" {
		write(w, http.StatusBadRequest, refusal(codeInvalid, problem).encode())
		return
	}
	answer, reply := s.take(message)
	recorder := &recorder{ResponseWriter: w}
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.active--
		s.idle.Broadcast()
		s.exchanges = append(s.exchanges, Exchange{body, recorder.body.Bytes(), message.Primary != nil, reply != nil})
	}()
	if reply == nil {
		write(recorder, http.StatusOK, answer.encode())
		return
	}
	reply(recorder, r, answer)
}

// take does what the service does with a request, whether or not its answer will arrive.
func (s *Server) take(message requestBody) (Response, Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.active++
	if message.Primary != nil {
		return s.inquire(*message.Primary), shift(&s.primary)
	}
	return s.judge(*message.Secondary), shift(&s.secondary)
}

func shift(replies *[]Reply) Reply {
	if len(*replies) == 0 {
		return nil
	}
	first := (*replies)[0]
	*replies = (*replies)[1:]
	return first
}

// inquire makes questions about a person. The caller holds the lock.
func (s *Server) inquire(primary primaryRequest) Response {
	who := primary.Person.Given + " " + primary.Person.Family + " " + primary.Person.BirthDate
	s.inquiries[who]++
	number := len(s.sessions) + 1
	reference := fmt.Sprintf("HUB-%06d", number)
	if s.options.UseLimit > 0 && s.inquiries[who] > s.options.UseLimit {
		s.sessions[reference] = &session{isAnswered: true}
		return Response{Reference: reference, Decision: "RF3", Code: codeSuccess}
	}
	id := fmt.Sprintf("SESSION/%06d", number)
	given := &session{reference: reference}
	answer := Response{Session: id, Reference: reference, Code: codeSuccess}
	for i := range s.options.Questions {
		right := i%3 + 1
		given.right = append(given.right, right)
		asked := Question{Text: fmt.Sprintf("Zyxquestion %d of quiz %d?", i+1, number)}
		if primary.Person.Language == "spa" {
			asked.Text = fmt.Sprintf("¿Zyxpregunta %d de la prueba %d?", i+1, number)
		}
		for j := range 4 {
			text := "Zyxwrong"
			if j+1 == right {
				text = RightChoice
			}
			asked.Choices = append(asked.Choices, fmt.Sprintf("%s %d <%d>", text, i+1, j+1))
		}
		asked.Choices = append(asked.Choices, "None of the above")
		answer.Questions = append(answer.Questions, asked)
	}
	s.sessions[id] = given
	return answer
}

// judge decides about answers. The caller holds the lock.
func (s *Server) judge(secondary secondaryRequest) Response {
	given := s.sessions[secondary.Session]
	if given == nil || given.reference != secondary.Reference || len(secondary.Answers) != len(given.right) {
		return refusal(codeInvalid, "unknown session")
	}
	if given.isAnswered {
		return refusal(codeAnswered, "answered before")
	}
	given.isAnswered = true
	answer := Response{Session: secondary.Session, Reference: secondary.Reference, Decision: "ACC", Code: codeSuccess}
	for i, one := range secondary.Answers {
		if one.question() != i+1 || one.choice() != given.right[i] {
			answer.Decision = "RF2"
		}
	}
	return answer
}

// recorder remembers the beginning of what is written.
type recorder struct {
	http.ResponseWriter
	body bytes.Buffer
}

func (r *recorder) Write(b []byte) (int, error) {
	const most = 1 << 20
	r.body.Write(b[:min(len(b), max(0, most-r.body.Len()))])
	return r.ResponseWriter.Write(b)
}

// Unwrap makes http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func write(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// Response is what the service answers. A field that is empty is left out.
type Response struct {
	Session   string
	Reference string
	Questions []Question
	Decision  string // ACC, RF1 to RF4
	Code      string // HS000000 and others
	Text      string // what the code means; "" is the code
}

// Question is a question with its choices.
type Question struct {
	Text    string
	Choices []string
}

// The response codes that the Server uses. Beside the first and HE000050 they are its own.
const (
	codeSuccess  = "HS000000"
	codeInvalid  = "HE009001"
	codeAnswered = "HE009002"
)

func refusal(code, text string) Response { return Response{Code: code, Text: text} }

// encode returns the JSON of the response.
func (r Response) encode() []byte {
	type object = map[string]any
	text := r.Text
	if text == "" {
		text = r.Code
	}
	body := object{"responseMetadata": object{"responseCode": r.Code, "responseText": text}}
	for key, value := range map[string]string{
		"sessionIdentification": r.Session, "hubReferenceNumber": r.Reference, "finalDecisionCode": r.Decision,
	} {
		if value != "" {
			body[key] = value
		}
	}
	var questions []object
	for _, q := range r.Questions {
		var choices []object
		for _, text := range q.Choices {
			choices = append(choices, object{"verificationAnswerChoiceText": text})
		}
		questions = append(questions, object{"verificationQuestionSet": object{
			"verificationQuestionText": q.Text, "verificationAnswerChoiceArray": choices,
		}})
	}
	if questions != nil {
		body["verificationQuestionArray"] = questions
	}
	encoded, err := json.Marshal(object{"ridpResponse": body})
	if err != nil {
		return nil // texts alone can always be encoded
	}
	return encoded
}
