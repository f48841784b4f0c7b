package addresschangetest

import (
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/internal/contract"
)

// Clock is a clock for tests that stands still until it is set or advanced; its Now goes into
// addresschange.Options. It is safe for concurrent use.
type Clock = contract.Clock

// NewClock returns a clock that shows the time, in the form 2006-01-02T15:04:05Z07:00. It
// panics on any other text.
func NewClock(at string) *Clock { return contract.NewClock(at) }

// IDs returns a source of identifiers for addresschange.Options: the prefix and 1, 2, 3 and so
// on. It is safe for concurrent use.
func IDs(prefix string) func() string { return contract.IDs(prefix) }

// Start is the time at which the reports built here are received, to the second: August 15,
// 2022, at 10:30 in the morning in the agency's zone.
func Start() time.Time { return time.Date(2022, time.August, 15, 14, 30, 0, 123456000, time.UTC) }

// NewMove returns what an invented person tells who moved on August 10, 2022, with every field
// filled in. The edits change it before it is returned, as those of all builders here do.
func NewMove(edits ...func(*addresschange.Move)) addresschange.Move {
	name := must(cris.NewPersonName(cris.NameParts{Family: "Lindström", Given: "Ana María", Middle: "Q", Maiden: "O'Neill"}))
	move := addresschange.Move{
		Name:        name,
		DateOfBirth: cris.NewPersonal(cris.MustParseDate("1984-02-29")),
		ANumber:     cris.MustParseANumber("A012345678"),
		Present:     address("2200 Oak Lane", "Apt 9", "Chicago", "IL", "60629-1001"),
		Previous:    address("17 Elm Street", "Apt 4", "Butler", "NJ", "07405-1234"),
		Mailing:     address("PO Box 55", "", "Evanston", "IL", "60201"),
		MovedOn:     cris.MustParseDate("2022-08-10"),
		Signature:   addresschange.Signature{Name: name, On: cris.MustParseDate("2022-08-15")},
	}
	edit(&move, edits)
	return move
}

// NewReport returns an online report with this key, of the move of NewMove, that names the
// cases as their owner does.
func NewReport(key string, cases []casestatus.Case, edits ...func(*addresschange.Report)) addresschange.Report {
	report := addresschange.Report{
		Key: key, Channel: erequest.Online, Statement: addresschange.Statements()[0].Edition, Move: NewMove(),
	}
	for _, onFile := range cases {
		report.Cases = append(report.Cases, erequesttest.NewScreening(onFile))
	}
	edit(&report, edits)
	return report
}

// NewRecord returns the n-th of a series of reports on file, received n seconds after Start.
// It names two cases, of which the first was changed. All identifiers of the series differ.
func NewRecord(n int, edits ...func(*addresschange.Record)) addresschange.Record {
	at := Start().Add(time.Duration(n) * time.Second)
	record := addresschange.Record{
		ID:           fmt.Sprintf("report-%d", n),
		Key:          fmt.Sprintf("key-%d", n),
		Confirmation: erequesttest.ConfirmationNumber(n),
		Channel:      erequest.Online,
		Statement:    addresschange.Statements()[0].Edition,
		Move: NewMove(func(m *addresschange.Move) {
			m.Signature.Name = must(cris.NewPersonName(cris.NameParts{Family: "Okafor", Given: "Chidi", Middle: "B", Maiden: "Obi"}))
		}),
		Cases: []addresschange.CaseRecord{
			newCaseRecord(1, addresschange.Changed, "addresschange.case_changed", "2022-08-16"),
			newCaseRecord(2, addresschange.NotChanged, "addresschange.case_not_matched", ""),
		},
		ReportedAt: at,
		Effective:  cris.DateOf(at, cris.AgencyZone()),
		DueBy:      cris.MustParseDate("2022-08-20"),
	}
	edit(&record, edits)
	return record
}

// newCaseRecord returns what was decided about the n-th case; entered is a date or "".
func newCaseRecord(n int, outcome addresschange.CaseOutcome, because cris.Code, entered string) addresschange.CaseRecord {
	record := addresschange.CaseRecord{Screening: erequesttest.NewScreening(casestatustest.NewPendingCase(n)), Outcome: outcome, Because: because}
	if entered != "" {
		record.Entered = cris.MustParseDate(entered)
	}
	return record
}

func address(street, unit, city, state, zip string) cris.Address {
	return must(cris.NewAddress(cris.AddressParts{Street: street, Unit: unit, City: city, State: state, ZIP: cris.MustParseZIP(zip)}))
}

func edit[T any](value *T, edits []func(*T)) {
	for _, change := range edits {
		change(value)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
