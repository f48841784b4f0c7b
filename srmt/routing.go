package srmt

import (
	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// RoutingOutcome says how the office of a request was found.
type RoutingOutcome string

// The outcomes of routing.
const (
	Routed       RoutingOutcome = "routed"         // to the office where the case is in process
	Succeeded    RoutingOutcome = "succeeded"      // that office is closed, and another took its work over
	RoutedByRule RoutingOutcome = "routed_by_rule" // the case names no office, and a rule of the policy does
	Unroutable   RoutingOutcome = "unroutable"     // to the fallback queue
)

// RoutingOutcomes lists the outcomes of routing. The caller may keep and change the slice.
func RoutingOutcomes() []RoutingOutcome {
	return []RoutingOutcome{Routed, Succeeded, RoutedByRule, Unroutable}
}

// Message returns what the outcome is called.
func (o RoutingOutcome) Message() cris.Message {
	return cris.Message{Code: "srmt.routing_outcome." + cris.Code(o)}
}

// Routing is the decision to which office a request goes.
type Routing struct {
	Outcome RoutingOutcome
	Office  casestatus.OfficeCode // always set: the fallback queue if no office is found
	Reasons []cris.Reason
}

// Route directs a request to the office where its case is in process on the given
// day (SR-2). Where the case names none, or is not on file, which is the zero Header, it goes
// to the first office that a rule of the policy names and that receives work; and where there is
// none to the fallback queue (SR-12). The receipt number does not matter: its prefix names the
// place that issued the number, and is not the code of an office.
func Route(request erequest.Request, onFile casestatus.Header, offices casestatus.OfficeTable, on cris.Date, policy Policy) Routing {
	policy = policy.withDefaults()
	if onFile.Receipt.IsZero() {
		return routeByRule(noCaseOnFile, request, onFile, offices, on, policy)
	}
	if onFile.Office == "" {
		return routeByRule(caseNamesNoOffice, request, onFile, offices, on, policy)
	}
	return routeTo(onFile.Office, offices, on, policy)
}

// routeTo follows the office to where its work is done on the given day.
func routeTo(code casestatus.OfficeCode, offices casestatus.OfficeTable, on cris.Date, policy Policy) Routing {
	if _, known := offices.Office(code); !known {
		return unroutable(officeUnknown, policy)
	}
	office, open := offices.Resolve(code, on)
	if !open {
		return unroutable(officeClosed, policy)
	}
	if !office.ReceivesWork() {
		return unroutable(officeIsHeading, policy)
	}
	// SR-2: the office of the case, or the one that took its work over.
	if office.Code != code {
		return Routing{Outcome: Succeeded, Office: office.Code, Reasons: []cris.Reason{routedToSuccessor}}
	}
	return Routing{Outcome: Routed, Office: office.Code, Reasons: []cris.Reason{routedToCase}}
}

// unroutable is SR-12: whatever the cause, the request waits where someone looks.
func unroutable(why cris.Reason, policy Policy) Routing {
	return Routing{Outcome: Unroutable, Office: policy.FallbackQueue, Reasons: []cris.Reason{why, waitsInFallbackQueue}}
}
