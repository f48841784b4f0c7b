package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/tracking"
)

// Cases implements casestatus.Cases.
type Cases struct{ db *DB }

// Cases returns the port to the cases on file.
func (db *DB) Cases() *Cases { return &Cases{db} }

// Case implements casestatus.Cases: it returns a case that is not withheld, or
// casestatus.ErrNotFound.
func (s *Cases) Case(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	return s.find(ctx, "read case", receipt, 0)
}

// StaffCase implements casestatus.Cases: it returns a case, withheld or not, or
// casestatus.ErrNotFound.
func (s *Cases) StaffCase(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	return s.find(ctx, "read case for staff", receipt, 1)
}

func (s *Cases) find(ctx context.Context, doing string, receipt casestatus.ReceiptNumber, withheld int) (casestatus.Case, error) {
	return findCase(func(doing string, dest any, query string, args ...any) error {
		return s.db.read(ctx, doing, dest, query, args...)
	}, doing, receipt, withheld)
}

// findCase reads a case that is withheld no more than that, 0 or 1. It is one statement, so
// that it sees a case as one Update left it. The lines hang on the row of the case: where
// that is left out, none is looked up.
func findCase(read func(doing string, dest any, query string, args ...any) error, doing string, receipt casestatus.ReceiptNumber, withheld int) (casestatus.Case, error) {
	const head = `c.receipt, c.form, c.form_type, c.filed, c.office, c.withheld, c.street, c.unit, c.city, c.state, c.zip,
			c.representative_family, c.representative_given, c.representative_middle, c.representative_maiden`
	var rows []caseRow
	number := receipt.String()
	if err := read(doing, &rows, `SELECT `+head+`, 'history' AS line_part, COALESCE(line.position, 0) AS line_position,
			COALESCE(line.on_day, '') AS line_on_day, COALESCE(line.title, '') AS line_content, COALESCE(line.title_es, '') AS line_extra
		FROM cases c LEFT JOIN case_history line ON line.receipt = c.receipt
		WHERE c.receipt = ? AND c.withheld <= ?
		UNION ALL
		SELECT `+head+`, 'mailing', COALESCE(line.position, 0),
			COALESCE(line.mailed, ''), COALESCE(line.document, ''), COALESCE(line.number, '')
		FROM cases c LEFT JOIN case_mailings line ON line.receipt = c.receipt
		WHERE c.receipt = ? AND c.withheld <= ?
		ORDER BY line_part, line_position`, number, withheld, number, withheld); err != nil {
		return casestatus.Case{}, err
	}
	if len(rows) == 0 {
		return casestatus.Case{}, casestatus.ErrNotFound
	}
	return caseOf(rows)
}

// Update implements casestatus.Cases. It returns the error of decide, one that matches
// cris.ErrConflict if the database gave up or the ID of an event is taken, or that of the
// context or the database.
func (s *Cases) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(prior casestatus.Case) (casestatus.CaseChange, error)) error {
	return s.db.update(ctx, "casestatus/"+receipt.String(), func(t *tx) error {
		prior, err := findCase(t.read, "read case", receipt, 1)
		if err != nil && !errors.Is(err, casestatus.ErrNotFound) {
			return err
		}
		change, err := decide(prior)
		if err != nil {
			return err
		}
		if change.Case != nil {
			if change.Case.Receipt != receipt {
				return errors.New("sqlstore: the case has another receipt number")
			}
			if err := t.putCase(*change.Case); err != nil {
				return err
			}
		}
		return t.publish(change.Events)
	})
}

// Mailed implements casestatus.Mailings: it returns the mailings of these pieces, by receipt
// number and then as they were mailed. Its error is that of the context or of the database.
func (s *Cases) Mailed(ctx context.Context, numbers ...tracking.Number) (mailed []casestatus.CaseMailing, err error) {
	for some := range slices.Chunk(numbers, maxParameters) {
		among, args := amongNumbers(some)
		rows, err := read[caseMailingRow](s.db.on(ctx), "read mailings of pieces", `SELECT receipt, document, number, mailed,
			street, unit, city, state, zip FROM case_mailings JOIN cases USING (receipt) `+among+` AND number > '' ORDER BY receipt, position`, args...)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			mailing, err := row.mailing()
			if err != nil {
				return nil, err
			}
			mailed = append(mailed, mailing)
		}
	}
	slices.SortStableFunc(mailed, func(a, b casestatus.CaseMailing) int { return strings.Compare(a.Receipt.String(), b.Receipt.String()) })
	return mailed, nil
}

// caseMailingRow is what Mailed reads of a mailing and its case.
type caseMailingRow struct {
	Receipt  casestatus.ReceiptNumber `db:"receipt"`
	Document casestatus.Document      `db:"document"`
	Number   trackingNumber           `db:"number"`
	Mailed   cris.Date                `db:"mailed"`
	Address  addressColumns
}

func (r caseMailingRow) mailing() (casestatus.CaseMailing, error) {
	parse := parser{}
	mailing := casestatus.CaseMailing{
		Mailing: casestatus.Mailing{Document: r.Document, Number: r.Number.Number, Mailed: r.Mailed},
		Receipt: r.Receipt, Address: r.Address.address(&parse),
	}
	if err := errors.Join(parse.faults...); err != nil {
		return casestatus.CaseMailing{}, fmt.Errorf("sqlstore: case %s: %w", r.Receipt, err)
	}
	return mailing, nil
}

func (t *tx) putCase(onFile casestatus.Case) error {
	receipt := onFile.Receipt.String()
	withheld := 0
	if onFile.Withheld {
		withheld = 1
	}
	representative, address := onFile.Representative.Reveal(), onFile.Address.Reveal()
	if _, err := t.exec("put case", `INSERT INTO cases (receipt, form, form_type, filed, office, withheld, street, unit, city, state, zip,
				representative_family, representative_given, representative_middle, representative_maiden)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (receipt) DO UPDATE SET form = excluded.form, form_type = excluded.form_type,
				filed = excluded.filed, office = excluded.office, withheld = excluded.withheld,
				street = excluded.street, unit = excluded.unit, city = excluded.city, state = excluded.state, zip = excluded.zip,
				representative_family = excluded.representative_family, representative_given = excluded.representative_given,
				representative_middle = excluded.representative_middle, representative_maiden = excluded.representative_maiden`,
		receipt, string(onFile.Form), string(onFile.FormType), dateText(onFile.Filed), string(onFile.Office), withheld,
		address.Street, address.Unit, address.City, address.State, address.ZIP.String(),
		representative.Family, representative.Given, representative.Middle, representative.Maiden); err != nil {
		return err
	}
	if err := t.replaceHistory(receipt, onFile.History); err != nil {
		return err
	}
	return t.replaceMailings(receipt, onFile.Mailings)
}

func (t *tx) replaceHistory(receipt string, history []casestatus.StatusEntry) error {
	if _, err := t.exec("clear history", `DELETE FROM case_history WHERE receipt = ?`, receipt); err != nil {
		return err
	}
	rows := make([][]any, len(history))
	for i, entry := range history {
		rows[i] = []any{receipt, i + 1, dateText(entry.On), entry.Title, entry.Spanish}
	}
	return t.insertRows("put history", `INSERT INTO case_history (receipt, position, on_day, title, title_es)`, ``, rows)
}

func (t *tx) replaceMailings(receipt string, mailings []casestatus.Mailing) error {
	if _, err := t.exec("clear mailings", `DELETE FROM case_mailings WHERE receipt = ?`, receipt); err != nil {
		return err
	}
	rows := make([][]any, len(mailings))
	for i, mailing := range mailings {
		rows[i] = []any{receipt, i + 1, dateText(mailing.Mailed), string(mailing.Document), mailing.Number.String()}
	}
	return t.insertRows("put mailings", `INSERT INTO case_mailings (receipt, position, mailed, document, number)`, ``, rows)
}

// insertRows runs an INSERT of equally long rows, as many at a time as one statement
// may have parameters. tail stands after the values.
func (t *tx) insertRows(doing, insert, tail string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	const parameters = 900
	width := len(rows[0])
	one := "(?" + strings.Repeat(", ?", width-1) + ")"
	for batch := range slices.Chunk(rows, parameters/width) {
		values := one + strings.Repeat(", "+one, len(batch)-1)
		if _, err := t.exec(doing, insert+" VALUES "+values+" "+tail, slices.Concat(batch...)...); err != nil {
			return err
		}
	}
	return nil
}

// caseRow is a row of cases with one line of its history or of its mailings; the
// line has position 0 and is empty if the case has none.
type caseRow struct {
	Receipt  string `db:"receipt"`
	Form     string `db:"form"`
	FormType string `db:"form_type"`
	Filed    string `db:"filed"`
	Office   string `db:"office"`
	Withheld int    `db:"withheld"`
	Street   string `db:"street"`
	Unit     string `db:"unit"`
	City     string `db:"city"`
	State    string `db:"state"`
	ZIP      string `db:"zip"`
	Family   string `db:"representative_family"`
	Given    string `db:"representative_given"`
	Middle   string `db:"representative_middle"`
	Maiden   string `db:"representative_maiden"`

	LinePart     string `db:"line_part"`
	LinePosition int    `db:"line_position"`
	LineOnDay    string `db:"line_on_day"`
	LineContent  string `db:"line_content"`
	LineExtra    string `db:"line_extra"` // title in Spanish, or tracking number
}

// caseOf reads back the rows of one case, of which there is at least one.
func caseOf(rows []caseRow) (casestatus.Case, error) {
	parse := parser{}
	first := rows[0]
	onFile := casestatus.Case{
		Form:           casestatus.FormNumber(first.Form),
		FormType:       casestatus.FormType(first.FormType),
		Filed:          parse.date(first.Filed),
		Office:         casestatus.OfficeCode(first.Office),
		Withheld:       first.Withheld != 0,
		Address:        parse.address(cris.AddressParts{Street: first.Street, Unit: first.Unit, City: first.City, State: first.State}, first.ZIP),
		Representative: parse.name(cris.NameParts{Family: first.Family, Given: first.Given, Middle: first.Middle, Maiden: first.Maiden}),
	}
	parse.text(&onFile.Receipt, first.Receipt)
	for _, row := range rows {
		switch {
		case row.LinePosition == 0: // no line
		case row.LinePart == "history":
			onFile.History = append(onFile.History, casestatus.StatusEntry{
				On: parse.date(row.LineOnDay), Title: row.LineContent, Spanish: row.LineExtra,
			})
		default:
			onFile.Mailings = append(onFile.Mailings, casestatus.Mailing{
				Document: casestatus.Document(row.LineContent),
				Number:   parse.trackingNumber(row.LineExtra),
				Mailed:   parse.date(row.LineOnDay),
			})
		}
	}
	if err := errors.Join(parse.faults...); err != nil {
		return casestatus.Case{}, fmt.Errorf("sqlstore: case %s: %w", onFile.Receipt.Masked(), err)
	}
	return onFile, nil
}

// trackingNumber reads back a number as it was filed, also one whose check digit is
// wrong.
func (p *parser) trackingNumber(column string) tracking.Number {
	if column == "" {
		return tracking.Number{}
	}
	number, err := tracking.ParseNumberLenient(column)
	p.keep(err)
	return number
}

// ProcessingTimes implements casestatus.ProcessingTimes.
type ProcessingTimes struct{ db *DB }

// ProcessingTimes returns the port to the publications.
func (db *DB) ProcessingTimes() *ProcessingTimes { return &ProcessingTimes{db} }

// Posted implements casestatus.ProcessingTimes.
func (s *ProcessingTimes) Posted(ctx context.Context, under casestatus.PostedUnder, on cris.Date) (casestatus.ProcessingTime, error) {
	var rows []processingTimeRow
	if err := s.db.read(ctx, "read processing time", &rows, `SELECT form, form_type, office, read_on, published_on,
			inquiry_date, stated_days, threshold, threshold_unit, other, other_unit, as_of,
			form_note_en, form_note_es, note_en, note_es
		FROM processing_times WHERE form = ? AND form_type = ? AND office = ? AND read_on <= ?
		ORDER BY read_on DESC, position DESC LIMIT 1`,
		string(under.Form), string(under.FormType), string(under.Office), dateText(on)); err != nil {
		return casestatus.ProcessingTime{}, err
	}
	if len(rows) == 0 {
		return casestatus.ProcessingTime{}, casestatus.ErrNotFound
	}
	return rows[0].processingTime()
}

// Post implements casestatus.ProcessingTimes.
func (s *ProcessingTimes) Post(ctx context.Context, times ...casestatus.ProcessingTime) error {
	return s.db.update(ctx, "casestatus/processing times", func(t *tx) error {
		var highest []int64
		if err := t.read("read position", &highest, `SELECT COALESCE(MAX(position), 0) FROM processing_times`); err != nil {
			return err
		}
		ids := make([]casestatus.PublicationID, len(times))
		last := make(map[casestatus.PublicationID]int, len(times)) // one statement may name a row once
		for i, p := range times {
			ids[i] = p.ID()
			last[ids[i]] = i
		}
		var rows [][]any
		for i, p := range times {
			if last[ids[i]] != i {
				continue
			}
			rows = append(rows, []any{
				string(ids[i]), string(p.Form), string(p.FormType), string(p.Office),
				dateText(p.ReadOn), dateText(p.PublishedOn), dateText(p.InquiryDate), p.StatedDays,
				boundText(p.Threshold), string(p.Threshold.Unit), boundText(p.Other), string(p.Other.Unit),
				dateText(p.AsOf), p.FormNote.English, p.FormNote.Spanish, p.Note.English, p.Note.Spanish,
				highest[0] + int64(i) + 1,
			})
		}
		// One that is kept already moves up: it was posted last.
		return t.insertRows("post processing times", `INSERT INTO processing_times (id, form, form_type, office,
			read_on, published_on, inquiry_date, stated_days, threshold, threshold_unit, other, other_unit, as_of,
			form_note_en, form_note_es, note_en, note_es, position)`,
			`ON CONFLICT (id) DO UPDATE SET position = excluded.position`, rows)
	})
}

// boundText is the number of a bound in one form only, so that equal publications
// are equal rows.
func boundText(b casestatus.Bound) string {
	if b.IsZero() {
		return ""
	}
	return b.Value.String()
}

// processingTimeRow is a row of processing_times without its position.
type processingTimeRow struct {
	Form          string `db:"form"`
	FormType      string `db:"form_type"`
	Office        string `db:"office"`
	ReadOn        string `db:"read_on"`
	PublishedOn   string `db:"published_on"`
	InquiryDate   string `db:"inquiry_date"`
	StatedDays    int    `db:"stated_days"`
	Threshold     string `db:"threshold"`
	ThresholdUnit string `db:"threshold_unit"`
	Other         string `db:"other"`
	OtherUnit     string `db:"other_unit"`
	AsOf          string `db:"as_of"`
	FormNoteEN    string `db:"form_note_en"`
	FormNoteES    string `db:"form_note_es"`
	NoteEN        string `db:"note_en"`
	NoteES        string `db:"note_es"`
}

func (r processingTimeRow) processingTime() (casestatus.ProcessingTime, error) {
	parse := parser{}
	posted := casestatus.ProcessingTime{
		Form:        casestatus.FormNumber(r.Form),
		FormType:    casestatus.FormType(r.FormType),
		Office:      casestatus.OfficeCode(r.Office),
		ReadOn:      parse.date(r.ReadOn),
		PublishedOn: parse.date(r.PublishedOn),
		InquiryDate: parse.date(r.InquiryDate),
		StatedDays:  r.StatedDays,
		Threshold:   parse.bound(r.Threshold, r.ThresholdUnit),
		Other:       parse.bound(r.Other, r.OtherUnit),
		AsOf:        parse.date(r.AsOf),
		FormNote:    casestatus.Notes{English: r.FormNoteEN, Spanish: r.FormNoteES},
		Note:        casestatus.Notes{English: r.NoteEN, Spanish: r.NoteES},
	}
	if err := errors.Join(parse.faults...); err != nil {
		return casestatus.ProcessingTime{}, fmt.Errorf("sqlstore: processing time of %s at %s: %w", r.Form, r.Office, err)
	}
	return posted, nil
}

func (p *parser) bound(value, unit string) casestatus.Bound {
	if unit == "" {
		return casestatus.Bound{}
	}
	number, err := decimal.NewFromString(value)
	p.keep(err)
	return casestatus.Bound{Value: number, Unit: casestatus.Unit(unit)}
}
