package ridp

import (
	"cmp"
	"slices"

	"github.com/seed28e20331/cris/selfcheck"
)

// codeRow is what a code of the provider means.
type codeRow struct {
	code       string
	isDecision bool                 // a final decision code; a response code otherwise
	atFirst    selfcheck.IdPOutcome // in answer to the applicant
	atLast     selfcheck.IdPOutcome // in answer to the answers; "" if it means nothing there
}

// codes is what the provider's codes mean to SC-3 and SC-4. The schema says of the decisions only
// whom to call. The service in which call centers look up a decision says that RF1 is a blocked
// or frozen file and RF4 a person recorded as deceased. RF2 means that no questions were found or
// that the answers were wrong, depending on whether it answers an applicant or answers.
//
// A response code that is not listed here means what its first letters say: HS success, HE an
// error, HX an exception.
var codes = []codeRow{
	{"ACC", true, selfcheck.IdPPassed, selfcheck.IdPPassed},
	{"RF1", true, selfcheck.IdPFrozen, selfcheck.IdPFrozen},
	{"RF2", true, selfcheck.IdPCouldNotGenerateQuestions, selfcheck.IdPAnsweredIncorrectly},
	{"RF3", true, selfcheck.IdPUseLimit, selfcheck.IdPUseLimit},
	{"RF4", true, selfcheck.IdPDeceased, selfcheck.IdPDeceased},
	{"HE000050", false, selfcheck.IdPCouldNotGenerateQuestions, ""}, // "reference final decision code", which is more exact
}

// outcomeOf returns what the code means, "" if nothing.
func outcomeOf(code string, afterAnswers bool) selfcheck.IdPOutcome {
	for _, row := range codes {
		if row.code != code {
			continue
		}
		if afterAnswers {
			return row.atLast
		}
		return row.atFirst
	}
	return ""
}

// decide returns how the proofing ended, or no outcome if there are questions to answer.
// agreed are the response codes that the provider's contract adds.
func decide(r response, afterAnswers bool, agreed map[selfcheck.ErrorCode]selfcheck.IdPOutcome) (selfcheck.IdPOutcome, *Error) {
	code := r.errorCode()
	outcome := cmp.Or(agreed[code], outcomeOf(r.Decision, afterAnswers), outcomeOf(string(code), afterAnswers))
	asks := r.Questions != nil
	hasIDs := r.Session != "" && r.Reference != ""
	isAccepted := r.Decision == "ACC"
	switch {
	case r.isException() && !asks && r.Decision == "" && outcome == "":
		return "", &Error{Kind: KindOutage, Code: code}
	case !r.isSuccess() && (asks || isAccepted), // questions or a pass, and an error
		r.isException() && r.Decision != "",        // a decision, and no way to make one
		asks && (r.Decision != "" || afterAnswers), // questions, and nothing left to ask
		asks && !hasIDs, // questions, and no way to answer them
		r.isSuccess() && !asks && r.Decision == "": // neither
		return "", &Error{Kind: KindContradictory, Code: code}
	case asks, outcome != "":
		return outcome, nil
	}
	return "", &Error{Kind: KindRefused, Code: code}
}

// noteOf returns the code that is kept on record for an outcome: the response code or, if that
// says that all is well, the decision.
func noteOf(r response, outcome selfcheck.IdPOutcome) selfcheck.ErrorCode {
	if outcome == selfcheck.IdPPassed {
		return ""
	}
	return cmp.Or(r.errorCode(), selfcheck.ErrorCode(r.Decision))
}

// isAgreeable reports whether a contract can give a response code this meaning: it is an
// error code, and does not mean a pass.
func isAgreeable(code selfcheck.ErrorCode, outcome selfcheck.IdPOutcome) bool {
	return isResponseCode(string(code)) && code[1] != 'S' && outcome != selfcheck.IdPPassed &&
		slices.Contains(selfcheck.IdPOutcomes(), outcome)
}
