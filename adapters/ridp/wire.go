package ridp

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/seed28e20331/cris/selfcheck"
)

// The messages of the service, as its JSON schemas have them. The fields of a request that
// the schema allows and SC-2 does not are left out: telephone number and suffix.

type request struct {
	Body requestBody `json:"ridpRequest"`
}

// requestBody has one of the two.
type requestBody struct {
	Primary   *primaryRequest   `json:"primaryRequest,omitempty"`
	Secondary *secondaryRequest `json:"secondaryRequest,omitempty"`
}

type primaryRequest struct {
	Person     person  `json:"person"`
	Contact    contact `json:"contactInformation"`
	Level      Level   `json:"levelOfProofingCode,omitempty"`
	Subscriber string  `json:"subscriberNumber,omitempty"`
}

type person struct {
	BirthDate string `json:"personBirthDate"`
	Given     string `json:"personGivenName"`
	Middle    string `json:"personMiddleName,omitempty"`
	Family    string `json:"personSurName"`
	SSN       string `json:"personSocialSecurityNumber,omitempty"`
	Language  string `json:"personPreferredLanguage,omitempty"`
}

type contact struct {
	Street       string `json:"streetName"`
	City         string `json:"cityName"`
	State        string `json:"usStateCode"`
	ZIP          string `json:"zipCode"`
	ZIPExtension string `json:"zipCodeExtension,omitempty"`
}

type secondaryRequest struct {
	Answers   []answer `json:"verificationAnswerArray"`
	Session   string   `json:"sessionIdentification"`
	Reference string   `json:"hubReferenceNumber"`
}

type answer struct {
	Set answerSet `json:"verificationAnswerSet"`
}

type answerSet struct {
	Choice   string `json:"verificationAnswer"`         // from "1"
	Question string `json:"verificationQuestionNumber"` // from "1"
}

type responseMessage struct {
	Body *response `json:"ridpResponse"`
}

type response struct {
	Session   string     `json:"sessionIdentification"`
	Questions []question `json:"verificationQuestionArray"`
	Decision  string     `json:"finalDecisionCode"`
	Reference string     `json:"hubReferenceNumber"`
	Metadata  *metadata  `json:"responseMetadata"`
}

type question struct {
	Set questionSet `json:"verificationQuestionSet"`
}

type questionSet struct {
	Text    string   `json:"verificationQuestionText"`
	Choices []choice `json:"verificationAnswerChoiceArray"`
}

type choice struct {
	Text string `json:"verificationAnswerChoiceText"`
}

// metadata has a code, and texts that are not read: they can repeat what was sent.
type metadata struct {
	Code    string  `json:"responseCode"`
	Text    *string `json:"responseText"`
	TDSText *string `json:"tdsResponseText"`
}

// responseKeys are the keys of a response, spelled exactly so.
var responseKeys = []string{
	"ridpResponse", "sessionIdentification", "verificationQuestionArray", "finalDecisionCode", "hubReferenceNumber",
	"responseMetadata", "verificationQuestionSet", "verificationQuestionText", "verificationAnswerChoiceArray",
	"verificationAnswerChoiceText", "responseCode", "responseText", "tdsResponseText",
}

const (
	maxResponse     = 64 << 10 // bytes
	maxDepth        = 12       // of arrays and objects inside one another
	fewestQuestions = 3
	mostQuestions   = 5
	mostChoices     = 5
	maxSession      = 70 // characters
	maxReference    = 90 // characters
	maxText         = 1000
)

// readResponse reads a response, and refuses what the schema does not allow. The error says
// no more than that.
func readResponse(body []byte) (response, error) {
	if !utf8.Valid(body) || checkKeys(json.NewDecoder(bytes.NewReader(body)), 0) != nil {
		return response{}, errMalformed
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	var message responseMessage
	if decoder.Decode(&message) != nil || message.Body == nil {
		return response{}, errMalformed
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return response{}, errMalformed
	}
	if !message.Body.isValid() {
		return response{}, errMalformed
	}
	return *message.Body, nil
}

var errMalformed = errors.New("malformed")

// checkKeys reads one value and refuses keys that are unknown or come twice. encoding/json does
// not see these: it takes the last of two keys, whatever their case.
func checkKeys(decoder *json.Decoder, depth int) error {
	token, err := decoder.Token()
	if err != nil || depth > maxDepth {
		return errMalformed
	}
	delim, isDelim := token.(json.Delim)
	if !isDelim {
		return nil
	}
	var seen []string
	for decoder.More() {
		if delim == '{' {
			token, err := decoder.Token()
			key, isString := token.(string)
			if err != nil || !isString || !slices.Contains(responseKeys, key) || slices.Contains(seen, key) {
				return errMalformed
			}
			seen = append(seen, key)
		}
		if err := checkKeys(decoder, depth+1); err != nil {
			return err
		}
	}
	if _, err := decoder.Token(); err != nil { // the end of it
		return errMalformed
	}
	return nil
}

// isValid reports whether r keeps the bounds of the schema.
func (r response) isValid() bool {
	const codeLength = 8
	switch {
	case r.Metadata == nil || r.Metadata.Text == nil || utf8.RuneCountInString(r.Metadata.Code) != codeLength:
		return false
	case r.Session != "" && !isSession(r.Session):
		return false
	case utf8.RuneCountInString(r.Reference) > maxReference:
		return false
	case r.Decision != "" && !slices.ContainsFunc(codes, func(row codeRow) bool { return row.code == r.Decision && row.isDecision }):
		return false
	case r.Questions == nil:
		return true
	}
	return len(r.Questions) >= fewestQuestions && len(r.Questions) <= mostQuestions &&
		!slices.ContainsFunc(r.Questions, func(q question) bool { return !q.Set.isValid() })
}

// isValid reports whether the question can be shown and answered.
func (q questionSet) isValid() bool {
	isText := func(s string) bool { return s != "" && len(s) <= maxText }
	return isText(q.Text) && len(q.Choices) >= 1 && len(q.Choices) <= mostChoices &&
		!slices.ContainsFunc(q.Choices, func(c choice) bool { return !isText(c.Text) })
}

// isSession reports whether s can be the number of a session.
func isSession(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9', 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		case c == '#', c == ' ', c == '-', c == '/', c == '.':
		default:
			return false
		}
	}
	return s != "" && len(s) <= maxSession
}

// errorCode returns the response code if it is well-formed, HE, HS or HX and six digits, and
// does not say that all is well.
func (r response) errorCode() selfcheck.ErrorCode {
	code := r.Metadata.Code
	if !isResponseCode(code) || r.isSuccess() {
		return ""
	}
	return selfcheck.ErrorCode(code)
}

// isSuccess reports whether the response code is one of success.
func (r response) isSuccess() bool {
	return isResponseCode(r.Metadata.Code) && r.Metadata.Code[:2] == "HS"
}

// isException reports whether the response code is that of an exception: something is out of
// order, at the service or behind it.
func (r response) isException() bool {
	return isResponseCode(r.Metadata.Code) && r.Metadata.Code[:2] == "HX"
}

func isResponseCode(code string) bool {
	const length = 8
	if len(code) != length || code[0] != 'H' || code[1] != 'E' && code[1] != 'S' && code[1] != 'X' {
		return false
	}
	for _, c := range []byte(code[2:]) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
