// Package ownstore is a store of one's own, as docs/porting.md tells how to write one: the requests
// of erequest and their events in a file of bbolt, which has one writer at a time and syncs every
// commit. Documents are written by adapters/document.
package ownstore

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/document"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// Store is an erequest.Store, and the cris.Outbox and cris.Purger of its events.
type Store struct {
	db      *bbolt.DB
	sealing document.Sealing
}

const ( // the buckets, each with what is under which key
	cases         = "cases"         // case: the entries of its requests, in order of filing
	requests      = "requests"      // ID: request, as it was filed
	confirmations = "confirmations" // confirmation number: ID
	waiting       = "waiting"       // day and ID of a request without an answer: nothing
	outbox        = "outbox"        // number: an event that is not delivered
	events        = "events"        // ID: number, and when the event was delivered
)

// New keeps requests in the database, with documents in clear or sealed.
func New(db *bbolt.DB, sealing document.Sealing) (*Store, error) {
	return &Store{db, sealing}, db.Update(func(tx *bbolt.Tx) (err error) {
		for _, name := range []string{cases, requests, confirmations, waiting, outbox, events} {
			_, failed := tx.CreateBucketIfNotExists([]byte(name))
			err = cmp.Or(err, failed)
		}
		return err
	})
}

// transaction sees nothing of others, and is saved whole or not at all.
type transaction struct {
	*bbolt.Tx
	sealing document.Sealing
}

// within runs a step in db.Update, alone, or in db.View. Nothing is saved if the context has ended.
func (s *Store) within(ctx context.Context, run func(func(*bbolt.Tx) error) error, step func(transaction) error) error {
	return run(func(tx *bbolt.Tx) (err error) {
		if ctx.Err() == nil {
			err = step(transaction{tx, s.sealing})
		}
		return cmp.Or(err, ctx.Err())
	})
}

func (t transaction) in(bucket string) *bbolt.Bucket { return t.Bucket([]byte(bucket)) }

// take puts a value under a key that must be free.
func (t transaction) take(bucket, key, value string) error {
	if t.in(bucket).Get([]byte(key)) != nil {
		return fmt.Errorf("ownstore: identifier taken: %w", cris.ErrConflict)
	}
	return t.in(bucket).Put([]byte(key), []byte(value))
}

// save puts a document under a key. Where it is sealed, it opens in that place alone.
func save[T any](ctx context.Context, t transaction, bucket, key string, value T) error {
	written, err := document.Write(ctx, t.sealing, bucket, fmt.Sprintf("%x", key), value)
	return cmp.Or(err, t.in(bucket).Put([]byte(key), written))
}

// load returns the document under a key, the zero value if there is none.
func load[T any](ctx context.Context, t transaction, bucket, key string) (value T, err error) {
	if written := t.in(bucket).Get([]byte(key)); written != nil {
		return document.Read[T](ctx, t.sealing, bucket, fmt.Sprintf("%x", key), written)
	}
	return value, nil
}

// entries returns those of a case, and the key under which they are.
func (t transaction) entries(ctx context.Context, receipt casestatus.ReceiptNumber) (key string, all []erequest.Entry, err error) {
	if key, err = t.sealing.Key(ctx, cases, receipt.String()); err == nil {
		all, err = load[[]erequest.Entry](ctx, t, cases, key)
	}
	return key, all, err
}

// Update implements erequest.Store: it is alone from its first read until its change is on the
// disk.
func (s *Store) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Entry) (erequest.Change, error)) error {
	return s.within(ctx, s.db.Update, func(t transaction) error {
		key, all, err := t.entries(ctx, receipt)
		if err != nil {
			return err
		}
		change, err := decide(slices.Clone(all))
		if err != nil {
			return err
		}
		for _, r := range change.File {
			if r.Receipt != receipt {
				return errors.New("ownstore: new request of another case")
			}
			err = cmp.Or(err, t.take(requests, r.ID, ""), t.take(confirmations, r.Confirmation.String(), r.ID), save(ctx, t, requests, r.ID, r))
			all = append(all, r.Entry)
		}
		for _, mark := range change.Marks {
			i := slices.IndexFunc(all, func(e erequest.Entry) bool { return e.ID == mark.RequestID })
			if i < 0 || !slices.Contains(erequest.Milestones(), mark.Milestone) {
				return fmt.Errorf("ownstore: request or milestone: %w", cris.ErrNotFound)
			}
			all[i] = all[i].WithMilestone(mark.Milestone, mark.On)
		}
		for _, e := range all {
			if key := dueKey(erequest.DueKey{RespondBy: e.RespondBy, RequestID: e.ID}); e.Answered.IsZero() {
				err = cmp.Or(err, t.in(waiting).Put(key, nil))
			} else {
				err = cmp.Or(err, t.in(waiting).Delete(key))
			}
		}
		for _, event := range change.Events {
			n, failed := t.in(outbox).NextSequence()
			number := string(binary.BigEndian.AppendUint64(nil, n))
			err = cmp.Or(err, failed, t.take(events, event.ID, number), save(ctx, t, outbox, number, event))
		}
		return cmp.Or(err, save(ctx, t, cases, key, all))
	})
}

// Entries implements erequest.Store.
func (s *Store) Entries(ctx context.Context, receipt casestatus.ReceiptNumber) (entries []erequest.Entry, err error) {
	err = s.within(ctx, s.db.View, func(t transaction) (err error) { _, entries, err = t.entries(ctx, receipt); return err })
	return entries, err
}

// Request implements erequest.Store.
func (s *Store) Request(ctx context.Context, id string) (found erequest.Request, err error) {
	err = s.within(ctx, s.db.View, func(t transaction) (err error) { found, err = t.request(ctx, id); return err })
	return found, err
}

func (t transaction) request(ctx context.Context, id string) (found erequest.Request, err error) {
	if t.in(requests).Get([]byte(id)) == nil {
		return found, fmt.Errorf("ownstore: request: %w", cris.ErrNotFound)
	}
	if found, err = load[erequest.Request](ctx, t, requests, id); err != nil {
		return found, err
	}
	_, all, err := t.entries(ctx, found.Receipt)
	for _, entry := range all {
		if entry.ID == id {
			found.Entry = entry
		}
	}
	return found, err
}

// dueKey has a day of fixed length, so that its bytes are in the order of days and IDs.
func dueKey(k erequest.DueKey) []byte {
	day, _ := k.RespondBy.MarshalText()
	return fmt.Appendf(nil, "%-10s%s", day, k.RequestID)
}

// Due implements erequest.Store: it reads one request at a time, and holds nothing while it yields.
func (s *Store) Due(ctx context.Context, query erequest.DueQuery) iter.Seq2[erequest.DueRequest, error] {
	return func(yield func(erequest.DueRequest, error) bool) {
		next, found := erequest.DueRequest{DueKey: query.Page.After}, true
		for n := 0; query.Page.Limit <= 0 || n < query.Page.Limit; n++ {
			err := s.within(ctx, s.db.View, func(t transaction) (err error) { next, found, err = t.dueAfter(ctx, query, next.DueKey); return err })
			if err == nil && !found || !yield(next, err) || err != nil {
				return
			}
		}
	}
}

// dueAfter returns the first request after the key that the query asks for, and whether there is
// one.
func (t transaction) dueAfter(ctx context.Context, query erequest.DueQuery, last erequest.DueKey) (next erequest.DueRequest, found bool, err error) {
	if _, err := document.Reveal(last); err != nil {
		return next, false, err // no request has such an ID
	}
	cursor := t.in(waiting).Cursor()
	for at, _ := cursor.Seek(append(dueKey(last), 0)); at != nil; at, _ = cursor.Next() {
		if r, err := t.request(ctx, string(at[10:])); err != nil || query.Matches(r.Entry) {
			return r.Due(), true, err
		}
	}
	return next, false, nil
}

// Pending implements cris.Outbox.
func (s *Store) Pending(ctx context.Context, limit int) (pending []cris.Event, err error) {
	err = s.within(ctx, s.db.View, func(t transaction) (err error) {
		cursor := t.in(outbox).Cursor()
		for number, _ := cursor.First(); err == nil && number != nil && (limit <= 0 || len(pending) < limit); number, _ = cursor.Next() {
			event, failed := load[cris.Event](ctx, t, outbox, string(number))
			pending, err = append(pending, event), failed
		}
		return err
	})
	return pending, err
}

// MarkDelivered implements cris.Outbox. The ID stays taken, with when the event was delivered.
func (s *Store) MarkDelivered(ctx context.Context, ids ...string) error {
	return s.within(ctx, s.db.Update, func(t transaction) (err error) {
		for _, id := range ids {
			if number := slices.Clone(t.in(events).Get([]byte(id))); len(number) == 8 { // it is pending
				err = cmp.Or(err, t.in(outbox).Delete(number), t.in(events).Put([]byte(id), binary.BigEndian.AppendUint64(number, uint64(time.Now().UnixMicro()))))
			}
		}
		return err
	})
}

// Purge implements cris.Purger: it forgets events that were delivered before the instant, with
// their IDs.
func (s *Store) Purge(ctx context.Context, before time.Time) (removed int, err error) {
	err = s.within(ctx, s.db.Update, func(t transaction) (err error) {
		var spent [][]byte
		err = t.in(events).ForEach(func(id, at []byte) error {
			if len(at) == 16 && int64(binary.BigEndian.Uint64(at[8:])) < before.UnixMicro() { //nolint:gosec // it was positive
				spent = append(spent, slices.Clone(id))
			}
			return nil
		})
		for _, id := range spent {
			err = cmp.Or(err, t.in(events).Delete(id))
			removed++
		}
		return err
	})
	return removed, err
}
