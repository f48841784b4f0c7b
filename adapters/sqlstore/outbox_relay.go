package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

var (
	_ cris.Outbox       = (*Outbox)(nil)
	_ cris.SharedOutbox = (*Outbox)(nil)
)

// relaySubjectRow is a row of relay_subjects: a subject that is held back.
type relaySubjectRow struct {
	Subject  string           `db:"subject,key"`
	Lease    string           `db:"lease"` // empty while it waits for the next try
	Until    time.Time        `db:"until"` // end of the lease or of the wait
	Failed   string           `db:"failed"`
	Tries    int              `db:"tries"`
	Code     cris.FailureCode `db:"code"`
	Position int64            `db:"position"`
}

var relaySubjectTable = newTable[relaySubjectRow]("cris_relay_subjects")

// parkedRow is a row of parked_events: what is told of a parked event beside the event.
type parkedRow struct {
	ID       string           `db:"id,key"`
	ParkedAt time.Time        `db:"parked_at"`
	Tries    int              `db:"tries"`
	Code     cris.FailureCode `db:"code"`
}

var parkedTable = newTable[parkedRow]("cris_parked_events")

// mostClaimed is how many events a claim gets at most.
const mostClaimed = 1000

// Claim implements cris.SharedOutbox. Each of its statements is a transaction of its own and
// passes over what another transaction holds, so that no relay waits for another that stands
// still. A subject is held before its events are read, so nobody else delivers them. Its error
// is that of the context or of the database; what it holds by then is free when the lease ends.
func (o *Outbox) Claim(ctx context.Context, claim cris.Claim) (cris.Lease, error) {
	lease := cris.Lease{ID: claim.ID}
	limit := claim.Limit
	if limit <= 0 || limit > mostClaimed {
		limit = mostClaimed
	}
	s := o.db.on(ctx)
	for {
		held, err := s.hold(claim, limit)
		if err != nil || len(held) == 0 {
			return lease, err
		}
		lease.Events, err = s.claimed(held, limit)
		if err != nil {
			return lease, err
		}
		if err := s.freeIdle(lease, held); err != nil || len(lease.Events) > 0 {
			return lease, err
		}
	}
}

// hold holds subjects of which there may be events: those whose lease or wait is over, and those
// of the oldest events that nothing holds back.
func (s *session) hold(claim cris.Claim, limit int) ([]relaySubjectRow, error) {
	over, err := s.takeOver(claim, (limit+2)/3, limit)
	if err != nil {
		return nil, err
	}
	fresh, err := s.holdFresh(claim, limit)
	return append(over, fresh...), err
}

// takeOver holds subjects whose lease or wait is over, or ends later than it can: as many of each
// as the limit, and no more than most of both.
func (s *session) takeOver(claim cris.Claim, limit, most int) ([]relaySubjectRow, error) {
	latest := claim.Latest
	if latest.IsZero() {
		latest = time.UnixMicro(1<<62 - 1)
	}
	return read[relaySubjectRow](s, "take over subjects", `WITH due AS MATERIALIZED (
			SELECT subject FROM cris_relay_subjects WHERE until <= ? ORDER BY until LIMIT ? `+s.db.skipLocked("")+`
		), ahead AS MATERIALIZED (
			SELECT subject FROM cris_relay_subjects WHERE until > ? ORDER BY until DESC LIMIT ? `+s.db.skipLocked("")+`)
		UPDATE cris_relay_subjects SET lease = ?, until = ? WHERE subject `+s.db.oneOf(`SELECT subject FROM (SELECT subject, 0 AS turn FROM due UNION ALL SELECT subject, 1 AS turn FROM ahead) AS over ORDER BY turn LIMIT ?`)+`
		RETURNING subject, lease, until, failed, tries, code, position`,
		claim.At, limit, latest, limit, claim.ID, claim.Until, most)
}

// holdFresh holds the subjects of the oldest events that nothing holds back.
func (s *session) holdFresh(claim cris.Claim, limit int) ([]relaySubjectRow, error) {
	return read[relaySubjectRow](s, "hold subjects", `WITH fresh AS MATERIALIZED (
			SELECT o.subject AS subject, o.position AS position FROM cris_outbox AS o `+s.db.byIndex("cris_outbox_pending")+`
			WHERE o.delivered_at = 0 AND o.stage = 0
			AND NOT EXISTS (SELECT 1 FROM cris_relay_subjects AS held WHERE held.subject = o.subject COLLATE "binary")
			ORDER BY o.position, o.id LIMIT ? `+s.db.skipLocked("OF o")+`)
		INSERT INTO cris_relay_subjects (subject, lease, until, failed, tries, code, position)
		SELECT subject, CAST(? AS TEXT), CAST(? AS BIGINT), '', 0, '', MAX(position) FROM fresh WHERE 1 = 1 GROUP BY subject ORDER BY subject
		ON CONFLICT (subject) DO NOTHING
		RETURNING subject, lease, until, failed, tries, code, position`,
		limit, claim.ID, claim.Until)
}

// skipLocked ends a query of rows that are to be changed, which passes over those that another
// transaction changes. SQLite has one writer at a time.
func (db *DB) skipLocked(of string) string {
	if db.postgres {
		return "FOR UPDATE " + of + " SKIP LOCKED"
	}
	return ""
}

// oneOf compares a key to what a query finds, row by row through the index: PostgreSQL would
// otherwise read a table of which it has no statistics from end to end.
func (db *DB) oneOf(query string) string {
	if db.postgres {
		return "= ANY(ARRAY(" + query + "))"
	}
	return "IN (" + query + ")"
}

// among is a condition on a column of text, and set its parameter: any number of values are one
// parameter, so that the text of a statement is the same for each number.
func (db *DB) among(column string) string {
	if db.postgres {
		return column + " = ANY(CAST(? AS TEXT[]))"
	}
	return column + " IN (SELECT value FROM json_each(?))"
}

func (db *DB) set(values []string) string {
	if !db.postgres {
		array, _ := json.Marshal(values) //nolint:errchkjson // texts do not fail
		return string(array)
	}
	var array textArray
	for _, value := range values {
		array.appendString(value)
	}
	return array.String()
}

// claimed reads the events of subjects that are held: of each that one failed of, this one, and
// of the others those that are ready, from the first. Further ones than were seen when they were
// held are left for the next claim, so that nobody searches for them among the rest.
func (s *session) claimed(held []relaySubjectRow, limit int) ([]cris.ClaimedEvent, error) {
	tries := map[string]int{}
	var failed, subjects []string
	seen := int64(0)
	for _, row := range held {
		seen = max(seen, row.Position)
		if row.Failed == "" {
			subjects = append(subjects, row.Subject)
			continue
		}
		failed = append(failed, row.Failed)
		tries[row.Failed] = row.Tries
	}
	var rows []eventRow
	var err error
	if len(failed) > 0 {
		rows, err = outboxTable.find(s, `WHERE delivered_at = 0 AND stage = 1 AND `+s.db.among("id")+` ORDER BY position, id`, s.db.set(failed))
		if err != nil {
			return nil, err
		}
	}
	if len(subjects) > 0 {
		ready, err := outboxTable.find(s, s.db.byIndex("cris_outbox_pending")+`WHERE delivered_at = 0 AND stage = 0
			AND position <= ? AND `+s.db.among("subject")+` ORDER BY position, id LIMIT ?`, seen, s.db.set(subjects), limit-len(rows))
		if err != nil {
			return nil, err
		}
		rows = append(rows, ready...)
	}
	events := make([]cris.ClaimedEvent, len(rows))
	for i, row := range rows {
		events[i] = cris.ClaimedEvent{Event: row.event(), Tries: tries[row.ID]}
	}
	return events, nil
}

// freeIdle frees the subjects of which a lease has no event.
func (s *session) freeIdle(lease cris.Lease, held []relaySubjectRow) error {
	busy := map[string]bool{}
	for _, event := range lease.Events {
		busy[event.Subject] = true
	}
	var idle []string
	for _, row := range held {
		if !busy[row.Subject] {
			idle = append(idle, row.Subject)
		}
	}
	if len(idle) == 0 {
		return nil
	}
	_, err := relaySubjectTable.remove(s, `WHERE lease = ? AND `+s.db.among("subject"), lease.ID, s.db.set(idle))
	return err
}

// Settle implements cris.SharedOutbox. Its error matches cris.ErrLeaseLost if something was not
// saved for that reason. It is otherwise cris.ErrClock, or that of the context or of the
// database, and nothing was saved then.
func (o *Outbox) Settle(ctx context.Context, lease cris.Lease, settled ...cris.Settlement) error {
	now, err := o.db.now()
	if err != nil {
		return fmt.Errorf("sqlstore: settle: %w", err)
	}
	isLost := false
	err = o.db.transaction(ctx, func(tx *tx) error {
		settling, err := tx.settling(lease, settled)
		if err != nil {
			return err
		}
		isLost = settling.isLost
		return settling.save(tx, now)
	})
	if err == nil && isLost {
		return fmt.Errorf("sqlstore: settle: %w", cris.ErrLeaseLost)
	}
	return err
}

// settling is what becomes of a lease.
type settling struct {
	lease     string
	delivered []string          // IDs of events
	parked    []parkedRow       // without their instant
	failed    []relaySubjectRow // of subjects that are held back from now on
	untried   []string          // subjects that one failed of before, given back
	freed     []string          // all other subjects
	isLost    bool              // something that was to be saved is held no longer
}

// settling finds out what a lease still holds, and keeps it from others until the end of the
// transaction.
func (s *session) settling(lease cris.Lease, settled []cris.Settlement) (*settling, error) {
	held, err := s.stillHeld(lease)
	if err != nil {
		return nil, err
	}
	all := &settling{lease: lease.ID}
	claimed := map[string]cris.ClaimedEvent{}
	for _, event := range lease.Events {
		claimed[event.ID] = event
	}
	kept := map[string]bool{} // subjects that stay held back
	for _, settlement := range settled {
		event, is := claimed[settlement.ID]
		if !is || !held[event.Subject] {
			all.isLost = true
			continue
		}
		delete(claimed, event.ID)
		switch settlement.Result {
		case cris.ResultDelivered:
			all.delivered = append(all.delivered, event.ID)
		case cris.ResultParked:
			all.parked = append(all.parked, parkedRow{ID: event.ID, Tries: settlement.Tries, Code: settlement.Code})
		case cris.ResultFailed:
			kept[event.Subject] = true
			all.failed = append(all.failed, relaySubjectRow{
				Subject: event.Subject, Until: settlement.RetryAt, Failed: event.ID, Tries: settlement.Tries, Code: settlement.Code,
			})
		default:
			return nil, fmt.Errorf("sqlstore: settle: %q is not a result", settlement.Result)
		}
	}
	for _, event := range claimed {
		if event.Tries > 0 && held[event.Subject] {
			kept[event.Subject] = true
			all.untried = append(all.untried, event.Subject)
		}
	}
	for subject := range held {
		if !kept[subject] {
			all.freed = append(all.freed, subject)
		}
	}
	return all, nil
}

// stillHeld returns the subjects that a lease holds, and locks them. On PostgreSQL they are
// locked and not written, since a claim that comes upon a row being written waits for it, and
// may have locked an event that this transaction waits for.
func (s *session) stillHeld(lease cris.Lease) (map[string]bool, error) {
	var subjects []string
	for _, event := range lease.Events {
		subjects = append(subjects, event.Subject)
	}
	query := `UPDATE cris_relay_subjects SET lease = lease WHERE lease = ? AND ` + s.db.among("subject") + ` RETURNING subject`
	if s.db.postgres {
		query = `SELECT subject FROM cris_relay_subjects WHERE lease = ? AND ` + s.db.among("subject") + ` FOR UPDATE`
	}
	rows, err := read[string](s, "find what is held", query, lease.ID, s.db.set(slices.Compact(slices.Sorted(slices.Values(subjects)))))
	held := make(map[string]bool, len(rows))
	for _, subject := range rows {
		held[subject] = true
	}
	return held, err
}

// save writes what became of the events first, and frees their subjects last.
func (all *settling) save(s *session, now time.Time) error {
	if len(all.delivered) > 0 {
		if _, err := s.exec("mark events", `UPDATE cris_outbox SET delivered_at = ?, stage = 0 WHERE delivered_at = 0 AND `+s.db.among("id"),
			now, s.db.set(all.delivered)); err != nil {
			return err
		}
	}
	failed := make([]string, len(all.failed))
	for i, row := range all.failed {
		failed[i] = row.Failed
	}
	if err := s.setStage(failed, stageFailed); err != nil {
		return err
	}
	parked := make([]string, len(all.parked))
	for i, row := range all.parked {
		parked[i], all.parked[i].ParkedAt = row.ID, now
	}
	if err := s.setStage(parked, stageParked); err != nil {
		return err
	}
	if err := parkedTable.upsert(s, all.parked...); err != nil {
		return err
	}
	return all.free(s)
}

func (s *session) setStage(ids []string, to stage) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := s.exec("set events aside", `UPDATE cris_outbox SET stage = ? WHERE delivered_at = 0 AND `+s.db.among("id"), int(to), s.db.set(ids))
	return err
}

func (all *settling) free(s *session) error {
	if len(all.freed) > 0 {
		if _, err := relaySubjectTable.remove(s, `WHERE lease = ? AND `+s.db.among("subject"), all.lease, s.db.set(all.freed)); err != nil {
			return err
		}
	}
	if len(all.untried) > 0 {
		if _, err := s.exec("give back events", `UPDATE cris_relay_subjects SET lease = '', until = 0 WHERE lease = ? AND `+s.db.among("subject"),
			all.lease, s.db.set(all.untried)); err != nil {
			return err
		}
	}
	return relaySubjectTable.upsert(s, all.failed...)
}

// parkedEventRow is a parked event with what is told beside it.
type parkedEventRow struct {
	Event  eventRow  `db:""`
	Parked parkedRow `db:"parked_"`
}

// Parked implements cris.SharedOutbox: it lists the parked events by the bytes of their IDs.
// Its error is that of the context or of the database, or says that the key cannot be one.
func (o *Outbox) Parked(ctx context.Context, page cris.Page[string]) iter.Seq2[cris.ParkedEvent, error] {
	columns := "o." + strings.Join(outboxTable.names(), ", o.")
	query := `SELECT ` + columns + `, p.id, p.parked_at, p.tries, p.code FROM cris_parked_events AS p JOIN cris_outbox AS o ON o.id = p.id
		WHERE p.id > ? ORDER BY p.id LIMIT ?`
	return paged(ctx, page, func(after string, limit int) ([]parkedEventRow, error) {
		return read[parkedEventRow](o.db.on(ctx), "read cris_parked_events", query, after, limit)
	}, func(row parkedEventRow) (cris.ParkedEvent, string, error) {
		return cris.ParkedEvent{Event: row.Event.event(), Tries: row.Parked.Tries, Code: row.Parked.Code, ParkedAt: row.Parked.ParkedAt}, row.Event.ID, nil
	})
}

// Resolve implements cris.SharedOutbox. Its error is cris.ErrClock, or that of the context or of
// the database, or says that there is no such resolution; nothing is resolved then.
func (o *Outbox) Resolve(ctx context.Context, resolution cris.Resolution, ids ...string) (resolved int, err error) {
	if !slices.Contains(cris.Resolutions(), resolution) {
		return 0, fmt.Errorf("sqlstore: resolve: say cris.Release or cris.Drop, not %q", resolution)
	}
	now, err := o.db.now()
	if err != nil {
		return 0, fmt.Errorf("sqlstore: resolve: %w", err)
	}
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !text.IsStorable(id) }) // there is none
	err = o.db.transaction(ctx, func(tx *tx) error {
		resolved, err = parkedTable.remove(tx, `WHERE `+tx.db.among("id"), tx.db.set(ids))
		if err != nil || resolved == 0 {
			return err
		}
		deliveredAt := int64(0)
		if resolution == cris.Drop {
			deliveredAt = now.UnixMicro()
		}
		_, err = tx.exec("resolve events", `UPDATE cris_outbox SET stage = 0, delivered_at = ? WHERE delivered_at = 0 AND stage = 2 AND `+tx.db.among("id"),
			deliveredAt, tx.db.set(ids))
		return err
	})
	if err != nil {
		return 0, err
	}
	return resolved, nil
}

// backlogRow is what there is in each stage.
type backlogRow struct {
	Ready  int `db:"ready"`
	Failed int `db:"failed"`
	Parked int `db:"parked"`
}

// Backlog implements cris.SharedOutbox. Its error is that of the context or of the database.
func (o *Outbox) Backlog(ctx context.Context) (cris.Backlog, error) {
	s := o.db.on(ctx)
	counts, err := read[backlogRow](s, "count events", `SELECT
		(SELECT COUNT(*) FROM cris_outbox WHERE delivered_at = 0 AND stage = 0) AS ready,
		(SELECT COUNT(*) FROM cris_outbox WHERE delivered_at = 0 AND stage = 1) AS failed,
		(SELECT COUNT(*) FROM cris_outbox WHERE delivered_at = 0 AND stage = 2) AS parked`)
	if err != nil {
		return cris.Backlog{}, err
	}
	backlog := cris.Backlog{Pending: counts[0].Ready + counts[0].Failed, Failing: counts[0].Failed, Parked: counts[0].Parked}
	oldest, err := o.Pending(ctx, 1)
	if err != nil || len(oldest) == 0 {
		return backlog, err
	}
	backlog.Oldest = oldest[0].Time
	return backlog, nil
}
