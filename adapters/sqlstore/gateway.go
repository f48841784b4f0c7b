package sqlstore

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
)

// Calls is the port to the calls of a call center: a gateway.Calls.
type Calls struct{ db *DB }

// Calls returns the port to the calls of a call center.
func (db *DB) Calls() *Calls { return &Calls{db} }

// Update implements gateway.Calls: it saves what decide returns for the call, whole or not at all.
// It returns the error of decide as it is; a *gateway.HistoryError for steps that do not go on
// where the history stops; one that matches cris.ErrConflict if the database gave up; and
// otherwise that of the clock, of the context or of the database. Text that is not UTF-8 or has a
// NUL in it is refused.
func (s *Calls) Update(ctx context.Context, id string, decide func(prior []gateway.Step) (gateway.Change, error)) error {
	return s.db.update(ctx, "gateway/"+id, func(tx *tx) error {
		row, _, err := callTable.get(tx, id)
		if err != nil {
			return err
		}
		prior, err := stepsOfCall(tx, id)
		if err != nil {
			return err
		}
		change, err := decide(prior)
		if err != nil {
			return err
		}
		after, err := gateway.Extend(id, row.summary(), change)
		if err != nil || len(change.Append) == 0 {
			return err
		}
		if err := callTable.upsert(tx, rowOfCall(after)); err != nil {
			return err
		}
		return appendToCall(tx, id, change.Append)
	})
}

func appendToCall(tx *tx, id string, steps []gateway.Step) error {
	rows := make([]callStepRow, len(steps))
	var said []saidRow
	for i, step := range steps {
		rows[i] = rowOfCallStep(id, step)
		if step.Kind == gateway.StepSaid {
			said = append(said, rowOfSaid(id, step))
		}
	}
	if err := callStepTable.insert(tx, rows...); err != nil {
		return err
	}
	return saidTable.insert(tx, said...)
}

// History implements gateway.Calls: it returns the steps of the call, or an error that matches
// gateway.ErrNotFound. Any other error is that of the context or of the database.
func (s *Calls) History(ctx context.Context, id string) ([]gateway.Step, error) {
	if !text.IsStorable(id) {
		return nil, cmp.Or(ctx.Err(), notFound("call"))
	}
	steps, err := stepsOfCall(s.db.on(ctx), id)
	if err == nil && len(steps) == 0 {
		err = notFound("call")
	}
	return steps, err
}

// stepsOfCall reads the steps, and then what was said with them: nothing of either ever changes, so
// what was said with a step is there.
func stepsOfCall(s *session, id string) ([]gateway.Step, error) {
	rows, err := callStepTable.find(s, `WHERE call_id = ? ORDER BY seq`, id)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	steps := make([]gateway.Step, len(rows))
	for i, row := range rows {
		steps[i] = row.step()
	}
	if !slices.ContainsFunc(steps, func(s gateway.Step) bool { return s.Kind == gateway.StepSaid }) {
		return steps, nil
	}
	said, err := saidTable.find(s, `WHERE call_id = ? AND seq <= ?`, id, len(rows))
	if err != nil {
		return nil, err
	}
	parse := parser{}
	for _, row := range said {
		steps[row.Seq-1].Said = row.said(&parse)
	}
	return whole(steps, &parse, "call")
}

// List implements gateway.Calls: it yields the calls that match the query, in the order of their
// Key, a few hundred at a time, and holds neither a connection nor a lock while it yields. Each
// batch is a range of one index. Its error is that of the context or of the database.
func (s *Calls) List(ctx context.Context, query gateway.CallQuery) iter.Seq2[gateway.Summary, error] {
	return paged(ctx, query.Page,
		func(after gateway.CallKey, limit int) ([]callRow, error) {
			if !text.IsStorable(string(query.By)) {
				return nil, ctx.Err() // there are none
			}
			var where conditions
			index := "cris_gateway_calls_by_time"
			if query.By != "" {
				where.and("by_staff = ?", query.By)
				index = "cris_gateway_calls_by_staff"
			}
			if !query.From.IsZero() {
				where.and("started >= ?", query.From)
			}
			if !query.Before.IsZero() {
				where.and("started < ?", query.Before)
			}
			where.and("(started, id) > (?, ?)", after.Started, after.ID)
			return callTable.find(s.db.on(ctx), s.db.byIndex(index)+"WHERE "+strings.Join(where.sql, " AND ")+" ORDER BY started, id LIMIT ?", append(where.args, limit)...)
		},
		func(row callRow) (gateway.Summary, gateway.CallKey, error) {
			call := row.summary()
			return call, call.Key(), nil
		})
}

// callRow is a row of gateway_calls. What the first step says is written once.
type callRow struct {
	ID        string           `db:"id,key"`
	By        srmt.StaffID     `db:"by_staff,once"`
	Script    gateway.ScriptID `db:"script,once"`
	Edition   cris.Date        `db:"edition,once"`
	Started   time.Time        `db:"started,once" retention:"starts"`
	Ended     time.Time        `db:"ended"`
	RequestID string           `db:"request_id"`
	Version   int              `db:"version"`
}

var callTable = newTable[callRow]("cris_gateway_calls")

func rowOfCall(s gateway.Summary) callRow { return callRow(s) }

func (r callRow) summary() gateway.Summary { return gateway.Summary(r) }

// callStepRow is a row of gateway_steps.
type callStepRow struct {
	CallID    string                 `db:"call_id,key" retention:"as cris_gateway_calls"`
	Seq       int                    `db:"seq,key"`
	Kind      gateway.StepKind       `db:"kind"`
	At        time.Time              `db:"at"`
	By        srmt.StaffID           `db:"by_staff"`
	Script    gateway.ScriptID       `db:"script"`
	Edition   cris.Date              `db:"edition"`
	Language  cris.Language          `db:"language"`
	Statement string                 `db:"statement"`
	Node      gateway.NodeID         `db:"node"`
	Block     int                    `db:"block"`
	Choice    gateway.ChoiceID       `db:"choice"`
	Filing    erequest.FilingOutcome `db:"filing"`
	RequestID string                 `db:"request_id"`
}

var callStepTable = newTable[callStepRow]("cris_gateway_steps")

func rowOfCallStep(id string, s gateway.Step) callStepRow {
	return callStepRow{
		CallID: id, Seq: s.Seq, Kind: s.Kind, At: s.At, By: s.By, Script: s.Script, Edition: s.Edition, Language: s.Language,
		Statement: s.Statement, Node: s.Node, Block: s.Block, Choice: s.Choice, Filing: s.Filing, RequestID: s.RequestID,
	}
}

// step reads the row back, without what was said.
func (r callStepRow) step() gateway.Step {
	return gateway.Step{
		Seq: r.Seq, Kind: r.Kind, At: r.At, By: r.By, Script: r.Script, Edition: r.Edition, Language: r.Language,
		Statement: r.Statement, Node: r.Node, Block: r.Block, Choice: r.Choice, Filing: r.Filing, RequestID: r.RequestID,
	}
}

// saidRow is a row of gateway_said.
type saidRow struct {
	CallID     string                   `db:"call_id,key" retention:"as cris_gateway_calls"`
	Seq        int                      `db:"seq,key"`
	Receipt    casestatus.ReceiptNumber `db:"receipt"`
	Form       casestatus.FormNumber    `db:"form"`
	FormType   casestatus.FormType      `db:"form_type"`
	DateFiled  cris.Date                `db:"date_filed"`
	MailingZIP cris.ZIP                 `db:"mailing_zip" personal:"address"`
	Details    detailsColumns
	Sealed     sealedColumn `db:"sealed"`
}

var saidTable = newTable[saidRow]("cris_gateway_said")

func rowOfSaid(id string, s gateway.Step) saidRow {
	screening := s.Said.Screening
	return saidRow{
		CallID: id, Seq: s.Seq,
		Receipt: screening.Receipt, Form: screening.Form, FormType: screening.FormType,
		DateFiled: screening.DateFiled, MailingZIP: screening.MailingZIP.Reveal(),
		Details: columnsOfDetails(s.Said.Details),
	}
}

func (r saidRow) said(parse *parser) gateway.Said {
	return gateway.Said{
		Screening: erequest.Screening{
			Receipt: r.Receipt, Form: r.Form, FormType: r.FormType, DateFiled: r.DateFiled, MailingZIP: cris.NewPersonal(r.MailingZIP),
		},
		Details: r.Details.details(parse),
	}
}
