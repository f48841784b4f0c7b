package selfcheck

import (
	"time"

	"github.com/seed28e20331/cris"
)

// The types of the events that leave the store. Their subject is Subject of the
// transaction, since events travel further than the transaction may, and their data
// are identifiers and codes.
const (
	EventProofed = "cris.selfcheck.proofed" // an identity was proved
	EventFailed  = "cris.selfcheck.failed"  // a proofing failed; data: reason
	EventQueried = "cris.selfcheck.queried" // E-Verify answered; data: case, result
	EventClosed  = "cris.selfcheck.closed"  // a case was closed; data: case, reason
)

func proofedEvent(pass PassedProofing, now time.Time) cris.Event {
	return event(EventProofed, pass.Transaction, "proofed", now, nil)
}

// SC-5: the event of a failure carries its reason and nothing else.
func failedEvent(failure Failure, now time.Time) cris.Event {
	return event(EventFailed, failure.Transaction, "failed", now, map[string]string{"reason": string(failure.Reason)})
}

func queriedEvent(transaction TransactionID, query QueryRecord, now time.Time) cris.Event {
	return event(EventQueried, transaction, "queried", now,
		map[string]string{"case": string(query.Case), "result": string(query.Result)})
}

func closedEvent(transaction TransactionID, query QueryRecord) cris.Event {
	return event(EventClosed, transaction, "closed", query.Closed,
		map[string]string{"case": string(query.Case), "reason": string(query.Closure)})
}

func event(kind string, transaction TransactionID, what string, at time.Time, data map[string]string) cris.Event {
	subject := transaction.Subject()
	return cris.Event{
		ID:      subject + "/" + what,
		Type:    kind,
		Source:  "/cris/selfcheck",
		Subject: subject,
		Time:    at,
		Data:    data,
	}
}
