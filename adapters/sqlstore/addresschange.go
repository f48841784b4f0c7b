package sqlstore

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
)

// AddressChanges is the port to the reports of new addresses: an addresschange.Store.
type AddressChanges struct{ db *DB }

// AddressChanges returns the port to the reports of new addresses.
func (db *DB) AddressChanges() *AddressChanges { return &AddressChanges{db} }

// Update implements addresschange.Store. It returns the error of decide as it is; one that
// matches addresschange.ErrConflict if an ID or a confirmation number is taken, or if the
// database gave up; and otherwise that of the clock, of the context or of the database. Text
// that is not UTF-8 or has a NUL in it is refused.
func (s *AddressChanges) Update(ctx context.Context, key string, decide func(prior addresschange.Record) (addresschange.Change, error)) error {
	return s.db.update(ctx, "addresschange/"+key, func(tx *tx) error {
		prior, err := findReport(tx, `WHERE report.report_key = ?`, key)
		if err != nil && !errors.Is(err, addresschange.ErrNotFound) {
			return err
		}
		change, err := decide(prior)
		if err != nil {
			return err
		}
		if change.Record != nil {
			if change.Record.Key != key {
				return errors.New("sqlstore: the report has another key")
			}
			if err := putReport(tx, *change.Record); err != nil {
				return err
			}
		}
		return tx.publish(change.Events)
	})
}

// putReport saves a report in place of the one with its key.
func putReport(tx *tx, r addresschange.Record) error {
	if _, err := reportCaseTable.remove(tx, `WHERE report IN (SELECT id FROM cris_address_changes WHERE report_key = ?)`, r.Key); err != nil {
		return err
	}
	if _, err := reportTable.remove(tx, `WHERE report_key = ?`, r.Key); err != nil {
		return err
	}
	if err := reportTable.insert(tx, rowOfReport(r)); err != nil {
		return err
	}
	cases := make([]reportCaseRow, len(r.Cases))
	for i, c := range r.Cases {
		cases[i] = reportCaseRow{
			Report: r.ID, Position: i + 1, Receipt: c.Screening.Receipt, Form: c.Screening.Form, FormType: c.Screening.FormType,
			DateFiled: c.Screening.DateFiled, MailingZIP: c.Screening.MailingZIP.Reveal(),
			Outcome: c.Outcome, Because: c.Because, Entered: c.Entered,
		}
	}
	return reportCaseTable.insert(tx, cases...)
}

// Keyed implements addresschange.Store: it returns the report under the key, or
// addresschange.ErrNotFound. Any other error is that of the context or of the database.
func (s *AddressChanges) Keyed(ctx context.Context, key string) (addresschange.Record, error) {
	return s.named(ctx, `WHERE report.report_key = ?`, key)
}

// Report implements addresschange.Store: it returns the report with that ID, or
// addresschange.ErrNotFound. Any other error is that of the context or of the database.
func (s *AddressChanges) Report(ctx context.Context, id string) (addresschange.Record, error) {
	return s.named(ctx, `WHERE report.id = ?`, id)
}

func (s *AddressChanges) named(ctx context.Context, where, name string) (addresschange.Record, error) {
	if _, err := storable(name); err != nil { // what cannot be stored is not there
		return addresschange.Record{}, errors.Join(ctx.Err(), addresschange.ErrNotFound)
	}
	return findReport(s.db.on(ctx), where, name)
}

// Confirmed implements addresschange.Store: it returns the report with that confirmation
// number, or addresschange.ErrNotFound. Any other error is that of the context or of the
// database.
func (s *AddressChanges) Confirmed(ctx context.Context, number erequest.ConfirmationNumber) (addresschange.Record, error) {
	return findReport(s.db.on(ctx), `WHERE report.confirmation = ?`, number)
}

// findReport reads the one report of which this holds. It is one statement, so that it sees a
// report as one Update left it.
func findReport(s *session, where string, key any) (addresschange.Record, error) {
	rows, err := read[reportLineRow](s, "read report of a new address", reportQuery+where+` ORDER BY named.position`, key)
	if err != nil {
		return addresschange.Record{}, err
	}
	if len(rows) == 0 {
		return addresschange.Record{}, addresschange.ErrNotFound
	}
	parse := parser{}
	record := rows[0].Report.record(&parse)
	for _, row := range rows {
		if row.Case.Position > 0 {
			record.Cases = append(record.Cases, row.Case.caseRecord())
		}
	}
	return whole(record, &parse, "report "+record.ID)
}

// reportRow is a row of address_changes.
type reportRow struct {
	ID           string                      `db:"id,key"`
	Key          string                      `db:"report_key"`
	Confirmation erequest.ConfirmationNumber `db:"confirmation"`
	Channel      erequest.Channel            `db:"channel"`
	Statement    string                      `db:"statement"`
	Name         nameColumns
	DateOfBirth  cris.Date      `db:"date_of_birth" personal:"birth"`
	ANumber      string         `db:"a_number" personal:"number"`
	Present      addressColumns `db:"present_"`
	Previous     addressColumns `db:"previous_"`
	Mailing      addressColumns `db:"mailing_"`
	MovedOn      cris.Date      `db:"moved_on"`
	SignedBy     nameColumns    `db:"signed_by_"`
	SignedOn     cris.Date      `db:"signed_on"`
	ReportedAt   time.Time      `db:"reported_at" retention:"starts"`
	Effective    cris.Date      `db:"effective"`
	DueBy        cris.Date      `db:"due_by"`
	Sealed       sealedColumn   `db:"sealed"`
}

// reportCaseRow is a row of address_change_cases: one case, at its place among those of the
// report.
type reportCaseRow struct {
	Report     string                    `db:"report,key" retention:"as cris_address_changes"`
	Position   int                       `db:"position,key"`
	Receipt    casestatus.ReceiptNumber  `db:"receipt"`
	Form       casestatus.FormNumber     `db:"form"`
	FormType   casestatus.FormType       `db:"form_type"`
	DateFiled  cris.Date                 `db:"date_filed"`
	MailingZIP cris.ZIP                  `db:"mailing_zip" personal:"address"`
	Outcome    addresschange.CaseOutcome `db:"outcome"`
	Because    cris.Code                 `db:"because"`
	Entered    cris.Date                 `db:"entered"`
	Sealed     sealedColumn              `db:"sealed"`
}

// reportLineRow is a report with one of its cases; the case has position 0 and is empty if the
// report has none.
type reportLineRow struct {
	Report reportRow
	Case   reportCaseRow
}

var reportQuery = `SELECT ` + strings.Join(slices.Concat(reportTable.readAs("report"), reportCaseTable.readOrNothing("named")), ", ") +
	` FROM cris_address_changes report LEFT JOIN cris_address_change_cases named ON named.report = report.id `

var (
	reportTable     = newTable[reportRow]("cris_address_changes")
	reportCaseTable = newTable[reportCaseRow]("cris_address_change_cases")
)

func rowOfReport(r addresschange.Record) reportRow {
	return reportRow{
		ID: r.ID, Key: r.Key, Confirmation: r.Confirmation, Channel: r.Channel, Statement: r.Statement,
		Name: columnsOfName(r.Name), DateOfBirth: r.DateOfBirth.Reveal(), ANumber: r.ANumber.Reveal(),
		Present: columnsOfAddress(r.Present), Previous: columnsOfAddress(r.Previous), Mailing: columnsOfAddress(r.Mailing),
		MovedOn: r.MovedOn, SignedBy: columnsOfName(r.Signature.Name), SignedOn: r.Signature.On,
		ReportedAt: r.ReportedAt, Effective: r.Effective, DueBy: r.DueBy,
	}
}

// record reads the row back, without its cases.
func (r reportRow) record(parse *parser) addresschange.Record {
	return addresschange.Record{
		ID: r.ID, Key: r.Key, Confirmation: r.Confirmation, Channel: r.Channel, Statement: r.Statement,
		Move: addresschange.Move{
			Name: r.Name.name(parse), DateOfBirth: cris.NewPersonal(r.DateOfBirth), ANumber: parse.aNumber(r.ANumber),
			Present: r.Present.address(parse), Previous: r.Previous.address(parse), Mailing: r.Mailing.address(parse),
			MovedOn: r.MovedOn, Signature: addresschange.Signature{Name: r.SignedBy.name(parse), On: r.SignedOn},
		},
		ReportedAt: r.ReportedAt, Effective: r.Effective, DueBy: r.DueBy,
	}
}

func (r reportCaseRow) caseRecord() addresschange.CaseRecord {
	return addresschange.CaseRecord{
		Screening: erequest.Screening{
			Receipt: r.Receipt, Form: r.Form, FormType: r.FormType, DateFiled: r.DateFiled, MailingZIP: cris.NewPersonal(r.MailingZIP),
		},
		Outcome: r.Outcome, Because: r.Because, Entered: r.Entered,
	}
}
