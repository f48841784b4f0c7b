package everifytest_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/everify/everifytest"
)

// caller speaks with a Server by hand.
type caller struct {
	*testing.T
	server *everifytest.Server
	token  string
}

func newCaller(t *testing.T, config everifytest.Config) *caller {
	t.Helper()
	c := &caller{T: t, server: everifytest.NewServer(config)}
	c.login()
	return c
}

func (c *caller) login() {
	c.Helper()
	_, answer := c.do(http.MethodPost, "/authentication/login", map[string]any{"username": everifytest.UserName, "password": everifytest.Password})
	c.token, _ = answer["access_token"].(string)
	require.NotEmpty(c.T, c.token)
}

func (c *caller) do(method, path string, body any) (status int, answer map[string]any) {
	c.Helper()
	text, err := json.Marshal(body)
	require.NoError(c.T, err)
	r := httptest.NewRequest(method, everifytest.Path+path, bytes.NewReader(text))
	r.Header.Set("Authorization", "Bearer "+c.token)
	w := httptest.NewRecorder()
	c.server.ServeHTTP(w, r)
	require.NoError(c.T, json.Unmarshal(w.Body.Bytes(), &answer))
	return w.Code, answer
}

// codeOf returns the error code and the field of the one error of an answer.
func codeOf(t *testing.T, answer map[string]any) (code, field string) {
	t.Helper()
	errs, _ := answer["errors"].([]any)
	require.Len(t, errs, 1)
	one, _ := errs[0].(map[string]any)
	code, _ = one["error_code"].(string)
	field, _ = one["field_name"].(string)
	return code, field
}

func clock() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }

// card returns a case that is taken, with changes: a nil value takes a field away.
func card(changes map[string]any) map[string]any {
	body := map[string]any{
		"first_name": "Ottoline", "last_name": "Lindqvistson", "date_of_birth": "1979-11-23", "date_of_hire": "2026-11-28",
		"ssn": "912-73-6458", "citizenship_status_code": "LAWFUL_PERMANENT_RESIDENT", "document_a_type_code": "FORM_I551",
		"i551_number": "SRC2190012345", "alien_number": "A219876543",
		"case_creator_name": "Desk", "case_creator_email_address": "desk@selfcheck.example", "case_creator_phone_number": "8005550142",
	}
	maps.Copy(body, changes)
	maps.DeleteFunc(body, func(_ string, value any) bool { return value == nil })
	return body
}

func TestServer_RefusesWhatTheRealOneWould(t *testing.T) {
	for name, test := range map[string]struct {
		changes     map[string]any
		code, field string
	}{
		"a field is missing":        {map[string]any{"last_name": nil}, "ATTRIBUTE_REQUIRED", "last_name"},
		"no status":                 {map[string]any{"citizenship_status_code": nil}, "ATTRIBUTE_REQUIRED", "citizenship_status_code"},
		"status not known":          {map[string]any{"citizenship_status_code": "ALIEN"}, "ATTRIBUTE_INVALID_ENUM", "citizenship_status_code"},
		"an empty text":             {map[string]any{"middle_initial": ""}, "ATTRIBUTE_FORMAT", "middle_initial"},
		"a long name":               {map[string]any{"first_name": "Ottolineottolineottolineott"}, "ATTRIBUTE_FORMAT", "first_name"},
		"an accent":                 {map[string]any{"last_name": "Müller"}, "ATTRIBUTE_FORMAT", "last_name"},
		"a number in one piece":     {map[string]any{"ssn": "912736458"}, "ATTRIBUTE_FORMAT", "ssn"},
		"a day that is none":        {map[string]any{"date_of_birth": "1979-02-30"}, "ATTRIBUTE_FORMAT", "date_of_birth"},
		"one name for a list":       {map[string]any{"other_last_names_used": "Brackenbury"}, "ATTRIBUTE_FORMAT", "other_last_names_used"},
		"no date for a card":        {map[string]any{"no_expiration_date": true}, "ATTRIBUTE_EXTRANEOUS_FIELD", "no_expiration_date"},
		"a field of another":        {map[string]any{"i766_number": "SRC2190012345"}, "ATTRIBUTE_EXTRANEOUS_FIELD", "i766_number"},
		"lists A and B":             {map[string]any{"document_b_type_code": "SCHOOL_ID_CARD"}, "ATTRIBUTE_A_OR_B_AND_C_DOCUMENTS_REQUIRED", ""},
		"list B alone":              {map[string]any{"document_a_type_code": nil, "document_b_type_code": "SCHOOL_ID_CARD"}, "ATTRIBUTE_A_OR_B_AND_C_DOCUMENTS_REQUIRED", ""},
		"not for the status":        {map[string]any{"document_a_type_code": "US_PASSPORT"}, "ATTRIBUTE_INVALID_ENUM", "document_a_type_code"},
		"an expired card":           {map[string]any{"expiration_date": "2026-11-27"}, "ATTRIBUTE_FORMAT", "expiration_date"},
		"hired long ago":            {map[string]any{"date_of_hire": "2026-11-01"}, "ATTRIBUTE_REQUIRED", "reason_for_delay_code"},
		"hired in a year":           {map[string]any{"date_of_hire": "2027-11-01"}, "ATTRIBUTE_FORMAT", "date_of_hire"},
		"a reason for no duplicate": {map[string]any{"duplicate_continue_reason_code": "OTHER"}, "ATTRIBUTE_EXTRANEOUS_FIELD", "duplicate_continue_reason_code"},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCaller(t, everifytest.Config{Now: clock})
			status, answer := c.do(http.MethodPost, "/cases", card(test.changes))
			require.Equal(t, http.StatusBadRequest, status)
			code, field := codeOf(t, answer)
			require.Equal(t, test.code, code)
			require.Equal(t, test.field, field)
			require.Empty(t, c.server.Cases())
		})
	}
}

func TestServer_ADuplicateNeedsAReason(t *testing.T) {
	c := newCaller(t, everifytest.Config{Now: clock})
	status, _ := c.do(http.MethodPost, "/cases", card(nil))
	require.Equal(t, http.StatusCreated, status)
	_, answer := c.do(http.MethodPost, "/cases", card(nil))
	code, field := codeOf(t, answer)
	require.Equal(t, "ATTRIBUTE_REQUIRED duplicate_continue_reason_code", code+" "+field)
	_, answer = c.do(http.MethodPost, "/cases", card(map[string]any{"duplicate_continue_reason_code": "WHY_NOT"}))
	code, _ = codeOf(t, answer)
	require.Equal(t, "ATTRIBUTE_INVALID_ENUM", code)
	status, _ = c.do(http.MethodPost, "/cases", card(map[string]any{"duplicate_continue_reason_code": "REHIRE"}))
	require.Equal(t, http.StatusCreated, status)
	_, answer = c.do(http.MethodPost, "/duplicate_check", map[string]any{"ssn": "912-73-6458"})
	require.EqualValues(t, 2, answer["total_results"])
	require.Len(t, c.server.OpenCases(), 2)
}

// Nothing is done twice.
func TestServer_ConflictsTheSecondTime(t *testing.T) {
	other := map[string]any{"case_closure_reason_code": "OTHER", "other_reason_description": "done"}
	told := map[string]any{"employee_notified": true}
	for name, test := range map[string]struct {
		script everifytest.Script
		steps  []string
		body   any
	}{
		"/submit":          {everifytest.Script{}, nil, map[string]any{}},
		"/refer":           {everifytest.Script{Submit: everifytest.SSAMismatch}, []string{"/submit"}, told},
		"/no_action":       {everifytest.Script{Submit: everifytest.SSAMismatch}, []string{"/submit"}, told},
		"/confirm_details": {everifytest.Script{Submit: everifytest.Unconfirmed, ConfirmFields: []string{}}, []string{"/submit"}, map[string]any{}},
		"/close":           {everifytest.Script{}, nil, other},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCaller(t, everifytest.Config{Now: clock})
			c.server.SetScript("", test.script)
			_, answer := c.do(http.MethodPost, "/cases", card(nil))
			number, _ := answer["case_number"].(string)
			for _, step := range test.steps {
				c.do(http.MethodPost, "/cases/"+number+step, map[string]any{})
			}
			status, _ := c.do(http.MethodPost, "/cases/"+number+name, test.body)
			require.Equal(t, http.StatusOK, status)
			status, answer = c.do(http.MethodPost, "/cases/"+number+name, test.body)
			require.Equal(t, http.StatusConflict, status)
			code, _ := codeOf(t, answer)
			require.Equal(t, "CASE_STATUS_CONFLICT", code)
		})
	}
}

func TestServer_ClosesForAReasonThatSuitsTheCase(t *testing.T) {
	for name, test := range map[string]struct {
		body map[string]any
		code string
	}{
		"no reason":          {map[string]any{}, "ATTRIBUTE_REQUIRED"},
		"not for a draft":    {map[string]any{"case_closure_reason_code": "EMPLOYEE_TERMINATED_FOR_FNC_RESULT"}, "ATTRIBUTE_INVALID_ENUM"},
		"other without text": {map[string]any{"case_closure_reason_code": "OTHER"}, "ATTRIBUTE_REQUIRED"},
		"text without other": {map[string]any{"case_closure_reason_code": "INCORRECT_DATA", "other_reason_description": "x"}, "ATTRIBUTE_EXTRANEOUS_FIELD"},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCaller(t, everifytest.Config{Now: clock})
			_, answer := c.do(http.MethodPost, "/cases", card(nil))
			number, _ := answer["case_number"].(string)
			_, answer = c.do(http.MethodPost, "/cases/"+number+"/close", test.body)
			code, _ := codeOf(t, answer)
			require.Equal(t, test.code, code)
			require.Len(t, c.server.OpenCases(), 1)
			_, answer = c.do(http.MethodGet, "/cases/"+number+"/closure_reasons", nil)
			require.Equal(t, []any{"INCORRECT_DATA", "OTHER"}, answer["case_closure_reasons"])
		})
	}
}

func TestServer_TokensEnd(t *testing.T) {
	now := clock()
	c := newCaller(t, everifytest.Config{Now: func() time.Time { return now }, TokenLife: time.Hour})
	old := c.token
	_, answer := c.do(http.MethodPost, "/authentication/refresh", nil)
	status, _ := c.do(http.MethodGet, "/cases/2026000000001SC", nil)
	require.Equal(t, http.StatusUnauthorized, status, "the new token revokes the old")
	c.token, _ = answer["access_token"].(string)
	require.NotEqual(t, old, c.token)
	status, _ = c.do(http.MethodGet, "/cases/2026000000001SC", nil)
	require.Equal(t, http.StatusNotFound, status)
	now = now.Add(time.Hour)
	status, _ = c.do(http.MethodGet, "/cases/2026000000001SC", nil)
	require.Equal(t, http.StatusUnauthorized, status)
	status, _ = c.do(http.MethodPost, "/authentication/login", map[string]any{"username": everifytest.UserName, "password": "wrong"})
	require.Equal(t, http.StatusUnauthorized, status)
}

func TestServer_ACaseCanGoItsOwnWay(t *testing.T) {
	c := newCaller(t, everifytest.Config{Now: clock})
	_, answer := c.do(http.MethodPost, "/cases", card(map[string]any{"employer_case_id": "one"}))
	number, _ := answer["case_number"].(string)
	require.True(t, c.server.SetCase(number, everifytest.Script{Submit: everifytest.PhotoMatch}))
	require.False(t, c.server.SetCase("2026999999999XX", everifytest.Script{}))
	c.do(http.MethodPost, "/cases/"+number+"/submit", nil)
	is, ok := c.server.Case(number)
	require.True(t, ok)
	require.Equal(t, "PHOTO_MATCH", is.Status)
	require.Equal(t, "one", is.EmployerCaseID())
	require.Equal(t, []string{"created", "submitted", "photo_match"}, is.History)
	_, ok = c.server.Case("2026999999999XX")
	require.False(t, ok)
}
