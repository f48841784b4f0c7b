package selfcheck

// ClosureReason is why a case at E-Verify is closed.
type ClosureReason string

// The reasons for which Self Check closes cases.
const (
	ClosedConfirmed    ClosureReason = "confirmed"     // the work authorization is confirmed
	ClosedDeclined     ClosureReason = "declined"      // SC-11: the individual does not want to resolve the mismatch
	ClosedResolved     ClosureReason = "resolved"      // the individual resolved the mismatch, or the time for it is over
	ClosedNoResult     ClosureReason = "no_result"     // E-Verify gave none of the results
	ClosedSessionEnded ClosureReason = "session_ended" // the individual left or did not come back
	ClosedNotOpened    ClosureReason = "not_opened"    // staff found that there is no case
)

// ClosureReasons lists the reasons for which Self Check closes cases. The caller may keep
// and change the slice.
func ClosureReasons() []ClosureReason {
	return []ClosureReason{
		ClosedConfirmed, ClosedDeclined, ClosedResolved, ClosedNoResult, ClosedSessionEnded, ClosedNotOpened,
	}
}

// DecideClosure says for which reason the case of a query is closed, if it is closed now.
func DecideClosure(query QueryRecord) ClosureReason {
	isLeft := query.Stage == StageUnconfirmed || query.Stage == StageWaiting || query.Stage == StageDraft
	switch {
	case query.Choice == Decline:
		return ClosedDeclined // SC-11
	case query.Choice == Resolve:
		return ClosedResolved
	case query.Result == WorkAuthorizationConfirmed:
		return ClosedConfirmed
	case query.Result == "" && !isLeft:
		return ClosedNoResult
	}
	return ClosedSessionEnded
}
