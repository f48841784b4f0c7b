package attempttest

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/selfcheck/attempt"
)

func TestKit_AcceptsMemory(t *testing.T) {
	TestCounters(t, func(*testing.T) attempt.Counters { return memory.New().Attempts() })
}

type (
	decide = func(counts []attempt.Counts) (bool, error)
	days   = []attempt.Day
)

// flawed is a correct store with one flaw: any of its functions may be set.
type flawed struct {
	attempt.Counters
	open     func(ctx context.Context, day attempt.Day, since cris.Date) (days, bool, error)
	take     func(ctx context.Context, day cris.Date, at []attempt.Position, decide decide) error
	giveBack func(ctx context.Context, ticket attempt.Ticket) error
	forget   func(ctx context.Context, before cris.Date, limit int) (int, error)
}

func (f flawed) Open(ctx context.Context, day attempt.Day, since cris.Date) (days, bool, error) {
	if f.open == nil {
		return f.Counters.Open(ctx, day, since)
	}
	return f.open(ctx, day, since)
}

func (f flawed) Take(ctx context.Context, day cris.Date, at []attempt.Position, decide decide) error {
	if f.take == nil {
		return f.Counters.Take(ctx, day, at, decide)
	}
	return f.take(ctx, day, at, decide)
}

func (f flawed) GiveBack(ctx context.Context, ticket attempt.Ticket) error {
	if f.giveBack == nil {
		return f.Counters.GiveBack(ctx, ticket)
	}
	return f.giveBack(ctx, ticket)
}

func (f flawed) Forget(ctx context.Context, before cris.Date, limit int) (int, error) {
	if f.forget == nil {
		return f.Counters.Forget(ctx, before, limit)
	}
	return f.forget(ctx, before, limit)
}

// onTake lets a store spoil a Take.
func onTake(take func(ctx context.Context, good attempt.Counters, day cris.Date, at []attempt.Position, decide decide) error) func(attempt.Counters) flawed {
	return func(good attempt.Counters) flawed {
		return flawed{take: func(ctx context.Context, day cris.Date, at []attempt.Position, decide decide) error {
			return take(ctx, good, day, at, decide)
		}}
	}
}

// onOpen lets a store spoil an Open.
func onOpen(open func(ctx context.Context, good attempt.Counters, day attempt.Day, since cris.Date) (days, bool, error)) func(attempt.Counters) flawed {
	return func(good attempt.Counters) flawed {
		return flawed{open: func(ctx context.Context, day attempt.Day, since cris.Date) (days, bool, error) {
			return open(ctx, good, day, since)
		}}
	}
}

// onGiveBack lets a store spoil a GiveBack.
func onGiveBack(giveBack func(ctx context.Context, good attempt.Counters, ticket attempt.Ticket) error) func(attempt.Counters) flawed {
	return func(good attempt.Counters) flawed {
		return flawed{giveBack: func(ctx context.Context, ticket attempt.Ticket) error { return giveBack(ctx, good, ticket) }}
	}
}

// onForget lets a store spoil a Forget.
func onForget(forget func(ctx context.Context, good attempt.Counters, before cris.Date, limit int) (int, error)) func(attempt.Counters) flawed {
	return func(good attempt.Counters) flawed {
		return flawed{forget: func(ctx context.Context, before cris.Date, limit int) (int, error) {
			return forget(ctx, good, before, limit)
		}}
	}
}

// looking reads the counts in one step and adds in another.
func looking(ctx context.Context, good attempt.Counters, day cris.Date, at []attempt.Position, decide decide) error {
	var seen []attempt.Counts
	if err := good.Take(ctx, day, at, func(counts []attempt.Counts) (bool, error) {
		seen = slices.Clone(counts)
		return false, nil
	}); err != nil {
		return err
	}
	take, err := decide(seen)
	if err != nil || !take {
		return err
	}
	return good.Take(ctx, day, at, func([]attempt.Counts) (bool, error) { return true, nil })
}

func TestKit_RefusesBrokenStores(t *testing.T) {
	var zoo []contract.Broken[attempt.Counters]
	add := func(clause, flaw string, spoil func(good attempt.Counters) flawed) {
		zoo = append(zoo, contract.Broken[attempt.Counters]{Clause: clause, Flaw: flaw, New: func(*testing.T) attempt.Counters {
			good := memory.New().Attempts()
			spoiled := spoil(good)
			spoiled.Counters = good
			return spoiled
		}})
	}
	taking := func(spoil func(counts []attempt.Counts)) func(attempt.Counters) flawed {
		return onTake(func(ctx context.Context, good attempt.Counters, day cris.Date, at []attempt.Position, decide decide) error {
			return good.Take(ctx, day, at, func(counts []attempt.Counts) (bool, error) {
				spoil(counts)
				return decide(counts)
			})
		})
	}

	add("Open/Once", "takes the key of whoever came last", onOpen(func(ctx context.Context, good attempt.Counters, day attempt.Day, since cris.Date) (days, bool, error) {
		all, opened, err := good.Open(ctx, day, since)
		for i := range all {
			if all[i].Date == day.Date {
				all[i] = day
			}
		}
		return all, opened, err
	}))
	add("Open/Once", "says always that it opened the day", onOpen(func(ctx context.Context, good attempt.Counters, day attempt.Day, since cris.Date) (days, bool, error) {
		all, _, err := good.Open(ctx, day, since)
		return all, true, err
	}))
	add("Open/Since", "returns every day there is", onOpen(func(ctx context.Context, good attempt.Counters, day attempt.Day, _ cris.Date) (days, bool, error) {
		return good.Open(ctx, day, cris.MustParseDate("1971-01-01"))
	}))
	add("Open/Since", "returns the last day first", onOpen(func(ctx context.Context, good attempt.Counters, day attempt.Day, since cris.Date) (days, bool, error) {
		all, opened, err := good.Open(ctx, day, since)
		slices.Reverse(all)
		return all, opened, err
	}))
	add("Open/Since", "loses the first byte of keys", onOpen(func(ctx context.Context, good attempt.Counters, day attempt.Day, since cris.Date) (days, bool, error) {
		key := day.Key.Reveal()
		key[0] = 0
		day.Key = cris.NewPersonal(key)
		return good.Open(ctx, day, since)
	}))
	add("Open/AtOnce", "gives everyone the key that they bring", onOpen(func(ctx context.Context, good attempt.Counters, day attempt.Day, since cris.Date) (days, bool, error) {
		_, opened, err := good.Open(ctx, day, since)
		return days{day}, opened, err
	}))
	add("Open/Cancelled", "opens whatever the context says", onOpen(func(ctx context.Context, good attempt.Counters, day attempt.Day, since cris.Date) (days, bool, error) {
		return good.Open(context.WithoutCancel(ctx), day, since)
	}))

	add("Update/OneAfterAnother", "looks before it adds", onTake(looking))
	add("Take/AtOnce", "looks before it adds", func(good attempt.Counters) flawed {
		all := make(chan struct{}, 16)
		return flawed{take: func(ctx context.Context, day cris.Date, at []attempt.Position, decide decide) error {
			return looking(ctx, good, day, at, func(counts []attempt.Counts) (bool, error) {
				all <- struct{}{}
				for len(all) < cap(all) && ctx.Err() == nil && counts[0].Attempts() == 0 {
					if _, err := countsAt(ctx, good, at...); err != nil { // until all have looked
						return false, err
					}
				}
				return decide(counts)
			})
		}}
	})
	add("Take/Cells", "tells the least count of each position", taking(func(counts []attempt.Counts) {
		for i := range counts {
			counts[i] = all(uint8(counts[i].Attempts()))
		}
	}))
	add("Take/OnDay", "adds on the last day", onTake(func(ctx context.Context, good attempt.Counters, _ cris.Date, at []attempt.Position, decide decide) error {
		day := cris.Date{}
		if len(at) > 0 {
			day = at[len(at)-1].Day
		}
		return good.Take(ctx, day, at, decide)
	}))
	add("Take/Refused", "adds what was only asked for", onTake(func(ctx context.Context, good attempt.Counters, day cris.Date, at []attempt.Position, decide decide) error {
		return good.Take(ctx, day, at, func(counts []attempt.Counts) (bool, error) {
			_, err := decide(counts)
			return true, err
		})
	}))
	add("Take/Days", "takes days that are not on file for empty ones", onTake(func(ctx context.Context, good attempt.Counters, day cris.Date, at []attempt.Position, decide decide) error {
		for _, at := range at {
			if _, _, err := good.Open(ctx, attempt.Day{Date: at.Day}, at.Day); err != nil {
				return err
			}
		}
		return good.Take(ctx, day, at, decide)
	}))
	add("Take/Full", "begins again after 255", func(good attempt.Counters) flawed {
		added := 0
		return flawed{take: func(ctx context.Context, day cris.Date, at []attempt.Position, decide decide) error {
			return good.Take(ctx, day, at, func(counts []attempt.Counts) (bool, error) {
				if added > math.MaxUint8 {
					counts[0] = all(uint8(added))
				}
				take, err := decide(counts)
				if take {
					added++
				}
				return take, err
			})
		}}
	})

	add("GiveBack/Once", "gives back as often as it is told", func(good attempt.Counters) flawed {
		told := 1000
		return flawed{giveBack: func(ctx context.Context, ticket attempt.Ticket) error {
			told++
			return good.GiveBack(ctx, NewTicket(ticket.Reveal().At, told))
		}}
	})
	add("GiveBack/Once", "knows tickets by the last byte of their numbers", onGiveBack(func(ctx context.Context, good attempt.Counters, ticket attempt.Ticket) error {
		parts := ticket.Reveal()
		parts.Number[0] = 0
		return good.GiveBack(ctx, attempt.NewTicket(parts))
	}))
	add("GiveBack/AtOnce", "gives back as often as it is told", func(good attempt.Counters) flawed {
		tickets := make(chan int, 100)
		for n := range cap(tickets) {
			tickets <- n
		}
		return flawed{giveBack: func(ctx context.Context, ticket attempt.Ticket) error {
			return good.GiveBack(ctx, NewTicket(ticket.Reveal().At, <-tickets))
		}}
	})
	add("GiveBack/NotBelowZero", "gives back nothing unless all cells hold something", onGiveBack(func(ctx context.Context, good attempt.Counters, ticket attempt.Ticket) error {
		counts, err := countsAt(ctx, good, ticket.Reveal().At)
		if err != nil || counts[0].Attempts() == 0 {
			return err
		}
		return good.GiveBack(ctx, ticket)
	}))
	add("GiveBack/Gone", "opens the day of a ticket", onGiveBack(func(ctx context.Context, good attempt.Counters, ticket attempt.Ticket) error {
		if !ticket.IsZero() {
			if _, _, err := good.Open(ctx, attempt.Day{Date: ticket.Reveal().At.Day}, FirstDay()); err != nil {
				return err
			}
		}
		return good.GiveBack(ctx, ticket)
	}))
	add("GiveBack/Cancelled", "gives back whatever the context says", onGiveBack(func(ctx context.Context, good attempt.Counters, ticket attempt.Ticket) error {
		return good.GiveBack(context.WithoutCancel(ctx), ticket)
	}))

	add("Forget/Before", "forgets the day itself too", onForget(func(ctx context.Context, good attempt.Counters, before cris.Date, limit int) (int, error) {
		return good.Forget(ctx, before.AddDays(1), limit)
	}))
	add("Forget/Before", "keeps everything", onForget(func(context.Context, attempt.Counters, cris.Date, int) (int, error) { return 0, nil }))
	add("Forget/Batches", "removes one day at a time, with its key", func(good attempt.Counters) flawed {
		n := 0
		return flawed{forget: func(ctx context.Context, before cris.Date, limit int) (int, error) {
			if limit > 0 {
				n++
				if day := NewDay(n).Date; day.Before(before) {
					before = day
				}
			}
			return good.Forget(ctx, before, limit)
		}}
	})
	add("Forget/Tickets", "does not count tickets", onForget(func(ctx context.Context, good attempt.Counters, before cris.Date, limit int) (int, error) {
		removed, err := good.Forget(ctx, before, limit)
		return removed / attempt.Rows * attempt.Rows, err
	}))
	add("Forget/Cancelled", "forgets whatever the context says", onForget(func(ctx context.Context, good attempt.Counters, before cris.Date, limit int) (int, error) {
		return good.Forget(context.WithoutCancel(ctx), before, limit)
	}))
	contract.RefusesOwn(t, ownClauses(), sharedClauses(), zoo)
}
