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
	By      StaffID               // "" for the system, which receives, realigns and returns requests
	Why     TransferReason        // for StepReassigned, StepReturned and StepRedirected
	Origin  Origin                // for StepReceived
	Office  casestatus.OfficeCode // for StepReceived and StepRedirected: where the request is from now on
	Officer StaffID               // for StepAssigned and StepReassigned: who holds it from now on
	Message Message               // for StepCorresponded and StepResponded; of StepNoted and StepRedirected, the text alone
}

// isOfSystem reports whether the step is one that the system takes: it receives requests, moves
// them on because their office is closed (SR-2), and returns those of staff who left (SR-6).
func (s Step) isOfSystem() bool {
	return s.Kind == StepReceived || s.Kind == StepReturned || s.Kind == StepRedirected && s.Why == OfficeLocationAlignment
}
