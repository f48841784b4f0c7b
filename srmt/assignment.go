package srmt

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
	// SR-3: to an officer of the office.
	var against refusals
	against.unless(to.worksAt(state.Office) && to.Role == IIO, notAnOfficerThere)
	return decide(&state, &act,
		&Step{Kind: StepAssigned, Officer: to.ID},
		assignedBySupervisor,
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
// holds it need no longer be at the office.
func DecideReassignment(state ServiceRequest, act Act, to Staff, why TransferReason) Decision {
	// SR-5: to someone else there.
	var against refusals
	against.unless(to.worksAt(state.Office), notStaffThere)
	against.unless(to.ID == "" || to.ID != state.Officer, heldAlready)
	// SR-6: one of four reasons.
	against.unless(why.known(), transferReasonUnknown)
	return decide(&state, &act,
		&Step{Kind: StepReassigned, Officer: to.ID, Why: why},
		reassignedBySupervisor,
		against)
}
