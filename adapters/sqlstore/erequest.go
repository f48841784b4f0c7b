package sqlstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// ERequests implements erequest.Store.
type ERequests struct{ db *DB }

// ERequests returns the port to the requests on file.
func (db *DB) ERequests() *ERequests { return &ERequests{db} }

// Update implements erequest.Store.
func (s *ERequests) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(prior []erequest.Request) (erequest.Change, error)) error {
	return s.db.update(ctx, "erequest/"+receipt.String(), func(tx *tx) error {
		var rows []eRequestRow
		if err := tx.read("read requests of a case", &rows, requestsOfCase, receipt.String()); err != nil {
			return err
		}
		prior, err := eRequests(rows)
		if err != nil {
			return err
		}
		change, err := decide(prior)
		if err != nil {
			return err
		}
		for i, request := range change.File {
			if request.Receipt != receipt {
				return errors.New("sqlstore: new request of another case")
			}
			if err := tx.fileRequest(request, len(rows)+i+1); err != nil {
				return err
			}
		}
		for _, answer := range change.Answered {
			touched, err := tx.exec("record answer", `UPDATE e_requests SET answered = ? WHERE id = ? AND receipt = ?`,
				dateText(answer.On), answer.RequestID, receipt.String())
			if err != nil {
				return err
			}
			if touched == 0 {
				return fmt.Errorf("sqlstore: answered request: %w", erequest.ErrNotFound)
			}
		}
		return tx.publish(change.Events)
	})
}

var (
	selectERequests = selectRows[eRequestRow](`e_requests`)
	requestsOfCase  = selectERequests + ` WHERE receipt = ? ORDER BY position`
)

// Requests implements erequest.Store.
func (s *ERequests) Requests(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Request, error) {
	var rows []eRequestRow
	if err := s.db.read(ctx, "read requests of a case", &rows, requestsOfCase, receipt.String()); err != nil {
		return nil, err
	}
	return eRequests(rows)
}

func eRequests(rows []eRequestRow) ([]erequest.Request, error) {
	requests := make([]erequest.Request, len(rows))
	for i, row := range rows {
		request, err := row.request()
		if err != nil {
			return nil, err
		}
		requests[i] = request
	}
	return requests, nil
}

// Request implements erequest.Store.
func (s *ERequests) Request(ctx context.Context, id string) (erequest.Request, error) {
	var rows []eRequestRow
	if err := s.db.read(ctx, "read request", &rows, selectERequests+` WHERE id = ?`, id); err != nil {
		return erequest.Request{}, err
	}
	if len(rows) == 0 {
		return erequest.Request{}, erequest.ErrNotFound
	}
	return rows[0].request()
}

// eRequestRow is a row of e_requests.
type eRequestRow struct {
	ID           string `db:"id"`
	Key          string `db:"request_key"`
	Confirmation string `db:"confirmation"`
	Receipt      string `db:"receipt"`
	Position     int    `db:"position"`
	Issue        string `db:"issue"`
	Channel      string `db:"channel"`
	Form         string `db:"form"`
	FormType     string `db:"form_type"`
	DateFiled    string `db:"date_filed"`
	MailingZIP   string `db:"mailing_zip"`
	FiledAt      int64  `db:"filed_at"`
	Filed        string `db:"filed"`
	RespondBy    string `db:"respond_by"`
	Repeats      string `db:"repeats"`
	Answered     string `db:"answered"`

	FamilyName           string `db:"family_name"`
	GivenName            string `db:"given_name"`
	MiddleName           string `db:"middle_name"`
	MaidenName           string `db:"maiden_name"`
	DateOfBirth          string `db:"date_of_birth"`
	CountryOfBirth       string `db:"country_of_birth"`
	CountryOfCitizenship string `db:"country_of_citizenship"`
	ANumber              string `db:"a_number"`
	Email                string `db:"email"`
	Phone                string `db:"phone"`
	Street               string `db:"street"`
	Unit                 string `db:"unit"`
	City                 string `db:"city"`
	State                string `db:"state"`
	ZIP                  string `db:"zip"`
	CorrectionElement    string `db:"correction_element"`
	CorrectionText       string `db:"correction_text"`
}

// fileRequest saves a new request as the one at position among those of its case.
func (t *tx) fileRequest(r erequest.Request, position int) error {
	d := r.Details
	name, address := d.Name.Reveal(), d.Contact.Address.Reveal()
	return t.insert("file request", `INSERT INTO e_requests (
			id, request_key, confirmation, receipt, position, issue, channel, form, form_type, date_filed, mailing_zip,
			filed_at, filed, respond_by, repeats, answered,
			family_name, given_name, middle_name, maiden_name,
			date_of_birth, country_of_birth, country_of_citizenship, a_number,
			email, phone, street, unit, city, state, zip,
			correction_element, correction_text)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`,
		r.ID, r.Key, r.Confirmation.String(), r.Receipt.String(), position, string(r.Issue), string(r.Channel),
		string(r.Screening.Form), string(r.Screening.FormType), dateText(r.Screening.DateFiled), r.Screening.MailingZIP.Reveal().String(),
		micros(r.FiledAt), dateText(r.Filed), dateText(r.RespondBy), r.Repeats, dateText(r.Answered),
		name.Family, name.Given, name.Middle, name.Maiden,
		dateText(d.DateOfBirth.Reveal()), d.CountryOfBirth.Reveal(), d.CountryOfCitizenship.Reveal(), d.ANumber.Reveal(),
		d.Contact.Email.Reveal(), d.Contact.Phone.Reveal(),
		address.Street, address.Unit, address.City, address.State, address.ZIP.String(),
		string(d.Correction.Element), d.Correction.Correct.Reveal())
}

// request reads the row back. What was valid when it was saved is not judged anew
// by today's rules; only what cannot be read at all is an error.
func (r eRequestRow) request() (erequest.Request, error) {
	parse := parser{}
	request := erequest.Request{
		ID: r.ID, Key: r.Key, Repeats: r.Repeats,
		Issue: erequest.Issue(r.Issue), Channel: erequest.Channel(r.Channel),
		FiledAt:   fromMicros(r.FiledAt),
		Filed:     parse.date(r.Filed),
		RespondBy: parse.date(r.RespondBy),
		Answered:  parse.date(r.Answered),
		Screening: erequest.Screening{
			Form: casestatus.FormNumber(r.Form), FormType: casestatus.FormType(r.FormType),
			DateFiled: parse.date(r.DateFiled), MailingZIP: cris.NewPersonal(parse.zip(r.MailingZIP)),
		},
		Details: erequest.Details{
			Name:                 parse.name(cris.NameParts{Family: r.FamilyName, Given: r.GivenName, Middle: r.MiddleName, Maiden: r.MaidenName}),
			DateOfBirth:          cris.NewPersonal(parse.date(r.DateOfBirth)),
			CountryOfBirth:       cris.NewPersonal(r.CountryOfBirth),
			CountryOfCitizenship: cris.NewPersonal(r.CountryOfCitizenship),
			ANumber:              parse.aNumber(r.ANumber),
			Contact: erequest.Contact{
				Email:   cris.NewPersonal(r.Email),
				Phone:   cris.NewPersonal(r.Phone),
				Address: parse.address(cris.AddressParts{Street: r.Street, Unit: r.Unit, City: r.City, State: r.State}, r.ZIP),
			},
			Correction: erequest.Correction{
				Element: erequest.Element(r.CorrectionElement),
				Correct: cris.NewPersonal(r.CorrectionText),
			},
		},
	}
	parse.text(&request.Confirmation, r.Confirmation)
	parse.text(&request.Receipt, r.Receipt)
	request.Screening.Receipt = request.Receipt
	if err := errors.Join(parse.faults...); err != nil {
		return erequest.Request{}, fmt.Errorf("sqlstore: request %s: %w", r.ID, err)
	}
	return request, nil
}
