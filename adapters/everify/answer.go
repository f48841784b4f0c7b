package everify

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// workflow is what is read of a case. Nothing else of the answer is kept.
type workflow struct {
	Number      string `json:"case_number"`
	Status      string `json:"case_status"`
	Statement   string `json:"case_eligibility_statement"`
	SSAReferral string `json:"ssa_referral_status"`
	DHSReferral string `json:"dhs_referral_status"`
	EmployerID  string `json:"employer_case_id"`
	DateOfHire  string `json:"date_of_hire"`
}

// duplicates is the answer of the duplicate check.
type duplicates struct {
	Total   int         `json:"total_results"`
	Results []candidate `json:"results"`
}

type candidate struct {
	Number string `json:"case_number"`
	Status string `json:"case_status"`
}

// neededFields is the answer of the check of the fields.
type neededFields struct {
	Fields []struct {
		Name     string `json:"field_name"`
		Required bool   `json:"required"`
	} `json:"case_fields"`
}

// fieldsToConfirm is the answer to what is to be confirmed.
type fieldsToConfirm struct {
	Names []string `json:"case_fields"`
}

// decode reads the body of a success into the answer, a pointer or nil, and returns what is wrong
// with it, "" if nothing is. An empty body is fine where nothing is read.
func decode(text []byte, answer any) Kind {
	if len(bytes.TrimSpace(text)) == 0 {
		if answer == nil {
			return ""
		}
		return KindIncomplete
	}
	if !json.Valid(text) {
		return KindNotJSON
	}
	if len(errorsIn(text)) > 0 {
		return KindContradicts
	}
	if answer == nil {
		answer = &struct{}{}
	}
	if json.Unmarshal(text, answer) != nil {
		return KindNotJSON
	}
	return ""
}

// answerError is one of the errors that an answer lists, whatever its attributes.
type answerError map[string]any

// errorsIn returns the errors that an answer lists. It returns none for a text that is not such
// an answer.
func errorsIn(text []byte) []answerError {
	var answer struct {
		Errors []answerError `json:"errors"`
	}
	if json.Unmarshal(text, &answer) != nil {
		return nil
	}
	return answer.Errors
}

// fieldName finds words that can be the name of a field.
var fieldName = regexp.MustCompile(`[a-z][a-z0-9_]+`)

// namesIn returns the codes and fields of the errors that are on the lists of this package,
// each once and in the order of the lists. How E-Verify names the field is not known for
// certain, so every text is searched for the names; no other word is kept.
func (c *Client) namesIn(errs []answerError) (codes, fields []string) {
	hasCode, hasField := map[string]bool{}, map[string]bool{}
	for _, one := range errs {
		code, _ := one["error_code"].(string)
		hasCode[code] = true
		if code != "" && !slices.Contains(errorCodes, code) {
			c.unknown("error_code", code)
		}
		for _, value := range one {
			for _, text := range textsIn(value) {
				for _, word := range fieldName.FindAllString(text, -1) {
					hasField[word] = true
				}
			}
		}
	}
	only := func(list []string, has map[string]bool) (found []string) {
		for _, entry := range list {
			if has[entry] && !slices.Contains(found, entry) {
				found = append(found, entry)
			}
		}
		return found
	}
	return only(errorCodes, hasCode), only(wireFields, hasField)
}

// textsIn returns a text, or the texts of a list.
func textsIn(value any) []string {
	switch value := value.(type) {
	case string:
		return []string{value}
	case []any:
		var texts []string
		for _, element := range value {
			if text, ok := element.(string); ok {
				texts = append(texts, text)
			}
		}
		return texts
	}
	return nil
}

// unknown tells the host program of a code that is not known.
func (c *Client) unknown(attribute, code string) {
	code = strings.ToValidUTF8(code[:min(len(code), maxUnknownCode)], "")
	c.config.Unknown(UnknownCode{attribute, cris.NewPersonal(code)})
}

// employerID is the form of an employer's case ID.
var employerID = regexp.MustCompile(`^[a-zA-Z0-9\-\s]{1,40}$`)

// stateOf returns the case as the port has it, without the fields to confirm.
func (c *Client) stateOf(w workflow) selfcheck.CaseState {
	state := selfcheck.CaseState{Number: selfcheck.CaseNumber(w.Number), Stage: selfcheck.StageUnsupported}
	if employerID.MatchString(w.EmployerID) {
		state.Transaction = selfcheck.TransactionID(w.EmployerID)
	}
	if at := slices.IndexFunc(caseStatuses, func(row statusRow) bool { return row.code == w.Status }); at >= 0 {
		state.Stage = caseStatuses[at].stage
	} else {
		c.unknown("case_status", w.Status)
	}
	if at := slices.IndexFunc(eligibilityStatements, func(row statusRow) bool { return row.code == w.Statement }); at >= 0 {
		if w.Status == statusClosed {
			state.Stage = eligibilityStatements[at].stage
		}
	} else if w.Statement != "" {
		c.unknown("case_eligibility_statement", w.Statement)
	}
	var isUnknown [2]bool
	state.Findings.SSA, isUnknown[0] = c.findingOf("ssa_referral_status", w.SSAReferral)
	state.Findings.DHS, isUnknown[1] = c.findingOf("dhs_referral_status", w.DHSReferral)
	isMismatch := slices.Contains([]selfcheck.Stage{selfcheck.StageMismatch, selfcheck.StageReferred, selfcheck.StageNotConfirmed}, state.Stage)
	if isMismatch && (isUnknown[0] || isUnknown[1]) {
		// Half of E-Verify's findings would be told as all of them.
		state.Stage, state.Findings = selfcheck.StageUnsupported, selfcheck.Findings{}
	}
	return state
}

// findingOf reports whether the status says that the records of the agency do not match, and
// whether it is not known.
func (c *Client) findingOf(attribute, status string) (isFinding, isUnknown bool) {
	for _, row := range referralStatuses {
		if row.code == status {
			return row.isFinding, false
		}
	}
	if status != "" {
		c.unknown(attribute, status)
	}
	return false, status != ""
}

// fieldsOf returns the fields that E-Verify asks to confirm: those of the identity first, then
// the others in the order of selfcheck.Fields.
func (c *Client) fieldsOf(asked fieldsToConfirm) []selfcheck.Field {
	var named []selfcheck.Field
	for _, name := range asked.Names {
		for _, row := range confirmFields {
			if row.wire == name {
				named = append(named, row.field)
			}
		}
		if !slices.Contains(wireFields, name) {
			c.unknown("case_fields", name)
		}
	}
	var fields []selfcheck.Field
	for _, field := range append(selfcheck.IdentityFields(), selfcheck.Fields()...) {
		if slices.Contains(named, field) {
			fields = append(fields, field)
		}
	}
	return fields
}
