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
	unroutable := func(why string) Routing {
		// SR-12: whatever the cause, the request waits where someone looks.
		return Routing{Outcome: Unroutable, Office: policy.FallbackQueue, Reasons: []cris.Reason{
			{Rule: "SR-2", Text: why},
			{Rule: "SR-12", Text: "the request waits in the fallback queue"},
		}}
	}
	if onFile.Receipt.IsZero() {
		return unroutable("no case is on file")
	}
	if onFile.Office == "" {
		return unroutable("the case names no office")
	}
	named, known := offices.Office(onFile.Office)
	if !known {
		return unroutable("the office that the case names is not known")
	}
	office, open := offices.Resolve(onFile.Office, on)
	if !open {
		return unroutable("the office that the case names is closed on that day, and no open office took its work over")
	}
	if !office.ReceivesWork() {
		return unroutable("what the case names is a heading over several offices and cannot receive work")
	}
	// SR-2: the office of the case, or the one that took its work over.
	if office.Code != named.Code {
		return Routing{Outcome: Succeeded, Office: office.Code, Reasons: []cris.Reason{
			{Rule: "SR-2", Text: "the office where the case was in process is closed, and its work went to this one"},
		}}
	}
	return Routing{Outcome: Routed, Office: office.Code, Reasons: []cris.Reason{
		{Rule: "SR-2", Text: "the case is in process at this office"},
	}}
}
