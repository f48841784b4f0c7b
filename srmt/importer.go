package srmt

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/internal/retry"
)

// ImportPorts are the ports of an Importer. Both must be set.
type ImportPorts struct {
	Store    Store          // gets the histories
	Requests erequest.Store // gets the requests, with what is personal in them
}

// ImportOptions are what an Importer takes from its surroundings. The zero value of each field means
// its default. Policy and Tables are those of the [Service] over the same store.
type ImportOptions struct {
	Now    func() time.Time   // the wall clock
	Random io.Reader          // crypto/rand.Reader; confirmation numbers are drawn from it
	Policy *Policy            // DefaultPolicy(); an Importer keeps a copy
	Tables *casestatus.Tables // casestatus.DefaultTables(): the offices
}

// Importer brings in the requests of another system. It is safe for concurrent use if its ports are.
type Importer struct {
	store    Store
	requests erequest.Store
	now      func() (time.Time, error)
	random   io.Reader
	policy   Policy
	offices  casestatus.OfficeTable
}

// NewImporter returns an importer over the given ports. Nil options mean defaults.
func NewImporter(ports ImportPorts, opts *ImportOptions) *Importer {
	if opts == nil {
		opts = &ImportOptions{}
	}
	i := &Importer{
		store: ports.Store, requests: ports.Requests,
		now: ambient.Time(opts.Now), random: opts.Random, policy: DefaultPolicy(),
	}
	if i.random == nil {
		i.random = rand.Reader
	}
	if opts.Policy != nil {
		i.policy = opts.Policy.withDefaults().clone()
	}
	tables := opts.Tables
	if tables == nil {
		tables = casestatus.DefaultTables()
	}
	i.offices = tables.Offices
	return i
}

// ImportReport is what came in and what did not.
type ImportReport struct {
	Imported int // requests that came in now
	Before   int // requests that had been imported before
	Filed    int // of both, those that were filed with erequest now, because it did not have them
	Moved    int // of those imported now, the open ones that moved on because their office is closed
	Returned int // of those imported now, the open ones that wait for a supervisor because whoever held them is not at their office
	Refused  []ImportRefusal
}

// ImportRefusal is a request that did not come in. It has no personal values.
type ImportRefusal struct {
	Place   int // in the sequence, from 1
	From    LegacyID
	Outcome ImportOutcome // ChangedSince or NotImported
	Reasons []cris.Reason
	Problem *HistoryError // why the history does not add up; nil unless that is among the reasons
}

// Import brings in the requests of another system, each on its own: it files each with erequest unless
// it is there, keeps its history, and goes on after one that [DecideImport] refuses. It holds one
// request at a time in memory, and the refusals. The same requests can be imported again and again,
// even at the same time: each comes in once, and what a killed import left half done is completed.
//
// No event is published for what is imported: neither the customer nor anybody else hears of what
// happened long ago. A request that is overdue when it comes in is in the lists of overdue requests at
// once, and counts as raised, so that erequest raises no alert.
//
// A request is among those refused, and can be imported again, if the stores do not accept it: because
// an identifier in it, such as the confirmation number, belongs to another request, or because others
// kept acting on its case.
//
// Import stops at the first error, which names the place of the request in the sequence. It is the
// error of the sequence, of a port or of the context, or one that matches cris.ErrClock if the clock is
// not set. The report tells what was done by then, and importing everything again does no harm.
func (i *Importer) Import(ctx context.Context, requests iter.Seq2[Legacy, error]) (report ImportReport, err error) {
	now, err := i.now()
	if err != nil {
		return report, fmt.Errorf("srmt: import: %w", err)
	}
	place := 0
	for legacy, err := range requests {
		place++
		if err == nil {
			err = i.importOne(ctx, place, legacy, now, &report)
		}
		if err != nil {
			return report, fmt.Errorf("srmt: import: request %d: %w", place, err)
		}
	}
	return report, nil
}

// importOne brings one request in, and enters in the report what became of it.
func (i *Importer) importOne(ctx context.Context, place int, legacy Legacy, now time.Time, report *ImportReport) error {
	var decision ImportDecision
	isFiled := false
	err := retry.OnConflict(ctx, func() error {
		onFile, err := i.onFile(ctx, legacy)
		if err != nil {
			return err
		}
		decision = DecideImport(legacy, onFile, i.offices, now, i.policy)
		if decision.Outcome == ChangedSince || decision.Outcome == NotImported {
			return nil
		}
		// What is personal is on file before there is a request that somebody may open.
		filed, err := i.file(ctx, decision, onFile.Request)
		isFiled = isFiled || filed
		if err != nil || decision.Outcome == ImportedBefore {
			return err
		}
		decision, err = i.keep(ctx, legacy, onFile, now)
		return err
	})
	if errors.Is(err, ErrConflict) && ctx.Err() == nil {
		decision, err = ImportDecision{Outcome: NotImported, Reasons: []cris.Reason{legacyNotTaken}}, nil
	}
	if isFiled {
		report.Filed++
	}
	if err != nil {
		return err
	}
	report.enter(place, legacy, decision)
	return nil
}

// enter enters what became of a request.
func (r *ImportReport) enter(place int, legacy Legacy, decision ImportDecision) {
	switch decision.Outcome {
	case Imported:
		r.Imported++
		if len(decision.Steps) == len(legacy.History) {
			return
		}
		if decision.Steps[len(legacy.History)].Kind == StepReturned {
			r.Returned++
			return
		}
		r.Moved++
	case ImportedBefore:
		r.Before++
	case ChangedSince, NotImported:
		r.Refused = append(r.Refused, ImportRefusal{place, legacy.From, decision.Outcome, decision.Reasons, decision.Problem})
	}
}

// onFile reads what is on file of a request.
func (i *Importer) onFile(ctx context.Context, legacy Legacy) (onFile LegacyOnFile, err error) {
	id := legacy.From.RequestID()
	onFile.Request, err = i.requests.Request(ctx, id)
	if err != nil && !errors.Is(err, erequest.ErrNotFound) {
		return LegacyOnFile{}, fmt.Errorf("read request: %w", err)
	}
	onFile.History, err = i.store.History(ctx, id)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return LegacyOnFile{}, fmt.Errorf("read history: %w", err)
	}
	return onFile, nil
}

// errMeanwhile means that others filed or imported the request after it was looked for.
var errMeanwhile = fmt.Errorf("srmt: the request came or went meanwhile: %w", ErrConflict)

// file files the request with erequest unless it is there, and otherwise adds the milestones that it
// lacks there: a host program may have filed the request before. It reports whether it filed it.
func (i *Importer) file(ctx context.Context, decision ImportDecision, onFile erequest.Request) (filed bool, err error) {
	request := decision.Request
	var change erequest.Change
	switch {
	case onFile.ID == "":
		if request.Confirmation == (erequest.ConfirmationNumber{}) {
			if request.Confirmation, err = erequest.NewConfirmationNumber(i.random); err != nil {
				return false, fmt.Errorf("file request: %w", err)
			}
		}
		change.File = []erequest.Request{request}
	case decision.Outcome == Imported:
		for _, milestone := range erequest.Milestones() {
			if day := request.DayOf(milestone); !day.IsZero() && onFile.DayOf(milestone).IsZero() {
				change.Marks = append(change.Marks, erequest.Mark{RequestID: request.ID, Milestone: milestone, On: day})
			}
		}
	}
	if len(change.File)+len(change.Marks) == 0 {
		return false, nil
	}
	err = i.requests.Update(ctx, request.Receipt, func(prior []erequest.Entry) (erequest.Change, error) {
		isThere := slices.ContainsFunc(prior, func(e erequest.Entry) bool { return e.ID == request.ID })
		if isThere != (onFile.ID != "") {
			return erequest.Change{}, errMeanwhile
		}
		return change, nil
	})
	if err != nil {
		return false, fmt.Errorf("file request: %w", err)
	}
	return len(change.File) > 0, nil
}

// keep keeps the history of a request, and returns the decision on it by the staff as it is then.
func (i *Importer) keep(ctx context.Context, legacy Legacy, onFile LegacyOnFile, now time.Time) (decision ImportDecision, err error) {
	id := legacy.From.RequestID()
	scope := Scope{Requests: []string{id}}
	if holder := legacy.Holder(); holder != "" {
		scope.Staff = []StaffID{holder}
	}
	err = i.store.Update(ctx, scope, func(prior Prior) (Change, error) {
		if prior.Requests[0].Version > 0 {
			return Change{}, errMeanwhile
		}
		if len(prior.Staff) > 0 {
			onFile.Holder = prior.Staff[0]
		}
		decision = DecideImport(legacy, onFile, i.offices, now, i.policy)
		// No events: nobody is told what happened in another system.
		return Change{Steps: map[string][]Step{id: decision.Steps}}, nil
	})
	if err != nil {
		return ImportDecision{}, fmt.Errorf("keep history: %w", err)
	}
	return decision, nil
}
