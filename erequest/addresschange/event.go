package addresschange

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/retry"
)

// EventReported is published for every accepted report: see Reported.
const EventReported = "cris.addresschange.reported"

var errUnreadable = errors.New("addresschange: the event cannot be read")

// Reported is what [EventReported] says. What else there is to know of the report is read
// through Store.Report.
type Reported struct {
	ReportID string
	Channel  erequest.Channel
}

// Event returns the event of a report that was accepted at the time. Its ID is made of that
// of the report, which is accepted once.
func (r Reported) Event(at time.Time) cris.Event {
	return cris.Event{
		ID: r.ReportID + "/reported", Type: EventReported, Source: "/cris/erequest/addresschange", Subject: r.ReportID, Time: at,
		Data: map[string]string{"channel": string(r.Channel)},
	}
}

// ReadReported reads an event of type EventReported. It fails for any other, and for one
// without a report or with a channel that is not known.
func ReadReported(event cris.Event) (Reported, error) {
	read := Reported{ReportID: event.Subject, Channel: erequest.Channel(event.Data["channel"])}
	if event.Type != EventReported || read.ReportID == "" || !slices.Contains(erequest.Channels(), read.Channel) {
		return Reported{}, errUnreadable
	}
	return read, nil
}

// HandledTypes implements cris.EventHandler: a Service handles EventReported.
func (s *Service) HandledTypes() []string { return []string{EventReported} }

// Handle implements cris.EventHandler. It enters the new address of a report in each case that
// is to be changed, one Update per case with a casestatus.EventCaseChanged, and then records
// the day in the report. If it comes again, it goes on with the cases that are left. It leaves
// alone a case that is gone or, for an online report, withheld by now, and one whose address
// changed on a later day.
// It does nothing about any other event.
//
// Its error matches ErrNotFound if there is no such report, ErrConflict if a store gave up, and
// cris.ErrClock if the clock is not set; any other is that of a port, or one for an event that
// cannot be read. What was entered until then stays entered.
func (s *Service) Handle(ctx context.Context, event cris.Event) error {
	if event.Type != EventReported {
		return nil
	}
	reported, err := ReadReported(event)
	if err != nil {
		return fmt.Errorf("addresschange: handle %s: %w", event.ID, err)
	}
	if err := s.enter(ctx, reported.ReportID); err != nil {
		return fmt.Errorf("addresschange: enter report: %w", err)
	}
	return nil
}

// enter enters the address of a report in its cases.
func (s *Service) enter(ctx context.Context, id string) error {
	now, err := s.now()
	if err != nil {
		return err
	}
	record, err := s.store.Report(ctx, id)
	if err != nil {
		return err
	}
	var failed []error
	entered := map[casestatus.ReceiptNumber]bool{}
	for _, c := range record.Cases {
		if c.Outcome != Changed || !c.Entered.IsZero() {
			continue
		}
		done, err := s.enterInCase(ctx, c.Screening.Receipt, record, now)
		if err != nil {
			failed = append(failed, err) // the other cases do not wait for this one
			continue
		}
		entered[c.Screening.Receipt] = done
	}
	err = s.recordEntered(ctx, record.Key, entered, cris.DateOf(now, s.policy.Zone))
	return errors.Join(append(failed, err)...)
}

// enterInCase enters the address in one case, and reports whether it is on file there.
func (s *Service) enterInCase(ctx context.Context, receipt casestatus.ReceiptNumber, record Record, now time.Time) (done bool, err error) {
	entry := casestatus.AddressEntry{Address: record.MailTo(), From: record.Effective, Origin: record.ID, At: record.ReportedAt, Entered: cris.DateOf(now, s.policy.Zone)}
	eventID := s.newID()
	err = retry.OnConflict(ctx, func() error {
		return s.cases.Update(ctx, receipt, func(prior casestatus.Case) (casestatus.CaseChange, error) {
			done = false
			// CA-1: a case that was protected since is not changed online.
			if prior.Receipt.IsZero() || prior.Withheld && record.Channel == erequest.Online {
				return casestatus.CaseChange{}, nil
			}
			next, moved := prior.Moved(entry)
			wasEntered := slices.ContainsFunc(prior.Addresses, func(e casestatus.AddressEntry) bool { return e.Origin == record.ID })
			done = moved || wasEntered
			if !moved {
				return casestatus.CaseChange{}, nil
			}
			changed := casestatus.CaseChanged{Receipt: receipt, Changed: casestatus.ChangesOf(prior, next)}
			return casestatus.CaseChange{Case: &next, Events: []cris.Event{changed.Event(eventID, now)}}, nil
		})
	})
	return done, err
}

// recordEntered records in the report the cases in which its address was entered today.
func (s *Service) recordEntered(ctx context.Context, key string, entered map[casestatus.ReceiptNumber]bool, today cris.Date) error {
	if len(entered) == 0 {
		return nil
	}
	return retry.OnConflict(ctx, func() error {
		return s.store.Update(ctx, key, func(prior Record) (Change, error) {
			changed := false
			for i, c := range prior.Cases {
				if c.Entered.IsZero() && entered[c.Screening.Receipt] {
					prior.Cases[i].Entered, changed = today, true
				}
			}
			if !changed {
				return Change{}, nil
			}
			return Change{Record: &prior}, nil
		})
	})
}
