package casestatustest

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
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/internal/text"
)

func TestKit_AcceptsMemorysCases(t *testing.T) {
	TestCases(t, func(*testing.T) (casestatus.Cases, cris.Outbox) {
		db := memory.New()
		return db.Cases(), db.Outbox()
	})
}

type (
	getFunc    = func(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error)
	decideCase = func(prior casestatus.Case) (casestatus.CaseChange, error)
)

// flawedCases is a correct store with a flaw: each function may be set.
type flawedCases struct {
	casestatus.Cases
	staffCase getFunc
	shown     getFunc
	header    func(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Header, error)
	update    func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideCase) error
}

func (f flawedCases) StaffCase(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	if f.staffCase == nil {
		return f.Cases.StaffCase(ctx, receipt)
	}
	return f.staffCase(ctx, receipt)
}

func (f flawedCases) Case(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	if f.shown == nil {
		return f.Cases.Case(ctx, receipt)
	}
	return f.shown(ctx, receipt)
}

func (f flawedCases) StaffHeader(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Header, error) {
	if f.header == nil {
		return f.Cases.StaffHeader(ctx, receipt)
	}
	return f.header(ctx, receipt)
}

func (f flawedCases) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(casestatus.Case) (casestatus.CaseChange, error)) error {
	if f.update == nil {
		return f.Cases.Update(ctx, receipt, decide)
	}
	return f.update(ctx, receipt, decide)
}

// caseZoo collects broken stores.
type caseZoo []contract.Broken[caseStores]

func (z *caseZoo) add(clause, flaw string, spoil func(good casestatus.Cases) flawedCases) {
	*z = append(*z, contract.Broken[caseStores]{Clause: clause, Flaw: flaw, New: func(*testing.T) caseStores {
		db := memory.New()
		spoiled := spoil(db.Cases())
		spoiled.Cases = db.Cases()
		return caseStores{spoiled, db.Outbox()}
	}})
}

func TestKit_RefusesBrokenCases(t *testing.T) {
	var zoo caseZoo
	zoo.addUpdates()
	zoo.addReads()
	contract.RefusesOwn(t, ownCaseClauses(), sharedCaseClauses(), zoo)
}

// onCase lets a store spoil a case before it is filed.
func onCase(spoil func(prior casestatus.Case, c *casestatus.Case)) func(casestatus.Cases) flawedCases {
	return func(good casestatus.Cases) flawedCases {
		return flawedCases{update: func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideCase) error {
			return good.Update(ctx, receipt, func(prior casestatus.Case) (casestatus.CaseChange, error) {
				change, err := decide(prior)
				if err == nil && change.Case != nil {
					spoiled := *change.Case
					spoiled.History, spoiled.Mailings = slices.Clone(spoiled.History), slices.Clone(spoiled.Mailings)
					spoil(prior, &spoiled)
					change.Case = &spoiled
				}
				return change, err
			})
		}}
	}
}

// onTexts lets a store alter the titles of a history, and the office.
func onTexts(alter func(title string) string) func(casestatus.Cases) flawedCases {
	return onCase(func(_ casestatus.Case, c *casestatus.Case) {
		for i := range c.History {
			c.History[i].Title = alter(c.History[i].Title)
		}
		c.Office = casestatus.OfficeCode(alter(string(c.Office)))
	})
}

// readingAs lets a store read in another way, whoever asks.
func readingAs(read func(good casestatus.Cases) func(get getFunc) getFunc) func(casestatus.Cases) flawedCases {
	return func(good casestatus.Cases) flawedCases {
		as := read(good)
		header := as(func(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
			found, err := good.StaffHeader(ctx, receipt)
			return casestatus.Case{Header: found}, err
		})
		return flawedCases{staffCase: as(good.StaffCase), shown: as(good.Case), header: func(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Header, error) {
			found, err := header(ctx, receipt)
			return found.Header, err
		}}
	}
}

func (z *caseZoo) addUpdates() {
	z.add("Update/OneAfterAnother", "reads, decides and writes in steps", func(good casestatus.Cases) flawedCases {
		return flawedCases{update: func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideCase) error {
			prior, err := good.StaffCase(ctx, receipt)
			if err != nil && !errors.Is(err, casestatus.ErrNotFound) {
				return err
			}
			change, err := decide(prior)
			if err != nil {
				return err
			}
			return good.Update(ctx, receipt, func(casestatus.Case) (casestatus.CaseChange, error) { return change, nil })
		}}
	})
	for _, clause := range []string{"Update/OneCommit", "Update/CutAnywhere"} {
		z.add(clause, "saves the events in a second transaction after the commit", func(good casestatus.Cases) flawedCases {
			return flawedCases{update: func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideCase) error {
				var events []cris.Event
				if err := good.Update(ctx, receipt, func(prior casestatus.Case) (casestatus.CaseChange, error) {
					change, err := decide(prior)
					events, change.Events = change.Events, nil
					return change, err
				}); err != nil {
					return err
				}
				time.Sleep(time.Millisecond)
				return good.Update(ctx, receipt, func(casestatus.Case) (casestatus.CaseChange, error) {
					return casestatus.CaseChange{Events: events}, nil
				})
			}}
		})
	}
	z.add("Update/CancelledSavesNothing", "does not look at the context", func(good casestatus.Cases) flawedCases {
		return flawedCases{update: func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideCase) error {
			return good.Update(context.WithoutCancel(ctx), receipt, decide)
		}}
	})
	z.add("Update/EveryEntry", "keeps the last 500 entries", onCase(func(_ casestatus.Case, c *casestatus.Case) {
		c.History = c.History[max(0, len(c.History)-500):]
	}))
	z.add("Update/EveryEntry", "adds one entry of a change", onCase(func(prior casestatus.Case, c *casestatus.Case) {
		c.History = c.History[:min(len(c.History), len(prior.History)+1)]
	}))
	z.add("Update/NilLeaves", "removes the case that a change does not name", func(good casestatus.Cases) flawedCases {
		return flawedCases{update: func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideCase) error {
			return good.Update(ctx, receipt, func(prior casestatus.Case) (casestatus.CaseChange, error) {
				change, err := decide(prior)
				if change.Case == nil {
					change.Case = &casestatus.Case{Header: casestatus.Header{Receipt: receipt}}
				}
				return change, err
			})
		}}
	})
	z.add("Update/OtherNumber", "files a case under the number of the Update", onNumber(func(receipt, _ casestatus.ReceiptNumber) casestatus.ReceiptNumber { return receipt }))
	z.add("Update/OtherNumber", "files a case under its own number", func(good casestatus.Cases) flawedCases {
		return flawedCases{update: func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideCase) error {
			change, err := decide(casestatus.Case{})
			if err != nil || change.Case == nil {
				return err
			}
			return PutCase(ctx, good, *change.Case)
		}}
	})
	folded := func(receipt casestatus.ReceiptNumber) casestatus.ReceiptNumber {
		if text := receipt.String(); len(text) > 3 && text[3] == '*' {
			return casestatus.MustParseReceiptNumber(text[:3] + "0" + text[4:])
		}
		return receipt
	}
	z.add("Update/Apart", "takes an asterisk for a zero", func(good casestatus.Cases) flawedCases {
		return flawedCases{
			staffCase: func(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
				return good.StaffCase(ctx, folded(receipt))
			},
			update: func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideCase) error {
				return onNumber(func(_, own casestatus.ReceiptNumber) casestatus.ReceiptNumber { return folded(own) })(good).
					update(ctx, folded(receipt), decide)
			},
		}
	})
	z.add("Update/Whole", "files the case first and its mailings after that", func(good casestatus.Cases) flawedCases {
		return flawedCases{update: func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideCase) error {
			var whole casestatus.CaseChange
			if err := good.Update(ctx, receipt, func(prior casestatus.Case) (casestatus.CaseChange, error) {
				change, err := decide(prior)
				whole = change
				if change.Case != nil {
					half := *change.Case
					half.Mailings = nil
					change.Case = &half
				}
				return change, err
			}); err != nil {
				return err
			}
			time.Sleep(time.Millisecond)
			return good.Update(ctx, receipt, func(casestatus.Case) (casestatus.CaseChange, error) {
				return casestatus.CaseChange{Case: whole.Case}, nil
			})
		}}
	})
	z.add("Update/RoundTrip", "drops documents that it does not know", onCase(func(_ casestatus.Case, c *casestatus.Case) {
		c.Mailings = slices.DeleteFunc(c.Mailings, func(m casestatus.Mailing) bool {
			return !slices.Contains(append(casestatus.Documents(), "Approval Notice"), m.Document)
		})
	}))
	z.add("Update/RoundTrip", "forgets that a case is withheld", onCase(func(_ casestatus.Case, c *casestatus.Case) { c.Withheld = false }))
	z.add("Update/RoundTrip", "keeps no case of which nothing is known", func(good casestatus.Cases) flawedCases {
		return flawedCases{staffCase: func(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
			onFile, err := good.StaffCase(ctx, receipt)
			if err == nil && onFile.Form == "" {
				return casestatus.Case{}, casestatus.ErrNotFound
			}
			return onFile, err
		}}
	})
}

// onNumber lets a store file cases under another number than it was told.
func onNumber(number func(receipt, own casestatus.ReceiptNumber) casestatus.ReceiptNumber) func(casestatus.Cases) flawedCases {
	return func(good casestatus.Cases) flawedCases {
		return flawedCases{update: func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideCase) error {
			return onCase(func(_ casestatus.Case, c *casestatus.Case) { c.Receipt = number(receipt, c.Receipt) })(good).update(ctx, receipt, decide)
		}}
	}
}

func (z *caseZoo) addReads() {
	emptyFor := func(get getFunc) getFunc {
		return func(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
			found, err := get(ctx, receipt)
			if errors.Is(err, casestatus.ErrNotFound) {
				err = nil
			}
			return found, err
		}
	}
	stale := func(get getFunc) getFunc {
		var mu sync.Mutex
		read := map[casestatus.ReceiptNumber]casestatus.Case{}
		return func(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
			mu.Lock()
			defer mu.Unlock()
			if found, known := read[receipt]; known {
				return found, ctx.Err()
			}
			found, err := get(ctx, receipt)
			if err == nil {
				read[receipt] = found
			}
			return found, err
		}
	}
	patient := func(get getFunc) getFunc {
		return func(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
			return get(context.WithoutCancel(ctx), receipt)
		}
	}
	for _, port := range []string{"StaffCase", "Case", "StaffHeader"} {
		z.add(port+"/Unknown", "gives an empty case", readingAs(func(casestatus.Cases) func(getFunc) getFunc { return emptyFor }))
		z.add(port+"/Fresh", "reads what it read first", readingAs(func(casestatus.Cases) func(getFunc) getFunc { return stale }))
		z.add(port+"/Cancelled", "does not look at the context", readingAs(func(casestatus.Cases) func(getFunc) getFunc { return patient }))
		z.add(port+"/Own", "hands out its own slices", owning(false, true))
		z.add(port+"/Own", "keeps the caller's slices", owning(true, false))
		z.add(port+"/Exact", "trims titles and offices", onTexts(strings.TrimSpace))
		z.add(port+"/Refused", "replaces what is not UTF-8", onTexts(func(title string) string { return strings.ToValidUTF8(title, "\ufffd") }))
	}
	z.add("StaffHeader/Withheld", "takes withheld cases for unknown ones", func(good casestatus.Cases) flawedCases {
		return flawedCases{header: func(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Header, error) {
			found, err := good.Case(ctx, receipt)
			return found.Header, err
		}}
	})
	z.add("StaffCase/Fresh", "does not keep the date of birth", onCase(func(_ casestatus.Case, c *casestatus.Case) {
		c.DateOfBirth = cris.Personal[cris.Date]{}
	}))
	z.add("StaffCase/Fresh", "takes the applicant for the representative", onCase(func(_ casestatus.Case, c *casestatus.Case) {
		c.Applicant = c.Representative
	}))
	z.add("StaffCase/Fresh", "drops the maiden name of the representative", onCase(func(_ casestatus.Case, c *casestatus.Case) {
		if parts := c.Representative.Reveal(); parts.Family != "" {
			parts.Maiden = ""
			c.Representative = must(cris.NewPersonName(parts))
		}
	}))
	z.add("StaffCase/Fresh", "cuts the ZIP code to five digits", onCase(func(_ casestatus.Case, c *casestatus.Case) {
		if parts := c.Address.Reveal(); !parts.ZIP.IsZero() {
			parts.ZIP = parts.ZIP.Five()
			c.Address = must(cris.NewAddress(parts))
		}
	}))
	z.add("StaffCase/Fresh", "drops the addresses before the present one", onCase(func(_ casestatus.Case, c *casestatus.Case) { c.Addresses = nil }))
	z.add("StaffCase/Fresh", "forgets where addresses came from", onCase(func(_ casestatus.Case, c *casestatus.Case) {
		c.Addresses = slices.Clone(c.Addresses)
		for i := range c.Addresses {
			c.Addresses[i].Origin = ""
		}
	}))
	z.add("Update/RoundTrip", "cuts the ZIP codes of earlier addresses to five digits", onCase(func(_ casestatus.Case, c *casestatus.Case) {
		c.Addresses = slices.Clone(c.Addresses)
		for i, entry := range c.Addresses {
			parts := entry.Address.Reveal()
			parts.ZIP = parts.ZIP.Five()
			c.Addresses[i].Address = must(cris.NewAddress(parts))
		}
	}))
	z.add("StaffCase/Fresh", "drops the titles in Spanish", onCase(func(_ casestatus.Case, c *casestatus.Case) {
		for i := range c.History {
			c.History[i].Spanish = ""
		}
	}))
	z.add("StaffCase/Fresh", "leaves old history behind", onCase(func(prior casestatus.Case, c *casestatus.Case) {
		if len(prior.History) > len(c.History) {
			c.History = append(c.History, prior.History[len(c.History):]...)
		}
	}))
	z.add("StaffCase/Fresh", "gives decide the case without its mailings", func(good casestatus.Cases) flawedCases {
		return flawedCases{update: func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideCase) error {
			return good.Update(ctx, receipt, func(prior casestatus.Case) (casestatus.CaseChange, error) {
				prior.Mailings = nil
				return decide(prior)
			})
		}}
	})
	z.add("StaffCase/Refused", "drops NULs", onTexts(func(title string) string { return strings.ReplaceAll(title, "\x00", "") }))
	z.add("StaffCase/Refused", "repeats the row in its error", func(good casestatus.Cases) flawedCases {
		return flawedCases{update: func(ctx context.Context, receipt casestatus.ReceiptNumber, decide decideCase) error {
			return good.Update(ctx, receipt, func(prior casestatus.Case) (casestatus.CaseChange, error) {
				change, err := decide(prior)
				if change.Case != nil && !text.IsStorable(change.Case.History[1].Title) {
					return change, fmt.Errorf("invalid byte sequence in row (%s, %s)", receipt, change.Case.Representative.Reveal().Family)
				}
				return change, err
			})
		}}
	})
	z.add("Case/Withheld", "shows every case", func(good casestatus.Cases) flawedCases { return flawedCases{shown: good.StaffCase} })
	z.add("Case/Withheld", "hides withheld cases from the agency too", func(good casestatus.Cases) flawedCases {
		return flawedCases{staffCase: good.Case}
	})
	z.add("Case/Withheld", "takes a case once withheld for always withheld", func(good casestatus.Cases) flawedCases {
		var mu sync.Mutex
		withheld := map[casestatus.ReceiptNumber]bool{}
		flawed := onCase(func(_ casestatus.Case, c *casestatus.Case) {
			mu.Lock()
			defer mu.Unlock()
			withheld[c.Receipt] = withheld[c.Receipt] || c.Withheld
		})(good)
		flawed.shown = func(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
			mu.Lock()
			defer mu.Unlock()
			if withheld[receipt] {
				return casestatus.Case{}, casestatus.ErrNotFound
			}
			return good.Case(ctx, receipt)
		}
		return flawed
	})
}

// owning is a store of cases that copies what it is given, what it hands out, or neither.
func owning(copiesOut, copiesIn bool) func(casestatus.Cases) flawedCases {
	copied := func(c casestatus.Case, is bool) casestatus.Case {
		if is {
			c.History, c.Mailings, c.Addresses = slices.Clone(c.History), slices.Clone(c.Mailings), slices.Clone(c.Addresses)
		}
		return c
	}
	return func(casestatus.Cases) flawedCases {
		var mu sync.Mutex
		held := map[casestatus.ReceiptNumber]casestatus.Case{}
		get := func(_ context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
			mu.Lock()
			defer mu.Unlock()
			if onFile, is := held[receipt]; is {
				return copied(onFile, copiesOut), nil
			}
			return casestatus.Case{}, casestatus.ErrNotFound
		}
		header := func(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Header, error) {
			found, err := get(ctx, receipt)
			return found.Header, err
		}
		return flawedCases{staffCase: get, shown: get, header: header, update: func(_ context.Context, receipt casestatus.ReceiptNumber, decide decideCase) error {
			mu.Lock()
			defer mu.Unlock()
			change, err := decide(copied(held[receipt], copiesOut))
			if err == nil && change.Case != nil {
				held[receipt] = copied(*change.Case, copiesIn)
			}
			return err
		}}
	}
}
