package casestatustest

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

func TestKit_AcceptsMemoryDeliveries(t *testing.T) {
	TestDeliveries(t, func(*testing.T) (casestatus.Deliveries, cris.Outbox) {
		db := memory.New()
		return db.Deliveries(), db.Outbox()
	})
}

type decideDelivery = func(prior casestatus.Filed) (casestatus.DeliveryChange, error)

// flawedDeliveries is a correct store with a flaw: any function may be set.
type flawedDeliveries struct {
	casestatus.Deliveries
	update func(ctx context.Context, numbers []tracking.Number, decide decideDelivery) error
	due    func(ctx context.Context, by cris.Date, page cris.Page[casestatus.DuePiece]) iter.Seq2[casestatus.DuePiece, error]
	alerts func(ctx context.Context, query casestatus.AlertQuery) iter.Seq2[casestatus.MailAlert, error]
	cursor func(ctx context.Context) (tracking.Cursor, error)
	scans  func(ctx context.Context, number tracking.Number) ([]tracking.Scan, error)
}

func (f flawedDeliveries) Update(ctx context.Context, numbers []tracking.Number, decide decideDelivery) error {
	if f.update == nil {
		return f.Deliveries.Update(ctx, numbers, decide)
	}
	return f.update(ctx, numbers, decide)
}

func (f flawedDeliveries) Due(ctx context.Context, by cris.Date, page cris.Page[casestatus.DuePiece]) iter.Seq2[casestatus.DuePiece, error] {
	if f.due == nil {
		return f.Deliveries.Due(ctx, by, page)
	}
	return f.due(ctx, by, page)
}

func (f flawedDeliveries) Alerts(ctx context.Context, query casestatus.AlertQuery) iter.Seq2[casestatus.MailAlert, error] {
	if f.alerts == nil {
		return f.Deliveries.Alerts(ctx, query)
	}
	return f.alerts(ctx, query)
}

func (f flawedDeliveries) Cursor(ctx context.Context) (tracking.Cursor, error) {
	if f.cursor == nil {
		return f.Deliveries.Cursor(ctx)
	}
	return f.cursor(ctx)
}

func (f flawedDeliveries) Scans(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
	if f.scans == nil {
		return f.Deliveries.Scans(ctx, number)
	}
	return f.scans(ctx, number)
}

func TestKit_RefusesBrokenDeliveries(t *testing.T) {
	broken := func(clause, flaw string, spoil func(good casestatus.Deliveries) flawedDeliveries) contract.Broken[deliveryStores] {
		return contract.Broken[deliveryStores]{Clause: clause, Flaw: flaw, New: func(*testing.T) deliveryStores {
			db := memory.New()
			spoiled := spoil(db.Deliveries())
			spoiled.Deliveries = db.Deliveries()
			return deliveryStores{spoiled, db.Outbox()}
		}}
	}
	// onChange lets a store spoil each change before it is saved.
	onChange := func(spoil func(c *casestatus.DeliveryChange)) func(casestatus.Deliveries) flawedDeliveries {
		return func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{update: func(ctx context.Context, numbers []tracking.Number, decide decideDelivery) error {
				return good.Update(ctx, numbers, func(prior casestatus.Filed) (casestatus.DeliveryChange, error) {
					change, err := decide(prior)
					spoil(&change)
					return change, err
				})
			}}
		}
	}
	onScans := func(spoil func(s *tracking.Scan)) func(casestatus.Deliveries) flawedDeliveries {
		return onChange(func(c *casestatus.DeliveryChange) {
			for i := range c.Pieces {
				c.Pieces[i].Scans = slices.Clone(c.Pieces[i].Scans)
				for j := range c.Pieces[i].Scans {
					spoil(&c.Pieces[i].Scans[j])
				}
			}
		})
	}
	zoo := []contract.Broken[deliveryStores]{
		broken("Update/OneAfterAnother", "looks first and saves later", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{update: func(ctx context.Context, numbers []tracking.Number, decide decideDelivery) error {
				prior, err := filed(ctx, good, numbers...)
				if err != nil {
					return err
				}
				change, err := decide(prior)
				if err != nil {
					return err
				}
				change.Events = nil // or the second one would be told by the identifier of its event
				return good.Update(ctx, nil, func(casestatus.Filed) (casestatus.DeliveryChange, error) { return change, nil })
			}}
		}),
		broken("Scans/None", "begins with a cursor of its own", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{cursor: func(ctx context.Context) (tracking.Cursor, error) {
				at, err := good.Cursor(ctx)
				if at == "" {
					at = "0"
				}
				return at, err
			}}
		}),
		broken("Update/RoundTrip", "cuts the cursor", onChange(func(c *casestatus.DeliveryChange) {
			c.Cursor = c.Cursor[:min(255, len(c.Cursor))]
		})),
		broken("Update/RoundTrip", "trims the cursor", onChange(func(c *casestatus.DeliveryChange) {
			c.Cursor = tracking.Cursor(strings.Trim(string(c.Cursor), "0"))
		})),
		broken("Update/RoundTrip", "takes a return for a delivery", onScans(func(s *tracking.Scan) { s.ToSender = false })),
		broken("Update/RoundTrip", "knows no unknown code", onScans(func(s *tracking.Scan) {
			if s.Class() == tracking.Unknown {
				s.Code = "10"
			}
		})),
		broken("Update/Replaces", "keeps the scans that were there", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{update: func(ctx context.Context, numbers []tracking.Number, decide decideDelivery) error {
				held := map[tracking.Number][]tracking.Scan{}
				for n := range 3 {
					number := NewPiece(n, 0).Number
					scans, err := good.Scans(ctx, number)
					if err != nil {
						return err
					}
					held[number] = scans
				}
				return good.Update(ctx, numbers, func(prior casestatus.Filed) (casestatus.DeliveryChange, error) {
					change, err := decide(prior)
					for i, piece := range change.Pieces {
						change.Pieces[i].Scans = slices.Concat(held[piece.Number], piece.Scans)
					}
					return change, err
				})
			}}
		}),
		broken("Cursor/Cancelled", "does not look at the context", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{cursor: func(ctx context.Context) (tracking.Cursor, error) { return good.Cursor(context.WithoutCancel(ctx)) }}
		}),
		broken("Update/Replaces", "lists the alerts that were taken back", func(good casestatus.Deliveries) flawedDeliveries {
			var mu sync.Mutex
			raised := map[string]casestatus.MailAlert{}
			spoiled := onChange(func(c *casestatus.DeliveryChange) {
				mu.Lock()
				defer mu.Unlock()
				for _, piece := range c.Pieces {
					for _, alert := range piece.Alerts {
						raised[alert.ID] = alert
					}
				}
			})(good)
			spoiled.alerts = func(context.Context, casestatus.AlertQuery) iter.Seq2[casestatus.MailAlert, error] {
				mu.Lock()
				defer mu.Unlock()
				all := slices.SortedFunc(maps.Values(raised), func(a, b casestatus.MailAlert) int { return strings.Compare(a.ID, b.ID) })
				return func(yield func(casestatus.MailAlert, error) bool) {
					for _, alert := range all {
						if !yield(alert, nil) {
							return
						}
					}
				}
			}
			return spoiled
		}),
		broken("Update/Replaces", "keeps an alert as it was raised", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{update: func(ctx context.Context, numbers []tracking.Number, decide decideDelivery) error {
				raised := map[string]casestatus.MailAlert{}
				for alert, err := range good.Alerts(ctx, casestatus.AlertQuery{}) {
					if err != nil {
						return err
					}
					raised[alert.ID] = alert
				}
				return onChange(func(c *casestatus.DeliveryChange) {
					for i := range c.Pieces {
						c.Pieces[i].Alerts = slices.Clone(c.Pieces[i].Alerts)
						for j, alert := range c.Pieces[i].Alerts {
							if first, known := raised[alert.ID]; known {
								c.Pieces[i].Alerts[j] = first
							}
						}
					}
				})(good).update(ctx, numbers, decide)
			}}
		}),
		broken("Update/Replaces", "lists pieces as due that no longer are", func(good casestatus.Deliveries) flawedDeliveries {
			var mu sync.Mutex
			due := map[tracking.Number]cris.Date{}
			spoiled := onChange(func(c *casestatus.DeliveryChange) {
				mu.Lock()
				defer mu.Unlock()
				for _, piece := range c.Pieces {
					if !piece.LookAgain.IsZero() {
						due[piece.Number] = piece.LookAgain
					}
				}
			})(good)
			spoiled.due = func(context.Context, cris.Date, cris.Page[casestatus.DuePiece]) iter.Seq2[casestatus.DuePiece, error] {
				return func(yield func(casestatus.DuePiece, error) bool) {
					mu.Lock()
					defer mu.Unlock()
					for number, on := range due {
						if !yield(casestatus.DuePiece{On: on, Number: number}, nil) {
							return
						}
					}
				}
			}
			return spoiled
		}),
		broken("Update/Replaces", "keeps its cursor where the new one is empty", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{update: func(ctx context.Context, numbers []tracking.Number, decide decideDelivery) error {
				return good.Update(ctx, numbers, func(prior casestatus.Filed) (casestatus.DeliveryChange, error) {
					change, err := decide(prior)
					change.Cursor = cmp.Or(change.Cursor, prior.Cursor)
					return change, err
				})
			}}
		}),
		broken("Update/Given", "gives each piece once", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{update: func(ctx context.Context, numbers []tracking.Number, decide decideDelivery) error {
				var once []tracking.Number
				for _, number := range numbers {
					if !slices.Contains(once, number) {
						once = append(once, number)
					}
				}
				return good.Update(ctx, once, decide)
			}}
		}),
		broken("Update/AlertTaken", "takes the first of two alerts with one ID", onChange(func(c *casestatus.DeliveryChange) {
			seen := map[string]bool{}
			for i := range c.Pieces {
				c.Pieces[i].Alerts = slices.DeleteFunc(slices.Clone(c.Pieces[i].Alerts), func(a casestatus.MailAlert) bool {
					was := seen[a.ID]
					seen[a.ID] = true
					return was
				})
			}
		})),
		broken("Update/Replaces", "keeps the greatest cursor", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{update: func(ctx context.Context, numbers []tracking.Number, decide decideDelivery) error {
				return good.Update(ctx, numbers, func(prior casestatus.Filed) (casestatus.DeliveryChange, error) {
					change, err := decide(prior)
					change.Cursor = max(prior.Cursor, change.Cursor)
					return change, err
				})
			}}
		}),
		broken("Update/RoundTrip", "keeps alerts about a scan only", onChange(func(c *casestatus.DeliveryChange) {
			for i := range c.Pieces {
				c.Pieces[i].Alerts = slices.DeleteFunc(slices.Clone(c.Pieces[i].Alerts), func(a casestatus.MailAlert) bool { return a.Scan == tracking.Scan{} })
			}
		})),
		broken("Update/RoundTrip", "rounds instants to seconds", onChange(func(c *casestatus.DeliveryChange) {
			for i := range c.Pieces {
				c.Pieces[i].Alerts = slices.Clone(c.Pieces[i].Alerts)
				for j := range c.Pieces[i].Alerts {
					c.Pieces[i].Alerts[j].Raised = c.Pieces[i].Alerts[j].Raised.Truncate(time.Second)
				}
			}
		})),
		broken("Update/RoundTrip", "forgets the day to look again", onChange(func(c *casestatus.DeliveryChange) {
			for i := range c.Pieces {
				c.Pieces[i].LookAgain = cris.Date{}
			}
		})),
		broken("Update/Given", "gives the pieces in its own order", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{update: func(ctx context.Context, numbers []tracking.Number, decide decideDelivery) error {
				return good.Update(ctx, slices.SortedFunc(slices.Values(numbers), tracking.Number.Compare), decide)
			}}
		}),
		broken("Update/Given", "gives at most 500 pieces", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{update: func(ctx context.Context, numbers []tracking.Number, decide decideDelivery) error {
				return good.Update(ctx, numbers[:min(500, len(numbers))], decide)
			}}
		}),
		broken("Update/AlertTaken", "gives alerts that are taken another ID", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{update: func(ctx context.Context, numbers []tracking.Number, decide decideDelivery) error {
				err := good.Update(ctx, numbers, decide)
				if !errors.Is(err, casestatus.ErrConflict) {
					return err
				}
				return good.Update(ctx, numbers, func(prior casestatus.Filed) (casestatus.DeliveryChange, error) {
					change, err := decide(prior)
					for i := range change.Pieces {
						change.Pieces[i].Alerts = slices.Clone(change.Pieces[i].Alerts)
						for j := range change.Pieces[i].Alerts {
							change.Pieces[i].Alerts[j].ID += "-again"
						}
					}
					return change, err
				})
			}}
		}),
		broken("Due/All", "lists what is due on any day", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{due: func(ctx context.Context, _ cris.Date, page cris.Page[casestatus.DuePiece]) iter.Seq2[casestatus.DuePiece, error] {
				return good.Due(ctx, cris.MustParseDate("9999-12-31"), page)
			}}
		}),
		broken("Due/After", "goes on behind the day, not the piece", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{due: func(ctx context.Context, by cris.Date, page cris.Page[casestatus.DuePiece]) iter.Seq2[casestatus.DuePiece, error] {
				if !page.After.On.IsZero() {
					page.After = casestatus.DuePiece{On: page.After.On.AddDays(1)}
				}
				return good.Due(ctx, by, page)
			}}
		}),
		broken("Alerts/All", "lists the first 500", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{alerts: func(ctx context.Context, query casestatus.AlertQuery) iter.Seq2[casestatus.MailAlert, error] {
				query.Limit = 500
				return good.Alerts(ctx, query)
			}}
		}),
		broken("Alerts/OfCase/All", "lists the alerts of all cases", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{alerts: func(ctx context.Context, query casestatus.AlertQuery) iter.Seq2[casestatus.MailAlert, error] {
				query.Receipt = casestatus.ReceiptNumber{}
				return good.Alerts(ctx, query)
			}}
		}),
		broken("Alerts/OfCase/Limit", "counts the alerts of other cases too", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{alerts: func(ctx context.Context, query casestatus.AlertQuery) iter.Seq2[casestatus.MailAlert, error] {
				wanted := query.Receipt
				query.Receipt = casestatus.ReceiptNumber{}
				return func(yield func(casestatus.MailAlert, error) bool) {
					for alert, err := range good.Alerts(ctx, query) {
						if (err != nil || wanted.IsZero() || alert.Receipt == wanted) && !yield(alert, err) {
							return
						}
					}
				}
			}}
		}),
		broken("Update/OneCommit", "saves the events in a second transaction after the commit", eventsAfterwards),
		broken("Update/CutAnywhere", "saves the events in a second transaction after the commit", eventsAfterwards),
		broken("Scans/Unknown", "gives an error for a piece of which nothing is filed", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{scans: func(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
				scans, err := good.Scans(ctx, number)
				if err == nil && len(scans) == 0 {
					err = casestatus.ErrNotFound
				}
				return scans, err
			}}
		}),
		broken("Scans/Fresh", "reads what it read first", func(good casestatus.Deliveries) flawedDeliveries {
			var mu sync.Mutex
			read := map[tracking.Number][]tracking.Scan{}
			return flawedDeliveries{scans: func(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
				mu.Lock()
				defer mu.Unlock()
				if scans, known := read[number]; known {
					return slices.Clone(scans), ctx.Err()
				}
				scans, err := good.Scans(ctx, number)
				if err == nil && len(scans) > 0 {
					read[number] = slices.Clone(scans)
				}
				return scans, err
			}}
		}),
		broken("Scans/Fresh", "leaves alerts that were taken back", func(good casestatus.Deliveries) flawedDeliveries {
			var mu sync.Mutex
			raised := map[tracking.Number][]casestatus.MailAlert{}
			return onChange(func(c *casestatus.DeliveryChange) {
				mu.Lock()
				defer mu.Unlock()
				for i, piece := range c.Pieces {
					if len(piece.Alerts) == 0 {
						c.Pieces[i].Alerts = raised[piece.Number]
					}
					raised[piece.Number] = c.Pieces[i].Alerts
				}
			})(good)
		}),
		broken("Scans/Cancelled", "does not look at the context", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{scans: func(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
				return good.Scans(context.WithoutCancel(ctx), number)
			}}
		}),
		broken("Scans/Exact", "trims countries", onScans(func(s *tracking.Scan) { s.Place.Country = strings.TrimSpace(s.Place.Country) })),
		broken("Scans/Refused", "replaces what is not UTF-8", onScans(func(s *tracking.Scan) {
			s.Code = tracking.Code(strings.ToValidUTF8(string(s.Code), "?"))
		})),
		broken("Scans/Refused", "drops NULs", onScans(func(s *tracking.Scan) {
			s.Place.Country = strings.ReplaceAll(s.Place.Country, "\x00", "")
		})),
		broken("Alerts/CancelledLater", "looks at the context before the first page alone", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{alerts: func(ctx context.Context, query casestatus.AlertQuery) iter.Seq2[casestatus.MailAlert, error] {
				if ctx.Err() != nil {
					return good.Alerts(ctx, query)
				}
				return good.Alerts(context.WithoutCancel(ctx), query)
			}}
		}),
		broken("Due/CancelledLater", "looks at the context before the first page alone", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{due: func(ctx context.Context, by cris.Date, page cris.Page[casestatus.DuePiece]) iter.Seq2[casestatus.DuePiece, error] {
				if ctx.Err() != nil {
					return good.Due(ctx, by, page)
				}
				return good.Due(context.WithoutCancel(ctx), by, page)
			}}
		}),
		broken("Due/Limit", "applies the limit before it looks at the day", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{due: func(ctx context.Context, by cris.Date, page cris.Page[casestatus.DuePiece]) iter.Seq2[casestatus.DuePiece, error] {
				all := cris.MustParseDate("9999-12-31")
				later := 0
				for due, err := range good.Due(ctx, all, cris.Page[casestatus.DuePiece]{After: page.After}) {
					if err == nil && due.On.After(by) {
						later++
					}
				}
				if page.Limit > 0 {
					if page.Limit -= later; page.Limit <= 0 {
						return func(func(casestatus.DuePiece, error) bool) {}
					}
				}
				return good.Due(ctx, by, page)
			}}
		}),
		broken("Update/Many", "saves the first 500", onChange(func(c *casestatus.DeliveryChange) {
			c.Pieces = c.Pieces[:min(500, len(c.Pieces))]
		})),
		broken("Scans/Own", "keeps the caller's slices", func(good casestatus.Deliveries) flawedDeliveries {
			var mu sync.Mutex
			held := map[tracking.Number][]tracking.Scan{}
			return flawedDeliveries{
				update: func(ctx context.Context, numbers []tracking.Number, decide decideDelivery) error {
					return good.Update(ctx, numbers, func(prior casestatus.Filed) (casestatus.DeliveryChange, error) {
						change, err := decide(prior)
						mu.Lock()
						defer mu.Unlock()
						for _, piece := range change.Pieces {
							held[piece.Number] = piece.Scans
						}
						return change, err
					})
				},
				scans: func(_ context.Context, number tracking.Number) ([]tracking.Scan, error) {
					mu.Lock()
					defer mu.Unlock()
					return held[number], nil
				},
			}
		}),
	}
	contract.RefusesOwn(t, domainDeliveryClauses(), sharedDeliveryClauses(), zoo)
}

// eventsAfterwards saves the events of a change after its state.
func eventsAfterwards(good casestatus.Deliveries) flawedDeliveries {
	return flawedDeliveries{update: func(ctx context.Context, numbers []tracking.Number, decide decideDelivery) error {
		var events []cris.Event
		if err := good.Update(ctx, numbers, func(prior casestatus.Filed) (casestatus.DeliveryChange, error) {
			change, err := decide(prior)
			events, change.Events = change.Events, nil
			return change, err
		}); err != nil {
			return err
		}
		time.Sleep(time.Millisecond)
		return good.Update(ctx, nil, func(prior casestatus.Filed) (casestatus.DeliveryChange, error) {
			return casestatus.DeliveryChange{Cursor: prior.Cursor, Events: events}, nil
		})
	}}
}
