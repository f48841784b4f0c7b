package srmt

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/text"
)

// LegacyID names a request as another system does: the name of that system, and its own identifier
// for the request. Each is one line of at most 200 bytes. The host program chooses the name of the
// system once, and keeps to it. Neither may hold a personal value: both appear in reports.
type LegacyID struct {
	Source string // the name of the other system
	ID     string // its identifier for the request
}

const maxLegacyIDBytes = 200

// legacyIDs is the name space of the identifiers that requests get when they are imported.
var legacyIDs = uuid.MustParse("ba8bd1f0-00bd-5b8c-98ba-d239f64c0aa3")

// RequestID returns the ID that the request has here: a UUID of version 5, always the same for one
// LegacyID. New requests have UUIDs of version 7, so an imported one never has the ID of a new one.
func (l LegacyID) RequestID() string {
	return uuid.NewSHA1(legacyIDs, []byte(l.Source+"\x00"+l.ID)).String()
}

// isComplete reports whether both parts are there, and every store can hold them.
func (l LegacyID) isComplete() bool {
	return text.IsLine(l.Source, maxLegacyIDBytes) && text.IsLine(l.ID, maxLegacyIDBytes)
}

// Provenance says where a request that was filed in another system comes from. The zero Provenance
// is that of a request filed here.
type Provenance struct {
	LegacyID
	Steps    int       // how many steps at the beginning of the history come from there
	Imported cris.Date // the day on which they came in, in the zone of the agency
}

// Legacy is a request as another system has it, with what happened to it there.
type Legacy struct {
	From LegacyID
	// The request as far as it is known. Receipt, Channel, Issue, FiledAt, Filed and RespondBy must
	// be known. The import sets ID, Assigned and Answered, and fills in Key, Confirmation, Language
	// (English), Screening.Receipt and Overdue where they are zero. Repeats is the ID that the
	// earlier request has here: see LegacyID.RequestID.
	Request erequest.Request
	// What happened to it, oldest first, each step with its own time and author, who need not be on
	// file as staff. The import sets Seq, and the Origin of the first step.
	History []Step
}

// Holder returns who holds the request according to its history: "" if nobody does, if it is closed,
// or if the history does not add up. LegacyOnFile.Holder is this member of staff as on file.
func (l Legacy) Holder() StaffID {
	state, err := Replay(l.steps(l.request(Policy{}.withDefaults()), cris.Date{}))
	if err != nil || state.Status != Assigned {
		return ""
	}
	return state.Officer
}

// request returns the request as erequest keeps it, but for its milestones.
func (l Legacy) request(policy Policy) erequest.Request {
	request := l.Request
	request.ID = l.From.RequestID()
	request.Key = cmp.Or(request.Key, request.ID)
	request.Screening.Receipt = cmp.Or(request.Screening.Receipt, request.Receipt)
	request.Language = request.Language.Supported()
	for _, agreement := range []*erequest.Agreement{&request.Compared.Name, &request.Compared.DateOfBirth, &request.Compared.Representative} {
		*agreement = cmp.Or(*agreement, erequest.NotCompared)
	}
	request.FiledAt = stored(request.FiledAt)
	return reached(request, l.History, policy.Zone)
}

// reached returns the request with the days on which, by the history, it was first assigned and was
// answered: no event tells of these steps, so erequest would not know.
func reached(request erequest.Request, history []Step, zone *time.Location) erequest.Request {
	request.Assigned, request.Answered = cris.Date{}, cris.Date{}
	for _, step := range history {
		on := cris.DateOf(step.At, zone)
		switch {
		case step.Kind == StepAssigned && request.Assigned.IsZero():
			request.Assigned = on
		case step.Kind == StepResponded || step.Kind == StepApproved:
			request.Answered = on
		}
	}
	return request
}

// steps returns the history as SRMT keeps it, imported on the day.
func (l Legacy) steps(request erequest.Request, on cris.Date) []Step {
	steps := slices.Clone(l.History)
	for i := range steps {
		steps[i].Seq, steps[i].At = i+1, stored(steps[i].At)
	}
	if len(steps) > 0 && steps[0].Kind == StepReceived {
		steps[0].Origin = originOf(request)
		steps[0].Origin.Provenance = Provenance{LegacyID: l.From, Steps: len(steps), Imported: on}
	}
	return steps
}

// stored returns the time as stores keep it, in UTC and to the microsecond.
func stored(at time.Time) time.Time { return at.UTC().Truncate(time.Microsecond) }

// isStorable reports whether every store can hold all text of the request and its history.
func (l Legacy) isStorable() bool {
	r := &l.Request
	texts := []string{
		r.Key, r.Repeats, r.TakenBy, string(r.Screening.Form), string(r.Screening.FormType), r.Statement,
		string(r.Compared.Name), string(r.Compared.DateOfBirth), string(r.Compared.Representative),
		r.Details.CountryOfBirth.Reveal(), r.Details.CountryOfCitizenship.Reveal(), string(r.Details.Document),
		r.Details.Representative.Firm.Reveal(), string(r.Details.Representative.Appearance), string(r.Details.Representative.RespondTo),
	}
	for _, contact := range []erequest.Contact{r.Details.Contact, r.Details.Representative.Contact} {
		texts = append(texts, contact.Email.Reveal(), contact.Phone.Reveal(), string(contact.Preferred))
	}
	for _, element := range erequest.Elements() {
		correction := r.Details.Corrections.Of(element)
		texts = append(texts, correction.Printed.Reveal(), correction.Correct.Reveal())
	}
	for i := range l.History {
		step := &l.History[i]
		texts = append(texts,
			string(step.Kind), string(step.By), string(step.Why), string(step.Office), string(step.Officer),
			string(step.Message.Direction), string(step.Message.Means), string(step.Message.ToRepresentative), step.Message.Text.Reveal(),
			step.Message.Attached.Text.Reveal(), string(step.Finding), step.Letter)
	}
	return !slices.ContainsFunc(texts, func(s string) bool { return !text.IsStorable(s) })
}

// namesOffices reports whether each office to which the request came is known, or is the fallback
// queue. One that is closed by now is known.
func (l Legacy) namesOffices(offices casestatus.OfficeTable, policy Policy) bool {
	return !slices.ContainsFunc(l.History, func(step Step) bool {
		_, known := offices.Office(step.Office)
		return step.Office != "" && !known && step.Office != policy.FallbackQueue
	})
}

// earliest is the first year in which a request can have been filed.
const earliest = 1900

// isInOrder reports whether no step comes before the request was filed, or before the step before.
func (l Legacy) isInOrder() bool {
	before := l.Request.FiledAt
	if before.Year() < earliest {
		return false
	}
	for _, step := range l.History {
		if step.At.Before(before) {
			return false
		}
		before = step.At
	}
	return true
}

// isPast reports whether all of it happened by the time.
func (l Legacy) isPast(at time.Time) bool {
	return !l.Request.FiledAt.After(at) && !slices.ContainsFunc(l.History, func(step Step) bool { return step.At.After(at) })
}

// hasDays reports whether the days of the request are there, and can be (SR-9).
func (l Legacy) hasDays(on cris.Date) bool {
	r := &l.Request
	return !r.Filed.IsZero() && !r.Filed.After(on) && !r.RespondBy.IsZero() && !r.RespondBy.Before(r.Filed)
}
