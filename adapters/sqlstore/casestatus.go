package sqlstore

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/tracking"
)

// Cases is the port to the cases on file: a casestatus.Cases.
type Cases struct{ db *DB }

// Cases returns the port to the cases on file.
func (db *DB) Cases() *Cases { return &Cases{db} }

// Case implements casestatus.Cases: it returns a case that is not withheld, or an error
// that matches casestatus.ErrNotFound. Any other error is that of the context or of the
// database.
func (s *Cases) Case(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	return findCase(s.db.on(ctx), "read case", receipt, false)
}

// StaffCase implements casestatus.Cases: it returns a case, withheld or not, or an error
// that matches casestatus.ErrNotFound. Any other error is that of the context or of the
// database.
func (s *Cases) StaffCase(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	return findCase(s.db.on(ctx), "read case for staff", receipt, true)
}

// StaffHeader implements casestatus.Cases: it returns the header of a case, withheld or not, or
// an error that matches casestatus.ErrNotFound. Any other error is that of the context or of the
// database.
func (s *Cases) StaffHeader(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Header, error) {
	// Most cases have no address but the present one: that takes half the time of a whole case.
	row, found, err := caseTable.get(s.db.on(ctx), receipt)
	if err != nil {
		return casestatus.Header{}, err
	}
	if !found {
		return casestatus.Header{}, notFound("case")
	}
	if row.Moved {
		// One statement again, so that it sees the case as one Update left it.
		onFile, err := findCase(s.db.on(ctx), "read case for staff", receipt, true)
		return onFile.Header, err
	}
	parse := parser{}
	return whole(row.header(&parse), &parse, "case "+receipt.Masked())
}

// Update implements casestatus.Cases. It returns the error of decide as it is, one that
// matches casestatus.ErrConflict if the database gave up or the ID of an event is taken, and
// otherwise that of the clock, of the context or of the database. Text that is not UTF-8 or
// has a NUL in it is refused.
func (s *Cases) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(prior casestatus.Case) (casestatus.CaseChange, error)) error {
	return s.db.update(ctx, "casestatus/"+receipt.String(), func(tx *tx) error {
		prior, err := findCase(tx, "read case", receipt, true)
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
			if err := putCase(tx, *change.Case); err != nil {
				return err
			}
		}
		return tx.publish(change.Events)
	})
}

func putCase(tx *tx, onFile casestatus.Case) error {
	if err := caseTable.upsert(tx, rowOfCase(onFile)); err != nil {
		return err
	}
	if _, err := historyTable.remove(tx, `WHERE receipt = ?`, onFile.Receipt); err != nil {
		return err
	}
	if _, err := mailingTable.remove(tx, `WHERE receipt = ?`, onFile.Receipt); err != nil {
		return err
	}
	if _, err := addressTable.remove(tx, `WHERE receipt = ?`, onFile.Receipt); err != nil {
		return err
	}
	addresses := make([]addressRow, len(onFile.Addresses))
	for i, entry := range onFile.Addresses {
		addresses[i] = rowOfAddress(onFile.Receipt, i+1, entry)
	}
	history := make([]historyRow, len(onFile.History))
	for i, entry := range onFile.History {
		history[i] = historyRow{onFile.Receipt, i + 1, entry.On, entry.Title, entry.Spanish}
	}
	mailings := make([]mailingRow, len(onFile.Mailings))
	for i, mailing := range onFile.Mailings {
		mailings[i] = mailingRow{onFile.Receipt, i + 1, mailing.Mailed, mailing.Document, trackingNumber{mailing.Number}}
	}
	return errors.Join(historyTable.insert(tx, history...), mailingTable.insert(tx, mailings...), addressTable.insert(tx, addresses...))
}

// Mailed implements casestatus.Mailings: it returns the mailings of these pieces, by receipt
// number and then as they were mailed. Its error is that of the context or of the database.
func (s *Cases) Mailed(ctx context.Context, numbers ...tracking.Number) (mailed []casestatus.CaseMailing, err error) {
	var all []caseMailingRow
	addresses := map[casestatus.ReceiptNumber][]casestatus.AddressEntry{}
	for some := range slices.Chunk(eachOnce(numbers), maxParameters) {
		among, args := amongNumbers(some)
		rows, err := read[caseMailingRow](s.db.on(ctx), "read mailings of pieces", caseMailingQuery+among+` AND number > ''`, args...)
		if err != nil {
			return nil, err
		}
		of, err := addressesOfMailed(s.db.on(ctx), among, args)
		if err != nil {
			return nil, err
		}
		maps.Copy(addresses, of)
		all = append(all, rows...)
	}
	slices.SortFunc(all, func(a, b caseMailingRow) int {
		return cmp.Or(strings.Compare(a.Mailing.Receipt.String(), b.Mailing.Receipt.String()), cmp.Compare(a.Mailing.Position, b.Mailing.Position))
	})
	for _, row := range all {
		mailing, err := row.mailing()
		if err != nil {
			return nil, err
		}
		mailing.Addresses = slices.Clone(addresses[mailing.Receipt])
		mailed = append(mailed, mailing)
	}
	return mailed, nil
}

// addressesOfMailed returns the addresses that were kept of the cases for which these pieces
// were mailed.
func addressesOfMailed(s *session, among string, args []any) (map[casestatus.ReceiptNumber][]casestatus.AddressEntry, error) {
	rows, err := addressTable.find(s, `WHERE receipt IN (SELECT receipt FROM cris_case_mailings `+among+` AND number > '') ORDER BY receipt, position`, args...)
	if err != nil {
		return nil, err
	}
	addresses := map[casestatus.ReceiptNumber][]casestatus.AddressEntry{}
	parse := parser{}
	for _, row := range rows {
		addresses[row.Receipt] = append(addresses[row.Receipt], row.entry(&parse))
	}
	return whole(addresses, &parse, "addresses of cases")
}

// caseMailingRow is a mailing with its case.
type caseMailingRow struct {
	Mailing mailingRow
	Case    caseRow
}

var caseMailingQuery = `SELECT ` + strings.Join(slices.Concat(mailingTable.readAs("mailing"), caseTable.readAs("onfile")), ", ") +
	` FROM cris_case_mailings mailing JOIN cris_cases onfile ON onfile.receipt = mailing.receipt `

func (r caseMailingRow) mailing() (casestatus.CaseMailing, error) {
	parse := parser{}
	mailing := casestatus.CaseMailing{
		Mailing: casestatus.Mailing{Document: r.Mailing.Document, Number: r.Mailing.Number.Number, Mailed: r.Mailing.Mailed},
		Receipt: r.Mailing.Receipt, Address: r.Case.Address.address(&parse),
	}
	return whole(mailing, &parse, "case "+mailing.Receipt.Masked())
}

// caseRow is a row of cases.
type caseRow struct {
	Receipt        casestatus.ReceiptNumber `db:"receipt,key"`
	Form           casestatus.FormNumber    `db:"form"`
	FormType       casestatus.FormType      `db:"form_type"`
	Filed          cris.Date                `db:"filed" retention:"starts"`
	Office         casestatus.OfficeCode    `db:"office"`
	Withheld       bool                     `db:"withheld"`
	Moved          bool                     `db:"moved"` // whether it has rows in cris_case_addresses
	Applicant      nameColumns              `db:"applicant_"`
	DateOfBirth    cris.Date                `db:"date_of_birth" personal:"birth"`
	Address        addressColumns
	Representative nameColumns  `db:"representative_"`
	Sealed         sealedColumn `db:"sealed"`
}

// historyRow is a row of case_history: one entry, at its place among those of the case.
type historyRow struct {
	Receipt  casestatus.ReceiptNumber `db:"receipt,key" retention:"as cris_cases"`
	Position int                      `db:"position,key"`
	On       cris.Date                `db:"on_day"`
	Title    string                   `db:"title"`
	Spanish  string                   `db:"title_es"`
}

// mailingRow is a row of case_mailings: one mailing, at its place among those of the case.
type mailingRow struct {
	Receipt  casestatus.ReceiptNumber `db:"receipt,key" retention:"as cris_cases"`
	Position int                      `db:"position,key"`
	Mailed   cris.Date                `db:"mailed"`
	Document casestatus.Document      `db:"document"`
	Number   trackingNumber           `db:"number"`
}

// addressRow is a row of case_addresses: one entry, at its place among those of the case.
type addressRow struct {
	Receipt  casestatus.ReceiptNumber `db:"receipt,key" retention:"as cris_cases"`
	Position int                      `db:"position,key"`
	From     cris.Date                `db:"from_day"`
	Origin   string                   `db:"origin"`
	At       time.Time                `db:"reported_at"`
	Entered  cris.Date                `db:"entered"`
	Address  addressColumns
	Sealed   sealedColumn `db:"sealed"`
}

func rowOfAddress(receipt casestatus.ReceiptNumber, position int, e casestatus.AddressEntry) addressRow {
	return addressRow{
		Receipt: receipt, Position: position, From: e.From, Origin: e.Origin, At: e.At, Entered: e.Entered, Address: columnsOfAddress(e.Address),
	}
}

func (r addressRow) entry(parse *parser) casestatus.AddressEntry {
	return casestatus.AddressEntry{Address: r.Address.address(parse), From: r.From, Origin: r.Origin, At: r.At, Entered: r.Entered}
}

var (
	caseTable    = newTable[caseRow]("cris_cases")
	historyTable = newTable[historyRow]("cris_case_history")
	mailingTable = newTable[mailingRow]("cris_case_mailings")
	addressTable = newTable[addressRow]("cris_case_addresses")
)

func rowOfCase(c casestatus.Case) caseRow {
	return caseRow{
		Receipt: c.Receipt, Form: c.Form, FormType: c.FormType, Filed: c.Filed, Office: c.Office, Withheld: c.Withheld, Moved: len(c.Addresses) > 0,
		Applicant: columnsOfName(c.Applicant), DateOfBirth: c.DateOfBirth.Reveal(),
		Address: columnsOfAddress(c.Address), Representative: columnsOfName(c.Representative),
	}
}

// header reads the row back, without the addresses that were kept.
func (r caseRow) header(parse *parser) casestatus.Header {
	return casestatus.Header{
		Receipt: r.Receipt, Form: r.Form, FormType: r.FormType, Filed: r.Filed, Office: r.Office, Withheld: r.Withheld,
		Applicant: r.Applicant.name(parse), DateOfBirth: cris.NewPersonal(r.DateOfBirth),
		Address: r.Address.address(parse), Representative: r.Representative.name(parse),
	}
}

// caseLineRow is a row of cases with one line of its history, of its mailings or of its
// addresses. The other two are empty, and so is the line if the case has none: its position is 0.
type caseLineRow struct {
	Case    caseRow
	Kind    int // of the line: 0, 1 or 2
	History historyRow
	Mailing mailingRow
	Address addressRow
	Line    int // its position
}

// caseQuery reads the lines of a case. Few cases have addresses that were kept: where there are
// none, no row is read for them.
var caseQuery = func() string {
	const ofCase = ` line ON line.receipt = onfile.receipt WHERE onfile.receipt = ? AND onfile.withheld <= ? `
	lines := func(kind string, join string, history, mailing, address []string) string {
		columns := slices.Concat(caseTable.readAs("onfile"), []string{kind + ` AS line_kind`}, history, mailing, address)
		return `SELECT ` + strings.Join(columns, ", ") + `, COALESCE(line.position, 0) AS line_position FROM cris_cases onfile ` + join + ofCase
	}
	return lines("0", "LEFT JOIN cris_case_history", historyTable.readOrNothing("line"), mailingTable.nothing(), addressTable.nothing()) + `UNION ALL ` +
		lines("1", "LEFT JOIN cris_case_mailings", historyTable.nothing(), mailingTable.readOrNothing("line"), addressTable.nothing()) + `UNION ALL ` +
		lines("2", "JOIN cris_case_addresses", historyTable.nothing(), mailingTable.nothing(), addressTable.readAs("line")) +
		`ORDER BY line_kind, line_position`
}()

// findCase reads a case; one that is withheld only if that is asked for. It is one
// statement, so that it sees a case as one Update left it. The lines hang on the row of the
// case: where that is left out, none is looked up.
func findCase(s *session, doing string, receipt casestatus.ReceiptNumber, alsoWithheld bool) (casestatus.Case, error) {
	rows, err := read[caseLineRow](s, doing, caseQuery, receipt, alsoWithheld, receipt, alsoWithheld, receipt, alsoWithheld)
	if err != nil {
		return casestatus.Case{}, err
	}
	if len(rows) == 0 {
		return casestatus.Case{}, notFound("case")
	}
	return caseOf(rows)
}

// caseOf reads back the rows of one case, of which there is at least one.
func caseOf(rows []caseLineRow) (casestatus.Case, error) {
	parse := parser{}
	onFile := casestatus.Case{Header: rows[0].Case.header(&parse)}
	for _, row := range rows {
		switch {
		case row.Address.Position > 0:
			onFile.Addresses = append(onFile.Addresses, row.Address.entry(&parse))
		case row.Mailing.Position > 0:
			onFile.Mailings = append(onFile.Mailings, casestatus.Mailing{
				Document: row.Mailing.Document, Number: row.Mailing.Number.Number, Mailed: row.Mailing.Mailed,
			})
		case row.History.Position > 0:
			onFile.History = append(onFile.History, casestatus.StatusEntry{On: row.History.On, Title: row.History.Title, Spanish: row.History.Spanish})
		}
	}
	return whole(onFile, &parse, "case "+onFile.Receipt.Masked())
}
