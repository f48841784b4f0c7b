package casestatustest

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
)

func TestKit_AcceptsMemory(t *testing.T) {
	TestCases(t, func(*testing.T) casestatus.Cases { return memory.New().Cases() })
	TestProcessingTimes(t, func(*testing.T) casestatus.ProcessingTimes { return memory.New().ProcessingTimes() })
}

// flawedCases is a correct store with a flaw: each function may be set.
type flawedCases struct {
	casestatus.Cases
	get     func(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error)
	visible func(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error)
	put     func(ctx context.Context, onFile casestatus.Case) error
}

func (f flawedCases) StaffCase(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	if f.get == nil {
		return f.Cases.StaffCase(ctx, receipt)
	}
	return f.get(ctx, receipt)
}

func (f flawedCases) Case(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
	if f.visible == nil {
		return f.Cases.Case(ctx, receipt)
	}
	return f.visible(ctx, receipt)
}

func (f flawedCases) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(casestatus.Case) (casestatus.CaseChange, error)) error {
	if f.put == nil {
		return f.Cases.Update(ctx, receipt, decide)
	}
	prior, _ := f.StaffCase(ctx, receipt)
	change, err := decide(prior)
	if err != nil || change.Case == nil {
		return err
	}
	return f.put(ctx, *change.Case)
}

func TestKit_RefusesBrokenCases(t *testing.T) {
	broken := func(clause, flaw string, spoil func(good casestatus.Cases) flawedCases) contract.Broken[casestatus.Cases] {
		return contract.Broken[casestatus.Cases]{Clause: clause, Flaw: flaw, New: func(*testing.T) casestatus.Cases {
			good := memory.New().Cases()
			spoiled := spoil(good)
			spoiled.Cases = good
			return spoiled
		}}
	}
	// onPut lets a store spoil a case before it is filed.
	onPut := func(spoil func(c *casestatus.Case)) func(casestatus.Cases) flawedCases {
		return func(good casestatus.Cases) flawedCases {
			return flawedCases{put: func(ctx context.Context, c casestatus.Case) error {
				spoil(&c)
				return PutCase(ctx, good, c)
			}}
		}
	}
	zoo := []contract.Broken[casestatus.Cases]{
		broken("Case/Unknown", "gives an empty case", func(good casestatus.Cases) flawedCases {
			return flawedCases{get: func(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
				c, _ := good.StaffCase(ctx, receipt)
				return c, nil
			}}
		}),
		broken("Case/Withheld", "shows every case", func(good casestatus.Cases) flawedCases {
			return flawedCases{visible: good.StaffCase}
		}),
		broken("Case/Withheld", "takes a case once withheld for always withheld", func(good casestatus.Cases) flawedCases {
			var mu sync.Mutex
			withheld := map[casestatus.ReceiptNumber]bool{}
			return flawedCases{
				visible: func(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
					mu.Lock()
					defer mu.Unlock()
					if withheld[receipt] {
						return casestatus.Case{}, casestatus.ErrNotFound
					}
					return good.Case(ctx, receipt)
				},
				put: func(ctx context.Context, c casestatus.Case) error {
					mu.Lock()
					defer mu.Unlock()
					withheld[c.Receipt] = withheld[c.Receipt] || c.Withheld
					return PutCase(ctx, good, c)
				},
			}
		}),
		broken("Case/Withheld", "hides withheld cases from the agency too", func(good casestatus.Cases) flawedCases {
			return flawedCases{get: good.Case}
		}),
		broken("Update/RoundTrip", "drops the maiden name of the representative", onPut(func(c *casestatus.Case) {
			if parts := c.Representative.Reveal(); parts.Family != "" {
				parts.Maiden = ""
				c.Representative = must(cris.NewPersonName(parts))
			}
		})),
		broken("Update/RoundTrip", "cuts the ZIP code to five digits", onPut(func(c *casestatus.Case) {
			if parts := c.Address.Reveal(); !parts.ZIP.IsZero() {
				parts.ZIP = parts.ZIP.Five()
				c.Address = must(cris.NewAddress(parts))
			}
		})),
		broken("Update/RoundTrip", "forgets that a case is withheld", onPut(func(c *casestatus.Case) { c.Withheld = false })),
		broken("Update/RoundTrip", "drops the titles in Spanish", onPut(func(c *casestatus.Case) {
			c.History = slices.Clone(c.History)
			for i := range c.History {
				c.History[i].Spanish = ""
			}
		})),
		broken("Update/RoundTrip", "drops documents that it does not know", onPut(func(c *casestatus.Case) {
			c.Mailings = slices.DeleteFunc(slices.Clone(c.Mailings), func(m casestatus.Mailing) bool {
				return m.Document != casestatus.EmploymentAuthorizationDocument
			})
		})),
		broken("Update/Replaces", "leaves old history behind", func(good casestatus.Cases) flawedCases {
			return flawedCases{put: func(ctx context.Context, c casestatus.Case) error {
				if before, err := good.StaffCase(ctx, c.Receipt); err == nil && len(before.History) > len(c.History) {
					c.History = append(slices.Clone(c.History), before.History[len(c.History):]...)
				}
				return PutCase(ctx, good, c)
			}}
		}),
		broken("Update/Apart", "takes an asterisk for a zero", func(good casestatus.Cases) flawedCases {
			folded := func(receipt casestatus.ReceiptNumber) casestatus.ReceiptNumber {
				if text := receipt.String(); len(text) > 3 && text[3] == '*' {
					return casestatus.MustParseReceiptNumber(text[:3] + "0" + text[4:])
				}
				return receipt
			}
			return flawedCases{
				get: func(ctx context.Context, receipt casestatus.ReceiptNumber) (casestatus.Case, error) {
					return good.StaffCase(ctx, folded(receipt))
				},
				put: func(ctx context.Context, c casestatus.Case) error {
					c.Receipt = folded(c.Receipt)
					return PutCase(ctx, good, c)
				},
			}
		}),
		broken("Update/LongHistory", "keeps the last 500 entries", onPut(func(c *casestatus.Case) {
			c.History = c.History[max(0, len(c.History)-500):]
		})),
		broken("Update/Whole", "files the case first and its lines after that", func(good casestatus.Cases) flawedCases {
			return flawedCases{put: func(ctx context.Context, c casestatus.Case) error {
				half := c
				half.Mailings = nil
				if err := PutCase(ctx, good, half); err != nil {
					return err
				}
				time.Sleep(time.Millisecond)
				return PutCase(ctx, good, c)
			}}
		}),
		broken("Update/Cancelled", "does not look at the context", func(good casestatus.Cases) flawedCases {
			return flawedCases{put: func(ctx context.Context, c casestatus.Case) error {
				return PutCase(context.WithoutCancel(ctx), good, c)
			}}
		}),
		broken("Case/NoAliasing", "hands out its own slices", func(casestatus.Cases) flawedCases {
			var mu sync.Mutex
			var held casestatus.Case
			return flawedCases{
				get: func(context.Context, casestatus.ReceiptNumber) (casestatus.Case, error) {
					mu.Lock()
					defer mu.Unlock()
					return held, nil
				},
				put: func(_ context.Context, c casestatus.Case) error {
					mu.Lock()
					defer mu.Unlock()
					held = c
					held.History, held.Mailings = slices.Clone(c.History), slices.Clone(c.Mailings)
					return nil
				},
			}
		}),
		broken("Case/NoAliasing", "keeps the caller's slices", func(good casestatus.Cases) flawedCases {
			var mu sync.Mutex
			var held casestatus.Case
			return flawedCases{
				get: func(context.Context, casestatus.ReceiptNumber) (casestatus.Case, error) {
					mu.Lock()
					defer mu.Unlock()
					return held, nil
				},
				put: func(_ context.Context, c casestatus.Case) error {
					mu.Lock()
					defer mu.Unlock()
					held = c
					return nil
				},
			}
		}),
	}
	contract.Refuses(t, caseClauses(), zoo)
}

// flawedTimes is a correct store with a flaw: either function may be set.
type flawedTimes struct {
	casestatus.ProcessingTimes
	posted func(ctx context.Context, under casestatus.PostedUnder, on cris.Date) (casestatus.ProcessingTime, error)
	post   func(ctx context.Context, times ...casestatus.ProcessingTime) error
}

func (f flawedTimes) Posted(ctx context.Context, under casestatus.PostedUnder, on cris.Date) (casestatus.ProcessingTime, error) {
	if f.posted == nil {
		return f.ProcessingTimes.Posted(ctx, under, on)
	}
	return f.posted(ctx, under, on)
}

func (f flawedTimes) Post(ctx context.Context, times ...casestatus.ProcessingTime) error {
	if f.post == nil {
		return f.ProcessingTimes.Post(ctx, times...)
	}
	return f.post(ctx, times...)
}

func TestKit_RefusesBrokenProcessingTimes(t *testing.T) {
	type times = casestatus.ProcessingTimes
	broken := func(clause, flaw string, spoil func(good times) flawedTimes) contract.Broken[times] {
		return contract.Broken[times]{Clause: clause, Flaw: flaw, New: func(*testing.T) times {
			good := memory.New().ProcessingTimes()
			spoiled := spoil(good)
			spoiled.ProcessingTimes = good
			return spoiled
		}}
	}
	// onPost lets a store spoil each publication before it is kept.
	onPost := func(spoil func(p *casestatus.ProcessingTime)) func(times) flawedTimes {
		return func(good times) flawedTimes {
			return flawedTimes{post: func(ctx context.Context, posted ...casestatus.ProcessingTime) error {
				posted = slices.Clone(posted)
				for i := range posted {
					spoil(&posted[i])
				}
				return good.Post(ctx, posted...)
			}}
		}
	}
	// replacing keeps one publication for each key.
	replacing := func(key func(p casestatus.ProcessingTime) casestatus.ProcessingTime) func(times) flawedTimes {
		return func(times) flawedTimes {
			var mu sync.Mutex
			var kept []casestatus.ProcessingTime
			return flawedTimes{
				posted: func(_ context.Context, under casestatus.PostedUnder, on cris.Date) (casestatus.ProcessingTime, error) {
					mu.Lock()
					defer mu.Unlock()
					var found casestatus.ProcessingTime
					for _, p := range kept {
						if p.PostedUnder() == under && !p.ReadOn.After(on) && !p.ReadOn.Before(found.ReadOn) {
							found = p
						}
					}
					if found.IsZero() {
						return found, casestatus.ErrNotFound
					}
					return found, nil
				},
				post: func(_ context.Context, posted ...casestatus.ProcessingTime) error {
					mu.Lock()
					defer mu.Unlock()
					for _, p := range posted {
						kept = slices.DeleteFunc(kept, func(q casestatus.ProcessingTime) bool { return key(q).Equal(key(p)) })
						kept = append(kept, p)
					}
					return nil
				},
			}
		}
	}
	zoo := []contract.Broken[times]{
		broken("Posted/None", "gives an empty publication", func(good times) flawedTimes {
			return flawedTimes{posted: func(ctx context.Context, under casestatus.PostedUnder, on cris.Date) (casestatus.ProcessingTime, error) {
				p, _ := good.Posted(ctx, under, on)
				return p, nil
			}}
		}),
		broken("Posted/None", "gives the first one for an earlier day", func(good times) flawedTimes {
			return flawedTimes{posted: func(ctx context.Context, under casestatus.PostedUnder, _ cris.Date) (casestatus.ProcessingTime, error) {
				return good.Posted(ctx, under, cris.MustParseDate("9999-12-31"))
			}}
		}),
		broken("Post/RoundTrip", "keeps whole months", onPost(func(p *casestatus.ProcessingTime) {
			p.Threshold.Value = p.Threshold.Value.Truncate(0)
		})),
		broken("Post/RoundTrip", "takes every unit for months", onPost(func(p *casestatus.ProcessingTime) {
			if !p.Other.IsZero() {
				p.Other.Unit = casestatus.Months
			}
		})),
		broken("Post/RoundTrip", "has no as-of date", onPost(func(p *casestatus.ProcessingTime) { p.AsOf = cris.Date{} })),
		broken("Post/RoundTrip", "knows one language", onPost(func(p *casestatus.ProcessingTime) { p.Note.Spanish = "" })),
		broken("Post/RoundTrip", "cuts long notes", onPost(func(p *casestatus.ProcessingTime) {
			p.Note.English = p.Note.English[:min(255, len(p.Note.English))]
		})),
		broken("Post/RoundTrip", "forgets the stated days", onPost(func(p *casestatus.ProcessingTime) { p.StatedDays = 0 })),
		broken("Posted/LastRead", "keeps the last publication only", replacing(func(p casestatus.ProcessingTime) casestatus.ProcessingTime {
			return casestatus.ProcessingTime{Form: p.Form, FormType: p.FormType, Office: p.Office}
		})),
		broken("Posted/LastRead", "looks for the very day", func(good times) flawedTimes {
			return flawedTimes{posted: func(ctx context.Context, under casestatus.PostedUnder, on cris.Date) (casestatus.ProcessingTime, error) {
				p, err := good.Posted(ctx, under, on)
				if err == nil && p.ReadOn != on {
					return casestatus.ProcessingTime{}, casestatus.ErrNotFound
				}
				return p, err
			}}
		}),
		broken("Posted/OrderOfReading", "gives what was posted last", func(good times) flawedTimes {
			var mu sync.Mutex
			last := map[casestatus.PostedUnder]casestatus.ProcessingTime{}
			return flawedTimes{
				posted: func(ctx context.Context, under casestatus.PostedUnder, on cris.Date) (casestatus.ProcessingTime, error) {
					mu.Lock()
					defer mu.Unlock()
					if p, ok := last[under]; ok && !p.ReadOn.After(on) {
						return p, nil
					}
					return good.Posted(ctx, under, on)
				},
				post: func(ctx context.Context, posted ...casestatus.ProcessingTime) error {
					mu.Lock()
					defer mu.Unlock()
					for _, p := range posted {
						last[p.PostedUnder()] = p
					}
					return good.Post(ctx, posted...)
				},
			}
		}),
		broken("Posted/SameDay", "keeps the first of a day", func(good times) flawedTimes {
			return flawedTimes{post: func(ctx context.Context, posted ...casestatus.ProcessingTime) error {
				for _, p := range posted {
					if kept, err := good.Posted(ctx, p.PostedUnder(), p.ReadOn); err == nil && kept.ReadOn == p.ReadOn {
						continue
					}
					if err := good.Post(ctx, p); err != nil {
						return err
					}
				}
				return nil
			}}
		}),
		broken("Posted/SameDayAgain", "passes over what it has kept already", func(good times) flawedTimes {
			var mu sync.Mutex
			kept := map[casestatus.PublicationID]bool{}
			return flawedTimes{post: func(ctx context.Context, posted ...casestatus.ProcessingTime) error {
				mu.Lock()
				defer mu.Unlock()
				for _, p := range posted {
					if kept[p.ID()] {
						continue
					}
					if err := good.Post(ctx, p); err != nil {
						return err
					}
					kept[p.ID()] = true
				}
				return nil
			}}
		}),
		broken("Posted/Apart", "knows no form types", onPost(func(p *casestatus.ProcessingTime) { p.FormType = "147-C8" })),
		broken("Post/Idempotent", "compares numbers as text", func(good times) flawedTimes {
			return flawedTimes{post: func(ctx context.Context, posted ...casestatus.ProcessingTime) error {
				posted = slices.Clone(posted)
				for i, p := range posted {
					if p.Threshold.Value.Exponent() < -1 { // another number, if one looks at the digits
						posted[i].Threshold.Value = p.Threshold.Value.Add(decimal.New(1, -9))
					}
				}
				return good.Post(ctx, posted...)
			}}
		}),
		broken("Post/Idempotent", "does not look at the notes", func(good times) flawedTimes {
			return flawedTimes{post: func(ctx context.Context, posted ...casestatus.ProcessingTime) error {
				for _, p := range posted {
					bare, kept := p, p
					if had, err := good.Posted(ctx, p.PostedUnder(), p.ReadOn); err == nil {
						kept = had
					}
					bare.Note, kept.Note = casestatus.Notes{}, casestatus.Notes{}
					if had, err := good.Posted(ctx, p.PostedUnder(), p.ReadOn); err == nil && bare.Equal(kept) && had.ReadOn == p.ReadOn {
						continue
					}
					if err := good.Post(ctx, p); err != nil {
						return err
					}
				}
				return nil
			}}
		}),
		broken("Post/Many", "posts the first 500", func(good times) flawedTimes {
			return flawedTimes{post: func(ctx context.Context, posted ...casestatus.ProcessingTime) error {
				return good.Post(ctx, posted[:min(500, len(posted))]...)
			}}
		}),
		broken("Post/Cancelled", "does not look at the context", func(good times) flawedTimes {
			return flawedTimes{post: func(ctx context.Context, posted ...casestatus.ProcessingTime) error {
				return good.Post(context.WithoutCancel(ctx), posted...)
			}}
		}),
	}
	contract.Refuses(t, processingTimeClauses(), zoo)
}
