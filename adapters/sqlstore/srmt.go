package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
)

// ServiceRequests implements srmt.Store.
type ServiceRequests struct{ db *DB }

// ServiceRequests returns the port to the service requests.
func (db *DB) ServiceRequests() *ServiceRequests { return &ServiceRequests{db} }

var selectSteps = selectRows[stepRow](`srmt_steps`) + ` WHERE request_id = ? ORDER BY seq`

// Update implements srmt.Store. It returns the error of decide, a *srmt.HistoryError for
// steps that do not add up, one that matches cris.ErrConflict if the database gave up or the
// ID of an event is taken, or that of the context or the database.
func (s *ServiceRequests) Update(ctx context.Context, id string, decide func(history []srmt.Step) (srmt.Change, error)) error {
	return s.db.update(ctx, "srmt/"+id, func(t *tx) error { return t.updateServiceRequest(id, decide) })
}

func (t *tx) updateServiceRequest(id string, decide func(history []srmt.Step) (srmt.Change, error)) error {
	var rows []stepRow
	if err := t.read("read steps", &rows, selectSteps, id); err != nil {
		return err
	}
	history, err := stepsOf(rows)
	if err != nil {
		return err
	}
	change, err := decide(history)
	if err != nil {
		return err
	}
	if len(change.Append) > 0 {
		before, err := t.serviceRequest(id)
		if err != nil {
			return err
		}
		state, err := srmt.Extend(id, before, change)
		if err != nil {
			return err
		}
		if err := t.appendSteps(id, change.Append); err != nil {
			return err
		}
		if err := t.putServiceRequest(state); err != nil {
			return err
		}
	}
	return t.publish(change.Events)
}

// serviceRequest reads what the history of the request comes to.
func (t *tx) serviceRequest(id string) (srmt.ServiceRequest, error) {
	var rows []serviceRequestRow
	if err := t.read("read service request", &rows, selectServiceRequests+` WHERE id = ?`, id); err != nil || len(rows) == 0 {
		return srmt.ServiceRequest{}, err
	}
	return rows[0].serviceRequest()
}

// History implements srmt.Store.
func (s *ServiceRequests) History(ctx context.Context, id string) ([]srmt.Step, error) {
	var rows []stepRow
	if err := s.db.read(ctx, "read steps", &rows, selectSteps, id); err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, srmt.ErrNotFound
	}
	return stepsOf(rows)
}

// stepRow is a row of srmt_steps.
type stepRow struct {
	RequestID string `db:"request_id"`
	Seq       int    `db:"seq"`
	Kind      string `db:"kind"`
	At        int64  `db:"at"`
	By        string `db:"by_staff"`
	Why       string `db:"why"`
	Channel   string `db:"channel"`
	Receipt   string `db:"receipt"`
	Issue     string `db:"issue"`
	Filed     string `db:"filed"`
	Due       string `db:"due"`
	Office    string `db:"office"`
	Officer   string `db:"officer"`
	Direction string `db:"direction"`
	Means     string `db:"means"`
	Content   string `db:"content"`
}

func stepsOf(rows []stepRow) ([]srmt.Step, error) {
	steps := make([]srmt.Step, len(rows))
	for i, row := range rows {
		step, err := row.step()
		if err != nil {
			return nil, err
		}
		steps[i] = step
	}
	return steps, nil
}

func (r stepRow) step() (srmt.Step, error) {
	parse := parser{}
	step := srmt.Step{
		Seq: r.Seq, Kind: srmt.StepKind(r.Kind), At: fromMicros(r.At),
		By: srmt.StaffID(r.By), Why: srmt.TransferReason(r.Why),
		Office: casestatus.OfficeCode(r.Office), Officer: srmt.StaffID(r.Officer),
		Message: srmt.Message{
			Direction: srmt.Direction(r.Direction), Means: srmt.Means(r.Means), Text: cris.NewPersonal(r.Content),
		},
	}
	if step.Kind == srmt.StepReceived {
		step.Origin = srmt.Origin{
			RequestID: r.RequestID, Channel: erequest.Channel(r.Channel), Issue: erequest.Issue(r.Issue),
			Filed: parse.date(r.Filed), Due: parse.date(r.Due),
		}
		parse.text(&step.Origin.Receipt, r.Receipt)
	}
	if err := errors.Join(parse.faults...); err != nil {
		return srmt.Step{}, fmt.Errorf("sqlstore: step %d of service request %s: %w", r.Seq, r.RequestID, err)
	}
	return step, nil
}

func (t *tx) appendSteps(id string, steps []srmt.Step) error {
	for _, step := range steps {
		o, m := step.Origin, step.Message
		if err := t.insert("append step", `INSERT INTO srmt_steps (request_id, seq, kind, at, by_staff, why,
				channel, receipt, issue, filed, due, office, officer, direction, means, content)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			id, step.Seq, string(step.Kind), micros(step.At), string(step.By), string(step.Why),
			string(o.Channel), o.Receipt.String(), string(o.Issue), dateText(o.Filed), dateText(o.Due),
			string(step.Office), string(step.Officer),
			string(m.Direction), string(m.Means), m.Text.Reveal()); err != nil {
			return err
		}
	}
	return nil
}

// putServiceRequest saves what a history adds up to. Only what steps after the first
// can change is updated.
func (t *tx) putServiceRequest(r srmt.ServiceRequest) error {
	_, err := t.exec("put service request", `INSERT INTO srmt_requests
			(id, channel, receipt, issue, filed, due, office, officer, status, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET office = excluded.office, officer = excluded.officer,
			status = excluded.status, version = excluded.version`,
		r.ID, string(r.Channel), r.Receipt.String(), string(r.Issue), dateText(r.Filed), dateText(r.Due),
		string(r.Office), string(r.Officer), string(r.Status), r.Version)
	return err
}

// listBatch is how many requests List reads at a time.
const listBatch = 200

// List implements srmt.Store. Each batch is a statement of its own, so nothing is
// held while it yields.
func (s *ServiceRequests) List(ctx context.Context, query srmt.Query) iter.Seq2[srmt.ServiceRequest, error] {
	return func(yield func(srmt.ServiceRequest, error) bool) {
		page, left := query.Page, max(0, query.Page.Limit)
		for {
			page.Limit = listBatch
			if left > 0 {
				page.Limit = min(left, listBatch)
			}
			batch, err := s.batch(ctx, query, page)
			if err != nil {
				yield(srmt.ServiceRequest{}, err)
				return
			}
			for _, request := range batch {
				if !yield(request, nil) {
					return
				}
				page.After = request.Key()
			}
			if left -= len(batch); len(batch) < page.Limit || left == 0 {
				return
			}
		}
	}
}

var selectServiceRequests = selectRows[serviceRequestRow](`srmt_requests`)

// batch reads one page of the list.
func (s *ServiceRequests) batch(ctx context.Context, query srmt.Query, page srmt.Page) ([]srmt.ServiceRequest, error) {
	conditions := []string{`(filed, id) > (?, ?)`}
	args := []any{dateText(page.After.Filed), page.After.ID}
	restrict := func(condition, value string) {
		if value != "" {
			conditions, args = append(conditions, condition), append(args, value)
		}
	}
	restrict(`office = ?`, string(query.Office))
	restrict(`status = ?`, string(query.Status))
	restrict(`officer = ?`, string(query.Officer))
	// The status stands in the statement, so that the index of open requests serves it.
	restrict(`status <> 'closed' AND due < ?`, dateText(query.OverdueOn))
	var rows []serviceRequestRow
	if err := s.db.read(ctx, "list service requests", &rows,
		selectServiceRequests+` WHERE `+strings.Join(conditions, ` AND `)+` ORDER BY filed, id LIMIT ?`,
		append(args, page.Limit)...); err != nil {
		return nil, err
	}
	requests := make([]srmt.ServiceRequest, len(rows))
	for i, row := range rows {
		request, err := row.serviceRequest()
		if err != nil {
			return nil, err
		}
		requests[i] = request
	}
	return requests, nil
}

// serviceRequestRow is a row of srmt_requests.
type serviceRequestRow struct {
	ID      string `db:"id"`
	Channel string `db:"channel"`
	Receipt string `db:"receipt"`
	Issue   string `db:"issue"`
	Filed   string `db:"filed"`
	Due     string `db:"due"`
	Office  string `db:"office"`
	Officer string `db:"officer"`
	Status  string `db:"status"`
	Version int    `db:"version"`
}

func (r serviceRequestRow) serviceRequest() (srmt.ServiceRequest, error) {
	parse := parser{}
	request := srmt.ServiceRequest{
		ID: r.ID, Channel: erequest.Channel(r.Channel), Issue: erequest.Issue(r.Issue),
		Filed: parse.date(r.Filed), Due: parse.date(r.Due),
		Office: casestatus.OfficeCode(r.Office), Officer: srmt.StaffID(r.Officer),
		Status: srmt.Status(r.Status), Version: r.Version,
	}
	parse.text(&request.Receipt, r.Receipt)
	if err := errors.Join(parse.faults...); err != nil {
		return srmt.ServiceRequest{}, fmt.Errorf("sqlstore: service request %s: %w", r.ID, err)
	}
	return request, nil
}

// Staff implements srmt.Directory.
type Staff struct{ db *DB }

// Staff returns the port to the staff.
func (db *DB) Staff() *Staff { return &Staff{db} }

// staffRow is a row of srmt_staff.
type staffRow struct {
	ID     string `db:"id"`
	Role   string `db:"role"`
	Office string `db:"office"`
}

var selectStaff = selectRows[staffRow](`srmt_staff`)

// Staff implements srmt.Directory.
func (s *Staff) Staff(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
	var rows []staffRow
	if err := s.db.read(ctx, "read staff", &rows, selectStaff+` WHERE id = ?`, string(id)); err != nil {
		return srmt.Staff{}, err
	}
	if len(rows) == 0 {
		return srmt.Staff{}, srmt.ErrNotFound
	}
	return rows[0].staff(), nil
}

func (r staffRow) staff() srmt.Staff {
	return srmt.Staff{ID: srmt.StaffID(r.ID), Role: srmt.Role(r.Role), Office: casestatus.OfficeCode(r.Office)}
}

// SharesStore implements srmt.SharedDirectory: the service requests of the same database.
func (s *Staff) SharesStore(store srmt.Store) bool {
	requests, ok := store.(*ServiceRequests)
	return ok && requests.db == s.db
}

// UpdateWithStaff implements srmt.SharedDirectory, with the errors of
// [ServiceRequests.Update]. Who changes one of the rows of staff waits until it is over.
func (s *Staff) UpdateWithStaff(
	ctx context.Context, id string, ids []srmt.StaffID, decide func(history []srmt.Step, staff []srmt.Staff) (srmt.Change, error),
) error {
	return s.db.update(ctx, "srmt/"+id, func(t *tx) error {
		staff := make([]srmt.Staff, len(ids))
		for i, id := range ids {
			var rows []staffRow
			// SQLite's write lock is taken already.
			if err := t.read("read staff", &rows, selectStaff+` WHERE id = ?`+s.db.forShare(), string(id)); err != nil {
				return err
			}
			if len(rows) > 0 {
				staff[i] = rows[0].staff()
			}
		}
		return t.updateServiceRequest(id, func(history []srmt.Step) (srmt.Change, error) { return decide(history, staff) })
	})
}

// PutStaff enters members of staff in the directory, each in place of what was there
// under the same ID, all or none. Its error matches cris.ErrConflict if the database gave
// up; any other is that of the context or the database.
func (s *Staff) PutStaff(ctx context.Context, staff ...srmt.Staff) error {
	return s.db.update(ctx, "srmt/directory", func(t *tx) error {
		for _, member := range staff {
			if _, err := t.exec("put staff", `INSERT INTO srmt_staff (id, role, office) VALUES (?, ?, ?)
				ON CONFLICT (id) DO UPDATE SET role = excluded.role, office = excluded.office`,
				string(member.ID), string(member.Role), string(member.Office)); err != nil {
				return err
			}
		}
		return nil
	})
}
