package everifytest

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// problem is one error of an answer.
type problem struct {
	Code    string `json:"error_code"`
	Message string `json:"message"`
	Field   string `json:"field_name,omitempty"`
}

const (
	required    = "ATTRIBUTE_REQUIRED"
	badFormat   = "ATTRIBUTE_FORMAT"
	invalidEnum = "ATTRIBUTE_INVALID_ENUM"
	extraneous  = "ATTRIBUTE_EXTRANEOUS_FIELD"
	aOrBAndC    = "ATTRIBUTE_A_OR_B_AND_C_DOCUMENTS_REQUIRED"
	conflict    = "CASE_STATUS_CONFLICT"
	notFound    = "NOT_FOUND"
)

// needs are fields that may be in a case: true for those that must be.
type needs map[string]bool

func (n needs) with(isRequired bool, names ...string) needs {
	all := maps.Clone(n)
	for _, name := range names {
		all[name] = isRequired
	}
	return all
}

// always are the fields of every case.
var always = needs{}.with(true,
	"first_name", "last_name", "date_of_birth", "date_of_hire", "ssn", "citizenship_status_code",
	"case_creator_name", "case_creator_email_address", "case_creator_phone_number",
).with(false,
	"client_company_id", "client_software_version", "middle_initial", "other_last_names_used", "employee_email_address", "phone_number",
	"employer_case_id", "case_creator_phone_number_extension",
)

// byListA says what a document of list A adds.
var byListA = map[string]needs{
	"US_PASSPORT":                      needs{}.with(true, "us_passport_number", "expiration_date"),
	"FORM_I551":                        needs{}.with(true, "i551_number", "alien_number").with(false, "expiration_date"),
	"FORM_I766":                        needs{}.with(true, "i766_number", "alien_number", "expiration_date"),
	"FOREIGN_PASSPORT_WITH_I551_STAMP": needs{}.with(true, "foreign_passport_number", "country_code", "alien_number", "expiration_date"),
	"FOREIGN_PASSPORT_WITH_FORM_I94": needs{}.with(true, "foreign_passport_number", "country_code", "i94_number", "expiration_date").
		with(false, "alien_number", "visa_number", "sevis_number"),
	"FORM_I94": needs{}.with(true, "i94_number", "expiration_date").
		with(false, "alien_number", "foreign_passport_number", "country_code"),
	"US_PASSPORT_RECEIPT": needs{}.with(false, "us_passport_number", "expiration_date"),
	"FORM_I94_RECEIPT":    needs{}.with(false, "i94_number", "alien_number", "expiration_date"),
}

var (
	expires  = needs{}.with(false, "expiration_date", "no_expiration_date")
	ofAState = expires.with(true, "document_bc_number", "us_state_code")
	ofNoDate = needs{}
	byListB  = map[string]needs{
		"DRIVERS_LICENSE": ofAState, "STATE_ID_CARD": ofAState,
		"GOVERNMENT_ID_CARD": expires, "SCHOOL_ID_CARD": expires, "VOTER_REGISTRATION_CARD": expires, "US_MILITARY_CARD": expires,
		"MILITARY_DEPENDENT_ID_CARD": expires, "US_COAST_GUARD_CARD": expires, "NATIVE_AMERICAN_TRIBAL_DOCUMENT": expires,
		"CANADIAN_DRIVERS_LICENSE": expires, "SCHOOL_RECORD": ofNoDate, "HOSPITAL_RECORD": ofNoDate, "DAY_CARE_RECORD": ofNoDate,
	}
	listC = []string{
		"SOCIAL_SECURITY_CARD", "DS_1350", "FS_545", "FS_240", "US_BIRTH_CERTIFICATE", "NATIVE_AMERICAN_TRIBAL_DOCUMENT",
		"FORM_I197", "FORM_I179", "EMPLOYMENT_AUTHORIZATION_DOCUMENT",
	}
)

// byStatus says which documents of list A go with a status, and what lists B and C need beside
// them.
var byStatus = map[string]struct {
	listA []string
	bAndC needs
}{
	"US_CITIZEN":                    {[]string{"US_PASSPORT", "US_PASSPORT_RECEIPT"}, needs{}},
	"NONCITIZEN":                    {[]string{"US_PASSPORT", "US_PASSPORT_RECEIPT"}, needs{}},
	"LAWFUL_PERMANENT_RESIDENT":     {[]string{"FORM_I551", "FOREIGN_PASSPORT_WITH_I551_STAMP", "FORM_I94_RECEIPT"}, needs{}.with(true, "alien_number")},
	"NONCITIZEN_AUTHORIZED_TO_WORK": {[]string{"FORM_I766", "FOREIGN_PASSPORT_WITH_FORM_I94", "FORM_I94", "FORM_I94_RECEIPT"}, needs{}.with(false, "alien_number", "i94_number")},
}

// needsOf returns the fields for a status and documents, or what is wrong with those.
func needsOf(body map[string]any) (needs, []problem) {
	text := func(name string) string { value, _ := body[name].(string); return value }
	status, a, b, c := text("citizenship_status_code"), text("document_a_type_code"), text("document_b_type_code"), text("document_c_type_code")
	row, ok := byStatus[status]
	switch {
	case status == "":
		return nil, []problem{{required, "citizenship_status_code is required", "citizenship_status_code"}}
	case !ok:
		return nil, []problem{{invalidEnum, "unknown value " + status, "citizenship_status_code"}}
	case a == "" && (b == "" || c == ""), a != "" && (b != "" || c != ""):
		return nil, []problem{{aOrBAndC, "one document of list A, or one of list B and one of list C", ""}}
	case a != "" && !slices.Contains(row.listA, a):
		return nil, []problem{{invalidEnum, "not a document for the status: " + a, "document_a_type_code"}}
	case a != "":
		return merge(always, byListA[a], needs{"document_a_type_code": true}), nil
	case byListB[b] == nil:
		return nil, []problem{{invalidEnum, "unknown value " + b, "document_b_type_code"}}
	case !slices.Contains(listC, c):
		return nil, []problem{{invalidEnum, "unknown value " + c, "document_c_type_code"}}
	}
	return merge(always, byListB[b], row.bAndC, needs{"document_b_type_code": true, "document_c_type_code": true}), nil
}

func merge(all ...needs) needs {
	whole := needs{}
	for _, one := range all {
		maps.Copy(whole, one)
	}
	return whole
}

// formats are the forms of the fields that have one.
var formats = map[string]*regexp.Regexp{
	"first_name":                 regexp.MustCompile(`^[a-zA-Z' -]{1,25}$`),
	"last_name":                  regexp.MustCompile(`^[a-zA-Z' -]{1,40}$`),
	"middle_initial":             regexp.MustCompile(`^[a-zA-Z]$`),
	"other_last_names_used":      regexp.MustCompile(`^[a-zA-Z' -]{1,40}$`),
	"date_of_birth":              regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`),
	"date_of_hire":               regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`),
	"expiration_date":            regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`),
	"ssn":                        regexp.MustCompile(`^\d{3}-\d{2}-\d{4}$`),
	"case_creator_phone_number":  regexp.MustCompile(`^\d{10}$`),
	"case_creator_email_address": regexp.MustCompile(`^[^@\s]+@[^@\s]+$`),
	"employer_case_id":           regexp.MustCompile(`^[a-zA-Z0-9\-\s]{1,40}$`),
	"alien_number":               regexp.MustCompile(`^A\d{9}$`),
	"us_passport_number":         regexp.MustCompile(`^[A-Za-z0-9]{6,9}$`),
	"foreign_passport_number":    regexp.MustCompile(`^[A-Za-z0-9]{6,12}$`),
	"country_code":               regexp.MustCompile(`^[A-Z]{3}$`),
	"us_state_code":              regexp.MustCompile(`^[A-Z]{2}$`),
	"i551_number":                regexp.MustCompile(`^[a-zA-Z]{3}(\d{10}|[*]\d{9})$`),
	"i766_number":                regexp.MustCompile(`^[a-zA-Z]{3}(\d{10}|[*]\d{9})$`),
	"visa_number":                regexp.MustCompile(`^[A-Za-z0-9]{8}$`),
	"sevis_number":               regexp.MustCompile(`^[0-9]{10}$`),
	"i94_number":                 regexp.MustCompile(`^[0-9A-Za-z]{11}$`),
	"document_bc_number":         regexp.MustCompile(`^[a-zA-Z0-9*-]{1,17}$`),
}

// faultOf returns what is wrong with the form of a value. Its message repeats the value.
func faultOf(name string, value any) []problem {
	texts, isList := value.([]any)
	if !isList {
		texts = []any{value}
	}
	for _, one := range texts {
		text, isText := one.(string)
		isFlag := name == "no_expiration_date"
		if isFlag && value == true {
			return nil
		}
		form := formats[name]
		isBad := !isText || text == "" || isFlag || isList != (name == "other_last_names_used") ||
			form != nil && !form.MatchString(text)
		if strings.HasSuffix(name, "_date") || strings.HasPrefix(name, "date_of_") {
			_, err := time.Parse(time.DateOnly, text)
			isBad = isBad || err != nil
		}
		if isBad {
			return []problem{{badFormat, name + " has a wrong format: " + text, name}}
		}
	}
	return nil
}

// problemsOf returns everything that is wrong with a new case.
func problemsOf(body map[string]any, today time.Time, hasDuplicate bool) []problem {
	need, problems := needsOf(body)
	if len(problems) > 0 {
		return problems
	}
	const duplicate = "duplicate_continue_reason_code"
	if hasDuplicate {
		need[duplicate] = true
	}
	for _, name := range slices.Sorted(maps.Keys(need)) {
		if _, has := body[name]; need[name] && !has {
			problems = append(problems, problem{required, name + " is required", name})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(body)) {
		if _, known := need[name]; !known {
			problems = append(problems, problem{extraneous, name + " is not expected here", name})
			continue
		}
		problems = append(problems, faultOf(name, body[name])...)
	}
	if len(problems) > 0 {
		return problems
	}
	reason, _ := body[duplicate].(string)
	_, hasDate := body["expiration_date"]
	_, hasNone := body["no_expiration_date"]
	_, mayHaveNone := need["no_expiration_date"]
	date := func(name string) time.Time {
		text, _ := body[name].(string)
		day, _ := time.Parse(time.DateOnly, text)
		return day
	}
	day := today.Truncate(24 * time.Hour)
	switch {
	case reason != "" && !slices.Contains([]string{"REHIRE", "PREVIOUS_CASE_RESULT_RESUBMIT", "OTHER"}, reason):
		return []problem{{invalidEnum, "unknown value " + reason, duplicate}}
	case mayHaveNone && !hasDate && !hasNone:
		return []problem{{required, "expiration_date is required", "expiration_date"}}
	case hasDate && hasNone:
		return []problem{{extraneous, "no_expiration_date is not expected here", "no_expiration_date"}}
	case hasDate && date("expiration_date").Before(day):
		return []problem{{badFormat, "the document has expired", "expiration_date"}}
	case date("date_of_hire").After(day.AddDate(0, 0, 90)):
		return []problem{{badFormat, "date_of_hire is too late", "date_of_hire"}}
	case date("date_of_hire").Before(day.AddDate(0, 0, -5)):
		return []problem{{required, "reason_for_delay_code is required", "reason_for_delay_code"}}
	}
	return nil
}
