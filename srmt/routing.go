package srmt

import (
	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// RoutingOutcome says how the office of a request was found.
type RoutingOutcome string

// The outcomes of routing.
const (
	Routed     RoutingOutcome = "routed"            // to the office where the case is in process
	Succeeded  RoutingOutcome = "sent to successor" // that office is closed, and another took its work over
	Unroutable RoutingOutcome = "unroutable"        // to the fallback queue
)

// Routing is the decision to which office a request goes.
type Routing struct {
	Outcome RoutingOutcome
	Office  casestatus.OfficeCode // always set: the fallback queue if no office is found
	Reasons []cris.Reason
}

// Route directs a request to the office where its case is in process on the given
// day (SR-2), or to the fallback queue (SR-12). The case is zero if none is on
// file. The receipt number does not matter: its prefix names the place that issued
// the number, and is not the code of an office.
func Route(onFile casestatus.Case, offices casestatus.OfficeTable, on cris.Date, policy Policy) Routing {
	policy = policy.withDefaults()
	if onFile.Receipt.IsZero() {
		return unroutable("no case is on file", policy)
	}
	if onFile.Office == "" {
		return unroutable("the case names no office", policy)
	}
	return routeTo(onFile.Office, offices, on, policy)
}

// routeTo follows the office to where its work is done on the given day.
func routeTo(code casestatus.OfficeCode, offices casestatus.OfficeTable, on cris.Date, policy Policy) Routing {
	if _, known := offices.Office(code); !known {
		return unroutable("the office is not known", policy)
	}
	office, open := offices.Resolve(code, on)
	if !open {
		return unroutable("the office is closed on that day, and no open office took its work over", policy)
	}
	if !office.ReceivesWork() {
		return unroutable("a heading over several offices cannot receive work", policy)
	}
	// SR-2: the office of the case, or the one that took its work over.
	if office.Code != code {
		return Routing{Outcome: Succeeded, Office: office.Code, Reasons: []cris.Reason{
			{Rule: "SR-2", Text: "the office where the case was in process is closed, and its work went to this one"},
		}}
	}
	return Routing{Outcome: Routed, Office: office.Code, Reasons: []cris.Reason{
		{Rule: "SR-2", Text: "the case is in process at this office"},
	}}
}

// unroutable is SR-12: whatever the cause, the request waits where someone looks.
func unroutable(why string, policy Policy) Routing {
	return Routing{Outcome: Unroutable, Office: policy.FallbackQueue, Reasons: []cris.Reason{
		{Rule: "SR-2", Text: why},
		{Rule: "SR-12", Text: "the request waits in the fallback queue"},
	}}
}
