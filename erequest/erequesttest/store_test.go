package erequesttest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/internal/text"
)

func TestKit_AcceptsMemory(t *testing.T) {
	TestStore(t, func(*testing.T) (erequest.Store, cris.Outbox) {
		db := memory.New()
		return db.ERequests(), db.Outbox()
	})
}

type (
	decideFunc = func(prior []erequest.Entry) (erequest.Change, error)
	updateFunc = func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideFunc) error
)

// flawed is a correct store with one flaw: any of its functions may be set.
type flawed struct {
	erequest.Store
	update  updateFunc
	request func(ctx context.Context, id string) (erequest.Request, error)
	entries func(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Entry, error)
	due     func(ctx context.Context, query erequest.DueQuery) iter.Seq2[erequest.DueRequest, error]
}

func (f flawed) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Entry) (erequest.Change, error)) error {
	if f.update == nil {
		return f.Store.Update(ctx, receipt, decide)
	}
	return f.update(ctx, receipt, decide)
}

func (f flawed) Entries(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Entry, error) {
	if f.entries == nil {
		return f.Store.Entries(ctx, receipt)
	}
	return f.entries(ctx, receipt)
}

func (f flawed) Due(ctx context.Context, query erequest.DueQuery) iter.Seq2[erequest.DueRequest, error] {
	if f.due == nil {
		return f.Store.Due(ctx, query)
	}
	return f.due(ctx, query)
}

func (f flawed) Request(ctx context.Context, id string) (erequest.Request, error) {
	if f.request == nil {
		return f.Store.Request(ctx, id)
	}
	return f.request(ctx, id)
}

// zoo collects broken stores.
type zoo []contract.Broken[stores]

func (z *zoo) add(clause, flaw string, spoil func(good erequest.Store) flawed) {
	*z = append(*z, contract.Broken[stores]{Clause: clause, Flaw: flaw, New: func(*testing.T) stores {
		db := memory.New()
		spoiled := spoil(db.ERequests())
		spoiled.Store = db.ERequests()
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
func onUpdate(spoil func(good erequest.Store) updateFunc) func(erequest.Store) flawed {
	return func(good erequest.Store) flawed { return flawed{update: spoil(good)} }
}

// onChange lets a store spoil what decide returned before it is saved.
func onChange(spoil func(receipt casestatus.ReceiptNumber, prior []erequest.Entry, change *erequest.Change)) func(erequest.Store) flawed {
	return onUpdate(func(good erequest.Store) updateFunc {
		return func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideFunc) error {
			return good.Update(ctx, receipt, func(prior []erequest.Entry) (erequest.Change, error) {
				change, err := decide(prior)
				if err == nil {
					change.File = slices.Clone(change.File)
					spoil(receipt, prior, &change)
				}
				return change, err
			})
		}
	})
}

// onFiled lets a store spoil each request before it is filed.
func onFiled(spoil func(r *erequest.Request)) func(erequest.Store) flawed {
	return onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Entry, change *erequest.Change) {
		for i := range change.File {
			spoil(&change.File[i])
		}
	})
}

// withTexts lets a store alter the text of corrections and keys.
func withTexts(alter func(string) string) func(erequest.Store) flawed {
	return onFiled(func(r *erequest.Request) {
		r.Key = alter(r.Key)
		if correct := r.Details.Corrections.Address.Correct; !correct.IsZero() {
			r.Details.Corrections.Address.Correct = cris.NewPersonal(alter(correct.Reveal()))
		}
	})
}

// onPrior lets a store spoil what it gives decide.
func onPrior(spoil func(prior []erequest.Entry) []erequest.Entry) func(erequest.Store) flawed {
	return onUpdate(func(good erequest.Store) updateFunc {
		return func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideFunc) error {
			return good.Update(ctx, receipt, func(prior []erequest.Entry) (erequest.Change, error) { return decide(spoil(prior)) })
		}
	})
}

// onDue lets a store spoil what it lists.
func onDue(spoil func(due *erequest.DueRequest)) func(erequest.Store) flawed {
	return func(good erequest.Store) flawed {
		return flawed{due: func(ctx context.Context, query erequest.DueQuery) iter.Seq2[erequest.DueRequest, error] {
			return func(yield func(erequest.DueRequest, error) bool) {
				for due, err := range good.Due(ctx, query) {
					spoil(&due)
					if !yield(due, err) {
						return
					}
				}
			}
		}}
	}
}

func (z *zoo) addUpdates() {
	z.add("Update/OneAfterAnother", "reads, decides and writes in steps", onUpdate(func(good erequest.Store) updateFunc {
		return func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideFunc) error {
			prior, err := good.Entries(ctx, receipt)
			if err != nil {
				return err
			}
			change, err := decide(prior)
			if err != nil {
				return err
			}
			return good.Update(ctx, receipt, func([]erequest.Entry) (erequest.Change, error) { return change, nil })
		}
	}))
	for _, clause := range []string{"Update/OneCommit", "Update/CutAnywhere"} {
		z.add(clause, "saves the events in a second transaction after the commit", onUpdate(func(good erequest.Store) updateFunc {
			return func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideFunc) error {
				var events []cris.Event
				if err := good.Update(ctx, receipt, func(prior []erequest.Entry) (erequest.Change, error) {
					change, err := decide(prior)
					events, change.Events = change.Events, nil
					return change, err
				}); err != nil {
					return err
				}
				time.Sleep(time.Millisecond)
				return good.Update(ctx, receipt, func([]erequest.Entry) (erequest.Change, error) { return erequest.Change{Events: events}, nil })
			}
		}))
	}
	z.add("Update/EveryEntry", "drops the second request of one change", onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Entry, change *erequest.Change) {
		change.File = change.File[:min(1, len(change.File))]
	}))
	z.add("Update/EveryEntry", "files as many requests as one statement takes", onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Entry, change *erequest.Change) {
		change.File = change.File[:min(900, len(change.File))]
	}))
	z.add("MarkSaved", "forgets marks", onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Entry, change *erequest.Change) {
		change.Marks = nil
	}))
	z.add("MarkSaved", "drops the second mark of one change", onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Entry, change *erequest.Change) {
		change.Marks = change.Marks[:min(1, len(change.Marks))]
	}))
	z.add("MarkSaved", "marks all on the day of the last", onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Entry, change *erequest.Change) {
		change.Marks = slices.Clone(change.Marks)
		for i := range change.Marks {
			change.Marks[i].On = change.Marks[len(change.Marks)-1].On
		}
	}))
	z.add("MarkSaved", "forgets marks that come with a request", onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Entry, change *erequest.Change) {
		if len(change.File) > 0 {
			change.Marks = nil
		}
	}))
	z.add("MarkSaved", "marks every request of the case", onChange(func(_ casestatus.ReceiptNumber, prior []erequest.Entry, change *erequest.Change) {
		for _, r := range prior {
			if len(change.Marks) > 0 {
				change.Marks = append(change.Marks, erequest.Mark{RequestID: r.ID, Milestone: change.Marks[0].Milestone, On: change.Marks[0].On})
			}
		}
	}))
	z.add("MarkSaved", "takes every milestone for an answer", onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Entry, change *erequest.Change) {
		change.Marks = slices.Clone(change.Marks)
		for i := range change.Marks {
			change.Marks[i].Milestone = erequest.MilestoneAnswered
		}
	}))
	z.add("MilestoneUnknown", "passes over milestones that it does not know", onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Entry, change *erequest.Change) {
		change.Marks = slices.DeleteFunc(slices.Clone(change.Marks), func(m erequest.Mark) bool { return !slices.Contains(erequest.Milestones(), m.Milestone) })
	}))
	z.add("MarkUnknown", "ignores marks on requests it does not find", onChange(func(_ casestatus.ReceiptNumber, prior []erequest.Entry, change *erequest.Change) {
		change.Marks = slices.DeleteFunc(change.Marks, func(a erequest.Mark) bool {
			return !slices.ContainsFunc(prior, func(r erequest.Entry) bool { return r.ID == a.RequestID })
		})
	}))
	z.add("OtherCase", "files under the case of the Update", onChange(func(receipt casestatus.ReceiptNumber, _ []erequest.Entry, change *erequest.Change) {
		for i := range change.File {
			change.File[i].Receipt = receipt
		}
	}))
	z.add("OtherCase", "passes over what belongs to another case", onChange(func(receipt casestatus.ReceiptNumber, _ []erequest.Entry, change *erequest.Change) {
		change.File = slices.DeleteFunc(change.File, func(r erequest.Request) bool { return r.Receipt != receipt })
	}))
}

func (z *zoo) addReads() {
	z.add("RoundTrip", "keeps whole seconds", onFiled(func(r *erequest.Request) { r.FiledAt = r.FiledAt.Truncate(time.Second) }))
	z.add("RoundTrip", "knows no issue of later days", onFiled(func(r *erequest.Request) {
		if !slices.Contains(erequest.Issues(), r.Issue) {
			r.Issue = ""
		}
	}))
	z.add("RoundTrip", "does not keep in which language to answer", onFiled(func(r *erequest.Request) { r.Language = "" }))
	z.add("RoundTrip", "forgets who took it", onFiled(func(r *erequest.Request) { r.TakenBy = "" }))
	z.add("RoundTrip", "does not keep which statement was shown", onFiled(func(r *erequest.Request) { r.Statement = "" }))
	z.add("RoundTrip", "does not keep the representative", onFiled(func(r *erequest.Request) { r.Details.Representative = erequest.Representative{} }))
	z.add("RoundTrip", "keeps one contact for both", onFiled(func(r *erequest.Request) { r.Details.Representative.Contact = r.Details.Contact }))
	z.add("RoundTrip", "takes every representative for the one of record", onFiled(func(r *erequest.Request) { r.Compared.Representative = erequest.Agrees }))
	z.add("RoundTrip", "does not keep who was assigned when", onFiled(func(r *erequest.Request) { r.Assigned = cris.Date{} }))
	z.add("RoundTrip", "does not keep when it was mailed", onFiled(func(r *erequest.Request) { r.Details.Mailed = cris.Date{} }))
	z.add("RoundTrip", "keeps one correction", onFiled(func(r *erequest.Request) {
		r.Details.Corrections = erequest.Corrections{Name: r.Details.Corrections.Name}
	}))
	z.add("RoundTrip", "keeps no more than what is correct", onFiled(func(r *erequest.Request) {
		r.Details.Corrections.ANumber.Printed = cris.Personal[string]{}
	}))
	z.add("OrderOfFiling", "sorts by ID", onPrior(func(prior []erequest.Entry) []erequest.Entry {
		slices.SortFunc(prior, func(a, b erequest.Entry) int { return strings.Compare(a.ID, b.ID) })
		return prior
	}))
	z.add("OrderOfFiling", "Entries gives the latest first", func(good erequest.Store) flawed {
		return flawed{entries: func(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Entry, error) {
			requests, err := good.Entries(ctx, receipt)
			slices.Reverse(requests)
			return requests, err
		}}
	})
	z.add("Request/Unknown", "gives an empty request", func(good erequest.Store) flawed {
		return flawed{request: func(ctx context.Context, id string) (erequest.Request, error) {
			r, err := good.Request(ctx, id)
			if errors.Is(err, erequest.ErrNotFound) {
				err = nil
			}
			return r, err
		}}
	})
	z.add("Entries/Unknown", "gives an error for a case without requests", func(good erequest.Store) flawed {
		return flawed{entries: func(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Entry, error) {
			requests, err := good.Entries(ctx, receipt)
			if err == nil && len(requests) == 0 {
				err = erequest.ErrNotFound
			}
			return requests, err
		}}
	})
	z.add("Request/Fresh", "reads what it read before, also after an answer", func(good erequest.Store) flawed {
		var mu sync.Mutex
		read := map[string]erequest.Request{}
		return flawed{request: func(ctx context.Context, id string) (erequest.Request, error) {
			mu.Lock()
			defer mu.Unlock()
			if r, known := read[id]; known {
				return r, ctx.Err()
			}
			r, err := good.Request(ctx, id)
			if err == nil {
				read[id] = r
			}
			return r, err
		}}
	})
	z.add("Entries/Fresh", "reads what it read before, until another is filed", func(good erequest.Store) flawed {
		var mu sync.Mutex
		read := map[casestatus.ReceiptNumber][]erequest.Entry{}
		return flawed{entries: func(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Entry, error) {
			mu.Lock()
			defer mu.Unlock()
			requests, err := good.Entries(ctx, receipt)
			if known := read[receipt]; err == nil && len(known) > 0 && known[0].Answered != requests[0].Answered {
				for i := range known {
					requests[i].Answered = known[i].Answered
				}
			}
			read[receipt] = slices.Clone(requests)
			return requests, err
		}}
	})
	z.add("Entries/Fresh", "gives decide the requests as they were filed", onPrior(func(prior []erequest.Entry) []erequest.Entry {
		for i := range prior {
			prior[i].Answered = cris.Date{}
		}
		return prior
	}))
	z.add("Due/Values", "forgets what was raised", onDue(func(due *erequest.DueRequest) { due.Overdue = cris.Date{} }))
	z.add("Due/Values", "lists what was raised too", func(good erequest.Store) flawed {
		return flawed{due: func(ctx context.Context, query erequest.DueQuery) iter.Seq2[erequest.DueRequest, error] {
			query.Unraised = false
			return good.Due(ctx, query)
		}}
	})
	z.add("Request/Fresh", "drops the maiden name", onFiled(func(r *erequest.Request) {
		if name := r.Details.Name.Reveal(); name.Maiden != "" {
			name.Maiden = ""
			r.Details.Name = must(cris.NewPersonName(name))
		}
	}))
	z.add("Request/Fresh", "stores what a personal value prints as", onFiled(func(r *erequest.Request) {
		if email := r.Details.Contact.Email; !email.IsZero() {
			r.Details.Contact.Email = cris.NewPersonal(email.String())
		}
	}))
	z.add("Request/Cancelled", "reads a request under a canceled context", func(good erequest.Store) flawed {
		return flawed{request: func(ctx context.Context, id string) (erequest.Request, error) {
			return good.Request(context.WithoutCancel(ctx), id)
		}}
	})
	z.add("Entries/Cancelled", "reads a case under a canceled context", func(good erequest.Store) flawed {
		return flawed{entries: func(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Entry, error) {
			return good.Entries(context.WithoutCancel(ctx), receipt)
		}}
	})
	z.add("Entries/Own", "hands its own slices out", owning(false, true))
	z.add("Entries/Own", "keeps the slice that decide returned", owning(true, false))
	for _, port := range []string{"Request", "Entries"} {
		z.add(port+"/Exact", "trims texts", withTexts(strings.TrimSpace))
		z.add(port+"/Exact", "writes keys and countries in capitals", onFiled(func(r *erequest.Request) {
			r.Key = strings.ToUpper(r.Key)
			if country := r.Details.CountryOfBirth; !country.IsZero() {
				r.Details.CountryOfBirth = cris.NewPersonal(strings.ToUpper(country.Reveal()))
			}
		}))
		z.add(port+"/Refused", "replaces what is not UTF-8", withTexts(func(s string) string { return strings.ToValidUTF8(s, "\ufffd") }))
		z.add(port+"/Refused", "ends a text at a NUL", withTexts(func(s string) string {
			before, _, _ := strings.Cut(s, "\x00")
			return before
		}))
		z.add(port+"/Refused", "repeats in its error what the customer entered", withError(func(r erequest.Request) string {
			return r.Details.Corrections.Address.Correct.Reveal()
		}))
		z.add(port+"/Refused", "repeats the row in its error", withError(func(r erequest.Request) string {
			return r.Details.Name.Reveal().Family
		}))
	}
}

// withError is a store whose error about a correction that it cannot hold repeats something of
// the request.
func withError(repeats func(r erequest.Request) string) func(erequest.Store) flawed {
	return onUpdate(func(good erequest.Store) updateFunc {
		return func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideFunc) error {
			return good.Update(ctx, receipt, func(prior []erequest.Entry) (erequest.Change, error) {
				change, err := decide(prior)
				for _, r := range change.File {
					if !text.IsStorable(r.Details.Corrections.Address.Correct.Reveal() + r.Key) {
						return erequest.Change{}, fmt.Errorf("invalid byte sequence in the row of %q", repeats(r))
					}
				}
				return change, err
			})
		}
	})
}

// owning is a store of requests, without events, that copies what it is given, what it hands
// out, or neither.
func owning(copiesOut, copiesIn bool) func(erequest.Store) flawed {
	return func(erequest.Store) flawed {
		var mu sync.Mutex
		held := map[casestatus.ReceiptNumber][]erequest.Request{}
		handedOut := map[casestatus.ReceiptNumber][]erequest.Entry{}
		entries := func(receipt casestatus.ReceiptNumber) []erequest.Entry {
			out := handedOut[receipt]
			if copiesOut {
				out = nil
			}
			for _, r := range held[receipt][len(out):] {
				out = append(out, r.Entry)
			}
			handedOut[receipt] = out
			return out
		}
		return flawed{
			update: func(_ context.Context, receipt casestatus.ReceiptNumber, decide decideFunc) error {
				mu.Lock()
				defer mu.Unlock()
				change, err := decide(entries(receipt))
				switch {
				case err != nil:
					return err
				case held[receipt] == nil && !copiesIn:
					held[receipt] = change.File
				default:
					held[receipt] = append(held[receipt], change.File...)
				}
				return nil
			},
			request: func(_ context.Context, id string) (erequest.Request, error) {
				mu.Lock()
				defer mu.Unlock()
				for _, requests := range held {
					if i := slices.IndexFunc(requests, func(r erequest.Request) bool { return r.ID == id }); i >= 0 {
						return requests[i], nil
					}
				}
				return erequest.Request{}, erequest.ErrNotFound
			},
			entries: func(_ context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Entry, error) {
				mu.Lock()
				defer mu.Unlock()
				return entries(receipt), nil
			},
		}
	}
}

func (z *zoo) addIdentifiers() {
	z.add("IDTaken", "keeps IDs apart by case", onFiled(func(r *erequest.Request) { r.ID += "@" + r.Receipt.String() }))
	z.add("ConfirmationTaken", "draws another number by itself", func(good erequest.Store) flawed {
		drawn := 1000
		return onFiled(func(r *erequest.Request) {
			drawn++
			r.Confirmation = ConfirmationNumber(drawn)
		})(good)
	})
	for _, clause := range []string{"IDTaken", "ConfirmationTaken"} {
		taken := func(a, b erequest.Entry) bool { return a.ID == b.ID || a.Confirmation == b.Confirmation }
		z.add(clause, "passes over what the case has already", onChange(func(_ casestatus.ReceiptNumber, prior []erequest.Entry, change *erequest.Change) {
			change.File = slices.DeleteFunc(change.File, func(r erequest.Request) bool {
				return slices.ContainsFunc(prior, func(p erequest.Entry) bool { return taken(p, r.Entry) })
			})
		}))
		z.add(clause, "files the first of two in one change", onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Entry, change *erequest.Change) {
			change.File = slices.CompactFunc(change.File, func(a, b erequest.Request) bool { return taken(a.Entry, b.Entry) })
		}))
		z.add(clause, "says whose request it was", onUpdate(func(good erequest.Store) updateFunc {
			return func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideFunc) error {
				var whose string
				err := good.Update(ctx, receipt, func(prior []erequest.Entry) (erequest.Change, error) {
					change, err := decide(prior)
					for _, r := range change.File {
						whose = r.Details.Contact.Email.Reveal()
					}
					return change, err
				})
				if errors.Is(err, cris.ErrConflict) {
					return fmt.Errorf("duplicate key in the row of %s: %w", whose, err)
				}
				return err
			}
		}))
	}
	z.add("Request/Letters", "folds the letters of IDs", func(good erequest.Store) flawed {
		spoiled := onFiled(func(r *erequest.Request) { r.ID = strings.ToLower(r.ID) })(good)
		spoiled.request = func(ctx context.Context, id string) (erequest.Request, error) {
			return good.Request(ctx, strings.ToLower(id))
		}
		return spoiled
	})
	z.add("Request/Letters", "finds requests without regard to case", func(good erequest.Store) flawed {
		return flawed{request: func(ctx context.Context, id string) (erequest.Request, error) {
			r, err := good.Request(ctx, strings.ToLower(id))
			if err == nil && strings.EqualFold(r.ID, id) {
				r.ID = id
			}
			return r, err
		}}
	})
}
