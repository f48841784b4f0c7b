package everifytest

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Path is where the web services stand below the address of the server.
const Path = "/api/v31"

// The account that may log in, unless Config says another.
const (
	UserName = "SELFCHK1"
	Password = "Quill-Zane-42" //nolint:gosec // of nothing but this stand-in
)

// Config says how the Server is. The zero Config is the default.
type Config struct {
	UserName, Password string        // "" are those of this package
	TokenLife          time.Duration // zero is two hours
	Now                func() time.Time

	// ClosedAreDuplicates says that closed cases of a person need a reason to open another, too.
	ClosedAreDuplicates bool
}

// Case is a case as the Server has it.
type Case struct {
	Number    string
	Status    string // E-Verify's, such as PENDING_REFERRAL
	Statement string
	SSA, DHS  string         // referral statuses
	Fields    map[string]any // as they were sent and confirmed
	Closure   string         // the closure reason code
	History   []string       // what was done about it and what became of it: "created", "submitted", and so on
}

// IsOpen reports whether nobody has closed the case.
func (c Case) IsOpen() bool { return c.Status != "CLOSED" }

// EmployerCaseID returns what the client calls the case.
func (c Case) EmployerCaseID() string { id, _ := c.Fields["employer_case_id"].(string); return id }

// Done counts how often something was done about the case.
func (c Case) Done(what string) int {
	count := 0
	for _, entry := range c.History {
		if entry == what {
			count++
		}
	}
	return count
}

// Server is a stand-in for E-Verify. It is an http.Handler, and safe for concurrent use.
type Server struct {
	config Config
	mux    *http.ServeMux

	mu       sync.Mutex
	token    string // the one that is good
	issued   time.Time
	tokens   int
	cases    []*record
	script   Script
	scripts  map[string]Script // by Social Security number
	faults   map[Request][]Fault
	requests []Request
}

// record is a case and how it goes on.
type record struct {
	Case

	script    Script
	polls     int     // how many more times it is asked for before it moves
	next      Outcome // what it comes to then, "" for nothing
	toConfirm []string
}

// NewServer returns a server without a case.
func NewServer(config Config) *Server {
	if config.UserName == "" {
		config.UserName, config.Password = UserName, Password
	}
	if config.TokenLife == 0 {
		config.TokenLife = 2 * time.Hour
	}
	if config.Now == nil {
		config.Now = time.Now //nolint:forbidigo // the server of a test
	}
	s := &Server{config: config, mux: http.NewServeMux(), scripts: map[string]Script{}, faults: map[Request][]Fault{}}
	for pattern, route := range map[string]struct {
		name Request
		do   func(call) reply
	}{
		"POST /authentication/login":                 {Login, s.login},
		"POST /authentication/refresh":               {Refresh, s.refresh},
		"POST /duplicate_check":                      {DuplicateCheck, s.duplicateCheck},
		"POST /checks/case_fields":                   {CaseFields, s.caseFields},
		"POST /cases":                                {Create, s.create},
		"GET /cases/{number}":                        {Get, ofCase(s, s.get)},
		"POST /cases/{number}/submit":                {Submit, ofCase(s, s.submit)},
		"GET /cases/{number}/confirm_details_fields": {ConfirmFields, ofCase(s, s.confirmFields)},
		"POST /cases/{number}/confirm_details":       {Confirm, ofCase(s, s.confirm)},
		"POST /cases/{number}/refer":                 {Refer, ofCase(s, s.refer)},
		"POST /cases/{number}/no_action":             {NoAction, ofCase(s, s.noAction)},
		"GET /cases/{number}/closure_reasons":        {ClosureReasons, ofCase(s, s.closureReasons)},
		"POST /cases/{number}/close":                 {Close, ofCase(s, s.close)},
	} {
		method, path, _ := strings.Cut(pattern, " ")
		s.mux.HandleFunc(method+" "+Path+path, func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, route.name, route.do) })
	}
	return s
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// SetScript says how the cases go that are opened from now on: those of the Social Security number, in the form
// 123-45-6789, or with "" those of all who have no script of their own.
func (s *Server) SetScript(ssn string, script Script) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ssn == "" {
		s.script = script
		return
	}
	s.scripts[ssn] = script
}

// SetCase says how a case goes on. It reports whether there is one with the number.
func (s *Server) SetCase(number string, script Script) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.find(number)
	if found != nil {
		found.script = script
	}
	return found != nil
}

// Break breaks the next answers to a request, one after the other. They come before those that were
// set before and have not been used.
func (s *Server) Break(request Request, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[request] = append(slices.Clone(faults), s.faults[request]...)
}

// Mend takes back all faults that have not been used.
func (s *Server) Mend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.faults)
}

// Revoke revokes the token that is good now.
func (s *Server) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.token = ""
}

// Served counts how often a request came, answered or not.
func (s *Server) Served(request Request) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	count := 0
	for _, served := range s.requests {
		if served == request {
			count++
		}
	}
	return count
}

// Cases returns all cases in the order in which they were opened. The caller may keep and
// change them.
func (s *Server) Cases() []Case {
	s.mu.Lock()
	defer s.mu.Unlock()
	var cases []Case
	for _, record := range s.cases {
		one := record.Case
		one.Fields, one.History = maps.Clone(one.Fields), slices.Clone(one.History)
		cases = append(cases, one)
	}
	return cases
}

// Case returns the case with the number, and whether there is one.
func (s *Server) Case(number string) (Case, bool) {
	cases := s.Cases()
	at := slices.IndexFunc(cases, func(c Case) bool { return c.Number == number })
	if at < 0 {
		return Case{}, false
	}
	return cases[at], true
}

// OpenCases returns the cases that nobody has closed.
func (s *Server) OpenCases() []Case {
	return slices.DeleteFunc(s.Cases(), func(c Case) bool { return !c.IsOpen() })
}

// call is a request as it is answered.
type call struct {
	number string // of the case in its path
	body   map[string]any
}

// reply is an answer.
type reply struct {
	status int
	body   map[string]any
}

func refuse(status int, problems ...problem) reply {
	return reply{status, map[string]any{"errors": problems}}
}

// serve answers a request, with the fault that is set for it.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, name Request, do func(call) reply) {
	text, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return
	}
	c := call{number: r.PathValue("number")}
	isJSON := len(text) == 0 || json.Unmarshal(text, &c.body) == nil
	s.mu.Lock()
	s.requests = append(s.requests, name)
	fault := Pass
	if waiting := s.faults[name]; len(waiting) > 0 {
		fault, s.faults[name] = waiting[0], waiting[1:]
	}
	isAllowed := name == Login || s.token != "" && r.Header.Get("Authorization") == "Bearer "+s.token &&
		s.config.Now().Before(s.issued.Add(s.config.TokenLife))
	if fault == Unauthorized {
		isAllowed, s.token = false, ""
	}
	s.mu.Unlock()
	if early, is := before[fault]; is && isAllowed {
		early(w)
		return
	}
	if fault == Late {
		<-r.Context().Done()
	}
	answer := refuse(http.StatusUnauthorized, problem{"UNAUTHORIZED", "the token is not valid", ""})
	switch {
	case !isAllowed:
	case !isJSON:
		answer = refuse(http.StatusBadRequest, problem{badFormat, "not JSON: " + string(text), ""})
	default:
		s.mu.Lock()
		answer = do(c)
		s.mu.Unlock()
	}
	s.write(w, r, fault, answer)
}

// before are the answers of faults that do nothing of what was asked.
var before = map[Fault]func(http.ResponseWriter){
	LostBefore: func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
	TooMany: func(w http.ResponseWriter) {
		w.Header().Set("Retry-After", "1")
		http.Error(w, `{"errors":[{"error_code":"RATE_LIMIT","message":"slow down"}]}`, http.StatusTooManyRequests)
	},
	Unavailable: func(w http.ResponseWriter) { http.Error(w, "<html>maintenance</html>", http.StatusServiceUnavailable) },
	ErrorIn200: func(w http.ResponseWriter) {
		_, _ = io.WriteString(w, `{"errors":[{"error_code":"ATTRIBUTE_FORMAT","message":"ssn 912-73-6458 is odd"}]}`)
	},
	Redirected: func(w http.ResponseWriter) {
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(http.StatusTemporaryRedirect)
	},
	NotFoundPage: func(w http.ResponseWriter) { http.Error(w, "<html>no such page</html>", http.StatusNotFound) },
	Forbidden: func(w http.ResponseWriter) {
		http.Error(w, `{"errors":[{"error_code":"FORBIDDEN","message":"not permitted"}]}`, http.StatusForbidden)
	},
}

// write writes the answer to what was done, broken or not.
func (s *Server) write(w http.ResponseWriter, r *http.Request, fault Fault, answer reply) {
	text, err := json.Marshal(answer.body)
	if err != nil {
		panic(err)
	}
	switch fault {
	case Pass, LostBefore, Unauthorized, TooMany, Unavailable, ErrorIn200, Redirected, NotFoundPage, Forbidden:
	case LostAfter, Late:
		panic(http.ErrAbortHandler)
	case Silent:
		<-r.Context().Done()
		return
	case Failure:
		http.Error(w, string(text), http.StatusInternalServerError)
		return
	case HTML:
		_, _ = io.WriteString(w, "<html><body>Please log in again. "+string(text)+"</body></html>")
		return
	case Truncated:
		text = text[:len(text)/2]
	case Huge:
		const part, parts = 1 << 20, 100
		for range parts {
			if _, err := w.Write(slices.Repeat([]byte(" "), part)); err != nil {
				return
			}
		}
	case WrongCase:
		text = slices.Clone(text)
		for _, one := range s.Cases() {
			text = []byte(strings.ReplaceAll(string(text), one.Number, "1999999999999ZZ"))
		}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(answer.status)
	_, _ = w.Write(text)
}

func (s *Server) login(c call) reply {
	if c.body["username"] != s.config.UserName || c.body["password"] != s.config.Password {
		return refuse(http.StatusUnauthorized, problem{"UNAUTHORIZED", fmt.Sprint("wrong password ", c.body["password"]), ""})
	}
	return s.newToken()
}

func (s *Server) refresh(call) reply { return s.newToken() }

// newToken revokes the token that is good now.
func (s *Server) newToken() reply {
	s.tokens++
	s.token, s.issued = fmt.Sprintf("token-%d", s.tokens), s.config.Now()
	return reply{http.StatusOK, map[string]any{
		"access_token": s.token, "user_info": map[string]any{"password_expiration_date": s.issued.AddDate(0, 0, 90).Format(time.DateOnly)},
	}}
}
