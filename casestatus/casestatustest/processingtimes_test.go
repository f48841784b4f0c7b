package casestatustest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/internal/text"
)

func TestKit_AcceptsMemorysProcessingTimes(t *testing.T) {
	TestProcessingTimes(t, func(*testing.T) casestatus.ProcessingTimes { return memory.New().ProcessingTimes() })
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
		broken("Posted/Unknown", "gives an empty publication", func(good times) flawedTimes {
			return flawedTimes{posted: func(ctx context.Context, under casestatus.PostedUnder, on cris.Date) (casestatus.ProcessingTime, error) {
				p, err := good.Posted(ctx, under, on)
				if errors.Is(err, casestatus.ErrNotFound) {
					err = nil
				}
				return p, err
			}}
		}),
		broken("Posted/Fresh", "reads what it read first", func(good times) flawedTimes {
			var mu sync.Mutex
			read := map[casestatus.PostedUnder]casestatus.ProcessingTime{}
			return flawedTimes{posted: func(ctx context.Context, under casestatus.PostedUnder, on cris.Date) (casestatus.ProcessingTime, error) {
				mu.Lock()
				defer mu.Unlock()
				if p, known := read[under]; known {
					return p, ctx.Err()
				}
				p, err := good.Posted(ctx, under, on)
				if err == nil {
					read[under] = p
				}
				return p, err
			}}
		}),
		broken("Posted/Cancelled", "does not look at the context", func(good times) flawedTimes {
			return flawedTimes{posted: func(ctx context.Context, under casestatus.PostedUnder, on cris.Date) (casestatus.ProcessingTime, error) {
				return good.Posted(context.WithoutCancel(ctx), under, on)
			}}
		}),
		broken("Posted/Exact", "trims notes", onPost(func(p *casestatus.ProcessingTime) { p.Note.Spanish = strings.TrimSpace(p.Note.Spanish) })),
		broken("Posted/Refused", "replaces what is not UTF-8", onPost(func(p *casestatus.ProcessingTime) {
			p.Note.English = strings.ToValidUTF8(p.Note.English, "\ufffd")
		})),
		broken("Posted/Refused", "drops NULs", onPost(func(p *casestatus.ProcessingTime) {
			p.Office = casestatus.OfficeCode(strings.ReplaceAll(string(p.Office), "\x00", ""))
		})),
		broken("Posted/Letters", "writes form types in capitals", func(good times) flawedTimes {
			spoiled := onPost(func(p *casestatus.ProcessingTime) {
				p.FormType = casestatus.FormType(strings.ToUpper(string(p.FormType)))
			})(good)
			spoiled.posted = func(ctx context.Context, under casestatus.PostedUnder, on cris.Date) (casestatus.ProcessingTime, error) {
				under.FormType = casestatus.FormType(strings.ToUpper(string(under.FormType)))
				return good.Posted(ctx, under, on)
			}
			return spoiled
		}),
		broken("Posted/Before", "gives the first one for an earlier day", func(good times) flawedTimes {
			return flawedTimes{posted: func(ctx context.Context, under casestatus.PostedUnder, _ cris.Date) (casestatus.ProcessingTime, error) {
				return good.Posted(ctx, under, cris.MustParseDate("9999-12-31"))
			}}
		}),
		broken("Post/Whole", "posts one after another", func(good times) flawedTimes {
			return flawedTimes{post: func(ctx context.Context, posted ...casestatus.ProcessingTime) error {
				for _, p := range posted {
					if err := good.Post(ctx, p); err != nil {
						return err
					}
				}
				return ctx.Err()
			}}
		}),
		broken("Post/Whole", "passes over what it cannot hold", func(good times) flawedTimes {
			return flawedTimes{post: func(ctx context.Context, posted ...casestatus.ProcessingTime) error {
				return good.Post(ctx, slices.DeleteFunc(slices.Clone(posted), func(p casestatus.ProcessingTime) bool {
					return !text.IsStorable(p.Note.English)
				})...)
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
		broken("Post/RoundTrip", "drops a number without a unit", onPost(func(p *casestatus.ProcessingTime) {
			if p.Other.IsZero() {
				p.Other = casestatus.Bound{}
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
	contract.RefusesOwn(t, ownTimeClauses(), sharedTimeClauses(), zoo)
}
