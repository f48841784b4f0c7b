package memory

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/internal/recordclass"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/tracking"
)

// RecordClasses lists the classes of all records that a DB keeps, with the periods by which they
// are kept unless the host program says otherwise. The caller may keep and change the slice.
func RecordClasses() []cris.RecordClass {
	return slices.DeleteFunc(recordclass.All(), func(class cris.RecordClass) bool { return class.Code == cris.ScopeRecords }) // it has no scopes
}

// Retention is the port through which records are purged: a cris.RetentionStore.
type Retention struct{ db *DB }

// Retention returns the port through which records are purged.
func (db *DB) Retention() *Retention { return &Retention{db} }

// RecordClasses implements cris.RetentionStore: it lists the codes of the classes that a DB keeps.
func (s *Retention) RecordClasses() []cris.Code {
	var codes []cris.Code
	for _, class := range RecordClasses() {
		codes = append(codes, class.Code)
	}
	return codes
}

// Records implements cris.RetentionStore: it yields the records by the bytes of their IDs, as they
// were when the range began. Its error is that of the context, or one for a page after text that
// no store can hold.
func (s *Retention) Records(ctx context.Context, class cris.Code, page cris.Page[string]) iter.Seq2[cris.RetentionRecord, error] {
	byID := func(a, b cris.RetentionRecord) int { return cmp.Compare(a.ID, b.ID) }
	return list(ctx, s.db, page, byID, func(add func(cris.RetentionRecord)) {
		for _, record := range s.db.retained(class) {
			if record.ID > page.After {
				add(record)
			}
		}
	})
}

// Remove implements cris.RetentionStore: nobody else uses the database while decide runs. It
// returns the error of decide as it is, one that matches cris.ErrConflict if the ID of an event is
// taken, or that of the context.
func (s *Retention) Remove(
	ctx context.Context, class cris.Code, ids []string, decide func(records []cris.RetentionRecord, holds []cris.Hold) (cris.Removal, error),
) error {
	return s.db.locked(ctx, func() error {
		var found []cris.RetentionRecord
		for _, record := range s.db.retained(class) {
			if slices.Contains(ids, record.ID) {
				found = append(found, record)
			}
		}
		slices.SortFunc(found, func(a, b cris.RetentionRecord) int { return cmp.Compare(a.ID, b.ID) })
		removal, err := decide(slices.Clone(found), s.db.allHolds())
		if err != nil {
			return err
		}
		if err := mayHold(ctx, removal.Events); err != nil {
			return err
		}
		if err := s.db.publish(removal.Events); err != nil {
			return err
		}
		for _, record := range found {
			if slices.Contains(removal.IDs, record.ID) {
				keepings[class].remove(s.db, record.ID)
			}
		}
		return nil
	})
}

// Holds implements cris.RetentionStore. Its error is that of the context.
func (s *Retention) Holds(ctx context.Context) (holds []cris.Hold, err error) {
	err = s.db.locked(ctx, func() error {
		holds = s.db.allHolds()
		return nil
	})
	return holds, err
}

// UpdateHold implements cris.RetentionStore: nobody else uses the database while decide runs. It
// returns the error of decide as it is, one that matches cris.ErrConflict if the ID of an event is
// taken, or that of the context.
func (s *Retention) UpdateHold(ctx context.Context, id string, decide func(prior cris.Hold) (cris.Hold, []cris.Event, error)) error {
	return s.db.locked(ctx, func() error {
		hold, events, err := decide(s.db.holds[id])
		if err != nil {
			return err
		}
		if hold.ID != "" && hold.ID != id {
			return errors.New("memory: the hold has another ID")
		}
		if err := mayHold(ctx, id, hold, events); err != nil {
			return err
		}
		if err := s.db.publish(events); err != nil {
			return err
		}
		if hold.ID != "" {
			if s.db.holds == nil {
				s.db.holds = map[string]cris.Hold{}
			}
			s.db.holds[id] = hold
		}
		return nil
	})
}

func (db *DB) allHolds() []cris.Hold {
	return slices.SortedFunc(maps.Values(db.holds), func(a, b cris.Hold) int { return cmp.Compare(a.ID, b.ID) })
}

// keeping is how a class of records is kept.
type keeping struct {
	tell   func(db *DB, add func(cris.RetentionRecord)) // of every record
	remove func(db *DB, id string)                      // one, with all that belongs to it
}

func at(id string, started time.Time, open bool) cris.RetentionRecord {
	return cris.RetentionRecord{ID: id, Started: started, Open: open}
}

func on(id string, started cris.Date, open bool) cris.RetentionRecord {
	return cris.RetentionRecord{ID: id, StartedOn: started, Open: open}
}

// keepings are the classes of records.
var keepings = map[cris.Code]keeping{
	cris.EventRecords: {func(db *DB, add func(cris.RetentionRecord)) {
		for id, delivered := range db.outbox.published {
			add(at(id, delivered, delivered.IsZero()))
		}
	}, func(db *DB, id string) {
		delete(db.outbox.published, id)
	}},
	cris.HoldRecords: {func(db *DB, add func(cris.RetentionRecord)) {
		for id, hold := range db.holds {
			add(at(id, hold.Lifted, hold.Lifted.IsZero()))
		}
	}, func(db *DB, id string) {
		delete(db.holds, id)
	}},
	tracking.ScanRecords: {func(db *DB, add func(cris.RetentionRecord)) {
		for number, scans := range db.scans.scans {
			add(on(number.String(), latestScan(scans), false))
		}
	}, func(db *DB, id string) {
		removeKey(db.scans.scans, id)
		removeKey(db.scans.changed, id)
	}},
	tracking.FileRecords: {func(db *DB, add func(cris.RetentionRecord)) {
		for id, file := range db.scans.files {
			started := cmp.Or(file.Last.Date(), file.Series.Day)
			if started.IsZero() {
				add(at(id.String(), file.received, !file.Done))
				continue
			}
			add(on(id.String(), started, !file.Done))
		}
	}, func(db *DB, id string) {
		removeKey(db.scans.files, id)
	}},
	casestatus.CaseRecords: {func(db *DB, add func(cris.RetentionRecord)) {
		for receipt, onFile := range db.caseStatus.cases {
			add(on(receipt.String(), latestInCase(onFile), onFile.Pending() || db.isNamed(receipt)))
		}
	}, func(db *DB, id string) {
		removeKey(db.caseStatus.cases, id)
	}},
	casestatus.PieceRecords: {func(db *DB, add func(cris.RetentionRecord)) {
		for number, piece := range db.caseStatus.pieces {
			add(db.retainedPiece(number, piece))
		}
	}, func(db *DB, id string) {
		removeKey(db.caseStatus.pieces, id)
	}},
	casestatus.ProcessingTimeRecords: {func(db *DB, add func(cris.RetentionRecord)) {
		for _, posted := range db.caseStatus.times {
			for i, publication := range posted {
				add(on(string(publication.ID()), publication.ReadOn, i == len(posted)-1))
			}
		}
	}, func(db *DB, id string) {
		for under, posted := range db.caseStatus.times {
			db.caseStatus.times[under] = slices.DeleteFunc(posted, func(p casestatus.ProcessingTime) bool { return string(p.ID()) == id })
		}
	}},
	addresschange.ReportRecords: {func(db *DB, add func(cris.RetentionRecord)) {
		for _, report := range db.addressChanges {
			add(at(report.ID, report.ReportedAt, slices.ContainsFunc(report.Cases, func(c addresschange.CaseRecord) bool {
				return c.Outcome == addresschange.Changed && c.Entered.IsZero()
			})))
		}
	}, func(db *DB, id string) {
		maps.DeleteFunc(db.addressChanges, func(_ string, report addresschange.Record) bool { return report.ID == id })
	}},
	erequest.ERequestRecords: {func(db *DB, add func(cris.RetentionRecord)) {
		for _, requests := range db.eRequests {
			for _, request := range requests {
				add(on(request.ID, request.Answered, request.Answered.IsZero()))
			}
		}
	}, func(db *DB, id string) {
		db.removeERequest(id)
	}},
	srmt.ServiceRequestRecords: {func(db *DB, add func(cris.RetentionRecord)) {
		for id, history := range db.serviceRequests.histories {
			add(at(id, history[len(history)-1].At, db.serviceRequests.states[id].Status != srmt.Closed))
		}
	}, func(db *DB, id string) {
		delete(db.serviceRequests.histories, id)
		delete(db.serviceRequests.states, id)
	}},
	srmt.LookRecords: {func(db *DB, add func(cris.RetentionRecord)) {
		for id, look := range db.serviceRequests.looks {
			add(at(id, look.At, false))
		}
	}, func(db *DB, id string) {
		delete(db.serviceRequests.looks, id)
	}},
	gateway.CallRecords: {func(db *DB, add func(cris.RetentionRecord)) {
		for id, call := range db.calls.summaries {
			add(at(id, call.Started, false))
		}
	}, func(db *DB, id string) {
		delete(db.calls.histories, id)
		delete(db.calls.summaries, id)
	}},
	selfcheck.PassRecords: {func(db *DB, add func(cris.RetentionRecord)) {
		for transaction, pass := range db.selfChecks.passes {
			_, hasQuery := db.selfChecks.queries[transaction]
			add(at(string(transaction), pass.At, hasQuery))
		}
	}, removeTransaction},
	selfcheck.QueryRecords: {func(db *DB, add func(cris.RetentionRecord)) {
		for transaction, query := range db.selfChecks.queries {
			add(at(string(transaction), query.Submitted, query.Closed.IsZero()))
		}
	}, removeTransaction},
	selfcheck.FailureRecords: {func(db *DB, add func(cris.RetentionRecord)) {
		for transaction, failure := range db.selfChecks.failures {
			add(at(string(transaction), failure.At, false))
		}
	}, func(db *DB, id string) {
		delete(db.selfChecks.failures, selfcheck.TransactionID(id))
	}},
	disclosure.EntryRecords: {func(db *DB, add func(cris.RetentionRecord)) {
		for id, entry := range db.accounting {
			add(cris.RetentionRecord{ID: id, Started: entry.At, KeptUntil: entry.KeptUntil})
		}
	}, func(db *DB, id string) {
		delete(db.accounting, id)
	}},
	access.StepRecords: {func(db *DB, add func(cris.RetentionRecord)) {
		for id, step := range db.trails {
			add(cris.RetentionRecord{ID: id, Started: step.At, KeptUntil: step.KeptUntil})
		}
	}, func(db *DB, id string) {
		delete(db.trails, id)
	}},
}

// retained tells of all records of a class.
func (db *DB) retained(class cris.Code) (records []cris.RetentionRecord) {
	if kept, is := keepings[class]; is {
		kept.tell(db, func(record cris.RetentionRecord) { records = append(records, record) })
	}
	return records
}

// removeTransaction removes a passed proofing, and with it the query.
func removeTransaction(db *DB, id string) {
	transaction := selfcheck.TransactionID(id)
	prior := db.selfChecks.record(transaction)
	db.selfChecks.replace(transaction, prior, selfcheck.Record{Begun: prior.Begun, Failure: prior.Failure})
}

// removeKey removes the entry whose key is written like that.
func removeKey[K interface {
	comparable
	String() string
}, V any](held map[K]V, id string) {
	maps.DeleteFunc(held, func(key K, _ V) bool { return key.String() == id })
}

func (db *DB) removeERequest(id string) {
	receipt := db.eRequestOf[id]
	delete(db.eRequestOf, id)
	db.eRequests[receipt] = slices.DeleteFunc(db.eRequests[receipt], func(r erequest.Request) bool {
		if r.ID == id {
			delete(db.confirmations, r.Confirmation)
		}
		return r.ID == id
	})
	if len(db.eRequests[receipt]) == 0 {
		delete(db.eRequests, receipt)
	}
}

// isNamed reports whether a request or a report of a new address names the case.
func (db *DB) isNamed(receipt casestatus.ReceiptNumber) bool {
	if len(db.eRequests[receipt]) > 0 {
		return true
	}
	for _, request := range db.serviceRequests.states {
		if request.Receipt == receipt {
			return true
		}
	}
	for _, report := range db.addressChanges {
		if slices.ContainsFunc(report.Cases, func(c addresschange.CaseRecord) bool { return c.Screening.Receipt == receipt }) {
			return true
		}
	}
	return false
}

// latestInCase returns the day of the latest thing that a case tells of.
func latestInCase(c casestatus.Case) cris.Date {
	latest := c.Filed
	for _, entry := range c.History {
		latest = later(latest, entry.On)
	}
	for _, mailing := range c.Mailings {
		latest = later(latest, mailing.Mailed)
	}
	return latest
}

func latestScan(scans []tracking.Scan) (latest cris.Date) {
	for _, scan := range scans {
		latest = later(latest, scan.At.Date())
	}
	return latest
}

func later(a, b cris.Date) cris.Date {
	if b.After(a) {
		return b
	}
	return a
}

// retainedPiece tells of a piece of mail. One of which nothing is known but its number, and which
// no case names, counts from the beginning of the calendar.
func (db *DB) retainedPiece(number tracking.Number, piece casestatus.Piece) cris.RetentionRecord {
	isMailed := false
	for _, onFile := range db.caseStatus.cases {
		isMailed = isMailed || slices.ContainsFunc(onFile.Mailings, func(m casestatus.Mailing) bool { return m.Number == number })
	}
	latest := later(latestScan(piece.Scans), piece.LookAgain)
	for _, alert := range piece.Alerts {
		latest = later(latest, alert.Since)
	}
	return cris.RetentionRecord{ID: number.String(), StartedOn: cmp.Or(latest, cris.MustParseDate("0001-01-01")), Open: isMailed}
}
