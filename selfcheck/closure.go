package selfcheck

// ClosureReason is why a case at E-Verify is closed.
type ClosureReason string

// The reasons for which Self Check closes cases.
const (
	ClosedConfirmed    ClosureReason = "confirmed"     // the work authorization is
	ClosedDeclined     ClosureReason = "declined"      // SC-11: the individual does not want to resolve the mismatch
	ClosedNoResult     ClosureReason = "no_result"     // E-Verify gave none of the three
	ClosedSessionEnded ClosureReason = "session_ended" // nothing more is done with the case here
)

// ClosureReasons lists the reasons for which Self Check closes cases. The caller may keep
// and change the slice.
func ClosureReasons() []ClosureReason {
	return []ClosureReason{ClosedConfirmed, ClosedDeclined, ClosedNoResult, ClosedSessionEnded}
}

// DecideClosure says for which reason the case of a query is closed, at the moment
// at which it is.
func DecideClosure(query QueryRecord) ClosureReason {
	switch {
	case query.Result == WorkAuthorizationConfirmed:
		return ClosedConfirmed
	case query.Result == "":
		return ClosedNoResult
	case query.Choice == Decline:
		return ClosedDeclined // SC-11
	}
	return ClosedSessionEnded
}
