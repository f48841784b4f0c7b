package sqlstore

import (
	"context"
	"errors"
	"iter"
	"reflect"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// ERequests is the port to the requests on file: an erequest.Store.
type ERequests struct{ db *DB }

// ERequests returns the port to the requests on file.
func (db *DB) ERequests() *ERequests { return &ERequests{db} }

// Update implements erequest.Store: it loads the requests of the case, in order of filing,
// and saves what decide returns, whole or not at all. It returns the error of decide as it
// is; one that matches erequest.ErrConflict if an ID or a confirmation number is taken, or
// if the database gave up; one that matches erequest.ErrNotFound for a mark on a request
// that is not of this case; and otherwise that of the clock, of the context or of the
// database. Text that is not UTF-8 or has a NUL in it is refused.
func (s *ERequests) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(prior []erequest.Entry) (erequest.Change, error)) error {
	last := 0 // the position of the last request on file; earlier ones may have been removed
	scope := "erequest/" + receipt.String()
	return optimisticUpdate[[]erequest.Entry, erequest.Change]{
		scope: scope,
		read: func(in *session) ([]erequest.Entry, int64, error) {
			rows, err := read[entryRow](in, "read cris_e_requests", entryQuery, keyOf(scope), receipt)
			last = 0
			if err != nil || len(rows) == 0 {
				return nil, 0, err
			}
			last = rows[len(rows)-1].Position
			return entriesOf(rows), rows[0].Version, nil
		},
		decide:  decide,
		isEmpty: func(c erequest.Change) bool { return len(c.File)+len(c.Marks)+len(c.Events) == 0 },
		save: func(tx *tx, change erequest.Change) error {
			rows := make([]eRequestRow, len(change.File))
			for i, request := range change.File {
				if request.Receipt != receipt {
					return errors.New("sqlstore: new request of another case")
				}
				rows[i] = rowOfERequest(request, last+i+1)
			}
			if err := eRequestTable.insert(tx, rows...); err != nil {
				return err
			}
			for _, mark := range change.Marks {
				if err := setMilestone(tx, receipt, mark); err != nil {
					return err
				}
			}
			return tx.publish(change.Events)
		},
	}.run(ctx, s.db)
}

// milestones are the columns that hold the days of milestones.
var milestones = map[erequest.Milestone]string{
	erequest.MilestoneAssigned: "assigned", erequest.MilestoneOverdue: "overdue", erequest.MilestoneAnswered: "answered",
}

func setMilestone(tx *tx, receipt casestatus.ReceiptNumber, mark erequest.Mark) error {
	column, known := milestones[mark.Milestone]
	if !known {
		return errors.New("sqlstore: not a milestone of a request")
	}
	touched, err := tx.exec("mark request", `UPDATE cris_e_requests SET `+column+` = ? WHERE id = ? AND receipt = ?`, mark.On, mark.RequestID, receipt)
	if err == nil && touched == 0 {
		return notFound("marked request")
	}
	return err
}

// Entries implements erequest.Store: it returns the entries of the requests of the case in order
// of filing. Its error is that of the context or of the database.
func (s *ERequests) Entries(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Entry, error) {
	rows, err := read[entryRow](s.db.on(ctx), "read cris_e_requests", entryQuery, "", receipt)
	return entriesOf(rows), err
}

// entryRow is an entry, with its position and the version of a scope.
type entryRow struct {
	Entry    entryColumns
	Position int   `db:"position"`
	Version  int64 `db:"version"`
}

// entryQuery reads the entries of a case, each with its position and the version of the scope that
// has the key.
var entryQuery = "SELECT " + strings.Join(namesOf(columnsOf(reflect.TypeFor[entryColumns]())), ", ") +
	", position, COALESCE((SELECT version FROM cris_scopes WHERE scope = ?), 0) FROM cris_e_requests WHERE receipt = ? ORDER BY position"

func entriesOf(rows []entryRow) []erequest.Entry {
	entries := make([]erequest.Entry, len(rows))
	for i, row := range rows {
		entries[i] = erequest.Entry(row.Entry)
	}
	return entries
}

// Due implements erequest.Store: it yields the requests without an answer that the query asks
// for, a few hundred at a time, and holds neither a connection nor a lock while it yields. Its
// error is that of the context or of the database.
func (s *ERequests) Due(ctx context.Context, query erequest.DueQuery) iter.Seq2[erequest.DueRequest, error] {
	return paged(ctx, query.Page, func(after erequest.DueKey, limit int) ([]dueRow, error) {
		from, unraised := s.db.byIndex("cris_e_requests_due"), ""
		if query.Unraised {
			from, unraised = s.db.byIndex("cris_e_requests_unraised"), " AND overdue = ''"
		}
		return read[dueRow](s.db.on(ctx), "read cris_e_requests", `SELECT respond_by, id, receipt, issue, channel, overdue FROM cris_e_requests `+from+`
			WHERE answered = ''`+unraised+` AND respond_by <= ? AND (respond_by, id) > (?, ?) ORDER BY respond_by, id LIMIT ?`,
			query.By, after.RespondBy, after.RequestID, limit)
	}, func(row dueRow) (erequest.DueRequest, erequest.DueKey, error) {
		due := erequest.DueRequest{
			DueKey:  erequest.DueKey{RespondBy: row.RespondBy, RequestID: row.ID},
			Receipt: row.Receipt, Issue: row.Issue, Channel: row.Channel, Overdue: row.Overdue,
		}
		return due, due.DueKey, nil
	})
}

// dueRow is what Due reads of a request.
type dueRow struct {
	RespondBy cris.Date
	ID        string
	Receipt   casestatus.ReceiptNumber
	Issue     erequest.Issue
	Channel   erequest.Channel
	Overdue   cris.Date
}

// Request implements erequest.Store: it returns the request with that ID, or an error that
// matches erequest.ErrNotFound. Any other error is that of the context or of the database.
func (s *ERequests) Request(ctx context.Context, id string) (erequest.Request, error) {
	row, found, err := eRequestTable.get(s.db.on(ctx), id)
	if err != nil {
		return erequest.Request{}, err
	}
	if !found {
		return erequest.Request{}, notFound("request")
	}
	return row.request()
}

// entryColumns are the columns of a request that make up its entry.
type entryColumns struct {
	ID           string                      `db:"id,key"`
	Key          string                      `db:"request_key"`
	Confirmation erequest.ConfirmationNumber `db:"confirmation"`
	Issue        erequest.Issue              `db:"issue"`
	Channel      erequest.Channel            `db:"channel"`
	Filed        cris.Date                   `db:"filed"`
	RespondBy    cris.Date                   `db:"respond_by"`
	Repeats      string                      `db:"repeats"`
	Assigned     cris.Date                   `db:"assigned"`
	Overdue      cris.Date                   `db:"overdue"`
	Answered     cris.Date                   `db:"answered"`
}

// eRequestRow is a row of e_requests.
type eRequestRow struct {
	Entry      entryColumns
	Receipt    casestatus.ReceiptNumber `db:"receipt"`
	Position   int                      `db:"position"`
	TakenBy    string                   `db:"taken_by"`
	Form       casestatus.FormNumber    `db:"form"`
	FormType   casestatus.FormType      `db:"form_type"`
	DateFiled  cris.Date                `db:"date_filed"`
	MailingZIP cris.ZIP                 `db:"mailing_zip" personal:"address"`
	FiledAt    time.Time                `db:"filed_at" retention:"starts"`
	Statement  string                   `db:"statement"`
	Language   cris.Language            `db:"language"`

	Details  detailsColumns
	Compared comparedColumns `db:"compared_"`
	Sealed   sealedColumn    `db:"sealed"`
}

// detailsColumns are the columns of what is told with an issue; they are all empty where nothing
// is.
type detailsColumns struct {
	Name                 nameColumns
	DateOfBirth          cris.Date `db:"date_of_birth" personal:"birth"`
	CountryOfBirth       string    `db:"country_of_birth" personal:"country"`
	CountryOfCitizenship string    `db:"country_of_citizenship" personal:"country"`
	ANumber              string    `db:"a_number" personal:"number"`
	Contact              contactColumns

	Representative representativeColumns `db:"representative_"`

	Mailed                cris.Date         `db:"mailed"`
	Document              erequest.Document `db:"document"`
	CorrectName           correctionColumns `db:"name_"`
	CorrectAddress        correctionColumns `db:"address_"`
	CorrectDateOfBirth    correctionColumns `db:"date_of_birth_"`
	CorrectCountryOfBirth correctionColumns `db:"country_of_birth_"`
	CorrectANumber        correctionColumns `db:"a_number_"`
}

func columnsOfDetails(d erequest.Details) detailsColumns {
	return detailsColumns{
		Name:                 columnsOfName(d.Name),
		DateOfBirth:          d.DateOfBirth.Reveal(),
		CountryOfBirth:       d.CountryOfBirth.Reveal(),
		CountryOfCitizenship: d.CountryOfCitizenship.Reveal(),
		ANumber:              d.ANumber.Reveal(),
		Contact:              columnsOfContact(d.Contact),

		Representative: columnsOfRepresentative(d.Representative),

		Mailed:                d.Mailed,
		Document:              d.Document,
		CorrectName:           columnsOfCorrection(d.Corrections.Name),
		CorrectAddress:        columnsOfCorrection(d.Corrections.Address),
		CorrectDateOfBirth:    columnsOfCorrection(d.Corrections.DateOfBirth),
		CorrectCountryOfBirth: columnsOfCorrection(d.Corrections.CountryOfBirth),
		CorrectANumber:        columnsOfCorrection(d.Corrections.ANumber),
	}
}

func (c detailsColumns) details(parse *parser) erequest.Details {
	return erequest.Details{
		Name:                 c.Name.name(parse),
		DateOfBirth:          cris.NewPersonal(c.DateOfBirth),
		CountryOfBirth:       cris.NewPersonal(c.CountryOfBirth),
		CountryOfCitizenship: cris.NewPersonal(c.CountryOfCitizenship),
		ANumber:              parse.aNumber(c.ANumber),
		Contact:              c.Contact.contact(parse),
		Representative:       c.Representative.representative(parse),
		Mailed:               c.Mailed,
		Document:             c.Document,
		Corrections: erequest.Corrections{
			Name:           c.CorrectName.correction(),
			Address:        c.CorrectAddress.correction(),
			DateOfBirth:    c.CorrectDateOfBirth.correction(),
			CountryOfBirth: c.CorrectCountryOfBirth.correction(),
			ANumber:        c.CorrectANumber.correction(),
		},
	}
}

// comparedColumns are the columns that say how the details agreed with the case on file.
type comparedColumns struct {
	Name           erequest.Agreement `db:"name"`
	DateOfBirth    erequest.Agreement `db:"date_of_birth"`
	Representative erequest.Agreement `db:"representative"`
}

// correctionColumns are the columns of one correction.
type correctionColumns struct {
	Printed string `db:"printed" personal:"content"`
	Correct string `db:"correct" personal:"content"`
}

func columnsOfCorrection(c erequest.Correction) correctionColumns {
	return correctionColumns{c.Printed.Reveal(), c.Correct.Reveal()}
}

func (c correctionColumns) correction() erequest.Correction {
	return erequest.Correction{Printed: cris.NewPersonal(c.Printed), Correct: cris.NewPersonal(c.Correct)}
}

// contactColumns are the columns of contact information.
type contactColumns struct {
	Email     string `db:"email" personal:"contact"`
	Phone     string `db:"phone" personal:"contact"`
	Address   addressColumns
	Preferred erequest.Means `db:"preferred_means"`
}

func columnsOfContact(c erequest.Contact) contactColumns {
	return contactColumns{c.Email.Reveal(), c.Phone.Reveal(), columnsOfAddress(c.Address), c.Preferred}
}

func (c contactColumns) contact(parse *parser) erequest.Contact {
	return erequest.Contact{
		Email: cris.NewPersonal(c.Email), Phone: cris.NewPersonal(c.Phone),
		Address: c.Address.address(parse), Preferred: c.Preferred,
	}
}

// representativeColumns are the columns of a representative; they are all empty if there is none.
type representativeColumns struct {
	Name       nameColumns
	Firm       string `db:"firm" personal:"name"`
	Contact    contactColumns
	Appearance erequest.Appearance `db:"appearance"`
	RespondTo  erequest.Recipient  `db:"respond_to"`
}

func columnsOfRepresentative(r erequest.Representative) representativeColumns {
	return representativeColumns{columnsOfName(r.Name), r.Firm.Reveal(), columnsOfContact(r.Contact), r.Appearance, r.RespondTo}
}

func (c representativeColumns) representative(parse *parser) erequest.Representative {
	return erequest.Representative{
		Name: c.Name.name(parse), Firm: cris.NewPersonal(c.Firm), Contact: c.Contact.contact(parse),
		Appearance: c.Appearance, RespondTo: c.RespondTo,
	}
}

var eRequestTable = newTable[eRequestRow]("cris_e_requests")

// rowOfERequest returns the row of the request at a position among those of its case.
func rowOfERequest(r erequest.Request, position int) eRequestRow {
	return eRequestRow{
		Entry: entryColumns(r.Entry), Receipt: r.Receipt, Position: position, TakenBy: r.TakenBy,
		Form: r.Screening.Form, FormType: r.Screening.FormType, DateFiled: r.Screening.DateFiled,
		MailingZIP: r.Screening.MailingZIP.Reveal(),
		FiledAt:    r.FiledAt,
		Statement:  r.Statement,
		Language:   r.Language,
		Details:    columnsOfDetails(r.Details),
		Compared:   comparedColumns(r.Compared),
	}
}

// request reads the row back. What was valid when it was saved is not judged anew
// by today's rules; only what cannot be read at all is an error.
func (r eRequestRow) request() (erequest.Request, error) {
	parse := parser{}
	request := erequest.Request{
		Entry: erequest.Entry(r.Entry), Receipt: r.Receipt, FiledAt: r.FiledAt, TakenBy: r.TakenBy,
		Statement: r.Statement, Language: r.Language, Compared: erequest.Compared(r.Compared),
		Screening: erequest.Screening{
			Receipt: r.Receipt, Form: r.Form, FormType: r.FormType,
			DateFiled: r.DateFiled, MailingZIP: cris.NewPersonal(r.MailingZIP),
		},
		Details: r.Details.details(&parse),
	}
	return whole(request, &parse, "request "+r.Entry.ID)
}
