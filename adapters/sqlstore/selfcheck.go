package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/selfcheck"
)

// SelfChecks implements selfcheck.Store.
type SelfChecks struct{ db *DB }

// SelfChecks returns the port to the transactions of E-Verify Self Check.
func (db *DB) SelfChecks() *SelfChecks { return &SelfChecks{db} }

// Update implements selfcheck.Store.
func (s *SelfChecks) Update(ctx context.Context, transaction selfcheck.TransactionID, decide func(prior selfcheck.Record) (selfcheck.Change, error)) error {
	return s.db.update(ctx, "selfcheck/"+string(transaction), func(tx *tx) error {
		prior, err := readSelfCheck(tx.read, transaction)
		if err != nil {
			return err
		}
		change, err := decide(prior)
		if err != nil {
			return err
		}
		if change.Failure != nil {
			if err := tx.saveProofingFailure(transaction, *change.Failure); err != nil {
				return err
			}
		}
		if change.Pass != nil {
			if err := tx.savePassedProofing(transaction, *change.Pass); err != nil {
				return err
			}
		}
		if change.Query != nil {
			if err := tx.saveSelfCheckQuery(transaction, *change.Query); err != nil {
				return err
			}
		}
		return tx.publish(change.Events)
	})
}

// Record implements selfcheck.Store.
func (s *SelfChecks) Record(ctx context.Context, transaction selfcheck.TransactionID) (selfcheck.Record, error) {
	record, err := readSelfCheck(func(doing string, dest any, query string, args ...any) error {
		return s.db.read(ctx, doing, dest, query, args...)
	}, transaction)
	if err != nil {
		return selfcheck.Record{}, err
	}
	if record == (selfcheck.Record{}) {
		return selfcheck.Record{}, selfcheck.ErrNotFound
	}
	return record, nil
}

// OpenCases implements selfcheck.Store. It reads a page at a time and holds no
// connection while it yields.
func (s *SelfChecks) OpenCases(ctx context.Context, after selfcheck.TransactionID) iter.Seq2[selfcheck.OpenCase, error] {
	return pages(string(after), func(after string) (rows []openCaseRow, err error) {
		err = s.db.read(ctx, "read open cases", &rows, `SELECT transaction_id, case_number, submitted_at
			FROM selfcheck_queries WHERE is_open = 1 AND transaction_id > ? ORDER BY transaction_id LIMIT ?`, after, pageSize)
		return rows, err
	}, func(row openCaseRow) (selfcheck.OpenCase, string, error) {
		return selfcheck.OpenCase{
			Transaction: selfcheck.TransactionID(row.Transaction),
			Case:        selfcheck.CaseNumber(row.Case),
			Submitted:   fromMicros(row.SubmittedAt),
		}, row.Transaction, nil
	})
}

type openCaseRow struct {
	Transaction string `db:"transaction_id"`
	Case        string `db:"case_number"`
	SubmittedAt int64  `db:"submitted_at"`
}

var (
	selectSelfCheckQueries = selectRows[selfCheckQueryRow](`selfcheck_queries`)
	selectPassedProofings  = selectRows[passedProofingRow](`selfcheck_passes`)
	selectProofingFailures = selectRows[proofingFailureRow](`selfcheck_failures`)
)

// readSelfCheck reads the record of a transaction, the zero Record if there is
// none. A failure and a pass never change, and the query is read before the pass
// that was saved before it, so no transaction is needed to read them.
func readSelfCheck(read func(doing string, dest any, query string, args ...any) error, transaction selfcheck.TransactionID) (selfcheck.Record, error) {
	var record selfcheck.Record
	var queries []selfCheckQueryRow
	var passes []passedProofingRow
	var failures []proofingFailureRow
	for _, table := range []struct {
		doing, query string
		dest         any
	}{
		{"read query", selectSelfCheckQueries + ` WHERE transaction_id = ?`, &queries},
		{"read passed proofing", selectPassedProofings + ` WHERE transaction_id = ?`, &passes},
		{"read failed proofing", selectProofingFailures + ` WHERE transaction_id = ?`, &failures},
	} {
		if err := read(table.doing, table.dest, table.query, string(transaction)); err != nil {
			return selfcheck.Record{}, err
		}
	}
	parse := parser{}
	for _, row := range failures {
		record.Failure = row.failure()
	}
	for _, row := range passes {
		record.Pass = row.pass(&parse)
	}
	for _, row := range queries {
		record.Query = row.query(&parse)
		record.Query.Query.Identity = record.Pass.Lock()
	}
	if err := errors.Join(parse.faults...); err != nil {
		return selfcheck.Record{}, fmt.Errorf("sqlstore: self check %s: %w", transaction, err)
	}
	return record, nil
}

// proofingFailureRow is a row of selfcheck_failures.
type proofingFailureRow struct {
	Transaction    string `db:"transaction_id"`
	IdPTransaction string `db:"idp_transaction"`
	Reason         string `db:"reason"`
	At             int64  `db:"at"`
	ErrorCode      string `db:"error_code"`
}

func (t *tx) saveProofingFailure(transaction selfcheck.TransactionID, f selfcheck.Failure) error {
	return t.insert("save failed proofing", `INSERT INTO selfcheck_failures (
			transaction_id, idp_transaction, reason, at, error_code)
		VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		string(transaction), string(f.IdPTransaction), string(f.Reason), micros(f.At), string(f.ErrorCode))
}

func (r proofingFailureRow) failure() selfcheck.Failure {
	return selfcheck.Failure{
		Transaction:    selfcheck.TransactionID(r.Transaction),
		IdPTransaction: selfcheck.IdPTransactionID(r.IdPTransaction),
		Reason:         selfcheck.FailureReason(r.Reason),
		At:             fromMicros(r.At),
		ErrorCode:      selfcheck.ErrorCode(r.ErrorCode),
	}
}

// passedProofingRow is a row of selfcheck_passes.
type passedProofingRow struct {
	Transaction    string `db:"transaction_id"`
	IdPTransaction string `db:"idp_transaction"`
	At             int64  `db:"at"`
	FamilyName     string `db:"family_name"`
	GivenName      string `db:"given_name"`
	MiddleName     string `db:"middle_name"`
	MaidenName     string `db:"maiden_name"`
	BirthDate      string `db:"birth_date"`
	SSN            string `db:"ssn"`
}

func (t *tx) savePassedProofing(transaction selfcheck.TransactionID, p selfcheck.PassedProofing) error {
	name := p.Name.Reveal()
	return t.insert("save passed proofing", `INSERT INTO selfcheck_passes (
			transaction_id, idp_transaction, at,
			family_name, given_name, middle_name, maiden_name, birth_date, ssn)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		string(transaction), string(p.IdPTransaction), micros(p.At),
		name.Family, name.Given, name.Middle, name.Maiden, dateText(p.BirthDate.Reveal()), p.SSN.Reveal())
}

func (r passedProofingRow) pass(parse *parser) selfcheck.PassedProofing {
	return selfcheck.PassedProofing{
		Transaction:    selfcheck.TransactionID(r.Transaction),
		IdPTransaction: selfcheck.IdPTransactionID(r.IdPTransaction),
		At:             fromMicros(r.At),
		Name:           parse.name(cris.NameParts{Family: r.FamilyName, Given: r.GivenName, Middle: r.MiddleName, Maiden: r.MaidenName}),
		BirthDate:      cris.NewPersonal(parse.date(r.BirthDate)),
		SSN:            parsed(parse, r.SSN, selfcheck.ParseSandboxSSN), // what was saved is not judged anew
	}
}

// selfCheckQueryRow is a row of selfcheck_queries.
type selfCheckQueryRow struct {
	Transaction    string `db:"transaction_id"`
	Status         string `db:"status"`
	ListA          string `db:"list_a"`
	ListB          string `db:"list_b"`
	ListC          string `db:"list_c"`
	SSN            string `db:"ssn"`
	ANumber        string `db:"a_number"`
	PassportNumber string `db:"passport_number"`
	Country        string `db:"country"`
	I94Number      string `db:"i94_number"`
	CardNumber     string `db:"card_number"`
	DocumentNumber string `db:"document_number"`
	State          string `db:"state"`
	Expires        string `db:"expires"`
	SubmittedAt    int64  `db:"submitted_at"`
	Case           string `db:"case_number"`
	Result         string `db:"result"`
	Choice         string `db:"choice"`
	IsOpen         int    `db:"is_open"` // only ever compared in SQL
	ClosedAt       int64  `db:"closed_at"`
	Closure        string `db:"closure"`
}

func (t *tx) saveSelfCheckQuery(transaction selfcheck.TransactionID, r selfcheck.QueryRecord) error {
	if _, err := t.exec("remove query", `DELETE FROM selfcheck_queries WHERE transaction_id = ?`, string(transaction)); err != nil {
		return err
	}
	if r == (selfcheck.QueryRecord{}) {
		return nil
	}
	isOpen := 0
	if r.IsOpen() {
		isOpen = 1
	}
	q := r.Query
	return t.insert("save query", `INSERT INTO selfcheck_queries (
			transaction_id, status, list_a, list_b, list_c,
			ssn, a_number, passport_number, country, i94_number, card_number, document_number, state, expires,
			submitted_at, case_number, result, choice, is_open, closed_at, closure)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		string(transaction), string(q.Status), string(q.ListA), string(q.ListB), string(q.ListC),
		q.SSN.Reveal(), q.ANumber.Reveal(), q.PassportNumber.Reveal(), string(q.Country.Reveal()), q.I94Number.Reveal(),
		q.CardNumber.Reveal().String(), q.DocumentNumber.Reveal(), string(q.State.Reveal()), dateText(q.Expires.Reveal()),
		micros(r.Submitted), string(r.Case), string(r.Result), string(r.Choice), isOpen, micros(r.Closed), string(r.Closure))
}

func (r selfCheckQueryRow) query(parse *parser) selfcheck.QueryRecord {
	var card casestatus.ReceiptNumber
	parse.text(&card, r.CardNumber)
	return selfcheck.QueryRecord{
		Query: selfcheck.Query{
			Status:         selfcheck.CitizenshipStatus(r.Status),
			ListA:          selfcheck.Document(r.ListA),
			ListB:          selfcheck.Document(r.ListB),
			ListC:          selfcheck.Document(r.ListC),
			SSN:            parsed(parse, r.SSN, selfcheck.ParseSandboxSSN),
			ANumber:        parse.aNumber(r.ANumber),
			PassportNumber: parsed(parse, r.PassportNumber, selfcheck.ParseForeignPassportNumber),
			Country:        cris.NewPersonal(selfcheck.CountryCode(r.Country)),
			I94Number:      parsed(parse, r.I94Number, selfcheck.ParseI94Number),
			CardNumber:     cris.NewPersonal(card),
			DocumentNumber: parsed(parse, r.DocumentNumber, selfcheck.ParseDocumentNumber),
			State:          cris.NewPersonal(selfcheck.StateCode(r.State)),
			Expires:        cris.NewPersonal(parse.date(r.Expires)),
		},
		Submitted: fromMicros(r.SubmittedAt),
		Case:      selfcheck.CaseNumber(r.Case),
		Result:    selfcheck.Result(r.Result),
		Choice:    selfcheck.Choice(r.Choice),
		Closed:    fromMicros(r.ClosedAt),
		Closure:   selfcheck.ClosureReason(r.Closure),
	}
}

// parsed reads a column with the parser of its type, the zero value if it is empty.
func parsed[T any](p *parser, column string, parse func(string) (T, error)) (value T) {
	if column == "" {
		return value
	}
	value, err := parse(column)
	p.keep(err)
	return value
}
