package sqlstore

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/letter"
)

// ServiceRequests is the port to the service requests and to the staff who work on them: an
// srmt.Store.
type ServiceRequests struct{ db *DB }

// ServiceRequests returns the port to the service requests and their staff.
func (db *DB) ServiceRequests() *ServiceRequests { return &ServiceRequests{db} }

// Update implements srmt.Store: it saves what decide returns, whole or not at all. It locks the
// scopes of all requests and members in one order, so that two Updates cannot deadlock.
//
// It returns the error of decide as it is; a *srmt.HistoryError for steps that do not follow
// the state of their request; one for what is outside the scope; one that matches
// cris.ErrConflict if the ID of an event is taken, or if the database gave up; and otherwise
// that of the clock, of the context or of the database. Text that is not UTF-8 or has a NUL in
// it is refused.
func (s *ServiceRequests) Update(ctx context.Context, scope srmt.Scope, decide func(prior srmt.Prior) (srmt.Change, error)) error {
	return s.db.transaction(ctx, func(tx *tx) error {
		if err := tx.lock(scopesOf(scope)...); err != nil {
			return err
		}
		prior, err := priorOf(tx, scope)
		if err != nil {
			return err
		}
		before := slices.Clone(prior.Requests)
		change, err := decide(prior)
		if err != nil {
			return err
		}
		after, err := scope.Apply(before, change)
		if err != nil {
			return err
		}
		if err := saveSteps(tx, change.Steps, after); err != nil {
			return err
		}
		if err := saveStaff(tx, change.Staff); err != nil {
			return err
		}
		return tx.publish(change.Events)
	})
}

// scopesOf returns the names of what an Update locks. Nobody is no member of staff: acts that
// concern nobody else but their author do not wait for each other.
func scopesOf(scope srmt.Scope) []string {
	var names []string
	for _, id := range scope.Requests {
		names = append(names, "srmt/"+id)
	}
	for _, id := range scope.Staff {
		if id != "" {
			names = append(names, "srmt-staff/"+string(id))
		}
	}
	return names
}

// priorOf reads what is on file of the scope.
func priorOf(tx *tx, scope srmt.Scope) (prior srmt.Prior, err error) {
	requests, err := byKeys(tx, serviceRequestTable, scope.Requests, func(row serviceRequestRow) string { return row.ID })
	if err != nil {
		return srmt.Prior{}, err
	}
	for _, row := range requests {
		prior.Requests = append(prior.Requests, row.request())
	}
	staff, err := byKeys(tx, staffTable, scope.Staff, func(row staffRow) srmt.StaffID { return row.ID })
	if err != nil {
		return srmt.Prior{}, err
	}
	for _, row := range staff {
		member, err := row.staff()
		if err != nil {
			return srmt.Prior{}, err
		}
		prior.Staff = append(prior.Staff, member)
	}
	if scope.Loads {
		prior.Loads, err = loadsOf(tx, scope.Staff)
	}
	return prior, err
}

// byKeys returns the rows of a table with these keys, in their order; the zero row for one that is
// not there.
func byKeys[Row any, Key ~string](tx *tx, from *table[Row], keys []Key, keyOf func(Row) Key) ([]Row, error) {
	found := make([]Row, len(keys))
	at := make(map[Key][]int, len(keys))
	var args []any
	for i, key := range keys {
		if at[key] == nil && text.IsStorable(string(key)) {
			args = append(args, key)
		}
		at[key] = append(at[key], i)
	}
	for chunk := range slices.Chunk(args, maxParameters) {
		rows, err := from.find(tx, `WHERE id IN `+tuples(1, len(chunk)), chunk...)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			for _, i := range at[keyOf(row)] {
				found[i] = row
			}
		}
	}
	return found, nil
}

// loadRow is how many open requests somebody holds.
type loadRow struct {
	Officer srmt.StaffID `db:"officer"`
	Load    int          `db:"load"`
}

// loadsOf counts the open requests that each member of staff holds.
func loadsOf(tx *tx, staff []srmt.StaffID) ([]int, error) {
	var args []any
	for _, id := range staff {
		if id != "" && text.IsStorable(string(id)) { // nobody else holds anything
			args = append(args, id)
		}
	}
	held := map[srmt.StaffID]int{}
	for chunk := range slices.Chunk(args, maxParameters) {
		rows, err := read[loadRow](tx, "count requests", `SELECT officer, COUNT(*) FROM cris_srmt_requests `+tx.db.byIndex("cris_srmt_requests_by_officer_status")+
			`WHERE officer IN `+tuples(1, len(chunk))+` AND status = '`+string(srmt.Assigned)+`' GROUP BY officer`, chunk...)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			held[row.Officer] = row.Load
		}
	}
	loads := make([]int, len(staff))
	for i, id := range staff {
		loads[i] = held[id]
	}
	return loads, nil
}

// saveSteps saves the steps of each request and the state that they lead to.
func saveSteps(tx *tx, steps map[string][]srmt.Step, after map[string]srmt.ServiceRequest) error {
	var stepRows []stepRow
	var requestRows []serviceRequestRow
	for _, id := range slices.Sorted(maps.Keys(after)) {
		if len(steps[id]) == 0 {
			continue
		}
		stepRows = append(stepRows, rowsOfSteps(id, steps[id])...)
		requestRows = append(requestRows, serviceRequestRow(after[id]))
	}
	if err := stepTable.insert(tx, stepRows...); err != nil {
		return err
	}
	return serviceRequestTable.upsert(tx, requestRows...)
}

// History implements srmt.Store: it returns the steps of the request, or an error that
// matches srmt.ErrNotFound. Any other error is that of the context or of the database.
func (s *ServiceRequests) History(ctx context.Context, id string) ([]srmt.Step, error) {
	if !text.IsStorable(id) {
		return nil, cmp.Or(ctx.Err(), notFound("service request"))
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
	RequestID        string                   `db:"request_id,key" retention:"as cris_srmt_requests"`
	Seq              int                      `db:"seq,key"`
	Kind             srmt.StepKind            `db:"kind"`
	At               time.Time                `db:"at"`
	By               srmt.StaffID             `db:"by_staff"`
	Why              srmt.TransferReason      `db:"why"`
	Channel          erequest.Channel         `db:"channel"`
	Receipt          casestatus.ReceiptNumber `db:"receipt"`
	Issue            erequest.Issue           `db:"issue"`
	Language         cris.Language            `db:"language"`
	Filed            cris.Date                `db:"filed"`
	Due              cris.Date                `db:"due"`
	Source           string                   `db:"source"`
	SourceID         string                   `db:"source_id"`
	SourceSteps      int                      `db:"source_steps"`
	Imported         cris.Date                `db:"imported"`
	TakenBy          srmt.StaffID             `db:"taken_by"`
	Office           casestatus.OfficeCode    `db:"office"`
	Officer          srmt.StaffID             `db:"officer"`
	Direction        srmt.Direction           `db:"direction"`
	Means            erequest.Means           `db:"means"`
	ToRepresentative erequest.Means           `db:"means_to_representative"`
	Content          string                   `db:"content" personal:"content"`
	Attached         string                   `db:"attached" personal:"content"`
	Asks             bool                     `db:"asks"`
	Finding          letter.Finding           `db:"finding"`
	Letter           string                   `db:"letter"`
	Sealed           sealedColumn             `db:"sealed"`
}

var stepTable = newTable[stepRow]("cris_srmt_steps")

func rowsOfSteps(id string, steps []srmt.Step) []stepRow {
	rows := make([]stepRow, len(steps))
	for i, step := range steps {
		o, m := step.Origin, step.Message
		rows[i] = stepRow{
			RequestID: id, Seq: step.Seq, Kind: step.Kind, At: step.At, By: step.By, Why: step.Why,
			Channel: o.Channel, Receipt: o.Receipt, Issue: o.Issue, Language: o.Language, Filed: o.Filed, Due: o.Due, TakenBy: o.TakenBy,
			Source: o.Provenance.Source, SourceID: o.Provenance.ID, SourceSteps: o.Provenance.Steps, Imported: o.Provenance.Imported,
			Office: step.Office, Officer: step.Officer,
			Direction: m.Direction, Means: m.Means, ToRepresentative: m.ToRepresentative, Content: m.Text.Reveal(),
			Attached: m.Attached.Text.Reveal(), Asks: m.Asks, Finding: step.Finding, Letter: step.Letter,
		}
	}
	return rows
}

func (r stepRow) step() srmt.Step {
	step := srmt.Step{
		Seq: r.Seq, Kind: r.Kind, At: r.At, By: r.By, Why: r.Why, Office: r.Office, Officer: r.Officer,
		Message: srmt.Message{
			Direction: r.Direction, Means: r.Means, ToRepresentative: r.ToRepresentative, Text: cris.NewPersonal(r.Content), Asks: r.Asks,
			Attached: srmt.Attached{Text: cris.NewPersonal(r.Attached)},
		},
		Finding: r.Finding, Letter: r.Letter,
	}
	if step.Kind == srmt.StepReceived {
		step.Origin = srmt.Origin{
			RequestID: r.RequestID, Channel: r.Channel, Receipt: r.Receipt, Issue: r.Issue, Language: r.Language, Filed: r.Filed, Due: r.Due,
			Provenance: srmt.Provenance{LegacyID: srmt.LegacyID{Source: r.Source, ID: r.SourceID}, Steps: r.SourceSteps, Imported: r.Imported},
			TakenBy:    r.TakenBy,
		}
	}
	return step
}

// serviceRequestRow is a row of srmt_requests. What the first step says is written once.
type serviceRequestRow struct {
	ID            string                   `db:"id,key"`
	Channel       erequest.Channel         `db:"channel,once"`
	Receipt       casestatus.ReceiptNumber `db:"receipt,once"`
	Issue         erequest.Issue           `db:"issue,once"`
	Language      cris.Language            `db:"language,once"`
	Filed         cris.Date                `db:"filed,once" retention:"starts"`
	Due           cris.Date                `db:"due,once"`
	Office        casestatus.OfficeCode    `db:"office"`
	Officer       srmt.StaffID             `db:"officer"`
	Status        srmt.Status              `db:"status"`
	Accommodation bool                     `db:"accommodation"`
	Trail         srmt.Trail               `db:"trail"`
	Returns       int                      `db:"returns"`
	Waiting       time.Time                `db:"waiting"`
	Proposed      int                      `db:"proposed"`
	Version       int                      `db:"version"`
}

var serviceRequestTable = newTable[serviceRequestRow]("cris_srmt_requests")

func (r serviceRequestRow) request() srmt.ServiceRequest { return srmt.ServiceRequest(r) }

// List implements srmt.Store: it yields the requests that match the query, in the order of
// their Key, a few hundred at a time, and holds neither a connection nor a lock while it
// yields. Each batch is read from one index, from one range of it for each status and kind of
// customer, so that it costs what it yields, however many requests are on file. Its error is
// that of the context or of the database.
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
// to which nothing can belong. It is merged from one list for each status, and for customers with
// and without an accommodation, because an index has the order of the days within each of these
// alone.
func serviceRequestList(db *DB, query srmt.Query, after srmt.Key, limit int) (statement string, args []any) {
	if !text.IsStorable(string(query.Office)) || !text.IsStorable(string(query.Officer)) {
		return "", nil
	}
	var where conditions
	index, value := "cris_srmt_requests_by", db.hidden()
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
	selects := serviceRequestTable.selects + db.byIndex(index+"_status")
	// What is the same in most calls stands in the statement, so that the database sees which
	// range it is to read, and how little of it, and keeps its plan.
	inOrder, atMost := ` ORDER BY due, filed, id`, ` LIMIT `+strconv.Itoa(limit)
	var lists []string
	for _, status := range srmt.Statuses() {
		isWanted := query.Status == "" || query.Status == status
		if !isWanted || status == srmt.Closed && !query.OverdueOn.IsZero() { // SR-9: what is closed is not overdue
			continue
		}
		for _, accommodation := range []string{"1", "0"} {
			within := where.clone()
			switch standard := accommodation == "0"; {
			case standard == after.Standard:
				within.and("(due, filed, id) > ("+value+", "+value+", "+value+")", after.Due, after.Filed, after.ID)
			case after.Standard:
				continue // all of these stand before
			}
			within.sql = append([]string{`status = '` + string(status) + `'`, `accommodation = ` + accommodation}, within.sql...)
			lists = append(lists, selects+`WHERE `+strings.Join(within.sql, ` AND `)+inOrder+atMost)
			args = append(args, within.args...)
		}
	}
	if len(lists) < 2 {
		return strings.Join(lists, ""), args
	}
	from := strings.TrimSuffix(serviceRequestTable.selects, serviceRequestTable.name+" ") + "("
	return from + strings.Join(lists, `) AS list UNION ALL `+from) + `) AS list ORDER BY accommodation DESC, due, filed, id` + atMost, args
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
	return row.staff()
}

// Roster implements srmt.Store: it yields the members of staff with a post at the office, in the
// order of their IDs, a few hundred at a time, and holds nothing while it yields. Its error is that
// of the context or of the database, or one for a page after text that cannot be stored.
func (s *ServiceRequests) Roster(ctx context.Context, office casestatus.OfficeCode, page srmt.RosterPage) iter.Seq2[srmt.Staff, error] {
	return paged(ctx, page,
		func(after srmt.StaffID, limit int) ([]staffRow, error) {
			if !text.IsStorable(string(office)) {
				return nil, ctx.Err()
			}
			if office == "" {
				return staffTable.find(s.db.on(ctx), `WHERE id > ? ORDER BY id LIMIT ?`, after, limit)
			}
			return staffTable.find(s.db.on(ctx),
				`WHERE id IN (SELECT staff_id FROM cris_srmt_posts WHERE office = ? AND staff_id > ? ORDER BY staff_id LIMIT ?) ORDER BY id`, office, after, limit)
		},
		func(row staffRow) (srmt.Staff, srmt.StaffID, error) {
			member, err := row.staff()
			return member, row.ID, err
		})
}

// staffRow is a row of srmt_staff. Lists in it are JSON, so that an act reads one row for each
// member of staff.
type staffRow struct {
	ID             srmt.StaffID `db:"id,key"`
	Posts          string       `db:"posts"`
	Absences       string       `db:"absences"`
	Languages      string       `db:"languages"`
	Accommodations bool         `db:"accommodations"`
}

var staffTable = newTable[staffRow]("cris_srmt_staff")

// postRow is a row of srmt_posts, which says who has a post at an office.
type postRow struct {
	Office casestatus.OfficeCode `db:"office,key"`
	Staff  srmt.StaffID          `db:"staff_id,key"`
}

var postTable = newTable[postRow]("cris_srmt_posts")

// saveStaff saves members of staff, each in place of what is on file, and at which offices they
// have posts.
func saveStaff(tx *tx, staff []srmt.Staff) error {
	for _, member := range staff {
		if err := staffTable.upsert(tx, rowOfStaff(member)); err != nil {
			return err
		}
		for _, text := range textOf(member) {
			if _, err := encode(reflect.ValueOf(text)); err != nil {
				return fmt.Errorf("sqlstore: save member of staff: %w", err)
			}
		}
		if _, err := postTable.remove(tx, `WHERE staff_id = ?`, member.ID); err != nil {
			return err
		}
		var posts []postRow
		for _, post := range member.Posts {
			posts = append(posts, postRow{post.Office, member.ID})
		}
		if err := postTable.upsert(tx, posts...); err != nil {
			return err
		}
	}
	return nil
}

// textOf returns the text that stands in the lists of a member of staff, and that JSON would alter
// if it is not UTF-8.
func textOf(member srmt.Staff) (texts []string) {
	for _, post := range member.Posts {
		texts = append(texts, string(post.Role), string(post.Office))
	}
	for _, language := range member.Languages {
		texts = append(texts, string(language))
	}
	return texts
}

func rowOfStaff(member srmt.Staff) staffRow {
	row := staffRow{ID: member.ID, Accommodations: member.Accommodations}
	for _, list := range []struct {
		column *string
		values any
	}{{&row.Posts, member.Posts}, {&row.Absences, member.Absences}, {&row.Languages, member.Languages}} {
		if encoded, err := json.Marshal(list.values); err == nil && string(encoded) != "null" {
			*list.column = string(encoded)
		}
	}
	return row
}

func (r staffRow) staff() (srmt.Staff, error) {
	member := srmt.Staff{ID: r.ID, Accommodations: r.Accommodations}
	for _, list := range []struct {
		column string
		values any
	}{{r.Posts, &member.Posts}, {r.Absences, &member.Absences}, {r.Languages, &member.Languages}} {
		if list.column == "" {
			continue
		}
		if err := json.Unmarshal([]byte(list.column), list.values); err != nil {
			return srmt.Staff{}, fmt.Errorf("sqlstore: member of staff %s: a list of theirs cannot be read", r.ID) // the cause may repeat it
		}
	}
	return member, nil
}
