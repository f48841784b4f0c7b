package sqlstore

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/selfcheck"
)

// SelfChecks is the port to the transactions of E-Verify Self Check: a selfcheck.Store.
type SelfChecks struct{ db *DB }

// SelfChecks returns the port to the transactions of E-Verify Self Check.
func (db *DB) SelfChecks() *SelfChecks { return &SelfChecks{db} }

// Update implements selfcheck.Store: it loads the record of the transaction and saves what
// decide returns, whole or not at all. It returns the error of decide as it is; one that
// matches selfcheck.ErrConflict if the outcome of the proofing is on record already, if the
// ID of an event is taken, or if the database gave up; an error for the outcome of another
// transaction; and otherwise that of the context or of the database. Text that is not UTF-8
// or has a NUL in it is refused.
func (s *SelfChecks) Update(ctx context.Context, transaction selfcheck.TransactionID, decide func(prior selfcheck.Record) (selfcheck.Change, error)) error {
	return s.db.update(ctx, "selfcheck/"+string(transaction), func(tx *tx) error {
		prior, err := selfCheckOf(tx, transaction)
		if err != nil {
			return err
		}
		change, err := decide(prior)
		if err != nil {
			return err
		}
		if change.Failure != nil && change.Failure.Transaction != transaction ||
			change.Pass != nil && change.Pass.Transaction != transaction {
			return errors.New("sqlstore: outcome of the proofing of another transaction")
		}
		if change.Failure != nil {
			if err := proofingFailureTable.insert(tx, proofingFailureRow(*change.Failure)); err != nil {
				return err
			}
		}
		if change.Pass != nil {
			if err := passedProofingTable.insert(tx, rowOfPassedProofing(*change.Pass)); err != nil {
				return err
			}
		}
		if change.Query != nil {
			if err := saveSelfCheckQuery(tx, transaction, *change.Query); err != nil {
				return err
			}
		}
		return tx.publish(change.Events)
	})
}

// saveSelfCheckQuery saves the query in place of what is on record, or removes that if the
// query is zero.
func saveSelfCheckQuery(tx *tx, transaction selfcheck.TransactionID, query selfcheck.QueryRecord) error {
	if query == (selfcheck.QueryRecord{}) {
		_, err := selfCheckQueryTable.remove(tx, `WHERE transaction_id = ?`, transaction)
		return err
	}
	return selfCheckQueryTable.upsert(tx, rowOfSelfCheckQuery(transaction, query))
}

// Record implements selfcheck.Store: it returns what is on record of the transaction, or an
// error that matches selfcheck.ErrNotFound. Any other error is that of the context or of
// the database.
func (s *SelfChecks) Record(ctx context.Context, transaction selfcheck.TransactionID) (selfcheck.Record, error) {
	record, err := selfCheckOf(s.db.on(ctx), transaction)
	if err != nil {
		return selfcheck.Record{}, err
	}
	if record == (selfcheck.Record{}) {
		return selfcheck.Record{}, notFound("record")
	}
	return record, nil
}

// OpenCases implements selfcheck.Store: it yields the queries whose cases are still to be
// closed, by the bytes of their transactions. It reads a few hundred at a time, and holds
// neither a connection nor a lock while it yields. Its errors are those of the context and
// of the database.
func (s *SelfChecks) OpenCases(ctx context.Context, page cris.Page[selfcheck.TransactionID]) iter.Seq2[selfcheck.OpenCase, error] {
	return paged(ctx, page, func(after selfcheck.TransactionID, limit int) ([]openCaseRow, error) {
		return read[openCaseRow](s.db.on(ctx), "read open cases", `SELECT transaction_id, case_number, submitted_at
			FROM selfcheck_queries WHERE is_open = 1 AND transaction_id > ? ORDER BY transaction_id LIMIT ?`, after, limit)
	}, func(row openCaseRow) (selfcheck.OpenCase, selfcheck.TransactionID, error) {
		return selfcheck.OpenCase(row), row.Transaction, nil
	})
}

// openCaseRow is what OpenCases reads of a query: nothing that is personal.
type openCaseRow struct {
	Transaction selfcheck.TransactionID `db:"transaction_id"`
	Case        selfcheck.CaseNumber    `db:"case_number"`
	Submitted   time.Time               `db:"submitted_at"`
}

// selfCheckOf reads the record of a transaction, the zero Record if there is none. A failure
// and a pass never change, and the query is read before the pass that was saved before it,
// so no transaction is needed to read them.
func selfCheckOf(s *session, transaction selfcheck.TransactionID) (selfcheck.Record, error) {
	query, isQueried, err := selfCheckQueryTable.get(s, transaction)
	if err != nil {
		return selfcheck.Record{}, err
	}
	pass, isPassed, err := passedProofingTable.get(s, transaction)
	if err != nil {
		return selfcheck.Record{}, err
	}
	failure, isFailed, err := proofingFailureTable.get(s, transaction)
	if err != nil {
		return selfcheck.Record{}, err
	}
	var record selfcheck.Record
	parse := parser{}
	if isFailed {
		record.Failure = selfcheck.Failure(failure)
	}
	if isPassed {
		record.Pass = pass.pass(&parse)
	}
	if isQueried {
		record.Query = query.query(&parse)
		record.Query.Query.Identity = record.Pass.Identity()
	}
	return whole(record, &parse, "self check "+transaction.Subject())
}

// proofingFailureRow is a row of selfcheck_failures: a selfcheck.Failure as it is.
type proofingFailureRow struct {
	Transaction    selfcheck.TransactionID    `db:"transaction_id,key"`
	IdPTransaction selfcheck.IdPTransactionID `db:"idp_transaction"`
	Reason         selfcheck.FailureReason    `db:"reason"`
	At             time.Time                  `db:"at" retention:"starts"`
	ErrorCode      selfcheck.ErrorCode        `db:"error_code"`
}

var proofingFailureTable = newTable[proofingFailureRow]("selfcheck_failures")

// passedProofingRow is a row of selfcheck_passes.
type passedProofingRow struct {
	Transaction    selfcheck.TransactionID    `db:"transaction_id,key"`
	IdPTransaction selfcheck.IdPTransactionID `db:"idp_transaction"`
	At             time.Time                  `db:"at" retention:"starts"`
	Statement      string                     `db:"statement"`
	Name           nameColumns
	BirthDate      cris.Date `db:"birth_date" personal:"birth"`
	SSN            string    `db:"ssn" personal:"number"`
}

var passedProofingTable = newTable[passedProofingRow]("selfcheck_passes")

func rowOfPassedProofing(p selfcheck.PassedProofing) passedProofingRow {
	return passedProofingRow{
		Transaction: p.Transaction, IdPTransaction: p.IdPTransaction, At: p.At, Statement: p.Statement,
		Name: columnsOfName(p.Name), BirthDate: p.BirthDate.Reveal(), SSN: p.SSN.Reveal(),
	}
}

func (r passedProofingRow) pass(parse *parser) selfcheck.PassedProofing {
	return selfcheck.PassedProofing{
		Transaction: r.Transaction, IdPTransaction: r.IdPTransaction, At: r.At, Statement: r.Statement,
		Name: r.Name.name(parse), BirthDate: cris.NewPersonal(r.BirthDate),
		SSN: parsed(parse, r.SSN, selfcheck.ParseSandboxSSN), // what was saved is not judged anew
	}
}

// selfCheckQueryRow is a row of selfcheck_queries.
type selfCheckQueryRow struct {
	Transaction    selfcheck.TransactionID     `db:"transaction_id,key"`
	Status         selfcheck.CitizenshipStatus `db:"status"`
	ListA          selfcheck.Document          `db:"list_a"`
	ListB          selfcheck.Document          `db:"list_b"`
	ListC          selfcheck.Document          `db:"list_c"`
	SSN            string                      `db:"ssn" personal:"number"`
	ANumber        string                      `db:"a_number" personal:"number"`
	PassportNumber string                      `db:"passport_number" personal:"number"`
	Country        selfcheck.CountryCode       `db:"country" personal:"country"`
	I94Number      string                      `db:"i94_number" personal:"number"`
	CardNumber     casestatus.ReceiptNumber    `db:"card_number" personal:"number"`
	DocumentNumber string                      `db:"document_number" personal:"number"`
	State          selfcheck.StateCode         `db:"state" personal:"address"`
	ExpirationDate cris.Date                   `db:"expiration_date" personal:"content"`
	Submitted      time.Time                   `db:"submitted_at" retention:"starts"`
	Case           selfcheck.CaseNumber        `db:"case_number"`
	Result         selfcheck.Result            `db:"result"`
	Choice         selfcheck.Choice            `db:"choice"`
	IsOpen         bool                        `db:"is_open"` // what the index of OpenCases goes by
	Closed         time.Time                   `db:"closed_at"`
	Closure        selfcheck.ClosureReason     `db:"closure"`
}

var selfCheckQueryTable = newTable[selfCheckQueryRow]("selfcheck_queries")

// rowOfSelfCheckQuery leaves the identity out: it is that of the passed proofing.
func rowOfSelfCheckQuery(transaction selfcheck.TransactionID, r selfcheck.QueryRecord) selfCheckQueryRow {
	q := r.Query
	return selfCheckQueryRow{
		Transaction: transaction, Status: q.Status, ListA: q.ListA, ListB: q.ListB, ListC: q.ListC,
		SSN: q.SSN.Reveal(), ANumber: q.ANumber.Reveal(), PassportNumber: q.PassportNumber.Reveal(),
		Country: q.Country.Reveal(), I94Number: q.I94Number.Reveal(), CardNumber: q.CardNumber.Reveal(),
		DocumentNumber: q.DocumentNumber.Reveal(), State: q.State.Reveal(), ExpirationDate: q.ExpirationDate.Reveal(),
		Submitted: r.Submitted, Case: r.Case, Result: r.Result, Choice: r.Choice,
		IsOpen: r.IsOpen(), Closed: r.Closed, Closure: r.Closure,
	}
}

func (r selfCheckQueryRow) query(parse *parser) selfcheck.QueryRecord {
	return selfcheck.QueryRecord{
		Query: selfcheck.Query{
			Status: r.Status, ListA: r.ListA, ListB: r.ListB, ListC: r.ListC,
			SSN:            parsed(parse, r.SSN, selfcheck.ParseSandboxSSN),
			ANumber:        parse.aNumber(r.ANumber),
			PassportNumber: parsed(parse, r.PassportNumber, selfcheck.ParseForeignPassportNumber),
			Country:        cris.NewPersonal(r.Country),
			I94Number:      parsed(parse, r.I94Number, selfcheck.ParseI94Number),
			CardNumber:     cris.NewPersonal(r.CardNumber),
			DocumentNumber: parsed(parse, r.DocumentNumber, selfcheck.ParseDocumentNumber),
			State:          cris.NewPersonal(r.State),
			ExpirationDate: cris.NewPersonal(r.ExpirationDate),
		},
		Submitted: r.Submitted, Case: r.Case, Result: r.Result, Choice: r.Choice,
		Closed: r.Closed, Closure: r.Closure,
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
