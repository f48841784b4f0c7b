package addresschangetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/internal/text"
)

func TestKit_AcceptsMemory(t *testing.T) {
	TestStore(t, func(*testing.T) (addresschange.Store, cris.Outbox) {
		db := memory.New()
		return db.AddressChanges(), db.Outbox()
	})
}

type (
	decideFunc = func(prior addresschange.Record) (addresschange.Change, error)
	updateFunc = func(ctx context.Context, key string, decide decideFunc) error
	readFunc   = func(ctx context.Context, get func(context.Context) (addresschange.Record, error)) (addresschange.Record, error)
)

// flawed is a correct store with one flaw: any of its functions may be set.
type flawed struct {
	addresschange.Store
	update updateFunc
	read   readFunc // in place of Keyed, Report and Confirmed
}

func (f flawed) Update(ctx context.Context, key string, decide func(addresschange.Record) (addresschange.Change, error)) error {
	if f.update == nil {
		return f.Store.Update(ctx, key, decide)
	}
	return f.update(ctx, key, decide)
}

func (f flawed) Keyed(ctx context.Context, key string) (addresschange.Record, error) {
	get := func(ctx context.Context) (addresschange.Record, error) { return f.Store.Keyed(ctx, key) }
	if f.read == nil {
		return get(ctx)
	}
	return f.read(ctx, get)
}

func (f flawed) Report(ctx context.Context, id string) (addresschange.Record, error) {
	get := func(ctx context.Context) (addresschange.Record, error) { return f.Store.Report(ctx, id) }
	if f.read == nil {
		return get(ctx)
	}
	return f.read(ctx, get)
}

func (f flawed) Confirmed(ctx context.Context, number erequest.ConfirmationNumber) (addresschange.Record, error) {
	get := func(ctx context.Context) (addresschange.Record, error) { return f.Store.Confirmed(ctx, number) }
	if f.read == nil {
		return get(ctx)
	}
	return f.read(ctx, get)
}

// zoo collects broken stores.
type zoo []contract.Broken[stores]

func (z *zoo) add(clause, flaw string, spoil func(good addresschange.Store) flawed) {
	*z = append(*z, contract.Broken[stores]{Clause: clause, Flaw: flaw, New: func(*testing.T) stores {
		db := memory.New()
		spoiled := spoil(db.AddressChanges())
		spoiled.Store = db.AddressChanges()
		return stores{spoiled, db.Outbox()}
	}})
}

func TestKit_RefusesBrokenStores(t *testing.T) {
	var all zoo
	all.addUpdates()
	all.addReads()
	all.addIdentifiers()
	contract.RefusesOwn(t, ownClauses(), sharedClauses(), all)
}

// onUpdate lets a store do something else in place of an Update.
func onUpdate(spoil func(good addresschange.Store) updateFunc) func(addresschange.Store) flawed {
	return func(good addresschange.Store) flawed { return flawed{update: spoil(good)} }
}

// onRecord lets a store spoil each report before it is saved.
func onRecord(spoil func(prior addresschange.Record, r *addresschange.Record)) func(addresschange.Store) flawed {
	return onUpdate(func(good addresschange.Store) updateFunc {
		return func(ctx context.Context, key string, decide decideFunc) error {
			return good.Update(ctx, key, func(prior addresschange.Record) (addresschange.Change, error) {
				change, err := decide(prior)
				if err == nil && change.Record != nil {
					spoiled := *change.Record
					spoiled.Cases = slices.Clone(spoiled.Cases)
					spoil(prior, &spoiled)
					change.Record = &spoiled
				}
				return change, err
			})
		}
	})
}

// onTexts lets a store alter the statement and the form types of reports.
func onTexts(alter func(string) string) func(addresschange.Store) flawed {
	return onRecord(func(_ addresschange.Record, r *addresschange.Record) {
		r.Statement = alter(r.Statement)
		for i, c := range r.Cases {
			r.Cases[i].Screening.FormType = casestatus.FormType(alter(string(c.Screening.FormType)))
		}
	})
}

func (z *zoo) addUpdates() {
	z.add("Update/OneAfterAnother", "reads, decides and writes in steps", onUpdate(func(good addresschange.Store) updateFunc {
		return func(ctx context.Context, key string, decide decideFunc) error {
			prior, err := given(ctx, good, key)
			if err != nil {
				return err
			}
			change, err := decide(prior)
			if err != nil {
				return err
			}
			return good.Update(ctx, key, func(addresschange.Record) (addresschange.Change, error) { return change, nil })
		}
	}))
	for _, clause := range []string{"Update/OneCommit", "Update/CutAnywhere"} {
		z.add(clause, "saves the events in a second transaction after the commit", onUpdate(func(good addresschange.Store) updateFunc {
			return func(ctx context.Context, key string, decide decideFunc) error {
				var events []cris.Event
				if err := good.Update(ctx, key, func(prior addresschange.Record) (addresschange.Change, error) {
					change, err := decide(prior)
					events, change.Events = change.Events, nil
					return change, err
				}); err != nil {
					return err
				}
				time.Sleep(time.Millisecond)
				return good.Update(ctx, key, func(addresschange.Record) (addresschange.Change, error) {
					return addresschange.Change{Events: events}, nil
				})
			}
		}))
	}
	z.add("Update/EveryEntry", "keeps as many cases as one statement takes", onRecord(func(_ addresschange.Record, r *addresschange.Record) {
		r.Cases = r.Cases[:min(900, len(r.Cases))]
	}))
	z.add("Replaces", "keeps the cases of what was replaced", onRecord(func(prior addresschange.Record, r *addresschange.Record) {
		if len(prior.Cases) > len(r.Cases) {
			r.Cases = append(r.Cases, prior.Cases[len(r.Cases):]...)
		}
	}))
	z.add("Replaces", "keeps what was filed first", onRecord(func(prior addresschange.Record, r *addresschange.Record) {
		if prior.ID != "" && len(prior.Cases) >= len(r.Cases) {
			*r = prior
		}
	}))
	z.add("NilLeaves", "files an empty report where a change names none", onUpdate(func(good addresschange.Store) updateFunc {
		return func(ctx context.Context, key string, decide decideFunc) error {
			return good.Update(ctx, key, func(prior addresschange.Record) (addresschange.Change, error) {
				change, err := decide(prior)
				if change.Record == nil {
					change.Record = &addresschange.Record{Key: key, ID: "empty " + key}
				}
				return change, err
			})
		}
	}))
	z.add("OtherKey", "files under the key of the Update", onUpdate(func(good addresschange.Store) updateFunc {
		return func(ctx context.Context, key string, decide decideFunc) error {
			return onRecord(func(_ addresschange.Record, r *addresschange.Record) { r.Key = key })(good).update(ctx, key, decide)
		}
	}))
	z.add("OtherKey", "passes over a report with another key", onUpdate(func(good addresschange.Store) updateFunc {
		return func(ctx context.Context, key string, decide decideFunc) error {
			return good.Update(ctx, key, func(prior addresschange.Record) (addresschange.Change, error) {
				change, err := decide(prior)
				if change.Record != nil && change.Record.Key != key {
					change.Record = nil
				}
				return change, err
			})
		}
	}))
}

func (z *zoo) addReads() {
	z.add("RoundTrip", "keeps whole seconds", onRecord(func(_ addresschange.Record, r *addresschange.Record) {
		r.ReportedAt = r.ReportedAt.Truncate(time.Second)
	}))
	z.add("RoundTrip", "knows no channel of later days", onRecord(func(_ addresschange.Record, r *addresschange.Record) {
		if !slices.Contains(erequest.Channels(), r.Channel) {
			r.Channel = ""
		}
	}))
	z.add("RoundTrip", "forgets the previous address", onRecord(func(_ addresschange.Record, r *addresschange.Record) { r.Previous = cris.Address{} }))
	reading := func(read readFunc) func(addresschange.Store) flawed {
		return func(addresschange.Store) flawed { return flawed{read: read} }
	}
	for _, port := range []string{"Report", "Confirmed"} {
		z.add(port+"/Unknown", "gives an empty report", reading(func(ctx context.Context, get func(context.Context) (addresschange.Record, error)) (addresschange.Record, error) {
			r, err := get(ctx)
			if errors.Is(err, addresschange.ErrNotFound) {
				err = nil
			}
			return r, err
		}))
		z.add(port+"/Cancelled", "reads under a canceled context", reading(func(ctx context.Context, get func(context.Context) (addresschange.Record, error)) (addresschange.Record, error) {
			return get(context.WithoutCancel(ctx))
		}))
		z.add(port+"/Fresh", "forgets on which day an address was entered", onRecord(func(_ addresschange.Record, r *addresschange.Record) {
			for i := range r.Cases {
				r.Cases[i].Entered = cris.Date{}
			}
		}))
		z.add(port+"/Fresh", "drops the maiden name", onRecord(func(_ addresschange.Record, r *addresschange.Record) {
			if name := r.Name.Reveal(); name.Maiden != "" {
				name.Maiden = ""
				r.Name = must(cris.NewPersonName(name))
			}
		}))
		z.add(port+"/Own", "hands its own slices out", owning(false, true))
		z.add(port+"/Own", "keeps the slice that decide returned", owning(true, false))
		z.add(port+"/Exact", "trims texts", onTexts(strings.TrimSpace))
		z.add(port+"/Refused", "replaces what is not UTF-8", onTexts(func(s string) string { return strings.ToValidUTF8(s, "\ufffd") }))
		z.add(port+"/Refused", "repeats the row in its error", onUpdate(func(good addresschange.Store) updateFunc {
			return func(ctx context.Context, key string, decide decideFunc) error {
				return good.Update(ctx, key, func(prior addresschange.Record) (addresschange.Change, error) {
					change, err := decide(prior)
					if change.Record != nil && !text.IsStorable(change.Record.Statement) {
						return change, fmt.Errorf("invalid byte sequence in the row of %s", change.Record.Name.Reveal().Family)
					}
					return change, err
				})
			}
		}))
	}
}

func (z *zoo) addIdentifiers() {
	folding := func(fold func(string) string) func(addresschange.Store) flawed {
		return onUpdate(func(good addresschange.Store) updateFunc {
			return func(ctx context.Context, key string, decide decideFunc) error {
				return onRecord(func(_ addresschange.Record, r *addresschange.Record) { r.Key = fold(r.Key) })(good).update(ctx, fold(key), decide)
			}
		})
	}
	z.add("KeysApart", "takes small letters for capitals", folding(strings.ToUpper))
	z.add("KeysApart", "trims keys", folding(strings.TrimSpace))
	// renaming is a store that gives a report another identifier than one that is taken.
	renaming := func(clashes func(a, b addresschange.Record) bool, rename func(r *addresschange.Record)) func(addresschange.Store) flawed {
		var mu sync.Mutex
		var filed []addresschange.Record
		return onRecord(func(_ addresschange.Record, r *addresschange.Record) {
			mu.Lock()
			defer mu.Unlock()
			if slices.ContainsFunc(filed, func(other addresschange.Record) bool { return other.Key != r.Key && clashes(other, *r) }) {
				rename(r)
			}
			filed = append(filed, *r)
		})
	}
	z.add("ReportIDTaken", "files a report with an ID that is taken under another", renaming(
		func(a, b addresschange.Record) bool { return a.ID == b.ID }, func(r *addresschange.Record) { r.ID += "+" }))
	z.add("ConfirmationTaken", "takes the same confirmation number twice", renaming(
		func(a, b addresschange.Record) bool { return a.Confirmation == b.Confirmation },
		func(r *addresschange.Record) { r.Confirmation = NewRecord(999).Confirmation }))
	for _, clause := range []string{"ReportIDTaken", "ConfirmationTaken"} {
		z.add(clause, "repeats a name in its error", onUpdate(func(good addresschange.Store) updateFunc {
			return func(ctx context.Context, key string, decide decideFunc) error {
				var name string
				err := good.Update(ctx, key, func(prior addresschange.Record) (addresschange.Change, error) {
					change, err := decide(prior)
					if change.Record != nil {
						name = change.Record.Name.Reveal().Family
					}
					return change, err
				})
				if errors.Is(err, addresschange.ErrConflict) {
					return fmt.Errorf("report of %s: %w", name, err)
				}
				return err
			}
		}))
	}
}

// owning is a store of reports, without events, that copies what it is given, what it hands
// out, or neither.
func owning(copiesOut, copiesIn bool) func(addresschange.Store) flawed {
	copied := func(r addresschange.Record, is bool) addresschange.Record {
		if is {
			r.Cases = slices.Clone(r.Cases)
		}
		return r
	}
	return func(addresschange.Store) flawed {
		var mu sync.Mutex
		held := map[string]addresschange.Record{}
		return flawed{
			update: func(_ context.Context, key string, decide decideFunc) error {
				mu.Lock()
				defer mu.Unlock()
				change, err := decide(copied(held[key], copiesOut))
				if err == nil && change.Record != nil {
					held[key] = copied(*change.Record, copiesIn)
				}
				return err
			},
			read: func(_ context.Context, _ func(context.Context) (addresschange.Record, error)) (addresschange.Record, error) {
				mu.Lock()
				defer mu.Unlock()
				for _, r := range held { // the clause files one
					return copied(r, copiesOut), nil
				}
				return addresschange.Record{}, addresschange.ErrNotFound
			},
		}
	}
}
