package selfcheck

import "github.com/seed28e20331/cris"

// Choice is the individual's answer to whether to resolve a mismatch (SC-11).
type Choice string

// The two answers. Neither has a consequence for the individual.
const (
	Resolve Choice = "resolve"
	Decline Choice = "decline"
)

// Choices lists the two answers. The caller may keep and change the slice.
func Choices() []Choice { return []Choice{Resolve, Decline} }

// ResolutionOutcome is what follows from a result and a choice.
type ResolutionOutcome string

// The outcomes.
const (
	NothingToResolve  ResolutionOutcome = "nothing_to_resolve" // the result was a confirmation
	Declined          ResolutionOutcome = "declined"           // the case is closed, and that is all
	ResolveWithSSA    ResolutionOutcome = "resolve_with_ssa"   // Form says how
	ResolveWithUSCIS  ResolutionOutcome = "resolve_with_uscis" // Call says how
	ResolveWithBoth   ResolutionOutcome = "resolve_with_both"  // Form and Call say how
	ResolutionRefused ResolutionOutcome = "refused"            // Reasons say why
)

// ResolutionOutcomes lists what can follow. The caller may keep and change the slice.
func ResolutionOutcomes() []ResolutionOutcome {
	return []ResolutionOutcome{NothingToResolve, Declined, ResolveWithSSA, ResolveWithUSCIS, ResolveWithBoth, ResolutionRefused}
}

// Resolution is the decision on a mismatch.
type Resolution struct {
	Outcome ResolutionOutcome
	Form    MismatchForm // zero unless there is a mismatch with SSA to resolve
	Call    OfficeCall   // zero unless there is a mismatch with Immigration Information to resolve
	Reasons []cris.Reason
}

// DecideResolution says what follows from the individual's choice about the result on record.
// Declining is final, because it closes the case. An individual who chose to resolve the
// mismatch, or has not chosen, gets the form and the instructions again for as long as the query
// is on record, even after the case was closed: they are about the records of the agencies and
// not about the case.
func DecideResolution(record Record, choice Choice, policy Policy) Resolution {
	policy = policy.withDefaults()
	query := record.Query
	refused := func(reason cris.Reason) Resolution {
		return Resolution{Outcome: ResolutionRefused, Reasons: []cris.Reason{reason}}
	}
	// SC-11: there is a choice only after a mismatch, and it is the individual's.
	switch {
	case query.Result == WorkAuthorizationConfirmed:
		return Resolution{Outcome: NothingToResolve, Reasons: []cris.Reason{noMismatchToResolve}}
	case !query.Result.isMismatch():
		return refused(noResultToResolve)
	case choice == Decline && query.Choice == Resolve && !query.IsOpen():
		return refused(caseIsClosed)
	case choice == Decline:
		return Resolution{Outcome: Declined, Reasons: []cris.Reason{individualDeclines}}
	case choice != Resolve:
		return refused(choiceUnknown)
	case query.Choice == Decline:
		return refused(caseIsClosed)
	}
	var resolution Resolution
	for _, mismatch := range query.Result.Mismatches() {
		if mismatch == SSAMismatch {
			resolution.Outcome, resolution.Form = ResolveWithSSA, newMismatchForm(record)
			resolution.Reasons = append(resolution.Reasons, formForSSA)
			continue
		}
		resolution.Outcome, resolution.Call = ResolveWithUSCIS, newOfficeCall(query, policy)
		resolution.Reasons = append(resolution.Reasons, callToOffice)
	}
	if query.Result == BothMismatches {
		resolution.Outcome = ResolveWithBoth
	}
	return resolution
}
