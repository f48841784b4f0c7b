package sqlstore

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/srmt"
)

// ServiceRequests is the port to the service requests and to the staff who work on them: an
// srmt.Store.
type ServiceRequests struct{ db *DB }

// ServiceRequests returns the port to the service requests and their staff.
func (db *DB) ServiceRequests() *ServiceRequests { return &ServiceRequests{db} }

// Update implements srmt.Store: it saves what decide returns for the request, whole or not
// at all. Whoever wants to change a member of staff that decide was given waits until then.
//
// It returns the error of decide as it is; a *srmt.HistoryError for steps that do not follow
// the state of the request; one that matches cris.ErrConflict if the ID of an event is taken,
// or if the database gave up; and otherwise that of the clock, of the context or of the
// database. Text that is not UTF-8 or has a NUL in it is refused.
func (s *ServiceRequests) Update(
	ctx context.Context, id string, staff []srmt.StaffID, decide func(prior srmt.Prior) (srmt.Change, error),
) error {
	return s.db.update(ctx, "srmt/"+id, func(tx *tx) error {
		row, _, err := serviceRequestTable.get(tx, id)
		if err != nil {
			return err
		}
		before := row.request()
		prior := srmt.Prior{Request: before}
		if prior.Staff, err = staffHeld(tx, staff); err != nil {
			return err
		}
		change, err := decide(prior)
		if err != nil {
			return err
		}
		after, err := srmt.Extend(id, before, change)
		if err != nil {
			return err
		}
		if len(change.Append) > 0 {
			if err := stepTable.insert(tx, rowsOfSteps(id, change.Append)...); err != nil {
				return err
			}
			if err := serviceRequestTable.upsert(tx, serviceRequestRow(after)); err != nil {
				return err
			}
		}
		return tx.publish(change.Events)
	})
}

// staffHeld returns the members of staff with these IDs, and keeps others from changing them
// until the transaction ends. SQLite has one writer at a time, who is this one. Rows are
// locked in their order, so that two transactions do not wait for each other.
func staffHeld(tx *tx, ids []srmt.StaffID) ([]srmt.Staff, error) {
	held := make([]srmt.Staff, len(ids))
	var args []any
	for _, id := range ids {
		if id != "" && text.IsStorable(string(id)) { // nobody else is on file
			args = append(args, id)
		}
	}
	if len(args) == 0 {
		return held, nil
	}
	rows, err := staffTable.find(tx, `WHERE id IN `+tuples(1, len(args))+` ORDER BY id`+tx.db.forShare(), args...)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		if at := slices.IndexFunc(rows, func(row staffRow) bool { return row.ID == id }); at >= 0 {
			held[i] = srmt.Staff(rows[at])
		}
	}
	return held, nil
}

// History implements srmt.Store: it returns the steps of the request, or an error that
// matches srmt.ErrNotFound. Any other error is that of the context or of the database.
func (s *ServiceRequests) History(ctx context.Context, id string) ([]srmt.Step, error) {
	if !text.IsStorable(id) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return nil, notFound("service request")
	}
	rows, err := stepTable.find(s.db.on(ctx), `WHERE request_id = ? ORDER BY seq`, id)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, notFound("service request")
	}
	history := make([]srmt.Step, len(rows))
	for i, row := range rows {
		history[i] = row.step()
	}
	return history, nil
}

// stepRow is a row of srmt_steps.
type stepRow struct {
	RequestID        string                   `db:"request_id,key" retention:"as srmt_requests"`
	Seq              int                      `db:"seq,key"`
	Kind             srmt.StepKind            `db:"kind"`
	At               time.Time                `db:"at"`
	By               srmt.StaffID             `db:"by_staff"`
	Why              srmt.TransferReason      `db:"why"`
	Channel          erequest.Channel         `db:"channel"`
	Receipt          casestatus.ReceiptNumber `db:"receipt"`
	Issue            erequest.Issue           `db:"issue"`
	Filed            cris.Date                `db:"filed"`
	Due              cris.Date                `db:"due"`
	Office           casestatus.OfficeCode    `db:"office"`
	Officer          srmt.StaffID             `db:"officer"`
	Direction        srmt.Direction           `db:"direction"`
	Means            erequest.Means           `db:"means"`
	ToRepresentative erequest.Means           `db:"means_to_representative"`
	Content          string                   `db:"content" personal:"content"`
}

var stepTable = newTable[stepRow]("srmt_steps")

func rowsOfSteps(id string, steps []srmt.Step) []stepRow {
	rows := make([]stepRow, len(steps))
	for i, step := range steps {
		o, m := step.Origin, step.Message
		rows[i] = stepRow{
			RequestID: id, Seq: step.Seq, Kind: step.Kind, At: step.At, By: step.By, Why: step.Why,
			Channel: o.Channel, Receipt: o.Receipt, Issue: o.Issue, Filed: o.Filed, Due: o.Due,
			Office: step.Office, Officer: step.Officer,
			Direction: m.Direction, Means: m.Means, ToRepresentative: m.ToRepresentative, Content: m.Text.Reveal(),
		}
	}
	return rows
}

func (r stepRow) step() srmt.Step {
	step := srmt.Step{
		Seq: r.Seq, Kind: r.Kind, At: r.At, By: r.By, Why: r.Why, Office: r.Office, Officer: r.Officer,
		Message: srmt.Message{Direction: r.Direction, Means: r.Means, ToRepresentative: r.ToRepresentative, Text: cris.NewPersonal(r.Content)},
	}
	if step.Kind == srmt.StepReceived {
		step.Origin = srmt.Origin{
			RequestID: r.RequestID, Channel: r.Channel, Receipt: r.Receipt, Issue: r.Issue, Filed: r.Filed, Due: r.Due,
		}
	}
	return step
}

// serviceRequestRow is a row of srmt_requests. What the first step says is written once.
type serviceRequestRow struct {
	ID      string                   `db:"id,key"`
	Channel erequest.Channel         `db:"channel,once"`
	Receipt casestatus.ReceiptNumber `db:"receipt,once"`
	Issue   erequest.Issue           `db:"issue,once"`
	Filed   cris.Date                `db:"filed,once" retention:"starts"`
	Due     cris.Date                `db:"due,once"`
	Office  casestatus.OfficeCode    `db:"office"`
	Officer srmt.StaffID             `db:"officer"`
	Status  srmt.Status              `db:"status"`
	Trail   srmt.Trail               `db:"trail"`
	Returns int                      `db:"returns"`
	Version int                      `db:"version"`
}

var serviceRequestTable = newTable[serviceRequestRow]("srmt_requests")

func (r serviceRequestRow) request() srmt.ServiceRequest { return srmt.ServiceRequest(r) }

// List implements srmt.Store: it yields the requests that match the query, in the order of
// their Key, a few hundred at a time, and holds neither a connection nor a lock while it
// yields. Each batch is read from one index, or from one range of it for each status, so that
// it costs what it yields, however many requests are on file. Its error is that of the
// context or of the database.
func (s *ServiceRequests) List(ctx context.Context, query srmt.Query) iter.Seq2[srmt.ServiceRequest, error] {
	return paged(ctx, query.Page,
		func(after srmt.Key, limit int) ([]serviceRequestRow, error) {
			statement, args := serviceRequestList(s.db, query, after, limit)
			if statement == "" {
				return nil, ctx.Err()
			}
			return read[serviceRequestRow](s.db.on(ctx), "list service requests", statement, args...)
		},
		func(row serviceRequestRow) (srmt.ServiceRequest, srmt.Key, error) {
			request := row.request()
			return request, request.Key(), nil
		})
}

// serviceRequestList returns the statement that reads one batch of the list, "" for a list
// to which nothing can belong. A list of several statuses is merged from one list for each,
// because the order of an index holds within one status alone.
func serviceRequestList(db *DB, query srmt.Query, after srmt.Key, limit int) (statement string, args []any) {
	if !text.IsStorable(string(query.Office)) || !text.IsStorable(string(query.Officer)) {
		return "", nil
	}
	var where conditions
	index, value := "srmt_requests_by", db.hidden()
	if query.Office != "" {
		where.and("office = "+value, query.Office)
		index += "_office"
	}
	if query.Officer != "" {
		where.and("officer = "+value, query.Officer)
		index += "_officer"
	}
	if !query.OverdueOn.IsZero() {
		where.and("due < "+value, query.OverdueOn)
	}
	where.and("(due, filed, id) > ("+value+", "+value+", "+value+")", after.Due, after.Filed, after.ID)
	selects := serviceRequestTable.selects + db.byIndex(index+"_status")
	// What is the same in most calls stands in the statement, so that the database sees which
	// range it is to read, and how little of it, and keeps its plan.
	inOrder := ` ORDER BY due, filed, id LIMIT ` + strconv.Itoa(limit)
	var lists []string
	for _, status := range srmt.Statuses() {
		isWanted := query.Status == "" || query.Status == status
		if !isWanted || status == srmt.Closed && !query.OverdueOn.IsZero() { // SR-9: what is closed is not overdue
			continue
		}
		lists = append(lists, selects+`WHERE status = '`+string(status)+`' AND `+strings.Join(where.sql, ` AND `)+inOrder)
		args = append(args, where.args...)
	}
	if len(lists) < 2 {
		return strings.Join(lists, ""), args
	}
	from := strings.TrimSuffix(serviceRequestTable.selects, serviceRequestTable.name+" ") + "("
	return from + strings.Join(lists, `) AS list UNION ALL `+from) + `) AS list` + inOrder, args
}

// Staff implements srmt.Store: it returns the member of staff, or an error that matches
// srmt.ErrNotFound. Any other error is that of the context or of the database.
func (s *ServiceRequests) Staff(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
	row, found, err := staffTable.get(s.db.on(ctx), id)
	if err != nil {
		return srmt.Staff{}, err
	}
	if !found {
		return srmt.Staff{}, notFound("member of staff")
	}
	return srmt.Staff(row), nil
}

// UpdateStaff implements srmt.Store: it saves what decide returns for the member of staff,
// once no Update of a request that was given this member is under way. It returns the error
// of decide as it is; an error for a member with another ID or none; one that matches
// cris.ErrConflict if the database gave up; and otherwise that of the clock, of the context
// or of the database.
func (s *ServiceRequests) UpdateStaff(ctx context.Context, id srmt.StaffID, decide func(prior srmt.Staff) (srmt.Staff, error)) error {
	return s.db.update(ctx, "srmt-staff/"+string(id), func(tx *tx) error {
		row, _, err := staffTable.get(tx, id)
		if err != nil {
			return err
		}
		member, err := decide(srmt.Staff(row))
		if err != nil {
			return err
		}
		if member.ID != id || id == "" {
			return errors.New("sqlstore: member of staff with another identifier")
		}
		return staffTable.upsert(tx, staffRow(member))
	})
}

// staffRow is a row of srmt_staff.
type staffRow struct {
	ID     srmt.StaffID          `db:"id,key"`
	Role   srmt.Role             `db:"role"`
	Office casestatus.OfficeCode `db:"office"`
}

var staffTable = newTable[staffRow]("srmt_staff")
