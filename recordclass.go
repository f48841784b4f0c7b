package cris

import (
	"errors"
	"fmt"
	"slices"
)

// RecordClass is a class of records: what is kept for the same period, counted from the same kind
// of day, on the same authority (PV-4). Each package lists its own in a function called
// RecordClasses.
type RecordClass struct {
	Code      Code            // such as "erequest.record.request"; it names the class in stores, holds, reports and events
	Name      Phrase          // what the records are, for people; it needs no Code
	Period    RetentionPeriod // how long a record is kept
	Trigger   Trigger         // from which day the period counts
	Authority string          // who or what set the period, cited
	Decided   bool            // whether the period is a choice made where the documents are silent; see RecordClass.With
	Upkeep    bool            // whether these are not records but what the store works with; no event tells of their removal
}

// Message returns what the records of the class are called.
func (c RecordClass) Message() Message { return Message{Code: c.Code, Otherwise: c.Name} }

// With returns the class with the period that the agency's own schedule states, and the authority
// for it. It is not Decided: the period is not a choice of this library.
func (c RecordClass) With(period RetentionPeriod, authority string) RecordClass {
	c.Period, c.Authority, c.Decided = period, authority, false
	return c
}

// RetentionPeriod is how long records are kept: years and months of the calendar, and then days. A
// record is kept through the last day of its period, which is the day with the same number, or the
// last of its month, and may go on the day after. It is comparable with ==. The zero
// RetentionPeriod is not valid, and a schedule refuses it: records that are kept forever say so.
type RetentionPeriod struct {
	Years, Months, Days int
	Forever             bool // the records are never purged; the other fields are zero
}

// LastDay returns the last day of the period of a record that counts from the day. It returns the
// zero Date if there is no such day: the period has no end, or ends after the calendar does.
func (p RetentionPeriod) LastDay(started Date) Date {
	const monthsPerYear = 12
	if p.Forever {
		return Date{}
	}
	return started.AddMonths(p.Years*monthsPerYear + p.Months).AddDays(p.Days)
}

// String returns the period as a table shows it, such as "1 year" or "2 years, 6 months".
func (p RetentionPeriod) String() string {
	if p.Forever {
		return "forever"
	}
	text := ""
	for _, part := range []struct {
		n    int
		unit string
	}{{p.Years, "year"}, {p.Months, "month"}, {p.Days, "day"}} {
		if part.n == 0 {
			continue
		}
		if text != "" {
			text += ", "
		}
		text += fmt.Sprintf("%d %s", part.n, part.unit)
		if part.n != 1 {
			text += "s"
		}
	}
	return text
}

// longestPeriod is how many years, months or days a period may have.
const longestPeriod = 9999

func (p RetentionPeriod) isValid() bool {
	if p.Forever {
		return p == RetentionPeriod{Forever: true}
	}
	for _, n := range []int{p.Years, p.Months, p.Days} {
		if n < 0 || n > longestPeriod {
			return false
		}
	}
	return p != RetentionPeriod{}
}

// Trigger says from which day the period of a record counts.
type Trigger string

// The triggers.
const (
	TriggerRecorded Trigger = "recorded" // the day on which it came on record
	TriggerLatest   Trigger = "latest"   // the day of the latest thing that it tells of
	TriggerEnded    Trigger = "ended"    // the day on which it was answered, closed, delivered or lifted; until then it stays
	TriggerReplaced Trigger = "replaced" // the day that it is about, once a later record takes its place; until then it stays
)

// Triggers lists the triggers. The caller may keep and change the slice.
func Triggers() []Trigger {
	return []Trigger{TriggerRecorded, TriggerLatest, TriggerEnded, TriggerReplaced}
}

// Schedule is a retention schedule: record classes, each once, in the order in which they are
// purged. It never changes. The zero Schedule has none.
type Schedule struct{ classes []RecordClass }

// NewSchedule returns the schedule of the classes. A class that comes again takes the place of the
// one before it, so that a host program may change a default:
//
//	classes := sqlstore.RecordClasses()
//	stated := erequest.RecordClasses()[0].With(cris.RetentionPeriod{Years: 7}, "N1-566-08-09")
//	schedule, err := cris.NewSchedule(append(classes, stated)...)
//
// The error names every class that lacks something, and what.
func NewSchedule(classes ...RecordClass) (Schedule, error) {
	var schedule Schedule
	var problems []error
	for _, class := range classes {
		if problem := class.problem(); problem != "" {
			problems = append(problems, fmt.Errorf("schedule: class %q: %s", class.Code, problem))
		}
		if i := slices.IndexFunc(schedule.classes, func(c RecordClass) bool { return c.Code == class.Code }); i >= 0 {
			schedule.classes[i] = class
			continue
		}
		schedule.classes = append(schedule.classes, class)
	}
	if len(problems) > 0 {
		return Schedule{}, errors.Join(problems...)
	}
	return schedule, nil
}

// problem says what a class lacks, or "".
func (c RecordClass) problem() string {
	switch {
	case c.Code == "":
		return "it has no code"
	case c.Name.English == "" || c.Name.Spanish == "":
		return "say what the records are, in both languages"
	case !c.Period.isValid():
		return "state a period of one day or more, or that the records are kept forever"
	case !slices.Contains(Triggers(), c.Trigger):
		return "say from which day the period counts, by one of the triggers"
	case c.Authority == "":
		return "cite who or what set the period"
	}
	return ""
}

// Classes returns the classes in order. The caller may keep and change the slice.
func (s Schedule) Classes() []RecordClass { return slices.Clone(s.classes) }

// Class returns the class with the code, and whether there is one.
func (s Schedule) Class(code Code) (RecordClass, bool) {
	for _, class := range s.classes {
		if class.Code == code {
			return class, true
		}
	}
	return RecordClass{}, false
}

// What is cited for the periods of more than one package.
const (
	// AuthorityCRIS is the schedule of the records of CRIS. The PIA names it, but not its periods.
	AuthorityCRIS = "NARA N1-566-08-09"
	// AuthoritySelfCheck is the notice of Self Check, whose schedule was under development.
	AuthoritySelfCheck = "DHS/USCIS-013, 76 FR 9034, Retention and disposal (proposed)"
	// AuthorityUpkeep is for what is not a record but keeps the store working.
	AuthorityUpkeep = "none needed: upkeep of the store"
)

// UnstatedPeriod is how long records are kept where the documents do not state a period: the five
// years of 5 U.S.C. 552a(c)(2), the longest that the law behind the documents
// asks for. What was kept too long can be purged later, and what is gone is gone. A host program
// replaces it with what its schedule states ([RecordClass.With]).
//
// PV-4: N1-566-08-09 is cited in the PIA without its periods.
func UnstatedPeriod() RetentionPeriod { return RetentionPeriod{Years: 5} }

// RecordClasses lists what every store keeps, whatever its ports: events that were delivered, the
// scopes of Updates, and holds that were lifted. The caller may keep and change the slice.
func RecordClasses() []RecordClass {
	return []RecordClass{
		{
			Code: EventRecords, Name: Phrase{English: "events that were delivered", Spanish: "eventos que ya se entregaron"},
			Period: RetentionPeriod{Months: 3}, Trigger: TriggerEnded, Authority: AuthorityUpkeep, Decided: true, Upkeep: true,
		},
		{
			Code: ScopeRecords, Name: Phrase{English: "scopes of past Updates", Spanish: "ámbitos de actualizaciones pasadas"},
			Period: RetentionPeriod{Days: 1}, Trigger: TriggerLatest, Authority: AuthorityUpkeep, Decided: true, Upkeep: true,
		},
		{
			Code: HoldRecords, Name: Phrase{English: "legal holds that were lifted", Spanish: "retenciones legales que se levantaron"},
			Period: UnstatedPeriod(), Trigger: TriggerEnded, Authority: "none: the documents do not speak of holds", Decided: true,
		},
	}
}

// The classes that every store keeps.
const (
	EventRecords Code = "cris.record.event"
	ScopeRecords Code = "cris.record.scope"
	HoldRecords  Code = "cris.record.hold"
)
