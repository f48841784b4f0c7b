package selfcheck

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// Result is what the individual is told (SC-10).
type Result string

// The three results, and the two mismatches at once.
const (
	WorkAuthorizationConfirmed Result = "work_authorization_confirmed"
	SSAMismatch                Result = "ssa_mismatch"         // possible mismatch with SSA
	ImmigrationMismatch        Result = "immigration_mismatch" // possible mismatch with Immigration Information
	BothMismatches             Result = "both_mismatches"      // with both
)

// Results lists the results. The caller may keep and change the slice.
func Results() []Result {
	return []Result{WorkAuthorizationConfirmed, SSAMismatch, ImmigrationMismatch, BothMismatches}
}

// ResultDecision is the decision on E-Verify's answer.
type ResultDecision struct {
	Result  Result // "" if E-Verify has no answer yet, or none of the three
	Reasons []cris.Reason
}

// DecideResult decides on the result, from where a case is and whose records do not match.
func DecideResult(stage Stage, findings Findings) ResultDecision {
	// SC-10: the records of DHS and of the Department of State are the immigration
	// information.
	immigration := findings.DHS || findings.State
	hasMismatch := slices.Contains([]Stage{StageMismatch, StageReferred, StageNotConfirmed, StageClosed}, stage)
	var result Result
	switch {
	case stage == StageAuthorized:
		result = WorkAuthorizationConfirmed
	case stage == StageWaiting, stage == StageDraft:
		return ResultDecision{Reasons: []cris.Reason{moreTimeNeeded}}
	case stage == StageUnconfirmed:
		return ResultDecision{Reasons: []cris.Reason{dataToConfirm}}
	case !hasMismatch:
	case findings.SSA && immigration:
		result = BothMismatches
	case findings.SSA:
		result = SSAMismatch
	case immigration:
		result = ImmigrationMismatch
	}
	return ResultDecision{Result: result, Reasons: result.reasons()}
}

// Mismatches returns the mismatches in the result: none, one or both.
func (r Result) Mismatches() []Result {
	switch r {
	case SSAMismatch, ImmigrationMismatch:
		return []Result{r}
	case BothMismatches:
		return []Result{SSAMismatch, ImmigrationMismatch}
	case WorkAuthorizationConfirmed:
	}
	return nil
}

// isMismatch reports whether there is something to resolve.
func (r Result) isMismatch() bool { return len(r.Mismatches()) > 0 }

// reasons says what the result means.
func (r Result) reasons() []cris.Reason {
	switch r {
	case WorkAuthorizationConfirmed:
		return []cris.Reason{authorizationConfirmed}
	case SSAMismatch:
		return []cris.Reason{ssaRecordsDiffer}
	case ImmigrationMismatch:
		return []cris.Reason{immigrationRecordsDiffer}
	case BothMismatches:
		return []cris.Reason{ssaRecordsDiffer, immigrationRecordsDiffer}
	}
	return []cris.Reason{noResult}
}
