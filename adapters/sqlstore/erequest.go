package sqlstore

import (
	"context"
	"errors"
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
// if the database gave up; one that matches erequest.ErrNotFound for an answer to a request
// that is not of this case; and otherwise that of the clock, of the context or of the
// database. Text that is not UTF-8 or has a NUL in it is refused.
func (s *ERequests) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(prior []erequest.Request) (erequest.Change, error)) error {
	return s.db.update(ctx, "erequest/"+receipt.String(), func(tx *tx) error {
		prior, err := eRequestsOf(tx, receipt)
		if err != nil {
			return err
		}
		filed := len(prior)
		change, err := decide(prior)
		if err != nil {
			return err
		}
		rows := make([]eRequestRow, len(change.File))
		for i, request := range change.File {
			if request.Receipt != receipt {
				return errors.New("sqlstore: new request of another case")
			}
			rows[i] = rowOfERequest(request, filed+i+1)
		}
		if err := eRequestTable.insert(tx, rows...); err != nil {
			return err
		}
		for _, answer := range change.Answered {
			touched, err := tx.exec("record answer", `UPDATE e_requests SET answered = ? WHERE id = ? AND receipt = ?`,
				answer.On, answer.RequestID, receipt)
			if err != nil {
				return err
			}
			if touched == 0 {
				return notFound("answered request")
			}
		}
		return tx.publish(change.Events)
	})
}

// Requests implements erequest.Store: it returns the requests of the case in order of
// filing. Its error is that of the context or of the database.
func (s *ERequests) Requests(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Request, error) {
	return eRequestsOf(s.db.on(ctx), receipt)
}

func eRequestsOf(s *session, receipt casestatus.ReceiptNumber) ([]erequest.Request, error) {
	rows, err := eRequestTable.find(s, `WHERE receipt = ? ORDER BY position`, receipt)
	if err != nil {
		return nil, err
	}
	requests := make([]erequest.Request, len(rows))
	for i, row := range rows {
		if requests[i], err = row.request(); err != nil {
			return nil, err
		}
	}
	return requests, nil
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

// eRequestRow is a row of e_requests.
type eRequestRow struct {
	ID           string                      `db:"id,key"`
	Key          string                      `db:"request_key"`
	Confirmation erequest.ConfirmationNumber `db:"confirmation"`
	Receipt      casestatus.ReceiptNumber    `db:"receipt"`
	Position     int                         `db:"position"`
	Issue        erequest.Issue              `db:"issue"`
	Channel      erequest.Channel            `db:"channel"`
	Form         casestatus.FormNumber       `db:"form"`
	FormType     casestatus.FormType         `db:"form_type"`
	DateFiled    cris.Date                   `db:"date_filed"`
	MailingZIP   cris.ZIP                    `db:"mailing_zip" personal:"address"`
	FiledAt      time.Time                   `db:"filed_at" retention:"starts"`
	Filed        cris.Date                   `db:"filed"`
	RespondBy    cris.Date                   `db:"respond_by"`
	Repeats      string                      `db:"repeats"`
	Answered     cris.Date                   `db:"answered"`
	Statement    string                      `db:"statement"`

	Name                 nameColumns
	DateOfBirth          cris.Date `db:"date_of_birth" personal:"birth"`
	CountryOfBirth       string    `db:"country_of_birth" personal:"country"`
	CountryOfCitizenship string    `db:"country_of_citizenship" personal:"country"`
	ANumber              string    `db:"a_number" personal:"number"`
	Contact              contactColumns

	Representative         representativeColumns `db:"representative_"`
	RepresentativeOfRecord bool                  `db:"representative_of_record"`

	Document              erequest.Document `db:"document"`
	CorrectName           correctionColumns `db:"name_"`
	CorrectAddress        correctionColumns `db:"address_"`
	CorrectDateOfBirth    correctionColumns `db:"date_of_birth_"`
	CorrectCountryOfBirth correctionColumns `db:"country_of_birth_"`
	CorrectANumber        correctionColumns `db:"a_number_"`
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

var eRequestTable = newTable[eRequestRow]("e_requests")

// rowOfERequest returns the row of the request at a position among those of its case.
func rowOfERequest(r erequest.Request, position int) eRequestRow {
	d := r.Details
	return eRequestRow{
		ID: r.ID, Key: r.Key, Confirmation: r.Confirmation, Receipt: r.Receipt, Position: position,
		Issue: r.Issue, Channel: r.Channel,
		Form: r.Screening.Form, FormType: r.Screening.FormType, DateFiled: r.Screening.DateFiled,
		MailingZIP: r.Screening.MailingZIP.Reveal(),
		FiledAt:    r.FiledAt, Filed: r.Filed, RespondBy: r.RespondBy, Repeats: r.Repeats, Answered: r.Answered,
		Statement:            r.Statement,
		Name:                 columnsOfName(d.Name),
		DateOfBirth:          d.DateOfBirth.Reveal(),
		CountryOfBirth:       d.CountryOfBirth.Reveal(),
		CountryOfCitizenship: d.CountryOfCitizenship.Reveal(),
		ANumber:              d.ANumber.Reveal(),
		Contact:              columnsOfContact(d.Contact),

		Representative:         columnsOfRepresentative(d.Representative),
		RepresentativeOfRecord: r.RepresentativeOfRecord,

		Document:              d.Document,
		CorrectName:           columnsOfCorrection(d.Corrections.Name),
		CorrectAddress:        columnsOfCorrection(d.Corrections.Address),
		CorrectDateOfBirth:    columnsOfCorrection(d.Corrections.DateOfBirth),
		CorrectCountryOfBirth: columnsOfCorrection(d.Corrections.CountryOfBirth),
		CorrectANumber:        columnsOfCorrection(d.Corrections.ANumber),
	}
}

// request reads the row back. What was valid when it was saved is not judged anew
// by today's rules; only what cannot be read at all is an error.
func (r eRequestRow) request() (erequest.Request, error) {
	parse := parser{}
	request := erequest.Request{
		ID: r.ID, Key: r.Key, Confirmation: r.Confirmation, Receipt: r.Receipt, Repeats: r.Repeats,
		Issue: r.Issue, Channel: r.Channel,
		FiledAt: r.FiledAt, Filed: r.Filed, RespondBy: r.RespondBy, Answered: r.Answered,
		Statement: r.Statement, RepresentativeOfRecord: r.RepresentativeOfRecord,
		Screening: erequest.Screening{
			Receipt: r.Receipt, Form: r.Form, FormType: r.FormType,
			DateFiled: r.DateFiled, MailingZIP: cris.NewPersonal(r.MailingZIP),
		},
		Details: erequest.Details{
			Name:                 r.Name.name(&parse),
			DateOfBirth:          cris.NewPersonal(r.DateOfBirth),
			CountryOfBirth:       cris.NewPersonal(r.CountryOfBirth),
			CountryOfCitizenship: cris.NewPersonal(r.CountryOfCitizenship),
			ANumber:              parse.aNumber(r.ANumber),
			Contact:              r.Contact.contact(&parse),
			Representative:       r.Representative.representative(&parse),
			Document:             r.Document,
			Corrections: erequest.Corrections{
				Name:           r.CorrectName.correction(),
				Address:        r.CorrectAddress.correction(),
				DateOfBirth:    r.CorrectDateOfBirth.correction(),
				CountryOfBirth: r.CorrectCountryOfBirth.correction(),
				ANumber:        r.CorrectANumber.correction(),
			},
		},
	}
	return whole(request, &parse, "request "+r.ID)
}
