package sqlstore

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/selfcheck"
)

// SelfChecks is the port to the transactions of E-Verify Self Check: a selfcheck.Store and a
// selfcheck.Archive.
type SelfChecks struct{ db *DB }

// SelfChecks returns the port to the transactions of E-Verify Self Check.
func (db *DB) SelfChecks() *SelfChecks { return &SelfChecks{db} }

// selfCheckScope is the scope of a transaction.
func selfCheckScope(transaction selfcheck.TransactionID) string {
	return "selfcheck/" + string(transaction)
}

// Update implements selfcheck.Store: it loads the record of the transaction and saves what
// decide returns, whole or not at all. It returns the error of decide as it is; one that
// matches selfcheck.ErrConflict if the outcome of the proofing is on record already, if the
// ID of an event is taken, or if the database gave up; one that matches selfcheck.ErrTaken if
// a number is on record of another transaction; an error for what is of another transaction,
// and for a query without its pass; and otherwise that of the context or of the database.
// Text that is not UTF-8 or has a NUL in it is refused.
func (s *SelfChecks) Update(ctx context.Context, transaction selfcheck.TransactionID, decide func(prior selfcheck.Record) (selfcheck.Change, error)) error {
	return s.db.update(ctx, selfCheckScope(transaction), func(tx *tx) error {
		prior, err := selfCheckOf(tx, transaction)
		if err != nil {
			return err
		}
		change, err := decide(prior)
		if err != nil {
			return err
		}
		after, err := change.Apply(transaction, prior)
		if err != nil {
			return fmt.Errorf("sqlstore: %w", err)
		}
		if err := saveSelfCheck(tx, transaction, prior, after); err != nil {
			return err
		}
		return tx.publish(change.Events)
	})
}

// saveSelfCheck saves one record of a transaction in place of another.
func saveSelfCheck(tx *tx, transaction selfcheck.TransactionID, prior, after selfcheck.Record) error {
	if err := saveProofing(tx, transaction, prior, after); err != nil {
		return err
	}
	if err := saveSelfCheckQuery(tx, transaction, prior.Query, after.Query); err != nil {
		return err
	}
	if keys := after.Keys(); !slices.Equal(keys, prior.Keys()) {
		if err := saveSelfCheckKeys(tx, transaction, keys); err != nil {
			return err
		}
	}
	waited, _ := prior.Unfinished()
	waits, isUnfinished := after.Unfinished()
	switch {
	case waits == waited:
		return nil
	case isUnfinished:
		waits.Transaction = transaction
		return unfinishedTable.upsert(tx, unfinishedRow(waits))
	}
	_, err := unfinishedTable.remove(tx, unfinishedTable.byKey, transaction)
	return err
}

// saveProofing saves what differs in the proofing of a transaction.
func saveProofing(tx *tx, transaction selfcheck.TransactionID, prior, after selfcheck.Record) error {
	if after.Begun != prior.Begun {
		err := begunProofingTable.replace(tx, after.Begun == selfcheck.BegunProofing{}, begunProofingRow(after.Begun), transaction)
		if err != nil {
			return err
		}
	}
	if after.Failure != prior.Failure {
		if err := proofingFailureTable.insert(tx, proofingFailureRow(after.Failure)); err != nil {
			return err
		}
	}
	if after.Pass == prior.Pass {
		return nil
	}
	if after.Pass == (selfcheck.PassedProofing{}) {
		return passedProofingTable.replace(tx, true, passedProofingRow{}, transaction)
	}
	inserted, err := passedProofingTable.insertNew(tx, rowOfPassedProofing(after.Pass))
	if err == nil && inserted == 0 { // the transaction has none, so the number is another's
		err = fmt.Errorf("sqlstore: number of a passed proofing: %w", selfcheck.ErrTaken)
	}
	return err
}

// saveSelfCheckQuery saves the query if it differs from what is on record.
func saveSelfCheckQuery(tx *tx, transaction selfcheck.TransactionID, prior, after selfcheck.QueryRecord) error {
	if after == prior {
		return nil
	}
	if after.Case != "" && after.Case != prior.Case {
		others, err := read[selfcheck.TransactionID](tx, "read cris_selfcheck_queries",
			`SELECT transaction_id FROM cris_selfcheck_queries WHERE case_number = ? AND case_number <> '' AND transaction_id <> ?`, after.Case, transaction)
		if err != nil {
			return err
		}
		if len(others) > 0 {
			return errCaseTaken
		}
	}
	err := selfCheckQueryTable.replace(tx, after == selfcheck.QueryRecord{}, rowOfSelfCheckQuery(transaction, after), transaction)
	if isDuplicate(err) { // another was faster
		return errCaseTaken
	}
	return err
}

var errCaseTaken = fmt.Errorf("sqlstore: number of a case: %w", selfcheck.ErrTaken)

// saveSelfCheckKeys saves the keys in place of all that are on record.
func saveSelfCheckKeys(tx *tx, transaction selfcheck.TransactionID, keys []selfcheck.Key) error {
	if _, err := selfCheckKeyTable.remove(tx, `WHERE transaction_id = ?`, transaction); err != nil {
		return err
	}
	rows := make([]selfCheckKeyRow, len(keys))
	for i, key := range keys {
		value, err := tx.entryOf(selfCheckKeyColumn(key.Kind), key.Value.Reveal())
		if err != nil {
			return err
		}
		rows[i] = selfCheckKeyRow{transaction, key.Kind, value}
	}
	_, err := selfCheckKeyTable.insertNew(tx, rows...) // two of them may be the same
	return err
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

// Unfinished implements selfcheck.Store: it yields what the transactions wait for, by their
// bytes. It reads a few hundred at a time, and holds neither a connection nor a lock while it
// yields. Its errors are those of the context and of the database.
func (s *SelfChecks) Unfinished(ctx context.Context, page cris.Page[selfcheck.TransactionID]) iter.Seq2[selfcheck.Unfinished, error] {
	return paged(ctx, page, func(after selfcheck.TransactionID, limit int) ([]unfinishedRow, error) {
		return unfinishedTable.find(s.db.on(ctx), `WHERE transaction_id > ? ORDER BY transaction_id LIMIT ?`, after, limit)
	}, func(row unfinishedRow) (selfcheck.Unfinished, selfcheck.TransactionID, error) {
		return selfcheck.Unfinished(row), row.Transaction, nil
	})
}

// unfinishedRow is a row of selfcheck_unfinished: a selfcheck.Unfinished as it is.
type unfinishedRow struct {
	Transaction selfcheck.TransactionID `db:"transaction_id,key"`
	Step        selfcheck.Step          `db:"step"`
	Since       time.Time               `db:"since"`
	Case        selfcheck.CaseNumber    `db:"case_number"`
	Stage       selfcheck.Stage         `db:"stage"`
}

var unfinishedTable = newTable[unfinishedRow]("cris_selfcheck_unfinished")

// selfCheckKeyColumn is the column of the blind index that keys of the kind make.
func selfCheckKeyColumn(kind selfcheck.KeyKind) string { return "cris_selfcheck_keys." + string(kind) }

// selfCheckKeyRow is a row of selfcheck_keys: an entry of a blind index in a sealed store.
type selfCheckKeyRow struct {
	Transaction selfcheck.TransactionID `db:"transaction_id,key" retention:"as cris_selfcheck_queries"`
	Kind        selfcheck.KeyKind       `db:"kind,key"`
	Value       string                  `db:"value,key" personal:"content"`
}

var selfCheckKeyTable = newTable[selfCheckKeyRow]("cris_selfcheck_keys")

// selfCheckRow is all that is on record of a transaction.
type selfCheckRow struct {
	HasBegun, HasFailure, HasPass, HasQuery bool

	Begun   begunProofingRow
	Failure proofingFailureRow
	Pass    passedProofingRow
	Query   selfCheckQueryRow
}

// selectSelfCheck reads a selfCheckRow: all of it as of one moment. Each part is there or not.
var selectSelfCheck = func() string {
	var columns, joins []string
	for _, name := range []string{begunProofingTable.name, proofingFailureTable.name, passedProofingTable.name, selfCheckQueryTable.name} {
		columns = append(columns, "CASE WHEN "+name+".transaction_id IS NULL THEN 0 ELSE 1 END")
		joins = append(joins, " LEFT JOIN "+name+" ON "+name+".transaction_id = ?")
	}
	columns = slices.Concat(columns,
		begunProofingTable.readOrNothing(begunProofingTable.name), proofingFailureTable.readOrNothing(proofingFailureTable.name),
		passedProofingTable.readOrNothing(passedProofingTable.name), selfCheckQueryTable.readOrNothing(selfCheckQueryTable.name))
	return "SELECT " + strings.Join(columns, ", ") + " FROM (SELECT 1 AS one) AS asked" + strings.Join(joins, "")
}()

// selfCheckOf reads the record of a transaction, the zero Record if there is none.
func selfCheckOf(s *session, transaction selfcheck.TransactionID) (selfcheck.Record, error) {
	if !text.IsStorable(string(transaction)) {
		return selfcheck.Record{}, s.ctx.Err() // what cannot be stored is not there
	}
	rows, err := read[selfCheckRow](s, "read self check", selectSelfCheck, transaction, transaction, transaction, transaction)
	if err != nil || len(rows) == 0 {
		return selfcheck.Record{}, err
	}
	row := rows[0]
	var record selfcheck.Record
	parse := parser{}
	if row.HasBegun {
		record.Begun = selfcheck.BegunProofing(row.Begun)
	}
	if row.HasFailure {
		record.Failure = selfcheck.Failure(row.Failure)
	}
	if row.HasPass {
		record.Pass = row.Pass.pass(&parse)
	}
	if row.HasQuery {
		record.Query = row.Query.query(&parse)
		record.Query.Query.Identity = record.Pass.Identity()
	}
	return whole(record, &parse, "self check "+string(transaction))
}

// begunProofingRow is a row of selfcheck_begun: a selfcheck.BegunProofing as it is.
type begunProofingRow struct {
	Transaction    selfcheck.TransactionID    `db:"transaction_id,key"`
	Begun          time.Time                  `db:"begun_at"`
	Asked          time.Time                  `db:"asked_at"`
	IdPTransaction selfcheck.IdPTransactionID `db:"idp_transaction"`
	Quizzes        int                        `db:"quizzes"`
	Sealed         string                     `db:"sealed"`
}

var begunProofingTable = newTable[begunProofingRow]("cris_selfcheck_begun")

// proofingFailureRow is a row of selfcheck_failures: a selfcheck.Failure as it is.
type proofingFailureRow struct {
	Transaction    selfcheck.TransactionID    `db:"transaction_id,key"`
	IdPTransaction selfcheck.IdPTransactionID `db:"idp_transaction"`
	Reason         selfcheck.FailureReason    `db:"reason"`
	At             time.Time                  `db:"at" retention:"starts"`
	ErrorCode      selfcheck.ErrorCode        `db:"error_code"`
}

var proofingFailureTable = newTable[proofingFailureRow]("cris_selfcheck_failures")

// passedProofingRow is a row of selfcheck_passes.
type passedProofingRow struct {
	Transaction    selfcheck.TransactionID    `db:"transaction_id,key"`
	IdPTransaction selfcheck.IdPTransactionID `db:"idp_transaction"`
	At             time.Time                  `db:"at" retention:"starts"`
	Statement      string                     `db:"statement"`
	Name           nameColumns
	BirthDate      cris.Date    `db:"birth_date" personal:"birth"`
	SSN            string       `db:"ssn" personal:"number"`
	Sealed         sealedColumn `db:"sealed"`
}

var passedProofingTable = newTable[passedProofingRow]("cris_selfcheck_passes")

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
	VisaNumber     string                      `db:"visa_number" personal:"number"`
	SEVISNumber    string                      `db:"sevis_number" personal:"number"`
	CardNumber     casestatus.ReceiptNumber    `db:"card_number" personal:"number"`
	DocumentNumber string                      `db:"document_number" personal:"number"`
	State          selfcheck.StateCode         `db:"state" personal:"address"`
	ExpirationDate cris.Date                   `db:"expiration_date" personal:"content"`
	Handle         selfcheck.Handle            `db:"handle" personal:"content"`
	Submitted      time.Time                   `db:"submitted_at" retention:"starts"`
	Claimed        time.Time                   `db:"claimed_until"`
	Case           selfcheck.CaseNumber        `db:"case_number"`
	SettledBy      string                      `db:"settled_by"`
	Stage          selfcheck.Stage             `db:"stage"`
	Findings       findingColumns
	Result         selfcheck.Result        `db:"result"`
	Choice         selfcheck.Choice        `db:"choice"`
	Chosen         time.Time               `db:"chosen_at"`
	IsClosed       bool                    `db:"is_closed"` // what a purge goes by
	Closed         time.Time               `db:"closed_at"`
	Closure        selfcheck.ClosureReason `db:"closure"`
	Sealed         sealedColumn            `db:"sealed"`
}

var selfCheckQueryTable = newTable[selfCheckQueryRow]("cris_selfcheck_queries")

// findingColumns are the columns of what E-Verify found.
type findingColumns struct {
	SSA   bool `db:"finding_ssa"`
	DHS   bool `db:"finding_dhs"`
	State bool `db:"finding_state"`
}

// rowOfSelfCheckQuery leaves the identity out: it is that of the passed proofing.
func rowOfSelfCheckQuery(transaction selfcheck.TransactionID, r selfcheck.QueryRecord) selfCheckQueryRow {
	q := r.Query
	return selfCheckQueryRow{
		Transaction: transaction, Status: q.Status, ListA: q.ListA, ListB: q.ListB, ListC: q.ListC,
		SSN: q.SSN.Reveal(), ANumber: q.ANumber.Reveal(), PassportNumber: q.PassportNumber.Reveal(),
		Country: q.Country.Reveal(), I94Number: q.I94Number.Reveal(), VisaNumber: q.VisaNumber.Reveal(),
		SEVISNumber: q.SEVISNumber.Reveal(), CardNumber: q.CardNumber.Reveal(),
		DocumentNumber: q.DocumentNumber.Reveal(), State: q.State.Reveal(), ExpirationDate: q.ExpirationDate.Reveal(),
		Handle: r.Handle, Submitted: r.Submitted, Claimed: r.Claimed, Case: r.Case, SettledBy: r.SettledBy,
		Stage: r.Stage, Findings: findingColumns(r.Findings), Result: r.Result, Choice: r.Choice, Chosen: r.Chosen,
		IsClosed: !r.Closed.IsZero(), Closed: r.Closed, Closure: r.Closure,
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
			VisaNumber:     parsed(parse, r.VisaNumber, selfcheck.ParseVisaNumber),
			SEVISNumber:    parsed(parse, r.SEVISNumber, selfcheck.ParseSEVISNumber),
			CardNumber:     cris.NewPersonal(r.CardNumber),
			DocumentNumber: parsed(parse, r.DocumentNumber, selfcheck.ParseDocumentNumber),
			State:          cris.NewPersonal(r.State),
			ExpirationDate: cris.NewPersonal(r.ExpirationDate),
		},
		Handle: r.Handle, Submitted: r.Submitted, Claimed: r.Claimed, Case: r.Case, SettledBy: r.SettledBy,
		Stage: r.Stage, Findings: selfcheck.Findings(r.Findings), Result: r.Result, Choice: r.Choice, Chosen: r.Chosen,
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
