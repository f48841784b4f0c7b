package selfcheck

import "github.com/seed28e20331/cris"

// Result is what the individual is told (SC-10).
type Result string

// The three results.
const (
	WorkAuthorizationConfirmed Result = "work_authorization_confirmed"
	SSAMismatch                Result = "ssa_mismatch"         // possible mismatch with SSA
	ImmigrationMismatch        Result = "immigration_mismatch" // possible mismatch with Immigration Information
)

// Results lists the three results. The caller may keep and change the slice.
func Results() []Result {
	return []Result{WorkAuthorizationConfirmed, SSAMismatch, ImmigrationMismatch}
}

// ResultDecision is the decision on E-Verify's answer.
type ResultDecision struct {
	Result    Result // "" if E-Verify gave no answer that is one of the three
	CloseCase bool   // nothing is left to do with the case: close it now
	Reasons   []cris.Reason
}

// DecideResult turns E-Verify's answer into one of the three results.
func DecideResult(answer CaseResult) ResultDecision {
	// SC-10: the records of DHS and of the Department of State are the immigration
	// information.
	var result Result
	switch answer.Finding {
	case FindingAuthorized:
		result = WorkAuthorizationConfirmed
	case FindingSSAMismatch:
		result = SSAMismatch
	case FindingDHSMismatch, FindingStateMismatch:
		result = ImmigrationMismatch
	}
	return ResultDecision{Result: result, CloseCase: !result.isMismatch(), Reasons: result.reasons()}
}

// isMismatch reports whether there is something to resolve.
func (r Result) isMismatch() bool { return r == SSAMismatch || r == ImmigrationMismatch }

// reasons says what the result means.
func (r Result) reasons() []cris.Reason {
	switch r {
	case WorkAuthorizationConfirmed:
		return []cris.Reason{authorizationConfirmed}
	case SSAMismatch:
		return []cris.Reason{ssaRecordsDiffer}
	case ImmigrationMismatch:
		return []cris.Reason{immigrationRecordsDiffer}
	}
	return []cris.Reason{noResult}
}
