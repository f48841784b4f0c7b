package everifytest

// Outcome is what becomes of a case.
type Outcome string

// The outcomes.
const (
	Authorized           Outcome = "authorized" // and closed by E-Verify itself
	SSAMismatch          Outcome = "ssa_mismatch"
	DHSMismatch          Outcome = "dhs_mismatch"
	BothMismatches       Outcome = "both_mismatches"
	Unconfirmed          Outcome = "unconfirmed"
	PhotoMatch           Outcome = "photo_match"
	ScanAndUpload        Outcome = "scan_and_upload"
	FinalNonconfirmation Outcome = "final_nonconfirmation"
	Strange              Outcome = "strange" // a status that no client has heard of
)

// StrangeStatus is the status of a case whose outcome is Strange.
const StrangeStatus = "AWAITING_ORACLE"

// Outcomes lists the outcomes. The caller may keep and change the slice.
func Outcomes() []Outcome {
	return []Outcome{
		Authorized, SSAMismatch, DHSMismatch, BothMismatches, Unconfirmed, PhotoMatch, ScanAndUpload, FinalNonconfirmation, Strange,
	}
}

// Script says how a case goes. The zero Script authorizes it at once.
type Script struct {
	Submit Outcome // what a submitted draft comes to; "" is Authorized
	Queued int     // how many times the case is asked for before it does; zero is at once

	Confirm       Outcome  // what confirmed data come to; "" is Authorized
	ConfirmFields []string // what is to be confirmed; nil is the name, the date of birth and the Social Security number

	Resolve  Outcome // what a referred case comes to; "" stays referred
	Referred int     // how many times the case is asked for before it does
}

// Fault breaks an answer.
type Fault string

// The faults. Those called "after" have done what was asked when they break.
const (
	Pass         Fault = "pass"          // none
	LostBefore   Fault = "lost_before"   // the connection breaks, and nothing was done
	LostAfter    Fault = "lost_after"    // the connection breaks after
	Unauthorized Fault = "unauthorized"  // 401: the token is revoked, and nothing was done
	TooMany      Fault = "too_many"      // 429, and nothing was done
	Unavailable  Fault = "unavailable"   // 503, and nothing was done
	Failure      Fault = "failure"       // 500 after
	HTML         Fault = "html"          // 200 with a page of a proxy, after
	ErrorIn200   Fault = "error_in_200"  // 200 with errors in it, and nothing was done
	Truncated    Fault = "truncated"     // 200 with half of the answer, after
	Huge         Fault = "huge"          // 200 with 100 MB, after
	WrongCase    Fault = "wrong_case"    // 200 about another case, after
	Silent       Fault = "silent"        // no answer until the client is gone, after
	Late         Fault = "late"          // what was asked is done when the client is gone
	Redirected   Fault = "redirected"    // 307 to another address, and nothing was done
	NotFoundPage Fault = "no_such_page"  // 404 with a page of a proxy, and nothing was done
	Forbidden    Fault = "not_permitted" // 403, and nothing was done
)

// Faults lists the faults. The caller may keep and change the slice.
func Faults() []Fault {
	return []Fault{
		Pass, LostBefore, LostAfter, Unauthorized, TooMany, Unavailable, Failure, HTML, ErrorIn200, Truncated, Huge, WrongCase,
		Silent, Late, Redirected, NotFoundPage, Forbidden,
	}
}

// Request is a request that can be broken.
type Request string

// The requests.
const (
	Login          Request = "login"
	Refresh        Request = "refresh"
	DuplicateCheck Request = "duplicate_check"
	CaseFields     Request = "case_fields"
	Create         Request = "create"
	Submit         Request = "submit"
	Get            Request = "get"
	ConfirmFields  Request = "confirm_fields"
	Confirm        Request = "confirm"
	Refer          Request = "refer"
	NoAction       Request = "no_action"
	ClosureReasons Request = "closure_reasons"
	Close          Request = "close"
)

// Requests lists the requests. The caller may keep and change the slice.
func Requests() []Request {
	return []Request{
		Login, Refresh, DuplicateCheck, CaseFields, Create, Submit, Get, ConfirmFields, Confirm, Refer, NoAction, ClosureReasons, Close,
	}
}
