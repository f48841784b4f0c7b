package srmt

import (
	"time"

	"github.com/seed28e20331/cris/casestatus"
)

// Step is one entry of a request's history: who, when and why (SR-10). It is
// comparable with ==. Fields that do not belong to its kind are zero.
type Step struct {
	Seq     int // from 1, without gaps
	Kind    StepKind
	At      time.Time             // UTC, to the microsecond
	By      StaffID               // "" for the system, which receives requests and realigns them
	Why     TransferReason        // for StepReassigned and StepRedirected
	Origin  Origin                // for StepReceived
	Office  casestatus.OfficeCode // for StepReceived and StepRedirected: where the request is from now on
	Officer StaffID               // for StepAssigned and StepReassigned: who holds it from now on
	Message Message               // for StepCorresponded and StepResponded; of StepNoted and StepRedirected, the text alone
}

// isRealignment reports whether the step moves a request on because its office is
// closed, which the system may do (SR-2).
func (s Step) isRealignment() bool {
	return s.Kind == StepRedirected && s.Why == OfficeLocationAlignment
}
