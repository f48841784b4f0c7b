package srmt

import (
	"time"

	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/srmt/letter"
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
	Message Message               // for StepCorresponded and the kinds that answer; for StepNoted, StepSentBack and StepRedirected, only its text
	Finding letter.Finding        // for the kinds that answer: what the research has shown (SR-7)
	Letter  string                // for the kinds that answer: the edition of the template that the text was made from; "" for the officer's own words
}

// answers reports whether steps of this kind say what the research has shown: a response, a
// proposal of one, or the correction of one.
func (k StepKind) answers() bool {
	return k == StepProposed || k == StepApproved || k == StepResponded || k == StepCorrected
}

// isOfSystem reports whether the step is one that the system takes: it receives requests, moves
// them on because their office is closed (SR-2), and returns those of staff who left (SR-6).
func (s Step) isOfSystem() bool {
	return s.Kind == StepReceived || s.Kind == StepReturned || s.Kind == StepRedirected && s.Why == OfficeLocationAlignment
}
