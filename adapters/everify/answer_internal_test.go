package everify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// canned answers each path with a status and a text, without a network.
type canned map[string]answered

type answered struct {
	status int
	text   string
}

func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, ok := c[strings.TrimPrefix(r.URL.Path, "/api/v31")]
	if !ok {
		answer = answered{http.StatusNotFound, `{"errors":[{"error_code":"NOT_FOUND"}]}`}
	}
	return &http.Response{StatusCode: answer.status, Body: io.NopCloser(strings.NewReader(answer.text)), Header: http.Header{}}, nil
}

const aNumber selfcheck.CaseNumber = "2026000000001SC"

func cannedClient(tb testing.TB, answers canned, edits ...func(*Config)) *Client {
	tb.Helper()
	if _, ok := answers["/authentication/login"]; !ok {
		answers["/authentication/login"] = answered{http.StatusOK, `{"access_token":"t"}`}
	}
	config := Config{
		BaseURL: "https://everify.example/api/v31", HTTP: &http.Client{Transport: answers},
		Credentials: func(context.Context) (string, string, error) { return "u", "p", nil },
		Creator:     Creator{Name: "Desk", Email: "desk@selfcheck.example", Phone: "8005550142"},
		Sleep:       func(context.Context, time.Duration) error { return nil },
	}
	for _, edit := range edits {
		edit(&config)
	}
	c, err := New(config)
	require.NoError(tb, err)
	return c
}

func TestStateOf_EveryStatusAndStatement(t *testing.T) {
	for name, test := range map[string]struct {
		answer string
		want   selfcheck.CaseState
	}{
		"authorized is closed by itself": {
			`"case_status":"CLOSED","case_eligibility_statement":"EMPLOYMENT_AUTHORIZED"`, selfcheck.CaseState{Stage: selfcheck.StageAuthorized},
		},
		"a statement does not close": {
			`"case_status":"REFERRED","case_eligibility_statement":"EMPLOYMENT_AUTHORIZED","ssa_referral_status":"REFERRED"`,
			selfcheck.CaseState{Stage: selfcheck.StageReferred, Findings: selfcheck.Findings{SSA: true}},
		},
		"closed without a word":          {`"case_status":"CLOSED"`, selfcheck.CaseState{Stage: selfcheck.StageClosed}},
		"closed with a word not known":   {`"case_status":"CLOSED","case_eligibility_statement":"HM"`, selfcheck.CaseState{Stage: selfcheck.StageClosed}},
		"no action":                      {`"case_status":"CLOSED","case_eligibility_statement":"NO_ACTION_FNC"`, selfcheck.CaseState{Stage: selfcheck.StageClosed}},
		"status not known":               {`"case_status":"closed"`, selfcheck.CaseState{Stage: selfcheck.StageUnsupported}},
		"authorized in a status unknown": {`"case_status":"X","case_eligibility_statement":"EMPLOYMENT_AUTHORIZED"`, selfcheck.CaseState{Stage: selfcheck.StageUnsupported}},
		"referral not known": {
			`"case_status":"PENDING_REFERRAL","ssa_referral_status":"PENDING_REFERRAL","dhs_referral_status":"HM"`,
			selfcheck.CaseState{Stage: selfcheck.StageUnsupported},
		},
		"another program's case": {
			`"case_status":"DRAFT","employer_case_id":"HR 4711-A"`, selfcheck.CaseState{Stage: selfcheck.StageDraft, Transaction: "HR 4711-A"},
		},
		"an employer's case ID that cannot be": {`"case_status":"DRAFT","employer_case_id":"<b>"`, selfcheck.CaseState{Stage: selfcheck.StageDraft}},
	} {
		t.Run(name, func(t *testing.T) {
			c := cannedClient(t, canned{"/cases/" + string(aNumber): {http.StatusOK, `{"case_number":"` + string(aNumber) + `",` + test.answer + `}`}})
			test.want.Number = aNumber
			got, err := c.State(t.Context(), aNumber)
			require.NoError(t, err)
			require.Equal(t, test.want, got)
		})
	}
}

func TestOpen_AnswersThatDecideNothing(t *testing.T) {
	const one = `{"case_number":"` + string(aNumber) + `","case_status":"CLOSED"}`
	many := `{"total_results":101,"results":[` + strings.Repeat(one+",", 100) + one + `]}`
	fine := answered{http.StatusOK, `{"case_number":"` + string(aNumber) + `","case_status":"DRAFT","employer_case_id":"other"}`}
	for name, test := range map[string]struct {
		answers canned
		kind    Kind
		isNone  bool // there certainly is no case
	}{
		"more results than are listed": {canned{"/duplicate_check": {http.StatusOK, `{"total_results":1,"results":[]}`}}, KindIncomplete, false},
		"more than are looked through": {canned{"/duplicate_check": {http.StatusOK, many}, "/cases/" + string(aNumber): fine}, KindTooLarge, false},
		"one that is not found": {
			canned{"/duplicate_check": {http.StatusOK, `{"total_results":1,"results":[` + one + `]}`}}, KindNotFound, false,
		},
		"nothing in it": {canned{"/duplicate_check": {http.StatusOK, ``}}, KindIncomplete, false},
		"another form":  {canned{"/duplicate_check": {http.StatusOK, `{"results":"none"}`}}, KindNotJSON, false},
		"refused as a whole": {
			canned{"/duplicate_check": {http.StatusBadRequest, `{"errors":[{"error_code":"ATTRIBUTE_FORMAT","attribute":"client_company_id"}]}`}},
			KindRefused, false,
		},
		"a number that is never taken": {
			canned{"/duplicate_check": {http.StatusBadRequest, `{"errors":[{"error_code":"ATTRIBUTE_FORMAT","message":["ssn: bad"]}]}`}},
			KindRefused, true,
		},
		"the check of the fields is refused": {
			canned{
				"/duplicate_check":    {http.StatusOK, `{"total_results":0,"results":[]}`},
				"/checks/case_fields": {http.StatusUnprocessableEntity, `{"errors":[{"error_code":"ATTRIBUTE_INVALID_ENUM"}]}`},
			}, KindRefused, true,
		},
		"a field that is not known is wanted": {
			canned{
				"/duplicate_check":    {http.StatusOK, `{}`},
				"/checks/case_fields": {http.StatusOK, `{"case_fields":[{"field_name":"shoe_size","required":true}]}`},
			}, KindRefused, true,
		},
		"the draft is another's": {
			canned{
				"/duplicate_check": {http.StatusOK, `{}`}, "/checks/case_fields": {http.StatusOK, `{}`},
				"/cases": {http.StatusCreated, `{"case_number":"` + string(aNumber) + `","case_status":"DRAFT"}`}, "/cases/" + string(aNumber): fine,
			}, KindWrongCase, false,
		},
		"the draft has no number": {
			canned{
				"/duplicate_check": {http.StatusOK, `{}`}, "/checks/case_fields": {http.StatusOK, `{}`}, "/cases": {http.StatusCreated, `{}`},
			}, KindIncomplete, false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := cannedClient(t, test.answers).Open(t.Context(), "00000000000000000000000000000001", someQuery(t))
			var failed *Error
			require.ErrorAs(t, err, &failed)
			require.Equal(t, test.kind, failed.Kind)
			require.Equal(t, test.isNone, failed.means != nil)
			require.NotContains(t, err.Error(), "shoe")
		})
	}
}

func someQuery(tb testing.TB) selfcheck.Query {
	tb.Helper()
	name, err := cris.NewPersonName(cris.NameParts{Family: "Lindqvistson", Given: "Ottoline"})
	require.NoError(tb, err)
	ssn, err := selfcheck.ParseSandboxSSN("912-73-6458")
	require.NoError(tb, err)
	return selfcheck.Query{Identity: selfcheck.PassedProofing{
		Transaction: "1", IdPTransaction: "2", At: time.Unix(1, 0), Statement: "3",
		Name: name, BirthDate: cris.NewPersonal(cris.MustParseDate("1979-11-23")), SSN: ssn,
	}.Identity(), SSN: ssn}
}

func TestState_AsksAgainWhereTheCaseHasMovedOn(t *testing.T) {
	answers := canned{
		"/cases/" + string(aNumber):                             {http.StatusOK, `{"case_number":"` + string(aNumber) + `","case_status":"UNCONFIRMED_DATA"}`},
		"/cases/" + string(aNumber) + "/confirm_details_fields": {http.StatusConflict, `{"errors":[{"error_code":"CASE_STATUS_CONFLICT"}]}`},
	}
	_, err := cannedClient(t, answers).State(t.Context(), aNumber)
	var failed *Error
	require.ErrorAs(t, err, &failed)
	require.Equal(t, KindConflict, failed.Kind)

	moving := &turning{canned: answers, path: "/cases/" + string(aNumber), next: `{"case_number":"` + string(aNumber) + `","case_status":"QUEUED"}`}
	state, err := cannedClient(t, answers, func(c *Config) { c.HTTP = &http.Client{Transport: moving} }).State(t.Context(), aNumber)
	require.NoError(t, err)
	require.Equal(t, selfcheck.StageWaiting, state.Stage)
}

// turning answers a path with another text from the second time on.
type turning struct {
	canned
	path, next string
	asked      bool
}

func (c *turning) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := c.canned.RoundTrip(r)
	if strings.HasSuffix(r.URL.Path, c.path) && r.Method == http.MethodGet {
		if c.asked {
			response.Body = io.NopCloser(strings.NewReader(c.next))
		}
		c.asked = true
	}
	return response, err
}

func TestLogin_TokensThatCannotBe(t *testing.T) {
	for _, text := range []string{`{}`, `{"access_token":""}`, `{"access_token":"a b"}`, `{"access_token":"a\r\nX: y"}`, `{"access_token":"` + strings.Repeat("a", 9000) + `"}`} {
		c := cannedClient(t, canned{"/authentication/login": {http.StatusOK, text}})
		_, err := c.State(t.Context(), aNumber)
		var failed *Error
		require.ErrorAs(t, err, &failed)
		require.Equal(t, KindIncomplete, failed.Kind)
		require.Equal(t, "log in", failed.Request)
	}
}

func TestNameOf(t *testing.T) {
	for _, test := range []struct{ given, want cris.NameParts }{
		{cris.NameParts{Family: "Müller-O’Brien", Given: "José María", Middle: "d'Arc"}, cris.NameParts{Family: "Muller-O'Brien", Given: "Jose Maria", Middle: "D"}},
		{cris.NameParts{Family: "Sukarno"}, cris.NameParts{Family: "Sukarno", Given: "Unknown"}},
		{cris.NameParts{Given: "Sukarno"}, cris.NameParts{Family: "Sukarno", Given: "Unknown"}},
		{cris.NameParts{Family: "Łukasiewicz Jr.", Given: "Æsa"}, cris.NameParts{Family: "Lukasiewicz Jr", Given: "Aesa"}},
		{cris.NameParts{Family: strings.Repeat("Ab ", 20), Given: strings.Repeat("c", 30)}, cris.NameParts{
			Family: strings.TrimSpace(strings.Repeat("Ab ", 20)[:40]), Given: strings.Repeat("c", 25),
		}},
		{cris.NameParts{Family: "李", Given: "Ivan", Middle: "李"}, cris.NameParts{Given: "Ivan"}},
		{cris.NameParts{Family: "Иванов", Given: "Иван"}, cris.NameParts{Family: "Ivanov", Given: "Ivan"}},
		{cris.NameParts{Family: "Nguyễn", Given: "Đức", Maiden: "Strauß"}, cris.NameParts{Family: "Nguyen", Given: "Duc", Maiden: "Strauss"}},
	} {
		name, err := cris.NewPersonName(test.given)
		require.NoError(t, err)
		require.Equal(t, test.want, nameOf(name))
	}
}

// What an error may say: words of this package, and nothing of an answer.
var allowed = regexp.MustCompile(`^everify: [a-z ]+: [a-z_]+( \(\d{3}\))?(: [A-Z_]+(, [A-Z_]+)*)?(: [a-z_]+(, [a-z_]+)*)?(: not found)?$`)

func FuzzRead(f *testing.F) {
	f.Add(200, []byte(`{"case_number":"2026000000001SC","case_status":"DRAFT","employer_case_id":"0a","ssa_referral_status":null}`))
	f.Add(200, []byte(`{"case_number":"2026000000001SC","case_status":"UNCONFIRMED_DATA","case_fields":["ssn","shoe"]}`))
	f.Add(400, []byte(`{"errors":[{"error_code":"ATTRIBUTE_FORMAT","message":"last_name Lindqvistson","field":["ssn",1]},{}]}`))
	f.Add(404, []byte(`{"errors":[null]}`))
	f.Add(200, []byte(`{"errors":[{}]}`))
	f.Add(200, []byte(`<html>`))
	f.Add(503, []byte(`[[[[`))
	f.Add(401, []byte(``))
	f.Fuzz(func(t *testing.T, status int, text []byte) {
		if status < 200 || status > 599 {
			return
		}
		answer := answered{status, string(text)}
		path := "/cases/" + string(aNumber)
		c := cannedClient(t, canned{path: answer, path + "/confirm_details_fields": answer, "/duplicate_check": answer, "/cases": answer, "/checks/case_fields": answer})
		state, err := c.State(t.Context(), aNumber)
		if err != nil {
			require.Regexp(t, allowed, err.Error())
			require.Empty(t, state)
		} else {
			require.Equal(t, aNumber, state.Number)
			require.Contains(t, selfcheck.Stages(), state.Stage)
			var is map[string]any
			require.NoError(t, json.NewDecoder(bytes.NewReader(text)).Decode(&is))
		}
		_, err = c.Open(t.Context(), "00000000000000000000000000000001", someQuery(t))
		if err != nil {
			require.NotContains(t, err.Error(), "Lindqvistson")
		}
		_ = c.Close(t.Context(), aNumber, selfcheck.ClosedDeclined)
	})
}

// Whether a transport of the host's own wrote something is not known.
func TestDo_AnErrorOfAnotherTransportLeavesItOpen(t *testing.T) {
	broken := canned{"/duplicate_check": {http.StatusOK, `{}`}, "/checks/case_fields": {http.StatusOK, `{}`}}
	c := cannedClient(t, broken, func(c *Config) { c.HTTP = &http.Client{Transport: failing{broken}} })
	_, err := c.Open(t.Context(), "00000000000000000000000000000001", someQuery(t))
	var failed *Error
	require.ErrorAs(t, err, &failed)
	require.Equal(t, KindLost, failed.Kind)
	require.NotErrorIs(t, err, selfcheck.ErrNoCase)
	require.Regexp(t, allowed, err.Error())
}

// failing fails to open a draft, in words that repeat it.
type failing struct{ canned }

func (f failing) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/cases") {
		text, _ := io.ReadAll(r.Body)
		return nil, errors.New("cannot send " + string(text))
	}
	return f.canned.RoundTrip(r)
}

// Proxies and other programs see no query where they should not.
func TestSend_FollowsNoRedirect(t *testing.T) {
	var asked []string
	c := cannedClient(t, canned{}, func(c *Config) {
		c.HTTP = &http.Client{Transport: redirecting{&asked}, CheckRedirect: func(*http.Request, []*http.Request) error { return nil }}
	})
	_, err := c.State(t.Context(), aNumber)
	require.Error(t, err)
	require.Equal(t, []string{"https://everify.example/api/v31/authentication/login"}, asked)
}

type redirecting struct{ asked *[]string }

func (r redirecting) RoundTrip(request *http.Request) (*http.Response, error) {
	*r.asked = append(*r.asked, request.URL.String())
	return &http.Response{
		StatusCode: http.StatusTemporaryRedirect, Body: http.NoBody, Header: http.Header{"Location": {"https://elsewhere.example/"}},
	}, nil
}

func TestErrors_PrintNoCause(t *testing.T) {
	for _, kind := range Kinds() {
		failed := &Error{
			Request: "open a draft", Kind: kind, Status: 400, Codes: []string{codeRequired}, Fields: []string{"ssn"}, cause: errors.New("Lindqvistson"),
		}
		require.Regexp(t, allowed, failed.Error())
		require.ErrorIs(t, failed, failed.cause)
	}
}

func TestComplete_WhatFollowsFromTheQuery(t *testing.T) {
	asked := func(names ...string) (asked neededFields) {
		for _, name := range names {
			asked.Fields = append(asked.Fields, struct {
				Name     string `json:"field_name"`
				Required bool   `json:"required"`
			}{name, true})
		}
		return asked
	}
	both := asked("expiration_date", "no_expiration_date")
	license := selfcheck.Query{ListB: selfcheck.DriversLicense}
	f := fieldsOf(license)
	require.Empty(t, f.complete(license, both))
	require.Equal(t, true, f["no_expiration_date"])

	card := selfcheck.Query{ListA: selfcheck.PermanentResidentCard}
	f = fieldsOf(card)
	require.NotEmpty(t, f.complete(card, both))
	require.NotContains(t, f, "no_expiration_date", "a field that E-Verify does not take with the card")

	f = fieldsOf(license)
	require.Equal(t, []string{"sevis_number"}, f.complete(license, asked("document_sub_type_code", "sevis_number", "case_creator_name")))
	require.Equal(t, "DRIVERS_LICENSE", f["document_sub_type_code"])
}
