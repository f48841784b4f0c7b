package srmt

import (
	"errors"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// ImportOutcome says what became of a request that was to be imported.
type ImportOutcome string

// The outcomes of an import.
const (
	Imported       ImportOutcome = "imported"
	ImportedBefore ImportOutcome = "imported_before" // the same content is on file: nothing changes
	ChangedSince   ImportOutcome = "changed_since"   // other content is on file under that identifier: nothing changes
	NotImported    ImportOutcome = "not_imported"
)

// ImportOutcomes lists the outcomes of an import. The caller may keep and change the slice.
func ImportOutcomes() []ImportOutcome {
	return []ImportOutcome{Imported, ImportedBefore, ChangedSince, NotImported}
}

// Message returns what became of the request, in words.
func (o ImportOutcome) Message() cris.Message {
	return cris.Message{Code: "srmt.import_outcome." + cris.Code(o)}
}

// LegacyOnFile is what is on file about a request when its import is decided.
type LegacyOnFile struct {
	Request erequest.Request // under the ID of the request; zero if erequest has none
	History []Step           // nil if SRMT has none
	Holder  Staff            // whom Legacy.Holder names; zero if nobody, or somebody who is not on file
}

// ImportDecision is the decision on the import of a request.
type ImportDecision struct {
	Outcome ImportOutcome
	// The request as erequest is to have it; zero unless it is imported, now or before. It has no
	// confirmation number if none is known: one is drawn when it is filed.
	Request erequest.Request
	Steps   []Step        // the history of the request as it is to be saved; nil unless the outcome is Imported
	Problem *HistoryError // why the history does not add up; nil unless that is among the reasons
	Reasons []cris.Reason // in the order of the rules, at least one
}

// DecideImport decides on the import of a request at an instant, with its own times and authors
// (SR-1, SR-10). It is imported if nothing is on file about it and its history adds up. If the same
// content came in under the same identifier, it was imported before, whatever has happened to it here
// since. Other content is refused, and so is anything that cannot be right, with all its faults.
//
// An open request must not be left where nobody works on it. If its office is closed, it moves on at
// once as [DecideRealignment] says (SR-2); if whoever holds it is not on file at its office, it waits
// there again, as [DecideReturn] says (SR-6). Both are steps of the system, at the instant of the
// import. What waits in the fallback queue moves on with the daily [Service.Realign].
func DecideImport(legacy Legacy, onFile LegacyOnFile, offices casestatus.OfficeTable, at time.Time, policy Policy) ImportDecision {
	policy = policy.withDefaults()
	on := cris.DateOf(at, policy.Zone)
	request := legacy.request(policy)
	steps := legacy.steps(request, on)
	state, problem := Replay(steps)
	if against := legacy.against(problem, offices, at, policy); len(against) > 0 {
		decision := ImportDecision{Outcome: NotImported, Reasons: against}
		errors.As(problem, &decision.Problem)
		return decision
	}
	if !isSameRequest(onFile.Request, legacy, request) || !isSameHistory(onFile.History, steps) {
		return ImportDecision{Outcome: ChangedSince, Reasons: []cris.Reason{changedSince}}
	}
	if len(onFile.History) > 0 {
		request = raised(reached(request, onFile.History, policy.Zone), on)
		return ImportDecision{Outcome: ImportedBefore, Request: request, Reasons: []cris.Reason{importedBefore}}
	}
	decision := ImportDecision{Outcome: Imported, Request: raised(request, on), Steps: steps, Reasons: []cris.Reason{imported}}
	decision.settle(state, onFile.Holder, offices, at, policy)
	return decision
}

// against returns what the rules have against an import, in rule order.
func (l Legacy) against(problem error, offices casestatus.OfficeTable, at time.Time, policy Policy) (against refusals) {
	if l.Request == (erequest.Request{}) {
		against = refusals{legacyRequestMissing}
	} else {
		against.unless(slices.Contains(erequest.Channels(), l.Request.Channel), legacyChannelUnknown)
		against.unless(slices.Contains(erequest.Issues(), l.Request.Issue), legacyIssueUnknown)
		hasReceipt := !l.Request.Receipt.IsZero() && (l.Request.Screening.Receipt.IsZero() || l.Request.Screening.Receipt == l.Request.Receipt)
		against.unless(hasReceipt, legacyReceiptMissing)
	}
	against.unless(l.namesOffices(offices, policy), legacyOfficeUnknown)
	if l.Request != (erequest.Request{}) {
		against.unless(l.hasDays(cris.DateOf(at, policy.Zone)), legacyDaysImpossible)
	}
	against.unless(l.From.isComplete(), legacyUnnamed)
	against.unless(l.isStorable(), legacyUnreadable)
	if l.Request != (erequest.Request{}) {
		against.unless(l.isInOrder(), legacyOutOfOrder)
	}
	against.unless(l.isPast(at), legacyInFuture)
	against.unless(problem == nil, legacyDoesNotAddUp)
	return against
}

// isSameRequest reports whether erequest has no such request, or has what the other system has. What
// erequest was told later does not matter, and neither does a confirmation number that was drawn when
// the request was filed.
func isSameRequest(onFile erequest.Request, legacy Legacy, request erequest.Request) bool {
	if onFile.ID == "" {
		return true
	}
	onFile.Assigned, onFile.Overdue, onFile.Answered = request.Assigned, request.Overdue, request.Answered
	if legacy.Request.Confirmation == (erequest.ConfirmationNumber{}) {
		onFile.Confirmation = request.Confirmation
	}
	return onFile == request
}

// isSameHistory reports whether there is no history, or one that was imported with just these steps.
func isSameHistory(onFile, steps []Step) bool {
	if len(onFile) == 0 {
		return true
	}
	steps = slices.Clone(steps)
	steps[0].Origin.Provenance.Imported = onFile[0].Origin.Provenance.Imported
	return len(onFile) >= len(steps) && slices.Equal(onFile[:len(steps)], steps)
}

// raised returns the request as one that was raised as overdue on the day, if it is overdue then: no
// notice goes out for what was overdue before it came in.
func raised(request erequest.Request, on cris.Date) erequest.Request {
	if request.Answered.IsZero() && request.Overdue.IsZero() && on.After(request.RespondBy) {
		request.Overdue = on
	}
	return request
}

// settle adds the step that takes an open request to where somebody works on it.
func (d *ImportDecision) settle(state ServiceRequest, holder Staff, offices casestatus.OfficeTable, at time.Time, policy Policy) {
	next := Decision{Outcome: Refused}
	if state.Office != policy.FallbackQueue {
		next = DecideRealignment(state, d.Request, casestatus.Header{}, offices, at, policy)
	}
	if next.Outcome != Allowed {
		next = DecideReturn(state, holder, at, policy)
	}
	if next.Outcome != Allowed {
		return
	}
	d.Steps = append(d.Steps, next.Step)
	d.Reasons = append(d.Reasons, next.Reasons...)
	order := Reasons()
	slices.SortStableFunc(d.Reasons, func(a, b cris.Reason) int { return slices.Index(order, a) - slices.Index(order, b) })
}
