package ridptest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
)

const maxRequest = 64 << 10

type requestBody struct {
	Primary   *primaryRequest   `json:"primaryRequest"`
	Secondary *secondaryRequest `json:"secondaryRequest"`
}

type primaryRequest struct {
	Person struct {
		BirthDate string  `json:"personBirthDate"`
		Given     string  `json:"personGivenName"`
		Middle    *string `json:"personMiddleName"`
		Family    string  `json:"personSurName"`
		Suffix    *string `json:"personSuffixName"`
		SSN       *string `json:"personSocialSecurityNumber"`
		Language  string  `json:"personPreferredLanguage"`
	} `json:"person"`
	Contact struct {
		Street       string  `json:"streetName"`
		City         string  `json:"cityName"`
		State        string  `json:"usStateCode"`
		ZIP          string  `json:"zipCode"`
		ZIPExtension *string `json:"zipCodeExtension"`
		Telephone    *string `json:"telephoneNumber"`
	} `json:"contactInformation"`
	Level      string `json:"levelOfProofingCode"`
	Subscriber string `json:"subscriberNumber"`
}

type secondaryRequest struct {
	Answers   []oneAnswer `json:"verificationAnswerArray"`
	Session   string      `json:"sessionIdentification"`
	Reference string      `json:"hubReferenceNumber"`
}

type oneAnswer struct {
	Set struct {
		Choice   string `json:"verificationAnswer"`
		Question string `json:"verificationQuestionNumber"`
	} `json:"verificationAnswerSet"`
}

func (a oneAnswer) choice() int   { return number(a.Set.Choice) }
func (a oneAnswer) question() int { return number(a.Set.Question) }

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || !regexp.MustCompile(`^0?[1-5]$`).MatchString(s) {
		return 0
	}
	return n
}

// readRequest reads a request, and says what is wrong with it.
func readRequest(r *http.Request, body []byte) (requestBody, string) {
	if r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" {
		return requestBody{}, "not a POST of JSON"
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	var message struct {
		Body requestBody `json:"ridpRequest"`
	}
	if err := decoder.Decode(&message); err != nil || decoder.More() {
		return requestBody{}, "not a request"
	}
	switch {
	case (message.Body.Primary == nil) == (message.Body.Secondary == nil):
		return requestBody{}, "neither an applicant nor answers, or both"
	case message.Body.Primary != nil:
		return message.Body, message.Body.Primary.problem()
	}
	return message.Body, message.Body.Secondary.problem()
}

// problem names a field that is wrong, and no value.
func (p primaryRequest) problem() string {
	for _, field := range []struct{ name, value, pattern string }{
		{"personBirthDate", p.Person.BirthDate, `^(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$`},
		{"personGivenName", p.Person.Given, `^[a-zA-Z]{1,32}$`},
		{"personSurName", p.Person.Family, `^[a-zA-Z '-]{0,31}[a-zA-Z'-][a-zA-Z '-]{0,31}$`},
		{"personMiddleName", orElse(p.Person.Middle, "X"), `^[a-zA-Z]$`}, // SC-2: the initial
		{"personSocialSecurityNumber", orElse(p.Person.SSN, "123456789"), `^(\d{3}-\d{2}-\d{4}|\d{9})$`},
		{"personPreferredLanguage", p.Person.Language, `^(eng|spa)?$`},
		{"streetName", p.Contact.Street, `^[a-zA-Z0-9# /.-]{1,60}$`},
		{"cityName", p.Contact.City, `^[a-zA-Z .]{1,40}$`},
		{"usStateCode", p.Contact.State, `^[A-Z]{2}$`},
		{"zipCode", p.Contact.ZIP, `^\d{5}$`},
		{"zipCodeExtension", orElse(p.Contact.ZIPExtension, "0000"), `^\d{4}$`},
		{"levelOfProofingCode", p.Level, `^(LevelTwo|LevelThree|OptionThree)?$`},
		{"subscriberNumber", p.Subscriber, `^(\d{7})?$`},
	} {
		if !regexp.MustCompile(field.pattern).MatchString(field.value) {
			return field.name
		}
	}
	const most = 32
	switch {
	case len(p.Person.Family) > most:
		return "personSurName"
	case p.Person.Suffix != nil:
		return "personSuffixName" // SC-2
	case p.Contact.Telephone != nil:
		return "telephoneNumber" // SC-2
	}
	return ""
}

// problem names a field that is wrong, and no value.
func (s secondaryRequest) problem() string {
	const fewest, most = 3, 5
	switch {
	case len(s.Answers) < fewest || len(s.Answers) > most:
		return "verificationAnswerArray"
	case slices.ContainsFunc(s.Answers, func(a oneAnswer) bool { return a.choice() == 0 || a.question() == 0 }):
		return "verificationAnswerSet"
	case !regexp.MustCompile(`^[a-zA-Z0-9# /.-]{1,70}$`).MatchString(s.Session):
		return "sessionIdentification"
	case s.Reference == "" || len(s.Reference) > 90:
		return "hubReferenceNumber"
	}
	return ""
}

func orElse(value *string, other string) string {
	if value == nil {
		return other
	}
	return *value
}
