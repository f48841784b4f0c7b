package cris

import (
	"errors"
	"regexp"
	"slices"
	"time"
)

// RetentionRecord is what a store says of a record for its retention. It has nothing of what the
// record is about.
type RetentionRecord struct {
	ID string // its key in the store, unique in its class; it may be a receipt number
	// Started is the instant from whose day the period counts, and StartedOn is the day itself
	// where no instant is on file. At most one is set; neither if the record does not say.
	Started   time.Time // UTC, to the microsecond
	StartedOn Date
	KeptUntil Date // a day through which it is kept even if its period ends before; zero if there is none
	Open      bool // something is still to be done about it, or another record that is kept names it
}

// Day returns the day from which the period counts, in the zone; the zero Date if the record does
// not say.
func (r RetentionRecord) Day(zone *time.Location) Date {
	if r.Started.IsZero() {
		return r.StartedOn
	}
	return DateOf(r.Started, zone)
}

// Hold is a legal hold: what it names is not purged until it is lifted. It holds no personal value
// of its own, and neither may what is written into it.
type Hold struct {
	ID     string    // unique; whoever puts the hold chooses it
	Class  Code      // the class that it is on; empty for all classes
	Record string    // the ID of the one record of the class that it is on; empty for the whole class
	Why    string    // a code or the number of a file: at most 64 letters, digits, and . _ : / -
	By     string    // who put it: the ID of a member of staff
	Since  time.Time // UTC, to the microsecond; set by Retention.Put
	// Lifted is when it ended, and LiftedBy who ended it; zero while it holds.
	Lifted   time.Time
	LiftedBy string
}

// Covers reports whether the hold is on the record and was not lifted.
func (h Hold) Covers(class Code, record string) bool {
	return h.Lifted.IsZero() && (h.Class == "" || h.Class == class) && (h.Record == "" || h.Record == record)
}

var holdCode = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$`)

// Check returns an error that says what is wrong with a hold, in words for whoever puts it, and nil
// if nothing is. It repeats nothing of the hold.
func (h Hold) Check() error {
	switch {
	case !holdCode.MatchString(h.ID):
		return errors.New("hold: give it an ID of at most 64 letters, digits and . _ : / -")
	case !holdCode.MatchString(h.Why):
		return errors.New("hold: say why by a code or the number of a file, in at most 64 letters, digits and . _ : / -")
	case h.By == "":
		return errors.New("hold: say who puts it")
	case h.Class == "" && h.Record != "":
		return errors.New("hold: a record is held together with its class; name the class")
	}
	return nil
}

// RetentionOutcome is what a purge does about a record.
type RetentionOutcome string

// The outcomes.
const (
	RetentionKept    RetentionOutcome = "kept"    // its period is not over
	RetentionOpen    RetentionOutcome = "open"    // something still needs it
	RetentionHeld    RetentionOutcome = "held"    // its period is over, and a hold is on it
	RetentionExpired RetentionOutcome = "expired" // it is to be removed
)

// RetentionOutcomes lists the outcomes. The caller may keep and change the slice.
func RetentionOutcomes() []RetentionOutcome {
	return []RetentionOutcome{RetentionKept, RetentionOpen, RetentionHeld, RetentionExpired}
}

// RetentionDecision says what is to be done about a record, and why.
type RetentionDecision struct {
	Outcome RetentionOutcome
	// FirstDay is the first day on which the record may go, as its period and KeptUntil say. It is
	// zero if no day is known: the record is kept forever, or does not say when its period began.
	FirstDay Date
	Holds    []string // the IDs of the holds on it, in their order
	Reasons  []Reason // every ground on which it stays or goes, in the order of RetentionReasons
}

// The reasons.
var (
	retentionForever = Reason{"cris.retention_forever", "PV-4", "records of this class are kept forever"}
	retentionUnbegun = Reason{"cris.retention_unbegun", "PV-4", "the record does not say when its period began"}
	retentionRuns    = Reason{"cris.retention_runs", "PV-4", "the retention period is not over"}
	retentionOpen    = Reason{"cris.retention_open", "PV-4", "something still needs the record"}
	retentionHeld    = Reason{"cris.retention_held", "PV-4", "a legal hold is on the record"}
	retentionOver    = Reason{"cris.retention_over", "PV-4", "the retention period is over"}
)

// RetentionReasons lists the reasons of a RetentionDecision. The caller may keep and change the
// slice.
func RetentionReasons() []Reason {
	return []Reason{retentionForever, retentionUnbegun, retentionRuns, retentionOpen, retentionHeld, retentionOver}
}

// DecideRetention decides on a record of the class, today, as the calendar of the zone has it.
// Holds that are not on the record, or were lifted, do not count.
//
// PV-4: a record is kept through the last day of its period, and longer while something needs it
// or a hold is on it.
func DecideRetention(class RecordClass, record RetentionRecord, holds []Hold, today Date, zone *time.Location) RetentionDecision {
	var d RetentionDecision
	started := record.Day(zone)
	if last := class.Period.LastDay(started); !last.IsZero() {
		if record.KeptUntil.After(last) {
			last = record.KeptUntil
		}
		d.FirstDay = last.AddDays(1)
	}
	for _, hold := range holds {
		if hold.Covers(class.Code, record.ID) {
			d.Holds = append(d.Holds, hold.ID)
		}
	}
	d.Reasons = retentionReasons(class, record, d, started, today)
	stays := func(reasons ...Reason) bool {
		return slices.ContainsFunc(reasons, func(r Reason) bool { return slices.Contains(d.Reasons, r) })
	}
	switch {
	case stays(retentionOpen):
		d.Outcome = RetentionOpen
	case stays(retentionForever, retentionUnbegun, retentionRuns):
		d.Outcome = RetentionKept
	case stays(retentionHeld):
		d.Outcome = RetentionHeld
	default:
		d.Outcome = RetentionExpired
	}
	return d
}

func retentionReasons(class RecordClass, record RetentionRecord, d RetentionDecision, started, today Date) (reasons []Reason) {
	for _, ground := range []struct {
		holds  bool
		reason Reason
	}{
		{class.Period.Forever, retentionForever},
		{!class.Period.Forever && started.IsZero(), retentionUnbegun},
		{!class.Period.Forever && !started.IsZero() && (d.FirstDay.IsZero() || today.Before(d.FirstDay)), retentionRuns},
		{record.Open, retentionOpen},
		{len(d.Holds) > 0, retentionHeld},
		{!d.FirstDay.IsZero() && !today.Before(d.FirstDay), retentionOver},
	} {
		if ground.holds {
			reasons = append(reasons, ground.reason)
		}
	}
	return reasons
}
