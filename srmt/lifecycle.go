package srmt

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// Transition is a row of the lifecycle of a request: an act that is open in one status, who may
// do it, and the status it leads to.
type Transition struct {
	Act  StepKind
	From Status // "" for a request that is not there yet
	To   Status
	By   []Party
	Rule cris.RuleID // that says so
}

// lifecycle is what may happen to a request, and nothing else may: rules decide by it, and
// histories add up by it.
var lifecycle = []Transition{
	{StepReceived, "", Unassigned, []Party{System}, "SR-1"},
	{StepAssigned, Unassigned, Assigned, []Party{Supervisor}, "SR-3"},
	{StepReassigned, Assigned, Assigned, []Party{Supervisor}, "SR-5"},
	{StepReturned, Assigned, Unassigned, []Party{System}, "SR-6"},
	{StepRedirected, Unassigned, Unassigned, []Party{Supervisor, System}, "SR-5"},
	{StepRedirected, Assigned, Unassigned, []Party{Supervisor, System}, "SR-5"},
	{StepCorresponded, Unassigned, Unassigned, []Party{Supervisor}, "SR-8"},
	{StepCorresponded, Assigned, Assigned, []Party{Holder, Supervisor}, "SR-8"},
	{StepCorresponded, Closed, Closed, []Party{Holder, Supervisor}, "SR-8"},
	{StepNoted, Unassigned, Unassigned, []Party{Supervisor}, "SR-7"},
	{StepNoted, Assigned, Assigned, []Party{Holder, Supervisor}, "SR-7"},
	{StepNoted, Closed, Closed, []Party{Holder, Supervisor}, "SR-7"},
	{StepProposed, Assigned, Assigned, []Party{Holder}, "SR-7"},
	{StepSentBack, Assigned, Assigned, []Party{Reviewer}, "SR-7"},
	{StepApproved, Assigned, Closed, []Party{Reviewer}, "SR-7"},
	{StepResponded, Assigned, Closed, []Party{Holder}, "SR-7"},
	{StepCorrected, Closed, Closed, []Party{Holder, Supervisor}, "SR-8"},
}

// Lifecycle lists what may happen to a request: in which status, by whom, and what its status is
// then. Nothing else happens to it. The caller may keep and change what it gets.
func Lifecycle() []Transition {
	rows := slices.Clone(lifecycle)
	for i := range rows {
		rows[i].By = slices.Clone(rows[i].By)
	}
	return rows
}

// transition returns the row of the act in the status, and whether there is one.
func transition(act StepKind, from Status) (*Transition, bool) {
	for i := range lifecycle {
		if row := &lifecycle[i]; row.Act == act && row.From == from {
			return row, true
		}
	}
	return nil, false
}

// isOpenTo reports whether the member of staff is one of the parties that may do this on the day.
func (t *Transition) isOpenTo(by *Staff, r *ServiceRequest, on cris.Date) bool {
	for _, party := range t.By {
		if party.includes(by, r, on) {
			return true
		}
	}
	return false
}

// lookUp reports whether the author of the act may do it on the request in whatever status it is,
// and whether the status allows it.
func lookUp(act *Act, kind StepKind, r *ServiceRequest) (isEntitled, isAllowed bool) {
	for i := range lifecycle {
		if row := &lifecycle[i]; row.Act == kind {
			isEntitled = isEntitled || row.isOpenTo(&act.By, r, act.On)
			isAllowed = isAllowed || row.From == r.Status
			if isEntitled && isAllowed {
				return true, true
			}
		}
	}
	return isEntitled, isAllowed
}

// OpenTo returns the acts that are open to a member of staff on the request as it stands on the
// day, in the order of [StepKinds]: what a page may offer. The rules about how an act is
// done, such as to whom a request may be assigned, are checked when it is done. None is open to
// whoever may not see the request (PV-3).
func (r ServiceRequest) OpenTo(by Staff, on cris.Date) []StepKind {
	var open []StepKind
	for _, act := range StepKinds() {
		row, found := transition(act, r.Status)
		if found && row.isOpenTo(&by, &r, on) {
			open = append(open, act)
		}
	}
	return open
}

// otherwise is what the author of an act is told who has no part in it (PV-3), and what is said
// of an act that the status does not allow.
var otherwise = map[StepKind]struct {
	notEntitled cris.Reason
	in          map[Status]cris.Reason
}{
	StepAssigned:     {onlySupervisorAssigns, map[Status]cris.Reason{Assigned: assignedAlready, Closed: requestClosed}},
	StepReassigned:   {onlySupervisorReassigns, map[Status]cris.Reason{Unassigned: notAssignedYet, Closed: requestClosed}},
	StepReturned:     {notStaffAtAll, map[Status]cris.Reason{"": notAssignedYet, Unassigned: notAssignedYet, Closed: requestClosed}},
	StepRedirected:   {onlySupervisorRedirects, map[Status]cris.Reason{Closed: requestClosed}},
	StepCorresponded: {onlyHolderKeepsMessages, nil},
	StepNoted:        {onlyHolderKeepsNotes, nil},
	StepProposed:     {onlyHolderResponds, map[Status]cris.Reason{Closed: requestClosed}},
	StepSentBack:     {onlyReviewerReviews, nil},
	StepApproved:     {onlyReviewerReviews, nil},
	StepResponded:    {onlyHolderResponds, map[Status]cris.Reason{Closed: requestClosed}},
	StepCorrected:    {onlyHolderCorrects, map[Status]cris.Reason{Unassigned: nothingToCorrect, Assigned: nothingToCorrect}},
}
