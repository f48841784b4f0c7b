package sqlstore

import (
	"context"
	"encoding/json"
	"iter"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

// Accountings is the port to the accounting of disclosures: a disclosure.Accountings.
type Accountings struct{ db *DB }

// Accountings returns the port to the accounting of disclosures.
func (db *DB) Accountings() *Accountings { return &Accountings{db} }

// accountingRow is a row of selfcheck_disclosures. It has no column about the individual, and none
// may be added.
type accountingRow struct {
	ID               string                   `db:"id,key"`
	Handle           selfcheck.Handle         `db:"handle"`
	At               time.Time                `db:"at" retention:"starts"`
	Use              disclosure.Use           `db:"used_for"`
	Authority        string                   `db:"authority"`
	Purpose          disclosure.Purpose       `db:"purpose"`
	RecipientKind    disclosure.RecipientKind `db:"recipient_kind"`
	RecipientName    string                   `db:"recipient_name"`
	RecipientAddress string                   `db:"recipient_address"`
	File             string                   `db:"file_number"`
	Classes          dataClasses              `db:"classes"`
	By               string                   `db:"by_official"`
	KeptUntil        cris.Date                `db:"kept_until"`
}

var accountingTable = newTable[accountingRow]("cris_selfcheck_disclosures")

// dataClasses is a column with classes of data: a JSON array, or empty if there are none.
type dataClasses []disclosure.Class

// MarshalText implements encoding.TextMarshaler. It refuses what encoding/json would alter.
func (c dataClasses) MarshalText() ([]byte, error) {
	if len(c) == 0 {
		return nil, nil
	}
	for _, class := range c {
		if !text.IsStorable(string(class)) {
			return nil, errUnstorable
		}
	}
	return json.Marshal([]disclosure.Class(c))
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (c *dataClasses) UnmarshalText(column []byte) error {
	*c = nil
	if len(column) == 0 {
		return nil
	}
	return json.Unmarshal(column, (*[]disclosure.Class)(c))
}

func rowOfEntry(e disclosure.Entry) accountingRow {
	return accountingRow{
		ID: e.ID, Handle: e.Handle, At: e.At, Use: e.Use, Authority: e.Authority, Purpose: e.Purpose,
		RecipientKind: e.Recipient.Kind, RecipientName: e.Recipient.Name, RecipientAddress: e.Recipient.Address, File: e.Recipient.File,
		Classes: dataClasses(e.Classes), By: e.By, KeptUntil: e.KeptUntil,
	}
}

func (r accountingRow) entry() disclosure.Entry {
	return disclosure.Entry{
		ID: r.ID, Handle: r.Handle, At: r.At, Use: r.Use, Authority: r.Authority, Purpose: r.Purpose,
		Recipient: disclosure.Recipient{Kind: r.RecipientKind, Name: r.RecipientName, Address: r.RecipientAddress, File: r.File},
		Classes:   r.Classes, By: r.By, KeptUntil: r.KeptUntil,
	}
}

// Record implements disclosure.Accountings: it saves an entry. The same entry again changes
// nothing. It returns an error that matches cris.ErrConflict if another has its ID, or if the
// database gave up, and otherwise that of the context or of the database. Text that is not
// UTF-8 or has a NUL in it is refused.
func (s *Accountings) Record(ctx context.Context, entry disclosure.Entry) error {
	on := s.db.on(ctx)
	inserted, err := accountingTable.insertNew(on, rowOfEntry(entry))
	if err != nil || inserted == 1 {
		return err
	}
	before, found, err := accountingTable.get(on, entry.ID)
	if err != nil {
		return err
	}
	if !found || !before.entry().IsSame(entry) {
		return taken("record a disclosure")
	}
	return nil
}

// List implements disclosure.Accountings: it yields the entries with the handle, in the order
// of their Key, a few hundred at a time, and holds neither a connection nor a lock while it
// yields. Its error is that of the context or of the database.
func (s *Accountings) List(ctx context.Context, handle selfcheck.Handle, page disclosure.Page) iter.Seq2[disclosure.Entry, error] {
	return paged(ctx, page,
		func(after disclosure.Key, limit int) ([]accountingRow, error) {
			if !text.IsStorable(string(handle)) {
				return nil, ctx.Err() // there are none
			}
			return accountingTable.find(s.db.on(ctx), "WHERE handle = ? AND (at, id) > (?, ?) ORDER BY at, id LIMIT ?", handle, after.At, after.ID, limit)
		},
		func(row accountingRow) (disclosure.Entry, disclosure.Key, error) {
			entry := row.entry()
			return entry, entry.Key(), nil
		})
}

// Retain implements disclosure.Accountings: the entries with the handle are kept at least
// until the end of that day. Its error is that of the context or of the database.
func (s *Accountings) Retain(ctx context.Context, handle selfcheck.Handle, until cris.Date) error {
	if !text.IsStorable(string(handle)) {
		return ctx.Err() // there are none
	}
	_, err := s.db.on(ctx).exec("retain disclosures", `UPDATE cris_selfcheck_disclosures SET kept_until = ? WHERE handle = ? AND kept_until < ?`, until, handle, until)
	return err
}
