package srmt

import "github.com/seed28e20331/cris"

// Assignment is the command to give an unassigned request to an officer.
type Assignment struct {
	RequestID string
	By        StaffID
	Seen      int // the version that the author acts on
	To        StaffID
}

// DecideAssignment decides whether an unassigned request is given to the officer
// (SR-3).
func DecideAssignment(state ServiceRequest, act Act, to Staff) Decision {
	// SR-3: by a supervisor of the office, to one of its officers, once.
	may := permission{act.By.supervises(state.Office), cris.Reason{
		Rule: "SR-3", Text: "only a supervisor of the request's office assigns it",
	}}
	var against refusals
	against.unless(state.Status != Closed, "SR-1", "the request is closed")
	against.unless(state.Status != Assigned, "SR-3", "the request is assigned already: reassign it")
	against.unless(to.worksAt(state.Office) && to.Role == IIO, "SR-3", "a request is assigned to an officer of its office")
	return state.decide(act, may,
		Step{Kind: StepAssigned, Officer: to.ID},
		cris.Reason{Rule: "SR-3", Text: "assigned by a supervisor of the office to one of its officers"},
		against)
}

// Reassignment is the command to hand an assigned request to someone else at its
// office.
type Reassignment struct {
	RequestID string
	By        StaffID
	Seen      int // the version that the author acts on
	To        StaffID
	Why       TransferReason
}

// DecideReassignment decides whether an assigned request is handed to another
// officer or supervisor of its office, for the given reason (SR-5, SR-6). Whoever
// holds it need not be at the office any more.
func DecideReassignment(state ServiceRequest, act Act, to Staff, why TransferReason) Decision {
	// SR-5: by a supervisor of the office, to someone else there.
	may := permission{act.By.supervises(state.Office), cris.Reason{
		Rule: "SR-5", Text: "only a supervisor of the request's office reassigns it",
	}}
	var against refusals
	against.unless(state.Status != Closed, "SR-1", "the request is closed")
	against.unless(state.Status != Unassigned, "SR-5", "the request is not assigned yet: assign it")
	against.unless(to.worksAt(state.Office), "SR-5", "a request is reassigned to an officer or supervisor of its office")
	against.unless(to.ID == "" || to.ID != state.Officer, "SR-5", "the request is reassigned to who holds it already")
	// SR-6: one of four reasons.
	against.unless(why.known(), "SR-6", "the reason is missing or is not one for which a request may be reassigned")
	return state.decide(act, may,
		Step{Kind: StepReassigned, Officer: to.ID, Why: why},
		cris.Reason{Rule: "SR-5", Text: "reassigned by a supervisor of the office to someone else there"},
		against)
}
