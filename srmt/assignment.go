package srmt

// Assignment is the command to give an unassigned request to an officer.
type Assignment struct {
	RequestID string
	By        StaffID
	Seen      int // the version that the author acts on
	To        StaffID
}

// Officer is a member of staff, officer or supervisor, to whom a request may go.
type Officer struct {
	Staff
	Load int // how many open requests the member holds, at whatever office; it matters where the policy has a cap
}

// isFull reports whether the member holds as many open requests as anybody may.
func (o *Officer) isFull(mostOpen int) bool { return mostOpen > 0 && o.Load >= mostOpen }

// DecideAssignment decides whether an unassigned request is given to the officer: one of its
// office, who is not absent on that day, and who may hold another (SR-3).
func DecideAssignment(state ServiceRequest, act Act, to Officer, policy Policy) (d Decision) {
	// SR-3: to an officer of the office.
	var against refusals
	isThere := to.Has(IIO, state.Office, act.On)
	against.unless(isThere, notAnOfficerThere)
	against.unlessFree(isThere, &to, &act, policy.MostOpen)
	d.Step.Kind, d.Step.Officer = StepAssigned, to.ID
	d.decide(&state, &act, assignedBySupervisor, against)
	return d
}

// unlessFree adds why somebody at the office cannot get another request.
func (rs *refusals) unlessFree(isThere bool, to *Officer, act *Act, mostOpen int) {
	if isThere {
		rs.unless(!to.isAbsent(act.On), officerAbsent)
		rs.unless(!to.isFull(mostOpen), officerFull)
	}
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
// officer or supervisor of its office, for the given reason (SR-5, SR-6): to somebody who is not
// absent on that day, may hold another, and answers customers with disabilities if that is the
// reason. Whoever holds it need no longer be at the office.
func DecideReassignment(state ServiceRequest, act Act, to Officer, why TransferReason, policy Policy) (d Decision) {
	var against refusals
	isThere, isOther := to.worksAt(state.Office, act.On), to.ID == "" || to.ID != state.Officer
	against.unlessFree(isThere && isOther, &to, &act, policy.MostOpen)
	// SR-5: to someone else there.
	against.unless(isThere, notStaffThere)
	against.unless(isOther, heldAlready)
	// SR-6: one of four reasons.
	against.unless(why.known(), transferReasonUnknown)
	against.unless(!isThere || why != CustomerWithDisabilities || to.Accommodations, accommodationNotTheirs)
	d.Step.Kind, d.Step.Officer, d.Step.Why = StepReassigned, to.ID, why
	d.decide(&state, &act, reassignedBySupervisor, against)
	return d
}
