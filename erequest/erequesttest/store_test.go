package erequesttest

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
	decideFunc = func(prior []erequest.Request) (erequest.Change, error)
	updateFunc = func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideFunc) error
)

// flawed is a correct store with one flaw: any of its functions may be set.
type flawed struct {
	erequest.Store
	update  updateFunc
	request func(ctx context.Context, id string) (erequest.Request, error)
	ofCase  func(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Request, error)
}

func (f flawed) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Request) (erequest.Change, error)) error {
	if f.update == nil {
		return f.Store.Update(ctx, receipt, decide)
	}
	return f.update(ctx, receipt, decide)
}

func (f flawed) Requests(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Request, error) {
	if f.ofCase == nil {
		return f.Store.Requests(ctx, receipt)
	}
	return f.ofCase(ctx, receipt)
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
func onChange(spoil func(receipt casestatus.ReceiptNumber, prior []erequest.Request, change *erequest.Change)) func(erequest.Store) flawed {
	return onUpdate(func(good erequest.Store) updateFunc {
		return func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideFunc) error {
			return good.Update(ctx, receipt, func(prior []erequest.Request) (erequest.Change, error) {
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
	return onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Request, change *erequest.Change) {
		for i := range change.File {
			spoil(&change.File[i])
		}
	})
}

// withCorrection lets a store alter the text of corrections.
func withCorrection(alter func(string) string) func(erequest.Store) flawed {
	return onFiled(func(r *erequest.Request) {
		if correct := r.Details.Corrections.Address.Correct; !correct.IsZero() {
			r.Details.Corrections.Address.Correct = cris.NewPersonal(alter(correct.Reveal()))
		}
	})
}

// onPrior lets a store spoil what it gives decide.
func onPrior(spoil func(prior []erequest.Request) []erequest.Request) func(erequest.Store) flawed {
	return onUpdate(func(good erequest.Store) updateFunc {
		return func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideFunc) error {
			return good.Update(ctx, receipt, func(prior []erequest.Request) (erequest.Change, error) { return decide(spoil(prior)) })
		}
	})
}

func (z *zoo) addUpdates() {
	z.add("Update/OneAfterAnother", "reads, decides and writes in steps", onUpdate(func(good erequest.Store) updateFunc {
		return func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideFunc) error {
			prior, err := good.Requests(ctx, receipt)
			if err != nil {
				return err
			}
			change, err := decide(prior)
			if err != nil {
				return err
			}
			return good.Update(ctx, receipt, func([]erequest.Request) (erequest.Change, error) { return change, nil })
		}
	}))
	for _, clause := range []string{"Update/OneCommit", "Update/CutAnywhere"} {
		z.add(clause, "saves the events in a second transaction after the commit", onUpdate(func(good erequest.Store) updateFunc {
			return func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideFunc) error {
				var events []cris.Event
				if err := good.Update(ctx, receipt, func(prior []erequest.Request) (erequest.Change, error) {
					change, err := decide(prior)
					events, change.Events = change.Events, nil
					return change, err
				}); err != nil {
					return err
				}
				time.Sleep(time.Millisecond)
				return good.Update(ctx, receipt, func([]erequest.Request) (erequest.Change, error) { return erequest.Change{Events: events}, nil })
			}
		}))
	}
	z.add("Update/EveryEntry", "drops the second request of one change", onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Request, change *erequest.Change) {
		change.File = change.File[:min(1, len(change.File))]
	}))
	z.add("Update/EveryEntry", "files as many requests as one statement takes", onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Request, change *erequest.Change) {
		change.File = change.File[:min(900, len(change.File))]
	}))
	z.add("AnswerSaved", "forgets answers", onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Request, change *erequest.Change) {
		change.Answered = nil
	}))
	z.add("AnswerSaved", "drops the second answer of one change", onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Request, change *erequest.Change) {
		change.Answered = change.Answered[:min(1, len(change.Answered))]
	}))
	z.add("AnswerSaved", "answers all on the day of the last", onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Request, change *erequest.Change) {
		change.Answered = slices.Clone(change.Answered)
		for i := range change.Answered {
			change.Answered[i].On = change.Answered[len(change.Answered)-1].On
		}
	}))
	z.add("AnswerSaved", "forgets answers that come with a request", onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Request, change *erequest.Change) {
		if len(change.File) > 0 {
			change.Answered = nil
		}
	}))
	z.add("AnswerSaved", "answers every request of the case", onChange(func(_ casestatus.ReceiptNumber, prior []erequest.Request, change *erequest.Change) {
		for _, r := range prior {
			if len(change.Answered) > 0 {
				change.Answered = append(change.Answered, erequest.Answer{RequestID: r.ID, On: change.Answered[0].On})
			}
		}
	}))
	z.add("AnswerUnknown", "ignores answers to requests it does not find", onChange(func(_ casestatus.ReceiptNumber, prior []erequest.Request, change *erequest.Change) {
		change.Answered = slices.DeleteFunc(change.Answered, func(a erequest.Answer) bool {
			return !slices.ContainsFunc(prior, func(r erequest.Request) bool { return r.ID == a.RequestID })
		})
	}))
	z.add("OtherCase", "files under the case of the Update", onChange(func(receipt casestatus.ReceiptNumber, _ []erequest.Request, change *erequest.Change) {
		for i := range change.File {
			change.File[i].Receipt = receipt
		}
	}))
	z.add("OtherCase", "passes over what belongs to another case", onChange(func(receipt casestatus.ReceiptNumber, _ []erequest.Request, change *erequest.Change) {
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
	z.add("RoundTrip", "does not keep which statement was shown", onFiled(func(r *erequest.Request) { r.Statement = "" }))
	z.add("RoundTrip", "does not keep the representative", onFiled(func(r *erequest.Request) { r.Details.Representative = erequest.Representative{} }))
	z.add("RoundTrip", "keeps one contact for both", onFiled(func(r *erequest.Request) { r.Details.Representative.Contact = r.Details.Contact }))
	z.add("RoundTrip", "takes every representative for the one of record", onFiled(func(r *erequest.Request) { r.RepresentativeOfRecord = true }))
	z.add("RoundTrip", "keeps one correction", onFiled(func(r *erequest.Request) {
		r.Details.Corrections = erequest.Corrections{Name: r.Details.Corrections.Name}
	}))
	z.add("RoundTrip", "keeps no more than what is correct", onFiled(func(r *erequest.Request) {
		r.Details.Corrections.ANumber.Printed = cris.Personal[string]{}
	}))
	z.add("OrderOfFiling", "sorts by time of filing", onPrior(func(prior []erequest.Request) []erequest.Request {
		slices.SortFunc(prior, func(a, b erequest.Request) int { return a.FiledAt.Compare(b.FiledAt) })
		return prior
	}))
	z.add("OrderOfFiling", "Requests gives the latest first", func(good erequest.Store) flawed {
		return flawed{ofCase: func(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Request, error) {
			requests, err := good.Requests(ctx, receipt)
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
	z.add("Requests/Unknown", "gives an error for a case without requests", func(good erequest.Store) flawed {
		return flawed{ofCase: func(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Request, error) {
			requests, err := good.Requests(ctx, receipt)
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
	z.add("Requests/Fresh", "reads what it read before, until another is filed", func(good erequest.Store) flawed {
		var mu sync.Mutex
		read := map[casestatus.ReceiptNumber][]erequest.Request{}
		return flawed{ofCase: func(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Request, error) {
			mu.Lock()
			defer mu.Unlock()
			requests, err := good.Requests(ctx, receipt)
			if known := read[receipt]; err == nil && len(known) > 0 && known[0].Answered != requests[0].Answered {
				for i := range known {
					requests[i].Answered = known[i].Answered
				}
			}
			read[receipt] = slices.Clone(requests)
			return requests, err
		}}
	})
	z.add("Requests/Fresh", "gives decide the requests as they were filed", onPrior(func(prior []erequest.Request) []erequest.Request {
		for i := range prior {
			prior[i].Answered = cris.Date{}
		}
		return prior
	}))
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
	z.add("Requests/Cancelled", "reads a case under a canceled context", func(good erequest.Store) flawed {
		return flawed{ofCase: func(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Request, error) {
			return good.Requests(context.WithoutCancel(ctx), receipt)
		}}
	})
	z.add("Requests/Own", "hands its own slices out", owning(false, true))
	z.add("Requests/Own", "keeps the slice that decide returned", owning(true, false))
	for _, port := range []string{"Request", "Requests"} {
		z.add(port+"/Exact", "trims corrections", withCorrection(strings.TrimSpace))
		z.add(port+"/Exact", "writes countries in capitals", onFiled(func(r *erequest.Request) {
			if country := r.Details.CountryOfBirth; !country.IsZero() {
				r.Details.CountryOfBirth = cris.NewPersonal(strings.ToUpper(country.Reveal()))
			}
		}))
		z.add(port+"/Refused", "replaces what is not UTF-8", withCorrection(func(s string) string { return strings.ToValidUTF8(s, "\ufffd") }))
		z.add(port+"/Refused", "ends a text at a NUL", withCorrection(func(s string) string {
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
			return good.Update(ctx, receipt, func(prior []erequest.Request) (erequest.Change, error) {
				change, err := decide(prior)
				for _, r := range change.File {
					if !text.IsStorable(r.Details.Corrections.Address.Correct.Reveal()) {
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
	copied := func(requests []erequest.Request, is bool) []erequest.Request {
		if is {
			return slices.Clone(requests)
		}
		return requests
	}
	return func(erequest.Store) flawed {
		var mu sync.Mutex
		held := map[casestatus.ReceiptNumber][]erequest.Request{}
		return flawed{
			update: func(_ context.Context, receipt casestatus.ReceiptNumber, decide decideFunc) error {
				mu.Lock()
				defer mu.Unlock()
				change, err := decide(copied(held[receipt], copiesOut))
				switch {
				case err != nil:
					return err
				case held[receipt] == nil:
					held[receipt] = copied(change.File, copiesIn)
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
			ofCase: func(_ context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Request, error) {
				mu.Lock()
				defer mu.Unlock()
				return copied(held[receipt], copiesOut), nil
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
		taken := func(a, b erequest.Request) bool { return a.ID == b.ID || a.Confirmation == b.Confirmation }
		z.add(clause, "passes over what the case has already", onChange(func(_ casestatus.ReceiptNumber, prior []erequest.Request, change *erequest.Change) {
			change.File = slices.DeleteFunc(change.File, func(r erequest.Request) bool {
				return slices.ContainsFunc(prior, func(p erequest.Request) bool { return taken(p, r) })
			})
		}))
		z.add(clause, "files the first of two in one change", onChange(func(_ casestatus.ReceiptNumber, _ []erequest.Request, change *erequest.Change) {
			change.File = slices.CompactFunc(change.File, taken)
		}))
		z.add(clause, "says whose request it was", onUpdate(func(good erequest.Store) updateFunc {
			return func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideFunc) error {
				var whose string
				err := good.Update(ctx, receipt, func(prior []erequest.Request) (erequest.Change, error) {
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
