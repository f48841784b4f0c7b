package everifytest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"
)

// find returns the case with the number, nil if there is none.
func (s *Server) find(number string) *record {
	for _, record := range s.cases {
		if record.Number == number {
			return record
		}
	}
	return nil
}

// ofCase answers a request about a case that there must be.
func ofCase(s *Server, do func(*record, call) reply) func(call) reply {
	return func(c call) reply {
		found := s.find(c.number)
		if found == nil {
			return refuse(http.StatusNotFound, problem{notFound, "no case " + c.number, "case_number"})
		}
		return do(found, c)
	}
}

func (s *Server) duplicateCheck(c call) reply {
	if problems := faultOf("ssn", c.body["ssn"]); len(problems) > 0 {
		return refuse(http.StatusBadRequest, problems...)
	}
	results := []map[string]any{}
	for _, record := range s.cases {
		if record.Fields["ssn"] == c.body["ssn"] {
			results = append(results, map[string]any{
				"case_number": record.Number, "case_status": record.Status, "case_status_display": record.Status,
				"first_name": record.Fields["first_name"], "last_name": record.Fields["last_name"],
				"created_date": s.config.Now().Format(time.DateOnly),
			})
		}
	}
	return reply{http.StatusOK, map[string]any{"total_results": len(results), "results": results}}
}

func (s *Server) caseFields(c call) reply {
	need, problems := needsOf(c.body)
	for name, value := range c.body {
		if name != "client_company_id" {
			problems = append(problems, faultOf(name, value)...)
		}
	}
	if len(problems) > 0 {
		return refuse(http.StatusBadRequest, problems...)
	}
	fields := []map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(need)) {
		fields = append(fields, map[string]any{"field_name": name, "required": need[name]})
	}
	return reply{http.StatusOK, map[string]any{"case_fields": fields}}
}

func (s *Server) create(c call) reply {
	hasDuplicate := slices.ContainsFunc(s.cases, func(r *record) bool {
		return (r.IsOpen() || s.config.ClosedAreDuplicates) && r.Fields["ssn"] == c.body["ssn"]
	})
	if problems := problemsOf(c.body, s.config.Now(), hasDuplicate); len(problems) > 0 {
		return refuse(http.StatusBadRequest, problems...)
	}
	opened := &record{Case: Case{
		Number: fmt.Sprintf("%013dSC", 2026000000000+len(s.cases)+1), Status: "DRAFT", Fields: c.body, History: []string{"created"},
	}}
	opened.script = s.script
	if own, ok := s.scripts[fmt.Sprint(c.body["ssn"])]; ok {
		opened.script = own
	}
	s.cases = append(s.cases, opened)
	return reply{http.StatusCreated, map[string]any{"case_number": opened.Number, "case_status": opened.Status}}
}

func (s *Server) get(found *record, _ call) reply {
	if found.next != "" {
		if found.polls--; found.polls < 0 {
			found.come(found.next)
		}
	}
	answer := found.workflow()
	maps.Copy(answer.body, found.Fields)
	return answer
}

// workflow returns where the case is.
func (r *record) workflow() reply {
	orNil := func(text string) any {
		if text == "" {
			return nil
		}
		return text
	}
	return reply{http.StatusOK, map[string]any{
		"case_number": r.Number, "case_status": r.Status, "case_status_display": r.Status,
		"case_eligibility_statement": orNil(r.Statement), "ssa_referral_status": orNil(r.SSA), "dhs_referral_status": orNil(r.DHS),
	}}
}

// refuseFor refuses what a case in that status is not for.
func (r *record) refuseFor() reply {
	return refuse(http.StatusConflict, problem{conflict, "the case of " + fmt.Sprint(r.Fields["last_name"]) + " is " + r.Status, "case_status"})
}

// come lets the case come to an outcome.
func (r *record) come(outcome Outcome) {
	r.next, r.polls = "", 0
	r.SSA, r.DHS = "", ""
	switch outcome {
	case SSAMismatch:
		r.Status, r.SSA, r.DHS = "PENDING_REFERRAL", "PENDING_REFERRAL", "NOT_REFERRED"
	case DHSMismatch:
		r.Status, r.SSA, r.DHS = "PENDING_REFERRAL", "NOT_REFERRED", "PENDING_REFERRAL"
	case BothMismatches:
		r.Status, r.SSA, r.DHS = "PENDING_REFERRAL", "PENDING_REFERRAL", "PENDING_REFERRAL"
	case Unconfirmed:
		r.Status = "UNCONFIRMED_DATA"
		r.toConfirm = r.script.ConfirmFields
		if r.toConfirm == nil {
			r.toConfirm = []string{"first_name", "last_name", "date_of_birth", "ssn"}
		}
	case PhotoMatch:
		r.Status = "PHOTO_MATCH"
	case ScanAndUpload:
		r.Status = "SCAN_AND_UPLOAD"
	case FinalNonconfirmation:
		r.Status = "FINAL_NONCONFIRMATION"
	case Strange:
		r.Status = StrangeStatus
	case Authorized, "":
		outcome = Authorized
		r.Status, r.Statement = "CLOSED", "EMPLOYMENT_AUTHORIZED"
	}
	r.History = append(r.History, string(outcome))
}

func (s *Server) submit(found *record, _ call) reply {
	if found.Status != "DRAFT" {
		return found.refuseFor()
	}
	found.History = append(found.History, "submitted")
	found.Status = "QUEUED"
	found.next, found.polls = orAuthorized(found.script.Submit), found.script.Queued
	if found.polls == 0 {
		found.come(found.next)
	}
	return found.workflow()
}

func orAuthorized(outcome Outcome) Outcome {
	if outcome == "" {
		return Authorized
	}
	return outcome
}

func (s *Server) confirmFields(found *record, _ call) reply {
	if found.Status != "UNCONFIRMED_DATA" {
		return found.refuseFor()
	}
	return reply{http.StatusOK, map[string]any{"case_fields": found.toConfirm}}
}

func (s *Server) confirm(found *record, c call) reply {
	if found.Status != "UNCONFIRMED_DATA" {
		return found.refuseFor()
	}
	rows, _ := c.body["case_fields"].([]any)
	confirmed := map[string]any{}
	for _, row := range rows {
		field, _ := row.(map[string]any)
		name, _ := field["field_name"].(string)
		if !slices.Contains(found.toConfirm, name) {
			return refuse(http.StatusBadRequest, problem{extraneous, "not to be confirmed: " + fmt.Sprint(field["value"]), name})
		}
		if problems := faultOf(name, field["value"]); len(problems) > 0 {
			return refuse(http.StatusBadRequest, problems...)
		}
		confirmed[name] = field["value"]
	}
	for _, name := range found.toConfirm {
		if _, has := confirmed[name]; !has && found.Fields[name] != nil {
			return refuse(http.StatusBadRequest, problem{required, name + " is required", name})
		}
	}
	maps.Copy(found.Fields, confirmed)
	found.History = append(found.History, "confirmed")
	found.come(orAuthorized(found.script.Confirm))
	return found.workflow()
}

// isNotified reports whether the individual was told.
func isNotified(c call) bool { return c.body["employee_notified"] == true }

var notNotified = problem{required, "employee_notified is required", "employee_notified"}

func (s *Server) refer(found *record, c call) reply {
	switch {
	case !isNotified(c):
		return refuse(http.StatusBadRequest, notNotified)
	case found.Status != "PENDING_REFERRAL":
		return found.refuseFor()
	}
	for _, status := range []*string{&found.SSA, &found.DHS} {
		if *status == "PENDING_REFERRAL" {
			*status = "REFERRED"
		}
	}
	found.Status = "REFERRED"
	found.History = append(found.History, "referred")
	found.next, found.polls = found.script.Resolve, found.script.Referred
	return found.workflow()
}

func (s *Server) noAction(found *record, c call) reply {
	switch {
	case !isNotified(c):
		return refuse(http.StatusBadRequest, notNotified)
	case found.Status != "PENDING_REFERRAL":
		return found.refuseFor()
	}
	found.Status, found.Statement, found.SSA, found.DHS = "FINAL_NONCONFIRMATION", "NO_ACTION_FNC", "NOT_REFERRED", "NOT_REFERRED"
	found.History = append(found.History, "no_action")
	return found.workflow()
}

// closureCodes are the reasons for which a case may be closed now.
func (r *record) closureCodes() []string {
	switch r.Status {
	case "FINAL_NONCONFIRMATION":
		return []string{"EMPLOYEE_TERMINATED_FOR_FNC_RESULT", "EMPLOYEE_CONTINUES_TO_WORK_AFTER_FNC", "INCORRECT_DATA", "OTHER"}
	case "CLOSED":
		return nil
	}
	return []string{"INCORRECT_DATA", "OTHER"}
}

func (s *Server) closureReasons(found *record, _ call) reply {
	return reply{http.StatusOK, map[string]any{"case_closure_reasons": found.closureCodes()}}
}

func (s *Server) close(found *record, c call) reply {
	code, _ := c.body["case_closure_reason_code"].(string)
	text, _ := c.body["other_reason_description"].(string)
	switch {
	case !found.IsOpen():
		return found.refuseFor()
	case code == "":
		return refuse(http.StatusBadRequest, problem{required, "case_closure_reason_code is required", "case_closure_reason_code"})
	case !slices.Contains(found.closureCodes(), code):
		return refuse(http.StatusBadRequest, problem{invalidEnum, "not now: " + code, "case_closure_reason_code"})
	case code == "OTHER" && text == "":
		return refuse(http.StatusBadRequest, problem{required, "other_reason_description is required", "other_reason_description"})
	case code != "OTHER" && text != "":
		return refuse(http.StatusBadRequest, problem{extraneous, "other_reason_description is not expected: " + text, "other_reason_description"})
	}
	found.Status, found.Closure, found.next = "CLOSED", code, ""
	found.History = append(found.History, "closed")
	return found.workflow()
}
