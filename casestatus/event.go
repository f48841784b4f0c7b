package casestatus

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// The types of the events that this package publishes.
const (
	EventCaseChanged     = "cris.casestatus.case_changed"     // see CaseChanged
	EventDeliveryChanged = "cris.casestatus.delivery_changed" // see DeliveryChanged
	EventMailAlert       = "cris.casestatus.mail_alert"       // see MailAlertRaised
)

const eventSource = "/cris/casestatus"

var errUnreadable = errors.New("casestatus: the event cannot be read")

// CaseAspect is a part of a case that can change.
type CaseAspect string

// The aspects of a case.
const (
	AspectOpened         CaseAspect = "opened"         // the case is new on file
	AspectForm           CaseAspect = "form"           // form, type or date filed
	AspectStatus         CaseAspect = "status"         // the history of its status
	AspectOffice         CaseAspect = "office"         // where it is in process
	AspectAddress        CaseAspect = "address"        // where the agency mails to
	AspectApplicant      CaseAspect = "applicant"      // whose case it is
	AspectRepresentative CaseAspect = "representative" // who represents the customer
	AspectMailings       CaseAspect = "mailings"       // what was mailed
	AspectWithheld       CaseAspect = "withheld"       // whether it may be shown
)

// CaseAspects lists the aspects of a case.
func CaseAspects() []CaseAspect {
	return []CaseAspect{
		AspectOpened, AspectForm, AspectStatus, AspectOffice, AspectAddress, AspectApplicant, AspectRepresentative, AspectMailings, AspectWithheld,
	}
}

// CaseChanged is what [EventCaseChanged] says: which parts of a case changed. What they
// are now is read from [Cases]. It tells of withheld cases too, so it goes to programs of
// the agency only.
type CaseChanged struct {
	Receipt ReceiptNumber
	Changed []CaseAspect // in the order of CaseAspects, at least one
}

// Event returns the event with that ID, which must be unique, of a change at the time.
func (c CaseChanged) Event(id string, at time.Time) cris.Event {
	changed := make([]string, len(c.Changed))
	for i, aspect := range c.Changed {
		changed[i] = string(aspect)
	}
	return cris.Event{
		ID: id, Type: EventCaseChanged, Source: eventSource, Subject: c.Receipt.String(), Time: at,
		Data: map[string]string{"changed": strings.Join(changed, " ")},
	}
}

// ReadCaseChanged reads an event of that type. It fails for any other, and for one whose
// subject is not a receipt number or whose aspects are not known.
func ReadCaseChanged(event cris.Event) (CaseChanged, error) {
	receipt, err := ParseReceiptNumber(event.Subject)
	if event.Type != EventCaseChanged || err != nil {
		return CaseChanged{}, errUnreadable
	}
	read := CaseChanged{Receipt: receipt}
	for aspect := range strings.FieldsSeq(event.Data["changed"]) {
		if !slices.Contains(CaseAspects(), CaseAspect(aspect)) {
			return CaseChanged{}, errUnreadable
		}
		read.Changed = append(read.Changed, CaseAspect(aspect))
	}
	if len(read.Changed) == 0 {
		return CaseChanged{}, errUnreadable
	}
	return read, nil
}

// DeliveryChanged is what [EventDeliveryChanged] says: the latest delivery status of a
// tracking number has changed. Both statuses are those of the piece that has the number at
// the time: a number that is given to another piece goes from delivered to, say,
// pre_shipment. Which mailing it is, and its own status, the status page tells.
type DeliveryChanged struct {
	Number   tracking.Number
	From, To tracking.Class
}

// Event returns the event with that ID, which must be unique, of a change that was noticed
// at the time.
func (d DeliveryChanged) Event(id string, at time.Time) cris.Event {
	return cris.Event{
		ID: id, Type: EventDeliveryChanged, Source: eventSource, Subject: d.Number.String(), Time: at,
		Data: map[string]string{"from": string(d.From), "to": string(d.To)},
	}
}

// ReadDeliveryChanged reads an event of that type. It fails for any other, and for one
// whose subject is not a tracking number or whose classes are not known.
func ReadDeliveryChanged(event cris.Event) (DeliveryChanged, error) {
	number, err := tracking.ParseNumberLenient(event.Subject)
	read := DeliveryChanged{Number: number, From: tracking.Class(event.Data["from"]), To: tracking.Class(event.Data["to"])}
	known := slices.Contains(tracking.Classes(), read.From) && slices.Contains(tracking.Classes(), read.To)
	if event.Type != EventDeliveryChanged || err != nil || !known {
		return DeliveryChanged{}, errUnreadable
	}
	return read, nil
}

// MailAlertRaised is what [EventMailAlert] says: a piece of mail was raised for attention
// (TR-7). The alert itself is read from [Deliveries]. It tells of withheld cases too, so it
// goes to programs of the agency only.
type MailAlertRaised struct {
	AlertID string
	Receipt ReceiptNumber
	Number  tracking.Number
	Kind    tracking.AlertKind
	Since   cris.Date // the day of the scan that is the cause, or the first day on which the piece counts as quiet
}

// Event returns the event with that ID, which must be unique, that tells of the alert.
func (a MailAlert) Event(id string, at time.Time) cris.Event {
	return MailAlertRaised{a.ID, a.Receipt, a.Mailing.Number, a.Kind, a.Since}.Event(id, at)
}

// Event returns the event with that ID, which must be unique, of an alert that was raised at
// the time.
func (m MailAlertRaised) Event(id string, at time.Time) cris.Event {
	return cris.Event{
		ID: id, Type: EventMailAlert, Source: eventSource, Subject: m.Receipt.String(), Time: at,
		Data: map[string]string{"alert": m.AlertID, "number": m.Number.String(), "kind": string(m.Kind), "since": m.Since.String()},
	}
}

// ReadMailAlertRaised reads an event of that type. It fails for any other, and for one whose
// subject is not a receipt number or whose data is not what such an event holds.
func ReadMailAlertRaised(event cris.Event) (MailAlertRaised, error) {
	receipt, noReceipt := ParseReceiptNumber(event.Subject)
	number, noNumber := tracking.ParseNumberLenient(event.Data["number"])
	since, noDate := cris.ParseDate(event.Data["since"])
	read := MailAlertRaised{event.Data["alert"], receipt, number, tracking.AlertKind(event.Data["kind"]), since}
	if event.Type != EventMailAlert || errors.Join(noReceipt, noNumber, noDate) != nil ||
		read.AlertID == "" || !slices.Contains(tracking.AlertKinds(), read.Kind) {
		return MailAlertRaised{}, errUnreadable
	}
	return read, nil
}
