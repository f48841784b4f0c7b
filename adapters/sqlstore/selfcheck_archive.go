package sqlstore

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/selfcheck"
)

// Failures implements selfcheck.Archive: it yields the failed proofings that the filter
// selects, by the bytes of their transactions, a few hundred at a time, and holds neither a
// connection nor a lock while it yields. By the provider's number, by reason alone and without
// a filter each batch is a range of one index. With a time each batch looks through the index
// of that time. Its error is that of the context or of the database.
func (s *SelfChecks) Failures(ctx context.Context, filter selfcheck.FailureFilter, page cris.Page[selfcheck.TransactionID]) iter.Seq2[selfcheck.Failure, error] {
	return paged(ctx, page, func(after selfcheck.TransactionID, limit int) ([]proofingFailureRow, error) {
		var where conditions
		index := ""
		where.and("transaction_id > ?", after)
		if filter.Reason != "" {
			where.and("reason = ?", filter.Reason)
			index = "cris_selfcheck_failures_by_reason"
		}
		if !filter.From.IsZero() {
			where.and("at >= ?", roundedUp(filter.From))
			index = "cris_selfcheck_failures_by_time"
		}
		if !filter.Before.IsZero() {
			where.and("at < ?", roundedUp(filter.Before))
			index = "cris_selfcheck_failures_by_time"
		}
		if filter.IdPTransaction != "" {
			where.and("idp_transaction = ?", filter.IdPTransaction)
			index = "cris_selfcheck_failures_by_idp"
		}
		if text.IsStorable(string(after)) && (!text.IsStorable(string(filter.Reason)) || !text.IsStorable(string(filter.IdPTransaction))) {
			return nil, ctx.Err() // there are none
		}
		from := ""
		if index != "" {
			from = s.db.byIndex(index)
		}
		return proofingFailureTable.find(s.db.on(ctx), from+"WHERE "+strings.Join(where.sql, " AND ")+" ORDER BY transaction_id LIMIT ?", append(where.args, limit)...)
	}, func(row proofingFailureRow) (selfcheck.Failure, selfcheck.TransactionID, error) {
		return selfcheck.Failure(row), row.Transaction, nil
	})
}

// roundedUp returns the first instant that can be on record at or after t.
func roundedUp(t time.Time) time.Time { return t.Add(time.Microsecond - 1).Truncate(time.Microsecond) }

// Candidates implements selfcheck.Archive: it yields the transactions whose query has the key,
// by their bytes. Each batch, of a few hundred, is a range of one index; neither a connection
// nor a lock is held while it yields. Its error is that of the context or of the database.
func (s *SelfChecks) Candidates(ctx context.Context, key selfcheck.Key, page cris.Page[selfcheck.TransactionID]) iter.Seq2[selfcheck.TransactionID, error] {
	return paged(ctx, page, func(after selfcheck.TransactionID, limit int) ([]selfcheck.TransactionID, error) {
		if text.IsStorable(string(after)) && (!text.IsStorable(string(key.Kind)) || !text.IsStorable(key.Value.Reveal())) {
			return nil, ctx.Err() // there are none
		}
		on := s.db.on(ctx)
		values, err := on.entriesOf(selfCheckKeyColumn(key.Kind), key.Value.Reveal())
		if err != nil {
			return nil, err
		}
		is := " = ?"
		if len(values) > 1 {
			is = " IN " + tuples(1, len(values))
		}
		return read[selfcheck.TransactionID](on, "read cris_selfcheck_keys", `SELECT transaction_id FROM cris_selfcheck_keys `+s.db.byIndex("cris_selfcheck_keys_by_value")+
			`WHERE kind = ? AND value`+is+` AND transaction_id > ? ORDER BY transaction_id LIMIT ?`, slices.Concat([]any{key.Kind}, values, []any{after, limit})...)
	}, func(id selfcheck.TransactionID) (selfcheck.TransactionID, selfcheck.TransactionID, error) {
		return id, id, nil
	})
}

// CountFailures implements selfcheck.Archive: it counts the failed proofings from the instant
// to before the other. The database counts, by an index, as many days at a time as a statement
// may have parameters for. Its error is that of the context or of the database.
func (s *SelfChecks) CountFailures(ctx context.Context, from, before time.Time, zone *time.Location) ([]selfcheck.FailureCount, error) {
	from, before = roundedUp(from), roundedUp(before)
	first, err := s.failureAt(ctx, "ASC", from, before)
	if err != nil || len(first) == 0 {
		return nil, err
	}
	last, err := s.failureAt(ctx, "DESC", from, before)
	if err != nil || len(last) == 0 {
		return nil, err
	}
	found := map[selfcheck.FailureCount]int{}
	for spans := range slices.Chunk(daySpans(first[0], last[0].Add(time.Microsecond), zone), maxParameters/2) {
		if err := s.countFailures(ctx, spans, found); err != nil {
			return nil, err
		}
	}
	var counts []selfcheck.FailureCount
	for count, n := range found {
		count.Count = n
		counts = append(counts, count)
	}
	slices.SortFunc(counts, func(a, b selfcheck.FailureCount) int {
		return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.Reason, b.Reason))
	})
	return counts, nil
}

// failureAt reads when the first or the last failure was.
func (s *SelfChecks) failureAt(ctx context.Context, order string, from, before time.Time) ([]time.Time, error) {
	return read[time.Time](s.db.on(ctx), "read cris_selfcheck_failures", `SELECT at FROM cris_selfcheck_failures `+
		s.db.byIndex("cris_selfcheck_failures_by_time")+`WHERE at >= ? AND at < ? ORDER BY at `+order+` LIMIT 1`, from, before)
}

// spanRow is how many failures of one reason there were in a span.
type spanRow struct {
	From   time.Time
	Reason selfcheck.FailureReason
	Count  int
}

// countFailures adds the failures in the spans to what was found.
func (s *SelfChecks) countFailures(ctx context.Context, spans []daySpan, found map[selfcheck.FailureCount]int) error {
	values := strings.Repeat("(CAST(? AS BIGINT), CAST(? AS BIGINT)), ", len(spans)-1) + "(CAST(? AS BIGINT), CAST(? AS BIGINT))"
	args := make([]any, 0, 2*len(spans))
	days := map[time.Time]cris.Date{}
	for _, span := range spans {
		args = append(args, span.from, span.before)
		days[span.from] = span.day
	}
	rows, err := read[spanRow](s.db.on(ctx), "count cris_selfcheck_failures", `WITH spans (first, beyond) AS (VALUES `+values+`)
		SELECT first, reason, COUNT(*) FROM spans CROSS JOIN cris_selfcheck_failures `+s.db.byIndex("cris_selfcheck_failures_by_time")+
		`WHERE at >= first AND at < beyond GROUP BY first, reason`, args...)
	if err != nil {
		return err
	}
	for _, row := range rows {
		found[selfcheck.FailureCount{Day: days[row.From], Reason: row.Reason}] += row.Count
	}
	return nil
}

// daySpan is a part of a day, from an instant to before another.
type daySpan struct {
	from, before time.Time // UTC
	day          cris.Date
}

// daySpans divides the time between two instants into parts that lie in one day of the zone
// each. Where the clocks are changed a part ends, so a day has two or more, and need not be in
// one piece.
func daySpans(from, before time.Time, zone *time.Location) (spans []daySpan) {
	for at := from.UTC(); at.Before(before); {
		local := at.In(zone)
		_, offset := local.Zone()
		year, month, day := local.Date()
		// The next midnight, by clocks that are not changed.
		end := time.Date(year, month, day+1, 0, 0, 0, 0, time.UTC).Add(-time.Duration(offset) * time.Second)
		// On the last day of a leap year, beyond the table of the zone, package time tells of a change
		// that is not after the instant. There is none then.
		if _, changed := local.ZoneBounds(); changed.After(at) && changed.Before(end) {
			end = changed.UTC()
		}
		if before.Before(end) {
			end = before.UTC()
		}
		spans = append(spans, daySpan{at, end, cris.DateOf(at, zone)})
		at = end
	}
	return spans
}
